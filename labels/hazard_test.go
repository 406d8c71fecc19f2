package labels

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// burnt is the area of dark dots inside a part of the paper, in dots; empty where there is none.
func burnt(paper [][]bool, x0, y0, x1, y1 int) (left, top, right, bottom int) {
	left, top, right, bottom = x1, y1, x0-1, y0-1
	for y := max(y0, 0); y < min(y1, len(paper)); y++ {
		for x := max(x0, 0); x < min(x1, len(paper[y])); x++ {
			if paper[y][x] {
				left, right, top, bottom = min(left, x), max(right, x), min(top, y), max(bottom, y)
			}
		}
	}
	return left, top, right, bottom
}

// printedMark is a mark as a printer of 203 dpi puts it on paper, and a measure of it in micrometres.
func printedMark(t *testing.T, d Hazard, size Size) (paper [][]bool, length func(dots int) um) {
	t.Helper()
	pdf, err := d.PDF(size, 203)
	if err != nil {
		t.Fatal(err)
	}
	p := &page{dpi: 203}
	return readPaper(t, raster(t, pdf, 203, "-mono")[0]).rows(), p.length
}

// What a rule gives in millimetres is measured on the paper, not in the layout.
func TestMarksHaveTheirRuledSizes(t *testing.T) {
	tools(t, "pdftoppm")
	for _, c := range []struct {
		mark Hazard
		size Size
		w, h um // at least
	}{
		{Hazard{Mark: MarkBattery, UN: []string{"3481"}}, Size4x6, 100 * mm, 100 * mm},
		{Hazard{Mark: MarkBattery, UN: []string{"3481"}, SmallPackage: true}, "100x70", 100 * mm, 70 * mm},
		{Hazard{Mark: MarkLimitedQuantity}, SizeA5, 141421, 141421},
		{Hazard{Mark: MarkLimitedQuantityAir, SmallPackage: true}, "71x71", 70710, 70710},
		{Hazard{Mark: MarkExceptedQuantity, Class: "3"}, Size4x6, 100 * mm, 100 * mm},
	} {
		paper, length := printedMark(t, c.mark, c.size)
		left, top, right, bottom := burnt(paper, 0, 0, len(paper[0]), len(paper))
		const dot = 125 // what a printer cannot help
		if w, h := length(right-left+1), length(bottom-top+1); w+dot < c.w || h+dot < c.h {
			t.Errorf("%s on %s is %d x %d micrometres, at least %d x %d", c.mark.Mark, c.size, w, h, c.w, c.h)
		}
	}
}

// The UN number of a battery mark stands 12 mm high inside an edge of 5 mm at least, also in the small mark.
func TestBatteryNumberIsTwelveMillimetresHigh(t *testing.T) {
	tools(t, "pdftoppm")
	for _, size := range []Size{Size4x6, "100x70"} {
		d := Hazard{Mark: MarkBattery, UN: []string{"3481"}, SmallPackage: true, Edge: "preprinted"}
		paper, length := printedMark(t, d, size)
		// Without its edge, the lowest black on the paper is the foot of the number; above the number lies white.
		left, _, right, foot := burnt(paper, 0, 0, len(paper[0]), len(paper))
		top := foot
		for _, above, _, _ := burnt(paper, left, top-1, right, top); above < top; _, above, _, _ = burnt(paper, left, top-1, right, top) {
			top--
		}
		if got := length(foot - top + 1); got < 12*mm-125 || got > 13*mm {
			t.Errorf("%s: the number is %d micrometres high, not 12000", size, got)
		}
	}
	d := exampleHazard()
	paper, length := printedMark(t, d, Size4x6)
	left, top, _, bottom := burnt(paper, 0, 0, len(paper[0]), len(paper))
	middle := (top + bottom) / 2
	for width := 1; length(width) < 5*mm; width++ { // some row of every column of the edge is inked
		if _, _, right, _ := burnt(paper, left+width-1, middle-40, left+width, middle+40); right < left {
			t.Fatalf("the edge ends after %d micrometres, at least 5000", length(width))
		}
	}
}

