package route

import (
	"math"
	"math/bits"
)

// Meter measures shortest walks without drawing them: for whoever asks a hundred thousand times. It serves one
// goroutine. Where the front is longer than meterFront it gives the length of a quickly improved tour instead.
type Meter struct {
	g     *grid
	row   int      // words of one aisle
	words []uint64 // by aisle, then 64 cells: those to visit
	dirty []int32  // the words that hold any
}

// meterFront is the longest front that is measured again and again.
const meterFront = 5

// Cells are the places of some stops, packed for a Meter.
type Cells []struct {
	word int32
	bits uint64
}

// NewMeter gives a meter of a layout that has passed Check.
func NewMeter(l Layout) *Meter {
	row := (l.Cells + 63) / 64
	return &Meter{g: newGrid(l), row: row, words: make([]uint64, row*l.Aisles)}
}

// Pack gives the places of stops.
func (m *Meter) Pack(stops []Stop) Cells {
	for _, s := range stops {
		m.mark(int32(s.Aisle*m.row+s.Cell/64), 1<<(s.Cell%64))
	}
	out := make(Cells, len(m.dirty))
	for i, w := range m.dirty {
		out[i].word, out[i].bits = w, m.words[w]
	}
	m.wipe()
	return out
}

func (m *Meter) mark(word int32, bits uint64) {
	if m.words[word] == 0 {
		m.dirty = append(m.dirty, word)
	}
	m.words[word] |= bits
}

func (m *Meter) wipe() {
	for _, w := range m.dirty {
		m.words[w] = 0
	}
	m.dirty = m.dirty[:0]
}

// Length is the shortest walk through all of some packed places.
func (m *Meter) Length(places ...Cells) float64 {
	for _, p := range places {
		for _, c := range p {
			m.mark(c.word, c.bits)
		}
	}
	defer m.wipe()
	if len(m.dirty) == 0 {
		return 0
	}
	f := m.g.frame()
	m.visit(func(aisle, cell int) { f.take(aisle, m.g.blockOf(cell)) })
	m.g.cut(f)
	if m.g.frontLength() > meterFront {
		return m.quick()
	}
	m.fill()
	d, _ := m.g.run(math.Inf(1), false)
	return Tidy(d)
}

// visit goes over the marked cells, in each word upwards.
func (m *Meter) visit(see func(aisle, cell int)) {
	for _, w := range m.dirty {
		aisle, base := int(w)/m.row, int(w)%m.row*64
		for left := m.words[w]; left != 0; left &= left - 1 {
			see(aisle, base+bits.TrailingZeros64(left))
		}
	}
}

// fill tells each block with marked cells its first, its last and its widest gap.
func (m *Meter) fill() {
	g := m.g
	for aisle := g.aisle0; aisle < g.aisle0+g.aisles; aisle++ {
		for row := g.row0; row < g.row0+g.rows-1; row++ {
			low, high := g.CrossAisles[row], g.CrossAisles[row+1]
			first, last, widest := m.scan(aisle, low, high)
			if first >= 0 {
				y := func(cell int) float64 { return g.EndGap + float64(cell-low)*g.CellPitch }
				g.blocks[g.blockNumber(aisle, row)].holds(y(first), y(last), float64(widest)*g.CellPitch)
			}
		}
	}
}

// scan gives the first and the last marked cell from low up to high, and the widest gap between two; first -1 if none.
func (m *Meter) scan(aisle, low, high int) (first, last, widest int) {
	first, last = -1, -1
	for k := low / 64; k <= (high-1)/64; k++ {
		w := m.words[aisle*m.row+k]
		if base := k * 64; base < low {
			w &= ^uint64(0) << (low - base)
		}
		if over := (k+1)*64 - high; over > 0 {
			w &= ^uint64(0) >> over
		}
		for ; w != 0; w &= w - 1 {
			cell := k*64 + bits.TrailingZeros64(w)
			if first < 0 {
				first = cell
			} else {
				widest = max(widest, cell-last)
			}
			last = cell
		}
	}
	return first, last, widest
}

// quick is the length of a tour improved once.
func (m *Meter) quick() float64 {
	p := &places{Layout: m.g.Layout}
	m.visit(func(aisle, cell int) { p.spots = append(p.spots, spot{aisle, p.cellY(cell)}) })
	c := &climb{matrix: p.matrix(), work: quickWork}
	c.tour = c.nearest()
	c.improve()
	return Tidy(c.length())
}

// quickWork is how many moves a quick tour may weigh: a fifth of a millisecond.
const quickWork = 30_000

// Exact tells whether all that the meter measures is the shortest: its fronts are never too long.
func (m *Meter) Exact() bool { return min(len(m.g.CrossAisles), m.g.Aisles) <= meterFront }
