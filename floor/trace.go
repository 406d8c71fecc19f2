package floor

import "slices"

// A trace adds up what became of one lot, or of one unit by its serial: from the receipts that brought it to what still
// lies in the house, what went out in which parcel, and what came back. It is told the events of that lot in the order in
// which they happened, and needs no state, so that it reaches back to goods that left memory years ago. What it adds up
// agrees:
//
//	Received + Found + Back = Here + Sent + Scrapped + Lost
//
// Units whose lot nobody captured are never counted among these. They are told apart as possible ones: Maybe are booked
// from another lot and may be of this one, Unsure are booked from this one and may be of another.
type Trace struct {
	SKU    SKU
	Lot    string // of this lot,
	Serial string // or the unit of this serial

	Receipts []*TracedReceipt
	Parcels  []*TracedParcel
	Backs    []*TracedReturn
	Maybe    []*TracedOrder
	Unsure   []*TracedOrder

	Found    int64 // counted or adjusted in
	Lost     int64 // counted or adjusted out
	Scrapped int64
	First    Time // its first day
	Last     Time

	here    map[Place]int64
	parcels map[ParcelID]*TracedParcel
	lines   map[tracedLine]OrderID
}

// TracedReceipt is what one receipt brought.
type TracedReceipt struct {
	Receipt ReceiptID
	SSCC    string // on this announced pallet
	Qty     int64
	At      Time
	Worker  WorkerID
}

// TracedParcel is what one parcel got.
type TracedParcel struct {
	Parcel ParcelID
	Order  OrderID
	Qty    int64 // in it while it is in the house
	Sent   int64 // left the house in it
	SentAt Time
	Told   bool // of some of its units the bench was told the lot or serial, where the books had none
}

// TracedReturn is what came back with one return.
type TracedReturn struct {
	Return ReturnID
	Qty    int64
	At     Time
}

// TracedOrder is an order that got units of which nobody captured the lot. Without an order, they only changed places.
type TracedOrder struct {
	Order OrderID
	From  Place
	Lots  []string // what they may be instead; "" is no lot
	At    Time

	picked, sorted, packed, moved int64
}

// Qty is how many units that is at most: the same ones are picked, sorted and packed.
func (o *TracedOrder) Qty() int64 { return max(o.picked, o.sorted, o.packed, o.moved) }

type tracedLine struct {
	List PickListID
	Line int
}

// NewTrace begins one: of a lot, or of a serial.
func NewTrace(sku SKU, lot, serial string) *Trace {
	return &Trace{SKU: sku, Lot: lot, Serial: serial, here: map[Place]int64{}, parcels: map[ParcelID]*TracedParcel{}, lines: map[tracedLine]OrderID{}}
}

// History is the name of the history that it is to be told.
func (t *Trace) History() string {
	if t.Serial != "" {
		return HistoryOfUnit(t.SKU, t.Serial)
	}
	return HistoryOfLot(t.SKU, t.Lot)
}

// Received is what its receipts brought.
func (t *Trace) Received() (n int64) {
	for _, r := range t.Receipts {
		n += r.Qty
	}
	return n
}

// Sent is what left the house.
func (t *Trace) Sent() (n int64) {
	for _, p := range t.Parcels {
		n += p.Sent
	}
	return n
}

// Back is what came back.
func (t *Trace) Back() (n int64) {
	for _, r := range t.Backs {
		n += r.Qty
	}
	return n
}

// Here is what is still in the house, in bins, totes and parcels.
func (t *Trace) Here() (n int64) {
	for _, qty := range t.here {
		n += qty
	}
	return n
}

// Follow takes the next event.
func (t *Trace) Follow(e *Event) {
	said := SpokenOf(e.Body)
	for _, p := range Passages(e.Body) {
		switch {
		case p.Key.SKU != t.SKU:
			continue
		case t.is(p.Key.Lot, p.Key.Serial):
			t.went(e, said, &p)
			if len(p.Among) > 0 {
				t.Unsure = t.possible(t.Unsure, e, said, &p)
			}
		case t.is(p.Lot, p.Serial):
			t.parcel(said.Parcel, said.Order).Told = true
		case t.Lot != "" && slices.Contains(p.Among, t.Lot):
			t.Maybe = t.possible(t.Maybe, e, said, &p)
		default:
			continue
		}
		if t.Last = e.At; t.First == 0 {
			t.First = e.At
		}
	}
}

// ToldInside says that units of which the bench was told went with their inner pack into another parcel.
func (t *Trace) ToldInside(outer ParcelID, order OrderID) { t.parcel(outer, order).Told = true }

func (t *Trace) is(lot, serial string) bool {
	return t.Serial != "" && serial == t.Serial || t.Serial == "" && t.Lot != "" && lot == t.Lot
}

