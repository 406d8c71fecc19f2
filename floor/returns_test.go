package floor

import (
	"fmt"
	"slices"
	"testing"
)

// returnsHouse is a shift with a returns bench: where what comes back stands, and Ira, who judges it.
func returnsHouse(t testing.TB) *shift {
	f := newShift(t)
	f.must(SaveBin{Bin: Bin{Code: "BACK", BinKind: "returns"}})
	f.must(SaveBin{Bin: Bin{Code: "QUAR", BinKind: "quarantine"}})
	f.must(SaveWorker{Worker: Worker{Name: "Ira", Roles: RoleInspector}})
	f.must(MakePairing{Pairing{Digest: "back"}})
	f.must(Pair{Code: "back", Token: "back", Name: "Returns bench", Kind: "returns"})
	return f
}

// ira is the inspector at her bench.
func (f *shift) ira() *hand { f.t.Helper(); return f.as(4, 5) }

// sent brings an order to the customer, with stock that is made for it.
func (f *shift) sent(ext string, lines ...any) OrderID {
	f.t.Helper()
	for i := 0; i < len(lines); i += 2 {
		sku, qty := SKU(lines[i].(string)), int64(lines[i+1].(int))
		add := AdjustStock{Bin: "A0-01", SKU: sku, Qty: qty, Reason: "opening"}
		switch f.s.Items[sku].Tracking {
		case "lot":
			add.Lot, add.Expiry = "L-"+ext, "2035-01-31"
		case "serial":
			for n := range qty {
				add.Serials = append(add.Serials, fmt.Sprintf("%s-%s-%d", sku, ext, n+1))
			}
		}
		f.must(add)
	}
	id := f.order(ext, lines...)
	for i := range f.s.Orders[id].Lines {
		f.s.Orders[id].Lines[i].PriceCents = 1000
	}
	f.wave("discrete", id)
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).expect(CodeStarted).follow()
	f.as(2, 2).scan(string(f.s.Orders[id].Totes[0])).expect(CodeOpened).follow()
	f.as(1, 3).act(Act{Action: "start", Job: "load"}).expect(CodeStarted).follow()
	if f.status(id) != OrderDispatched {
		f.t.Fatal(f.status(id))
	}
	return id
}

func (f *shift) back(order OrderID, lines ...ReturnLine) ReturnID {
	f.t.Helper()
	return f.must(CreateReturn{NewReturn{Order: string(order), Lines: lines}}).(*ReturnView).ID
}

// allSound is sound, and what must hold of returns: units are neither made nor lost, and what waits for its verdict is
// exactly what stands there as returned.
func (f *shift) allSound() {
	f.t.Helper()
	f.sound()
	waits := map[StockKey]int64{}
	for _, r := range f.s.Returns {
		for i, u := range r.Units {
			if u.N != i+1 || !oneOf(u.Status, []string{UnitExpected, UnitArrived, UnitGraded, UnitDisposed, UnitMissing}) {
				f.t.Fatalf("%s unit %d: %+v", r.ID, i, u)
			}
			if u.Status == UnitArrived || u.Status == UnitGraded {
				waits[u.key().as(Returned)]++
			}
		}
		for i, l := range r.Lines {
			var n int64
			for _, u := range r.Units {
				if u.Line == i+1 {
					n++
				}
			}
			if n != l.Qty {
				f.t.Fatalf("%s: %d of %s were announced, and there are %d", r.ID, l.Qty, l.SKU, n)
			}
		}
		if o := f.s.Orders[r.Order]; o != nil {
			for _, l := range o.Lines {
				if f.s.returnable(o, l.SKU) < 0 {
					f.t.Fatalf("more of %s came back than was sent with %s", l.SKU, o.ID)
				}
			}
		}
	}
	for k, row := range f.s.stock {
		if k.Condition == Returned && (row.Free() != 0 || row.OnHand != waits[k]) {
			f.t.Fatalf("%v: %d stand there, %d wait for their verdict", k, row.OnHand, waits[k])
		}
		delete(waits, k)
	}
	if len(waits) > 0 {
		f.t.Fatalf("units wait for their verdict, and are nowhere: %v", waits)
	}
}

