package floor

import (
	"slices"
	"testing"
)

// sells is the house of post, where the labels of POST and of AIR are bought from two sellers.
func sells(t testing.TB) *shift {
	f := post(t)
	for _, c := range []Carrier{{Code: "post", Name: "Post"}, {Code: "air", Name: "Air"}} {
		c.CarrierKind, c.URL = CarrierHTTP, "https://"+c.Code+".example"
		f.must(SaveCarrier{Carrier: c})
	}
	printer := "192.168.1.50:9100"
	f.must(ChangeDevice{ID: f.device(2), Printer: &printer})
	return f
}

// sold tells the floor what a parcel's purchase came to.
func (f *shift) sold(p *Parcel, tracking string) {
	f.t.Helper()
	id := p.Purchase
	f.must(MovePurchase{ID: id, Verb: "begin"})
	f.must(FinishPurchase{ID: id, Bought: Bought{RemoteID: "r-" + tracking, Tracking: tracking, Barcode: "420" + tracking, CostCents: 700, Currency: "EUR", LabelKind: "zpl", Label: []byte("^XA^XZ")}})
	if p.Tracking != tracking {
		f.t.Fatalf("%s of %s came to %q, not to %q: %+v", id, p.ID, p.Tracking, tracking, f.s.Purchases[id])
	}
}

// A packed parcel goes with another service whose labels are bought: one label is bought, the old one is given back, and
// whoever scans the old one hears of it.
func TestRerouteBuysOneLabelAndGivesBackTheOther(t *testing.T) {
	f := sells(t)
	order := f.orderTo(NewOrder{Service: "POST"}, 1)
	ben := f.atScale(order).weighRight().expect(CodeBuying)
	p := f.lastParcel(order)
	f.sold(p, "PO100")
	ben.scan("420PO100").expect(CodeOrderPacked)
	first, sscc := p.Purchase, p.SSCC
	f.must(RerouteParcel{Parcel: "PO100", Service: "AIR"})
	if f.s.Purchases[first].Status != PurchaseVoiding || p.Purchase == first || p.Tracking != "" || p.Carrier != "air" {
		t.Fatalf("the old one is %s, the parcel %+v", f.s.Purchases[first].Status, p)
	}
	if open := f.s.OpenPurchases(); !slices.Equal(open, []string{first, p.Purchase}) {
		t.Fatalf("to be done: %v", open)
	}
	dock := f.as(1, 3).act(Act{Action: "start", Job: "load", ID: "air"})
	dock.scan(string(p.ID)).expect(CodeUnlabelled).says("its label is being made anew")
	if n := dock.next(); len(n.Want) != 0 || n.Show.Expected != 1 {
		t.Fatalf("wanted: %+v of %d", n.Want, n.Show.Expected)
	}
	f.sold(p, "AIR200")
	if len(f.s.Purchases) != 2 || p.CostCents != 700 || p.SSCC == "" || p.SSCC == sscc || !slices.Equal(p.Void, []string{"PO100", sscc, "420PO100"}) {
		t.Fatalf("%d bought: %+v", len(f.s.Purchases), p)
	}
	f.as(1, 1).scan("420PO100").expect(CodeVoided).says("its label is AIR200 now, of air")
	last := len(p.Prints) - 1
	f.must(AskPrint{What: PrintLabel, ID: p.Tracking, Printer: "192.168.1.50:9100"})
	dock.scan("420AIR200").expect(CodeAllLoaded)
	if pr := f.print(p, last+1); pr.Status != PrintProved || p.Relabel {
		t.Fatalf("the label that was scanned is %s", pr.Status)
	}
	f.must(MovePurchase{ID: first, Verb: "void"})
	if open := f.s.OpenPurchases(); len(open) != 0 {
		t.Fatalf("still to be done: %v", open)
	}
}

// A seller that gives out one number twice would let the label of one parcel pass for another's: its second label is not
// taken, and what is really the first one's is not given back.
func TestANumberThatASellerGivesOutTwice(t *testing.T) {
	f := sells(t)
	var at [2]*Parcel
	for i := range at {
		order := f.orderTo(NewOrder{Service: "POST"}, 1)
		ben := f.atScale(order).weighRight().expect(CodeBuying)
		at[i] = f.lastParcel(order)
		if i == 0 {
			f.sold(at[0], "PO100")
			ben.scan("PO100").expect(CodeOrderPacked)
		}
	}
	second := at[1].Purchase
	f.must(MovePurchase{ID: second, Verb: "begin"})
	again := Bought{RemoteID: "r-PO100", Tracking: "PO100", LabelKind: "zpl", Label: []byte("^XA^XZ")}
	f.refused(FinishPurchase{ID: second, Bought: again}, "number_taken")
	f.must(Relabel{Parcel: string(at[1].ID), Own: true})
	f.must(FinishPurchase{ID: second, Bought: again})
	if pu := f.s.Purchases[second]; pu.Status != PurchaseVoiding || at[0].Tracking != "PO100" || at[1].Tracking == "PO100" {
		t.Fatalf("%+v", pu)
	}
	if !f.s.SoldToAnother(f.s.Purchases[second]) || f.s.SoldToAnother(f.s.Purchases[at[0].Purchase]) {
		t.Fatal("whose label it really is")
	}
}

// The desk has a parcel that stands at the bench labelled anew: the label comes out at that bench, ours or bought.
func TestALabelFromTheDeskComesOutWhereItsParcelStands(t *testing.T) {
	for _, own := range []bool{true, false} {
		f := sells(t)
		order := f.orderTo(NewOrder{Service: "POST"}, 1)
		f.atScale(order).weighRight().expect(CodeBuying)
		p := f.lastParcel(order)
		f.sold(p, "PO100")
		before := len(p.Prints)
		f.must(Relabel{Parcel: string(p.ID), Service: "AIR", Own: own})
		if !own {
			f.sold(p, "AIR200")
		}
		if len(p.Prints) != before+1 {
			t.Fatalf("own %v: %d prints, want %d", own, len(p.Prints), before+1)
		}
		if pr := f.print(p, before); pr.Printer != "192.168.1.50:9100" || pr.Device != f.device(2) || f.print(p, before-1).Status != PrintVoid {
			t.Fatalf("own %v: %+v", own, pr)
		}
		if p.SSCC == "" || p.Service != "AIR" || p.Carrier != "air" {
			t.Fatalf("own %v: %+v", own, p)
		}
	}
}
