package floor

import (
	"strings"
	"testing"
)

// The whole way of one order, by scans alone.
func TestOneOrderFromImportToTruck(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 10)
	f.stock("A1-02", "BOX", 5)
	id := f.order("1001", "MUG", 3, "BOX", 1)
	w := f.wave("discrete", id)
	if len(w.PickLists) != 1 || len(w.Short) != 0 {
		t.Fatalf("wave %+v", w)
	}
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"}).expect(CodeStarted).step("tote")
	mia.follow()
	if f.status(id) != OrderPicked {
		t.Fatal(f.status(id))
	}
	ben := f.as(2, 2)
	ben.scan(string(f.s.Orders[id].Totes[0])).expect(CodeOpened).step("item")
	ben.follow()
	if f.status(id) != OrderPacked {
		t.Fatal(f.status(id))
	}
	mia2 := f.as(1, 3).act(Act{Action: "start", Job: "load"}).expect(CodeStarted)
	mia2.follow()
	if f.status(id) != OrderDispatched {
		t.Fatal(f.status(id))
	}
	p := f.s.Parcels[f.s.Orders[id].Parcels[0]]
	f.must(TrackParcel{Parcel: p.Tracking, Status: "in_transit"})
	f.must(TrackParcel{Parcel: p.Tracking, Status: "delivered"})
	if f.status(id) != OrderDelivered {
		t.Fatal(f.status(id))
	}
	if l := f.s.Orders[id].Lines[0]; l.Shipped != 3 || l.Reserved != 0 {
		t.Fatalf("%+v", l)
	}
	if len(f.s.index.freeTotes) != 10 {
		t.Fatal("the tote was not given back")
	}
}

// Wrong scans at the shelf: each has its own verdict, says what was wanted, and changes nothing.
func TestWrongScansAtTheShelf(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 10)
	f.stock("A0-02", "BOX", 10)
	f.wave("discrete", f.order("1", "MUG", 2, "BOX", 7))
	f.wave("discrete", f.order("2", "BOX", 1))
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"}).step("tote")
	mia.scan("A0-01").expect(CodeWrongKind)
	tote := mia.next().Want[0].Code
	mia.scan(tote).expect(CodeToteTaken).step("bin")
	mia.scan(BinLabel("A0-02")).expect(CodeWrongBin).step("bin")
	if mia.last.Wanted == nil || mia.last.Scanned == nil {
		t.Fatalf("a refusal says what was scanned and wanted: %+v", mia.last)
	}
	mia.scan("A0-01").expect(CodeBinOK) // the bare code is as good as the label
	mia.scan(ean(4)).expect(CodeWrongItem)
	if mia.last.Belongs == nil || mia.last.Belongs.Code != "A0-02" {
		t.Fatalf("a wrong item says where it belongs: %+v", mia.last.Belongs)
	}
	mia.scan("MUG-PACK6").expect(CodeOverPick) // a pack of six where two are wanted
	mia.scan("nonsense").expect(CodeUnknown)
	mia.scan(strings.Replace(ean(1), "4", "5", 1)).expect(CodeMisread)
	mia.scan("\x1b[31m").expect(CodeUnreadable)
	mia.scan(strings.Repeat("x", ScanLimit+1)).expect(CodeUnreadable)
	mia.act(Act{Action: "qty", Qty: 2}).expect(CodeQtyNotHere)                    // nothing scanned yet
	mia.scan(ean(1)).expect(CodePicked).scan("0" + ean(1)).expect(CodeLinePicked) // GTIN-14 of the same item
	mia.step("bin").scan(BinLabel("A0-02")).scan(ean(4)).expect(CodePicked)
	mia.act(Act{Action: "qty", Qty: 7}).expect(CodeOverPick)
	mia.act(Act{Action: "qty", Qty: 5}).expect(CodePicked)
	mia.act(Act{Action: "frobnicate"}).expect(CodeNoAction)
	mia.scan(ean(4)).expect(CodeLinePicked).step("stage")
	mia.scan("A0-01").expect(CodeWrongBin)
	mia.scan(BinLabel("STAGE")).expect(CodeListDone).step("start")

	ana := f.as(3, 4).act(Act{Action: "start", Job: "pick"})
	ana.scan(tote).expect(CodeToteBusy)
}