// A truck whose goods come back has left: it is not opened again while a return is about them.
func TestNoReopeningUnderAReturn(t *testing.T) {
	f := returnsHouse(t)
	id := f.sent("1", "MUG", 1)
	m := f.s.Parcels[f.s.Orders[id].Parcels[0]].Manifest
	rt := f.back(id, ReturnLine{SKU: "MUG", Qty: 1})
	f.refused(ReopenManifest{ID: m, Reason: "by mistake"}, "comes_back")
	f.must(EndReturn{ID: rt, Verb: "cancel"})
	f.must(ReopenManifest{ID: m, Reason: "by mistake"})
	f.allSound()
}

// A serial that came back by a return without an order is not asked for again.
func TestReturnOfASerialInTheHouse(t *testing.T) {
	f := returnsHouse(t)
	id := f.sent("1", "CAM", 2)
	ira := f.ira()
	ira.act(Act{Action: "start", Job: "inspect", ID: blind}).scan(ean(3), "CAM-1-1").expect(CodeReturned).follow()
	rt := f.back(id, ReturnLine{SKU: "CAM", Qty: 2})
	ira.scan(string(rt)).scan(ean(3)).expect(CodeSerialNext)
	if want := ira.next().Want; len(want) != 1 || want[0].Code != "CAM-1-2" {
		t.Errorf("%+v", want)
	}
	f.allSound()
}

// Of two units whose serials nobody knows each is asked for another example: a client that only follows comes through.
func TestReturnOfUnknownSerials(t *testing.T) {
	f := returnsHouse(t)
	rt := f.must(CreateReturn{NewReturn{Lines: []ReturnLine{{SKU: "CAM", Qty: 2, Reason: "other"}}}}).(*ReturnView).ID
	f.ira().scan(string(rt)).expect(CodeOpened).follow()
	if got := f.s.Returns[rt].count(UnitDisposed); got != 2 {
		t.Errorf("%d of 2 are judged", got)
	}
}

// The way of a return: announced, judged at the bench, back on its shelf by a putaway, paid on a lead's word. A client that
// only follows what is wanted, and answers with the first option, comes through.
func TestReturnToShelfAndRefund(t *testing.T) {
	f := returnsHouse(t)
	f.watch = (*shift).allSound
	id := f.sent("1", "MUG", 3, "CAM", 1, "TEA", 1)
	rt := f.back(id, ReturnLine{SKU: "MUG", Qty: 2, Reason: "defective"}, ReturnLine{SKU: "CAM", Qty: 1, Reason: "changed_mind"}, ReturnLine{SKU: "TEA", Qty: 1})
	ira := f.ira()
	ira.scan(string(rt)).expect(CodeOpened).step("item")
	ira.scan(ean(1)).expect(CodeReturned).step("question")
	if row := f.s.StockRow(StockKey{Place: InBin("BACK"), SKU: "MUG", Condition: Returned}); row == nil || row.Free() != 0 {
		t.Fatalf("a unit without a verdict is not for sale: %+v", row)
	}
	ira.follow()
	r := f.s.Returns[rt]
	if r.Status != ReturnClosed || r.count(UnitDisposed) != 4 || r.Units[2].Serial != "CAM-1-1" || r.Units[3].Lot != "L-1" {
		t.Fatalf("%+v", r)
	}
	if m := r.Money; m.Status != MoneyProposed || m.Outcome != OutcomeFull || m.AmountCents != 4000 || m.FeeCents != 0 {
		t.Fatalf("one thing is our fault, so we pay the way back: %+v", m)
	}
	mia := f.as(1, 1)
	mia.act(Act{Action: "start", Job: "putaway", ID: "BACK"}).expect(CodeStarted).follow()
	for _, k := range []StockKey{{SKU: "MUG"}, {SKU: "CAM", Serial: "CAM-1-1"}, {SKU: "TEA", Lot: "L-1", Expiry: "2035-01-31"}} {
		if n := f.sellable(k); n != map[SKU]int64{"MUG": 2, "CAM": 1, "TEA": 1}[k.SKU] {
			t.Errorf("%s: %d for sale on the shelves", k.SKU, n)
		}
	}
	view := f.must(SettleReturn{ID: rt, Verb: "approve"}).(*ReturnView)
	if view.Settlement.Status != MoneyApproved {
		t.Errorf("%+v", view.Settlement)
	}
	f.must(SettleReturn{ID: rt, Verb: "send"})
	f.refused(SettleReturn{ID: rt, Verb: "send"}, "settlement_sent")
	if rep := f.s.ReturnReport(f.now, 30); rep.By["item"][0] != (ReturnCount{What: "MUG", Units: 2, CostCents: 600, Asked: 3, Permille: 666}) || rep.By["reason"][0].Units != 2 || len(rep.By["packer"]) != 1 {
		t.Errorf("%+v", rep)
	}
}

