package labels

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jung-kurt/gofpdf"
)

// everyLetter is each letter of a face that a label may hold, forty a line.
func everyLetter(isBold bool) []textMark {
	var letters []rune
	for r := range rune(1 << 16) {
		if printable(r) && r != ' ' {
			letters = append(letters, r)
		}
	}
	var lines []textMark
	for row := range slices.Chunk(letters, 40) {
		lines = append(lines, textMark{x: 5 * mm, y: um(len(lines)+1) * 10 * mm, size: pt(12), bold: isBold, s: string(row)})
	}
	return lines
}

// uncut sets the same lines with the whole font, as gofpdf embeds it: letter by letter, where the layout has them.
func uncut(t *testing.T, p *page) []byte {
	t.Helper()
	doc := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: points(p.w), Ht: points(p.h)}})
	doc.SetAutoPageBreak(false, 0)
	doc.AddPage()
	for _, m := range p.texts {
		f := weight(m.bold)
		doc.AddUTF8FontFromBytes(f.family, "", bytes.Clone(f.data))
		doc.SetFont(f.family, "", points(m.size))
		doc.Text(points(m.x), points(m.y), m.s)
	}
	var b bytes.Buffer
	if err := doc.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The fonts that we cut print the very letters of the whole font, dot by dot but for the rounding of places, in as
// many fonts as it takes; and the text of a PDF is all there.
func TestCutFontsPrintEveryLetter(t *testing.T) {
	tools(t, "pdftoppm", "pdftotext")
	for _, isBold := range []bool{false, true} {
		p := &page{area: area{w: 500 * mm, h: 300 * mm}, dpi: 203, texts: everyLetter(isBold)}
		pdf, err := renderPDF("letters", []*page{p})
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(pdf, []byte("/FontFile2")); n < 2 || len(p.texts)*40 < perFont {
			t.Errorf("%d fonts for %d lines: this was to be more than one", n, len(p.texts))
		}
		cut, whole := readPaper(t, raster(t, pdf, 203, "-mono")[0]), readPaper(t, raster(t, uncut(t, p), 203, "-mono")[0])
		dots, strays := 0, 0
		for y := range whole.h {
			for x := range whole.w {
				if whole.dark(x, y) {
					dots++
				}
				// A letter may lie a dot aside, where widths in thousandths add up.
				if cut.dark(x, y) && !near(whole, x, y) || whole.dark(x, y) && !near(cut, x, y) {
					strays++
				}
			}
		}
		if dots < 20000 || strays > 0 {
			t.Errorf("bold %v: %d dots of %d are of another letter", isBold, strays, dots)
		}
		file := filepath.Join(t.TempDir(), "letters.pdf")
		if err := os.WriteFile(file, pdf, 0o600); err != nil {
			t.Fatal(err)
		}
		text, err := exec.Command("pdftotext", "-raw", file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range p.texts {
			for _, r := range m.s {
				if !strings.ContainsRune(string(text), r) {
					t.Errorf("%q (%U) is not found in the PDF", r, r)
				}
			}
		}
	}
}

// near says whether a paper is dark at a place or beside it.
func near(p *paper, x, y int) bool {
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			if p.dark(x+dx, y+dy) {
				return true
			}
		}
	}
	return false
}
