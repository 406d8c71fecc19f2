package carton

import "slices"

// space is an empty cuboid that could not be larger on any side; spaces overlap one another.
type space struct{ lo, hi Size }

func (s *space) size() Size { return Size{s.hi[0] - s.lo[0], s.hi[1] - s.lo[1], s.hi[2] - s.lo[2]} }

func (s *space) meets(lo, hi *Size) bool {
	return lo[0] < s.hi[0] && s.lo[0] < hi[0] && lo[1] < s.hi[1] && s.lo[1] < hi[1] && lo[2] < s.hi[2] && s.lo[2] < hi[2]
}

func (s *space) covers(o *space) bool {
	return s.lo.within(o.lo) && o.hi.within(s.hi)
}

// spaceLimit keeps the emptiest spaces only; past it a fill would cost more than the place it might find.
const spaceLimit = 160

// hold is a carton being filled.
type hold struct {
	box    *Carton
	spaces []space
	puts   []put
	restG  int64
	full   float64 // volume taken
	room   float64 // volume there is, with what a float may be off
}

// put is a block of n[0] by n[1] by n[2] units of one kind, all lying alike.
type put struct {
	kind int
	at   Size
	turn Size
	n    [3]int64
}

func (p *put) count() int64 { return p.n[0] * p.n[1] * p.n[2] }

func (p *put) far() Size {
	return Size{p.at[0] + p.n[0]*p.turn[0], p.at[1] + p.n[1]*p.turn[1], p.at[2] + p.n[2]*p.turn[2]}
}

func newHold(c *Carton) *hold {
	return &hold{box: c, spaces: append(make([]space, 0, 24), space{hi: c.Inner}), puts: make([]put, 0, 8), restG: c.MaxGrossG - c.TareG, room: c.Inner.Volume() * (1 + 1e-12)}
}

// empty takes everything out again, keeping the memory.
func (h *hold) empty(c *Carton) {
	*h = hold{box: c, spaces: append(h.spaces[:0], space{hi: c.Inner}), puts: h.puts[:0], restG: c.MaxGrossG - c.TareG, room: c.Inner.Volume() * (1 + 1e-12)}
}

// place lays a block down and cuts it out of every space it meets.
func (h *hold) place(t *task, p put) {
	h.puts = append(h.puts, p)
	h.restG -= p.count() * t.kinds[p.kind].WeightG
	h.full += float64(p.count()) * t.kinds[p.kind].volume
	hi := p.far()
	t.fresh = t.fresh[:0]
	kept := h.spaces[:0]
	for _, s := range h.spaces {
		if s.meets(&p.at, &hi) {
			t.split(&s, &p.at, &hi)
		} else {
			kept = append(kept, s)
		}
	}
	t.work += 10 + len(h.spaces)
	h.spaces = kept
	h.keepLargest(t)
}

// split gives the up to six spaces that are left of s around a block; none thinner than the thinnest unit.
func (t *task) split(s *space, lo, hi *Size) {
	for a := range 3 {
		if lo[a]-s.lo[a] >= t.thinnest {
			left := *s
			left.hi[a] = lo[a]
			t.fresh = append(t.fresh, left)
		}
		if s.hi[a]-hi[a] >= t.thinnest {
			right := *s
			right.lo[a] = hi[a]
			t.fresh = append(t.fresh, right)
		}
	}
}

// keepLargest adds the fresh spaces that lie in no other.
func (h *hold) keepLargest(t *task) {
	old := len(h.spaces)
	for i := range t.fresh {
		f := &t.fresh[i]
		within := false
		for j := 0; j < len(t.fresh) && !within; j++ {
			// Of two alike the first stays.
			within = j != i && t.fresh[j].covers(f) && (j < i || t.fresh[j] != *f)
		}
		for j := 0; j < old && !within; j++ {
			within = h.spaces[j].covers(f)
		}
		t.work += (len(t.fresh) + old) / 2
		if !within {
			h.spaces = append(h.spaces, *f)
		}
	}
	if len(h.spaces) > spaceLimit {
		slices.SortStableFunc(h.spaces, func(a, b space) int {
			if x, y := a.size().Volume(), b.size().Volume(); x != y {
				if x > y {
					return -1
				}
				return 1
			}
			return 0
		})
		h.spaces = h.spaces[:spaceLimit]
	}
}
