package labels

import (
	"fmt"
	"strings"
	"testing"
)

// A bin's name is read from the aisle: three metres ask for capitals of 9 mm (a three-hundredth of the distance,
// less a tenth for its bold face), on the larger roll, with its band and without; on 62 mm and on the sheet, where bars
// and a square take half, 7.5 mm.
func TestBinsAreReadFromThreeMetres(t *testing.T) {
	banded := 0
	for _, size := range []Size{Size62x29, Size100x50, SizeA4} {
		for level := range 6 {
			d := Bin{Code: "A-01-03", Scan: "B-A-01-03-X", Zone: "Picking, aisle A", Level: level}
			p := pagesOf(t, d, size, 203)[0]
			for _, m := range p.texts {
				if level > 0 && m.ink == white && inkOf(m).w > p.w/7 {
					t.Errorf("%s: the level is wider than its band", size)
				}
				least := 9 * mm
				if size != Size100x50 {
					least = 7500
				}
				if m.s == d.Code && capHeight(m.size) < least {
					t.Errorf("%s, level %d: capitals of %d micrometres", size, level, capHeight(m.size))
				}
			}
			for _, r := range p.rects {
				if level > 0 && r.ink == levelColours[level-1] {
					banded++
				}
			}
			for _, fault := range crowded(p) {
				t.Errorf("%s, level %d: %s", size, level, fault)
			}
		}
	}
	if banded != 5 { // five levels on the larger roll
		t.Errorf("%d bands of a level's colour, want 5", banded)
	}
}

func TestBinRefusals(t *testing.T) {
	for _, c := range []struct {
		spoil func(*Bin)
		want  string
	}{
		{func(d *Bin) { d.Arrow = "north" }, `arrow is up, down, left or right, not "north"`},
		{func(d *Bin) { d.Colour = "mauve" }, `not "mauve"`},
	} {
		d := exampleBin()
		c.spoil(&d)
		if _, err := d.PDF(Size100x50, 203); !strings.Contains(fmt.Sprint(err), c.want) {
			t.Errorf("%v, want it to say %q", err, c.want)
		}
	}
	// A code whose bars need the whole label has no band, and is printed.
	long := Bin{Code: "A-01-03", Scan: "B-" + strings.Repeat("A", 10) + "-X", Level: 1, Arrow: "up"}
	if p := pagesOf(t, long, Size62x29, 203)[0]; len(p.shapes) != 0 || len(p.symbols) == 0 {
		t.Errorf("%d shapes and %d symbols", len(p.shapes), len(p.symbols))
	}
}

// barsOn counts the labels of a sheet by their bars.
func barsOn(p *page) (n int) {
	for _, s := range p.symbols {
		if s.kind == code128Bars {
			n++
		}
	}
	return n
}

// A sheet of which some labels are used begins after them; the sheets after it are whole. Labels to cut out are
// all of one size, and lie inside what an office printer reaches.
func TestSheetBeginsAtTheFirstFreeLabel(t *testing.T) {
	m, err := Size("a4/3x8").media()
	if err != nil {
		t.Fatal(err)
	}
	list := make([]Bin, 24)
	for i := range list {
		list[i] = Bin{Code: fmt.Sprintf("A-01-%02d", i), Scan: fmt.Sprintf("B-A-01-%02d-X", i)}
	}
	pages, err := stickers(list, Size("a4/3x8").After(5), 203)
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) != 2 || barsOn(pages[0]) != 19 || barsOn(pages[1]) != 5 {
		t.Fatalf("%d pages", len(pages))
	}
	if first, cell := pages[0].symbols[0], m.cell(5); pages[0].length(first.x) < cell.x || pages[0].length(first.y) < cell.y {
		t.Errorf("the first label is at %d, %d and not in %v", first.x, first.y, cell)
	}
	for _, c := range []struct {
		size Size
		want string
	}{{"a4/3x8@25", "has 24 labels: none is free after 24"}, {"62x29@2", "has 1 labels"}, {"a4/3x8@0", "number of the first free label"}, {"a4@x", "number of the first free label"}} {
		if _, err := stickers(list, c.size, 203); !strings.Contains(fmt.Sprint(err), c.want) {
			t.Errorf("%s: %v, want it to say %q", c.size, err, c.want)
		}
	}
	pages, err = stickers(list, SizeA4, 203)
	if err != nil {
		t.Fatal(err)
	}
	reach := pages[0].inset(unprintable - 1)
	var cells []area
	for _, r := range pages[0].rects {
		if r.ink == pale && r.h == 100 { // the upper and lower lines to cut along
			cells = append(cells, r.area)
		}
	}
	for _, c := range cells {
		if c.w != cells[0].w || !inside(c, reach) {
			t.Errorf("a line to cut along at %v, others are %d wide inside %v", c, cells[0].w, reach)
		}
	}
	if len(cells) != 2*24 {
		t.Errorf("%d lines", len(cells))
	}
}
