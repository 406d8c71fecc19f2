package devices

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// saying is a line of a scale with what it says; the screens' own parser is held to the same file.
type saying struct {
	Line   string `json:"line"`
	MG     int64  `json:"mg"`
	Stable bool   `json:"stable"`
	Said   string `json:"said"`
	None   bool   `json:"none"` // it holds no reading
}

func sayings(t testing.TB) (all []saying) {
	b, err := os.ReadFile("testdata/scales.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// Every maker's way of saying a weight comes to the same milligrams, and what is no weight comes to nothing.
func TestWhatScalesSay(t *testing.T) {
	all := sayings(t)
	if len(all) < 30 {
		t.Fatalf("only %d lines", len(all))
	}
	for _, x := range all {
		r, ok := parseScale(x.Line)
		if ok == x.None || ok && (r != Reading{x.MG, x.Stable, x.Said}) {
			t.Errorf("%q: %+v, %v; want %+v", x.Line, r, ok, x)
		}
	}
}

// Whatever comes down the line: no panic, and no weight that no scale has.
func FuzzScaleLine(f *testing.F) {
	for _, x := range sayings(f) {
		f.Add(x.Line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		r, ok := parseScale(line)
		if !ok {
			return
		}
		if r.MG > WeightLimitMG || r.MG < -WeightLimitMG {
			t.Fatalf("%q is %d mg", line, r.MG)
		}
		if (r.Said == "over" || r.Said == "under") && r.MG != 0 {
			t.Fatalf("%q is out of range and weighs %d mg", line, r.MG)
		}
		if again, ok := parseScale(line); !ok || again != r {
			t.Fatalf("%q is read twice in two ways", line)
		}
		if !strings.ContainsAny(line, "0123456789") && r.Said == "" {
			t.Fatalf("%q weighs %d mg without a digit", line, r.MG)
		}
	})
}
