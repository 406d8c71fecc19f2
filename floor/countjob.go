package floor

import (
	"cmp"
	"slices"
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
