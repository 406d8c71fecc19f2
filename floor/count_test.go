package floor

import "testing"

// A blind count: what is right is done at once; what differs is counted again, and a small difference found twice alike is
// booked by itself. Nothing that a screen shows says how many there should be.
func TestCountABin(t *testing.T) {
	f := newShift(t)
	f.stock("A0-00", "MUG", 7)
	f.stock("A0-00", "BOX", 2)
	f.must(PlanCounts{Bins: []BinCode{"A0-00", "A0-00"}})
	if len(f.s.Counts) != 1 {
		t.Fatalf("%d counts of one bin", len(f.s.Counts))
	}
	mia := f.as(1, 1)
	mia.act(Act{Action: "start", Job: "count"}).expect(CodeStarted).step("bin")
	mia.scan(BinLabel("A0-01")).expect(CodeWrongBin)
	mia.scan(BinLabel("A0-00")).expect(CodeBinOK).step("item")
	mia.scan("MUG-PACK6").expect(CodeCounted)
	if n := mia.next(); n.Job.Total != n.Job.Done || n.Show.Qty != 0 || n.Show.Total != 0 || n.Show.Item != nil {
		t.Errorf("it says how many there should be: %+v", n.Show)
	}
	mia.scan(ean(4), ean(4), ean(4)).act(Act{Action: "undo"}).expect(CodeUndone)
	mia.scan(BinLabel("A0-00")).expect(CodeCountAgain)
	f.as(3, 4) // somebody else could count it now
	mia.act(Act{Action: "start", Job: "count"}).expect(CodeNoWork)
	ana := &hand{f: f, device: f.device(4), worker: f.worker(3)}
	ana.act(Act{Action: "start", Job: "count"}).expect(CodeStarted)
	ana.scan(BinLabel("A0-00"), ean(1)).act(Act{Action: "qty", Qty: 5}).scan(ean(4), ean(4)).act(Act{Action: "finish"}).expect(CodeCountDone)
	if got := f.s.StockRow(StockKey{Place: InBin("A0-00"), SKU: "MUG"}).OnHand; got != 6 {
		t.Errorf("%d mugs in the books", got)
	}
	if got := f.s.FiguresOf("count", f.now, 30); len(got) != 1 || got[0].N != 2 || got[0].Sum != 1 {
		t.Errorf("one of two rows was right: %+v", got)
	}
	f.sound()
}

// A large difference waits for a second person, who is not one of those that counted; goods that move meanwhile make the
// count none.
func TestCountNeedsASecondPerson(t *testing.T) {
	f := newShift(t)
	f.stock("A0-00", "MUG", 40)
	c := f.must(PlanCounts{Bins: []BinCode{"A0-00"}, Why: "audit"}).(map[string]any)["items"].([]*CountView)[0].ID
	ana := f.as(3, 4)
	ana.act(Act{Action: "start", Job: "count", ID: string(c)}).scan(BinLabel("A0-00"), ean(1))
	f.stock("A0-00", "MUG", 1)
	ana.act(Act{Action: "finish"}).expect(CodeCountMoved).step("bin")
	count := func() *hand {
		return ana.scan(BinLabel("A0-00"), ean(1)).act(Act{Action: "qty", Qty: 9}).act(Act{Action: "finish"})
	}
	count().expect(CodeCountAgain)
	ana.act(Act{Action: "start", Job: "count", ID: string(c)})
	count().expect(CodeCountTold)
	if len(f.open("count_differs")) != 1 || f.s.StockRow(StockKey{Place: InBin("A0-00"), SKU: "MUG"}).OnHand != 41 {
		t.Error("booked without a second person")
	}
	a := f.do(&Command{Worker: f.worker(3), Verb: JudgeCount{ID: c, Verb: "book"}})
	if a.Err == nil || a.Err.Code != "second_person" {
		t.Fatalf("who counted booked it: %+v", a.Err)
	}
	f.must(JudgeCount{ID: c, Verb: "book"})
	f.refused(JudgeCount{ID: c, Verb: "again"}, "count_done")
	if got := f.s.StockRow(StockKey{Place: InBin("A0-00"), SKU: "MUG"}).OnHand; got != 10 {
		t.Errorf("%d mugs in the books", got)
	}
	f.sound()
}

