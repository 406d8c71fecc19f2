package floor

import (
	"strings"
	"testing"
)

// Only a tote with something in it is full.
func TestEmptyToteIsNotFull(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 20)
	f.stock("A0-02", "BOX", 20)
	a, b := f.order("1", "MUG", 3, "BOX", 1), f.order("2", "MUG", 1)
	f.wave(Cluster, a, b)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code).act(Act{Action: "full"}).expect(CodeNoAction) // no tote yet in the second slot
	mia.scan(mia.next().Want[0].Code).act(Act{Action: "full"}).expect(CodeToteEmpty)
}

// What is in the hand when the tote turns out full goes into the next one.
func TestFullToteWithGoodsInHand(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 20)
	f.stock("A0-02", "BOX", 20)
	a, b := f.order("1", "MUG", 3, "BOX", 2), f.order("2", "MUG", 1)
	list := f.s.PickLists[f.wave(Cluster, a, b).PickLists[0]]
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code).scan(mia.next().Want[0].Code)
	for mia.next().Step != "item" || mia.next().Show.Item.SKU != "BOX" {
		mia.scan(mia.next().Want[0].Code)
	}
	slot := list.slot(1)
	if slot.Order != a {
		slot = list.slot(2)
	}
	full := slot.Tote
	mia.scan(ean(4), ean(4)).expect(CodeSlotNext).step("slot")
	mia.act(Act{Action: "full"}).expect(CodeToteFull).step("tote")
	mia.act(Act{Action: "undo"}).expect(CodeUndone).step("slot")
	if slot.Tote != full || len(slot.Full) != 0 {
		t.Fatalf("%+v", slot)
	}
	mia.act(Act{Action: "full"}).scan(mia.next().Want[0].Code).expect(CodeToteTaken).step("slot")
	next := slot.Tote
	if n := f.units(InTote(next)); n != 2 || f.units(InTote(full)) != 3 {
		t.Fatalf("the two in the hand go into the new one: %d, %d", n, f.units(InTote(full)))
	}
	mia.scan(string(full)).expect(CodeWrongSlot)
	mia.act(Act{Action: "undo"}).expect(CodeUndone).step("tote")
	if f.units(InTote(full)) != 5 {
		t.Fatal("taken back into the full one")
	}
	mia.scan(string(next)).follow()
	if f.status(a) != OrderPicked || len(f.s.Orders[a].Totes) != 2 || f.s.Totes[full].Bin != "STAGE" || f.s.Totes[next].Bin != "STAGE" {
		t.Fatalf("%s %v", f.status(a), f.s.Orders[a].Totes)
	}
	ben := f.as(2, 2)
	ben.scan(string(full)).expect(CodeOpened).follow()
	if f.status(a) != OrderPacked || len(f.s.index.freeTotes) != 9 {
		t.Fatal(f.status(a), len(f.s.index.freeTotes))
	}
}

func (f *shift) units(p Place) (n int64) {
	for _, r := range f.s.StockAt(p) {
		n += r.OnHand
	}
	return n
}

// A damaged unit goes into quarantine and another is taken; where there is none, another bin is sought.
func TestDamagedInTheHand(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 3)
	f.stock("A2-01", "MUG", 1)
	id := f.order("1", "MUG", 2)
	other := f.order("2", "MUG", 1)
	f.wave(Discrete, id, other)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code).act(Act{Action: "damaged"}).expect(CodeNoAction)
	mia.scan("A0-01").act(Act{Action: "damaged"}).expect(CodeBadArgs) // nowhere to put it
	f.must(SaveBin{Bin: Bin{Code: "QA", BinKind: "quarantine"}})
	mia.act(Act{Action: "damaged", Qty: 3}).expect(CodeBadQty)
	mia.act(Act{Action: "damaged"}).expect(CodeDamaged)
	if f.units(InBin("QA")) != 1 || f.units(InBin("A0-01")) != 2 || len(f.s.exceptionsOf("damaged", "MUG")) != 1 {
		t.Fatal("one in quarantine")
	}
	if w := f.s.PickLists[mia.next().lists()]; len(w.Lines) != 2 || w.Lines[1].From.Place.Bin() != "A2-01" {
		t.Fatalf("two were left for three: %+v", w.Lines)
	}
	mia.act(Act{Action: "undo"}).expect(CodeUndone).step("item")
	if f.units(InBin("QA")) != 0 || f.s.Orders[id].Lines[0].Short != 0 || f.s.PickLists[mia.next().lists()].Lines[1].Status != LineCancelled {
		t.Fatal("back where it was")
	}
	mia.act(Act{Action: "damaged"}).follow()
	if l := f.s.Orders[id].Lines[0]; l.Picked != 2 || l.Short != 0 {
		t.Fatalf("%+v", l)
	}
}

func (n *Next) lists() PickListID { return PickListID(n.Job.ID) }

