package batch

import (
	"math"
	"math/rand/v2"
	"slices"
	"sort"
)

// grouping is a whole answer, and what it costs.
type grouping struct {
	groups [][]int
	loads  []load
	walks  []float64
	of     []int // by order, its group
	total  float64
}

func (s *search) grouping(groups [][]int) *grouping {
	g := &grouping{of: make([]int, len(s.Orders))}
	for k, members := range groups {
		var l load
		for _, i := range members {
			l, g.of[i] = l.plus(s.loads[i]), k
		}
		d := s.walk(members, -1, -1)
		g.groups, g.loads, g.walks = append(g.groups, slices.Clone(members)), append(g.loads, l), append(g.walks, d)
		g.total += d
	}
	return g
}

func (g *grouping) set(from *grouping) {
	for k := range from.groups {
		if k == len(g.groups) {
			g.groups = append(g.groups, nil)
		}
		g.groups[k] = append(g.groups[k][:0], from.groups[k]...)
	}
	g.groups = g.groups[:len(from.groups)]
	g.loads = append(g.loads[:0], from.loads...)
	g.walks = append(g.walks[:0], from.walks...)
	g.of = append(g.of[:0], from.of...)
	g.total = from.total
}

// annealing is a search under way.
type annealing struct {
	*search
	now, try, best *grouping
	near           [][]int // by order, the others, those first whose walk is best shared
	heat           float64 // how much longer a plan may be that is taken all the same
	out            []int
}

// anneal improves groups while there is time.
func (s *search) anneal(groups [][]int, e Effort) [][]int {
	s.chance = rand.New(rand.NewPCG(e.Seed, 17))
	a := &annealing{search: s, now: s.grouping(groups), try: &grouping{}, best: &grouping{}, near: s.neighbours()}
	a.best.set(a.now)
	hot := 0.03 * a.now.total / float64(len(a.now.groups))
	for spent := e.Spent(); spent < 1; spent = e.Spent() {
		a.heat = hot * math.Pow(0.005, spent)
		a.step()
	}
	return slices.DeleteFunc(a.best.groups, func(g []int) bool { return len(g) == 0 })
}

// neighbours sorts, for every order, the others by what a joint walk saves.
func (s *search) neighbours() [][]int {
	n := len(s.Orders)
	near := make([][]int, n)
	if !s.meter.Exact() && n > pairLimit {
		for i := range near {
			near[i] = slices.DeleteFunc(s.chance.Perm(n), func(j int) bool { return j == i })
		}
		return near
	}
	saved := make([]float64, n)
	for i := range near {
		for j := range n {
			if j != i {
				near[i] = append(near[i], j)
				saved[j] = s.walk([]int{j}, -1, -1) - s.walk([]int{min(i, j), max(i, j)}, -1, -1)
			}
		}
		sort.SliceStable(near[i], func(x, y int) bool { return saved[near[i][x]] > saved[near[i][y]] })
	}
	return near
}

// step tries one change and takes it, or not.
func (a *annealing) step() {
	limit := a.now.total - a.heat*math.Log(1-a.chance.Float64())
	switch k := a.chance.IntN(10); {
	case k < 5:
		a.swap(limit)
	case k < 7:
		a.move(limit)
	default:
		a.anew(limit)
	}
	if a.now.total < a.best.total-1e-9 {
		a.best.set(a.now)
	}
}

// friend gives another order, sooner a near one.
func (a *annealing) friend(i int) int {
	u := a.chance.Float64()
	return a.near[i][int(u*u*float64(len(a.near[i])))]
}

// move puts one order to another's group.
func (a *annealing) move(limit float64) {
	i := a.chance.IntN(len(a.Orders))
	g, from := a.now, a.now.of[i]
	to := g.of[a.friend(i)]
	if to == from || !a.holds(g.loads[to].plus(a.loads[i])) {
		return
	}
	left, grown := a.walk(g.groups[from], i, -1), a.walk(g.groups[to], -1, i)
	if g.total-g.walks[from]-g.walks[to]+left+grown > limit {
		return
	}
	g.take(a.search, i, left)
	g.put(a.search, i, to, grown)
	g.sweep()
}

