package floor

// A tote that is full before its order is: it stays on the cart, another takes its place in the slot, and units still
// in the hand go into the new one.

func (j *pickJob) full(t *turn) *Verdict {
	p := j.unplaced()
	if p == nil {
		p = j.line()
	}
	if p == nil || j.shared() || j.needsTote() != nil {
		return verdict(CodeNoAction).wanted(wanted(j.step(t.State)))
	}
	slot := j.slot(p.Slot)
	if len(t.StockAt(InTote(slot.Tote))) == 0 {
		return verdict(CodeToteEmpty).scanned(&Thing{"tote", string(slot.Tote), string(slot.Tote)})
	}
	t.emit(&ToteFilled{List: j.ID, Slot: slot.Slot})
	return verdict(CodeToteFull)
}

// inHand are the movements of units from a slot's full tote into the one that takes its place: they were picked, but
// not yet put down.
func (l *PickList) inHand(slot *CartSlot, to ToteCode) (out []Movement) {
	if len(slot.Full) == 0 || !l.slotted() {
		return nil
	}
	from := InTote(slot.Full[len(slot.Full)-1])
	for i := range l.Lines {
		p := &l.Lines[i]
		if n := p.Picked - p.Placed; p.Slot == slot.Slot && p.Status != LineCancelled && n > 0 {
			out = append(out, Movement{Key: p.From.at(from), To: InTote(to), Qty: n, Reason: "tote_full"})
		}
	}
	return out
}

func reversed(moves []Movement) (out []Movement) {
	for _, m := range moves {
		out = append(out, Movement{Key: m.Key.at(m.To), To: m.Key.Place, Qty: m.Qty, Reason: "undo"})
	}
	return out
}

// ToteFilled says a slot's tote is full and another is wanted in its place.
type ToteFilled struct {
	List PickListID `cbor:"1,keyasint"`
	Slot int        `cbor:"2,keyasint"`
}

var _ = kind(KindToteFilled, "tote_filled", "picklists", func() Body { return new(ToteFilled) })

func (*ToteFilled) Kind() Kind { return KindToteFilled }

func (b *ToteFilled) apply(s *State, e *Event) {
	l := s.list(b.List, e)
	slot := l.slot(b.Slot)
	slot.Full = append(slot.Full[:len(slot.Full):len(slot.Full)], slot.Tote)
	slot.Tote = ""
	l.Undo = pushUndo(l.Undo, Undoable{At: e.At, What: "full", Slot: b.Slot})
	s.saveList(l)
}

// unfill puts the full tote back into its slot. Called from Apply.
func (c *CartSlot) unfill() {
	last := len(c.Full) - 1
	c.Tote, c.Full = c.Full[last], c.Full[:last:last]
}

// all are the totes that stand for a slot: the full ones and the one in use.
func (c *CartSlot) all() []ToteCode {
	return append(append([]ToteCode(nil), c.Full...), c.Tote)
}