// Two slots on a cart: units go into the slot of their order, and nowhere else.
func TestClusterPickPutsEachOrderInItsSlot(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 10)
	a, b := f.order("1", "MUG", 2), f.order("2", "MUG", 1)
	w := f.wave("cluster", a, b)
	if len(w.PickLists) != 1 {
		t.Fatalf("one cart: %+v", w)
	}
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code).expect(CodeToteTaken).scan(mia.next().Want[0].Code).expect(CodeToteTaken)
	mia.step("bin").scan("A0-01").scan(ean(1)).expect(CodePicked).scan(ean(1)).expect(CodeSlotNext).step("slot")
	other := f.s.PickLists[w.PickLists[0]].slot(2).Tote
	mia.scan(string(other)).expect(CodeWrongSlot)
	mia.follow()
	if f.status(a) != OrderPicked || f.status(b) != OrderPicked {
		t.Fatal(f.status(a), f.status(b))
	}
}

// What is short in one bin is taken from another; what is nowhere is short for good.
func TestShortPick(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 4)
	f.stock("A2-01", "MUG", 1)
	id := f.order("1", "MUG", 4)
	f.wave("discrete", id)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code, "A0-01", ean(1)).expect(CodePicked)
	mia.act(Act{Action: "short", Found: 2}).expect(CodeBadArgs) // no reason
	mia.act(Act{Action: "short", Found: 4, Reason: "missing"}).expect(CodeBadQty)
	mia.act(Act{Action: "short", Found: 2, Reason: "missing"}).expect(CodeShortMore)
	mia.step("bin")
	if mia.next().Show.Bin != "A2-01" {
		t.Fatalf("the rest is sought elsewhere: %+v", mia.next())
	}
	mia.follow()
	if l := f.s.Orders[id].Lines[0]; l.Picked != 3 || l.Short != 1 {
		t.Fatalf("%+v", l)
	}
	if len(f.s.Exceptions) != 1 {
		t.Fatal("a short pick is looked at")
	}
}

// Nothing found at all: the order is held and somebody is told.
func TestShortOfEverythingHoldsTheOrder(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 4)
	id := f.order("1", "MUG", 4)
	f.wave("discrete", id)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code, "A0-01").act(Act{Action: "short", Reason: "missing"}).expect(CodeShort)
	mia.follow()
	if o := f.s.Orders[id]; o.Status != OrderHeld || o.HoldReason != HoldShort {
		t.Fatal(o.Status, o.HoldReason)
	}
	f.must(UnholdOrder{id})
	f.stock("A0-02", "MUG", 9)
	f.wave("discrete", id)
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	if f.status(id) != OrderPicked {
		t.Fatal(f.status(id))
	}
}

func TestUndoSkipLeaveResume(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 10)
	f.stock("A1-01", "BOX", 10)
	id := f.order("1", "MUG", 2, "BOX", 1)
	f.wave("discrete", id)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	tote := mia.next().Want[0].Code
	mia.scan(tote, "A0-01", ean(1)).expect(CodePicked)
	mia.act(Act{Action: "undo"}).expect(CodeUndone).step("item")
	if f.s.StockAt(InBin("A0-01"))[0].OnHand != 10 {
		t.Fatal("the unit is back in its bin")
	}
	mia.act(Act{Action: "undo"}).expect(CodeUndone).step("tote") // the tote, too
	mia.act(Act{Action: "undo"}).expect(CodeNoUndo)
	mia.scan(tote).act(Act{Action: "skip"}).expect(CodeSkipped)
	if mia.next().Title != "A1-01" {
		t.Fatal("the skipped stop comes later")
	}
	mia.act(Act{Action: "leave"}).expect(CodeLeft).step("start")
	mia = f.as(1, 4).act(Act{Action: "start", Job: "pick"}).expect(CodeStarted).step("bin") // another device
	f.now += UndoMS + 1
	mia.act(Act{Action: "undo"}).expect(CodeUndoLate)
	mia.follow()
	if f.status(id) != OrderPicked {
		t.Fatal(f.status(id))
	}
}

// A lease runs out into work that a lead may take, with a reason; late scans are told so.
func TestTakeOver(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 10)
	list := f.wave("discrete", f.order("1", "MUG", 2)).PickLists[0]
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code, "A0-01", ean(1))
	f.now += LeaseMS
	f.must(Tick{})
	if l := f.s.PickLists[list]; !l.Lease.Lapsed || l.Status != ListPicking {
		t.Fatalf("%+v", l.Lease)
	}
	ana := f.as(3, 4)
	if start := ana.act(Act{Action: "start", Job: "pick"}); start.last.Code != CodeNoWork {
		t.Fatal("a lapsed job is never offered by itself")
	}
	ana.act(Act{Action: "start", Job: "pick", ID: string(list)}).expect(CodeBadArgs)
	ana.act(Act{Action: "start", Job: "pick", ID: string(list), Reason: "battery"}).expect(CodeResumed)
	mia.scan(ean(1)).expect(CodeJobMoved).step("start")
	if len(f.s.exceptionsOf("goods_in_hand", string(list))) != 1 {
		t.Fatal("goods in hand are looked at")
	}
	ana.follow()
}

