package devices

import (
	"strconv"
	"strings"

	"floorline/floor"
	"floorline/labels"
)

// What labels say, gathered from the floor under a view; they are drawn outside it.

func address(p *floor.Person) labels.Address {
	if p == nil {
		return labels.Address{Name: "(erased)"}
	}
	return labels.Address{Name: p.Name, Company: p.Company, Lines: p.Lines, City: p.City, Region: p.Region, Postcode: p.Postcode,
		Country: p.Country, Phone: p.Phone}
}

func sender(st *floor.State) labels.Address {
	a := address(&st.Site.Address)
	if a.Name == "" && a.Company == "" {
		a.Name = st.Site.Name
	}
	return a
}

// receiver is whom an order goes to; nil once erased.
func receiver(o *floor.Order) *floor.Person {
	if o.ShipTo == nil {
		return nil
	}
	return o.ShipTo.Person
}

// shippingLabel gathers a parcel's label; false when the parcel has none yet.
func shippingLabel(st *floor.State, o *floor.Order, p *floor.Parcel) (labels.Shipping, bool) {
	if p.Tracking == "" || o == nil {
		return labels.Shipping{}, false
	}
	service := p.Service
	if sv := st.Services[p.Service]; sv != nil && sv.Name != "" {
		service = sv.Name
	}
	return labels.Shipping{Sender: sender(st), Receiver: address(receiver(o)), Carrier: p.Carrier, Service: service, Order: string(o.ID),
		Parcel: p.N, Parcels: max(st.ParcelCount(o), p.N), WeightG: int(p.WeightG), Tracking: p.Tracking, SSCC: p.SSCC, Dispatch: st.Day(p.Closed)}, true
}

// paper reads ?size= and ?dpi=.
func (c *call) paper(size labels.Size, dpi int) (labels.Size, int, *floor.Error) {
	if q := c.Query("size"); q != "" {
		size = labels.Size(q)
		if err := size.Check(); err != nil {
			return size, dpi, &floor.Error{Kind: floor.Invalid, Code: "bad_size", Say: err.Error()}
		}
	}
	if q := c.Query("dpi"); q != "" {
		n, err := strconv.Atoi(q)
		if err != nil || n != 203 && n != 300 && n != 600 {
			return size, dpi, &floor.Error{Kind: floor.Invalid, Code: "bad_dpi", Say: "dpi is 203, 300 or 600"}
		}
		dpi = n
	}
	return size, dpi, nil
}

// document sends a drawn label, or says which field cannot be drawn.
func (c *call) document(kind, name string, b []byte, err error) error {
	if err != nil {
		return c.problem(&floor.Error{Kind: floor.Invalid, Code: "label.unprintable", Say: err.Error()})
	}
	c.Set("Content-Type", kind)
	c.Set("Content-Disposition", `inline; filename="`+name+`"`)
	c.Set("Cache-Control", "private, no-store")
	return c.Send(b)
}

func (c *call) shipping() (d labels.Shipping, err *floor.Error) {
	var ready bool
	found, failure := c.parcel(func(st *floor.State, o *floor.Order, p *floor.Parcel) { d, ready = shippingLabel(st, o, p) })
	switch {
	case failure != nil:
		return d, unreadable(failure)
	case !found:
		return d, &floor.Error{Kind: floor.NotFound, Code: "no_parcel", Say: "no parcel " + clip(c.Params("id"))}
	case !ready:
		return d, &floor.Error{Kind: floor.Conflict, Code: "no_label_yet", Say: "the parcel is not closed yet, so it has no label"}
	}
	return d, nil
}

// boughtLabel sends the label that a parcel's carrier sold, as it is; false where we make the label ourselves.
func (c *call) boughtLabel() (bool, error) {
	var bytes []byte
	var is, tracking string
	bought := false
	if _, failure := c.parcel(func(st *floor.State, _ *floor.Order, p *floor.Parcel) {
		bytes, is, bought = st.BoughtLabel(p)
		tracking = p.Tracking
	}); failure != nil || !bought {
		return false, failure
	}
	if len(bytes) == 0 {
		return true, c.problem(&floor.Error{Kind: "gone", Code: "label_gone", Say: "the carrier's label is not kept once its parcel has left"})
	}
	ending, media := c.fileKind()
	if "."+is != ending {
		return true, c.problem(&floor.Error{Kind: floor.Conflict, Code: "label_is_" + is, Say: "the carrier sold this label as " + is + ": ask for label." + is})
	}
	return true, c.document(media, tracking+ending, bytes, nil)
}

