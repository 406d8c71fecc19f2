package labels

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/go-text/typesetting/segmenter"
)

// wide is how wide a line is.
func (t textMark) wide() um {
	if t.drawn != nil {
		return um((t.drawn.width*int(t.size) + regular().unitsPerEm - 1) / regular().unitsPerEm)
	}
	return weight(t.bold).width(t.s, t.size)
}

// left is where a line begins on the paper.
func (t textMark) left() um {
	switch t.align {
	case centre:
		return t.x - t.wide()/2
	case right:
		return t.x - t.wide()
	}
	return t.x
}

// draw gives a line its ink. One that reads from right to left holds on to the right edge of its area.
func (p *page) draw(m *textMark, field string, a area) {
	group, _, _ := strings.Cut(field, ".")
	lang := tongueOf(m.s)
	if home := tongue(p.homes[group]); home != "" && lang == "" {
		lang = home
	}
	d, err := draw(m.s, m.bold, lang)
	if err != nil {
		p.fail(fmt.Errorf("labels: unprintable text in %s: %q: %w", field, m.s, err))
		return
	}
	if m.drawn = d; d.rtl && m.align == left {
		m.x, m.align = a.x+a.w, right
	}
}

// place is where a drawn line stands and how large it is.
func (t textMark) place() (x, y, size um) {
	return t.left(), t.y - t.size*um(t.drawn.lift)/1000, t.size * um(t.drawn.scale) / 1000
}

// home says which country's language a group of fields is in, for the scripts that several share.
func (p *page) home(group, country string) {
	if p.homes == nil {
		p.homes = map[string]string{}
	}
	p.homes[group] = country
}

// wrapDrawn breaks a line that is drawn where its script allows (Unicode Annex 14): at spaces, and between
// Chinese and Japanese characters; inside a word only when the word alone is too wide. Thai has no spaces and
// its words want a dictionary, so Thai breaks at spaces and then anywhere between letters.
func wrapDrawn(s string, f *face, size, w um, most int) (lines []string, split bool) {
	turned := isRTL([]rune(s))
	end := func(line string) {
		line = strings.TrimSpace(line)
		if turned && !isRTL([]rune(line)) {
			line = "\u200F" + line // the rest of a paragraph keeps its direction
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	line := ""
	for _, part := range breaks(s) {
		if f.holds(line+part, size, w) {
			line += part
			continue
		}
		end(line)
		for line = part; len(lines) <= most && utf8.RuneCountInString(line) > 1 && !f.holds(line, size, w); split = true {
			head := fittingDrawn(line, f, size, w)
			end(head)
			line = line[len(head):]
		}
		if len(lines) > most {
			break
		}
	}
	end(line)
	return lines, split
}

// holds says whether a line that is drawn fits; one of far too many letters is not drawn to see.
func (f *face) holds(line string, size, w um) bool {
	return utf8.RuneCountInString(line) <= f.mostRunes(size, w) && f.fits(strings.TrimRight(line, " "), size, w)
}

// breaks cuts a text where a line may end.
func breaks(s string) []string {
	var seg segmenter.Segmenter
	seg.Init([]rune(s))
	var out []string
	for it := seg.LineIterator(); it.Next(); {
		out = append(out, string(it.Line().Text))
	}
	return out
}

// fittingDrawn is the longest beginning of whole letters with their marks that fits, at least one. Where it
// ends is guessed from the word drawn whole, and drawn again to be sure.
func fittingDrawn(word string, f *face, size, w um) string {
	text := []rune(word)
	text = text[:min(len(text), f.mostRunes(size, w))]
	d, err := draw(string(text), f == bold(), tongueOf(word))
	if err != nil {
		return word // refused when it is set
	}
	var ends []int
	var seg segmenter.Segmenter
	seg.Init(text)
	units, at := 0, 0
	for it := seg.GraphemeIterator(); it.Next(); {
		for range it.Grapheme().Text {
			units += d.each[at] * d.scale / 1000
			at++
		}
		if len(ends) > 0 && units > f.units(size, w) {
			break
		}
		ends = append(ends, at)
	}
	for len(ends) > 1 && !f.fits(string(text[:ends[len(ends)-1]]), size, w) {
		ends = ends[:len(ends)-1]
	}
	return string(text[:ends[len(ends)-1]])
}

// mostRunes is more than any line of a width holds: letters are wider than an eighth of their size.
func (f *face) mostRunes(size, w um) int { return 8*int(w/size) + 16 }

// A line of the label font reaches so far above and below its baseline, accents of capitals and tails
// included, in thousandths of the type size.
const (
	roomAbove = 950
	roomBelow = 230
)

// settle keeps the marks of a script that reach further than those of Latin letters out of the lines above
// and below: the line is raised where there is room above, and set smaller where there is not.
func (d *drawn) settle() {
	above, below := d.extent()
	d.scale = 1000
	if above+below > roomAbove+roomBelow {
		d.scale = 1000 * (roomAbove + roomBelow) / (above + below)
	}
	d.lift = max(0, below*d.scale/1000-roomBelow)
	if over := above*d.scale/1000 + d.lift - roomAbove; over > 0 {
		d.lift -= over
	}
	d.width = d.width * d.scale / 1000
}

// extent is how far the ink of a line reaches above and below its baseline, in thousandths of the type size.
func (d *drawn) extent() (above, below int) {
	for _, r := range d.runs {
		for _, g := range r.glyphs {
			for _, p := range g.path.points {
				above = max(above, (g.y+p.y)*1000/r.face.upem)
				below = max(below, -(g.y+p.y)*1000/r.face.upem)
			}
		}
	}
	return above, below
}
