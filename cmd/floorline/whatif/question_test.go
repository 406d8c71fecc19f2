package whatif

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
)

// The usual question is sound; one with everything wrong names every fault, each with what it may be.
func TestEverythingWrongIsNamed(t *testing.T) {
	q := Usual()
	if err := q.Check(); err != nil {
		t.Fatal(err)
	}
	q = Question{Pickers: []int{0, 6, 6}, Packers: -1, Loaders: CountLimit + 1, StartMin: 17 * 60, TruckMin: 16 * 60, CutoffMin: -1, Orders: -5, Backlog: 3,
		Lines: 0, Method: "by heart", Slots: 99, WalkMS: 0, CellM: -1, PickS: math.NaN(), ScanS: -2, PackS: math.Inf(1), LoadS: 0,
		Spread: -0.1, Errors: 1, Shorts: -1, Damaged: 2, Runs: 0}
	said := q.Check()
	var f Faults
	if !errors.As(said, &f) {
		t.Fatal(said)
	}
	for _, flag := range strings.Fields(`--pickers --packers --loaders --truck --cutoff --orders --backlog --lines --slots --runs --walk-m-s --cell-m --pick-s
		--scan-s --pack-s --load-s --spread --error-rate --short-rate --damage-rate --method --arrivals`) {
		if !strings.Contains(said.Error(), flag+" ") {
			t.Errorf("%s is not named", flag)
		}
	}
	if len(f) != 23 { // pickers twice: one is 0, one is there again
		t.Errorf("%d faults:\n%v", len(f), said)
	}
	late := Usual()
	late.CutoffMin = late.TruckMin + 1
	if err := late.Check(); err == nil || !strings.Contains(err.Error(), "16:01") {
		t.Errorf("orders after the truck: %v", err)
	}
}

func TestClock(t *testing.T) {
	for said, want := range map[string]int{"16:00": 960, "8:05": 485, "00:00": 0, "23:59": 1439, "24:00": -1, "12:60": -1, "noon": -1, "": -1, "16": -1, "-1:30": -1, "16:00:00": -1} {
		if got := ParseClock(said); got != want {
			t.Errorf("%q is minute %d, want %d", said, got, want)
		}
	}
	if Clock(24*60+65) != "01:05+1" || Clock(485) != "08:05" {
		t.Error(Clock(24*60+65), Clock(485))
	}
}

// Orders come when their curve says, in the shares that it says.
func TestCurves(t *testing.T) {
	read, err := ReadCurve("day.csv", strings.NewReader("time,orders\n08:00, 10\n10:00,0\n14:00,30\n"))
	if err != nil {
		t.Fatal(err)
	}
	morning, _ := CurveNamed("morning")
	evening, _ := CurveNamed("evening")
	even, _ := CurveNamed("even")
	for _, c := range []struct {
		name     string
		curve    Curve
		from, to float64
		want     float64
	}{
		{"even, first half", even, 480, 680, 0.5},
		{"morning, first third", morning, 480, 620, 0.64},
		{"evening, last third", evening, 740, 880, 0.64},
		{"file, from 8 to 10", read, 480, 600, 0.25},
		{"file, from 10 to 14", read, 600, 840, 0},
		{"file, the last hour", read, 840, 900, 0.75},
	} {
		r, in := newChance(7, 0, streamArrivals), 0.0
		for range 20_000 {
			if at := c.curve.draw(r, 480, 880); at >= c.from && at < c.to {
				in++
			}
		}
		if got := in / 20_000; math.Abs(got-c.want) > 0.015 {
			t.Errorf("%s: a share of %.3f, want %.3f", c.name, got, c.want)
		}
	}
}

func TestCurveFilesRefused(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"empty":          {"", "no orders"},
		"nothing but 0":  {"08:00,0\n", "no orders"},
		"no number":      {"08:00,many\n09:00,-3\n", "row 2"},
		"not upwards":    {"09:00,1\n08:00,1\n", "row 2"},
		"three columns":  {"08:00,1,2\n", "fields"},
		"not a time":     {"08:00,1\n25:00,1\n", "row 2"},
		"no finite part": {"08:00,Inf\n", "row 1"},
	} {
		if _, err := ReadCurve("x.csv", strings.NewReader(c.file)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Times of work keep their mean, whatever they vary.
func TestTimesKeepTheirMean(t *testing.T) {
	r := newChance(1, 0, streamWorker)
	for _, spread := range []float64{0, 0.3, 1} {
		sum, least := 0.0, math.Inf(1)
		for range 50_000 {
			v := r.around(6, spread)
			sum, least = sum+v, min(least, v)
		}
		if mean := sum / 50_000; math.Abs(mean-6) > 0.15 || least <= 0 {
			t.Errorf("spread %g: mean %.3f, least %.3f", spread, mean, least)
		}
	}
	lines := 0
	for range 50_000 {
		lines += r.oneOrMore(3, 60)
	}
	if mean := float64(lines) / 50_000; math.Abs(mean-3) > 0.05 {
		t.Errorf("%.3f lines an order on average, want 3", mean)
	}
}

// The plot is well-formed, has a line and a name for each crew and the truck, and stays inside its frame.
func TestPlots(t *testing.T) {
	q := small()
	q.Pickers, q.Orders, q.Runs = []int{1, 3, 2}, 60, 2
	a := ask(t, usualWorld(t), q)
	var svg, text strings.Builder
	if err := a.WriteSVG(&svg); err != nil {
		t.Fatal(err)
	}
	lines, names := 0, map[string]bool{}
	for d := xml.NewDecoder(strings.NewReader(svg.String())); ; {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := tok.(xml.StartElement); ok && e.Name.Local == "polyline" {
			lines++
		}
		if c, ok := tok.(xml.CharData); ok {
			names[string(c)] = true
		}
	}
	if lines != 3 || !names["1 picker"] || !names["2 pickers"] || !names["3 pickers"] || !names["16:00 truck"] || !names[a.Sentence] {
		t.Errorf("%d lines, names %v", lines, names)
	}
	a.WriteText(&text)
	for _, want := range []string{"a 1 picker", "c 3 pickers", "the truck, 16:00", "\n"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the text has no %q:\n%s", want, text.String())
		}
	}
	for _, line := range strings.Split(text.String(), "\n") {
		if len(line) > 100 {
			t.Errorf("a line of %d characters", len(line))
		}
	}
	for i := range a.Crews {
		if n := a.Crews[i].Pickers; n != i+1 {
			t.Errorf("crew %d has %d pickers: they stand by their size", i, n)
		}
	}
	if last := a.Crews[2].Loaded; last[len(last)-1] != float64(a.Due) {
		t.Errorf("%v on board in the end, of %d", last[len(last)-1], a.Due)
	}
}
