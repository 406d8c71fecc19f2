package labels

import (
	"fmt"
	"strconv"
	"strings"
)

// Invoice is the commercial invoice that customs read: who sells what to whom, what it is by tariff number and
// origin, what it is worth and on which terms it travels.
type Invoice struct {
	Number         string        `json:"number"`
	Proforma       bool          `json:"proforma,omitempty"` // nothing was sold: a gift, a sample, goods that come back
	Date           string        `json:"date,omitempty"`
	Order          string        `json:"order,omitempty"`
	Tracking       string        `json:"tracking,omitempty"`
	Carrier        string        `json:"carrier,omitempty"`
	Sender         Address       `json:"sender"`
	SenderEORI     string        `json:"sender_eori,omitempty"`
	SenderVAT      string        `json:"sender_vat,omitempty"`
	Receiver       Address       `json:"receiver"`
	ReceiverEORI   string        `json:"receiver_eori,omitempty"`
	ReceiverVAT    string        `json:"receiver_vat,omitempty"`
	Incoterm       string        `json:"incoterm,omitempty"` // such as DAP or DDP, with the place
	Reason         string        `json:"reason"`             // of export, in words
	Currency       string        `json:"currency"`
	Lines          []InvoiceLine `json:"lines"`
	FreightCents   int           `json:"freight_cents,omitempty"`
	InsuranceCents int           `json:"insurance_cents,omitempty"`
	GrossWeightG   int           `json:"gross_weight_g,omitempty"`
	Parcels        int           `json:"parcels,omitempty"`
	Comments       string        `json:"comments,omitempty"`
	SignedBy       string        `json:"signed_by,omitempty"`
}

// InvoiceLine is one sort of goods; the weight and the value are of one unit.
type InvoiceLine struct {
	SKU         string `json:"sku,omitempty"`
	Description string `json:"description"`
	HSCode      string `json:"hs_code,omitempty"`
	Origin      string `json:"origin,omitempty"`
	Qty         int    `json:"qty"`
	WeightG     int    `json:"weight_g,omitempty"`
	ValueCents  int    `json:"value_cents"`
}

// PDF is the invoice on A4 or A5, on as many pages as it needs.
func (d Invoice) PDF(size Size, dpi int) ([]byte, error) {
	pages, err := d.pages(size, dpi)
	if err != nil {
		return nil, err
	}
	return renderPDF("Commercial invoice", pages)
}

func (d Invoice) name() string {
	if d.Proforma {
		return "Proforma invoice"
	}
	return "Commercial invoice"
}

func (d Invoice) pages(size Size, dpi int) ([]*page, error) {
	f, err := newFlow(size, dpi, d.name()+" "+d.Number)
	if err != nil {
		return nil, err
	}
	p := f.page()
	for _, x := range [][2]string{{"number", d.Number}, {"reason", d.Reason}, {"currency", d.Currency},
		{"sender.name", d.Sender.Name + d.Sender.Company}, {"receiver.name", d.Receiver.Name + d.Receiver.Company}} {
		p.need(x[0], x[1])
	}
	p.between("lines", len(d.Lines), 1, maxRows)
	f.title(d.name(), "number", d.Number)
	d.drawParties(f)
	f.facts([]fact{{"Date", "date", d.Date}, {"Order", "order", d.Order}, {"Carrier", "carrier", d.Carrier}, {"Tracking", "tracking", grouped(d.Tracking)}})
	f.facts([]fact{{"Reason for export", "reason", d.Reason}, {"Incoterm", "incoterm", d.Incoterm}, {"Currency", "currency", d.Currency},
		{"Parcels", "parcels", counted(d.Parcels)}})
	netG := d.drawGoods(f)
	d.drawSums(f, netG)
	f.note("comments", "Comments", d.Comments)
	f.note("", "", "I declare that the information on this invoice is true and correct and that the contents of this shipment are as stated above.")
	f.signatures(spaced("Exporter:", d.SignedBy))
	return f.finish()
}

// drawParties are both addresses with their numbers under them.
func (d Invoice) drawParties(f *flow) {
	sender := append(d.Sender.paragraphs("sender", ""), numbersOf("sender", d.SenderEORI, d.SenderVAT, d.Sender.Phone)...)
	receiver := append(d.Receiver.paragraphs("receiver", ""), numbersOf("receiver", d.ReceiverEORI, d.ReceiverVAT, d.Receiver.Phone)...)
	a := f.strip(max(addressHeight(sender, f.base), addressHeight(receiver, f.base)))
	from, to := a.left(a.w / 2)
	f.addressed("EXPORTER", sender, from.pad(0, 0, 4*mm, 0), f.base)
	f.addressed("CONSIGNEE", receiver, to, f.base)
	f.gap(5 * mm)
}

