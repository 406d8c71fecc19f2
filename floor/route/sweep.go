package route

import (
	"math"
	"slices"
	"sort"
)

// block is one aisle between two neighbouring cross aisles, with the stops in it.
type block struct {
	stops []int     // which stops lie here, from the bottom up
	ys    []float64 // how far up from its lower corner each lies
	costs [ways]float64
	gap   int // the largest gap lies above stops[gap]
}

// grid is the part of a layout that holds a question: no shortest walk leaves it.
type grid struct {
	Layout
	aisle0, row0  int
	aisles, rows  int // how many of them, counted from aisle0 and row0
	depotAisle    int
	depotRow      int
	blocks        []block // by aisle, then block
	spots         []spot
	place         []int // of each stop, its block
	sweep         []step
	cost, next    []float64
	order         []int
	stopYs        []float64
	keep          [][]int32 // by step, then state: from which state and by which way; nil while only measuring
	crossY        []float64
	atDepotCorner int
}

// step is one decision of the sweep: the way between a corner of the front and its neighbour in it, or the corner ahead.
type step struct {
	corner int
	ahead  bool
	depot  bool // the corner left behind is the depot, so it must be touched
	costs  *[ways]float64
	block  int // the block the way goes through, or -1 for a cross aisle
	a, b   int // the corners it joins, by number in the grid
}

func newGrid(l Layout) *grid {
	g := &grid{Layout: l, crossY: l.CrossPlaces()}
	return g
}

// put places the stops into blocks, in a grid just large enough for them and the depot.
func (g *grid) put(stops []spot) {
	g.spots = stops
	low, high := g.Layout.Depot.Aisle, g.Layout.Depot.Aisle
	rowLow, rowHigh := g.Layout.depotRow(), g.Layout.depotRow()
	for _, s := range stops {
		low, high = min(low, s.aisle), max(high, s.aisle)
		b := g.blockAt(s.y)
		rowLow, rowHigh = min(rowLow, b), max(rowHigh, b+1)
	}
	g.aisle0, g.aisles, g.row0, g.rows = low, high-low+1, rowLow, rowHigh-rowLow+1
	g.depotAisle, g.depotRow = g.Layout.Depot.Aisle-low, g.Layout.depotRow()-rowLow
	g.fill()
}

// blockAt is the block a height lies in. A stop right on a cross aisle (no end gap) belongs to either neighbour.
func (g *grid) blockAt(y float64) int {
	b := sort.SearchFloat64s(g.crossY, y)
	return min(max(b-1, 0), len(g.crossY)-2)
}

func (g *grid) fill() {
	n := g.aisles * (g.rows - 1)
	g.blocks = slices.Grow(g.blocks[:0], n)[:n]
	for i := range g.blocks {
		g.blocks[i].stops, g.blocks[i].ys = g.blocks[i].stops[:0], g.blocks[i].ys[:0]
	}
	g.order = g.order[:0]
	for i := range g.spots {
		g.order = append(g.order, i)
	}
	slices.SortStableFunc(g.order, func(a, b int) int {
		switch ya, yb := g.spots[a].y, g.spots[b].y; {
		case ya < yb:
			return -1
		case ya > yb:
			return 1
		}
		return 0
	})
	for _, i := range g.order {
		s := g.spots[i]
		row := g.blockAt(s.y) - g.row0
		b := &g.blocks[(s.aisle-g.aisle0)*(g.rows-1)+row]
		b.stops = append(b.stops, i)
		b.ys = append(b.ys, s.y-g.crossY[g.row0+row])
	}
	for i := range g.blocks {
		row := g.row0 + i%(g.rows-1)
		g.blocks[i].measure(g.crossY[row+1] - g.crossY[row])
	}
}

// measure gives what each way through a block costs; impossible ones cost infinity.
func (b *block) measure(length float64) {
	inf := math.Inf(1)
	b.costs = [ways]float64{none: 0, once: length, twice: 2 * length, fromA: inf, fromB: inf, gap: inf}
	n := len(b.ys)
	if n == 0 {
		return
	}
	b.costs[none] = inf
	b.costs[fromA], b.costs[fromB] = 2*b.ys[n-1], 2*(length-b.ys[0])
	if n == 1 {
		return
	}
	widest := -1.0
	for i := 0; i+1 < n; i++ {
		if d := b.ys[i+1] - b.ys[i]; d > widest {
			widest, b.gap = d, i
		}
	}
	b.costs[gap] = 2 * (length - widest)
}

