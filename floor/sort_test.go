package floor

import "testing"

// Units of one bin are picked together for all orders of a batch; at the wall each scan lights the order's slot, only
// that slot takes the unit, and a complete slot is packed by scanning it.
func TestBatchIsSortedAtThePutWall(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 10)
	f.stock("A1-02", "BOX", 5)
	f.must(SaveWall{Code: "W1", Slots: 4})
	a, b := f.order("1", "MUG", 2, "BOX", 1), f.order("2", "MUG", 3)
	w := f.wave(Batch, a, b)
	if len(w.PickLists) != 1 {
		t.Fatalf("one list for both: %+v", w)
	}
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"}).step("tote")
	mia.scan(mia.next().Want[0].Code).expect(CodeToteTaken).step("bin").scan("A0-01").step("item")
	if n := mia.next(); n.Show.Qty != 5 || n.Show.Order != "" {
		t.Fatalf("five mugs at once, for nobody in particular: %+v", n.Show)
	}
	mia.scan(ean(1)).expect(CodePicked).act(Act{Action: "qty", Qty: 5}).expect(CodeOverPick)
	mia.act(Act{Action: "qty", Qty: 4}).expect(CodeLinePicked).follow()
	if f.status(a) != OrderPicking || len(f.s.index.sortings) != 1 {
		t.Fatal("picked but not sorted, an order is not ready to pack", f.status(a))
	}
	ben := f.as(2, 2).act(Act{Action: "start", Job: "sort"}).expect(CodeStarted).step("tote")
	ben.scan(ben.next().Want[0].Code).expect(CodeOpened).step("item")
	ben.scan(ean(3)).expect(CodeNotInBatch).scan(ean(4)).expect(CodeSlotLit).step("slot")
	lit := ben.next().Show.Tote
	if v := f.s.WallView("W1"); !v.Slots[0].Lit || v.Slots[0].Order != a || v.Slots[0].Hand != 1 || v.Slots[1].Lit {
		t.Fatalf("slot 1 is lit for %s: %+v", a, v.Slots)
	}
	other := f.s.index.walls["W1"][2]
	ben.scan(string(other)).expect(CodeWrongSlot)
	ben.act(Act{Action: "undo"}).expect(CodeUndone).step("item").scan(ean(4)).expect(CodeSlotLit)
	ben.scan(string(lit)).expect(CodePlaced).act(Act{Action: "undo"}).expect(CodeUndone).step("item")
	ben.follow()
	if f.status(a) != OrderPicked || f.status(b) != OrderPicked || f.s.Waves[w.ID].Status != WaveDone {
		t.Fatal(f.status(a), f.status(b), f.s.Waves[w.ID].Status)
	}
	ben.scan(string(f.s.Orders[a].Totes[0])).expect(CodeOpened).step("item").follow()
	if f.status(a) != OrderPacked || f.s.WallView("W1").Slots[0].Status != "free" {
		t.Fatal("a packed slot is free again", f.status(a), f.s.WallView("W1").Slots[0])
	}
}

// A house without a wall sorts into totes, and an order cancelled on the way is put back from its own.
func TestSortingWithoutAWallAndWithACancelledOrder(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 10)
	f.must(AdjustStock{Bin: "A1-01", SKU: "CAM", Qty: 2, Serials: []string{"S1", "S2"}})
	a, b := f.order("1", "MUG", 2, "CAM", 1), f.order("2", "MUG", 1, "CAM", 1)
	f.wave(Batch, a, b)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	f.must(CancelOrder{ID: b})
	mia.act(Act{Action: "start", Job: "sort"}).follow()
	if f.status(a) != OrderPicked || len(f.s.Orders[b].Totes) != 1 || len(f.s.exceptionsOf("put_back", string(b))) != 1 {
		t.Fatal(f.status(a), f.s.Orders[b].Totes)
	}
	f.must(PutBack{Order: b, Bin: "A0-01"})
	f.as(2, 2).act(Act{Action: "start", Job: "pack"}).follow()
	if f.status(a) != OrderPacked || len(f.s.index.freeTotes) != 10 {
		t.Fatal(f.status(a), len(f.s.index.freeTotes))
	}
}

// What a batch lacks is short for the orders that come last; what the tote lacks is short at the wall. Each of these
// orders goes on with what it has.
func TestShortInABatchAndAtTheWall(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 5)
	a, b := f.order("1", "MUG", 2), f.order("2", "MUG", 3)
	f.wave(Batch, a, b)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code).scan("A0-01").scan(ean(1))
	mia.act(Act{Action: "short", Found: 4, Reason: "missing"}).follow()
	if f.s.Orders[b].Lines[0].Short != 1 || f.s.Orders[a].Lines[0].Picked != 2 {
		t.Fatalf("%+v %+v", f.s.Orders[a].Lines, f.s.Orders[b].Lines)
	}
	ben := f.as(2, 2).act(Act{Action: "start", Job: "sort"})
	ben.scan(ben.next().Want[0].Code).scan(ean(1)).scan(ben.next().Want[0].Code).expect(CodePlaced)
	ben.act(Act{Action: "short", Found: 1, Reason: "damaged"}).expect(CodeShort).follow()
	if f.status(a) != OrderPicked || f.s.Orders[a].Lines[0].Picked != 1 || f.status(b) != OrderPicked {
		t.Fatal(f.status(a), f.status(b))
	}
}

