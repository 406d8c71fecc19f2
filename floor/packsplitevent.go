package floor

import "slices"

// What happens to several parcels of one order, as events.

// The kinds of the bench.
const (
	KindBenchAsked    Kind = 120
	KindBenchNoted    Kind = 121
	KindPackDamaged   Kind = 122
	KindUnitsMoved    Kind = 123
	KindParcelChosen  Kind = 124
	KindParcelDropped Kind = 125
	KindParcelNested  Kind = 126
	KindPackCancelled Kind = 127
	KindSinglesSet    Kind = 128
	KindSingleDrawn   Kind = 129
)

// ParcelChosen says another open parcel is the present one.
type ParcelChosen struct {
	Order  OrderID  `cbor:"1,keyasint"`
	Parcel ParcelID `cbor:"2,keyasint"`
	Was    ParcelID `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindParcelChosen, "parcel_chosen", "parcels", func() Body { return new(ParcelChosen) })

func (*ParcelChosen) Kind() Kind { return KindParcelChosen }

func (b *ParcelChosen) apply(s *State, e *Event) {
	p := s.Packings[b.Order]
	p.settle()
	p.Parcel, p.Closing = b.Parcel, false
	if b.Was != "" {
		p.Undo = pushUndo(p.Undo, Undoable{At: e.At, What: "chosen", Parcel: b.Was})
	}
	p.Lease.renew(e)
	s.savePacking(p)
}

// ParcelDropped says a parcel was given up that never held anything to the end.
type ParcelDropped struct {
	Order  OrderID  `cbor:"1,keyasint"`
	Parcel ParcelID `cbor:"2,keyasint"`
	Spare  bool     `cbor:"3,keyasint,omitempty"` // no number is given that a label bears
}

var _ = kind(KindParcelDropped, "parcel_dropped", "parcels", func() Body { return new(ParcelDropped) })

func (*ParcelDropped) Kind() Kind { return KindParcelDropped }

func (b *ParcelDropped) apply(s *State, e *Event) {
	p := s.Packings[b.Order]
	s.dropParcel(s.Orders[b.Order], b.Parcel, b.Spare)
	if p.Parcel == b.Parcel {
		p.Parcel, p.Closing = "", false
	}
	p.Undo = nil
	p.Lease.renew(e)
	s.savePacking(p)
}

// dropParcel takes an empty parcel away. Called from Apply.
func (s *State) dropParcel(o *Order, id ParcelID, spare bool) {
	o.Parcels = slices.DeleteFunc(slices.Clone(o.Parcels), func(x ParcelID) bool { return x == id })
	s.touch(TableOrder, string(o.ID))
	s.forgetParcel(s.Parcels[id])
	s.renumber(o, spare)
}

// renumber counts an order's parcels anew: inner packs have no number, and one that has its label keeps it. Spare leaves
// out the numbers that labels bear, which an old journal did not. Called from Apply.
func (s *State) renumber(o *Order, spare bool) {
	n, labelled := 0, map[int]bool{}
	if spare {
		labelled = s.numbersOf(o, false)
	}
	for _, id := range o.Parcels {
		p := s.Parcels[id]
		if p == nil || p.Status == ParcelInner || spare && p.Status != ParcelOpen {
			continue
		}
		for n++; labelled[n]; n++ {
		}
		if p.Status == ParcelOpen && p.N != n {
			p.N = n
			s.saveParcel(p)
		}
	}
}

// numbersOf are the numbers that an order's labels bear, and where wanted those of its open parcels.
func (s *State) numbersOf(o *Order, open bool) map[int]bool {
	out := map[int]bool{}
	for _, id := range o.Parcels {
		if p := s.Parcels[id]; p != nil && p.Status != ParcelInner && (open || p.Status != ParcelOpen) {
			out[p.N] = true
		}
	}
	return out
}

// ParcelCount is how many parcels an order goes in, as its labels say it; inner packs are not among them.
func (s *State) ParcelCount(o *Order) (n int) {
	for _, id := range o.Parcels {
		if p := s.Parcels[id]; p == nil || p.Status != ParcelInner {
			n++
		}
	}
	return n
}

// UnitsMoved says units went from one open parcel into another.
type UnitsMoved struct {
	Order OrderID      `cbor:"1,keyasint"`
	From  ParcelID     `cbor:"2,keyasint"`
	To    ParcelID     `cbor:"3,keyasint"`
	Units []ParcelUnit `cbor:"4,keyasint"`
	Moves []Movement   `cbor:"5,keyasint"`
}

var _ = kind(KindUnitsMoved, "units_moved", "parcels", func() Body { return new(UnitsMoved) })

func (*UnitsMoved) Kind() Kind              { return KindUnitsMoved }
func (b *UnitsMoved) Movements() []Movement { return b.Moves }
func (b *UnitsMoved) About() []string       { return aboutPassages(b) }

func (b *UnitsMoved) apply(s *State, e *Event) {
	pack := s.Packings[b.Order]
	s.moveUnits(s.Parcels[b.From], s.Parcels[b.To], b.Units, b.Moves)
	pack.settle()
	pack.Closing = false
	pack.Undo = pushUndo(pack.Undo, Undoable{At: e.At, What: "moved", Parcel: b.From, Units: b.Units})
	pack.Lease.renew(e)
	s.savePacking(pack)
}

// moveUnits moves units between parcels; both may need other cartons now. Called from Apply.
func (s *State) moveUnits(from, to *Parcel, units []ParcelUnit, moves []Movement) {
	for _, m := range moves {
		s.move(m)
	}
	for _, u := range units {
		from.less(u)
		to.add(u)
	}
	from.Carton, to.Carton = "", ""
	s.saveParcel(from)
	s.saveParcel(to)
}

// ParcelNested says a parcel became an inner pack of another, which is the present one now and lists what is in it.
type ParcelNested struct {
	Order  OrderID    `cbor:"1,keyasint"`
	Inner  ParcelID   `cbor:"2,keyasint"`
	Outer  ParcelID   `cbor:"3,keyasint"`
	Moves  []Movement `cbor:"4,keyasint"`
	Opened bool       `cbor:"5,keyasint,omitempty"` // the outer one was opened for it
	Spare  bool       `cbor:"6,keyasint,omitempty"` // no number is given that a label bears
}

var _ = kind(KindParcelNested, "parcel_nested", "parcels", func() Body { return new(ParcelNested) })

func (*ParcelNested) Kind() Kind              { return KindParcelNested }
func (b *ParcelNested) Movements() []Movement { return b.Moves }
func (b *ParcelNested) About() []string       { return aboutMoves(b.Moves) }

func (b *ParcelNested) apply(s *State, e *Event) {
	pack, inner, outer := s.Packings[b.Order], s.Parcels[b.Inner], s.Parcels[b.Outer]
	for _, m := range b.Moves {
		s.move(m)
	}
	units := inner.Units
	for _, u := range units {
		u.Inner = inner.ID
		outer.add(u)
	}
	inner.Status, inner.Units, inner.Inside = parcelLife.must(inner.Status, "nest"), nil, outer.ID
	outer.Carton = ""
	s.saveParcel(inner)
	s.saveParcel(outer)
	s.renumber(s.Orders[b.Order], b.Spare)
	pack.settle()
	pack.Parcel, pack.Closing = outer.ID, false
	pack.Undo = pushUndo(pack.Undo, Undoable{At: e.At, What: "nested", Parcel: inner.ID, Units: units, Cont: b.Opened})
	pack.Lease.renew(e)
	s.savePacking(pack)
}

// undoSplit takes back a step with several parcels. Called from Apply.
func (s *State) undoSplit(o *Order, pack *Packing, b *UnitsUnpacked) {
	u, p := b.Step, s.Parcels[b.Parcel]
	switch u.What {
	case "opened":
		s.dropParcel(o, p.ID, b.Spare)
		pack.Parcel, pack.Closing = u.Parcel, false
	case "chosen":
		pack.Parcel, pack.Closing = u.Parcel, false
	case "moved":
		s.moveUnits(p, s.Parcels[u.Parcel], u.Units, b.Moves)
	case "nested":
		s.unnest(p, s.Parcels[u.Parcel], u.Units, b.Moves)
		s.renumber(o, b.Spare)
		if pack.Parcel, pack.Closing = u.Parcel, false; u.Cont { // the outer one goes with the step before
			pack.Parcel = p.ID
		}
	case "aside":
		s.undoAside(o, u, b.Moves)
	}
}

func (s *State) unnest(outer, inner *Parcel, units []ParcelUnit, moves []Movement) {
	for _, m := range moves {
		s.move(m)
	}
	for _, u := range units {
		inner.Units = append(inner.Units, u)
		u.Inner = inner.ID
		outer.less(u)
	}
	inner.Status, inner.Inside = parcelLife.must(inner.Status, "unnest"), ""
	outer.Carton = ""
	s.saveParcel(inner)
}

// reopened takes a parcel's label off it, and what was said of the closed box. Called from Apply.
func (s *State) reopened(p *Parcel) {
	s.voidNumbers(p)
	p.WeightG, p.ExpectedG, p.Closed, p.Carton = 0, 0, 0, ""
	p.Purchase, p.CostCents, p.CostCurrency, p.CostFrom = "", 0, "", ""
	if pack := s.Packings[p.Order]; pack != nil {
		pack.Note = nil // what was confirmed of it is asked again
	}
	s.touch(TableOrder, string(p.Order))
}
