package labels

import (
	"fmt"
	"strings"
)

// flow fills pages from top to bottom: a document of unknown length. A page that is full ends with its
// number, and the next begins with the document's running head and the head of the table under way.
type flow struct {
	sheet   area
	dpi     int
	running string // what heads every page after the first
	margin  um
	base    um // the size of running text
	pages   []*page
	rest    area
}

// newFlow begins a document on a paper size.
func newFlow(size Size, dpi int, running string) (*flow, error) {
	m, err := size.media()
	if err == nil && (m.grid() || m.used > 0) {
		err = fmt.Errorf("labels: %s is a sheet of small labels, this is a document", size)
	}
	if err == nil && (m.sheet.w < 90*mm || m.sheet.h < 120*mm) {
		err = fmt.Errorf("labels: %s is too small for a document: 90 x 120 mm at least", size)
	}
	if err == nil {
		err = checkDPI(dpi)
	}
	if err != nil {
		return nil, err
	}
	f := &flow{sheet: m.sheet, dpi: dpi, running: running, margin: 14 * mm, base: pt(9)}
	switch {
	case m.sheet.w < 120*mm:
		f.margin, f.base = 4*mm, pt(7)
	case m.sheet.w < 180*mm:
		f.margin, f.base = 9*mm, pt(8)
	}
	f.turn()
	return f, nil
}

// page is the one being filled.
func (f *flow) page() *page { return f.pages[len(f.pages)-1] }

// footHeight is kept free for the page number.
const footHeight = 5 * mm

// turn begins a page.
func (f *flow) turn() {
	p := &page{area: f.sheet, dpi: f.dpi}
	f.pages = append(f.pages, p)
	f.rest = p.inset(f.margin)
	f.rest.h -= footHeight
	if len(f.pages) > 1 {
		head := f.strip(f.base*16/10 + mm)
		p.text("", f.running, head, style{size: f.base, floor: pt(5), lines: 2})
		p.hline(head.x, head.y+head.h-mm, head.w, 200)
	}
}

// strip takes a height from what is left, on a new page where it would not fit.
func (f *flow) strip(h um) area {
	if h > f.rest.h && f.rest.y > f.margin {
		f.turn()
	}
	a, rest := f.rest.top(h)
	f.rest = rest
	return a
}

// finish numbers the pages and gives them, or all their faults.
func (f *flow) finish() ([]*page, error) {
	if len(f.pages) > maxPages {
		return nil, checkPages(f.pages)
	}
	var faults []error
	for i, p := range f.pages {
		foot, _ := p.inset(f.margin).bottom(footHeight)
		number := fmt.Sprintf("Page %d of %d", i+1, len(f.pages))
		p.text("", number, foot, style{size: f.base * 9 / 10, floor: pt(5), align: right, valign: atBottom, ink: grey})
		p.text("", f.running, foot.pad(0, 0, foot.w/4, 0), style{size: f.base * 9 / 10, floor: pt(4), valign: atBottom, ink: grey, lines: 2})
		faults = append(faults, p.faults...)
	}
	return f.pages, joined(faults)
}

// column is one of a table. Share is its part of the width; size scales its text in percent of the base.
type column struct {
	title string
	share int
	align align
	bold  bool
	size  int
	tick  bool
}

// cell is a value with the field that it came from.
type cell struct{ field, s string }

// lines are the paragraphs of a cell.
func (c cell) lines() []line {
	var out []line
	for _, s := range paragraphs(c.s) {
		out = append(out, line{c.field, s, false})
	}
	return out
}

// maxCellLines bounds how tall a row may grow.
const maxCellLines = 20

// table sets rows under a head that repeats on every page.
func (f *flow) table(columns []column, rows [][]cell) {
	f.tableHead(columns)
	for i, row := range rows {
		lines, h := f.measure(columns, row)
		if h > f.rest.h {
			f.turn()
			f.tableHead(columns)
		}
		a := f.strip(h)
		if i%2 == 1 {
			f.page().fill(a, pale)
		}
		for c, at := range f.places(columns, a) {
			f.setCell(columns[c], lines[c], at)
		}
	}
	f.page().hline(f.rest.x, f.rest.y, f.rest.w, 250)
}

// places are the areas of a row's cells.
func (f *flow) places(columns []column, row area) []area {
	total := 0
	for _, c := range columns {
		total += c.share
	}
	out, x, sum := make([]area, len(columns)), row.x, 0
	for i, c := range columns {
		sum += c.share
		next := row.x + row.w*um(sum)/um(total)
		out[i] = area{x, row.y, next - x, row.h}.pad(cellPad, cellPad, cellPad, cellPad)
		x = next
	}
	return out
}

