package route

import "math"

// Solve gives the shortest walk from the depot through all stops and back. It is exact when the layout has, around the
// stops, at most 8 cross aisles or at most 8 aisles (and is not of hundreds in the other direction), or when there are at
// most 12 places to go to; else a heuristic with
// a proven lower bound. The layout and the stops must have passed Check and CheckStops.
func (l Layout) Solve(stops []Stop) Tour {
	places := newPlaces(l, stops)
	order, exact := places.solve(frontLimit, tourWork)
	t := places.tour(stops, order, exact)
	if !exact {
		t.LowerBound = min(t.Distance, places.bound(t.Distance))
		if t.LowerBound >= t.Distance {
			t.Method = Exact
		}
	}
	return t
}

// Walk is Solve for one of many walks: what is beyond its quick exact reach is improved by at most so many moves, and
// its lower bound is 0.
func (l Layout) Walk(stops []Stop, moves int) Tour {
	places := newPlaces(l, stops)
	order, exact := places.solve(meterFront, moves)
	return places.tour(stops, order, exact)
}

// tour puts an order of places into words.
func (p *places) tour(stops []Stop, order []int, exact bool) Tour {
	t := Tour{Order: []string{}, Method: Heuristic, Distance: p.walk(order)}
	for _, place := range order {
		for _, s := range p.stops[place] {
			t.Order = append(t.Order, stops[s].ID)
		}
	}
	if exact {
		t.Method, t.LowerBound = Exact, t.Distance
	}
	return t
}

// places are the distinct spots of a question: stops in one cell are one visit.
type places struct {
	Layout
	spots []spot
	stops [][]int // by place: the stops there, as they were given
}

func newPlaces(l Layout, stops []Stop) *places {
	p := &places{Layout: l}
	known := map[spot]int{}
	for i, s := range stops {
		at := l.spotOf(s)
		n, ok := known[at]
		if !ok {
			n = len(p.spots)
			known[at] = n
			p.spots, p.stops = append(p.spots, at), append(p.stops, nil)
		}
		p.stops[n] = append(p.stops[n], i)
	}
	return p
}

func (p *places) walk(order []int) float64 {
	at, sum := p.depot(), 0.0
	for _, i := range order {
		sum, at = sum+p.between(at, p.spots[i]), p.spots[i]
	}
	return Tidy(sum + p.between(at, p.depot()))
}

// sweepLimit is how many states one sweep may keep: about 160 MB and a second.
const sweepLimit = 40_000_000

// solve gives the order of the places, and whether it is proven best: by a sweep whose front is no longer than
// longest, by all sets of a few places, or else by a tour improved within so much work.
func (p *places) solve(longest, work int) ([]int, bool) {
	if len(p.spots) == 0 {
		return nil, true
	}
	g := newGrid(p.Layout)
	g.put(p.spots)
	switch few := len(p.spots) <= heldKarpLimit; {
	case g.frontLength() <= meterFront && g.fits():
		_, order := g.exact(math.Inf(1))
		return order, true
	case few:
		return p.matrix().heldKarp(), true
	}
	order := p.matrix().tour(work)
	if g.frontLength() > longest || !g.fits() {
		return order, false
	}
	// A part walk that is already longer than a good tour is not followed.
	_, order = g.exact(p.walk(order) * (1 + 1e-9))
	return order, true
}

// fits tells whether a sweep over the grid stays within its limits.
func (g *grid) fits() bool {
	short, long := g.frontLength(), max(g.rows, g.aisles)
	return short <= frontLimit && long*(2*short-1) <= sweepLimit/frontOf(short).states
}

// exact sweeps the grid and gives the shortest walk, which is no longer than bound, and the places in its order.
func (g *grid) exact(bound float64) (float64, []int) {
	d, end := g.run(bound, true)
	w := g.web(g.chosen(end))
	return d, g.firstVisits(w.circle(g.depotAisle*g.rows + g.depotCross))
}
