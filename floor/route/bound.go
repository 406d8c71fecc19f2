package route

import "math"

// boundWork is how many ways the bound of one question may look at: about half a second.
const boundWork = 300_000_000

// bound is a proven lower bound of any tour: the cheapest 1-tree (a tree over the places and the depot's two cheapest
// ways) with prices on the nodes, raised where the tree has more than two ways at a node and lowered where it has one
// (Held and Karp 1970). Ways that differ by direction count with the shorter. known is the length of some tour.
func (m *matrix) bound(known float64) float64 {
	if m.n == 2 {
		return m.at(0, 1) + m.at(1, 0)
	}
	price, degree := make([]float64, m.n), make([]int, m.n)
	best, scale, still := 0.0, 1.0, 0
	for work := boundWork; work > 0 && scale > 1e-4; work -= m.n * m.n {
		l := m.oneTree(price, degree)
		if l > best+1e-9*known {
			best, still = l, 0
		} else if still++; still >= 10 {
			scale, still = scale/2, 0
		}
		off := 0
		for i := range degree {
			off += (degree[i] - 2) * (degree[i] - 2)
		}
		if off == 0 {
			break // the tree is a tour: nothing is shorter
		}
		stride := scale * max(known-l, known*1e-6) / float64(off)
		for i := range price {
			price[i] += stride * float64(degree[i]-2)
		}
	}
	return Tidy(best * (1 - 1e-12))
}

func (p *places) bound(known float64) float64 { return p.matrix().bound(known) }

// oneTree gives the length of the cheapest 1-tree under prices, less the prices, and its degrees (Prim 1957).
func (m *matrix) oneTree(price []float64, degree []int) float64 {
	n, sum := m.n, 0.0
	way := make([]float64, n)
	from := make([]int, n)
	in := make([]bool, n)
	clear(degree)
	cost := func(a, b int) float64 { return min(m.at(a, b), m.at(b, a)) + price[a] + price[b] }
	for i := range way {
		way[i] = math.Inf(1)
	}
	for at, left := 1, n-2; left > 0; left-- {
		in[at] = true
		next := -1
		for to := 1; to < n; to++ {
			if in[to] {
				continue
			}
			if c := cost(at, to); c < way[to] {
				way[to], from[to] = c, at
			}
			if next < 0 || way[to] < way[next] {
				next = to
			}
		}
		sum += way[next]
		degree[next]++
		degree[from[next]]++
		at = next
	}
	first, second := math.Inf(1), math.Inf(1)
	a, b := 1, 1
	for to := 1; to < n; to++ {
		switch c := cost(0, to); {
		case c < first:
			first, second, a, b = c, first, to, a
		case c < second:
			second, b = c, to
		}
	}
	degree[0] = 2
	degree[a]++
	degree[b]++
	for _, p := range price {
		sum -= 2 * p
	}
	return sum + first + second
}
