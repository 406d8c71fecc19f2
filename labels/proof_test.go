package labels

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// provable is a page for each way to print a code, laid out as kinds do.
func provable(t *testing.T) map[string]*page {
	t.Helper()
	out := map[string]*page{}
	for name, draw := range map[string]func(p *page, a area){
		"code 128":       func(p *page, a area) { p.bars("code", code128Bars, "FL000000001236", a, moduleUsual) },
		"sscc":           func(p *page, a area) { p.bars("code", gs1Bars, "00395212340000001233", a, moduleConvey) },
		"ean":            func(p *page, a area) { p.bars("code", eanBars, "9521234000037", a, moduleUsual) },
		"qr":             func(p *page, a area) { p.square("code", "UJ4X7Q2MPLK3ZTR5V-A", a) },
		"large qr":       func(p *page, a area) { p.square("code", strings.Repeat("http://a/", 8), a) },
		"gs1 datamatrix": func(p *page, a area) { p.matrix("code", "010952123400003710L2611\x1d17271031", a) },
		"large datamatrix": func(p *page, a area) {
			p.matrix("code", "0109521234000037"+"10LOT-ABCDEFGHIJKLMNOP\x1d21SERIAL-qrstuvwxyz-0", a)
		},
	} {
		p := &page{area: area{w: 120 * mm, h: 60 * mm}, dpi: 300}
		draw(p, area{5 * mm, 10 * mm, 110 * mm, 35 * mm})
		if err := joined(p.faults); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := proved([]*page{p}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out[name] = p
	}
	return out
}

// No module of any symbol may be wrong: each one turned over, one at a time, keeps the label from the printer.
func TestEveryWrongModuleIsCaught(t *testing.T) {
	for name, p := range provable(t) {
		s, n := p.symbols[0], 0
		for y := range s.rows {
			for x := range s.rows[y] {
				s.rows[y][x] = !s.rows[y][x]
				if err := proved([]*page{p}); err == nil || !strings.Contains(err.Error(), "code would not scan") {
					t.Errorf("%s: module %d,%d is wrong and nobody sees it: %v", name, x, y, err)
				}
				s.rows[y][x] = !s.rows[y][x]
				n++
			}
		}
		if n < 95 {
			t.Errorf("%s: only %d modules were tried", name, n)
		}
	}
}

// A bar that is a dot away from its place, or a dot too wide, is caught, whichever bar it is.
func TestEveryShiftedBarIsCaught(t *testing.T) {
	for name, p := range provable(t) {
		dots := p.symbols[0].strokes(nil)
		for i := range dots {
			for what, shift := range map[string]stroke{"right": {1, 0, 0, 0}, "left": {-1, 0, 0, 0}, "down": {0, 1, 0, 0}, "wider": {0, 0, 1, 0}, "taller": {0, 0, 0, 1}} {
				moved := slices.Clone(dots)
				moved[i] = stroke{moved[i].x + shift.x, moved[i].y + shift.y, moved[i].w + shift.w, moved[i].h + shift.h}
				if p.proveSymbol(p.wanted[0], moved, 0) == nil {
					t.Errorf("%s: bar %d of %d is a dot %s and nobody sees it", name, i, len(dots), what)
				}
			}
			without := slices.Delete(slices.Clone(dots), i, i+1)
			if p.proveSymbol(p.wanted[0], without, 0) == nil {
				t.Errorf("%s: bar %d is gone and nobody sees it", name, i)
			}
		}
	}
}

// Two parcels whose barcodes changed places, in part or whole, are not printed: the error names the field.
func TestSwappedParcelsAreCaught(t *testing.T) {
	one, two := exampleShipping(), exampleShipping()
	two.Tracking, two.SSCC = "FL000000001243", "395212340000001240"
	for at, field := range []string{"sscc", "tracking", "tracking"} {
		for what, swap := range map[string]func(a, b *symbolMark){
			"bars":        func(a, b *symbolMark) { a.rows, b.rows = b.rows, a.rows },
			"the symbol":  func(a, b *symbolMark) { a.symbol, b.symbol = b.symbol, a.symbol },
			"all of both": func(a, b *symbolMark) { *a, *b = *b, *a },
		} {
			pages, err := stickers([]Shipping{one, two}, Size4x6, 203)
			if err != nil {
				t.Fatal(err)
			}
			swap(&pages[0].symbols[at], &pages[1].symbols[at])
			for _, render := range []func([]*page) ([]byte, error){renderZPL, func(p []*page) ([]byte, error) { return renderPDF("x", p) }} {
				out, err := render(pages)
				if err == nil || len(out) > 0 || !strings.Contains(err.Error(), field+" would not scan") {
					t.Errorf("%s of %s changed places: %d bytes are printed, error %v", what, field, len(out), err)
				}
			}
		}
	}
}

// A barcode that was lost on its way to the printer is missed.
func TestLostSymbolIsCaught(t *testing.T) {
	pages, err := stickers([]Shipping{exampleShipping()}, Size4x6, 203)
	if err != nil {
		t.Fatal(err)
	}
	pages[0].symbols = pages[0].symbols[1:]
	if _, err := renderZPL(pages); err == nil || !strings.Contains(err.Error(), "2 barcodes where 3 were asked for") {
		t.Errorf("%v", err)
	}
}

// What lies in a quiet zone, or over the edge of the paper, is named.
func TestQuietZonesAreKept(t *testing.T) {
	for name, p := range provable(t) {
		s := p.symbols[0]
		beside := p.length(s.x - s.quiet*s.module)
		middle := p.length(s.y + s.height/2)
		for what, c := range map[string]struct {
			spoil func(p *page)
			want  string
		}{
			"a text": {func(p *page) {
				p.texts = append(p.texts, textMark{x: beside - 2*mm, y: middle, size: pt(8), s: "FRAGILE"})
			}, `the text "FRAGILE" lies in its quiet zone`},
			"a rule":          {func(p *page) { p.fill(area{beside - mm, middle, mm + p.length(1), mm}, black) }, "a rule lies in its quiet zone"},
			"a second symbol": {func(p *page) { p.square("other", "X", area{beside - 10*mm, 10 * mm, 14 * mm, 14 * mm}) }, "the barcode of other lies in its quiet zone"},
			"the edge":        {func(p *page) { p.symbols[0].x = s.quiet*s.module - 1 }, "beyond the paper"},
		} {
			spoiled := &page{area: p.area, dpi: p.dpi, symbols: slices.Clone(p.symbols), wanted: slices.Clone(p.wanted)}
			c.spoil(spoiled)
			if err := proved([]*page{spoiled}); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s, %s in the quiet zone: %v", name, what, err)
			}
		}
	}
}

