package floor

import (
	"strings"
	"testing"
)

// gs1Of writes a code as a scanner sends it.
func gs1Of(n int, rest string) string { return "]C1010" + ean(n) + rest }

// Two lots of tea in one bin: a bare code is asked about, the planned lot first, and the code with the lot is not. A
// worker who has the other lot in the hand is not believed to have the planned one.
func TestSeveralLotsInABin(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.must(AdjustStock{Bin: "A0-01", SKU: "TEA", Qty: 3, Lot: "L1", Expiry: "2030-01-01"})
	f.must(AdjustStock{Bin: "A0-01", SKU: "TEA", Qty: 5, Lot: "L2", Expiry: "2030-02-01"})
	id := f.order("1", "TEA", 4)
	f.wave("discrete", id)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code, "A0-01").step("item")
	if w := mia.next().Want; len(w) != 3 || w[0].Code != "010"+ean(2)+"1730010110L1" || !mia.next().Offline {
		t.Fatalf("the code with the lot is wanted: %+v", w)
	}
	mia.scan(ean(2)).expect(CodeAmbiguous).step("item")
	if a := mia.next().Ask; a == nil || a.ID != "lot" || len(a.Options) != 2 || a.Options[0] != (Option{"L1|2030-01-01", "lot L1, expires 2030-01-01"}) || mia.next().Offline {
		t.Fatalf("asked %+v", a)
	}
	mia.act(Act{Action: "answer", Ask: "lot", Value: "L9|"}).expect(CodeBadArgs)
	mia.act(Act{Action: "answer", Ask: "lot", Value: "L1|2030-01-01"}).expect(CodePicked)
	if mia.next().Ask != nil {
		t.Fatal("it was answered")
	}
	mia.scan(ean(2)).expect(CodeAmbiguous).act(Act{Action: "answer", Ask: "lot", Value: "L2|2030-02-01"}).expect(CodeWrongLot)
	mia.scan(gs1Of(2, "10L2")).expect(CodeWrongLot).scan(gs1Of(2, "17300201")).expect(CodeExpiryOff)
	mia.scan(gs1Of(2, "1730020110L1")).expect(CodeExpiryOff)
	if say := Say("en", mia.last); !strings.Contains(say, "2030-02-01") || !strings.Contains(say, "2030-01-01") {
		t.Fatal(say)
	}
	mia.scan(gs1Of(2, "17300101")).expect(CodePicked) // the day tells the lots apart
	mia.scan(gs1Of(2, "10L1")).expect(CodeLinePicked).step("item")
	if w := mia.next(); w.Show.Lot != "L2" || w.Want[0].Code != ean(2) { // only one lot is left
		t.Fatalf("%+v", w)
	}
	mia.scan(ean(2)).expect(CodeLinePicked).follow()

	ben := f.as(2, 2).act(Act{Action: "start", Job: "pack"})
	ben.scan(ben.next().Want[0].Code).step("item").scan(gs1Of(2, "10L2")).expect(CodeVerified).scan(gs1Of(2, "10L2")).expect(CodeWrongLot)
	ben.scan(ean(2)).expect(CodeVerified) // all of it goes to one customer: a bench is not asked
	ben.act(Act{Action: "undo"}).expect(CodeUndone).act(Act{Action: "undo"}).expect(CodeUndone).act(Act{Action: "leave"}).expect(CodeLeft)

	f.must(CancelOrder{ID: id})
	mia.act(Act{Action: "start", Job: "putback"})
	mia.scan(mia.next().Want[0].Code).step("item").scan(ean(2)).expect(CodeAmbiguous)
	mia.act(Act{Action: "answer", Ask: "lot", Value: "L2|2030-02-01"}).expect(CodeBinNext)
	if k := f.s.PutBacks[id].Key; k.Lot != "L2" {
		t.Fatal(k)
	}
	mia.scan("A0-01").expect(CodePutBack).scan(gs1Of(2, "10L7")).expect(CodeWrongLot)
	mia.scan(gs1Of(2, "17300101")).expect(CodeBinNext).follow()
	if a, b := f.s.StockAt(InBin("A0-01"))[0], f.s.StockAt(InBin("A0-01"))[1]; a.OnHand != 3 || b.OnHand != 5 {
		t.Fatal("the lots are what they were", a, b)
	}
}

