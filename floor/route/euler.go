package route

// web is the ways of a walk as a graph whose every node has an even number of ways: corners first, then stops.
type web struct {
	ways [][]int // by node: the numbers of its ways
	ends [][2]int
}

func (w *web) tie(a, b, times int) {
	for ; times > 0; times-- {
		n := len(w.ends)
		w.ends = append(w.ends, [2]int{a, b})
		w.ways[a], w.ways[b] = append(w.ways[a], n), append(w.ways[b], n)
	}
}

// web draws the chosen ways.
func (g *grid) web(chosen []way) *web {
	corners := g.aisles * g.rows
	w := &web{ways: make([][]int, corners+len(g.spots))}
	for i, s := range g.sweep {
		if s.block < 0 {
			w.tie(s.a, s.b, int(addsA[chosen[i]]))
			continue
		}
		b := &g.blocks[s.block]
		nodes := []int{s.a}
		for _, stop := range b.stops {
			nodes = append(nodes, corners+stop)
		}
		nodes = append(nodes, s.b)
		for k := 0; k+1 < len(nodes); k++ {
			w.tie(nodes[k], nodes[k+1], times(chosen[i], b, k))
		}
	}
	return w
}

// times is how often a way passes piece k of its block: piece 0 lies below the first stop.
func times(w way, b *block, k int) int {
	switch {
	case w == once:
		return 1
	case w == twice, w == fromA && k < len(b.stops), w == fromB && k > 0, w == gap && k != b.gap+1:
		return 2
	}
	return 0
}

// circle walks every way once, from a node back to it (Hierholzer 1873), and gives the nodes as they come.
func (w *web) circle(start int) []int {
	used := make([]bool, len(w.ends))
	next := make([]int, len(w.ways))
	stack, out := []int{start}, []int{}
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		for next[at] < len(w.ways[at]) && used[w.ways[at][next[at]]] {
			next[at]++
		}
		if next[at] == len(w.ways[at]) {
			out, stack = append(out, at), stack[:len(stack)-1]
			continue
		}
		n := w.ways[at][next[at]]
		used[n] = true
		stack = append(stack, w.ends[n][0]+w.ends[n][1]-at)
	}
	return out
}

// firstVisits gives the stops in the order a circle first comes to them.
func (g *grid) firstVisits(circle []int) []int {
	corners := g.aisles * g.rows
	seen := make([]bool, len(g.spots))
	var out []int
	for _, node := range circle {
		if stop := node - corners; stop >= 0 && !seen[stop] {
			seen[stop] = true
			out = append(out, stop)
		}
	}
	return out
}
