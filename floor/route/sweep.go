package route

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// block is one aisle between two neighbouring cross aisles, with the stops in it.
type block struct {
	stops []int     // which stops lie here, from the bottom up
	ys    []float64 // how far up from its lower corner each lies
	gap   int       // the largest gap lies above stops[gap]

	length float64
	costs  [ways]float64 // impossible ways cost infinity
}

// grid is the part of a layout that holds a question: no shortest walk leaves it.
type grid struct {
	Layout
	crossY         []float64
	spots          []spot
	aisle0, aisles int // the first aisle, and how many
	row0, rows     int // the first cross aisle, and how many
	depotAisle     int // the depot's place, counted from there
	depotCross     int
	blocks         []block // by aisle, then block

	sweep      []step
	cost, next []float64 // by state
	keep       [][]int32 // by step, then state: from which state and by which way; nil while only measuring
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

func newGrid(l Layout) *grid { return &grid{Layout: l, crossY: l.CrossPlaces()} }

// put places the stops into blocks, in a grid just large enough for them and the depot.
func (g *grid) put(stops []spot) {
	g.spots = stops
	f := g.frame()
	for _, s := range stops {
		f.take(s.aisle, g.blockAt(s.y))
	}
	g.cut(f)
	g.fill()
}

// frame is a range of aisles and cross aisles.
type frame struct{ aisleLow, aisleHigh, rowLow, rowHigh int }

// frame is the smallest range: the depot alone.
func (g *grid) frame() frame {
	return frame{g.Depot.Aisle, g.Depot.Aisle, g.depotRow(), g.depotRow()}
}

// take widens the range by a block of an aisle.
func (f *frame) take(aisle, block int) {
	f.aisleLow, f.aisleHigh = min(f.aisleLow, aisle), max(f.aisleHigh, aisle)
	f.rowLow, f.rowHigh = min(f.rowLow, block), max(f.rowHigh, block+1)
}

// cut makes the grid as large as a frame, its blocks empty.
func (g *grid) cut(f frame) {
	g.aisle0, g.aisles, g.row0, g.rows = f.aisleLow, f.aisleHigh-f.aisleLow+1, f.rowLow, f.rowHigh-f.rowLow+1
	g.depotAisle, g.depotCross = g.Depot.Aisle-g.aisle0, g.depotRow()-g.row0
	n := g.aisles * (g.rows - 1)
	if cap(g.blocks) < n {
		g.blocks = append(g.blocks[:cap(g.blocks)], make([]block, n-cap(g.blocks))...)
	}
	g.blocks = g.blocks[:n]
	inf := math.Inf(1)
	for i := range g.blocks {
		b := &g.blocks[i]
		b.stops, b.ys, b.length = b.stops[:0], b.ys[:0], g.blockLength(g.row0+i%(g.rows-1))
		b.costs = [ways]float64{none: 0, once: b.length, twice: 2 * b.length, fromA: inf, fromB: inf, gap: inf}
	}
}

func (g *grid) blockLength(row int) float64 { return g.crossY[row+1] - g.crossY[row] }

func (g *grid) blockNumber(aisle, row int) int { return (aisle-g.aisle0)*(g.rows-1) + row - g.row0 }

// blockAt is the block a height lies in. A stop right on a cross aisle (no end gap) belongs to either neighbour.
func (g *grid) blockAt(y float64) int {
	b := sort.SearchFloat64s(g.crossY, y)
	return min(max(b-1, 0), len(g.crossY)-2)
}

// fill puts the stops into their blocks, from the bottom up.
func (g *grid) fill() {
	order := make([]int, len(g.spots))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(g.spots[a].y, g.spots[b].y) })
	for _, i := range order {
		s := g.spots[i]
		row := g.blockAt(s.y)
		b := &g.blocks[g.blockNumber(s.aisle, row)]
		b.stops, b.ys = append(b.stops, i), append(b.ys, s.y-g.crossY[row])
	}
	for i := range g.blocks {
		if b := &g.blocks[i]; len(b.ys) > 0 {
			widest := 0.0
			for k := 0; k+1 < len(b.ys); k++ {
				if d := b.ys[k+1] - b.ys[k]; d > widest {
					widest, b.gap = d, k
				}
			}
			b.holds(b.ys[0], b.ys[len(b.ys)-1], widest)
		}
	}
}

// holds says where a block's first and last stop lie, and how wide the widest gap between two of them is.
func (b *block) holds(first, last, widest float64) {
	b.costs[none] = math.Inf(1)
	b.costs[fromA], b.costs[fromB] = 2*last, 2*(b.length-first)
	if last > first {
		b.costs[gap] = 2 * (b.length - widest)
	}
}

// steps lays out the sweep with the shorter front: across the aisles, or along them.
func (g *grid) steps() {
	g.sweep = g.sweep[:0]
	inf := math.Inf(1)
	cross := &[ways]float64{none: 0, once: g.AislePitch, twice: 2 * g.AislePitch, fromA: inf, fromB: inf, gap: inf}
	depot := g.depotAisle*g.rows + g.depotCross
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
		return
	}
	swap := func(f func(aisle, row, corner int, ahead bool)) func(row, aisle, corner int, ahead bool) {
		return func(row, aisle, corner int, ahead bool) { f(aisle, row, corner, ahead) }
	}
	lay(g.rows, g.aisles, swap(level), swap(upright))
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
	corner, last := g.depotCross, g.depotAisle == g.aisles-1
	if g.rows > g.aisles {
		corner, last = g.depotAisle, g.depotCross == g.rows-1
	}
	best, end := math.Inf(1), int32(-1)
	for s := range g.cost {
		if g.cost[s] < best && f.ends[s] && (!last || f.touched[s]>>corner&1 == 1) {
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
	var open [ways]way
	n := 0
	for w, c := range s.costs {
		if c < inf {
			open[n] = way(w)
			n++
		}
	}
	next := g.next[:len(g.cost)]
	for i := range next {
		next[i] = inf
	}
	for at, cost := range g.cost {
		if cost > bound || cost == inf {
			continue
		}
		row := &table[at]
		bare := s.depot && f.touched[at]>>s.corner&1 == 0
		for _, w := range open[:n] {
			to, c := row[w], cost+s.costs[w]
			if to < 0 || c >= next[to] || bare && addsA[w] == 0 {
				continue
			}
			next[to] = c
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
