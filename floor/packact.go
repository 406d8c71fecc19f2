package floor

// Actions at the bench, and what happens there, as events.

func (j *packJob) act(t *turn, a *Act) *Verdict {
	p := j.parcel(t.State)
	switch a.Action {
	case "weigh":
		return j.weigh(t, p, a)
	case "close":
		return j.close(t, p)
	case "qty":
		return j.countQty(t, a)
	case "short":
		return j.short(t, a)
	case "undo":
		return j.undo(t, p)
	case "reprint":
		if p != nil && p.Status == ParcelClosed {
			t.queuePrint(p, true)
			return verdict(CodeScanLabel).wanted(wanted(j.next(t.State)))
		}
	case "retry", "own_label":
		return j.labelAct(t, p, a)
	case "leave":
		t.emit(&PackLeft{Order: j.Order})
		return verdict(CodeLeft)
	case "finish":
		if j.Parcel == "" && j.open(t.Orders[j.Order]) == nil {
			t.packed(t.Orders[j.Order])
			return verdict(CodeOrderPacked)
		}
	}
	return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
}

// close ends the filling of the parcel, so that the next units go into another.
func (j *packJob) close(t *turn, p *Parcel) *Verdict {
	if p == nil || p.Status != ParcelOpen || p.units() == 0 {
		return verdict(CodeEmptyParcel)
	}
	if j.open(t.Orders[j.Order]) == nil || j.Closing {
		if p.Carton == "" && len(t.index.cartons) == 0 {
			t.emit(&CartonChosen{Parcel: p.ID, Carton: "-"})
			return verdict(CodeCartonOK)
		}
		return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
	}
	t.emit(&ParcelClosing{Order: j.Order})
	t.suggest(j.Order)
	return verdict(CodeCartonOK)
}

// WeightToleranceG and WeightTolerancePercent are how far a parcel may be from its expected weight before
// the bench says so. Items without a weight make no expectation.
const (
	WeightToleranceG       = 50
	WeightTolerancePercent = 10
)

// weigh notes the weight, closes the parcel and has its label printed.
func (j *packJob) weigh(t *turn, p *Parcel, a *Act) *Verdict {
	if n := j.next(t.State); n.Step != "weigh" {
		return verdict(CodeNoAction).wanted(wanted(n))
	}
	if a.WeightG < 1 || a.WeightG > WeightLimitG {
		return verdict(CodeBadWeight).wanted(&Thing{"weight", "", phrase("grams, from 1")})
	}
	if c := t.Cartons[p.Carton]; c != nil && c.MaxGrossG > 0 && a.WeightG > c.MaxGrossG {
		return verdict(CodeBadWeight).wanted(&Thing{"carton", string(c.Code), phrase("too heavy for this carton: take goods out or split the parcel")})
	}
	expected := t.expectedWeight(p)
	if off := abs(a.WeightG - expected); t.allWeighed(p) && off > WeightToleranceG && off*100 > expected*WeightTolerancePercent {
		return verdict(CodeWeightOff).qty(a.WeightG - expected).wanted(&Thing{"weight", "", phrase("check what is in the parcel")})
	}
	x, no := t.settle(p, a.WeightG)
	if no != nil {
		return no
	}
	t.closeWith(p, a.WeightG, expected, x)
	if p.Tracking == "" {
		return verdict(CodeBuying).qty(a.WeightG).wanted(&Thing{"carrier", p.Carrier, t.carrierName(p.Carrier)})
	}
	return verdict(CodeScanLabel).qty(a.WeightG).wanted(wanted(j.next(t.State)))
}

// allWeighed says whether every item in a parcel has a known weight, so that a difference means something.
func (s *State) allWeighed(p *Parcel) bool {
	for _, u := range p.Units {
		if _, known := s.weightOf(p, u); !known {
			return false
		}
	}
	return true
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}

// qtyAllowed gives the item that was verified last, when more units of it may be counted by number.
func (j *packJob) qtyAllowed(s *State, o *Order) *Item {
	if len(j.Undo) == 0 {
		return nil
	}
	it := s.Items[j.Undo[len(j.Undo)-1].Key.SKU]
	if it == nil || it.Tracking != "none" || len(s.inTotes(o, it.SKU)) == 0 {
		return nil
	}
	return it
}

