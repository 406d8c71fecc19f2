package floor

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"floorline/floor/gs1"
)

// One code, two items: the floor asks, at the shelf, at the bench and without a job, and says what it could be and
// which code tells them apart. Nothing else happens.
func TestOneCodeTwoItems(t *testing.T) {
	f := newShift(t)
	f.must(SaveItem{Item: Item{SKU: SKU(ean(1)), Name: "Misnamed"}}) // a SKU that is the barcode of MUG
	f.must(SaveItem{Item: Item{SKU: "(01)0" + SKU(ean(4)), Name: "Printed"}})
	f.stock("A0-01", "MUG", 10)
	f.stock("A0-02", "BOX", 10)
	f.wave("discrete", f.order("1", "MUG", 2, "BOX", 1))
	mia := f.as(1, 1)
	mia.scan(ean(1)).expect(CodeAmbiguous)
	if say := Say("en", mia.last); !strings.Contains(say, "MUG item or item Misnamed") || mia.last.Class() != Choose {
		t.Fatal(say)
	}
	mia.act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code, "A0-01").step("item")
	for _, code := range []string{ean(1), "0" + ean(1), "]E0" + ean(1), "(01)0" + ean(1), "]C1010" + ean(1) + "303"} {
		mia.scan(code).expect(CodeAmbiguous).step("item")
	}
	if w := mia.last.Wanted; w == nil || w.Kind != "item" || w.Code != "MUG" || !strings.Contains(InEnglish(w.Text), "on MUG item") {
		t.Fatalf("the finer code is named: %+v", w)
	}
	mia.scan("MUG", ItemLabel("MUG")).expect(CodeLinePicked) // by its SKU, and by our own label
	mia.scan("A0-02").scan("(01)0" + ean(4)).expect(CodeAmbiguous).scan(ean(4)).expect(CodeLinePicked)
	mia.scan(BinLabel("STAGE")).expect(CodeListDone)
	ben := f.as(2, 2).act(Act{Action: "start", Job: "pack"})
	ben.scan(ben.next().Want[0].Code).step("item").scan(ean(1)).expect(CodeAmbiguous).step("item")
	ben.follow()
}

// An item that has no code of its own is still scanned: by our label.
func TestItemWithoutACodeOfItsOwn(t *testing.T) {
	f := newShift(t)
	f.must(SaveItem{Item: Item{SKU: "X", Name: "The X"}})
	f.must(SaveItem{Item: Item{SKU: "Y", Name: "The Y", Barcodes: []Barcode{{Code: "X", Qty: 1}}}})
	f.stock("A0-01", "X", 3)
	f.wave("discrete", f.order("1", "X", 1))
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code, "A0-01").scan("X").expect(CodeAmbiguous)
	if w := mia.next().Want; len(w) != 1 || w[0].Code != ItemLabel("X") {
		t.Fatal(w)
	}
	mia.follow()
}

// Two kinds of one code: the step takes the one it expects; where it expects both or none, it asks.
func TestOneCodeTwoKinds(t *testing.T) {
	f := newShift(t)
	tote := string(f.s.index.freeTotes[0])
	f.must(SaveItem{Item: Item{SKU: SKU(tote), Name: "Called like a tote"}})
	f.must(SaveItem{Item: Item{SKU: "A0-01", Name: "Called like a bin"}})
	f.stock("A0-01", "A0-01", 5)
	f.stock("A0-02", "MUG", 5)
	id := f.order("1", "A0-01", 1, "MUG", 1)
	f.wave("discrete", id)
	mia := f.as(1, 1).scan("A0-01").expect(CodeAmbiguous)
	if say := Say("en", mia.last); !strings.Contains(say, BinLabel("A0-01")) || !strings.Contains(say, "bin A0-01 or item Called like a bin") {
		t.Fatal(say)
	}
	mia.act(Act{Action: "start", Job: "pick"}).step("tote").scan("A0-01").expect(CodeAmbiguous)
	mia.scan(tote).expect(CodeToteTaken).step("bin").scan(tote).expect(CodeAmbiguous)
	mia.scan("A0-01").expect(CodeBinOK).step("item").scan("A0-01").expect(CodeLinePicked)
	mia.follow()
	f.must(CancelOrder{ID: id})
	mia.act(Act{Action: "start", Job: "putback"}).step("tote").scan(tote).expect(CodeOpened)
	mia.scan(mia.next().Want[0].Code).step("bin").scan("A0-01").expect(CodeAmbiguous).step("bin")
	mia.scan(BinLabel("A0-01")).expect(CodePutBack).follow()
}

