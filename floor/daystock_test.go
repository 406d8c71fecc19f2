package floor

import (
	"fmt"
	"maps"
	"slices"
)

// The day's goods: they come in and are put away, counted, brought to the pickers, and come back.

// stockHouse sets up what goods need beside orders: a door and a second one, reserve above the pick bins, a returns bench.
func (d *day) stockHouse(seed uint64) {
	for _, b := range []Bin{{Code: "IN-1", BinKind: "dock"}, {Code: "BACK", BinKind: "returns"}, {Code: "R-01", BinKind: "reserve", Aisle: 2, Cell: 3}, {Code: "R-02", BinKind: "reserve"}} {
		d.must(SaveBin{Bin: b})
	}
	for sku, f := range map[SKU]Face{"MUG": {4, 14}, "BOX": {3, 9}} {
		it := *d.s.Items[sku]
		it.Face, it.CostCents = f, 300
		d.must(SaveItem{Item: it})
	}
	d.stock("R-01", "MUG", int64(20+d.r.IntN(30)))
	d.stock("R-02", "BOX", int64(10+d.r.IntN(30)))
	d.must(AdjustStock{Bin: "R-02", SKU: "TEA", Qty: 6, Lot: "L9", Expiry: "2031-01-01"})
	d.must(SaveWorker{Worker: Worker{Name: "Ira", Roles: RoleInspector}})
	d.must(MakePairing{Pairing{Digest: "back"}})
	d.must(Pair{Code: "back", Token: "back", Name: "Returns bench", Kind: "returns"})
	byHand := seed%5 == 0
	d.must(SaveSite{Site: Site{Name: "Test House"}, ReplenishByHand: &byHand})
	if seed%3 == 0 {
		p := UsualReturns
		p.Bins, p.AutoCents = []DispositionBin{{Refurbish, "QA"}}, 2000
		d.must(SetReturnPolicy{p})
	}
}

func (d *day) anyOf(list ...string) string { return list[d.r.IntN(len(list))] }
func (d *day) anySKU() SKU                 { return SKU(d.anyOf("MUG", "BOX", "TEA", "CAM")) }
func (d *day) anyBin() BinCode {
	return BinCode(d.anyOf("A0-00", "A0-03", "A1-00", "A1-01", "A1-02", "A2-02", "A2-03", "R-01", "R-02", "QA", "BACK", "IN-1"))
}

// number makes a number that was not given before.
func (d *day) number() int { d.made++; return d.made }

// aboutStock is what buyers, customers and leads do about stock from their desks.
func (d *day) aboutStock() {
	switch d.r.IntN(10) {
	case 0, 1:
		d.buy()
	case 2:
		d.do(&Command{Verb: PlanCounts{Bins: []BinCode{d.anyBin()}}})
	case 3:
		d.judgeCount()
	case 4:
		d.do(&Command{Verb: PlanReplenish{}})
	case 5:
		d.do(&Command{Verb: PlanReplenish{SKU: d.anySKU(), Qty: int64(1 + d.r.IntN(6))}})
	case 6:
		d.sendBack()
	case 7:
		d.settleReturn()
	case 8:
		d.do(&Command{Verb: HoldStock{SKU: d.anySKU(), Bin: d.anyBin(), Condition: d.anyOf(Held, Good, Good, Damaged), Reason: "a doubt"}})
	default:
		k := StockKey{SKU: d.anySKU()}
		if rows := d.s.StockOf(k.SKU); len(rows) > 0 {
			k = rows[d.r.IntN(len(rows))].Key
		}
		d.do(&Command{Verb: MoveStock{From: k.Place.Bin(), To: d.anyBin(), Key: k, Qty: int64(1 + d.r.IntN(4)), Reason: "tidied"}})
	}
}

// buy announces goods, now and then on a pallet, and at times too early ends a purchase.
func (d *day) buy() {
	if ids := slices.Sorted(maps.Keys(d.s.PurchaseOrders)); len(ids) > 0 && d.r.IntN(8) == 0 {
		d.do(&Command{Verb: EndPurchaseOrder{ids[d.r.IntN(len(ids))]}})
		return
	}
	n := NewPurchaseOrder{External: fmt.Sprint("PO", d.number()), Supplier: "Mill", Due: "2024-01-31"}
	for _, i := range d.r.Perm(4)[:1+d.r.IntN(2)] {
		n.Lines = append(n.Lines, PurchaseOrderLine{SKU: []SKU{"MUG", "BOX", "TEA", "CAM"}[i], Ordered: int64(1 + d.r.IntN(5))})
	}
	if l := n.Lines[0]; l.SKU != "CAM" && d.r.IntN(2) == 0 {
		on := PalletLine{SKU: l.SKU, Qty: l.Ordered}
		if l.SKU == "TEA" {
			on.Lot, on.Expiry = "LP", "2031-05-31"
		}
		n.Pallets = []InboundPallet{{SSCC: dayPallet(d.number()), Lines: []PalletLine{on}}}
	}
	d.do(&Command{Verb: CreatePurchaseOrder{n}})
}

