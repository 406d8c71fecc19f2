package floor

import "testing"

// By the house's rule the first unit of a line is scanned and the rest counted; the parcel says what nobody looked at.
// A wrong unit turns the order back to every unit.
func TestSampleIsCounted(t *testing.T) {
	f := benchShift(t)
	f.must(SaveSite{Site: Site{Name: "Test House"}, Verifying: &Verifying{Verify: VerifySample, SampleFirst: 2}})
	ben, id := f.atBench("MUG", 6, "BOX", 3)
	ben.scan(ean(1)).act(Act{Action: "qty", Qty: 3}).expect(CodeEveryUnit) // two are looked at
	ben.scan(ean(1)).scan("N-5").expect(CodeTooMany)
	ben.scan("N-3").expect(CodeVerified)
	if u := f.parcelOf(id, 1).Units[0]; u.Qty != 5 || u.Unverified != 3 {
		t.Fatalf("%+v", u)
	}
	ben.scan("C-UNDO").expect(CodeUndone)
	if u := f.parcelOf(id, 1).Units[0]; u.Qty != 2 || u.Unverified != 0 {
		t.Fatalf("%+v", u)
	}
	ben.scan(ean(1)).scan("N-2").expect(CodeVerified)
	ben.scan(ean(3)).expect(CodeNotInOrder)
	if !f.s.Packings[id].Every {
		t.Fatal("a wrong unit: more may be wrong")
	}
	ben.scan(ean(1), ean(4), ean(4)).act(Act{Action: "qty", Qty: 1}).expect(CodeEveryUnit)
	ben.scan(ean(4)).expect(CodeAllVerified).weighed().expect(CodeOrderPacked)
	v := f.s.OrderView(f.s.Orders[id], false)
	if v.Parcels[0].Units[0].Unverified != 2 || !stamped(v, "counted") || !stamped(v, "every_unit") {
		t.Fatalf("%+v %+v", v.Parcels, v.Timeline)
	}
}

func stamped(v *OrderView, what string) bool {
	for _, s := range v.Timeline {
		if s.What == what {
			return true
		}
	}
	return false
}

// The item's rule goes before the shop's, and the shop's before the house's; a percentage of orders is looked at anyhow.
func TestWhoseRuleOfVerification(t *testing.T) {
	f := benchShift(t)
	f.must(SaveSite{Site: Site{Name: "Test House"}, Verifying: &Verifying{Verify: VerifySample}})
	f.must(SaveChannel{Channel{Code: "web", Platform: "x", Verifying: Verifying{Verify: VerifyEvery}}})
	mug := *f.s.Items["MUG"]
	mug.Verifying = Verifying{Verify: VerifySample}
	f.must(SaveItem{Item: mug})
	ben, _ := f.atBench("MUG", 3, "BOX", 3)
	ben.scan(ean(4)).scan("N-1").expect(CodeEveryUnit).scan(ean(1)).scan("N-1").expect(CodeVerified)
	mug.Verifying.SamplePercent = 100
	f.must(SaveItem{Item: mug})
	ben.scan("C-UNDO").scan("N-1").expect(CodeEveryUnit)
	f.refused(SaveItem{Item: Item{SKU: "A", Name: "a", Verifying: Verifying{Verify: "some"}}}, "bad_value")
	f.refused(SaveItem{Item: Item{SKU: "A", Name: "a", Verifying: Verifying{SamplePercent: 101}}}, "out_of_range")
	f.refused(SaveSite{Site: Site{Name: "x"}, Verifying: &Verifying{Verify: "some"}}, "bad_value")
	f.must(SaveSite{Site: Site{Name: "Other"}})
	if f.s.Site.Verify != VerifySample {
		t.Fatal("a rule left out stays")
	}
}

// The same command draws the same number, and different orders different ones: about so many as the percentage says.
func TestDrawIsFair(t *testing.T) {
	below := 0
	for i := range 2000 {
		turn := &turn{State: New(), c: &Command{ID: "D-1/" + itoa(int64(i))}}
		n := turn.draw("O-1")
		if n != turn.draw("O-1") || n < 0 || n > 99 {
			t.Fatal(n)
		}
		if n < 10 {
			below++
		}
	}
	if below < 150 || below > 250 {
		t.Fatalf("%d of 2000 orders are of a sample of 10 percent", below)
	}
}
