package labels

import "github.com/go-text/typesetting/font"

// What the tests of scripts see of a drawn line: they live outside, because the finder of fonts imports labels.

// Placed is a glyph at a place, in units of its font.
type Placed struct{ ID, X, Y int }

// Run is a part of a drawn line in one font.
type Run struct {
	Font   string
	Text   string // in the order of the paper
	RTL    bool
	Glyphs []Placed
	Blank  func(id int) bool
}

// Runs draws a line.
func Runs(s string, bold bool) ([]Run, error) {
	d, err := draw(s, bold, tongueOf(s))
	if err != nil {
		return nil, err
	}
	var out []Run
	for _, r := range d.runs {
		run := Run{Font: r.face.name, Text: string(r.runes), RTL: r.rtl}
		run.Blank = func(id int) bool {
			drawing.Lock()
			defer drawing.Unlock()
			return len(r.face.outline(font.GID(id)).ops) == 0
		}
		for _, g := range r.glyphs {
			run.Glyphs = append(run.Glyphs, Placed{int(g.id), g.x, g.y})
		}
		out = append(out, run)
	}
	return out, nil
}

// Dots gives the first drawn line of a label's page as rows of '#' and '.', and the ZPL field it becomes.
func Dots(s string, dpi int) (rows []string, zplField string, err error) {
	p := &page{area: area{w: 4 * inch, h: inch}, dpi: dpi}
	p.text("text", s, area{2 * mm, 4 * mm, 96 * mm, 15 * mm}, style{size: pt(24), floor: pt(6)})
	if err := joined(p.faults); err != nil {
		return nil, "", err
	}
	if p.texts[0].drawn == nil {
		if p.texts[0].drawn, err = draw(s, false, ""); err != nil {
			return nil, "", err
		}
	}
	b := p.texts[0].dots(p)
	for y := range b.height {
		row := make([]byte, 8*b.stride)
		for x := range row {
			row[x] = '.'
			if b.rows[y*b.stride+x/8]&(0x80>>(x%8)) != 0 {
				row[x] = '#'
			}
		}
		rows = append(rows, string(row))
	}
	var z zpl
	z.graphic(p, p.texts[0])
	return rows, z.String(), nil
}

// Crowded lists what lies on something else or beside the paper of a shipping label.
func Crowded(d Shipping, size Size) ([]string, error) {
	pages, err := stickers([]Shipping{d}, size, 203)
	if err != nil {
		return nil, err
	}
	return crowded(pages[0]), nil
}