// went books one movement of its units.
func (t *Trace) went(e *Event, said Spoken, p *Passage) {
	from, to, qty := p.Key.Place, p.To, p.Qty
	if !from.Outside() {
		t.here[from] -= qty
	}
	if !to.Outside() {
		t.here[to] += qty
	}
	if id := from.Parcel(); id != "" {
		t.parcel(id, said.Order).Qty -= qty
	}
	if id := to.Parcel(); id != "" {
		t.parcel(id, said.Order).Qty += qty
	}
	t.across(e, said, from, to, qty)
	t.across(e, said, to, from, -qty)
}

// across books what crosses the door: from outside in, or, with less than nothing, from inside out. What is taken back
// goes the other way through the same door.
func (t *Trace) across(e *Event, said Spoken, outside, inside Place, qty int64) {
	switch outside {
	case Supplier:
		r := t.receipt(said)
		if r.Qty += qty; qty > 0 && r.At == 0 {
			r.At, r.Worker = e.At, e.Worker
		}
	case Scrap:
		t.Scrapped -= qty
	case Adjustment:
		if qty > 0 {
			t.Found += qty
		} else {
			t.Lost -= qty
		}
	case Customer:
		if id := inside.Parcel(); id != "" {
			x := t.parcel(id, "")
			if x.Sent, x.SentAt = x.Sent-qty, e.At; x.Sent == 0 {
				x.SentAt = 0
			}
			return
		}
		t.back(said.Return, e).Qty += qty
	}
}

func (t *Trace) receipt(said Spoken) *TracedReceipt {
	for _, r := range t.Receipts {
		if r.Receipt == said.Receipt && r.SSCC == said.SSCC {
			return r
		}
	}
	r := &TracedReceipt{Receipt: said.Receipt, SSCC: said.SSCC}
	t.Receipts = append(t.Receipts, r)
	return r
}

func (t *Trace) parcel(id ParcelID, order OrderID) *TracedParcel {
	p := t.parcels[id]
	if p == nil {
		p = &TracedParcel{Parcel: id}
		t.parcels[id], t.Parcels = p, append(t.Parcels, p)
	}
	if p.Order == "" {
		p.Order = order
	}
	return p
}

func (t *Trace) back(id ReturnID, e *Event) *TracedReturn {
	for _, r := range t.Backs {
		if r.Return == id {
			return r
		}
	}
	r := &TracedReturn{Return: id, At: e.At}
	t.Backs = append(t.Backs, r)
	return r
}

// possible notes units of which nobody captured the lot, or takes them off again.
func (t *Trace) possible(list []*TracedOrder, e *Event, said Spoken, p *Passage) []*TracedOrder {
	of := func(o *TracedOrder) *int64 { return &o.moved }
	qty, order, from := p.Qty, said.Order, p.Key.Place
	switch x := e.Body.(type) {
	case *Picked:
		of = func(o *TracedOrder) *int64 { return &o.picked }
		t.lines[tracedLine{x.List, x.Line}] = order
	case *StepUndone:
		of = func(o *TracedOrder) *int64 { return &o.picked }
		qty, order = -qty, t.lines[tracedLine{x.List, x.Step.Line}]
	case *UnitsSorted:
		of = func(o *TracedOrder) *int64 { return &o.sorted }
		t.lines[tracedLine{x.List, x.Line}] = order
	case *SortUndone:
		of = func(o *TracedOrder) *int64 { return &o.sorted }
		qty, order = -qty, t.lines[tracedLine{x.List, x.Step.Line}]
	case *UnitsPacked:
		of = func(o *TracedOrder) *int64 { return &o.packed }
	case *PutBackPlaced: // it is no order's any more
		order = ""
	case *PutawayUndone, *PutBackUndone:
		qty, from, order = -qty, p.To, ""
	case *ReplenishPlaced:
		if x.Back {
			qty, from = -qty, p.To
		}
	case *UnitsUnpacked:
		of, qty = func(o *TracedOrder) *int64 { return &o.packed }, -qty
	}
	i := slices.IndexFunc(list, func(o *TracedOrder) bool { return o.Order == order && (order != "" || o.From == from) })
	if i < 0 {
		list = append(list, &TracedOrder{Order: order, From: from, At: e.At})
		i = len(list) - 1
	}
	o := list[i]
	*of(o) += qty
	for _, lot := range append([]string{p.Key.Lot}, p.Among...) {
		if lot != t.Lot && !slices.Contains(o.Lots, lot) {
			o.Lots = append(o.Lots, lot)
		}
	}
	return list
}

// Told is how many units of a parcel are of a lot, or have a serial, that only the bench was told.
func (p *Parcel) Told(sku SKU, lot, serial string) (n int64) {
	for _, u := range p.Units {
		if u.Key.SKU == sku && (lot != "" && u.Lot == lot || serial != "" && u.Serial == serial) {
			n += u.Qty
		}
	}
	return n
}
