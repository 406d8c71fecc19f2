package floor

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

// A return of no order leaves memory some days after its end, with its number and what a file called it; named again, it
// is there again, and counts as known.
func TestBlindReturnsLeaveMemory(t *testing.T) {
	f := returnsHouse(t)
	f.watch = (*shift).allSound
	n := NewReturn{Ext: "RMA-1", Lines: []ReturnLine{{SKU: "MUG", Qty: 1}}}
	rt := f.must(CreateReturn{n}).(*ReturnView).ID
	open := f.back("", ReturnLine{SKU: "BOX", Qty: 1})
	undecided := f.back("", ReturnLine{SKU: "TEA", Qty: 1})
	f.ira().scan(string(rt)).follow()
	f.ira().scan(string(undecided)).follow()
	f.must(SettleReturn{ID: rt, Verb: "refuse"})
	f.now += ArchiveAfterMS + DayMS
	f.must(Tick{})
	gone := f.s.Gone()
	if len(gone) != 1 || f.s.Returns[rt] != nil || gone[0].ID() != string(rt) || !slices.Contains(gone[0].Names(), returnName("RMA-1")) || len(gone[0].Privates()) != 0 {
		t.Fatalf("%+v", gone)
	}
	if f.s.Knows(string(rt)) || f.s.Knows(returnName("RMA-1")) || f.s.Returns[open] == nil || f.s.Returns[undecided] == nil {
		t.Error("what is not over stays, what is over is asked for")
	}
	if f.must(Recall{gone[0]}); f.s.Returns[rt] == nil || !f.s.Knows(returnName("RMA-1")) {
		t.Fatal("it is not there again")
	}
	if again := f.must(CreateReturn{n}).(*ReturnView); again.ID != rt {
		t.Errorf("the same number made another return: %s", again.ID)
	}
	f.must(Tick{})
	if len(f.s.Gone()) != 0 {
		t.Error("it was just asked for")
	}
	f.now += ArchiveDispatchedMS + DayMS
	f.must(Tick{})
	if gone := f.s.Gone(); len(gone) != 2 || f.s.Returns[undecided] != nil {
		t.Errorf("nobody will decide on it any more: %+v", gone)
	}
}

// Who sends much back is known when their orders have left memory and after a restart, and no address is kept for it.
func TestReturnersAreRemembered(t *testing.T) {
	f := returnsHouse(t)
	f.watch = (*shift).allSound
	f.must(KeyLinks{Key: strings.Repeat("k", 64)})
	var last ReturnID
	for n := range OftenReturns {
		id := f.sent(fmt.Sprint(n), "CAM", 1)
		f.s.Orders[id].ShipTo.Person.Email = "Zoe@Example.org"
		last = f.back(id, ReturnLine{SKU: "CAM", Qty: 1, Reason: "changed_mind"})
		ira := f.ira()
		ira.scan(string(last), ean(3)).expect(CodeSerialNext)
		if serial := fmt.Sprintf("CAM-%d-1", n); n < OftenReturns-1 {
			ira.scan(serial).expect(CodeReturned)
		} else {
			ira.scan("SN-STRANGE").expect(CodeReturnOdd)
			ira.act(Act{Action: "answer", Ask: "odd", Value: "take"})
		}
		ira.follow()
		f.must(SettleReturn{ID: last, Verb: "refuse"})
		f.now += 40 * DayMS
		f.must(Tick{})
		f.must(Tick{})
	}
	cancelled := f.back(f.sent("x", "MUG", 1), ReturnLine{SKU: "MUG", Qty: 1})
	f.must(EndReturn{ID: cancelled, Verb: "cancel"})
	if len(f.s.Returns) != 1 {
		t.Fatalf("%d returns are in memory still", len(f.s.Returns))
	}
	rows := map[RowKey][]byte{}
	for _, k := range f.s.Keys() {
		if rows[k] = encode(t, f.s.Row(k)); k.Table == TableReturner && strings.Contains(strings.ToLower(string(rows[k])+k.ID), "example") {
			t.Error("the address stands in the row")
		}
	}
	again := New()
	for k, b := range rows {
		row := NewRow(k.Table)
		mustCBOR(t, cbor.Unmarshal(b, row))
		again.PutRow(k, row)
	}
	again.Rebuild()
	for _, s := range []*State{f.s, again} {
		rep := s.ReturnReport(f.now, 300)
		if len(rep.Often) != 1 || len(rep.Often[0].Returns) != OftenReturns || !slices.Contains(rep.Often[0].Flags, OddSerial) {
			t.Errorf("%+v", rep.Often)
		}
		if len(rep.Odd) != 1 || rep.Odd[0].Return != last || !slices.Equal(rep.Odd[0].Flags, []string{OddSerial}) {
			t.Errorf("%+v", rep.Odd)
		}
		if rep := s.ReturnReport(f.now, 45); len(rep.Often) != 0 {
			t.Errorf("one return in these days: %+v", rep.Often)
		}
	}
	f.now += FigureDays * DayMS
	f.must(Tick{})
	if len(f.s.Returners) != 0 || len(f.s.index.returners) != 0 {
		t.Errorf("%d persons are remembered for ever", len(f.s.Returners))
	}
}

