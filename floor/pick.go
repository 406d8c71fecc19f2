package floor

import "fmt"

// pickJob is the walk with a pick list: tote, then bin, item by item, slot, and at the end the stage.
type pickJob struct {
	*PickList
	taken map[StockKey]int64 // what a walk ahead took out of the bins
	said  string             // the lot that the code in the hand says
}

func pickOf(l *PickList) *pickJob { return &pickJob{PickList: l} }

func init() {
	works = append(works, work{
		kind: "pick", roles: RolePicker | RoleLead | RoleAdmin, devices: []string{"handheld"},
		find:   func(s *State, id string) job { return pickOf(s.PickLists[PickListID(id)]) },
		offers: pickOffers, start: startPick, opens: openPick,
	})
}

func (j *pickJob) ref() JobRef   { return JobRef{"pick", string(j.ID)} }
func (j *pickJob) lease() *Lease { return &j.Lease }
func (j *pickJob) keep(s *State) { s.saveList(j.PickList) }

func (j *pickJob) orders() (ids []OrderID) {
	for _, slot := range j.Totes {
		ids = append(ids, slot.Order)
	}
	return ids
}

// begun puts the list into hands: who is new to it begins before the bin, and its orders are being picked.
func (j *pickJob) begun(s *State, e *Event, same bool) {
	j.Status = listLife.must(j.Status, "start")
	if !same {
		j.At, j.PickList.Serial, j.Odd, j.Zero, j.Unsure = "", false, nil, "", nil
	}
	for _, slot := range j.Totes {
		if o := s.Orders[slot.Order]; o != nil && !slot.Off && o.Status == OrderReleased {
			o.Status = orderLife.must(o.Status, "pick")
			o.stamp(e, o.Status, string(j.ID))
			s.index.setOrder(o)
			s.touch(TableOrder, string(o.ID))
		}
	}
}

// startPick finds the list to walk: the one named, the worker's own, or the most urgent that is free.
func startPick(t *turn, d *Device, a *Act) (job, *Verdict) {
	if a.ID != "" {
		l := t.PickLists[PickListID(a.ID)]
		if l == nil || !t.index.lists.has(l.ID) {
			return nil, verdict(CodeNoWork).wanted(&Thing{"picklist", a.ID, phrase("no open pick list of that number")})
		}
		return pickOf(l), nil
	}
	var best *PickList
	for _, id := range t.index.lists {
		l := t.PickLists[id]
		if l.Lease.Worker == d.Worker && l.Status == ListPicking {
			return pickOf(l), nil
		}
		if !l.Lease.held() && (best == nil || l.sooner(best)) {
			best = l
		}
	}
	if best == nil {
		return nil, verdict(CodeNoWork)
	}
	return pickOf(best), nil
}

// sooner orders lists by what is begun, priority, due time and age.
func (l *PickList) sooner(than *PickList) bool {
	if (l.Status == ListPaused) != (than.Status == ListPaused) {
		return l.Status == ListPaused
	}
	if l.Priority != than.Priority {
		return l.Priority > than.Priority
	}
	if l.Due != than.Due {
		return than.Due == 0 || l.Due != 0 && l.Due < than.Due
	}
	return l.ID < than.ID
}

func openPick(t *turn, d *Device, r *seen) (job, *Verdict) {
	if r.list == nil {
		return nil, nil
	}
	if !t.index.lists.has(r.list.ID) {
		return nil, verdict(CodeNoWork).belongs(&Thing{"picklist", string(r.list.ID), phrase("this list is " + r.list.Status)})
	}
	return pickOf(r.list), nil
}

func pickOffers(s *State, d *Device) []JobOffer {
	var out []JobOffer
	for _, id := range s.index.lists {
		l := s.PickLists[id]
		if !l.Lease.offeredTo(d) || len(out) == OfferLimit {
			continue
		}
		done, total := l.progress()
		out = append(out, JobOffer{Job: "pick", ID: string(id), Title: string(id), Done: done, Total: total, Worker: s.holder(l.Lease),
			Detail: phrase("orders: {orders}, stops: {stops}", fmt.Sprint(len(l.Totes)), fmt.Sprint(len(l.Lines)))})
	}
	return out
}

// The next step, worked out from the list alone.

func (j *pickJob) next(s *State) *Next {
	n := j.step(s)
	n.Ask = j.zeroAsk()
	if p := j.unsureOf(n); p != nil {
		n.Ask, n.Offline = lotAsk(j.lots(s, p), p.From), false
	}
	n.Ahead = j.ahead(s, n)
	return n
}

func (j *pickJob) view() *JobView {
	done, total := j.progress()
	return &JobView{"pick", string(j.ID), done, total}
}

func (j *pickJob) step(s *State) *Next {
	if slot := j.needsTote(); slot != nil {
		return j.toteStep(s, slot)
	}
	if p := j.unplaced(); p != nil {
		return j.slotStep(p)
	}
	p := j.line()
	switch {
	case p == nil:
		return j.stageStep(s)
	case j.atEdge(s, p):
		return j.passStep(s, p)
	case j.At != p.From.Place.Bin():
		return j.binStep(s, p)
	case j.Serial:
		return j.serialStep(s, p)
	}
	return j.itemStep(s, p, p.Picked)
}

