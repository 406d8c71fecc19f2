package intake

import (
	"reflect"
	"strings"
	"testing"

	"floorline/floor/fixture"
)

// shop wraps what differs from case to case in an order that is otherwise whole.
func shop(fields, lines string) string {
	return `{"id":7,"currency":"EUR","shipping_address":{"name":"Ada","address1":"1 Road","country_code":"DE"},"line_items":[` + lines + `]` + fields + `}`
}

const mug = `{"id":1,"title":"Mug","sku":"MUG","quantity":2,"price":"7.50","requires_shipping":true}`

var shopifyCases = []struct {
	what, file string
	faults     []string
	notes      []string
	lines      map[string]int64 // of the order that goes in, if one does
	hold       string
}{
	{"one under order", `{"order":` + shop("", mug) + `}`, nil, nil, map[string]int64{"MUG": 2}, ""},
	{"many under orders", `{"orders":[` + shop("", mug) + `]}`, nil, nil, map[string]int64{"MUG": 2}, ""},
	{"a bare list", `[` + shop("", mug) + `]`, nil, nil, map[string]int64{"MUG": 2}, ""},
	{"current_quantity counts", shop("", strings.Replace(mug, `"quantity":2`, `"quantity":2,"current_quantity":1`, 1)), nil, nil, map[string]int64{"MUG": 1}, ""},
	{"a removed line", shop("", mug+`,{"title":"Hat","sku":"HAT","quantity":1,"current_quantity":0,"price":"1"}`), nil, []string{"1 nothing_left line_items[1].quantity"}, map[string]int64{"MUG": 2}, ""},
	{"refunds of an older shop", shop(`,"refunds":[{"refund_line_items":[{"line_item_id":1,"quantity":1}]}]`, mug), nil, nil, map[string]int64{"MUG": 1}, ""},
	{"the rest of a partly sent order", shop(`,"fulfillment_status":"partial"`, strings.Replace(mug, `"quantity":2`, `"quantity":2,"fulfillable_quantity":1`, 1)), nil, nil, map[string]int64{"MUG": 1}, ""},
	{"already sent", shop(`,"fulfillment_status":"fulfilled"`, mug), nil, []string{"1 already_fulfilled fulfillment_status"}, nil, ""},
	{"a download and a gift card", shop("", `{"title":"Song","quantity":1,"price":"1","requires_shipping":false},{"title":"Card","quantity":1,"gift_card":true,"price":"10"}`), nil,
		[]string{"1 gift_card line_items[1].gift_card", "1 no_goods ", "1 no_shipping line_items[0].requires_shipping"}, nil, ""},
	{"no SKU", shop("", mug+`,{"title":"Hat","sku":"","quantity":1,"price":"1"},{"title":"Cap","sku":null,"quantity":1,"price":"1"}`), []string{"1 no_sku line_items[1].sku", "1 no_sku line_items[2].sku"}, nil, nil, ""},
	{"a test", shop(`,"test":true`, mug), nil, []string{"1 test_order test"}, map[string]int64{"MUG": 2}, "test_order"},
	{"the payment is void", shop(`,"financial_status":"voided"`, mug), nil, []string{"1 payment_voided financial_status"}, map[string]int64{"MUG": 2}, "payment_voided"},
	{"a payment of a new kind", shop(`,"financial_status":"dreamt"`, mug), nil, []string{"1 payment_unclear financial_status"}, map[string]int64{"MUG": 2}, "payment_unclear"},
	{"pending goes in", shop(`,"financial_status":"pending"`, mug), nil, nil, map[string]int64{"MUG": 2}, ""},
	{"picked up in the shop", `{"id":7,"line_items":[` + mug + `]}`, nil, []string{"1 no_address shipping_address"}, map[string]int64{"MUG": 2}, "no_address"},
	{"no number", `{"line_items":[` + mug + `]}`, []string{"1 required id"}, nil, nil, ""},
	{"no lines", shop("", ""), nil, []string{"1 no_goods "}, nil, ""},
	{"one number twice", `[` + shop("", mug) + `,` + shop("", mug) + `]`, []string{"2 duplicate_order id"}, nil, nil, ""},
	{"everything wrong", `{"id":7,"currency":"euros","created_at":"soon","shipping_address":{"country_code":"XX"},"line_items":[{"sku":"A","quantity":"many","price":[]},4]}`,
		[]string{"1 bad_currency currency", "1 bad_number line_items[0].quantity", "1 bad_time created_at", "1 bad_value line_items[0].price", "1 bad_value line_items[1]", "1 unknown_country shipping_address.country_code"}, nil, nil, ""},
	{"not an order", `[7]`, []string{"1 bad_value "}, nil, nil, ""},
	{"cut off", `{"order":{"id":`, []string{"0 bad_json "}, nil, nil, ""},
	{"something behind", `{"order":{"id":7}} x`, []string{"0 bad_json "}, nil, nil, ""},
	{"an empty list", `{"orders":[]}`, nil, []string{"0 no_rows "}, nil, ""},
	{"another document", `{"fulfillment":{"id":1}}`, []string{"1 required id"}, nil, nil, ""},
}