func dayPallet(n int) string {
	code := fmt.Sprintf("3%016d", n)
	return code + string(gtinCheck(code))
}

func (d *day) judgeCount() {
	if ids := slices.Sorted(maps.Keys(d.s.Counts)); len(ids) > 0 {
		id := ids[len(ids)-1-d.r.IntN(min(len(ids), 4))]
		d.do(&Command{Worker: d.worker(1 + d.r.IntN(4)), Roles: RoleLead, Verb: JudgeCount{id, d.anyOf("book", "book", "again", "cancel")}})
	}
}

// sendBack is a customer who announces a return: of what was sent, and of what was not.
func (d *day) sendBack() {
	n := NewReturn{Wanted: d.anyOf(WantRefund, WantReplacement)}
	var sent []OrderID
	for _, id := range d.orders {
		if o := d.s.Orders[id]; o != nil && o.hasShipped() {
			sent = append(sent, id)
		}
	}
	if len(sent) > 0 && d.r.IntN(5) > 0 {
		n.Order = string(sent[d.r.IntN(len(sent))])
		for _, l := range d.s.Orders[OrderID(n.Order)].Lines {
			if len(n.Lines) < 2 && d.r.IntN(3) > 0 {
				n.Lines = append(n.Lines, ReturnLine{SKU: l.SKU, Qty: int64(1 + d.r.IntN(int(l.Shipped)+1)), Reason: d.anyOf("damaged", "other")})
			}
		}
	}
	if len(n.Lines) == 0 {
		n.Lines = []ReturnLine{{SKU: d.anySKU(), Qty: int64(1 + d.r.IntN(2)), Reason: "other"}}
	}
	d.do(&Command{Verb: CreateReturn{n}})
}

func (d *day) settleReturn() {
	ids := slices.Sorted(maps.Keys(d.s.Returns))
	if len(ids) == 0 {
		return
	}
	id := ids[d.r.IntN(len(ids))]
	if d.r.IntN(6) == 0 {
		d.do(&Command{Verb: EndReturn{ID: id, Verb: d.anyOf("cancel", "refuse")}})
		return
	}
	v := SettleReturn{ID: id, Verb: map[string]string{"": "propose", MoneyProposed: "approve", MoneyApproved: "send"}[d.s.Returns[id].Money.Status]}
	if v.Verb == "" || d.r.IntN(3) == 0 {
		v.Verb = d.anyOf("propose", "approve", "send", "refuse")
	}
	if d.r.IntN(4) == 0 {
		v.AmountCents = cents(int64(d.r.IntN(4000)))
	}
	d.do(&Command{Verb: v, Roles: []Roles{RoleInspector, RoleLead, RoleAdmin}[d.r.IntN(3)]})
}

// startStock is the work that somebody takes up: what they mostly do, or something about stock.
func (d *day) startStock(dev *Device, kind string) Act {
	switch {
	case dev.DeviceKind == "handheld" && d.r.IntN(2) == 0:
		kind = d.anyOf("receive", "putaway", "putaway", "count", "replenish", "replenish")
	case dev.DeviceKind == "returns" && d.r.IntN(4) == 0:
		kind = "receive"
	}
	a := Act{Action: "start", Job: kind}
	if oneOf(kind, []string{"receive", "inspect"}) && d.r.IntN(6) == 0 {
		a.ID = blind
	}
	return a
}

