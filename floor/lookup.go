package floor

// Found is one thing that a code may mean.
type Found struct {
	Kind   string  `json:"kind"` // item lot serial bin tote order picklist parcel manifest pallet purchase receipt return carton
	ID     string  `json:"id"`
	Name   string  `json:"name,omitempty"`
	SKU    SKU     `json:"sku,omitempty"`    // of an item, a lot or a serial
	Lot    string  `json:"lot,omitempty"`    // as the code says it
	Expiry string  `json:"expiry,omitempty"` // likewise
	Serial string  `json:"serial,omitempty"`
	Qty    int64   `json:"qty,omitempty"` // units that the code stands for
	Status string  `json:"status,omitempty"`
	Order  OrderID `json:"order,omitempty"` // whose it is
	// Purchase is what a receipt is of.
	Purchase PurchaseOrderID `json:"purchase,omitempty"`
	Odd      string          `json:"odd,omitempty"` // label_replaced, pallet_to_come or pallet_came
}

// What is odd about a thing that was found.
const (
	OddReplaced = "label_replaced" // the code is of a label that another replaced
	OddToCome   = "pallet_to_come" // the code is of a pallet that it announced
	OddCame     = "pallet_came"    // of one that came with it
)

// Lookup says what a code means in the house, as a scan of it would be taken; nothing is changed. Bad says why it means
// nothing, as a scan would be told. What has left memory is for the store to find.
func (s *State) Lookup(raw string) (out []Found, bad Code) {
	r := s.resolve(raw)
	for _, one := range append([]*seen{r}, r.also...) {
		out = append(out, s.meanings(one)...)
	}
	if x := s.Receipts[ReceiptID(r.text)]; x != nil {
		out = append(out, s.ReceiptFound(x))
	}
	if len(out) == 0 {
		bad = r.bad
	}
	return out, bad
}

// meanings are those of one reading of a code, what is nearest to a unit first.
func (s *State) meanings(r *seen) (out []Found) {
	for _, u := range r.units {
		out = append(out, s.unitFound(u.Key.SKU, u.Key.Serial))
	}
	if it := r.item; it != nil {
		if r.serial != "" {
			out = append(out, s.unitFound(it.SKU, r.serial))
		}
		if r.lot != "" {
			out = append(out, Found{Kind: "lot", ID: r.lot, Name: it.Name, SKU: it.SKU, Lot: r.lot, Expiry: r.expiry})
		}
		out = append(out, Found{Kind: "item", ID: string(it.SKU), Name: it.Name, SKU: it.SKU, Lot: r.lot, Expiry: r.expiry, Serial: r.serial, Qty: r.qty})
	}
	if b := r.bin; b != nil {
		out = append(out, Found{Kind: "bin", ID: string(b.Code), Name: b.BinKind})
	}
	if x := r.tote; x != nil {
		out = append(out, Found{Kind: "tote", ID: string(x.Code), Order: x.Order})
	}
	if p := r.parcel; p != nil {
		out = append(out, p.found(""))
	}
	if p := r.void; p != nil {
		out = append(out, p.found(OddReplaced))
	}
	return append(out, s.papersFound(r)...)
}

// papersFound are what is written down: orders, lists, trucks, purchases.
func (s *State) papersFound(r *seen) (out []Found) {
	if o := r.order; o != nil {
		out = append(out, OrderFound(o))
	}
	if l := r.list; l != nil {
		out = append(out, Found{Kind: "picklist", ID: string(l.ID), Status: l.Status})
	}
	if m := r.manifest; m != nil {
		out = append(out, Found{Kind: "manifest", ID: string(m.ID), Name: m.Carrier, Status: m.Status})
	}
	if p := r.pallet; p != nil {
		out = append(out, Found{Kind: "pallet", ID: string(p.ID), Name: p.SSCC, Status: p.Status})
	}
	if c := r.carton; c != nil {
		out = append(out, Found{Kind: "carton", ID: string(c.Code), Name: c.Name})
	}
	if p := r.purchase; p != nil {
		out = append(out, PurchaseFound(p))
	}
	if p := s.PurchaseOrders[r.inbound]; p != nil {
		x := PurchaseFound(p)
		x.Odd = OddToCome
		for _, pallet := range p.Pallets {
			if pallet.SSCC == BareSSCC(r.text) && pallet.Taken {
				x.Odd = OddCame
			}
		}
		out = append(out, x)
	}
	if b := r.ret; b != nil {
		out = append(out, Found{Kind: "return", ID: string(b.ID), Status: b.Status, Order: b.Order})
	}
	return out
}

