package floor

import (
	"strings"
	"testing"
)

// bought announces goods and sets up the door they come through.
func (f *shift) bought(lines ...PurchaseOrderLine) PurchaseOrderID {
	f.t.Helper()
	f.must(SaveBin{Bin: Bin{Code: "DOOR", BinKind: "dock"}})
	f.must(SaveBin{Bin: Bin{Code: "QUAR", BinKind: "quarantine"}})
	return f.must(CreatePurchaseOrder{NewPurchaseOrder{External: "4711", Supplier: "Mill", Due: "2030-01-31", Lines: lines}}).(*PurchaseOrderView).ID
}

// A delivery from the door to the shelf: counted unit by unit and by number, with lots, days and serials; what came damaged
// is set aside; what an order waits for is said at once and put away first; at the end stock, receipt and purchase agree.
func TestReceiveAndPutAway(t *testing.T) {
	f := newShift(t)
	po := f.bought(PurchaseOrderLine{SKU: "MUG", Ordered: 10}, PurchaseOrderLine{SKU: "TEA", Ordered: 2}, PurchaseOrderLine{SKU: "CAM", Ordered: 1})
	waiting := f.order("1", "TEA", 1)
	f.must(ReleaseWave{Method: "discrete", Orders: []OrderID{waiting}})
	mia := f.as(1, 1)
	mia.act(Act{Action: "start", Job: "receive", ID: string(po)}).expect(CodeStarted)
	mia.scan(ean(1)).expect(CodeReceived)
	mia.act(Act{Action: "qty", Qty: 8}).expect(CodeReceived)
	mia.act(Act{Action: "damaged", Qty: 2}).expect(CodeDamaged)
	mia.scan(ean(2)).expect(CodeLotNext)
	mia.scan("L7").expect(CodeLotNext)
	mia.scan("tomorrow").expect(CodeBadArgs)
	mia.scan("2031-05-31").expect(CodeAwaited)
	mia.scan("01" + "0" + ean(2) + "17310531" + "10L7").expect(CodeAwaited)
	mia.scan(ean(3)).expect(CodeSerialNext)
	mia.scan("SN-1").expect(CodeReceived)
	mia.act(Act{Action: "finish"}).expect(CodeConfirm)
	mia.act(Act{Action: "answer", Ask: "rest", Value: "all"}).expect(CodeReceiptDone)
	p := f.s.PurchaseOrders[po]
	if p.Status != PurchaseOrderReceived || p.Lines[0].Received != 9 || p.Lines[0].Damaged != 2 || p.Lines[1].Received != 2 || p.Lines[2].Received != 1 {
		t.Fatalf("%+v", p)
	}
	if len(f.open("receipt_differs")) != 1 {
		t.Error("a lead is told that one mug is missing and two are broken")
	}

	mia.act(Act{Action: "start", Job: "putaway"}).expect(CodeStarted)
	if n := mia.next(); n.Show.Item.SKU != "TEA" {
		t.Errorf("an order waits for tea, yet first comes %s", n.Show.Item.SKU)
	}
	mia.follow()
	if len(f.s.StockAt(InBin("DOOR"))) != 0 {
		t.Errorf("%d rows stand at the door", len(f.s.StockAt(InBin("DOOR"))))
	}
	if got := f.s.StockRow(StockKey{Place: InBin("QUAR"), SKU: "MUG", Condition: Damaged}); got == nil || got.OnHand != 2 || !strings.HasPrefix(got.Why, "came damaged with RC-") {
		t.Errorf("broken mugs go to quarantine, and say why: %+v", got)
	}
	if o := f.s.Orders[waiting]; len(o.Kept) != 1 {
		t.Errorf("the order that waited has its tea set aside: %+v", o.Kept)
	}
	f.sound()
}

