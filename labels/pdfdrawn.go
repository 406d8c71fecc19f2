package labels

import (
	"fmt"
	"strconv"
	"unicode/utf16"
)

// drawn fills the outlines of a line, in the units of their fonts, and lays invisible letters over them that
// carry the text itself, so that the PDF can be searched and read aloud in every script.
func (w *writer) drawn(t textMark) {
	left, y, size := t.place()
	em := points(size) / float64(regular().unitsPerEm)
	for _, r := range t.drawn.runs {
		if len(r.glyphs) == 0 {
			continue
		}
		scale := points(size) / float64(r.face.upem)
		w.raw = append(w.raw, "q "...)
		for _, v := range []float64{scale, 0, 0, scale, points(left) + float64(r.x)*em, points(w.height - y)} {
			w.raw = append(strconv.AppendFloat(w.raw, v, 'f', 7, 64), ' ')
		}
		w.raw = append(w.raw, "cm\n"...)
		for _, g := range r.glyphs {
			w.outline(g)
		}
		w.raw = append(w.raw, "f Q\n"...)
	}
	fonts := w.setter(t.bold)
	w.use(fonts.fontOf(unseenLetter), size)
	w.raw = append(w.raw, "3 Tr\n"...)
	for _, r := range t.drawn.runs {
		w.unseen(r, t.bold, points(left), points(w.height-y), em)
	}
	w.raw = append(w.raw, "100 Tz 0 Tr\n"...)
}

// unseenLetter is what invisible text is set in: any letter of the label font.
const unseenLetter = "n"

func (w *writer) outline(g inkGlyph) {
	open := false
	g.path.steps(func(op byte, points []point) {
		if op == 'm' && open {
			w.raw = append(w.raw, "h\n"...)
		}
		open = true
		for _, p := range points {
			w.raw = append(strconv.AppendInt(w.raw, int64(g.x+p.x), 10), ' ')
			w.raw = append(strconv.AppendInt(w.raw, int64(g.y+p.y), 10), ' ')
		}
		w.raw = append(w.raw, op, '\n')
	})
	w.raw = append(w.raw, "h\n"...)
}

// unseen writes the text of a run without ink (text rendering mode 3), told as ActualText (PDF 1.7, 14.9.4)
// of letters as wide as the run. From right to left each rune is told alone, in the order of the paper, which
// is how readers expect Arabic and Hebrew in a PDF.
func (w *writer) unseen(r inkRun, isBold bool, x, y, em float64) {
	if r.width <= 0 || len(r.runes) == 0 {
		return
	}
	each := float64(r.width) * em / float64(len(r.runes))
	w.raw = strconv.AppendFloat(w.raw, 100*each/(float64(weight(isBold).advance('n'))*em), 'f', 2, 64)
	w.raw = append(w.raw, " Tz\n"...)
	x += float64(r.x) * em
	if !r.rtl {
		w.told(r.runes, isBold, x, y)
		return
	}
	for i := range r.runes {
		w.told(r.runes[i:i+1], isBold, x+float64(i)*each, y)
	}
}

func (w *writer) told(runes []rune, isBold bool, x, y float64) {
	w.raw = append(w.raw, "/Span <</ActualText <FEFF"...)
	for _, unit := range utf16.Encode(runes) {
		w.raw = fmt.Appendf(w.raw, "%04X", unit)
	}
	w.raw = append(w.raw, ">>> BDC\nBT "...)
	w.raw = append(strconv.AppendFloat(w.raw, x, 'f', 4, 64), ' ')
	w.raw = append(strconv.AppendFloat(w.raw, y, 'f', 4, 64), " Td ("...)
	code := byte(w.setter(isBold).codes['n'])
	for range runes {
		w.raw = append(w.raw, code)
	}
	w.raw = append(w.raw, ") Tj ET\nEMC\n"...)
}
