package rates

import (
	"fmt"
	"strings"
	"testing"
)

var zones = []Zone{
	{Code: "home", Countries: []string{"DE"}, Days: 1},
	{Code: "isles", Countries: []string{"DE"}, Postcodes: []string{"25849", "2746", "264"}, Days: 3, Remote: true},
	{Code: "eu", Countries: []string{"FR", "NL", "AT"}, Days: 3},
	{Code: "far"},
}

// A place lies in the zone that names it most closely.
func TestZoneOf(t *testing.T) {
	for _, c := range []struct{ country, postcode, want string }{
		{"DE", "10115", "home"}, {"DE", "25849", "isles"}, {"DE", "27465", "isles"}, {"DE", "26 465", "isles"}, {"DE", "", "home"},
		{"FR", "25849", "eu"}, {"JP", "100-0001", "far"}, {"", "", "far"},
	} {
		if z := ZoneOf(zones, c.country, c.postcode); z == nil || z.Code != c.want {
			t.Errorf("%s %s lies in %v, want %s", c.country, c.postcode, z, c.want)
		}
	}
	if z := ZoneOf(zones[:3], "JP", "1"); z != nil {
		t.Errorf("Japan lies in %v", z)
	}
}

// 400 x 300 x 200 mm are 24,000 cm3: by 5000 they count as 4.8 kg, by 6000 as 4 kg. A gram begun counts.
func TestVolumetricWeight(t *testing.T) {
	for _, c := range []struct {
		sides   []int64
		divisor int64
		want    int64
	}{
		{[]int64{400, 300, 200}, 5000, 4800}, {[]int64{200, 400, 300}, 6000, 4000}, {[]int64{100, 100, 1}, 6000, 2},
		{[]int64{100, 100, 100}, 0, 0}, {nil, 5000, 0}, {[]int64{100, 0, 100}, 5000, 0},
	} {
		p := Parcel{SidesMM: c.sides}
		if got := p.VolumetricG(c.divisor); got != c.want {
			t.Errorf("%v by %d is %d g, want %d", c.sides, c.divisor, got, c.want)
		}
	}
}

var card = Card{Service: "std", From: "2026-01-01", Currency: "EUR", Rows: []Row{
	{Zone: "home", ToG: 1000, PriceCents: 399, FuelBP: 1250, Divisor: 5000, OversizeCents: 500, OversizeMM: 1000, HazardCents: 700, RemoteCents: 250},
	{Zone: "home", FromG: 1000, ToG: 5000, PriceCents: 499, FuelBP: 1250, Divisor: 5000, OversizeCents: 500, OversizeMM: 1000, HazardCents: 700},
	{Zone: "isles", FromG: 0, ToG: 5000, PriceCents: 499, FuelBP: 1250, RemoteCents: 1300},
	{Zone: "eu", FromG: 2000, PriceCents: 900, StepG: 1000, StepCents: 120},
	{Country: "NL", ToG: 2000, PriceCents: 700},
	{Country: "NL", Postcode: "10", ToG: 2000, PriceCents: 650},
	{Zone: "far", FromG: 0, ToG: 2000, PriceCents: 2500},
}}