// Lots and serials are told apart, an empty bin is said to be empty, and what pickers were promised is not booked away.
func TestCountLotsSerialsAndNothing(t *testing.T) {
	f := newShift(t)
	f.must(AdjustStock{Bin: "A0-00", SKU: "TEA", Qty: 2, Lot: "L1", Expiry: "2031-01-01", Reason: "opening"})
	f.must(AdjustStock{Bin: "A0-00", SKU: "TEA", Qty: 1, Lot: "L2", Expiry: "2032-01-01", Reason: "opening"})
	f.must(AdjustStock{Bin: "A0-00", SKU: "CAM", Qty: 1, Serials: []string{"S1"}, Reason: "opening"})
	f.stock("A0-01", "MUG", 3)
	f.must(PlanCounts{Bins: []BinCode{"A0-00", "A0-01", "A0-02"}})
	mia := f.as(1, 1)
	mia.scan(BinLabel("A0-00")).expect(CodeOpened).scan(BinLabel("A0-00"))
	mia.scan(ean(2)).expect(CodeLotNext).scan("L1").expect(CodeCounted).act(Act{Action: "qty", Qty: 1}).scan(ean(2), "L2").expect(CodeCounted)
	mia.scan(ean(3)).expect(CodeSerialNext).scan("S1").expect(CodeCounted).scan("S1").expect(CodeCountedTwice)
	mia.act(Act{Action: "finish"}).expect(CodeCountDone)

	mia.scan(BinLabel("A0-02"), BinLabel("A0-02")).act(Act{Action: "finish"}).expect(CodeConfirm).act(Act{Action: "answer", Ask: "empty", Value: "yes"}).expect(CodeCountDone)

	f.wave("discrete", f.order("1", "MUG", 2))
	for range 2 {
		mia.scan(BinLabel("A0-01"), BinLabel("A0-01")).act(Act{Action: "finish"}).act(Act{Action: "answer", Ask: "empty", Value: "yes"})
	}
	mia.expect(CodeCountTold)
	f.refused(JudgeCount{ID: f.s.index.counting["A0-01"], Verb: "book"}, "reserved")
	f.sound()
}

// A plain client that only follows next ends any count.
func TestCountFollowed(t *testing.T) {
	f := newShift(t)
	f.stock("A0-00", "MUG", 4)
	f.must(AdjustStock{Bin: "A0-00", SKU: "CAM", Qty: 1, Serials: []string{"S1"}, Reason: "opening"})
	f.must(AdjustStock{Bin: "A0-00", SKU: "TEA", Qty: 2, Lot: "L1", Expiry: "2031-01-01", Reason: "opening"})
	f.must(PlanCounts{Bins: []BinCode{"A0-00"}})
	f.as(1, 1).act(Act{Action: "start", Job: "count"}).follow().expect(CodeCountDone)
}

// What is held stays held, however often it is counted: of a kind that lies there for sale and held alike, as many as are
// held are found first. What is missing then is missing of those that may be sold.
func TestCountKeepsWhatIsHeld(t *testing.T) {
	f := newShift(t)
	f.stock("A0-00", "MUG", 2)
	f.must(HoldStock{SKU: "MUG", Condition: Held, Reason: "recall"})
	f.stock("A0-00", "MUG", 5)
	f.must(AdjustStock{Bin: "A0-00", SKU: "TEA", Qty: 3, Lot: "L1", Expiry: "2031-01-01"})
	f.must(HoldStock{SKU: "TEA", Condition: Held, Reason: "recall"})
	f.must(PlanCounts{Bins: []BinCode{"A0-00"}})
	mia := f.as(1, 1)
	mia.act(Act{Action: "start", Job: "count"}).follow().expect(CodeCountDone)
	f.must(PlanCounts{Bins: []BinCode{"A0-00"}})
	for range 2 {
		mia.act(Act{Action: "start", Job: "count"}).scan(BinLabel("A0-00"), ean(1)).act(Act{Action: "qty", Qty: 9}).act(Act{Action: "undo"})
		mia.act(Act{Action: "qty", Qty: 5}).scan(ean(2), ean(2), ean(2)).act(Act{Action: "finish"})
	}
	mia.expect(CodeCountDone)
	for k, want := range map[StockKey]int64{{SKU: "MUG"}: 4, {SKU: "MUG", Condition: Held}: 2, {SKU: "TEA", Lot: "L1", Expiry: "2031-01-01", Condition: Held}: 3} {
		if row := f.s.StockRow(k.at(InBin("A0-00"))); row == nil || row.OnHand != want {
			t.Errorf("%v: %+v, want %d", k, row, want)
		}
	}
	if row := f.s.StockRow(StockKey{Place: InBin("A0-00"), SKU: "TEA", Lot: "L1", Expiry: "2031-01-01"}); row != nil {
		t.Errorf("held tea is for sale: %+v", row)
	}
	f.sound()
}

// What waits for its verdict is neither counted away nor counted in.
func TestCountLeavesReturns(t *testing.T) {
	f := returnsHouse(t)
	rt := f.must(CreateReturn{NewReturn{Lines: []ReturnLine{{SKU: "MUG", Qty: 2}}}}).(*ReturnView).ID
	f.ira().scan(string(rt), ean(1)).expect(CodeReturned)
	for _, found := range []int64{5, 0} {
		f.must(PlanCounts{Bins: []BinCode{"BACK"}})
		mia := f.as(1, 1).act(Act{Action: "start", Job: "count"}).scan(BinLabel("BACK"))
		if found > 0 {
			mia.scan(ean(1)).act(Act{Action: "qty", Qty: found - 1})
		}
		mia.act(Act{Action: "finish"}).act(Act{Action: "answer", Ask: "empty", Value: "yes"})
		if row := f.s.StockRow(StockKey{Place: InBin("BACK"), SKU: "MUG", Condition: Returned}); row == nil || row.OnHand != 1 || f.s.index.counting["BACK"] != "" {
			t.Errorf("%d were counted: %+v, open %v", found, row, f.s.index.counting)
		}
		mia.act(Act{Action: "signout"})
	}
	f.allSound()
}