func (j *packJob) countQty(t *turn, a *Act) *Verdict {
	o := t.Orders[j.Order]
	it := j.qtyAllowed(t.State, o)
	if it == nil || j.next(t.State).Step != "item" {
		return verdict(CodeQtyNotHere)
	}
	if a.Qty < 1 || a.Qty > QtyLimit {
		return verdict(CodeBadQty).wanted(&Thing{"qty", "", phrase("a number from 1")})
	}
	return j.put(t, o, &seen{item: it, qty: a.Qty, text: string(it.SKU)}, t.inTotes(o, it.SKU))
}

// short says units are not in the tote. Found is how many of the line in question there were in all.
func (j *packJob) short(t *turn, a *Act) *Verdict {
	o := t.Orders[j.Order]
	l := j.open(o)
	if l == nil || j.Closing {
		return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
	}
	if no := a.why(); no != nil {
		return no
	}
	if a.Found < l.Packed || a.Found >= l.Picked {
		return verdict(CodeBadQty).wanted(&Thing{"found", "", phrase("how many units there were in all: those scanned and more, fewer than picked")})
	}
	if a.Found > l.Packed {
		return verdict(CodeBadQty).wanted(&Thing{"item", string(l.SKU), phrase("scan each unit you found, then short the rest")})
	}
	moves, _ := j.moves(t.inTotes(o, l.SKU), l.left())
	for i := range moves {
		moves[i].To, moves[i].Reason = Adjustment, "pack_short_"+a.Reason
	}
	missing, sku := l.left(), l.SKU
	t.emit(&PackShorted{Order: o.ID, SKU: sku, Qty: missing, Reason: a.Reason, Moves: moves, Line: lineOf(o, l)})
	t.suggest(o.ID)
	if t.shipOf(o) == ShipComplete {
		t.raise("order_short", string(o.ID), "order "+string(o.ID)+" goes only complete, and the bench misses something: find it, or let it go in part", "order")
	}
	t.raise("pack_short", string(o.ID), "the tote held fewer "+string(sku)+" than were picked ("+inWords(a.Reason)+")", "order")
	return verdict(CodeShort).qty(missing)
}

func lineOf(o *Order, l *OrderLine) int {
	for i := range o.Lines {
		if &o.Lines[i] == l {
			return i
		}
	}
	return -1
}

func (j *packJob) undo(t *turn, p *Parcel) *Verdict {
	if p == nil || p.Status != ParcelOpen {
		return verdict(CodeNoUndo)
	}
	u, none := t.lastStep(j.Undo)
	if none != nil {
		return none
	}
	b := &UnitsUnpacked{Order: j.Order, Parcel: p.ID, Step: u}
	if u.What == "packed" {
		b.Moves = []Movement{{Key: u.Key.at(InParcel(p.ID)), To: u.Key.Place, Qty: u.Qty, Reason: "undo"}}
	}
	t.emit(b)
	t.suggest(j.Order)
	return verdict(CodeUndone)
}

// PackOpened says an order is being packed.
type PackOpened struct {
	Order   OrderID `cbor:"1,keyasint"`
	Pending bool    `cbor:"2,keyasint,omitempty"`
}

var _ = kind(KindPackOpened, "pack_opened", "parcels", func() Body { return new(PackOpened) })

func (*PackOpened) Kind() Kind { return KindPackOpened }

func (b *PackOpened) apply(s *State, e *Event) {
	o := s.Orders[b.Order]
	o.Status = orderLife.must(o.Status, "pack")
	o.stamp(e, o.Status, "")
	s.index.setOrder(o)
	s.touch(TableOrder, string(o.ID))
	s.Packings[o.ID] = &Packing{Order: o.ID, Pending: b.Pending}
	s.touch(TablePacking, string(o.ID))
}

// PackConfirmed says the order's own tote stands on the bench.
type PackConfirmed struct {
	Order OrderID `cbor:"1,keyasint"`
}

