package labels

import "fmt"

// lettering sets capitals and figures as shapes, exactly so high: where a rule gives millimetres, no printer's
// own font will do. It is centred in the area, and a fault where it is wider.
func (p *page) lettering(field, s string, a area, capital um) {
	var outlines [][]vertex
	at := um(0)
	for _, r := range s {
		letter, advance, known := boldLetter(r, capital)
		if !known {
			p.fail(fmt.Errorf("labels: unprintable text in %s: %q (%U)", field, s, r))
			return
		}
		for _, outline := range letter {
			for i := range outline {
				outline[i].x += at
			}
			outlines = append(outlines, outline)
		}
		at += advance
	}
	if at > a.w || capital > a.h {
		p.fail(fmt.Errorf("labels: %s %q is ruled to be %s mm high, and needs %d x %d mm", field, s, millimetres(capital), at/mm+1, capital/mm+1))
		return
	}
	dx, dy := a.x+(a.w-at)/2, a.y+(a.h-capital)/2
	for _, outline := range outlines {
		for i := range outline {
			outline[i].x += dx
			outline[i].y += dy
		}
	}
	p.shape(black, outlines...)
}

// boldLetter is the outline of a letter where a capital is so high, from its upper left corner, y downwards, and how far
// the next one is.
func boldLetter(r rune, capital um) (outlines [][]vertex, advance um, known bool) {
	drawing.Lock()
	defer drawing.Unlock()
	f := embedded()[1][0]
	id, known := f.font.Face().NominalGlyph(r)
	if !known {
		return nil, 0, false
	}
	high := f.capital()
	scaled := func(units int) um { return um(units) * capital / um(high) }
	for _, contour := range f.outline(id).straight() {
		var outline []vertex
		for _, q := range contour {
			outline = append(outline, vertex{scaled(q.x), capital - scaled(q.y)})
		}
		outlines = append(outlines, outline)
	}
	return outlines, scaled(int(f.font.Face().HorizontalAdvance(id))), true
}

// capital is how high an H stands, in units of the font.
func (f *drawnFace) capital() (high int) {
	id, _ := f.font.Face().NominalGlyph('H')
	for _, q := range f.outline(id).points {
		high = max(high, q.y)
	}
	return high
}

// curveSteps is how many straight pieces stand for a curve: at 12 mm each is a tenth of a millimetre off at most.
const curveSteps = 6

// straight is an outline without curves, contour by contour.
func (o *outline) straight() (out [][]point) {
	o.steps(func(op byte, q []point) {
		if op == 'm' {
			out = append(out, []point{q[0]})
			return
		}
		last := &out[len(out)-1]
		if op == 'l' {
			*last = append(*last, q[0])
			return
		}
		from := (*last)[len(*last)-1]
		for i := 1; i <= curveSteps; i++ {
			*last = append(*last, onCurve(from, q, i))
		}
	})
	return out
}

// onCurve is the point after so many steps of a cubic curve (de Casteljau, written out in whole numbers).
func onCurve(from point, q []point, i int) point {
	rest := curveSteps - i
	mix := func(a, b, c, d int) int {
		return (rest*rest*rest*a + 3*rest*rest*i*b + 3*rest*i*i*c + i*i*i*d) / (curveSteps * curveSteps * curveSteps)
	}
	return point{mix(from.x, q[0].x, q[1].x, q[2].x), mix(from.y, q[0].y, q[1].y, q[2].y)}
}

// millimetres writes a length with a decimal where it has one.
func millimetres(l um) string {
	if l%mm == 0 {
		return fmt.Sprint(int(l / mm))
	}
	return fmt.Sprintf("%d.%d", l/mm, l%mm/100)
}
