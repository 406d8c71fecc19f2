package floor

import "slices"

// Scans and actions at the returns bench.

func (j *inspectJob) scan(t *turn, r *seen) *Verdict {
	n := j.next(t.State)
	no := func(code Code) *Verdict {
		return verdict(code).scanned(r.thing()).wanted(wanted(n)).belongs(t.belongs(r))
	}
	switch n.Step {
	case "serial", "lot", "expiry":
		return j.complete(t, r, n.Step)
	case "question", "verdict", "odd":
		return verdict(CodeAskFirst).scanned(r.thing()).wanted(wanted(n))
	case "bin":
		if r.bin == nil {
			return no(CodeWrongKind)
		}
		return j.place(t, r, no)
	}
	switch {
	case j.Asked:
		return verdict(CodeAskFirst).scanned(r.thing())
	case r.ret == j.Return, r.order != nil && r.order.ID == j.Order, r.parcel != nil && r.parcel.Order == j.Order:
		return verdict(CodeResumed).scanned(r.thing())
	case r.item == nil:
		return no(CodeWrongKind)
	case r.qty > 1: // each is looked at by itself
		return verdict(CodeQtyNotHere).scanned(r.thing()).wanted(wanted(n))
	}
	return j.take(t, &ReceivedUnit{r.item.SKU, 1, r.lot, r.expiry, r.serial}).scanned(r.thing())
}

// unknown takes a serial that this customer got for its unit: it stands on more things than a barcode does.
func (j *inspectJob) unknown(t *turn, r *seen) *Verdict {
	o := t.Orders[j.Order]
	if step := j.next(t.State).Step; o == nil || step != "item" && step != "finish" {
		return nil
	}
	for _, l := range o.Lines {
		for _, k := range j.sentLeft(t.State, l.SKU) {
			if k.Serial != "" && k.Serial == r.text {
				return j.take(t, &ReceivedUnit{SKU: l.SKU, Qty: 1, Serial: r.text}).scanned(&Thing{"serial", visible(clip(r.text)), ""})
			}
		}
	}
	return nil
}

// complete takes the lot, the day or the serial that was due.
func (j *inspectJob) complete(t *turn, r *seen, step string) *Verdict {
	u, no := j.Due.told(t, r, step, func(serial string) bool {
		return slices.ContainsFunc(j.sentLeft(t.State, j.Due.SKU), func(k StockKey) bool { return k.Serial == serial && serial != "" })
	})
	if no != nil {
		return no
	}
	return j.take(t, u).scanned(&Thing{step, visible(clip(r.text)), ""})
}

// take takes a unit in, or says what is still due of it, what is odd about it, or why it is not taken.
func (j *inspectJob) take(t *turn, u *ReceivedUnit) *Verdict {
	it, sent := t.Items[u.SKU], j.sentLeft(t.State, u.SKU)
	if it.Tracking != "serial" {
		u.Serial = ""
	}
	if slot := j.expected(u); slot == nil {
		if no := j.refusesMore(t, u); no != nil {
			return no
		}
	}
	j.guess(it, u, sent)
	switch {
	case it.Tracking == "serial" && u.Serial == "":
		t.emit(&ReturnDue{Return: j.ID, Unit: u})
		return verdict(CodeSerialNext)
	case it.Tracking == "lot" && u.Lot == "", it.Expiry && u.Expiry == "":
		t.emit(&ReturnDue{Return: j.ID, Unit: u})
		return verdict(CodeLotNext)
	case u.Serial != "" && t.serialHere(u.SKU, u.Serial):
		return verdict(CodeWrongSerial).belongs(&Thing{"serial", u.Serial, phrase("this serial is in the house already")})
	}
	if odd := j.odd(t.State, u); odd != "" {
		t.emit(&ReturnDue{Return: j.ID, Unit: u, Odd: odd})
		return verdict(CodeReturnOdd).wanted(wanted(j.next(t.State)))
	}
	return j.arrive(t, u, "")
}

// guess takes over the lot and the day where this customer got only one.
func (j *inspectJob) guess(it *Item, u *ReceivedUnit, sent []StockKey) {
	if it.Tracking == "serial" || len(sent) == 0 {
		return
	}
	fit := slices.DeleteFunc(slices.Clone(sent), func(k StockKey) bool { return u.Lot != "" && k.Lot != u.Lot })
	if len(fit) == 1 {
		u.Lot = fit[0].Lot
		defaultText(&u.Expiry, fit[0].Expiry)
	}
}

// expected is the announced unit that has come, or nil.
func (j *inspectJob) expected(u *ReceivedUnit) *ReturnUnit {
	for i := range j.Units {
		if x := &j.Units[i]; x.SKU == u.SKU && x.Status == UnitExpected {
			return x
		}
	}
	return nil
}

