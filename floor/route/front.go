package route

import "sync"

// A sweep over the layout puts ways together corner by corner. Its front is the line of corners reached so far; of
// each it remembers what the corners ahead must know: touched or not, reached by an odd or an even number of ways, and
// which corners hang together. That is all: two part walks with the same front can be ended alike, and the shorter
// one is kept.

// way is what a walk does between two neighbouring corners a and b.
type way uint8

// The ways that an optimal walk may take between two corners (Ratliff and Rosenthal 1983, figure 4).
const (
	none  way = iota // not entered
	once             // walked through
	twice            // walked through and back
	fromA            // from a to the farthest stop and back
	fromB            // from b likewise
	gap              // from both ends, leaving out the largest gap
	ways  = 6
)

// What a way adds to its corners, and whether it joins them.
var (
	addsA = [ways]uint8{0, 1, 2, 2, 0, 2}
	addsB = [ways]uint8{0, 1, 2, 0, 2, 2}
	joins = [ways]bool{once: true, twice: true}
)

// frontLimit is the longest front whose states are counted out: 8 corners have 95,201 states (TestFrontSizes).
const frontLimit = 8

// front is the automaton of a front of some length: its states, and where each way leads.
type front struct {
	corners int
	states  int
	touched []uint16 // by state: a bit for each corner that is touched
	ends    []bool   // by state: all corners even, and all that is touched hangs together

	link    [][][ways]int32 // by pair of neighbours, then state: the state after a way between them; -1 if none
	advance [][][ways]int32 // by corner, then state: the state after a way from it to the corner ahead; -1 if none
}

var fronts [frontLimit + 1]struct {
	once sync.Once
	*front
}

func frontOf(corners int) *front {
	slot := &fronts[corners]
	slot.once.Do(func() { slot.front = newFront(corners) })
	return slot.front
}

// corner is what the front knows of one corner: the component it hangs in (0: untouched), and whether its ways are odd.
type corner struct {
	part uint8
	odd  bool
}

// line is the corners of a front. The one past them is odd when the walk is closed: nothing may follow.
type line [frontLimit + 1]corner

var closed = line{frontLimit: {odd: true}}

func newFront(corners int) *front {
	f := &front{corners: corners, link: make([][][ways]int32, corners), advance: make([][][ways]int32, corners)}
	number := map[line]int32{{}: 0}
	lines := []line{{}}
	find := func(l line, ok bool) int32 {
		if !ok {
			return -1
		}
		n, known := number[l]
		if !known {
			n = int32(len(lines))
			number[l] = n
			lines = append(lines, l)
		}
		return n
	}
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		for c := 0; c < corners; c++ {
			var linked, ahead [ways]int32
			for w := none; w < ways; w++ {
				linked[w] = find(l.linked(c, w, corners))
				ahead[w] = find(l.advanced(c, w, corners))
			}
			f.link[c], f.advance[c] = append(f.link[c], linked), append(f.advance[c], ahead)
		}
		f.touched, f.ends = append(f.touched, l.touched()), append(f.ends, l.ends())
	}
	f.states = len(lines)
	return f
}

// linked is the line after a way between corner c and the next.
func (l line) linked(c int, w way, corners int) (line, bool) {
	if c+1 == corners || l == closed {
		return l, c+1 < corners && w == none
	}
	a, b := &l[c], &l[c+1]
	l.enter(c, addsA[w])
	l.enter(c+1, addsB[w])
	if joins[w] {
		l.join(a.part, b.part)
	}
	return l.renamed(), true
}

// advanced is the line after a way from corner c to the corner ahead, which takes its place. The corner left behind
// must be even, and what hung on it must hang on another still: else it is cut off for ever, and the walk is closed.
func (l line) advanced(c int, w way, corners int) (line, bool) {
	if l == closed {
		return l, w == none
	}
	l.enter(c, addsA[w])
	old := l[c]
	if old.odd {
		return l, false
	}
	l[c] = corner{}
	if joins[w] {
		l[c].part = old.part
	}
	if old.part != 0 && !joins[w] && !l.has(old.part) {
		return closed, l == line{} && addsB[w] == 0
	}
	l.enter(c, addsB[w])
	return l.renamed(), true
}

func (l *line) enter(c int, times uint8) {
	if times == 0 {
		return
	}
	if l[c].part == 0 {
		l[c].part = frontLimit + 1 + uint8(c)
	}
	l[c].odd = l[c].odd != (times == 1)
}

func (l *line) join(a, b uint8) {
	for i := range l {
		if l[i].part == b {
			l[i].part = a
		}
	}
}

func (l *line) has(part uint8) bool {
	for _, c := range l {
		if c.part == part {
			return true
		}
	}
	return false
}

// renamed numbers the parts as they first stand in the line, so that equal lines look alike.
func (l line) renamed() line {
	var names [2*frontLimit + 2]uint8
	next := uint8(0)
	for i := range l {
		p := l[i].part
		if p == 0 {
			continue
		}
		if names[p] == 0 {
			next++
			names[p] = next
		}
		l[i].part = names[p]
	}
	return l
}

func (l line) touched() (bits uint16) {
	for i, c := range l {
		if c.part != 0 {
			bits |= 1 << i
		}
	}
	return bits
}

func (l line) ends() bool {
	if l == closed {
		return true
	}
	for _, c := range l {
		if c.odd || c.part > 1 {
			return false
		}
	}
	return true
}
