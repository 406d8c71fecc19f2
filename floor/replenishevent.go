package floor

// What happens while pick bins are filled up, as events.

// Kinds of replenishment.
const (
	KindReplenishPlanned Kind = 220 + iota
	KindReplenishTaken
	KindReplenishPlaced
	KindReplenishLeft
	KindReplenishEnded
	KindReplenishRaised
)

func (s *State) saveReplenish(r *Replenish) {
	s.index.setReplenish(r)
	s.touch(TableReplenish, string(r.ID))
}

func (x *index) setReplenish(r *Replenish) {
	x.replenishes.add(r.ID)
	x.filling[r.From.SKU] = r.ID
	x.lease("replenish/"+string(r.ID), r.Lease)
}

// ReplenishPlanned says goods are to be brought to a pick bin.
type ReplenishPlanned struct {
	Replenish Replenish `cbor:"1,keyasint"`
}

var _ = kind(KindReplenishPlanned, "replenish_planned", "stock", func() Body { return new(ReplenishPlanned) })

func (*ReplenishPlanned) Kind() Kind { return KindReplenishPlanned }

func (b *ReplenishPlanned) apply(s *State, _ *Event) {
	s.number("replenish")
	r := b.Replenish
	s.Replenishes[r.ID] = &r
	s.saveReplenish(&r)
}

// ReplenishRaised says that more of it is to be brought than was planned, or that orders wait for it now.
type ReplenishRaised struct {
	Replenish ReplenishID `cbor:"1,keyasint"`
	Qty       int64       `cbor:"2,keyasint"` // in all
	Urgent    bool        `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindReplenishRaised, "replenish_raised", "stock", func() Body { return new(ReplenishRaised) })

func (*ReplenishRaised) Kind() Kind { return KindReplenishRaised }

func (b *ReplenishRaised) apply(s *State, _ *Event) {
	r := s.Replenishes[b.Replenish]
	r.Qty, r.Urgent = b.Qty, b.Urgent
	s.saveReplenish(r)
}

// ReplenishTaken says the reserve bin was reached, and how many units are in the hand.
type ReplenishTaken struct {
	Replenish ReplenishID `cbor:"1,keyasint"`
	At        bool        `cbor:"2,keyasint,omitempty"`
	Hand      int64       `cbor:"3,keyasint,omitempty"`
	Among     []string    `cbor:"190,keyasint,omitempty"` // other lots that they may be of
}

var _ = kind(KindReplenishTaken, "replenish_taken", "stock", func() Body { return new(ReplenishTaken) })

func (*ReplenishTaken) Kind() Kind { return KindReplenishTaken }

func (b *ReplenishTaken) apply(s *State, e *Event) {
	r := s.Replenishes[b.Replenish]
	r.Lease.renew(e)
	if r.At, r.Hand, r.Among = b.At, b.Hand, b.Among; b.At {
		s.saw(e, r.From.Place.Bin())
	}
	s.saveReplenish(r)
}

// ReplenishPlaced says units were put into a pick bin, or back from it.
type ReplenishPlaced struct {
	Replenish ReplenishID `cbor:"1,keyasint"`
	Move      Movement    `cbor:"2,keyasint"`
	Back      bool        `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindReplenishPlaced, "replenished", "stock", func() Body { return new(ReplenishPlaced) })

func (*ReplenishPlaced) Kind() Kind              { return KindReplenishPlaced }
func (b *ReplenishPlaced) Movements() []Movement { return []Movement{b.Move} }
func (b *ReplenishPlaced) About() []string       { return aboutMoves([]Movement{b.Move}) }

func (b *ReplenishPlaced) apply(s *State, e *Event) {
	r := s.Replenishes[b.Replenish]
	r.Lease.renew(e)
	s.move(b.Move)
	r.Hand, r.Among = 0, nil
	if b.Back {
		r.Done -= b.Move.Qty
		r.Undo = r.Undo[:max(len(r.Undo)-1, 0)]
	} else {
		r.Done += b.Move.Qty
		r.Undo = pushUndo(r.Undo, Undoable{At: e.At, What: "replenished", Qty: b.Move.Qty, Key: b.Move.Key, To: b.Move.To, Among: b.Move.Among})
		s.saw(e, b.Move.To.Bin())
	}
	s.saveReplenish(r)
}

// ReplenishLeft says the worker went away; what was in the hand lies in reserve again.
type ReplenishLeft struct {
	Replenish ReplenishID `cbor:"1,keyasint"`
}

var _ = kind(KindReplenishLeft, "replenish_left", "stock", func() Body { return new(ReplenishLeft) })

func (*ReplenishLeft) Kind() Kind { return KindReplenishLeft }

func (b *ReplenishLeft) apply(s *State, _ *Event) {
	r := s.Replenishes[b.Replenish]
	r.At, r.Hand, r.Undo, r.Among = false, 0, nil, nil
	s.dropJob(&r.Lease, JobRef{"replenish", string(r.ID)})
	s.saveReplenish(r)
}

// ReplenishEnded says no more is to be brought.
type ReplenishEnded struct {
	Replenish ReplenishID `cbor:"1,keyasint"`
}

var _ = kind(KindReplenishEnded, "replenish_ended", "stock", func() Body { return new(ReplenishEnded) })

func (*ReplenishEnded) Kind() Kind { return KindReplenishEnded }

func (b *ReplenishEnded) apply(s *State, _ *Event) {
	r := s.Replenishes[b.Replenish]
	s.dropJob(&r.Lease, JobRef{"replenish", string(r.ID)})
	s.index.lease("replenish/"+string(r.ID), Lease{})
	s.index.replenishes.drop(r.ID)
	delete(s.index.filling, r.From.SKU)
	delete(s.Replenishes, r.ID)
	s.touch(TableReplenish, string(r.ID))
}
