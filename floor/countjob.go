package floor

import (
	"cmp"
	"slices"
	"strings"
)

// countJob is the count of a bin: the bin, every unit in it, and the end.
type countJob struct{ *Count }

func init() {
	works = append(works, work{
		kind: "count", roles: RolePicker | RoleInspector | RoleLead | RoleAdmin, devices: []string{"handheld"},
		find: func(s *State, id string) job {
			if c := s.Counts[CountID(id)]; c != nil {
				return &countJob{c}
			}
			return nil
		},
		offers: countOffers, start: startCount, opens: openCount,
	})
}

func (j *countJob) ref() JobRef       { return JobRef{"count", string(j.ID)} }
func (j *countJob) lease() *Lease     { return &j.Lease }
func (j *countJob) orders() []OrderID { return nil }
func (j *countJob) keep(s *State)     { s.saveCount(j.Count) }

// begun starts anew for another person: who counts half of a bin counts none of it.
func (j *countJob) begun(_ *State, _ *Event, same bool) {
	if !same {
		j.restart()
	}
}

func (c *Count) restart() {
	c.At, c.Found, c.Due, c.Moved, c.Asked, c.Undo = false, nil, nil, false, false, nil
}

func (c *Count) open() bool { return c.Status == CountOpen || c.Status == CountAgain }

// mayCount is true where a count is open and offered to whoever is at a device.
func (c *Count) mayCount(s *State, d *Device) bool {
	return c.open() && c.Lease.offeredTo(d) && !c.counted(s, d)
}

// counted keeps a second count from whoever made the first, while others could.
func (c *Count) counted(s *State, d *Device) bool {
	return c.Round > 0 && c.By[len(c.By)-1] == d.Worker && s.counters(d.Worker) > 0
}

// counters are how many others with a handheld are signed in who may count.
func (s *State) counters(but WorkerID) (n int) {
	for _, d := range s.Devices {
		if d.Worker != "" && d.Worker != but && d.DeviceKind == "handheld" {
			n++
		}
	}
	return n
}

func countOffers(s *State, d *Device) (out []JobOffer) {
	for _, id := range s.index.counts {
		c := s.Counts[id]
		if len(out) == OfferLimit || !c.mayCount(s, d) {
			continue
		}
		detail := phrase("by plan")
		switch {
		case c.Round > 0:
			detail = phrase("a second time: it differed")
		case c.Why != "plan":
			detail = phrase("somebody missed something there")
		}
		out = append(out, JobOffer{Job: "count", ID: string(id), Title: phrase("Count {bin}", string(c.Bin)), Detail: detail, Worker: s.holder(c.Lease)})
	}
	// What was doubted comes before the plan.
	slices.SortStableFunc(out, func(a, b JobOffer) int { return s.countRank(a.ID) - s.countRank(b.ID) })
	return out
}

func (s *State) countRank(id string) int {
	switch c := s.Counts[CountID(id)]; {
	case c.Round > 0:
		return 0
	case c.Why != "plan":
		return 1
	}
	return 2
}

func startCount(t *turn, d *Device, a *Act) (job, *Verdict) {
	if a.ID != "" {
		switch c := t.Counts[CountID(a.ID)]; {
		case c == nil || !c.open():
		case c.counted(t.State, d):
			return nil, verdict(CodeNoWork).wanted(&Thing{"count", a.ID, phrase("somebody else counts it a second time")})
		default:
			return &countJob{c}, nil
		}
		return nil, verdict(CodeNoWork).wanted(&Thing{"count", a.ID, phrase("nothing of that number is to be counted")})
	}
	for _, offer := range countOffers(t.State, d) {
		if c := t.Counts[CountID(offer.ID)]; !c.Lease.held() || c.Lease.Worker == d.Worker {
			return &countJob{c}, nil
		}
	}
	return nil, verdict(CodeNoWork)
}

// openCount begins the count of a bin that is to be counted when its code is scanned.
func openCount(t *turn, d *Device, r *seen) (job, *Verdict) {
	if r.bin == nil {
		return nil, nil
	}
	if c := t.Counts[t.index.counting[r.bin.Code]]; c != nil && c.mayCount(t.State, d) && !c.Lease.held() {
		return &countJob{c}, nil
	}
	return nil, nil
}

