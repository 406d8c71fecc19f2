package devices

import (
	"strings"
	"testing"
	"time"

	"floorline/floor"
)

// How stock is chosen and how an order is sent are set from outside, are given back as set, and hold.
func TestAllocationRulesFromOutside(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	f.want(201, "PUT", "/api/v1/items/YOG", `{"name":"Yoghurt","tracking":"lot","expiry":true,"allocation":{"stop_days":14,"whole_packs":true,"prefer":"emptying"}}`)
	var it floor.Item
	f.want(200, "GET", "/api/v1/items/YOG", "").json(t, &it)
	if it.Allocation != (floor.Allocation{StopDays: 14, WholePacks: true, Prefer: "emptying"}) {
		t.Fatalf("%+v", it.Allocation)
	}
	bad := f.want(422, "PUT", "/api/v1/items/YOG", `{"name":"Y","allocation":{"stop_days":-1,"prefer":"best"}}`)
	for _, pointer := range []string{"/allocation/stop_days", "/allocation/prefer"} {
		if !strings.Contains(string(bad.body), pointer) {
			t.Fatalf("%s is not named in %s", pointer, bad.body)
		}
	}
	f.want(201, "PUT", "/api/v1/channels/web", `{"platform":"api","ship":"complete","stop_days":3}`)
	f.want(422, "PUT", "/api/v1/channels/web", `{"platform":"api","ship":"sometimes"}`)
	var o floor.OrderView
	f.want(201, "POST", "/api/v1/orders", `{"channel":"web","external_id":"Y1","ship_to":{"name":"Z","country":"DE"},"lines":[{"sku":"YOG","qty":2}]}`).json(t, &o)
	if o.Ship != "complete" {
		t.Fatalf("as its channel says: %+v", o)
	}
	f.want(201, "POST", "/api/v1/waves", `{"orders":["`+string(o.ID)+`"]}`)
	f.want(200, "GET", "/api/v1/orders/"+string(o.ID), "").json(t, &o)
	if !o.Lacking {
		t.Fatal("it waits for stock")
	}
	day := time.Now().AddDate(0, 0, 90).Format(time.DateOnly)
	f.want(201, "POST", "/api/v1/stock/adjustments", `{"bin":"A-01","sku":"YOG","qty":4,"lot":"L1","expiry":"`+day+`","reason":"in"}`)
	o = floor.OrderView{ID: o.ID}
	f.want(200, "GET", "/api/v1/orders/"+string(o.ID), "").json(t, &o)
	if o.Lacking || o.Lines[0].Reserved != 2 {
		t.Fatalf("what came is set aside: %+v", o.Lines)
	}
	f.want(409, "POST", "/api/v1/orders/"+string(o.ID)+"/send-part", `{}`)
}
