package batch

import (
	"math/rand/v2"
	"sort"

	"floorline/floor/route"
)

// Effort says how long to look for better. Spent tells which share of the time is gone, from 0 to 1; it is asked
// between two moves. The same seed and the same answers of Spent give the same plan.
type Effort struct {
	Seed  uint64
	Spent func() float64
}

// Moves is an effort of so many moves: for those who must get the same plan on every machine.
func Moves(seed uint64, moves int) Effort {
	done := 0
	return Effort{seed, func() float64 {
		done++
		return float64(done) / float64(moves)
	}}
}

// Solve gives the batches whose walks are shortest together. The task must have passed Check.
func (t Task) Solve(e Effort) Plan {
	s := newSearch(&t)
	var groups [][]int
	exact := false
	switch {
	case len(t.Orders) == 0:
		exact = true
	case len(t.Orders) <= s.exactLimit():
		groups, exact = s.exact(), s.meter.Exact()
	case !s.meter.Exact() && len(t.Orders) > pairLimit:
		groups = s.anneal(t.firstCome(), e)
	default:
		groups = s.anneal(s.savings(), e)
	}
	return t.plan(groups, exact)
}

// pairLimit is how many orders are compared two by two where a walk cannot be measured at once.
const pairLimit = 150

// walkMoves is how many moves the walks of a plan may weigh together where they are not exact: a second or two.
const walkMoves = 100_000_000

// FirstCome gives the batches as orders come: each into the last batch while it fits. It is what others do, to compare.
func (t Task) FirstCome() Plan { return t.plan(t.firstCome(), false) }

func (t Task) firstCome() (groups [][]int) {
	var in load
	for i, o := range t.Orders {
		l := loadOf(o)
		if len(groups) == 0 || !t.holds(in.plus(l)) {
			groups, in = append(groups, nil), load{}
		}
		last := len(groups) - 1
		groups[last], in = append(groups[last], i), in.plus(l)
	}
	return groups
}

// plan walks every group and puts all into words, in an order that does not depend on how they were found.
func (t Task) plan(groups [][]int, exact bool) Plan {
	p := Plan{Batches: []Batch{}, Method: route.Heuristic}
	for _, g := range groups {
		sort.Ints(g)
	}
	sort.Slice(groups, func(i, j int) bool { return groups[i][0] < groups[j][0] })
	for _, g := range groups {
		b := Batch{}
		var stops []route.Stop
		for _, i := range g {
			b.Orders = append(b.Orders, t.Orders[i].ID)
			stops = append(stops, t.Orders[i].Stops...)
		}
		tour := t.Layout.Walk(stops, walkMoves/len(groups))
		b.Distance, b.Order = tour.Distance, tour.Order
		exact = exact && tour.Method == route.Exact
		p.Distance += b.Distance
		p.Batches = append(p.Batches, b)
	}
	if exact {
		p.Method = route.Exact
	}
	p.Distance = route.Tidy(p.Distance)
	return p
}

// search is what all methods share: the orders' places, loads, and the walks measured so far.
type search struct {
	*Task
	meter  *route.Meter
	cells  []route.Cells
	loads  []load
	marks  []uint64 // by order; a group's mark is all of them xored
	known  map[uint64]float64
	parts  []route.Cells
	chance *rand.Rand
}

// knownLimit is how many walks are remembered: about 60 MB.
const knownLimit = 1 << 20

func newSearch(t *Task) *search {
	s := &search{Task: t, meter: route.NewMeter(*t.Layout), known: map[uint64]float64{}}
	marks := rand.New(rand.NewPCG(11, 13))
	for _, o := range t.Orders {
		s.cells = append(s.cells, s.meter.Pack(o.Stops))
		s.loads = append(s.loads, loadOf(o))
		s.marks = append(s.marks, marks.Uint64())
	}
	return s
}

// walk is the length of the shortest walk of a group of orders, of which without stays out (-1: none) and with comes in.
func (s *search) walk(group []int, without, with int) float64 {
	var mark uint64
	for _, i := range group {
		mark ^= s.marks[i]
	}
	if without >= 0 {
		mark ^= s.marks[without]
	}
	if with >= 0 {
		mark ^= s.marks[with]
	}
	if d, ok := s.known[mark]; ok {
		return d
	}
	s.parts = s.parts[:0]
	for _, i := range group {
		if i != without {
			s.parts = append(s.parts, s.cells[i])
		}
	}
	if with >= 0 {
		s.parts = append(s.parts, s.cells[with])
	}
	d := s.meter.Length(s.parts...)
	if len(s.known) >= knownLimit {
		clear(s.known)
	}
	s.known[mark] = d
	return d
}
