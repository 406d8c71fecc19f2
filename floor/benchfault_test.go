package floor

import "testing"

// A parcel that comes after an inner pack is numbered as the labels count: an inner pack has no number.
func TestParcelAfterAnInnerPackIsNumbered(t *testing.T) {
	f := benchShift(t)
	ben, id := f.atBench("MUG", 1, "BOX", 2)
	ben.scan(ean(1)).scan("C-NEST").expect(CodeNested).scan("C-CLOSE").expect(CodeCartonOK)
	ben.weighed().expect(CodeProved).scan(ean(4)).expect(CodeVerified)
	o := f.s.Orders[id]
	if p := f.parcelOf(id, 3); p.N != 2 || f.s.ParcelCount(o) != 2 {
		t.Fatalf("parcel %d of %d", p.N, f.s.ParcelCount(o))
	}
}

// A parcel teaches once its label is proved. One that was closed, opened again and put right teaches what it weighed in
// the end, and once, however often it was on the scale.
func TestReopenedParcelTeachesOnce(t *testing.T) {
	f := newShift(t)
	f.must(SaveItem{Item: Item{SKU: "PAN", Name: "Pan", Barcodes: []Barcode{{Code: ean(9), Qty: 1}}}})
	f.stock("A0-02", "PAN", 5)
	ben := f.toWeigh("1", "PAN", 1)
	for range 5 {
		ben.weigh(9000).expect(CodeScanLabel).scan("C-REOPEN").expect(CodeReopened).scan(CartonLabel("S")).step("weigh")
	}
	if l := f.s.LearnedOf("PAN"); l != nil {
		t.Fatalf("one parcel that was wrong five times is taken for five: %+v", l)
	}
	ben.weigh(1300).expect(CodeScanLabel).follow()
	if seen := f.s.Learned[itemWeight("PAN")].Seen; len(seen) != 1 || seen[0].MG != 1_250_000 {
		t.Fatalf("%+v", seen)
	}
}

// A weight that was refused is one parcel's: it is neither shown of the next, which is just like it, nor may a lead let
// it pass there unseen.
func TestRefusedWeightIsOneParcels(t *testing.T) {
	f := benchShift(t)
	ben, id := f.atBench("MUG", 2)
	ben.scan(ean(1)).scan("C-NEW").scan(ean(1)).expect(CodeAllVerified).scan("C-PARCEL1").scan(CartonLabel("S"), "C-PARCEL2", CartonLabel("S")).step("weigh")
	ben.act(Act{Action: "weigh", WeightG: 400}).expect(CodeWeightOff)
	if ben.next().Show.Weigh.Off == nil {
		t.Fatal("it is shown of this parcel")
	}
	ben.scan("C-PARCEL1").expect(CodeParcelNow).step("weigh")
	if off := ben.next().Show.Weigh.Off; off != nil || f.s.Packings[id].Parcel != f.parcelOf(id, 1).ID {
		t.Fatalf("nobody weighed this one: %+v", off)
	}
}

// A code that names another item than the one whose serial it bears is not that unit.
func TestSerialOfAnotherItem(t *testing.T) {
	f := benchShift(t)
	f.must(AdjustStock{Bin: "A1-01", SKU: "CAM", Qty: 1, Serials: []string{"S1"}})
	ben, id := f.atBench("CAM", 1, "MUG", 1)
	ben.scan(ean(3), "S1").expect(CodeVerified).scan("C-NEW").scan(ean(1)).expect(CodeAllVerified)
	ben.scan("C-MOVE").scan(gs1Of(4, "21S1")).expect(CodeNotInOther)
	if f.parcelOf(id, 1).units() != 1 {
		t.Fatal("the camera was moved, and nobody had it in the hand")
	}
	ben.scan(gs1Of(3, "21S1")).expect(CodeMoved)
}

// Of a single unit, too, the lot is noted that nobody noted before.
func TestLotOfASingleIsCaught(t *testing.T) {
	f, ids, tote := singlesDay(t, "MUG", "MUG")
	mug := *f.s.Items["MUG"]
	mug.Tracking = "lot"
	f.must(SaveItem{Item: mug})
	ben := f.as(2, 2).scan(string(tote)).scan(ean(1)).expect(CodeLotNext).step("lot").scan("LOT-7").expect(CodeAllVerified)
	ben.weighed().expect(CodeOrderPacked).scan(gs1Of(1, "10LOT-8")).expect(CodeSingle)
	ben.weighed().expect(CodeOrderPacked)
	for i, lot := range []string{"LOT-7", "LOT-8"} {
		if u := f.parcelOf(ids[i], 1).Units; len(u) != 1 || u[0].Lot != lot {
			t.Errorf("%s is lost: %+v", lot, u)
		}
	}
}

