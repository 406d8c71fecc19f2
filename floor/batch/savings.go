package batch

// savings joins, again and again, the two groups whose joint walk saves most (Clarke and Wright 1964, measured anew
// after each step), until none saves or fits.
func (s *search) savings() [][]int {
	n := len(s.Orders)
	groups := make([][]int, n)
	loads := append([]load(nil), s.loads...)
	walks := make([]float64, n)
	saved := make([][]float64, n) // by pair i > j; below 0 where they do not fit together
	save := func(i, j int) float64 {
		if !s.holds(loads[i].plus(loads[j])) {
			return -1
		}
		both := append(append([]int(nil), groups[i]...), groups[j]...)
		return walks[i] + walks[j] - s.walk(both, -1, -1)
	}
	for i := range groups {
		groups[i], walks[i] = []int{i}, s.walk([]int{i}, -1, -1)
		saved[i] = make([]float64, i)
		for j := range i {
			saved[i][j] = save(i, j)
		}
	}
	for {
		bi, bj, best := 0, 0, 0.0
		for i := range saved {
			for j, v := range saved[i] {
				if v > best {
					bi, bj, best = i, j, v
				}
			}
		}
		if best == 0 {
			break
		}
		walks[bj] += walks[bi] - best
		groups[bj], loads[bj] = append(groups[bj], groups[bi]...), loads[bj].plus(loads[bi])
		groups[bi] = nil
		for i := range saved {
			for j := range saved[i] {
				switch {
				case i == bi || j == bi:
					saved[i][j] = -1
				case (i == bj || j == bj) && len(groups[i]) > 0 && len(groups[j]) > 0:
					saved[i][j] = save(i, j)
				}
			}
		}
	}
	var out [][]int
	for _, g := range groups {
		if len(g) > 0 {
			out = append(out, g)
		}
	}
	return out
}
