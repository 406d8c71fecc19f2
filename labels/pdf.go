package labels

import (
	"bytes"
	"fmt"
	"strconv"
	"time"

	"github.com/jung-kurt/gofpdf"
)

// printed is the date inside every document. A real one would make two prints of the same label differ.
var printed = time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC)

// maxPages bounds one document.
const maxPages = 5000

// renderPDF translates pages into one document; its fonts are cut down to the letters used and embedded
// once. gofpdf panics on some inputs, and a label must never end the process that asked for it.
func renderPDF(title string, pages []*page) (out []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			out, err = nil, fmt.Errorf("labels: %s could not be drawn: %v", title, r)
		}
	}()
	if err := checkPages(pages); err != nil {
		return nil, err
	}
	if err := proved(pages); err != nil {
		return nil, err
	}
	w := newWriter(title, pages)
	for _, p := range pages {
		w.page(p)
	}
	var b bytes.Buffer
	if err := w.doc.Output(&b); err != nil {
		return nil, fmt.Errorf("labels: %s could not be drawn: %w", title, err)
	}
	return b.Bytes(), nil
}

func checkPages(pages []*page) error {
	if len(pages) == 0 {
		return fmt.Errorf("labels: nothing to print")
	}
	if len(pages) > maxPages {
		return fmt.Errorf("labels: %d pages in one document, at most %d", len(pages), maxPages)
	}
	return nil
}

// writer holds a gofpdf document. Floats exist only here, where its API asks for them.
type writer struct {
	doc    *gofpdf.Fpdf
	fonts  [2]setter // of the regular and the bold face
	used   string    // the font in use on this page
	size   um        // and its size
	height um
	raw    []byte
	dots   []stroke
	ink    ink
}

func points(l um) float64 { return float64(l) * 72 / float64(inch) }

func newWriter(title string, pages []*page) *writer {
	first := pages[0]
	doc := gofpdf.NewCustom(&gofpdf.InitType{
		UnitStr: "pt",
		Size:    gofpdf.SizeType{Wd: points(first.w), Ht: points(first.h)},
	})
	doc.SetCreationDate(printed)
	doc.SetModificationDate(printed)
	doc.SetCatalogSort(true)
	doc.SetTitle(title, true)
	doc.SetCreator("Floorline", true)
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.SetCompression(len(pages) > 1) // a label alone: 6 KB saved would cost a quarter of its time
	w := &writer{doc: doc}
	for i, isBold := range []bool{false, true} {
		w.fonts[i] = embed(doc, weight(isBold), runesOf(pages, isBold))
	}
	return w
}

func (w *writer) page(p *page) {
	w.doc.AddPageFormat("P", gofpdf.SizeType{Wd: points(p.w), Ht: points(p.h)})
	w.raw, w.ink, w.used, w.height = w.raw[:0], black, "", p.h
	for _, r := range p.rects {
		w.dip(r.ink)
		w.rect(p, r.area)
		w.raw = append(w.raw, 'f', '\n')
	}
	for _, s := range p.shapes {
		w.shape(p, s)
	}
	w.dip(black)
	for _, s := range p.symbols {
		w.symbol(p, s)
	}
	for _, t := range p.texts {
		w.text(t)
	}
	w.flush()
}

var inks = map[ink]string{black: "0 g\n", white: "1 g\n", grey: "0.35 g\n", pale: "0.93 g\n", red: "0.85 0.07 0.1 rg\n",
	blue: "0.05 0.3 0.7 rg\n", green: "0.0 0.42 0.2 rg\n", orange: "0.76 0.34 0.0 rg\n", violet: "0.45 0.15 0.55 rg\n"}

// dip changes the colour of what is filled next, text included: gofpdf is not told, so it does not wrap
// every text in a colour of its own.
func (w *writer) dip(i ink) {
	if w.ink != i {
		w.raw = append(w.raw, inks[i]...)
		w.ink = i
	}
}

func (w *writer) flush() {
	if len(w.raw) > 0 {
		w.doc.RawWriteStr(string(w.raw))
		w.raw = w.raw[:0]
	}
}

func (w *writer) rect(p *page, a area) {
	const unit = int(inch) // a point is inch/72
	for _, v := range []um{a.x, p.h - a.y - a.h, a.w, a.h} {
		w.number(int(v)*72, unit)
	}
	w.raw = append(w.raw, "re "...)
}

