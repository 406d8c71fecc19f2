package floor

import "testing"

// Cheese is cut: the code on a piece says what it weighs. A parcel is expected to weigh what its pieces do, whether they
// were weighed by their codes at the shelf or at the bench, and a step taken back takes its weight back.
func TestGoodsOfVariableWeight(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.must(SaveItem{Item: Item{SKU: "CHEESE", Name: "Cheese", WeightG: 1000, Barcodes: []Barcode{{Code: ean(7), Qty: 1}}}})
	f.stock("A0-01", "CHEESE", 20)
	f.stock("A0-02", "MUG", 20)
	f.wave("discrete", f.order("1", "CHEESE", 3, "MUG", 1))
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code, "A0-01").scan(gs1Of(7, "3103001400")).expect(CodePicked)
	mia.scan(gs1Of(7, "3103009000")).act(Act{Action: "undo"}).expect(CodeUndone)
	mia.scan(gs1Of(7, "310200016030"+"2")).expect(CodeLinePicked) // two pieces of 1.6 kg together
	if l := f.s.Orders[mia.order()].Lines[0]; l.Weighed != 3 || l.WeighedG != 3000 {
		t.Fatalf("%+v", l)
	}
	mia.follow()
	ben := f.as(2, 2).act(Act{Action: "start", Job: "pack"})
	ben.scan(ben.next().Want[0].Code).step("item")
	ben.scan(gs1Of(7, "3103001400")).scan(gs1Of(7, "3103005000")).act(Act{Action: "undo"}).expect(CodeUndone)
	ben.scan(ean(7)).scan(gs1Of(7, "3103000600")).scan(ean(1)).expect(CodeAllVerified)
	ben.scan(CartonLabel("S")).step("weigh")
	// 1400 and 600 by the codes at the bench, 1000 for the piece whose code was not scanned there, mug 100, carton 50
	if w := ben.next().Show.ExpectedWeight; w != 1400+600+1000+100+50 {
		t.Fatalf("%d g expected", w)
	}
	ben.act(Act{Action: "weigh", WeightG: 5000}).expect(CodeWeightOff).follow()
}

// order is that of the device's list.
func (h *hand) order() OrderID { return h.f.s.PickLists[PickListID(h.next().Job.ID)].Totes[0].Order }