var _ = kind(KindPackConfirmed, "pack_confirmed", "parcels", func() Body { return new(PackConfirmed) })

func (*PackConfirmed) Kind() Kind { return KindPackConfirmed }

func (b *PackConfirmed) apply(s *State, e *Event) {
	p := s.Packings[b.Order]
	p.Pending = false
	p.Lease.renew(e)
	s.savePacking(p)
}

func (s *State) savePacking(p *Packing) {
	s.index.lease("pack/"+string(p.Order), p.Lease)
	s.touch(TablePacking, string(p.Order))
}

// PackLeft says a bench put an order aside, to be gone on with.
type PackLeft struct {
	Order OrderID `cbor:"1,keyasint"`
}

var _ = kind(KindPackLeft, "pack_left", "parcels", func() Body { return new(PackLeft) })

func (*PackLeft) Kind() Kind { return KindPackLeft }

func (b *PackLeft) apply(s *State, _ *Event) {
	p := s.Packings[b.Order]
	p.Serial, p.Undo = "", nil
	s.dropJob(&p.Lease, JobRef{"pack", string(b.Order)})
	s.savePacking(p)
}

// PackEnded says an order needs no more packing.
type PackEnded struct {
	Order     OrderID `cbor:"1,keyasint"`
	Cancelled bool    `cbor:"2,keyasint,omitempty"`
}

var _ = kind(KindPackEnded, "pack_ended", "parcels", func() Body { return new(PackEnded) })

func (*PackEnded) Kind() Kind { return KindPackEnded }

func (b *PackEnded) apply(s *State, _ *Event) {
	p := s.Packings[b.Order]
	s.dropJob(&p.Lease, JobRef{"pack", string(b.Order)})
	s.index.lease("pack/"+string(b.Order), Lease{})
	delete(s.Packings, b.Order)
	s.touch(TablePacking, string(b.Order))
	if b.Cancelled {
		return
	}
	o := s.Orders[b.Order]
	for _, c := range o.Totes {
		s.freeTote(c)
	}
	o.Totes = nil
	s.touch(TableOrder, string(o.ID))
}

// ParcelOpened says a new parcel is being filled.
type ParcelOpened struct {
	Parcel ParcelID `cbor:"1,keyasint"`
	Order  OrderID  `cbor:"2,keyasint"`
}

var _ = kind(KindParcelOpened, "parcel_opened", "parcels", func() Body { return new(ParcelOpened) })

func (*ParcelOpened) Kind() Kind { return KindParcelOpened }

func (b *ParcelOpened) apply(s *State, e *Event) {
	s.number("parcel")
	o := s.Orders[b.Order]
	o.Parcels = append(o.Parcels, b.Parcel)
	s.touch(TableOrder, string(o.ID))
	p := &Parcel{ID: b.Parcel, Order: b.Order, N: len(o.Parcels), Status: ParcelOpen, Service: o.Service, Carrier: o.Carrier}
	s.Parcels[p.ID] = p
	s.saveParcel(p)
	pack := s.Packings[b.Order]
	pack.Parcel, pack.Closing = p.ID, false
	pack.Lease.renew(e)
	s.savePacking(pack)
}

// UnitsPacked says units went from totes into a parcel; Lines are the order lines they count for.
type UnitsPacked struct {
	Order  OrderID    `cbor:"1,keyasint"`
	Parcel ParcelID   `cbor:"2,keyasint"`
	Moves  []Movement `cbor:"3,keyasint"`
	Lines  []int      `cbor:"4,keyasint"`

	WeightG []int64 `cbor:"5,keyasint,omitempty"` // what the units of each movement weigh, where their code said it
}

var _ = kind(KindUnitsPacked, "units_packed", "parcels", func() Body { return new(UnitsPacked) })

func (*UnitsPacked) Kind() Kind              { return KindUnitsPacked }
func (b *UnitsPacked) Movements() []Movement { return b.Moves }
func (b *UnitsPacked) About() []string       { return aboutMoves(b.Moves) }