// refusesMore says why a unit that nobody announced is not taken: more than was sent, or never sent. A lead may take it;
// then it is flagged.
func (j *inspectJob) refusesMore(t *turn, u *ReceivedUnit) *Verdict {
	if len(j.Units) >= ReturnUnitLimit {
		return verdict(CodeTooMany)
	}
	o := t.Orders[j.Order]
	if o == nil || t.returnable(o, u.SKU) > 0 || t.authorised() {
		return nil
	}
	return verdict(CodeNotSent).wanted(&Thing{"order", string(o.ID), phrase("set it aside, or ask a lead")}).overridable()
}

// odd says what does not agree with what this customer got, or "".
func (j *inspectJob) odd(s *State, u *ReceivedUnit) string {
	o := s.Orders[j.Order]
	if o == nil {
		return ""
	}
	sent := s.sentKeys(o, u.SKU)
	if len(sent) == 0 {
		return ""
	}
	switch {
	case u.Serial != "" && !slices.ContainsFunc(j.sentLeft(s, u.SKU), func(k StockKey) bool { return k.Serial == u.Serial }):
		return OddSerial
	case u.Serial == "" && u.Lot != "" && !slices.ContainsFunc(sent, func(k StockKey) bool { return k.Lot == u.Lot || k.Lot == "" }):
		return OddLot
	}
	return ""
}

// arrive takes the unit in. It stands at the bench and may not be sold.
func (j *inspectJob) arrive(t *turn, u *ReceivedUnit, odd string) *Verdict {
	b := &ReturnUnitArrived{Return: j.ID}
	code := CodeReturned
	if slot := j.expected(u); slot != nil {
		b.Unit = *slot
	} else {
		b.Added, code = true, CodeReturnExtra
		b.Unit = ReturnUnit{N: len(j.Units) + 1, SKU: u.SKU, Reason: "other", Wanted: j.Wanted, Flags: []string{FlagExtra}}
		if o := t.Orders[j.Order]; o == nil {
			b.Unit.Flags, code = nil, CodeReturned
		} else if b.Unit.PriceCents = t.pricesOf(o).take(u.SKU); t.returnable(o, u.SKU) <= 0 {
			b.Unit.Flags, b.Unit.PriceCents = []string{FlagNotSent}, 0
		}
	}
	if odd != "" {
		b.Unit.Flags = append(slices.Clone(b.Unit.Flags), odd)
		t.raise("return_odd", string(j.ID), "return "+string(j.ID)+": a unit of "+string(u.SKU)+" is not the one that was sent ("+inWords(odd)+")", "return")
	}
	b.Unit.Lot, b.Unit.Expiry, b.Unit.Serial, b.Unit.Place = u.Lot, u.Expiry, u.Serial, j.Place
	key := StockKey{Place: Customer, SKU: u.SKU, Lot: u.Lot, Expiry: u.Expiry, Serial: u.Serial}
	b.Move = Movement{Key: key, To: j.Place, Qty: 1, Reason: "returned", As: Returned}
	t.emit(b)
	return verdict(code)
}

// place puts the unit where its verdict sends it, and only there.
func (j *inspectJob) place(t *turn, r *seen, no func(Code) *Verdict) *Verdict {
	u := j.inHand()
	bins := t.binsFor(u, u.Disposition)
	fits := slices.Contains(bins, r.bin.Code)
	if u.Disposition == Restock && !fits { // straight to its shelf
		fits = oneOf(r.bin.BinKind, []string{"returns", "dock", "pick", "reserve"})
	}
	if !fits {
		return no(CodeWrongBin)
	}
	if over := t.overload(r.bin, u.SKU, 1); over > 0 && r.bin.Code != u.Place.Bin() {
		return verdict(CodeBinFull).qty(over).scanned(r.thing()).wanted(wanted(j.next(t.State)))
	}
	return j.dispose(t, u, InBin(r.bin.Code)).scanned(r.thing())
}

// conditionOf is the condition that stock has after a verdict.
func conditionOf(disposition string) string {
	switch disposition {
	case Restock:
		return Good
	case Refurbish:
		return Damaged
	}
	return Held
}

// dispose brings the unit to its place in its condition. A unit that somebody took from the bench meanwhile is lost, which
// a lead is told.
func (j *inspectJob) dispose(t *turn, u *ReturnUnit, to Place) *Verdict {
	p, it := t.ReturnPolicy(), t.Items[u.SKU]
	d := u.Disposition
	if d == "" {
		d = ScrapIt
	}
	b := &ReturnUnitDisposed{Return: j.ID, Unit: u.N, Disposition: d, CostCents: p.HandlingCents, Packer: t.packerOf(j.Order), Supplier: t.supplierOf(u.key()), Reasons: true}
	from := u.key().as(Returned)
	if row := t.stock[from]; row == nil || row.OnHand < 1 {
		t.emit(b)
		t.raise("return_lost", string(j.ID), "a unit of "+string(u.SKU)+" of return "+string(j.ID)+" is not where it was taken in: look for it", "return")
		return verdict(CodeNotHere)
	}
	b.WorthCents = it.CostCents * p.worth(d) / 100
	b.Move = &Movement{Key: from, To: to, Qty: 1, Reason: "return_" + d, As: conditionOf(d)}
	if to.Outside() {
		b.Move.As = ""
	}
	t.emit(b)
	if t.reachable(to.Bin()) {
		t.stockCame(u.SKU)
	}
	return verdict(CodeJudged)
}

