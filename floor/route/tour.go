package route

import (
	"math"
	"math/bits"
	"math/rand/v2"
)

// matrix is the way from every node to every other; node 0 is the depot, node i the place i-1. It need not be the same
// both ways: a floor may have one-way aisles.
type matrix struct {
	n int
	d []float64
}

func (m *matrix) at(a, b int) float64 { return m.d[a*m.n+b] }

func (p *places) matrix() *matrix {
	m := &matrix{n: len(p.spots) + 1}
	m.d = make([]float64, m.n*m.n)
	all := append([]spot{p.depot()}, p.spots...)
	for a := range all {
		for b := range all[:a] {
			d := p.between(all[a], all[b])
			m.d[a*m.n+b], m.d[b*m.n+a] = d, d
		}
	}
	return m
}

// heldKarpLimit is how many places are solved by going over all sets of them.
const heldKarpLimit = 12

// heldKarp gives the best order of a few places (Held and Karp 1962).
func (m *matrix) heldKarp() []int {
	n := m.n - 1
	if n == 0 {
		return nil
	}
	cost := make([]float64, n<<n) // by set and last place
	from := make([]int8, n<<n)
	for set := 1; set < 1<<n; set++ {
		for last := 0; last < n; last++ {
			at := set*n + last
			cost[at] = math.Inf(1)
			rest := set &^ (1 << last)
			switch {
			case set>>last&1 == 0:
			case rest == 0:
				cost[at], from[at] = m.at(0, last+1), -1
			default:
				for left := uint(rest); left != 0; left &= left - 1 {
					k := bits.TrailingZeros(left)
					if c := cost[rest*n+k] + m.at(k+1, last+1); c < cost[at] {
						cost[at], from[at] = c, int8(k)
					}
				}
			}
		}
	}
	set, last := 1<<n-1, 0
	for k := range n {
		if cost[set*n+k]+m.at(k+1, 0) < cost[set*n+last]+m.at(last+1, 0) {
			last = k
		}
	}
	out := make([]int, n)
	for i := n - 1; i >= 0; i-- {
		out[i] = last
		set, last = set&^(1<<last), int(from[set*n+last])
	}
	return out
}

// tourWork is how many moves the improvement of one tour may weigh: about half a second.
const tourWork = 60_000_000

// climb improves a tour. It begins at node 0; ahead and back are what its first i ways cost forwards and backwards.
type climb struct {
	*matrix
	tour        []int
	ahead, back []float64
	work        int
}

// tour gives a good order of many places: from place to nearest place, then moves of one to three neighbouring places
// to elsewhere (Or 1976) and turned pieces (2-opt) while they shorten it; then pieces are swapped at random and mended
// again, and what got shorter is kept, until so many moves were weighed. The chance is seeded by the question's size alone.
func (m *matrix) tour(work int) []int {
	if m.n <= 2 {
		return make([]int, m.n-1)
	}
	c := &climb{matrix: m, tour: m.nearest(), work: work}
	c.improve()
	best, bestLength := append([]int(nil), c.tour...), c.length()
	chance := rand.New(rand.NewPCG(uint64(m.n), 7))
	for c.work > 0 && m.n > 7 {
		c.shake(chance)
		c.improve()
		if l := c.length(); l < bestLength-1e-9 {
			best, bestLength = append(best[:0], c.tour...), l
		} else {
			c.tour = append(c.tour[:0], best...)
		}
	}
	out := make([]int, 0, m.n-1)
	for _, node := range best[1:] {
		out = append(out, node-1)
	}
	return out
}

func (m *matrix) nearest() []int {
	tour, in := []int{0}, make([]bool, m.n)
	in[0] = true
	for at := 0; len(tour) < m.n; {
		best := -1
		for to := range m.n {
			if !in[to] && (best < 0 || m.at(at, to) < m.at(at, best)) {
				best = to
			}
		}
		tour, in[best], at = append(tour, best), true, best
	}
	return tour
}

