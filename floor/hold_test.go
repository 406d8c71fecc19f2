package floor

import "testing"

// A recall: what of a lot is free is held at once and promised to nobody; what orders were promised stays theirs and is
// named; released, it goes to who waits for it.
func TestRecallHoldsALot(t *testing.T) {
	f := newShift(t)
	f.must(AdjustStock{Bin: "A0-00", SKU: "TEA", Qty: 6, Lot: "L1", Expiry: "2030-01-01", Reason: "opening"})
	f.must(AdjustStock{Bin: "A0-01", SKU: "TEA", Qty: 4, Lot: "L2", Expiry: "2031-01-01", Reason: "opening"})
	f.wave("discrete", f.order("1", "TEA", 2))
	h := f.must(HoldStock{SKU: "TEA", Lot: "L1", Condition: Held, Reason: "recall 7"}).(*Holding)
	if h.Qty != 4 || h.Promised != 2 || len(h.Rows) != 1 || h.Rows[0].Why != "recall 7" || h.Rows[0].Free != 0 {
		t.Errorf("%+v", h)
	}
	w := f.must(ReleaseWave{Method: "discrete", Orders: []OrderID{f.order("2", "TEA", 5)}}).(*WaveView)
	if len(w.Short) != 1 || w.Short[0].Missing != 1 { // of the five it wants, four are of the other lot
		t.Errorf("what is held was promised: %+v", w.Short)
	}
	f.must(HoldStock{SKU: "TEA", Lot: "L1", Condition: Good, Reason: "it was another lot"})
	if row := f.s.StockRow(StockKey{Place: InBin("A0-00"), SKU: "TEA", Lot: "L1", Expiry: "2030-01-01"}); row.OnHand != 6 || row.Why != "" {
		t.Errorf("%+v", row)
	}
	f.sound()
}

// Refusals of holds and moves, each with what it names.
func TestHoldAndMoveRefusals(t *testing.T) {
	f := newShift(t)
	f.stock("A0-00", "MUG", 5)
	f.must(AdjustStock{Bin: "A0-01", SKU: "CAM", Qty: 1, Serials: []string{"S1"}, Reason: "opening"})
	f.refused(HoldStock{SKU: "NONE", Condition: "odd"}, "unknown_item")
	f.refused(HoldStock{SKU: "BOX", Condition: Held, Reason: "x"}, "no_stock")
	f.refused(MoveStock{From: "A0-00", To: "A0-00", Key: StockKey{SKU: "MUG"}, Qty: 1, Reason: "x"}, "same_bin")
	f.refused(MoveStock{From: "A0-00", To: "A0-02", Key: StockKey{SKU: "MUG"}, Qty: 6, Reason: "x"}, "not_enough")
	f.refused(MoveStock{From: "A0-01", To: "A0-02", Key: StockKey{SKU: "CAM", Serial: "S1"}, Qty: 2, Reason: "x"}, "out_of_range")
	f.must(MoveStock{From: "A0-00", To: "A0-02", Key: StockKey{SKU: "MUG"}, Qty: 3, Reason: "nearer"})
	f.must(HoldStock{SKU: "MUG", Bin: "A0-02", Condition: Damaged, Reason: "wet"})
	if got := f.s.StockRow(StockKey{Place: InBin("A0-02"), SKU: "MUG", Condition: Damaged}).OnHand; got != 3 {
		t.Errorf("%d wet mugs", got)
	}
	f.sound()
}
