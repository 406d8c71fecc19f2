package devices

import (
	"testing"

	"floorline/floor"
)

// The floor from above is what happened on it: the bin that was picked from is warm, the picker stands there, and the
// walk of the list is drawn as long as it says.
func TestFloorplan(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	badge := f.worker("Mia", "picker", "")
	f.want(409, "GET", "/api/v1/picklists/"+pickedUp(f)+"/walk", "")
	f.want(200, "PUT", "/api/v1/layout", `{"aisles":4,"cells":10,"aisle_pitch":3,"cell_pitch":1,"end_gap":1,"cross_aisles":[0,5,10],"depot":{"aisle":1,"side":"top"}}`)
	f.want(200, "PUT", "/api/v1/bins/A-01", `{"aisle":3,"cell":2,"level":1,"zone":"A"}`)
	hand := f.pair("handheld")
	hand.hello("")
	hand.scan(badge)
	list := picklistOf(f)
	v := hand.scan(list)
	for range 3 { // the tote, the bin, one unit of two
		want := v["next"].(map[string]any)["want"].([]any)[0].(map[string]any)
		v = hand.scan(want["code"].(string))
	}
	hand.expect(v, "picked")
	var plan floorplanView
	f.want(200, "GET", "/api/v1/floorplan", "").json(t, &plan)
	if len(plan.Bins) != 2 || plan.Bins[0].Code != "A-01" || plan.Bins[0].Picks24H != 1 || plan.Bins[0].Picks7D != 1 || !plan.Bins[0].Placed || plan.Bins[1].Placed {
		t.Fatalf("%+v", plan.Bins)
	}
	if len(plan.Workers) != 1 || plan.Workers[0].Name != "Mia" || plan.Workers[0].Bin != "A-01" || plan.Workers[0].Job.ID != list || len(plan.Lists) != 1 {
		t.Fatalf("%+v %+v", plan.Workers, plan.Lists)
	}
	var w walkView
	f.want(200, "GET", "/api/v1/picklists/"+list+"/walk", "").json(t, &w)
	// One block is 6 long; the depot is at the top (12), the bin in the lower block at 3, two aisles away.
	if w.Distance != 2*(9+6) || w.Saved != w.ByName-w.Distance || w.At != "A-01" || len(w.Stops) != 1 || w.Stops[0].walkPoint != (walkPoint{9, 3}) || w.Path[0] != (walkPoint{3, 12}) {
		t.Fatalf("%+v", w)
	}
	f.want(404, "GET", "/api/v1/picklists/PL-9/walk", "")
	f.token("onlypicks", floor.RolePicker)
	for _, path := range []string{"/api/v1/floorplan", "/api/v1/picklists/" + list + "/walk"} {
		f.want(403, "GET", path, "", "Authorization", "Bearer onlypicks")
	}
	if r := f.want(200, "GET", "/api/v1/layout", "", "Authorization", "Bearer "+hand.token); r.header.Get("ETag") != plan.ETag {
		t.Fatalf("a handheld reads the layout, with its ETag: %s", r.header.Get("ETag"))
	}
}

// pickedUp releases an order and gives its list.
func pickedUp(f *front) string {
	f.want(201, "POST", "/api/v1/orders", orderBodyOf("P1"))
	f.want(201, "POST", "/api/v1/waves", `{"filter":{},"method":"discrete"}`)
	return picklistOf(f)
}

// A layout is replaced by who has seen it.
func TestLayoutIsReplacedByWhoHasSeenIt(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	const body = `{"aisles":2,"cells":4,"cross_aisles":[0,4]}`
	first := f.want(200, "GET", "/api/v1/layout", "").header.Get("ETag")
	second := f.want(200, "PUT", "/api/v1/layout", body, "If-Match", first).header.Get("ETag")
	if first == second || first == "" {
		t.Fatal(first, second)
	}
	f.want(412, "PUT", "/api/v1/layout", body, "If-Match", first)
	f.want(200, "PUT", "/api/v1/layout", body, "If-Match", second)
	f.want(200, "PUT", "/api/v1/layout", body)
}