// steps lays out the sweep with the shorter front: across the aisles, or along them.
func (g *grid) steps() {
	g.sweep = g.sweep[:0]
	inf := math.Inf(1)
	cross := &[ways]float64{none: 0, once: g.AislePitch, twice: 2 * g.AislePitch, fromA: inf, fromB: inf, gap: inf}
	depot := g.depotAisle*g.rows + g.depotRow
	upright := func(aisle, row, corner int, ahead bool) {
		a, b := aisle*g.rows+row, aisle*(g.rows-1)+row
		g.sweep = append(g.sweep, step{corner, ahead, ahead && a == depot, &g.blocks[b].costs, b, a, a + 1})
	}
	level := func(aisle, row, corner int, ahead bool) {
		a := aisle*g.rows + row
		g.sweep = append(g.sweep, step{corner, ahead, ahead && a == depot, cross, -1, a, a + g.rows})
	}
	if g.rows <= g.aisles {
		lay(g.aisles, g.rows, upright, level)
		g.atDepotCorner = g.depotRow
		return
	}
	swap := func(f func(aisle, row, corner int, ahead bool)) func(row, aisle, corner int, ahead bool) {
		return func(row, aisle, corner int, ahead bool) { f(aisle, row, corner, ahead) }
	}
	lay(g.rows, g.aisles, swap(level), swap(upright))
	g.atDepotCorner = g.depotAisle
}

// lay goes over a grid line by line: along each line first, then on to the next.
func lay(lines, corners int, along, onward func(line, corner, at int, ahead bool)) {
	for i := 0; i < lines; i++ {
		for c := 0; c+1 < corners; c++ {
			along(i, c, c, false)
		}
		for c := 0; c < corners && i+1 < lines; c++ {
			onward(i, c, c, true)
		}
	}
}

func (g *grid) frontLength() int { return min(g.rows, g.aisles) }

// run sweeps and gives the shortest closed walk, no longer than bound, and the state it ends in; -1 if there is none.
func (g *grid) run(bound float64, keep bool) (float64, int32) {
	g.steps()
	f := frontOf(g.frontLength())
	g.clear(f.states, keep)
	g.cost[0] = 0
	for i := range g.sweep {
		var from []int32
		if keep {
			from = make([]int32, f.states)
			g.keep = append(g.keep, from)
		}
		g.take(f, &g.sweep[i], bound, from)
	}
	best, end := math.Inf(1), int32(-1)
	lastLine := g.depotAisle == g.aisles-1
	if g.rows > g.aisles {
		lastLine = g.depotRow == g.rows-1
	}
	for s := range g.cost {
		if g.cost[s] < best && f.ends[s] && (!lastLine || f.touched[s]>>g.atDepotCorner&1 == 1) {
			best, end = g.cost[s], int32(s)
		}
	}
	return best, end
}

func (g *grid) clear(states int, keep bool) {
	g.cost = slices.Grow(g.cost[:0], states)[:states]
	g.next = slices.Grow(g.next[:0], states)[:states]
	for i := range g.cost {
		g.cost[i] = math.Inf(1)
	}
	g.keep = nil
	if keep {
		g.keep = make([][]int32, 0, len(g.sweep))
	}
}

// take makes one decision of the sweep in every state.
func (g *grid) take(f *front, s *step, bound float64, from []int32) {
	table := f.link[s.corner]
	if s.ahead {
		table = f.advance[s.corner]
	}
	inf := math.Inf(1)
	for i := range g.next {
		g.next[i] = inf
	}
	for at, cost := range g.cost {
		if cost > bound || cost == inf {
			continue
		}
		row := &table[at]
		for w := none; w < ways; w++ {
			to, c := row[w], cost+s.costs[w]
			if to < 0 || c >= g.next[to] || c > bound {
				continue
			}
			if s.depot && addsA[w] == 0 && f.touched[at]>>s.corner&1 == 0 {
				continue
			}
			g.next[to] = c
			if from != nil {
				from[to] = int32(at)*ways + int32(w)
			}
		}
	}
	g.cost, g.next = g.next, g.cost
}

// chosen gives the way of every step of the walk that ends in a state.
func (g *grid) chosen(end int32) []way {
	out := make([]way, len(g.sweep))
	for i := len(g.sweep) - 1; i >= 0; i-- {
		k := g.keep[i][end]
		out[i], end = way(k%ways), k/ways
	}
	return out
}