// A cancelled order stops whoever works on it, and its goods go back.
func TestCancelWhilePicking(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 10)
	a, b := f.order("1", "MUG", 2), f.order("2", "MUG", 1)
	f.wave("cluster", a, b)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code).scan(mia.next().Want[0].Code).scan("A0-01", ean(1)).expect(CodePicked)
	f.must(CancelOrder{ID: a})
	mia.follow()
	if f.status(a) != OrderCancelled || f.status(b) != OrderPicked {
		t.Fatal(f.status(a), f.status(b))
	}
	f.must(PutBack{Order: a, Bin: "A0-01"})
	if f.s.StockAt(InBin("A0-01"))[0].OnHand != 9 || len(f.s.index.freeTotes) != 9 {
		t.Fatal("the goods are back and the tote is free")
	}
	f.refused(CancelOrder{ID: "O-nope"}, "no_order")
}

// At the bench: every unit, several parcels, the wrong label, the right one.
func TestBench(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 20)
	f.stock("A0-02", "BOX", 20)
	a, b := f.order("1", "MUG", 8, "BOX", 1), f.order("2", "BOX", 1)
	f.wave("cluster", a, b)
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	ben := f.as(2, 2)
	ben.act(Act{Action: "start", Job: "pack", ID: string(a)}).step("open")
	ben.scan(string(f.s.Orders[b].Totes[0])).expect(CodeOtherOrder)
	ben.scan(string(f.s.Orders[a].Totes[0])).expect(CodeOpened).step("item")
	ben.scan("TEA").expect(CodeNotInOrder)
	ben.scan("MUG-PACK6").expect(CodeVerified)
	ben.act(Act{Action: "qty", Qty: 3}).expect(CodeEveryUnit)
	ben.act(Act{Action: "close"}).step("carton").scan(CartonLabel("S")).expect(CodeCartonOK).step("weigh")
	ben.act(Act{Action: "weigh", WeightG: 5}).expect(CodeWeightOff)
	ben.act(Act{Action: "weigh", WeightG: ben.next().Show.ExpectedWeight}).expect(CodeScanLabel).step("label")
	first := f.s.Parcels[f.s.Orders[a].Parcels[0]]
	ben.scan(ean(4)).expect(CodeWrongKind)
	ben.scan("00" + first.SSCC).expect(CodeProved).step("item") // any symbol of the label proves it
	ben.scan(ean(1), ean(1), ean(1)).expect(CodeTooMany)
	ben.scan(ean(4)).expect(CodeAllVerified).act(Act{Action: "undo"}).expect(CodeUndone).scan(ean(4)).expect(CodeAllVerified)
	ben.scan(CartonLabel("S")).act(Act{Action: "weigh", WeightG: ben.next().Show.ExpectedWeight})
	ben.scan(first.Tracking).expect(CodeWrongLabel)
	ben.follow()
	if f.status(a) != OrderPacked || len(f.s.Orders[a].Parcels) != 2 {
		t.Fatal(f.status(a), f.s.Orders[a].Parcels)
	}
	ben.scan(string(a)).expect(CodeNotReady)
}

func TestDockRefusals(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.must(SaveService{Service{Code: "express", Carrier: "bolt"}})
	f.stock("A0-01", "MUG", 20)
	var ids []OrderID
	for i, ext := range []string{"1", "2", "3", "4"} {
		n := NewOrder{Channel: "web", ExternalID: ext, Lines: []NewLine{{SKU: "MUG", Qty: 1}}}
		if i == 1 {
			n.Service = "express"
		}
		ids = append(ids, f.must(CreateOrder{n}).(*OrderView).ID)
	}
	f.wave("cluster", ids...)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	ben := f.as(2, 2)
	for range 3 {
		ben.act(Act{Action: "start", Job: "pack"}).follow()
	}
	ben.act(Act{Action: "start", Job: "pack"}).scan(ben.next().Want[0].Code)
	for ben.next().Step != "label" {
		if n := ben.next(); n.Step == "weigh" {
			ben.act(Act{Action: "weigh", WeightG: n.Show.ExpectedWeight})
		} else {
			ben.scan(n.Want[0].Code)
		}
	}
	tracking := func(i int) string { return f.s.Parcels[f.s.Orders[ids[i]].Parcels[0]].Tracking }
	f.must(OpenManifest{Carrier: "swift", Dock: "D1"})
	f.must(OpenManifest{Carrier: "bolt", Dock: "D2"})
	mia = f.as(1, 3).act(Act{Action: "start", Job: "load"})
	mia.scan(tracking(1)).expect(CodeWrongTruck)
	if !strings.Contains(mia.last.Belongs.Text, "D2") {
		t.Fatalf("it says which dock: %+v", mia.last.Belongs)
	}
	mia.scan(tracking(3)).expect(CodeUnlabelled)
	f.must(CancelOrder{ID: ids[2]})
	mia.scan(tracking(2)).expect(CodeCancelled)
	mia.scan(tracking(0)).expect(CodeAllLoaded).scan(tracking(0)).expect(CodeLoadedTwice)
	mia.act(Act{Action: "undo"}).expect(CodeUndone).act(Act{Action: "close"}).expect(CodeEmptyParcel)
	mia.scan(tracking(0)).act(Act{Action: "close"}).expect(CodeDeparted)
	if f.status(ids[0]) != OrderDispatched {
		t.Fatal(f.status(ids[0]))
	}
	mia.scan(tracking(0)).expect(CodeInfo)
}

