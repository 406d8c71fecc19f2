package floor

import "testing"

// singlesDay is a batch of single-unit orders staged in one tote.
func singlesDay(t *testing.T, skus ...string) (*shift, []OrderID, ToteCode) {
	f := benchShift(t)
	f.must(AdjustStock{Bin: "A1-01", SKU: "CAM", Qty: 3, Serials: []string{"S1", "S2", "S3"}})
	f.must(AdjustStock{Bin: "A2-01", SKU: "TEA", Qty: 2, Lot: "L1", Expiry: "2030-01-01"})
	f.must(AdjustStock{Bin: "A2-02", SKU: "TEA", Qty: 2, Lot: "L2", Expiry: "2030-02-01"})
	var ids []OrderID
	for i, sku := range skus {
		n := NewOrder{Channel: "web", ExternalID: "s" + itoa(int64(i)), ShipTo: Person{Name: "Z", Country: "DE"}, Lines: []NewLine{{SKU: SKU(sku), Qty: 1}}}
		n.Priority = 0
		ids = append(ids, f.must(CreateOrder{n}).(*OrderView).ID)
	}
	w := f.wave(Batch, ids...)
	f.as(1, 1).act(Act{Action: "start", Job: "pick", ID: string(w.PickLists[0])}).follow()
	return f, ids, f.s.Sortings[w.PickLists[0]].Tote
}

// Item, order found, label: each unit of the tote finds the most urgent order that wants it.
func TestSinglesItemFindsOrder(t *testing.T) {
	f, ids, tote := singlesDay(t, "MUG", "BOX", "MUG")
	ben := f.as(2, 2).scan(string(tote)).expect(CodeOpened).step("single")
	ben.scan(ean(2)).expect(CodeNotInBatch).scan("MUG-PACK6").expect(CodeOverPick).scan("nonsense").expect(CodeUnknown)
	ben.scan(ean(1)).expect(CodeSingle)
	if ben.last.Belongs.Code != string(ids[0]) || ben.next().Job.ID != string(ids[0]) {
		t.Fatalf("the older order first: %+v", ben.last.Belongs)
	}
	ben.weighed().expect(CodeOrderPacked).step("single")
	ben.scan(ean(1)).expect(CodeSingle).weighed().step("single")
	ben.scan(ean(1)).expect(CodeNotInBatch)
	ben.scan(ean(4)).expect(CodeSingle).weighed().step("start")
	for _, id := range ids {
		if f.status(id) != OrderPacked {
			t.Fatal(id, f.status(id))
		}
	}
	if len(f.s.Sortings) != 0 || !f.s.index.freeTotes.has(tote) {
		t.Fatal("the tote is free again")
	}
}

// With the house's rule one scan is all: the carton is the one advised and the weight is the one it must have.
func TestSingleStraightToTheLabel(t *testing.T) {
	f, ids, _ := singlesDay(t, "MUG", "BOX")
	yes := true
	f.must(SaveSite{Site: Site{Name: "Test House"}, AutoWeight: &yes})
	f.must(SaveCarton{Carton{Code: "S", Name: "Small", TareG: 50, InnerMM: []int64{300, 300, 300}}})
	for _, sku := range []SKU{"MUG", "BOX"} {
		it := *f.s.Items[sku]
		it.SizeMM = []int64{100, 100, 100}
		f.must(SaveItem{Item: it})
	}
	ben := f.as(2, 2).scan(ean(4)).expect(CodeSingle).step("label") // an idle bench: the item is enough
	if p := f.parcelOf(ids[1], 1); p.WeightG != 450 || p.Carton != "S" {
		t.Fatalf("%+v", p)
	}
	ben.scan(ben.next().Want[0].Code).expect(CodeOrderPacked).step("single")
}

// A picked order of one unit in a tote of its own is found by its item as well; one of several units is not.
func TestSingleInItsOwnTote(t *testing.T) {
	f := benchShift(t)
	a, b := f.order("1", "MUG", 1), f.order("2", "BOX", 2)
	f.wave(Cluster, a, b)
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	ben := f.as(2, 2).scan(ean(4)).expect(CodeInfo).step("start")
	ben.scan(ean(1)).expect(CodeSingle).step("carton").follow()
	if f.status(a) != OrderPacked || f.status(b) != OrderPicked {
		t.Fatal(f.status(a), f.status(b))
	}
}

// Two benches draw from one tote and never get the same order; nobody sorts it meanwhile.
func TestTwoBenchesDrawFromOneTote(t *testing.T) {
	f, ids, tote := singlesDay(t, "MUG", "MUG", "CAM")
	f.must(MakePairing{Pairing{Digest: "second"}})
	f.must(Pair{Code: "second", Token: "second", Name: "bench 4", Kind: "bench"})
	ben := f.as(2, 2).scan(string(tote)).expect(CodeOpened)
	kim := f.person(RolePacker, "", 5).scan(string(tote)).expect(CodeOpened)
	f.as(1, 1).act(Act{Action: "start", Job: "sort"}).expect(CodeNoWork).scan(string(tote)).expect(CodeNotYours)
	ben.scan(ean(1)).expect(CodeSingle)
	kim.scan(ean(1)).expect(CodeSingle)
	if a, b := ben.next().Job.ID, kim.next().Job.ID; a == b {
		t.Fatal("both benches pack", a)
	}
	ben.weighed()
	kim.weighed()
	ben.scan(ean(3)).expect(CodeSerialNext).scan(f.s.PickLists[f.s.Devices[ben.device].Singles.List].Lines[2].From.Serial).expect(CodeSingle).weighed()
	kim.step("start") // the tote is empty
	for _, id := range ids {
		if f.status(id) != OrderPacked {
			t.Fatal(id, f.status(id))
		}
	}
}

// A single unit put back by undo lies in its tote again and is packed after all; a cancelled one is left for the wall.
func TestSingleUndoneAndCancelled(t *testing.T) {
	f, ids, tote := singlesDay(t, "MUG", "BOX")
	ben := f.as(2, 2).scan(string(tote)).scan(ean(1)).expect(CodeSingle)
	ben.scan("C-UNDO").expect(CodeUndone).step("item").scan(ean(1)).expect(CodeAllVerified)
	ben.scan("C-UNDO").expect(CodeUndone)
	f.must(CancelOrder{ID: ids[0]})
	ben.step("single").scan(ean(1)).expect(CodeCancelled)
	ben.scan(ean(4)).expect(CodeSingle).weighed().step("finish").act(Act{Action: "finish"}).expect(CodeLeft)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "sort"}).expect(CodeStarted).follow()
	mia.act(Act{Action: "start", Job: "putback"}).expect(CodeStarted).follow()
	if len(f.s.Sortings)+len(f.s.PutBacks) != 0 {
		t.Fatal("goods are left over")
	}
}

// Where two lots lie in the tote the code with the lot finds the order, or the lot is asked.
func TestSingleOfALot(t *testing.T) {
	f, _, tote := singlesDay(t, "TEA", "TEA", "TEA")
	ben := f.as(2, 2).scan(string(tote)).scan(ean(2)).expect(CodeAmbiguous)
	ben.scan("C-ANSWER2").expect(CodeSingle)
	p := f.s.Parcels[f.s.Packings[OrderID(ben.next().Job.ID)].Parcel]
	if p.Units[0].Key.Lot != "L2" {
		t.Fatalf("%+v", p.Units)
	}
	ben.scan("C-LEAVE").expect(CodeLeft).step("single")
	ben.follow()
}
