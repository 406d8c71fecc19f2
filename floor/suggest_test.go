package floor

import (
	"slices"
	"strings"
	"testing"
)

// measure gives mugs and boxes a size, cubes of 100 mm, and cartons for one, two and eight of them.
func (f *shift) measure() {
	mug, box := *f.s.Items["MUG"], *f.s.Items["BOX"]
	mug.SizeMM, box.SizeMM, box.Hazard = []int64{100, 100, 100}, []int64{100, 100, 100}, "flammable"
	f.must(SaveItem{Item: mug})
	f.must(SaveItem{Item: box})
	f.must(SaveCarton{Carton{Code: "C1", InnerMM: []int64{100, 100, 100}, TareG: 10, MaxGrossG: 1000}})
	f.must(SaveCarton{Carton{Code: "C2", InnerMM: []int64{200, 100, 100}, TareG: 20}})
	f.must(SaveCarton{Carton{Code: "C8", Name: "Cube", InnerMM: []int64{200, 200, 200}, TareG: 80, MaxGrossG: 5000}})
}

// sized is a shift where sizes are known.
func sized(t *testing.T) *shift {
	f := newShift(t)
	f.watch = (*shift).sound
	f.measure()
	f.stock("A0-01", "MUG", 30)
	f.stock("A0-02", "BOX", 30)
	return f
}

func (f *shift) advised(id OrderID, want ...CartonCode) {
	f.t.Helper()
	if got := f.s.Orders[id].Cartons; !slices.Equal(got, want) {
		f.t.Fatalf("advised %v, want %v", got, want)
	}
}

// An order knows its carton from its wave on; the bench names it, draws it and takes it first.
func TestCartonIsAdvised(t *testing.T) {
	f := sized(t)
	id := f.order("1", "MUG", 5)
	f.wave("discrete", id)
	f.advised(id, "C8")
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	if offer := f.as(2, 2).next().Show.Jobs[0]; !strings.HasSuffix(offer.Detail, ", carton C8") {
		t.Fatalf("%+v", offer)
	}
	ben := f.as(2, 2).scan(string(f.s.Orders[id].Totes[0])).step("item")
	show := ben.next().Show
	if show.Carton == nil || show.Carton.Name != "Cube" || show.Carton.N != 1 || len(show.Fill) != 2 ||
		show.Fill[0].ZMM != 0 || show.Fill[1].ZMM != 100 || len(show.Fill[0].Items)+len(show.Fill[1].Items) != 5 {
		t.Fatalf("%+v %+v", show.Carton, show.Fill)
	}
	ben.scan("MUG-PACK6").expect(CodeTooMany).scan(ean(1), ean(1), ean(1), ean(1), ean(1)).expect(CodeAllVerified).step("carton")
	if w := ben.next().Want; w[0].Code != CartonLabel("C8") || len(w) != 4 {
		t.Fatal(w)
	}
	ben.follow()
	if p := f.s.Parcels[f.s.Orders[id].Parcels[0]]; p.Carton != "C8" {
		t.Fatal(p.Carton)
	}
}

// What lies at the bench differs: units short, a parcel closed early, the step taken back, the rest in another.
func TestCartonIsAdvisedAnew(t *testing.T) {
	f := sized(t)
	id := f.order("1", "MUG", 5)
	f.wave("discrete", id)
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	ben := f.as(2, 2).scan(string(f.s.Orders[id].Totes[0])).scan(ean(1))
	f.advised(id, "C8")
	ben.act(Act{Action: "close"}).step("carton")
	f.advised(id, "C1")
	ben.act(Act{Action: "undo"}).expect(CodeUndone).step("item")
	f.advised(id, "C8")
	ben.act(Act{Action: "close"}).scan(ben.next().Want[0].Code).expect(CodeCartonOK)
	ben.act(Act{Action: "weigh", WeightG: ben.next().Show.ExpectedWeight}).scan(ben.next().Want[0].Code).expect(CodeProved).step("item")
	f.advised(id, "C8") // for the four that are left
	ben.scan(ean(1), ean(1)).act(Act{Action: "short", Found: 3, Reason: "missing"}).expect(CodeShort).step("carton")
	f.advised(id, "C2")
	if fill := ben.next().Show.Fill; len(fill) != 1 || len(fill[0].Items) != 2 {
		t.Fatalf("%+v", fill)
	}
	ben.follow()
	if f.status(id) != OrderPacked {
		t.Fatal(f.status(id))
	}
}

// Goods that may not share a carton are advised apart; the picture is of the first one.
func TestHazardsAreAdvisedApart(t *testing.T) {
	f := sized(t)
	id := f.order("1", "MUG", 2, "BOX", 1)
	f.wave("discrete", id)
	f.advised(id, "C2", "C1")
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	ben := f.as(2, 2).scan(string(f.s.Orders[id].Totes[0]))
	if c := ben.next().Show.Carton; c == nil || c.Code != "C2" || c.N != 2 {
		t.Fatalf("%+v", c)
	}
	ben.scan(ean(1), ean(1)).act(Act{Action: "close"}).step("carton")
	if w := ben.next().Want[0].Code; w != CartonLabel("C2") {
		t.Fatal(w)
	}
	ben.scan(CartonLabel("C2")).act(Act{Action: "weigh", WeightG: ben.next().Show.ExpectedWeight}).scan(ben.next().Want[0].Code).expect(CodeProved)
	f.advised(id, "C1")
}

// Where sizes are missing, or nothing is large enough, nothing is advised and packing goes on as ever.
func TestNothingIsAdvisedBlindly(t *testing.T) {
	f := sized(t)
	f.must(SaveItem{Item: Item{SKU: "RAW", Name: "Nobody measured it"}})
	f.stock("A1-01", "RAW", 1)
	big := *f.s.Items["BOX"]
	big.SizeMM = []int64{500, 10, 10}
	f.must(SaveItem{Item: big})
	for _, sku := range []string{"RAW", "BOX"} {
		id := f.order(sku, sku, 1)
		f.wave("discrete", id)
		f.advised(id)
	}
	f.refused(SaveCarton{Carton{Code: "F", InnerMM: []int64{300, 200, 0}}}, "out_of_range")
	f.refused(SaveCarton{Carton{Code: "F", OuterMM: []int64{300, 200}}}, "bad_value")
}

// Where no carton is advised, the first named still bears what is in the parcel; another may be scanned at the scale.
func TestTheFirstCartonBearsTheParcel(t *testing.T) {
	f := newShift(t)
	f.must(SaveCarton{Carton{Code: "A1", TareG: 10, MaxGrossG: 300}})
	f.must(AdjustStock{Bin: "A0-01", SKU: "TEA", Qty: 9, Lot: "L", Expiry: "2030-01-01"}) // 200 g each, of no known size
	f.wave(Discrete, f.order("1", "TEA", 3))
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	ben := f.as(2, 2).act(Act{Action: "start", Job: "pack"})
	for ben.next().Step != "carton" {
		ben.scan(ben.next().Want[0].Code)
	}
	if w := ben.next().Want; w[0].Code != CartonLabel("S") || w[1].Code != CartonLabel("A1") {
		t.Fatalf("%+v", w)
	}
	ben.scan(CartonLabel("A1")).act(Act{Action: "weigh", WeightG: 610}).expect(CodeBadWeight)
	ben.scan(CartonLabel("S")).expect(CodeCartonOK).step("weigh").follow()
}
