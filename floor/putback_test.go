package floor

import "testing"

// The goods of a cancelled order go back to where the same lies, unit by unit, and its totes are free again.
func TestPutBackJob(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 5)
	f.must(AdjustStock{Bin: "A0-02", SKU: "CAM", Qty: 2, Serials: []string{"S1", "S2"}})
	id := f.order("1", "MUG", 3, "CAM", 1)
	f.wave(Discrete, id)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	waits := f.order("2", "MUG", 4)
	f.wave(Discrete, waits)
	f.must(CancelOrder{ID: id})
	if offers := mia.next().Show.Jobs; len(offers) != 1 || offers[0].Job != "putback" || offers[0].Total != 4 {
		t.Fatalf("%+v", offers)
	}
	tote := string(f.s.Orders[id].Totes[0])
	ben := f.as(2, 2).scan(tote).expect(CodeCancelled) // at the bench it is said what to do
	_ = ben
	mia.act(Act{Action: "start", Job: "putback"}).expect(CodeStarted).step("tote")
	mia.scan("A0-01").expect(CodeWrongKind).scan("T-0009-" + string(CheckChar("T-0009"))).expect(CodeOtherOrder)
	mia.scan(tote).expect(CodeOpened).step("item")
	mia.scan(ean(4)).expect(CodeNotInOrder).scan(ean(1)).expect(CodeBinNext).step("bin")
	if n := mia.next(); n.Show.Bin != "A0-01" || n.Want[0].Code != BinLabel("A0-01") {
		t.Fatalf("%+v", n)
	}
	mia.act(Act{Action: "qty", Qty: 4}).expect(CodeOverPick)
	mia.scan(ean(1)).expect(CodeBinNext).scan("STAGE").expect(CodeWrongBin)
	mia.scan("A0-01").expect(CodePutBack).step("item")
	if f.units(InBin("A0-01")) != 4 || f.s.Orders[waits].Lines[0].Reserved != 4 {
		t.Fatalf("who waits for it has it: %+v", f.s.Orders[waits].Lines)
	}
	mia.act(Act{Action: "undo"}).expect(CodeNoUndo) // it is promised already
	mia.scan(ean(1)).act(Act{Action: "undo"}).expect(CodeUndone).step("item")
	mia.scan(ean(3)).expect(CodeSerialNext).scan("S9").expect(CodeWrongSerial)
	mia.act(Act{Action: "leave"}).act(Act{Action: "start", Job: "putback"})
	mia.follow()
	if len(f.s.PutBacks) != 0 || len(f.s.Exceptions) != 0 || len(f.s.index.freeTotes) != 10 {
		t.Fatal(f.s.PutBacks, f.s.Exceptions, len(f.s.index.freeTotes))
	}
	if f.units(InBin("A0-02")) != 2 || f.units(InBin("A0-01")) != 5 {
		t.Fatal("all of it is back")
	}
}

// A step can be taken back while nobody was promised the goods.
func TestPutBackUndo(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 5)
	id := f.order("1", "MUG", 3)
	f.wave(Discrete, id)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	f.must(CancelOrder{ID: id})
	mia.scan(string(f.s.Orders[id].Totes[0])).expect(CodeOpened)
	mia.step("item").scan(ean(1)).act(Act{Action: "qty", Qty: 2}).scan("A2-02").expect(CodePutBack)
	mia.act(Act{Action: "undo"}).expect(CodeUndone)
	if f.units(InBin("A2-02")) != 0 {
		t.Fatal("taken back")
	}
	f.must(PutBack{Order: id, Bin: "A0-01"}) // a lead does it at the desk meanwhile
	mia.step("start")
}

// An item kept by serial that is none of the goods is refused at once: no serial of it could be scanned.
func TestPutBackOfAStranger(t *testing.T) {
	f := newShift(t)
	f.stock("A0-01", "MUG", 5)
	id := f.order("1", "MUG", 1)
	f.wave(Discrete, id)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	f.must(CancelOrder{ID: id})
	mia.scan(string(f.s.Orders[id].Totes[0])).expect(CodeOpened).step("item")
	mia.scan(ean(3)).expect(CodeNotInOrder).step("item")
}
