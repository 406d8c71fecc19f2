package labels

import (
	"fmt"
	"strings"
)

// align places a line in its area.
type align int

const (
	left align = iota
	centre
	right
)

// valign places a block of lines in its area.
type valign int

const (
	atTop valign = iota
	atMiddle
	atBottom
)

// ink is how dark a mark is. Thermal printers know black and white; grey is for paper.
type ink int

const (
	black ink = iota
	white
	grey
	pale
	red // colours are black where there is none
	blue
	green
	orange
	violet
)

// style says how a text is set. It starts at size and shrinks to floor; then it may wrap, up to lines.
type style struct {
	size, floor um
	bold        bool
	align       align
	valign      valign
	ink         ink
	lines       int
}

// weight is the face of a text.
func weight(isBold bool) *face {
	if isBold {
		return bold()
	}
	return regular()
}

// textMark is one line set at a place: x is where its alignment holds on, y is the baseline.
type textMark struct {
	x, y, size, room um
	bold             bool
	align            align
	ink              ink
	s                string
	drawn            *drawn // the ink of letters that the label font has not; else nil
}

// rectMark is a filled rectangle: rules are thin ones.
type rectMark struct {
	area
	ink ink
}

// page is the layout model: what is printed where. Faults gather in it, so that an error tells everything
// that is wrong with a label and not the first thing.
type page struct {
	area
	dpi     int
	rects   []rectMark
	shapes  []shapeMark
	texts   []textMark
	symbols []symbolMark
	encoded []encoded // symbols made on this page, for those that are measured before they are placed
	wanted  []wanted  // what each symbol was asked to say
	faults  []error
	homes   map[string]string // the country whose language a group of fields is in: "receiver" and its country
}

func (p *page) fail(err error) {
	if err != nil {
		p.faults = append(p.faults, err)
	}
}

func (p *page) fill(a area, i ink) { p.rects = append(p.rects, rectMark{a, i}) }

// hline and vline are rules of a thickness, centred on the line they draw.
func (p *page) hline(x, y, w, thick um) { p.fill(area{x, y - thick/2, w, thick}, black) }
func (p *page) vline(x, y, h, thick um) { p.fill(area{x - thick/2, y, thick, h}, black) }

// frame rules the border of an area.
func (p *page) frame(a area, thick um) {
	p.hline(a.x-thick/2, a.y, a.w+thick, thick)
	p.hline(a.x-thick/2, a.y+a.h, a.w+thick, thick)
	p.vline(a.x, a.y, a.h, thick)
	p.vline(a.x+a.w, a.y, a.h, thick)
}

// line is one paragraph of a block, with the field it came from for the error.
type line struct {
	field, s string
	bold     bool
}

// text sets one field in an area.
func (p *page) text(field, s string, a area, st style) { p.block([]line{{field, s, false}}, a, st) }

// sizeStep is how far a text shrinks at a time: a quarter of a point.
const sizeStep = 88

// block sets paragraphs in an area, all in one size, or it is a fault. Nothing is ever cut off.
func (p *page) block(lines []line, a area, st style) {
	kept, ok := p.cleaned(lines, st.bold)
	if !ok || len(kept) == 0 {
		return
	}
	st.floor, st.lines = max(min(st.floor, st.size), pt(4)), max(st.lines, 1)
	limit := max(st.lines, len(kept))
	if set, size := fit(kept, a, st, limit); size > 0 {
		p.set(set, a, st, size)
		return
	}
	fields := make([]string, len(kept))
	for i, l := range kept {
		fields[i] = fmt.Sprintf("%s %q", l.field, l.s)
	}
	p.fail(fmt.Errorf("labels: does not fit in %d x %d mm at the smallest size (%d lines at most): %s",
		a.w/mm, a.h/mm, limit, strings.Join(fields, ", ")))
}

// cleaned drops empty paragraphs and reports the unprintable ones.
func (p *page) cleaned(lines []line, bold bool) ([]line, bool) {
	kept, ok := make([]line, 0, len(lines)), true
	for _, l := range lines {
		s, err := clean(l.field, l.s)
		if err != nil {
			p.fail(err)
			ok = false
		} else if s != "" {
			kept = append(kept, line{l.field, s, l.bold || bold})
		}
	}
	return kept, ok
}

// fit finds the lines and the size of a block: unbroken, or broken at spaces where that lets the text grow
// by a third, or broken inside words where nothing else is left; size 0 says that it does not fit.
func fit(kept []line, a area, st style, limit int) ([]line, um) {
	whole, wholeSize := largest(kept, a, st, len(kept), false)
	atSpaces, spacesSize := largest(kept, a, st, limit, false)
	switch {
	case wholeSize > 0 && wholeSize*4 >= spacesSize*3:
		return whole, wholeSize
	case spacesSize > 0:
		return atSpaces, spacesSize
	}
	return largest(kept, a, st, limit, true)
}

// largest is the largest size at which paragraphs take at most so many lines.
func largest(kept []line, a area, st style, most int, inWords bool) ([]line, um) {
	for size := st.size; size >= st.floor; size -= sizeStep {
		set, split := broken(kept, size, a.w, most)
		if len(set) <= most && (inWords || !split) && blockHeight(len(set), size) <= a.h {
			return set, size
		}
	}
	return nil, 0
}

// broken breaks paragraphs into lines, and says whether a word had to be split. It stops when there are more
// than most lines.
func broken(lines []line, size, w um, most int) (set []line, split bool) {
	set = make([]line, 0, len(lines))
	for _, l := range lines {
		if len(set) > most {
			break
		}
		rows, cut := wrap(l.s, weight(l.bold), size, w, most)
		split = split || cut
		for _, s := range rows {
			set = append(set, line{l.field, s, l.bold})
		}
	}
	return set, split
}

// blockHeight counts from the top of the first capital to the foot of the last line's tails.
func blockHeight(lines int, size um) um {
	return capHeight(size) + um(lines-1)*leading(size) + size*22/100
}

func capHeight(size um) um { return size * 74 / 100 }
func leading(size um) um   { return size * 118 / 100 }

func (p *page) set(lines []line, a area, st style, size um) {
	y := a.y + capHeight(size)
	switch ink := blockHeight(len(lines), size) - size*22/100; st.valign {
	case atMiddle:
		y += (a.h - ink) / 2
	case atBottom:
		y += a.h - ink - size*22/100
	}
	x := a.x
	switch st.align {
	case centre:
		x += a.w / 2
	case right:
		x += a.w
	}
	for _, l := range lines {
		m := textMark{x: x, y: y, size: size, room: a.w, bold: l.bold, align: st.align, ink: st.ink, s: l.s}
		if !weight(l.bold).plain(l.s) {
			p.draw(&m, l.field, a)
		}
		p.texts = append(p.texts, m)
		y += leading(size)
	}
}
