package floor

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
)

// abroad is a house in Basel and a parcel of two mugs and a tea to somewhere.
func abroad(t *testing.T, to Person, customs OrderCustoms) (*shift, *Order, *Parcel) {
	t.Helper()
	f := newShift(t)
	f.must(SaveSite{Site: Site{Name: "Basel", Currency: "CHF", Address: Person{Name: "House", City: "Basel", Postcode: "4051", Country: "CH"}}})
	n := NewOrder{Channel: "web", ExternalID: "1", ShipTo: to, Customs: customs,
		Lines: []NewLine{{SKU: "MUG", Qty: 2, PriceCents: 1490}, {SKU: "BOX", Qty: 1}}}
	o := f.s.Orders[f.must(CreateOrder{n}).(*OrderView).ID]
	p := &Parcel{ID: "P-1", Order: o.ID, Tracking: "FL1", WeightG: 700,
		Units: []ParcelUnit{{Line: 0, Key: StockKey{SKU: "MUG"}, Qty: 1}, {Line: 0, Key: StockKey{SKU: "MUG", Serial: "2"}, Qty: 1}, {Line: 1, Key: StockKey{SKU: "BOX"}, Qty: 1}}}
	return f, o, p
}

func (f *shift) describe(sku SKU, change func(*Item)) {
	f.t.Helper()
	it := *f.s.Items[sku]
	change(&it)
	f.must(SaveItem{Item: it})
}

// Goods are declared where customs or VAT end, and only there; parts of a country that are outside count as abroad.
func TestCustomsBorders(t *testing.T) {
	for _, c := range []struct {
		from, to Person
		declared bool
	}{
		{Person{Country: "DE"}, Person{Country: "DE"}, false},
		{Person{Country: "DE"}, Person{Country: "PL", Postcode: "61-805"}, false},
		{Person{Country: "DE"}, Person{Country: "CH", Postcode: "4051"}, true},
		{Person{Country: "CH"}, Person{Country: "LI", Postcode: "9490"}, false},
		{Person{Country: "ES", Postcode: "28001"}, Person{Country: "ES", Postcode: "35001"}, true},
		{Person{Country: "ES", Postcode: "35001"}, Person{Country: "ES", Postcode: "38001"}, false},
		{Person{Country: "DE"}, Person{Country: "ES", Postcode: "38 001"}, true},
		{Person{Country: "DE"}, Person{Country: "DE", Postcode: "78266"}, true},
		{Person{Country: "DE"}, Person{Country: "DE", Postcode: "78267"}, false},
		{Person{Country: "IT"}, Person{Country: "IT", Postcode: "23041"}, true},
		{Person{Country: "FI"}, Person{Country: "FI", Postcode: "22100"}, true},
		{Person{Country: "FI"}, Person{Country: "AX", Postcode: "22100"}, true},
		{Person{Country: "FR"}, Person{Country: "FR", Postcode: "97110"}, true},
		{Person{Country: "FR"}, Person{Country: "MC", Postcode: "98000"}, false},
		{Person{Country: "DK"}, Person{Country: "DK", Postcode: "100"}, true},
		{Person{Country: "GB", Postcode: "NW1 6XE"}, Person{Country: "GB", Postcode: "BT1 5GS"}, false},
		{Person{Country: "IE"}, Person{Country: "GB", Postcode: "BT1 5GS"}, false},
		{Person{Country: "IE"}, Person{Country: "GB", Postcode: "B1 1AA"}, true},
		{Person{Country: "GB"}, Person{Country: "IM"}, false},
		{Person{Country: "GB"}, Person{Country: "JE"}, true},
		{Person{Country: "US"}, Person{Country: "PR"}, false},
		{Person{Country: "US"}, Person{Country: "GU"}, true},
		{Person{}, Person{Country: "US"}, false},
	} {
		if got := customsBorder(c.from, c.to); got != c.declared {
			t.Errorf("%s %s to %s %s: declared %v", c.from.Country, c.from.Postcode, c.to.Country, c.to.Postcode, got)
		}
	}
}

