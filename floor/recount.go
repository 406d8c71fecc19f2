package floor

import "slices"

// A recount takes everything loose out of a parcel again, on the books, so that each unit is scanned into it anew: what
// one does when the scale says that something is missing. The goods are in the totes again that they came from; inner
// packs stay as they are.

// canRecount is true of an open parcel whose order still has a tote to put the goods back into.
func (j *packJob) canRecount(s *State, p *Parcel) bool {
	return p != nil && p.Status == ParcelOpen && slices.ContainsFunc(p.Units, looseUnit) && len(s.Orders[j.Order].Totes) > 0
}

func looseUnit(u ParcelUnit) bool { return u.Inner == "" }

func (j *packJob) recount(t *turn, p *Parcel) *Verdict {
	if j.next(t.State).Step != "weigh" || !j.canRecount(t.State, p) {
		return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
	}
	b := &ParcelRecounted{Order: j.Order, Parcel: p.ID, Loose: true}
	var n int64
	for _, u := range p.Units {
		if looseUnit(u) {
			b.Moves = append(b.Moves, Movement{Key: u.Key.at(InParcel(p.ID)), To: u.Key.Place, Qty: u.Qty, Reason: "recount"})
			n += u.Qty
		}
	}
	t.emit(b)
	t.suggest(j.Order)
	return verdict(CodeRecount).qty(n)
}

// KindParcelRecounted numbers a parcel that is scanned anew.
const KindParcelRecounted Kind = 132

// ParcelRecounted says all units of a parcel, or its loose ones, count as not yet packed.
type ParcelRecounted struct {
	Order  OrderID    `cbor:"1,keyasint"`
	Parcel ParcelID   `cbor:"2,keyasint"`
	Moves  []Movement `cbor:"3,keyasint"`
	Loose  bool       `cbor:"4,keyasint,omitempty"` // inner packs stayed in it
}

var _ = kind(KindParcelRecounted, "parcel_recounted", "parcels", func() Body { return new(ParcelRecounted) })

func (*ParcelRecounted) Kind() Kind              { return KindParcelRecounted }
func (b *ParcelRecounted) Movements() []Movement { return b.Moves }
func (b *ParcelRecounted) About() []string       { return aboutMoves(b.Moves) }

func (b *ParcelRecounted) apply(s *State, e *Event) {
	o, p, pack := s.Orders[b.Order], s.Parcels[b.Parcel], s.Packings[b.Order]
	for _, m := range b.Moves {
		s.move(m)
	}
	var stays []ParcelUnit
	for _, u := range p.Units {
		if b.Loose && !looseUnit(u) {
			stays = append(stays, u)
			continue
		}
		o.Lines[u.Line].Packed -= u.Qty
		s.paced(e, StagePack, -u.Qty)
	}
	p.Units, p.Carton = stays, ""
	pack.Closing, pack.Serial, pack.Undo = false, "", nil
	pack.Lease.renew(e)
	o.stamp(e, "parcel_recounted", string(p.ID))
	s.savePacking(pack)
	s.saveParcel(p)
	s.touch(TableOrder, string(o.ID))
}