// packerOf is who packed an order, by its timeline.
func (s *State) packerOf(id OrderID) (who WorkerID) {
	if o := s.Orders[id]; o != nil {
		for _, st := range o.Timeline {
			if st.What == OrderPacked && st.Worker != "" {
				who = st.Worker
			}
		}
	}
	return who
}

func (j *inspectJob) act(t *turn, a *Act) *Verdict {
	switch a.Action {
	case "leave":
		if j.Status == ReturnAnnounced && len(j.Units) == 0 && j.By == "bench" { // nothing came of it
			t.emit(&ReturnMoved{Return: j.ID, Verb: "cancel"})
		} else {
			t.emit(&ReturnLeft{Return: j.ID})
		}
		return verdict(CodeLeft)
	case "answer":
		return j.answer(t, a)
	case "undo":
		return j.undo(t)
	case "finish", "close":
		return j.finish(t)
	}
	return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
}

func (j *inspectJob) answer(t *turn, a *Act) *Verdict {
	n := j.next(t.State)
	if n.Ask == nil || n.Ask.ID != a.Ask || !slices.ContainsFunc(n.Ask.Options, func(o Option) bool { return o.ID == a.Value }) {
		return verdict(CodeBadArgs).wanted(wanted(n))
	}
	u := j.inHand()
	switch n.Step {
	case "finish":
		return j.close(t, a.Value == "all")
	case "odd":
		if a.Value == "take" {
			return j.arrive(t, j.Due, j.Odd)
		}
		again := &ReceivedUnit{SKU: j.Due.SKU, Qty: 1}
		t.emit(&ReturnDue{Return: j.ID, Unit: again})
		return verdict(CodeSkipped)
	case "question":
		answer := ReturnAnswer{a.Ask, a.Value}
		_, grade := walk(t.ReturnPolicy().tree(t.Items[u.SKU]), append(slices.Clone(u.Answers), answer))
		t.emit(&ReturnAnswered{j.ID, u.N, answer, grade})
		return verdict(CodeAnswered)
	}
	if a.Value == ScrapIt && len(t.binsFor(u, ScrapIt)) == 0 {
		return j.dispose(t, u, Scrap)
	}
	t.emit(&ReturnVerdict{j.ID, u.N, a.Value})
	return verdict(CodeBinNext).qty(1)
}

func (j *inspectJob) undo(t *turn) *Verdict {
	if j.Due != nil || j.Asked {
		t.emit(&ReturnDue{Return: j.ID})
		return verdict(CodeUndone)
	}
	if len(j.Steps) == 0 {
		return verdict(CodeNoUndo)
	}
	step := j.Steps[len(j.Steps)-1]
	if t.c.Now-step.At > UndoMS && !t.authorised() {
		return verdict(CodeUndoLate).overridable()
	}
	for _, m := range step.back() {
		if row := t.stock[m.Key]; !m.Key.Place.Outside() && (row == nil || row.OnHand-row.Reserved < m.Qty) {
			return verdict(CodeNoUndo) // it was put away, or somebody was promised it
		}
	}
	t.emit(&ReturnStepUndone{Return: j.ID, Step: step, Packer: t.packerOf(j.Order)})
	return verdict(CodeUndone)
}

func (j *inspectJob) finish(t *turn) *Verdict {
	switch {
	case j.Due != nil || j.inHand() != nil:
		return verdict(CodeAskFirst).wanted(wanted(j.next(t.State)))
	case len(j.Units) == 0:
		t.emit(&ReturnMoved{Return: j.ID, Verb: "cancel"})
		return verdict(CodeLeft)
	case j.count(UnitExpected) > 0:
		t.emit(&ReturnDue{Return: j.ID, Asked: true})
		return verdict(CodeConfirm)
	}
	return j.close(t, true)
}

// close ends the reception, and the money gets its proposal; a return whose rest comes later stays open.
func (j *inspectJob) close(t *turn, all bool) *Verdict {
	if !all || j.Status == ReturnAnnounced {
		t.emit(&ReturnLeft{Return: j.ID})
		return verdict(CodeLeft)
	}
	t.emit(&ReturnMoved{Return: j.ID, Verb: "close"})
	t.settleReturn(j.Return)
	return verdict(CodeReturnDone)
}
