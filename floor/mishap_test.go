package floor

import "testing"

// An order that was taken off a list is not begun by whoever begins that list.
func TestTakenOrderIsNotBegunByItsOldList(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 10)
	a, b := f.order("1", "MUG", 2), f.order("2", "MUG", 2)
	w := f.wave(Cluster, a, b)
	f.must(TakeFromWave{Wave: w.ID, Order: b})
	w2 := f.wave(Discrete, b)
	f.as(1, 1).act(Act{Action: "start", Job: "pick", ID: string(w.PickLists[0])}).expect(CodeStarted)
	if f.status(b) != OrderReleased {
		t.Errorf("nobody began %s on %s, yet it is %s", b, w2.PickLists[0], f.status(b))
	}
	f.must(TakeFromWave{Wave: w2.ID, Order: b})
}

// Nor is it held by it when it comes back to the same wave and is taken off once more.
func TestTakenOrderComesBackToItsWave(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 10)
	a, b := f.order("1", "MUG", 2), f.order("2", "MUG", 2)
	w := f.wave(Cluster, a, b)
	f.must(TakeFromWave{Wave: w.ID, Order: b})
	f.as(1, 1).act(Act{Action: "start", Job: "pick", ID: string(w.PickLists[0])}).expect(CodeStarted)
	f.must(AddToWave{Wave: w.ID, Orders: []OrderID{b}})
	f.must(TakeFromWave{Wave: w.ID, Order: b})
}

// Cancelling it tells nobody on the list it once was on, and leaves them their undo.
func TestCancelTellsTheWrongPicker(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 10)
	a, b := f.order("1", "MUG", 2), f.order("2", "MUG", 2)
	w := f.wave(Cluster, a, b)
	f.must(TakeFromWave{Wave: w.ID, Order: b})
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick", ID: string(w.PickLists[0])}).expect(CodeStarted)
	mia.scan(mia.next().Want[0].Code)
	f.wave(Discrete, b)
	f.must(CancelOrder{ID: b})
	if n := mia.next(); len(n.Notices) > 0 {
		t.Errorf("told of an order that is not on the list: %+v", n.Notices)
	}
	mia.act(Act{Action: "undo"}).expect(CodeUndone)
}

// Of a batch no more is damaged at once than its first order wants.
func TestBatchDamaged(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.must(SaveBin{Bin: Bin{Code: "Q", BinKind: "quarantine"}})
	f.stock("A0-01", "MUG", 4)
	a, b := f.order("1", "MUG", 2), f.order("2", "MUG", 2)
	f.wave(Batch, a, b)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"}).expect(CodeStarted)
	mia.scan(mia.next().Want[0].Code)
	mia.scan(mia.next().Want[0].Code).step("item")
	mia.act(Act{Action: "damaged", Qty: 3, Reason: "damaged"})
	for _, l := range f.s.PickLists {
		for _, p := range l.Lines {
			if p.Short > p.Qty {
				t.Error("more short than wanted")
			}
		}
	}
	mia.act(Act{Action: "undo"})
	mia.follow()
}

// A held, partly picked order is cancelled, and nothing like it lies anywhere: the put-back names a bin all the same.
func TestPutBackOfHeldOrderNamesABin(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 2)
	n := NewOrder{Channel: "web", ExternalID: "1", Ship: ShipComplete, ShipTo: Person{Name: "Z", Country: "DE"}, Lines: []NewLine{{SKU: "MUG", Qty: 2}}}
	id := f.must(CreateOrder{n}).(*OrderView).ID
	f.wave(Discrete, id)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code)
	mia.scan(mia.next().Want[0].Code)
	mia.scan(mia.next().Want[0].Code).step("item")
	mia.act(Act{Action: "short", Found: 1, Reason: "missing"}).expect(CodeShort)
	mia.follow()
	f.must(AdjustStock{Bin: "A0-01", SKU: "MUG", Qty: -1, Reason: "count"})
	f.must(CancelOrder{ID: id})
	mia.act(Act{Action: "start", Job: "putback"}).expect(CodeStarted)
	mia.follow()
}

// A shop changes an order whose stock is set aside, and cancels it: the books stay right.
func TestUpdateOfKept(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	mk := func(h byte, qty int64) NewOrder {
		return NewOrder{Channel: "web", ExternalID: "1", Hash: [16]byte{h}, ShipTo: Person{Name: "Z", Country: "DE"}, Lines: []NewLine{{SKU: "MUG", Qty: qty}}}
	}
	f.must(ImportOrders{Orders: []NewOrder{mk(1, 3)}})
	var id OrderID
	for id = range f.s.Orders {
	}
	f.must(ReleaseWave{Orders: []OrderID{id}, Method: Discrete})
	f.stock("A0-01", "MUG", 5)
	f.must(ImportOrders{Orders: []NewOrder{mk(2, 1)}})
	f.must(CancelOrder{ID: id})
}