// atStock does what people do about goods beside what is wanted: count by number, find too much, too little or something
// else, choose another bin. It says whether it did.
func (d *day) atStock(dev *Device, next *Next) bool {
	act := func(a Act) bool { d.frame(dev, a); return true }
	scan := func(code string) bool { d.frame(dev, Scan{Code: code}); return true }
	unit := func() string {
		return d.anyOf(ean(1), ean(2), ean(3), ean(4), "MUG-PACK6", "01"+"0"+ean(2)+"17310531"+"10LG", fmt.Sprint("NEW-", 1+d.r.IntN(3)))
	}
	switch job, roll := next.Job.Kind+"/"+next.Step, d.r.IntN(12); {
	case job == "receive/item" && roll < 2:
		return act(Act{Action: d.anyOf("qty", "damaged"), Qty: int64(1 + d.r.IntN(3))})
	case job == "receive/item" && roll < 5:
		return scan(unit())
	case job == "receive/item" && roll < 8 && d.made > 0:
		return scan("00" + dayPallet(1+d.r.IntN(d.made)))
	case job == "receive/item" && roll < 9, job == "receive/item" && len(next.Want) > 0 && roll < 10:
		return act(Act{Action: d.anyOf("finish", "undo")})
	case job == "receive/link":
		return scan(ean(1 + d.r.IntN(4)))
	case job == "receive/serial" && roll < 9:
		return scan(fmt.Sprint("N", d.number()))
	case job == "count/item" && d.s.Counts[CountID(next.Job.ID)].Round > 0 && roll < 9:
		d.sameAgain(dev, d.s.Counts[CountID(next.Job.ID)])
		return true
	case job == "count/item" && roll < 3:
		return act(Act{Action: "qty", Qty: int64(1 + d.r.IntN(9))})
	case job == "count/item" && roll < 6:
		return act(Act{Action: d.anyOf("finish", "finish", "undo")})
	case job == "putaway/bin" && roll < 4:
		return scan(BinLabel(d.anyBin()))
	case job == "putaway/bin" && roll < 6, job == "replenish/item" && roll < 5:
		return act(Act{Action: "qty", Qty: max(1, next.Show.Qty-int64(d.r.IntN(2)))})
	case job == "replenish/to" && roll < 3:
		return scan(BinLabel(d.anyBin()))
	case job == "inspect/item" && roll < 4:
		return scan(unit())
	case job == "inspect/item" && roll < 5:
		return act(Act{Action: "finish"})
	case job == "inspect/serial" && roll < 6:
		return scan("SN-ODD")
	case oneOf(next.Job.Kind, []string{"receive", "putaway", "count", "replenish", "inspect"}) && roll == 11 && next.Ask == nil:
		return act(Act{Action: d.anyOf("undo", "leave", "skip")})
	}
	return false
}

// byNumber counts many units of one kind in one go, as whoever has fifty of them does.
func (d *day) byNumber(h *hand, next *Next) bool {
	if !slices.Contains(next.Actions, "qty") {
		return false
	}
	var left int64
	switch next.Job.Kind + "/" + next.Step {
	case "putaway/bin":
		if p := d.s.Putaways[BinCode(next.Job.ID)]; d.s.stock[p.Key] != nil && d.s.stock[p.Key].OnHand > p.Qty {
			left = d.s.stock[p.Key].OnHand
		}
	case "replenish/item":
		r := d.s.Replenishes[ReplenishID(next.Job.ID)]
		left = min(next.Show.Qty, d.s.stock[r.From].Free()-r.Hand)
	case "count/item":
		j := &countJob{d.s.Counts[CountID(next.Job.ID)]}
		k := j.lastKey().at(InBin(j.Bin))
		if row := d.s.stock[k]; row != nil {
			left = row.OnHand - j.found(*j.lastKey())
		}
	}
	if left < 2 {
		return false
	}
	h.act(Act{Action: "qty", Qty: left})
	return true
}

// sameAgain counts in the second round what the first one found, as where the books are wrong.
func (d *day) sameAgain(dev *Device, c *Count) {
	for _, r := range c.First {
		if n := r.Qty - c.found(r.Key); n > 0 {
			if k := (&countJob{c}).lastKey(); k != nil && *k == r.Key && r.Key.Serial == "" {
				d.frame(dev, Act{Action: "qty", Qty: n})
				return
			}
			d.frame(dev, Scan{Code: d.s.codesOf(&Stock{Key: r.Key.at(InBin(c.Bin))})[0].Code})
			return
		}
	}
	d.frame(dev, Act{Action: "finish"})
}

// returnsHour is an hour after the trucks left, in which parcels come back and the desk settles.
func (d *day) returnsHour() {
	for range 50 {
		switch d.r.IntN(8) {
		case 0:
			d.sendBack()
		case 1, 2:
			d.settleReturn()
		default:
			d.workAt(5)
		}
		d.allSound()
	}
}

// stockEnd brings everything about goods to its end: received, put away, counted, brought, judged.
func (d *day) stockEnd(seed uint64) {
	d.must(PlanReplenish{})
	d.until(seed, "receive", "inspect", "putaway", "replenish", "count", "pick", "sort", "putback", "pack", "load")
	for _, id := range slices.Sorted(maps.Keys(d.s.Counts)) {
		if d.s.Counts[id].Status == CountDiffers {
			if a := d.do(&Command{Worker: d.worker(2), Roles: RoleLead, Verb: JudgeCount{id, "book"}}); a.Err != nil {
				d.must(JudgeCount{id, "cancel"})
			}
		}
	}
	d.until(seed, "pick", "sort", "putback", "pack", "load") // counts may have freed what orders waited for
	for name, left := range map[string]int{"receipts": len(d.s.index.receipts), "putaways": len(d.s.toPutAway()), "replenishments": len(d.s.index.replenishes),
		"counts": len(d.s.index.counting)} {
		if left > 0 {
			d.t.Fatalf("day %d ends with %d %s left", seed, left, name)
		}
	}
	for _, id := range d.s.index.returns {
		if d.s.Returns[id].Status == ReturnReceived {
			d.t.Fatalf("day %d ends with a return half judged: %+v", seed, d.s.Returns[id])
		}
	}
}
