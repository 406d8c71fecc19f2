package floor

import (
	"bytes"
	"fmt"
)

// Import is one file taken in, in commands of at most RowLimit rows. Rejected rows are named by line.
type Import struct {
	ID        string     `cbor:"1,keyasint" json:"id"`
	Format    string     `cbor:"2,keyasint" json:"format"`
	Created   int        `cbor:"3,keyasint" json:"created"`
	Updated   int        `cbor:"4,keyasint" json:"updated"`
	Unchanged int        `cbor:"5,keyasint" json:"unchanged"`
	Rejected  int        `cbor:"6,keyasint" json:"rejected"`
	Errors    []RowFault `cbor:"7,keyasint,omitempty" json:"errors"`
}

// RowFault is what is wrong with one row of a file.
type RowFault struct {
	Row    int    `cbor:"1,keyasint" json:"row"`
	Code   string `cbor:"2,keyasint" json:"code"`
	Detail string `cbor:"3,keyasint,omitempty" json:"detail"`
	Ref    string `cbor:"4,keyasint,omitempty" json:"ref,omitempty"`
}

func (r *Import) reject(row int, ref string, err *Error) {
	r.Rejected++
	if len(err.About) == 0 {
		r.Errors = append(r.Errors, RowFault{row, err.Code, err.Say, ref})
	}
	for _, f := range err.About {
		r.Errors = append(r.Errors, RowFault{row, f.Code, f.Pointer + " " + f.Detail, ref})
	}
}

// ImportOrders takes in some orders of a file. A bad one is rejected whole and the rest goes in; a known
// one is left as it is or, while nobody has begun it, brought up to date. Dry says: only tell.
type ImportOrders struct {
	Orders  []NewOrder
	Cancels []CancelRow
	Dry     bool
}

// CancelRow is a shop's word that an order is no more.
type CancelRow struct {
	Row        int
	Channel    string
	ExternalID string
	Reason     string
}

func (v ImportOrders) do(t *turn) (any, *Error) {
	if len(v.Orders)+len(v.Cancels) > RowLimit {
		return nil, refuse(Full, "too_many_rows", fmt.Sprintf("at most %d rows in one command", RowLimit))
	}
	r := &Import{Errors: []RowFault{}}
	for i := range v.Orders {
		t.importOrder(r, &v.Orders[i], v.Dry)
	}
	for _, c := range v.Cancels {
		t.importCancel(r, c, v.Dry)
	}
	return r, nil
}

func (t *turn) importOrder(r *Import, n *NewOrder, dry bool) {
	var f faults
	checkOrder(&f, n)
	if err := f.err(); err != nil {
		r.reject(n.Row, n.ExternalID, err)
		return
	}
	id, known := t.index.external[externalKey(n.Channel, n.ExternalID)]
	switch o := t.Orders[id]; {
	case !known:
		r.Created++
		if !dry {
			t.createOrder(n)
		}
	case o.Hash == n.Hash:
		r.Unchanged++
	case o.Status != OrderReceived && o.Status != OrderHeld || t.goodsOf(o):
		r.reject(n.Row, n.ExternalID, refuse(Conflict, "order_"+o.Status, "the order is "+o.Status+" and can no longer change; cancel it instead"))
		if !dry {
			t.changedTooLate(o, n.Hash)
		}
	default:
		r.Updated++
		if !dry {
			t.updateOrder(o, n)
		}
	}
}

// changedTooLate tells a lead, and whoever has the order in hand, that the shop changed it after work on it began. The
// same change sent again tells nobody anew.
func (t *turn) changedTooLate(o *Order, hash [16]byte) {
	if o.Status == OrderDispatched || o.Status == OrderDelivered || o.Status == OrderCancelled || bytes.Equal(o.Unheard, hash[:]) {
		return
	}
	t.emit(&ChangeUnheard{Order: o.ID, Hash: hash})
	t.raise("order_changed", string(o.ID), "the shop changed order "+string(o.ID)+" while it is "+o.Status+": compare, and cancel it or let it go", "order")
	about := Thing{"order", string(o.ID), ""}
	for _, id := range t.index.lists {
		if l := t.PickLists[id]; l.holds(o.ID) {
			t.notify(l.Lease, CodeChanged, about)
		}
	}
	if p := t.Packings[o.ID]; p != nil {
		t.notify(p.Lease, CodeChanged, about)
	}
}

// ChangeUnheard says the shop changed an order too late.
type ChangeUnheard struct {
	Order OrderID  `cbor:"1,keyasint"`
	Hash  [16]byte `cbor:"2,keyasint"`
}

