package labels

import "slices"

// vertex is a corner of a shape.
type vertex struct{ x, y um }

// shapeMark is what lies inside closed outlines, by the nonzero rule: the marks of dangerous goods and the
// figures on them, whose sizes are the law's and not a printer font's. A later shape covers an earlier one.
type shapeMark struct {
	outlines [][]vertex
	ink      ink
}

func (p *page) shape(i ink, outlines ...[]vertex) {
	p.shapes = append(p.shapes, shapeMark{outlines, i})
}

// corners are the outline of an area.
func corners(a area) []vertex {
	return []vertex{{a.x, a.y}, {a.x + a.w, a.y}, {a.x + a.w, a.y + a.h}, {a.x, a.y + a.h}}
}

// fitted places a figure made on a grid of units into an area, as large as fits, in its middle.
func fitted(figure [][]vertex, grid, a area) [][]vertex {
	num, den := int(a.w), int(grid.w)
	if int(a.h)*int(grid.w) < int(a.w)*int(grid.h) {
		num, den = int(a.h), int(grid.h)
	}
	scaled := func(n um) um { return um(int(n) * num / den) }
	dx, dy := a.x+(a.w-scaled(grid.w))/2, a.y+(a.h-scaled(grid.h))/2
	out := make([][]vertex, len(figure))
	for i, outline := range figure {
		for _, q := range outline {
			out[i] = append(out[i], vertex{dx + scaled(q.x-grid.x), dy + scaled(q.y-grid.y)})
		}
	}
	return out
}

// bounds is the area that shapes lie in.
func bounds(shapes []shapeMark) area {
	var xs, ys []um
	for _, s := range shapes {
		for _, outline := range s.outlines {
			for _, q := range outline {
				xs, ys = append(xs, q.x), append(ys, q.y)
			}
		}
	}
	if len(xs) == 0 {
		return area{}
	}
	x, y := slices.Min(xs), slices.Min(ys)
	return area{x, y, slices.Max(xs) - x, slices.Max(ys) - y}
}

// shapeDots prints the shapes of a page in dots: a dot is black where its middle lies in a shape that is not white, and no
// later one is.
func (p *page) shapeDots() bitmap {
	area := bounds(p.shapes)
	b := bitmap{x: p.dots(area.x), y: p.dots(area.y)}
	b.width, b.height = p.dots(area.x+area.w)-b.x, p.dots(area.y+area.h)-b.y
	b.stride = (b.width + 7) / 8
	b.rows = make([]byte, b.stride*b.height)
	for _, s := range p.shapes {
		if s.ink != pale { // a thermal head has no grey
			b.paint(p.dpi, s)
		}
	}
	return b
}

// crossing is where an outline cuts a row of dots: the first dot right of it, and whether it goes down or up.
type crossing struct{ dot, turn int }

func (b bitmap) paint(dpi int, s shapeMark) {
	for y := range b.height {
		cuts := cutsOf(s, dpi, b.y+y)
		inside := 0
		for n, cut := range cuts {
			inside += cut.turn
			if inside == 0 || n+1 == len(cuts) {
				continue
			}
			for x := max(cut.dot-b.x, 0); x < min(cuts[n+1].dot-b.x, b.width); x++ {
				if bit := byte(0x80 >> (x % 8)); s.ink != white {
					b.rows[y*b.stride+x/8] |= bit
				} else {
					b.rows[y*b.stride+x/8] &^= bit
				}
			}
		}
	}
}

// cutsOf works in micrometres times twice the resolution, in which the middles of dots are whole.
func cutsOf(s shapeMark, dpi, row int) []crossing {
	unit, dot := 2*dpi, 2*int(inch)
	middle := (2*row + 1) * int(inch)
	var cuts []crossing
	for _, outline := range s.outlines {
		for i, a := range outline {
			b, turn := outline[(i+1)%len(outline)], 1
			if a.y > b.y {
				a, b, turn = b, a, -1
			}
			ay, by := int(a.y)*unit, int(b.y)*unit
			if middle < ay || middle >= by {
				continue
			}
			ax, bx := int(a.x)*unit, int(b.x)*unit
			x := ax + (bx-ax)*((middle-ay)/2)/((by-ay)/2)
			// The first dot whose middle is not left of x.
			cuts = append(cuts, crossing{(x + dot/2 - 1) / dot, turn})
		}
	}
	slices.SortFunc(cuts, func(a, b crossing) int { return a.dot - b.dot })
	return cuts
}
