package floor

import "fmt"

// PurchaseOrderID names what was bought, ReceiptID one delivery of it.
type (
	PurchaseOrderID string
	ReceiptID       string
)

// PurchaseOrder is what was bought of a supplier and is to come, on one truck or several.
type PurchaseOrder struct {
	ID       PurchaseOrderID     `cbor:"1,keyasint" json:"id"`
	External string              `cbor:"2,keyasint" json:"external_id"` // the number that the supplier and the buyer know
	Supplier string              `cbor:"3,keyasint" json:"supplier"`
	Due      string              `cbor:"4,keyasint,omitempty" json:"due,omitempty"` // 2026-02-28
	Status   string              `cbor:"5,keyasint" json:"status"`
	Lines    []PurchaseOrderLine `cbor:"6,keyasint" json:"lines"`
	Pallets  []InboundPallet     `cbor:"7,keyasint,omitempty" json:"pallets"` // as the supplier announced them
	Receipts []ReceiptID         `cbor:"8,keyasint,omitempty" json:"receipts"`
	Created  Time                `cbor:"9,keyasint" json:"-"`
	Ended    Time                `cbor:"10,keyasint,omitempty" json:"-"`
}

// PurchaseOrderLine is what is to come of one item, and what came, in units.
type PurchaseOrderLine struct {
	SKU       SKU   `cbor:"1,keyasint" json:"sku"`
	Ordered   int64 `cbor:"2,keyasint" json:"ordered"`
	Received  int64 `cbor:"3,keyasint,omitempty" json:"received"`
	Damaged   int64 `cbor:"4,keyasint,omitempty" json:"damaged"` // of those received
	CostCents int64 `cbor:"5,keyasint,omitempty" json:"cost_cents,omitempty"`
}

// InboundPallet is a pallet that was announced: scanning its SSCC takes in all that is on it.
type InboundPallet struct {
	SSCC  string       `cbor:"1,keyasint" json:"sscc"`
	Lines []PalletLine `cbor:"2,keyasint" json:"lines"`
	Taken bool         `cbor:"3,keyasint,omitempty" json:"received"`
}

// PalletLine is what lies on a pallet.
type PalletLine struct {
	SKU    SKU    `cbor:"1,keyasint" json:"sku"`
	Qty    int64  `cbor:"2,keyasint" json:"qty"`
	Lot    string `cbor:"3,keyasint,omitempty" json:"lot,omitempty"`
	Expiry string `cbor:"4,keyasint,omitempty" json:"expiry,omitempty"`
}

// The status words of a purchase.
const (
	PurchaseOrderOpen      = "open"
	PurchaseOrderReceiving = "receiving"
	PurchaseOrderReceived  = "received"
	PurchaseOrderCancelled = "cancelled"
)

var purchaseOrderLife = life{"purchase", []move{
	{PurchaseOrderOpen, "receive", PurchaseOrderReceiving},
	{PurchaseOrderReceiving, "receive", PurchaseOrderReceiving},
	{PurchaseOrderReceiving, "close", PurchaseOrderReceived},
	{PurchaseOrderOpen, "cancel", PurchaseOrderCancelled},
	{PurchaseOrderReceiving, "cancel", PurchaseOrderReceived}, // what came has come
}}

// Limits of a purchase.
const (
	PurchaseOrderLineLimit = 2000
	InboundPalletLimit     = 500
)

// NewPurchaseOrder is what a buyer sends.
type NewPurchaseOrder struct {
	Row      int
	External string
	Supplier string
	Due      string
	Lines    []PurchaseOrderLine
	Pallets  []InboundPallet
}

// CreatePurchaseOrder announces goods. The same supplier's number again is the same purchase.
type CreatePurchaseOrder struct{ PurchaseOrder NewPurchaseOrder }

func (v CreatePurchaseOrder) do(t *turn) (any, *Error) {
	if p := t.purchaseOrderBy(v.PurchaseOrder.Supplier, v.PurchaseOrder.External); p != nil {
		t.existing = true
		return p.view(), nil
	}
	if err := t.checkPurchaseOrder(&v.PurchaseOrder); err != nil {
		return nil, err
	}
	return t.createPurchaseOrder(&v.PurchaseOrder).view(), nil
}

// ImportPurchaseOrders takes in some purchases of a file; a known one is left as it is. Dry says: only tell.
type ImportPurchaseOrders struct {
	PurchaseOrders []NewPurchaseOrder
	Dry            bool
}

func (v ImportPurchaseOrders) do(t *turn) (any, *Error) {
	if len(v.PurchaseOrders) > RowLimit {
		return nil, refuse(Full, "too_many_rows", fmt.Sprintf("at most %d rows in one command", RowLimit))
	}
	r := &Import{Errors: []RowFault{}}
	for i := range v.PurchaseOrders {
		n := &v.PurchaseOrders[i]
		if t.purchaseOrderBy(n.Supplier, n.External) != nil {
			r.Unchanged++
		} else if err := t.checkPurchaseOrder(n); err != nil {
			r.reject(n.Row, n.External, err)
		} else if r.Created++; !v.Dry {
			t.createPurchaseOrder(n)
		}
	}
	return r, nil
}

