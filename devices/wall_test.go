package devices

import (
	"strings"
	"testing"

	"floorline/floor"
)

// A house's waves by every method, their walks planned outside the writer: no order is on two lists of one method that
// keeps orders whole, no walk is longer than in the order of the bins' names, and together they are clearly shorter.
func TestWavesByEveryMethod(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"discrete", "cluster", "batch", "zone"} {
		dir := t.TempDir()
		f := openFrontAt(t, dir, func(o *Options) {
			if err := FillDemo(o.Keeper, dir); err != nil {
				t.Fatal(err)
			}
		})
		var w floor.WaveView
		f.want(201, "POST", "/api/v1/waves", `{"filter":{},"method":"`+method+`"}`).json(t, &w)
		if len(w.Orders) != 40 || len(w.PickLists) == 0 || w.Method != method {
			t.Fatalf("%s: %d orders on %d lists", method, len(w.Orders), len(w.PickLists))
		}
		var walk, named int64
		for _, id := range w.PickLists {
			var l floor.PickListView
			f.want(200, "GET", "/api/v1/picklists/"+string(id), "").json(t, &l)
			walk, named = walk+l.Walk, named+l.WalkByName
		}
		t.Logf("%s: %d lists, walk %d, by name %d", method, len(w.PickLists), walk, named)
		if walk == 0 || walk > named {
			t.Errorf("%s: the walks are %d, in the order of names %d", method, walk, named)
		}
	}
	f := openFront(t)
	f.want(422, "POST", "/api/v1/waves", `{"filter":{},"method":"heap"}`)
}

// A put wall is made once and grows; its slots have codes of their own.
func TestPutWall(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	var v floor.WallView
	f.want(201, "PUT", "/api/v1/walls/W1", `{"slots":4}`).json(t, &v)
	f.want(200, "PUT", "/api/v1/walls/W1", `{"slots":6}`)
	f.want(422, "PUT", "/api/v1/walls/W1", `{"slots":5}`)
	f.want(422, "PUT", "/api/v1/walls/W2", `{"slots":0}`)
	f.want(404, "GET", "/api/v1/walls/W2", "")
	first := v.Slots[0].Code
	f.want(200, "GET", "/api/v1/walls/W1", "").json(t, &v)
	if len(v.Slots) != 6 || v.Slots[0].Code != first || v.Slots[5].Slot != 6 || v.Slots[5].Status != "free" {
		t.Fatalf("%+v", v)
	}
	var page struct{ Items []floor.WallView }
	if f.want(200, "GET", "/api/v1/walls", "").json(t, &page); len(page.Items) != 1 {
		t.Fatalf("%+v", page)
	}
	if b := string(f.want(200, "GET", "/api/v1/totes?limit=200", "").body); strings.Contains(b, string(first)) {
		t.Errorf("a slot stays at its wall, and is offered to nobody as a free tote: %s", b)
	}
}
