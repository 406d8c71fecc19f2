package floor

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// trace follows a lot or a serial through the events that are found under its name, as the store does.
func (f *shift) trace(sku SKU, lot, serial string) *Trace {
	f.t.Helper()
	t := NewTrace(sku, lot, serial)
	for _, e := range f.all {
		if a, ok := e.Body.(interface{ About() []string }); ok && slices.Contains(a.About(), t.History()) {
			t.Follow(e)
		}
	}
	return t
}

// tracesAgree holds every lot and every serial that there ever was against the house: what came in is what is here, what
// left and what is gone, to the unit; what is here lies in the rows of stock; what a parcel got stands in the parcel; and
// no event of it is missing under its name.
func (f *shift) tracesAgree() {
	f.t.Helper()
	type one struct {
		sku         SKU
		lot, serial string
	}
	seen := map[one]bool{}
	for _, e := range f.all {
		for _, p := range Passages(e.Body) {
			seen[one{p.Key.SKU, p.Key.Lot, ""}] = p.Key.Lot != ""
			seen[one{p.Key.SKU, "", p.Key.Serial}] = p.Key.Serial != ""
		}
	}
	for x, named := range seen {
		if named {
			f.traceAgrees(f.trace(x.sku, x.lot, x.serial))
		}
	}
}

func (f *shift) traceAgrees(t *Trace) {
	f.t.Helper()
	whole := NewTrace(t.SKU, t.Lot, t.Serial)
	for _, e := range f.all {
		whole.Follow(e)
	}
	if !reflect.DeepEqual(whole, t) {
		f.t.Errorf("%s: what is found under its name is not all that happened to it", t.History())
	}
	if in, out := t.Received()+t.Found+t.Back(), t.Here()+t.Sent()+t.Scrapped+t.Lost; in != out {
		f.t.Errorf("%s: %d came in, and %d are here or gone: %+v", t.History(), in, out, t)
	}
	var rows int64
	for _, row := range f.s.StockOf(t.SKU) {
		if !row.Key.Place.Outside() && t.is(row.Key.Lot, row.Key.Serial) {
			rows += row.OnHand
		}
	}
	if rows != t.Here() {
		f.t.Errorf("%s: %d lie here, and its history says %d", t.History(), rows, t.Here())
	}
	for _, p := range t.Parcels {
		if f.s.Parcels[p.Parcel] == nil && p.Qty+p.Sent == 0 { // it was merged into another, or its opening taken back
			continue
		}
		if f.s.Parcels[p.Parcel].Status == ParcelCancelled { // it keeps a list of what was taken out of it
			if p.Sent != 0 {
				f.t.Errorf("%s: parcel %s was cancelled, and its history says that it left", t.History(), p.Parcel)
			}
			continue
		}
		var n int64
		for _, u := range f.s.Parcels[p.Parcel].Units {
			if u.Key.SKU == t.SKU && t.is(u.Key.Lot, u.Key.Serial) {
				n += u.Qty
			}
		}
		if n != p.Qty+p.Sent {
			f.t.Errorf("%s: parcel %s holds %d, and its history says %d and %d sent", t.History(), p.Parcel, n, p.Qty, p.Sent)
		}
		if f.s.Parcels[p.Parcel].Order != p.Order {
			f.t.Errorf("%s: parcel %s is of order %s, not %q", t.History(), p.Parcel, f.s.Parcels[p.Parcel].Order, p.Order)
		}
	}
}

// pickPackShip brings orders that wait to their customers.
func (f *shift) pickPackShip(orders ...OrderID) {
	f.t.Helper()
	for _, id := range orders {
		f.wave("discrete", id)
		f.as(1, 1).act(Act{Action: "start", Job: "pick"}).expect(CodeStarted).follow()
		f.as(2, 2).scan(string(f.s.Orders[id].Totes[0])).expect(CodeOpened).follow()
	}
	f.as(1, 3).act(Act{Action: "start", Job: "load"}).expect(CodeStarted).follow()
}

