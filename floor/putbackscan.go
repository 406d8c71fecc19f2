package floor

import (
	"slices"
)

// What putting back takes from scans and answers.

func (j *putBackJob) scan(t *turn, r *seen) *Verdict {
	n := j.next(t.State)
	no := func(code Code) *Verdict {
		return verdict(code).scanned(r.thing()).wanted(wanted(n)).belongs(t.belongs(r))
	}
	switch n.Step {
	case "finish":
		return no(CodeWrongKind)
	case "tote":
		return j.scanTote(t, r, no)
	case "serial":
		return j.takeUnit(t, r, j.SKU, r.serialOf(j.SKU), no)
	case "bin":
		if r.bin != nil {
			return j.place(t, r, no)
		}
		if r.item == nil || r.item.SKU != j.Key.SKU || r.item.Tracking == "serial" {
			return no(CodeWrongKind)
		}
		if r.lot != "" && j.Key.Lot != "" && r.lot != j.Key.Lot {
			return no(CodeWrongLot) // it goes by itself: in the hand is another
		}
		return j.hold(t, j.Key, j.Qty+r.qty, both(j.Among, beside(j.rows(t.State), j.Key, r.lot))).scanned(r.thing())
	}
	switch {
	case r.item == nil:
		return no(CodeWrongKind)
	case r.item.Tracking == "serial" && r.serial == "":
		if !slices.ContainsFunc(j.rows(t.State), func(row *Stock) bool { return row.Key.SKU == r.item.SKU }) {
			return no(CodeNotInOrder)
		}
		t.emit(&PutBackHeld{Order: j.Order, SKU: r.item.SKU})
		return verdict(CodeSerialNext).scanned(r.thing())
	}
	if lots := lotsOf(j.rows(t.State), r.item.SKU, nil); r.item.byLot() && len(lots) > 0 {
		switch of := r.among(lots); len(of) {
		case 0:
			return r.ofNone(lots)
		case 1:
			r.lot, r.expiry, r.told = of[0].Lot, of[0].Expiry, true
		default:
			return t.askLot(j.ref(), r)
		}
	}
	return j.takeUnit(t, r, r.item.SKU, r.serial, no)
}

func (j *putBackJob) scanTote(t *turn, r *seen, no func(Code) *Verdict) *Verdict {
	mine := r.tote != nil && r.tote.Order == j.Order || r.parcel != nil && r.parcel.Order == j.Order
	switch {
	case mine:
		t.emit(&PutBackOpened{Order: j.Order, Open: true})
		return verdict(CodeOpened).scanned(r.thing())
	case r.tote == nil && r.parcel == nil:
		return no(CodeWrongKind)
	}
	return no(CodeOtherOrder)
}

// takeUnit takes what was scanned into the hand, where the totes hold it.
func (j *putBackJob) takeUnit(t *turn, r *seen, sku SKU, serial string, no func(Code) *Verdict) *Verdict {
	for _, row := range j.rows(t.State) {
		if k := row.Key; k.SKU == sku && k.Serial == serial && (r.lot == "" || k.Lot == "" || k.Lot == r.lot) && (!r.told || k.Lot == r.lot && k.Expiry == r.expiry) {
			return j.hold(t, k, max(r.qty, 1), t.mayBe(j.rows(t.State), k, r.lot)).scanned(r.thing())
		}
	}
	if serial != "" {
		return no(CodeWrongSerial)
	}
	return no(CodeNotInOrder)
}

func (j *putBackJob) hold(t *turn, k StockKey, qty int64, among []string) *Verdict {
	if no := t.notAsMany(k, qty, j.Qty); no != nil {
		return no
	}
	t.emit(&PutBackHeld{Order: j.Order, Key: k, Qty: qty, Among: among})
	return verdict(CodeBinNext).qty(qty)
}

func (j *putBackJob) place(t *turn, r *seen, no func(Code) *Verdict) *Verdict {
	if !oneOf(r.bin.BinKind, []string{"pick", "reserve", "quarantine", "returns"}) {
		return no(CodeWrongBin)
	}
	sku := j.Key.SKU
	t.emit(&PutBackPlaced{Order: j.Order, Move: Movement{Key: j.Key, To: InBin(r.bin.Code), Qty: j.Qty, Reason: "put_back", Among: j.Among}})
	v := verdict(CodePutBack).scanned(r.thing())
	if len(j.rows(t.State)) == 0 {
		t.endPutBack(t.Orders[j.Order])
		v.Code = CodePutBackDone
	}
	t.stockCame(sku)
	return v
}

func (j *putBackJob) act(t *turn, a *Act) *Verdict {
	switch a.Action {
	case "leave":
		t.emit(&PutBackLeft{Order: j.Order})
		return verdict(CodeLeft)
	case "qty":
		if j.Qty == 0 || j.Key.Serial != "" {
			return verdict(CodeQtyNotHere).wanted(wanted(j.next(t.State)))
		}
		if a.Qty < 1 || a.Qty > QtyLimit {
			return badQty()
		}
		return j.hold(t, j.Key, a.Qty, both(j.Among, t.mayBe(j.rows(t.State), j.Key, "")))
	case "answer":
		return j.answer(t, a)
	case "undo":
		return j.undo(t)
	case "finish":
		if len(j.rows(t.State)) == 0 {
			t.endPutBack(t.Orders[j.Order])
			return verdict(CodePutBackDone)
		}
	}
	return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
}

func (j *putBackJob) undo(t *turn) *Verdict {
	u, none := t.lastStep(j.Undo)
	if none != nil {
		return none
	}
	b := &PutBackUndone{Order: j.Order, Step: u}
	if u.What == "placed" {
		row := t.stock[u.Key.at(u.To)]
		if row == nil || row.OnHand-row.Reserved < u.Qty {
			return verdict(CodeNoUndo) // somebody was promised it
		}
		b.Back = []Movement{{Key: row.Key, To: u.Key.Place, Qty: u.Qty, Reason: "undo", Among: u.Among}}
	}
	t.emit(b)
	return verdict(CodeUndone)
}

// toPutBack asks for a cancelled order's goods to be brought back, as far as they lie in totes and parcels of its own.
func (t *turn) toPutBack(o *Order) {
	t.raise("put_back", string(o.ID), "order "+string(o.ID)+" was cancelled with goods picked: put them back", "order")
	j := &putBackJob{&PuttingBack{Order: o.ID}}
	if t.PutBacks[o.ID] == nil && len(j.rows(t.State)) > 0 {
		t.emit(&PutBackOpened{Order: o.ID})
	}
}

func (t *turn) endPutBack(o *Order) {
	t.emit(&GoodsPutBack{Order: o.ID})
	t.seenTo("put_back", string(o.ID), "put back")
}