func TestShopify(t *testing.T) {
	for _, c := range shopifyCases {
		t.Run(c.what, func(t *testing.T) {
			r := Orders("shopify", []byte(c.file), Options{})
			if got := told(r.Faults); !reflect.DeepEqual(got, c.faults) {
				t.Errorf("faults %q\nwant   %q\n%v", got, c.faults, r.Faults)
			}
			if got := told(r.Notes); !reflect.DeepEqual(got, c.notes) {
				t.Errorf("notes %q\nwant  %q", got, c.notes)
			}
			checkLines(t, r, c.lines, c.hold)
		})
	}
}

// checkLines compares the one order of a report with what it should hold; nil is no order.
func checkLines(t *testing.T, r Report, lines map[string]int64, hold string) {
	t.Helper()
	if lines == nil {
		if len(r.Orders) > 0 {
			t.Errorf("an order went in: %+v", r.Orders[0])
		}
		return
	}
	if len(r.Orders) != 1 {
		t.Fatalf("%d orders", len(r.Orders))
	}
	got := map[string]int64{}
	for _, l := range r.Orders[0].Lines {
		got[l.SKU] += l.Qty
	}
	if !reflect.DeepEqual(got, lines) || r.Orders[0].Hold != hold {
		t.Errorf("lines %v hold %q, want %v %q", got, r.Orders[0].Hold, lines, hold)
	}
}

func TestShopifyFixtures(t *testing.T) {
	r := Orders("shopify", fixture.Read(t, "ecom", "shopify", "py_order.json"), Options{Channel: "shop-2"})
	if len(r.Orders) != 1 || len(r.Faults) > 0 {
		t.Fatalf("%+v", r)
	}
	o := r.Orders[0]
	want := Order{Row: 1, Channel: "shop-2", ExternalID: "450789469", Reference: "#1001", Placed: "2008-01-10T16:00:00Z", Service: "Free Shipping", Currency: "USD",
		ShipTo: Address{Name: "Bob Norman", Lines: []string{"Chestnut Street 92"}, City: "Louisville", Region: "KY", Postcode: "40202", Country: "US", Phone: "555-625-1199", Email: "bob.norman@hostmail.com"},
		Lines:  []Line{{1, "IPOD2008GREEN", 1, 19900, "IPod Nano - 8gb - green"}, {1, "IPOD2008RED", 1, 19900, "IPod Nano - 8gb - red"}, {1, "IPOD2008BLACK", 1, 19900, "IPod Nano - 8gb - black"}},
		Note:   "IPOD2008GREEN: Custom Engraving = Happy Birthday"}
	if !reflect.DeepEqual(o, want) {
		t.Errorf("got  %+v\nwant %+v", o, want)
	}
	for _, f := range []string{"go_order.json", "go_orders.json"} {
		r := Orders("shopify", fixture.Read(t, "ecom", "shopify", f), Options{})
		if want := []Cancel{{1, "shopify", "123456", "customer"}}; !reflect.DeepEqual(r.Cancels, want) || len(r.Orders)+len(r.Faults) > 0 {
			t.Errorf("%s: %+v", f, r)
		}
	}
}
