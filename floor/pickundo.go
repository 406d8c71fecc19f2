package floor

// StepUndone says a picker's last step was taken back.
type StepUndone struct {
	List PickListID `cbor:"1,keyasint"`
	Step Undoable   `cbor:"2,keyasint"`
	Back []Movement `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindStepUndone, "step_undone", "picklists", func() Body { return new(StepUndone) })

func (*StepUndone) Kind() Kind { return KindStepUndone }

func (b *StepUndone) Movements() []Movement { return b.Back }
func (b *StepUndone) About() []string       { return aboutMoves(b.Back) }

func (b *StepUndone) apply(s *State, e *Event) {
	l := s.list(b.List, e)
	if n := len(l.Undo); n > 0 {
		l.Undo = l.Undo[:n-1]
	}
	u := b.Step
	switch u.What {
	case "tote":
		slot := l.slot(u.Slot)
		for _, m := range b.Back {
			s.move(m)
		}
		s.Orders[slot.Order].dropTote(slot.Tote)
		s.touch(TableOrder, string(slot.Order))
		s.freeTote(slot.Tote)
		slot.Tote = ""
		if l.shared() {
			l.shareTote(s, "")
		}
	case "full":
		l.slot(u.Slot).unfill()
	case "damaged":
		for _, m := range b.Back {
			s.move(m)
		}
		s.unshort(l, u, u.Short)
	case "skipped":
		l.Lines[u.Line-1].Rank = u.Rank
	case "placed":
		l.Lines[u.Line-1].Placed = u.Qty
	case "short":
		s.unshort(l, u, u.Qty)
	case "picked":
		p := &l.Lines[u.Line-1]
		for _, m := range b.Back {
			s.move(m)
		}
		p.Picked -= u.Qty
		s.paced(e, StagePick, -u.Qty)
		p.Placed = min(p.Placed, p.Picked)
		s.Orders[p.Order].Lines[p.OrderLine].Picked -= u.Qty
		s.Orders[p.Order].Lines[p.OrderLine].weighed(-u.Qty, -u.WeightG)
		s.promise(p, u.Qty)
		p.settle()
		if u.Heat {
			s.heat(u.Key.Place.Bin(), u.At, -1)
		}
		l.At = u.Key.Place.Bin()
	}
	l.Serial = false
	s.saveList(l)
}

// unshort puts units back on a line and takes those off the walk that were to replace them.
func (s *State) unshort(l *PickList, u Undoable, qty int64) {
	s.shorted(&l.Lines[u.Line-1], -qty, -u.Final)
	for _, n := range u.Added {
		q := &l.Lines[n-1]
		s.promise(q, -q.Qty)
		q.Status = LineCancelled
	}
	l.At = u.Key.Place.Bin()
}

func (o *Order) dropTote(c ToteCode) {
	for i, have := range o.Totes {
		if have == c {
			o.Totes = append(o.Totes[:i:i], o.Totes[i+1:]...)
			return
		}
	}
}
