package labels

import (
	"fmt"
	"strconv"
)

// DemoSheet is paper to try everything with: titled sections, each a grid of codes.
type DemoSheet struct {
	Title    string        `json:"title"`
	Intro    string        `json:"intro,omitempty"`
	Sections []DemoSection `json:"sections"`
}

// DemoSection is a heading, a sentence and its codes.
type DemoSection struct {
	Title string     `json:"title"`
	Note  string     `json:"note,omitempty"`
	Codes []DemoCode `json:"codes"`
}

// DemoCode is one code. Symbology is code128 (also when empty), ean13 or qr.
type DemoCode struct {
	Code      string `json:"code"`
	Caption   string `json:"caption"`
	Symbology string `json:"symbology,omitempty"`
}

// PDF is the sheet on A4, on as many pages as it needs.
func (d DemoSheet) PDF(size Size, dpi int) ([]byte, error) {
	pages, err := d.pages(size, dpi)
	if err != nil {
		return nil, err
	}
	return renderPDF("Barcodes to try Floorline with", pages)
}

func (d DemoSheet) pages(size Size, dpi int) ([]*page, error) {
	f, err := newFlow(size, dpi, d.Title)
	if err != nil {
		return nil, err
	}
	f.page().need("title", d.Title)
	f.page().between("sections", len(d.Sections), 1, maxRows)
	a := f.strip(13 * mm)
	f.page().text("title", d.Title, a, style{size: pt(22), floor: pt(9), bold: true, lines: 2})
	f.note("intro", "", d.Intro)
	for i, s := range d.Sections {
		s.draw(f, "sections["+strconv.Itoa(i)+"].")
	}
	return f.finish()
}

// A cell holds bars, their code and a caption; a square needs more height.
const (
	demoBarsHeight   = 29 * mm
	demoSquareHeight = 42 * mm
)

func (s DemoSection) cellHeight() um {
	for _, c := range s.Codes {
		if c.Symbology == "qr" {
			return demoSquareHeight
		}
	}
	return demoBarsHeight
}

func (s DemoSection) draw(f *flow, field string) {
	f.page().between(field+"codes", len(s.Codes), 0, maxRows)
	if f.rest.h < s.cellHeight()+16*mm {
		f.turn()
	}
	f.heading(s.Title)
	f.page().hline(f.rest.x, f.rest.y-500, f.rest.w, 300)
	f.gap(800)
	f.note(field+"note", "", s.Note)
	columns := s.columns(f, field)
	var row area
	for i, c := range s.Codes {
		if i%columns == 0 {
			row = f.strip(s.cellHeight())
		}
		w := row.w / um(columns)
		at := area{row.x + um(i%columns)*w, row.y, w, row.h}
		c.draw(f.page(), field+"codes["+strconv.Itoa(i)+"].", at)
	}
	f.gap(3 * mm)
}

// demoModule is what a phone's camera reads at arm's length from paper.
const demoModule = 339

// columns is how many codes fit beside each other with bars wide enough for a phone.
func (s DemoSection) columns(f *flow, field string) int {
	widest := um(0)
	for i, c := range s.Codes {
		at := field + "codes[" + strconv.Itoa(i) + "]."
		kind, err := symbologyNamed(at, c.Symbology)
		f.page().fail(err)
		if err != nil || kind == qrSquares {
			continue
		}
		// A code that cannot be encoded is reported when it is drawn.
		if sym, err := encode(at+"code", kind, c.Code); err == nil {
			widest = max(widest, um(sym.modules()+sym.quiet+sym.quietLast)*demoModule)
		}
	}
	return min(5, max(1, int(f.rest.w/max(widest+300, 36*mm))))
}

func symbologyNamed(field, name string) (symbology, error) {
	switch name {
	case "", "code128":
		return code128Bars, nil
	case "ean13":
		return eanBars, nil
	case "qr":
		return qrSquares, nil
	}
	return 0, fmt.Errorf("labels: %ssymbology is code128, ean13 or qr, not %q", field, name)
}

func (c DemoCode) draw(p *page, field string, a area) {
	kind, err := symbologyNamed(field, c.Symbology)
	if err != nil {
		return // reported once, by columns
	}
	p.outline(a)
	a = a.pad(100, 2*mm, 100, 1500)
	caption, rest := a.bottom(6 * mm)
	human, code := rest.bottom(4 * mm)
	p.text(field+"caption", c.Caption, caption, style{size: pt(10), floor: pt(5), bold: true, align: centre, valign: atMiddle, lines: 2})
	p.text(field+"code", c.Code, human, style{size: pt(8), floor: pt(4), align: centre, valign: atMiddle, ink: grey, lines: 2})
	if kind == qrSquares {
		p.square(field+"code", c.Code, code)
		return
	}
	p.bars(field+"code", kind, c.Code, code, moduleUsual)
}

func exampleDemo() DemoSheet {
	return DemoSheet{
		Title: "Barcodes to try Floorline with",
		Intro: "Open the handheld page, then scan from the top down: a badge, a tote, a bin, an item.",
		Sections: []DemoSection{
			{Title: "Badges", Note: "Sign in with one of these.", Codes: []DemoCode{
				{Code: "UJ4X7Q2MPLK3ZTR5V-A", Caption: "Mia Keller"}, {Code: "UJ4X7Q2MPLK3ZTR5V-A", Caption: "Mia Keller, for a phone", Symbology: "qr"}}},
			{Title: "Bins", Codes: []DemoCode{{Code: "B-A-01-03-X", Caption: "A-01-03"}, {Code: "B-A-01-05-T", Caption: "A-01-05"}, {Code: "B-A-02-01-V", Caption: "A-02-01"}}},
			{Title: "Items", Codes: []DemoCode{{Code: "9521234000037", Caption: "Earl Grey, 250 g", Symbology: "ean13"}}},
			{Title: "Commands", Codes: []DemoCode{{Code: "C-UNDO", Caption: "Undo"}, {Code: "C-SHORT", Caption: "Short"}, {Code: "C-SKIP", Caption: "Skip"},
				{Code: "C-CLOSE", Caption: "Close"}, {Code: "C-FINISH", Caption: "Finish"}, {Code: "C-LEAVE", Caption: "Leave"}}},
			{Title: "Numbers", Codes: []DemoCode{{Code: "N-1", Caption: "1"}, {Code: "N-2", Caption: "2"}, {Code: "N-12", Caption: "12"}}},
		},
	}
}
