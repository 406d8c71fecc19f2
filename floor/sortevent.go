package floor

import "slices"

// What happens at a put wall, as actions and events.

func (j *sortJob) act(t *turn, a *Act) *Verdict {
	switch a.Action {
	case "leave":
		t.emit(&SortLeft{List: j.List})
		return verdict(CodeLeft)
	case "undo":
		return j.undo(t)
	case "short":
		return j.short(t, a)
	case "answer":
		return j.answer(t, a)
	case "finish":
		if j.Open && j.Line == 0 && j.line(t.State) == nil {
			t.endSort(j.Sorting)
			return verdict(CodeSortDone)
		}
	}
	return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
}

// short says that units which were picked are not in the tote: they are written off, and their order goes on without.
func (j *sortJob) short(t *turn, a *Act) *Verdict {
	n, p := j.next(t.State), j.line(t.State)
	if n.Step != "item" {
		return verdict(CodeNoAction).wanted(wanted(n))
	}
	if no := a.why(); no != nil {
		return no
	}
	if a.Found != p.Placed {
		return verdict(CodeBadQty).wanted(&Thing{"found", "", phrase("sort each unit you found, then short the rest")})
	}
	missing, order, sku := p.unsorted(), p.Order, p.SKU
	b := &SortShorted{List: j.List, Line: p.N, Qty: missing, Reason: a.Reason}
	rows := slices.Clone(t.StockAt(InTote(j.Tote)))
	slices.SortStableFunc(rows, func(a, b *Stock) int { // of the lot picked for it first
		return otherLotAs(a.Key, p.From) - otherLotAs(b.Key, p.From)
	})
	for _, row := range rows {
		if n := min(row.OnHand, missing); row.Key.SKU == sku && n > 0 && (p.From.Serial == "" || row.Key.Serial == p.From.Serial) {
			b.Moves = append(b.Moves, Movement{Key: row.Key, To: Adjustment, Qty: n, Reason: "sort_short_" + a.Reason})
			missing -= n
		}
	}
	t.emit(b)
	t.raise("sort_short", string(order), "the tote of "+string(j.List)+" held fewer "+string(sku)+" than were picked ("+inWords(a.Reason)+")", "order")
	t.sortedWhole(order)
	if j.line(t.State) == nil {
		t.endSort(j.Sorting)
	}
	return verdict(CodeShort).qty(b.Qty)
}

// otherLotAs is 1 for stock of another lot or day, else 0.
func otherLotAs(a, b StockKey) int {
	if a.Lot == b.Lot && a.Expiry == b.Expiry {
		return 0
	}
	return 1
}

// undo takes the unit out of the hand, or the last one out of its slot, while its order is not complete.
func (j *sortJob) undo(t *turn) *Verdict {
	u, none := t.lastOnList(j.List, j.Undo, "put the goods right by hand")
	if none != nil {
		return none
	}
	b := &SortUndone{List: j.List, Step: u}
	if u.What == "sorted" {
		slot := t.slotFor(t.PickLists[j.List].Lines[u.Line-1].Order)
		b.Back = []Movement{{Key: u.Key.at(InTote(slot)), To: u.Key.Place, Qty: u.Qty, Reason: "undo", Among: u.Among}}
	}
	t.emit(b)
	return verdict(CodeUndone)
}

func (s *State) saveSorting(x *Sorting) {
	s.index.lease("sort/"+string(x.List), x.Lease)
	s.touch(TableSorting, string(x.List))
}

func (s *State) sorting(id PickListID, e *Event) *Sorting {
	x := s.Sortings[id]
	x.Lease.renew(e)
	x.Unsure = nil
	return x
}

func (x *Sorting) drop() { x.Line, x.Qty, x.Key, x.Unsure, x.Among = 0, 0, StockKey{}, nil, nil }

