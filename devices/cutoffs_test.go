package devices

import (
	"strings"
	"testing"

	"floorline/floor"
)

// A service's collection time is set, checked and shown, and its orders stand on the board.
func TestCutoffs(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	bad := f.want(422, "PUT", "/api/v1/services/standard", `{"carrier":"swift","cutoff":"4 pm","days":["mon","funday"]}`)
	for _, pointer := range []string{"/cutoff", "/days/1"} {
		if !strings.Contains(string(bad.body), `"`+pointer+`"`) {
			t.Fatalf("%s is not named: %s", pointer, bad.body)
		}
	}
	f.want(201, "PUT", "/api/v1/services/standard", `{"carrier":"swift","cutoff":"23:59"}`)
	var o floor.OrderView
	f.want(201, "POST", "/api/v1/orders", orderBodyOf("C1")).json(t, &o)
	var b floor.CutoffBoard
	f.want(200, "GET", "/api/v1/cutoffs", "").json(t, &b)
	if len(b.Cutoffs) != 1 || b.Cutoffs[0].Clock != "23:59" || b.Cutoffs[0].Missing != 1 || b.Release == nil || b.Release.Orders[0] != o.ID {
		t.Fatalf("%+v", b)
	}
}
