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

// Scans.

func (j *pickJob) scan(t *turn, r *seen) *Verdict {
	if j.Zero != "" { // scanned on without an answer
		t.emit(&ZeroAsked{List: j.ID})
	}
	n := j.step(t.State)
	switch n.Step {
	case "tote":
		return j.scanTote(t, r, n)
	case "slot":
		return j.scanSlot(t, r, n)
	case "bin":
		return j.scanBin(t, r, n)
	case "item":
		return j.scanItem(t, r, n)
	case "serial":
		return j.scanSerial(t, r.serialOf(j.line().SKU), r, n)
	case "pass":
		return j.scanPass(t, r, n)
	}
	return j.scanStage(t, r, n)
}

func (j *pickJob) refuse(t *turn, code Code, r *seen, n *Next) *Verdict {
	return verdict(code).scanned(r.thing()).wanted(wanted(n)).belongs(t.belongs(r))
}

func (j *pickJob) scanTote(t *turn, r *seen, n *Next) *Verdict {
	if r.tote == nil {
		return j.refuse(t, CodeWrongKind, r, n)
	}
	if r.tote.Order != "" || r.tote.List != "" || r.tote.Wall != "" {
		return j.refuse(t, CodeToteBusy, r, n)
	}
	slot := j.needsTote()
	t.emit(&ToteTaken{List: j.ID, Slot: slot.Slot, Tote: r.tote.Code, Moves: j.inHand(slot, r.tote.Code)})
	return verdict(CodeToteTaken).scanned(r.thing())
}

func (j *pickJob) scanBin(t *turn, r *seen, n *Next) *Verdict {
	p := j.line()
	if r.bin == nil {
		return j.refuse(t, CodeWrongKind, r, n)
	}
	if r.bin.Code != p.From.Place.Bin() {
		return j.refuse(t, CodeWrongBin, r, n)
	}
	t.emit(&BinReached{List: j.ID, Bin: r.bin.Code})
	return verdict(CodeBinOK).scanned(r.thing())
}

func (j *pickJob) scanItem(t *turn, r *seen, n *Next) *Verdict {
	p := j.line()
	switch {
	case r.item == nil && r.bin != nil && r.bin.Code == j.At:
		return verdict(CodeBinOK).scanned(r.thing()) // the bin once more: harmless
	case r.item == nil:
		return j.refuse(t, CodeWrongKind, r, n)
	case r.item.SKU != p.SKU:
		j.stray(t, r)
		return j.refuse(t, CodeWrongItem, r, n)
	case r.lot != "" && p.From.Lot != "" && r.lot != p.From.Lot:
		j.otherLot(t, p, r)
		return verdict(CodeWrongLot).scanned(&Thing{"lot", r.lot, r.item.Name}).wanted(&Thing{"lot", p.From.Lot, phrase("lot {lot}", p.From.Lot)})
	case r.expiry != "" && r.expiry <= t.lastDay(r.item, t.Orders[p.Order]):
		return verdict(CodeExpired).scanned(&Thing{"item", string(r.item.SKU), phrase("expires {day}", r.expiry)})
	case r.expiry != "" && p.From.Expiry != "" && r.expiry != p.From.Expiry:
		return verdict(CodeExpiryOff).scanned(&Thing{"expiry", r.expiry, r.expiry}).wanted(&Thing{"expiry", p.From.Expiry, p.From.Expiry})
	case r.item.byLot() && len(r.among(j.lots(t.State, p))) > 1:
		return t.askLot(j.ref(), r)
	case r.item.byLot() && r.ofAnother(j.lots(t.State, p), p.From):
		return verdict(CodeWrongLot).scanned(&Thing{"lot", r.lot, lotText(StockKey{Lot: r.lot, Expiry: r.expiry})}).wanted(&Thing{"lot", p.From.Lot, lotText(p.From)})
	case r.item.Tracking == "serial" && r.serial != "":
		return j.scanSerial(t, r.serial, r, n)
	case r.item.Tracking == "serial":
		t.emit(&BinReached{List: j.ID, Bin: j.At, Serial: true})
		return verdict(CodeSerialNext).scanned(r.thing())
	}
	j.said = r.lot
	return j.take(t, p, r.qty, p.From, r.weightG).scanned(r.thing())
}

