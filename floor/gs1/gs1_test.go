package gs1

import (
	"strings"
	"testing"
)

// A lost separator is put back where there is one way to do it, and refused where there are more.
func TestLostSeparators(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"]C10109501101530003" + "21ABCDEFGHIJKLMNOPQRST" + "17261231", "^010950110153000321ABCDEFGHIJKLMNOPQRST^17261231"},
		{"]C10109501101530003" + "21" + strings.Repeat("A", 30), "^0109501101530003 too_long"},
		{"]C1" + "89X" + string(GS) + "0109501101530003", "^0109501101530003 unknown_ai"},
		{"]C10109501101530003" + "17261332" + "10LOT", "^010950110153000310LOT bad_date"},
	} {
		r := Lenient(tt.in)
		got := engineString(r.Elements)
		for _, f := range r.Faults {
			got += " " + f.Code
		}
		if got != tt.want {
			t.Errorf("%q: %s, want %s", tt.in, got, tt.want)
		}
	}
	if r := Lenient("0109501101530003" + "10ABC" + "17261231"); !r.Doubt {
		t.Error("a lot that may hold a date behind a lost separator is in doubt")
	}
	if r := Lenient("0109501101530003" + "10ABCXYZ"); r.Doubt || r.Value("10") != "ABCXYZ" {
		t.Error("a plain lot is not")
	}
}

func TestWeightAndCount(t *testing.T) {
	for _, tt := range []struct {
		in     string
		weight int64
	}{{"(01)09501101530003(3103)000195", 195}, {"(01)09501101530003(3100)000002", 2000}, {"(01)09501101530003(3201)000010", 454}} {
		r := Lenient(tt.in)
		if g, ok := r.WeightG(); !ok || g != tt.weight {
			t.Errorf("%s: %d g, want %d", tt.in, g, tt.weight)
		}
	}
	if r := Lenient("(01)09501101530003(30)12"); func() int64 { n, _ := r.Count(); return n }() != 12 {
		t.Error("a count is a count")
	}
}

// Whatever comes in, reading ends, and what strict reading takes the lenient one reads alike.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"]C10109501101530003\x1d10A", "(01)09501101530003(10)A", "https://a/01/09501101530003?17=261231",
		"0109501101530003" + "10ABC17261231", "]E09501101530003|]e099X", "]", "(", "\x1d"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		if len(raw) > 400 {
			return
		}
		strict, fault := Read(raw)
		loose := Lenient(raw)
		if fault == nil && (engineString(strict.Elements) != engineString(loose.Elements) || len(loose.Faults) > 0) {
			t.Fatalf("%q: strict %v, lenient %v %v", raw, strict.Elements, loose.Elements, loose.Faults)
		}
		for _, e := range loose.Elements {
			if e.Value == "" {
				t.Fatalf("%q: (%s) has no value", raw, e.AI)
			}
		}
	})
}
