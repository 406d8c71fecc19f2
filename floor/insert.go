package floor

import (
	"math"

	"floorline/floor/route"
)

// inserted gives the numbers of a list's open lines in the order of the walk, with lines that are being added put
// where each makes the rest of the walk longer by least: beside a line of the same bin, else between the two stops it
// lies nearest to. Bins without a place on the grid come last. Whoever walks already, and is not the one who acts, still
// goes where they are going first.
func (l *PickList) inserted(t *turn, added []PickLine) []int {
	w := newInsertion(t.State, l)
	w.underWay = l.Lease.held() && l.Lease.Device != t.c.Device
	for _, p := range l.ranked() {
		if p.Status == LineOpen {
			w.put(len(w.walk), p.N, p.From.Place.Bin())
		}
	}
	for i := range added {
		bin := added[i].From.Place.Bin()
		w.put(w.best(bin), len(l.Lines)+1+i, bin)
	}
	return w.walk
}

func newInsertion(s *State, l *PickList) *insertion {
	w := &insertion{s: s, grid: s.Site.Layout.plan(), list: l}
	w.gridless = w.grid.Check() != nil
	return w
}

// insertion is a walk in the making: line numbers, and the bin of each.
type insertion struct {
	s        *State
	grid     route.Layout
	gridless bool
	list     *PickList
	underWay bool // somebody is on the way to its first stop
	walk     []int
	bins     []BinCode
}

func (w *insertion) put(at, n int, bin BinCode) {
	w.walk = append(w.walk[:at:at], append([]int{n}, w.walk[at:]...)...)
	w.bins = append(w.bins[:at:at], append([]BinCode{bin}, w.bins[at:]...)...)
}

// best is where on the walk a bin comes in.
func (w *insertion) best(bin BinCode) int {
	for i := len(w.bins) - 1; i >= 0; i-- {
		if w.bins[i] == bin {
			return i + 1
		}
	}
	if w.list.At == bin {
		return 0
	}
	at, cost := len(w.bins), math.Inf(1)
	if w.gridless || w.s.spot(bin) == nil {
		return at
	}
	for i := w.first(); i <= len(w.bins); i++ {
		if c := w.way(i-1, bin) + w.wayOn(bin, i) - w.between(i); c < cost && w.sameZone(i, bin) {
			at, cost = i, c
		}
	}
	return at
}

// first is the first gap a stop may come into: not before the bin that the picker stands at.
func (w *insertion) first() int {
	i := 0
	for i < len(w.bins) && w.bins[i] == w.list.At {
		i++
	}
	if i == 0 && w.underWay && len(w.bins) > 0 {
		return 1
	}
	return i
}

// sameZone keeps a list that is handed on together zone by zone.
func (w *insertion) sameZone(i int, bin BinCode) bool {
	zone := w.s.zoneOf(bin)
	return !w.list.Pass || i > 0 && w.s.zoneOf(w.bins[i-1]) == zone || i < len(w.bins) && w.s.zoneOf(w.bins[i]) == zone
}

// way is how far it is to a bin from the stop at i; before the first stop, from where the picker stands.
func (w *insertion) way(i int, bin BinCode) float64 {
	from := w.list.At
	if i >= 0 {
		from = w.bins[i]
	}
	return w.far(from, bin)
}

// wayOn is how far it is from a bin to the stop at i; after the last one, to the depot.
func (w *insertion) wayOn(bin BinCode, i int) float64 {
	if i < len(w.bins) {
		return w.far(w.bins[i], bin)
	}
	return w.far("", bin)
}

// between is how long the way is that a stop in the gap before i would replace.
func (w *insertion) between(i int) float64 {
	from := w.list.At
	if i > 0 {
		from = w.bins[i-1]
	}
	if i < len(w.bins) {
		return w.far(from, w.bins[i])
	}
	return w.far(from, "")
}

// far is the distance between two bins, either of them the depot where it has no place.
func (w *insertion) far(a, b BinCode) float64 {
	x, y := w.s.spot(a), w.s.spot(b)
	switch {
	case x == nil && y == nil:
		return 0
	case x == nil:
		return w.grid.FromDepot(route.Stop{Aisle: y.Aisle, Cell: y.Cell})
	case y == nil:
		return w.grid.FromDepot(route.Stop{Aisle: x.Aisle, Cell: x.Cell})
	}
	return w.grid.Between(route.Stop{Aisle: x.Aisle, Cell: x.Cell}, route.Stop{Aisle: y.Aisle, Cell: y.Cell})
}