// A mark is refused before it is shrunk: the refusal says which paper it needs, and when less is allowed.
func TestMarksAreNeverShrunkBelowTheRule(t *testing.T) {
	for _, c := range []struct {
		mark Hazard
		size Size
		want []string
	}{
		{Hazard{Mark: MarkBattery, UN: []string{"3481"}}, "100x70", []string{"needs 100 x 100 mm of paper, not 100 x 70", "100 x 70 mm of paper (small_package)"}},
		{Hazard{Mark: MarkBattery, UN: []string{"3481"}, SmallPackage: true}, "99x70", []string{"needs 100 x 70 mm"}},
		{Hazard{Mark: MarkLimitedQuantity}, Size4x6, []string{"needs 142 x 142 mm of paper, not 101 x 152", "71 x 71 mm of paper (small_package)"}},
		{Hazard{Mark: MarkLimitedQuantity, SmallPackage: true}, "70x70", []string{"needs 71 x 71 mm"}},
		{Hazard{Mark: MarkExceptedQuantity, Class: "3", SmallPackage: true}, "100x99", []string{"needs 100 x 100 mm"}},
		{Hazard{Mark: MarkBattery}, Size4x6, []string{"un has 0 entries"}},
		{Hazard{Mark: MarkBattery, UN: []string{"1263"}}, Size4x6, []string{`not "1263"`}},
		{Hazard{Mark: MarkExceptedQuantity}, Size4x6, []string{"class is missing"}},
		{Hazard{Mark: "skull"}, Size4x6, []string{`not "skull"`}},
		{Hazard{Mark: MarkOrientation, Edge: "blue"}, Size4x6, []string{"edge is preprinted or nothing"}},
	} {
		_, pdfErr := c.mark.PDF(c.size, 203)
		_, zplErr := c.mark.ZPL(c.size, 203)
		for _, want := range c.want {
			if !strings.Contains(fmt.Sprint(pdfErr), want) || !strings.Contains(fmt.Sprint(zplErr), want) {
				t.Errorf("%s on %s: %v and %v, want them to say %q", c.mark.Mark, c.size, pdfErr, zplErr, want)
			}
		}
	}
}

// The thermal printer gets the very picture that the PDF shows: the graphic is unpacked as a printer does, and
// no dot of it differs from the paper but at the rims, where PDF renderers paint each dot they touch.
func TestZPLGraphicIsThePDFsPicture(t *testing.T) {
	tools(t, "pdftoppm")
	for _, d := range []Hazard{exampleHazard(), {Mark: MarkLimitedQuantityAir, SmallPackage: true}, {Mark: MarkOrientation}} {
		paper, _ := printedMark(t, d, Size4x6)
		out, err := d.ZPL(Size4x6, 203)
		if err != nil {
			t.Fatal(err)
		}
		var x, y, total, all, wide int
		from := strings.Index(string(out), "^GFA,")
		if from < 0 {
			t.Fatalf("%s: no graphic", d.Mark)
		}
		field := string(out)[strings.LastIndex(string(out)[:from], "^FO"):]
		if _, err := fmt.Sscanf(field, "^FO%d,%d^GFA,%d,%d,%d,", &x, &y, &total, &all, &wide); err != nil {
			t.Fatal(err)
		}
		data, _, _ := strings.Cut(strings.SplitN(field, ",", 6)[5], "^FS")
		rows := unpacked(t, data, wide)
		if len(rows) != total/wide || total != all {
			t.Fatalf("%s: %d rows of %d bytes, announced %d bytes", d.Mark, len(rows), wide, total)
		}
		ink, wrong := 0, 0 // a gap of a dot or two, in a flame's tip, may be white on one of them only
		for i, row := range rows {
			for j, dark := range row {
				if dark {
					ink++
				}
				if x+j < len(paper[0]) && dark != paper[y+i][x+j] && !atRim(paper, x+j, y+i) && !atRim(rows, j, i) {
					wrong++
				}
			}
		}
		if ink < 20000 || wrong > 0 {
			t.Errorf("%s: %d dots of ink, %d dots differ", d.Mark, ink, wrong)
		}
	}
}

// atRim says whether black and white meet within a dot or two.
func atRim(paper [][]bool, x, y int) bool {
	for dy := -2; dy <= 2; dy++ {
		for dx := -2; dx <= 2; dx++ {
			if y+dy < 0 || y+dy >= len(paper) || x+dx < 0 || x+dx >= len(paper[0]) || paper[y+dy][x+dx] != paper[y][x] {
				return true
			}
		}
	}
	return false
}

// unpacked reads the compressed hexadecimal of ^GF, after the programming guide and not after our code.
func unpacked(t *testing.T, data string, wide int) [][]bool {
	t.Helper()
	var rows [][]bool
	row, n := "", 0
	end := func() {
		packed, err := hex.DecodeString(row)
		if err != nil {
			t.Fatal(err)
		}
		var dots []bool
		for _, b := range packed {
			for _, bit := range fmt.Sprintf("%08b", b) {
				dots = append(dots, bit == '1')
			}
		}
		rows, row, n = append(rows, dots), "", 0
	}
	for _, c := range data {
		switch {
		case c >= 'G' && c <= 'Y':
			n += int(c-'G') + 1
		case c >= 'g' && c <= 'z':
			n += 20 * (int(c-'g') + 1)
		case c == ',' || c == '!':
			row += strings.Repeat(map[rune]string{',': "0", '!': "F"}[c], 2*wide-len(row))
		case c == ':':
			rows = append(rows, slices.Clone(rows[len(rows)-1]))
		default:
			if _, err := strconv.ParseUint(string(c), 16, 8); err != nil {
				t.Fatalf("%q is no digit", c)
			}
			row += strings.Repeat(string(c), max(n, 1))
			n = 0
		}
		if len(row) > 2*wide {
			t.Fatalf("a row of %d digits, at most %d", len(row), 2*wide)
		}
		if len(row) == 2*wide {
			end()
		}
	}
	return rows
}
