package labels

import (
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/boombuler/barcode/ean"
)

// fails is what a printer needs to refuse a format: *testing.T and *rapid.T both have it.
type fails interface {
	Helper()
	Fatalf(format string, args ...any)
}

// zplCommand is one command with what follows it, up to the next.
type zplCommand struct{ name, rest string }

// zplCommands reads a stream as a printer does: a command begins at every ^ or ~, whatever stood there before.
func zplCommands(data []byte) []zplCommand {
	var out []zplCommand
	for _, c := range regexp.MustCompile(`[\^~][^\^~]*`).FindAllString(string(data), -1) {
		name := c[:min(3, len(c))]
		if strings.HasPrefix(c, "^A0") {
			name = "^A0"
		}
		out = append(out, zplCommand{name, strings.TrimSuffix(c[len(name):], "\n")})
	}
	return out
}

// zplPrinter draws the ZPL that we write, and nothing else: any other command is a fault of ours.
type zplPrinter struct {
	t     fails
	dpi   int
	paper *paper
	field zplField
	print []*paper
	read  []zplField
	blind bool    // reads, and draws nothing
	texts []*page // what font 0 would set, one page of texts a label
}

// zplField is one ^FO or ^FT up to its ^FS.
type zplField struct {
	x, y                 int
	data                 string
	hex, reverse         bool
	module               int
	bars, font, block    []string
	barKind              string
	graphic              string
	box                  []string
	baseline, hasGraphic bool
}

// printZPL is the paper that comes out of a printer, a label each. Its texts are set in our font, which is wider
// than the printer's own.
func printZPL(t *testing.T, data []byte, dpi int) []*paper {
	t.Helper()
	z := runZPL(t, data, dpi)
	for i, texts := range z.texts {
		z.setTexts(t, z.print[i], texts)
	}
	return z.print
}

func runZPL(t fails, data []byte, dpi int) *zplPrinter {
	t.Helper()
	return (&zplPrinter{t: t, dpi: dpi}).run(data)
}

func (z *zplPrinter) run(data []byte) *zplPrinter {
	z.t.Helper()
	t := z.t
	for i, c := range zplCommands(data) {
		if !z.obey(c) {
			t.Fatalf("command %d is %q: nothing that a label needs", i, c)
		}
	}
	if z.paper != nil || len(z.print) == 0 {
		t.Fatalf("a format has no end")
	}
	return z
}

// obey does one command; false for one that it does not know.
func (z *zplPrinter) obey(c zplCommand) bool {
	f, rest := &z.field, strings.Split(c.rest, ",")
	switch c.name {
	case "^XA":
		z.paper = newPaper(1, 1)
		z.texts = append(z.texts, &page{dpi: z.dpi})
	case "^FX":
	case "^CI", "^LS", "^PO", "^PQ":
		return slices.Contains([]string{"^CI28", "^LS0", "^PON", "^PQ1"}, c.name+c.rest)
	case "^LH":
		return c.rest == "0,0"
	case "^PW":
		z.paper = newPaper(z.number(c.rest), z.paper.h)
	case "^LL":
		z.paper = newPaper(z.paper.w, z.number(c.rest))
	case "^FO", "^FT":
		z.field = zplField{x: z.number(rest[0]), y: z.number(rest[1]), baseline: c.name == "^FT"}
	case "^BY":
		f.module = z.number(c.rest)
	case "^BC", "^BE":
		f.barKind, f.bars = c.name, rest
	case "^GB":
		f.box = rest
	case "^GF":
		f.graphic, f.hasGraphic = c.rest, true
	case "^A0":
		f.font = rest
	case "^FB":
		f.block = rest
	case "^FR":
		f.reverse = true
	case "^FH":
		f.hex = c.rest == "_"
	case "^FD":
		f.data = c.rest
		if f.hex {
			f.data = unescaped(z.t, c.rest)
		}
	case "^FS":
		if z.read = append(z.read, *f); !z.blind {
			z.draw()
		}
	case "^XZ":
		z.print, z.paper = append(z.print, z.paper), nil
	default:
		return false
	}
	return true
}