func (j *pickJob) toteStep(s *State, slot *CartSlot) *Next {
	n := &Next{Job: j.view(), Step: "tote", Expects: []string{"tote"}, Want: []Want{}, Title: phrase("Take a tote"),
		Actions: j.actions("leave"), Offline: false}
	n.Show.Slot, n.Show.Slots, n.Show.Order = slot.Slot, len(j.Totes), slot.Order
	if j.shared() {
		n.Title, n.Show.Slot, n.Show.Slots, n.Show.Order = phrase("Take one tote for all"), 0, 0, ""
	} else if len(j.Totes) > 1 {
		n.Title = phrase("Tote for slot {slot}", fmt.Sprint(slot.Slot))
	}
	if free := s.index.freeTotes; len(free) > 0 {
		n.Want = append(n.Want, Want{"tote", string(free[j.spread(len(free))])})
	} else {
		n.Show.Note = phrase("No tote is free: have more made, or empty one")
	}
	return n
}

// spread picks a place among n by the list's own number, so that two pickers are not shown the same tote.
func (l *PickList) spread(n int) int {
	sum := 0
	for _, c := range l.ID {
		sum = sum*31 + int(c)
	}
	return sum % n
}

func (j *pickJob) binStep(s *State, p *PickLine) *Next {
	bin := p.From.Place.Bin()
	n := j.lineStep(s, p, "bin", p.Picked)
	n.Title = string(bin)
	n.Want = []Want{{"bin", s.binCode(bin)}}
	n.Show.Leg = s.leg(j.At, bin)
	if s.shut(bin) {
		n.Show.Note = phrase("Its aisle is blocked: wait until a lead opens it, or say it is short, cannot reach it")
	}
	return n
}

func (j *pickJob) itemStep(s *State, p *PickLine, picked int64) *Next {
	n := j.lineStep(s, p, "item", picked)
	it := s.Items[p.SKU]
	n.Title = it.Name
	n.Want = s.unitWants(it)
	if it.byLot() {
		n.Want, n.Offline = s.lotWants(it, p.From, len(j.lots(s, p)) < 2)
	}
	if p.From.Serial != "" {
		n.Show.Serial = p.From.Serial
	}
	n.Actions = append([]string{"damaged"}, n.Actions...)
	if j.qtyAllowed(it, p, picked) {
		n.Actions = append([]string{"qty"}, n.Actions...)
	}
	return n
}

// qtyAllowed says whether a number may stand for scans: once a unit of this line was scanned, and never
// where each unit has a serial of its own.
func (j *pickJob) qtyAllowed(it *Item, p *PickLine, picked int64) bool {
	if j.shared() {
		_, picked, _ = together(j.alike(p))
	}
	return it.Tracking != "serial" && picked > 0 && p.Qty-p.Short-picked >= 1
}

func (j *pickJob) serialStep(s *State, p *PickLine) *Next {
	n := j.lineStep(s, p, "serial", p.Picked)
	n.Title = phrase("Scan the serial")
	n.Show.Serial = p.From.Serial
	n.Want = s.serialWants(s.Items[p.SKU], p.From.Serial)
	return n
}

func (j *pickJob) lineStep(s *State, p *PickLine, step string, picked int64) *Next {
	n := &Next{Job: j.view(), Step: step, Expects: []string{step}, Want: []Want{}, Offline: true,
		Actions: j.actions(append(j.Odd.actions(), "short", "skip", "full", "leave")...)}
	it := s.Items[p.SKU]
	bin := p.From.Place.Bin()
	n.Show = Show{Item: it.brief(), Bin: bin, Qty: p.Qty - p.Short - picked, Done: picked, Total: p.Qty, Lot: p.From.Lot,
		Expiry: p.From.Expiry, Order: p.Order, Slot: p.Slot, Slots: len(j.Totes), Why: whyPhrase(p.Why),
		Tote: j.slot(p.Slot).Tote, Reasons: ShortReasons}
	if j.shared() {
		n.Actions = without(n.Actions, "full")
		n.Show.Qty, n.Show.Done, n.Show.Total = together(j.alike(p))
		n.Show.Order, n.Show.Slot, n.Show.Slots = "", 0, 0
	}
	if b := s.Bins[bin]; b != nil {
		n.Show.Zone = b.Zone
	}
	return n
}

func (j *pickJob) slotStep(p *PickLine) *Next {
	tote := j.slot(p.Slot).Tote
	n := &Next{Job: j.view(), Step: "slot", Expects: []string{"tote"}, Want: []Want{{"tote", string(tote)}},
		Title: phrase("Put {count} in slot {slot}", fmt.Sprint(p.Picked-p.Placed), fmt.Sprint(p.Slot)), Actions: j.actions("full", "leave"), Offline: true}
	n.Show = Show{Slot: p.Slot, Slots: len(j.Totes), Tote: tote, Order: p.Order, Qty: p.Picked - p.Placed}
	return n
}

func (j *pickJob) stageStep(s *State) *Next {
	n := &Next{Job: j.view(), Step: "stage", Expects: []string{"bin"}, Want: []Want{}, Title: phrase("To the stage"),
		Actions: j.actions("leave")}
	n.Show.Slots = len(j.Totes)
	for _, b := range s.index.stages {
		n.Want = append(n.Want, Want{"bin", s.binCode(b)})
		if len(n.Want) == 5 {
			break
		}
	}
	if len(n.Want) == 0 {
		n.Actions = []string{"finish"}
		n.Show.Note = phrase("No stage bin is set up: leave the totes at the bench and finish")
	} else {
		n.Title = phrase("To stage {bin}", string(s.index.stages[0]))
	}
	return n
}

func (j *pickJob) actions(list ...string) []string {
	if len(j.Undo) > 0 {
		list = append(list, "undo")
	}
	return list
}
