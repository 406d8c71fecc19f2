package floor

import "floorline/floor/gs1"

// Scans and actions at the door.

func (j *receiveJob) scan(t *turn, r *seen) *Verdict {
	n := j.next(t.State)
	no := func(code Code) *Verdict {
		return verdict(code).scanned(r.thing()).wanted(wanted(n)).belongs(t.belongs(r))
	}
	switch n.Step {
	case "bin":
		if r.bin == nil || r.bin.BinKind != "dock" {
			return no(CodeWrongBin)
		}
		t.emit(&ReceiptDue{Receipt: j.ID, Bin: r.bin.Code})
		return verdict(CodeBinOK).scanned(r.thing())
	case "link":
		return j.link(t, r, no)
	case "serial", "lot", "expiry":
		return j.complete(t, r, n.Step)
	}
	switch {
	case r.inbound != "":
		return j.takePallet(t, r, no)
	case r.came != nil:
		return no(CodeAlreadyIn)
	case r.item == nil:
		return no(CodeWrongKind)
	}
	return j.take(t, &ReceivedUnit{r.item.SKU, max(r.qty, 1), r.lot, r.expiry, r.serial}).scanned(r.thing())
}

// unknown keeps a code that no item has, to ask whose it is.
func (j *receiveJob) unknown(t *turn, r *seen) *Verdict {
	if n := j.next(t.State); n.Step != "item" && n.Step != "finish" {
		return nil
	}
	t.emit(&ReceiptDue{Receipt: j.ID, Unknown: r.text})
	return verdict(CodeLinkItem).scanned(r.thing()).wanted(wanted(j.next(t.State)))
}

// link gives an item a new barcode, on a lead's word, and counts the unit in the hand.
func (j *receiveJob) link(t *turn, r *seen, no func(Code) *Verdict) *Verdict {
	if r.item == nil {
		return no(CodeWrongKind)
	}
	if !t.leads() {
		return verdict(CodeNotAllowed).scanned(r.thing()).wanted(&Thing{"role", "", phrase("a lead says which item has a new code")}).overridable()
	}
	it := *r.item
	it.Barcodes = append(append([]Barcode(nil), it.Barcodes...), Barcode{Code: j.Unknown, Qty: 1})
	if err := t.checkItem(&it); err != nil {
		return no(CodeConflict)
	}
	it.Rev++
	t.emit(&ItemSaved{it})
	t.emit(&ReceiptDue{Receipt: j.ID})
	v := j.take(t, &ReceivedUnit{SKU: it.SKU, Qty: 1})
	if v.Code == CodeReceived {
		v.Code = CodeLinked
	}
	return v.scanned(&Thing{"item", string(it.SKU), it.Name})
}

// complete takes the lot, the expiry day or the serial that was due.
func (j *receiveJob) complete(t *turn, r *seen, step string) *Verdict {
	u, no := j.Due.told(t, r, step, nil)
	if no != nil {
		return no
	}
	return j.take(t, u).scanned(&Thing{step, visible(clip(r.text)), ""})
}

// told is a unit with the lot, the expiry day or the serial that was due of it, or why the code is none. A serial that was sent
// is one, whatever else has that code by now.
func (u ReceivedUnit) told(t *turn, r *seen, step string, sent func(serial string) bool) (*ReceivedUnit, *Verdict) {
	bad := func(text string) (*ReceivedUnit, *Verdict) {
		return nil, verdict(CodeBadArgs).scanned(r.thing()).wanted(&Thing{step, "", text})
	}
	var f faults
	switch step {
	case "serial":
		if u.Serial = r.newSerialOf(u.SKU); sent != nil && sent(r.text) {
			u.Serial = r.text
		}
		if u.Serial == "" {
			return bad(phrase("the serial of one unit"))
		}
		checkCode(&f, "/serial", u.Serial)
	case "lot":
		lot, day := r.newLotOf(u.SKU)
		if lot == "" {
			return bad(phrase("Which lot?"))
		}
		if u.Lot = lot; day != "" {
			u.Expiry = day
		}
		checkText(&f, "/lot", u.Lot, 1, CodeLimit)
	case "expiry":
		if u.Expiry = dayWritten(r, t.Now); u.Expiry == "" {
			return bad(phrase("a day, such as 2027-03-31"))
		}
	}
	if len(f) > 0 {
		return bad(phrase("up to 64 plain signs"))
	}
	return &u, nil
}

// dayWritten reads a day as people and labels write it: 2027-03-31, 270331, or within a GS1 code.
func dayWritten(r *seen, now Time) string {
	switch {
	case r.expiry != "":
		return r.expiry
	case isDate(r.text):
		return r.text
	case len(r.text) == 6 && allDigits(r.text):
		day, _ := gs1.Date(r.text, atoi(now.Day()[:4]))
		return day
	}
	return ""
}

