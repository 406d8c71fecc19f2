package route

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// A layout without rules, asked as a graph, is walked as long as asked as a layout.
func TestGraphEqualsLayout(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	for range 100 {
		l, stops := someLayout(r, 1+r.IntN(6), 2+r.IntN(3), 1+r.IntN(9))
		g, inGraph := l.Graph(stops, Rules{})
		if f := g.Check(inGraph); f != nil {
			t.Fatal(f)
		}
		tour, err := g.Solve(inGraph)
		if want := l.Solve(stops).Distance; err != nil || !same(tour.Distance, want) {
			t.Fatalf("%+v %v: %g as a graph, %g as a layout, %v", l, stops, tour.Distance, want, err)
		}
	}
}

// Rules only ever make the walk longer; what they cut off is named.
func TestRules(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 24))
	longer := 0
	for range 200 {
		l, stops := someLayout(r, 2+r.IntN(4), 2+r.IntN(3), 1+r.IntN(8))
		rules := Rules{OneWay: []Direction{{r.IntN(l.Aisles), r.IntN(2) == 0}}}
		if c := r.IntN(l.Cells); r.IntN(2) == 0 {
			rules.Blocked = []Stretch{{r.IntN(l.Aisles), c, c}}
		}
		if f := rules.Check(l); f != nil {
			t.Fatal(f)
		}
		tour, err := Question{Layout: &l, Stops: stops, Rules: rules}.Answer()
		if free := l.Solve(stops).Distance; err == nil && tour.Distance < free-1e-9 {
			t.Fatalf("%+v: %g, without rules %g", rules, tour.Distance, free)
		} else if err == nil && tour.Distance > free+1e-9 {
			longer++
		}
	}
	if longer == 0 {
		t.Error("no rule ever made a walk longer")
	}
}

// A one-way ring is walked round; with the only way on blocked, the stop behind it is named.
func TestOneWayRing(t *testing.T) {
	ring := Graph{Ways: []Way{{From: "dock", To: "a", Length: 1, OneWay: true}, {From: "a", To: "b", Length: 1, OneWay: true},
		{From: "b", To: "c", Length: 1, OneWay: true}, {From: "c", To: "dock", Length: 1, OneWay: true}}, Depots: []string{"dock"}}
	stops := []Stop{{ID: "1", Node: "c"}, {ID: "2", Node: "a"}, {ID: "3", Node: "a"}}
	tour, err := ring.Solve(stops)
	if err != nil || tour.Distance != 4 || strings.Join(tour.Order, " ") != "2 3 1" {
		t.Errorf("%+v %v", tour, err)
	}
	ring.Ways[1].Blocked = true
	if _, err := ring.Solve(stops); err == nil || !strings.Contains(err.Error(), "/stops/0") || !strings.Contains(err.Error(), "/stops/1") {
		t.Errorf("%v", err)
	}
}

// Of several depots the walk begins at the nearest and ends at the nearest.
func TestSeveralDepots(t *testing.T) {
	g := Graph{Ways: []Way{{From: "west", To: "a", Length: 9}, {From: "east", To: "a", Length: 2}, {From: "a", To: "lift", Length: 3},
		{From: "lift", To: "mezzanine", Length: 4}, {From: "mezzanine", To: "north", Length: 1}}, Depots: []string{"west", "east"}, Ends: []string{"north", "west"}}
	stops := []Stop{{ID: "up", Node: "mezzanine"}, {ID: "down", Node: "a"}}
	if tour, err := g.Solve(stops); err != nil || tour.Distance != 10 || strings.Join(tour.Order, " ") != "down up" {
		t.Errorf("%+v %v", tour, err)
	}
}

// Many places of a graph with one-way ways are walked near to the best: within a twentieth of all sets' (Held and Karp)
// where that can be counted.
func TestGraphTour(t *testing.T) {
	r := rand.New(rand.NewPCG(25, 26))
	for range 20 {
		m := &matrix{n: 13}
		m.d = make([]float64, m.n*m.n)
		for i := range m.d {
			m.d[i] = 1 + math.Floor(100*r.Float64())
		}
		best, got := m.walk(m.heldKarp()), m.walk(m.tour(2_000_000))
		if got > 1.05*best || got < best || m.bound(got) > best+1e-6 {
			t.Errorf("%g, the shortest is %g, the bound %g", got, best, m.bound(got))
		}
	}
}