var _ = kind(KindChangeUnheard, "change_unheard", "orders", func() Body { return new(ChangeUnheard) })

func (*ChangeUnheard) Kind() Kind        { return KindChangeUnheard }
func (b *ChangeUnheard) About() []string { return []string{"order/" + string(b.Order)} }

func (b *ChangeUnheard) apply(s *State, _ *Event) {
	o := s.Orders[b.Order]
	o.Unheard = b.Hash[:]
	s.saveOrder(o)
}

func (t *turn) updateOrder(o *Order, n *NewOrder) {
	next := Order{ID: o.ID, Channel: o.Channel, ExternalID: o.ExternalID, Hash: n.Hash, Service: n.Service,
		ShipBy: n.ShipBy, Priority: n.Priority, Currency: n.Currency, Country: n.ShipTo.Country, Reference: n.Reference, Ship: n.Ship, Instructions: n.Instructions}
	next.fill(t.State, n)
	to := n.ShipTo
	next.ShipTo = &Private{Owner: string(o.ID), Person: &to}
	given := t.freeKept(o)
	next.Lacking, next.Follows, next.Asked = o.Lacking, o.Follows, true
	t.emit(&OrderUpdated{next})
	t.planService(t.Orders[o.ID])
	t.stockCame(append(given, next.skus()...)...) // not before: the order as it was might get it back
}

func (t *turn) importCancel(r *Import, c CancelRow, dry bool) {
	o := t.Orders[t.index.external[externalKey(c.Channel, c.ExternalID)]]
	if o == nil || o.Status == OrderCancelled {
		r.Unchanged++
		return
	}
	if orderLife.to(o.Status, "cancel") == "" {
		r.reject(c.Row, c.ExternalID, refuse(Conflict, "order_"+o.Status, "the shop cancelled an order that has left; expect it back as a return"))
		return
	}
	r.Updated++
	if !dry {
		t.cancelOrder(o, c.Reason)
	}
}

// OrderUpdated says the shop changed an order that nobody had begun.
type OrderUpdated struct {
	Order Order `cbor:"1,keyasint"`
}

var _ = kind(KindOrderUpdated, "order_updated", "orders", func() Body { return new(OrderUpdated) })

func (*OrderUpdated) Kind() Kind             { return KindOrderUpdated }
func (b *OrderUpdated) Privates() []*Private { return b.Order.Privates() }
func (b *OrderUpdated) About() []string      { return []string{"order/" + string(b.Order.ID)} }

func (b *OrderUpdated) apply(s *State, e *Event) {
	old := s.Orders[b.Order.ID]
	o := b.Order
	o.Lines = append([]OrderLine(nil), b.Order.Lines...)
	o.Created, o.Timeline = old.Created, old.Timeline
	o.stamp(e, o.Status, "updated")
	s.wants(old, -1)
	s.Orders[o.ID] = &o
	s.index.addOrder(&o)
	s.wants(&o, 1)
	s.touch(TableOrder, string(o.ID))
}

// ImportItems takes in some items of a file.
type ImportItems struct {
	Items []Item
	Rows  []int
	Dry   bool
}

func (v ImportItems) do(t *turn) (any, *Error) {
	if len(v.Items) > RowLimit {
		return nil, refuse(Full, "too_many_rows", fmt.Sprintf("at most %d rows in one command", RowLimit))
	}
	r := &Import{Errors: []RowFault{}}
	for i := range v.Items {
		it := v.Items[i]
		if err := t.checkItem(&it); err != nil {
			r.reject(v.Rows[i], string(it.SKU), err)
			continue
		}
		old := t.Items[it.SKU]
		it.keepPapers(old)
		it.keepsOf(old)
		switch {
		case old == nil:
			r.Created++
		case sameItem(old, &it):
			r.Unchanged++
			continue
		default:
			r.Updated++
			it.Rev = old.Rev
		}
		if v.Dry {
			continue
		}
		it.Rev++
		t.emit(&ItemSaved{it})
		t.freeHeld(it.SKU)
	}
	return r, nil
}

// keepPapers leaves what customs and the rules of dangerous goods know of an item as it is where a file says
// nothing of them: most files come from shops that have no such columns.
func (it *Item) keepPapers(old *Item) {
	if old != nil && it.Customs == (ItemCustoms{}) {
		it.Customs = old.Customs
	}
	if old != nil && it.Dangerous == (Dangerous{}) {
		it.Dangerous = old.Dangerous
	}
}