// A lot from its purchase to its customers and back: its history says who brought it, where it lies, which orders got how
// many, what came back; and the same of one unit by its serial.
func TestTraceOfALotAndOfAUnit(t *testing.T) {
	f := returnsHouse(t)
	po := f.bought(PurchaseOrderLine{SKU: "TEA", Ordered: 10}, PurchaseOrderLine{SKU: "CAM", Ordered: 1})
	mia := f.as(1, 1)
	mia.act(Act{Action: "start", Job: "receive", ID: string(po)}).expect(CodeStarted)
	mia.scan("01" + "0" + ean(2) + "17310531" + "10L7").expect(CodeReceived)
	mia.act(Act{Action: "qty", Qty: 9}).expect(CodeReceived)
	mia.act(Act{Action: "undo"}).expect(CodeUndone)
	mia.act(Act{Action: "qty", Qty: 7}).expect(CodeReceived)
	mia.scan(ean(3)).expect(CodeSerialNext).scan("SN-1").expect(CodeReceived)
	mia.act(Act{Action: "finish"}).expect(CodeConfirm)
	mia.act(Act{Action: "answer", Ask: "rest", Value: "all"}).expect(CodeReceiptDone)
	mia.act(Act{Action: "start", Job: "putaway"}).expect(CodeStarted).follow()
	receipt := f.s.PurchaseOrders[po].Receipts[0]

	first, second := f.order("1", "TEA", 2, "CAM", 1), f.order("2", "TEA", 3)
	f.pickPackShip(first, second)
	rt := f.back(first, ReturnLine{SKU: "TEA", Qty: 1}, ReturnLine{SKU: "CAM", Qty: 1})
	f.ira().scan(string(rt)).expect(CodeOpened).follow()

	lot := f.trace("TEA", "L7", "")
	f.traceAgrees(lot)
	if len(lot.Receipts) != 1 || lot.Receipts[0].Receipt != receipt || lot.Receipts[0].Qty != 8 || lot.Receipts[0].Worker != f.worker(1) || lot.Receipts[0].At == 0 {
		t.Errorf("eight came, one undone step aside, with %s by Mia: %+v", receipt, lot.Receipts[0])
	}
	got := map[OrderID]int64{}
	for _, p := range lot.Parcels {
		got[p.Order] = p.Sent
		if p.SentAt == 0 || p.Qty != 0 {
			t.Errorf("%+v left the house", p)
		}
	}
	if !reflect.DeepEqual(got, map[OrderID]int64{first: 2, second: 3}) {
		t.Errorf("the orders got %v", got)
	}
	if len(lot.Backs) != 1 || lot.Backs[0].Return != rt || lot.Backs[0].Qty != 1 || lot.Here() != 4 || lot.Received() != 8 || len(lot.Maybe)+len(lot.Unsure) > 0 {
		t.Errorf("one came back with %s, four are here: %+v", rt, lot)
	}

	unit := f.trace("CAM", "", "SN-1")
	f.traceAgrees(unit)
	if unit.Received() != 1 || unit.Receipts[0].Receipt != receipt || len(unit.Parcels) != 1 || unit.Parcels[0].Order != first || unit.Sent() != 1 || unit.Backs[0].Return != rt || unit.Here() != 1 {
		t.Errorf("one camera, from the door to the customer and back: %+v", unit)
	}
	for _, e := range f.all {
		if a, ok := e.Body.(interface{ About() []string }); ok && slices.Contains(a.About(), HistoryOfReceipt(receipt)) {
			if SpokenOf(e.Body).Receipt != receipt {
				t.Errorf("%T is under the receipt and does not speak of it", e.Body)
			}
		}
	}
	f.tracesAgree()
}

// Nobody guesses: of an item whose lots are not told apart, units picked where two lots lie are possible ones of either,
// until a code says which; a step taken back is none.
func TestTraceOfUnitsThatNobodyToldApart(t *testing.T) {
	f := newShift(t)
	for _, lot := range []string{"M1", "M2"} {
		f.must(AdjustStock{Bin: "A0-00", SKU: "BOX", Qty: 5, Lot: lot, Reason: "opening"})
	}
	bare, told := f.order("1", "BOX", 2), f.order("2", "BOX", 1)
	f.wave("discrete", bare)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"}).expect(CodeStarted)
	mia.scan(mia.next().Want[0].Code, mia.next().Want[0].Code)
	mia.scan(mia.next().Want[0].Code).step("item")
	mia.scan(ean(4)).expect(CodePicked)
	booked := f.s.PickLists[f.s.index.lists[0]].Lines[0].From.Lot
	other := map[string]string{"M1": "M2", "M2": "M1"}[booked]
	maybe := func(lot string) (n int64) {
		for _, o := range f.trace("BOX", lot, "").Maybe {
			if o.Order != bare || !slices.Equal(o.Lots, []string{booked}) {
				t.Errorf("%+v", o)
			}
			n += o.Qty()
		}
		return n
	}
	if maybe(other) != 1 || f.trace("BOX", booked, "").Unsure[0].Qty() != 1 {
		t.Errorf("one box of %s may be of %s: %d", booked, other, maybe(other))
	}
	mia.act(Act{Action: "undo"}).expect(CodeUndone)
	if maybe(other) != 0 {
		t.Errorf("it was taken back, and is none any more: %d", maybe(other))
	}
	mia.scan(ean(4), ean(4))
	mia.follow()
	f.as(2, 2).scan(string(f.s.Orders[bare].Totes[0])).expect(CodeOpened).follow()
	if maybe(other) != 2 {
		t.Errorf("picked and packed they are the same two: %d", maybe(other))
	}
	f.wave("discrete", told)
	mia = f.as(1, 1).act(Act{Action: "start", Job: "pick"}).expect(CodeStarted)
	mia.scan(mia.next().Want[0].Code, mia.next().Want[0].Code)
	mia.scan(mia.next().Want[0].Code).step("item")
	mia.scan("01" + "0" + ean(4) + "10" + f.s.PickLists[f.s.index.lists[0]].Lines[0].From.Lot)
	mia.follow()
	if maybe(other) != 2 || f.trace("BOX", booked, "").Unsure[0].Qty() != 2 {
		t.Errorf("the code said the lot of the third: %d", maybe(other))
	}
	f.tracesAgree()
}

