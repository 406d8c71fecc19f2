package floor

import (
	"slices"
	"testing"
)

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

// shelved puts reserve above a pick bin: of MUG, which its pick bin holds from 5 to 20 of.
func shelved(t *testing.T, here int64) *shift {
	f := newShift(t)
	f.must(SaveBin{Bin: Bin{Code: "R-01", BinKind: "reserve", Aisle: 2, Cell: 3}})
	it := *f.s.Items["MUG"]
	it.Face = Face{5, 20}
	f.must(SaveItem{Item: it})
	f.stock("A0-00", "MUG", here)
	f.stock("R-01", "MUG", 100)
	return f
}

func (f *shift) only() Replenish {
	f.t.Helper()
	if len(f.s.Replenishes) != 1 {
		f.t.Fatalf("%d are planned", len(f.s.Replenishes))
	}
	for _, r := range f.s.Replenishes {
		return *r
	}
	return Replenish{}
}

// What a wave promises counts as gone: the bin is filled up while its goods still lie there, and what pickers fetch from
// reserve themselves is not brought to them too. What orders want while it is under way makes it more, and urgent.
func TestReplenishLooksAhead(t *testing.T) {
	f := shelved(t, 20)
	if due := f.s.ReplenishDue(); len(due) != 0 {
		t.Fatalf("the bin is full: %+v", due)
	}
	f.wave("discrete", f.order("1", "MUG", 18))
	if due := f.s.ReplenishDue(); len(due) != 1 || due[0].Qty != 18 || due[0].Urgent {
		t.Fatalf("2 will be left of 20: %+v", due)
	}
	f.must(PlanReplenish{})
	f.order("2", "MUG", 30)
	f.must(PlanReplenish{})
	if r := f.only(); r.Qty != 28 || !r.Urgent {
		t.Errorf("48 are wanted and 20 lie there: %+v", r)
	}
	before := len(f.all)
	f.must(PlanReplenish{})
	if len(f.all) != before {
		t.Errorf("the same need was planned twice: %+v", f.all[before:])
	}
	g := shelved(t, 3)
	g.wave("discrete", g.order("1", "MUG", 10)) // 3 here, 7 from reserve
	if due := g.s.ReplenishDue(); len(due) != 1 || due[0].Qty != 20 || due[0].Urgent {
		t.Errorf("the 7 are fetched from reserve: %+v", due)
	}
}

// A picker before an empty bin has it filled up before all others, unless the house does that by hand.
func TestReplenishAfterShort(t *testing.T) {
	for _, byHand := range []bool{false, true} {
		f := shelved(t, 10)
		f.must(SaveSite{Site: Site{Name: "Test House"}, ReplenishByHand: &byHand})
		f.wave("discrete", f.order("1", "MUG", 2))
		mia := f.as(1, 1)
		mia.act(Act{Action: "start", Job: "pick"}).follow1("item")
		mia.act(Act{Action: "short", Reason: "missing"}).expect(CodeShortMore)
		if byHand {
			if len(f.s.Replenishes) > 0 {
				t.Error("the house does it by hand")
			}
			continue
		}
		if r := f.only(); r.Qty != 20 || !r.Urgent || r.To == "A0-00" {
			t.Errorf("%+v", r)
		}
		f.sound()
	}
	f := shelved(t, 4)
	f.must(PlanReplenish{})
	f.wave("discrete", f.order("1", "MUG", 2))
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow1("item").act(Act{Action: "short", Reason: "missing"}).expect(CodeShortMore)
	if r := f.only(); !r.Urgent {
		t.Errorf("it was planned, and is urgent now: %+v", r)
	}
}

// follow1 goes on plainly until a step.
func (h *hand) follow1(step string) *hand {
	h.f.t.Helper()
	for range 50 {
		if n := h.next(); n.Step == step || !h.plain(n) {
			break
		}
	}
	return h.step(step)
}

