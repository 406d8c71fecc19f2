package floor

import (
	"strings"
	"testing"
)

// Where goods are put away follows from what is known of them, and the suggestion says all of it: class and walk, zone,
// what a bin bears, the same lot; what pickers lack goes before them, what they have enough of into reserve.
func TestHomesExplainThemselves(t *testing.T) {
	f := newShift(t)
	f.must(SaveLayout{Layout: Layout{Aisles: 3, Cells: 4, AislePitch: 100, CellPitch: 100, CrossAisles: []int{0, 4}}})
	day := f.now.plus(-DayMS).Day()
	f.must(NoteDemand{Rows: []DemandRow{{"MUG", day, 5}, {"BOX", day, 5}}, Lines: []int{1, 2}})
	home := func(sku SKU, lot string) (BinCode, string) {
		bins, why := f.s.homeFor(StockKey{Place: InBin("DOOR"), SKU: sku, Lot: lot}, 2)
		if len(bins) == 0 {
			t.Fatalf("no home for %s", sku)
		}
		return bins[0], InEnglish(why)
	}
	class := func(abc string) { f.must(NoteClasses{[]ItemClass{{"MUG", abc}, {"NONE", "A"}, {"BOX", "Q"}}}) }
	seen := map[string]int{}
	for _, abc := range []string{"A", "B", "C"} {
		class(abc)
		bin, why := home("MUG", "")
		if seen[abc] = f.s.fromDepot(bin); !strings.Contains(why, "class "+abc) || !strings.Contains(why, "along from the depot") {
			t.Errorf("class %s to %s: %s", abc, bin, why)
		}
	}
	if !(seen["A"] < seen["B"] && seen["B"] < seen["C"]) {
		t.Errorf("A is nearer than B, B than C: %v", seen)
	}
	if f.s.classOf("BOX") != "" {
		t.Error("Q is no class")
	}

	it := *f.s.Items["MUG"]
	it.Attributes = map[string]string{ZoneAttribute: "COLD"}
	f.must(SaveItem{Item: it})
	f.must(SaveBin{Bin: Bin{Code: "COLD-1", BinKind: "pick", Aisle: 2, Cell: 3, Zone: "COLD", MaxWeightG: 20_000}})
	if bin, why := home("MUG", ""); bin != "COLD-1" || !strings.Contains(why, "in zone COLD, where it is kept") || !strings.Contains(why, "it bears 19 kg more") {
		t.Errorf("%s: %s", bin, why)
	}
	f.must(AdjustStock{Bin: "A0-01", SKU: "TEA", Qty: 1, Lot: "L1", Expiry: "2031-01-01", Reason: "opening"})
	if bins, why := f.s.homeFor(StockKey{Place: InBin("DOOR"), SKU: "TEA", Lot: "L1", Expiry: "2031-01-01"}, 1); bins[0] != "A0-01" || !strings.Contains(InEnglish(why), "of lot L1 lies there already") {
		t.Errorf("beside the same lot: %v %s", bins, InEnglish(why))
	}

	box := *f.s.Items["BOX"]
	box.Face = Face{MinQty: 3, MaxQty: 10}
	f.must(SaveItem{Item: box})
	f.must(SaveBin{Bin: Bin{Code: "RES-1", BinKind: "reserve", Aisle: 1, Cell: 3}})
	f.stock("RES-1", "BOX", 5)
	if bin, why := home("BOX", ""); f.s.Bins[bin].BinKind != "pick" || !strings.Contains(why, "it is wanted there now") {
		t.Errorf("pickers have none of it: %s: %s", bin, why)
	}
	f.stock("A0-00", "BOX", 10)
	if bin, why := home("BOX", ""); bin != "RES-1" || !strings.Contains(why, "so into reserve") {
		t.Errorf("pickers have enough: %s: %s", bin, why)
	}
	f.sound()
}

// What the pick bins lack is put away before the rest, and after what an order waits for; the door says so at once.
func TestWhatIsWantedIsPutAwayFirst(t *testing.T) {
	f := newShift(t)
	f.bought(PurchaseOrderLine{SKU: "MUG", Ordered: 1})
	box := *f.s.Items["BOX"]
	box.Face = Face{MinQty: 3, MaxQty: 10}
	f.must(SaveItem{Item: box})
	waiting := f.order("1", "MUG", 1)
	f.must(ReleaseWave{Method: "discrete", Orders: []OrderID{waiting}})
	mia := f.as(1, 1)
	mia.act(Act{Action: "start", Job: "receive", ID: blind})
	mia.scan("010" + ean(2) + "17310531" + "10L7").expect(CodeReceived).scan(ean(4)).expect(CodeAwaited).scan(ean(1)).expect(CodeAwaited).act(Act{Action: "finish"})
	mia.act(Act{Action: "start", Job: "putaway"})
	var order []SKU
	for range 3 {
		order = append(order, mia.next().Show.Item.SKU)
		mia.scan(mia.next().Want[0].Code).scan(mia.next().Want[0].Code)
	}
	if order[0] != "MUG" || order[1] != "BOX" || order[2] != "TEA" {
		t.Errorf("put away in the order %v", order)
	}
	f.sound()
}
