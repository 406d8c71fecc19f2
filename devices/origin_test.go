package devices

import (
	"encoding/json"
	"fmt"
	"testing"

	"floorline/floor"
)

// A code that no scanner read is marked for ever: in the verdict, in every record of the journal it led to, on
// the desk's live screen and in the order's timeline.
func TestTypedIsMarked(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	var o floor.OrderView
	f.want(201, "POST", "/api/v1/orders", orderBodyOf("1")).json(t, &o)
	f.want(201, "POST", "/api/v1/waves", `{"orders":["`+string(o.ID)+`"],"method":"discrete"}`)
	desk := f.dial()
	if err := desk.WriteJSON(map[string]any{"type": "hello", "token": adminToken, "topics": []string{"picklists"}}); err != nil {
		t.Fatal(err)
	}
	frameOf(t, desk, "welcome")
	d := f.pair("handheld")
	d.hello("")
	d.expect(d.scan(f.worker("Mia", "picker", "")), "signed_in")
	v := d.send(`"type":"do","action":"start","args":{"job":"pick"}`)
	want := map[string]string{}
	for _, scan := range []struct{ origin, verdict, kind string }{
		{"typed", "tote_taken", "tote_taken"}, {"camera", "bin_ok", "bin_reached"}, {"wedge", "picked", "line_picked"}} {
		v = d.expect(d.by(scan.origin, wanted(v)), scan.verdict)
		if said := fmt.Sprint(v["origin"]); said != scan.origin && (said != "<nil>" || scan.origin != "wedge") {
			t.Errorf("the verdict of a %s scan says %s", scan.origin, said)
		}
		want[scan.kind] = scan.origin
	}
	if wrong := d.by("typed", "NO-SUCH-THING"); wrong["class"] != "refused" || wrong["origin"] != "typed" {
		t.Errorf("a wrong code that was typed: %v", wrong)
	}
	for range 2 { // the second unit, and the stage
		v = d.by("typed", wanted(v))
	}
	heard := frameOf(t, desk, "event")
	for heard["kind"] != "tote_taken" {
		heard = frameOf(t, desk, "event")
	}
	if heard["origin"] != "typed" {
		t.Errorf("the desk is not told: %v", heard)
	}
	journalMarks(t, f, want)
	f.want(200, "GET", "/api/v1/orders/"+string(o.ID), "").json(t, &o)
	if last := o.Timeline[len(o.Timeline)-1]; last.What != "picked" || last.Origin != "typed" {
		t.Errorf("the timeline: %+v", o.Timeline)
	}
}

func TestOriginIsOneOfFour(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	d := f.pair("handheld")
	d.hello("")
	d.write(`{"type":"scan","id":"01K00000000000000000000000","n":1,"code":"A-01","origin":"guess"}`)
	if e := frameOf(t, d.ws, "error"); e["code"] != "bad_frame" || e["id"] != "01K00000000000000000000000" {
		t.Errorf("a scan from nowhere: %v", e)
	}
}

func (d *dev) by(origin, code string) map[string]any {
	d.f.t.Helper()
	c, _ := json.Marshal(code)
	return d.send(`"type":"scan","code":` + string(c) + `,"origin":"` + origin + `"`)
}

func wanted(verdict map[string]any) string {
	n := verdict["next"].(map[string]any)
	return n["want"].([]any)[0].(map[string]any)["code"].(string)
}

// journalMarks holds the journal's records of some kinds, and the kept answers of their commands, to how the
// code came that led to them.
func journalMarks(t *testing.T, f *front, want map[string]string) {
	t.Helper()
	var page struct {
		Items []struct{ Kind, Command, Origin string }
	}
	f.want(200, "GET", "/api/v1/events?limit=1000", "").json(t, &page)
	by := map[string]string{}
	for _, e := range page.Items {
		origin, marked := want[e.Kind]
		if marked {
			by[e.Command] = origin
			delete(want, e.Kind)
		}
		if origin == floor.OriginWedge {
			origin = ""
		}
		if marked && e.Origin != origin {
			t.Errorf("%s in the journal says %q, not %q", e.Kind, e.Origin, origin)
		}
	}
	for _, e := range page.Items {
		if origin := by[e.Command]; e.Kind == "answered" && e.Command != "" && origin != "" && origin != floor.OriginWedge && e.Origin != origin {
			t.Errorf("the answer to a %s scan says %q", origin, e.Origin)
		}
	}
	for kind := range want {
		t.Errorf("no %s in the journal", kind)
	}
}
