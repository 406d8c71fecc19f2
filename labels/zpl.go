package labels

import (
	"fmt"
	"strconv"
	"strings"
)

// renderZPL translates pages into ZPL II (Zebra's Programming Guide), one format a page. Bars are drawn by
// the printer from the code itself, with the module width in whole dots and the code sets spelled out, so
// the symbol is as wide as the layout planned; squares go to it as dots.
func renderZPL(pages []*page) ([]byte, error) {
	if err := checkPages(pages); err != nil {
		return nil, err
	}
	if err := proved(pages); err != nil {
		return nil, err
	}
	var z zpl
	for _, p := range pages {
		if err := z.page(p); err != nil {
			return nil, err
		}
	}
	return []byte(z.String()), nil
}

type zpl struct{ strings.Builder }

func (z *zpl) cmd(format string, args ...any) { fmt.Fprintf(z, format, args...) }

func (z *zpl) page(p *page) error {
	// ^CI28: text is UTF-8. The printer remembers home, shift and orientation of whoever printed before.
	z.cmd("^XA\n^CI28\n^PW%d\n^LL%d\n^LH0,0\n^LS0\n^PON\n", p.dots(p.w), p.dots(p.h))
	for _, r := range p.rects {
		z.rect(p, r)
	}
	z.shapes(p)
	for i, s := range p.symbols {
		if err := z.symbol(s); err != nil {
			return fmt.Errorf("labels: %s would not scan, so nothing is printed: %w", p.wanted[i].field, err)
		}
	}
	for _, t := range p.texts {
		z.text(p, t)
	}
	z.cmd("^PQ1\n^XZ\n")
	return nil
}

// rect is ^GB with a border as thick as its shorter side, which is how ZPL fills.
func (z *zpl) rect(p *page, r rectMark) {
	if r.ink == pale {
		return // a thermal head has no grey
	}
	colour := "B"
	if r.ink == white {
		colour = "W"
	}
	w, h := max(1, p.dots(r.w)), max(1, p.dots(r.h))
	z.cmd("^FO%d,%d^GB%d,%d,%d,%s^FS\n", p.dots(r.x), p.dots(r.y), w, h, min(w, h), colour)
}

// symbol tells the printer to draw bars, and draws squares itself: the printer would choose mask and encodation
// of a QR or a DataMatrix by its own mind, and what it chose could not be proved.
func (z *zpl) symbol(s symbolMark) error {
	switch s.kind {
	case qrSquares, gs1Squares:
		z.remark(s.data)
		z.square(s)
	case eanBars:
		z.cmd("^FO%d,%d^BY%d^BEN,%d,N,N^FD%s^FS\n", s.x, s.y, s.module, s.height, s.data[:12])
	default:
		spelt, err := spelled(s)
		if err != nil {
			return err
		}
		z.remark(s.data)
		z.cmd("^FO%d,%d^BY%d^BCN,%d,N,N,N^FH_^FD%s^FS\n", s.x, s.y, s.module, s.height, escapeZPL(spelt))
	}
	return nil
}

// remark writes what bars or a square say, for whoever reads the print job: their own field is codewords or dots.
func (z *zpl) remark(data string) {
	z.cmd("^FX %s\n", strings.Map(func(r rune) rune {
		if r < ' ' || r > '}' || r == '^' {
			return '?'
		}
		return r
	}, data))
}

// square draws the modules as dots.
func (z *zpl) square(s symbolMark) {
	side := s.modules() * s.module
	b := bitmap{x: s.x, y: s.y, width: side, height: side, stride: (side + 7) / 8}
	b.rows = make([]byte, b.stride*side)
	for y := range side {
		for x, row := 0, s.rows[y/s.module]; x < side; x++ {
			if row[x/s.module] {
				b.rows[y*b.stride+x/8] |= 0x80 >> (x % 8)
			}
		}
	}
	z.bitmap(b, "")
}

// text goes by its baseline (^FT) in the printer's scalable font, whose letters are narrower than those
// the layout measured, so what fitted there fits here.
func (z *zpl) text(p *page, t textMark) {
	if t.drawn == nil && !inFontZero(t.s) {
		if d, err := draw(t.s, t.bold, ""); err == nil {
			t.drawn = d
		}
	}
	if t.drawn != nil {
		z.graphic(p, t)
		return
	}
	size, y := p.dots(t.size), p.dots(t.y)
	reverse := ""
	if t.ink == white {
		reverse = "^FR"
	}
	x, block, s := t.x, "", t.s
	if t.align != left {
		x -= t.room
		letter := "R"
		room := p.dots(t.room)
		if t.align == centre {
			x, letter = t.x-t.room/2, "C"
		}
		block = "^FB" + strconv.Itoa(room) + ",1,0," + letter
		s = strings.ReplaceAll(s, `\`, `\\`) // a backslash starts a command inside ^FB
	}
	z.cmd("^FT%d,%d^A0N,%d,%d%s%s^FH_^FD%s^FS\n", p.dots(x), y, size, size, block, reverse, escapeZPL(s))
}

// escapeZPL makes field data that can only be data: the two command prefixes, the escape sign itself and
// all that is not visible ASCII below 0x7F become hex pairs for ^FH, except UTF-8 above it.
func escapeZPL(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c == '^' || c == '~' || c == '_' || c < ' ' || c == 0x7F {
			fmt.Fprintf(&b, "_%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}
