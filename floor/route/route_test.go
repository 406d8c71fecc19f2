package route

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// someLayout draws a layout of given aisles and blocks, and stops in it.
func someLayout(r *rand.Rand, aisles, rows, stops int) (Layout, []Stop) {
	l := Layout{Aisles: aisles, AislePitch: float64(1 + r.IntN(6)), CellPitch: float64(1+r.IntN(4)) / 2, EndGap: float64(r.IntN(3)), CrossAisles: []int{0}}
	for len(l.CrossAisles) < rows {
		l.Cells += 1 + r.IntN(6)
		l.CrossAisles = append(l.CrossAisles, l.Cells)
	}
	row := r.IntN(rows)
	l.Depot = Depot{Aisle: r.IntN(aisles), Cross: &row}
	var list []Stop
	for i := range stops {
		list = append(list, Stop{ID: fmt.Sprint("s", i), Aisle: r.IntN(aisles), Cell: r.IntN(l.Cells)})
	}
	return l, list
}

// brute is the shortest walk by trying every order of the places.
func brute(l Layout, stops []Stop) float64 {
	best := math.Inf(1)
	var try func(at spot, left []Stop, sum float64)
	try = func(at spot, left []Stop, sum float64) {
		if sum >= best {
			return
		}
		if len(left) == 0 {
			best = min(best, sum+l.between(at, l.depot()))
			return
		}
		for i, s := range left {
			rest := append(append([]Stop(nil), left[:i]...), left[i+1:]...)
			try(l.spotOf(s), rest, sum+l.between(at, l.spotOf(s)))
		}
	}
	try(l.depot(), stops, 0)
	return Tidy(best)
}

func same(a, b float64) bool { return math.Abs(a-b) <= 1e-6*max(1, math.Abs(a)) }

// holds checks what every answer must keep: each stop once, and a distance that is the walk of its order.
func holds(t testing.TB, l Layout, stops []Stop, tour Tour) {
	t.Helper()
	byID := map[string]Stop{}
	for _, s := range stops {
		byID[s.ID] = s
	}
	var walk []Stop
	for _, id := range tour.Order {
		s, ok := byID[id]
		if !ok {
			t.Fatalf("%q is visited twice or was not asked for", id)
		}
		delete(byID, id)
		walk = append(walk, s)
	}
	if len(byID) > 0 {
		t.Fatalf("%d stops are not visited", len(byID))
	}
	if d := l.Length(walk); !same(d, tour.Distance) {
		t.Fatalf("the order walks %g, not %g", d, tour.Distance)
	}
	if tour.LowerBound > tour.Distance+1e-9 {
		t.Fatalf("the bound %g is above the walk %g", tour.LowerBound, tour.Distance)
	}
	if tour.Method == Exact && !same(tour.LowerBound, tour.Distance) {
		t.Fatalf("exact, but the bound %g is not the walk %g", tour.LowerBound, tour.Distance)
	}
}

// An exact walk is as short as the shortest of all orders, in any layout and with the depot anywhere on a cross aisle.
func TestExactEqualsBrute(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 1500 {
		l, stops := someLayout(r, 1+r.IntN(7), 2+r.IntN(5), r.IntN(7))
		if f := l.Check(); f != nil {
			t.Fatal(f)
		}
		tour := l.Solve(stops)
		holds(t, l, stops, tour)
		if want := brute(l, stops); tour.Method != Exact || !same(tour.Distance, want) {
			t.Fatalf("case %d: %+v with %v walks %s %g, the shortest is %g", i, l, stops, tour.Method, tour.Distance, want)
		}
		if m := measured(l, stops); !same(m, tour.Distance) {
			t.Fatalf("case %d: %+v with %v measured %g, solved %g", i, l, stops, m, tour.Distance)
		}
	}
}

