package labels

import "strconv"

// CountSheet is paper to count stock with. It is blind: what the books say is only printed where a line brings
// it, because people who know the figure tend to find it.
type CountSheet struct {
	Code  string      `json:"code,omitempty"`
	Title string      `json:"title,omitempty"` // such as the zone; "Count sheet" when empty
	Date  string      `json:"date,omitempty"`
	Lines []CountLine `json:"lines"`
}

// CountLine is an item in a bin, or an empty bin to look into. Scan is what the bin's label says.
type CountLine struct {
	Bin      string `json:"bin"`
	Scan     string `json:"scan,omitempty"`
	SKU      string `json:"sku,omitempty"`
	Name     string `json:"name,omitempty"`
	Lot      string `json:"lot,omitempty"`
	Expiry   string `json:"expiry,omitempty"`
	Expected *int   `json:"expected,omitempty"`
}

// PDF is the sheet on A4 or A5, on as many pages as it needs.
func (d CountSheet) PDF(size Size, dpi int) ([]byte, error) {
	pages, err := d.pages(size, dpi)
	if err != nil {
		return nil, err
	}
	return renderPDF("Count sheet", pages)
}

func (d CountSheet) pages(size Size, dpi int) ([]*page, error) {
	f, err := newFlow(size, dpi, spaced("Count sheet", d.Title, d.Code))
	if err != nil {
		return nil, err
	}
	f.page().between("lines", len(d.Lines), 1, maxRows)
	if d.Code != "" {
		f.title("Count sheet", "code", d.Code)
	} else {
		f.page().text("", "Count sheet", f.strip(13*mm), style{size: pt(22), floor: pt(9), bold: true})
	}
	bins := map[string]bool{}
	for _, l := range d.Lines {
		bins[l.Bin] = true
	}
	f.facts([]fact{{"Where", "title", d.Title}, {"Bins", "", strconv.Itoa(len(bins))}, {"Lines", "", strconv.Itoa(len(d.Lines))},
		{"Date", "date", d.Date}, {"Counted by", "", blank}})
	columns := d.columns()
	f.tableHead(columns)
	last := ""
	for i := range d.Lines {
		last = d.drawLine(f, columns, i, last)
	}
	f.page().hline(f.rest.x, f.rest.y, f.rest.w, 250)
	d.drawSurprises(f, columns)
	f.signatures("Counted by", "Counted again by")
	return f.finish()
}

func (d CountSheet) columns() []column {
	out := []column{{title: "Bin", share: 37}, {title: "Item", share: 35}}
	for _, l := range d.Lines {
		if l.Expected != nil {
			out = append(out, column{title: "Expected", share: 10, align: right, size: 125, bold: true})
			break
		}
	}
	return append(out, column{title: "Count", share: 14}, column{title: "Again", share: 14})
}

// countRow has room for bars that are scanned from paper on a clipboard.
const countRow = 17 * mm

// drawLine sets one line, the bin's bars only where the bin begins or a page does, and says which bin it was.
func (d CountSheet) drawLine(f *flow, columns []column, i int, last string) string {
	l, field := d.Lines[i], "lines["+strconv.Itoa(i)+"]."
	f.page().need(field+"bin", l.Bin)
	if f.rest.h < countRow {
		f.turn()
		f.tableHead(columns)
		last = ""
	}
	a := f.strip(countRow)
	p, at := f.page(), f.places(columns, a)
	if l.Bin != last {
		p.hline(a.x, a.y, a.w, 200)
		l.drawBin(p, field, at[0])
	} else {
		p.hline(at[1].x, a.y, a.x+a.w-at[1].x, 100)
	}
	l.drawItem(p, field, at[1], f.base)
	if l.Expected != nil {
		p.text("", strconv.Itoa(*l.Expected), at[2], style{size: f.base * 13 / 10, floor: pt(6), bold: true, align: right, valign: atMiddle})
	}
	for _, box := range at[len(at)-2:] {
		p.frame(box.pad(500, 1500, 500, 1500), 250)
	}
	return l.Bin
}

func (l CountLine) drawBin(p *page, field string, a area) {
	name, bars := a.top(6 * mm)
	p.text(field+"bin", l.Bin, name, style{size: pt(16), floor: pt(7), bold: true, valign: atMiddle})
	if l.Scan != "" {
		p.bars(field+"scan", code128Bars, l.Scan, bars.pad(0, 500, 0, 0), 380)
		p.flushLeft(a)
	}
}

// flushLeft moves the last symbol to the left edge of an area: its quiet zone then is the margin of the page.
func (p *page) flushLeft(a area) {
	if n := len(p.symbols); n > 0 {
		p.symbols[n-1].x = p.dots(a.x)
	}
}

func (l CountLine) drawItem(p *page, field string, a area, base um) {
	if l.SKU == "" && l.Name == "" {
		p.text("", "empty?", a, style{size: base, valign: atMiddle, ink: grey})
		return
	}
	lines := []line{{field + "sku", l.SKU, true}, {field + "name", l.Name, false}}
	if l.Lot != "" {
		lines = append(lines, line{field + "lot", "Lot " + l.Lot, false})
	}
	if l.Expiry != "" {
		lines = append(lines, line{field + "expiry", "Expires " + l.Expiry, false})
	}
	p.block(lines, a, style{size: base, floor: pt(5), valign: atMiddle, lines: 5})
}

// drawSurprises are empty lines for what lies there and is not on the sheet.
func (d CountSheet) drawSurprises(f *flow, columns []column) {
	const lines = 3
	if f.rest.h < lines*8*mm+22*mm {
		f.turn()
	}
	f.gap(4 * mm)
	f.heading("Found, and not listed")
	for range lines {
		a := f.strip(8 * mm)
		f.page().hline(a.x, a.y, a.w, 150)
		at := f.places(columns, a)
		f.page().frame(at[len(at)-2].pad(500, 500, 500, 500), 250)
		f.page().frame(at[len(at)-1].pad(500, 500, 500, 500), 250)
	}
}

func exampleCountSheet() CountSheet {
	return CountSheet{Title: "Aisle A, level 1", Date: "23 Nov 2026", Lines: []CountLine{
		{Bin: "A-01-03", Scan: "B-A-01-03-X", SKU: "TEA-EARL-250", Name: "Earl Grey, loose leaf, 250 g", Lot: "L2611", Expiry: "2027-10-31"},
		{Bin: "A-01-03", Scan: "B-A-01-03-X", SKU: "TEA-EARL-250", Name: "Earl Grey, loose leaf, 250 g", Lot: "L2612", Expiry: "2027-12-31"},
		{Bin: "A-01-05", Scan: "B-A-01-05-T", SKU: "TEA-MINT-100", Name: "Peppermint, cut, 100 g"},
		{Bin: "A-01-06", Scan: "B-A-01-06-R"},
		{Bin: "A-02-01", Scan: "B-A-02-01-V", SKU: "TIN-RND-12", Name: "Round storage tin with a lid that closes tight, 12 cm, brushed steel"},
	}}
}
