package floor

// Actions at the bench.

func (j *packJob) act(t *turn, a *Act) *Verdict {
	p := j.parcel(t.State)
	switch a.Action {
	case "weigh":
		return j.weigh(t, p, a)
	case "close":
		return j.close(t, p)
	case "qty":
		return j.countQty(t, a)
	case "short":
		return j.short(t, a)
	case "undo":
		return j.undo(t, p)
	case "reprint":
		if p != nil && p.Status == ParcelClosed {
			t.queuePrint(p, true)
			return verdict(CodeScanLabel).wanted(wanted(j.next(t.State)))
		}
	case "leave":
		t.emit(&PackLeft{Order: j.Order})
		return verdict(CodeLeft)
	case "finish":
		if j.Parcel == "" && j.open(t.Orders[j.Order]) == nil {
			t.packed(t.Orders[j.Order])
			return verdict(CodeOrderPacked)
		}
	}
	return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
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

// WeightToleranceG and WeightTolerancePercent are how far a parcel may be from its expected weight before
// the bench says so. Items without a weight make no expectation.
const (
	WeightToleranceG       = 50
	WeightTolerancePercent = 10
)

// weigh notes the weight, closes the parcel and has its label printed.
func (j *packJob) weigh(t *turn, p *Parcel, a *Act) *Verdict {
	if n := j.next(t.State); n.Step != "weigh" {
		return verdict(CodeNoAction).wanted(wanted(n))
	}
	if a.WeightG < 1 || a.WeightG > WeightLimitG {
		return verdict(CodeBadWeight).wanted(&Thing{"weight", "", phrase("grams, from 1")})
	}
	if c := t.Cartons[p.Carton]; c != nil && c.MaxGrossG > 0 && a.WeightG > c.MaxGrossG {
		return verdict(CodeBadWeight).wanted(&Thing{"carton", string(c.Code), phrase("too heavy for this carton: take goods out or split the parcel")})
	}
	expected := t.expectedWeight(p)
	if off := abs(a.WeightG - expected); t.allWeighed(p) && off > WeightToleranceG && off*100 > expected*WeightTolerancePercent {
		return verdict(CodeWeightOff).qty(a.WeightG - expected).wanted(&Thing{"weight", "", phrase("check what is in the parcel")})
	}
	n := t.Counters["label"]
	var last uint64
	if n != nil {
		last = n.Last
	}
	t.emit(&ParcelWeighed{Parcel: p.ID, WeightG: a.WeightG, ExpectedG: expected, Tracking: trackingNumber(last + 1), SSCC: t.sscc(last + 1)})
	t.queuePrint(p, false)
	return verdict(CodeScanLabel).qty(a.WeightG).wanted(wanted(j.next(t.State)))
}

// allWeighed says whether every item in a parcel has a known weight, so that a difference means something.
func (s *State) allWeighed(p *Parcel) bool {
	for _, u := range p.Units {
		if _, known := s.weightOf(p, u); !known {
			return false
		}
	}
	return true
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}

// qtyAllowed gives the item that was verified last, when more units of it may be counted by number.
func (j *packJob) qtyAllowed(s *State, o *Order) *Item {
	if len(j.Undo) == 0 {
		return nil
	}
	it := s.Items[j.Undo[len(j.Undo)-1].Key.SKU]
	if it == nil || it.Tracking != "none" || len(s.inTotes(o, it.SKU)) == 0 {
		return nil
	}
	return it
}

func (j *packJob) countQty(t *turn, a *Act) *Verdict {
	o := t.Orders[j.Order]
	it := j.qtyAllowed(t.State, o)
	if it == nil || j.next(t.State).Step != "item" {
		return verdict(CodeQtyNotHere)
	}
	if a.Qty < 1 || a.Qty > QtyLimit {
		return verdict(CodeBadQty).wanted(&Thing{"qty", "", phrase("a number from 1")})
	}
	return j.put(t, o, &seen{item: it, qty: a.Qty, text: string(it.SKU)}, t.inTotes(o, it.SKU))
}

// short says units are not in the tote. Found is how many of the line in question there were in all.
func (j *packJob) short(t *turn, a *Act) *Verdict {
	o := t.Orders[j.Order]
	l := j.open(o)
	if l == nil || j.Closing {
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
	moves, _ := j.moves(t.inTotes(o, l.SKU), l.left())
	for i := range moves {
		moves[i].To, moves[i].Reason = Adjustment, "pack_short_"+a.Reason
	}
	missing, sku := l.left(), l.SKU
	t.emit(&PackShorted{Order: o.ID, SKU: sku, Qty: missing, Reason: a.Reason, Moves: moves, Line: lineOf(o, l)})
	t.suggest(o.ID)
	if t.shipOf(o) == ShipComplete {
		t.raise("order_short", string(o.ID), "order "+string(o.ID)+" goes only complete, and the bench misses something: find it, or let it go in part", "order")
	}
	t.raise("pack_short", string(o.ID), "the tote held fewer "+string(sku)+" than were picked ("+inWords(a.Reason)+")", "order")
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

func (j *packJob) undo(t *turn, p *Parcel) *Verdict {
	if p == nil || p.Status != ParcelOpen {
		return verdict(CodeNoUndo)
	}
	u, none := t.lastStep(j.Undo)
	if none != nil {
		return none
	}
	b := &UnitsUnpacked{Order: j.Order, Parcel: p.ID, Step: u}
	if u.What == "packed" {
		b.Moves = []Movement{{Key: u.Key.at(InParcel(p.ID)), To: u.Key.Place, Qty: u.Qty, Reason: "undo"}}
	}
	t.emit(b)
	t.suggest(j.Order)
	return verdict(CodeUndone)
}
