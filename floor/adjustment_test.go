package floor

import "testing"

// waitingOf is what an adjustment waits as, or nil where it was made.
func waitingOf(a *Answer) *AdjustmentView {
	rows, _ := a.Result.(map[string]any)
	v, _ := rows["waiting"].(*AdjustmentView)
	return v
}

// What a person changes beyond the house's limit, in units or in worth, waits for another's word, and nothing moves before;
// who asked for it does not allow it, and neither does a token. Below the limit, and from a system, it is done at once.
func TestALargeAdjustmentNeedsASecondPerson(t *testing.T) {
	f := newShift(t)
	ana, mia := f.worker(3), f.worker(1)
	onHand := func() int64 {
		if row := f.s.StockRow(StockKey{Place: InBin("A0-00"), SKU: "MUG"}); row != nil {
			return row.OnHand
		}
		return 0
	}
	by := func(w WorkerID, v Verb) *Answer { return f.do(&Command{Worker: w, Verb: v}) }
	found := AdjustStock{Bin: "A0-00", SKU: "MUG", Qty: 30, Reason: "found"}
	if a := by(ana, found); a.Err != nil || a.Status != 0 || onHand() != 30 {
		t.Fatalf("a house that has set no limit asks nobody: %+v, %d", a.Err, onHand())
	}
	f.must(SetAdjusting{Adjusting{LimitUnits: 20, LimitCents: 900}})
	f.refused(SetAdjusting{Adjusting{LimitUnits: -1}}, "out_of_range")
	f.must(found) // a system
	if a := by(ana, AdjustStock{Bin: "A0-00", SKU: "MUG", Qty: -20, Reason: "lost"}); a.Err != nil || onHand() != 40 {
		t.Fatalf("as many as the limit: %+v, %d", a.Err, onHand())
	}

	lost := AdjustStock{Bin: "A0-00", SKU: "MUG", Qty: -21, Reason: "stolen"}
	unsaid := lost
	unsaid.Reason = ""
	if a := by(ana, unsaid); a.Err == nil || a.Err.Code != "required" {
		t.Errorf("a second person is to be told why: %+v", a.Err)
	}
	a := by(ana, lost)
	asked := waitingOf(a)
	if asked == nil || a.Status != 202 || asked.Status != AdjustmentAsked || asked.AskedBy != ana || onHand() != 40 || len(f.open("adjustment_waits")) != 1 {
		t.Fatalf("%+v %+v, %d on hand", a.Err, a.Result, onHand())
	}
	judge := func(w WorkerID, verb string) string {
		if a := by(w, JudgeAdjustment{ID: asked.ID, Verb: verb}); a.Err != nil {
			return a.Err.Code
		}
		return ""
	}
	for _, no := range []struct {
		who        WorkerID
		verb, code string
	}{{ana, "approve", "second_person"}, {"", "approve", "person_needed"}, {mia, "perhaps", "bad_value"}} {
		if code := judge(no.who, no.verb); code != no.code || onHand() != 40 {
			t.Errorf("%s by %q: %s, want %s; %d on hand", no.verb, no.who, code, no.code, onHand())
		}
	}
	if code := judge(mia, "approve"); code != "" || onHand() != 19 || len(f.open("adjustment_waits")) != 0 {
		t.Fatalf("allowed: %s, %d on hand, %v", code, onHand(), f.open("adjustment_waits"))
	}
	if code := judge(mia, "refuse"); code != "adjustment_approved" {
		t.Errorf("judged twice: %s", code)
	}
	f.refused(JudgeAdjustment{ID: "AJ-9", Verb: "approve"}, "no_adjustment")
	if list := f.s.AdjustmentsJudged(); len(list) != 1 || list[0].JudgedBy != mia || list[0].Reason != "stolen" {
		t.Errorf("who, and why, stays: %+v", list)
	}
	f.sound()
}