// A hold by hand of an order with stock set aside stays.
func TestHoldOfKept(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	a := f.order("1", "MUG", 3)
	f.must(ReleaseWave{Orders: []OrderID{a}, Method: Discrete})
	f.stock("A0-01", "MUG", 5)
	f.must(HoldOrder{ID: a})
	f.stock("A0-01", "MUG", 5)
	if f.status(a) != OrderHeld {
		t.Fatal(f.status(a))
	}
}

// Saving the site keeps blocked aisles.
func TestSiteKeepsBlocked(t *testing.T) {
	f := newShift(t)
	f.grid()
	f.must(BlockAisle{Aisle: 1, Reason: "spill"})
	f.must(SaveSite{Site: Site{Name: "New", GS1Prefix: "9521234"}})
	if !f.s.blocked(1) {
		t.Error("SaveSite opens the aisle")
	}
	f.must(SaveLayout{Layout: Layout{Aisles: 3, Cells: 4, AislePitch: 300, CellPitch: 100, EndGap: 100, CrossAisles: []int{0, 4}}})
	f.must(SaveLayout{Layout: Layout{Aisles: 1, Cells: 4, AislePitch: 300, CellPitch: 100, EndGap: 100, CrossAisles: []int{0, 4}}})
}

// A lot swap is not undone once somebody else found its lot missing: that doubt stays.
func TestUndoSwapKeepsDoubt(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.must(AdjustStock{Bin: "A0-01", SKU: "TEA", Qty: 4, Lot: "L1", Expiry: "2030-01-01"})
	f.must(AdjustStock{Bin: "A0-01", SKU: "TEA", Qty: 4, Lot: "L2", Expiry: "2030-02-01"})
	a, b := f.order("1", "TEA", 1), f.order("2", "TEA", 1)
	w := f.wave(Discrete, a, b)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick", ID: string(w.PickLists[0])})
	mia.scan(mia.next().Want[0].Code)
	mia.scan(mia.next().Want[0].Code).step("item")
	mia.scan("01" + "0" + ean(2) + "10L2").expect(CodeWrongLot).act(Act{Action: "swap"}).expect(CodeSwapped)
	ana := f.as(3, 4).act(Act{Action: "start", Job: "pick", ID: string(w.PickLists[1])})
	ana.scan(ana.next().Want[0].Code)
	ana.scan(ana.next().Want[0].Code).step("item").act(Act{Action: "short", Reason: "missing"})
	k := StockKey{Place: InBin("A0-01"), SKU: "TEA", Lot: "L1", Expiry: "2030-01-01"}
	mia.act(Act{Action: "undo"}).expect(CodeNoUndo) // it is not there, by what Ana found
	if !f.s.stock[k].Doubt {
		t.Error("the undo of a swap lifted another picker's doubt")
	}
}

// A wave that gave all its orders back is forgotten.
func TestEmptyWaveIsForgotten(t *testing.T) {
	f := newShift(t)
	f.stock("A0-01", "MUG", 10)
	a := f.order("1", "MUG", 2)
	w := f.wave(Discrete, a)
	f.must(TakeFromWave{Wave: w.ID, Order: a})
	f.must(CancelOrder{ID: a})
	f.now += 40 * DayMS
	f.must(Tick{})
	if f.s.Orders[a] == nil && f.s.Waves[w.ID] != nil {
		t.Error("the wave and its lists stay for ever")
	}
}

// A shop's update of an order that waits with a part set aside.
func TestUpdateOfPartlyKept(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	mk := func(h byte, qty int64) NewOrder {
		return NewOrder{Channel: "web", ExternalID: "1", Ship: ShipPartial, Hash: [16]byte{h}, ShipTo: Person{Name: "Z", Country: "DE"}, Lines: []NewLine{{SKU: "MUG", Qty: qty}}}
	}
	f.must(ImportOrders{Orders: []NewOrder{mk(1, 5)}})
	var id OrderID
	for id = range f.s.Orders {
	}
	f.must(ReleaseWave{Orders: []OrderID{id}, Method: Discrete})
	f.stock("A0-01", "MUG", 2)
	f.must(ImportOrders{Orders: []NewOrder{mk(2, 4)}})
}

// A count downwards frees what was in doubt: who waits gets it.
func TestCountDownServesWhoWaits(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 5)
	a := f.order("1", "MUG", 2)
	f.wave(Discrete, a)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code)
	mia.scan(mia.next().Want[0].Code).step("item").act(Act{Action: "short", Reason: "missing"}).expect(CodeShort)
	mia.follow()
	if f.status(a) != OrderHeld {
		t.Fatal(f.status(a))
	}
	f.must(AdjustStock{Bin: "A0-01", SKU: "MUG", Qty: -1, Reason: "counted"})
	if f.status(a) == OrderHeld {
		t.Errorf("4 units lie free, yet %s waits: %+v", a, f.s.Orders[a].Lines)
	}
}