// The next step.

func (j *countJob) next(s *State) *Next {
	n := &Next{Job: &JobView{Kind: "count", ID: string(j.ID)}, Want: []Want{}, Actions: []string{"leave"}}
	for _, r := range j.Found {
		n.Job.Done += r.Qty
		n.Show.Lines = append(n.Show.Lines, LineBrief{SKU: r.Key.SKU, Name: s.itemName(r.Key.SKU), Qty: r.Qty, Done: r.Qty})
	}
	n.Job.Total = n.Job.Done // how many there should be is nobody's to know
	n.Show.Bin = j.Bin
	if len(j.Undo) > 0 {
		n.Actions = append(n.Actions, "undo")
	}
	switch {
	case j.Asked:
		n.Step, n.Expects, n.Title, n.Actions = "finish", []string{}, string(j.Bin), []string{}
		n.Ask = &Ask{ID: "empty", Text: phrase("Is {bin} empty now?", string(j.Bin)), Kind: "choice", Options: []Option{{"yes", phrase("Yes, it is empty")}, {"no", phrase("No, something is there")}}}
	case !j.At:
		n.Step, n.Expects, n.Title, n.Want = "bin", []string{"bin"}, string(j.Bin), []Want{{"bin", s.binCode(j.Bin)}}
		n.Show.Leg = s.leg("", j.Bin)
	case j.Due != nil:
		j.dueStep(s, n)
	default:
		j.itemStep(s, n)
	}
	return n
}

func (j *countJob) dueStep(s *State, n *Next) {
	n.Show.Item, n.Show.Qty = s.Items[j.Due.SKU].brief(), j.Due.Qty
	n.Step, n.Title, n.Actions = "lot", phrase("Which lot?"), []string{"undo", "leave"}
	if s.Items[j.Due.SKU].Tracking == "serial" {
		n.Step, n.Title = "serial", phrase("Scan the serial")
	}
	n.Expects = []string{n.Step}
	for _, row := range j.uncounted(s) {
		if row.Key.SKU == j.Due.SKU && len(n.Want) == 0 {
			n.Want = []Want{{n.Step, cmp.Or(row.Key.Serial, row.Key.Lot)}}
		}
	}
}

// itemStep asks for every unit. The code that it wants is for clients that only follow; no screen shows it, and a person
// ends the count when the bin is counted, not when the books are.
func (j *countJob) itemStep(s *State, n *Next) {
	n.Step, n.Expects, n.Title = "item", []string{"item"}, phrase("Count all that lies in {bin}", string(j.Bin))
	if k := j.lastKey(); k != nil && k.Serial == "" {
		n.Actions = append([]string{"qty"}, n.Actions...)
	}
	n.Actions = append([]string{"finish"}, n.Actions...)
	if left := j.uncounted(s); len(left) > 0 {
		n.Want = s.codesOf(left[0])
	} else {
		n.Actions = []string{"finish"}
	}
}

// codesOf are the codes of one unit of a row, with its lot or serial.
func (s *State) codesOf(row *Stock) []Want {
	it := s.Items[row.Key.SKU]
	switch {
	case it.Tracking == "serial":
		return s.serialWants(it, row.Key.Serial)
	case it.byLot():
		want, _ := s.lotWants(it, row.Key, false)
		return want[:1]
	}
	return s.unitWants(it)[:1]
}

// uncounted are the rows of the books of which less was counted than they say.
func (j *countJob) uncounted(s *State) (out []*Stock) {
	for _, row := range s.StockAt(InBin(j.Bin)) {
		k := row.Key
		if k.Place = ""; j.found(k) < row.OnHand {
			out = append(out, row)
		}
	}
	return out
}

func (c *Count) found(k StockKey) int64 {
	for _, r := range c.Found {
		if r.Key == k {
			return r.Qty
		}
	}
	return 0
}

func (j *countJob) lastKey() *StockKey {
	if n := len(j.Undo); n > 0 && j.Due == nil {
		return &j.Undo[n-1].Key
	}
	return nil
}

// Scans and actions.

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
			return verdict(CodeBadQty).wanted(&Thing{"qty", "", phrase("a number from 1")})
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
