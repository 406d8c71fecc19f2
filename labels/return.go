package labels

import (
	"fmt"
	"strconv"
)

// Return is the label that a customer sticks on what comes back: the returns desk large, the code that says
// which return it is as bars and square, and what the desk wants to know, to tick.
type Return struct {
	Sender   Address        `json:"sender"`   // the customer
	Receiver Address        `json:"receiver"` // the returns desk
	Code     string         `json:"code"`     // of the return: what the desk scans
	Order    string         `json:"order,omitempty"`
	Carrier  string         `json:"carrier,omitempty"`
	Service  string         `json:"service,omitempty"`
	Tracking string         `json:"tracking,omitempty"`
	Until    string         `json:"until,omitempty"` // the last day it may come, in words
	Reasons  []ReturnReason `json:"reasons,omitempty"`
	Note     string         `json:"note,omitempty"` // to the customer, such as where to hand it in
}

// ReturnReason is one line to tick.
type ReturnReason struct {
	Code string `json:"code,omitempty"`
	Text string `json:"text"`
}

// maxReasons is how many lines a label has room for.
const maxReasons = 12

// PDF is one label on one page.
func (d Return) PDF(size Size, dpi int) ([]byte, error) {
	return pdfOf("Return labels", []Return{d}, size, dpi)
}

// ZPL is one label for a thermal printer.
func (d Return) ZPL(size Size, dpi int) ([]byte, error) { return zplOf([]Return{d}, size, dpi) }

func (d Return) usual() area { return namedSizes["a6"] }

// Heights of the strips of a return label.
const (
	returnHead    = 12 * mm
	returnSender  = 17 * mm
	returnBars    = 25 * mm
	returnReason  = 4600
	returnLeastTo = 28 * mm
	returnNote    = 8 * mm
)

func (d Return) draw(p *page, a area) {
	if a.w < shippingLeastW || a.h < shippingLeastH {
		p.fail(fmt.Errorf("labels: a return label needs %d x %d mm, not %d x %d", shippingLeastW/mm, shippingLeastH/mm, a.w/mm, a.h/mm))
		return
	}
	d.check(p)
	a = a.inset(shippingMargin)
	p.frame(a, ruleThick)
	head, rest := a.top(returnHead)
	d.drawHead(p, head)
	if d.Note != "" {
		var note area
		note, rest = rest.bottom(returnNote)
		p.hline(note.x, note.y, note.w, ruleThick)
		p.text("note", d.Note, note.pad(2*mm, 700, 2*mm, 700), style{size: pt(9), floor: pt(5), valign: atMiddle, lines: 3})
	}
	if rows := um(len(d.Reasons)+1) / 2; rows > 0 {
		var reasons area
		reasons, rest = rest.bottom(4*mm + rows*returnReason)
		d.drawReasons(p, reasons)
	}
	if d.Tracking != "" {
		var tracking area
		tracking, rest = rest.bottom(returnBars)
		p.coded("TRACKING", "tracking", d.Tracking, tracking)
	}
	code, rest := rest.bottom(returnBars)
	p.coded("RETURN", "code", d.Code, code)
	sender, rest := rest.bottom(returnSender)
	d.drawSender(p, sender)
	if rest.h < returnLeastTo {
		p.fail(fmt.Errorf("labels: a return label of %d x %d mm has no room for %d reasons: take fewer, or larger paper", p.w/mm, p.h/mm, len(d.Reasons)))
		return
	}
	d.drawReceiver(p, rest)
}

func (d Return) check(p *page) {
	p.need("code", d.Code)
	p.need("receiver.name", d.Receiver.Name+d.Receiver.Company)
	p.need("receiver.city", d.Receiver.City+d.Receiver.Postcode)
	p.need("receiver.country", d.Receiver.Country)
	p.between("reasons", len(d.Reasons), 0, maxReasons)
	for i, r := range d.Reasons {
		p.need("reasons["+strconv.Itoa(i)+"].text", r.Text)
	}
}

