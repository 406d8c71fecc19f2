package intake

import (
	"reflect"
	"strings"
	"testing"
)

const uciHead = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"

var uciCases = []struct {
	what, file string
	faults     []string
	notes      []string
	orders     []string
	cancels    int
}{
	{"charges stay out", "1,POST,POSTAGE,1,2010-12-01 08:26:00,18,7.0,France\n1,22728,CLOCK,2,2010-12-01 08:26:00,3.75,7.0,France\n", nil, []string{"2 not_a_product StockCode"}, []string{"1"}, 0},
	{"only charges", "1,AMAZONFEE,FEE,1,2010-12-01 08:26:00,13541.33,7.0,France\n", nil, []string{"2 no_goods ", "2 not_a_product StockCode"}, nil, 0},
	{"a price too fine on a charge is nobody's matter", "1,PADS,PADS,1,2010-12-01 08:26:00,0.001,7.0,France\n", nil, []string{"2 no_goods ", "2 not_a_product StockCode"}, nil, 0},
	{"a bad debt", "A563185,B,Adjust bad debt,1,2010-12-01 08:26:00,-11062.06,,United Kingdom\n", nil, []string{"2 no_customer CustomerID", "2 no_goods ", "2 not_a_product StockCode"}, nil, 0},
	{"vouchers and tests", "1,gift_0001_20,Voucher,1,2010-12-01 08:26:00,16.67,7.0,EIRE\n1,TEST001,This is a test,1,2010-12-01 08:26:00,4.5,7.0,EIRE\n", nil, []string{"2 no_goods ", "2 not_a_product StockCode", "2 upper_case StockCode", "3 not_a_product StockCode"}, nil, 0},
	{"DCGS codes are goods", "1,DCGS0003,BOXED GLASS ASHTRAY,1,2010-12-01 08:26:00,2.51,7.0,EIRE\n", nil, nil, []string{"1"}, 0},
	{"a credit note", "C1,22728,CLOCK,-2,2010-12-01 08:26:00,3.75,7.0,France\nC1,D,Discount,-1,2010-12-01 08:26:00,3.75,7.0,France\n", nil, []string{"2 credit_note InvoiceNo", "3 credit_note InvoiceNo"}, nil, 1},
	{"a write-off", "1,21777,?,-10,2010-12-01 08:26:00,0.0,7.0,France\n", nil, []string{"2 negative_quantity Quantity", "2 no_goods "}, nil, 0},
	{"no description, no customer, no price", "1,21777,,10,2010-12-01 08:26:00,0.0,,France\n", nil, []string{"2 no_customer CustomerID", "2 no_description Description"}, []string{"1"}, 0},
	{"lower case", "1,85123a,HEART,1,2010-12-01 08:26:00,2.55,7.0,France\n1,85123A,HEART,2,2010-12-01 08:27:00,2.55,7.0,France\n", nil, []string{"2 upper_case StockCode", "3 merged_lines sku"}, []string{"1"}, 0},
	{"islands of two countries", "1,21777,BOX,1,2010-12-01 08:26:00,1,7.0,Channel Islands\n", nil, []string{"2 country_unclear Country"}, []string{"1"}, 0},
	{"an unknown country", "1,21777,BOX,1,2010-12-01 08:26:00,1,7.0,Narnia\n2,21777,BOX,1,2010-12-01 08:26:00,1,7.0,RSA\n", []string{"2 unknown_country Country"}, nil, []string{"2"}, 0},
	{"two customers", "1,1,BOX,1,2010-12-01 08:26:00,1,7.0,France\n1,2,BOX,1,2010-12-01 08:26:00,1,8.0,Spain\n", []string{"3 conflict Country", "3 conflict CustomerID"}, nil, nil, 0},
	{"the other date", "1,1,BOX,1,12/1/2010 8:26,1,7.0,France\n", nil, nil, []string{"1"}, 0},
	{"no date, no quantity", "1,1,BOX,,,1,7.0,France\n", []string{"2 required InvoiceDate", "2 required Quantity"}, nil, nil, 0},
	{"a bad row of a credit note", "C1,1,BOX,-1,2010-12-01 08:26:00,1,7.0,France\nC1,1,BOX,much,2010-12-01 08:26:00,1,7.0,France\n", []string{"3 bad_number Quantity"}, []string{"2 credit_note InvoiceNo"}, nil, 0},
}

func TestUCIRules(t *testing.T) {
	for _, c := range uciCases {
		t.Run(c.what, func(t *testing.T) {
			r := Orders("csv", []byte(uciHead+c.file), Options{Channel: "shop"})
			if got := told(r.Faults); !reflect.DeepEqual(got, c.faults) {
				t.Errorf("faults %q\nwant   %q", got, c.faults)
			}
			if got := told(r.Notes); !reflect.DeepEqual(got, c.notes) {
				t.Errorf("notes %q\nwant  %q", got, c.notes)
			}
			if got := ids(r); !reflect.DeepEqual(got, c.orders) || len(r.Cancels) != c.cancels {
				t.Errorf("orders %q cancels %d, want %q %d", got, len(r.Cancels), c.orders, c.cancels)
			}
		})
	}
}

func TestUCIOrder(t *testing.T) {
	r := Orders("csv", []byte(uciHead+"536365,85123A,HEART ,6,2010-12-01 08:26:00,2.55,17850.0,EIRE\n"), Options{DefaultCurrency: "GBP"})
	want := []Order{{Row: 2, Channel: "uci", ExternalID: "536365", Placed: "2010-12-01T08:26:00Z", Service: "standard", Currency: "GBP",
		ShipTo: Address{Name: "Customer 17850", Country: "IE"}, Lines: []Line{{2, "85123A", 6, 255, "HEART"}}}}
	if !reflect.DeepEqual(r.Orders, want) {
		t.Errorf("got  %+v\nwant %+v", r.Orders, want)
	}
}

// An invoice as long as the longest of the whole data set goes in whole.
func TestLongInvoice(t *testing.T) {
	var b strings.Builder
	for i := range 1114 {
		b.WriteString("581492," + string(rune('A'+i%26)) + strings.Repeat("7", 1+i/26) + ",THING,1,2011-12-09 10:03:00,1.63,,United Kingdom\n")
	}
	r := Orders("csv", []byte(uciHead+b.String()), Options{})
	if len(r.Orders) != 1 || len(r.Orders[0].Lines) != 1114 {
		t.Errorf("%d orders, faults %v", len(r.Orders), tally(r.Faults))
	}
}

func TestItemsFromOrders(t *testing.T) {
	r := Orders("csv", []byte(uciHead+"1,x,wrong,1,2010-12-01 08:26:00,9,7.0,EIRE\n2,X,BOX,1,2010-12-01 08:26:00,2,7.0,EIRE\n3,X,BOX,1,2010-12-01 08:26:00,2,7.0,EIRE\n3,A,,1,2010-12-01 08:26:00,1,7.0,EIRE\n"), Options{})
	want := []Item{{Row: 5, SKU: "A", Name: "A", Tracking: "none", PriceCents: 100}, {Row: 2, SKU: "X", Name: "BOX", Tracking: "none", PriceCents: 200}}
	if got := ItemsFromOrders(r); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}
