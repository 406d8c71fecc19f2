package intake

import (
	"reflect"
	"strings"
	"testing"
)

func woo(status, lines string) string {
	return `{"id":727,"number":"A-727","status":"` + status + `","currency":"USD","date_created_gmt":"2026-03-22T19:28:02","customer_note":"ring",
	"billing":{"email":"j@example.com","phone":"555"},"shipping":{"first_name":"John","last_name":"Doe","address_1":"969 Market","address_2":"","city":"San Francisco","state":"CA","postcode":"94103","country":"US"},
	"shipping_lines":[{"method_title":"Flat Rate","method_id":"flat_rate"}],"line_items":[` + lines + `]}`
}

func magento(state, items string) string {
	return `{"increment_id":"000000012","entity_id":12,"state":"` + state + `","order_currency_code":"EUR","created_at":"2026-05-01 10:00:00","customer_email":"r@example.com",
	"extension_attributes":{"shipping_assignments":[{"shipping":{"method":"flatrate_flatrate","address":{"firstname":"Vera","lastname":"Costa","street":["6146 Honey Bluff","Top"],"city":"Calder","region":"Michigan","region_code":"MI","postcode":"49628","country_id":"US","telephone":"555"}}}]},"items":[` + items + `]}`
}

const flipkartBody = `{"shipmentId":"S1","dispatchByDate":"2026-01-08T23:59:59.000+05:30","hold":false,"deliveryAddress":{"firstName":"Asha","lastName":"Rao","addressLine1":"12 MG Road","city":"Mumbai","state":"Maharashtra","pincode":"400001","contactNumber":"98"},"orderItems":[`

var platformCases = []struct {
	what, format, file string
	faults, notes      []string
	lines              map[string]int64
	hold               string
}{
	{"paid", "woocommerce", woo("processing", `{"id":1,"name":"Cup","sku":"CUP","quantity":3,"subtotal":"10.00","price":3.3333333}`), nil, []string{"1 price_rounded price"}, map[string]int64{"CUP": 3}, ""},
	{"not paid", "woocommerce", woo("pending", `{"sku":"CUP","quantity":1,"total":"10.00"}`), nil, []string{"1 not_paid status"}, map[string]int64{"CUP": 1}, "not_paid"},
	{"a shop's own status", "woocommerce", woo("dreamt", `{"sku":"CUP","quantity":1}`), nil, []string{"1 status_unclear status"}, map[string]int64{"CUP": 1}, "status_unclear"},
	{"cancelled", "woocommerce", woo("cancelled", ``), nil, []string{"1 cancelled status"}, nil, ""},
	{"sent", "woocommerce", woo("completed", ``), nil, []string{"1 already_completed status"}, nil, ""},
	{"not ordered yet", "woocommerce", woo("checkout-draft", ``), nil, []string{"1 draft status"}, nil, ""},
	{"no SKU and half a cup", "woocommerce", woo("processing", `{"name":"Cup","quantity":1},{"sku":"A","quantity":0.5}`), []string{"1 bad_number line_items[1].quantity", "1 no_sku line_items[0].sku"}, nil, nil, ""},
	{"no address", "woocommerce", `[{"id":1,"status":"processing","line_items":[{"sku":"A","quantity":1}]}]`, nil, []string{"1 no_address shipping"}, map[string]int64{"A": 1}, "no_address"},
	{"twice", "woocommerce", `[` + woo("processing", "") + `,` + woo("processing", "") + `]`, []string{"2 duplicate_order id"}, nil, nil, ""},

	{"a configurable product is one line", "magento", magento("processing", `{"item_id":1,"sku":"TEE-M","qty_ordered":2,"row_total":58.0000,"product_type":"configurable"},{"item_id":2,"parent_item_id":1,"sku":"TEE-M","qty_ordered":2,"row_total":0,"product_type":"simple"}`), nil, []string{"1 part_of_line items[1]"}, map[string]int64{"TEE-M": 2}, ""},
	{"a bundle is its parts", "magento", magento("new", `{"item_id":1,"sku":"SET","qty_ordered":1,"product_type":"bundle"},{"item_id":2,"parent_item_id":1,"sku":"A","qty_ordered":1,"product_type":"simple"},{"item_id":3,"parent_item_id":1,"sku":"B","qty_ordered":2,"product_type":"simple"}`), nil, []string{"1 bundle items[0]"}, map[string]int64{"A": 1, "B": 2}, ""},
	{"what is left", "magento", `{"items":[` + magento("processing", `{"item_id":1,"sku":"A","qty_ordered":5,"qty_shipped":2,"qty_canceled":1},{"item_id":2,"sku":"B","qty_ordered":1,"qty_shipped":1},{"item_id":3,"sku":"C","qty_ordered":1,"product_type":"virtual"}`) + `],"total_count":1}`, nil, []string{"1 no_shipping items[2]", "1 nothing_left items[1]"}, map[string]int64{"A": 2}, ""},
	{"held", "magento", magento("holded", `{"sku":"A","qty_ordered":1}`), nil, []string{"1 on_hold state"}, map[string]int64{"A": 1}, "on_hold"},
	{"cancelled", "magento", magento("canceled", ``), nil, []string{"1 cancelled state"}, nil, ""},
	{"done", "magento", magento("complete", ``), nil, []string{"1 already_complete state"}, nil, ""},
	{"no SKU, no number", "magento", `[` + magento("new", `{"qty_ordered":1}`) + `,{"state":"new"}]`, []string{"1 no_sku items[0].sku", "2 required increment_id"}, nil, nil, ""},
	{"an empty search", "magento", `{"items":[],"total_count":0}`, nil, []string{"1 no_rows items"}, nil, ""},

	{"a shipment", "flipkart", `{"shipments":[` + flipkartBody + `{"orderId":"OD1","orderDate":"2026-01-07T10:00:00.000+05:30","sku":"A","quantity":2,"status":"APPROVED","priceComponents":{"sellingPrice":899.00}},{"orderId":"OD1","sku":"B","quantity":1,"status":"CANCELLED"}]}]}`, nil, []string{"1 cancelled orderItems[1].status"}, map[string]int64{"A": 2}, ""},
	{"two calls put together", "flipkart", `[{"shipments":[{"shipmentId":"S1","orderItems":[{"sku":"A","quantity":1}]}]},{"shipments":[{"shipmentId":"S1","deliveryAddress":{"addressLine1":"1 Road"}}]}]`, nil, nil, map[string]int64{"A": 1}, ""},
	{"all cancelled", "flipkart", flipkartBody + `{"sku":"A","quantity":1,"status":"CANCELLED"}]}`, nil, []string{"1 cancelled orderItems[0].status", "1 no_goods "}, nil, ""},
	{"held", "flipkart", strings.Replace(flipkartBody, "false", "true", 1) + `{"sku":"A","quantity":1}]}`, nil, []string{"1 on_hold hold"}, map[string]int64{"A": 1}, "on_hold"},
	{"no lines, no SKU, no such status", "flipkart", `[{"shipmentId":"1","deliveryAddress":{"addressLine1":"x"}},` + flipkartBody + `{"quantity":1},{"sku":"A","quantity":1,"status":"?"}]}]`, []string{"1 no_lines orderItems", "2 bad_value orderItems[1].status", "2 no_sku orderItems[0].sku"}, nil, nil, ""},
}