func (b *UnitsPacked) apply(s *State, e *Event) {
	o, p, pack := s.Orders[b.Order], s.Parcels[b.Parcel], s.Packings[b.Order]
	for i, m := range b.Moves {
		s.move(m)
		o.Lines[b.Lines[i]].Packed += m.Qty
		s.paced(e, StagePack, m.Qty)
		u := ParcelUnit{Line: b.Lines[i], Key: m.Key, Qty: m.Qty}
		if i < len(b.WeightG) {
			u.Weighed, u.WeighedG = m.Qty, b.WeightG[i]
		}
		p.add(u)
		pack.Undo = pushUndo(pack.Undo, Undoable{At: e.At, What: "packed", Line: b.Lines[i], Qty: m.Qty, Key: m.Key, WeightG: u.WeighedG})
	}
	pack.Serial = ""
	pack.Lease.renew(e)
	s.savePacking(pack)
	s.saveParcel(p)
	s.touch(TableOrder, string(o.ID))
}

func (p *Parcel) add(u ParcelUnit) {
	for i := range p.Units {
		if have := &p.Units[i]; have.Line == u.Line && have.Key == u.Key {
			have.Qty, have.Weighed, have.WeighedG = have.Qty+u.Qty, have.Weighed+u.Weighed, have.WeighedG+u.WeighedG
			return
		}
	}
	p.Units = append(p.Units, u)
}

// UnitsUnpacked says a packer's last step was taken back.
type UnitsUnpacked struct {
	Order  OrderID    `cbor:"1,keyasint"`
	Parcel ParcelID   `cbor:"2,keyasint"`
	Step   Undoable   `cbor:"3,keyasint"`
	Moves  []Movement `cbor:"4,keyasint,omitempty"`
}

var _ = kind(KindUnitsUnpacked, "units_unpacked", "parcels", func() Body { return new(UnitsUnpacked) })

func (*UnitsUnpacked) Kind() Kind              { return KindUnitsUnpacked }
func (b *UnitsUnpacked) Movements() []Movement { return b.Moves }
func (b *UnitsUnpacked) About() []string       { return aboutMoves(b.Moves) }

func (b *UnitsUnpacked) apply(s *State, e *Event) {
	o, p, pack := s.Orders[b.Order], s.Parcels[b.Parcel], s.Packings[b.Order]
	if n := len(pack.Undo); n > 0 {
		pack.Undo = pack.Undo[:n-1]
	}
	u := b.Step
	switch u.What {
	case "packed":
		for _, m := range b.Moves {
			s.move(m)
		}
		o.Lines[u.Line].Packed -= u.Qty
		s.paced(e, StagePack, -u.Qty)
		p.take(u)
		pack.Closing, p.Carton = false, ""
	case "carton":
		p.Carton = ""
	case "closing":
		pack.Closing = false
	}
	pack.Serial = ""
	pack.Lease.renew(e)
	s.savePacking(pack)
	s.saveParcel(p)
	s.touch(TableOrder, string(o.ID))
}

func (p *Parcel) take(u Undoable) {
	for i := range p.Units {
		if have := &p.Units[i]; have.Line == u.Line && have.Key == u.Key {
			if u.WeightG > 0 {
				have.Weighed, have.WeighedG = have.Weighed-u.Qty, have.WeighedG-u.WeightG
			}
			if have.Qty -= u.Qty; have.Qty == 0 {
				p.Units = append(p.Units[:i:i], p.Units[i+1:]...)
			}
			return
		}
	}
}

// PackSerialDue says an item kept by serial was scanned at the bench.
type PackSerialDue struct {
	Order OrderID `cbor:"1,keyasint"`
	SKU   SKU     `cbor:"2,keyasint"`
}

var _ = kind(KindPackSerialDue, "serial_due", "parcels", func() Body { return new(PackSerialDue) })

func (*PackSerialDue) Kind() Kind { return KindPackSerialDue }

func (b *PackSerialDue) apply(s *State, e *Event) {
	p := s.Packings[b.Order]
	p.Serial = b.SKU
	p.Lease.renew(e)
	s.savePacking(p)
}