func numbersOf(field, eori, vat, phone string) []line {
	var out []line
	for _, x := range [][3]string{{"_eori", "EORI ", eori}, {"_vat", "VAT ", vat}, {".phone", "Tel. ", phone}} {
		if x[2] != "" {
			out = append(out, line{field + x[0], x[1] + x[2], false})
		}
	}
	return out
}

func (d Invoice) drawGoods(f *flow) (netG int) {
	rows := make([][]cell, len(d.Lines))
	for i, l := range d.Lines {
		field := "lines[" + strconv.Itoa(i) + "]."
		f.page().need(field+"description", l.Description)
		f.page().atLeast(field+"qty", l.Qty, 1)
		f.page().atLeast(field+"weight_g", l.WeightG, 0)
		f.page().atLeast(field+"value_cents", l.ValueCents, 0)
		netG += l.Qty * l.WeightG
		goods := l.Description
		if l.SKU != "" {
			goods += "\n" + l.SKU
		}
		rows[i] = []cell{{"", strconv.Itoa(i + 1)}, {field + "description", goods}, {field + "hs_code", l.HSCode}, {field + "origin", l.Origin},
			{"", strconv.Itoa(l.Qty)}, {"", weightKilos(l.Qty * l.WeightG)}, {"", amount(l.ValueCents, d.Currency)}, {"", amount(l.Qty*l.ValueCents, d.Currency)}}
	}
	f.table([]column{{title: "#", share: 5, align: right}, {title: "Goods", share: 33}, {title: "HS code", share: 13}, {title: "Origin", share: 8},
		{title: "Qty", share: 7, align: right}, {title: "Net kg", share: 10, align: right}, {title: "Unit value", share: 12, align: right},
		{title: "Value", share: 13, align: right, bold: true}}, rows)
	return netG
}

func (d Invoice) drawSums(f *flow, netG int) {
	sum := 0
	for _, l := range d.Lines {
		sum += l.Qty * l.ValueCents
	}
	rows := [][2]string{}
	if d.FreightCents != 0 || d.InsuranceCents != 0 {
		rows = append(rows, [2]string{"Goods", amount(sum, d.Currency)})
	}
	if d.FreightCents != 0 {
		rows = append(rows, [2]string{"Freight", amount(d.FreightCents, d.Currency)})
	}
	if d.InsuranceCents != 0 {
		rows = append(rows, [2]string{"Insurance", amount(d.InsuranceCents, d.Currency)})
	}
	for _, r := range rows {
		a := f.strip(f.base*18/10).pad(cellPad, 0, cellPad, 0)
		word, value := a.left(a.w * 80 / 100)
		f.page().text("", r[0], word, style{size: f.base, floor: pt(5), align: right, valign: atMiddle})
		f.page().text("", r[1], value, style{size: f.base, floor: pt(5), align: right, valign: atMiddle})
	}
	weights := []string{"net " + weightKilos(netG) + " kg"}
	if d.GrossWeightG > 0 {
		weights = append(weights, "gross "+weightKilos(d.GrossWeightG)+" kg")
	}
	f.total(strings.Join(weights, ", "), fmt.Sprintf("%s %s", d.Currency, amount(sum+d.FreightCents+d.InsuranceCents, d.Currency)))
	f.gap(2 * mm)
}

func exampleInvoice() Invoice {
	c := exampleCustoms()
	return Invoice{Number: "O-000123-E", Date: c.Date, Order: "#1042", Tracking: c.Tracking, Carrier: c.Operator, Sender: c.Sender, SenderEORI: "CHE123456789",
		SenderVAT: "CHE-123.456.789 MWST", Receiver: c.Receiver, ReceiverVAT: c.ReceiverReference, Incoterm: "DAP Poznań", Reason: "Sale of goods", Currency: c.Currency,
		GrossWeightG: c.GrossWeightG, Parcels: 1, FreightCents: 2450, SignedBy: c.SignedBy,
		Lines: []InvoiceLine{
			{SKU: "TEA-EARL-250", Description: "Black tea, Earl Grey, loose leaf, 250 g", HSCode: "090230", Origin: "IN", Qty: 2, WeightG: 260, ValueCents: 1490},
			{SKU: "MUG-STN-03", Description: "Stoneware mug, 0.3 l", HSCode: "691200", Origin: "PT", Qty: 4, WeightG: 370, ValueCents: 1490},
		}}
}
