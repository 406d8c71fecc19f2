package floor

import (
	"cmp"
	"slices"
	"strings"
)

// What a count takes from scans and answers: units as the books tell them apart, and its end.

func (j *countJob) scan(t *turn, r *seen) *Verdict {
	n := j.next(t.State)
	no := func(code Code) *Verdict {
		return verdict(code).scanned(r.thing()).wanted(wanted(n)).belongs(t.belongs(r))
	}
	switch {
	case n.Step == "bin" && r.bin != nil && r.bin.Code == j.Bin:
		t.emit(&CountDue{Count: j.ID, At: true})
		return verdict(CodeBinOK).scanned(r.thing())
	case n.Step == "bin":
		return no(CodeWrongBin)
	case n.Step == "lot" || n.Step == "serial":
		u := *j.Due
		if u.Serial = r.newSerialOf(u.SKU); n.Step == "lot" {
			u.Serial = ""
			u.Lot, u.Expiry = r.newLotOf(u.SKU)
		}
		return j.count(t, &u).scanned(r.thing())
	case r.bin != nil && r.bin.Code == j.Bin: // the plainest way to say that it is done
		return j.finish(t)
	case r.item == nil && len(r.units) > 0:
		k := r.units[0].Key
		return j.count(t, &ReceivedUnit{SKU: k.SKU, Qty: 1, Serial: k.Serial}).scanned(r.thing())
	case r.item == nil:
		return no(CodeWrongKind)
	}
	return j.count(t, &ReceivedUnit{r.item.SKU, max(r.qty, 1), r.lot, r.expiry, r.serial}).scanned(r.thing())
}

// count takes units as counted, or asks for the lot or serial that tells them apart.
func (j *countJob) count(t *turn, u *ReceivedUnit) *Verdict {
	it := t.Items[u.SKU]
	key := StockKey{SKU: u.SKU}
	switch {
	case it.Tracking == "serial" && u.Serial == "":
		t.emit(&CountDue{Count: j.ID, At: true, Unit: u})
		return verdict(CodeSerialNext)
	case it.Tracking == "serial":
		if key.Serial, u.Qty = u.Serial, 1; j.foundSerial(u.SKU, u.Serial) {
			return verdict(CodeCountedTwice)
		}
	case it.byLot():
		lots := lotsOf(t.StockAt(InBin(j.Bin)), u.SKU, nil)
		of := (&seen{lot: u.Lot, expiry: u.Expiry}).among(lots)
		switch {
		case len(of) == 1:
			key = of[0]
		case len(of) > 1 || u.Lot == "" && it.Tracking == "lot":
			t.emit(&CountDue{Count: j.ID, At: true, Unit: u})
			return verdict(CodeLotNext)
		default: // a lot that the books do not have there
			key.Lot, key.Expiry = u.Lot, cmp.Or(u.Expiry, t.dayOfLot(u.SKU, u.Lot))
		}
	}
	if len(j.Found) >= CountRowLimit {
		return verdict(CodeTooMany)
	}
	j.enter(t, key, u.Qty)
	return verdict(CodeCounted).qty(u.Qty)
}

// enter books counted units as what the books keep them as. Nobody sees of a unit that it is held: as many as are held there
// are found first, so that a count never makes them fit for sale, and the rest are those that may be sold.
func (j *countJob) enter(t *turn, k StockKey, qty int64) {
	kept := t.asKept(j.Bin, k)
	more := false
	for i, of := range kept {
		n := qty
		if i < len(kept)-1 {
			n = min(qty, max(0, t.stock[of.at(InBin(j.Bin))].OnHand-j.found(of)))
		}
		if n > 0 {
			t.emit(&UnitsCounted{Count: j.ID, Key: of, Qty: n, More: more})
			qty, more = qty-n, true
		}
	}
}

func (j *countJob) foundSerial(sku SKU, serial string) bool {
	return slices.ContainsFunc(j.Found, func(r CountedRow) bool { return r.Key.SKU == sku && r.Key.Serial == serial })
}

