package labels

import "strconv"

// Trial is the label that tries a printer: a rule to lay a real one against, a frame at the very edge of the
// paper, and symbols to scan. A rule that is too short says that somebody scales; a frame that lacks a side,
// that the paper is another.
type Trial struct {
	Printer string `json:"printer"`
	Address string `json:"address"`
	Job     string `json:"job"`
}

// PDF is one trial on one page.
func (d Trial) PDF(size Size, dpi int) ([]byte, error) {
	return pdfOf("Printer trial", []Trial{d}, size, dpi)
}

// ZPL is one trial for a thermal printer.
func (d Trial) ZPL(size Size, dpi int) ([]byte, error) { return zplOf([]Trial{d}, size, dpi) }

func (d Trial) usual() area { return area{w: 210 * mm, h: 297 * mm} }

func (d Trial) draw(p *page, a area) {
	p.need("job", d.Job)
	edge := um(1500)
	if a.w >= 148*mm { // office printers leave their border white
		edge = unprintable + 1500
	}
	a = a.inset(edge)
	p.frame(a, ruleThick)
	a = a.inset(min(4*mm, a.h*6/100))
	head, rest := a.top(min(12*mm, a.h*24/100))
	p.text("printer", d.Printer, head, style{size: pt(24), floor: pt(6), bold: true, lines: 2, valign: atMiddle})
	line, rest := rest.top(min(5*mm, rest.h*14/100))
	p.text("address", d.Address, line, style{size: pt(9), floor: pt(4), lines: 2})
	rule, rest := rest.top(min(9*mm, rest.h*30/100))
	p.rule(rule)
	bars, _ := rest.top(min(30*mm, rest.h))
	human, bars := bars.bottom(min(5*mm, bars.h*25/100))
	p.bars("job", code128Bars, d.Job, bars.pad(0, mm, 0, 700), moduleUsual)
	p.text("job", d.Job, human, style{size: pt(11), floor: pt(4), align: centre, valign: atBottom})
}

// rule is a ruler in centimetres.
func (p *page) rule(a area) {
	y := a.y + a.h/2
	whole := a.w / (10 * mm)
	p.hline(a.x, y, whole*10*mm, ruleThick/2)
	for n := um(0); n <= whole*10; n++ {
		h := a.h / 8
		if n%10 == 0 {
			h = a.h / 3
		} else if n%5 == 0 {
			h = a.h / 5
		}
		p.fill(area{a.x + n*mm - 75, y - h, 150, h}, black)
	}
	for n := um(1); n*10*mm+3*mm <= a.w; n++ {
		p.text("", strconv.Itoa(int(n)), area{a.x + n*10*mm - 3*mm, y + 700, 6 * mm, a.h/2 - 700}, style{size: pt(7), floor: pt(4), align: centre})
	}
}
