package floor

// What happens while goods are put away, as events.

// Kinds of putting away.
const (
	KindPutawayHeld Kind = 204 + iota
	KindPutawayPlaced
	KindPutawayUndone
	KindPutawayLeft
)

func (s *State) savePutaway(p *Putaway) {
	s.index.lease("putaway/"+string(p.Bin), p.Lease)
	s.touch(TablePutaway, string(p.Bin))
}

func (s *State) putaway(b BinCode, e *Event) *Putaway {
	p := s.Putaways[b]
	if p == nil {
		p = &Putaway{Bin: b}
		s.Putaways[b] = p
	}
	p.Lease.renew(e)
	return p
}

func (p *Putaway) drop() { p.Key, p.Qty, p.Why, p.Among = StockKey{}, 0, "", nil }

// PutawayHeld says what is in the hand; without a quantity, that it is in its place again. Why is another bin than advised
// that was scanned for it.
type PutawayHeld struct {
	Bin BinCode  `cbor:"1,keyasint"`
	Key StockKey `cbor:"2,keyasint,omitempty"`
	Qty int64    `cbor:"3,keyasint,omitempty"`
	Why BinCode  `cbor:"4,keyasint,omitempty"`

	Among []string `cbor:"190,keyasint,omitempty"` // other lots that it may be of
}

var _ = kind(KindPutawayHeld, "putaway_held", "stock", func() Body { return new(PutawayHeld) })

func (*PutawayHeld) Kind() Kind { return KindPutawayHeld }

func (b *PutawayHeld) apply(s *State, e *Event) {
	p := s.putaway(b.Bin, e)
	p.Key, p.Qty, p.Why, p.Among = b.Key, b.Qty, b.Why, b.Among
	s.savePutaway(p)
}

// PutawayPlaced says the units in the hand are in their bin, and how long they had stood where they came in.
type PutawayPlaced struct {
	Bin      BinCode  `cbor:"1,keyasint"`
	Move     Movement `cbor:"2,keyasint"`
	WaitedMS int64    `cbor:"3,keyasint,omitempty"`
	Why      string   `cbor:"4,keyasint,omitempty"` // it may not be sold, as was said before
}

var _ = kind(KindPutawayPlaced, "put_away", "stock", func() Body { return new(PutawayPlaced) })

func (*PutawayPlaced) Kind() Kind              { return KindPutawayPlaced }
func (b *PutawayPlaced) Movements() []Movement { return []Movement{b.Move} }
func (b *PutawayPlaced) About() []string       { return aboutMoves([]Movement{b.Move}) }

func (b *PutawayPlaced) apply(s *State, e *Event) {
	p := s.putaway(b.Bin, e)
	s.move(b.Move)
	s.because(b.Move, b.Why)
	s.saw(e, b.Move.To.Bin())
	s.figure(FigureDockToStock, e.At.day(), b.Move.Qty, b.Move.Qty*(b.WaitedMS/MinuteMS))
	p.drop()
	p.Undo = pushUndo(p.Undo, Undoable{At: e.At, What: "put_away", Qty: b.Move.Qty, Key: b.Move.Key, To: b.Move.To, Among: b.Move.Among})
	s.savePutaway(p)
}

// PutawayUndone says the units put away last are back where they came in.
type PutawayUndone struct {
	Bin  BinCode  `cbor:"1,keyasint"`
	Back Movement `cbor:"2,keyasint"`
}

var _ = kind(KindPutawayUndone, "putaway_undone", "stock", func() Body { return new(PutawayUndone) })

func (*PutawayUndone) Kind() Kind              { return KindPutawayUndone }
func (b *PutawayUndone) Movements() []Movement { return []Movement{b.Back} }
func (b *PutawayUndone) About() []string       { return aboutMoves([]Movement{b.Back}) }

func (b *PutawayUndone) apply(s *State, e *Event) {
	p := s.putaway(b.Bin, e)
	if n := len(p.Undo); n > 0 {
		p.Undo = p.Undo[:n-1]
	}
	s.move(b.Back)
	p.drop()
	s.savePutaway(p)
}

// PutawayLeft says the worker went away; what was in the hand is where it came in.
type PutawayLeft struct {
	Bin BinCode `cbor:"1,keyasint"`
}

var _ = kind(KindPutawayLeft, "putaway_left", "stock", func() Body { return new(PutawayLeft) })

func (*PutawayLeft) Kind() Kind { return KindPutawayLeft }

func (b *PutawayLeft) apply(s *State, _ *Event) {
	p := s.Putaways[b.Bin]
	p.drop()
	p.Undo = nil
	s.dropJob(&p.Lease, JobRef{"putaway", string(b.Bin)})
	s.index.lease("putaway/"+string(b.Bin), Lease{})
	delete(s.Putaways, b.Bin)
	s.touch(TablePutaway, string(b.Bin))
}
