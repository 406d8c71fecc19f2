package labels

import (
	"fmt"
	"slices"
	"strings"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/code128"
	"github.com/boombuler/barcode/datamatrix"
	"github.com/boombuler/barcode/ean"
	"github.com/boombuler/barcode/qr"
)

// symbology is a way to print a code.
type symbology int

const (
	code128Bars symbology = iota
	gs1Bars
	eanBars
	qrSquares
	gs1Squares // GS1 DataMatrix
)

// gs1 says whether a symbol begins with FNC1, square whether it is read in two directions.
func (k symbology) gs1() bool    { return k == gs1Bars || k == gs1Squares }
func (k symbology) square() bool { return k == qrSquares || k == gs1Squares }

// groupSeparator stands in the data of a GS1-128 where FNC1 ends a value of free length; scanners say it so.
const groupSeparator = "\x1d"

// maxCodeRunes is what Code 128 can carry in one symbol; longer would scan badly long before.
const maxCodeRunes = 80

// symbol is a code as modules: one row for bars, many for a square. Quiet is the clear space that a
// scanner needs at the sides, in modules: 10 for Code 128 (ISO/IEC 15417), 11 and 7 for EAN-13 (GS1
// General Specifications 5.2), 4 for QR (ISO/IEC 18004), 1 for DataMatrix (ISO/IEC 16022).
type symbol struct {
	kind      symbology
	data      string
	rows      [][]bool
	quiet     int
	quietLast int
}

func (s *symbol) modules() int { return len(s.rows[0]) }

// symbolMark is a symbol at a place, in whole dots of the printer: a bar that is a fraction of a dot wide
// prints a dot too wide or too narrow, and 94 of 109 widths were wrong that way when we measured.
type symbolMark struct {
	*symbol
	x, y, module, height int
}

// codable refuses what the encoders would take for something else: é fails in them, and ñ is their own
// sign for FNC1 (boombuler/barcode code128.FNC1 is U+00F1), so a name with ñ would become a GS1 symbol.
func codable(field, s string) error {
	if s == "" || len(s) > maxCodeRunes {
		return fmt.Errorf("labels: %s is a code of 1 to %d characters, not %d", field, maxCodeRunes, len(s))
	}
	for _, r := range s {
		if r < ' ' || r > '~' {
			return fmt.Errorf("labels: %s cannot be a barcode, it holds %q (%U): %q", field, r, r, s)
		}
	}
	return nil
}

// encoded is a symbol made for a page, with what it was asked to say.
type encoded struct {
	wanted
	symbol *symbol
}

// encode makes the symbol of a code, once for what is measured and placed.
func (p *page) encode(field string, kind symbology, data string) (*symbol, error) {
	for _, e := range p.encoded {
		if e.kind == kind && e.data == data {
			return e.symbol, nil
		}
	}
	s, err := encode(field, kind, data)
	if err != nil {
		return nil, err
	}
	if len(p.encoded) == 4 { // a label's own; a sheet has many labels
		p.encoded = p.encoded[:0]
	}
	p.encoded = append(p.encoded, encoded{wanted{field, kind, data}, s})
	return s, nil
}

// encode makes the symbol of a code.
func encode(field string, kind symbology, data string) (*symbol, error) {
	plain := data
	if kind.gs1() {
		plain = strings.ReplaceAll(data, groupSeparator, "")
	}
	if err := codable(field, plain); err != nil {
		return nil, err
	}
	if kind.gs1() && slices.Contains(strings.Split(data, groupSeparator), "") {
		return nil, fmt.Errorf("labels: %s has a group separator that separates nothing: %q", field, data)
	}
	var code barcode.Barcode
	var err error
	s := &symbol{kind: kind, data: data, quiet: 10, quietLast: 10}
	switch kind {
	case gs1Bars:
		code, err = code128.Encode(string(code128.FNC1) + strings.ReplaceAll(data, groupSeparator, string(code128.FNC1)))
	case eanBars:
		s.quiet, s.quietLast = 11, 7
		code, err = ean.Encode(data)
	case qrSquares:
		s.quiet, s.quietLast = 4, 4
		code, err = qr.Encode(data, qr.M, qr.Auto)
	case gs1Squares:
		s.quiet, s.quietLast = 1, 1
		fnc1 := string([]byte{datamatrix.FNC1}) // one byte, as this encoder wants it; never what a person wrote
		code, err = datamatrix.Encode(fnc1 + strings.ReplaceAll(data, groupSeparator, fnc1))
	default:
		code, err = code128.Encode(data)
	}
	if err != nil {
		return nil, fmt.Errorf("labels: %s cannot be a barcode: %w", field, err)
	}
	s.rows = modulesOf(code)
	return s, nil
}