// readZPL gives the fields that a printer reads, in order.
func readZPL(t fails, data []byte) []zplField {
	t.Helper()
	z := &zplPrinter{t: t, dpi: 203, blind: true}
	return z.run(data).read
}

func (z *zplPrinter) number(s string) int {
	z.t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 999_999 { // ^GF takes the largest
		z.t.Fatalf("%q is no number for a printer", s)
	}
	return n
}

// draw puts a field on paper at its ^FS.
func (z *zplPrinter) draw() {
	f := z.field
	switch {
	case f.box != nil:
		z.drawBox(f)
	case f.barKind != "":
		z.drawBars(f)
	case f.hasGraphic:
		z.drawGraphic(f)
	case f.font != nil:
		z.keepText(f)
	default:
		z.t.Fatalf("a field draws nothing")
	}
}

// drawBox is ^GB: a border of a thickness, which fills where it is as thick as the shorter side.
func (z *zplPrinter) drawBox(f zplField) {
	w, h, thick := z.number(f.box[0]), z.number(f.box[1]), z.number(f.box[2])
	w, h = max(w, thick), max(h, thick)
	for y := range h {
		for x := range w {
			if x < thick || y < thick || x >= w-thick || y >= h-thick {
				z.paper.ink(f.x+x, f.y+y, f.box[3][0])
			}
		}
	}
}

// drawBars expands ^BC or ^BE into bars, by the tables of the standard and the rules of the manual.
func (z *zplPrinter) drawBars(f zplField) {
	if f.bars[0] != "N" || slices.Contains(f.bars[2:], "Y") {
		z.t.Fatalf("bars are turned, or say their data below: %v", f.bars)
	}
	x, dark, tall := f.x, true, z.number(f.bars[1])
	for _, width := range z.widths(f) {
		n := int(width-'0') * f.module
		if dark {
			z.paper.fill(x, f.y, n, tall, 'B')
		}
		x, dark = x+n, !dark
	}
}

func (z *zplPrinter) widths(f zplField) string {
	if f.barKind == "^BE" {
		code, err := ean.Encode(f.data)
		if err != nil || len(f.data) != 12 {
			z.t.Fatalf("^BE of %q: %v", f.data, err)
		}
		return widthsOf(modulesOf(code)[0])
	}
	words, sum, out := codewords(z.t, f.data), 0, ""
	for i, w := range words {
		sum += w * max(i, 1)
	}
	for _, w := range append(words, sum%103) {
		out += code128Widths[6*w : 6*w+6]
	}
	return out + code128Stop
}

// drawGraphic expands ^GFA (ZPL II Programming Guide, "Alternative data compression scheme").
func (z *zplPrinter) drawGraphic(f zplField) {
	parts := strings.SplitN(f.graphic, ",", 5)
	if len(parts) != 5 || parts[0] != "A" || parts[1] != parts[2] {
		z.t.Fatalf("^GF of %q", f.graphic[:min(40, len(f.graphic))])
	}
	wide := z.number(parts[3])
	var lines []string
	line := ""
	count := 0
	for _, c := range parts[4] {
		switch {
		case c >= 'G' && c <= 'Y':
			count += int(c-'G') + 1
		case c >= 'g' && c <= 'z':
			count += 20 * (int(c-'g') + 1)
		case c == ':' && line == "" && len(lines) > 0:
			lines = append(lines, lines[len(lines)-1])
		case c == ',' || c == '!':
			fill := map[rune]string{',': "0", '!': "F"}[c]
			lines, line = append(lines, line+strings.Repeat(fill, 2*wide-len(line))), ""
		default:
			line, count = line+strings.Repeat(string(c), max(count, 1)), 0
			if len(line) >= 2*wide {
				lines, line = append(lines, line[:2*wide]), line[2*wide:]
			}
		}
	}
	if len(lines)*wide != z.number(parts[1]) || line != "" {
		z.t.Fatalf("^GF has %d lines of %d bytes, not %s bytes", len(lines), wide, parts[1])
	}
	for y, line := range lines {
		row, err := hex.DecodeString(line)
		if err != nil {
			z.t.Fatalf("^GF: %v", err)
		}
		for x := range 8 * wide {
			if row[x/8]&(0x80>>(x%8)) != 0 {
				z.paper.ink(f.x+x, f.y+y, 'B')
			}
		}
	}
}

