package intake

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"floorline/floor/fixture"
)

func TestAmazonReport(t *testing.T) {
	r := Orders("amazon", fixture.Read(t, "ecom", "amazon_unshipped_orders_report.tsv"), Options{DefaultCurrency: "INR"})
	want := []Order{{Row: 2, Channel: "amazon", ExternalID: "408-0000001-0000001", Placed: "2025-07-30T08:34:47Z", ShipBy: "2025-08-21T18:29:59Z", Service: "Standard", Currency: "INR",
		ShipTo: Address{Name: "Test Buyer", Lines: []string{"12 MG Road", "Near Metro"}, City: "BENGALURU", Region: "KARNATAKA", Postcode: "560001", Country: "IN", Phone: "9000000000", Email: "abc@marketplace.example"},
		Lines:  []Line{{Row: 2, SKU: "SKU-IN-1", Qty: 2, Name: "Guitar pedal"}}}}
	if !reflect.DeepEqual(r.Orders, want) || len(r.Faults)+len(r.Notes) > 0 {
		t.Errorf("got  %+v\nwant %+v\n%v %v", r.Orders, want, r.Faults, r.Notes)
	}
}

func TestAmazonReportRules(t *testing.T) {
	file := "order-id\torder-item-id\tsku\tproduct-name\tquantity-purchased\titem-price\tcurrency\trecipient-name\tship-country\tis-buyer-requested-cancellation\n" +
		"1\t1\tA\t6\" ruler\t3\t10.00\tEUR\tAda\tDE\tfalse\n1\t2\tB\tCup\t0\t\tEUR\tAda\tDE\t\n" +
		"2\t3\tA\tRuler\t1\t1.00\tEUR\tBob\tFR\ttrue\n3\t4\t\tThing\t1\t1.00\tEUR\tEve\tFR\t\n4\t5\tA\tRuler\n"
	r := Orders("amazon", []byte(file), Options{})
	if got, want := told(r.Faults), []string{"5 required sku", "6 wrong_columns "}; !reflect.DeepEqual(got, want) {
		t.Errorf("faults %q", got)
	}
	if got, want := told(r.Notes), []string{"2 price_rounded price", "3 nothing_left quantity-to-ship", "4 cancel_requested is-buyer-requested-cancellation"}; !reflect.DeepEqual(got, want) {
		t.Errorf("notes %q", got)
	}
	if !reflect.DeepEqual(ids(r), []string{"1", "2"}) || r.Orders[0].Lines[0].PriceCents != 333 || r.Orders[1].Hold != "cancel_requested" {
		t.Errorf("orders %+v", r.Orders)
	}
}

// answers gives the bodies of one call's examples in a file of Amazon's published models.
func answers(t *testing.T, file, path string) []json.RawMessage {
	t.Helper()
	var calls []struct {
		Path    string
		Example struct {
			Plain  json.RawMessage `json:"application/json"`
			Static []struct{ Response json.RawMessage }
		}
	}
	if err := json.Unmarshal(fixture.Read(t, "ecom", file), &calls); err != nil {
		t.Fatal(err)
	}
	var out []json.RawMessage
	for _, c := range calls {
		if !strings.HasPrefix(c.Path, path) {
			continue
		}
		if c.Example.Plain != nil {
			out = append(out, c.Example.Plain)
		}
		for _, s := range c.Example.Static {
			out = append(out, s.Response)
		}
	}
	return out
}

// The three calls of orders v0 in one array give the order that is in all three.
func TestAmazonV0(t *testing.T) {
	const at = "/paths//orders/v0/orders"
	var parts []json.RawMessage
	parts = append(parts, answers(t, "amazon_ordersV0.examples.json", at+"/get/responses/200/x-amzn")[0])
	parts = append(parts, answers(t, "amazon_ordersV0.examples.json", at+"/{orderId}/address/get/responses/200/x-amzn")...)
	parts = append(parts, answers(t, "amazon_ordersV0.examples.json", at+"/{orderId}/orderItems/get/responses/200/x-amzn")...)
	data, err := json.Marshal(parts)
	if err != nil {
		t.Fatal(err)
	}
	r := Orders("amazon", data, Options{})
	if got, want := told(r.Faults), []string{"2 no_lines OrderItems"}; !reflect.DeepEqual(got, want) {
		t.Errorf("faults %q", got)
	}
	want := []Order{{Row: 1, Channel: "amazon", ExternalID: "902-1845936-5435065", Placed: "1970-01-19T03:58:30Z", ShipBy: "1970-01-19T04:05:13Z", Service: "Std US D2D Dom", Currency: "USD", Hold: "cancel_requested",
		ShipTo: Address{Name: "MFNIntegrationTestMerchant", Lines: []string{"2201 WESTLAKE AVE"}, City: "SEATTLE", Region: "WA", Postcode: "98121-2778", Country: "US", Phone: "+1 480-386-0930 ext. 73824"},
		Lines:  []Line{{1, "NABetaASINB00551Q3CS", 1, 1000, "B00551Q3CS [Card Book]"}}}}
	if !reflect.DeepEqual(r.Orders, want) {
		t.Errorf("got  %+v\nwant %+v", r.Orders, want)
	}
}