// A truck opened again brings its goods back on the books, lot by lot.
func TestTraceOfATruckOpenedAgain(t *testing.T) {
	f := returnsHouse(t)
	f.sent("1", "TEA", 2)
	var m ManifestID
	for id := range f.s.Manifests {
		m = id
	}
	if got := f.trace("TEA", "L-1", ""); got.Sent() != 2 || got.Here() != 0 {
		t.Errorf("%+v", got)
	}
	f.must(ReopenManifest{ID: m, Reason: "a parcel stands here still"})
	got := f.trace("TEA", "L-1", "")
	if got.Sent() != 0 || got.Here() != 2 || got.Parcels[0].Qty != 2 || got.Parcels[0].SentAt != 0 {
		t.Errorf("%+v", got.Parcels[0])
	}
	f.tracesAgree()
}

// Random weeks of lots, seed by seed: deliveries with steps taken back and broken units, putaways, counts, moves, holds,
// orders out and back. Whatever happens, what was received of a lot is what its recall finds, part by part.
func TestTracesOfRandomWeeks(t *testing.T) {
	seeds := 40
	if testing.Short() {
		seeds = 5
	}
	var came, went, back int64
	for seed := range uint64(seeds) {
		w := &week{shift: returnsHouse(t), r: rand.New(rand.NewPCG(seed, 3)), received: map[string]int64{}}
		w.must(SaveBin{Bin: Bin{Code: "DOOR", BinKind: "dock"}})
		for range 25 {
			w.something()
		}
		w.sound()
		w.tracesAgree()
		for lot, n := range w.received {
			tr := w.trace("TEA", lot, "")
			if tr.Received() != n {
				t.Errorf("seed %d: %d of %s were received, and its history says %d", seed, n, lot, tr.Received())
			}
			came, went, back = came+tr.Received(), went+tr.Sent(), back+tr.Back()
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	if came == 0 || went == 0 || back == 0 {
		t.Errorf("%d came, %d went, %d came back: the weeks no longer go that way", came, went, back)
	}
}

type week struct {
	*shift
	r        *rand.Rand
	n        int
	sent     []OrderID
	received map[string]int64
}

func (w *week) lot() string { return fmt.Sprint("L", w.r.IntN(3)) }

func (w *week) something() {
	w.n++
	row := w.anyTea()
	switch w.r.IntN(9) {
	case 0, 1, 2:
		w.delivery()
	case 3, 4:
		w.goesOut()
	case 5:
		w.comesBack()
	case 6:
		if row != nil {
			w.do(&Command{Verb: HoldStock{SKU: "TEA", Lot: row.Key.Lot, Condition: []string{Held, Good, Damaged}[w.r.IntN(3)], Reason: "a test"}})
		}
	case 7:
		if row != nil {
			w.do(&Command{Verb: MoveStock{From: row.Key.Place.Bin(), To: "A2-03", Key: row.Key, Qty: 1, Reason: "nearer"}})
		}
	case 8:
		w.do(&Command{Verb: AdjustStock{Bin: "A1-01", SKU: "TEA", Qty: int64(w.r.IntN(5) - 2), Lot: w.lot(), Expiry: "2031-05-31", Reason: "counted"}})
	}
}

// anyTea is some tea in a bin.
func (w *week) anyTea() *Stock {
	rows := slices.DeleteFunc(slices.Clone(w.s.StockOf("TEA")), func(r *Stock) bool { return r.Key.Place.Bin() == "" })
	if len(rows) == 0 {
		return nil
	}
	return rows[w.r.IntN(len(rows))]
}

func (w *week) delivery() {
	lot, mia := w.lot(), w.as(1, 1)
	mia.act(Act{Action: "start", Job: "receive", ID: blind}).expect(CodeStarted)
	mia.scan("010" + ean(2) + "17310531" + "10" + lot)
	w.received[lot]++
	if w.r.IntN(3) == 0 {
		mia.act(Act{Action: "undo"}).expect(CodeUndone)
		w.received[lot]--
		mia.scan("010" + ean(2) + "17310531" + "10" + lot)
		w.received[lot]++
	}
	n := int64(1 + w.r.IntN(6))
	mia.act(Act{Action: "qty", Qty: n})
	w.received[lot] += n
	if w.r.IntN(3) == 0 {
		mia.act(Act{Action: "damaged", Qty: 1}).expect(CodeDamaged)
	}
	mia.act(Act{Action: "finish"}).expect(CodeReceiptDone)
	if mia.act(Act{Action: "start", Job: "putaway"}); mia.last.Code == CodeStarted {
		mia.follow()
	}
	mia.act(Act{Action: "signout"})
}

func (w *week) goesOut() {
	id := w.order(fmt.Sprint(w.n), "TEA", 1+w.r.IntN(3))
	if v := w.must(ReleaseWave{Orders: []OrderID{id}, Method: "discrete"}).(*WaveView); len(v.PickLists) == 0 {
		return
	}
	w.as(1, 1).act(Act{Action: "start", Job: "pick"}).expect(CodeStarted).follow()
	w.as(2, 2).scan(string(w.s.Orders[id].Totes[0])).expect(CodeOpened).follow()
	w.as(1, 3).act(Act{Action: "start", Job: "load"}).expect(CodeStarted).follow()
	if w.status(id) != OrderDispatched {
		w.t.Fatal(w.status(id))
	}
	w.sent = append(w.sent, id)
	w.as(1, 3).act(Act{Action: "signout"})
}

func (w *week) comesBack() {
	if len(w.sent) == 0 {
		return
	}
	id := w.sent[0]
	w.sent = w.sent[1:]
	rt := w.back(id, ReturnLine{SKU: "TEA", Qty: 1})
	w.ira().scan(string(rt)).expect(CodeOpened).follow()
}

// Within the house, too: what is put away, brought from reserve or put back from among several lots, without a code that
// says which, is noted as possible, until the step is taken back.
func TestTraceOfUnitsMovedWithoutTheirLot(t *testing.T) {
	f := newShift(t)
	f.must(SaveBin{Bin: Bin{Code: "DOOR", BinKind: "dock"}})
	f.must(SaveBin{Bin: Bin{Code: "HIGH", BinKind: "reserve"}})
	f.must(SaveItem{Item: Item{SKU: "BOX", Name: "Box", Barcodes: []Barcode{{Code: ean(4), Qty: 1}}, Face: Face{MinQty: 2, MaxQty: 4}}})
	for _, at := range []BinCode{"DOOR", "HIGH"} {
		for _, lot := range []string{"M1", "M2"} {
			f.must(AdjustStock{Bin: at, SKU: "BOX", Qty: 3, Lot: lot, Reason: "opening"})
		}
	}
	moved := func(lot string, from BinCode) (n int64) {
		for _, o := range f.trace("BOX", lot, "").Maybe {
			if o.From == InBin(from) && o.Order == "" {
				n += o.Qty()
			}
		}
		return n
	}
	mia := f.as(1, 1)
	mia.act(Act{Action: "start", Job: "putaway", ID: "DOOR"}).expect(CodeStarted)
	mia.scan("01" + "0" + ean(4) + "10M1").expect(CodeBinNext)
	mia.scan(mia.next().Want[0].Code)
	if n := moved("M2", "DOOR"); n != 0 {
		t.Errorf("the code said its lot, yet %d may be of the other", n)
	}
	mia.scan(ean(4)).expect(CodeBinNext)
	mia.scan(mia.next().Want[0].Code)
	if n := moved("M1", "DOOR") + moved("M2", "DOOR"); n != 1 {
		t.Errorf("nobody said the lot of one, and %d are noted", n)
	}
	mia.act(Act{Action: "undo"}).expect(CodeUndone)
	if n := moved("M1", "DOOR") + moved("M2", "DOOR"); n != 0 {
		t.Errorf("it was taken back, and %d are noted", n)
	}
	mia.act(Act{Action: "leave"})
	f.must(PlanReplenish{SKU: "BOX", Qty: 2})
	mia.act(Act{Action: "start", Job: "replenish"}).expect(CodeStarted)
	mia.scan(mia.next().Want[0].Code).step("item")
	mia.scan(ean(4))
	mia.follow()
	if n := moved("M1", "HIGH") + moved("M2", "HIGH"); n == 0 {
		t.Error("what came from reserve without its lot is noted nowhere")
	}
	f.tracesAgree()
}