// Two carriers gave two parcels the same number, and two items a unit of the same serial.
func TestOneNumberTwice(t *testing.T) {
	f := newShift(t)
	f.stock("A0-01", "MUG", 10)
	var parcels []*Parcel
	for i := range 2 {
		id := f.order(itoa(int64(i)), "MUG", 1)
		f.wave("discrete", id)
		f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
		f.as(2, 2).act(Act{Action: "start", Job: "pack"}).follow()
		parcels = append(parcels, f.s.Parcels[f.s.Orders[id].Parcels[0]])
	}
	f.s.index.untrack(parcels[1].Tracking, parcels[1].ID)
	parcels[1].Tracking = parcels[0].Tracking
	f.s.index.setParcel(parcels[1])
	mia := f.as(1, 3).scan(parcels[0].Tracking).expect(CodeAmbiguous)
	mia.act(Act{Action: "start", Job: "load"}).scan(parcels[0].Tracking).expect(CodeAmbiguous).step("parcel")
	mia.scan(parcels[0].SSCC).expect(CodeLoaded).scan(string(parcels[1].ID)).expect(CodeAllLoaded)
	if f.s.Parcel(parcels[0].Tracking) != nil {
		t.Fatal("a path that names two parcels names none")
	}

	f.must(SaveItem{Item: Item{SKU: "LENS", Name: "Lens", Tracking: "serial"}})
	f.must(AdjustStock{Bin: "A1-00", SKU: "CAM", Qty: 2, Serials: []string{"S1", "S2"}})
	f.must(AdjustStock{Bin: "A1-01", SKU: "LENS", Qty: 1, Serials: []string{"S1"}})
	ana := f.as(3, 4).scan("S1").expect(CodeAmbiguous).scan("S2").expect(CodeInfo)
	if say := Say("en", ana.last); say != "serial S2 of CAM: kept in A1-00." {
		t.Fatal(say)
	}
}

// What is nearly a code is not taken for it, but named.
func TestNearlyACode(t *testing.T) {
	f := newShift(t)
	f.must(AdjustStock{Bin: "A1-00", SKU: "CAM", Qty: 1, Serials: []string{"S0O1"}})
	mia := f.as(1, 1)
	for code, meant := range map[string]string{"a0-01": "A0-01", "AO-01": "A0-01", "A0-O1": "A0-01", "mug": "MUG", "S001": "S0O1", "sOO1": "S0O1"} {
		if mia.scan(code).expect(CodeUnknown); mia.last.Belongs == nil || mia.last.Belongs.Code != meant {
			t.Errorf("%s: %+v, want the hint %s", code, mia.last.Belongs, meant)
		}
	}
	if mia.scan("A9-99").expect(CodeUnknown); mia.last.Belongs != nil {
		t.Errorf("nothing is near that: %+v", mia.last.Belongs)
	}
}

// Over random catalogues in which codes collide on purpose, no scan is ever taken for one thing while it means another
// just as well. What a code means is found here by looking at every record there is.
func TestNoScanIsGuessed(t *testing.T) {
	asked, taken := 0, 0
	for seed := uint64(1); seed <= 60; seed++ {
		d := &day{shift: newShift(t), r: rand.New(rand.NewPCG(seed, 41))}
		pool := d.plant()
		h := d.as(3, 1)
		for range 8 {
			h.act(Act{Action: "start", Job: []string{"pick", "pick", "putback"}[d.r.IntN(3)]})
			for range 40 {
				n := h.next()
				code := pool[d.r.IntN(len(pool))]
				before := len(d.all)
				h.scan(code)
				switch means := d.meaningsOf(code, n); h.last.Class() {
				case Accepted:
					taken++
					if means > 1 {
						t.Fatalf("seed %d: %q was taken (%s) at %s and means %d things", seed, code, h.last.Code, n.Step, means)
					}
				case Choose:
					asked++
					if means < 2 {
						t.Fatalf("seed %d: %q at %s means %d things and was asked about: %s", seed, code, n.Step, means, Say("en", h.last))
					}
					if len(d.all) > before+1 {
						t.Fatalf("seed %d: a question changed something: %+v", seed, d.all[before])
					}
				}
				if n.Job == nil || !h.plain(h.next()) {
					break
				}
				if c := h.last.Class(); c == Refused || c == Choose {
					t.Fatalf("seed %d: a plain client gets no further at %s: %s, wanted %v", seed, n.Step, Say("en", h.last), n.Want)
				}
			}
			for _, id := range d.orders {
				if d.r.IntN(4) == 0 {
					d.do(&Command{Verb: CancelOrder{ID: id}})
				}
			}
			d.newOrder()
			d.release()
		}
	}
	if asked < 200 || taken < 200 {
		t.Fatalf("asked %d times, taken %d times: this shows little", asked, taken)
	}
	t.Logf("asked %d times, taken %d times", asked, taken)
}

