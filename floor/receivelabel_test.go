package floor

import (
	"fmt"
	"strings"
	"testing"
)

// atPrinter gives a device a printer of labels.
func (h *hand) atPrinter() *hand {
	h.f.t.Helper()
	h.f.must(SavePrinter{Printer: Printer{Code: "DOCK", Address: "192.168.1.50:9100", Language: PrinterZPL, DPI: 203, Size: "62x29", Uses: []string{UseLabels}}})
	printer := "DOCK"
	h.f.must(ChangeDevice{ID: h.device, Printer: &printer})
	return h
}

func (f *shift) onlyReceipt() *Receipt {
	f.t.Helper()
	if len(f.s.Receipts) != 1 {
		f.t.Fatalf("%d receipts", len(f.s.Receipts))
	}
	for _, r := range f.s.Receipts {
		return r
	}
	return nil
}

// Labels for what came are printed at the door: by the button as many as units lack one, by a number as many as that, by the
// card the same; a pallet without an SSCC gets one of ours with what is on it, once, and an undo takes it back.
func TestLabelsAtTheDoor(t *testing.T) {
	f := newShift(t)
	po := f.bought(PurchaseOrderLine{SKU: "MUG", Ordered: 10}, PurchaseOrderLine{SKU: "TEA", Ordered: 6})
	mia := f.as(1, 1)
	mia.act(Act{Action: "start", Job: "receive", ID: string(po)}).expect(CodeStarted)
	mia.scan(ean(1)).expect(CodeReceived)
	if n := mia.next(); oneOf("labels", n.Show.Also) {
		t.Error("labels are offered at a device that has no printer")
	}
	mia.act(Act{Action: "labels"}).expect(CodeNoPrinter)
	mia.atPrinter()
	if n := mia.next(); !oneOf("labels", n.Show.Also) || !oneOf("label_pallet", n.Show.Also) {
		t.Errorf("offered: %v", n.Show.Also)
	}
	mia.act(Act{Action: "qty", Qty: 3}).expect(CodeReceived)
	mia.act(Act{Action: "labels"}).expect(CodeLabelling)
	if n := mia.next(); n.Show.Note != "" {
		t.Errorf("it is on its way, yet: %s", n.Show.Note)
	}
	f.must(MovePrint{ID: f.s.PrintQueue("DOCK")[0].ID, Verb: "wait", Trouble: TroublePaper})
	if n := mia.next(); !strings.Contains(n.Show.Note, "Paper is out") {
		t.Errorf("nobody is told that the paper is out: %q", n.Show.Note)
	}
	mia.act(Act{Action: "labels"}).expect(CodeLabelling)
	mia.act(Act{Action: "labels", Qty: GoodsLabelLimit + 1}).expect(CodeBadQty)
	mia.scan("01" + "0" + ean(2) + "17310531" + "10L7").expect(CodeReceived)
	mia.act(Act{Action: "qty", Qty: 5}).expect(CodeReceived).scan("C-LABELS").expect(CodeLabelling)
	var copies []int64
	for _, p := range f.s.PrintQueue("DOCK") {
		copies = append(copies, p.Goods.Copies)
	}
	if len(copies) != 3 || copies[0] != 4 || copies[1] != 1 || copies[2] != 6 {
		t.Fatalf("four mugs lack a label, then one more is wanted, then six bags: %v", copies)
	}
	if p := f.s.PrintQueue("DOCK")[2]; p.What != PrintItem || p.Subject != "TEA" || p.Goods.Lot != "L7" || p.Goods.Expiry != "2031-05-31" {
		t.Errorf("%+v %+v", p, p.Goods)
	}

	mia.scan("C-LABEL-PALLET").expect(CodePalletLabel)
	mia.act(Act{Action: "label_pallet"}).expect(CodeNoAction)
	r := f.onlyReceipt()
	sscc := r.Pallets[0].SSCC
	if len(sscc) != 18 || unitsOn(r.Pallets[0].Lines) != 10 || gtinCheck(sscc[:17]) != sscc[17] {
		t.Fatalf("%+v", r.Pallets)
	}
	mia.act(Act{Action: "undo"}).expect(CodeUndone)
	if prints := f.s.PrintQueue("DOCK"); len(r.Pallets) != 0 || len(prints) != 3 {
		t.Errorf("undone, yet %d pallets and %d prints", len(r.Pallets), len(prints))
	}
	mia.act(Act{Action: "label_pallet"}).expect(CodePalletLabel)
	if r.Pallets[0].SSCC == sscc {
		t.Error("a number that was printed is given to another pallet")
	}
	mia.scan("00" + r.Pallets[0].SSCC).expect(CodeAlreadyIn)
	f.sound()
}

