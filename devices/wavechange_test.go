package devices

import (
	"testing"
	"time"

	"floorline/floor"
)

// An order comes to a running wave and leaves it again; the house releases by itself when a picker is at work.
func TestWaveChangesAndAutomaticRelease(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	order := func(ext string) (o floor.OrderView) {
		f.want(201, "POST", "/api/v1/orders", orderBodyOf(ext)).json(t, &o)
		return o
	}
	a, b := order("1"), order("2")
	var w floor.WaveView
	f.want(201, "POST", "/api/v1/waves", `{"orders":["`+string(a.ID)+`"],"method":"cluster","max_volume_cm3":60000}`).json(t, &w)
	way := "/api/v1/waves/" + string(w.ID) + "/orders"
	f.want(200, "POST", way, `{"orders":["`+string(b.ID)+`"]}`).json(t, &w)
	if len(w.Orders) != 2 {
		t.Fatalf("%+v", w)
	}
	f.want(409, "POST", way, `{"orders":["`+string(b.ID)+`"]}`)
	w = floor.WaveView{ID: w.ID}
	f.want(200, "DELETE", way+"/"+string(b.ID), "").json(t, &w)
	if len(w.Orders) != 1 {
		t.Fatalf("%+v", w)
	}
	f.want(409, "DELETE", way+"/"+string(b.ID), "")
	f.want(422, "PUT", "/api/v1/auto-release", `{"on":true,"method":"magic"}`)
	f.want(200, "PUT", "/api/v1/auto-release", `{"on":true,"lists_per_picker":2}`)
	hand := f.pair("handheld")
	hand.hello("")
	hand.scan(f.worker("Mia", "picker", ""))
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		var o floor.OrderView
		f.want(200, "GET", "/api/v1/orders/"+string(b.ID), "").json(t, &o)
		if o.Status == floor.OrderReleased {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("nobody released it: %+v", o)
		}
	}
}