// keepsOf keeps of an item what no file carries.
func (it *Item) keepsOf(old *Item) {
	if old == nil {
		return
	}
	it.Allocation, it.Reorder, it.Face, it.Attributes = old.Allocation, old.Reorder, old.Face, old.Attributes
	it.Verifying, it.Instructions, it.Fragile = old.Verifying, old.Instructions, old.Fragile
}

func sameItem(a, b *Item) bool {
	x, y := *a, *b
	x.Rev, y.Rev = 0, 0
	return fmt.Sprintf("%+v", x) == fmt.Sprintf("%+v", y)
}

// ImportBins takes in some bins of a file.
type ImportBins struct {
	Bins []Bin
	Rows []int
	Dry  bool
}

func (v ImportBins) do(t *turn) (any, *Error) {
	if len(v.Bins) > RowLimit {
		return nil, refuse(Full, "too_many_rows", fmt.Sprintf("at most %d rows in one command", RowLimit))
	}
	r := &Import{Errors: []RowFault{}}
	for i := range v.Bins {
		b := v.Bins[i]
		defaultText(&b.BinKind, "pick")
		if err := checkBin(&b); err != nil {
			r.reject(v.Rows[i], string(b.Code), err)
			continue
		}
		old := t.Bins[b.Code]
		if old != nil {
			b.Rev, b.Label, b.Picks = old.Rev, old.Label, old.Picks
		}
		switch {
		case old == nil:
			r.Created++
		case *old == b:
			r.Unchanged++
			continue
		default:
			r.Updated++
		}
		if !v.Dry {
			b.Rev, b.Picks = b.Rev+1, nil
			t.emit(&BinSaved{b})
		}
	}
	return r, nil
}

// ImportStock takes in some adjustments of a file. Serial is the import's own mark: the same file sent
// again changes nothing, because each row's number in it is known.
type ImportStock struct {
	Rows   []AdjustStock
	Lines  []int
	File   string // a digest of the file
	Offset int    // how many rows of the file came before these
	Dry    bool
}

func (v ImportStock) do(t *turn) (any, *Error) {
	if len(v.Rows) > RowLimit {
		return nil, refuse(Full, "too_many_rows", fmt.Sprintf("at most %d rows in one command", RowLimit))
	}
	r := &Import{Errors: []RowFault{}}
	taken := t.Imports[v.File]
	for i, row := range v.Rows {
		if taken != nil && taken.Created > v.Offset+i {
			r.Unchanged++
			continue
		}
		if t.Items[row.SKU] != nil && t.needsSecond(row) {
			r.reject(v.Lines[i], string(row.SKU), refuse(Forbidden, "second_person", "more than one person adjusts alone: adjust it on the Stock page, where another allows it, or raise the limit first"))
			continue
		}
		if v.Dry {
			if err := t.dryRun(row); err != nil {
				r.reject(v.Lines[i], string(row.SKU), err)
				continue
			}
			r.Created++
			continue
		}
		if _, err := row.do(t); err != nil {
			r.reject(v.Lines[i], string(row.SKU), err)
			continue
		}
		r.Created++
	}
	if !v.Dry {
		t.emit(&ImportNoted{File: v.File, Rows: v.Offset + len(v.Rows)})
	}
	return r, nil
}

// dryRun checks an adjustment as do would, and makes nothing.
func (t *turn) dryRun(v AdjustStock) *Error {
	if it := t.Items[v.SKU]; it == nil || t.Bins[v.Bin] == nil {
		return refuse(NotFound, "unknown", "no such item or bin")
	} else if v.Qty != 0 {
		var f faults
		t.adjustKeys(&f, it, v)
		return f.err()
	}
	return refuse(Invalid, "out_of_range", "0 units")
}

// ImportNoted says how far a file of stock has been taken in.
type ImportNoted struct {
	File string `cbor:"1,keyasint"`
	Rows int    `cbor:"2,keyasint"`
}

var _ = kind(KindImportNoted, "import_noted", "", func() Body { return new(ImportNoted) })

func (*ImportNoted) Kind() Kind { return KindImportNoted }

func (b *ImportNoted) apply(s *State, _ *Event) {
	im := s.Imports[b.File]
	if im == nil {
		im = &Import{ID: b.File, Format: "stock"}
		s.Imports[b.File] = im
	}
	im.Created = max(im.Created, b.Rows)
	s.touch(TableImport, b.File)
}