// What a declaration lacks is said all at once, each by the place where it is put right; then it adds up.
func TestDeclarationNamesAllThatIsMissing(t *testing.T) {
	f, o, p := abroad(t, Person{Name: "Zofia", Country: "PL"}, OrderCustoms{})
	_, err := f.s.Declare(o, p)
	var missing []string
	if err == nil || err.Code != "customs_incomplete" || err.Kind != Conflict {
		t.Fatalf("%v", err)
	}
	for _, x := range err.About {
		missing = append(missing, x.Pointer)
	}
	want := []string{"/items/MUG/customs/hs_code", "/items/MUG/customs/origin", "/items/BOX/customs/hs_code", "/items/BOX/customs/origin", "/items/BOX/price_cents"}
	if !slices.Equal(missing, want) {
		t.Fatalf("missing %q, want %q", missing, want)
	}
	f.describe("MUG", func(it *Item) { it.Customs = ItemCustoms{"691200", "PT", "Stoneware mug"} })
	f.describe("BOX", func(it *Item) { it.Customs, it.PriceCents = ItemCustoms{"48191000", "DE", ""}, 500 })
	d, err := f.s.Declare(o, p)
	if err != nil {
		t.Fatal(err)
	}
	wanted := Declaration{Form: "CN22", Category: "sale", Currency: "CHF", GrossWeightG: 700, ValueCents: 3480, Lines: []DeclaredLine{
		{SKU: "MUG", Description: "Stoneware mug", HSCode: "691200", Origin: "PT", Qty: 2, WeightG: 200, ValueCents: 2980, UnitCents: 1490},
		{SKU: "BOX", Description: "BOX item", HSCode: "48191000", Origin: "DE", Qty: 1, WeightG: 400, ValueCents: 500, UnitCents: 500}}}
	if !reflect.DeepEqual(d, wanted) {
		t.Errorf("%+v\nwant %+v", d, wanted)
	}
	p.Units[2].WeighedG, p.Units[2].Weighed, p.WeightG = 900, 1, 0
	if d, _ := f.s.Declare(o, p); d.Lines[1].WeightG != 900 || d.GrossWeightG != 1100 {
		t.Errorf("a unit that was weighed weighs that: %+v", d)
	}
}