func TestPlatforms(t *testing.T) {
	for _, c := range platformCases {
		t.Run(c.format+" "+c.what, func(t *testing.T) {
			r := Orders(c.format, []byte(c.file), Options{})
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

// Where it goes and what it costs, as each platform spells it.
func TestPlatformValues(t *testing.T) {
	for format, c := range map[string]struct {
		file string
		want Order
	}{
		"woocommerce": {woo("processing", `{"name":"Cup","sku":"CUP","quantity":2,"subtotal":"6.66"}`), Order{Row: 1, Channel: "woocommerce", ExternalID: "727", Reference: "A-727", Placed: "2026-03-22T19:28:02Z", Service: "flat_rate", Currency: "USD", Note: "ring",
			ShipTo: Address{Name: "John Doe", Lines: []string{"969 Market"}, City: "San Francisco", Region: "CA", Postcode: "94103", Country: "US", Phone: "555", Email: "j@example.com"}, Lines: []Line{{1, "CUP", 2, 333, "Cup"}}}},
		"magento": {magento("new", `{"name":"Tee","sku":"T","qty_ordered":2,"row_total":58}`), Order{Row: 1, Channel: "magento", ExternalID: "000000012", Placed: "2026-05-01T10:00:00Z", Service: "flatrate_flatrate", Currency: "EUR",
			ShipTo: Address{Name: "Vera Costa", Lines: []string{"6146 Honey Bluff", "Top"}, City: "Calder", Region: "MI", Postcode: "49628", Country: "US", Phone: "555", Email: "r@example.com"}, Lines: []Line{{1, "T", 2, 2900, "Tee"}}}},
		"flipkart": {flipkartBody + `{"orderId":"OD1","orderDate":"2026-01-07T10:00:00.000+05:30","title":"Shirt","sku":"A","quantity":2,"priceComponents":{"sellingPrice":899.00}}]}`, Order{Row: 1, Channel: "flipkart", ExternalID: "S1", Reference: "OD1", Placed: "2026-01-07T04:30:00Z", ShipBy: "2026-01-08T18:29:59Z", Currency: "INR",
			ShipTo: Address{Name: "Asha Rao", Lines: []string{"12 MG Road"}, City: "Mumbai", Region: "Maharashtra", Postcode: "400001", Country: "IN", Phone: "98"}, Lines: []Line{{1, "A", 2, 89900, "Shirt"}}}},
	} {
		if r := Orders(format, []byte(c.file), Options{}); len(r.Faults) > 0 || len(r.Orders) != 1 || !reflect.DeepEqual(r.Orders[0], c.want) {
			t.Errorf("%s\ngot  %+v\nwant %+v", format, r, c.want)
		}
	}
}
