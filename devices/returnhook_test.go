package devices

import (
	"strings"
	"testing"

	"floorline/floor"
)

// A shop's own returns come in by its webhook: rightly signed, once by the shop's number, called off again; one that cannot
// be taken is told to the desk with what to do, and is closed when it comes in after all.
func TestReturnsOfShops(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	f.want(201, "PUT", "/api/v1/channels/web", `{"platform":"shopify","secret":"one"}`)
	f.want(201, "PUT", "/api/v1/channels/woo", `{"platform":"woocommerce","secret":"two"}`)
	f.do(floor.SaveBin{Bin: floor.Bin{Code: "BACK", BinKind: "returns"}})
	f.sentOut("77")
	hook := func(status int, topic, secret, body string) (v importView) {
		t.Helper()
		if strings.HasPrefix(topic, "refund.") {
			f.want(status, "POST", "/hooks/woocommerce", body, "X-WC-Webhook-Signature", signature(secret, body), "X-WC-Webhook-Topic", topic, "Authorization", "").json(t, &v)
			return v
		}
		f.want(status, "POST", "/hooks/shopify", body, "X-Shopify-Hmac-Sha256", signature(secret, body), "X-Shopify-Topic", topic, "Authorization", "").json(t, &v)
		return v
	}
	returns := func() (out []*floor.Return) {
		f.k.View(func(s *floor.State) {
			for _, r := range s.Returns {
				c := *r
				out = append(out, &c)
			}
		})
		return out
	}
	body := func(id, order, qty string) string {
		return `{"id":` + id + `,"order":{"id":` + order + `},"return_line_items":[{"quantity":` + qty + `,"return_reason":"defective","fulfillment_line_item":{"line_item":{"sku":"MUG"}}}]}`
	}
	hook(401, "returns/approve", "wrong", body("5", "77", "1"))
	if hook(200, "returns/request", "one", body("5", "77", "1")); len(returns()) != 0 {
		t.Fatal("what is only asked for is no return yet")
	}
	for range 2 { // the shop says it twice
		hook(200, "returns/approve", "one", body("5", "77", "1"))
	}
	if list := returns(); len(list) != 1 || list[0].Ext != "web/return/5" || list[0].By != "shop" || list[0].Pays != floor.PaidByUs || list[0].Order == "" {
		t.Fatalf("%+v", list)
	}
	if v := hook(200, "refunds/create", "one", `{"id":8,"order_id":77,"return":{"id":5},"refund_line_items":[{"quantity":1,"restock_type":"return","line_item":{"sku":"MUG"}}]}`); v.Created != 0 || len(returns()) != 1 {
		t.Errorf("the refund of a return made another: %+v", v)
	}
	untaken := func() (out []string) {
		var page struct{ Items []exceptionRow }
		f.want(200, "GET", "/api/v1/exceptions", "").json(t, &page)
		for _, x := range page.Items {
			if x.Kind == "shop_return" {
				out = append(out, x.Say)
			}
		}
		return out
	}
	for _, bad := range []struct{ body, why string }{{body("6", "404", "1"), "no order 404"}, {body("6", "77", "9"), "can come back"}} {
		if v := hook(200, "returns/approve", "one", bad.body); v.Rejected != 1 || !strings.Contains(v.Errors[0].Detail, bad.why) {
			t.Errorf("%+v", v)
		}
	}
	if list := untaken(); len(list) != 1 || !strings.Contains(list[0], "web/return/6") || !strings.Contains(list[0], "announce it by hand") {
		t.Errorf("the desk should be told once: %q", list)
	}
	if hook(200, "returns/approve", "one", body("6", "77", "1")); len(untaken()) != 0 || len(returns()) != 2 {
		t.Errorf("it came in after all: %q", untaken())
	}
	hook(200, "returns/cancel", "one", `{"id":6}`)
	hook(200, "returns/cancel", "one", `{"id":6}`)
	for _, r := range returns() {
		if (r.Ext == "web/return/6") != (r.Status == floor.ReturnCancelled) {
			t.Errorf("%+v", r)
		}
	}
	if v := hook(200, "refund.created", "two", `{"id":8,"parent_id":77,"line_items":[{"sku":"MUG","quantity":-1}]}`); v.Rejected != 1 { // that shop has no such order
		t.Errorf("%+v", v)
	}
	d := f.pair("returns")
	d.hello("")
	d.scan(f.worker("Ira", "inspector", ""))
	d.follow(d.expect(d.scan("MUG"), "opened")) // the bench finds it as any other
	if v := hook(200, "returns/cancel", "one", `{"id":5}`); v.Unchanged != 1 {
		t.Errorf("what is judged is not called off: %+v", v)
	}
}