func (t *turn) createPurchaseOrder(n *NewPurchaseOrder) *PurchaseOrder {
	id := PurchaseOrderID(t.following("purchase", "PO-%05d", 0))
	t.emit(&PurchaseOrderCreated{PurchaseOrder{ID: id, External: n.External, Supplier: n.Supplier, Due: n.Due, Status: PurchaseOrderOpen, Lines: n.Lines, Pallets: n.Pallets}})
	return t.PurchaseOrders[id]
}

func (t *turn) checkPurchaseOrder(n *NewPurchaseOrder) *Error {
	var f faults
	checkText(&f, "/external_id", n.External, 1, ExternalLimit)
	checkText(&f, "/supplier", n.Supplier, 0, NameLimit)
	if n.Due != "" && !isDate(n.Due) {
		f.add("/due", "bad_date", "a day is written 2026-02-28")
	}
	if len(n.Lines) == 0 || len(n.Lines) > PurchaseOrderLineLimit {
		f.add("/lines", "out_of_range", fmt.Sprintf("1 to %d lines", PurchaseOrderLineLimit))
	}
	seen := map[SKU]bool{}
	for i, l := range n.Lines {
		if t.Items[l.SKU] == nil {
			f.add(pointerTo("/lines", i, "sku"), "unknown_item", "no item "+string(l.SKU)+"; create it first")
		}
		if seen[l.SKU] {
			f.add(pointerTo("/lines", i, "sku"), "twice", string(l.SKU)+" stands on another line; add them up")
		}
		seen[l.SKU] = true
		checkRange(&f, pointerTo("/lines", i, "qty"), l.Ordered, 1, QtyLimit)
		checkRange(&f, pointerTo("/lines", i, "cost_cents"), l.CostCents, 0, MoneyLimit)
	}
	t.checkPallets(&f, n, seen)
	return f.err()
}

func (t *turn) checkPallets(f *faults, n *NewPurchaseOrder, bought map[SKU]bool) {
	if len(n.Pallets) > InboundPalletLimit {
		f.add("/pallets", "too_many", fmt.Sprintf("at most %d pallets; split it", InboundPalletLimit))
		return
	}
	seen := map[string]bool{}
	for i, p := range n.Pallets {
		at := fmt.Sprintf("/pallets/%d", i)
		if len(p.Lines) == 0 {
			f.add(at+"/lines", "required", "say what is on it")
		}
		if len(p.SSCC) != 18 || !allDigits(p.SSCC) || gtinCheck(p.SSCC[:17]) != p.SSCC[17] {
			f.add(at+"/sscc", "check_digit", "an SSCC has 18 digits, the last of them its check digit")
		} else if other := t.index.inbound[p.SSCC]; other != "" {
			f.add(at+"/sscc", "twice", "is announced by "+string(other)+" already")
		} else if seen[p.SSCC] {
			f.add(at+"/sscc", "twice", "stands on another pallet of this purchase; each has a code of its own")
		}
		seen[p.SSCC] = true
		for j, l := range p.Lines {
			if !bought[l.SKU] {
				f.add(pointerTo(at+"/lines", j, "sku"), "unknown_item", "a pallet holds what its purchase lists")
			}
			checkRange(f, pointerTo(at+"/lines", j, "qty"), l.Qty, 1, QtyLimit)
			t.checkUnit(f, at+fmt.Sprintf("/lines/%d", j), l)
		}
	}
}

// checkUnit holds what is announced of a lot and an expiry day to what its item is kept by.
func (t *turn) checkUnit(f *faults, at string, l PalletLine) {
	checkText(f, at+"/lot", l.Lot, 0, CodeLimit)
	if l.Expiry != "" && !isDate(l.Expiry) {
		f.add(at+"/expiry", "bad_date", "a day is written 2026-02-28")
	}
	it := t.Items[l.SKU]
	switch {
	case it == nil:
	case it.Tracking == "serial":
		f.add(at+"/sku", "serials_required", string(l.SKU)+" is kept by serial: its units are scanned one by one, so announce no pallet of it")
	case it.Tracking == "lot" && l.Lot == "":
		f.add(at+"/lot", "lot_required", string(l.SKU)+" is kept by lot; say which")
	case it.Expiry && l.Expiry == "":
		f.add(at+"/expiry", "expiry_required", string(l.SKU)+" expires; say when")
	}
}

func (s *State) purchaseOrderBy(supplier, external string) *PurchaseOrder {
	return s.PurchaseOrders[s.index.bought[externalKey(supplier, external)]]
}

// EndPurchaseOrder says that no more comes of a purchase.
type EndPurchaseOrder struct{ ID PurchaseOrderID }