// swap lets two orders change places.
func (a *annealing) swap(limit float64) {
	i := a.chance.IntN(len(a.Orders))
	j := a.friend(i)
	if a.chance.IntN(2) == 0 { // an order near to i changes with one of its group, so that it comes to i
		mates := a.now.groups[a.now.of[i]]
		i = mates[a.chance.IntN(len(mates))]
	}
	g := a.now
	gi, gj := g.of[i], g.of[j]
	if gi == gj || !a.holds(g.loads[gi].less(a.loads[i]).plus(a.loads[j])) || !a.holds(g.loads[gj].less(a.loads[j]).plus(a.loads[i])) {
		return
	}
	wi, wj := a.walk(g.groups[gi], i, j), a.walk(g.groups[gj], j, i)
	if g.total-g.walks[gi]-g.walks[gj]+wi+wj > limit {
		return
	}
	g.take(a.search, i, 0)
	g.take(a.search, j, 0)
	g.put(a.search, i, gj, wj)
	g.put(a.search, j, gi, wi)
}

// anew takes some orders out that lie near to one another, or a whole group, and puts each where it costs least.
func (a *annealing) anew(limit float64) {
	a.try.set(a.now)
	a.out = a.out[:0]
	i := a.chance.IntN(len(a.Orders))
	if a.chance.IntN(4) == 0 {
		a.out = append(a.out, a.try.groups[a.try.of[i]]...)
	} else {
		a.out = append(a.out, i)
		for want := 2 + a.chance.IntN(min(8, len(a.Orders)-1)); len(a.out) < want; {
			if j := a.friend(i); !slices.Contains(a.out, j) {
				a.out = append(a.out, j)
			}
		}
	}
	for _, i := range a.out {
		a.try.take(a.search, i, a.walk(a.try.groups[a.try.of[i]], i, -1))
	}
	a.chance.Shuffle(len(a.out), func(x, y int) { a.out[x], a.out[y] = a.out[y], a.out[x] })
	if a.chance.IntN(2) == 0 {
		sort.SliceStable(a.out, func(x, y int) bool { return a.loads[a.out[x]].size > a.loads[a.out[y]].size })
	}
	for _, i := range a.out {
		a.insert(i)
		if a.try.total > limit {
			return
		}
	}
	a.try.sweep()
	a.now, a.try = a.try, a.now
}

// insert puts an order where the walk grows least; now and then it overlooks a place, so that not always the same
// plan comes out (the blinks of Christiaens and Vanden Berghe 2020).
func (a *annealing) insert(i int) {
	g := a.try
	best, to, grown := math.Inf(1), -1, 0.0
	for k, members := range g.groups {
		if !a.holds(g.loads[k].plus(a.loads[i])) || a.chance.IntN(50) == 0 {
			continue
		}
		d := a.walk(members, -1, i)
		if d-g.walks[k] < best {
			best, to, grown = d-g.walks[k], k, d
		}
	}
	if alone := a.walk(nil, -1, i); alone < best {
		g.groups, g.loads, g.walks = append(g.groups, nil), append(g.loads, load{}), append(g.walks, 0)
		to, grown = len(g.groups)-1, alone
	}
	g.put(a.search, i, to, grown)
}

// take takes an order out of its group, whose walk is then as given.
func (g *grouping) take(s *search, i int, walk float64) {
	k := g.of[i]
	at := slices.Index(g.groups[k], i)
	g.groups[k] = slices.Delete(g.groups[k], at, at+1)
	g.loads[k] = g.loads[k].less(s.loads[i])
	g.total += walk - g.walks[k]
	g.walks[k] = walk
}

// put puts an order into a group, whose walk is then as given.
func (g *grouping) put(s *search, i, k int, walk float64) {
	g.groups[k] = append(g.groups[k], i)
	g.loads[k] = g.loads[k].plus(s.loads[i])
	g.total += walk - g.walks[k]
	g.walks[k], g.of[i] = walk, k
}

// sweep lets go of empty groups.
func (g *grouping) sweep() {
	for k := len(g.groups) - 1; k >= 0; k-- {
		if len(g.groups[k]) > 0 {
			continue
		}
		last := len(g.groups) - 1
		g.groups[k], g.loads[k], g.walks[k] = g.groups[last], g.loads[last], g.walks[last]
		for _, i := range g.groups[k] {
			g.of[i] = k
		}
		g.groups[last] = nil
		g.groups, g.loads, g.walks = g.groups[:last], g.loads[:last], g.walks[:last]
	}
}
