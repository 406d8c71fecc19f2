package witness

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

func part(id string, qty, g int64) Part {
	p := FromCatalogue(g)
	p.ID, p.Qty = id, qty
	return p
}

func carton(g int64) Part {
	p := Tare(g)
	p.ID = "carton"
	return p
}

// The tolerance grows with the units: slower than their number where each varies by itself, as fast where all may be
// wrong alike; and it is never under a step of the scale.
func TestToleranceGrowsWithTheUnits(t *testing.T) {
	last := int64(0)
	for _, n := range []int64{1, 4, 16, 64, 256} {
		tolerance := Judge([]Part{carton(100), part("a", n, 300)}).ToleranceMG
		if tolerance <= last {
			t.Errorf("%d units may be off by %d, no more than fewer", n, tolerance)
		}
		last = tolerance
	}
	apart := func(n int64) int64 { return root(Part{SpreadMG: 1000}.variance(n)) }
	alike := func(n int64) int64 { return root(Part{DoubtMG: 1000}.variance(n)) }
	if apart(400) != 20*apart(1) || alike(400) != 400*alike(1) {
		t.Errorf("%d, %d", apart(400), alike(400))
	}
	if v := Judge([]Part{{ID: "a", Qty: 1, MG: 5000, Known: true}}); v.ToleranceMG < LeastMG {
		t.Errorf("%+v", v)
	}
}

// One part that nobody has weighed, and no difference means anything.
func TestNothingIsOffOfTheUnknown(t *testing.T) {
	parts := []Part{carton(100), part("a", 1, 300), part("new", 2, 0)}
	if v := Judge(parts); v.Known || v.Off(9_000_000) {
		t.Errorf("%+v", v)
	}
}

// What clean parcels say: the median, whatever two of seven say; nothing of four, or of ones that do not agree.
func TestLearned(t *testing.T) {
	of := func(grams ...int64) (seen []Sample) {
		for _, g := range grams {
			seen = Add(seen, Sample{g * 1000, 1000, 1})
		}
		return seen
	}
	if _, ok := Learned(of(300, 301, 299, 300)); ok {
		t.Error("four are too few")
	}
	p, ok := Learned(of(300, 301, 299, 902, 300, 2, 302))
	if !ok || p.MG != 300_000 || p.SpreadMG > 6_000 {
		t.Errorf("%+v %v", p, ok)
	}
	if p, ok := Learned(of(300, 500, 100, 900, 700, 40)); ok {
		t.Errorf("cut goods have no weight of their own: %+v", p)
	}
	seen := of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)
	if len(seen) != Kept || seen[0].MG != 2_000 {
		t.Errorf("%d kept, from %d", len(seen), seen[0].MG)
	}
	before := seen[0]
	if Add(seen, Sample{99, 1, 1}); seen[0] != before {
		t.Error("what was there is changed")
	}
}

// A parcel of one kind teaches directly, a mixed one by what is left; one where the rest drowns it teaches nothing.
func TestTeach(t *testing.T) {
	alone := []Part{carton(100), part("new", 4, 0)}
	if s, ok := Teach(alone, 1, 2_100_000); !ok || s.MG != 500_000 || s.Qty != 4 {
		t.Errorf("%+v %v", s, ok)
	}
	mixed := []Part{carton(100), part("a", 1, 300), part("new", 1, 0)}
	if s, ok := Teach(mixed, 2, 1_400_000); !ok || s.MG != 1_000_000 {
		t.Errorf("%+v %v", s, ok)
	}
	if s, ok := Teach([]Part{carton(100), part("heavy", 5, 3000), part("new", 1, 0)}, 2, 15_120_000); ok {
		t.Errorf("20 g beside 15 kg: %+v", s)
	}
	if s, ok := Teach([]Part{carton(100), part("new", 1, 0), part("newer", 1, 0)}, 1, 900_000); ok {
		t.Errorf("two unknowns: %+v", s)
	}
	if s, ok := Teach(mixed, 2, 300_000); ok {
		t.Errorf("less than nothing is left: %+v", s)
	}
}

