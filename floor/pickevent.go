package floor

// What happens on a pick list, as events.

// PickListMoved says a list took a step of its life other than being taken or staged.
type PickListMoved struct {
	List PickListID `cbor:"1,keyasint"`
	Verb string     `cbor:"2,keyasint"`
}

var _ = kind(KindPickListMoved, "picklist_moved", "picklists", func() Body { return new(PickListMoved) })

func (*PickListMoved) Kind() Kind { return KindPickListMoved }

func (b *PickListMoved) apply(s *State, e *Event) {
	l := s.PickLists[b.List]
	l.Status = listLife.must(l.Status, b.Verb)
	l.At, l.Serial, l.Odd, l.Zero, l.Unsure = "", false, nil, "", nil
	s.dropJob(&l.Lease, JobRef{"pick", string(l.ID)})
	if l.Status == ListCancelled {
		l.Ended = e.At
	}
	s.saveList(l)
}

func (s *State) saveList(l *PickList) {
	s.index.setList(l)
	s.touch(TablePickList, string(l.ID))
}

func (s *State) list(id PickListID, e *Event) *PickList {
	l := s.PickLists[id]
	l.Lease.renew(e)
	if l.Lease.held() && e.Device == l.Lease.Device {
		l.Odd, l.Unsure = nil, nil
	}
	return l
}

// ToteTaken says a tote stands in a slot now.
type ToteTaken struct {
	List  PickListID `cbor:"1,keyasint"`
	Slot  int        `cbor:"2,keyasint"`
	Tote  ToteCode   `cbor:"3,keyasint"`
	Moves []Movement `cbor:"4,keyasint,omitempty"` // units in the hand that the full tote before it had no room for
}

var _ = kind(KindToteTaken, "tote_taken", "picklists", func() Body { return new(ToteTaken) })

func (*ToteTaken) Kind() Kind              { return KindToteTaken }
func (b *ToteTaken) Movements() []Movement { return b.Moves }
func (b *ToteTaken) About() []string       { return aboutMoves(b.Moves) }

func (b *ToteTaken) apply(s *State, e *Event) {
	l := s.list(b.List, e)
	if l.shared() {
		l.shareTote(s, b.Tote)
		l.Undo = pushUndo(l.Undo, Undoable{At: e.At, What: "tote", Slot: b.Slot})
		s.saveList(l)
		return
	}
	slot := l.slot(b.Slot)
	slot.Tote = b.Tote
	s.takeTote(b.Tote, slot.Order, l.ID)
	for _, m := range b.Moves {
		s.move(m)
	}
	o := s.Orders[slot.Order]
	o.Totes = append(o.Totes, b.Tote)
	s.touch(TableOrder, string(o.ID))
	l.Undo = pushUndo(l.Undo, Undoable{At: e.At, What: "tote", Slot: b.Slot})
	s.saveList(l)
}

