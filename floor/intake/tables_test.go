package intake

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

var itemCases = []struct {
	what, file    string
	faults, notes []string
	skus          []string
}{
	{"two items", "sku,name\nA,One\nB,Two\n", nil, nil, []string{"A", "B"}},
	{"all that is wrong", "sku,name,weight_g,tracking,expiry,cost,length_mm\n,,heavy,batch,maybe,x,-1\n",
		[]string{"2 bad_money cost", "2 bad_number weight_g", "2 bad_value expiry", "2 bad_value tracking", "2 out_of_range length_mm", "2 required name", "2 required sku"}, nil, nil},
	{"a wrong check digit", "sku,name,barcode\nA,One,9521234000014\nB,Two,9521234000020\n", []string{"2 check_digit barcode"}, nil, []string{"B"}},
	{"zeros eaten by a spreadsheet", "sku,name,barcode\nA,One,36000291452\n", nil, []string{"2 lost_zeros barcode"}, []string{"A"}},
	{"a zero eaten from the front of an EAN", "sku,name,barcode\nA,One,036000291452\n", nil, nil, []string{"A"}},
	{"a barcode in short form", "sku,name,barcode\nA,One,9.52123E+12\n", []string{"2 excel_number barcode"}, nil, nil},
	{"an in-house barcode", "sku,name,barcode\nA,One,1234567890\n", nil, nil, []string{"A"}},
	{"the same row twice", "sku,name\nA,One\nA,One\n", nil, []string{"3 duplicate_row sku"}, []string{"A"}},
	{"one SKU, two items", "sku,name\nA,One\nA,Two\nB,Three\n", []string{"3 duplicate_row sku"}, nil, []string{"B"}},
	{"one SKU, one of the rows torn", "sku,name\nA,One\nA,Two,x\nB,Three\n", []string{"3 duplicate_row sku", "3 wrong_columns "}, nil, []string{"B"}},
	{"one barcode, two items", "sku,name,barcode\nA,One,036000291452\nB,Two,0036000291452\n", []string{"3 barcode_twice barcode"}, nil, []string{"A"}},
	{"a pack without its barcode", "sku,name,pack_barcode,pack_qty\nA,One,,6\nB,Two,X6,\nC,Three,Y6,6\n", []string{"2 required pack_barcode", "3 required pack_qty"}, nil, []string{"C"}},
	{"more barcodes", "sku,name,more_barcodes\nA,One,X|Y*6 | Z*12\nB,Two,P*none\n", []string{"3 bad_number more_barcodes"}, nil, []string{"A"}},
}

func TestItemTable(t *testing.T) {
	for _, c := range itemCases {
		t.Run(c.what, func(t *testing.T) {
			r := Items([]byte(c.file), Options{})
			var skus []string
			for _, it := range r.Items {
				skus = append(skus, it.SKU)
			}
			if got := told(r.Faults); !reflect.DeepEqual(got, c.faults) {
				t.Errorf("faults %q\nwant   %q", got, c.faults)
			}
			if got := told(r.Notes); !reflect.DeepEqual(got, c.notes) || !reflect.DeepEqual(skus, c.skus) {
				t.Errorf("notes %q, want %q; items %q, want %q", got, c.notes, skus, c.skus)
			}
		})
	}
}

func TestItemValues(t *testing.T) {
	file := "SKU,Name,Barcode,Pack barcode,Pack qty,More barcodes,Length mm,Width mm,Height mm,Weight g,Tracking,Expiry,Cost,Price,Category,Keep flat,Hazard\n" +
		"A,One,9521234000013,9521234000112,6,X*12|Y,1,2,3,400,LOT,Yes,1.20,3.5,Cat,x,UN3481\n"
	r := Items([]byte(file), Options{DefaultCurrency: "EUR"})
	want := []Item{{Row: 2, SKU: "A", Name: "One", Barcodes: []Barcode{{"9521234000013", 1}, {"9521234000112", 6}, {"X", 12}, {"Y", 1}}, SizeMM: [3]int64{1, 2, 3},
		WeightG: 400, Tracking: "lot", Expiry: true, CostCents: 120, PriceCents: 350, Category: "Cat", KeepFlat: true, Hazard: "UN3481"}}
	if !reflect.DeepEqual(r.Items, want) || len(r.Faults)+len(r.Notes) > 0 {
		t.Errorf("got  %+v\nwant %+v\n%v %v", r.Items, want, r.Faults, r.Notes)
	}
}

func TestBinTable(t *testing.T) {
	r := Bins([]byte("code,kind,aisle,cell,level,zone,max_weight_g\nA-1,,1,2,3,Z,900\nA-2,shelf,-1,1e3,x,,\nA-3,DOCK,,,,,\nA-3,pick,,,,,\nA-1,pick,1,2,3,Z,900\n"), Options{})
	want := []Bin{{Row: 2, Code: "A-1", Kind: "pick", Zone: "Z", Aisle: 1, Cell: 2, Level: 3, MaxWeightG: 900}}
	if !reflect.DeepEqual(r.Bins, want) {
		t.Errorf("got %+v", r.Bins)
	}
	faults := []string{"3 bad_number cell", "3 bad_number level", "3 bad_value kind", "3 out_of_range aisle", "5 duplicate_row code"}
	if got := told(r.Faults); !reflect.DeepEqual(got, faults) {
		t.Errorf("faults %q", got)
	}
	if got := told(r.Notes); !reflect.DeepEqual(got, []string{"6 duplicate_row code"}) {
		t.Errorf("notes %q", got)
	}
}

