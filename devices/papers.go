package devices

import (
	"fmt"
	"slices"
	"strings"

	"floorline/floor"
	"floorline/labels"
)

// What travels with a parcel besides its label: customs declaration, invoice, marks of dangerous goods, and the
// label that brings it back. The floor says which of them a parcel needs and what they say.

// parcelWithPapers is a parcel as the API shows it, with the papers that it needs and where they are printed.
type parcelWithPapers struct {
	floor.ParcelView
	Papers []paperView `json:"papers"`
}

type paperView struct {
	Kind string `json:"kind"`
	Form string `json:"form,omitempty"`
	URL  string `json:"url,omitempty"` // none where the house does not print it
}

// papersOf lists a parcel's papers under a view.
func papersOf(st *floor.State, o *floor.Order, p *floor.Parcel) []paperView {
	out := []paperView{}
	for _, x := range st.ParcelPapers(o, p) {
		v := paperView{Kind: x.Kind, Form: x.Form, URL: "/api/v1/parcels/" + string(p.ID) + "/" + x.Kind + ".pdf"}
		switch {
		case x.Kind == "slip":
			v.URL = "/api/v1/orders/" + string(o.ID) + "/slip.pdf"
		case x.Form == floor.FullyRegulated:
			v.URL = ""
		case x.Kind == "hazard":
			v.URL += "?mark=" + x.Form
		}
		out = append(out, v)
	}
	return out
}

// ofParcel gathers data of a closed parcel under a view.
func ofParcel[T any](c *call, gather func(st *floor.State, o *floor.Order, p *floor.Parcel) (T, *floor.Error)) (d T, err *floor.Error) {
	found, failure := c.parcel(func(st *floor.State, o *floor.Order, p *floor.Parcel) {
		if p.Tracking == "" || o == nil {
			err = &floor.Error{Kind: floor.Conflict, Code: "no_label_yet", Say: "the parcel is not closed yet, so it has no papers"}
			return
		}
		d, err = gather(st, o, p)
	})
	switch {
	case failure != nil:
		return d, unreadable(failure)
	case !found:
		return d, &floor.Error{Kind: floor.NotFound, Code: "no_parcel", Say: "no parcel " + clip(c.Params("id"))}
	}
	return d, err
}

// printed sends a paper that goes with what the address names.
func (c *call) printed(name string, d printable, usual labels.Size) error {
	return c.pictured(c.Params("id")+"-"+name, d, usual)
}

func parcelCustoms(c *call) error {
	d, err := ofParcel(c, customsPaper)
	if err != nil {
		return c.problem(err)
	}
	return c.printed("customs", d, labels.Size4x6)
}

func customsPaper(st *floor.State, o *floor.Order, p *floor.Parcel) (labels.Customs, *floor.Error) {
	x, err := st.Declare(o, p)
	if err != nil {
		return labels.Customs{}, err
	}
	from := sender(st)
	d := labels.Customs{Form: x.Form, Operator: p.Carrier, Tracking: p.Tracking, Sender: from, SenderReference: st.Site.EORI, Receiver: address(receiver(o)),
		Category: x.Category, Currency: x.Currency, GrossWeightG: int(x.GrossWeightG), Office: strings.TrimSpace(from.Postcode + " " + from.City), Date: st.Day(p.Closed)}
	if d.SenderReference == "" {
		d.SenderReference = st.Site.VAT
	}
	if x.Category == "other" {
		d.Explanation = "see description"
	}
	if x.Form == labels.FormCN23 {
		d.Invoice = string(p.ID)
	}
	for _, l := range x.Lines {
		d.Lines = append(d.Lines, labels.CustomsLine{Description: l.Description, Qty: int(l.Qty), WeightG: int(l.WeightG),
			ValueCents: int(l.ValueCents), HSCode: l.HSCode, Origin: l.Origin})
	}
	return d, nil
}

// exportReasons are the words of an invoice for what the postal forms tick.
var exportReasons = map[string]string{"sale": "Sale of goods", "gift": "Gift", "documents": "Documents", "sample": "Commercial sample",
	"returned": "Returned goods", "other": "Other, see goods"}

func parcelInvoice(c *call) error {
	d, err := ofParcel(c, invoicePaper)
	if err != nil {
		return c.problem(err)
	}
	return c.paged(d.Number+"-invoice", d)
}

func invoicePaper(st *floor.State, o *floor.Order, p *floor.Parcel) (labels.Invoice, *floor.Error) {
	x, err := st.Declare(o, p)
	if err != nil {
		return labels.Invoice{}, err
	}
	d := labels.Invoice{Number: string(p.ID), Proforma: x.Category != "sale", Date: st.Day(p.Closed), Order: o.ExternalID, Tracking: p.Tracking, Carrier: p.Carrier,
		Sender: sender(st), SenderEORI: st.Site.EORI, SenderVAT: st.Site.VAT, Receiver: address(receiver(o)), Incoterm: x.Incoterm,
		Reason: exportReasons[x.Category], Currency: x.Currency, GrossWeightG: int(x.GrossWeightG), Parcels: 1}
	for _, l := range x.Lines {
		d.Lines = append(d.Lines, labels.InvoiceLine{SKU: string(l.SKU), Description: l.Description, HSCode: l.HSCode, Origin: l.Origin, Qty: int(l.Qty),
			WeightG: int(l.WeightG / l.Qty), ValueCents: int(l.UnitCents)})
	}
	return d, nil
}

