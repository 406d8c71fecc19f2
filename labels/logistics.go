package labels

import (
	"fmt"
	"strconv"
	"strings"
)

// Logistics is the label of a pallet or any other unit of transport, after the GS1 Logistic Label Guideline:
// free text at the top, then data with the names that GS1 gives them, then the bars, the SSCC lowest.
type Logistics struct {
	Sender       Address `json:"sender,omitzero"`
	Receiver     Address `json:"receiver,omitzero"`
	Carrier      string  `json:"carrier,omitempty"`
	Reference    string  `json:"reference,omitempty"` // a delivery or manifest, for people alone
	Description  string  `json:"description,omitempty"`
	SSCC         string  `json:"sscc"`
	GTIN         string  `json:"gtin,omitempty"`    // of the unit itself, where it is sold as such
	Content      string  `json:"content,omitempty"` // the GTIN of what it holds, with count
	Count        int     `json:"count,omitempty"`
	Lot          string  `json:"lot,omitempty"`
	Produced     string  `json:"produced,omitempty"` // dates as 2027-10-31; a day of 00 is the month's last
	BestBefore   string  `json:"best_before,omitempty"`
	UseBy        string  `json:"use_by,omitempty"`
	NetWeightG   int     `json:"net_weight_g,omitempty"` // of goods sold by weight
	GrossWeightG int     `json:"gross_weight_g,omitempty"`
	Order        string  `json:"order,omitempty"` // the customer's number of the order
	ShipToPost   string  `json:"ship_to_post,omitempty"`
}

// PDF is one label on one page.
func (d Logistics) PDF(size Size, dpi int) ([]byte, error) {
	return pdfOf("Logistic labels", []Logistics{d}, size, dpi)
}

// ZPL is one label for a thermal printer.
func (d Logistics) ZPL(size Size, dpi int) ([]byte, error) { return zplOf([]Logistics{d}, size, dpi) }

func (d Logistics) usual() area { return namedSizes["a5"] }

// Bars of transport units (GS1 General Specifications, symbol specification table 5): 31.75 mm high, modules of
// 0.495 to 1.016 mm, at most 48 characters and 165.1 mm wide.
const (
	logisticBars          = 31750
	logisticModule        = 495
	logisticModuleMost    = 1016
	logisticData          = 48
	logisticWide          = 165100
	logisticHRI           = 4 * mm // the code under its bars
	logisticGap           = 1600
	logisticLeastW        = 97 * mm
	logisticRow           = 6200 // a data title and its value
	logisticFree          = 13 * mm
	logisticMargin     um = 2 * mm
)

func (d Logistics) draw(p *page, a area) {
	if a.w < logisticLeastW {
		p.fail(fmt.Errorf("labels: a logistic label needs %d mm of width, not %d", logisticLeastW/mm, a.w/mm))
		return
	}
	elements := d.elements(p)
	if len(p.faults) > 0 {
		return
	}
	if a = a.inset(logisticMargin); a.w > namedSizes["a5"].w {
		a = a.inset(unprintable) // paper of an office, not a roll
	}
	groups := symbolsOf(elements, p, min(a.w, logisticWide))
	columns := d.columns(a.w)
	rows := (len(elements) + columns - 1) / columns
	need := um(len(groups))*(logisticGap+logisticBars+logisticHRI) + um(rows)*logisticRow + d.leastFree()
	if need > a.h {
		p.fail(fmt.Errorf("labels: a logistic label with this data needs %d mm of height, not %d: bars of transport units are 31.75 mm high; take a5, or leave data out", (need+2*logisticMargin)/mm+1, (a.h+2*logisticMargin)/mm))
		return
	}
	for i := len(groups) - 1; i >= 0; i-- {
		var strip area
		strip, a = a.bottom(logisticGap + logisticBars + logisticHRI)
		drawElements(p, groups[i], strip.pad(0, logisticGap, 0, 0))
	}
	p.hline(a.x, a.y+a.h, a.w, ruleThick)
	// What is left is shared: the data may grow to half as much again, the rest is for people.
	tall := min(logisticRow*3/2, (a.h-d.leastFree())/um(rows))
	data, free := a.bottom(um(rows) * tall)
	p.hline(data.x, data.y, data.w, ruleThick)
	drawTitles(p, elements, columns, data)
	d.drawFree(p, free)
}

