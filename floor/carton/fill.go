package carton

// A rule is one way to fill: which units first, where each goes, and whether equal units go in as one block.
type rule struct {
	order  []lot
	where  where
	block  bool
	first  []Carton // where set, only these are filled first; in several
	strict bool     // stop at the first unit that finds no place: only a fill of everything is wanted
}

// lot is some units of one kind, put in one after the other.
type lot struct {
	kind int
	n    int64
}

// where says which of the free places is best.
type where int

const (
	farFromEnd where = iota // farthest from the corner away from zero (Goncalves and Resende)
	low                     // lowest, then nearest to zero: layers
	left                    // along the length: walls
	back                    // along the width
	tight                   // least room left beside it
	ways                    // how many there are
)

// fill puts in what finds a place, takes it from left, and gives the first kind that found none, or -1.
func (t *task) fill(h *hold, left []int64, r *rule) int {
	missed := -1
	for _, l := range r.order {
		k := l.kind
		for n := min(l.n, left[k]); n > 0; {
			most := n
			if !r.block {
				most = 1
			}
			p, ok := t.best(h, k, most, r)
			if !ok {
				if missed < 0 {
					missed = k
				}
				if r.strict {
					return missed
				}
				break
			}
			h.place(t, p)
			left[k] -= p.count()
			n -= p.count()
		}
	}
	return missed
}

// best finds the best place for a unit of a kind, or for a block of up to most.
func (t *task) best(h *hold, k int, most int64, r *rule) (put, bool) {
	kind := &t.kinds[k]
	if kind.WeightG > 0 {
		most = min(most, h.restG/kind.WeightG)
	}
	if most <= 0 || h.full+kind.volume > h.room {
		return put{}, false
	}
	var best put
	var bestCount int64
	var bestKey [3]float64
	for i := range h.spaces {
		s := &h.spaces[i]
		room := s.size()
		t.work += 1 + len(kind.turns)
		for _, turn := range kind.turns {
			if !turn.within(room) {
				continue
			}
			n := [3]int64{1, 1, 1}
			if most > 1 {
				t.work += 4
				n = block(room, turn, most, r.where)
			}
			p := put{kind: k, at: s.lo, turn: turn, n: n}
			c, key := p.count(), h.key(&p, room, r.where)
			if c > bestCount || c == bestCount && less(&key, &bestKey) {
				best, bestCount, bestKey = p, c, key
			}
		}
	}
	return best, bestCount > 0
}

func less(a, b *[3]float64) bool {
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}

// key is smaller for a better place.
func (h *hold) key(p *put, room Size, w where) [3]float64 {
	hi := p.far()
	x, y, z := float64(hi[0]), float64(hi[1]), float64(hi[2])
	switch w {
	case low:
		return [3]float64{z, y, x}
	case left:
		return [3]float64{x, z, y}
	case back:
		return [3]float64{y, z, x}
	case tight:
		a, b, c := room[0]-hi[0]+p.at[0], room[1]-hi[1]+p.at[1], room[2]-hi[2]+p.at[2]
		a, b, c = sorted(a, b, c)
		return [3]float64{float64(a), float64(b), float64(c)}
	}
	dx, dy, dz := float64(h.box.Inner[0]-p.at[0]), float64(h.box.Inner[1]-p.at[1]), float64(h.box.Inner[2]-p.at[2])
	return [3]float64{-(dx*dx + dy*dy + dz*dz), z, y + x}
}

func sorted(a, b, c int64) (int64, int64, int64) {
	if a > b {
		a, b = b, a
	}
	if b > c {
		b, c = c, b
	}
	if a > b {
		a, b = b, a
	}
	return a, b, c
}

// block gives the largest block of up to most units in a room, filled along the axes in the order that suits the rule.
func block(room, turn Size, most int64, w where) [3]int64 {
	axes := [][3]int{{0, 1, 2}, {1, 0, 2}, {1, 2, 0}, {0, 2, 1}, {2, 0, 1}, {2, 1, 0}}
	if w == left || w == back {
		axes = [][3]int{{2, 1, 0}, {2, 0, 1}, {1, 2, 0}, {0, 2, 1}, {0, 1, 2}, {1, 0, 2}}
	}
	var best [3]int64
	for _, o := range axes {
		n, rest := [3]int64{}, most
		for _, a := range o {
			n[a] = max(1, min(room[a]/turn[a], rest))
			rest /= n[a]
		}
		if n[0]*n[1]*n[2] > best[0]*best[1]*best[2] {
			best = n
		}
	}
	return best
}
