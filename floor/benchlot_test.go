package floor

import "testing"

// Several lots of an item in the order's totes: the bare code is asked about, the code with the lot is not, and each
// parcel knows which lot is in it, so that a recall is exact.
func TestLotIsAskedAtTheBench(t *testing.T) {
	f := benchShift(t)
	f.must(AdjustStock{Bin: "A1-01", SKU: "TEA", Qty: 2, Lot: "L1", Expiry: "2030-01-01"})
	f.must(AdjustStock{Bin: "A1-02", SKU: "TEA", Qty: 2, Lot: "L2", Expiry: "2030-02-01"})
	ben, id := f.atBench("TEA", 4)
	ben.scan(ean(2)).expect(CodeAmbiguous)
	if a := ben.next().Ask; a == nil || a.ID != "lot" || len(a.Options) != 2 {
		t.Fatalf("%+v", a)
	}
	ben.scan("C-ANSWER2").expect(CodeVerified)
	ben.scan(gs1Of(2, "10L9")).expect(CodeWrongLot)
	ben.scan(gs1Of(2, "10L2")).expect(CodeVerified)
	ben.scan("C-CLOSE").weighed().expect(CodeProved)
	if p := f.parcelOf(id, 1); len(p.Units) != 1 || p.Units[0].Key.Lot != "L2" || p.Units[0].Qty != 2 {
		t.Fatalf("%+v", p.Units)
	}
	ben.scan(ean(2), ean(2)).expect(CodeAllVerified) // one lot is left: nothing is asked
	if p := f.parcelOf(id, 2); p.Units[0].Key.Lot != "L1" {
		t.Fatalf("%+v", p.Units)
	}
	ben.follow()
}

// An item that is kept by lot only since it lies in the tote: its lot, and another's serial, are noted at the bench.
func TestLotAndSerialAreCaught(t *testing.T) {
	f := benchShift(t)
	id := f.order("1", "MUG", 2, "BOX", 2)
	f.wave(Discrete, id)
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	mug, box := *f.s.Items["MUG"], *f.s.Items["BOX"]
	mug.Tracking, box.Tracking = "lot", "serial"
	f.must(SaveItem{Item: mug})
	f.must(SaveItem{Item: box})
	ben := f.as(2, 2).scan(string(f.s.Orders[id].Totes[0]))
	ben.scan(ean(1)).expect(CodeLotNext).step("lot").scan(ean(4)).expect(CodeWrongKind).scan("LOT-7").expect(CodeVerified)
	ben.scan(gs1Of(1, "10LOT-8")).expect(CodeVerified) // the code has it
	ben.scan(ean(4)).expect(CodeSerialNext).scan("SN-1").expect(CodeVerified)
	ben.scan(ean(4)).expect(CodeSerialNext).scan("SN-1").expect(CodeSerialTwice).scan("SN-2").expect(CodeAllVerified)
	v := f.s.OrderView(f.s.Orders[id], false).Parcels[0]
	var lots, serials []string
	for _, u := range v.Units {
		if u.Lot != "" {
			lots = append(lots, u.Lot)
		}
		if u.Serial != "" {
			serials = append(serials, u.Serial)
		}
	}
	if len(lots) != 2 || lots[0] != "LOT-7" || lots[1] != "LOT-8" || len(serials) != 2 {
		t.Fatalf("%+v", v.Units)
	}
	ben.scan("C-UNDO").expect(CodeUndone)
	ben.follow()
	if f.status(id) != OrderPacked {
		t.Fatal(f.status(id))
	}
}

// Dangerous goods and customs are confirmed before the parcel is closed, and who did is noted.
func TestPromptsBeforeClosing(t *testing.T) {
	f := benchShift(t)
	f.must(SaveSite{Site: Site{Name: "Test House", Address: Person{Name: "T", Lines: []string{"1"}, City: "B", Postcode: "10115", Country: "DE"}}})
	box := *f.s.Items["BOX"]
	box.Hazard, box.Instructions, box.Fragile = "UN3481", "Bubble wrap twice", true
	f.must(SaveItem{Item: box})
	f.must(SaveChannel{Channel{Code: "web", Platform: "x", Instructions: "Use the red tape"}})
	n := NewOrder{Channel: "web", ExternalID: "1", ShipTo: Person{Name: "Z", Country: "CH"}, Instructions: "No invoice inside", Lines: []NewLine{{SKU: "BOX", Qty: 1, PriceCents: 900_00}}}
	id := f.must(CreateOrder{n}).(*OrderView).ID
	f.wave(Discrete, id)
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	ben := f.as(2, 2).scan(string(f.s.Orders[id].Totes[0]))
	if s := ben.next().Show; len(s.Instructions) != 3 || !s.Item.Fragile || s.Item.Hazard == "" {
		t.Fatalf("%+v", s)
	}
	ben.scan(ean(4), CartonLabel("S")).step("check").act(Act{Action: "weigh", WeightG: 450}).expect(CodeNoAction)
	ben.scan("C-NO").expect(CodeNotChecked).step("check").scan("C-YES").expect(CodeChecked).step("check")
	if a := ben.next().Ask; a.ID != "customs" || a.Text != "Customs, to CH: the invoice and the customs form CN23 ready to go with it?" {
		t.Fatalf("%+v", a)
	}
	ben.scan("C-ANSWER1").expect(CodeChecked).step("weigh").scan("N-4", "N-5", "N-0", "C-DONE").expect(CodeScanLabel)
	if v := f.s.OrderView(f.s.Orders[id], false); !stamped(v, "checked") || v.Timeline[len(v.Timeline)-2].Worker != ben.worker {
		t.Fatalf("%+v", v.Timeline)
	}
	ben.scan("C-REOPEN").expect(CodeReopened).scan(CartonLabel("S")).step("check") // asked again
}
