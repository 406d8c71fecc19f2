package labels

import (
	"fmt"
	"regexp"
)

// Hazard is a mark of dangerous goods for the outside of a package. Its sizes are the law's: a mark that its
// paper cannot hold in the least size allowed is refused, and the reduced sizes are only for packages that are
// too small for the full one, which whoever asks must say.
//
// The numbers are those of ADR 2025; IMDG (5.2.1.10, 3.4.5, 3.5.4) and the IATA DGR (7.1.5) ask for the same.
type Hazard struct {
	Mark         string   `json:"mark"`                    // battery, limited_quantity, limited_quantity_air, excepted_quantity or orientation
	UN           []string `json:"un,omitempty"`            // of a battery mark: four digits each, with or without UN before them
	Phone        string   `json:"phone,omitempty"`         // of a battery mark; no longer asked for since 2023
	Class        string   `json:"class,omitempty"`         // of an excepted quantity mark: the class, or all of them
	Name         string   `json:"name,omitempty"`          // of an excepted quantity mark: consignor or consignee, where the package does not say so elsewhere
	SmallPackage bool     `json:"small_package,omitempty"` // the package has no face for the full size
	Edge         string   `json:"edge,omitempty"`          // preprinted: the roll carries the red hatching already
}

// The marks.
const (
	MarkBattery            = "battery"
	MarkLimitedQuantity    = "limited_quantity"
	MarkLimitedQuantityAir = "limited_quantity_air"
	MarkExceptedQuantity   = "excepted_quantity"
	MarkOrientation        = "orientation"
)

// PDF is one mark on one page, its hatching in red.
func (d Hazard) PDF(size Size, dpi int) ([]byte, error) { return Hazards([]Hazard{d}, size, dpi) }

// ZPL is one mark for a thermal printer, which has no red: for the battery mark use a roll with a red edge and
// say so (ADR 5.2.1.9.2: "the hatching shall be red"), or have the carrier agree to black.
func (d Hazard) ZPL(size Size, dpi int) ([]byte, error) { return zplOf([]Hazard{d}, size, dpi) }

// Hazards is a batch: a mark a page.
func Hazards(list []Hazard, size Size, dpi int) ([]byte, error) {
	return pdfOf("Marks of dangerous goods", list, size, dpi)
}

// HazardsZPL is a batch for a thermal printer.
func HazardsZPL(list []Hazard, size Size, dpi int) ([]byte, error) { return zplOf(list, size, dpi) }

func (d Hazard) usual() area { return namedSizes["a6"] }

func (d Hazard) draw(p *page, a area) {
	if d.Edge != "" && d.Edge != "preprinted" {
		p.fail(fmt.Errorf("labels: edge is preprinted or nothing, not %q", d.Edge))
	}
	switch d.Mark {
	case MarkBattery:
		d.drawBattery(p, a)
	case MarkLimitedQuantity, MarkLimitedQuantityAir:
		d.drawLimited(p, a)
	case MarkExceptedQuantity:
		d.drawExcepted(p, a)
	case MarkOrientation:
		d.drawArrows(p, a)
	default:
		p.fail(fmt.Errorf("labels: mark is %s, %s, %s, %s or %s, not %q", MarkBattery, MarkLimitedQuantity,
			MarkLimitedQuantityAir, MarkExceptedQuantity, MarkOrientation, d.Mark))
	}
}

// ruled is the place of a mark in the middle of an area: the full size, or where the package is small, the
// largest from the least size on that the paper holds.
func (d Hazard) ruled(p *page, a, full, least area) (area, bool) {
	want := full
	if d.SmallPackage {
		want = area{w: min(full.w, max(a.w, least.w)), h: min(full.h, max(a.h, least.h))}
	}
	if want.w > a.w || want.h > a.h {
		hint := ""
		if !d.SmallPackage && (full.w > least.w || full.h > least.h) {
			hint = fmt.Sprintf("; only a package too small for it may have it reduced, to no less than %d x %d mm of paper (small_package)", (least.w+999)/mm, (least.h+999)/mm)
		}
		p.fail(fmt.Errorf("labels: the mark %s needs %d x %d mm of paper, not %d x %d%s",
			d.Mark, (want.w+999)/mm, (want.h+999)/mm, a.w/mm, a.h/mm, hint))
		return area{}, false
	}
	return area{a.x + (a.w-want.w)/2, a.y + (a.h-want.h)/2, want.w, want.h}, true
}

// The battery mark (ADR 5.2.1.9.2): 100 x 100 mm at least, 100 x 70 on a small package, its hatched edge 5 mm
// wide at least; the UN number 12 mm high (IATA DGR 7.1.5.5).
const (
	batteryWide     = 100 * mm
	batteryTall     = 100 * mm
	batteryLeast    = 70 * mm
	batteryEdge     = 6 * mm
	batteryUNHeight = 12 * mm
)

// batteryUN are the cells and batteries that the mark is for: lithium, and since 2025 sodium.
var batteryUN = map[string]bool{"3090": true, "3091": true, "3480": true, "3481": true, "3551": true, "3552": true}

var unNumber = regexp.MustCompile(`^(?:UN ?)?([0-9]{4})$`)

