package floor

import "cmp"

// What happens at the bench, as events.

// PackOpened says an order is being packed.
type PackOpened struct {
	Order   OrderID `cbor:"1,keyasint"`
	Pending bool    `cbor:"2,keyasint,omitempty"`

	Draw int64      `cbor:"120,keyasint,omitempty"` // from the command's id: whether it is of the sample
	List PickListID `cbor:"121,keyasint,omitempty"` // the single unit comes from this list
	Tote ToteCode   `cbor:"122,keyasint,omitempty"` // and out of this tote
}

var _ = kind(KindPackOpened, "pack_opened", "parcels", func() Body { return new(PackOpened) })

func (*PackOpened) Kind() Kind { return KindPackOpened }

func (b *PackOpened) apply(s *State, e *Event) {
	o := s.Orders[b.Order]
	o.Status = orderLife.must(o.Status, "pack")
	o.stamp(e, o.Status, "")
	s.index.setOrder(o)
	s.touch(TableOrder, string(o.ID))
	s.Packings[o.ID] = &Packing{Order: o.ID, Pending: b.Pending, Draw: b.Draw, List: b.List, Tote: b.Tote}
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
	p.settle()
	p.Undo = nil
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
	s.endPacking(b.Order)
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

// endPacking takes the job off its bench. Called from Apply.
func (s *State) endPacking(id OrderID) {
	p := s.Packings[id]
	if p == nil {
		return
	}
	s.dropJob(&p.Lease, JobRef{"pack", string(id)})
	s.index.lease("pack/"+string(id), Lease{})
	delete(s.Packings, id)
	s.touch(TablePacking, string(id))
}

// ParcelOpened says a new parcel is being filled.
type ParcelOpened struct {
	Parcel ParcelID `cbor:"1,keyasint"`
	Order  OrderID  `cbor:"2,keyasint"`

	Beside ParcelID `cbor:"120,keyasint,omitempty"` // which stays open
	N      int      `cbor:"121,keyasint,omitempty"` // its number among the order's; 0 is how many there are, inner packs too
}

var _ = kind(KindParcelOpened, "parcel_opened", "parcels", func() Body { return new(ParcelOpened) })

func (*ParcelOpened) Kind() Kind { return KindParcelOpened }

func (b *ParcelOpened) apply(s *State, e *Event) {
	s.number("parcel")
	o := s.Orders[b.Order]
	o.Parcels = append(o.Parcels, b.Parcel)
	s.touch(TableOrder, string(o.ID))
	p := &Parcel{ID: b.Parcel, Order: b.Order, N: cmp.Or(b.N, len(o.Parcels)), Status: ParcelOpen, Service: o.Service, Carrier: o.Carrier}
	s.Parcels[p.ID] = p
	s.saveParcel(p)
	pack := s.Packings[b.Order]
	pack.Parcel, pack.Closing = p.ID, false
	if b.Beside != "" {
		pack.settle()
		pack.Undo = pushUndo(pack.Undo, Undoable{At: e.At, What: "opened", Parcel: b.Beside})
		s.renumber(o, b.N > 0)
	}
	pack.Lease.renew(e)
	s.savePacking(pack)
}

// UnitsPacked says units went from totes into a parcel; Lines are the order lines they count for.
type UnitsPacked struct {
	Order  OrderID    `cbor:"1,keyasint"`
	Parcel ParcelID   `cbor:"2,keyasint"`
	Moves  []Movement `cbor:"3,keyasint"`
	Lines  []int      `cbor:"4,keyasint"`

	WeightG []int64 `cbor:"5,keyasint,omitempty"`   // what the units of each movement weigh, where their code said it
	Counted bool    `cbor:"120,keyasint,omitempty"` // by number: nobody looked at each
	Lot     string  `cbor:"121,keyasint,omitempty"` // told at the bench, where nobody noted it before
	Serial  string  `cbor:"122,keyasint,omitempty"` // likewise
}

var _ = kind(KindUnitsPacked, "units_packed", "parcels", func() Body { return new(UnitsPacked) })

func (*UnitsPacked) Kind() Kind              { return KindUnitsPacked }
func (b *UnitsPacked) Movements() []Movement { return b.Moves }
func (b *UnitsPacked) About() []string       { return aboutPassages(b) }

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
		if b.Counted {
			u.Unverified = m.Qty
		}
		u.Lot, u.Serial = b.Lot, b.Serial
		p.add(u)
		step := Undoable{At: e.At, What: "packed", Line: b.Lines[i], Qty: m.Qty, Key: m.Key, WeightG: u.WeighedG, Among: m.Among}
		if b.Counted || b.Lot != "" || b.Serial != "" {
			step.Unit = &u
		}
		pack.Undo = pushUndo(pack.Undo, step)
	}
	pack.settle()
	pack.Lease.renew(e)
	s.savePacking(pack)
	s.saveParcel(p)
	s.touch(TableOrder, string(o.ID))
}