// take counts units, or says what is still due of them, or why they are not taken.
func (j *receiveJob) take(t *turn, u *ReceivedUnit) *Verdict {
	it := t.Items[u.SKU]
	switch {
	case it.Tracking == "serial" && u.Serial == "":
		u.Qty = 1
		t.emit(&ReceiptDue{Receipt: j.ID, Unit: u})
		return verdict(CodeSerialNext)
	case it.Tracking == "lot" && u.Lot == "", it.Expiry && u.Expiry == "":
		t.emit(&ReceiptDue{Receipt: j.ID, Unit: u})
		return verdict(CodeLotNext)
	}
	if it.Tracking != "serial" {
		u.Serial = ""
	}
	if no := j.refuses(t, it, u); no != nil {
		return no
	}
	key := StockKey{Place: Supplier, SKU: u.SKU, Lot: u.Lot, Expiry: u.Expiry, Serial: u.Serial}
	t.emit(&UnitsReceived{Receipt: j.ID, Moves: []Movement{{Key: key, To: InBin(j.Bin), Qty: u.Qty, Reason: "received"}}})
	j.labelByItself(t, key, u.Qty)
	v := verdict(CodeReceived).qty(u.Qty)
	if waits := t.firstFor(u.SKU); waits != nil {
		v.Code, v.Belongs = CodeAwaited, waits
	}
	return v
}

// refuses says why units are not taken: too many, not bought, spoilt, or a serial that is in the house. A lead may take
// all of them but the last.
func (j *receiveJob) refuses(t *turn, it *Item, u *ReceivedUnit) *Verdict {
	switch p := j.purchase(t.State); {
	case u.Serial != "" && t.serialHere(u.SKU, u.Serial):
		return verdict(CodeWrongSerial).belongs(&Thing{"serial", u.Serial, phrase("this serial is in the house already")})
	case len(j.Lines) >= ReceiptLineLimit:
		return verdict(CodeTooMany)
	case t.leads():
	case t.spoilt(it, u.Expiry):
		return j.expired(u.Expiry)
	case p == nil:
	case p.line(u.SKU) == nil:
		return verdict(CodeNotBought).wanted(&Thing{"purchase", p.External, phrase("set it aside, or ask a lead")}).overridable()
	case t.Site.Receiving.Blind: // how many were bought is nobody's to know here; a lead hears of it at the end
	case p.line(u.SKU).Received+u.Qty > p.line(u.SKU).Ordered:
		return verdict(CodeOverReceived).qty(p.line(u.SKU).Ordered - p.line(u.SKU).Received).wanted(&Thing{"purchase", p.External, phrase("set it aside, or ask a lead")}).overridable()
	}
	return nil
}

// leads is true where a lead is at the device, or stands by.
func (t *turn) leads() bool {
	d := t.Devices[t.c.Device]
	return d != nil && t.rolesOn(d).any(RoleLead|RoleAdmin)
}

func (j *receiveJob) expired(day string) *Verdict {
	return verdict(CodeExpired).wanted(&Thing{"expiry", day, phrase("set it aside, or ask a lead")}).overridable()
}

// spoilt is true of units whose day has come, by the house's own clock.
func (s *State) spoilt(it *Item, expiry string) bool {
	return it.Expiry && expiry != "" && expiry <= s.Day(s.Now)
}

// waitsFor is the most urgent order that waits for stock of an item, or nil.
func (s *State) waitsFor(sku SKU) *Order {
	var waiting []*Order
	for _, id := range s.index.backorders {
		if o := s.Orders[id]; o.wantsAny([]SKU{sku}) {
			waiting = append(waiting, o)
		}
	}
	if len(waiting) == 0 {
		return nil
	}
	sortUrgent(waiting)
	return waiting[0]
}

// firstFor says why units of an item are put away before others: an order waits for them, or the pick bins do.
func (s *State) firstFor(sku SKU) *Thing {
	if o := s.waitsFor(sku); o != nil {
		return &Thing{"order", string(o.ID), phrase("order {order} waits for it: put it away first", string(o.ID))}
	}
	if s.facesLow(sku) {
		return &Thing{"item", string(sku), phrase("its pick bins are nearly empty: put it away first")}
	}
	return nil
}

// takePallet takes in all that is on an announced pallet.
func (j *receiveJob) takePallet(t *turn, r *seen, no func(Code) *Verdict) *Verdict {
	if r.inbound != j.PurchaseOrder {
		return no(CodeNotBought).belongs(&Thing{"purchase", string(r.inbound), phrase("a pallet of {purchase}", t.PurchaseOrders[r.inbound].External)})
	}
	b := &UnitsReceived{Receipt: j.ID, SSCC: BareSSCC(r.text), Whole: true}
	var units int64
	for _, pallet := range t.PurchaseOrders[j.PurchaseOrder].Pallets {
		if pallet.SSCC != b.SSCC {
			continue
		}
		if pallet.Taken {
			return no(CodeAlreadyIn)
		}
		for _, l := range pallet.Lines {
			if t.spoilt(t.Items[l.SKU], l.Expiry) && !t.leads() {
				return j.expired(l.Expiry).scanned(r.thing())
			}
			units += l.Qty
			b.Moves = append(b.Moves, Movement{Key: StockKey{Place: Supplier, SKU: l.SKU, Lot: l.Lot, Expiry: l.Expiry}, To: InBin(j.Bin), Qty: l.Qty, Reason: "received"})
		}
	}
	t.emit(b)
	return verdict(CodeReceived).scanned(r.thing()).qty(units)
}

