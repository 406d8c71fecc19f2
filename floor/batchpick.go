package floor

// A batch is picked for several orders at once into one tote: the lines of a bin that ask for the same goods are
// shown as one and filled one after the other. Which unit is whose is settled at the put wall.

func (l *PickList) shared() bool { return l.Method == Batch }

// sharedTote is the tote that all orders of a batch are picked into, or "".
func (l *PickList) sharedTote() ToteCode {
	if !l.shared() || len(l.Totes) == 0 {
		return ""
	}
	for _, t := range l.Totes {
		if t.Tote != "" {
			return t.Tote
		}
	}
	return ""
}

// shareTote puts one tote under all orders, or takes it away. Called from Apply.
func (l *PickList) shareTote(s *State, c ToteCode) {
	for i := range l.Totes {
		l.Totes[i].Tote = c
	}
	if c != "" {
		s.takeTote(c, "", l.ID)
	}
}

// alike are the lines that are picked as one with this one: on a batch all that ask for the same goods.
func (l *PickList) alike(p *PickLine) (out []*PickLine) {
	if !l.shared() {
		return []*PickLine{p}
	}
	for i := range l.Lines {
		if q := &l.Lines[i]; q.From == p.From && q.Status != LineCancelled {
			out = append(out, q)
		}
	}
	return out
}

// together is what lines picked as one still want, have, and wanted at first.
func together(lines []*PickLine) (left, done, total int64) {
	for _, q := range lines {
		done, total = done+q.Picked, total+q.Qty-q.Short
	}
	return total - done, done, total
}

// fill puts units into the totes of lines picked as one, line after line.
func (j *pickJob) fill(t *turn, lines []*PickLine, qty int64, key StockKey, weightG int64) {
	more, among := false, t.mayBe(t.StockAt(key.Place), key, j.said)
	for _, q := range lines {
		n := min(qty, q.Qty-q.Short-q.Picked)
		if n <= 0 || q.Status != LineOpen {
			continue
		}
		g := weightG * n / qty
		qty, weightG = qty-n, weightG-g
		move := Movement{Key: key, To: InTote(j.slot(q.Slot).Tote), Qty: n, Reason: "pick", Among: among}
		b := &Picked{List: j.ID, Line: q.N, Move: move, Heat: q.Picked == 0, More: more, WeightG: g}
		if len(among) > 0 {
			b.Order = q.Order
		}
		t.emit(b)
		more = true
	}
}
