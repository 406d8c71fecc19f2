package labels

import (
	"fmt"
	"strconv"
	"strings"
)

// um is a length in micrometres: fine enough for a printer's dot, and whole, so that no two machines round
// a layout differently.
type um int

const (
	mm       um = 1000
	inch     um = 25400
	maxSide     = 1200 * mm
	minSide     = 15 * mm
	maxCells    = 400
)

// pt is a type size of n points in micrometres.
func pt(n int) um { return um(n) * inch / 72 }

// Size names the paper: "4x6" (inches), "a4", "a5", "a6", or "WxH" in millimetres for a roll, such as
// "62x29". "a4/3x8" is a sheet of 3 columns and 8 rows of small labels; "a4/3x8@6" begins at its sixth label,
// because the five before it are used already.
type Size string

// The sizes that every shop has.
const (
	Size4x6     Size = "4x6"
	Size100x150 Size = "100x150"
	SizeA6      Size = "a6"
	SizeA5      Size = "a5"
	SizeA4      Size = "a4"
	Size62x29   Size = "62x29"
	Size100x50  Size = "100x50"
	SizeCard    Size = "86x54"
)

// Check says what is wrong with a size that is none.
func (s Size) Check() error {
	_, err := s.media()
	return err
}

var namedSizes = map[string]area{
	"4x6":    {w: 4 * inch, h: 6 * inch},
	"a4":     {w: 210 * mm, h: 297 * mm},
	"a5":     {w: 148 * mm, h: 210 * mm},
	"a6":     {w: 105 * mm, h: 148 * mm},
	"letter": {w: 8*inch + inch/2, h: 11 * inch},
}

// After is the same sheet with some of its first labels used already.
func (s Size) After(used int) Size {
	if used == 0 {
		return s
	}
	return s + Size("@"+strconv.Itoa(used+1))
}

// media is a size understood: the whole sheet, how many labels lie on it, and how many of the first are used.
type media struct {
	sheet      area
	cols, rows int
	used       int
	edge       um // left free around all labels, where the sheet is not cut beforehand
}

// grid says whether a size is a sheet of small labels.
func (m media) grid() bool { return m.cols > 0 }

func (s Size) media() (media, error) {
	whole, begin, isUsed := strings.Cut(strings.ToLower(strings.TrimSpace(string(s))), "@")
	name, cells, isGrid := strings.Cut(whole, "/")
	m := media{}
	if isUsed {
		first, err := strconv.Atoi(begin)
		if err != nil || first < 1 || first > maxCells {
			return m, fmt.Errorf("labels: size %q: the part after @ is the number of the first free label, from 1", s)
		}
		m.used = first - 1
	}
	sheet, known := namedSizes[name]
	if !known {
		w, h, ok := pair(name)
		if !ok {
			return m, fmt.Errorf("labels: no size %q: use 4x6 (inches), a4, a5, a6, letter, or WIDTHxHEIGHT in mm", s)
		}
		sheet = area{w: um(w) * mm, h: um(h) * mm}
	}
	if sheet.w < minSide || sheet.h < minSide || sheet.w > maxSide || sheet.h > maxSide {
		return m, fmt.Errorf("labels: size %q is outside %d to %d mm a side", s, minSide/mm, maxSide/mm)
	}
	m.sheet = sheet
	if isGrid {
		cols, rows, ok := pair(cells)
		if !ok || cols*rows == 0 || cols*rows > maxCells {
			return m, fmt.Errorf("labels: size %q: the part after / is COLUMNSxROWS, at most %d cells", s, maxCells)
		}
		m.cols, m.rows = cols, rows
	}
	return m, nil
}

// pair reads "62x29".
func pair(s string) (a, b int, ok bool) {
	left, right, found := strings.Cut(s, "x")
	a, errA := strconv.Atoi(left)
	b, errB := strconv.Atoi(right)
	return a, b, found && errA == nil && errB == nil && a >= 0 && b >= 0 && a < 10000 && b < 10000
}

// checkDPI takes the resolutions that label and office printers have.
func checkDPI(dpi int) error {
	switch dpi {
	case 203, 300, 600:
		return nil
	}
	return fmt.Errorf("labels: no printer of %d dpi: use 203, 300 or 600", dpi)
}

// area is a place on a page: the left upper corner, width and height.
type area struct{ x, y, w, h um }

func (a area) inset(d um) area { return area{a.x + d, a.y + d, a.w - 2*d, a.h - 2*d} }

func (a area) pad(left, top, right, bottom um) area {
	return area{a.x + left, a.y + top, a.w - left - right, a.h - top - bottom}
}

// within is the part of an area inside another.
func (a area) within(b area) area {
	x, y := max(a.x, b.x), max(a.y, b.y)
	return area{x, y, min(a.x+a.w, b.x+b.w) - x, min(a.y+a.h, b.y+b.h) - y}
}

// top, bottom, left and right cut a strip off and give the strip and what is left.
func (a area) top(h um) (strip, rest area) {
	return area{a.x, a.y, a.w, h}, area{a.x, a.y + h, a.w, a.h - h}
}

func (a area) bottom(h um) (strip, rest area) {
	return area{a.x, a.y + a.h - h, a.w, h}, area{a.x, a.y, a.w, a.h - h}
}

func (a area) left(w um) (strip, rest area) {
	return area{a.x, a.y, w, a.h}, area{a.x + w, a.y, a.w - w, a.h}
}

func (a area) right(w um) (strip, rest area) {
	return area{a.x + a.w - w, a.y, w, a.h}, area{a.x, a.y, a.w - w, a.h}
}

// cell is one label of a sheet, counted along the rows.
func (m media) cell(n int) area {
	inner := m.sheet.inset(m.edge)
	w, h := inner.w/um(m.cols), inner.h/um(m.rows)
	return area{x: inner.x + um(n%m.cols)*w, y: inner.y + um(n/m.cols)*h, w: w, h: h}
}
