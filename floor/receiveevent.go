package floor

import "slices"

// What happens at the door, as events.

func (s *State) saveReceipt(r *Receipt) {
	s.index.setReceipt(r)
	s.touch(TableReceipt, string(r.ID))
}

func (x *index) setReceipt(r *Receipt) {
	x.receipts.set(r.ID, r.Status == ReceiptOpen)
	for _, p := range r.Pallets {
		x.palletsIn[p.SSCC] = r.ID
	}
	x.lease("receive/"+string(r.ID), r.Lease)
}

func (s *State) receipt(id ReceiptID, e *Event) *Receipt {
	r := s.Receipts[id]
	r.Lease.renew(e)
	return r
}

// ReceiptOpened says a delivery is being taken in.
type ReceiptOpened struct {
	ID            ReceiptID       `cbor:"1,keyasint"`
	PurchaseOrder PurchaseOrderID `cbor:"2,keyasint,omitempty"`
	Bin           BinCode         `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindReceiptOpened, "receipt_opened", "stock", func() Body { return new(ReceiptOpened) })

func (*ReceiptOpened) Kind() Kind { return KindReceiptOpened }

func (b *ReceiptOpened) apply(s *State, e *Event) {
	s.number("receipt")
	r := &Receipt{ID: b.ID, PurchaseOrder: b.PurchaseOrder, Bin: b.Bin, Status: ReceiptOpen, Created: e.At}
	s.Receipts[r.ID] = r
	s.saveReceipt(r)
	if p := s.PurchaseOrders[b.PurchaseOrder]; p != nil {
		p.Status = purchaseOrderLife.must(p.Status, "receive")
		p.Receipts = append(p.Receipts, r.ID)
		s.savePurchaseOrder(p)
	}
}

// ReceiptDue says what is due before units are counted: the place, a lot, an expiry day, a serial, or whose a code is.
// With none of them nothing is due any more.
type ReceiptDue struct {
	Receipt ReceiptID     `cbor:"1,keyasint"`
	Unit    *ReceivedUnit `cbor:"2,keyasint,omitempty"`
	Unknown string        `cbor:"3,keyasint,omitempty"`
	Bin     BinCode       `cbor:"4,keyasint,omitempty"`
}

var _ = kind(KindReceiptDue, "receipt_due", "stock", func() Body { return new(ReceiptDue) })

func (*ReceiptDue) Kind() Kind { return KindReceiptDue }

func (b *ReceiptDue) apply(s *State, e *Event) {
	r := s.receipt(b.Receipt, e)
	r.Due, r.Unknown = b.Unit, b.Unknown
	if b.Bin != "" {
		r.Bin = b.Bin
	}
	s.saveReceipt(r)
}

// UnitsReceived says units came in, or that units just taken in are damaged; SSCC, that they came on an announced pallet.
type UnitsReceived struct {
	Receipt ReceiptID  `cbor:"1,keyasint"`
	Moves   []Movement `cbor:"2,keyasint"`
	SSCC    string     `cbor:"3,keyasint,omitempty"`
	Whole   bool       `cbor:"4,keyasint,omitempty"` // the pallet is kept by its SSCC, to be put away by it
	Why     string     `cbor:"5,keyasint,omitempty"` // they may not be sold
}

var _ = kind(KindUnitsReceived, "units_received", "stock", func() Body { return new(UnitsReceived) })

func (*UnitsReceived) Kind() Kind              { return KindUnitsReceived }
func (b *UnitsReceived) Movements() []Movement { return b.Moves }
func (b *UnitsReceived) About() []string {
	return with(aboutMoves(b.Moves), HistoryOfReceipt(b.Receipt), HistoryOfPallet(b.SSCC))
}

func (b *UnitsReceived) apply(s *State, e *Event) {
	r := s.receipt(b.Receipt, e)
	r.Due, r.Unknown = nil, ""
	for i, m := range b.Moves {
		s.move(m)
		s.because(m, b.Why)
		s.enter(r, m, 1)
		r.Undo = pushUndo(r.Undo, Undoable{At: e.At, What: "received", Qty: m.Qty, Key: m.Key.at(m.To), To: m.Key.Place, Condition: m.As, Cont: i > 0, SSCC: b.SSCC})
	}
	if b.Whole {
		p := ReceivedPallet{SSCC: b.SSCC}
		for _, m := range b.Moves {
			p.Lines = addLine(p.Lines, StockKey{SKU: m.Key.SKU, Lot: m.Key.Lot, Expiry: m.Key.Expiry}, m.Qty)
		}
		r.Pallets = append(slices.Clone(r.Pallets), p)
	}
	s.setPallet(r, b.SSCC, true)
	s.saveReceipt(r)
}

// enter counts a movement for the receipt and its purchase, or takes it off again.
func (s *State) enter(r *Receipt, m Movement, sign int64) {
	p := s.PurchaseOrders[r.PurchaseOrder]
	line := (*PurchaseOrderLine)(nil)
	if p != nil {
		line = p.line(m.Key.SKU)
		s.savePurchaseOrder(p)
	}
	key := m.Key.as(m.As)
	if key.Condition, key.Place = m.As, ""; m.Key.Place != Supplier { // it was counted as good
		r.add(StockKey{SKU: key.SKU, Lot: key.Lot, Expiry: key.Expiry, Serial: key.Serial}, -sign*m.Qty)
		if line != nil {
			line.Damaged += sign * m.Qty
		}
	} else if line != nil {
		line.Received += sign * m.Qty
	}
	r.add(key, sign*m.Qty)
	if p != nil && sign > 0 {
		s.index.came(r.ID, p.Supplier, key)
	} else if p != nil {
		s.setSources(key.SKU)
	}
}

func (r *Receipt) add(key StockKey, qty int64) { r.Lines = addLine(r.Lines, key, qty) }

// addLine adds units of a kind to a list, or takes them off; a kind without units stands on none.
func addLine(lines []ReceiptLine, key StockKey, qty int64) []ReceiptLine {
	lines = slices.Clone(lines)
	for i := range lines {
		if lines[i].Key == key {
			if lines[i].Qty += qty; lines[i].Qty == 0 {
				lines = slices.Delete(lines, i, i+1)
			}
			return lines
		}
	}
	return append(lines, ReceiptLine{key, qty})
}

// got is how many units of a kind came with this delivery, less those that came broken.
func (r *Receipt) got(key StockKey) int64 {
	key.Place = ""
	for _, l := range r.Lines {
		if l.Key == key {
			return l.Qty
		}
	}
	return 0
}

func (s *State) setPallet(r *Receipt, sscc string, taken bool) {
	p := s.PurchaseOrders[r.PurchaseOrder]
	if p == nil || sscc == "" {
		return
	}
	for i := range p.Pallets {
		if p.Pallets[i].SSCC == sscc {
			p.Pallets[i].Taken = taken
		}
	}
	s.savePurchaseOrder(p)
}

// ReceiptUndone says the last step at the door was taken back.
type ReceiptUndone struct {
	Receipt ReceiptID `cbor:"1,keyasint"`
	Step    Undoable  `cbor:"2,keyasint"`
}

var _ = kind(KindReceiptUndone, "receipt_undone", "stock", func() Body { return new(ReceiptUndone) })

func (*ReceiptUndone) Kind() Kind              { return KindReceiptUndone }
func (b *ReceiptUndone) Movements() []Movement { return []Movement{b.back()} }
func (b *ReceiptUndone) About() []string {
	return with(aboutMoves(b.Movements()), HistoryOfReceipt(b.Receipt), HistoryOfPallet(b.Step.SSCC))
}

// back is the way back of a step: out of the house, or to the condition before.
func (b *ReceiptUndone) back() Movement {
	m := Movement{Key: b.Step.Key.as(b.Step.Condition), To: b.Step.To, Qty: b.Step.Qty, Reason: "undo"}
	if b.Step.Condition != "" {
		m.As = Good
	}
	return m
}

func (b *ReceiptUndone) apply(s *State, e *Event) {
	r := s.receipt(b.Receipt, e)
	if n := len(r.Undo); n > 0 {
		r.Undo = r.Undo[:n-1]
	}
	s.move(b.back())
	from := b.Step.Key
	if from.Place = b.Step.To; b.Step.Condition != "" {
		from = b.Step.Key
	}
	s.enter(r, Movement{Key: from, To: b.Step.Key.Place, Qty: b.Step.Qty, As: b.Step.Condition}, -1)
	s.setPallet(r, b.Step.SSCC, false)
	if b.Step.SSCC != "" {
		s.dropReceived(r, b.Step.SSCC)
	}
	s.saveReceipt(r)
}

// ReceiptLeft says the worker went away from a delivery.
type ReceiptLeft struct {
	Receipt ReceiptID `cbor:"1,keyasint"`
}

var _ = kind(KindReceiptLeft, "receipt_left", "stock", func() Body { return new(ReceiptLeft) })

func (*ReceiptLeft) Kind() Kind { return KindReceiptLeft }

func (b *ReceiptLeft) apply(s *State, _ *Event) {
	r := s.Receipts[b.Receipt]
	r.Due, r.Unknown, r.Undo, r.Asked = nil, "", nil, false
	s.dropJob(&r.Lease, JobRef{"receive", string(r.ID)})
	s.saveReceipt(r)
}

// ReceiptAsked says the worker was asked whether more comes.
type ReceiptAsked struct {
	Receipt ReceiptID `cbor:"1,keyasint"`
	Asked   bool      `cbor:"2,keyasint,omitempty"`
}

var _ = kind(KindReceiptAsked, "receipt_asked", "stock", func() Body { return new(ReceiptAsked) })

func (*ReceiptAsked) Kind() Kind { return KindReceiptAsked }

func (b *ReceiptAsked) apply(s *State, e *Event) {
	r := s.receipt(b.Receipt, e)
	r.Asked = b.Asked
	s.saveReceipt(r)
}

// ReceiptEnded says a delivery is taken in.
type ReceiptEnded struct {
	Receipt ReceiptID `cbor:"1,keyasint"`
}

var _ = kind(KindReceiptClosed, "receipt_ended", "stock", func() Body { return new(ReceiptEnded) })

func (*ReceiptEnded) Kind() Kind { return KindReceiptClosed }

func (b *ReceiptEnded) apply(s *State, e *Event) {
	r := s.Receipts[b.Receipt]
	r.Status, r.Closed, r.Undo, r.Asked = ReceiptClosed, e.At, nil, false
	s.dropJob(&r.Lease, JobRef{"receive", string(r.ID)})
	s.saveReceipt(r)
}
