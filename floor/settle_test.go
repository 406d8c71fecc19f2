package floor

import "testing"

// closedReturn is a return of mugs of an order, all of them judged as new.
func (f *shift) closedReturn(order OrderID, units int, wanted string) ReturnID {
	f.t.Helper()
	rt := f.back(order, ReturnLine{SKU: "MUG", Qty: int64(units), Reason: "changed_mind", Wanted: wanted})
	ira := f.ira()
	ira.scan(string(rt)).expect(CodeOpened)
	for range units {
		ira.scan(ean(1)).expect(CodeReturned)
		ira.judge("yes", Restock)
	}
	ira.act(Act{Action: "finish"}).expect(CodeReturnDone)
	return rt
}

func (f *shift) settled(v SettleReturn) Settlement {
	f.t.Helper()
	return f.must(v).(*ReturnView).Settlement
}

// A replacement that was cancelled replaces nothing: approved again, another goes out.
func TestAReplacementThatWasCancelled(t *testing.T) {
	f := returnsHouse(t)
	f.stock("A1-01", "MUG", 5)
	rt := f.closedReturn(f.sent("1", "MUG", 1), 1, WantReplacement)
	first := f.settled(SettleReturn{ID: rt, Verb: "approve"}).Replacement
	f.must(SettleReturn{ID: rt, Verb: "refuse"})
	f.must(SettleReturn{ID: rt, Verb: "propose"})
	if again := f.settled(SettleReturn{ID: rt, Verb: "approve"}).Replacement; again != first {
		t.Errorf("%s goes out already, and %s was made", first, again)
	}
	f.must(SettleReturn{ID: rt, Verb: "refuse"})
	f.must(CancelOrder{ID: first})
	f.must(SettleReturn{ID: rt, Verb: "propose"})
	second := f.settled(SettleReturn{ID: rt, Verb: "approve"}).Replacement
	if o := f.s.Orders[second]; second == first || o == nil || o.Status == OrderCancelled {
		t.Errorf("%s is %s: nothing goes out", second, f.s.Orders[second].Status)
	}
	f.allSound()
}

// Money and goods do not both go out for one unit: while a replacement is on its way nothing is refunded in its place, and
// one that stands in for a refund takes the refund's amount away.
func TestNoMoneyBesideAReplacement(t *testing.T) {
	f := returnsHouse(t)
	f.stock("A1-01", "MUG", 5)
	rt := f.closedReturn(f.sent("1", "MUG", 1), 1, WantReplacement)
	goes := f.settled(SettleReturn{ID: rt, Verb: "approve"}).Replacement
	f.must(SettleReturn{ID: rt, Verb: "refuse"})
	f.must(SettleReturn{ID: rt, Verb: "propose", Outcome: OutcomeFull})
	f.refused(SettleReturn{ID: rt, Verb: "approve"}, "replacement_goes_out")
	f.must(CancelOrder{ID: goes})
	if m := f.settled(SettleReturn{ID: rt, Verb: "approve"}); m.AmountCents != 1000 {
		t.Errorf("full is what was paid: %+v", m)
	}

	other := f.closedReturn(f.sent("2", "MUG", 1), 1, WantRefund)
	if m := f.s.Returns[other].Money; m.Status != MoneyProposed || m.AmountCents == 0 {
		t.Fatalf("%+v", m)
	}
	if m := f.settled(SettleReturn{ID: other, Verb: "approve", Outcome: OutcomeReplacement}); m.AmountCents != 0 || m.FeeCents != 0 {
		t.Errorf("money and goods for one unit: %+v", m)
	}
	f.allSound()
}

// What an order was paid is paid back once, whichever of its returns is approved first.
func TestNoMoreIsRefundedThanWasPaid(t *testing.T) {
	f := returnsHouse(t)
	id := f.sent("1", "MUG", 2)
	one, two := f.closedReturn(id, 1, WantRefund), f.closedReturn(id, 1, WantRefund)
	f.must(SettleReturn{ID: one, Verb: "approve", Outcome: OutcomeFull, AmountCents: cents(2000)})
	f.refused(SettleReturn{ID: two, Verb: "approve"}, "out_of_range")
	f.must(SettleReturn{ID: two, Verb: "approve", Outcome: OutcomeRefuse})
	f.allSound()
}
