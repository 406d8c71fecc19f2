package floor

// Actions at the bench.

func (j *packJob) act(t *turn, a *Act) *Verdict {
	p := j.parcel(t.State)
	if j.Gone && a.Action != "leave" {
		return verdict(CodeCancelled).wanted(wanted(j.next(t.State))).belongs(&Thing{"order", string(j.Order), string(j.Order)})
	}
	switch a.Action {
	case "weigh":
		j.typed(t, a)
		if j.next(t.State).Step == "weigh" && j.open(t.Orders[j.Order]) == nil {
			j.dropEmpty(t) // so that the label counts the parcels there are
		}
		return j.weigh(t, p, a)
	case "close":
		return j.close(t, p)
	case "qty":
		return j.countQty(t, a)
	case "short":
		if a.printed {
			return j.askShort(t)
		}
		v := j.short(t, a)
		j.tidy(t)
		return v
	case "answer":
		return j.answer(t, a)
	case "undo":
		return j.undo(t, p)
	case "recount":
		return j.recount(t, p)
	case "reprint":
		return j.reprint(t, p)
	case "reroute":
		return j.reroute(t, p)
	case "retry", "own_label":
		return j.labelAct(t, p, a)
	case "leave":
		return j.leave(t)
	case "finish":
		if j.Parcel == "" && !j.Pending && j.open(t.Orders[j.Order]) == nil {
			t.packed(t.Orders[j.Order])
			return verdict(CodeOrderPacked)
		}
	}
	return j.actOnParcels(t, p, a)
}

// actOnParcels are the actions of an order that goes in several parcels.
func (j *packJob) actOnParcels(t *turn, p *Parcel, a *Act) *Verdict {
	if n := j.next(t.State); !oneOf(n.Step, []string{"item", "move", "damaged", "carton", "check", "weigh", "serial", "lot"}) && a.Action != "reopen" {
		return verdict(CodeNoAction).wanted(wanted(n))
	}
	switch a.Action {
	case "damaged":
		return j.startDamaged(t)
	case "new":
		return j.newParcel(t, p)
	case "parcel":
		return j.parcelCard(t, a)
	case "move":
		return j.startMove(t, p)
	case "merge":
		return j.merge(t, p)
	case "nest":
		return j.nest(t, p)
	case "reopen":
		return j.reopen(t, p)
	}
	return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
}

func (j *packJob) leave(t *turn) *Verdict {
	if j.Gone {
		t.emit(&PackEnded{Order: j.Order, Cancelled: true})
		return verdict(CodeHandedOver)
	}
	t.emit(&PackLeft{Order: j.Order})
	return verdict(CodeLeft)
}

// close ends the filling of the parcel, so that the next units go into another.
func (j *packJob) close(t *turn, p *Parcel) *Verdict {
	if p == nil || p.Status != ParcelOpen || p.units() == 0 {
		return verdict(CodeEmptyParcel)
	}
	if j.open(t.Orders[j.Order]) == nil || j.Closing {
		if p.Carton == "" && len(t.index.cartons) == 0 {
			t.emit(&CartonChosen{Parcel: p.ID, Carton: "-"})
			return verdict(CodeCartonOK)
		}
		return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
	}
	t.emit(&ParcelClosing{Order: j.Order})
	t.suggest(j.Order)
	return verdict(CodeCartonOK)
}

// weigh notes the weight, closes the parcel and has its label printed.
func (j *packJob) weigh(t *turn, p *Parcel, a *Act) *Verdict {
	if no := j.possible(t, p, a); no != nil {
		return no
	}
	off, refused := j.testify(t, p, a.WeightG)
	if refused != nil {
		return refused
	}
	x, no := t.settle(p, a.WeightG)
	if no != nil {
		return no
	}
	j.weighed(t, p, a, off, x)
	if p.Tracking == "" {
		return verdict(CodeBuying).qty(a.WeightG).wanted(&Thing{"carrier", p.Carrier, t.carrierName(p.Carrier)})
	}
	return verdict(CodeScanLabel).qty(a.WeightG).wanted(wanted(j.next(t.State)))
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}

