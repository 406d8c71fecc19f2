package labels

import "strconv"

// Slip is the packing slip that lies in the parcel.
type Slip struct {
	Order     string       `json:"order"`
	Reference string       `json:"reference,omitempty"` // the customer's own number of the order
	Date      string       `json:"date,omitempty"`
	Service   string       `json:"service,omitempty"`
	Sender    Address      `json:"sender"`
	Receiver  Address      `json:"receiver"`
	Lines     []SlipLine   `json:"lines"`
	Parcels   []SlipParcel `json:"parcels,omitempty"`
	GiftNote  string       `json:"gift_note,omitempty"`
	Foot      string       `json:"foot,omitempty"` // how to return, whom to call
}

// SlipLine is what was ordered of an item and what is in the parcels.
type SlipLine struct {
	SKU     string `json:"sku"`
	Name    string `json:"name"`
	Ordered int    `json:"ordered"`
	Shipped int    `json:"shipped"`
	Short   int    `json:"short,omitempty"`
}

// SlipParcel is one parcel of the order.
type SlipParcel struct {
	Tracking string `json:"tracking"`
	Carrier  string `json:"carrier,omitempty"`
	WeightG  int    `json:"weight_g,omitempty"`
}

// maxRows bounds the lines of one document; the largest orders we have seen have 1,100.
const maxRows = 20000

// PDF is the slip on A4, A5 or 4x6, on as many pages as it needs.
func (d Slip) PDF(size Size, dpi int) ([]byte, error) {
	pages, err := d.pages(size, dpi)
	if err != nil {
		return nil, err
	}
	return renderPDF("Packing slip", pages)
}

func (d Slip) pages(size Size, dpi int) ([]*page, error) {
	f, err := newFlow(size, dpi, "Packing slip "+d.Order)
	if err != nil {
		return nil, err
	}
	p := f.page()
	p.need("order", d.Order)
	p.need("receiver.name", d.Receiver.Name+d.Receiver.Company)
	p.between("lines", len(d.Lines), 1, maxRows)
	p.between("parcels", len(d.Parcels), 0, maxRows)
	f.title("Packing slip", "order", d.Order)
	d.drawAddresses(f)
	f.facts([]fact{{"Your reference", "reference", d.Reference},
		{"Date", "date", d.Date}, {"Service", "service", d.Service}})
	d.drawLines(f)
	d.drawParcels(f)
	f.note("gift_note", "A note for you", d.GiftNote)
	f.note("foot", "", d.Foot)
	return f.finish()
}

func (d Slip) drawAddresses(f *flow) {
	f.page().home("sender", d.Sender.Country)
	f.page().home("receiver", d.Receiver.Country)
	receiver := d.Receiver.paragraphs("receiver", d.Sender.Country)
	sender := d.Sender.paragraphs("sender", d.Receiver.Country)
	big := f.base * 125 / 100
	a := f.strip(max(addressHeight(receiver, big), addressHeight(sender, f.base)))
	to, from := a.left(a.w * 55 / 100)
	f.addressed("SHIP TO", receiver, to.pad(0, 0, 4*mm, 0), big)
	f.addressed("FROM", sender, from, f.base)
	f.gap(5 * mm)
}

// addressHeight has room for an address under its caption, with a line more for one that must wrap.
func addressHeight(lines []line, size um) um {
	n := 1
	for _, l := range lines {
		if l.s != "" {
			n++
		}
	}
	return captionHeight + blockHeight(n, size)
}

const captionHeight = 3200

// addressed is an address under its caption.
func (f *flow) addressed(word string, lines []line, a area, size um) {
	caption, rest := a.top(captionHeight)
	f.page().caption(word, caption)
	f.page().block(lines, rest, style{size: size, floor: pt(5), lines: 12})
}

func (d Slip) drawLines(f *flow) {
	rows, short := make([][]cell, len(d.Lines)), 0
	for i, l := range d.Lines {
		field := "lines[" + strconv.Itoa(i) + "]."
		f.page().atLeast(field+"ordered", l.Ordered, 0)
		f.page().atLeast(field+"shipped", l.Shipped, 0)
		f.page().atLeast(field+"short", l.Short, 0)
		rows[i] = []cell{{field + "sku", l.SKU}, {field + "name", l.Name},
			{"", strconv.Itoa(l.Ordered)}, {"", strconv.Itoa(l.Shipped)}, {"", counted(l.Short)}}
		short += l.Short
	}
	columns := []column{{title: "SKU", share: 24}, {title: "Item", share: 46},
		{title: "Ordered", share: 12, align: right}, {title: "Shipped", share: 12, align: right, bold: true}}
	if short > 0 {
		columns = append(columns, column{title: "Missing", share: 12, align: right})
	}
	f.table(columns, rows)
	f.gap(4 * mm)
}

func (d Slip) drawParcels(f *flow) {
	if len(d.Parcels) == 0 {
		return
	}
	f.heading("Parcels")
	rows := make([][]cell, len(d.Parcels))
	for i, x := range d.Parcels {
		field := "parcels[" + strconv.Itoa(i) + "]."
		f.page().need(field+"tracking", x.Tracking)
		f.page().atLeast(field+"weight_g", x.WeightG, 0)
		rows[i] = []cell{{"", strconv.Itoa(i+1) + " of " + strconv.Itoa(len(d.Parcels))},
			{field + "tracking", grouped(x.Tracking)}, {field + "carrier", x.Carrier}, {"", weightKilos(x.WeightG) + " kg"}}
	}
	f.table([]column{{title: "Parcel", share: 15}, {title: "Tracking number", share: 40},
		{title: "Carrier", share: 28}, {title: "Weight", share: 17, align: right}}, rows)
	f.gap(4 * mm)
}

// note sets running text under a heading, in paragraphs as they were written.
func (f *flow) note(field, head, s string) {
	if s == "" {
		return
	}
	if head != "" {
		f.heading(head)
	}
	for _, paragraph := range paragraphs(s) {
		kept, ok := f.page().cleaned([]line{{field, paragraph, false}}, false)
		if !ok {
			return
		}
		rows, _ := broken(kept, f.base, f.rest.w, maxTextRunes)
		for _, l := range rows {
			f.page().set([]line{l}, f.strip(leading(f.base)), style{}, f.base)
		}
	}
	f.gap(3 * mm)
}

// counted leaves a zero out: an empty cell is read faster.
func counted(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func exampleSlip() Slip {
	s := exampleShipping()
	return Slip{
		Order: "O-000123-E", Reference: "#1042", Date: "23 Nov 2026", Service: s.Service,
		Sender: s.Sender, Receiver: s.Receiver,
		Lines: []SlipLine{
			{SKU: "TEA-EARL-250", Name: "Earl Grey, loose leaf, 250 g", Ordered: 2, Shipped: 2},
			{SKU: "MUG-STN-03", Name: "Stoneware mug, 0.3 l, sand", Ordered: 4, Shipped: 3, Short: 1},
			{SKU: "TIN-RND-12", Name: "Round storage tin with a lid that closes tight, 12 cm, brushed steel", Ordered: 1, Shipped: 1},
		},
		Parcels: []SlipParcel{
			{Tracking: "FL000000001236", Carrier: "Alpenpost", WeightG: 2340},
			{Tracking: "FL000000001243", Carrier: "Alpenpost", WeightG: 810},
		},
		GiftNote: "Wszystkiego najlepszego! Enjoy the tea.\nYour friends in Basel",
		Foot:     "Something not right? Scan the code at the top of this page at our returns desk, or write to us with the order number.",
	}
}