// marks are all marks of one parcel.
type marks []labels.Hazard

func (m marks) PDF(size labels.Size, dpi int) ([]byte, error) { return labels.Hazards(m, size, dpi) }
func (m marks) ZPL(size labels.Size, dpi int) ([]byte, error) { return labels.HazardsZPL(m, size, dpi) }

// usual is the paper that holds every mark in its full size: a limited quantity's square on its corner needs A5.
func (m marks) usual() labels.Size {
	for _, x := range m {
		if strings.HasPrefix(x.Mark, labels.MarkLimitedQuantity) && !x.SmallPackage {
			return labels.SizeA5
		}
	}
	return labels.Size4x6
}

// parcelHazard prints the marks, or the one that ?mark= names. ?air=true is for carriage by air; ?small=true says
// that the package has no face for the full size, where its carton does not say so.
func parcelHazard(c *call) error {
	only, air, small := c.Query("mark"), c.Query("air") == "true", c.Query("small") == "true"
	d, err := ofParcel(c, func(st *floor.State, _ *floor.Order, p *floor.Parcel) (marks, *floor.Error) {
		return marksOf(st, p, only, air, small)
	})
	if err != nil {
		return c.problem(err)
	}
	return c.printed("hazard", d, d.usual())
}

func marksOf(st *floor.State, p *floor.Parcel, only string, air, small bool) (out marks, err *floor.Error) {
	all := st.HazardMarks(p)
	for _, m := range all {
		if m.Mark == floor.FullyRegulated || only != "" && m.Mark != only {
			continue
		}
		h := labels.Hazard{Mark: m.Mark, SmallPackage: small || smallFor(st.Cartons[p.Carton], m.Mark)}
		switch {
		case m.Mark == labels.MarkBattery:
			for un := range slices.Chunk(m.UN, 2) { // a mark has room for two numbers
				h.UN = un
				out = append(out, h)
			}
			continue
		case m.Mark == labels.MarkExceptedQuantity:
			h.Class, h.Name = strings.Join(m.Classes, ", "), sender(st).Company
		case air:
			h.Mark = labels.MarkLimitedQuantityAir
		}
		out = append(out, h)
	}
	switch {
	case len(out) > 0:
		return out, nil
	case len(all) == 0:
		return nil, &floor.Error{Kind: floor.NotFound, Code: "nothing_dangerous", Say: "nothing in this parcel asks for a mark of dangerous goods"}
	case only != "" && only != floor.FullyRegulated:
		return nil, &floor.Error{Kind: floor.NotFound, Code: "no_such_mark", Say: "nothing in this parcel asks for the mark " + clip(only)}
	}
	return nil, &floor.Error{Kind: floor.Conflict, Code: "fully_regulated",
		Say: "these goods travel fully regulated, as UN " + strings.Join(all[0].UN, ", ") + ": their class labels and documents come from your dangerous goods adviser"}
}

// smallFor says whether no face of a carton holds a mark in its full size; one without known sizes is not small.
func smallFor(c *floor.Carton, mark string) bool {
	if c == nil || len(c.OuterMM) != 3 {
		return false
	}
	sides := slices.Sorted(slices.Values(c.OuterMM))
	least := map[string]int64{labels.MarkBattery: 100, floor.LimitedQuantity: 142}[mark]
	return sides[1] < least
}

// returnReasons are what a returns desk asks first.
var returnReasons = []string{"Damaged on the way", "Wrong article", "Does not fit", "Not as described", "Too late", "Changed my mind"}

func parcelReturn(c *call) error {
	d, err := ofParcel(c, func(st *floor.State, o *floor.Order, p *floor.Parcel) (labels.Return, *floor.Error) {
		return returnPaper(st, o, p), nil
	})
	if err != nil {
		return c.problem(err)
	}
	return c.printed("return", d, labels.Size4x6)
}

func returnPaper(st *floor.State, o *floor.Order, p *floor.Parcel) labels.Return {
	d := labels.Return{Sender: address(receiver(o)), Receiver: sender(st), Code: string(o.ID), Order: o.ExternalID, Carrier: p.Carrier}
	if o.Reference != "" {
		d.Order = o.Reference
	}
	for i, r := range returnReasons {
		d.Reasons = append(d.Reasons, labels.ReturnReason{Code: fmt.Sprint(i + 1), Text: r})
	}
	return d
}