func modulesOf(code barcode.Barcode) [][]bool {
	b := code.Bounds()
	rows := make([][]bool, b.Dy())
	for y := range rows {
		rows[y] = make([]bool, b.Dx())
		for x := range rows[y] {
			r, _, _, _ := code.At(b.Min.X+x, b.Min.Y+y).RGBA()
			rows[y][x] = r == 0
		}
	}
	return rows
}

// dots is a length in the printer's dots, rounded to the nearest.
func (p *page) dots(l um) int { return (int(l)*p.dpi + int(inch)/2) / int(inch) }

// length is a count of dots as a length.
func (p *page) length(dots int) um { return um((dots*int(inch) + p.dpi/2) / p.dpi) }

// Module sizes: a handheld reads 0.25 mm at arm's length; a conveyor wants 0.495 mm and up (GS1 General
// Specifications, symbol specification table 5).
const (
	barsFloor        = 4 * mm // lower bars need a steady hand
	moduleFloor      = 230    // two dots at 203 dpi
	moduleUsual      = 520    // what a label aims for: four dots at 203 dpi
	moduleConvey     = 520    // what an SSCC aims for
	moduleSquare     = 1010   // a QR read by a phone at half a metre
	moduleSqFloor    = 320    // three dots at 203 dpi
	moduleMatrix     = 320    // the same: a square of two dots does not outlive a pale print
	moduleMatrixMost = 990
)

// bars places a Code 128, GS1-128 or EAN-13 in the middle of an area, as wide as whole dots allow up to
// a module of most. It gives the area of the bars, quiet zones left out.
func (p *page) bars(field string, kind symbology, data string, a area, most um) area {
	return p.place(field, kind, data, a, moduleFloor, most)
}

// square places a QR.
func (p *page) square(field, data string, a area) area {
	return p.place(field, qrSquares, data, a, moduleSqFloor, moduleSquare)
}

// matrix places a GS1 DataMatrix.
func (p *page) matrix(field, data string, a area) area {
	return p.place(field, gs1Squares, data, a, moduleMatrix, moduleMatrixMost)
}

func (p *page) place(field string, kind symbology, data string, a area, least, most um) area {
	if data == "" {
		return a // a missing field is told by its name
	}
	asked := wanted{field, kind, data}
	sym, err := p.encode(field, kind, data)
	if err != nil {
		p.fail(err)
		return a
	}
	wide := sym.modules() + sym.quiet + sym.quietLast
	room := int(a.w) * p.dpi / int(inch)
	if kind.square() {
		room = min(room, int(a.h)*p.dpi/int(inch))
	}
	module := min(room/wide, int(most)*p.dpi/int(inch))
	if module < 1 || p.length(module) < least || a.h < barsFloor {
		p.fail(fmt.Errorf("labels: %s needs a larger barcode than fits in %d x %d mm: %q", field, a.w/mm, a.h/mm, data))
		return a
	}
	mark := symbolMark{symbol: sym, module: module, height: p.dots(a.h)}
	mark.x = p.dots(a.x) + (p.dots(a.w)-wide*module)/2 + sym.quiet*module
	mark.y = p.dots(a.y)
	if kind.square() {
		mark.height = sym.modules() * module
		mark.y += (p.dots(a.h) - mark.height) / 2
	}
	p.symbols, p.wanted = append(p.symbols, mark), append(p.wanted, asked)
	return area{p.length(mark.x), p.length(mark.y), p.length(sym.modules() * module), p.length(mark.height)}
}

// grouped spaces a code for the eye: its letters, then digits by four. The scanner's data stays as it is.
func grouped(code string) string {
	at := strings.IndexFunc(code, func(r rune) bool { return r >= '0' && r <= '9' })
	if at < 0 || strings.ContainsAny(code, "- ") {
		return code
	}
	var parts []string
	if at > 0 {
		parts = append(parts, code[:at])
	}
	for rest := code[at:]; rest != ""; {
		n := min(4, len(rest))
		parts, rest = append(parts, rest[:n]), rest[n:]
	}
	return strings.Join(parts, " ")
}