const cellPad = 1000

func (f *flow) cellSize(c column) um {
	if c.size == 0 {
		return f.base
	}
	return f.base * um(c.size) / 100
}

func (f *flow) tableHead(columns []column) {
	size := f.base * 85 / 100
	h := blockHeight(2, size) + 2*cellPad
	if h+4*f.base > f.rest.h {
		f.turn()
	}
	a := f.strip(h)
	for i, at := range f.places(columns, a) {
		f.page().text("", columns[i].title, at, style{size: size, floor: pt(5), align: columns[i].align, valign: atBottom, ink: grey, lines: 2})
	}
	f.page().hline(a.x, a.y+a.h, a.w, 350)
}

// measure breaks the cells of a row into lines and says how tall it is.
func (f *flow) measure(columns []column, row []cell) ([][]line, um) {
	set, tall := make([][]line, len(columns)), capHeight(f.base)
	for i, at := range f.places(columns, area{w: f.rest.w}) {
		if columns[i].tick {
			tall = max(tall, tickSide)
			continue
		}
		kept, ok := f.page().cleaned(row[i].lines(), columns[i].bold)
		if !ok {
			continue
		}
		size := f.cellSize(columns[i])
		set[i], _ = broken(kept, size, at.w, maxCellLines)
		if len(set[i]) > maxCellLines {
			f.page().fail(fmt.Errorf("labels: %s is too long for a table: %q", row[i].field, row[i].s))
			set[i] = nil
		}
		if len(set[i]) > 0 {
			tall = max(tall, blockHeight(len(set[i]), size))
		}
	}
	return set, tall + 2*cellPad
}

const tickSide um = 4 * mm

func (f *flow) setCell(c column, lines []line, at area) {
	p := f.page()
	if c.tick {
		p.frame(area{at.x + (at.w-tickSide)/2, at.y + (at.h-tickSide)/2, tickSide, tickSide}, 250)
		return
	}
	p.set(lines, at, style{align: c.align, valign: atMiddle}, f.cellSize(c))
}

// title heads a document: its name and its code on the left, the code as bars on the right.
func (f *flow) title(name, field, code string) {
	p := f.page()
	a := f.strip(19 * mm)
	bars, words := a.right(min(a.w*48/100, 82*mm))
	human, bars := bars.bottom(4500)
	human = p.flushRight(p.bars(field, code128Bars, code, bars, 400), human)
	p.text(field, code, human, style{size: pt(9), floor: pt(6), align: centre, valign: atBottom})
	kind, big := words.top(6 * mm)
	p.text("", name, kind, style{size: pt(11), floor: pt(7), ink: grey})
	p.text(field, stem(code), big, style{size: pt(30), floor: pt(12), bold: true, valign: atMiddle})
	f.gap(6 * mm)
}

// flushRight moves the last symbol to the right edge of the area under it, and gives the part of that area
// that is as wide: its quiet zone then is the margin of the page.
func (p *page) flushRight(bars, under area) area {
	if len(p.symbols) == 0 {
		return under
	}
	last := &p.symbols[len(p.symbols)-1]
	move := p.dots(under.x+under.w) - p.dots(bars.x+bars.w)
	last.x += move
	return area{bars.x + p.length(move), under.y, bars.w, under.h}
}

// fact is a word and its value in the strip under the title; blank is a place to write by hand.
type fact struct{ word, field, value string }

const blank = "\u00A0"

// facts sets a ruled row of facts; empty ones are left out.
func (f *flow) facts(list []fact) {
	kept := list[:0:0]
	for _, x := range list {
		if x.value == blank || strings.TrimSpace(x.value) != "" {
			kept = append(kept, x)
		}
	}
	if len(kept) == 0 {
		return
	}
	p, a := f.page(), f.strip(11*mm)
	p.frame(a, 250)
	w := a.w / um(len(kept))
	for i, x := range kept {
		at := area{a.x + um(i)*w, a.y, w, a.h}
		if i > 0 {
			p.vline(at.x, a.y, a.h, 150)
		}
		p.fact(strings.ToUpper(x.word), x.field, x.value, at)
	}
	f.gap(4 * mm)
}

// gap leaves some white, unless the page ends there.
func (f *flow) gap(h um) {
	_, f.rest = f.rest.top(min(h, f.rest.h))
}

// heading opens a part of the document; it never stands alone at the foot of a page.
func (f *flow) heading(s string) {
	if f.rest.h < 22*mm {
		f.turn()
	}
	a := f.strip(f.base * 2)
	f.page().text("", s, a, style{size: f.base * 125 / 100, floor: pt(6), bold: true, valign: atBottom})
	f.gap(mm)
}