// At the door a wrong thing is refused with what it is wrong about; a lead takes what may be taken.
func TestReceiveRefusals(t *testing.T) {
	f := newShift(t)
	po := f.bought(PurchaseOrderLine{SKU: "MUG", Ordered: 2}, PurchaseOrderLine{SKU: "TEA", Ordered: 5}, PurchaseOrderLine{SKU: "CAM", Ordered: 2})
	mia := f.as(1, 1)
	mia.act(Act{Action: "start", Job: "receive", ID: string(po)}).expect(CodeStarted)
	mia.scan("MUG-PACK6").expect(CodeOverReceived)
	mia.scan(ean(4)).expect(CodeNotBought)
	mia.scan("B-A0-00-" + string(CheckChar("B-A0-00"))).expect(CodeWrongKind)
	mia.scan("01" + "0" + ean(2) + "17200101" + "10L7").expect(CodeExpired)
	mia.scan(ean(3), "SN-1").expect(CodeReceived)
	mia.scan(ean(3), "SN-1").expect(CodeWrongSerial)
	mia.act(Act{Action: "undo"}).expect(CodeUndone)
	mia.act(Act{Action: "qty", Qty: 0}).expect(CodeQtyNotHere)
	mia.scan(ean(1)).expect(CodeReceived)
	mia.act(Act{Action: "undo"}).expect(CodeUndone)
	if p := f.s.PurchaseOrders[po]; p.Lines[0].Received != 0 || f.s.StockRow(StockKey{Place: InBin("DOOR"), SKU: "MUG"}) != nil {
		t.Errorf("undone, yet %+v", p.Lines[0])
	}
	mia.scan("5901234123457").expect(CodeLinkItem).step("link")
	mia.scan("MUG").expect(CodeNotAllowed)
	mia.act(Act{Action: "leave"}).expect(CodeLeft)

	ana := f.as(3, 4)
	ana.act(Act{Action: "start", Job: "receive", ID: string(po)}).expect(CodeStarted)
	ana.scan("5901234123457").expect(CodeLinkItem)
	ana.scan("MUG").expect(CodeLinked)
	ana.scan("5901234123457").expect(CodeReceived)
	ana.scan(ean(4)).expect(CodeReceived) // a lead takes what nobody bought
	ana.act(Act{Action: "finish"}).act(Act{Action: "answer", Ask: "rest", Value: "later"}).expect(CodeReceiptDone)
	if p := f.s.PurchaseOrders[po]; p.Status != PurchaseOrderReceiving || len(f.open("receipt_differs")) != 0 {
		t.Errorf("the rest comes later: %+v", p)
	}
	f.refused(EndPurchaseOrder{ID: "PO-9"}, "no_purchase")
	f.must(EndPurchaseOrder{ID: po})
	f.refused(EndPurchaseOrder{ID: po}, "purchase_received")
	f.sound()
}

// A pallet that was announced is taken in by one scan, once, and goes back by one undo; its SSCC is no other purchase's.
func TestReceiveAPallet(t *testing.T) {
	f := newShift(t)
	f.bought(PurchaseOrderLine{SKU: "BOX", Ordered: 1})
	sscc := "39521234000000001" + string(gtinCheck("39521234000000001"))
	pallet := []InboundPallet{{SSCC: sscc, Lines: []PalletLine{{SKU: "MUG", Qty: 40}, {SKU: "TEA", Qty: 6, Lot: "L1", Expiry: "2031-01-01"}}}}
	lines := []PurchaseOrderLine{{SKU: "MUG", Ordered: 40}, {SKU: "TEA", Ordered: 6}}
	po := f.must(CreatePurchaseOrder{NewPurchaseOrder{External: "P", Lines: lines, Pallets: pallet}}).(*PurchaseOrderView).ID
	f.refused(CreatePurchaseOrder{NewPurchaseOrder{External: "Q", Lines: lines, Pallets: pallet}}, "twice")
	bad := []InboundPallet{{SSCC: "123", Lines: []PalletLine{{SKU: "TEA", Qty: 0}, {SKU: "CAM", Qty: 1}}}}
	f.refused(CreatePurchaseOrder{NewPurchaseOrder{External: "R", Lines: append(lines, PurchaseOrderLine{SKU: "CAM", Ordered: 1}), Pallets: bad}}, "check_digit")
	mia := f.as(1, 1)
	mia.scan("]C100" + sscc).expect(CodeOpened)
	mia.scan("00" + sscc).expect(CodeReceived)
	mia.scan("00" + sscc).expect(CodeAlreadyIn)
	mia.act(Act{Action: "undo"}).expect(CodeUndone)
	if p := f.s.PurchaseOrders[po]; p.Lines[0].Received != 0 || p.Pallets[0].Taken {
		t.Fatalf("undone, yet %+v", p)
	}
	mia.scan("(00)" + sscc).expect(CodeReceived)
	mia.act(Act{Action: "finish"}).expect(CodeReceiptDone)
	if p := f.s.PurchaseOrders[po]; p.Status != PurchaseOrderReceived || p.left() != 0 {
		t.Errorf("%+v", p)
	}
	f.sound()
}

