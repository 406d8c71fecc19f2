package floor

import "fmt"

// Sorting is a batch's tote at the put wall: its units go to the orders they were picked for.
type Sorting struct {
	List  PickListID `cbor:"1,keyasint"`
	Lease Lease      `cbor:"2,keyasint"`
	Tote  ToteCode   `cbor:"3,keyasint"`
	Open  bool       `cbor:"4,keyasint,omitempty"` // the tote was scanned at the wall
	Line  int        `cbor:"5,keyasint,omitempty"` // the pick line whose units are in the hand
	Qty   int64      `cbor:"6,keyasint,omitempty"` // how many are in the hand
	Key   StockKey   `cbor:"7,keyasint,omitempty"` // and which, as they lie in the tote
	Undo  []Undoable `cbor:"8,keyasint,omitempty"`

	Unsure *Unsure  `cbor:"9,keyasint,omitempty"`   // units whose lot is asked for
	Among  []string `cbor:"190,keyasint,omitempty"` // other lots that those in the hand may be of
}

// sortJob is the put wall: the tote, then unit by unit: scan it, the order's slot lights up, scan the slot.
type sortJob struct{ *Sorting }

func init() {
	works = append(works, work{
		kind: "sort", roles: RolePicker | RolePacker | RoleLead | RoleAdmin, devices: []string{"handheld", "bench"},
		find: findSort, offers: sortOffers, start: startSort, opens: openSort,
	})
}

func findSort(s *State, id string) job {
	if x := s.Sortings[PickListID(id)]; x != nil {
		return &sortJob{x}
	}
	return nil
}

func (j *sortJob) ref() JobRef   { return JobRef{"sort", string(j.List)} }
func (j *sortJob) lease() *Lease { return &j.Lease }

func (j *sortJob) orders() []OrderID                { return nil } // a batch is nobody's order yet
func (j *sortJob) begun(_ *State, _ *Event, _ bool) { j.Unsure = nil }
func (j *sortJob) keep(s *State)                    { s.saveSorting(j.Sorting) }

func sortOffers(s *State, d *Device) []JobOffer {
	var out []JobOffer
	for _, id := range s.index.sortings {
		x := s.Sortings[id]
		if len(out) == OfferLimit || !x.Lease.offeredTo(d) || s.index.drawing[id] > 0 {
			continue
		}
		done, total := s.sortProgress(x)
		out = append(out, JobOffer{Job: "sort", ID: string(id), Title: string(id), Done: done, Total: total, Worker: s.holder(x.Lease),
			Detail: phrase("orders: {orders}, tote {tote}", fmt.Sprint(len(s.PickLists[id].Totes)), string(x.Tote))})
	}
	return out
}

func (s *State) sortProgress(x *Sorting) (done, total int64) {
	l := s.PickLists[x.List]
	for i := range l.Lines {
		done, total = done+l.Lines[i].Placed, total+l.Lines[i].Picked
	}
	return done, total
}

// startSort takes the batch named, the worker's own, or the first that is free.
func startSort(t *turn, d *Device, a *Act) (job, *Verdict) {
	if a.ID != "" {
		if x := t.Sortings[PickListID(a.ID)]; x != nil && t.index.drawing[x.List] == 0 {
			return &sortJob{x}, nil
		}
		return nil, verdict(CodeNoWork).wanted(&Thing{"picklist", a.ID, phrase("nothing of that list waits to be sorted")})
	}
	var free *Sorting
	for _, id := range t.index.sortings {
		x := t.Sortings[id]
		if x.Lease.Worker == d.Worker {
			return &sortJob{x}, nil
		}
		if free == nil && !x.Lease.held() && t.index.drawing[id] == 0 {
			free = x
		}
	}
	if free == nil {
		return nil, verdict(CodeNoWork)
	}
	return &sortJob{free}, nil
}