// What is no longer there to be brought ends: by itself where nobody has begun, and with one tap where somebody has.
func TestReplenishOfNothing(t *testing.T) {
	f := shelved(t, 0+1)
	f.must(PlanReplenish{})
	f.must(MoveStock{From: "R-01", To: "A1-00", Key: StockKey{SKU: "MUG"}, Qty: 100, Reason: "tidied"})
	mia := f.as(1, 1)
	mia.act(Act{Action: "start", Job: "replenish"}).expect(CodeStarted).step("finish").scan(ean(1)).expect(CodeGone)
	f.must(PlanReplenish{})
	f.only()
	mia.act(Act{Action: "finish"}).expect(CodePutAwayDone)
	g := shelved(t, 1)
	g.must(PlanReplenish{})
	g.must(MoveStock{From: "R-01", To: "A1-00", Key: StockKey{SKU: "MUG"}, Qty: 100, Reason: "tidied"})
	g.must(PlanReplenish{})
	if len(g.s.Replenishes) != 0 {
		t.Errorf("%+v", g.only())
	}
	g.sound()
}

// Where several lots of an item lie in reserve, the item's bare code does not say which is in the hand: it is asked, and only
// the lot that is to be brought is brought. Where one lies there, nothing is asked.
func TestReplenishAsksForTheLot(t *testing.T) {
	f := newShift(t)
	f.must(SaveBin{Bin: Bin{Code: "R-01", BinKind: "reserve"}})
	lot := func(name, day string) {
		f.must(AdjustStock{Bin: "R-01", SKU: "TEA", Qty: 4, Lot: name, Expiry: day, Reason: "opening"})
	}
	lot("L1", "2031-01-31")
	lot("L2", "2032-01-31")
	f.must(AdjustStock{Bin: "A0-00", SKU: "TEA", Qty: 1, Lot: "L1", Expiry: "2031-01-31", Reason: "opening"})
	f.must(PlanReplenish{SKU: "TEA", Qty: 4})
	mia := f.as(1, 1)
	mia.act(Act{Action: "start", Job: "replenish"}).scan(BinLabel("R-01"))
	if slices.Contains(mia.next().Actions, "qty") {
		t.Error("a number is offered, and would be refused")
	}
	mia.act(Act{Action: "qty", Qty: 2}).expect(CodeQtyNotHere)
	mia.scan(ean(2)).expect(CodeAmbiguous)
	if n := mia.next(); n.Ask == nil || len(n.Ask.Options) != 2 || n.Ask.Options[0].ID != "L1|2031-01-31" {
		t.Fatalf("%+v", n.Ask)
	}
	mia.act(Act{Action: "answer", Ask: "lot", Value: "L9|"}).expect(CodeBadArgs)
	mia.act(Act{Action: "answer", Ask: "lot", Value: "L2|2032-01-31"}).expect(CodeWrongLot)
	mia.scan(ean(2)).expect(CodeAmbiguous).act(Act{Action: "answer", Ask: "lot", Value: "L1|2031-01-31"}).expect(CodePicked)
	mia.act(Act{Action: "qty", Qty: 1}).expect(CodePicked)
	mia.scan("01" + "0" + ean(2) + "17320131" + "10L2").expect(CodeWrongLot)
	mia.scan("01" + "0" + ean(2) + "17310131" + "10L1").expect(CodePicked)
	for _, r := range f.s.Replenishes {
		if len(r.Among) > 0 || r.Unsure != nil || r.Hand != 3 {
			t.Errorf("what is known is not doubted: %+v", r)
		}
	}
	mia.follow().expect(CodePutAwayDone)
	if row := f.s.StockRow(StockKey{Place: InBin("R-01"), SKU: "TEA", Lot: "L2", Expiry: "2032-01-31"}); row == nil || row.OnHand != 4 {
		t.Errorf("%+v", row)
	}
	f.sound()
}