// sellable counts units of a kind that may be promised, on shelves.
func (f *shift) sellable(like StockKey) (n int64) {
	for k, row := range f.s.stock {
		if f.s.reachable(k.Place.Bin()) && k.SKU == like.SKU && k.Lot == like.Lot && k.Serial == like.Serial {
			n += row.Free()
		}
	}
	return n
}

// Every way through the questions: what was answered, the grade, what is offered, and what may be sold afterwards.
func TestEveryPathOfTheTree(t *testing.T) {
	f := returnsHouse(t)
	f.watch = (*shift).allSound
	f.must(SaveBin{Bin: Bin{Code: "FIX", BinKind: "quarantine"}})
	custom := UsualReturns
	custom.Trees = append(slices.Clone(custom.Trees), InspectionTree{SKU: "BOX", Questions: []Question{{ID: "lid", Text: "Is the lid there?", Yes: "A", No: "D"}}})
	custom.Bins = []DispositionBin{{Refurbish, "FIX"}}
	custom.Grades = slices.Clone(custom.Grades)
	f.must(SetReturnPolicy{custom})
	for i, c := range []struct {
		sku     string
		answers []string // to the questions, then the verdict
		grade   string
		options []string
		sold    int64 // units for sale afterwards, at the bench
		where   StockKey
	}{
		{"MUG", []string{"yes", "restock"}, "A", []string{"restock", "refurbish", "quarantine", "scrap"}, 1, StockKey{Place: InBin("BACK")}},
		{"MUG", []string{"yes", "quarantine"}, "A", []string{"restock", "refurbish", "quarantine", "scrap"}, 0, StockKey{Place: InBin("QUAR"), Condition: Held}},
		{"MUG", []string{"no", "yes", "yes", "yes", "restock"}, "B", []string{"restock", "refurbish", "quarantine", "scrap"}, 1, StockKey{Place: InBin("BACK")}},
		{"MUG", []string{"no", "yes", "yes", "no", "refurbish"}, "C", []string{"refurbish", "quarantine", "scrap"}, 0, StockKey{Place: InBin("FIX"), Condition: Damaged}},
		{"MUG", []string{"no", "yes", "no", "quarantine"}, "C", []string{"refurbish", "quarantine", "scrap"}, 0, StockKey{Place: InBin("QUAR"), Condition: Held}},
		{"MUG", []string{"no", "no", "scrap"}, "D", []string{"quarantine", "scrap"}, 0, StockKey{Place: Scrap}},
		{"MUG", []string{"no", "no", "quarantine"}, "D", []string{"quarantine", "scrap"}, 0, StockKey{Place: InBin("QUAR"), Condition: Held}},
		{"BOX", []string{"yes", "scrap"}, "A", []string{"restock", "refurbish", "quarantine", "scrap"}, 0, StockKey{Place: Scrap}},
		{"BOX", []string{"no", "scrap"}, "D", []string{"quarantine", "scrap"}, 0, StockKey{Place: Scrap}},
	} {
		t.Run(fmt.Sprint(i, c.sku, c.answers), func(t *testing.T) {
			id := f.sent(fmt.Sprint("p", i), c.sku, 1)
			rt := f.back(id, ReturnLine{SKU: SKU(c.sku), Qty: 1, Reason: "other"})
			key := c.where
			key.SKU = SKU(c.sku)
			before := onHand(f.s, key)
			ira := f.ira()
			ira.act(Act{Action: "start", Job: "inspect", ID: string(rt)}).expect(CodeStarted)
			ira.scan(f.s.Items[SKU(c.sku)].Barcodes[0].Code).expect(CodeReturned)
			for n, a := range c.answers {
				ask := ira.next().Ask
				if n == len(c.answers)-1 {
					var options []string
					for _, o := range ask.Options {
						options = append(options, o.ID)
					}
					if u := f.s.Returns[rt].Units[0]; u.Grade != c.grade || !slices.Equal(options, c.options) {
						t.Fatalf("grade %s with %v", u.Grade, options)
					}
				}
				ira.act(Act{Action: "answer", Ask: ask.ID, Value: a})
			}
			if ira.next().Step == "bin" {
				ira.scan(ira.next().Want[0].Code).expect(CodeJudged)
			}
			sold := f.benchFree()
			if got := onHand(f.s, key) - before; got != 1 {
				t.Errorf("%d came to %v", got, key)
			}
			if sold != c.sold {
				t.Errorf("%d for sale at the bench", sold)
			}
			for len(f.s.Returns[rt].Steps) > 0 { // each step goes back as it came
				ira.act(Act{Action: "undo"}).expect(CodeUndone)
			}
			if r := f.s.Returns[rt]; r.Status != ReturnAnnounced || r.Units[0].Status != UnitExpected || onHand(f.s, key) != before {
				t.Fatalf("undone, yet %+v", r.Units[0])
			}
			ira.act(Act{Action: "leave"}).expect(CodeLeft)
			f.must(EndReturn{ID: rt, Verb: "cancel"})
		})
	}
}