func TestLotsExpiryAndSerials(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.must(AdjustStock{Bin: "A0-01", SKU: "TEA", Qty: 5, Lot: "NEW", Expiry: "2026-12-31"})
	f.must(AdjustStock{Bin: "A2-01", SKU: "TEA", Qty: 5, Lot: "OLD", Expiry: "2024-12-31"})
	f.must(AdjustStock{Bin: "A2-02", SKU: "TEA", Qty: 5, Lot: "BAD", Expiry: "2020-12-31"})
	f.must(AdjustStock{Bin: "A1-01", SKU: "CAM", Qty: 3, Serials: []string{"S1", "S2", "S3"}})
	f.refused(AdjustStock{Bin: "A1-01", SKU: "CAM", Qty: 1, Serials: []string{"S1"}}, "serial_twice")
	f.refused(AdjustStock{Bin: "A1-01", SKU: "TEA", Qty: 1}, "lot_required")
	id := f.order("1", "TEA", 6, "CAM", 1)
	f.wave("discrete", id)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code)
	if n := mia.next(); n.Show.Lot != "NEW" || n.Show.Qty != 1 {
		t.Fatalf("five of the lot that expires first, one of the next: %+v", n.Show)
	}
	mia.scan("A0-01", "]C10104000000000022"+"10OLD").expect(CodeMisread)
	mia.scan("]C101" + "0" + ean(2) + "10OLD").expect(CodeWrongLot)
	mia.scan("]C101" + "0" + ean(2) + "10NEW").expect(CodeLinePicked)
	mia.scan("A1-01", ean(3)).expect(CodeSerialNext).scan("S9").expect(CodeWrongSerial)
	mia.scan("S2").expect(CodeLinePicked) // not the promised one, but free and in this bin
	mia.follow()
	ben := f.as(2, 2).scan(string(f.s.Orders[id].Totes[0]))
	ben.scan(ean(3), "S1").expect(CodeWrongSerial).scan("S2").expect(CodeVerified).follow()
	if f.status(id) != OrderPacked {
		t.Fatal(f.status(id))
	}
}

// A repeat gets the stored verdict; the same id with other content is a conflict; a gap is sent again.
func TestExactlyOnce(t *testing.T) {
	f := newShift(t)
	f.stock("A0-01", "MUG", 10)
	f.wave("discrete", f.order("1", "MUG", 2))
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code, "A0-01")
	d := f.s.Devices[mia.device]
	c := Command{ID: "X", N: d.N + 1, Hash: [16]byte{1}, Device: d.ID, Worker: d.Worker, Roles: d.Roles, Verb: Scan{Code: ean(1)}}
	first, again := c, c
	if v := f.do(&first).Verdict; v.Code != CodePicked {
		t.Fatal(v.Code)
	}
	a := f.do(&again)
	if !a.Replayed || a.Verdict.Code != CodePicked || len(a.Events) != 0 {
		t.Fatalf("%+v", a)
	}
	other := c
	other.Hash[0]++
	if v := f.do(&other).Verdict; v.Code != CodeConflict {
		t.Fatal(v.Code)
	}
	gap := Command{ID: "Y", N: d.N + 2, Device: d.ID, Worker: d.Worker, Verb: Scan{Code: ean(1)}}
	if a := f.do(&gap); a.Resend != d.N+1 {
		t.Fatalf("%+v", a)
	}
	if f.s.StockAt(InBin("A0-01"))[0].OnHand != 9 {
		t.Fatal("one unit, once")
	}
}

