package devices

import (
	"testing"
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
