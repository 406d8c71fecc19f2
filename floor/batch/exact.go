package batch

import (
	"math"
	"math/bits"
)

// exactLimit is how many orders are solved by going over all groupings: 65,536 walks and 43 million pairs of sets in
// about half a second with one or two blocks; fewer where walks cost more.
func (s *search) exactLimit() int {
	if len(s.Layout.CrossAisles) <= 3 {
		return 16
	}
	return 12
}

// exact gives the best grouping: the best of a set of orders is a batch that holds its first, and the best of the rest.
func (s *search) exact() [][]int {
	n := len(s.Orders)
	walk := make([]float64, 1<<n)
	best := make([]float64, 1<<n)
	first := make([]int32, 1<<n)
	var group []int
	for set := 1; set < 1<<n; set++ {
		var l load
		group = group[:0]
		for left := uint(set); left != 0; left &= left - 1 {
			i := bits.TrailingZeros(left)
			l, group = l.plus(s.loads[i]), append(group, i)
		}
		walk[set] = math.Inf(1)
		if s.holds(l) {
			walk[set] = s.walk(group, -1, -1)
		}
	}
	for set := 1; set < 1<<n; set++ {
		low := set & -set
		rest := set &^ low
		best[set] = math.Inf(1)
		for sub := rest; ; sub = (sub - 1) & rest {
			if d := walk[sub|low] + best[rest&^sub]; d < best[set] {
				best[set], first[set] = d, int32(sub|low)
			}
			if sub == 0 {
				break
			}
		}
	}
	var out [][]int
	for set := 1<<n - 1; set > 0; set &^= int(first[set]) {
		var g []int
		for left := uint(first[set]); left != 0; left &= left - 1 {
			g = append(g, bits.TrailingZeros(left))
		}
		out = append(out, g)
	}
	return out
}