// A house may have labels printed by themselves: one for each unit, or one for each time that units of a lot are counted.
func TestLabelsByThemselves(t *testing.T) {
	for _, c := range []struct {
		rule string
		want string
	}{{LabelNone, "[]"}, {LabelUnit, "[1 4 1 2]"}, {LabelLot, "[1 1]"}} {
		f := newShift(t)
		f.bought(PurchaseOrderLine{SKU: "BOX", Ordered: 1})
		f.must(SetReceiving{Receiving{Labels: c.rule}})
		mia := f.as(1, 1).atPrinter()
		mia.act(Act{Action: "start", Job: "receive", ID: blind})
		mia.scan(ean(1)).act(Act{Action: "qty", Qty: 4}).expect(CodeReceived)
		mia.scan("010" + ean(2) + "17310531" + "10L7").act(Act{Action: "qty", Qty: 2}).expect(CodeReceived)
		var got []int64
		for _, p := range f.s.PrintQueue("DOCK") {
			got = append(got, p.Goods.Copies)
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v, want %s", c.rule, got, c.want)
		}
		f.sound()
	}
	f := newShift(t)
	f.refused(SetReceiving{Receiving{Labels: "all"}}, "bad_value")
}

// The label of a pallet is what puts it away: its SSCC carries item, lot and count. Several kinds are scanned by themselves.
func TestAPalletIsPutAwayByItsLabel(t *testing.T) {
	f := newShift(t)
	f.bought(PurchaseOrderLine{SKU: "BOX", Ordered: 1})
	mia := f.as(1, 1).atPrinter()
	mia.act(Act{Action: "start", Job: "receive", ID: blind})
	mia.scan("010" + ean(2) + "17310531" + "10L7").act(Act{Action: "qty", Qty: 7}).act(Act{Action: "label_pallet"}).expect(CodePalletLabel)
	mia.scan(ean(1), ean(4)).act(Act{Action: "label_pallet"}).expect(CodePalletLabel).act(Act{Action: "finish"}).expect(CodeReceiptDone)
	r := f.onlyReceipt()
	mia.scan("]C100" + r.Pallets[0].SSCC).expect(CodeOpened)
	mia.scan("00" + r.Pallets[0].SSCC).expect(CodeBinNext)
	if n := mia.next(); n.Show.Qty != 8 || n.Show.Lot != "L7" {
		t.Errorf("in the hand: %d of lot %s", n.Show.Qty, n.Show.Lot)
	}
	mia.scan(BinLabel("A0-00")).expect(CodePutAway)
	mia.scan(r.Pallets[0].SSCC).expect(CodeNotHere)
	mia.scan(r.Pallets[1].SSCC).expect(CodeWrongKind)
	f.sound()
}

// Who counts blind is told neither how many were bought nor that too many came; a lead hears of it when it ends.
func TestReceiveBlind(t *testing.T) {
	f := newShift(t)
	po := f.bought(PurchaseOrderLine{SKU: "MUG", Ordered: 2})
	f.must(SetReceiving{Receiving{Blind: true}})
	mia := f.as(1, 1)
	for _, offer := range mia.next().Show.Jobs {
		if offer.Job == "receive" && offer.Total != 0 {
			t.Errorf("offered with %d units", offer.Total)
		}
	}
	mia.act(Act{Action: "start", Job: "receive", ID: string(po)}).expect(CodeStarted)
	mia.scan(ean(1))
	if n := mia.next(); n.Job.Total != n.Job.Done || len(n.Show.Lines) != 1 || n.Show.Lines[0].Qty != 1 || n.Step != "item" {
		t.Errorf("it says how many there should be: %+v %+v", n.Job, n.Show.Lines)
	}
	mia.act(Act{Action: "qty", Qty: 4}).expect(CodeReceived)
	mia.act(Act{Action: "finish"}).expect(CodeConfirm).act(Act{Action: "answer", Ask: "rest", Value: "all"}).expect(CodeReceiptDone)
	if p := f.s.PurchaseOrders[po]; p.Lines[0].Received != 5 || len(f.open("receipt_differs")) != 1 {
		t.Errorf("five came of two: %+v", p.Lines)
	}
	f.sound()
}