// BinReached says the picker stands at a bin; Serial, that the item was scanned and its serial is due.
type BinReached struct {
	List   PickListID `cbor:"1,keyasint"`
	Bin    BinCode    `cbor:"2,keyasint"`
	Serial bool       `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindBinReached, "bin_reached", "picklists", func() Body { return new(BinReached) })

func (*BinReached) Kind() Kind { return KindBinReached }

func (b *BinReached) apply(s *State, e *Event) {
	l := s.list(b.List, e)
	l.At, l.Serial = b.Bin, b.Serial
	s.saw(e, b.Bin)
	s.saveList(l)
}

// Picked says units went from a bin into a tote.
type Picked struct {
	List PickListID `cbor:"1,keyasint"`
	Line int        `cbor:"2,keyasint"`
	Move Movement   `cbor:"3,keyasint"`
	More bool       `cbor:"5,keyasint,omitempty"` // one scan with the one before
	Heat bool       `cbor:"4,keyasint,omitempty"` // the line was begun here: its bin counts one more. Older journals have none

	WeightG int64   `cbor:"6,keyasint,omitempty"`   // what the units weigh, where their code said it
	Order   OrderID `cbor:"190,keyasint,omitempty"` // whose they are, where their lot is not sure: a recall asks
}

var _ = kind(KindPicked, "line_picked", "picklists", func() Body { return new(Picked) })

func (*Picked) Kind() Kind              { return KindPicked }
func (b *Picked) Movements() []Movement { return []Movement{b.Move} }
func (b *Picked) About() []string       { return aboutMoves([]Movement{b.Move}) }

func (b *Picked) apply(s *State, e *Event) {
	l := s.list(b.List, e)
	p := &l.Lines[b.Line-1]
	s.promise(p, -b.Move.Qty)
	s.move(b.Move)
	if b.Heat {
		s.heat(b.Move.Key.Place.Bin(), e.At, 1)
	}
	s.saw(e, b.Move.Key.Place.Bin())
	p.From = b.Move.Key // another serial than the promised one may have been taken
	p.Picked += b.Move.Qty
	s.paced(e, StagePick, b.Move.Qty)
	s.Orders[p.Order].Lines[p.OrderLine].Picked += b.Move.Qty
	s.Orders[p.Order].Lines[p.OrderLine].weighed(b.Move.Qty, b.WeightG)
	p.settle()
	l.Serial = false
	l.Undo = pushUndo(l.Undo, Undoable{At: e.At, What: "picked", Line: b.Line, Qty: b.Move.Qty, Key: b.Move.Key, Heat: b.Heat, Cont: b.More, WeightG: b.WeightG, Among: b.Move.Among})
	s.saveList(l)
}

// settle sets a line's status from its counts.
func (p *PickLine) settle() {
	switch {
	case p.Picked+p.Short < p.Qty:
		p.Status = LineOpen
	case p.Short > 0 && p.Picked == 0:
		p.Status = LineShort
	default:
		p.Status = LineDone
	}
}

// LineShorted says units were not found. Final of them were not found anywhere else either.
type LineShorted struct {
	List   PickListID `cbor:"1,keyasint"`
	Line   int        `cbor:"2,keyasint"`
	Qty    int64      `cbor:"3,keyasint"`
	Reason string     `cbor:"4,keyasint"`
	Final  int64      `cbor:"5,keyasint,omitempty"`
	Undo   bool       `cbor:"6,keyasint,omitempty"` // it can be taken back; older journals have none
	Doubt  bool       `cbor:"9,keyasint,omitempty"` // it put what is left there in doubt
	More   bool       `cbor:"8,keyasint,omitempty"` // one short with the one before
	Added  []int      `cbor:"7,keyasint,omitempty"` // the lines that come in its place
}

var _ = kind(KindLineShorted, "line_short", "picklists", func() Body { return new(LineShorted) })

func (*LineShorted) Kind() Kind { return KindLineShorted }

func (b *LineShorted) apply(s *State, e *Event) {
	l := s.list(b.List, e)
	p := &l.Lines[b.Line-1]
	s.shorted(p, b.Qty, b.Final)
	p.Reason = b.Reason
	if own := l.Lease.held() && e.Device == l.Lease.Device; own && b.Undo {
		l.Undo = pushUndo(l.Undo, Undoable{At: e.At, What: "short", Line: b.Line, Qty: b.Qty, Key: p.From, Added: b.Added, Final: b.Final, Cont: b.More, Doubt: b.Doubt})
	} else if own {
		l.Undo = nil
	}
	if e.Device == l.Lease.Device { // whoever else holds it may just be scanning a serial elsewhere
		l.Serial = false
	}
	s.saveList(l)
}

// shorted takes units off a line that are not to be had there; final of them nowhere. Less than nothing puts them back.
func (s *State) shorted(p *PickLine, qty, final int64) {
	s.promise(p, -qty)
	p.Short += qty
	p.settle()
	s.Orders[p.Order].Lines[p.OrderLine].Short += final
}

// LinesAdded says units missing in one bin are taken from others.
type LinesAdded struct {
	List  PickListID `cbor:"1,keyasint"`
	Lines []PickLine `cbor:"2,keyasint"`
	Walk  []int      `cbor:"3,keyasint,omitempty"` // the open lines in their new order; without it the added ones come last
}

var _ = kind(KindLinesAdded, "lines_added", "picklists", func() Body { return new(LinesAdded) })

func (*LinesAdded) Kind() Kind { return KindLinesAdded }

func (b *LinesAdded) apply(s *State, e *Event) {
	l := s.list(b.List, e)
	rank := l.lastRank()
	for _, p := range b.Lines {
		rank++
		p.N, p.Rank = len(l.Lines)+1, rank
		l.Lines = append(l.Lines, p)
		s.promise(&p, p.Qty)
	}
	l.walkAs(b.Walk)
	s.saveList(l)
}

func (l *PickList) lastRank() (rank int) {
	for i := range l.Lines {
		rank = max(rank, l.Lines[i].Rank)
	}
	return rank
}

// walkAs puts lines, by their numbers, into the order in which they are walked, behind all others.
func (l *PickList) walkAs(walk []int) {
	last := l.lastRank()
	for i, n := range walk {
		l.Lines[n-1].Rank = last + 1 + i
	}
}

// LineSkipped says a line comes later.
type LineSkipped struct {
	List PickListID `cbor:"1,keyasint"`
	Line int        `cbor:"2,keyasint"`
	Rank int        `cbor:"3,keyasint"`
}

var _ = kind(KindLineSkipped, "line_skipped", "picklists", func() Body { return new(LineSkipped) })

func (*LineSkipped) Kind() Kind { return KindLineSkipped }

func (b *LineSkipped) apply(s *State, e *Event) {
	l := s.list(b.List, e)
	p := &l.Lines[b.Line-1]
	l.Undo = pushUndo(l.Undo, Undoable{At: e.At, What: "skipped", Line: b.Line, Rank: p.Rank})
	p.Rank, l.Serial = b.Rank, false
	s.saveList(l)
}

// LinePlaced says picked units are in their slot.
type LinePlaced struct {
	List PickListID `cbor:"1,keyasint"`
	Line int        `cbor:"2,keyasint"`
	Qty  int64      `cbor:"3,keyasint"`
}

var _ = kind(KindLinePlaced, "line_placed", "picklists", func() Body { return new(LinePlaced) })

func (*LinePlaced) Kind() Kind { return KindLinePlaced }

func (b *LinePlaced) apply(s *State, e *Event) {
	l := s.list(b.List, e)
	p := &l.Lines[b.Line-1]
	l.Undo = pushUndo(l.Undo, Undoable{At: e.At, What: "placed", Line: b.Line, Qty: p.Placed})
	p.Placed = b.Qty
	s.saveList(l)
}

// LinesCancelled says an order left a list.
type LinesCancelled struct {
	List  PickListID `cbor:"1,keyasint"`
	Order OrderID    `cbor:"2,keyasint"`
}

var _ = kind(KindLinesCancelled, "lines_cancelled", "picklists", func() Body { return new(LinesCancelled) })

func (*LinesCancelled) Kind() Kind { return KindLinesCancelled }

func (b *LinesCancelled) apply(s *State, _ *Event) {
	l := s.PickLists[b.List]
	for i := range l.Lines {
		p := &l.Lines[i]
		if p.Order != b.Order || p.Status == LineCancelled {
			continue
		}
		s.promise(p, -(p.Qty - p.Short - p.Picked))
		p.Status = LineCancelled
	}
	for i := range l.Totes {
		if t := &l.Totes[i]; t.Order == b.Order {
			t.Off = true
			if t.Tote != "" && !l.shared() && len(s.StockAt(InTote(t.Tote))) == 0 {
				s.freeTote(t.Tote)
				s.Orders[b.Order].dropTote(t.Tote)
			}
		}
	}
	l.Serial, l.Undo = false, nil
	s.saveList(l)
}

// ListStaged says a list's totes stand at the stage.
type ListStaged struct {
	List PickListID `cbor:"1,keyasint"`
	Bin  BinCode    `cbor:"2,keyasint,omitempty"`
}

var _ = kind(KindListStaged, "list_staged", "picklists", func() Body { return new(ListStaged) })

func (*ListStaged) Kind() Kind { return KindListStaged }

func (b *ListStaged) apply(s *State, e *Event) {
	l := s.PickLists[b.List]
	l.Status = listLife.must(l.Status, "stage")
	l.Ended = e.At
	s.saw(e, b.Bin)
	for _, slot := range l.Totes {
		for _, code := range slot.all() {
			s.stageTote(l, slot.Order, code, b.Bin)
		}
	}
	s.dropJob(&l.Lease, JobRef{"pick", string(l.ID)})
	s.saveList(l)
}

// stageTote puts a list's tote down; one that holds nothing is free.
func (s *State) stageTote(l *PickList, order OrderID, code ToteCode, bin BinCode) {
	tote := s.Totes[code]
	if tote == nil || tote.List != l.ID {
		return
	}
	tote.Bin = bin
	if len(s.StockAt(InTote(code))) == 0 {
		s.Orders[order].dropTote(code)
		s.freeTote(code)
	}
	s.touch(TableTote, string(code))
	s.touch(TableOrder, string(order))
}