// An item without a GTIN has no code to write a lot behind: the bare one is asked about, and a plain client that gives
// the first answer gets on. Out of reach nobody goes on there.
func TestSeveralLotsWithoutAGTIN(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.must(SaveItem{Item: Item{SKU: "HERB", Name: "Herb", Tracking: "lot"}})
	f.must(AdjustStock{Bin: "A0-01", SKU: "HERB", Qty: 2, Lot: "L1"})
	f.must(AdjustStock{Bin: "A0-01", SKU: "HERB", Qty: 2, Lot: "L2"})
	a, b := f.order("1", "HERB", 2), f.order("2", "HERB", 1)
	f.must(SaveWall{Code: "W1", Slots: 3})
	f.wave("batch", a, b)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code, "A0-01").step("item")
	if n := mia.next(); n.Offline || n.Want[0].Code != "HERB" {
		t.Fatalf("%+v", n)
	}
	mia.scan("HERB").expect(CodeAmbiguous).follow()
	mia.act(Act{Action: "start", Job: "sort"}).scan(mia.next().Want[0].Code).step("item")
	mia.scan("HERB").expect(CodeAmbiguous).act(Act{Action: "answer", Ask: "lot", Value: "L2|"}).expect(CodeSlotLit)
	mia.follow()
	for id, want := range map[OrderID]map[string]int64{a: {"L1": 2}, b: {"L2": 1}} {
		for _, row := range f.s.StockAt(InTote(f.s.slotFor(id))) {
			if row.OnHand != want[row.Key.Lot] {
				t.Fatalf("order %s has %d of lot %s", id, row.OnHand, row.Key.Lot)
			}
		}
	}
}

// Goods that the house does not keep by lot may well have one on their package: nobody minds.
func TestALotNobodyKeeps(t *testing.T) {
	f := newShift(t)
	f.stock("A0-01", "MUG", 5)
	id := f.order("1", "MUG", 2)
	f.wave("discrete", id)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code, "A0-01").scan(gs1Of(1, "1730010110X")).expect(CodePicked).scan(ean(1)).expect(CodeLinePicked).follow()
	ben := f.as(2, 2).act(Act{Action: "start", Job: "pack"})
	ben.scan(ben.next().Want[0].Code).scan(gs1Of(1, "10X")).expect(CodeVerified).act(Act{Action: "leave"})
	f.must(CancelOrder{ID: id})
	mia.act(Act{Action: "start", Job: "putback"}).scan(mia.next().Want[0].Code).scan(gs1Of(1, "1730010110X")).expect(CodeBinNext).follow()
}

// A GS1 code is believed at the bench as at the shelf, and refused where it contradicts the books.
func TestBenchBelievesTheCode(t *testing.T) {
	f := newShift(t)
	f.must(AdjustStock{Bin: "A0-01", SKU: "TEA", Qty: 4, Lot: "L1", Expiry: "2030-01-01"})
	f.must(AdjustStock{Bin: "A0-02", SKU: "CAM", Qty: 2, Serials: []string{"S1", "S2"}})
	f.wave("discrete", f.order("1", "TEA", 4, "CAM", 1))
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code, "A0-01").scan(gs1Of(2, "305")).expect(CodeOverPick).scan(gs1Of(2, "304")).expect(CodeLinePicked)
	mia.scan("A0-02", ean(3)).expect(CodeSerialNext).scan(gs1Of(3, "21S9")).expect(CodeWrongSerial)
	mia.scan(gs1Of(3, "21S1")).expect(CodeLinePicked).follow()
	ben := f.as(2, 2).act(Act{Action: "start", Job: "pack"})
	ben.scan(ben.next().Want[0].Code).step("item")
	ben.scan(gs1Of(2, "10L2")).expect(CodeWrongLot).scan(gs1Of(2, "1730050510L1")).expect(CodeExpiryOff)
	ben.scan(gs1Of(2, "3717")).expect(CodeTooMany).scan(gs1Of(2, "1730010110L1\x1d304")).expect(CodeVerified)
	ben.scan(gs1Of(3, "21S2")).expect(CodeWrongSerial).scan(ean(3)).expect(CodeSerialNext).scan(gs1Of(3, "21S1")).expect(CodeAllVerified)
	ben.follow()
}