func (j *receiveJob) act(t *turn, a *Act) *Verdict {
	switch a.Action {
	case "leave":
		t.emit(&ReceiptLeft{Receipt: j.ID})
		return verdict(CodeLeft)
	case "skip":
		if j.Unknown != "" {
			t.emit(&ReceiptDue{Receipt: j.ID})
			return verdict(CodeSkipped)
		}
	case "qty":
		return j.countQty(t, a)
	case "damaged":
		return j.damaged(t, a)
	case "labels":
		return j.labels(t, a)
	case "label_pallet":
		return j.labelPallet(t)
	case "undo":
		return j.undo(t)
	case "answer":
		return j.answer(t, a)
	case "finish", "close":
		return j.finish(t)
	}
	return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
}

func (j *receiveJob) countQty(t *turn, a *Act) *Verdict {
	k := j.lastUnit()
	switch {
	case k == nil || k.Serial != "" || j.Due != nil || j.Unknown != "":
		return verdict(CodeQtyNotHere).wanted(wanted(j.next(t.State)))
	case a.Qty < 1 || a.Qty > QtyLimit:
		return badQty()
	}
	return j.take(t, &ReceivedUnit{SKU: k.SKU, Qty: a.Qty, Lot: k.Lot, Expiry: k.Expiry}).scanned(&Thing{"item", string(k.SKU), t.Items[k.SKU].Name})
}

// damaged sets units of the last kind aside that came broken: they are in the house, and for sale to nobody.
func (j *receiveJob) damaged(t *turn, a *Act) *Verdict {
	k := j.lastUnit()
	if k == nil {
		return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
	}
	qty := max(a.Qty, 1)
	if got := j.got(*k); got < qty {
		return verdict(CodeOverPick).qty(got)
	}
	if row := t.stock[*k]; row == nil || row.OnHand-row.Reserved < qty {
		return verdict(CodeOverPick)
	}
	t.emit(&UnitsReceived{Receipt: j.ID, Moves: []Movement{{Key: *k, To: k.Place, Qty: qty, Reason: "damaged", As: Damaged}}, Why: "came damaged with " + string(j.ID)})
	return verdict(CodeDamaged).qty(qty).scanned(&Thing{"item", string(k.SKU), t.Items[k.SKU].Name})
}

func (j *receiveJob) undo(t *turn) *Verdict {
	if j.Due != nil {
		t.emit(&ReceiptDue{Receipt: j.ID})
		return verdict(CodeUndone)
	}
	u, none := t.lastStep(j.Undo)
	if none != nil {
		return none
	}
	if u.What == "pallet" {
		return j.dropPallet(t, u.SSCC)
	}
	steps := 1
	for steps < len(j.Undo) && j.Undo[len(j.Undo)-steps].Cont { // all of a pallet is one step
		steps++
	}
	if j.Undo[len(j.Undo)-steps].Cont {
		return verdict(CodeNoUndo) // more than is kept
	}
	for _, u := range j.Undo[len(j.Undo)-steps:] {
		if row := t.stock[u.Key.as(u.Condition)]; row == nil || row.OnHand-row.Reserved < u.Qty {
			return verdict(CodeNoUndo) // it was put away
		}
	}
	for range steps {
		t.emit(&ReceiptUndone{Receipt: j.ID, Step: j.Undo[len(j.Undo)-1]})
	}
	return verdict(CodeUndone)
}

func (j *receiveJob) finish(t *turn) *Verdict {
	if j.Due != nil || j.Unknown != "" {
		return verdict(CodeAskFirst).wanted(wanted(j.next(t.State)))
	}
	if p := j.purchase(t.State); p != nil && (p.left() > 0 || t.Site.Receiving.Blind) {
		t.emit(&ReceiptAsked{Receipt: j.ID, Asked: true})
		return verdict(CodeConfirm)
	}
	return j.close(t, true)
}

func (j *receiveJob) answer(t *turn, a *Act) *Verdict {
	if !j.Asked || a.Ask != "rest" || !oneOf(a.Value, []string{"later", "all"}) {
		return verdict(CodeBadArgs).wanted(wanted(j.next(t.State)))
	}
	return j.close(t, a.Value == "all")
}

// close ends a delivery, and with the last one its purchase; what is missing or too much is told to a lead.
func (j *receiveJob) close(t *turn, all bool) *Verdict {
	p := j.purchase(t.State)
	t.emit(&ReceiptEnded{Receipt: j.ID})
	if p != nil && all {
		t.emit(&PurchaseOrderMoved{PurchaseOrder: p.ID, Verb: "close"})
		for _, l := range p.Lines {
			if l.Received != l.Ordered || l.Damaged > 0 {
				t.raise("receipt_differs", string(p.ID), "purchase "+p.External+" came otherwise than ordered: compare, and tell "+orDash(p.Supplier), "purchase")
				break
			}
		}
	}
	return verdict(CodeReceiptDone)
}