func onHand(s *State, k StockKey) int64 {
	if row := s.StockRow(k); row != nil {
		return row.OnHand
	}
	return 0
}

func (f *shift) benchFree() (n int64) {
	for _, row := range f.s.StockAt(InBin("BACK")) {
		n += row.Free()
	}
	return n
}

// No more comes back than was sent, whatever is announced or brought; and nothing else is.
func TestReturnsAreBounded(t *testing.T) {
	f := returnsHouse(t)
	f.watch = (*shift).allSound
	id := f.sent("1", "MUG", 2, "BOX", 1)
	line := func(sku SKU, n int64) CreateReturn {
		return CreateReturn{NewReturn{Order: string(id), Lines: []ReturnLine{{SKU: sku, Qty: n}}}}
	}
	f.refused(line("MUG", 3), "more_than_sent")
	f.refused(line("TEA", 1), "more_than_sent")
	f.refused(line("NONE", 1), "unknown_item")
	f.refused(line("MUG", 0), "out_of_range")
	f.refused(CreateReturn{NewReturn{Order: "O-9"}}, "unknown_order")
	f.refused(CreateReturn{NewReturn{Lines: []ReturnLine{{SKU: "MUG", Qty: ReturnUnitLimit + 1}}}}, "too_many")
	f.refused(CreateReturn{NewReturn{Order: string(f.order("2", "MUG", 1)), Lines: []ReturnLine{{SKU: "MUG", Qty: 1}}}}, "not_shipped")
	f.must(SetReturnPolicy{ReturnPolicy{WindowDays: 30, Excluded: []string{"BOX"}}})
	f.refused(line("BOX", 1), "not_returnable")
	rt := f.must(line("MUG", 1)).(*ReturnView).ID
	f.refused(line("MUG", 2), "more_than_sent")

	ira := f.ira()
	ira.scan(f.s.Parcels[f.s.Orders[id].Parcels[0]].Tracking).expect(CodeOpened) // the parcel itself came back
	if ira.next().Job.ID != string(rt) {
		t.Fatal(ira.next().Job)
	}
	judge := func() {
		for ira.next().Step != "item" && ira.next().Step != "finish" {
			ira.plain(ira.next())
		}
	}
	ira.scan(ean(1)).expect(CodeReturned)
	ira.scan(ean(1)).expect(CodeAskFirst)
	judge()
	ira.scan(ean(1)).expect(CodeReturnExtra) // sent, but not announced
	judge()
	ira.scan(ean(1)).expect(CodeNotSent)
	ira.scan(ean(2)).expect(CodeNotSent)
	ira.scan("MUG-PACK6").expect(CodeQtyNotHere)
	ira.act(Act{Action: "finish"}).expect(CodeReturnDone)
	if r := f.s.Returns[rt]; r.Status != ReturnClosed || len(r.Units) != 2 || f.s.returnable(f.s.Orders[id], "MUG") != 0 {
		t.Errorf("%+v", r)
	}
	ira.scan(string(rt)).expect(CodeGone)
	f.refused(EndReturn{ID: rt, Verb: "cancel"}, "return_closed")
	f.now += 40 * DayMS
	f.refused(line("BOX", 1), "not_returnable")
	f.must(SetReturnPolicy{ReturnPolicy{WindowDays: 30}})
	f.refused(line("BOX", 1), "out_of_window")
	anyway := line("BOX", 1)
	anyway.Return.Anyway = true
	if late := f.must(anyway).(*ReturnView); !slices.Contains(late.Units[0].Flags, FlagLate) {
		t.Errorf("%+v", late.Units)
	}
}