func (c *climb) length() float64 {
	c.sum()
	return c.ahead[c.n]
}

// node is the tour's i-th node; after the last one comes the depot again.
func (c *climb) node(i int) int {
	if i == c.n {
		return 0
	}
	return c.tour[i]
}

func (c *climb) sum() {
	if c.ahead == nil {
		c.ahead, c.back = make([]float64, c.n+1), make([]float64, c.n+1)
	}
	c.work -= c.n
	for i := 1; i <= c.n; i++ {
		c.ahead[i] = c.ahead[i-1] + c.at(c.node(i-1), c.node(i))
		c.back[i] = c.back[i-1] + c.at(c.node(i), c.node(i-1))
	}
}

// improve takes moves that shorten the tour until there is none, or the work is used up.
func (c *climb) improve() {
	c.sum()
	for again := true; again && c.work > 0; {
		again = false
		for i := 1; i < c.n; i++ {
			for c.work > 0 && (c.turn(i) || c.move(i)) {
				c.sum()
				again = true
			}
		}
	}
}

// turn walks the piece from i to some j backwards, where that is shorter.
func (c *climb) turn(i int) bool {
	before := c.tour[i-1]
	best, at := -1e-9, -1
	for j := i + 1; j < c.n; j++ {
		after := c.node(j + 1)
		gain := c.at(before, c.tour[j]) + c.back[j] - c.back[i] + c.at(c.tour[i], after) - (c.ahead[j+1] - c.ahead[i-1])
		if gain < best {
			best, at = gain, j
		}
	}
	c.work -= c.n - i
	if at < 0 {
		return false
	}
	reverse(c.tour[i : at+1])
	return true
}

// move puts one to three neighbouring places, from i on, elsewhere, either way round.
func (c *climb) move(i int) bool {
	best, length, to, turned := -1e-9, 0, 0, false
	for n := 1; n <= 3 && i+n <= c.n; n++ {
		first, last := c.tour[i], c.tour[i+n-1]
		freed := c.ahead[i+n] - c.ahead[i-1] - c.at(c.tour[i-1], c.node(i+n))
		inside, outside := c.ahead[i+n-1]-c.ahead[i], c.back[i+n-1]-c.back[i]
		for j := 0; j < c.n; j++ {
			if j >= i-1 && j < i+n {
				continue
			}
			a, b := c.tour[j], c.node(j+1)
			way := c.at(a, b) + freed
			if g := c.at(a, first) + inside + c.at(last, b) - way; g < best {
				best, length, to, turned = g, n, j, false
			}
			if g := c.at(a, last) + outside + c.at(first, b) - way; g < best {
				best, length, to, turned = g, n, j, true
			}
		}
	}
	c.work -= 3 * c.n
	if length == 0 {
		return false
	}
	c.place(i, length, to, turned)
	return true
}

// place takes n places from i on out of the tour and puts them behind what stood at position to.
func (c *climb) place(i, n, to int, turned bool) {
	piece := append([]int(nil), c.tour[i:i+n]...)
	if turned {
		reverse(piece)
	}
	rest := append(c.tour[:i:i], c.tour[i+n:]...)
	if to >= i {
		to -= n
	}
	out := append([]int(nil), rest[:to+1]...)
	out = append(out, piece...)
	c.tour = append(out, rest[to+1:]...)
}

// shake swaps two neighbouring pieces of up to fifty places: the double bridge of Martin, Otto and Felten (1991).
func (c *climb) shake(chance *rand.Rand) {
	span := 2 + chance.IntN(min(c.n-2, 50))
	at := 1 + chance.IntN(c.n-span)
	b := at + 1 + chance.IntN(span-1)
	d := b + 1 + chance.IntN(at+span-b)
	out := append([]int(nil), c.tour[:at]...)
	out = append(out, c.tour[b:d]...)
	out = append(out, c.tour[at:b]...)
	c.tour = append(out, c.tour[d:]...)
}

func reverse(s []int) {
	for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
	}
}