func openSort(t *turn, _ *Device, r *seen) (job, *Verdict) {
	if r.tote == nil || r.tote.Order != "" || t.Sortings[r.tote.List] == nil {
		return nil, nil
	}
	if t.index.drawing[r.tote.List] > 0 {
		return nil, verdict(CodeNotYours).belongs(&Thing{"job", string(r.tote.List), phrase("a bench draws single units from it")})
	}
	return &sortJob{t.Sortings[r.tote.List]}, nil
}

// What is left to sort.

func (p *PickLine) unsorted() int64 { return p.Picked - p.Placed }

// line is the first pick line with units still in the tote, or nil.
func (j *sortJob) line(s *State) *PickLine {
	l := s.PickLists[j.List]
	for i := range l.Lines {
		if p := &l.Lines[i]; p.unsorted() > 0 {
			return p
		}
	}
	return nil
}

// unsorted says whether goods of an order still wait at the wall.
func (s *State) unsorted(order OrderID) bool {
	for _, id := range s.index.sortings {
		l := s.PickLists[id]
		for i := range l.Lines {
			if p := &l.Lines[i]; p.Order == order && p.unsorted() > 0 {
				return true
			}
		}
	}
	return false
}

// slotFor is where an order's units of a batch are put, or "" while it has no slot.
func (s *State) slotFor(order OrderID) ToteCode {
	o := s.Orders[order]
	if o == nil || len(o.Totes) == 0 {
		return ""
	}
	for _, c := range o.Totes {
		if t := s.Totes[c]; t != nil && t.Wall != "" {
			return c
		}
	}
	return o.Totes[len(o.Totes)-1]
}

// The next step.

func (j *sortJob) next(s *State) *Next {
	done, total := s.sortProgress(j.Sorting)
	n := &Next{Job: &JobView{"sort", string(j.List), done, total}, Want: []Want{}}
	switch p := j.line(s); {
	case !j.Open:
		n.Step, n.Expects, n.Title, n.Actions = "tote", []string{"tote"}, phrase("Scan the tote to sort"), []string{"leave"}
		n.Want, n.Show.Tote = []Want{{"tote", string(j.Tote)}}, j.Tote
	case j.Line > 0:
		j.slotStep(s, n)
	case p == nil:
		n.Step, n.Expects, n.Title, n.Actions = "finish", []string{}, phrase("All sorted"), []string{"finish"}
	default:
		j.itemStep(s, n, p)
	}
	return n
}

func (j *sortJob) actions(list ...string) []string {
	if len(j.Undo) > 0 {
		list = append(list, "undo")
	}
	return list
}

// itemStep asks for any unit of the tote. What is wanted first is only an example.
func (j *sortJob) itemStep(s *State, n *Next, p *PickLine) {
	it := s.Items[p.SKU]
	n.Step, n.Expects, n.Title = "item", []string{"item", "serial"}, phrase("Scan any unit of the tote")
	n.Actions = j.actions("short", "leave")
	n.Want = s.unitWants(it)[:1]
	if it.byLot() {
		lots := lotsOf(s.StockAt(InTote(j.Tote)), p.SKU, nil)
		n.Want, _ = s.lotWants(it, p.From, len(lots) < 2)
		n.Show.Lot, n.Show.Expiry = p.From.Lot, p.From.Expiry
	}
	if u := j.Unsure; u != nil {
		n.Ask = lotAsk(lotsOf(s.StockAt(InTote(j.Tote)), u.SKU, nil), p.From)
	}
	if p.From.Serial != "" {
		n.Want = []Want{{"serial", p.From.Serial}}
	}
	n.Show.Item, n.Show.Tote, n.Show.Reasons = it.brief(), j.Tote, ShortReasons
	n.Show.Qty, n.Show.Done, n.Show.Total = p.unsorted(), p.Placed, p.Picked
}

