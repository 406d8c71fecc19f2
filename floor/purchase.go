package floor

import "fmt"

// PurchaseID names what was bought, ReceiptID one delivery of it.
type (
	PurchaseID string
	ReceiptID  string
)

// Purchase is what was bought of a supplier and is to come, on one truck or several.
type Purchase struct {
	ID       PurchaseID      `cbor:"1,keyasint" json:"id"`
	External string          `cbor:"2,keyasint" json:"external_id"` // the number that the supplier and the buyer know
	Supplier string          `cbor:"3,keyasint" json:"supplier"`
	Due      string          `cbor:"4,keyasint,omitempty" json:"due,omitempty"` // 2026-02-28
	Status   string          `cbor:"5,keyasint" json:"status"`
	Lines    []PurchaseLine  `cbor:"6,keyasint" json:"lines"`
	Pallets  []InboundPallet `cbor:"7,keyasint,omitempty" json:"pallets"` // as the supplier announced them
	Receipts []ReceiptID     `cbor:"8,keyasint,omitempty" json:"receipts"`
	Created  Time            `cbor:"9,keyasint" json:"-"`
	Ended    Time            `cbor:"10,keyasint,omitempty" json:"-"`
}

// PurchaseLine is what is to come of one item, and what came, in units.
type PurchaseLine struct {
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
	PurchaseOpen      = "open"
	PurchaseReceiving = "receiving"
	PurchaseReceived  = "received"
	PurchaseCancelled = "cancelled"
)

var purchaseLife = life{"purchase", []move{
	{PurchaseOpen, "receive", PurchaseReceiving},
	{PurchaseReceiving, "receive", PurchaseReceiving},
	{PurchaseReceiving, "close", PurchaseReceived},
	{PurchaseOpen, "cancel", PurchaseCancelled},
	{PurchaseReceiving, "cancel", PurchaseReceived}, // what came has come
}}

// Limits of a purchase.
const (
	PurchaseLineLimit = 2000
	PalletLimit       = 500
)

// NewPurchase is what a buyer sends.
type NewPurchase struct {
	Row      int
	External string
	Supplier string
	Due      string
	Lines    []PurchaseLine
	Pallets  []InboundPallet
}

// CreatePurchase announces goods. The same supplier's number again is the same purchase.
type CreatePurchase struct{ Purchase NewPurchase }

func (v CreatePurchase) do(t *turn) (any, *Error) {
	if p := t.purchaseBy(v.Purchase.Supplier, v.Purchase.External); p != nil {
		t.existing = true
		return p.view(), nil
	}
	if err := t.checkPurchase(&v.Purchase); err != nil {
		return nil, err
	}
	return t.createPurchase(&v.Purchase).view(), nil
}

// ImportPurchases takes in some purchases of a file; a known one is left as it is. Dry says: only tell.
type ImportPurchases struct {
	Purchases []NewPurchase
	Dry       bool
}

func (v ImportPurchases) do(t *turn) (any, *Error) {
	if len(v.Purchases) > RowLimit {
		return nil, refuse(Full, "too_many_rows", fmt.Sprintf("at most %d rows in one command", RowLimit))
	}
	r := &Import{Errors: []RowFault{}}
	for i := range v.Purchases {
		n := &v.Purchases[i]
		if t.purchaseBy(n.Supplier, n.External) != nil {
			r.Unchanged++
		} else if err := t.checkPurchase(n); err != nil {
			r.reject(n.Row, n.External, err)
		} else if r.Created++; !v.Dry {
			t.createPurchase(n)
		}
	}
	return r, nil
}

func (t *turn) createPurchase(n *NewPurchase) *Purchase {
	id := PurchaseID(t.following("purchase", "PO-%05d", 0))
	t.emit(&PurchaseCreated{Purchase{ID: id, External: n.External, Supplier: n.Supplier, Due: n.Due, Status: PurchaseOpen, Lines: n.Lines, Pallets: n.Pallets}})
	return t.Purchases[id]
}