// Another lot of the bin is refused, and may then be taken on purpose; one that expires too soon may not.
func TestSwapLot(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	for lot, day := range map[string]string{"L1": "2030-01-01", "L2": "2030-02-01", "OLD": f.now.Day()} {
		f.must(AdjustStock{Bin: "A0-01", SKU: "TEA", Qty: 4, Lot: lot, Expiry: day})
	}
	id := f.order("1", "TEA", 3)
	f.wave(Discrete, id)
	code := func(lot string) string { return "]C1010" + ean(2) + "10" + lot }
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code, "A0-01", code("L1")).expect(CodePicked)
	mia.act(Act{Action: "swap"}).expect(CodeNoAction)
	mia.scan(code("OLD")).expect(CodeWrongLot)
	mia.act(Act{Action: "swap"}).expect(CodeNoAction)
	mia.scan(code("L2")).expect(CodeWrongLot)
	if !oneOf("swap", mia.next().Actions) {
		t.Fatalf("the other lot is offered: %v", mia.next().Actions)
	}
	mia.act(Act{Action: "swap"}).expect(CodeSwapped).step("item")
	if s := mia.next().Show; s.Lot != "L2" || s.Qty != 2 || s.Why != "in place of lot L1" {
		t.Fatalf("%+v", s)
	}
	mia.act(Act{Action: "undo"}).expect(CodeUndone)
	if mia.next().Show.Lot != "L1" {
		t.Fatal("L1 again")
	}
	mia.scan(code("L2")).act(Act{Action: "swap"}).expect(CodeSwapped)
	mia.scan(code("L1")).expect(CodeWrongLot).scan(code("L2")).expect(CodePicked).follow()
	if l := f.s.Orders[id].Lines[0]; l.Picked != 3 || l.Short != 0 || len(f.s.Exceptions) != 0 {
		t.Fatalf("%+v %v", l, f.s.Exceptions)
	}
}

// A serial that was promised to somebody else's order changes places with one's own.
func TestSwapSerial(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.must(AdjustStock{Bin: "A0-01", SKU: "CAM", Qty: 2, Serials: []string{"S1", "S2"}})
	a, b := f.order("1", "CAM", 1), f.order("2", "CAM", 1)
	lists := f.wave(Discrete, a, b).PickLists
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick", ID: string(lists[0])})
	mine, theirs := f.s.PickLists[lists[0]].Lines[0].From.Serial, f.s.PickLists[lists[1]].Lines[0].From.Serial
	ana := f.as(3, 4).act(Act{Action: "start", Job: "pick", ID: string(lists[1])})
	ana.scan(ana.next().Want[0].Code, "A0-01") // she stands there: hers is not taken from under her hand
	mia.scan(mia.next().Want[0].Code, "A0-01", ean(3), theirs).expect(CodeWrongSerial)
	ana.act(Act{Action: "leave"})
	mia.scan(theirs).expect(CodeLinePicked)
	if got := f.s.PickLists[lists[1]].Lines[0].From.Serial; got != mine {
		t.Fatalf("the other is promised %s", got)
	}
	mia.act(Act{Action: "undo"}).expect(CodeUndone).scan(ean(3), theirs).follow()
	ana.act(Act{Action: "start", Job: "pick"}).follow()
	if f.status(a) != OrderPicked || f.status(b) != OrderPicked {
		t.Fatal(f.status(a), f.status(b))
	}
}

// An item that lies where the books have none is reported by the scan that was refused.
func TestItemInTheWrongBin(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 3)
	f.stock("A0-02", "BOX", 3)
	f.wave(Discrete, f.order("1", "MUG", 2))
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code, "A0-01").act(Act{Action: "misplaced"}).expect(CodeNoAction)
	mia.scan(ean(4)).expect(CodeWrongItem).act(Act{Action: "misplaced"}).expect(CodeMisplaced)
	x := f.s.exceptionsOf("count", "A0-01")
	if len(x) != 1 || !strings.Contains(f.s.Exceptions[x[0]].Say, "BOX") {
		t.Fatalf("%v", f.s.Exceptions)
	}
	mia.follow()
}

// Where the house asks, a bin that should be empty is asked about; scanning on is no answer and holds nothing up.
func TestZeroCheck(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	asked := true
	f.must(SaveSite{Site: Site{Name: "Test House"}, ZeroCheck: &asked})
	for i, answer := range []string{"yes", "no", ""} {
		f.stock("A0-01", "MUG", 1)
		f.stock("A0-02", "BOX", 9)
		f.wave(Discrete, f.order("z"+answer, "MUG", 1, "BOX", 1))
		mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
		mia.scan(mia.next().Want[0].Code, "A0-01", ean(1)).expect(CodeLinePicked)
		ask := mia.next().Ask
		if ask == nil || ask.Options[0].ID != "yes" {
			t.Fatalf("%+v", ask)
		}
		if answer != "" {
			mia.act(Act{Action: "answer", Ask: ask.ID, Value: "perhaps"}).expect(CodeBadArgs)
			mia.act(Act{Action: "answer", Ask: ask.ID, Value: answer}).expect([]Code{CodeBinEmpty, CodeBinNotEmpty}[i])
		}
		mia.scan("A0-02").expect(CodeBinOK)
		if mia.next().Ask != nil || len(f.s.exceptionsOf("count", "A0-01")) != btoi(answer == "no") {
			t.Fatalf("%s: %v", answer, f.s.Exceptions)
		}
		mia.follow()
		for id := range f.s.Exceptions {
			f.must(CloseException{ID: id})
		}
		mia.act(Act{Action: "signout"})
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