// keepText notes what font 0 sets, to be set at the end; white where ^FR turns black over.
func (z *zplPrinter) keepText(f zplField) {
	p := z.texts[len(z.texts)-1]
	m := textMark{x: p.length(f.x), y: p.length(f.y), size: p.length(z.number(f.font[1])), s: f.data}
	if f.block != nil {
		m.room, m.align = p.length(z.number(f.block[0])), map[string]align{"C": centre, "R": right}[f.block[3]]
		m.s = strings.ReplaceAll(f.data, `\\`, `\`)
		m.x += map[align]um{centre: m.room / 2, right: m.room}[m.align]
	}
	if f.reverse {
		m.ink = white
	}
	p.texts = append(p.texts, m)
}

// setTexts prints the texts of a label on its paper: each over what is there, the reversed ones turning it over.
func (z *zplPrinter) setTexts(t *testing.T, on *paper, texts *page) {
	t.Helper()
	for _, reversed := range []bool{false, true} {
		p := &page{area: area{w: texts.length(on.w), h: texts.length(on.h)}, dpi: z.dpi}
		for _, m := range texts.texts {
			if (m.ink == white) == reversed {
				m.ink = black
				p.texts = append(p.texts, m)
			}
		}
		if len(p.texts) == 0 {
			continue
		}
		pdf, err := renderPDF("texts", []*page{p})
		if err != nil {
			t.Fatal(err)
		}
		set := readPaper(t, raster(t, pdf, z.dpi, "-mono")[0])
		for i := range on.bits {
			x, y := i%on.stride, i/on.stride
			if x >= set.stride || y >= set.h {
				continue
			}
			if reversed {
				on.bits[i] ^= set.bits[y*set.stride+x]
			} else {
				on.bits[i] |= set.bits[y*set.stride+x]
			}
		}
	}
}

// unescaped undoes ^FH.
func unescaped(t fails, s string) string {
	return regexp.MustCompile(`_..?`).ReplaceAllStringFunc(s, func(pair string) string {
		n, err := strconv.ParseUint(pair[1:], 16, 8)
		if err != nil {
			t.Fatalf("%q is no hex pair in %q", pair, s)
		}
		return string([]byte{byte(n)})
	})
}

// roll is a kind that thermal printers get, on a roll that it is made for.
type roll struct {
	Kind
	size Size
	dpi  int
}

func (r roll) name() string { return fmt.Sprintf("%s-%s-%d", r.Name, r.size, r.dpi) }

func rolls(t *testing.T) []roll {
	t.Helper()
	var out []roll
	for _, k := range Kinds() {
		for _, size := range k.Sizes {
			m, err := size.media()
			if err != nil {
				t.Fatal(err)
			}
			if k.ZPL && m.sheet.w <= maxThermal {
				out = append(out, roll{k, size, 203}, roll{k, size, 300})
			}
		}
	}
	return out
}

// What a printer makes of our ZPL is what was proved, dot by dot: bars that it draws itself and squares that we
// send, quiet zones included.
func TestZPLPrintsWhatWasProved(t *testing.T) {
	symbols := 0
	for _, r := range rolls(t) {
		pages := pagesOf(t, r.Example, r.size, r.dpi)
		out, err := renderZPL(pages)
		if err != nil {
			t.Fatal(err)
		}
		print := runZPL(t, out, r.dpi).print
		if len(print) != len(pages) {
			t.Fatalf("%s: %d labels of %d pages", r.name(), len(print), len(pages))
		}
		for i, p := range pages {
			for _, s := range p.symbols {
				if wrong := wrongDots(print[i], s); wrong != 0 {
					t.Errorf("%s: %d dots of %q are not what was proved", r.name(), wrong, s.data)
				}
				symbols++
			}
		}
	}
	if symbols < 40 {
		t.Errorf("only %d symbols were printed", symbols)
	}
}