// slotStep sends the unit in the hand to its order's slot; where the wall is full, to any free tote.
func (j *sortJob) slotStep(s *State, n *Next) {
	p := s.PickLists[j.List].Lines[j.Line-1]
	n.Step, n.Expects, n.Actions = "slot", []string{"tote"}, j.actions("leave")
	n.Show = Show{Item: s.Items[p.SKU].brief(), Order: p.Order, Qty: j.Qty}
	if c := s.slotFor(p.Order); c != "" {
		n.Want, n.Show.Tote, n.Show.Slot = []Want{{"tote", string(c)}}, c, s.Totes[c].Slot
		n.Title = s.slotName(c)
		return
	}
	n.Title = phrase("Take a new tote for this order")
	if free := s.index.freeTotes; len(free) > 0 {
		n.Want = []Want{{"tote", string(free[s.PickLists[j.List].spread(len(free))])}}
	} else {
		n.Show.Note = phrase("No slot and no tote is free: pack what is ready first")
	}
}

func (s *State) slotName(c ToteCode) string {
	if t := s.Totes[c]; t.Wall != "" {
		return phrase("Slot {slot} of {wall}", fmt.Sprint(t.Slot), string(t.Wall))
	}
	return "Tote " + string(c)
}

// Scans.

func (j *sortJob) scan(t *turn, r *seen) *Verdict {
	n := j.next(t.State)
	switch {
	case n.Step == "tote":
		return j.scanTote(t, r, n)
	case n.Step == "slot":
		return j.scanSlot(t, r, n)
	case n.Step == "item":
		return j.scanItem(t, r, n)
	}
	return j.refuse(t, CodeWrongKind, r, n)
}

func (j *sortJob) refuse(t *turn, code Code, r *seen, n *Next) *Verdict {
	return verdict(code).scanned(r.thing()).wanted(wanted(n)).belongs(t.belongs(r))
}

func (j *sortJob) scanTote(t *turn, r *seen, n *Next) *Verdict {
	if r.tote == nil {
		return j.refuse(t, CodeWrongKind, r, n)
	}
	if r.tote.Code != j.Tote {
		return j.refuse(t, CodeOtherOrder, r, n)
	}
	t.emit(&SortOpened{List: j.List, Tote: j.Tote, Open: true})
	return verdict(CodeOpened).scanned(r.thing())
}

func (j *sortJob) scanItem(t *turn, r *seen, n *Next) *Verdict {
	if r.item == nil || r.item.Tracking == "serial" {
		return j.scanSerial(t, r, n)
	}
	var lot *StockKey
	if r.item.byLot() {
		lots := lotsOf(t.StockAt(InTote(j.Tote)), r.item.SKU, nil)
		switch of := r.among(lots); {
		case len(lots) > 0 && len(of) == 0:
			return r.ofNone(lots)
		case len(of) > 1:
			return t.askLot(j.ref(), r)
		case len(of) == 1:
			lot = &of[0]
		}
	}
	p, held := j.wants(t.State, r.item.SKU, r.qty, lot)
	switch {
	case p == nil && held > 0:
		return verdict(CodeOverPick).qty(held).scanned(r.thing())
	case p == nil:
		return j.refuse(t, CodeNotInBatch, r, n)
	}
	return j.aim(t, p, j.keyOf(t.State, p, r.qty), r.qty, r.lot).scanned(r.thing())
}

// wants is the line that units of an item go to: of an order that has its slot already before one that takes a new
// slot. It also gives the most units that any line wants, where none wants that many.
func (j *sortJob) wants(s *State, sku SKU, qty int64, lot *StockKey) (best *PickLine, most int64) {
	l := s.PickLists[j.List]
	for i := range l.Lines {
		p := &l.Lines[i]
		if p.SKU != sku || lot != nil && (p.From.Lot != lot.Lot || p.From.Expiry != lot.Expiry) {
			continue
		}
		most = max(most, p.unsorted())
		if p.unsorted() >= qty && (best == nil || s.slotFor(best.Order) == "" && s.slotFor(p.Order) != "") {
			best = p
		}
	}
	return best, most
}

// keyOf is which units of the tote are meant: those picked for the line, else any of the item.
func (j *sortJob) keyOf(s *State, p *PickLine, qty int64) StockKey {
	key := p.From.at(InTote(j.Tote))
	if row := s.stock[key]; row != nil && row.OnHand >= qty {
		return key
	}
	for _, row := range s.StockAt(InTote(j.Tote)) {
		if row.Key.SKU == p.SKU && row.OnHand >= qty {
			return row.Key
		}
	}
	return key
}

