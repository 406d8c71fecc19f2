package floor

import (
	"strings"
	"testing"
)

// toWeigh has an order picked by Mia and packed by Ben, up to the scale.
func (f *shift) toWeigh(ext string, lines ...any) *hand {
	f.t.Helper()
	id := f.order(ext, lines...)
	f.wave("discrete", id)
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).expect(CodeStarted).follow()
	ben := f.as(2, 2).act(Act{Action: "start", Job: "pack", ID: string(id)}).expect(CodeStarted)
	for ben.next().Step != "weigh" {
		if ben.next().Step == "carton" {
			ben.scan(CartonLabel("S"))
			continue
		}
		ben.plain(ben.next())
	}
	return ben
}

// weigh puts grams on the scale.
func (h *hand) weigh(g int64) *hand {
	h.f.t.Helper()
	return h.act(Act{Action: "weigh", WeightG: g, Source: SourceScale})
}

// said is the verdict as Ben reads it.
func (h *hand) said() string { return Say("en", h.last) }

func (f *shift) allStocked() {
	f.stock("A0-00", "MUG", 5000)
	f.stock("A0-01", "BOX", 5000)
}

// A mug is missing: the parcel is not closed, and Ben is told what is wrong most likely, what was expected and what was
// weighed. He scans everything again, finds the mug, and the parcel weighs what it should.
func TestOneTooFew(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.allStocked()
	ben := f.toWeigh("1", "MUG", 2, "BOX", 1)
	if n := ben.next(); n.Show.ExpectedWeight != 2*100+400+50 || n.Show.Weigh.ToleranceG < 20 || n.Show.Weigh.ToleranceG > 70 || n.Show.Weigh.Off != nil {
		t.Fatalf("%d g, %+v", n.Show.ExpectedWeight, n.Show.Weigh)
	}
	ben.weigh(555).expect(CodeWeightOff).step("weigh")
	if say := ben.said(); say != "The weight is -95 g off: about one MUG item too few." {
		t.Error(say)
	}
	v := ben.last.In("en")
	if v.Scanned.Text != "555 g weighed" || !strings.HasPrefix(v.Wanted.Text, "650 g, give or take ") || !v.Override {
		t.Errorf("%+v %+v", v.Scanned, v.Wanted)
	}
	if off := ben.next().Show.Weigh.Off; off == nil || off.WeightG != 555 || off.DifferenceG != -95 || off.Cause != "about one MUG item too few" {
		t.Errorf("the screen does not go on saying it: %+v", off)
	}
	ben.act(Act{Action: "recount"}).expect(CodeRecount).step("item")
	ben.scan(ean(1), ean(1), ean(4)).expect(CodeAllVerified)
	ben.scan(CartonLabel("S")).step("weigh")
	ben.weigh(648).expect(CodeScanLabel).follow()
	f.sound()
}

// What the weight of a parcel says, by what was done wrong with it.
func TestWhatTheWeightSays(t *testing.T) {
	for _, x := range []struct {
		lines []any
		g     int64
		says  string
	}{
		{[]any{"MUG", 3}, 350 + 100, "about one MUG item too many"},
		{[]any{"MUG", 3}, 350 - 200, "about 2 MUG item too few"},
		{[]any{"BOX", 2}, 850 + 300, "check what is in the parcel"}, // a CAM weighs that, and none is near
		{[]any{"BOX", 2}, 850 + 200, "another carton: Large"},
		{[]any{"BOX", 1}, 450 + 300, "check what is in the parcel"},
		{[]any{"BOX", 1}, 9000, "check what is in the parcel"},
	} {
		f := newShift(t)
		f.allStocked()
		f.must(SaveCarton{Carton{Code: "L", Name: "Large", TareG: 250}})
		ben := f.toWeigh("1", x.lines...).weigh(x.g)
		ben.expect(CodeWeightOff)
		if off := ben.next().Show.Weigh.Off; off.Cause != x.says {
			t.Errorf("%v at %d g: %s, want %s", x.lines, x.g, off.Cause, x.says)
		}
		ben.follow()
	}
}

// What stands beside on the shelf is taken by mistake sooner than anything else of the house.
func TestTheNeighbourOnTheShelf(t *testing.T) {
	f := newShift(t)
	f.stock("A0-00", "MUG", 50)
	f.stock("A0-01", "BOX", 50)
	ben := f.toWeigh("1", "MUG", 2).weigh(2*100 + 50 + 300).expect(CodeWeightOff)
	if off := ben.next().Show.Weigh.Off; !strings.Contains(off.Cause, "about one BOX item in place of MUG item") {
		t.Errorf("%+v", off)
	}
}