// Every price was worked out by hand.
func TestQuote(t *testing.T) {
	for _, c := range []struct {
		name string
		p    Parcel
		want string
	}{
		// 399 + 12.5 % (49.875 -> 50)
		{"light", Parcel{WeightG: 800, Country: "DE"}, "home 800 g 399+50+0=449"},
		// the band ends with the weight that it names
		{"at the edge", Parcel{WeightG: 1000, Country: "DE"}, "home 1000 g 399+50+0=449"},
		// 499 + 62.375 -> 62
		{"above the edge", Parcel{WeightG: 1001, Country: "DE"}, "home 1001 g 499+62+0=561"},
		// 300 x 200 x 100 mm = 6000 cm3 / 5000 = 1.2 kg
		{"big and light", Parcel{WeightG: 300, SidesMM: []int64{300, 200, 100}, Country: "DE"}, "home 1200 g 499+62+0=561"},
		// 1001 mm long: 500 more; dangerous: 700 more. 1001 x 20 x 10 = 200.2 cm3 / 5000 = 41 g
		{"long and dangerous", Parcel{WeightG: 500, SidesMM: []int64{20, 1001, 10}, Country: "DE", Hazard: true}, "home 500 g 399+50+1200=1649"},
		{"an island", Parcel{WeightG: 500, Country: "DE", Postcode: "25849"}, "isles 500 g 499+62+1300=1861"},
		// 900 + 3 begun kg above two at 120
		{"steps", Parcel{WeightG: 4001, Country: "FR"}, "eu 4001 g 1260+0+0=1260"},
		{"no step yet", Parcel{WeightG: 2000, Country: "FR"}, "eu 2000 g 900+0+0=900"},
		// a country's own row, and a closer one
		{"country", Parcel{WeightG: 500, Country: "NL", Postcode: "9000 AA"}, "eu 500 g 700+0+0=700"},
		{"postcode", Parcel{WeightG: 500, Country: "NL", Postcode: "1012 ab"}, "eu 500 g 650+0+0=650"},
		{"far", Parcel{WeightG: 500, Country: "JP"}, "far 500 g 2500+0+0=2500"},
		{"too heavy to have a price", Parcel{WeightG: 5001, Country: "DE"}, "no_rate 5.001 kg"},
		{"far and heavy", Parcel{WeightG: 2001, Country: "JP"}, "no_rate 2.001 kg"},
		{"below the first band", Parcel{WeightG: 500, Country: "FR"}, "no_rate 0.5 kg"},
	} {
		q, breach := card.Quote(zones, c.p)
		got := ""
		if breach != nil {
			got = breach.Rule + " " + breach.Is
		} else {
			got = fmt.Sprintf("%s %d g %d+%d+%d=%d", q.Zone, q.BillableG, q.BaseCents, q.FuelCents, q.OtherCents, q.TotalCents)
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if _, breach := card.Quote(zones[:3], Parcel{WeightG: 1, Country: "JP"}); breach == nil || breach.Rule != NoZone {
		t.Errorf("nowhere has a price: %v", breach)
	}
}

// Each rule is broken by one step too many, and by nothing less.
func TestBreaches(t *testing.T) {
	box := []int64{300, 200, 100} // girth 300 + 2 x 300 = 900
	for _, c := range []struct {
		r    Rules
		p    Parcel
		want string
	}{
		{Rules{}, Parcel{WeightG: 1 << 40, SidesMM: []int64{9999, 9999, 9999}, Hazard: true, POBox: true}, ""},
		{Rules{MaxWeightG: 30_000}, Parcel{WeightG: 30_000}, ""},
		{Rules{MaxWeightG: 30_000}, Parcel{WeightG: 31_000}, "too_heavy 31.0 kg of 30.0 kg"},
		{Rules{MaxSideMM: 300}, Parcel{SidesMM: box}, ""},
		{Rules{MaxSideMM: 299}, Parcel{SidesMM: box}, "too_long 30 cm of 29.9 cm"},
		{Rules{MaxGirthMM: 900}, Parcel{SidesMM: box}, ""},
		{Rules{MaxGirthMM: 899}, Parcel{SidesMM: box}, "too_big 90 cm of 89.9 cm"},
		{Rules{MaxSidesMM: []int64{100, 300, 200}}, Parcel{SidesMM: box}, ""},
		{Rules{MaxSidesMM: []int64{400, 400, 99}}, Parcel{SidesMM: box}, "too_thick 300 x 200 x 100 mm of 400 x 400 x 99 mm"},
		{Rules{MaxSideMM: 1, MaxGirthMM: 1}, Parcel{}, ""}, // nobody knows its size
		{Rules{NoHazard: true}, Parcel{Hazard: true}, "hazard"},
		{Rules{NoPOBox: true}, Parcel{POBox: true}, "po_box"},
		{Rules{Countries: []string{"DE", "AT"}}, Parcel{Country: "FR"}, "country FR"},
		{Rules{Countries: []string{"DE", "AT"}}, Parcel{Country: "AT"}, ""},
		{Rules{MaxValueCents: 50_000}, Parcel{ValueCents: 50_001}, "too_dear 500.01 of 500.00"},
		{Rules{MaxWeightG: 1, NoPOBox: true}, Parcel{WeightG: 2, POBox: true}, "too_heavy 0.002 kg of 0.001 kg; po_box"},
	} {
		var got []string
		for _, b := range c.r.Breaches(c.p) {
			s := strings.TrimSpace(b.Rule + " " + b.Is)
			if b.Most != "" {
				s += " of " + b.Most
			}
			got = append(got, s)
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%+v with %+v: %v, want %q", c.r, c.p, got, c.want)
		}
	}
}

// Post boxes and lockers in the words of many posts; streets that only sound like them are none.
func TestPOBox(t *testing.T) {
	for _, yes := range []string{"PO Box 12", "P.O. Box 7", "p.o.box 9", "POBox 55", "Post Office Box 3", "Postfach 10 20", "Packstation 145", "PACKSTATION 101",
		"BP 1234", "B.P. 99", "Boîte postale 12", "CS 40001", "Case postale 4", "Casilla 123", "Casilla de Correo 9", "Apartado 44", "Apdo. 12", "Apartado de Correos 5",
		"Caixa Postal 77", "Casella Postale 8", "Postbus 300", "Postboks 12", "Box 1150", "Skrytka pocztowa 2", "Paczkomat WAW01", "Căsuța poștală 3", "GPO Box 9",
		"Private Bag 3", "а/с 15", "Абонентська скринька 4", "Hộp thư 12", "私書箱12号", "邮政信箱 5", "ص.ب 1234", "पोस्ट बॉक्स 9", "c/o Mia, Postfach 3"} {
		if !IsPOBox(yes) {
			t.Errorf("%q is a post box", yes)
		}
	}
	for _, no := range []string{"1 Sample Street", "Boxer Street 12", "Postfachweg 3", "Boxhagener Str. 12", "12 Post Office Road", "Kasernenstr. 9", "Box Hill 3", "Rue de la Poste 4",
		"Bp Tower", "Apollo Str. 4", "Unit 4, Bpark", "CS Lewis Street 12", ""} {
		if IsPOBox(no) {
			t.Errorf("%q is no post box", no)
		}
	}
}