// A serial is checked against what this customer got: another one is asked about, and taken in only as odd, never to be
// sold, never refunded without a person.
func TestReturnOfAnotherSerial(t *testing.T) {
	f := returnsHouse(t)
	f.watch = (*shift).allSound
	id := f.sent("1", "CAM", 2)
	rt := f.back(id, ReturnLine{SKU: "CAM", Qty: 2, Reason: "changed_mind"})
	ira := f.ira()
	ira.scan(string(id)).expect(CodeOpened)
	ira.scan(ean(3)).expect(CodeSerialNext).step("serial")
	ira.scan("SN-STRANGE").expect(CodeReturnOdd)
	ira.act(Act{Action: "answer", Ask: "odd", Value: "again"}).expect(CodeSkipped).step("serial")
	ira.scan("CAM-1-2").expect(CodeReturned)
	ira.act(Act{Action: "undo"}).expect(CodeUndone)
	ira.scan("CAM-1-2").expect(CodeReturned) // a serial alone says which unit it is
	for ira.next().Step != "item" {
		ira.plain(ira.next())
	}
	ira.scan(ean(3), "CAM-1-2").expect(CodeWrongSerial) // it is in the house
	ira.scan("SN-STRANGE").expect(CodeReturnOdd)
	ira.act(Act{Action: "answer", Ask: "odd", Value: "take"}).expect(CodeReturned)
	ira.act(Act{Action: "answer", Ask: "sealed", Value: "yes"})
	if first := ira.next().Ask.Options[0].ID; first == Restock || first == Refurbish {
		t.Fatalf("an odd unit is offered for %s", first)
	}
	ira.follow()
	r := f.s.Returns[rt]
	if r.Money.AmountCents != 500 || r.Money.FeeCents != 500 || !slices.Contains(r.Money.Flags, OddSerial) || len(f.open("return_flagged")) != 1 {
		t.Errorf("the right one is refunded less the way back, the odd one is not: %+v", r.Money)
	}
}

// What nobody announced is taken in too: by its item, by its order, by nothing. Where several returns wait for an item,
// none is guessed.
func TestBlindReturns(t *testing.T) {
	f := returnsHouse(t)
	f.watch = (*shift).allSound
	ira := f.ira()
	ira.scan(ean(4)).expect(CodeOpened).step("item")
	ira.scan(ean(4)).expect(CodeReturned).step("question").follow()
	ira.act(Act{Action: "start", Job: "inspect", ID: "blind"}).expect(CodeStarted)
	ira.scan(ean(2)).expect(CodeLotNext)
	ira.scan("L9").expect(CodeLotNext)
	ira.scan("2020-01-31").expect(CodeReturned)
	ira.act(Act{Action: "answer", Ask: "sealed", Value: "yes"})
	if first := ira.next().Ask.Options[0].ID; first != Quarantine {
		t.Errorf("spoilt tea is offered for %s", first)
	}
	ira.follow()
	id := f.sent("1", "BOX", 1)
	ira = f.ira()
	ira.scan(string(id)).expect(CodeOpened)
	ira.scan(ean(4)).expect(CodeReturnExtra).follow()
	f.back("", ReturnLine{SKU: "MUG", Qty: 1})
	f.back("", ReturnLine{SKU: "MUG", Qty: 1})
	ira.scan(ean(1)).expect(CodeWhichReturn)
	ira.act(Act{Action: "start", Job: "inspect", ID: "blind"}).act(Act{Action: "leave"}).expect(CodeLeft)
	for _, rt := range []ReturnID{"RT-00001", "RT-00002", "RT-00003"} {
		if r := f.s.Returns[ReturnID(withCheck(string(rt)))]; r.Status != ReturnClosed {
			t.Errorf("%+v", r)
		}
	}
}