// Worth counts as well as units; what is refused moves nothing; and what cannot be done any more by the time it is allowed is
// said then, and goes on waiting.
func TestAnAdjustmentByWorth(t *testing.T) {
	f := newShift(t)
	it := *f.s.Items["MUG"]
	it.CostCents = 400
	f.must(SaveItem{Item: it})
	f.stock("A0-00", "MUG", 10)
	f.must(SetAdjusting{Adjusting{LimitCents: 1000}})
	ana, mia := f.worker(3), f.worker(1)
	ask := func(qty int64) *AdjustmentView {
		a := f.do(&Command{Worker: ana, Verb: AdjustStock{Bin: "A0-00", SKU: "MUG", Qty: qty, Reason: "broken"}})
		return waitingOf(a)
	}
	if v := ask(-2); v != nil {
		t.Fatalf("8.00 is within 10.00: %+v", v)
	}
	first, second := ask(-5), ask(-3)
	if first == nil || first.Worth != 2000 || second == nil {
		t.Fatalf("%+v %+v", first, second)
	}
	f.do(&Command{Worker: mia, Verb: JudgeAdjustment{ID: second.ID, Verb: "refuse", Why: "look again"}})
	f.must(AdjustStock{Bin: "A0-00", SKU: "MUG", Qty: -4, Reason: "a system's"}) // 4 are left
	a := f.do(&Command{Worker: mia, Verb: JudgeAdjustment{ID: first.ID, Verb: "approve"}})
	if a.Err == nil || a.Err.Code != "not_enough" || len(f.s.AdjustmentsAsked()) != 1 {
		t.Errorf("five of four: %+v", a.Err)
	}
	if got := f.s.StockRow(StockKey{Place: InBin("A0-00"), SKU: "MUG"}).OnHand; got != 4 {
		t.Errorf("%d on hand", got)
	}
	f.sound()
}

// A file is no way round it: a row beyond the limit is named, tried or for real, and the rest goes in.
func TestAFileOfLargeAdjustments(t *testing.T) {
	f := newShift(t)
	f.must(SetAdjusting{Adjusting{LimitUnits: 20}})
	rows := []AdjustStock{{Bin: "A0-00", SKU: "MUG", Qty: 20, Reason: "found"}, {Bin: "A0-01", SKU: "MUG", Qty: 21, Reason: "found"}}
	for _, dry := range []bool{true, false} {
		a := f.do(&Command{Worker: f.worker(3), Verb: ImportStock{Rows: rows, Lines: []int{2, 3}, File: "x", Dry: dry}})
		r := a.Result.(*Import)
		if r.Created != 1 || r.Rejected != 1 || r.Errors[0].Row != 3 || r.Errors[0].Code != "second_person" || len(f.s.Adjustments) != 0 {
			t.Errorf("dry %v: %+v", dry, r)
		}
	}
	if r := f.must(ImportStock{Rows: rows, Lines: []int{2, 3}, File: "y"}).(*Import); r.Created != 2 {
		t.Errorf("a system's file: %+v", r)
	}
	f.sound()
}

// Of those that were judged only the latest stay at hand.
func TestJudgedAdjustmentsAreLetGo(t *testing.T) {
	f := newShift(t)
	f.must(SetAdjusting{Adjusting{LimitUnits: 1}})
	ana, mia := f.worker(3), f.worker(1)
	for range AdjustmentsKept + 5 {
		a := f.do(&Command{Worker: ana, Verb: AdjustStock{Bin: "A0-00", SKU: "MUG", Qty: 2, Reason: "found"}})
		f.do(&Command{Worker: mia, Verb: JudgeAdjustment{ID: waitingOf(a).ID, Verb: "approve"}})
	}
	if len(f.s.Adjustments) != AdjustmentsKept {
		t.Errorf("%d are kept", len(f.s.Adjustments))
	}
	for range AdjustmentLimit {
		f.do(&Command{Worker: ana, Verb: AdjustStock{Bin: "A0-00", SKU: "MUG", Qty: 2, Reason: "found"}})
	}
	if a := f.do(&Command{Worker: ana, Verb: AdjustStock{Bin: "A0-00", SKU: "MUG", Qty: 2, Reason: "found"}}); a.Err == nil || a.Err.Code != "too_many" {
		t.Errorf("one more than may wait: %+v", a.Err)
	}
	f.sound()
}