func TestAmazon2026(t *testing.T) {
	seen := map[string]int{}
	for _, data := range answers(t, "amazon_orders_2026-01-01.examples.json", "/paths//orders/2026-01-01/orders") {
		r := Orders("amazon", data, Options{})
		for _, f := range append(r.Faults, r.Notes...) {
			seen[f.Code]++
		}
		if due := strings.Contains(string(data), `SHIPPED"`) && !strings.Contains(string(data), `"SHIPPED"`); due != (len(r.Orders) == 1) {
			t.Errorf("to be sent: %v; went in: %+v", due, r.Orders)
		}
		// The same order, had nothing of it been sent yet, goes in whole.
		open := strings.NewReplacer(`"SHIPPED"`, `"UNSHIPPED"`, `"fulfilledBy": "AMAZON"`, `"fulfilledBy": "MERCHANT"`, `"quantityUnfulfilled": 0`, `"quantityUnfulfilled": 1`).Replace(string(data))
		r = Orders("amazon", []byte(open), Options{})
		if len(r.Faults) > 0 || len(r.Orders) != 1 || len(r.Orders[0].Lines) < 1 || r.Orders[0].ShipTo.Country == "" || r.Orders[0].Lines[0].PriceCents == 0 {
			t.Errorf("made open: %+v", r)
		}
	}
	if seen["already_shipped"] == 0 || seen["not_ours_to_send"] == 0 {
		t.Errorf("said: %v", seen)
	}
}

const amazonBase = `{"payload":{"Orders":[{"AmazonOrderId":"1","OrderStatus":"Unshipped","ShippingAddress":{"Name":"Ada","CountryCode":"DE"}}]}}`

var amazonCases = []struct {
	what, file string
	faults     []string
	notes      []string
	lines      map[string]int64
	hold       string
}{
	{"two pages of lines", `[` + amazonBase + `,{"payload":{"AmazonOrderId":"1","NextToken":"x","OrderItems":[{"OrderItemId":"a","SellerSKU":"A","QuantityOrdered":2}]}},
		{"payload":{"AmazonOrderId":"1","OrderItems":[{"OrderItemId":"a","SellerSKU":"A","QuantityOrdered":2},{"OrderItemId":"b","SellerSKU":"B","QuantityOrdered":3,"QuantityShipped":1}]}}]`, nil, nil, map[string]int64{"A": 2, "B": 2}, ""},
	{"the second page is missing", `[` + amazonBase + `,{"payload":{"AmazonOrderId":"1","NextToken":"x","OrderItems":[{"OrderItemId":"a","SellerSKU":"A","QuantityOrdered":2}]}}]`, []string{"1 incomplete NextToken"}, nil, nil, ""},
	{"two orders of one number", `[` + amazonBase + `,{"payload":{"AmazonOrderId":"1","OrderStatus":"Shipped","OrderItems":[{"SellerSKU":"A","QuantityOrdered":2}]}}]`, []string{"1 conflict OrderStatus"}, nil, nil, ""},
	{"pending", `{"AmazonOrderId":"1","OrderStatus":"Pending","OrderItems":[{"SellerSKU":"A","QuantityOrdered":1}]}`, nil, []string{"1 not_paid status"}, map[string]int64{"A": 1}, "not_paid"},
	{"cancelled", `{"AmazonOrderId":"1","OrderStatus":"Canceled"}`, nil, []string{"1 cancelled status"}, nil, ""},
	{"sent by Amazon", `{"AmazonOrderId":"1","OrderStatus":"Unshipped","FulfillmentChannel":"AFN"}`, nil, []string{"1 not_ours_to_send fulfillment"}, nil, ""},
	{"a status of a new kind", `{"AmazonOrderId":"1","OrderStatus":"Dreamt"}`, []string{"1 bad_value status"}, nil, nil, ""},
	{"no address", `{"AmazonOrderId":"1","OrderStatus":"Unshipped","OrderItems":[{"SellerSKU":"A","QuantityOrdered":1}]}`, nil, []string{"1 no_address ShippingAddress"}, map[string]int64{"A": 1}, "no_address"},
	{"no number", `{"payload":{"Orders":[{"OrderStatus":"Unshipped"},4]}}`, []string{"1 required AmazonOrderId", "2 bad_value "}, nil, nil, ""},
	{"no SKU", `{"AmazonOrderId":"1","OrderStatus":"Unshipped","ShippingAddress":{"Name":"Ada"},"OrderItems":[{"Title":"Cup","QuantityOrdered":1}]}`, []string{"1 no_sku OrderItems[0]"}, nil, nil, ""},
}

func TestAmazonRules(t *testing.T) {
	for _, c := range amazonCases {
		t.Run(c.what, func(t *testing.T) {
			r := Orders("amazon", []byte(c.file), Options{})
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
