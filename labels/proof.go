package labels

import (
	"errors"
	"fmt"
)

// A label is proved before a byte of it leaves: every symbol is read back from the dots that will be printed,
// by a reader that shares nothing with the encoder, and compared with what the layout was asked for. A label
// that scans at the bench and says another parcel's number at the carrier is the one mistake that nobody sees.

// stroke is a dark rectangle of whole dots, as both renderers put it on paper.
type stroke struct{ x, y, w, h int }

// strokes are the dots of a symbol; neighbours in a row are one.
func (s symbolMark) strokes(out []stroke) []stroke {
	tall := s.height / len(s.rows)
	for y, row := range s.rows {
		for x := 0; x < len(row); x++ {
			from := x
			for x < len(row) && row[x] {
				x++
			}
			if x > from {
				out = append(out, stroke{s.x + from*s.module, s.y + y*tall, (x - from) * s.module, tall})
			}
		}
	}
	return out
}

// wanted is a code that the layout was asked for. It is noted before anything is encoded, so that a symbol
// that comes out wrong, or on the wrong label, has something to be wrong against.
type wanted struct {
	field string
	kind  symbology
	data  string
}

// reading is what a scanner makes of a symbol: its text, whether it begins with FNC1 (the mark of GS1), and
// the size of a module in dots as measured on paper.
type reading struct {
	data   string
	gs1    bool
	module int
	box    stroke
}

var errNotRead = errors.New("it cannot be read")

// proved gives the first pages' faults, or nil where every symbol says what it should.
func proved(pages []*page) error {
	var faults []error
	var dots []stroke
	for _, p := range pages {
		if len(p.symbols) != len(p.wanted) {
			faults = append(faults, fmt.Errorf("labels: a page holds %d barcodes where %d were asked for: nothing is printed", len(p.symbols), len(p.wanted)))
			continue
		}
		for i, s := range p.symbols {
			dots = s.strokes(dots[:0])
			if err := p.proveSymbol(p.wanted[i], dots, i); err != nil {
				faults = append(faults, fmt.Errorf("labels: %s would not scan, so nothing is printed: %w", p.wanted[i].field, err))
			}
		}
	}
	return joined(faults)
}

// proveSymbol reads one symbol and holds it against what was wanted and against the rules of its standard.
func (p *page) proveSymbol(w wanted, dots []stroke, at int) error {
	got, err := read(w.kind, dots)
	if err != nil {
		return err
	}
	if got.data != w.data || got.gs1 != w.kind.gs1() {
		return fmt.Errorf("the barcode says %q and not %q", got.data, w.data)
	}
	rule := ruleOf(w)
	if err := rule.holds(p, got); err != nil {
		return err
	}
	return p.free(rule.cleared(got), at)
}

// read reads dots as one symbology, and nothing else.
func read(kind symbology, dots []stroke) (reading, error) {
	switch kind {
	case eanBars:
		return readEAN(dots)
	case qrSquares:
		return readQR(dots)
	case gs1Squares:
		return readDataMatrix(dots)
	}
	return readCode128(dots)
}

// free says that nothing else lies in an area of dots, and that it lies on the paper. Pale is a tint and a
// cutting line: scanners do not see it. White is laid before the symbols, so it takes nothing from them.
func (p *page) free(zone stroke, at int) error {
	if zone.x < 0 || zone.y < 0 || zone.x+zone.w > p.dots(p.w) || zone.y+zone.h > p.dots(p.h) {
		return errors.New("its quiet zone reaches beyond the paper")
	}
	for _, r := range p.rects {
		if r.ink != white && r.ink != pale && p.covered(r.area).meets(zone) {
			return errors.New("a rule lies in its quiet zone")
		}
	}
	for _, s := range p.shapes {
		if s.ink != white && s.ink != pale && p.covered(bounds([]shapeMark{s})).meets(zone) {
			return errors.New("a figure lies in its quiet zone")
		}
	}
	for _, t := range p.texts {
		if p.covered(t.inked()).meets(zone) {
			return fmt.Errorf("the text %q lies in its quiet zone", t.s)
		}
	}
	for i, s := range p.symbols {
		if i != at && zone.meets(stroke{s.x, s.y, s.modules() * s.module, s.height}) {
			return fmt.Errorf("the barcode of %s lies in its quiet zone", p.wanted[i].field)
		}
	}
	return nil
}

func (m stroke) meets(z stroke) bool {
	return m.x < z.x+z.w && z.x < m.x+m.w && m.y < z.y+z.h && z.y < m.y+m.h
}

// covered is an area in dots, as the renderers round it.
func (p *page) covered(a area) stroke {
	x, y := p.dots(a.x), p.dots(a.y)
	return stroke{x, y, max(1, p.dots(a.x+a.w)-x), max(1, p.dots(a.y+a.h)-y)}
}

// inked is the area of a line of text, from the top of its capitals to the foot of its tails.
func (t textMark) inked() area {
	if t.drawn != nil {
		x, y, size := t.place()
		above, below := t.drawn.extent()
		return area{x, y - size*um(above)/1000, t.wide(), size * um(above+below) / 1000}
	}
	return area{t.left(), t.y - capHeight(t.size), t.wide(), capHeight(t.size) + tails(t.s, t.size)}
}

// tails is how far a text reaches below its baseline: most codes have only capitals and digits, and do not.
func tails(s string, size um) um {
	for i := range len(s) {
		c := s[i]
		if (c < 'A' || c > 'Z' || c == 'Q') && (c < '-' || c > ':') && c != ' ' && c != '+' {
			return size * 22 / 100
		}
	}
	return 0
}
