package labels

import (
	"errors"
	"fmt"
	"slices"
	"unicode"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
)

// drawn is a line of text as ink: the letters of any script, chosen, joined and placed by the font's own
// rules (HarfBuzz), from left to right as they stand on the paper.
type drawn struct {
	runs  []inkRun
	width int   // in units of the label font
	each  []int // how much of it every rune takes; of a ligature the first takes all
	rtl   bool
	lift  int // how far the line is raised and
	scale int // how large it is set, in thousandths of the type size, so that it stays in its line
}

// inkRun is a part of a line in one font; x is where it begins and width how far it goes, in units of the
// label font. Its runes are in the order of the paper.
type inkRun struct {
	face     *drawnFace
	x, width int
	rtl      bool
	runes    []rune
	glyphs   []inkGlyph
}

// inkGlyph is an outline at a place, in units of its font.
type inkGlyph struct {
	id   font.GID
	x, y int
	path *outline
}

type drawnKey struct {
	text string
	bold bool
	lang language.Language
}

// draw gives a cleaned line as ink, or says what cannot be drawn.
func draw(s string, bold bool, lang language.Language) (*drawn, error) {
	drawing.Lock()
	defer drawing.Unlock()
	if drawing.kept == nil {
		drawing.forget()
	}
	key := drawnKey{s, bold, lang}
	if d := drawing.kept[key]; d != nil {
		return d, nil
	}
	d, err := drawing.draw([]rune(s), bold, lang)
	if err != nil {
		return nil, err
	}
	if len(drawing.kept) >= maxDrawn {
		clear(drawing.kept)
	}
	drawing.kept[key] = d
	return d, nil
}

// missing says which rune of which script has no font.
type missing struct {
	script script
	r      rune
}

func (m missing) Error() string {
	return fmt.Sprintf("no font of this machine has %s (%U); install one, such as Debian's %s", m.script.name, m.r, m.script.install)
}

// span is a part of a line with one direction, one script and one font, counted in runes.
type span struct {
	from, to int
	level    bidi.Level
	script   script
	face     *drawnFace
}

func (d *drawer) draw(text []rune, bold bool, lang language.Language) (out *drawn, err error) {
	defer func() {
		if r := recover(); r != nil {
			out, err = nil, fmt.Errorf("it cannot be drawn: %v", r)
		}
	}()
	var p bidi.Paragraph
	levels := p.Segment(text, bidi.Neutral)
	var spans []span
	for i := range levels.NumRuns() {
		run := levels.Run(i)
		for _, s := range byScript(text, run.Start, run.End) {
			s.level = run.Level
			faced, err := d.byFace(text, s, bold)
			if err != nil {
				return nil, err
			}
			spans = append(spans, faced...)
		}
	}
	out = &drawn{rtl: isRTL(text), each: make([]int, len(text))}
	for _, s := range visual(spans) {
		if err := d.shape(out, text, s, lang); err != nil {
			return nil, err
		}
	}
	out.settle()
	return out, nil
}

// isRTL says whether a line reads from right to left: whether its first letter does (Unicode Annex 9, P2).
func isRTL(text []rune) bool {
	for _, r := range text {
		switch {
		case r == 0x200F || r == 0x061C:
			return true
		case unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko) && unicode.IsLetter(r):
			return true
		case r == 0x200E || unicode.IsLetter(r):
			return false
		}
	}
	return false
}

// byScript cuts a part of a line where the script changes. Signs and spaces belong to the letters before
// them, or after them at the beginning.
func byScript(text []rune, from, to int) []span {
	var out []span
	now := language.Common
	for i := from; i < to; i++ {
		tag := language.LookupScript(text[i])
		if !tag.Strong() || tag == now {
			continue
		}
		if now == language.Common {
			now = tag // the signs before the first letter go with it
			continue
		}
		out = append(out, span{from: from, to: i, script: scriptOf(now)})
		from, now = i, tag
	}
	return append(out, span{from: from, to: to, script: scriptOf(now)})
}