// The rules of each standard hold: too fine, too coarse, too low and too long are refused by the rule's name.
func TestSymbolRules(t *testing.T) {
	for _, c := range []struct {
		what          string
		kind          symbology
		data          string
		dpi           int
		module, tall  int
		want          string
		refused, keep bool
	}{
		{"an SSCC of 4 dots at 203 dpi", gs1Bars, "00395212340000001233", 203, 4, 254, "", false, true},
		{"an SSCC of 3 dots at 203 dpi", gs1Bars, "00395212340000001233", 203, 3, 254, "table 5", true, false},
		{"an SSCC of 31 mm", gs1Bars, "00395212340000001233", 203, 4, 247, "31750", true, false},
		{"a GS1-128 of goods", gs1Bars, "010952123400003710L2611", 203, 2, 102, "", false, true},
		{"a GS1-128 of goods, low", gs1Bars, "010952123400003710L2611", 203, 2, 90, "12700", true, false},
		{"a GS1-128 longer than 165 mm", gs1Bars, "010952123400003710" + strings.Repeat("aB", 16), 203, 3, 254, "165 mm", true, false},
		{"EAN-13 of 2 dots at 203 dpi", eanBars, "9521234000037", 203, 2, 120, "", false, true},
		{"EAN-13 of 2 dots at 300 dpi", eanBars, "9521234000037", 300, 2, 120, "EAN-13", true, false},
		{"EAN-13 of 6 dots at 203 dpi", eanBars, "9521234000037", 203, 6, 300, "EAN-13", true, false},
		{"a DataMatrix of 1 dot at 203 dpi", gs1Squares, "0109521234000037", 203, 1, 0, "table 7", true, false},
		{"a QR of 2 dots at 203 dpi", qrSquares, "X", 203, 2, 0, "ISO/IEC 18004", true, false},
		{"bars of 3 mm", code128Bars, "A-1", 203, 4, 24, "ISO/IEC 15417", true, false},
	} {
		s, err := encode("code", c.kind, c.data)
		if err != nil {
			t.Fatal(err)
		}
		mark := symbolMark{symbol: s, x: 200, y: 200, module: c.module, height: c.tall}
		if c.kind.square() {
			mark.height = s.modules() * c.module
		}
		p := &page{area: area{w: 400 * mm, h: 100 * mm}, dpi: c.dpi, symbols: []symbolMark{mark}, wanted: []wanted{{"code", c.kind, c.data}}}
		err = proved([]*page{p})
		if got := fmt.Sprint(err); (err != nil) != c.refused || c.refused && !strings.Contains(got, c.want) {
			t.Errorf("%s: %v, want %q", c.what, err, c.want)
		}
	}
}