func (d Hazard) drawBattery(p *page, a area) {
	p.between("un", len(d.UN), 1, 2)
	var numbers []string
	for _, s := range d.UN {
		m := unNumber.FindStringSubmatch(s)
		if m == nil || !batteryUN[m[1]] {
			p.fail(fmt.Errorf("labels: un of a battery mark is UN 3090, 3091, 3480, 3481, 3551 or 3552, not %q", s))
			continue
		}
		numbers = append(numbers, "UN "+m[1])
	}
	mark, ok := d.ruled(p, a, area{w: batteryWide, h: batteryTall}, area{w: batteryWide, h: batteryLeast})
	if !ok {
		return
	}
	inner := mark.inset(batteryEdge)
	if d.Edge == "" {
		p.hatched(mark, inner, red)
	}
	rest := inner.inset(1500)
	if d.Phone != "" {
		var phone area
		phone, rest = rest.bottom(min(8*mm, rest.h/8))
		p.text("phone", d.Phone, phone, style{size: pt(16), floor: pt(8), align: centre, valign: atMiddle})
	}
	for i := len(numbers) - 1; i >= 0; i-- {
		var strip area
		strip, rest = rest.bottom(batteryUNHeight + 1500)
		p.lettering("un", numbers[i], strip, batteryUNHeight)
	}
	p.batteries(rest.pad(0, 0, 0, 1500))
}

// hatched fills the border between two areas with diagonal stripes.
func (p *page) hatched(outer, inner area, i ink) {
	const pitch, stripe = 8 * mm, 4 * mm
	for from := -stripe / 2; from < outer.w+outer.h; from += pitch {
		p.shape(i, diagonal(outer, from, from+stripe))
	}
	p.shape(white, corners(inner))
}

// diagonal is the part of an area whose distances from its left and upper edge add up to from..to.
func diagonal(a area, from, to um) []vertex {
	from, to = max(from, 0), min(to, a.w+a.h)
	above := func(sum um) vertex { x := min(sum, a.w); return vertex{a.x + x, a.y + sum - x} }
	below := func(sum um) vertex { y := min(sum, a.h); return vertex{a.x + sum - y, a.y + y} }
	out := []vertex{above(from)}
	if from < a.w && a.w < to {
		out = append(out, vertex{a.x + a.w, a.y})
	}
	out = append(out, above(to), below(to))
	if from < a.h && a.h < to {
		out = append(out, vertex{a.x, a.y + a.h})
	}
	return append(out, below(from))
}

// The mark of limited quantities (ADR 3.4.7.1): a square set on its corner, its sides 100 mm at least, its line
// 2 mm; on a small package 50 mm and 1 mm (3.4.7.1, last sentence). With a Y for carriage by air (3.4.8.1).
const (
	limitedSide  = 100 * mm
	limitedLeast = 50 * mm
)

// acrossSquare is the diagonal of a square, rounded up.
func acrossSquare(side um) um { return (side*14143 + 9999) / 10000 }

func (d Hazard) drawLimited(p *page, a area) {
	full, least := acrossSquare(limitedSide), acrossSquare(limitedLeast)
	side := full
	if d.SmallPackage {
		side = min(full, max(least, min(a.w, a.h)))
	}
	mark, ok := d.ruled(p, a, area{w: side, h: side}, area{w: least, h: least})
	if !ok {
		return
	}
	r := mark.w / 2
	c := vertex{mark.x + r, mark.y + r}
	line := r * 36 / 1000 // 2.5 mm of a 100 mm square
	p.shape(black, onPoint(c, r))
	p.shape(white, onPoint(c, r-acrossSquare(line)))
	reach := r * 42 / 100 // half of the white band
	p.shape(black, []vertex{{c.x, c.y - r}, {c.x + r - reach, c.y - reach}, {c.x - r + reach, c.y - reach}})
	p.shape(black, []vertex{{c.x, c.y + r}, {c.x + r - reach, c.y + reach}, {c.x - r + reach, c.y + reach}})
	if d.Mark == MarkLimitedQuantityAir {
		p.lettering("mark", "Y", area{c.x - r/2, c.y - reach, r, 2 * reach}, reach*125/100)
	}
}

// onPoint is a square standing on its corner.
func onPoint(c vertex, r um) []vertex {
	return []vertex{{c.x, c.y - r}, {c.x + r, c.y}, {c.x, c.y + r}, {c.x - r, c.y}}
}

// The mark of excepted quantities (ADR 3.5.4.2): 100 x 100 mm at least, hatching and symbol in one colour.
const exceptedSide = 100 * mm

func (d Hazard) drawExcepted(p *page, a area) {
	p.need("class", d.Class)
	whole := area{w: exceptedSide, h: exceptedSide}
	mark, ok := d.ruled(p, a, whole, whole)
	if !ok {
		return
	}
	inner := mark.inset(batteryEdge)
	p.hatched(mark, inner, black)
	rest := inner.inset(3 * mm)
	name, rest := rest.bottom(10 * mm)
	class, symbol := rest.bottom(14 * mm)
	p.text("name", d.Name, name, style{size: pt(14), floor: pt(7), align: centre, valign: atMiddle, lines: 2})
	p.text("class", d.Class, class, style{size: pt(30), floor: pt(12), bold: true, align: centre, valign: atMiddle})
	p.inCircle("E", symbol)
}

// Orientation arrows (ADR 5.2.1.10.1, after ISO 780): on two opposite sides, as large as the package allows.
func (d Hazard) drawArrows(p *page, a area) {
	a = a.inset(min(a.w, a.h) / 20)
	const left, wide um = 60, 360
	arrow := func(x um) []vertex {
		return []vertex{{x + wide/2, 60}, {x + wide, 420}, {x + wide*68/100, 420}, {x + wide*68/100, 980},
			{x + wide*32/100, 980}, {x + wide*32/100, 420}, {x, 420}}
	}
	bar := corners(area{left, 1080, 1000 - 2*left, 110})
	p.shape(black, fitted([][]vertex{arrow(left), arrow(1000 - left - wide), bar}, area{w: 1000, h: 1250}, a)...)
}

func exampleHazard() Hazard {
	return Hazard{Mark: MarkBattery, UN: []string{"UN3481"}}
}
