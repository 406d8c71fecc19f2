package labels

import (
	"fmt"
	"strconv"
)

// Bin is the label of a place: Code is what people call it, Scan is what the label says to a scanner.
type Bin struct {
	Code string `json:"code"`
	Scan string `json:"scan"`
	Zone string `json:"zone,omitempty"`

	Level  int    `json:"level,omitempty"`  // of the shelf, in a band of its colour, where the label has room
	Arrow  string `json:"arrow,omitempty"`  // up, down, left or right: where the bin is, seen from the label; in the band
	Colour string `json:"colour,omitempty"` // of the band: red, blue, green, orange, violet or black; else the level's own
}

// PDF is one bin label; on a sheet it is the first of many.
func (d Bin) PDF(size Size, dpi int) ([]byte, error) { return Bins([]Bin{d}, size, dpi) }

// ZPL is one bin label for a thermal printer.
func (d Bin) ZPL(size Size, dpi int) ([]byte, error) { return zplOf([]Bin{d}, size, dpi) }

// Bins is a batch: one a page on a roll, many on a sheet.
func Bins(list []Bin, size Size, dpi int) ([]byte, error) {
	return pdfOf("Bin labels", list, size, dpi)
}

func (d Bin) usual() area { return area{w: 70 * mm, h: 37 * mm} }

func (d Bin) draw(p *page, a area) {
	p.need("code", d.Code)
	edge := cutSafe(a)
	if rest := a.inset(edge); d.hasBand(rest) {
		band, rest := rest.left(min(rest.h*36/100, rest.w/8))
		d.drawBand(p, band)
		a = rest.inset(-edge).pad(edge/2, 0, 0, 0)
	}
	ticket{title: d.Code, corner: d.Zone, code: d.Scan, human: d.Scan}.draw(p, a)
}

// bandFrom is the width from which a band has room beside a code that is read from three metres and bars with a square
// that outlive a pale print.
const bandFrom = 75 * mm

func (d Bin) hasBand(a area) bool {
	if d.Arrow == "" && d.Colour == "" && d.Level == 0 || a.w < bandFrom {
		return false
	}
	s, err := encode("scan", code128Bars, d.Scan)
	return err != nil || um(s.modules()+s.quiet+s.quietLast)*moduleFloor*11/10 < a.w*7/8
}

// levelColours tell shelves apart from afar; a sixth level has the first one's again.
var levelColours = []ink{blue, red, green, orange, violet}

var bandColours = map[string]ink{"red": red, "blue": blue, "green": green, "orange": orange, "violet": violet, "black": black}

func (d Bin) drawBand(p *page, a area) {
	colour := black
	if d.Level > 0 {
		colour = levelColours[(d.Level-1)%len(levelColours)]
	}
	if d.Colour != "" {
		named, known := bandColours[d.Colour]
		if !known {
			p.fail(fmt.Errorf("labels: colour is red, blue, green, orange, violet or black, not %q", d.Colour))
		}
		colour = named
	}
	p.fill(a, colour)
	digit := a
	if d.Arrow != "" {
		var at area
		at, digit = a.top(a.h / 2)
		if d.Level == 0 {
			at = a
		}
		p.arrow(d.Arrow, at.inset(a.w/6))
	}
	if d.Level != 0 {
		p.text("level", strconv.Itoa(d.Level), digit.inset(a.w/10), style{size: min(pt(60), a.w*12/10/um(len(strconv.Itoa(d.Level)))), floor: pt(6), bold: true, ink: white, align: centre, valign: atMiddle})
	}
}

// arrow points somewhere, white on a band.
func (p *page) arrow(to string, a area) {
	turned := map[string]func(q vertex) vertex{
		"up": func(q vertex) vertex { return q }, "down": func(q vertex) vertex { return vertex{q.x, 1000 - q.y} },
		"left": func(q vertex) vertex { return vertex{q.y, q.x} }, "right": func(q vertex) vertex { return vertex{1000 - q.y, q.x} }}[to]
	if turned == nil {
		p.fail(fmt.Errorf("labels: arrow is up, down, left or right, not %q", to))
		return
	}
	outline := []vertex{{500, 0}, {950, 480}, {660, 480}, {660, 1000}, {340, 1000}, {340, 480}, {50, 480}}
	for i, q := range outline {
		outline[i] = turned(q)
	}
	p.shape(white, fitted([][]vertex{outline}, area{w: 1000, h: 1000}, a)...)
}

func exampleBin() Bin {
	return Bin{Code: "A-01-03", Scan: "B-A-01-03-X", Zone: "Picking, aisle A", Level: 2, Arrow: "up"}
}