// like is true of units that are told apart by nothing.
func (u *ParcelUnit) like(v *ParcelUnit) bool {
	return u.Line == v.Line && u.Key == v.Key && u.Inner == v.Inner && u.Lot == v.Lot && u.Serial == v.Serial
}

func (p *Parcel) add(u ParcelUnit) {
	for i := range p.Units {
		if have := &p.Units[i]; have.like(&u) {
			have.Qty, have.Weighed, have.WeighedG = have.Qty+u.Qty, have.Weighed+u.Weighed, have.WeighedG+u.WeighedG
			have.Unverified += u.Unverified
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
	Spare  bool       `cbor:"120,keyasint,omitempty"` // no number is given that a label bears
}

var _ = kind(KindUnitsUnpacked, "units_unpacked", "parcels", func() Body { return new(UnitsUnpacked) })

func (*UnitsUnpacked) Kind() Kind              { return KindUnitsUnpacked }
func (b *UnitsUnpacked) Movements() []Movement { return b.Moves }
func (b *UnitsUnpacked) About() []string       { return aboutPassages(b) }

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
		p.less(u.unit())
		pack.Closing, p.Carton = false, ""
	case "carton":
		p.Carton = ""
	case "closing":
		pack.Closing = false
	default:
		s.undoSplit(o, pack, b)
	}
	pack.settle()
	pack.Lease.renew(e)
	s.savePacking(pack)
	if p != nil && s.Parcels[p.ID] != nil {
		s.saveParcel(p)
	}
	s.touch(TableOrder, string(o.ID))
}

// unit is what a step packed.
func (u *Undoable) unit() ParcelUnit {
	if u.Unit != nil {
		return *u.Unit
	}
	v := ParcelUnit{Line: u.Line, Key: u.Key, Qty: u.Qty}
	if u.WeightG > 0 {
		v.Weighed, v.WeighedG = u.Qty, u.WeightG
	}
	return v
}

// less takes units out again.
func (p *Parcel) less(u ParcelUnit) {
	for i := range p.Units {
		if have := &p.Units[i]; have.like(&u) {
			have.Weighed, have.WeighedG, have.Unverified = have.Weighed-u.Weighed, have.WeighedG-u.WeighedG, have.Unverified-u.Unverified
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
	pack.settle()
	pack.Undo = nil
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
	pack.settle()
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
	p.settle()
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

	Source     string `cbor:"130,keyasint,omitempty"` // scale or typed, where the client said
	ToleranceG int64  `cbor:"131,keyasint,omitempty"` // how far it may have been off; 0: not all weights were known
	Off        bool   `cbor:"132,keyasint,omitempty"` // it was further off, and a lead let it pass
}

var _ = kind(KindParcelClosed, "parcel_closed", "parcels", func() Body { return new(ParcelWeighed) })

func (*ParcelWeighed) Kind() Kind { return KindParcelClosed }

func (b *ParcelWeighed) apply(s *State, e *Event) {
	s.number("label")
	p := s.Parcels[b.Parcel]
	p.Status = parcelLife.must(p.Status, "close")
	s.voidNumbers(p)
	p.WeightG, p.ExpectedG, p.Tracking, p.SSCC, p.Closed = b.WeightG, b.ExpectedG, b.Tracking, b.SSCC, e.At
	o := s.Orders[p.Order]
	o.stamp(e, "parcel_closed", string(p.ID))
	s.noteWeighing(p, b, e)
	if p.unverified() > 0 {
		o.stamp(e, "counted", string(p.ID))
	}
	s.touch(TableOrder, string(o.ID))
	pack := s.Packings[p.Order]
	pack.settle()
	pack.Undo, pack.Closing = nil, false
	pack.Lease.renew(e)
	s.savePacking(pack)
	s.saveParcel(p)
}