func TestHeldUntilItemExists(t *testing.T) {
	f := newShift(t)
	r := f.must(ImportOrders{Orders: []NewOrder{{Row: 2, Channel: "csv", ExternalID: "7", Lines: []NewLine{{SKU: "NEW", Qty: 1}}}}}).(*Import)
	if r.Created != 1 {
		t.Fatalf("%+v", r)
	}
	id := f.s.index.external[externalKey("csv", "7")]
	if o := f.s.Orders[id]; o.Status != OrderHeld || o.HoldReason != HoldUnknownItem {
		t.Fatal(o.Status, o.HoldReason)
	}
	f.must(SaveItem{Item: Item{SKU: "NEW", Name: "New"}})
	if f.status(id) != OrderReceived {
		t.Fatal("freed by itself when the item appears")
	}
	f.refused(CreateOrder{NewOrder{Channel: "x", ExternalID: "1", Lines: []NewLine{{SKU: "NOPE", Qty: 1}}}}, "unknown_item")
}

// A shop's own reason to hold an order stands when its unknown item appears.
func TestShopsHoldStands(t *testing.T) {
	f := newShift(t)
	f.must(ImportOrders{Orders: []NewOrder{{Row: 2, Channel: "csv", ExternalID: "8", Hold: "payment_voided", Lines: []NewLine{{SKU: "LATER", Qty: 1}}}}})
	id := f.s.index.external[externalKey("csv", "8")]
	f.refused(UnholdOrder{id}, HoldUnknownItem)
	f.must(SaveItem{Item: Item{SKU: "LATER", Name: "Later"}})
	if o := f.s.Orders[id]; o.Status != OrderHeld || o.HoldReason != "payment_voided" {
		t.Fatal(o.Status, o.HoldReason)
	}
	f.must(UnholdOrder{id})
}

// An order whose last missing unit is shorted after its parcel left has left, too; one cancelled then is
// cancelled only for what did not leave.
func TestPartlyGone(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 9)
	sent := func(ext string) OrderID {
		id := f.order(ext, "MUG", 2)
		f.wave("discrete", id)
		f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
		ben := f.as(2, 2).scan(string(f.s.Orders[id].Totes[0])).scan(ean(1)).act(Act{Action: "close"}).scan(CartonLabel("S"))
		ben.act(Act{Action: "weigh", WeightG: ben.next().Show.ExpectedWeight})
		ben.scan(ben.next().Want[0].Code).expect(CodeProved)
		f.as(1, 3).act(Act{Action: "start", Job: "load"}).follow()
		return id
	}
	id := sent("1")
	ben := &hand{f: f, device: f.device(2), worker: f.worker(2)}
	ben.act(Act{Action: "short", Found: 1, Reason: "damaged"}).expect(CodeShort).act(Act{Action: "finish"}).expect(CodeOrderPacked)
	if f.status(id) != OrderDispatched {
		t.Fatal(f.status(id))
	}
	id = sent("2")
	f.must(CancelOrder{ID: id})
	if l := f.s.Orders[id].Lines[0]; l.Cancelled != 1 || l.Shipped != 1 {
		t.Fatalf("%+v", l)
	}
}

// A bin that happens to be called like a command or a number card is a bin.
func TestBinCalledLikeACommand(t *testing.T) {
	f := newShift(t)
	for _, code := range []BinCode{"C-UNDO", "C-01", "N-2"} {
		f.must(SaveBin{Bin: Bin{Code: code}})
		if r := f.s.resolve(string(code)); r.bin == nil || r.command != "" || r.number != 0 {
			t.Errorf("%s: %+v", code, r)
		}
	}
	if r := f.s.resolve("C-SKIP"); r.command != "skip" {
		t.Errorf("%+v", r)
	}
	if r := f.s.resolve("C-99"); r.bad != CodeUnknown {
		t.Errorf("%+v", r)
	}
}

// A number typed as it is printed, in groups, is the number.
func TestTypedInGroups(t *testing.T) {
	f := newShift(t)
	code := ean(1)
	if r := f.s.resolve(code[:1] + " " + code[1:7] + " " + code[7:]); r.item == nil || r.item.SKU != "MUG" {
		t.Fatalf("%+v", r)
	}
}

func TestBadgeFirst(t *testing.T) {
	f := newShift(t)
	h := &hand{f: f, device: f.device(1)}
	h.scan(ean(1)).expect(CodeBadgeFirst).step("badge")
	f.as(2, 1).act(Act{Action: "start", Job: "pick"}).expect(CodeNotAllowed)
	h.act(Act{Action: "signout"}).expect(CodeSignedOut).step("badge")
}