// shape is a path of straight lines with one fill.
func (w *writer) shape(p *page, s shapeMark) {
	w.dip(s.ink)
	for _, outline := range s.outlines {
		for i, q := range outline {
			w.number(int(q.x)*72, int(inch))
			w.number(int(p.h-q.y)*72, int(inch))
			w.raw = append(w.raw, map[bool]string{true: "m ", false: "l "}[i == 0]...)
		}
	}
	w.raw = append(w.raw, "f\n"...)
}

// shrink is taken off each side of every bar, in hundredths of a dot: a PDF renderer paints every dot that
// it touches, so a rectangle of whole dots comes out one dot too wide half of the time.
const shrink = 15

// symbol draws all modules as one path with one fill: the very strokes that are proved. It is drawn in hundredths
// of a dot from its corner down, so that every number is whole and short.
func (w *writer) symbol(p *page, s symbolMark) {
	w.raw = append(w.raw, "q "...)
	scale := strconv.AppendFloat(nil, 72/float64(100*p.dpi), 'f', 10, 64)
	w.raw = append(append(w.raw, scale...), " 0 0 -"...)
	w.raw = append(append(w.raw, scale...), ' ')
	w.number(s.x*72, p.dpi)
	w.number(int(p.h)*72*p.dpi-s.y*72*int(inch), p.dpi*int(inch))
	w.raw = append(w.raw, "cm\n"...)
	w.dots = s.strokes(w.dots[:0])
	for _, d := range w.dots {
		w.bar(d.x-s.x, d.y-s.y, d.w, d.h)
	}
	w.raw = append(w.raw, "f Q\n"...)
}

// bar is a rectangle of whole dots, shrunk.
func (w *writer) bar(x, y, width, height int) {
	for _, n := range [...]int{100*x + shrink, 100*y + shrink, 100*width - 2*shrink, 100*height - 2*shrink} {
		w.raw = append(strconv.AppendInt(w.raw, int64(n), 10), ' ')
	}
	w.raw = append(w.raw, "re\n"...)
}

// number writes a fraction with four decimals, rounded to nearest, in whole arithmetic.
func (w *writer) number(num, den int) {
	if num < 0 {
		w.raw = append(w.raw, '-')
		num = -num
	}
	n := (num*10000 + den/2) / den
	w.raw = strconv.AppendInt(w.raw, int64(n/10000), 10)
	if part := n % 10000; part != 0 {
		w.raw = append(w.raw, '.')
		w.raw = append(w.raw, []byte{byte('0' + part/1000), byte('0' + part/100%10), byte('0' + part/10%10), byte('0' + part%10)}...)
	}
	w.raw = append(w.raw, ' ')
}

func (w *writer) text(t textMark) {
	w.dip(t.ink)
	if t.drawn != nil {
		w.drawn(t)
		return
	}
	x, fonts := t.left(), w.setter(t.bold)
	for rest := t.s; rest != ""; {
		run := fonts.run(rest)
		w.line(fonts, run, x, t)
		if rest = rest[len(run):]; rest != "" {
			x += weight(t.bold).width(run, t.size)
		}
	}
}

func (w *writer) setter(isBold bool) *setter {
	if isBold {
		return &w.fonts[1]
	}
	return &w.fonts[0]
}

// line sets what one font can at a place.
func (w *writer) line(fonts *setter, run string, x um, t textMark) {
	w.use(fonts.fontOf(run), t.size)
	w.raw = append(w.raw, "BT "...)
	w.number(int(x)*72, int(inch))
	w.number(int(w.height-t.y)*72, int(inch))
	w.raw = append(w.raw, "Td ("...)
	for _, r := range run {
		c := byte(fonts.codes[r])
		if c == '(' || c == ')' || c == '\\' {
			w.raw = append(w.raw, '\\')
		}
		w.raw = append(w.raw, c)
	}
	w.raw = append(w.raw, ") Tj ET\n"...)
}

// use sets what follows in a font and size.
func (w *writer) use(name string, size um) {
	if w.used != name || w.size != size {
		w.flush()
		w.doc.SetFont(name, "", points(size))
		w.used, w.size = name, size
	}
}