// Sweeps of every front are as short as another exact method finds: all sets of places (Held and Karp).
func TestSweepEqualsHeldKarp(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for i := range 150 {
		rows := 2 + r.IntN(5)
		if i%50 == 0 {
			rows = 8
		}
		l, stops := someLayout(r, 8+r.IntN(6), rows, 8+r.IntN(5))
		p := newPlaces(l, stops)
		g := newGrid(l)
		g.put(p.spots)
		swept, order := g.exact(math.Inf(1))
		if want := p.walk(p.matrix().heldKarp()); !same(swept, want) || !same(p.walk(order), want) {
			t.Fatalf("case %d: %+v with %v sweeps %g and walks %g, the shortest is %g", i, l, stops, swept, p.walk(order), want)
		}
	}
}

// Adding a stop never shortens the walk.
func TestMonotone(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 60 {
		l, stops := someLayout(r, 1+r.IntN(20), 2+r.IntN(4), 40)
		before := 0.0
		for n := range stops {
			tour := l.Solve(stops[:n+1])
			if tour.Distance < before-1e-9 {
				t.Fatalf("%+v: %d stops walk %g, one more %g", l, n, before, tour.Distance)
			}
			before = tour.Distance
		}
	}
}

// What is left out of both fronts is still visited, near to the proven bound.
func TestBeyondTheExact(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, size := range []struct{ aisles, rows, stops int }{{9, 9, 20}, {8, 20, 60}, {12, 8, 60}, {12, 10, 60}, {20, 12, 150}, {40, 15, 400}} {
		l, stops := someLayout(r, size.aisles, size.rows, size.stops)
		tour := l.Solve(stops)
		holds(t, l, stops, tour)
		gap := tour.Distance/tour.LowerBound - 1
		t.Logf("%d aisles, %d cross aisles, %d stops: %s %.0f, at most %.1f %% above the shortest", size.aisles, size.rows, size.stops, tour.Method, tour.Distance, 100*gap)
		if gap > 0.12 {
			t.Errorf("%+v: %.1f %% above the bound", size, 100*gap)
		}
	}
}

// The states of a front are counted, so that the limit is known to hold.
func TestFrontSizes(t *testing.T) {
	for corners, want := range []int{1: 3, 7, 25, 113, 569, 3033, 16769, 95201} {
		if corners > 0 && frontOf(corners).states != want {
			t.Errorf("a front of %d corners has %d states, not %d", corners, frontOf(corners).states, want)
		}
	}
}

func TestNoStops(t *testing.T) {
	l := Layout{Aisles: 2, Cells: 4, AislePitch: 1, CellPitch: 1, EndGap: 1, CrossAisles: []int{0, 4}, Depot: Depot{Side: "top"}}
	if tour := l.Solve(nil); tour.Distance != 0 || len(tour.Order) != 0 || tour.Method != Exact {
		t.Errorf("%+v", tour)
	}
	if m := measured(l, nil); m != 0 {
		t.Errorf("measured %g", m)
	}
}

// measured is the length a meter gives, asked twice and with the stops in one piece and in many.
func measured(l Layout, stops []Stop) float64 {
	m := NewMeter(l)
	var pieces []Cells
	for i := range stops {
		pieces = append(pieces, m.Pack(stops[i:i+1]))
	}
	whole := m.Length(m.Pack(stops))
	if many := m.Length(pieces...); many != whole {
		return math.NaN()
	}
	return whole
}

func BenchmarkMeter(b *testing.B) {
	l := Layout{Aisles: 10, Cells: 45, AislePitch: 5, CellPitch: 1, EndGap: 1, CrossAisles: []int{0, 45}, Depot: Depot{Side: "bottom"}}
	r := rand.New(rand.NewPCG(9, 9))
	m := NewMeter(l)
	var orders []Cells
	for range 5 {
		var stops []Stop
		for i := range 9 {
			stops = append(stops, Stop{ID: fmt.Sprint(i), Aisle: r.IntN(10), Cell: r.IntN(45)})
		}
		orders = append(orders, m.Pack(stops))
	}
	for b.Loop() {
		m.Length(orders...)
	}
}
