package labels

import (
	"errors"
	"fmt"
	"strconv"
)

// Customs is the customs declaration of a postal item, in the layout and the two languages of the Universal
// Postal Union's forms: CN 22, the small one, for up to 300 SDR and 2 kg, and CN 23 (Convention Manual, Regulations
// 17-107 and 20-001). A CN 23 is right for any item, so it is taken where the value in SDR is not known.
type Customs struct {
	Form              string        `json:"form,omitempty"`             // CN22 or CN23; empty is chosen
	CN22LimitCents    int           `json:"cn22_limit_cents,omitempty"` // what 300 SDR are in the currency, to choose by
	Operator          string        `json:"operator,omitempty"`         // the designated operator: the post that takes the item
	Tracking          string        `json:"tracking,omitempty"`
	Sender            Address       `json:"sender"`
	SenderReference   string        `json:"sender_reference,omitempty"` // EORI, VAT or IOSS number
	Receiver          Address       `json:"receiver"`
	ReceiverReference string        `json:"receiver_reference,omitempty"` // of the importer, if any
	Category          string        `json:"category"`                     // gift, documents, sample, sale, returned or other
	Explanation       string        `json:"explanation,omitempty"`        // what other means
	Currency          string        `json:"currency"`
	Lines             []CustomsLine `json:"lines"`
	GrossWeightG      int           `json:"gross_weight_g"`
	PostageCents      int           `json:"postage_cents,omitempty"`
	Comments          string        `json:"comments,omitempty"`
	Licence           string        `json:"licence,omitempty"`
	Certificate       string        `json:"certificate,omitempty"`
	Invoice           string        `json:"invoice,omitempty"` // as the postage and the importer's reference, on a CN 23 alone
	Office            string        `json:"office,omitempty"`
	Date              string        `json:"date,omitempty"`
	SignedBy          string        `json:"signed_by,omitempty"`
}

// CustomsLine is one sort of goods: weight and value are of all its units together.
type CustomsLine struct {
	Description string `json:"description"`
	Qty         int    `json:"qty"`
	WeightG     int    `json:"weight_g"`
	ValueCents  int    `json:"value_cents"`
	HSCode      string `json:"hs_code,omitempty"`
	Origin      string `json:"origin,omitempty"`
}

// The two forms, and what the small one is for.
const (
	FormCN22    = "CN22"
	FormCN23    = "CN23"
	cn22WeightG = 2000
	cn22Lines   = 4
)

// customsCategories are the boxes to tick, French first as on the forms.
var customsCategories = []struct{ name, words string }{
	{"gift", "Cadeau / Gift"}, {"documents", "Documents"}, {"sample", "Échantillon commercial / Commercial sample"},
	{"sale", "Vente de marchandises / Sale of goods"}, {"returned", "Retour de marchandise / Returned goods"}, {"other", "Autre / Other"},
}

// form is the one asked for, or the small one where all is known to be small.
func (d Customs) form() string {
	if d.Form != "" {
		return d.Form
	}
	if !d.asksForCN23() && d.CN22LimitCents > 0 && d.totalCents() <= d.CN22LimitCents && d.GrossWeightG <= cn22WeightG && len(d.Lines) <= cn22Lines {
		return FormCN22
	}
	return FormCN23
}

// asksForCN23 says whether something is to be said that the small form has no place for.
func (d Customs) asksForCN23() bool { return d.Comments+d.Licence+d.Certificate != "" }

func (d Customs) totalCents() int {
	sum := 0
	for _, l := range d.Lines {
		sum += l.ValueCents
	}
	return sum
}

const customsTitle = "Customs declaration"

// PDF is the declaration, a second sheet where the goods need one.
func (d Customs) PDF(size Size, dpi int) ([]byte, error) {
	return rendered(forms[Customs], customsTitle, []Customs{d}, false, size, dpi)
}

// ZPL is the declaration for a thermal printer.
func (d Customs) ZPL(size Size, dpi int) ([]byte, error) {
	return rendered(forms[Customs], customsTitle, []Customs{d}, true, size, dpi)
}