// Nothing is written off where the screen does not offer it: before the tote stands on the bench, or while a closed
// parcel waits for its label.
func TestShortOnlyWhereItIsOffered(t *testing.T) {
	f := benchShift(t)
	id := f.order("1", "MUG", 2)
	f.wave(Discrete, id)
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	ben := f.as(2, 2).act(Act{Action: "start", Job: "pack", ID: string(id)}).step("open")
	ben.act(Act{Action: "short", Reason: "missing"}).expect(CodeNoAction).scan("C-SHORT").expect(CodeNoAction)
	ben.scan(string(f.s.Orders[id].Totes[0]), ean(1)).scan("C-CLOSE").scan(CartonLabel("S")).weigh(150).expect(CodeScanLabel).step("label")
	ben.act(Act{Action: "short", Found: 1, Reason: "missing"}).expect(CodeNoAction).scan("C-SHORT").expect(CodeNoAction)
	if l := f.s.Orders[id].Lines[0]; l.Short != 0 || l.Picked != 2 {
		t.Fatalf("%+v", l)
	}
}

// A weight that was learned is known as well as one in the catalogue: the tolerance that a parcel was held to is kept.
func TestLearnedToleranceIsKept(t *testing.T) {
	f := newShift(t)
	f.must(SaveItem{Item: Item{SKU: "PAN", Name: "Pan", Barcodes: []Barcode{{Code: ean(9), Qty: 1}}}})
	f.stock("A0-02", "PAN", 10)
	for i, g := range []int64{1251, 1248, 1254, 1249, 1250} {
		f.toWeigh("p"+itoa(int64(i)), "PAN", 1).weigh(g + 50).expect(CodeScanLabel).follow()
	}
	ben := f.toWeigh("last", "PAN", 1)
	shown := ben.next().Show.Weigh.ToleranceG
	id := f.s.Devices[ben.device].Job.ID
	ben.weigh(1301).expect(CodeScanLabel)
	if kept := f.parcelOf(OrderID(id), 1).Weighing.ToleranceG; kept != shown || kept == 0 {
		t.Fatalf("it was held to %d g, and %d g are kept", shown, kept)
	}
}

// Nobody said in which box an inner pack is, so nobody knows what the outer one should weigh: it is not held against it.
func TestInnerPackWithoutACarton(t *testing.T) {
	f := benchShift(t)
	ben, _ := f.atBench("MUG", 1)
	ben.scan(ean(1)).expect(CodeAllVerified).scan("C-NEST").expect(CodeNested).scan(CartonLabel("S")).step("weigh")
	ben.act(Act{Action: "weigh", WeightG: 50 + 50 + 100, Source: SourceScale}).expect(CodeScanLabel)
}

// A recount takes the loose units out; inner packs stay in the box, closed as they are.
func TestRecountLeavesInnerPacks(t *testing.T) {
	f := benchShift(t)
	ben, id := f.atBench("MUG", 2, "BOX", 1)
	ben.scan(ean(1), ean(1)).scan("C-NEST").expect(CodeNested).scan(ean(4)).expect(CodeAllVerified).scan(CartonLabel("S")).step("weigh")
	ben.act(Act{Action: "recount"}).expect(CodeRecount)
	outer := f.parcelOf(id, 2)
	if outer.units() != 2 || ben.last.Qty != 1 || len(f.s.StockAt(InParcel(outer.ID))) != 1 {
		t.Fatalf("%d units were taken out, left is %+v", ben.last.Qty, outer.Units)
	}
	ben.scan(ean(4)).expect(CodeAllVerified).weighed().expect(CodeOrderPacked)
}

// No two parcels of an order have one number: when an empty one is given up, the rest leave out what labels bear already.
func TestNoNumberTwice(t *testing.T) {
	f := benchShift(t)
	ben, id := f.atBench("MUG", 1, "BOX", 1)
	ben.scan(ean(1)).scan("C-NEW").scan(ean(4)).expect(CodeAllVerified).weighed().expect(CodeProved)
	ben.scan("C-NEW").expect(CodeParcelNew).step("move").scan(ean(1)).expect(CodeMoved)
	ben.weighed().expect(CodeOrderPacked)
	if a, b := f.parcelOf(id, 1), f.parcelOf(id, 2); a.N != 2 || b.N != 1 {
		t.Fatalf("parcels %d and %d of two", a.N, b.N)
	}
}