// Whatever a person types, FNC1 comes from us alone: ñ, which is FNC1 to one encoder, byte 232, which is FNC1 to
// the other, control signs and a separator out of place are refused, and plain data never makes a GS1 symbol.
func TestNobodyTypesFNC1(t *testing.T) {
	for _, kind := range []symbology{code128Bars, gs1Bars, gs1Squares, qrSquares, eanBars} {
		for _, evil := range []string{"ñ0109521234000037", "0109\u00f1", "A\u00e8", "A\xe8", "\xe8", "é", "A\x00", "A\x1f", "\x7f", "\u00f2", "\u00f3", "\u00f4", "]C1", "\ufffd"} {
			s, err := encode("code", kind, evil)
			if evil == "]C1" && kind != eanBars {
				if got, readErr := read(kind, symbolMark{symbol: s, module: 3, height: 3 * len(s.rows)}.strokes(nil)); err != nil || readErr != nil || got.data != evil || got.gs1 != kind.gs1() {
					t.Errorf("%d %q: %v %v, read %q", kind, evil, err, readErr, got.data)
				}
				continue
			}
			if err == nil {
				t.Errorf("%d: %q became a symbol", kind, evil)
			}
		}
	}
	for _, kind := range []symbology{code128Bars, qrSquares, eanBars} {
		if _, err := encode("code", kind, "10LOT"+groupSeparator+"21X"); err == nil {
			t.Errorf("%d: a separator became a symbol that is no GS1", kind)
		}
	}
	for _, lost := range []string{groupSeparator + "10A", "10A" + groupSeparator, "10A" + groupSeparator + groupSeparator + "21B"} {
		for _, kind := range []symbology{gs1Bars, gs1Squares} {
			if _, err := encode("code", kind, lost); err == nil {
				t.Errorf("%q became a GS1 symbol: a separator stands between two values", lost)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.StringMatching(`[ -~]{1,30}`).Draw(t, "data")
		for _, kind := range []symbology{code128Bars, qrSquares, gs1Bars, gs1Squares} {
			s, err := encode("code", kind, data)
			if err != nil {
				t.Fatal(err)
			}
			got, err := read(kind, symbolMark{symbol: s, module: 2, height: 2 * len(s.rows)}.strokes(nil))
			if err != nil || got.data != data || got.gs1 != kind.gs1() {
				t.Fatalf("%d: %q reads %q, GS1 %v, %v", kind, data, got.data, got.gs1, err)
			}
		}
	})
}

// The tables of our reader are those of the encoder, made by other people from the same standard.
func TestCode128TableIsTheStandards(t *testing.T) {
	patterns := code128Patterns(t)
	for bits, word := range patterns {
		row := make([]bool, len(bits))
		for i := range bits {
			row[i] = bits[i] == '1'
		}
		if got, known := code128Words[widthsOf(row)]; widthsOf(row) != "" && (!known || got != word) {
			t.Errorf("%s is %d to us and %d to the encoder", bits, got, word)
		}
	}
	if len(code128Words) != 106 {
		t.Errorf("%d codewords, want 106", len(code128Words))
	}
}

// FuzzRead gives the readers any dots: they answer or say that there is nothing to read, and never panic.
func FuzzRead(f *testing.F) {
	for _, kind := range []symbology{code128Bars, eanBars, qrSquares, gs1Squares} {
		if s, err := encode("code", kind, "9521234000037"); err == nil {
			f.Add(int(kind), inBytes(s.rows), len(s.rows))
		}
	}
	f.Fuzz(func(t *testing.T, kind int, modules []byte, side int) {
		if side < 1 || side > 60 {
			return
		}
		s := symbolMark{symbol: &symbol{rows: rowsFrom(modules, side)}, module: 2, height: 2 * side}
		_, _ = read(symbology(kind), s.strokes(nil))
	})
}

func inBytes(rows [][]bool) []byte {
	var out []byte
	for _, row := range rows {
		for _, dark := range row {
			out = append(out, map[bool]byte{true: 1}[dark])
		}
	}
	return out
}

func rowsFrom(modules []byte, side int) [][]bool {
	rows := make([][]bool, side)
	for i, m := range modules {
		rows[i*side/len(modules)] = append(rows[i*side/len(modules)], m&1 == 1)
	}
	if len(modules) == 0 {
		rows[0] = []bool{false}
	}
	return rows
}

func BenchmarkProof(b *testing.B) {
	pages, err := stickers([]Shipping{exampleShipping()}, Size4x6, 203)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for range b.N {
		if err := proved(pages); err != nil {
			b.Fatal(err)
		}
	}
}