// maybeShort is the line of which something may be missing now; nil before the tote stands here, and while a closed parcel
// waits for its label.
func (j *packJob) maybeShort(s *State) *OrderLine {
	if p := j.parcel(s); j.Closing || j.Pending || j.Gone || p != nil && p.Status != ParcelOpen {
		return nil
	}
	return j.open(s.Orders[j.Order])
}

// short says units are not in the tote. Found is how many of the line in question there were in all.
func (j *packJob) short(t *turn, a *Act) *Verdict {
	l := j.maybeShort(t.State)
	if l == nil {
		return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
	}
	if no := a.why(); no != nil {
		return no
	}
	if a.Found < l.Packed || a.Found >= l.Picked {
		return verdict(CodeBadQty).wanted(&Thing{"found", "", phrase("how many units there were in all: those scanned and more, fewer than picked")})
	}
	if a.Found > l.Packed {
		return verdict(CodeBadQty).wanted(&Thing{"item", string(l.SKU), phrase("scan each unit you found, then short the rest")})
	}
	return j.shortLine(t, l, a.Reason)
}

// shortLine writes off what is left of a line.
func (j *packJob) shortLine(t *turn, l *OrderLine, reason string) *Verdict {
	if no := (&Act{Reason: reason}).why(); no != nil {
		return no
	}
	o := t.Orders[j.Order]
	moves, _ := j.moves(t.inTotes(o, l.SKU), l.left())
	for i := range moves {
		moves[i].To, moves[i].Reason = Adjustment, "pack_short_"+reason
	}
	missing, sku := l.left(), l.SKU
	t.emit(&PackShorted{Order: o.ID, SKU: sku, Qty: missing, Reason: reason, Moves: moves, Line: lineOf(o, l)})
	t.suggest(o.ID)
	t.missesSomething(o)
	t.raise("pack_short", string(o.ID), "the tote held fewer "+string(sku)+" than were picked ("+inWords(reason)+")", "order")
	j.tidy(t)
	return verdict(CodeShort).qty(missing)
}

func lineOf(o *Order, l *OrderLine) int {
	for i := range o.Lines {
		if &o.Lines[i] == l {
			return i
		}
	}
	return -1
}

// undo takes back what the next scan was to be for, else the last step.
func (j *packJob) undo(t *turn, p *Parcel) *Verdict {
	if j.Mode != "" || j.Unsure != nil || j.digits() != "" {
		t.emit(&BenchAsked{Order: j.Order})
		return verdict(CodeUndone)
	}
	if p != nil && p.Status != ParcelOpen {
		return verdict(CodeNoUndo)
	}
	for {
		u, none := t.lastStep(j.Undo)
		if none != nil {
			return none
		}
		if none := j.undoStep(t, u); none != nil {
			return none
		}
		if t.Packings[j.Order] == nil || !u.Cont {
			return verdict(CodeUndone)
		}
	}
}

// undoStep takes one step back; a verdict where that is no longer possible.
func (j *packJob) undoStep(t *turn, u Undoable) *Verdict {
	b := &UnitsUnpacked{Order: j.Order, Parcel: j.Parcel, Step: u, Spare: true}
	back := func(key StockKey, to Place, qty int64) {
		b.Moves = append(b.Moves, Movement{Key: key, To: to, Qty: qty, Reason: "undo", Among: u.Among})
	}
	switch u.What {
	case "packed":
		back(u.Key.at(InParcel(j.Parcel)), u.Key.Place, u.Qty)
	case "moved", "nested":
		for _, unit := range u.Units {
			back(unit.Key.at(InParcel(j.Parcel)), InParcel(u.Parcel), unit.Qty)
		}
	case "aside":
		row := t.stock[u.Key.at(u.To)]
		if row == nil || row.OnHand-row.Reserved < u.Qty {
			return verdict(CodeNoUndo) // somebody took it away
		}
		back(row.Key, u.Key.Place, u.Qty)
	}
	t.emit(b)
	t.suggest(j.Order)
	return nil
}
