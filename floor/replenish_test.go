package floor

import "testing"

// A pick bin below its minimum is filled up from reserve, what orders want first; units are taken and put down by scans,
// and nothing that pickers were promised is carried away.
func TestReplenish(t *testing.T) {
	f := newShift(t)
	f.must(SaveBin{Bin: Bin{Code: "R-01", BinKind: "reserve", Aisle: 2, Cell: 3}})
	for _, face := range []struct {
		sku SKU
		Face
	}{{"MUG", Face{5, 20}}, {"BOX", Face{}}} {
		it := *f.s.Items[face.sku]
		it.Face = face.Face
		f.must(SaveItem{Item: it})
	}
	f.stock("A0-00", "MUG", 3)
	f.stock("R-01", "MUG", 50)
	f.stock("A0-01", "BOX", 1)
	f.stock("R-01", "BOX", 9)
	if due := f.s.ReplenishDue(); len(due) != 1 || due[0].Qty != 17 || due[0].To != "A0-00" || due[0].Urgent {
		t.Fatalf("%+v", due)
	}
	f.order("1", "BOX", 6)
	if got := f.must(PlanReplenish{}).(map[string]int)["planned"]; got != 2 {
		t.Fatalf("%d planned", got)
	}
	if due := f.s.ReplenishDue(); len(due) != 0 {
		t.Errorf("planned twice: %+v", due)
	}
	mia := f.as(1, 1)
	if jobs := mia.next().Show.Jobs; jobs[0].Job != "replenish" || jobs[0].Total != 5 {
		t.Errorf("what orders want comes first: %+v", jobs)
	}
	mia.act(Act{Action: "start", Job: "replenish"}).expect(CodeStarted).step("bin")
	mia.scan(BinLabel("A0-01")).expect(CodeWrongBin)
	mia.scan(BinLabel("R-01")).expect(CodeBinOK).scan(ean(1)).expect(CodeWrongItem)
	mia.scan(ean(4)).expect(CodePicked).act(Act{Action: "qty", Qty: 5}).expect(CodeOverPick)
	mia.act(Act{Action: "qty", Qty: 4}).expect(CodeBinNext).step("to")
	mia.scan(BinLabel("R-01")).expect(CodeWrongBin)
	mia.scan(BinLabel("A0-01")).expect(CodePutAwayDone)
	if got := f.s.StockRow(StockKey{Place: InBin("A0-01"), SKU: "BOX"}).OnHand; got != 6 {
		t.Errorf("%d boxes before the picker", got)
	}
	mia.act(Act{Action: "start", Job: "replenish"}).scan(BinLabel("R-01")).act(Act{Action: "qty", Qty: 10}).scan(BinLabel("A0-00")).expect(CodePutAway)
	mia.act(Act{Action: "undo"}).expect(CodeUndone)
	mia.follow().expect(CodePutAwayDone)
	if got := f.s.StockRow(StockKey{Place: InBin("A0-00"), SKU: "MUG"}).OnHand; got != 20 {
		t.Errorf("%d mugs before the picker", got)
	}
	f.sound()
}

// Who cannot get at a reserve bin skips it, and somebody counts it; what was promised meanwhile stays where it is.
func TestReplenishGivesWay(t *testing.T) {
	f := newShift(t)
	f.must(SaveBin{Bin: Bin{Code: "R-01", BinKind: "reserve"}})
	f.stock("R-01", "MUG", 4)
	f.must(PlanReplenish{SKU: "MUG", Qty: 4})
	f.refused(PlanReplenish{SKU: "MUG", Qty: 4}, "nothing_in_reserve")
	f.refused(PlanReplenish{SKU: "BOX", Qty: 1}, "nothing_in_reserve")
	f.refused(PlanReplenish{SKU: "NONE", Qty: 1}, "unknown_item")
	mia := f.as(1, 1)
	mia.act(Act{Action: "start", Job: "replenish"}).scan(BinLabel("R-01")).act(Act{Action: "qty", Qty: 4}).expect(CodeBinNext)
	f.wave("discrete", f.order("1", "MUG", 2))
	mia.scan(BinLabel("A0-00")).expect(CodeChanged)
	f.sound()
	mia.act(Act{Action: "leave"}).act(Act{Action: "start", Job: "replenish"}).act(Act{Action: "skip"}).expect(CodeSkipped)
	if f.s.index.counting["R-01"] == "" {
		t.Error("nobody is asked to count the bin")
	}
}
