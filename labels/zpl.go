package labels

import (
	"fmt"
	"strconv"
	"strings"
)

// renderZPL translates pages into ZPL II (Zebra's Programming Guide), one format a page. Bars are drawn by
// the printer from the code itself, with the module width in whole dots and the code sets spelled out, so
// the symbol is as wide as the layout planned.
func renderZPL(pages []*page) ([]byte, error) {
	if err := checkPages(pages); err != nil {
		return nil, err
	}
	if err := proved(pages); err != nil {
		return nil, err
	}
	var z zpl
	for _, p := range pages {
		z.page(p)
	}
	return []byte(z.String()), nil
}

type zpl struct{ strings.Builder }

func (z *zpl) cmd(format string, args ...any) { fmt.Fprintf(z, format, args...) }

func (z *zpl) page(p *page) {
	// ^CI28: text is UTF-8. The printer remembers home, shift and orientation of whoever printed before.
	z.cmd("^XA\n^CI28\n^PW%d\n^LL%d\n^LH0,0\n^LS0\n^PON\n", p.dots(p.w), p.dots(p.h))
	for _, r := range p.rects {
		z.rect(p, r)
	}
	for _, s := range p.symbols {
		z.symbol(s)
	}
	for _, t := range p.texts {
		z.text(p, t)
	}
	z.cmd("^PQ1\n^XZ\n")
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

func (z *zpl) symbol(s symbolMark) {
	switch s.kind {
	case qrSquares:
		// ^BQ prints ten dots below its field origin.
		z.cmd("^FO%d,%d^BQN,2,%d^FH_^FDMA,%s^FS\n", s.x, max(0, s.y-10), s.module, escapeZPL(s.data))
	case eanBars:
		z.cmd("^FO%d,%d^BY%d^BEN,%d,N,N^FD%s^FS\n", s.x, s.y, s.module, s.height, s.data[:12])
	default:
		z.cmd("^FO%d,%d^BY%d^BCN,%d,N,N,N^FH_^FD%s^FS\n", s.x, s.y, s.module, s.height, escapeZPL(codeSets(s)))
	}
}

// text goes by its baseline (^FT) in the printer's scalable font, whose letters are narrower than those
// the layout measured, so what fitted there fits here.
func (z *zpl) text(p *page, t textMark) {
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

// codeSets spells a code for ^BC: ">:" starts in set B, ">;" in C, ">6" and ">5" change to them, ">8" is
// FNC1 and ">0" a ">" sign (ZPL II Programming Guide, ^BC). The plan is that of the PDF's encoder, so both
// papers carry the same modules.
func codeSets(s symbolMark) string {
	var b strings.Builder
	digits := func(at, n int) bool {
		for i := at; i < at+n; i++ {
			if i >= len(s.data) || s.data[i] < '0' || s.data[i] > '9' {
				return false
			}
		}
		return true
	}
	inC := s.kind == gs1Bars || digits(0, 4)
	b.WriteString(map[bool]string{true: ">;", false: ">:"}[inC])
	if s.kind == gs1Bars {
		b.WriteString(">8")
	}
	for i := 0; i < len(s.data); {
		switch {
		case inC && digits(i, 2):
			b.WriteString(s.data[i : i+2])
			i += 2
			continue
		case inC:
			b.WriteString(">6")
			inC = false
		case digits(i, 4):
			b.WriteString(">5")
			inC = true
			continue
		}
		switch s.data[i] {
		case '>':
			b.WriteString(">0")
		case groupSeparator[0]:
			b.WriteString(">8")
		default:
			b.WriteByte(s.data[i])
		}
		i++
	}
	return b.String()
}
