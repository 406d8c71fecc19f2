package labels

// grid is a square symbol read from paper, module by module.
type grid struct {
	side int
	dark []bool
}

func (g *grid) at(x, y int) bool { return g.dark[y*g.side+x] }

// gridOf measures a square of modules whose first row begins with a run of so many. Every dot must lie where a
// grid of whole modules has it.
func gridOf(dots []stroke, firstRun int) (grid, reading, error) {
	if len(dots) == 0 || dots[0].w%firstRun != 0 || dots[0].w == 0 {
		return grid{}, reading{}, errNotRead
	}
	r := reading{module: dots[0].w / firstRun, box: stroke{x: dots[0].x, y: dots[0].y}}
	for _, d := range dots {
		r.box.w, r.box.h = max(r.box.w, d.x+d.w-r.box.x), max(r.box.h, d.y+d.h-r.box.y)
	}
	g := grid{side: r.box.h / r.module}
	// A symbol may end in a light column: DataMatrix does, in every second row, but never in all.
	if g.side*r.module != r.box.h || g.side > 200 || r.box.w != r.box.h {
		return grid{}, reading{}, errNotRead
	}
	g.dark = make([]bool, g.side*g.side)
	for _, d := range dots {
		if err := g.paint(d, r); err != nil {
			return grid{}, reading{}, err
		}
	}
	return g, r, nil
}

func (g *grid) paint(d stroke, r reading) error {
	x, y := d.x-r.box.x, d.y-r.box.y
	if x < 0 || y < 0 || x%r.module != 0 || y%r.module != 0 || d.w%r.module != 0 || d.h != r.module {
		return errNotRead
	}
	at := y/r.module*g.side + x/r.module
	for n := range d.w / r.module {
		if g.dark[at+n] {
			return errNotRead // two strokes on one another
		}
		g.dark[at+n] = true
	}
	return nil
}

// field is a Galois field of 256 elements, in which both squares check their codewords.
type field struct{ exp, log [256]byte }

var (
	fieldQR     = newField(0x11D) // ISO/IEC 18004, 7.5.2
	fieldMatrix = newField(0x12D) // ISO/IEC 16022, 5.7.1
)

func newField(poly int) *field {
	f, x := &field{}, 1
	for i := range 255 {
		f.exp[i], f.log[x] = byte(x), byte(i)
		if x <<= 1; x > 255 {
			x ^= poly
		}
	}
	return f
}

// whole says that a block of codewords has no error at all: its polynomial is zero at each root of the
// generator. Nothing is corrected here, for paper may still take what correction there is.
func (f *field) whole(block []byte, roots, first int) bool {
	for r := first; r < first+roots; r++ {
		sum := byte(0)
		for _, word := range block {
			if sum != 0 {
				sum = f.exp[(int(f.log[sum])+r)%255]
			}
			sum ^= word
		}
		if sum != 0 {
			return false
		}
	}
	return true
}

// bits reads whole numbers from codewords.
type bits struct {
	words []byte
	at    int
}

func (b *bits) left() int { return 8*len(b.words) - b.at }

func (b *bits) take(n int) int {
	v := 0
	for range n {
		v = v<<1 | int(b.words[b.at/8]>>(7-b.at%8)&1)
		b.at++
	}
	return v
}