// What a blocked aisle did to a list that nobody had is nobody's to undo.
func TestUndoOfABlockedAisle(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.grid()
	f.stock("A0-01", "MUG", 4)
	a := f.order("1", "MUG", 4)
	w := f.wave(Discrete, a)
	f.stock("A1-02", "MUG", 4)
	f.must(BlockAisle{Aisle: 0, Reason: "spill"})
	l := f.s.PickLists[w.PickLists[0]]
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"}).expect(CodeStarted)
	mia.act(Act{Action: "undo"})
	if mia.last.Code == CodeUndone {
		mia.scan(mia.next().Want[0].Code)
		t.Errorf("undid what she never did; now %v at %s, step %s", l.way(), l.At, mia.next().Step)
	}
}

// A smaller layout has no blocked aisle outside it, which nobody could open.
func TestBlockedAisleOfASmallerLayout(t *testing.T) {
	f := newShift(t)
	f.grid()
	f.must(BlockAisle{Aisle: 2, Reason: "works"})
	f.must(SaveLayout{Layout: Layout{Aisles: 2, Cells: 4, AislePitch: 300, CellPitch: 100, EndGap: 100, CrossAisles: []int{0, 4}}})
	if len(f.s.Site.Blocked) > 0 {
		t.Fatal(f.s.Site.Blocked)
	}
}

// A hold by hand stays, whatever word a person gave as its reason.
func TestHoldForShort(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	a := f.order("1", "MUG", 3)
	f.must(HoldOrder{ID: a, Reason: "short"})
	f.stock("A0-01", "MUG", 5)
	if f.status(a) != OrderHeld {
		t.Errorf("held by a person, yet %s", f.status(a))
	}
}

// A full tote whose order is cancelled goes back; the rest goes on.
func TestFullThenCancel(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 20)
	a, b := f.order("1", "MUG", 2), f.order("2", "MUG", 2)
	f.wave(Cluster, a, b)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	for mia.next().Step != "slot" {
		mia.scan(mia.next().Want[0].Code)
	}
	o := mia.next().Show.Order
	mia.act(Act{Action: "full"}).expect(CodeToteFull)
	mia.scan(mia.next().Want[0].Code).expect(CodeToteTaken)
	mia.act(Act{Action: "undo"}).expect(CodeUndone)
	mia.act(Act{Action: "undo"}).expect(CodeUndone)
	mia.act(Act{Action: "full"}).expect(CodeToteFull)
	f.must(CancelOrder{ID: o})
	mia.follow()
	mia.act(Act{Action: "start", Job: "putback"}).expect(CodeStarted)
	mia.follow()
	for c, tt := range f.s.Totes {
		if tt.Order == o {
			t.Error(c, "still belongs to", o)
		}
	}
	f.now += 5 * DayMS
	f.must(Tick{})
}

// A shop's change of a lacking order keeps its place in the queue and whose backorder it is.
func TestUpdateKeepsLackingAndFollows(t *testing.T) {
	f := newShift(t)
	mk := func(h byte, qty int64) NewOrder {
		return NewOrder{Channel: "web", ExternalID: "1", Hash: [16]byte{h}, ShipTo: Person{Name: "Z", Country: "DE"}, Lines: []NewLine{{SKU: "MUG", Qty: qty}}}
	}
	f.must(ImportOrders{Orders: []NewOrder{mk(1, 5)}})
	var id OrderID
	for id = range f.s.Orders {
	}
	f.must(ReleaseWave{Orders: []OrderID{id}, Method: Discrete})
	f.must(ImportOrders{Orders: []NewOrder{mk(2, 4)}})
	f.stock("A0-01", "MUG", 5)
	if len(f.s.Orders[id].Kept) == 0 {
		t.Errorf("it waited for stock before the change; now lacking=%v kept=%v", f.s.Orders[id].Lacking, f.s.Orders[id].Kept)
	}
}

// A short of somebody else does not disturb what one is doing at another bin: the serial that is due is still due, and
// the stop one walks to is still the first.
func TestAShortElsewhereDisturbsNobody(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.grid()
	f.stock("A0-03", "MUG", 9)
	f.must(AdjustStock{Bin: "A2-00", SKU: "CAM", Qty: 1, Serials: []string{"S1"}})
	f.stock("A2-03", "BOX", 9)
	a, b := f.order("1", "MUG", 1), f.order("2", "MUG", 1, "CAM", 1, "BOX", 1)
	lists := f.wave(Discrete, a, b).PickLists
	f.stock("A1-00", "MUG", 9)
	ana := f.as(3, 4).act(Act{Action: "start", Job: "pick", ID: string(lists[1])})
	ana.scan(ana.next().Want[0].Code)
	for ana.next().Show.Bin != "A2-00" {
		ana.act(Act{Action: "skip"}).expect(CodeSkipped)
	}
	ana.scan("A2-00", ean(3)).expect(CodeSerialNext)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick", ID: string(lists[0])})
	mia.scan(mia.next().Want[0].Code, "A0-03").act(Act{Action: "short", Reason: "missing"}).expect(CodeShortMore)
	ana.step("serial").scan("S1").expect(CodeLinePicked)
	target := ana.next().Show.Bin
	ana.scan(BinLabel(target)).expect(CodeBinOK).follow()
	mia.follow()
	if f.status(b) != OrderPicked {
		t.Fatal(f.status(b))
	}
}
