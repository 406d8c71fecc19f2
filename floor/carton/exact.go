package carton

// arrangement decides for few units whether they fit at all: each is given a turn, and of two that overlap one must
// lie before the other along one of the axes; whichever is tried, both stand as near to zero as what lies before them
// allows. If no choice is left, they do not fit (den Boef, Korst, Martello, Pisinger and Vigo, Operations Research 53,
// 2005, on packings that no order of placing reaches).
type arrangement struct {
	t     *task
	room  Size
	units []int // kinds
	turn  []Size
	at    []Size
	arcs  [3][][2]int
	nodes int
}

// exact gives the filled carton, or nil where it is known that there is none; known is false where it gave up.
func (t *task) exact(c *Carton, need []int64) (h *hold, known bool) {
	x := &arrangement{t: t, room: c.Inner}
	for _, l := range singly(t.orders(need)[0]) {
		x.units = append(x.units, l.kind)
	}
	x.turn, x.at = make([]Size, len(x.units)), make([]Size, len(x.units))
	if !x.resolve(0) {
		return nil, x.nodes < exactNodes
	}
	h = newHold(c)
	for i, k := range x.units {
		h.place(t, put{kind: k, at: x.at[i], turn: x.turn[i], n: [3]int64{1, 1, 1}})
	}
	return h, true
}

// resolve parts the first pair of the first n units that overlap, or takes in the next unit.
func (x *arrangement) resolve(n int) bool {
	if x.nodes++; x.nodes >= exactNodes {
		return false
	}
	x.t.work += 1 + n*n
	i, j, overlap := x.overlap(n)
	if !overlap {
		return x.next(n)
	}
	for axis := range 3 {
		for _, arc := range [2][2]int{{i, j}, {j, i}} {
			saved := [exactUnits]Size{}
			copy(saved[:], x.at)
			x.arcs[axis] = append(x.arcs[axis], arc)
			if x.push(axis, n) && x.resolve(n) {
				return true
			}
			x.arcs[axis] = x.arcs[axis][:len(x.arcs[axis])-1]
			copy(x.at, saved[:])
		}
	}
	return false
}

func (x *arrangement) next(n int) bool {
	if n == len(x.units) {
		return true
	}
	for _, turn := range x.t.kinds[x.units[n]].turns {
		if !turn.within(x.room) {
			continue
		}
		x.turn[n], x.at[n] = turn, Size{}
		if x.resolve(n + 1) {
			return true
		}
	}
	return false
}

func (x *arrangement) overlap(n int) (int, int, bool) {
	for j := 1; j < n; j++ {
		s := space{x.at[j], x.far(j)}
		for i := range j {
			hi := x.far(i)
			if s.meets(&x.at[i], &hi) {
				return i, j, true
			}
		}
	}
	return 0, 0, false
}

func (x *arrangement) far(i int) Size {
	a, s := x.at[i], x.turn[i]
	return Size{a[0] + s[0], a[1] + s[1], a[2] + s[2]}
}

// push moves units along an axis behind what lies before them; false where one would leave the carton, as in a ring.
func (x *arrangement) push(axis, n int) bool {
	for moved := true; moved; {
		moved = false
		for _, arc := range x.arcs[axis] {
			to := x.at[arc[0]][axis] + x.turn[arc[0]][axis]
			if to <= x.at[arc[1]][axis] {
				continue
			}
			if to+x.turn[arc[1]][axis] > x.room[axis] {
				return false
			}
			x.at[arc[1]][axis], moved = to, true
		}
		x.t.work += len(x.arcs[axis])
	}
	return true
}