// asKept are the kinds as which the books keep a counted unit in a bin: what is held first, what may be sold last.
func (s *State) asKept(b BinCode, k StockKey) (out []StockKey) {
	for _, row := range s.StockAt(InBin(b)) {
		of := row.Key.as(Good)
		if of.Place = ""; of == k {
			of.Condition = row.Key.Condition
			out = append(out, of)
		}
	}
	if len(out) == 0 {
		return []StockKey{k}
	}
	slices.SortStableFunc(out, func(x, y StockKey) int { return strings.Compare(y.Condition, x.Condition) })
	return out
}

// dayOfLot is the expiry day that a lot has elsewhere in the house, or "".
func (s *State) dayOfLot(sku SKU, lot string) string {
	for _, row := range s.StockOf(sku) {
		if row.Key.Lot == lot && row.Key.Expiry != "" {
			return row.Key.Expiry
		}
	}
	return ""
}

func (j *countJob) act(t *turn, a *Act) *Verdict {
	switch a.Action {
	case "leave":
		t.emit(&CountLeft{Count: j.ID})
		return verdict(CodeLeft)
	case "qty":
		k := j.lastKey()
		switch {
		case k == nil || k.Serial != "" || !j.At:
			return verdict(CodeQtyNotHere).wanted(wanted(j.next(t.State)))
		case a.Qty < 1 || a.Qty > QtyLimit:
			return badQty()
		}
		j.enter(t, k.as(Good), a.Qty)
		return verdict(CodeCounted).qty(a.Qty)
	case "undo":
		if j.Due == nil {
			if _, none := t.lastStep(j.Undo); none != nil {
				return none
			}
		}
		t.emit(&CountUndone{Count: j.ID})
		return verdict(CodeUndone)
	case "finish", "close":
		return j.finish(t)
	case "answer":
		if !j.Asked || a.Ask != "empty" || !oneOf(a.Value, []string{"yes", "no"}) {
			return verdict(CodeBadArgs).wanted(wanted(j.next(t.State)))
		}
		switch {
		case a.Value == "no":
			t.emit(&CountDue{Count: j.ID, At: true})
			return verdict(CodeBinNotEmpty)
		case j.Moved:
			return j.finish(t)
		}
		return j.judge(t)
	}
	return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
}

func (j *countJob) finish(t *turn) *Verdict {
	switch {
	case !j.At || j.Due != nil:
		return verdict(CodeAskFirst).wanted(wanted(j.next(t.State)))
	case j.Moved:
		t.emit(&CountMoved{Count: j.ID, Verb: "restart"})
		return verdict(CodeCountMoved).wanted(wanted(j.next(t.State)))
	case len(j.Found) == 0 && !j.Asked:
		t.emit(&CountDue{Count: j.ID, At: true, Asked: true})
		return verdict(CodeConfirm)
	}
	return j.judge(t)
}

// judge ends a count that agrees with the books; has one that differs counted again; and books a difference that was found
// twice alike, or has a second person say so where it is large.
func (j *countJob) judge(t *turn) *Verdict {
	differ := t.differences(j.Count)
	if len(differ) == 0 {
		t.emit(&CountMoved{Count: j.ID, Verb: "agree"})
		t.countEnded(j.Count)
		return verdict(CodeCountDone)
	}
	if j.Round == 0 || !slices.Equal(sortedRows(j.Found), sortedRows(j.First)) {
		t.emit(&CountMoved{Count: j.ID, Verb: "again", Differ: differ})
		return verdict(CodeCountAgain).wanted(wanted(j.next(t.State)))
	}
	cents, units := t.worth(differ)
	t.emit(&CountMoved{Count: j.ID, Verb: "found", Differ: differ, Cents: cents})
	rule := t.Counting()
	if moves, err := t.bookings(j.Count); err == nil && units <= rule.LimitUnits && cents <= rule.LimitCents {
		t.book(j.Count, moves)
		return verdict(CodeCountDone)
	}
	t.emit(&CountMoved{Count: j.ID, Verb: "differ"})
	t.raise("count_differs", string(j.Bin), "bin "+string(j.Bin)+" was counted twice and differs from the books: look at "+string(j.ID)+", and book it or have it counted again", "bin")
	return verdict(CodeCountTold)
}

func sortedRows(list []CountedRow) []CountedRow {
	out := slices.Clone(list)
	slices.SortFunc(out, func(a, b CountedRow) int {
		if stockBefore(a.Key, b.Key) {
			return -1
		}
		return 1
	})
	return out
}