// A lead lets a parcel pass that they have looked into. It stands in the journal, in the timeline and in the parcel, and
// nothing is learned of it; of another weight, or of one nobody has seen refused, the word is not good.
func TestALeadLetsAWeightPass(t *testing.T) {
	f := newShift(t)
	f.allStocked()
	lead := f.leadWithPIN(RoleLead, "a PIN")
	ben := f.toWeigh("1", "MUG", 2)
	ben.allowed(lead, Act{Action: "weigh", WeightG: 390, Source: SourceScale}).expect(CodeWeightOff) // never refused before
	ben.allowed(lead, Act{Action: "weigh", WeightG: 420, Source: SourceScale}).expect(CodeWeightOff) // another than was
	ben.allowed(lead, Act{Action: "weigh", WeightG: 420, Source: SourceScale}).expect(CodeScanLabel)
	p := f.s.Parcels[f.s.Packings[ben.orderPacked()].Parcel]
	if w := p.View().Weighing; w.Allowed != lead || !w.Off || w.Source != SourceScale || w.ExpectedG != 250 || w.ToleranceG == 0 || w.Worker != ben.worker {
		t.Errorf("%+v", w)
	}
	var told bool
	for _, x := range f.s.Orders[p.Order].Timeline {
		told = told || x.What == "weight_allowed" && x.By == lead && x.About == string(p.ID)
	}
	if !told {
		t.Errorf("the timeline does not say it: %+v", f.s.Orders[p.Order].Timeline)
	}
	if len(f.s.Learned) != 0 {
		t.Errorf("a parcel that was let pass taught %+v", f.s.Learned)
	}
	if x := f.s.exceptionsOf("item_weight", "MUG"); len(x) != 1 {
		t.Errorf("the desk is not told to weigh one: %v", x)
	}
	ben.follow()
	f.must(SaveItem{Item: Item{SKU: "MUG", Name: "MUG item", WeightG: 185, Barcodes: []Barcode{{Code: ean(1), Qty: 1}}}})
	if x := f.s.exceptionsOf("item_weight", "MUG"); len(x) != 0 {
		t.Errorf("corrected, and still told: %v", x)
	}
}

func (h *hand) orderPacked() OrderID { return OrderID(h.next().Job.ID) }

// Where the site wants scales, a typed weight takes a lead; it is marked in any case, with who typed it.
func TestTypedWeights(t *testing.T) {
	f := newShift(t)
	f.allStocked()
	ben := f.toWeigh("1", "MUG", 2)
	ben.act(Act{Action: "weigh", WeightG: 252, Source: SourceTyped}).expect(CodeScanLabel)
	p := f.s.Parcels[f.s.Packings[ben.orderPacked()].Parcel]
	o := f.s.Orders[p.Order]
	if last := o.Timeline[len(o.Timeline)-1]; last.What != "weight_typed" || last.Worker != ben.worker || p.View().Weighing.Source != SourceTyped {
		t.Errorf("%+v %+v", last, p.View().Weighing)
	}
	ben.follow()
	f.must(SaveSite{Site: Site{Name: "Test House", TypedWeight: TypedByLead}})
	f.refused(SaveSite{Site: Site{Name: "Test House", TypedWeight: "nobody"}}, "bad_value")
	f.must(SaveSite{Site: Site{Name: "Test House"}}) // left out, it stays
	ben = f.toWeigh("2", "MUG", 2)
	if ben.next().Show.Weigh.Typed != TypedByLead {
		t.Error("the screen is not told")
	}
	ben.act(Act{Action: "weigh", WeightG: 250, Source: SourceTyped}).expect(CodeTypedWeight)
	ben.act(Act{Action: "weigh", WeightG: 250}).expect(CodeTypedWeight) // a client that does not say
	ben.act(Act{Action: "weigh", WeightG: 250, Source: "guess"}).expect(CodeBadArgs)
	lead := f.leadWithPIN(RoleLead, "a PIN")
	ben.allowed(lead, Act{Action: "weigh", WeightG: 400, Source: SourceTyped}).expect(CodeWeightOff) // the word was for typing
	ben.allowed(lead, Act{Action: "weigh", WeightG: 250, Source: SourceTyped}).expect(CodeScanLabel)
	ben.follow()
	f.toWeigh("3", "MUG", 2).weigh(250).expect(CodeScanLabel).follow()
	ana := f.as(3, 2)
	ana.act(Act{Action: "signout"})
}

