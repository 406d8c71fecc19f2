package devices

import (
	"runtime"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"floorline/floor"
)

// A page that is opened anew in the middle of a sign-in is welcomed with what came of it. Welcomed before, it would give
// the number that the sign-in is about to take to its next scan, and that scan would be lost.
func TestWelcomeComesAfterWhatIsUnderWay(t *testing.T) {
	f := openFront(t)
	badge := f.worker("Mia", "picker", "2580")
	d := f.pair("handheld")
	d.hello("")
	d.expect(d.scan(badge), "pin_needed")
	next := f.dial()
	for range PINsAtOnce - 1 { // one place is left for ours
		pinGate <- struct{}{}
	}
	defer func() {
		for range PINsAtOnce - 1 {
			<-pinGate
		}
	}()
	d.write(`{"type":"do","id":"` + ulid.Make().String() + `","n":2,"action":"answer","args":{"ask":"pin","value":"2580"}}`)
	for end := time.Now().Add(10 * time.Second); len(pinGate) < PINsAtOnce; runtime.Gosched() {
		if time.Now().After(end) {
			t.Fatal("the PIN was never looked at")
		}
	}
	if err := next.WriteJSON(map[string]any{"type": "hello", "token": d.token}); err != nil {
		t.Fatal(err)
	}
	w := frameOf(t, next, "welcome")
	if w["n"] != float64(2) || w["worker"] == nil {
		t.Errorf("welcomed at %v with %v, while a sign-in takes 2", w["n"], w["worker"])
	}
	for counter, end := uint64(0), time.Now().Add(10*time.Second); counter < 2; runtime.Gosched() {
		f.k.View(func(st *floor.State) { counter = st.Devices[d.id].N })
		if time.Now().After(end) {
			t.Fatal("the sign-in was never taken")
		}
	}
	d.ws, d.n = next, uint64(w["n"].(float64))
	if v := d.scan("NOBODYS"); v["code"] == "conflict" {
		t.Errorf("the first scan after it is lost: %v", v)
	}
}