// columns is how many data stand beside each other.
func (d Logistics) columns(w um) int {
	if w < 120*mm {
		return 3
	}
	return 2
}

// leastFree is what people need: addresses that can be read, and a line of words.
func (d Logistics) leastFree() um {
	if d.Sender.City+d.Receiver.City == "" {
		return 6 * mm
	}
	return 18 * mm
}

// drawFree is the block for people: whom from and to, and what it is.
func (d Logistics) drawFree(p *page, a area) {
	a = a.pad(2*mm, 500, 2*mm, 500)
	if d.Description != "" || d.Carrier != "" || d.Reference != "" {
		var strip area
		strip, a = a.bottom(max(4*mm, min(7*mm, a.h/6)))
		what, who := strip.left(strip.w * 55 / 100)
		p.text("description", d.Description, what.pad(0, 0, mm, 0), style{size: pt(12), floor: pt(5), bold: true, valign: atMiddle, lines: 2})
		p.text("carrier", spaced(d.Carrier, d.Reference), who, style{size: pt(12), floor: pt(5), align: right, valign: atMiddle, lines: 2})
	}
	from, to := a.left(a.w * 42 / 100)
	for _, x := range []struct {
		word, field string
		address     Address
		home        string
		size        um
		bold        bool
		at          area
	}{{"FROM", "sender", d.Sender, d.Receiver.Country, pt(9), false, from}, {"TO", "receiver", d.Receiver, d.Sender.Country, pt(16), true, to}} {
		lines := x.address.paragraphs(x.field, x.home)
		if x.address.Name+x.address.Company+x.address.City == "" {
			continue
		}
		caption, rest := x.at.top(2600)
		p.caption(x.word, caption)
		p.block(lines, rest.pad(0, 0, mm, 0), style{size: x.size, floor: pt(5), lines: 9})
	}
}

// drawTitles lists the data under the names that GS1 gives it.
func drawTitles(p *page, elements []element, columns int, a area) {
	rows := um((len(elements) + columns - 1) / columns)
	h, w := a.h/rows, a.w/um(columns)
	for i, e := range elements {
		at := area{a.x + um(i%columns)*w, a.y + um(i/columns)*h, w, h}.pad(2*mm, 600, mm/2, 0)
		caption, value := at.top(at.h * 42 / 100)
		p.text("", e.title, caption, style{size: pt(7), floor: pt(5), valign: atMiddle})
		p.text(e.field, e.human, value, style{size: pt(14), floor: pt(6), bold: true})
	}
}

// drawElements is one GS1-128 and under it what it says, with the identifiers in brackets.
func drawElements(p *page, group []element, a area) {
	human, bars := a.bottom(logisticHRI)
	data, read := joinedElements(group)
	p.place(group[0].field, gs1Bars, data, bars, logisticModule, logisticModuleMost)
	p.text(group[0].field, read, human, style{size: pt(10), floor: pt(6), align: centre, valign: atMiddle})
}

// elements are the data of the label, the SSCC first.
func (d Logistics) elements(p *page) []element {
	p.need("sscc", d.SSCC)
	if d.SSCC != "" && !validSSCC(d.SSCC) {
		p.fail(fmt.Errorf("labels: sscc is not 18 digits with a right check digit: %q", d.SSCC))
	}
	out := []element{{"sscc", "00", "SSCC", d.SSCC, d.SSCC, true}}
	out = append(out, d.goods(p)...)
	for _, x := range []struct{ field, ai, title, date string }{{"produced", "11", "PROD DATE", d.Produced},
		{"best_before", "15", "BEST BEFORE", d.BestBefore}, {"use_by", "17", "USE BY", d.UseBy}} {
		if x.date != "" {
			out = append(out, element{x.field, x.ai, x.title, p.sixDigits(x.field, x.date), x.date, true})
		}
	}
	for _, x := range []struct {
		field, ai, title string
		g                int
	}{{"net_weight_g", "310", "NET WEIGHT (kg)", d.NetWeightG}, {"gross_weight_g", "330", "GROSS WEIGHT (kg)", d.GrossWeightG}} {
		if x.g != 0 {
			out = append(out, p.weightElement(x.field, x.ai, x.title, x.g))
		}
	}
	for _, x := range []struct {
		field, ai, title, s string
		most                int
	}{{"lot", "10", "BATCH/LOT", d.Lot, gs1Free}, {"order", "400", "ORDER NUMBER", d.Order, 30}, {"ship_to_post", "420", "SHIP TO POST", d.ShipToPost, gs1Free}} {
		if x.s != "" {
			p.gs1Text(x.field, x.s, x.most)
			out = append(out, element{x.field, x.ai, x.title, x.s, x.s, false})
		}
	}
	return out
}