// byFace finds the fonts of a span: one for all of it; else one for its letters and the embedded one for the
// signs between; else one for each letter with its marks.
func (d *drawer) byFace(text []rune, s span, bold bool) ([]span, error) {
	runes := text[s.from:s.to]
	if s.face = d.faceFor(runes, s.script, bold); s.face != nil {
		return []span{s}, nil
	}
	letters := slices.DeleteFunc(slices.Clone(runes), func(r rune) bool { return !language.LookupScript(r).Strong() })
	main := d.faceFor(letters, s.script, bold)
	var out []span
	for from := s.from; from < s.to; {
		to := from + 1
		for to < s.to && (unicode.IsMark(text[to]) || ignorable(text[to])) {
			to++
		}
		part := s
		part.from, part.to, part.face = from, to, main
		if main == nil || !main.hasAll(text[from:to]) {
			tag := scriptOf(language.LookupScript(text[from]))
			if part.face = d.faceFor(text[from:to], tag, bold); part.face == nil {
				return nil, missing{tag, d.lacked(text[from:to], tag, bold)}
			}
		}
		if n := len(out); n > 0 && out[n-1].face == part.face {
			out[n-1].to = to
		} else {
			out = append(out, part)
		}
		from = to
	}
	return out, nil
}

// lacked is the rune that no font has, of a letter and its marks.
func (d *drawer) lacked(runes []rune, s script, bold bool) rune {
	for _, r := range runes {
		if d.faceFor([]rune{r}, s, bold) == nil {
			return r
		}
	}
	return runes[0]
}

// visual puts spans in the order of the paper (Unicode Annex 9, L2: from the highest level down, what is at
// that level or above is turned round).
func visual(spans []span) []span {
	highest := bidi.Level(0)
	for _, s := range spans {
		highest = max(highest, s.level)
	}
	for level := highest; level > 0; level-- {
		for i := 0; i < len(spans); i++ {
			j := i
			for j < len(spans) && spans[j].level >= level {
				j++
			}
			slices.Reverse(spans[i:j])
			i = max(i, j)
		}
	}
	return spans
}

var errInkless = errors.New("it has letters without ink")

// shape adds a span to a line.
func (d *drawer) shape(out *drawn, text []rune, s span, lang language.Language) error {
	run := inkRun{face: s.face, x: out.width, runes: slices.Clone(text[s.from:s.to]), rtl: s.level%2 == 1}
	b := harfbuzz.NewBuffer()
	b.AddRunes(text, s.from, s.to-s.from)
	b.Props = harfbuzz.SegmentProperties{Language: lang, Script: s.script.tag, Direction: harfbuzz.LeftToRight}
	if s.level%2 == 1 {
		b.Props.Direction = harfbuzz.RightToLeft
		slices.Reverse(run.runes)
	}
	b.Shape(s.face.font, nil)
	pen := 0
	inked := map[int]bool{}
	for i, g := range b.Info {
		at := b.Pos[i]
		if g.Glyph == 0 && !ignorable(text[g.Cluster]) {
			return missing{scriptOf(language.LookupScript(text[g.Cluster])), text[g.Cluster]}
		}
		path := s.face.outline(g.Glyph)
		if len(path.ops) > 0 {
			run.glyphs = append(run.glyphs, inkGlyph{g.Glyph, pen + int(at.XOffset), int(at.YOffset), path})
			inked[g.Cluster] = true
		}
		pen += int(at.XAdvance)
		out.each[g.Cluster] += int(at.XAdvance) * regular().unitsPerEm / s.face.upem
	}
	for _, g := range b.Info {
		if r := text[g.Cluster]; !inked[g.Cluster] && (unicode.IsLetter(r) || unicode.IsNumber(r)) {
			return fmt.Errorf("%w (%U)", errInkless, r)
		}
	}
	run.width = (pen*regular().unitsPerEm + s.face.upem - 1) / s.face.upem
	out.width += run.width
	out.runs = append(out.runs, run)
	return nil
}