// What is named is what fits; what fits nothing, or too much, is not named at all.
func TestCauses(t *testing.T) {
	parts := []Part{carton(100), part("mug", 2, 340), part("towel", 1, 90)}
	big := carton(400)
	big.ID = "big"
	other := Else{Cartons: []Part{big}, Near: map[string][]Part{"mug": {part("jar", 1, 540)}}}
	expected := Judge(parts).ExpectedMG
	for _, x := range []struct {
		offG int64
		want Cause
	}{
		{-340, Cause{What: TooFew, ID: "mug", Count: 1}},
		{+340, Cause{What: TooMany, ID: "mug", Count: 1}},
		{-90, Cause{What: TooFew, ID: "towel", Count: 1}},
		{+300, Cause{What: Carton, ID: "carton", Other: "big", Count: 1}},
		{+200, Cause{What: InPlace, ID: "mug", Other: "jar", Count: 1}},
	} {
		got := Causes(parts, 0, other, expected+x.offG*1000)
		if len(got) == 0 || !got[0].same(x.want) {
			t.Errorf("%+d g: %+v, want %+v", x.offG, got, x.want)
		}
	}
	if got := Causes(parts, 0, other, expected+5_000_000); len(got) != 0 {
		t.Errorf("five kilograms too much are named %+v", got)
	}
	var alike []Part
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		alike = append(alike, part(id, 1, 200))
	}
	if got := Causes(append([]Part{carton(100)}, alike...), 0, Else{}, Judge(append([]Part{carton(100)}, alike...)).ExpectedMG-200_000); len(got) != 0 {
		t.Errorf("five fit alike, and are named %+v", got)
	}
}

// Whatever lies on the scale, no sum runs over: checked against numbers without an end.
func TestNoSumRunsOver(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 300 {
		parts := []Part{carton(r.Int64N(10_000_000))}
		for range r.IntN(30) {
			parts = append(parts, part("x", 1+r.Int64N(1_000_000), r.Int64N(10_000_000)))
		}
		v := Judge(parts)
		if v.ToleranceMG < LeastMG || v.ExpectedMG < 0 {
			t.Fatalf("%+v of %+v", v, parts)
		}
		exact := new(big.Int)
		for _, p := range parts {
			exact.Add(exact, new(big.Int).Mul(big.NewInt(p.Qty), big.NewInt(p.MG)))
		}
		if exact.Int64() != v.ExpectedMG {
			t.Fatalf("%d, not %d", v.ExpectedMG, exact)
		}
		for i := range parts {
			if s, ok := Teach(parts, i, v.ExpectedMG); ok && (s.MG <= 0 || s.NoiseMG < 0) {
				t.Fatalf("%+v", s)
			}
		}
		Causes(parts, 0, Else{Goods: parts[1:min(len(parts), 4)]}, r.Int64N(1e12))
	}
	if root(mostSquare) != mostMG || root(99) != 9 || root(0) != 0 {
		t.Error(root(mostSquare), root(99), root(0))
	}
}

// A short slice of the simulated days: with any seed the witness finds more than the rule before it did, stops few right
// parcels, and names mostly what is so.
func TestWeightDays(t *testing.T) {
	for seed := uint64(1); seed <= 3; seed++ {
		h := newHouse(seed)
		h.day(3000)
		h.correct()
		d := h.day(3000)
		clean := d[""]
		if clean.found*1000 > clean.n*12 {
			t.Errorf("seed %d: %d of %d right parcels were stopped", seed, clean.found, clean.n)
		}
		var found, old, said, right, n int
		for _, m := range mishaps {
			if m == "an item of the same weight" {
				continue // no scale can
			}
			n, found, old, said, right = n+d[m].n, found+d[m].found, old+d[m].old, said+d[m].said, right+d[m].right
		}
		if n < 100 || found*100 < n*70 || found <= old || right*100 < said*85 {
			t.Errorf("seed %d: of %d wrong parcels %d were found (%d by 50 g and 10 %%), %d named, %d rightly", seed, n, found, old, said, right)
		}
	}
}