func (s *State) unitFound(sku SKU, serial string) Found {
	x := Found{Kind: "serial", ID: serial, SKU: sku, Serial: serial}
	if it := s.Items[sku]; it != nil {
		x.Name = it.Name
	}
	return x
}

func (p *Parcel) found(odd string) Found {
	return Found{Kind: "parcel", ID: string(p.ID), Name: p.Tracking, Status: p.Status, Order: p.Order, Odd: odd}
}

// ParcelFound is a parcel as a look-up shows it; by a number of a label that was replaced it says so.
func ParcelFound(p *Parcel, code string) Found {
	for _, number := range p.Void {
		if number == code {
			return p.found(OddReplaced)
		}
	}
	return p.found("")
}

// ExternalName is the name under which the archive has a shop's order.
func ExternalName(channel, number string) string { return externalKey(channel, number) }

// OrderFound is an order as a look-up shows it.
func OrderFound(o *Order) Found {
	return Found{Kind: "order", ID: string(o.ID), Name: o.ExternalID, Status: o.Status}
}

// ReceiptFound is a receipt as a look-up shows it.
func (s *State) ReceiptFound(r *Receipt) Found {
	x := Found{Kind: "receipt", ID: string(r.ID), Status: r.Status, Purchase: r.PurchaseOrder}
	if p := s.PurchaseOrders[r.PurchaseOrder]; p != nil {
		x.Name = p.External
	}
	return x
}

// PurchaseFound is a purchase as a look-up shows it.
func PurchaseFound(p *PurchaseOrder) Found {
	return Found{Kind: "purchase", ID: string(p.ID), Name: p.External, Status: p.Status}
}

// Whose says for which order some stock is there, and how much of it.
type Whose struct {
	Order OrderID    `json:"order,omitempty"`
	List  PickListID `json:"picklist,omitempty"` // that will fetch it, or has it in a tote for several orders
	Qty   int64      `json:"qty"`
}

// WhoseStock says whose rows of stock are: what pick lists fetch and what is set aside, in bins; in a tote and in a parcel
// the order's.
func (s *State) WhoseStock(rows []*Stock) map[StockKey][]Whose {
	out := map[StockKey][]Whose{}
	promised := map[StockKey]bool{}
	for _, r := range rows {
		place := r.Key.Place
		if t := s.Totes[place.Tote()]; t != nil && (t.Order != "" || t.List != "") {
			out[r.Key] = append(out[r.Key], Whose{t.Order, t.List, r.OnHand})
		} else if p := s.Parcels[place.Parcel()]; p != nil {
			out[r.Key] = append(out[r.Key], Whose{Order: p.Order, Qty: r.OnHand})
		}
		if r.Reserved > 0 {
			promised[r.Key] = true
		}
	}
	if len(promised) == 0 {
		return out
	}
	for _, id := range s.index.lists {
		l := s.PickLists[id]
		for i := range l.Lines {
			p := &l.Lines[i]
			if left := p.Qty - p.Short - p.Picked; p.Status == LineOpen && left > 0 && promised[p.From] {
				out[p.From] = append(out[p.From], Whose{p.Order, l.ID, left})
			}
		}
	}
	for _, id := range s.index.keepers {
		for _, k := range s.Orders[id].Kept {
			if promised[k.Key] {
				out[k.Key] = append(out[k.Key], Whose{Order: id, Qty: k.Qty})
			}
		}
	}
	return out
}
