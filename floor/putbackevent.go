package floor

// What happens while a cancelled order's goods are put back, as events.

func (s *State) puttingBack(id OrderID, e *Event) *PuttingBack {
	x := s.PutBacks[id]
	x.Lease.renew(e)
	x.Unsure = nil
	return x
}

func (s *State) savePutBack(x *PuttingBack) {
	s.index.putBacks.add(x.Order)
	s.index.lease("putback/"+string(x.Order), x.Lease)
	s.touch(TablePutBack, string(x.Order))
}

// PutBackOpened says a cancelled order's goods are to be put back; Open, that their tote was scanned.
type PutBackOpened struct {
	Order OrderID `cbor:"1,keyasint"`
	Open  bool    `cbor:"2,keyasint,omitempty"`
}

var _ = kind(KindPutBackOpened, "put_back_opened", "picklists", func() Body { return new(PutBackOpened) })

func (*PutBackOpened) Kind() Kind { return KindPutBackOpened }

func (b *PutBackOpened) apply(s *State, e *Event) {
	if s.PutBacks[b.Order] == nil {
		s.PutBacks[b.Order] = &PuttingBack{Order: b.Order}
	}
	x := s.puttingBack(b.Order, e)
	x.Open = b.Open
	s.savePutBack(x)
}

// PutBackHeld says what is in the hand; without a quantity, that an item's serial is due.
type PutBackHeld struct {
	Order OrderID  `cbor:"1,keyasint"`
	Key   StockKey `cbor:"2,keyasint,omitempty"`
	Qty   int64    `cbor:"3,keyasint,omitempty"`
	SKU   SKU      `cbor:"4,keyasint,omitempty"`

	Among []string `cbor:"190,keyasint,omitempty"` // other lots that it may be of
}

var _ = kind(KindPutBackHeld, "put_back_held", "picklists", func() Body { return new(PutBackHeld) })

func (*PutBackHeld) Kind() Kind { return KindPutBackHeld }

func (b *PutBackHeld) apply(s *State, e *Event) {
	x := s.puttingBack(b.Order, e)
	if x.Qty == 0 && x.SKU == "" {
		x.Undo = pushUndo(x.Undo, Undoable{At: e.At, What: "held"})
	}
	x.Key, x.Qty, x.SKU, x.Among = b.Key, b.Qty, b.SKU, b.Among
	s.savePutBack(x)
}

// PutBackPlaced says the units in the hand are in a bin.
type PutBackPlaced struct {
	Order OrderID  `cbor:"1,keyasint"`
	Move  Movement `cbor:"2,keyasint"`
}

var _ = kind(KindPutBackPlaced, "put_back_placed", "stock", func() Body { return new(PutBackPlaced) })

func (*PutBackPlaced) Kind() Kind              { return KindPutBackPlaced }
func (b *PutBackPlaced) Movements() []Movement { return []Movement{b.Move} }
func (b *PutBackPlaced) About() []string       { return aboutMoves([]Movement{b.Move}) }

func (b *PutBackPlaced) apply(s *State, e *Event) {
	x := s.puttingBack(b.Order, e)
	s.move(b.Move)
	s.saw(e, b.Move.To.Bin())
	x.drop()
	if n := len(x.Undo); n > 0 && x.Undo[n-1].What == "held" {
		x.Undo = x.Undo[:n-1]
	}
	x.Undo = pushUndo(x.Undo, Undoable{At: e.At, What: "placed", Qty: b.Move.Qty, Key: b.Move.Key, To: b.Move.To, Among: b.Move.Among})
	s.savePutBack(x)
}

func (x *PuttingBack) drop() { x.Key, x.Qty, x.SKU, x.Unsure, x.Among = StockKey{}, 0, "", nil, nil }

// PutBackUndone says the last step was taken back.
type PutBackUndone struct {
	Order OrderID    `cbor:"1,keyasint"`
	Step  Undoable   `cbor:"2,keyasint"`
	Back  []Movement `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindPutBackUndone, "put_back_undone", "stock", func() Body { return new(PutBackUndone) })

func (*PutBackUndone) Kind() Kind              { return KindPutBackUndone }
func (b *PutBackUndone) Movements() []Movement { return b.Back }
func (b *PutBackUndone) About() []string       { return aboutMoves(b.Back) }

func (b *PutBackUndone) apply(s *State, e *Event) {
	x := s.puttingBack(b.Order, e)
	if n := len(x.Undo); n > 0 {
		x.Undo = x.Undo[:n-1]
	}
	for _, m := range b.Back {
		s.move(m)
	}
	x.drop()
	s.savePutBack(x)
}

// PutBackLeft says the worker went away; what was in the hand is in its tote again.
type PutBackLeft struct {
	Order OrderID `cbor:"1,keyasint"`
}

var _ = kind(KindPutBackLeft, "put_back_left", "picklists", func() Body { return new(PutBackLeft) })

func (*PutBackLeft) Kind() Kind { return KindPutBackLeft }

func (b *PutBackLeft) apply(s *State, _ *Event) {
	x := s.PutBacks[b.Order]
	x.drop()
	x.Open, x.Undo = false, nil
	s.dropJob(&x.Lease, JobRef{"putback", string(b.Order)})
	s.savePutBack(x)
}

// endPutBack takes the job off whoever has it: nothing is left to put back. Called from Apply.
func (s *State) endPutBack(id OrderID) {
	x := s.PutBacks[id]
	if x == nil {
		return
	}
	s.dropJob(&x.Lease, JobRef{"putback", string(id)})
	delete(s.PutBacks, id)
	s.index.putBacks.drop(id)
	s.index.lease("putback/"+string(id), Lease{})
	s.touch(TablePutBack, string(id))
}
