package intake

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

const (
	lineBack   = `{"id":1,"quantity":2,"return_reason":"SIZE_TOO_SMALL","customer_note":"too tight","fulfillment_line_item":{"line_item":{"id":9,"sku":"MUG"}}}`
	lineRefund = `{"id":1,"quantity":1,"restock_type":"return","line_item":{"sku":"MUG"}}`
	lineWoo    = `{"id":1,"name":"Mug","quantity":-2,"sku":"MUG"}`
)

// What a shop says of goods that come back: the topic, what it carries, and what is made of it. The outcome is last: the
// returns as "number order sku*qty reason", the returns that will not come, the faults and the notes.
var shopReturnCases = []struct {
	what, platform, topic, body string
	returns, cancels, faults    []string
	notes                       []string
}{
	{"an approved return", "shopify", "returns/approve", `{"id":5,"order":{"id":77},"return_line_items":[` + lineBack + `]}`, []string{"shop/return/5 77 MUG*2 wrong_size too tight"}, nil, nil, nil},
	{"opened again", "shopify", "returns/reopen", `{"id":5,"order":{"id":77},"return_line_items":[` + lineBack + `]}`, []string{"shop/return/5 77 MUG*2 wrong_size too tight"}, nil, nil, nil},
	{"one item on two lines", "shopify", "returns/approve", `{"id":5,"order":{"id":77},"return_line_items":[` + lineBack + `,` + lineBack + `]}`, []string{"shop/return/5 77 MUG*4 wrong_size too tight too tight"}, nil, nil, nil},
	{"only asked for", "shopify", "returns/request", `{"id":5,"order":{"id":77},"return_line_items":[` + lineBack + `]}`, nil, nil, nil, []string{"1 nothing_to_do status"}},
	{"called off", "shopify", "returns/cancel", `{"id":5}`, nil, []string{"shop/return/5"}, nil, nil},
	{"declined", "shopify", "returns/decline", `{"id":5}`, nil, []string{"shop/return/5"}, nil, nil},
	{"a reason of a new kind", "shopify", "returns/approve", `{"id":5,"order":{"id":77},"return_line_items":[{"quantity":1,"return_reason":"moon","fulfillment_line_item":{"line_item":{"sku":"MUG"}}}]}`, []string{"shop/return/5 77 MUG*1 other "}, nil, nil, nil},
	{"no SKU", "shopify", "returns/approve", `{"id":5,"order":{"id":77},"return_line_items":[{"quantity":1,"fulfillment_line_item":{"line_item":{"id":9}}}]}`, nil, nil, []string{"1 no_sku return_line_items[0].fulfillment_line_item.line_item.sku"}, nil},
	{"of no order", "shopify", "returns/approve", `{"id":5,"return_line_items":[` + lineBack + `]}`, nil, nil, []string{"1 required order.id"}, nil},
	{"without a number", "shopify", "returns/approve", `{"order":{"id":77},"return_line_items":[` + lineBack + `]}`, nil, nil, []string{"1 required id"}, nil},
	{"nothing in it", "shopify", "returns/approve", `{"id":5,"order":{"id":77}}`, nil, nil, nil, []string{"1 nothing_comes_back "}},
	{"none of an item", "shopify", "returns/approve", `{"id":5,"order":{"id":77},"return_line_items":[{"quantity":0,"fulfillment_line_item":{"line_item":{"sku":"MUG"}}}]}`, nil, nil, []string{"1 out_of_range return_line_items[0].quantity"}, nil},
	{"not an object", "shopify", "returns/approve", `[4]`, nil, nil, []string{"1 bad_value "}, nil},
	{"cut off", "shopify", "returns/approve", `{"id":`, nil, nil, []string{"0 bad_json "}, nil},
	{"a refund whose goods come back", "shopify", "refunds/create", `{"id":8,"order_id":77,"note":"broken","refund_line_items":[` + lineRefund + `]}`, []string{"shop/refund/8 77 MUG*1 other broken"}, nil, nil, nil},
	{"a refund of what the customer keeps", "shopify", "refunds/create", `{"id":8,"order_id":77,"refund_line_items":[{"quantity":1,"restock_type":"no_restock","line_item":{"sku":"MUG"}}]}`, nil, nil, nil, []string{"1 nothing_comes_back ", "1 nothing_comes_back refund_line_items[0].restock_type"}},
	{"a refund of what never left", "shopify", "refunds/create", `{"id":8,"order_id":77,"refund_line_items":[` + lineRefund + `,{"quantity":1,"restock_type":"cancel","line_item":{"sku":"BOX"}}]}`, []string{"shop/refund/8 77 MUG*1 other "}, nil, nil, []string{"1 nothing_comes_back refund_line_items[1].restock_type"}},
	{"a refund of a return", "shopify", "refunds/create", `{"id":8,"order_id":77,"return":{"id":5},"refund_line_items":[` + lineRefund + `]}`, nil, nil, nil, []string{"1 known_by_return return"}},
	{"WooCommerce counts below nothing", "woocommerce", "refund.created", `{"id":8,"parent_id":77,"reason":"too big","line_items":[` + lineWoo + `]}`, []string{"shop/refund/8 77 MUG*2 other too big"}, nil, nil, nil},
	{"its order by another name", "woocommerce", "refund.created", `{"id":8,"order_id":77,"line_items":[` + lineWoo + `]}`, []string{"shop/refund/8 77 MUG*2 other "}, nil, nil, nil},
	{"money alone", "woocommerce", "refund.created", `{"id":8,"parent_id":77,"line_items":[{"sku":"MUG","quantity":0,"total":"-5.00"}]}`, nil, nil, nil, []string{"1 nothing_comes_back ", "1 nothing_comes_back line_items[0].quantity"}},
	{"taken back", "woocommerce", "refund.deleted", `{"id":8}`, nil, []string{"shop/refund/8"}, nil, nil},
	{"no order", "woocommerce", "refund.created", `{"id":8,"line_items":[` + lineWoo + `]}`, nil, nil, []string{"1 required order_id"}, nil},
}