// Putting away: the bin advised says why; another is taken for a reason that is kept; one that does not bear it is none.
func TestPutAwayElsewhere(t *testing.T) {
	f := newShift(t)
	f.bought(PurchaseOrderLine{SKU: "MUG", Ordered: 20})
	f.must(SaveBin{Bin: Bin{Code: "A0-02", BinKind: "pick", Aisle: 0, Cell: 2, Zone: "A", MaxWeightG: 450}})
	f.stock("A2-03", "MUG", 1)
	mia := f.as(1, 1)
	mia.act(Act{Action: "start", Job: "receive", ID: "blind"}).expect(CodeStarted)
	mia.scan(ean(1), ean(1), ean(1), ean(1), ean(1)).act(Act{Action: "finish"}).expect(CodeReceiptDone)
	mia.act(Act{Action: "start", Job: "putaway", ID: "DOOR"}).expect(CodeStarted)
	mia.scan(ean(1)).act(Act{Action: "qty", Qty: 5}).expect(CodeBinNext)
	if n := mia.next(); n.Show.Bin != "A2-03" || n.Show.Why == "" {
		t.Errorf("beside what lies there: %+v", n.Show)
	}
	mia.act(Act{Action: "qty", Qty: 6}).expect(CodeOverPick)
	mia.scan(BinLabel("A0-02")).expect(CodeBinFull)
	mia.scan(BinLabel("STAGE")).expect(CodeWrongBin)
	f.stock("A1-00", "BOX", 1)
	mia.scan(BinLabel("A1-00")).expect(CodeWhyHere)
	mia.act(Act{Action: "answer", Ask: "why", Value: "because"}).expect(CodeBadArgs)
	mia.act(Act{Action: "answer", Ask: "why", Value: "no_room"}).expect(CodePutAwayDone)
	if got := f.s.StockRow(StockKey{Place: InBin("A1-00"), SKU: "MUG"}); got == nil || got.OnHand != 5 {
		t.Errorf("%+v", got)
	}
	f.sound()
}

// Where a lot or a serial is due, the item's own code scanned once more is neither, and nor is another item's.
func TestReceiveTakesNoCodeForALot(t *testing.T) {
	f := newShift(t)
	f.bought(PurchaseOrderLine{SKU: "TEA", Ordered: 2}, PurchaseOrderLine{SKU: "CAM", Ordered: 2})
	mia := f.as(1, 1)
	mia.act(Act{Action: "start", Job: "receive"}).scan(ean(2)).expect(CodeLotNext)
	mia.scan(ean(2)).expect(CodeBadArgs).scan(ean(1)).expect(CodeBadArgs).scan(BinLabel("A0-00")).expect(CodeBadArgs)
	mia.scan("L7").expect(CodeLotNext).scan("2031-05-31").expect(CodeReceived)
	mia.scan(ean(3)).expect(CodeSerialNext).scan(ean(3)).expect(CodeBadArgs).scan("01" + "0" + ean(2) + "10L1").expect(CodeBadArgs)
	f.must(MakePallet{Carrier: "swift"})
	for id := range f.s.Pallets {
		mia.scan(string(id)).expect(CodeBadArgs)
	}
	mia.scan(withCheck("P-000009")).expect(CodeBadArgs)
	mia.scan("SN-1").expect(CodeReceived)
	back := returnsHouse(t)
	ira := back.ira().act(Act{Action: "start", Job: "inspect", ID: blind}).scan(ean(3)).expect(CodeSerialNext)
	ira.scan(ean(3)).expect(CodeBadArgs).scan("SN-1").expect(CodeReturned)
}

