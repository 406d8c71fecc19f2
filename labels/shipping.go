package labels

import (
	"fmt"
	"strconv"
)

// Shipping is the label of a parcel. Dispatch is a date as text, in the words of the sender's country.
type Shipping struct {
	Sender   Address `json:"sender"`
	Receiver Address `json:"receiver"`
	Carrier  string  `json:"carrier"`
	Service  string  `json:"service"`
	Order    string  `json:"order"`
	Parcel   int     `json:"parcel"`
	Parcels  int     `json:"parcels"`
	WeightG  int     `json:"weight_g"`
	Tracking string  `json:"tracking"`
	SSCC     string  `json:"sscc,omitempty"`
	Dispatch string  `json:"dispatch,omitempty"`
}

// PDF is one label on one page. Errors name every field at fault.
func (d Shipping) PDF(size Size, dpi int) ([]byte, error) {
	return Shippings([]Shipping{d}, size, dpi)
}

// ZPL is one label for a thermal printer.
func (d Shipping) ZPL(size Size, dpi int) ([]byte, error) {
	return zplOf([]Shipping{d}, size, dpi)
}

// Shippings is a batch: a page each in one document, so that the fonts are cut and embedded once.
func Shippings(list []Shipping, size Size, dpi int) ([]byte, error) {
	return pdfOf("Shipping labels", list, size, dpi)
}

func (d Shipping) usual() area { return namedSizes["a6"] }

// Heights of the strips, from the carrier's bar down to the SSCC at the foot; the receiver gets the rest.
const (
	shippingMargin    = 2500
	headStrip         = 17 * mm
	routingStrip      = 17 * mm
	trackingStrip     = 30 * mm
	ssccStrip         = 42 * mm
	ssccBars          = 31750 // GS1 General Specifications, symbol specification table 5
	ruleThick      um = 350
)

// The least paper that holds an SSCC in full size and an address that people can read.
const (
	shippingLeastW = 97 * mm
	shippingLeastH = 140 * mm
)

func (d Shipping) draw(p *page, a area) {
	if a.w < shippingLeastW || a.h < shippingLeastH {
		p.fail(fmt.Errorf("labels: a shipping label needs %d x %d mm, not %d x %d", shippingLeastW/mm, shippingLeastH/mm, a.w/mm, a.h/mm))
		return
	}
	d.check(p)
	p.home("sender", d.Sender.Country)
	p.home("receiver", d.Receiver.Country)
	a = a.inset(shippingMargin)
	p.frame(a, ruleThick)
	head, rest := a.top(headStrip)
	d.drawHead(p, head)
	foot := um(0)
	if d.SSCC != "" {
		var strip area
		strip, rest = rest.bottom(ssccStrip)
		d.drawSSCC(p, strip)
		foot = ssccStrip
	}
	// Without an SSCC the tracking number takes half of its room.
	strip, rest := rest.bottom(trackingStrip + (ssccStrip-foot)/2)
	d.drawTracking(p, strip)
	routing, rest := rest.bottom(routingStrip)
	d.drawRouting(p, routing)
	d.drawReceiver(p, rest)
}

func (d Shipping) check(p *page) {
	p.need("tracking", d.Tracking)
	p.need("receiver.name", d.Receiver.Name+d.Receiver.Company)
	p.need("receiver.city", d.Receiver.City+d.Receiver.Postcode)
	p.need("receiver.country", d.Receiver.Country)
	p.atLeast("parcel", d.Parcel, 1)
	p.atLeast("parcels", d.Parcels, d.Parcel)
	p.atLeast("weight_g", d.WeightG, 0)
	if n := len(d.Receiver.Lines); n > maxAddressLines {
		p.fail(fmt.Errorf("labels: receiver.lines has %d lines, at most %d", n, maxAddressLines))
	}
	if d.SSCC != "" && !validSSCC(d.SSCC) {
		p.fail(fmt.Errorf("labels: sscc is not 18 digits with a right check digit: %q", d.SSCC))
	}
}

func (d Shipping) drawHead(p *page, a area) {
	plate, sender := a.right(a.w * 46 / 100)
	p.fill(plate, black)
	plate = plate.pad(2*mm, 2*mm, 2*mm, 2*mm)
	name, service := plate.top(plate.h * 58 / 100)
	p.text("carrier", d.Carrier, name, style{size: pt(20), floor: pt(8), bold: true, ink: white, lines: 2})
	p.text("service", d.Service, service, style{size: pt(11), floor: pt(5), ink: white, valign: atBottom, lines: 2})
	sender = sender.pad(2*mm, 1500, 1500, 1*mm)
	caption, lines := sender.top(2600)
	p.caption("FROM", caption)
	home := d.Receiver.Country
	p.block(d.Sender.paragraphs("sender", home), lines, style{size: pt(8), floor: pt(5), lines: 8})
}