func TestStockTable(t *testing.T) {
	r := Stock([]byte("bin,sku,qty,lot,expiry,serials,reason\nA-1,X,+5,L1,2026-02-28,,count\nA-1,X,-2,,,S1|S2,\nA-1,X,0,,,,\n"+
		"A-1,X,2,,2026-02-30,S1|S1,\nA-1,X,2,1.2E+11,28/02/2026,,\n,X,two,,,,\nA-1,X,3,,,S1,\n"), Options{})
	want := []Adjustment{{Row: 2, Bin: "A-1", SKU: "X", Qty: 5, Lot: "L1", Expiry: "2026-02-28", Reason: "count"}, {Row: 3, Bin: "A-1", SKU: "X", Qty: -2, Serials: []string{"S1", "S2"}}}
	if !reflect.DeepEqual(r.Stock, want) {
		t.Errorf("got %+v", r.Stock)
	}
	faults := []string{"4 out_of_range qty", "5 bad_date expiry", "5 serial_twice serials", "6 bad_date expiry", "6 excel_number lot", "7 bad_number qty", "7 required bin", "8 serials_required serials"}
	if got := told(r.Faults); !reflect.DeepEqual(got, faults) {
		t.Errorf("faults %q", got)
	}
}

// The files that we hand out as examples must themselves be free of fault.
func TestTemplates(t *testing.T) {
	for _, kind := range []string{"orders", "items", "bins", "stock", "rates"} {
		data := Template(kind)
		r := read(kind, data, Options{DefaultCurrency: "USD"})
		if n := len(r.Orders) + len(r.Items) + len(r.Bins) + len(r.Stock) + len(r.Rates); n == 0 || len(r.Faults)+len(r.Notes) > 0 {
			t.Errorf("%s: %d rows, %v %v", kind, n, r.Faults, r.Notes)
		}
	}
	if Template("hats") != nil {
		t.Error("a template of hats")
	}
}

// read reads bytes as a kind of table or a format of orders.
func read(kind string, data []byte, o Options) Report {
	switch kind {
	case "items":
		return Items(data, o)
	case "bins":
		return Bins(data, o)
	case "stock":
		return Stock(data, o)
	case "rates":
		return Rates(data, o)
	case "orders":
		kind = "csv"
	}
	return Orders(kind, data, o)
}

func TestTableLimits(t *testing.T) {
	join := func(n int) string {
		var parts []string
		for i := range n {
			parts = append(parts, fmt.Sprintf("c%d", i))
		}
		return strings.Join(parts, "|")
	}
	for _, c := range []struct{ kind, head, good, bad, code string }{
		{"items", "sku,name,weight_g\nA,One,", "10000000", "10000001", "out_of_range"},
		{"items", "sku,name,width_mm\nA,One,", "20000", "20001", "out_of_range"},
		{"items", "sku,name,more_barcodes\nA,One,", join(BarcodeLimit), join(BarcodeLimit + 1), "too_many"},
		{"bins", "code,aisle\nA,", "10000", "10001", "out_of_range"},
		{"bins", "code,level\nA,", "1000", "1001", "out_of_range"},
		{"bins", "code,max_weight_g\nA,", "100000000", "100000001", "out_of_range"},
		{"stock", "bin,sku,qty\nA,B,", "-1000000", "-1000001", "out_of_range"},
		{"stock", "bin,sku,qty,serials\nA,B,1000,", join(SerialLimit), "", ""},
		{"stock", "bin,sku,qty,serials\nA,B,1001,", "", join(SerialLimit + 1), "too_many"},
	} {
		if r := read(c.kind, []byte(c.head+c.good), Options{}); len(r.Faults) > 0 {
			t.Errorf("%s%s: %v", c.head, c.good, r.Faults)
		}
		if c.code == "" {
			continue
		}
		if r := read(c.kind, []byte(c.head+c.bad), Options{}); tally(r.Faults)[c.code] == 0 {
			t.Errorf("%s%s: %v", c.head, c.bad, r.Faults)
		}
	}
}

// Return authorisations: a row for each item; a bad row, or one of another order, keeps its whole return out.
func TestReturns(t *testing.T) {
	r := Returns([]byte("return,order,channel,sku,qty,reason\nR1,10,web,MUG,2,damaged\nR1,10,web,TEA,1,late\nR2,,,MUG,1,\nR3,1,web,MUG,0,\nR4,1,web,MUG,1,\nR4,2,web,MUG,1,\n"), Options{})
	if len(r.Returns) != 2 || len(r.Returns[0].Lines) != 2 || r.Returns[0].Order != "10" || r.Returns[1].Order != "" || r.Returns[0].Lines[1].Reason != "late" {
		t.Errorf("%+v", r.Returns)
	}
	if len(r.Faults) != 2 || r.Faults[0].Row != 5 || r.Faults[1].Code != "conflict" {
		t.Errorf("%+v", r.Faults)
	}
	if len(Returns([]byte("order,sku\n1,MUG\n"), Options{}).Faults) == 0 {
		t.Error("a table without numbers is taken")
	}
	if again := Returns(Template("returns"), Options{}); len(again.Returns) != 2 || len(again.Faults) != 0 {
		t.Errorf("the template is not what it shows: %+v", again)
	}
}
