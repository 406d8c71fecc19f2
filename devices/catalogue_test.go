package devices

import (
	"strings"
	"testing"
)

// What is made answers 201, what is replaced 200, and nobody replaces what he has not seen when he says so.
func TestPutMakesOrReplaces(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	for _, x := range []struct{ path, body, other string }{
		{"/items/CUP", `{"name":"Cup","barcodes":[{"code":"` + demoEAN(9) + `","qty":1}],"weight_g":200}`, `{"sku":"CAP","name":"Cup"}`},
		{"/bins/B-01", `{"kind":"pick","aisle":1,"cell":2}`, `{"code":"B-02","kind":"pick"}`},
		{"/cartons/M", `{"name":"Medium","inner_mm":[300,200,200],"tare_g":120}`, `{"code":"L","name":"Medium"}`},
		{"/services/express", `{"carrier":"bolt","name":"Bolt"}`, ""},
		{"/channels/shop", `{"platform":"shopify","secret":"x"}`, ""},
	} {
		path := "/api/v1" + x.path
		f.want(201, "PUT", path, x.body)
		f.want(200, "PUT", path, x.body)
		if x.other == "" {
			continue
		}
		if r := f.want(422, "PUT", path, x.other); r.code() != "other_name" {
			t.Errorf("%s under another name: %s", x.path, r.body)
		}
		if strings.HasPrefix(x.path, "/cartons") {
			continue
		}
		tag := f.want(200, "GET", path, "").header.Get("ETag")
		if tag != `"2"` {
			t.Errorf("%s has the tag %s after two PUTs", x.path, tag)
		}
		for match, status := range map[string]int{`"1"`: 412, `W/"2"`: 412, `2`: 412, `"9", "8"`: 412} {
			if r := f.want(status, "PUT", path, x.body, "If-Match", match); r.code() != "changed" {
				t.Errorf("%s", r.body)
			}
		}
		if r := f.want(200, "PUT", path, x.body, "If-Match", `"1", `+tag); r.header.Get("ETag") != `"3"` {
			t.Errorf("%s now has the tag %s", x.path, r.header.Get("ETag"))
		}
		f.want(200, "PUT", path, x.body, "If-Match", "*")
		f.want(412, "PUT", path+"-NEW", strings.ReplaceAll(x.body, demoEAN(9), demoEAN(10)), "If-Match", "*")
		f.want(404, "GET", path+"-NEW", "")
	}
}

// The grid of the walk is refused whole, with everything that is wrong.
func TestLayout(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	good := `{"aisles":10,"cells":12,"aisle_pitch":2.5,"cell_pitch":1,"end_gap":0.5,"cross_aisles":[0,6,12],"depot":{"aisle":3,"side":"top"}}`
	if r := f.want(200, "PUT", "/api/v1/layout", good); string(r.body) != good || string(f.want(200, "GET", "/api/v1/layout", "").body) != good {
		t.Errorf("what went in is not what came out: %s", r.body)
	}
	for body, faults := range map[string]int{
		`{"aisles":10,"cells":12,"aisle_pitch":0,"cell_pitch":-1,"end_gap":1e9,"cross_aisles":[0,12],"depot":{"aisle":0,"side":"left"}}`: 4,
		`{"aisles":0,"cells":99999,"cross_aisles":[5,3],"depot":{"aisle":-1,"side":"top"}}`:                                              4,
	} {
		var p problem
		f.want(422, "PUT", "/api/v1/layout", body).json(t, &p)
		if len(p.Errors) != faults {
			t.Errorf("%s: %+v", body, p.Errors)
		}
	}
}

// Codes that people really use go into addresses and come out again.
func TestOddCodesInAddresses(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	for sku, path := range map[string]string{"A/B 7": "A%2FB%207", "50%": "50%25", "x+y": "x+y", "#1?": "%231%3F", "..": "%2E%2E"} {
		var it struct{ SKU string }
		f.want(201, "PUT", "/api/v1/items/"+path, `{"name":"Odd"}`).json(t, &it)
		if it.SKU != sku {
			t.Errorf("%s was stored as %q", path, it.SKU)
		}
		f.want(200, "GET", "/api/v1/items/"+path, "")
	}
	f.want(422, "PUT", "/api/v1/items/"+"%00", `{"name":"Odd"}`)
	f.want(422, "PUT", "/api/v1/items/"+"%FF", `{"name":"Odd"}`)
}