// scanSerial takes a unit that has a serial of its own, by that serial.
func (j *sortJob) scanSerial(t *turn, r *seen, n *Next) *Verdict {
	serial := r.serial
	if r.item == nil {
		serial = r.text
	}
	if r.bad == CodeUnreadable {
		return j.refuse(t, r.bad, r, n)
	}
	if serial == "" {
		if p, _ := j.wants(t.State, r.item.SKU, 1, nil); p == nil {
			return j.refuse(t, CodeNotInBatch, r, n)
		}
		return verdict(CodeSerialNext).scanned(r.thing())
	}
	l := t.PickLists[j.List]
	for i := range l.Lines {
		p := &l.Lines[i]
		key := p.From.at(InTote(j.Tote))
		if p.From.Serial == serial && p.unsorted() > 0 && t.stock[key] != nil {
			return j.aim(t, p, key, 1, "").scanned(&Thing{"serial", visible(serial), ""})
		}
	}
	code := CodeNotInBatch
	if r.bad != "" {
		code = r.bad
	} else if r.item == nil && len(r.units) == 0 {
		code = CodeWrongKind
	}
	return j.refuse(t, code, r, n)
}

// aim takes units into the hand and lights the slot they go to, a free one for an order that has none yet.
func (j *sortJob) aim(t *turn, p *PickLine, key StockKey, qty int64, said string) *Verdict {
	slot := t.slotFor(p.Order)
	if slot == "" && len(t.index.freeSlots) > 0 {
		slot = t.index.freeSlots[0]
	}
	t.emit(&SlotLit{List: j.List, Line: p.N, Qty: qty, Key: key, Slot: slot, Among: t.mayBe(t.StockAt(key.Place), key, said)})
	if slot == "" {
		return verdict(CodeSlotLit).qty(qty).belongs(&Thing{"tote", "", phrase("a new tote")})
	}
	return verdict(CodeSlotLit).qty(qty).belongs(&Thing{"tote", string(slot), t.slotName(slot)})
}

func (j *sortJob) scanSlot(t *turn, r *seen, n *Next) *Verdict {
	p := &t.PickLists[j.List].Lines[j.Line-1]
	order, slot := p.Order, t.slotFor(p.Order)
	switch {
	case r.tote == nil:
		return j.refuse(t, CodeWrongKind, r, n)
	case slot != "" && r.tote.Code != slot:
		return j.refuse(t, CodeWrongSlot, r, n)
	case slot == "" && (r.tote.Order != "" || r.tote.List != ""):
		return j.refuse(t, CodeToteBusy, r, n)
	}
	b := &UnitsSorted{List: j.List, Line: j.Line, Move: Movement{Key: j.Key, To: InTote(r.tote.Code), Qty: j.Qty, Reason: "sort"}}
	if b.Move.Among = j.Among; len(b.Move.Among) > 0 {
		b.Order = order
	}
	t.emit(b)
	v := verdict(CodePlaced).scanned(r.thing())
	if t.sortedWhole(order) {
		v.Code = CodeOrderSorted
	}
	if j.line(t.State) == nil {
		t.endSort(j.Sorting)
		v.Code = CodeSortDone
	}
	return v
}

// sortedWhole moves an order on when the last of its units is in its slot.
func (t *turn) sortedWhole(id OrderID) bool {
	o := t.Orders[id]
	if o == nil || t.unsorted(id) {
		return false
	}
	if o.Status == OrderCancelled {
		t.toPutBack(o)
		return false
	}
	if o.Status == OrderPicking {
		t.orderPicked(o)
	}
	return o.Status == OrderPicked
}

func (t *turn) endSort(x *Sorting) {
	wave := t.PickLists[x.List].Wave
	t.emit(&SortEnded{List: x.List})
	t.endWave(wave)
}

// holds is true of a unit that lies in the tote that is being sorted: any other of its serial is no unit in the hand.
func (j *sortJob) holds(u *Stock) bool { return u.Key.Place == InTote(j.Tote) }