// What is in the hand may be moved or held at a desk meanwhile: then it is not put away, and that is said.
func TestPutAwayWhatIsGone(t *testing.T) {
	for _, why := range []string{"", "better"} {
		f := newShift(t)
		f.bought(PurchaseOrderLine{SKU: "MUG", Ordered: 3})
		mia := f.as(1, 1)
		mia.act(Act{Action: "start", Job: "receive"}).follow()
		mia.act(Act{Action: "start", Job: "putaway"}).scan(ean(1), ean(1)).expect(CodeBinNext)
		mug := mia.next().Want[0].Code
		if why != "" {
			mia.scan(BinLabel("QUAR")).expect(CodeWhyHere)
		}
		f.must(MoveStock{From: "DOOR", To: "A2-02", Key: StockKey{SKU: "MUG"}, Qty: 2, Reason: "urgent"})
		if why != "" {
			mia.act(Act{Action: "answer", Ask: "why", Value: why}).expect(CodeNotHere)
		} else {
			mia.scan(mug).expect(CodeNotHere)
		}
		f.sound()
	}
}

// No more came broken than came: what stands at the door of another delivery is not this one's.
func TestReceiveNoMoreDamagedThanCame(t *testing.T) {
	f := newShift(t)
	po := f.bought(PurchaseOrderLine{SKU: "MUG", Ordered: 2})
	f.stock("DOOR", "MUG", 5)
	mia := f.as(1, 1)
	mia.act(Act{Action: "start", Job: "receive", ID: string(po)}).scan(ean(1), ean(1)).expect(CodeReceived)
	mia.act(Act{Action: "damaged", Qty: 3}).expect(CodeOverPick)
	mia.act(Act{Action: "damaged", Qty: 2}).expect(CodeDamaged)
	if l := f.s.PurchaseOrders[po].Lines[0]; l.Received != 2 || l.Damaged != 2 {
		t.Errorf("%+v", l)
	}
}

// A second unit put into the hand is of the lot that is there already, or goes by itself: else one lot would stand in the
// books where another lies, and a recall would miss it.
func TestPutAwayOneLotAtATime(t *testing.T) {
	f := newShift(t)
	f.must(SaveBin{Bin: Bin{Code: "DOOR", BinKind: "dock"}})
	for _, lot := range []string{"L1", "L2"} {
		f.must(AdjustStock{Bin: "DOOR", SKU: "TEA", Qty: 2, Lot: lot, Expiry: "2031-05-31", Reason: "opening"})
	}
	code := func(lot string) string { return "01" + "0" + ean(2) + "17310531" + "10" + lot }
	mia := f.as(1, 1).act(Act{Action: "start", Job: "putaway", ID: "DOOR"}).expect(CodeStarted)
	mia.scan(code("L1")).expect(CodeBinNext)
	mia.scan(code("L2")).expect(CodeWrongLot)
	mia.scan(code("L1")).expect(CodeBinNext)
	mia.scan(mia.next().Want[0].Code)
	var l1 int64
	for _, row := range f.s.StockOf("TEA") {
		if row.Key.Lot == "L1" && row.Key.Place.Bin() != "DOOR" && row.Key.Place.Bin() != "" {
			l1 += row.OnHand
		}
	}
	if l1 != 2 {
		t.Errorf("%d of L1 were put away, want both", l1)
	}
}