// Whatever is on it or in it finds a return: its code, what the shop calls it, its order, its parcel, a serial that was sent.
func TestReturnFoundByAnyScan(t *testing.T) {
	f := returnsHouse(t)
	f.watch = (*shift).allSound
	id := f.sent("1", "CAM", 1, "MUG", 1)
	rt := f.must(CreateReturn{NewReturn{Order: string(id), Ext: "RMA 4711", Lines: []ReturnLine{{SKU: "CAM", Qty: 1}, {SKU: "MUG", Qty: 1}}}}).(*ReturnView).ID
	p := f.s.Parcels[f.s.Orders[id].Parcels[0]]
	for _, code := range []string{string(rt), "RMA 4711", string(id), p.Tracking, p.SSCC, "(00)" + p.SSCC, string(p.ID), "CAM-1-1", ean(1), ean(3)} {
		ira := f.ira()
		if ira.scan(code); ira.next().Job == nil || ira.next().Job.ID != string(rt) {
			t.Errorf("%s leads to %+v (%s)", code, ira.next().Job, ira.last.Code)
		}
		ira.act(Act{Action: "leave"}).expect(CodeLeft)
	}
	other := f.sent("2", "CAM", 1)
	ira := f.ira()
	ira.scan("CAM-2-1").expect(CodeOpened).scan("CAM-2-1").expect(CodeReturnExtra)
	if got := f.s.Returns[ReturnID(ira.next().Job.ID)]; got.Order != other {
		t.Errorf("a serial that nobody announced is of its own order: %+v", got)
	}
	ira.follow()
	ira.scan("SN-NOBODYS").expect(CodeUnknown)
}

// Until its verdict no word of anybody makes a unit sellable.
func TestNothingIsSoldBeforeItsVerdict(t *testing.T) {
	f := returnsHouse(t)
	f.watch = (*shift).allSound
	rt := f.back(f.sent("1", "MUG", 1), ReturnLine{SKU: "MUG", Qty: 1})
	ira := f.ira()
	ira.scan(string(rt), ean(1)).expect(CodeReturned)
	f.refused(HoldStock{SKU: "MUG", Condition: Good, Reason: "x"}, "no_stock")
	f.refused(HoldStock{SKU: "MUG", Condition: Held, Reason: "x"}, "no_stock")
	f.refused(HoldStock{SKU: "MUG", Condition: Returned, Reason: "x"}, "bad_value")
	f.refused(MoveStock{From: "BACK", To: "A0-00", Key: StockKey{SKU: "MUG", Condition: Returned}, Qty: 1, Reason: "x"}, "no_verdict")
	f.refused(AdjustStock{Bin: "BACK", SKU: "MUG", Qty: -1, Reason: "x"}, "not_enough")
	f.as(1, 1).act(Act{Action: "start", Job: "putaway", ID: "BACK"}).expect(CodeNoWork)
	waiting := f.order("2", "MUG", 1)
	if w := f.must(ReleaseWave{Method: "discrete", Orders: []OrderID{waiting}}).(*WaveView); len(w.Short) != 1 {
		t.Errorf("a returned unit was promised: %+v", w)
	}
	ira.follow()
	f.as(1, 1).act(Act{Action: "start", Job: "putaway", ID: "BACK"}).expect(CodeStarted).follow()
	if o := f.s.Orders[waiting]; len(o.Kept) != 1 {
		t.Errorf("judged and put away, it is for who waits: %+v", o)
	}
}

