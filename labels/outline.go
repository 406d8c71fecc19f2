package labels

import (
	"encoding/binary"
	"fmt"
	"sync"

	"golang.org/x/image/font/gofont/gobold"
)

// lettering sets capitals and figures as shapes, exactly so high: where a rule gives millimetres, no printer's
// own font will do. It is centred in the area, and a fault where it is wider.
func (p *page) lettering(field, s string, a area, capital um) {
	var outlines [][]point
	at := um(0)
	for _, r := range s {
		g := boldOutlines().glyph(r)
		if g.advance == 0 {
			p.fail(fmt.Errorf("labels: unprintable text in %s: %q (%U)", field, s, r))
			return
		}
		for _, outline := range g.outlines {
			var moved []point
			for _, q := range outline {
				moved = append(moved, point{at + boldOutlines().scaled(q.x, capital), capital - boldOutlines().scaled(q.y, capital)})
			}
			outlines = append(outlines, moved)
		}
		at += boldOutlines().scaled(g.advance, capital)
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

// outlineFont reads the outlines of a TrueType font that we ship.
type outlineFont struct {
	glyf, loca []byte
	long       bool // the offsets of loca are of four bytes
	glyphs     map[rune]uint16
	advances   func(glyph uint16) um
	capital    um // how high an H stands, in font units
}

// glyphOutline is one letter in font units, y upwards.
type glyphOutline struct {
	outlines [][]point
	advance  um
}

var boldOutlines = sync.OnceValue(func() *outlineFont { return readOutlines(gobold.TTF) })

func readOutlines(ttf []byte) *outlineFont {
	tables := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(ttf[4:])) {
		entry := ttf[12+16*i:]
		at, size := binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		tables[string(entry[:4])] = ttf[at : at+size]
	}
	f := &outlineFont{glyf: tables["glyf"], loca: tables["loca"], glyphs: readCMap(tables["cmap"])}
	f.long = binary.BigEndian.Uint16(tables["head"][50:]) == 1
	metrics, hmtx := int(binary.BigEndian.Uint16(tables["hhea"][34:])), tables["hmtx"]
	f.advances = func(glyph uint16) um { return um(binary.BigEndian.Uint16(hmtx[4*min(int(glyph), metrics-1):])) }
	for _, q := range f.glyph('H').outlines[0] {
		f.capital = max(f.capital, q.y)
	}
	return f
}

// scaled is a length in font units where a capital is so high.
func (f *outlineFont) scaled(units, capital um) um { return units * capital / f.capital }

// data is the description of a glyph (OpenType specification, glyf); empty for a blank.
func (f *outlineFont) data(glyph uint16) []byte {
	offset := func(i int) int {
		if f.long {
			return int(binary.BigEndian.Uint32(f.loca[4*i:]))
		}
		return 2 * int(binary.BigEndian.Uint16(f.loca[2*i:]))
	}
	return f.glyf[offset(int(glyph)):offset(int(glyph)+1)]
}

// glyph reads a letter that is drawn by itself; one that is put together from others has no outlines here, and
// no advance, so it is refused.
func (f *outlineFont) glyph(r rune) glyphOutline {
	id, known := f.glyphs[r]
	if !known {
		return glyphOutline{}
	}
	g, d := glyphOutline{advance: f.advances(id)}, f.data(id)
	if len(d) == 0 {
		return g
	}
	count := int(int16(binary.BigEndian.Uint16(d)))
	if count < 0 {
		return glyphOutline{}
	}
	ends := make([]int, count)
	for i := range ends {
		ends[i] = int(binary.BigEndian.Uint16(d[10+2*i:]))
	}
	skip := 10 + 2*count
	corners := simpleGlyph(d[skip+2+int(binary.BigEndian.Uint16(d[skip:])):], ends[count-1]+1)
	from := 0
	for _, end := range ends {
		g.outlines = append(g.outlines, flattened(corners[from:end+1]))
		from = end + 1
	}
	return g
}

// corner is a point of a glyph: on the outline, or the control point of a curve.
type corner struct {
	point
	on bool
}

// simpleGlyph reads flags, then x, then y (OpenType specification, "Simple Glyph Description").
func simpleGlyph(d []byte, n int) []corner {
	flags := make([]byte, 0, n)
	for len(flags) < n {
		flag := d[0]
		d = d[1:]
		flags = append(flags, flag)
		if flag&8 != 0 {
			for range d[0] {
				flags = append(flags, flag)
			}
			d = d[1:]
		}
	}
	out := make([]corner, n)
	axis := func(short, same byte, set func(c *corner, v um)) {
		at := 0
		for i, flag := range flags {
			switch {
			case flag&short != 0 && flag&same != 0:
				at, d = at+int(d[0]), d[1:]
			case flag&short != 0:
				at, d = at-int(d[0]), d[1:]
			case flag&same == 0:
				at, d = at+int(int16(binary.BigEndian.Uint16(d))), d[2:]
			}
			set(&out[i], um(at))
		}
	}
	axis(2, 16, func(c *corner, v um) { c.x = v })
	axis(4, 32, func(c *corner, v um) { c.y = v })
	for i, flag := range flags {
		out[i].on = flag&1 != 0
	}
	return out
}

// curveSteps is how many straight pieces stand for a curve: at 12 mm each is a tenth of a millimetre off at most.
const curveSteps = 6

// flattened is a contour without curves. Between two control points the outline passes through their middle.
func flattened(c []corner) []point {
	var whole []corner
	for i, q := range c {
		if before := c[(i+len(c)-1)%len(c)]; !q.on && !before.on {
			whole = append(whole, corner{point{(q.x + before.x) / 2, (q.y + before.y) / 2}, true})
		}
		whole = append(whole, q)
	}
	var out []point
	for i, q := range whole {
		if q.on {
			out = append(out, q.point)
			continue
		}
		a, b := whole[(i+len(whole)-1)%len(whole)], whole[(i+1)%len(whole)]
		for step := um(1); step < curveSteps; step++ {
			rest := curveSteps - step
			mix := func(a, q, b um) um { return (rest*rest*a + 2*rest*step*q + step*step*b) / (curveSteps * curveSteps) }
			out = append(out, point{mix(a.x, q.x, b.x), mix(a.y, q.y, b.y)})
		}
	}
	return out
}

// millimetres writes a length with a decimal where it has one.
func millimetres(l um) string {
	if l%mm == 0 {
		return fmt.Sprint(int(l / mm))
	}
	return fmt.Sprintf("%d.%d", l/mm, l%mm/100)
}
