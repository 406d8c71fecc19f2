package floor

import "fmt"

// Scans at a pick.

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
