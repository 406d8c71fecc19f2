package labels

import "strings"

// Badge is a worker's card. Code signs the worker in, so it is printed for scanners only: no figures under
// the bars that a photo of the card would give away to a keyboard.
type Badge struct {
	Name   string   `json:"name"`
	Worker string   `json:"worker"`
	Code   string   `json:"code"`
	Roles  []string `json:"roles,omitempty"`
	Site   string   `json:"site,omitempty"`
}

// PDF is one badge; on a sheet it is the first of many.
func (d Badge) PDF(size Size, dpi int) ([]byte, error) { return Badges([]Badge{d}, size, dpi) }

// ZPL is one badge for a thermal printer.
func (d Badge) ZPL(size Size, dpi int) ([]byte, error) { return zplOf([]Badge{d}, size, dpi) }

// Badges is a batch: one a page on a roll, many on a sheet.
func Badges(list []Badge, size Size, dpi int) ([]byte, error) {
	return pdfOf("Badges", list, size, dpi)
}

func (d Badge) usual() area { return area{w: 86 * mm, h: 54 * mm} }

// badgeBarsFrom is the width from which a badge has room for bars under its square.
const badgeBarsFrom = 74 * mm

func (d Badge) draw(p *page, a area) {
	p.need("name", d.Name)
	p.need("code", d.Code)
	a = a.inset(min(2500, a.h*5/100))
	head, rest := a.top(a.h * 16 / 100)
	p.fill(head, black)
	worker, site := head.pad(2*mm, 0, 2*mm, 0).right(head.w * 28 / 100)
	p.text("site", d.Site, site.pad(0, 0, mm, 0), style{size: pt(11), floor: pt(5), ink: white, bold: true, valign: atMiddle, lines: 2})
	p.text("worker", d.Worker, worker, style{size: pt(9), floor: pt(5), ink: white, align: right, valign: atMiddle})
	if rest.w >= badgeBarsFrom && rest.h >= 35*mm {
		var bars area
		bars, rest = rest.bottom(rest.h * 30 / 100)
		p.bars("code", code128Bars, d.Code, bars, moduleUsual)
	}
	side := min(rest.h, rest.w*45/100)
	square, text := rest.pad(0, mm, 0, mm).right(side)
	p.square("code", d.Code, square)
	roles, name := text.pad(2*mm, 1500, mm, mm).bottom(rest.h * 28 / 100)
	p.text("name", d.Name, name, style{size: pt(22), floor: pt(7), bold: true, valign: atMiddle, lines: 3})
	p.text("roles", strings.Join(d.Roles, ", "), roles, style{size: pt(11), floor: pt(5), valign: atBottom, lines: 3})
}

func exampleBadge() Badge {
	return Badge{Name: "Mia Keller", Worker: "U-0003-V", Code: "UJ4X7Q2MPLK3ZTR5V-A",
		Roles: []string{"picker", "packer"}, Site: "Floorline Demo Warehouse"}
}
