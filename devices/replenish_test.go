package devices

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// What a lead wants before the pickers is brought there from reserve, as a job that a handheld lists.
func TestReplenishOverTheAPI(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	f.want(201, "PUT", "/api/v1/bins/R-01", `{"kind":"reserve"}`)
	f.want(201, "POST", "/api/v1/stock/adjustments", `{"sku":"MUG","bin":"R-01","qty":40,"reason":"receipt"}`)
	var made planned
	f.want(201, "POST", "/api/v1/replenishments", `{"sku":"MUG","qty":12}`).json(t, &made)
	if made.Planned != 1 {
		t.Errorf("%+v", made)
	}
	if r := f.want(409, "POST", "/api/v1/replenishments", `{"sku":"MUG","qty":12}`); r.code() != "nothing_in_reserve" {
		t.Errorf("%s", r.body)
	}
	f.want(404, "POST", "/api/v1/replenishments", `{"sku":"NONE","qty":1}`)
}

// A wave that empties a pick bin has it filled up by itself, without anybody at a desk; in a house that does it by hand the
// desk is only told.
func TestReplenishByItself(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	f.want(201, "PUT", "/api/v1/bins/R-01", `{"kind":"reserve"}`)
	f.want(201, "POST", "/api/v1/stock/adjustments", `{"sku":"MUG","bin":"R-01","qty":40,"reason":"receipt"}`)
	f.want(200, "PUT", "/api/v1/items/MUG", `{"name":"Mug","weight_g":300,"face":{"min_qty":2,"max_qty":60}}`)
	f.want(200, "PUT", "/api/v1/site", `{"name":"Test House","replenish_by_hand":true}`)
	var o struct{ ID string }
	f.want(201, "POST", "/api/v1/orders", strings.ReplaceAll(orderBodyOf("big"), `"qty":2`, `"qty":500`)).json(t, &o)
	f.want(201, "POST", "/api/v1/waves", fmt.Sprintf(`{"orders":[%q],"method":"discrete"}`, o.ID))
	var list replenishList
	f.want(200, "GET", "/api/v1/replenishments", "").json(t, &list)
	if !list.ByHand || len(list.Items) != 0 || len(list.Due) != 1 || list.Due[0].From != "R-01" || list.Due[0].Qty != 40 {
		t.Fatalf("by hand: %+v", list)
	}
	f.want(200, "PUT", "/api/v1/site", `{"name":"Test House","replenish_by_hand":false}`)
	f.s.replenish.wake()
	for until := time.Now().Add(10 * time.Second); len(list.Items) == 0 && time.Now().Before(until); time.Sleep(10 * time.Millisecond) {
		f.want(200, "GET", "/api/v1/replenishments", "").json(t, &list)
	}
	if len(list.Items) != 1 || list.Items[0].Qty != 40 || len(list.Due) != 0 {
		t.Fatalf("by itself: %+v", list)
	}
}