func (t *turn) checkPurchase(n *NewPurchase) *Error {
	var f faults
	checkText(&f, "/external_id", n.External, 1, ExternalLimit)
	checkText(&f, "/supplier", n.Supplier, 0, NameLimit)
	if n.Due != "" && !isDate(n.Due) {
		f.add("/due", "bad_date", "a day is written 2026-02-28")
	}
	if len(n.Lines) == 0 || len(n.Lines) > PurchaseLineLimit {
		f.add("/lines", "out_of_range", fmt.Sprintf("1 to %d lines", PurchaseLineLimit))
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

func (t *turn) checkPallets(f *faults, n *NewPurchase, bought map[SKU]bool) {
	if len(n.Pallets) > PalletLimit {
		f.add("/pallets", "too_many", fmt.Sprintf("at most %d pallets; split it", PalletLimit))
		return
	}
	for i, p := range n.Pallets {
		at := fmt.Sprintf("/pallets/%d", i)
		if len(p.SSCC) != 18 || !allDigits(p.SSCC) || gtinCheck(p.SSCC[:17]) != p.SSCC[17] {
			f.add(at+"/sscc", "check_digit", "an SSCC has 18 digits, the last of them its check digit")
		} else if other := t.index.inbound[p.SSCC]; other != "" {
			f.add(at+"/sscc", "twice", "is announced by "+string(other)+" already")
		}
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

func (s *State) purchaseBy(supplier, external string) *Purchase {
	return s.Purchases[s.index.bought[externalKey(supplier, external)]]
}

// EndPurchase says that no more comes of a purchase.
type EndPurchase struct{ ID PurchaseID }

func (v EndPurchase) do(t *turn) (any, *Error) {
	p := t.Purchases[v.ID]
	if p == nil {
		return nil, refuse(NotFound, "no_purchase", "no purchase "+string(v.ID))
	}
	if purchaseLife.to(p.Status, "cancel") == "" {
		return nil, refuse(Conflict, "purchase_"+p.Status, "the purchase is "+p.Status+" already")
	}
	if r := t.openReceiptOf(p.ID); r != nil {
		return nil, refuse(Conflict, "receiving", "it is being received as "+string(r.ID)+"; finish that first")
	}
	t.emit(&PurchaseMoved{Purchase: p.ID, Verb: "cancel"})
	return p.view(), nil
}

func (s *State) openReceiptOf(id PurchaseID) *Receipt {
	for _, r := range s.index.receipts {
		if s.Receipts[r].Purchase == id {
			return s.Receipts[r]
		}
	}
	return nil
}

// line is the line of an item, or nil.
func (p *Purchase) line(sku SKU) *PurchaseLine {
	for i := range p.Lines {
		if p.Lines[i].SKU == sku {
			return &p.Lines[i]
		}
	}
	return nil
}

// left is what is still to come.
func (p *Purchase) left() (n int64) {
	for _, l := range p.Lines {
		n += max(l.Ordered-l.Received, 0)
	}
	return n
}

// PurchaseView is a purchase as the API shows it.
type PurchaseView struct {
	Purchase
	CreatedAt string `json:"created_at"`
	EndedAt   string `json:"ended_at,omitempty"`
}

func (p *Purchase) view() *PurchaseView {
	v := &PurchaseView{*p, p.Created.String(), p.Ended.String()}
	v.Lines = append([]PurchaseLine{}, p.Lines...)
	v.Pallets = append([]InboundPallet{}, p.Pallets...)
	v.Receipts = append([]ReceiptID{}, p.Receipts...)
	return v
}

// PurchaseView shows a purchase; nil where there is none of that number.
func (s *State) PurchaseView(id PurchaseID) *PurchaseView {
	if p := s.Purchases[id]; p != nil {
		return p.view()
	}
	return nil
}

// OnOrder is what is still to come of each item.
func (s *State) OnOrder() map[SKU]int64 {
	out := map[SKU]int64{}
	for _, id := range s.index.coming {
		for _, l := range s.Purchases[id].Lines {
			out[l.SKU] += max(l.Ordered-l.Received, 0)
		}
	}
	return out
}

// Kinds of goods in.
const (
	KindPurchaseCreated Kind = 194 + iota
	KindPurchaseMoved
	KindReceiptOpened
	KindUnitsReceived
	KindReceiptUndone
	KindReceiptDue
	KindReceiptLeft
	KindReceiptClosed
	KindReceiptAsked
)

// PurchaseCreated says goods are to come.
type PurchaseCreated struct {
	Purchase Purchase `cbor:"1,keyasint"`
}

var _ = kind(KindPurchaseCreated, "purchase_created", "stock", func() Body { return new(PurchaseCreated) })

func (*PurchaseCreated) Kind() Kind { return KindPurchaseCreated }

func (b *PurchaseCreated) apply(s *State, e *Event) {
	s.number("purchase")
	p := b.Purchase
	p.Lines = append([]PurchaseLine(nil), p.Lines...)
	p.Pallets = append([]InboundPallet(nil), p.Pallets...)
	p.Created = e.At
	s.Purchases[p.ID] = &p
	s.savePurchase(&p)
}

func (s *State) savePurchase(p *Purchase) {
	s.index.setPurchase(p)
	s.touch(TablePurchase, string(p.ID))
}

// PurchaseMoved says a purchase took a step of its life.
type PurchaseMoved struct {
	Purchase PurchaseID `cbor:"1,keyasint"`
	Verb     string     `cbor:"2,keyasint"`
}

var _ = kind(KindPurchaseMoved, "purchase_moved", "stock", func() Body { return new(PurchaseMoved) })

func (*PurchaseMoved) Kind() Kind { return KindPurchaseMoved }

func (b *PurchaseMoved) apply(s *State, e *Event) {
	p := s.Purchases[b.Purchase]
	p.Status = purchaseLife.must(p.Status, b.Verb)
	if p.Status == PurchaseReceived || p.Status == PurchaseCancelled {
		p.Ended = e.At
	}
	s.savePurchase(p)
}

// setPurchase enters a purchase where it is looked for.
func (x *index) setPurchase(p *Purchase) {
	open := p.Status == PurchaseOpen || p.Status == PurchaseReceiving
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