func (d Shipping) drawReceiver(p *page, a area) {
	p.hline(a.x, a.y, a.w, ruleThick)
	qr, text := a.right(24 * mm)
	square, _ := qr.top(min(24*mm, a.h))
	p.square("tracking", d.Tracking, square.pad(0, 500, 500, 0))
	text = text.pad(2*mm, 1500, 0, 1500)
	caption, text := text.top(3 * mm)
	p.caption("TO", caption)
	phone, address := text.bottom(3200)
	if d.Receiver.Phone == "" {
		phone, address = area{}, text
	} else {
		p.text("receiver.phone", "Tel. "+d.Receiver.Phone, phone, style{size: pt(8), floor: pt(6), valign: atBottom})
	}
	p.block(d.Receiver.paragraphs("receiver", d.Sender.Country), address,
		style{size: pt(15), floor: pt(7), lines: 12})
}

// drawRouting is the strip that people sort by, and the facts of the parcel beside it.
func (d Shipping) drawRouting(p *page, a area) {
	p.hline(a.x, a.y, a.w, ruleThick)
	facts, route := a.right(a.w * 46 / 100)
	p.vline(facts.x, a.y, a.h, ruleThick)
	code, post := route.pad(2*mm, 0, 2*mm, 0).left(15 * mm)
	p.text("receiver.country", d.Receiver.Country, code, style{size: pt(24), floor: pt(10), valign: atMiddle})
	p.text("receiver.postcode", d.Receiver.routing(), post,
		style{size: pt(38), floor: pt(7), bold: true, valign: atMiddle, align: centre, lines: 3})
	upper, lower := facts.top(a.h / 2)
	p.hline(lower.x, lower.y, lower.w, ruleThick/2)
	half := facts.w * 42 / 100
	p.vline(facts.x+half, facts.y, facts.h, ruleThick/2)
	parcel, order := upper.left(half)
	weight, date := lower.left(half)
	p.fact("PARCEL", "parcel", strconv.Itoa(d.Parcel)+" / "+strconv.Itoa(d.Parcels), parcel)
	p.fact("ORDER", "order", d.Order, order)
	p.fact("WEIGHT", "weight_g", kilos(d.WeightG), weight)
	p.fact("DISPATCH", "dispatch", d.Dispatch, date)
}

func (d Shipping) drawTracking(p *page, a area) {
	p.hline(a.x, a.y, a.w, ruleThick)
	human, bars := a.pad(2*mm, 2*mm, 2*mm, 1500).bottom(5500)
	p.bars("tracking", code128Bars, d.Tracking, bars.pad(0, 0, 0, 1*mm), moduleUsual)
	caption, _ := human.left(20 * mm)
	p.text("", "TRACKING", caption, style{size: pt(6), valign: atBottom})
	p.text("tracking", grouped(d.Tracking), human,
		style{size: pt(15), floor: pt(7), bold: true, align: centre, valign: atBottom})
}

func (d Shipping) drawSSCC(p *page, a area) {
	p.hline(a.x, a.y, a.w, ruleThick)
	bars, human := a.pad(1*mm, 2500, 1*mm, 1500).top(ssccBars)
	p.bars("sscc", gs1Bars, "00"+d.SSCC, bars, moduleConvey)
	human = human.pad(1*mm, 1*mm, 1*mm, 0)
	caption, _ := human.left(20 * mm)
	p.text("", "SSCC", caption, style{size: pt(6), valign: atBottom})
	p.text("sscc", "(00) "+d.SSCC, human, style{size: pt(14), floor: pt(7), align: centre, valign: atBottom})
}

// caption is the small word that says what stands below it.
func (p *page) caption(word string, a area) {
	p.text("", word, a, style{size: pt(6), floor: pt(5)})
}

// fact is a small caption over a value.
func (p *page) fact(word, field, value string, a area) {
	a = a.pad(1500, 1200, 1000, 600)
	caption, rest := a.top(2300)
	p.caption(word, caption)
	p.text(field, value, rest, style{size: pt(11), floor: pt(5), bold: true, valign: atMiddle, lines: 2})
}

// kilos writes a weight: grams below a kilogram would be read as something else from two metres.
func kilos(g int) string {
	s := fmt.Sprintf("%d.%03d", g/1000, g%1000)
	if s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	return s + " kg"
}

func exampleShipping() Shipping {
	return Shipping{
		Sender: Address{
			Name: "Floorline Demo Warehouse", Lines: []string{"Hallenweg 12"},
			Postcode: "4051", City: "Basel", Country: "CH",
		},
		Receiver: Address{
			Name: "Zofia Wiśniewska", Company: "Księgarnia Pod Aniołem",
			Lines: []string{"ul. Świętego Marcina 24/7"}, Postcode: "61-805", City: "Poznań", Country: "PL",
			Phone: "+48 61 555 01 23",
		},
		Carrier: "Alpenpost", Service: "Parcel Priority", Order: "O-000123-E", Parcel: 1, Parcels: 2,
		WeightG: 2340, Tracking: "FL000000001236", SSCC: "395212340000001233", Dispatch: "23 Nov 2026",
	}
}