// PackShorted says units that were picked are not there.
type PackShorted struct {
	Order  OrderID    `cbor:"1,keyasint"`
	Line   int        `cbor:"2,keyasint"`
	SKU    SKU        `cbor:"3,keyasint"`
	Qty    int64      `cbor:"4,keyasint"`
	Reason string     `cbor:"5,keyasint"`
	Moves  []Movement `cbor:"6,keyasint,omitempty"`
}

var _ = kind(KindPackShorted, "pack_shorted", "parcels", func() Body { return new(PackShorted) })

func (*PackShorted) Kind() Kind              { return KindPackShorted }
func (b *PackShorted) Movements() []Movement { return b.Moves }
func (b *PackShorted) About() []string       { return aboutMoves(b.Moves) }

func (b *PackShorted) apply(s *State, e *Event) {
	o, pack := s.Orders[b.Order], s.Packings[b.Order]
	for _, m := range b.Moves {
		s.move(m)
	}
	l := &o.Lines[b.Line]
	l.Picked -= b.Qty
	l.Short += b.Qty
	pack.Serial, pack.Undo = "", nil
	pack.Lease.renew(e)
	s.savePacking(pack)
	s.touch(TableOrder, string(o.ID))
}

// CartonChosen says which box a parcel is in.
type CartonChosen struct {
	Parcel ParcelID   `cbor:"1,keyasint"`
	Carton CartonCode `cbor:"2,keyasint"`
}

var _ = kind(KindCartonChosen, "carton_chosen", "parcels", func() Body { return new(CartonChosen) })

func (*CartonChosen) Kind() Kind { return KindCartonChosen }

func (b *CartonChosen) apply(s *State, e *Event) {
	p := s.Parcels[b.Parcel]
	p.Carton = b.Carton
	pack := s.Packings[p.Order]
	pack.Undo = pushUndo(pack.Undo, Undoable{At: e.At, What: "carton"})
	pack.Lease.renew(e)
	s.savePacking(pack)
	s.saveParcel(p)
}

// ParcelClosing says the parcel is full; the rest goes into another.
type ParcelClosing struct {
	Order OrderID `cbor:"1,keyasint"`
}

var _ = kind(KindParcelClosing, "parcel_closing", "parcels", func() Body { return new(ParcelClosing) })

func (*ParcelClosing) Kind() Kind { return KindParcelClosing }

func (b *ParcelClosing) apply(s *State, e *Event) {
	p := s.Packings[b.Order]
	p.Closing = true
	p.Undo = pushUndo(p.Undo, Undoable{At: e.At, What: "closing"})
	p.Lease.renew(e)
	s.savePacking(p)
}

// ParcelWeighed says a parcel was weighed and closed and has its numbers; its label is to be printed.
type ParcelWeighed struct {
	Parcel    ParcelID `cbor:"1,keyasint"`
	WeightG   int64    `cbor:"2,keyasint"`
	ExpectedG int64    `cbor:"3,keyasint,omitempty"`
	Tracking  string   `cbor:"4,keyasint"`
	SSCC      string   `cbor:"5,keyasint"`
}

var _ = kind(KindParcelClosed, "parcel_closed", "parcels", func() Body { return new(ParcelWeighed) })

func (*ParcelWeighed) Kind() Kind { return KindParcelClosed }

func (b *ParcelWeighed) apply(s *State, e *Event) {
	s.number("label")
	p := s.Parcels[b.Parcel]
	p.Status = parcelLife.must(p.Status, "close")
	p.WeightG, p.ExpectedG, p.Tracking, p.SSCC, p.Closed = b.WeightG, b.ExpectedG, b.Tracking, b.SSCC, e.At
	o := s.Orders[p.Order]
	o.stamp(e, "parcel_closed", string(p.ID))
	s.touch(TableOrder, string(o.ID))
	pack := s.Packings[p.Order]
	pack.Undo, pack.Closing = nil, false
	pack.Lease.renew(e)
	s.savePacking(pack)
	s.saveParcel(p)
}