// SortOpened says a batch's tote waits at the wall; Open, that it was scanned there.
type SortOpened struct {
	List PickListID `cbor:"1,keyasint"`
	Tote ToteCode   `cbor:"2,keyasint"`
	Open bool       `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindSortOpened, "sort_opened", "waves", func() Body { return new(SortOpened) })

func (*SortOpened) Kind() Kind { return KindSortOpened }

func (b *SortOpened) apply(s *State, e *Event) {
	if s.Sortings[b.List] == nil {
		s.Sortings[b.List] = &Sorting{List: b.List, Tote: b.Tote}
		s.index.sortings.add(b.List)
	}
	x := s.sorting(b.List, e)
	x.Open = b.Open
	s.saveSorting(x)
}

// SlotLit says units are in a hand and which slot lights up for them; Slot is empty where none was free.
type SlotLit struct {
	List PickListID `cbor:"1,keyasint"`
	Line int        `cbor:"2,keyasint"`
	Qty  int64      `cbor:"3,keyasint"`
	Key  StockKey   `cbor:"4,keyasint"`
	Slot ToteCode   `cbor:"5,keyasint,omitempty"`

	Among []string `cbor:"190,keyasint,omitempty"` // other lots that they may be of
}

var _ = kind(KindSlotLit, "slot_lit", "waves", func() Body { return new(SlotLit) })

func (*SlotLit) Kind() Kind { return KindSlotLit }

func (b *SlotLit) apply(s *State, e *Event) {
	x := s.sorting(b.List, e)
	x.Line, x.Qty, x.Key, x.Among = b.Line, b.Qty, b.Key, b.Among
	x.Undo = pushUndo(x.Undo, Undoable{At: e.At, What: "lit", Line: b.Line})
	s.giveSlot(b.Slot, s.PickLists[b.List].Lines[b.Line-1].Order)
	s.saveSorting(x)
}

// giveSlot binds a free slot or tote to an order. Called from Apply.
func (s *State) giveSlot(c ToteCode, order OrderID) {
	if t, o := s.Totes[c], s.Orders[order]; t != nil && o != nil && t.Order == "" {
		s.takeTote(c, order, "")
		o.Totes = append(o.Totes, c)
		s.touch(TableOrder, string(order))
	}
}

// UnitsSorted says units are in their order's slot.
type UnitsSorted struct {
	List PickListID `cbor:"1,keyasint"`
	Line int        `cbor:"2,keyasint"`
	Move Movement   `cbor:"3,keyasint"`

	Order OrderID `cbor:"190,keyasint,omitempty"` // whose they are, where their lot is not sure: a recall asks
}

var _ = kind(KindUnitsSorted, "units_sorted", "waves", func() Body { return new(UnitsSorted) })

func (*UnitsSorted) Kind() Kind              { return KindUnitsSorted }
func (b *UnitsSorted) Movements() []Movement { return []Movement{b.Move} }
func (b *UnitsSorted) About() []string       { return aboutMoves([]Movement{b.Move}) }

func (b *UnitsSorted) apply(s *State, e *Event) {
	x, l := s.sorting(b.List, e), s.PickLists[b.List]
	p := &l.Lines[b.Line-1]
	s.giveSlot(b.Move.To.Tote(), p.Order)
	s.move(b.Move)
	p.Placed += b.Move.Qty
	s.paced(e, StageSort, b.Move.Qty)
	x.drop()
	if n := len(x.Undo); n > 0 && x.Undo[n-1].What == "lit" { // one step for the hand: from the tote to the slot
		x.Undo = x.Undo[:n-1]
	}
	x.Undo = pushUndo(x.Undo, Undoable{At: e.At, What: "sorted", Line: b.Line, Qty: b.Move.Qty, Key: b.Move.Key, Among: b.Move.Among})
	if !s.unsorted(p.Order) {
		x.Undo = nil // the order is complete and may be packed at once
	}
	s.saveSorting(x)
	s.touch(TablePickList, string(l.ID))
}

// SortShorted says units that were picked are not in the tote.
type SortShorted struct {
	List   PickListID `cbor:"1,keyasint"`
	Line   int        `cbor:"2,keyasint"`
	Qty    int64      `cbor:"3,keyasint"`
	Reason string     `cbor:"4,keyasint"`
	Moves  []Movement `cbor:"5,keyasint,omitempty"`
}

var _ = kind(KindSortShorted, "sort_shorted", "waves", func() Body { return new(SortShorted) })

func (*SortShorted) Kind() Kind              { return KindSortShorted }
func (b *SortShorted) Movements() []Movement { return b.Moves }
func (b *SortShorted) About() []string       { return aboutMoves(b.Moves) }

func (b *SortShorted) apply(s *State, e *Event) {
	x, l := s.sorting(b.List, e), s.PickLists[b.List]
	for _, m := range b.Moves {
		s.move(m)
	}
	p := &l.Lines[b.Line-1]
	p.Picked, p.Short, p.Reason = p.Picked-b.Qty, p.Short+b.Qty, b.Reason
	if o := s.Orders[p.Order]; o != nil {
		o.Lines[p.OrderLine].Picked -= b.Qty
		o.Lines[p.OrderLine].Short += b.Qty
		s.touch(TableOrder, string(o.ID))
	}
	x.Undo = nil
	s.saveSorting(x)
	s.touch(TablePickList, string(l.ID))
}

// SortUndone says the last step at the wall was taken back.
type SortUndone struct {
	List PickListID `cbor:"1,keyasint"`
	Step Undoable   `cbor:"2,keyasint"`
	Back []Movement `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindSortUndone, "sort_undone", "waves", func() Body { return new(SortUndone) })

func (*SortUndone) Kind() Kind              { return KindSortUndone }
func (b *SortUndone) Movements() []Movement { return b.Back }
func (b *SortUndone) About() []string       { return aboutMoves(b.Back) }

func (b *SortUndone) apply(s *State, e *Event) {
	x, l := s.sorting(b.List, e), s.PickLists[b.List]
	for _, m := range b.Back {
		s.move(m)
		l.Lines[b.Step.Line-1].Placed -= m.Qty
	}
	if n := len(x.Undo); n > 0 {
		x.Undo = x.Undo[:n-1]
	}
	x.drop()
	s.saveSorting(x)
	s.touch(TablePickList, string(l.ID))
}

// SortLeft says a sorter went away; what was in the hand is in the tote again.
type SortLeft struct {
	List PickListID `cbor:"1,keyasint"`
}

var _ = kind(KindSortLeft, "sort_left", "waves", func() Body { return new(SortLeft) })

func (*SortLeft) Kind() Kind { return KindSortLeft }

func (b *SortLeft) apply(s *State, _ *Event) {
	x := s.Sortings[b.List]
	x.drop()
	x.Open, x.Undo = false, nil
	s.dropJob(&x.Lease, JobRef{"sort", string(x.List)})
	s.saveSorting(x)
}

// SortEnded says a batch's tote is empty and free.
type SortEnded struct {
	List PickListID `cbor:"1,keyasint"`
}

var _ = kind(KindSortEnded, "sort_ended", "waves", func() Body { return new(SortEnded) })

func (*SortEnded) Kind() Kind { return KindSortEnded }

func (b *SortEnded) apply(s *State, _ *Event) {
	x := s.Sortings[b.List]
	for _, d := range s.Devices {
		if d.Singles != nil && d.Singles.List == b.List {
			s.setSingles(d, nil)
		}
	}
	s.dropJob(&x.Lease, JobRef{"sort", string(x.List)})
	s.freeTote(x.Tote)
	delete(s.Sortings, x.List)
	s.index.sortings.drop(x.List)
	s.saveSorting(x)
}