// A unit's supplier is whose receipt its lot or serial came by, not who delivered last; rates are held against what was
// sent, and each thing's reasons stand with it.
func TestReturnRates(t *testing.T) {
	f := returnsHouse(t)
	f.watch = (*shift).allSound
	f.must(SaveBin{Bin: Bin{Code: "DOOR", BinKind: "dock"}})
	receive := func(supplier, lot string) {
		po := f.must(CreatePurchaseOrder{NewPurchaseOrder{External: "PO " + lot, Supplier: supplier, Lines: []PurchaseOrderLine{{SKU: "TEA", Ordered: 2}}}}).(*PurchaseOrderView)
		mia := f.as(1, 1)
		mia.act(Act{Action: "start", Job: "receive", ID: string(po.ID)})
		for n := 0; n < 2; {
			next := mia.next()
			switch next.Step {
			case "lot":
				mia.scan(lot)
			case "expiry":
				mia.scan("2035-01-31")
			case "item":
				n++
				mia.scan(ean(2))
			default:
				mia.plain(next)
			}
		}
		mia.follow()
	}
	receive("Hill", "L-1")
	receive("Dale", "L-2") // the last to deliver it
	id := f.sent("1", "TEA", 2, "MUG", 2)
	rt := f.back(id, ReturnLine{SKU: "TEA", Qty: 1, Reason: "defective"}, ReturnLine{SKU: "MUG", Qty: 1, Reason: "wrong_size"})
	f.ira().scan(string(rt)).follow()
	rep := f.s.ReturnReport(f.now, 30)
	for by, want := range map[string]ReturnCount{
		"supplier": {What: "Hill", Units: 1, Asked: 2, Permille: 500},
		"lot":      {What: "TEA L-1", Units: 1, Asked: 2, Permille: 500},
		"channel":  {What: "web", Units: 2, Asked: 4, Permille: 500},
		"packer":   {What: string(f.worker(2)), Units: 2, Asked: 4, Permille: 500},
		"item":     {What: "MUG", Units: 1, Asked: 2, Permille: 500},
	} {
		if len(rep.By[by]) == 0 {
			t.Errorf("by %s there is nothing", by)
			continue
		}
		got := rep.By[by][0]
		if got.CostCents = 0; got != want {
			t.Errorf("by %s %+v, want %+v", by, got, want)
		}
	}
	if why := rep.Reasons["supplier"]["Hill"]; !slices.Equal(why, []ReasonCount{{"defective", 1}}) {
		t.Errorf("%+v", rep.Reasons)
	}
	if why := rep.Reasons["channel"]["web"]; len(why) != 2 {
		t.Errorf("%+v", why)
	}
	truck := func(id OrderID) ManifestID { return f.s.Parcels[f.s.Orders[id].Parcels[0]].Manifest }
	f.refused(ReopenManifest{ID: truck(id), Reason: "a mistake"}, "comes_back")
	second := f.sent("2", "MUG", 3)
	if got := f.s.ReturnReport(f.now, 30).By["channel"][0]; got.Asked != 7 {
		t.Errorf("%+v", got)
	}
	f.must(ReopenManifest{ID: truck(second), Reason: "a mistake"})
	if got := f.s.ReturnReport(f.now, 30).By["channel"][0]; got.Asked != 4 {
		t.Errorf("the second has not left after all: %+v", got)
	}
}
