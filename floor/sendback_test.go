package floor

import (
	"slices"
	"testing"
)

// keptBack is a return of two cameras and a mug, of which a camera and the mug are kept apart.
func (f *shift) keptBack(ext string) (OrderID, ReturnID) {
	f.t.Helper()
	id := f.sent(ext, "CAM", 2, "MUG", 1)
	rt := f.back(id, ReturnLine{SKU: "CAM", Qty: 2, Reason: "changed_mind"}, ReturnLine{SKU: "MUG", Qty: 1, Reason: "changed_mind"})
	ira := f.ira()
	ira.scan(string(rt)).expect(CodeOpened)
	ira.scan("CAM-" + ext + "-1").expect(CodeReturned)
	ira.judge("yes", Restock)
	ira.scan("CAM-" + ext + "-2").expect(CodeReturned)
	ira.judge("no", "no", Quarantine)
	ira.scan(ean(1)).expect(CodeReturned)
	ira.judge("no", "no", Quarantine)
	ira.act(Act{Action: "finish"}).expect(CodeReturnDone)
	return id, rt
}

// judge answers the questions about the unit in the hand, gives the verdict and puts the unit where that says.
func (h *hand) judge(answers ...string) {
	h.f.t.Helper()
	for _, a := range answers {
		h.act(Act{Action: "answer", Ask: h.next().Ask.ID, Value: a})
	}
	if n := h.next(); n.Step == "bin" {
		h.scan(n.Want[0].Code).expect(CodeJudged)
	}
}

// Refused and sent back: the very units that were kept apart go back in a parcel with a label of its own, over the pick,
// the bench and the dock as all goods do; at no time may they be sold, and no money moves.
func TestSendBack(t *testing.T) {
	f := returnsHouse(t)
	f.watch = (*shift).allSound
	p := UsualReturns
	p.SendBackCents = 700
	f.must(SetReturnPolicy{p})
	f.must(AdjustStock{Bin: "A1-01", SKU: "MUG", Qty: 5, Reason: "opening"})
	id, rt := f.keptBack("1")
	mug, cam := f.sellable(StockKey{SKU: "MUG"}), f.sellable(StockKey{SKU: "CAM", Serial: "CAM-1-2"})
	f.refused(SettleReturn{ID: rt, Verb: "approve", Outcome: OutcomeSendBack, AmountCents: cents(1)}, "bad_value")
	if a := f.do(&Command{Verb: SettleReturn{ID: rt, Verb: "approve", Outcome: OutcomeSendBack}, Roles: RoleInspector}); a.Err == nil || a.Err.Code != "over_limit" {
		t.Fatalf("an inspector sends goods away: %+v", a.Err)
	}
	stood := f.places()
	v := f.must(SettleReturn{ID: rt, Verb: "approve", Outcome: OutcomeSendBack}).(*ReturnView)
	if m := v.Settlement; m.AmountCents != 0 || m.FeeCents != 700 || m.Back == "" {
		t.Fatalf("%+v", m)
	}
	if !slices.Equal(stood, f.places()) {
		t.Error("the word alone moved goods")
	}
	back := f.s.Orders[v.Settlement.Back]
	if back.Status != OrderReleased || back.ShipTo.Person.Name != f.s.Orders[id].ShipTo.Person.Name || len(back.Lines) != 2 || back.Back != rt {
		t.Fatalf("%+v", back)
	}
	if h := f.must(HoldStock{SKU: "CAM", Serial: "CAM-1-2", Condition: Good, Reason: "x"}).(*Holding); h.Qty != 0 || h.Promised != 1 {
		t.Errorf("it is promised: nothing of it is freed: %+v", h)
	}

	mia := f.as(1, 1)
	mia.act(Act{Action: "start", Job: "pick"}).expect(CodeStarted)
	mia.follow()
	f.as(2, 2).scan(string(back.Totes[0])).expect(CodeOpened).follow()
	parcel := f.s.Parcels[back.Parcels[0]]
	if parcel.Status != ParcelPacked || parcel.Tracking == "" || parcel.units() != 2 {
		t.Fatalf("%+v", parcel)
	}
	for _, row := range f.s.StockAt(InParcel(parcel.ID)) {
		if row.Key.Condition != Held || row.Free() != 0 {
			t.Errorf("%+v may be sold", row)
		}
	}
	f.as(1, 3).act(Act{Action: "start", Job: "load"}).expect(CodeStarted).follow()
	if back.Status != OrderDispatched || f.sellable(StockKey{SKU: "MUG"}) != mug || f.sellable(StockKey{SKU: "CAM", Serial: "CAM-1-2"}) != cam {
		t.Errorf("%s; for sale were %d mugs and %d of the camera", back.Status, mug, cam)
	}
	if d := f.s.Demand["MUG"]; d.on(f.now.day()) != 1 {
		t.Errorf("what goes back is no demand: %d", d.on(f.now.day()))
	}
	f.must(SettleReturn{ID: rt, Verb: "send"})
	f.refused(SettleReturn{ID: rt, Verb: "approve"}, "settlement_sent")
}

// places are all goods and where they are.
func (f *shift) places() (out []string) {
	for k, row := range f.s.stock {
		out = append(out, k.String()+" "+itoa(row.OnHand))
	}
	slices.Sort(out)
	return out
}

