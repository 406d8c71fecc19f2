package devices

import (
	"cmp"
	"errors"

	"floorline/floor"
	"floorline/labels"
)

// paperDocument is what any printer with PDF can print; printable is what a label printer can have too.
type (
	paperDocument interface {
		PDF(size labels.Size, dpi int) ([]byte, error)
	}
	printable interface {
		paperDocument
		ZPL(size labels.Size, dpi int) ([]byte, error)
	}
)

// drawing is a paper ready to be drawn, and the size it has where its printer names none.
type drawing struct {
	it   paperDocument
	size labels.Size
}

// papers gather from the records what each sort of print says, at the moment when it is sent. False: there
// is nothing of it any more. A new sort is one line here, or among parcelPapers.
var papers = map[string]func(st *floor.State, p *floor.Print) (drawing, bool){
	floor.PrintLabel: labelPaper,
	floor.PrintSlip:  slipPaper,
	floor.PrintBin: func(st *floor.State, p *floor.Print) (drawing, bool) {
		b := st.Bins[floor.BinCode(p.Subject)]
		if b == nil {
			return drawing{}, false
		}
		return drawing{binLabel(b), labels.Size62x29}, true
	},
	floor.PrintTote: func(st *floor.State, p *floor.Print) (drawing, bool) {
		x := st.Totes[floor.ToteCode(p.Subject)]
		if x == nil {
			return drawing{}, false
		}
		return drawing{toteLabel(x), labels.Size100x50}, true
	},
	floor.PrintItem: func(st *floor.State, p *floor.Print) (drawing, bool) {
		it := st.Items[floor.SKU(p.Subject)]
		if it == nil {
			return drawing{}, false
		}
		d := itemLabel(it)
		if p.Goods != nil {
			d = goodsLabel(it, p.Goods.Lot, p.Goods.Expiry, p.Goods.Serial)
			return drawing{labels.ItemCopies{Item: d, Copies: int(p.Goods.Copies)}, labels.Size62x29}, true
		}
		return drawing{d, labels.Size62x29}, true
	},
	floor.PrintLogistics: func(st *floor.State, p *floor.Print) (drawing, bool) {
		if came, in := st.ReceivedPallet(p.Subject); came != nil {
			return drawing{cameLogistics(st, came, in), labels.Size4x6}, true
		}
		on := st.Pallet(p.Subject)
		if on == nil || on.Status == floor.PalletOpen {
			return drawing{}, false
		}
		return drawing{logistics(st, on), labels.Size4x6}, true
	},
	floor.PrintTest: func(st *floor.State, p *floor.Print) (drawing, bool) {
		printer := st.PrinterNamed(p.Printer)
		name := printer.Name
		if name == "" {
			name = string(printer.Code)
		}
		size := labels.Size4x6
		if printer.Language == floor.PrinterPDF {
			size = labels.SizeA4
		}
		return drawing{labels.Trial{Printer: name, Address: printer.Address, Job: p.Subject}, size}, true
	},
}

func labelPaper(st *floor.State, p *floor.Print) (drawing, bool) {
	parcel := st.Parcels[p.Parcel]
	if parcel == nil || st.PrintDead(p) {
		return drawing{}, false
	}
	if bytes, kind, bought := st.BoughtLabel(parcel); bought {
		return drawing{soldLabel{kind, bytes}, labels.Size4x6}, len(bytes) > 0
	}
	d, ready := shippingLabel(st, st.Orders[parcel.Order], parcel)
	if p.Of >= d.Parcel && p.Of > 0 {
		d.Parcels = p.Of
	}
	return drawing{d, labels.Size4x6}, ready
}

// soldLabel is a label that a carrier sold: it goes out as it is.
type soldLabel struct {
	kind  string
	bytes []byte
}

func (l soldLabel) PDF(labels.Size, int) ([]byte, error) { return l.as("pdf") }
func (l soldLabel) ZPL(labels.Size, int) ([]byte, error) { return l.as("zpl") }

func (l soldLabel) as(kind string) ([]byte, error) {
	if kind != l.kind {
		return nil, errors.New("the carrier sold it as " + l.kind + ": choose a printer for that, or print it from the screen")
	}
	return l.bytes, nil
}

func slipPaper(st *floor.State, p *floor.Print) (drawing, bool) {
	o := st.Orders[floor.OrderID(p.Subject)]
	if o == nil {
		return drawing{}, false
	}
	var parcels []*floor.Parcel
	for _, id := range o.Parcels {
		if parcel := st.Parcels[id]; parcel != nil {
			parcels = append(parcels, parcel)
		}
	}
	return drawing{slip(st, o, parcels), labels.SizeA4}, true
}

// parcelPapers are what goes with a parcel besides its label and slip. Each may be refused, with why.
var parcelPapers = map[string]func(st *floor.State, o *floor.Order, p *floor.Parcel) (drawing, *floor.Error){
	floor.PrintCustoms: func(st *floor.State, o *floor.Order, p *floor.Parcel) (drawing, *floor.Error) {
		d, err := customsPaper(st, o, p)
		return drawing{d, labels.Size4x6}, err
	},
	floor.PrintInvoice: func(st *floor.State, o *floor.Order, p *floor.Parcel) (drawing, *floor.Error) {
		d, err := invoicePaper(st, o, p)
		return drawing{d, labels.SizeA4}, err
	},
	floor.PrintHazard: func(st *floor.State, _ *floor.Order, p *floor.Parcel) (drawing, *floor.Error) {
		d, err := marksOf(st, p, "", false, false)
		return drawing{d, d.usual()}, err
	},
	floor.PrintReturn: func(st *floor.State, o *floor.Order, p *floor.Parcel) (drawing, *floor.Error) {
		return drawing{returnPaper(st, o, p), labels.Size4x6}, nil
	},
}

// printedPaper is what a print says; false: there is nothing of it any more.
func printedPaper(st *floor.State, p *floor.Print) (drawing, bool) {
	if draw := papers[cmp.Or(p.What, floor.PrintLabel)]; draw != nil {
		return draw(st, p)
	}
	parcel := st.Parcels[p.Parcel]
	draw := parcelPapers[p.What]
	if draw == nil || parcel == nil || parcel.Tracking == "" || st.PrintDead(p) {
		return drawing{}, false
	}
	d, err := draw(st, st.Orders[parcel.Order], parcel)
	return d, err == nil
}

// paperRefused says why a paper of a parcel cannot be printed; nil where it can, or where the floor says it.
func paperRefused(st *floor.State, what, id string) (err *floor.Error) {
	parcel, draw := st.Parcel(id), parcelPapers[what]
	if draw == nil || parcel == nil || parcel.Tracking == "" {
		return nil
	}
	_, err = draw(st, st.Orders[parcel.Order], parcel)
	return err
}
