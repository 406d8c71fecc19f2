package floor

import "testing"

// grid gives a shift's bins a floor: three aisles of four cells.
func (f *shift) grid() {
	f.t.Helper()
	f.must(SaveLayout{Layout: Layout{Aisles: 3, Cells: 4, AislePitch: 300, CellPitch: 100, EndGap: 100, CrossAisles: []int{0, 4}}})
}

func (h *hand) noticed(code Code) *hand {
	h.f.t.Helper()
	for _, n := range h.next().Notices {
		if n.Code == code {
			return h
		}
	}
	h.f.t.Fatalf("not told of %s but %+v", code, h.next().Notices)
	return h
}

func (l *PickList) way() (out []BinCode) {
	for _, p := range l.ranked() {
		if p.Status == LineOpen {
			out = append(out, p.From.Place.Bin())
		}
	}
	return out
}

// What is short in one bin comes in where the walk passes its other bin, not at the end.
func TestShortComesInWhereTheWalkPasses(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.grid()
	f.stock("A0-01", "MUG", 4)
	f.stock("A1-02", "MUG", 9)
	f.stock("A1-01", "BOX", 3)
	f.must(AdjustStock{Bin: "A2-03", SKU: "TEA", Qty: 5, Lot: "L1", Expiry: "2030-01-01"})
	id := f.order("1", "MUG", 4, "BOX", 1, "TEA", 1)
	list := f.s.PickLists[f.wave("discrete", id).PickLists[0]]
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code).step("bin")
	for mia.next().Show.Bin != "A0-01" {
		mia.act(Act{Action: "skip"}).expect(CodeSkipped)
	}
	mia.scan("A0-01").act(Act{Action: "short", Reason: "missing"}).expect(CodeShortMore)
	way := list.way()
	for i, b := range way {
		if b == "A1-02" && i > 0 && way[i-1] != "A1-01" && i+1 < len(way) && way[i+1] != "A1-01" {
			t.Fatalf("the other bin comes beside its neighbour: %v", way)
		}
	}
	if way[len(way)-1] == "A1-02" {
		t.Fatalf("it comes in on the way, not at the end: %v", way)
	}
	mia.follow()
	if f.status(id) != OrderPicked {
		t.Fatal(f.status(id))
	}
}

// Who has not been at the bin yet is sent elsewhere, and told; who stands there sees for himself.
func TestOthersAreNotSentToAnEmptyBin(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.grid()
	f.stock("A0-01", "MUG", 20)
	f.stock("A0-00", "BOX", 20)
	a, b, c := f.order("1", "MUG", 4), f.order("2", "BOX", 1, "MUG", 3), f.order("3", "MUG", 2)
	lists := f.wave("discrete", a, b, c).PickLists
	f.stock("A2-01", "MUG", 5)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick", ID: string(lists[0])})
	ana := f.as(3, 4).act(Act{Action: "start", Job: "pick", ID: string(lists[1])})
	ana.scan(ana.next().Want[0].Code).step("bin")
	mia.scan(mia.next().Want[0].Code, "A0-01", ean(1)).act(Act{Action: "short", Found: 2, Reason: "missing"}).expect(CodeShortMore)
	for _, id := range lists {
		for _, bin := range f.s.PickLists[id].way() {
			if bin == "A0-01" {
				t.Fatalf("%s still goes to the empty bin", id)
			}
		}
	}
	ana.noticed(CodeReplanned)
	if row := f.s.StockAt(InBin("A0-01"))[0]; !row.Doubt || row.Free() != 0 || row.OnHand != 18 {
		t.Fatalf("what was not found is promised to nobody, and stays in the books: %+v", row)
	}
	mia.follow()
	if f.status(a) != OrderPicked || f.s.Orders[a].Lines[0].Picked != 4 {
		t.Fatal(f.status(a), f.s.Orders[a].Lines)
	}
	ana.scan(ana.next().Want[0].Code)
	ana.noticed(CodeReplanned) // the answer that crossed it carries it too
	ana.follow()
	if n := ana.next().Notices; len(n) != 0 {
		t.Fatalf("told once: %+v", n)
	}
	if l := f.s.Orders[b].Lines[1]; l.Picked != 3 || l.Short != 0 {
		t.Fatalf("%+v", l)
	}
	if o := f.s.Orders[c]; o.Status != OrderHeld || o.HoldReason != HoldShort { // five were left for five wanted, none for two
		t.Fatal(o.Status, o.HoldReason, f.s.PickLists[lists[2]].Status)
	}
	if f.s.PickLists[lists[2]].Status != ListCancelled {
		t.Fatal("nobody walks a list of nothing")
	}
	f.must(AdjustStock{Bin: "A0-01", SKU: "MUG", Qty: -18, Reason: "count"})
	if len(f.s.exceptionsOf("short_pick", "A0-01")) != 0 {
		t.Fatal("counted is seen to")
	}
}

// A count that finds the books right lets the stock be promised again.
func TestACountLiftsTheDoubt(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 5)
	f.wave("discrete", f.order("1", "MUG", 2))
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code, "A0-01").act(Act{Action: "short", Reason: "blocked"}).expect(CodeShort)
	b := f.order("2", "MUG", 1)
	if w := f.wave("discrete", b); w.Status != "empty" {
		t.Fatalf("nobody is sent to what was not found: %+v", w)
	}
	f.must(CloseException{ID: f.s.exceptionsOf("short_pick", "A0-01")[0]})
	if w := f.wave("discrete", b); len(w.PickLists) != 1 {
		t.Fatalf("%+v", w)
	}
}