// take moves units from the bin to the tote, as many as the code stands for.
func (j *pickJob) take(t *turn, p *PickLine, qty int64, key StockKey, weightG int64) *Verdict {
	lines := j.alike(p)
	if key != p.From { // another serial than the promised one
		lines = []*PickLine{p}
	}
	if left, _, _ := together(lines); qty > left {
		return verdict(CodeOverPick).qty(left).wanted(&Thing{"qty", fmt.Sprint(left), phrase("only {count} more", fmt.Sprint(left))})
	}
	j.fill(t, lines, qty, key, weightG)
	j.askZero(t, key.Place.Bin())
	if next := j.line(); next == p || j.shared() && next != nil && next.From == key {
		return verdict(CodePicked).qty(qty)
	}
	if j.unplaced() != nil {
		return verdict(CodeSlotNext).qty(qty)
	}
	return verdict(CodeLinePicked).qty(qty)
}

// scanSerial takes the very unit that was scanned: the promised one, or another free one of the same bin.
func (j *pickJob) scanSerial(t *turn, serial string, r *seen, n *Next) *Verdict {
	p := j.line()
	key := p.From
	key.Serial = serial
	row := t.stock[key]
	thing := &Thing{"serial", visible(serial), ""}
	if row == nil || row.OnHand < 1 {
		return verdict(CodeWrongSerial).scanned(thing).wanted(&Thing{"serial", p.From.Serial, phrase("a serial that lies in {bin}", string(j.At))}).belongs(t.hint(serial))
	}
	if key != p.From && t.Orders[p.Order].Back != "" { // it is somebody's own
		return verdict(CodeWrongSerial).scanned(thing).wanted(&Thing{"serial", p.From.Serial, ""})
	}
	if key != p.From && row.OnHand-row.Reserved < 1 && !j.swapPromise(t, p, key) {
		return verdict(CodeWrongSerial).scanned(thing).wanted(&Thing{"serial", p.From.Serial, ""}).belongs(&Thing{"order", "", phrase("promised to another order")})
	}
	return j.take(t, p, 1, key, r.weightG).scanned(thing)
}

func (j *pickJob) scanSlot(t *turn, r *seen, n *Next) *Verdict {
	p := j.unplaced()
	if r.tote == nil {
		if r.item != nil && r.item.SKU == p.SKU {
			return verdict(CodeOverPick).scanned(r.thing()).wanted(wanted(n))
		}
		return j.refuse(t, CodeWrongKind, r, n)
	}
	if r.tote.Code != j.slot(p.Slot).Tote {
		return j.refuse(t, CodeWrongSlot, r, n)
	}
	t.emit(&LinePlaced{List: j.ID, Line: p.N, Qty: p.Picked})
	return verdict(CodePlaced).scanned(r.thing())
}

func (j *pickJob) scanStage(t *turn, r *seen, n *Next) *Verdict {
	if r.bin == nil {
		return j.refuse(t, CodeWrongKind, r, n)
	}
	if r.bin.BinKind != "stage" {
		return j.refuse(t, CodeWrongBin, r, n)
	}
	t.stageList(j.PickList, r.bin.Code)
	return verdict(CodeListDone).scanned(r.thing())
}

// stageList ends a list. Orders with goods in their totes wait for a bench; those with none wait for stock.
func (t *turn) stageList(l *PickList, bin BinCode) {
	wave := l.Wave
	t.emit(&ListStaged{List: l.ID, Bin: bin})
	if tote := l.sharedTote(); tote != "" && len(t.StockAt(InTote(tote))) > 0 {
		t.emit(&SortOpened{List: l.ID, Tote: tote})
	}
	for _, slot := range l.Totes {
		if o := t.Orders[slot.Order]; o != nil && !slot.Off {
			t.orderPicked(o)
		}
	}
	t.endWave(wave)
}

func (t *turn) orderPicked(o *Order) {
	for _, id := range t.index.lists {
		for _, slot := range t.PickLists[id].Totes {
			if slot.Order == o.ID && !slot.Off {
				return // another list still holds part of it
			}
		}
	}
	if t.unsorted(o.ID) {
		return // the put wall holds part of it
	}
	var picked, short int64
	for _, l := range o.Lines {
		picked, short = picked+l.Picked, short+l.Short
	}
	if picked > 0 && short > 0 && t.shipOf(o) == ShipComplete {
		t.moveOrder(o, "unrelease", HoldShort)
		t.raise("order_short", string(o.ID), "order "+string(o.ID)+" goes only complete and something was not found: its totes wait at the stage, send it in part or wait for stock", "order")
		return
	}
	if picked > 0 {
		t.moveOrder(o, "stage", "")
		return
	}
	t.moveOrder(o, "unrelease", HoldShort)
	t.raise("order_short", string(o.ID), "nothing of order "+string(o.ID)+" was found: it is held", "order")
}
