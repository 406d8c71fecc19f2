package labels

import "strings"

// ticket is the picture that bins and totes share: a name to read from the aisle, bars to scan, and a square
// beside them where there is room, for phones.
type ticket struct {
	title, corner, code, human string
}

// squareFrom is the width from which a label has room for a square beside its bars.
const squareFrom = 90 * mm

// narrowTicket is the width up to which the zone does not fit beside the code.
const narrowTicket = 42 * mm

// lowTicket is the height up to which the name needs all the room, and the zone stands beside the code.
const lowTicket = 38 * mm

func (t ticket) draw(p *page, a area) {
	p.need("scan", t.code)
	a = a.inset(cutSafe(a))
	square, a, barsFit := p.besideBars(code128Bars, t.code, a, min(a.h*80/100, 32*mm), a.w >= squareFrom)
	if square.w > 0 {
		p.square("scan", t.code, square)
	}
	human, rest := a.bottom(a.h * 15 / 100)
	if barsFit {
		var bars area
		bars, rest = rest.bottom(a.h * 38 / 100)
		p.bars("scan", code128Bars, t.code, bars, moduleUsual)
	}
	if t.corner != "" && a.h < lowTicket {
		var corner area
		if a.w < narrowTicket { // the one above the other
			corner, rest = rest.bottom(a.h * 12 / 100)
		} else {
			corner, human = human.right(human.w / 2)
		}
		p.text("zone", t.corner, corner.pad(1500, 700, 0, 0), style{size: pt(10), floor: pt(4), align: right, valign: atBottom})
	}
	p.text("scan", t.human, human.pad(0, 700, 0, 0), style{size: pt(10), floor: pt(5), align: centre, valign: atBottom})
	if t.corner != "" && a.h >= lowTicket {
		var corner area
		corner, rest = rest.top(rest.h * 22 / 100)
		p.text("zone", t.corner, corner.pad(mm, 0, mm, 0), style{size: pt(12), floor: pt(5), align: centre, lines: 2})
	}
	set := style{size: pt(72), floor: pt(9), bold: true, align: centre, valign: atMiddle, lines: 2}
	if tails(t.title, set.size) > 0 {
		set.valign = atBottom // which keeps tails out of the bars
	}
	p.text("code", t.title, rest.pad(mm, 0, mm, 500), set)
}

// cutSafe is left white around a label: scissors and dies miss by a millimetre.
func cutSafe(a area) um { return max(1500, min(2500, a.h*5/100)) }

// stem is a printed code without its check character, which is for scanners.
func stem(code string) string {
	if i := strings.LastIndexByte(code, '-'); i > 0 {
		return code[:i]
	}
	return code
}