// What goes back is replaced by nothing: another serial is refused, a short is left out, and a cancelled order's goods come
// back as what they were, to be sent by another.
func TestSendBackTakesNothingElse(t *testing.T) {
	f := returnsHouse(t)
	f.watch = (*shift).allSound
	f.must(AdjustStock{Bin: "A1-01", SKU: "MUG", Qty: 5, Reason: "opening"})
	_, other := f.keptBack("2")
	id, rt := f.keptBack("1")
	first := f.must(SettleReturn{ID: rt, Verb: "approve", Outcome: OutcomeSendBack}).(*ReturnView).Settlement.Back
	if again := f.must(SettleReturn{ID: rt, Verb: "refuse"}); again == nil {
		t.Fatal()
	}
	f.must(SettleReturn{ID: rt, Verb: "propose"})
	if second := f.must(SettleReturn{ID: rt, Verb: "approve", Outcome: OutcomeSendBack}).(*ReturnView).Settlement.Back; second != first {
		t.Errorf("approved twice, it goes back twice: %s, %s", first, second)
	}
	mia := f.as(1, 1)
	mia.act(Act{Action: "start", Job: "pick"}).expect(CodeStarted)
	for mia.next().Step != "item" || mia.next().Show.Item.SKU != "CAM" {
		mia.plain(mia.next())
	}
	mia.scan(ean(3)).expect(CodeSerialNext)
	mia.scan("CAM-2-2").expect(CodeWrongSerial)
	mia.scan("CAM-1-2")
	f.must(CancelOrder{ID: first, Reason: "they came by"})
	mia.act(Act{Action: "leave"})
	mia = f.as(1, 1)
	mia.act(Act{Action: "start", Job: "putback", ID: string(first)}).expect(CodeStarted).follow()
	row := f.s.StockRow(StockKey{Place: InBin("QUAR"), SKU: "CAM", Serial: "CAM-1-2", Condition: Held})
	if row == nil || row.Free() != 0 {
		t.Fatalf("it came back as something else: %v", f.places())
	}
	f.must(SettleReturn{ID: rt, Verb: "refuse"})
	f.must(SettleReturn{ID: rt, Verb: "propose"})
	third := f.must(SettleReturn{ID: rt, Verb: "approve", Outcome: OutcomeSendBack}).(*ReturnView).Settlement.Back
	if third == first || f.s.Orders[third].Lines[0].Reserved != 1 {
		t.Errorf("%s: %+v", third, f.s.Orders[third])
	}
	mia.act(Act{Action: "start", Job: "pick"}).expect(CodeStarted)
	for mia.next().Step != "item" || mia.next().Show.Item.SKU != "MUG" {
		mia.plain(mia.next())
	}
	free := f.sellable(StockKey{SKU: "MUG"})
	for n := 0; n < 5 && mia.next().Step == "item" && mia.next().Show.Item.SKU == "MUG"; n++ {
		mia.act(Act{Action: "short", Found: 0, Reason: "missing"})
	}
	if f.sellable(StockKey{SKU: "MUG"}) != free {
		t.Error("a mug of the shelves was promised in its place")
	}
	f.must(SettleReturn{ID: other, Verb: "refuse"})
	f.refused(SettleReturn{ID: f.back("", ReturnLine{SKU: "MUG", Qty: 1}), Verb: "approve"}, "settlement_")
	if f.s.Orders[id].Status != OrderDispatched {
		t.Error("the first order is as it was")
	}
}

// Nothing that was kept apart, nobody known: said, and nothing happens.
func TestSendBackRefusals(t *testing.T) {
	f := returnsHouse(t)
	f.watch = (*shift).allSound
	p := UsualReturns
	p.SendBack, p.SendBackCents = true, 450
	f.must(SetReturnPolicy{p})
	id := f.sent("1", "MUG", 2)
	rt := f.back(id, ReturnLine{SKU: "MUG", Qty: 1, Reason: "other"})
	f.ira().scan(string(rt)).follow() // back on its shelf
	f.refused(SettleReturn{ID: rt, Verb: "approve", Outcome: OutcomeSendBack}, "nothing_kept_apart")
	blind := f.back("", ReturnLine{SKU: "MUG", Qty: 1})
	f.ira().scan(string(blind)).follow()
	f.refused(SettleReturn{ID: blind, Verb: "approve", Outcome: OutcomeSendBack}, "no_order")
	second := f.back(id, ReturnLine{SKU: "MUG", Qty: 1, Reason: "changed_mind"})
	ira := f.ira()
	ira.scan(string(second), ean(1)).expect(CodeReturned)
	ira.judge("no", "no", Quarantine)
	ira.act(Act{Action: "finish"}).expect(CodeReturnDone)
	m := f.s.Returns[second].Money
	if m.Status != MoneyProposed || m.Outcome != OutcomeSendBack || m.FeeCents != 450 || m.AmountCents != 0 {
		t.Fatalf("the policy proposes it, a person decides: %+v", m)
	}
	back := f.must(SettleReturn{ID: second, Verb: "approve"}).(*ReturnView).Settlement.Back
	f.refused(ReleaseWave{Orders: []OrderID{back}, Method: Batch}, "order_released")
	f.must(TakeFromWave{Wave: f.s.Orders[back].Wave, Order: back})
	f.refused(ReleaseWave{Orders: []OrderID{back}, Method: Batch}, "goes_back")
	if v := f.must(ReleaseWave{Filter: &OrderFilter{}, Method: Batch}).(*WaveView); len(v.Orders) != 0 {
		t.Errorf("refused goods lie in one tote with others: %+v", v)
	}
	if v := f.must(ReleaseWave{Orders: []OrderID{back}, Method: Discrete}).(*WaveView); len(v.Orders) != 1 {
		t.Errorf("%+v", v)
	}
}