func (v EndPurchaseOrder) do(t *turn) (any, *Error) {
	p := t.PurchaseOrders[v.ID]
	if p == nil {
		return nil, refuse(NotFound, "no_purchase", "no purchase "+string(v.ID))
	}
	if purchaseOrderLife.to(p.Status, "cancel") == "" {
		return nil, refuse(Conflict, "purchase_"+p.Status, "the purchase is "+p.Status+" already")
	}
	if r := t.openReceiptOf(p.ID); r != nil {
		return nil, refuse(Conflict, "receiving", "it is being received as "+string(r.ID)+"; finish that first")
	}
	t.emit(&PurchaseOrderMoved{PurchaseOrder: p.ID, Verb: "cancel"})
	return p.view(), nil
}

func (s *State) openReceiptOf(id PurchaseOrderID) *Receipt {
	for _, r := range s.index.receipts {
		if s.Receipts[r].PurchaseOrder == id {
			return s.Receipts[r]
		}
	}
	return nil
}

// line is the line of an item, or nil.
func (p *PurchaseOrder) line(sku SKU) *PurchaseOrderLine {
	for i := range p.Lines {
		if p.Lines[i].SKU == sku {
			return &p.Lines[i]
		}
	}
	return nil
}

// left is what is still to come.
func (p *PurchaseOrder) left() (n int64) {
	for _, l := range p.Lines {
		n += max(l.Ordered-l.Received, 0)
	}
	return n
}

// PurchaseOrderView is a purchase as the API shows it.
type PurchaseOrderView struct {
	PurchaseOrder
	CreatedAt string `json:"created_at"`
	EndedAt   string `json:"ended_at,omitempty"`
}

func (p *PurchaseOrder) view() *PurchaseOrderView {
	v := &PurchaseOrderView{*p, p.Created.String(), p.Ended.String()}
	v.Lines = append([]PurchaseOrderLine{}, p.Lines...)
	v.Pallets = append([]InboundPallet{}, p.Pallets...)
	v.Receipts = append([]ReceiptID{}, p.Receipts...)
	return v
}

// PurchaseOrderView shows a purchase; nil where there is none of that number.
func (s *State) PurchaseOrderView(id PurchaseOrderID) *PurchaseOrderView {
	if p := s.PurchaseOrders[id]; p != nil {
		return p.view()
	}
	return nil
}

// OnOrder is what is still to come of each item.
func (s *State) OnOrder() map[SKU]int64 {
	out := map[SKU]int64{}
	for _, id := range s.index.coming {
		for _, l := range s.PurchaseOrders[id].Lines {
			out[l.SKU] += max(l.Ordered-l.Received, 0)
		}
	}
	return out
}

// Kinds of goods in.
const (
	KindPurchaseOrderCreated Kind = 194 + iota
	KindPurchaseOrderMoved
	KindReceiptOpened
	KindUnitsReceived
	KindReceiptUndone
	KindReceiptDue
	KindReceiptLeft
	KindReceiptClosed
	KindReceiptAsked
)

// PurchaseOrderCreated says goods are to come.
type PurchaseOrderCreated struct {
	PurchaseOrder PurchaseOrder `cbor:"1,keyasint"`
}

var _ = kind(KindPurchaseOrderCreated, "purchase_order_created", "stock", func() Body { return new(PurchaseOrderCreated) })

func (*PurchaseOrderCreated) Kind() Kind { return KindPurchaseOrderCreated }

func (b *PurchaseOrderCreated) apply(s *State, e *Event) {
	s.number("purchase")
	p := b.PurchaseOrder
	p.Lines = append([]PurchaseOrderLine(nil), p.Lines...)
	p.Pallets = append([]InboundPallet(nil), p.Pallets...)
	p.Created = e.At
	s.PurchaseOrders[p.ID] = &p
	s.savePurchaseOrder(&p)
}

func (s *State) savePurchaseOrder(p *PurchaseOrder) {
	s.index.setPurchaseOrder(p)
	s.touch(TablePurchaseOrder, string(p.ID))
}

// PurchaseOrderMoved says a purchase took a step of its life.
type PurchaseOrderMoved struct {
	PurchaseOrder PurchaseOrderID `cbor:"1,keyasint"`
	Verb          string          `cbor:"2,keyasint"`
}

var _ = kind(KindPurchaseOrderMoved, "purchase_order_moved", "stock", func() Body { return new(PurchaseOrderMoved) })

func (*PurchaseOrderMoved) Kind() Kind { return KindPurchaseOrderMoved }

func (b *PurchaseOrderMoved) apply(s *State, e *Event) {
	p := s.PurchaseOrders[b.PurchaseOrder]
	p.Status = purchaseOrderLife.must(p.Status, b.Verb)
	if p.Status == PurchaseOrderReceived || p.Status == PurchaseOrderCancelled {
		p.Ended = e.At
	}
	s.savePurchaseOrder(p)
}

// setPurchaseOrder enters a purchase where it is looked for.
func (x *index) setPurchaseOrder(p *PurchaseOrder) {
	open := p.Status == PurchaseOrderOpen || p.Status == PurchaseOrderReceiving
	x.bought[externalKey(p.Supplier, p.External)] = p.ID
	x.coming.set(p.ID, open)
	for _, pallet := range p.Pallets {
		if open {
			x.inbound[pallet.SSCC] = p.ID
		} else {
			delete(x.inbound, pallet.SSCC)
		}
	}
}