// pages shares the goods out over as many sheets as they need; each says which it is, and the totals of all.
func (d Customs) pages(size Size, dpi int) ([]*page, error) {
	m, err := size.media()
	if err == nil {
		err = checkDPI(dpi)
	}
	if err == nil && (m.grid() || m.used > 0 || m.sheet.w < shippingLeastW || m.sheet.h < shippingLeastH) {
		err = fmt.Errorf("labels: a customs declaration needs %d x %d mm for itself, not %s", shippingLeastW/mm, shippingLeastH/mm, size)
	}
	if err != nil {
		return nil, err
	}
	first := &page{area: m.sheet, dpi: dpi}
	d.check(first)
	per := d.rowsOn(m.sheet)
	var pages []*page
	faults := first.faults
	for n := 0; n == 0 || n < len(d.Lines); n += per {
		p := &page{area: m.sheet, dpi: dpi}
		a := p.inset(shippingMargin)
		if m.sheet.w >= namedSizes["a4"].w {
			a = p.inset(10 * mm)
		}
		sheets := (len(d.Lines) + per - 1) / per
		d.draw(p, a, customsSheet{first: n, last: min(n+per, len(d.Lines)), number: n/per + 1, of: sheets})
		pages, faults = append(pages, p), append(faults, p.faults...)
	}
	return pages, joined(faults)
}

func (d Customs) check(p *page) {
	if d.Form != "" && d.Form != FormCN22 && d.Form != FormCN23 {
		p.fail(fmt.Errorf("labels: form is CN22, CN23 or empty, not %q", d.Form))
	}
	if d.form() == FormCN22 && len(d.Lines) > cn22Lines {
		p.fail(fmt.Errorf("labels: a CN22 holds %d sorts of goods, not %d: take CN23", cn22Lines, len(d.Lines)))
	}
	if d.Form == FormCN22 && d.asksForCN23() {
		p.fail(errors.New("labels: a CN22 has no place for comments, licence and certificate: take CN23"))
	}
	known := false
	for _, c := range customsCategories {
		known = known || c.name == d.Category
	}
	if !known {
		p.fail(fmt.Errorf("labels: category is gift, documents, sample, sale, returned or other, not %q", d.Category))
	}
	if d.Category == "other" {
		p.need("explanation", d.Explanation)
	}
	p.need("currency", d.Currency)
	for _, x := range []struct {
		field string
		a     Address
	}{{"sender", d.Sender}, {"receiver", d.Receiver}} {
		p.need(x.field+".name", x.a.Name+x.a.Company)
		p.need(x.field+".country", x.a.Country)
	}
	p.between("lines", len(d.Lines), 1, maxRows)
	p.atLeast("gross_weight_g", d.GrossWeightG, 1)
	for i, l := range d.Lines {
		field := "lines[" + strconv.Itoa(i) + "]."
		p.need(field+"description", l.Description)
		p.atLeast(field+"qty", l.Qty, 1)
		p.atLeast(field+"weight_g", l.WeightG, 0)
		p.atLeast(field+"value_cents", l.ValueCents, 0)
	}
}

func exampleCustoms() Customs {
	s := exampleShipping()
	return Customs{CN22LimitCents: 33000, Operator: "Alpenpost", Tracking: "FL000000001236", Sender: s.Sender, SenderReference: "CHE-123.456.789",
		Receiver: s.Receiver, ReceiverReference: "PL1234563218", Category: "sale", Currency: "CHF", GrossWeightG: 2340, PostageCents: 2450, Invoice: "O-000123-E",
		Office: "4051 Basel", Date: "23 Nov 2026", SignedBy: "Mia Keller",
		Lines: []CustomsLine{
			{Description: "Black tea, Earl Grey, loose leaf, 250 g", Qty: 2, WeightG: 520, ValueCents: 2980, HSCode: "090230", Origin: "IN"},
			{Description: "Stoneware mug, 0.3 l", Qty: 4, WeightG: 1480, ValueCents: 5960, HSCode: "691200", Origin: "PT"},
		}}
}