// An item that nobody has weighed is learned from five clean parcels; then a parcel that lacks one is stopped. Weights
// that were typed as they were expected teach nothing.
func TestWeightsAreLearned(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.must(SaveItem{Item: Item{SKU: "PAN", Name: "Pan", Barcodes: []Barcode{{Code: ean(9), Qty: 1}}}})
	f.stock("A0-02", "PAN", 500)
	for i, g := range []int64{1251, 1248, 1254, 1249} {
		ben := f.toWeigh("p"+itoa(int64(i)), "PAN", 1)
		if n := ben.next(); n.Show.Weigh.ToleranceG != 0 || n.Show.ExpectedWeight != 50 {
			t.Fatalf("nobody knows what a pan weighs: %+v", n.Show.Weigh)
		}
		ben.weigh(g + 50).expect(CodeScanLabel).follow()
	}
	if f.s.LearnedOf("PAN") != nil {
		t.Fatal("four parcels are too few")
	}
	f.toWeigh("p5", "PAN", 2).weigh(2*1250 + 50).expect(CodeScanLabel).follow()
	if l := f.s.LearnedOf("PAN"); l == nil || l.WeightG < 1248 || l.WeightG > 1252 || l.Parcels != 5 {
		t.Fatalf("%+v", l)
	}
	ben := f.toWeigh("p6", "PAN", 2)
	if n := ben.next(); n.Show.Weigh.ToleranceG == 0 || n.Show.ExpectedWeight < 2540 || n.Show.ExpectedWeight > 2560 {
		t.Fatalf("%d g, %+v", n.Show.ExpectedWeight, n.Show.Weigh)
	}
	ben.weigh(1300).expect(CodeWeightOff).weigh(2551).expect(CodeScanLabel).follow()
	before := len(f.s.Learned[itemWeight("PAN")].Seen)
	ben = f.toWeigh("p7", "PAN", 1)
	ben.act(Act{Action: "weigh", WeightG: ben.next().Show.ExpectedWeight}).expect(CodeScanLabel).follow()
	if now := len(f.s.Learned[itemWeight("PAN")].Seen); now != before {
		t.Error("what was expected was typed back, and counts as a witness")
	}
	for i := range 20 {
		f.toWeigh("q"+itoa(int64(i)), "PAN", 1).weigh(1300 + int64(i%5)).expect(CodeScanLabel).follow()
	}
	if n := len(f.s.Learned[itemWeight("PAN")].Seen); n != 15 {
		t.Errorf("%d samples are kept", n)
	}
}

// Parcels whose goods are heavier than the catalogue has it, by so little that they pass, teach; the desk is told, and
// what it writes makes an end of what was learned.
func TestTheCatalogueIsContradicted(t *testing.T) {
	f := newShift(t)
	f.stock("A0-01", "BOX", 500)
	for i := range 6 {
		f.toWeigh(itoa(int64(i)), "BOX", 1).weigh(50 + 425 + int64(i%3)).expect(CodeScanLabel).follow()
	}
	if l := f.s.LearnedOf("BOX"); l == nil || l.WeightG != 426 || !f.s.Differs(f.s.Items["BOX"]) {
		t.Fatalf("%+v", l)
	}
	if x := f.s.exceptionsOf("item_weight", "BOX"); len(x) != 1 {
		t.Errorf("the desk is told %d times", len(x))
	}
	f.must(SaveItem{Item: Item{SKU: "BOX", Name: "BOX item", WeightG: 426, Barcodes: []Barcode{{Code: ean(4), Qty: 1}}}})
	if f.s.LearnedOf("BOX") != nil || len(f.s.exceptionsOf("item_weight", "BOX")) != 0 {
		t.Error("corrected, and what was learned before stands on")
	}
}

// A recount is for the scale's step alone, and gives back where the goods came from.
func TestRecount(t *testing.T) {
	f := newShift(t)
	f.allStocked()
	f.watch = (*shift).sound
	id := f.order("1", "MUG", 2)
	f.wave("discrete", id)
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	ben := f.as(2, 2).act(Act{Action: "start", Job: "pack"})
	ben.act(Act{Action: "recount"}).expect(CodeNoAction)
	ben.plain(ben.next())
	ben.scan(ean(1)).act(Act{Action: "recount"}).expect(CodeNoAction)
	ben.scan(ean(1), CartonLabel("S")).step("weigh").act(Act{Action: "recount"}).expect(CodeRecount).step("item")
	if l := f.s.Orders[id].Lines[0]; l.Packed != 0 || len(f.s.StockAt(InTote(f.s.Orders[id].Totes[0]))) == 0 {
		t.Errorf("%+v", l)
	}
	ben.act(Act{Action: "undo"}).expect(CodeNoUndo)
	ben.follow()
	if f.status(id) != OrderPacked {
		t.Error(f.status(id))
	}
}