// Which papers a parcel needs follows from where it goes, what it is worth and what is in it.
func TestPapersOfAParcel(t *testing.T) {
	pl := Person{Name: "Zofia", Country: "PL"}
	for _, c := range []struct {
		name   string
		to     Person
		change func(*shift, *Order, *Parcel)
		want   string
	}{
		{"at home", Person{Country: "CH"}, func(*shift, *Order, *Parcel) {}, "[{label } {slip }]"},
		{"still open", pl, func(_ *shift, _ *Order, p *Parcel) { p.Tracking = "" }, "[]"},
		{"small and abroad", pl, func(*shift, *Order, *Parcel) {}, "[{label } {slip } {customs CN22}]"},
		{"heavy", pl, func(_ *shift, _ *Order, p *Parcel) { p.WeightG = 2001 }, "[{label } {slip } {customs CN23} {invoice }]"},
		{"dear", pl, func(_ *shift, o *Order, _ *Parcel) { o.Lines[0].PriceCents = 155_01 }, "[{label } {slip } {customs CN23} {invoice }]"},
		{"money that nobody knows", pl, func(_ *shift, o *Order, _ *Parcel) { o.Currency = "XAU" }, "[{label } {slip } {customs CN23} {invoice }]"},
		{"heavy documents", pl, func(_ *shift, o *Order, p *Parcel) { p.WeightG, o.Customs.Category = 3000, "documents" }, "[{label } {slip } {customs CN23}]"},
		{"dangerous, at home", Person{Country: "CH"}, func(f *shift, _ *Order, _ *Parcel) {
			f.describe("MUG", func(it *Item) { it.Dangerous = Dangerous{UN: "3481", Mode: Lithium} })
			f.describe("BOX", func(it *Item) { it.Dangerous = Dangerous{UN: "1950", Class: "2.1", Mode: LimitedQuantity} })
		}, "[{label } {slip } {hazard battery} {hazard limited_quantity}]"},
		{"not for a house", Person{Country: "CH"}, func(f *shift, _ *Order, _ *Parcel) {
			f.describe("BOX", func(it *Item) {
				it.Dangerous = Dangerous{UN: "1203", Class: "3", PackingGroup: "II", Mode: FullyRegulated}
			})
		}, "[{label } {slip } {hazard full}]"},
	} {
		f, o, p := abroad(t, c.to, OrderCustoms{})
		c.change(f, o, p)
		if got := fmt.Sprint(f.s.ParcelPapers(o, p)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// A mark says each number once, in order; a parcel at home has no declaration at all.
func TestMarksSayEachNumberOnce(t *testing.T) {
	f, o, p := abroad(t, Person{Country: "CH"}, OrderCustoms{})
	f.describe("MUG", func(it *Item) { it.Dangerous = Dangerous{UN: "3481", Mode: Lithium} })
	f.describe("BOX", func(it *Item) { it.Dangerous = Dangerous{UN: "3091", Class: "9", Mode: Lithium} })
	if got := f.s.HazardMarks(p); !reflect.DeepEqual(got, []HazardMark{{"battery", []string{"3091", "3481"}, []string{"9"}}}) {
		t.Errorf("%+v", got)
	}
	if _, err := f.s.Declare(o, p); err == nil || err.Code != "customs_not_needed" {
		t.Errorf("%v", err)
	}
}

// A shop's own words for customs stand on the declaration and in the order.
func TestOrderSaysCustoms(t *testing.T) {
	gift := OrderCustoms{Category: "gift", Incoterm: "DDP"}
	f, o, p := abroad(t, Person{Name: "Zofia", Country: "PL"}, gift)
	if v := f.s.OrderView(o, false); v.Customs == nil || *v.Customs != gift {
		t.Errorf("%+v", v.Customs)
	}
	if d, _ := f.s.Declare(o, p); d.Category != "gift" || d.Incoterm != "DDP" {
		t.Errorf("%+v", d)
	}
}

// What an item says for customs and transport is checked where it comes in, with the place of each fault.
func TestItemsPapersAreChecked(t *testing.T) {
	f := newShift(t)
	it := Item{SKU: "X", Name: "x", Customs: ItemCustoms{HSCode: "12345", Origin: "XX"},
		Dangerous: Dangerous{UN: "12", Class: "10", PackingGroup: "IV", Mode: "some", NetG: -1}}
	a := f.do(&Command{Verb: SaveItem{Item: it}})
	var at []string
	for _, x := range a.Err.About {
		at = append(at, x.Pointer)
	}
	want := []string{"/customs/hs_code", "/customs/origin", "/dangerous/un", "/dangerous/mode", "/dangerous/class", "/dangerous/packing_group", "/dangerous/net_g"}
	if !slices.Equal(at, want) {
		t.Errorf("%q, want %q", at, want)
	}
	it.Customs, it.Dangerous = ItemCustoms{"6912.00", "PT", ""}, Dangerous{UN: "1203", Mode: Lithium}
	if a = f.do(&Command{Verb: SaveItem{Item: it}}); len(a.Err.About) != 2 || a.Err.About[1].Code != "not_a_battery" {
		t.Errorf("%v", a.Err)
	}
	f.refused(CreateOrder{NewOrder{Channel: "web", ExternalID: "1", Lines: []NewLine{{SKU: "MUG", Qty: 1}}, Customs: OrderCustoms{Category: "loot"}}}, "bad_value")
	f.refused(CreateOrder{NewOrder{Channel: "web", ExternalID: "1", Lines: []NewLine{{SKU: "MUG", Qty: 1}}, Customs: OrderCustoms{Incoterm: "XXX"}}}, "bad_value")
}

// What no file carries of an item stays as the house set it.
func TestImportKeepsWhatNoFileCarries(t *testing.T) {
	f := newShift(t)
	f.describe("MUG", func(it *Item) {
		it.Reorder, it.Face, it.Allocation = Reorder{PointQty: 4}, Face{MinQty: 2, MaxQty: 9}, Allocation{Prefer: Nearest}
		it.Instructions, it.Fragile = "Wrap it twice", true
	})
	kept := *f.s.Items["MUG"]
	file := Item{SKU: kept.SKU, Name: "Another name", Barcodes: kept.Barcodes, SizeMM: kept.SizeMM, WeightG: kept.WeightG, Tracking: kept.Tracking}
	r := f.must(ImportItems{Items: []Item{file}, Rows: []int{2}}).(*Import)
	it := f.s.Items["MUG"]
	if r.Updated != 1 || it.Name != file.Name || it.Rev != kept.Rev+1 || it.Reorder != kept.Reorder || it.Face != kept.Face || it.Allocation != kept.Allocation || it.Instructions != kept.Instructions || !it.Fragile {
		t.Errorf("%+v %+v", r, it)
	}
	if r := f.must(ImportItems{Items: []Item{file}, Rows: []int{2}}).(*Import); r.Unchanged != 1 {
		t.Errorf("the same again: %+v", r)
	}
}

// A file without such columns leaves what is known of an item.
func TestImportKeepsPapersOfItems(t *testing.T) {
	f := newShift(t)
	f.describe("MUG", func(it *Item) {
		it.Customs, it.Dangerous = ItemCustoms{"691200", "PT", "Mug"}, Dangerous{UN: "3481", Mode: Lithium}
	})
	kept := *f.s.Items["MUG"]
	file := kept
	file.Customs, file.Dangerous, file.Rev = ItemCustoms{}, Dangerous{}, 0
	if r := f.must(ImportItems{Items: []Item{file}, Rows: []int{2}}).(*Import); r.Unchanged != 1 {
		t.Errorf("%+v", r)
	}
	file.Name = "Another name"
	if r := f.must(ImportItems{Items: []Item{file}, Rows: []int{2}}).(*Import); r.Updated != 1 || f.s.Items["MUG"].Customs != kept.Customs || f.s.Items["MUG"].Dangerous != kept.Dangerous {
		t.Errorf("%+v %+v", r, f.s.Items["MUG"])
	}
}