func TestShopReturns(t *testing.T) {
	for _, c := range shopReturnCases {
		t.Run(c.what, func(t *testing.T) {
			r := ShopReturns(c.platform, c.topic, []byte(c.body), Options{Channel: "shop"})
			var returns, cancels []string
			for _, x := range r.Returns {
				if x.Channel != "shop" {
					t.Errorf("channel %q", x.Channel)
				}
				for _, l := range x.Lines {
					returns = append(returns, fmt.Sprintf("%s %s %s*%d %s %s", x.ExternalID, x.Order, l.SKU, l.Qty, l.Reason, x.Note))
				}
			}
			for _, x := range r.ReturnCancels {
				cancels = append(cancels, x.ExternalID)
			}
			for _, x := range []struct {
				what      string
				got, want []string
			}{{"returns", returns, c.returns}, {"cancels", cancels, c.cancels}, {"faults", told(r.Faults), c.faults}, {"notes", told(r.Notes), c.notes}} {
				if !reflect.DeepEqual(x.got, x.want) {
					t.Errorf("%s %q\nwant %q", x.what, x.got, x.want)
				}
			}
		})
	}
	if TellsOfReturns("shopify", "orders/create") || TellsOfReturns("woocommerce", "order.updated") || !TellsOfReturns("woocommerce", "refund.created") {
		t.Error("topics are mistaken")
	}
}

// FuzzShopReturns: whatever a shop sends, it is read or told to be wrong, and what is read names an order and items.
func FuzzShopReturns(f *testing.F) {
	for _, c := range shopReturnCases {
		f.Add(c.platform == "shopify", c.topic, c.body)
	}
	f.Fuzz(func(t *testing.T, shopify bool, topic, body string) {
		platform := "woocommerce"
		if shopify {
			platform = "shopify"
		}
		for _, x := range ShopReturns(platform, topic, []byte(body), Options{}).Returns {
			if x.Order == "" || len(x.Lines) == 0 || !strings.HasPrefix(x.ExternalID, platform+"/") {
				t.Fatalf("%+v", x)
			}
			for _, l := range x.Lines {
				if l.SKU == "" || l.Qty < 1 {
					t.Fatalf("%+v", x)
				}
			}
		}
	})
}