// fileKind is what the address asks for by its ending.
func (c *call) fileKind() (ending, media string) {
	if strings.HasSuffix(c.Path(), ".zpl") {
		return ".zpl", "text/plain; charset=utf-8"
	}
	return ".pdf", pdfFile
}

func parcelLabel(c *call) error {
	if done, failure := c.boughtLabel(); done || failure != nil {
		return failure
	}
	d, err := c.shipping()
	if err != nil {
		return c.problem(err)
	}
	return c.pictured(d.Tracking, d, labels.Size4x6)
}

// pictured sends a paper that label printers have too, as the address ends: .pdf or .zpl.
func (c *call) pictured(name string, d printable, usual labels.Size) error {
	size, dpi, err := c.paper(usual, 203)
	if err != nil {
		return c.problem(err)
	}
	ending, media := c.fileKind()
	draw := d.PDF
	if ending == ".zpl" {
		draw = d.ZPL
	}
	b, failure := draw(size, dpi)
	return c.document(media, name+ending, b, failure)
}

// paged sends a paper for an office printer.
func (c *call) paged(name string, d paperDocument) error {
	size, dpi, err := c.paper(labels.SizeA4, 300)
	if err != nil {
		return c.problem(err)
	}
	b, failure := d.PDF(size, dpi)
	return c.document(pdfFile, name+".pdf", b, failure)
}

// What the labels of places and goods say, wherever they are printed.

func binLabel(b *floor.Bin) labels.Bin {
	return labels.Bin{Code: string(b.Code), Scan: b.Label, Zone: b.Zone, Level: max(b.Level, 0)}
}

func toteLabel(x *floor.Tote) labels.Tote { return labels.Tote{Code: string(x.Code)} }

func itemLabel(it *floor.Item) labels.Item {
	return labels.Item{SKU: string(it.SKU), Name: it.Name, Barcode: it.UnitCode()}
}

// goodsLabel is an item's label with what tells these units apart.
func goodsLabel(it *floor.Item, lot, expiry, serial string) labels.Item {
	d := itemLabel(it)
	d.Lot, d.Expiry, d.Serial = lot, expiry, serial
	return d
}

func slipPDF(c *call) error {
	var d labels.Slip
	found, failure := c.order(func(st *floor.State, o *floor.Order, parcels []*floor.Parcel) { d = slip(st, o, parcels) })
	if failure != nil {
		return failure
	}
	if !found {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_order", Say: "no order " + clip(c.Params("id"))})
	}
	return c.paged(d.Order+"-slip", d)
}

func slip(st *floor.State, o *floor.Order, parcels []*floor.Parcel) labels.Slip {
	to := receiver(o)
	d := labels.Slip{Order: string(o.ID), Reference: o.ExternalID, Date: st.Day(o.Created), Service: o.Service, Sender: sender(st), Receiver: address(to)}
	if to != nil {
		d.GiftNote = to.Note
	}
	for _, l := range o.Lines {
		name := itemName(st, l.SKU)
		if name == "" {
			name = string(l.SKU)
		}
		d.Lines = append(d.Lines, labels.SlipLine{SKU: string(l.SKU), Name: name, Ordered: int(l.Ordered), Shipped: int(l.Packed), Short: int(l.Short)})
	}
	for _, p := range parcels {
		if p.Tracking != "" && p.Status != floor.ParcelCancelled {
			d.Parcels = append(d.Parcels, labels.SlipParcel{Tracking: p.Tracking, Carrier: p.Carrier, WeightG: int(p.WeightG)})
		}
	}
	return d
}

func pickListPDF(c *call) error {
	var d labels.PickList
	found := false
	c.view(func(st *floor.State) {
		l := st.PickLists[floor.PickListID(c.Params("id"))]
		if l == nil {
			return
		}
		found = true
		d = labels.PickList{Code: string(l.ID), Wave: string(l.Wave), Date: st.Day(l.Created)}
		for _, s := range l.Totes {
			d.Slots = append(d.Slots, labels.PickSlot{Slot: strconv.Itoa(s.Slot), Tote: string(s.Tote), Order: string(s.Order)})
		}
		for i := range l.Lines {
			p := &l.Lines[i]
			d.Lines = append(d.Lines, labels.PickLine{Bin: string(p.From.Place.Bin()), SKU: string(p.SKU), Name: itemName(st, p.SKU),
				Lot: p.From.Lot, Qty: int(p.Qty), Slot: strconv.Itoa(p.Slot)})
		}
	})
	if !found {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_picklist", Say: "no pick list " + clip(c.Params("id"))})
	}
	return c.paged(d.Code, d)
}