// Zones side by side: each zone has its own list and tote, and the bench waits for both.
func TestZonesPickSideBySideAndMeetAtTheBench(t *testing.T) {
	f := zoned(t)
	a := f.order("1", "MUG", 2, "BOX", 1)
	w := f.wave(ByZone, a)
	if len(w.PickLists) != 2 {
		t.Fatalf("a list for each zone: %+v", w.PickLists)
	}
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	if f.status(a) != OrderPicking {
		t.Fatal("half an order is not ready", f.status(a))
	}
	mia.act(Act{Action: "start", Job: "pick"}).follow()
	f.as(2, 2).act(Act{Action: "start", Job: "pack"}).follow()
	if f.status(a) != OrderPacked {
		t.Fatal(f.status(a))
	}
}

// Pick and pass: one tote goes from zone to zone, put down at a stage in between.
func TestOneToteIsHandedOnFromZoneToZone(t *testing.T) {
	f := zoned(t)
	a := f.order("1", "MUG", 2, "BOX", 1)
	w := f.must(ReleaseWave{Orders: []OrderID{a}, Method: ByZone, Pass: true}).(*WaveView)
	if len(w.PickLists) != 1 {
		t.Fatalf("one list: %+v", w.PickLists)
	}
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code).scan("A0-01").scan(ean(1), ean(1)).step("pass")
	mia.scan("A0-01").expect(CodeWrongBin).scan(BinLabel("STAGE")).expect(CodePassed).step("start")
	if l := f.s.PickLists[w.PickLists[0]]; l.Status != ListPaused || l.Zone != "B" || f.s.Totes[l.Totes[0].Tote].Bin != "STAGE" {
		t.Fatalf("%+v", l)
	}
	f.as(3, 4).act(Act{Action: "start", Job: "pick"}).step("bin").follow()
	if f.status(a) != OrderPicked || len(f.s.Orders[a].Totes) != 1 {
		t.Fatal(f.status(a), f.s.Orders[a].Totes)
	}
}

func zoned(t *testing.T) *shift {
	f := newShift(t)
	f.watch = (*shift).sound
	f.must(SaveBin{Bin: Bin{Code: "B-1", BinKind: "pick", Aisle: 2, Cell: 3, Zone: "B"}})
	f.stock("A0-01", "MUG", 10)
	f.stock("B-1", "BOX", 5)
	return f
}

// A wave takes all four methods and no other.
func TestMethodsOfAWave(t *testing.T) {
	f := newShift(t)
	f.refused(ReleaseWave{Filter: &OrderFilter{}, Method: "heap"}, "bad_value")
	f.refused(SaveWall{Code: "W1", Slots: 0}, "out_of_range")
	f.must(SaveWall{Code: "W1", Slots: 3})
	f.refused(SaveWall{Code: "W1", Slots: 2}, "too_few")
	if v := f.must(SaveWall{Code: "W1", Slots: 5}).(*WallView); len(v.Slots) != 5 || v.Slots[4].Slot != 5 {
		t.Fatalf("%+v", v)
	}
}

// What is missing at the wall is written off of the lot that is missing, not of another one that lies there.
func TestShortAtTheWallTakesItsLot(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 3)
	f.must(AdjustStock{Bin: "A0-02", SKU: "TEA", Qty: 1, Lot: "L0", Expiry: "2030-01-01"})
	f.must(AdjustStock{Bin: "A0-02", SKU: "TEA", Qty: 1, Lot: "L3", Expiry: "2030-04-01"})
	f.must(AdjustStock{Bin: "A1-02", SKU: "TEA", Qty: 3, Lot: "L1", Expiry: "2030-02-01"})
	a, b := f.order("1", "TEA", 5), f.order("2", "MUG", 1)
	w := f.wave(Batch, a, b)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	mia.act(Act{Action: "start", Job: "sort"}).expect(CodeStarted).scan(mia.next().Want[0].Code)
	l, short := f.s.PickLists[w.PickLists[0]], false
	for range 30 {
		n := mia.next()
		if n.Job == nil {
			break
		}
		if n.Step == "item" && !short && n.Show.Lot == "L3" {
			mia.act(Act{Action: "short", Found: n.Show.Done, Reason: "missing"}).expect(CodeShort)
			short = true
			continue
		}
		mia.plain(n)
		if mia.last.Class() == Refused {
			t.Fatalf("refused at %s: %s, lines %+v", n.Step, mia.last.Code, l.Lines)
		}
	}
	if !short || mia.next().Job != nil {
		t.Fatal("lot L3 was never asked for, or the tote is not sorted", short)
	}
}
