package floor

// lastStep is what undo takes back, or the verdict that there is nothing, or nothing young enough.
func (t *turn) lastStep(steps []Undoable) (u Undoable, none *Verdict) {
	if len(steps) == 0 {
		return u, verdict(CodeNoUndo)
	}
	u = steps[len(steps)-1]
	if t.c.Now-u.At > UndoMS && !t.authorised() {
		return u, verdict(CodeUndoLate).overridable()
	}
	return u, nil
}

// lastOnList is lastStep for goods of a list; what is too old becomes a task for a person.
func (t *turn) lastOnList(list PickListID, steps []Undoable, todo string) (Undoable, *Verdict) {
	u, none := t.lastStep(steps)
	if none != nil && none.Code == CodeUndoLate {
		t.raise("put_back", string(list), "a step on "+string(list)+" was too old to undo: "+todo, "picklist")
	}
	return u, none
}

// Actions of a pick.

func (j *pickJob) act(t *turn, a *Act) *Verdict {
	switch a.Action {
	case "qty":
		return j.countQty(t, a)
	case "short":
		return j.short(t, a)
	case "skip":
		return j.skip(t)
	case "full":
		return j.full(t)
	case "swap":
		return j.swap(t)
	case "misplaced":
		return j.misplaced(t)
	case "damaged":
		return j.damaged(t, a)
	case "answer":
		return j.answerZero(t, a)
	case "undo":
		return j.undo(t)
	case "leave":
		t.emit(&PickListMoved{List: j.ID, Verb: "leave"})
		return verdict(CodeLeft)
	case "finish":
		if p := j.line(); p != nil && len(t.index.stages) == 0 && j.step(t.State).Step == "pass" {
			return j.pass(t, "")
		}
		if j.line() == nil && j.unplaced() == nil && len(t.index.stages) == 0 {
			t.stageList(j.PickList, "")
			return verdict(CodeListDone)
		}
	}
	return verdict(CodeNoAction).wanted(wanted(j.step(t.State)))
}

// countQty takes a number for scans, once one unit was scanned here.
func (j *pickJob) countQty(t *turn, a *Act) *Verdict {
	n := j.step(t.State)
	p := j.line()
	if n.Step != "item" || p == nil || !j.qtyAllowed(t.Items[p.SKU], p, p.Picked) {
		return verdict(CodeQtyNotHere).wanted(wanted(n))
	}
	if a.Qty < 1 || a.Qty > QtyLimit {
		return badQty()
	}
	return j.take(t, p, a.Qty, p.From, 0)
}

func (j *pickJob) skip(t *turn) *Verdict {
	p := j.line()
	if p == nil || j.unplaced() != nil || j.needsTote() != nil {
		return verdict(CodeNothingSkip)
	}
	last := p.Rank
	for i := range j.Lines {
		if q := &j.Lines[i]; q.Status == LineOpen {
			last = max(last, q.Rank)
		}
	}
	if last == p.Rank {
		return verdict(CodeNothingSkip)
	}
	t.emit(&LineSkipped{List: j.ID, Line: p.N, Rank: last + 1})
	return verdict(CodeSkipped)
}

// undo takes the last step back while that is still possible.
func (j *pickJob) undo(t *turn) *Verdict {
	u, none := t.lastOnList(j.ID, j.Undo, "put the goods back by hand")
	if none != nil {
		return none
	}
	switch u.What {
	case "short":
		return j.undoShort(t, u)
	case "damaged":
		return j.undoDamaged(t, u)
	}
	for {
		t.emit(&StepUndone{List: j.ID, Step: u, Back: j.backOf(u)})
		if !u.Cont || len(j.Undo) == 0 {
			return verdict(CodeUndone)
		}
		u = j.Undo[len(j.Undo)-1]
	}
}

// backOf are the movements that take a step back.
func (j *pickJob) backOf(u Undoable) []Movement {
	switch u.What {
	case "tote":
		slot := j.slot(u.Slot)
		return reversed(j.inHand(slot, slot.Tote))
	case "picked":
		tote := j.slot(j.Lines[u.Line-1].Slot).Tote
		return []Movement{{Key: u.Key.at(InTote(tote)), To: u.Key.Place, Qty: u.Qty, Reason: "undo", Among: u.Among}}
	}
	return nil
}

// dropPickLines takes a cancelled order off its lists and frees what was promised to it.
func (t *turn) dropPickLines(o *Order) {
	for _, id := range append(sorted[PickListID](nil), t.index.lists...) {
		l := t.PickLists[id]
		if !l.holds(o.ID) {
			continue
		}
		lease := l.Lease
		t.emit(&LinesCancelled{List: id, Order: o.ID})
		t.notify(lease, CodeCancelled, Thing{"order", string(o.ID), string(o.ID)})
		if l.allOff() && (l.sharedTote() == "" || len(t.StockAt(InTote(l.sharedTote()))) == 0) {
			t.emit(&PickListMoved{List: id, Verb: "cancel"})
			t.endWave(l.Wave)
		}
	}
}

// holds says whether an order is on a list. One that was taken off it, or cancelled, no longer is.
func (l *PickList) holds(order OrderID) bool {
	for _, s := range l.Totes {
		if s.Order == order && !s.Off {
			return true
		}
	}
	return false
}

func (l *PickList) allOff() bool {
	for _, s := range l.Totes {
		if !s.Off {
			return false
		}
	}
	return true
}
