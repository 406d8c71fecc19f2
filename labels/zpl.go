package labels

import (
	"encoding/hex"
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
		z.square(s)
	case eanBars:
		z.cmd("^FO%d,%d^BY%d^BEN,%d,N,N^FD%s^FS\n", s.x, s.y, s.module, s.height, s.data[:12])
	default:
		spelt := codeSets(s)
		if err := provedSpelling(s, spelt); err != nil {
			return err
		}
		z.cmd("^FO%d,%d^BY%d^BCN,%d,N,N,N^FH_^FD%s^FS\n", s.x, s.y, s.module, s.height, escapeZPL(spelt))
	}
	return nil
}

// square is ^GF in its shortest hexadecimal form: a comma fills a line with light, a colon repeats the line.
func (z *zpl) square(s symbolMark) {
	wide, bytesWide := s.modules()*s.module, (s.modules()*s.module+7)/8
	z.cmd("^FO%d,%d^GFA,%d,%d,%d,", s.x, s.y, bytesWide*wide, bytesWide*wide, bytesWide)
	line := make([]byte, bytesWide)
	for _, row := range s.rows {
		clear(line)
		for x := range wide {
			if row[x/s.module] {
				line[x/8] |= 0x80 >> (x % 8)
			}
		}
		digits := strings.TrimRight(strings.ToUpper(hex.EncodeToString(line)), "0")
		z.WriteString(digits)
		if len(digits) < 2*bytesWide {
			z.WriteByte(',')
		}
		z.WriteString(strings.Repeat(":", s.module-1))
	}
	z.WriteString("^FS\n")
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