// A short told by mistake is taken back: the line is open again, what came in its place is gone, the bin is trusted.
func TestShortIsTakenBack(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.grid()
	f.stock("A0-01", "MUG", 20)
	f.stock("A2-01", "MUG", 1)
	for _, method := range []string{Discrete, Batch} {
		a, b := f.order(method+"1", "MUG", 3), f.order(method+"2", "MUG", 2)
		f.wave(method, a, b)
		mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
		mia.scan(mia.next().Want[0].Code, "A0-01", ean(1))
		v := mia.act(Act{Action: "short", Found: 2, Reason: "missing"}).last
		if v.Code != CodeShortMore {
			t.Fatal(v.Code)
		}
		mia.act(Act{Action: "undo"}).expect(CodeUndone).step("item")
		if row := f.s.StockAt(InBin("A0-01"))[0]; row.Doubt || len(f.s.exceptionsOf("short_pick", "A0-01")) > 0 {
			t.Fatalf("%+v %v", row, f.s.Exceptions)
		}
		mia.follow()
		if l := f.s.Orders[a].Lines[0]; l.Picked != 3 || l.Short != 0 {
			t.Fatalf("%s: %+v", method, l)
		}
		mia.act(Act{Action: "start", Job: "pick"}).follow()
		mia.act(Act{Action: "signout"})
	}
}

// Whose order was cancelled meanwhile is told at once, once, and loudly.
func TestCancelledWhilePickedIsToldAtOnce(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 9)
	a, b := f.order("1", "MUG", 2), f.order("2", "MUG", 2)
	f.wave("cluster", a, b)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code).scan(mia.next().Want[0].Code).scan("A0-01", ean(1))
	f.must(CancelOrder{ID: a})
	mia.noticed(CodeCancelled)
	if n := mia.next().Notices[0]; n.Class != Stop || n.ID == 0 {
		t.Fatalf("%+v", n)
	}
	mia.follow()
	if f.status(b) != OrderPicked {
		t.Fatal(f.status(b))
	}
}

// Whose order the shop changes under the hands is told once, and a lead has it on the list until it is settled.
func TestChangedWhilePicked(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 9)
	n := NewOrder{Channel: "web", ExternalID: "1", ShipTo: Person{Name: "Z", Country: "DE"}, Lines: []NewLine{{SKU: "MUG", Qty: 2}}, Hash: [16]byte{1}}
	f.must(ImportOrders{Orders: []NewOrder{n}})
	f.must(ReleaseWave{Filter: &OrderFilter{}})
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	n.Lines[0].Qty, n.Hash = 3, [16]byte{2}
	for range 2 {
		f.must(ImportOrders{Orders: []NewOrder{n}})
	}
	mia.noticed(CodeChanged)
	if len(mia.next().Notices) != 1 || len(f.s.Exceptions) != 1 {
		t.Fatalf("once: %+v %v", mia.next().Notices, f.s.Exceptions)
	}
	mia.follow()
	for id := range f.s.Orders {
		f.must(CancelOrder{ID: id})
	}
	if len(f.s.exceptionsOf("order_changed", "O-000001-Y")) != 0 {
		t.Fatal("settled by cancelling it")
	}
}

// A battery dies: on another handheld the same person goes on at the very step, with what was picked.
func TestDeadBattery(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.must(AdjustStock{Bin: "A0-01", SKU: "CAM", Qty: 2, Serials: []string{"S1", "S2"}})
	f.stock("A0-02", "MUG", 9)
	f.wave(Discrete, f.order("1", "MUG", 3, "CAM", 2))
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code)
	for mia.next().Step != "item" || mia.next().Show.Item.SKU != "MUG" {
		mia.scan(mia.next().Want[0].Code)
	}
	mia.scan(ean(1)).expect(CodePicked)
	other := f.as(1, 4).act(Act{Action: "start", Job: "pick"}).expect(CodeResumed).step("item")
	if s := other.next().Show; s.Done != 1 || s.Qty != 2 {
		t.Fatalf("%+v", s)
	}
	mia.scan(ean(1)).expect(CodeInfo) // the old one, charged again, has nothing in hand
	other.follow()
}

// A number that was counted for several orders of a batch is one step: undo takes back all of it.
func TestBatchCountIsOneStep(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 20)
	f.wave(Batch, f.order("1", "MUG", 3), f.order("2", "MUG", 4))
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code, "A0-01", ean(1)).act(Act{Action: "qty", Qty: 5}).expect(CodePicked)
	mia.act(Act{Action: "undo"}).expect(CodeUndone)
	if n := f.units(InBin("A0-01")); n != 19 {
		t.Fatalf("%d in the bin: the five are back, the one before is not", n)
	}
	mia.act(Act{Action: "undo"}).expect(CodeUndone).step("item")
	if n := f.units(InBin("A0-01")); n != 20 {
		t.Fatal(n)
	}
	mia.act(Act{Action: "undo"}).expect(CodeUndone).step("tote")
}
