package floor

// ShortReasons are why a bin held less than it should.
var ShortReasons = []string{"missing", "damaged", "expired", "wrong_item", "blocked"}

// why refuses an action that takes goods off the books without one of these reasons.
func (a *Act) why() *Verdict {
	if oneOf(a.Reason, ShortReasons) {
		return nil
	}
	return verdict(CodeBadArgs).wanted(&Thing{"reason", "", "why: missing, damaged, expired, wrong_item or blocked"})
}

// lastStep is what undo takes back, or the verdict that there is nothing, or nothing young enough.
func (t *turn) lastStep(steps []Undoable) (u Undoable, none *Verdict) {
	if len(steps) == 0 {
		return u, verdict(CodeNoUndo)
	}
	u = steps[len(steps)-1]
	if t.c.Now-u.At > UndoMS {
		return u, verdict(CodeUndoLate)
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
		return verdict(CodeBadQty).wanted(&Thing{"qty", "", "a number from 1"})
	}
	return j.take(t, p, a.Qty, p.From)
}

// short says how many units were found here in all and why the rest is missing. The rest is sought in
// another bin; where there is none the order goes on without it, or waits.
func (j *pickJob) short(t *turn, a *Act) *Verdict {
	n, p := j.step(t.State), j.line()
	if p == nil || n.Step != "bin" && n.Step != "item" && n.Step != "serial" {
		return verdict(CodeNoAction).wanted(wanted(n))
	}
	if no := a.why(); no != nil {
		return no
	}
	lines := j.alike(p)
	_, done, total := together(lines)
	if a.Found < done || a.Found >= total {
		return verdict(CodeBadQty).wanted(&Thing{"found", "", "how many units you found here in all: at least those picked, fewer than wanted"})
	}
	if more := a.Found - done; more > 0 {
		if t.Items[p.SKU].Tracking == "serial" {
			return verdict(CodeBadQty).wanted(&Thing{"serial", "", "scan each unit you found, then short the rest"})
		}
		j.fill(t, lines, more, p.From)
	}
	return j.shortAll(t, lines, a.Reason).qty(total - a.Found)
}

// shortAll shorts what lines picked as one still want.
func (j *pickJob) shortAll(t *turn, lines []*PickLine, reason string) *Verdict {
	var open []int // by number: lines that are added may move these elsewhere
	for _, q := range lines {
		if q.Status == LineOpen {
			open = append(open, q.N)
		}
	}
	out := verdict(CodeShort)
	for _, n := range open {
		if v := j.shortRest(t, &j.Lines[n-1], reason); v.Code == CodeShortMore {
			out = v
		}
	}
	return out
}

func (j *pickJob) shortRest(t *turn, p *PickLine, reason string) *Verdict {
	missing := p.Qty - p.Short - p.Picked
	elsewhere := t.plan()
	left := elsewhere.take(p.Order, p.OrderLine, p.SKU, missing, p.From.Place.Bin())
	order, bin, sku := p.Order, p.From.Place.Bin(), p.SKU
	t.emit(&LineShorted{List: j.ID, Line: p.N, Qty: missing, Reason: reason, Final: left})
	if len(elsewhere.lines) > 0 {
		for i := range elsewhere.lines {
			elsewhere.lines[i].Slot = j.slotOf(order)
		}
		t.emit(&LinesAdded{List: j.ID, Lines: elsewhere.lines})
	}
	t.raise("short_pick", string(bin), "bin "+string(bin)+" holds fewer "+string(sku)+" than the books say ("+inWords(reason)+"): count it", "bin")
	if left < missing {
		return verdict(CodeShortMore).qty(missing)
	}
	return verdict(CodeShort).qty(missing)
}

func (l *PickList) slotOf(order OrderID) int {
	for _, t := range l.Totes {
		if t.Order == order {
			return t.Slot
		}
	}
	return 1
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
	b := &StepUndone{List: j.ID, Step: u}
	if u.What == "picked" {
		tote := j.slot(j.Lines[u.Line-1].Slot).Tote
		b.Back = []Movement{{Key: u.Key.at(InTote(tote)), To: u.Key.Place, Qty: u.Qty, Reason: "undo"}}
	}
	t.emit(b)
	return verdict(CodeUndone)
}

// dropPickLines takes a cancelled order off its lists and frees what was promised to it.
func (t *turn) dropPickLines(o *Order) {
	for _, id := range append(sorted[PickListID](nil), t.index.lists...) {
		l := t.PickLists[id]
		if !l.holds(o.ID) {
			continue
		}
		t.emit(&LinesCancelled{List: id, Order: o.ID})
		if l.allOff() && (l.sharedTote() == "" || len(t.StockAt(InTote(l.sharedTote()))) == 0) {
			t.emit(&PickListMoved{List: id, Verb: "cancel"})
			t.endWave(l.Wave)
		}
	}
}

func (l *PickList) holds(order OrderID) bool {
	for _, s := range l.Totes {
		if s.Order == order {
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