// goods are the numbers of what the unit is or holds. What it holds goes with how many: (02) never stands
// without (37) (General Specifications 4.15).
func (d Logistics) goods(p *page) []element {
	var out []element
	if d.GTIN != "" && d.Content != "" {
		p.fail(fmt.Errorf("labels: gtin says what the unit is and content what it holds: one of them"))
	}
	for _, x := range []struct{ field, ai, title, gtin string }{{"gtin", "01", "GTIN", d.GTIN}, {"content", "02", "CONTENT", d.Content}} {
		if x.gtin == "" {
			continue
		}
		whole := strings.Repeat("0", max(0, 14-len(x.gtin))) + x.gtin
		if len(x.gtin) < 8 || len(whole) != 14 || !validGTIN(whole) {
			p.fail(fmt.Errorf("labels: %s is not a GTIN of 8 to 14 digits with a right check digit: %q", x.field, x.gtin))
		}
		out = append(out, element{x.field, x.ai, x.title, whole, whole, true})
	}
	switch {
	case (d.Content != "") != (d.Count != 0):
		p.fail(fmt.Errorf("labels: content and count go together: what the unit holds, and how many"))
	case d.Count < 0 || d.Count > 99999999:
		p.fail(fmt.Errorf("labels: count is %d, from 1 to 99999999", d.Count))
	case d.Count > 0:
		n := strconv.Itoa(d.Count)
		out = append(out, element{"count", "37", "COUNT", n, n, false})
	}
	return out
}

// symbolsOf shares the elements out over symbols that fit the paper, the SSCC alone in the last. In each, what
// needs no separator comes first. A count is asked right after what it counts, so they share one if they can.
func symbolsOf(elements []element, p *page, w um) [][]element {
	var groups [][]element
next:
	for _, e := range elements[1:] {
		for i, group := range groups {
			grown := sortedForBars(append(group[:len(group):len(group)], e))
			if fitsSymbol(grown, p, w) {
				groups[i] = grown
				continue next
			}
		}
		groups = append(groups, []element{e})
	}
	return append(groups, elements[:1])
}

// sortedForBars puts goods and their count before all else, then what needs no separator.
func sortedForBars(elements []element) []element {
	var goods, ended, free []element
	for _, e := range elements {
		switch {
		case e.ai == "01" || e.ai == "02":
			goods = append(goods, e)
		case e.ended:
			ended = append(ended, e)
		default:
			free = append(free, e)
		}
	}
	return append(append(goods, ended...), free...)
}

// fitsSymbol says whether elements make one symbol that is not too wide or too long.
func fitsSymbol(group []element, p *page, w um) bool {
	data, _ := joinedElements(group)
	s, err := encode(group[0].field, gs1Bars, data)
	if err != nil {
		return true // told when it is drawn
	}
	module := (logisticModule*p.dpi + int(inch) - 1) / int(inch)
	wide := um((s.modules() + s.quiet + s.quietLast) * module * int(inch) / p.dpi)
	return wide <= w && len(data) <= logisticData
}

func exampleLogistics() Logistics {
	s := exampleShipping()
	return Logistics{Sender: s.Sender, Receiver: Address{Company: "Księgarnia Pod Aniołem", Name: "Wareneingang", Lines: []string{"ul. Magazynowa 8"},
		Postcode: "61-805", City: "Poznań", Country: "PL"}, Carrier: "Alpenpost", Reference: "M-0003-U", Description: "Earl Grey, loose leaf, 250 g",
		SSCC: "395212340000001233", Content: "9521234000037", Count: 48, Lot: "L2611", BestBefore: "2027-10-31"}
}