// A replacement is an order to the same person, for nothing, with its stock set aside; limits hold who approves.
func TestReplacementAndLimits(t *testing.T) {
	f := returnsHouse(t)
	f.watch = (*shift).allSound
	id := f.sent("1", "MUG", 2)
	f.stock("A1-01", "MUG", 5)
	rt := f.must(CreateReturn{NewReturn{Order: string(id), Wanted: WantReplacement, Lines: []ReturnLine{{SKU: "MUG", Qty: 2, Reason: "damaged"}}}}).(*ReturnView).ID
	f.refused(SettleReturn{ID: rt, Verb: "approve"}, "settlement_")
	f.ira().scan(string(rt)).follow()
	as := func(roles Roles, v SettleReturn) *Answer { return f.do(&Command{Verb: v, Roles: roles}) }
	if a := as(RoleInspector, SettleReturn{ID: rt, Verb: "approve"}); a.Err == nil || a.Err.Code != "over_limit" {
		t.Fatalf("%+v", a.Err)
	}
	if a := as(RoleLead, SettleReturn{ID: rt, Verb: "approve", Outcome: OutcomePartial, AmountCents: cents(2001)}); a.Err == nil || a.Err.Code != "out_of_range" {
		t.Fatalf("more than was paid: %+v", a.Err)
	}
	view := as(RoleLead, SettleReturn{ID: rt, Verb: "approve"}).Result.(*ReturnView)
	o := f.s.Orders[view.Settlement.Replacement]
	if o == nil || o.ShipTo.Person.Name != "Zoë <b>" || o.Lines[0].Ordered != 2 || o.Lines[0].PriceCents != 0 || len(o.Kept) == 0 {
		t.Fatalf("%+v", o)
	}
	f.must(SetReturnPolicy{ReturnPolicy{AutoCents: 1500}})
	second := f.sent("2", "MUG", 1)
	rt = f.back(second, ReturnLine{SKU: "MUG", Qty: 1, Reason: "late"})
	f.ira().scan(string(rt)).follow()
	if m := f.s.Returns[rt].Money; m.Status != MoneySent || m.AmountCents != 1000 {
		t.Errorf("small sums go out by themselves: %+v", m)
	}
}

func cents(n int64) *int64 { return &n }

// A late return finds its order in the archive, with what came back of it before.
func TestReturnOfAnArchivedOrder(t *testing.T) {
	f := returnsHouse(t)
	id := f.sent("1", "MUG", 2)
	rt := f.back(id, ReturnLine{SKU: "MUG", Qty: 1})
	f.now += 31 * DayMS
	f.must(Tick{})
	if f.s.Orders[id] == nil {
		t.Fatal("an order with an open return stays")
	}
	f.ira().scan(string(rt)).follow()
	f.must(SettleReturn{ID: rt, Verb: "refuse"})
	f.must(Tick{})
	gone := f.s.Gone()
	if len(gone) != 1 || f.s.Returns[rt] != nil || !slices.Contains(gone[0].Names(), string(rt)) {
		t.Fatalf("%+v", gone)
	}
	f.must(Recall{gone[0]})
	f.refused(CreateReturn{NewReturn{Order: string(id), Lines: []ReturnLine{{SKU: "MUG", Qty: 2}}, Anyway: true}}, "more_than_sent")
	f.must(CreateReturn{NewReturn{Order: string(id), Lines: []ReturnLine{{SKU: "MUG", Qty: 1}}, Anyway: true}})
	f.allSound()
}