func (d Return) drawHead(p *page, a area) {
	p.fill(a, black)
	word, who := a.pad(2*mm, 0, 2*mm, 0).left(a.w * 45 / 100)
	p.text("", "RETURN", word, style{size: pt(24), floor: pt(12), bold: true, ink: white, valign: atMiddle})
	p.text("carrier", spaced(d.Carrier, d.Service), who, style{size: pt(13), floor: pt(6), ink: white, align: right, valign: atMiddle, lines: 2})
}

func (d Return) drawReceiver(p *page, a area) {
	square, text := a.right(min(30*mm, a.h))
	square, _ = square.top(square.w)
	p.square("code", d.Code, square.inset(500))
	caption, text := text.pad(2*mm, 1500, 0, 1500).top(3 * mm)
	p.caption("TO", caption)
	p.block(d.Receiver.paragraphs("receiver", d.Sender.Country), text, style{size: pt(19), floor: pt(7), lines: 10})
}

func (d Return) drawSender(p *page, a area) {
	p.hline(a.x, a.y, a.w, ruleThick)
	facts, from := a.right(a.w * 40 / 100)
	p.vline(facts.x, a.y, a.h, ruleThick)
	caption, lines := from.pad(2*mm, 1200, mm, 500).top(2600)
	p.caption("FROM", caption)
	p.block(d.Sender.paragraphs("sender", d.Receiver.Country), lines, style{size: pt(8), floor: pt(5), lines: 8})
	order, until := facts.top(a.h / 2)
	p.fact("ORDER", "order", d.Order, order)
	if d.Until != "" {
		p.hline(until.x, until.y, until.w, ruleThick/2)
		p.fact("SEND BY", "until", d.Until, until)
	}
}

// coded is a strip with bars and the code under them.
func (p *page) coded(word, field, code string, a area) {
	p.hline(a.x, a.y, a.w, ruleThick)
	human, bars := a.pad(2*mm, 1500, 2*mm, 1000).bottom(5 * mm)
	p.bars(field, code128Bars, code, bars.pad(0, 0, 0, 500), moduleUsual)
	caption, _ := human.left(20 * mm)
	p.text("", word, caption, style{size: pt(6), valign: atBottom})
	p.text(field, grouped(code), human.pad(20*mm, 0, 20*mm, 0), style{size: pt(13), floor: pt(7), bold: true, align: centre, valign: atBottom})
}

// drawReasons are boxes to tick, two beside each other.
func (d Return) drawReasons(p *page, a area) {
	p.hline(a.x, a.y, a.w, ruleThick)
	caption, rest := a.pad(2*mm, 800, 2*mm, 0).top(2600)
	p.caption("WHY IT COMES BACK", caption)
	for i, r := range d.Reasons {
		at := area{rest.x + um(i%2)*rest.w/2, rest.y + um(i/2)*returnReason, rest.w / 2, returnReason}
		box, text := at.left(returnReason)
		p.frame(area{box.x + 300, box.y + (box.h-3000)/2, 3000, 3000}, 250)
		p.text("reasons["+strconv.Itoa(i)+"].text", spaced(r.Code, r.Text), text.pad(300, 0, mm, 0), style{size: pt(9), floor: pt(5), valign: atMiddle, lines: 2})
	}
}

func exampleReturn() Return {
	s := exampleShipping()
	desk := s.Sender
	desk.Lines = append([]string{"Returns desk"}, desk.Lines...)
	return Return{Sender: s.Receiver, Receiver: desk, Code: "R-000042-K", Order: s.Order, Carrier: s.Carrier, Service: "Parcel Return", Until: "23 Dec 2026",
		Reasons: []ReturnReason{{"1", "Damaged on the way"}, {"2", "Wrong article"}, {"3", "Does not fit"}, {"4", "Not as described"}, {"5", "Too late"}, {"6", "Changed my mind"}},
		Note:    "Stick this label over the old one, and hand the parcel in at any post office."}
}