// plant gives items codes that other things have already, and gives the codes to scan.
func (d *day) plant() []string {
	totes := d.s.index.freeTotes
	pool := []string{ean(1), ean(2), ean(4), "0" + ean(1), "(01)0" + ean(2), "010" + ean(4), "]C1010" + ean(1) + "10L1", "MUG", "BOX", "TEA",
		"A0-00", "A0-03", BinLabel("A0-00"), BinLabel("A0-03"), string(totes[0]), string(totes[1]), BinLabel("STAGE"), "STAGE", ItemLabel("MUG"), "PL-0001-" + string(CheckChar("PL-0001")), withCheck("O-000001"), "MUG-PACK6", "C-UNDO", "N-2"}
	for i := range 6 {
		it := Item{SKU: SKU(fmt.Sprintf("EXTRA%d", i)), Name: fmt.Sprint("Extra ", i)}
		if code := pool[d.r.IntN(len(pool))]; d.r.IntN(2) == 0 && d.s.Items[SKU(code)] == nil {
			it.SKU = SKU(code)
		}
		if code := pool[d.r.IntN(len(pool))]; d.s.index.barcodes[barcodeKey(code)].SKU == "" {
			it.Barcodes = []Barcode{{Code: code, Qty: int64(1 + d.r.IntN(2))}}
		}
		d.must(SaveItem{Item: it})
	}
	for _, code := range pool {
		if d.r.IntN(12) == 0 {
			d.must(SaveBin{Bin: Bin{Code: BinCode(code), BinKind: "pick"}})
		}
	}
	for i := range 3 {
		d.stock(BinCode(fmt.Sprintf("A%d-00", i)), "MUG", 30)
		d.stock(BinCode(fmt.Sprintf("A%d-03", i)), "BOX", 30)
		d.must(AdjustStock{Bin: BinCode(fmt.Sprintf("A%d-02", i)), SKU: "TEA", Qty: 9, Lot: "L1", Expiry: "2030-01-01"})
	}
	d.must(AdjustStock{Bin: "A1-01", SKU: "CAM", Qty: 3, Serials: []string{"S1", "S2", "S3"}})
	for range 3 {
		d.newOrder()
	}
	d.release()
	return pool
}

// meaningsOf counts what a code means to a step: of the kinds it expects, or of all where it expects none of them.
func (d *day) meaningsOf(code string, n *Next) int {
	expected, all := 0, 0
	count := func(kind string, yes bool) {
		if yes {
			all++
			if oneOf(kind, n.Expects) {
				expected++
			}
		}
	}
	_, text := splitAIM(code)
	r := gs1.Lenient(code)
	for _, it := range d.s.Items {
		yes := text == string(it.SKU) || text == ItemLabel(it.SKU)
		for _, c := range append([]Barcode{{Code: string(it.SKU)}}, it.Barcodes...) {
			yes = yes || c.Code == text || isGTIN(c.Code) && (isGTIN(text) && barcodeKey(text) == barcodeKey(c.Code) || r.Value("01") == barcodeKey(c.Code))
		}
		count("item", yes)
	}
	for _, b := range d.s.Bins {
		count("bin", text == string(b.Code) || text == BinLabel(b.Code))
	}
	for c := range d.s.Totes {
		count("tote", text == string(c))
	}
	for c := range d.s.Orders {
		count("order", text == string(c))
	}
	for c := range d.s.PickLists {
		count("picklist", text == string(c))
	}
	for c := range d.s.Parcels {
		count("parcel", text == string(c))
	}
	if expected > 0 {
		return expected
	}
	return all
}