// A policy that leads nowhere, in circles, or puts what is not for sale on a shelf, is refused with all that is wrong.
func TestReturnPolicyRefusals(t *testing.T) {
	f := returnsHouse(t)
	q := func(list ...Question) ReturnPolicy { return ReturnPolicy{Trees: []InspectionTree{{Questions: list}}} }
	yes := func(id, yes, no string) Question { return Question{ID: id, Text: "?", Yes: yes, No: no} }
	for _, c := range []struct {
		p    ReturnPolicy
		code string
	}{
		{q(yes("a", "a", "B")), "bad_value"},
		{q(yes("a", "b", "B"), yes("b", "a", "C")), "bad_value"},
		{q(yes("a", "A", "B"), yes("a", "A", "C")), "twice"},
		{q(yes("a", "A", "z")), "bad_value"},
		{q(yes("A", "A", "B")), "bad_value"},
		{q(Question{ID: "a", Yes: "A", No: "B"}), "required"},
		{q(yes("a", "b", "A"), yes("b", "c", "A"), yes("c", "d", "A"), yes("d", "e", "A"), yes("e", "B", "A")), "out_of_range"},
		{ReturnPolicy{Bins: []DispositionBin{{Refurbish, "A0-00"}}}, "bad_kind"},
		{ReturnPolicy{Bins: []DispositionBin{{"sell", "NONE"}}}, "bad_value"},
		{ReturnPolicy{WindowDays: -1}, "out_of_range"},
		{ReturnPolicy{Grades: []ReturnGrade{{"E", 101, nil}}}, "bad_value"},
		{ReturnPolicy{Reasons: []ReturnReason{{"x", "nobody"}}}, "bad_value"},
	} {
		f.refused(SetReturnPolicy{c.p}, c.code)
	}
}

// Photos belong to a unit that is here: not to one that is only announced, and not without end.
func TestReturnPhotos(t *testing.T) {
	f := returnsHouse(t)
	f.watch = (*shift).allSound
	rt := f.back(f.sent("1", "MUG", 1), ReturnLine{SKU: "MUG", Qty: 1, Reason: "damaged"})
	f.refused(AddReturnPhoto{ID: "RT-9", Hash: "a"}, "no_return")
	f.refused(AddReturnPhoto{ID: rt, Hash: "a"}, "no_unit")
	f.refused(AddReturnPhoto{ID: rt, Unit: 1, Hash: "a"}, "no_unit")
	ira := f.ira()
	ira.scan(string(rt), ean(1)).expect(CodeReturned)
	for n := range ReturnPhotoLimit {
		f.must(AddReturnPhoto{ID: rt, Hash: fmt.Sprint("photo", n)})
	}
	f.must(AddReturnPhoto{ID: rt, Hash: "photo0"}) // the same is there
	f.refused(AddReturnPhoto{ID: rt, Unit: 1, Hash: "more"}, "too_many")
	ira.follow()
	if u := f.s.Returns[rt].Units[0]; len(u.Photos) != ReturnPhotoLimit || u.Status != UnitDisposed {
		t.Errorf("%+v", u)
	}
	if m := f.s.Returns[rt].Money; !slices.Contains(m.Flags, FlagClaim) || m.Outcome != OutcomeFull {
		t.Errorf("said to be damaged, found as new: told, not judged: %+v", m)
	}
}

// What came back is told by who delivered it, and who sends much back is named by the order alone.
func TestReturnReport(t *testing.T) {
	f := returnsHouse(t)
	po := f.bought(PurchaseOrderLine{SKU: "MUG", Ordered: 2})
	mia := f.as(1, 1)
	mia.act(Act{Action: "start", Job: "receive", ID: string(po)}).follow()
	for n := range OftenReturns {
		id := f.sent(fmt.Sprint(n), "MUG", 1)
		f.s.Orders[id].ShipTo.Person.Email = "Zoe@Example.org"
		rt := f.back(id, ReturnLine{SKU: "MUG", Qty: 1, Reason: "wrong_size"})
		if rep := f.s.ReturnReport(f.now, 30); len(rep.Often) != 0 && n < OftenReturns-1 {
			t.Errorf("two returns are nothing to tell: %+v", rep.Often)
		}
		f.ira().scan(string(rt)).follow()
	}
	rep := f.s.ReturnReport(f.now, 30)
	if len(rep.By["supplier"]) != 1 || rep.By["supplier"][0].What != "Mill" || rep.By["supplier"][0].Units != OftenReturns {
		t.Errorf("%+v", rep.By["supplier"])
	}
	if len(rep.Often) != 1 || len(rep.Often[0].Returns) != OftenReturns {
		t.Errorf("%+v", rep.Often)
	}
	if later := f.s.ReturnReport(f.now+40*DayMS, 30); len(later.By["item"]) != 0 {
		t.Errorf("%+v", later.By["item"])
	}
}
