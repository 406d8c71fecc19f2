package devices

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
	"github.com/oklog/ulid/v2"
	quickjson "github.com/segmentio/encoding/json"

	"floorline/floor"
)

// One order from the API to the truck over real sockets, and a supervisor's socket that hears every step.
func TestOrderToTruckOverSockets(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	desk := f.dial()
	if err := desk.WriteJSON(map[string]any{"type": "hello", "token": adminToken, "topics": []string{"orders", "picklists", "parcels", "manifests"}}); err != nil {
		t.Fatal(err)
	}
	seq := uint64(frameOf(t, desk, "welcome")["seq"].(float64))
	var o floor.OrderView
	f.want(201, "POST", "/api/v1/orders", orderBodyOf("1")).json(t, &o)
	f.want(201, "POST", "/api/v1/waves", `{"orders":["`+string(o.ID)+`"],"method":"discrete"}`)
	for _, step := range []struct{ kind, role, job string }{{"handheld", "picker", "pick"}, {"bench", "packer", "pack"}, {"dock", "picker", "load"}} {
		d := f.pair(step.kind)
		w := d.hello("")
		if n := w["next"].(map[string]any); n["step"] != "badge" {
			t.Fatalf("signed out, a device wants a badge: %v", n)
		}
		d.expect(d.scan(f.worker(step.kind, step.role, "")), "signed_in")
		d.follow(d.send(`"type":"do","action":"start","args":{"job":"` + step.job + `"}`))
	}
	f.want(200, "GET", "/api/v1/orders/"+string(o.ID), "").json(t, &o)
	if o.Status != "dispatched" || len(o.Parcels) != 1 || o.ShipTo.Name != "Jürgen Groß" {
		t.Fatalf("%+v", o)
	}
	f.want(200, "POST", "/api/v1/parcels/"+o.Parcels[0].Tracking+"/tracking-events", `{"status":"delivered","at":"2026-11-23T10:00:00Z"}`)
	kinds := map[string]bool{}
	prev := seq
	for !kinds["parcel_tracked"] {
		e := frameOf(t, desk, "event")
		kinds[e["kind"].(string)] = true
		if uint64(e["prev"].(float64)) != prev || strings.Contains(fmt.Sprint(e), "Groß") {
			t.Fatalf("after %d came %v", prev, e)
		}
		prev = uint64(e["seq"].(float64))
	}
	for _, k := range []string{"order_created", "line_picked", "parcel_closed", "manifest_departed"} {
		if !kinds[k] {
			t.Errorf("the desk never heard %s: %v", k, kinds)
		}
	}
}

// Who may open a socket, and how it ends otherwise.
func TestSocketDoors(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	d := f.pair("handheld")
	tests := []struct {
		name, first string
		code        int
	}{
		{"no token", `{"type":"hello"}`, 4401},
		{"wrong token", `{"type":"hello","token":"nope"}`, 4401},
		{"not hello", `{"type":"scan"}`, 4401},
		{"not JSON", `hello`, 4401},
		{"unknown topic", `{"type":"hello","token":"` + adminToken + `","topics":["everything"]}`, 4403},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ws := f.dial()
			if err := ws.WriteMessage(websocket.TextMessage, []byte(tt.first)); err != nil {
				t.Fatal(err)
			}
			if code := closedWith(t, ws); code != tt.code {
				t.Fatalf("closed with %d, want %d", code, tt.code)
			}
		})
	}
	for _, origin := range []string{"https://evil.example", "null", "https://127.0.0.1.evil.example", "http://" + f.addr + ".evil.example"} {
		_, resp, err := websocket.DefaultDialer.Dial("ws://"+f.addr+"/api/v1/socket", http.Header{"Origin": {origin}})
		if err == nil || resp == nil || resp.StatusCode != 403 {
			t.Errorf("origin %s: %v", origin, err)
		}
	}
	ws := f.dial("Origin", "http://"+f.addr)
	if err := ws.WriteJSON(map[string]any{"type": "hello", "token": d.token}); err != nil {
		t.Fatal(err)
	}
	frameOf(t, ws, "welcome")
}

// What a socket will not take, and the code it closes with.
func TestSocketFrames(t *testing.T) {
	t.Parallel()
	f := openFront(t, func(o *Options) { o.FramesPerSec = 100 })
	open := func() *dev { d := f.pair("handheld"); d.hello(""); return d }
	t.Run("binary", func(t *testing.T) {
		d := open()
		_ = d.ws.WriteMessage(websocket.BinaryMessage, []byte(`{}`))
		if c := closedWith(t, d.ws); c != 1003 {
			t.Fatal(c)
		}
	})
	t.Run("too large", func(t *testing.T) {
		d := open()
		d.write(`{"type":"scan","code":"` + strings.Repeat("x", FrameLimit) + `"}`)
		if c := closedWith(t, d.ws); c != closeTooLarge {
			t.Fatal(c)
		}
	})
	t.Run("bad UTF-8", func(t *testing.T) {
		d := open()
		d.write("{\"type\":\"\xff\"}")
		if c := closedWith(t, d.ws); c != 1007 {
			t.Fatal(c)
		}
	})
	t.Run("twenty strange ones", func(t *testing.T) {
		d := open()
		for range UnknownLimit {
			d.write(`{"type":"dance"}`)
		}
		frameOf(t, d.ws, "error")
		if c := closedWith(t, d.ws); c != closeTooMany {
			t.Fatal(c)
		}
	})
	t.Run("a flood", func(t *testing.T) {
		d := open()
		for range 1000 {
			if d.ws.WriteMessage(websocket.TextMessage, []byte(`{"type":"ping"}`)) != nil {
				break
			}
		}
		if c := closedWith(t, d.ws); c != closeTooMany {
			t.Fatal(c)
		}
	})
	t.Run("strange values", func(t *testing.T) {
		d := open()
		for _, s := range []string{`{"type":"scan","id":"x","n":1,"code":"A"}`, `{"type":"scan","id":"` + ulid.Make().String() + `","code":"A"}`,
			`{"type":"do","id":"` + ulid.Make().String() + `","n":1}`, `{"type":"do","id":"` + ulid.Make().String() + `","n":1,"action":"qty","args":{"qty":1.5}}`} {
			d.write(s)
			frameOf(t, d.ws, "error")
		}
		d.expect(d.scan("A"), "badge_first") // and the socket lives on
	})
}

// A device's counter: repeats get the stored verdict, other content is a conflict, gaps are sent again.
func TestExactlyOnceOverTheSocket(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	d := f.pair("handheld")
	d.hello("")
	id := ulid.Make().String()
	frame := `{"type":"scan","id":"` + id + `","n":1,"code":"A-01"}`
	d.write(frame)
	first := frameOf(t, d.ws, "verdict")
	d.write(frame)
	again := frameOf(t, d.ws, "verdict")
	if first["replayed"] != false || again["replayed"] != true || first["code"] != again["code"] || first["seq"] != again["seq"] {
		t.Fatalf("%v\n%v", first, again)
	}
	d.write(`{"type":"scan","id":"` + id + `","n":1,"code":"OTHER"}`)
	if v := frameOf(t, d.ws, "verdict"); v["code"] != "conflict" {
		t.Fatal(v)
	}
	d.write(`{"type":"scan","id":"` + ulid.Make().String() + `","n":1,"code":"A-01"}`)
	if v := frameOf(t, d.ws, "verdict"); v["code"] != "conflict" {
		t.Fatal(v)
	}
	d.write(`{"type":"scan","id":"` + ulid.Make().String() + `","n":5,"code":"A-01"}`)
	if r := frameOf(t, d.ws, "resend"); r["from"] != float64(2) {
		t.Fatal(r)
	}
	if w := d.hello(""); w["n"] != float64(1) {
		t.Fatalf("welcome says where the counter stands: %v", w["n"])
	}
	if h, ok := first["hash"].(string); !ok || len(h) != 64 {
		t.Fatalf("a verdict carries the journal's hash: %v", first["hash"])
	}
}

func TestResume(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	desk := func(extra string) (map[string]any, *websocket.Conn) {
		ws := f.dial()
		if err := ws.WriteMessage(websocket.TextMessage, []byte(`{"type":"hello","token":"`+adminToken+`","topics":["stock"]`+extra+`}`)); err != nil {
			t.Fatal(err)
		}
		return frameOf(t, ws, "welcome"), ws
	}
	w, ws := desk("")
	ws.Close()
	seq := int(w["seq"].(float64))
	f.stock()
	w, ws = desk(fmt.Sprintf(`,"epoch":1,"seq":%d`, seq))
	if w["recovered"] != true {
		t.Fatalf("%v", w)
	}
	for _, kind := range []string{"item_saved", "bin_saved", "bin_saved", "stock_adjusted", "totes_made", "carton_saved"} {
		if e := frameOf(t, ws, "event"); e["kind"] != kind {
			t.Fatalf("missed events come in order: %v, want %s", e["kind"], kind)
		}
	}
	for name, extra := range map[string]string{"other epoch": fmt.Sprintf(`,"epoch":9,"seq":%d`, seq), "the future": `,"epoch":1,"seq":99999`} {
		w, ws := desk(extra)
		if w["recovered"] != false {
			t.Fatalf("%s: %v", name, w)
		}
		if s := frameOf(t, ws, "snapshot"); s["topic"] != "stock" || s["last"] != true {
			t.Fatalf("%s: %v", name, s)
		}
		if name == "the future" {
			if v := frameOf(t, ws, "verdict"); v["class"] != "stop" || v["code"] != "device_ahead" {
				t.Fatalf("a device that remembers more than the journal is proof of damage: %v", v)
			}
		}
	}
}

func TestOneConnectionADevice(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	d := f.pair("handheld")
	d.hello("")
	old := d.ws
	d.hello("")
	if c := closedWith(t, old); c != closeReplaced {
		t.Fatal(c)
	}
	f.want(204, "DELETE", "/api/v1/devices/"+string(d.id), "", "If-Match", "*")
	if c := closedWith(t, d.ws); c != closeForbidden {
		t.Fatal(c)
	}
}

// A device that does not read is closed, told to resume, and hinders nobody.
func TestSlowReader(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	x := &session{s: f.s, wake: make(chan struct{}, 1)}
	for range OutboxFrames + 1 {
		x.send(map[string]any{"type": "event"})
	}
	if !x.ending || x.code != closeSlow {
		t.Fatal("an outbox that is full closes its session")
	}
}

func TestShutdownDrains(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	d := f.pair("handheld")
	d.hello("")
	go f.s.hub.drain(t.Context())
	frameOf(t, d.ws, "drain")
	if c := closedWith(t, d.ws); c != closeGoingAway {
		t.Fatal(c)
	}
}

// Badge and PIN: wrong ones sound alike, guessing locks this device only, and no secret is kept anywhere.
func TestBadgeAndPIN(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	badge := f.worker("Lead", "lead", "8642975")
	d, other := f.pair("handheld"), f.pair("handheld")
	d.hello("")
	other.hello("")
	pin := func(d *dev, p string) map[string]any {
		return d.send(`"type":"do","action":"answer","args":{"ask":"pin","value":"` + p + `"}`)
	}
	v := d.expect(d.scan(badge), "pin_needed")
	if ask := v["next"].(map[string]any)["ask"].(map[string]any); ask["kind"] != "secret" {
		t.Fatal(ask)
	}
	wrong := d.expect(pin(d, "11112222"), "pin_wrong")
	unknown := d.expect(d.scan(newBadge()), "unknown_badge")
	if wrong["say"] != unknown["say"] {
		t.Fatal("a wrong PIN and an unknown badge sound alike")
	}
	d.expect(d.scan(badge), "pin_needed")
	d.expect(pin(d, "8642975"), "signed_in")
	d.send(`"type":"do","action":"signout","args":{}`)
	for range TriesFree {
		d.scan(badge)
		d.expect(pin(d, "99998888"), "pin_wrong")
	}
	d.expect(d.scan(badge), "locked")
	locked := func() (n int) {
		var page struct{ Items []floor.DeviceView }
		f.want(200, "GET", "/api/v1/devices", "").json(t, &page)
		for _, v := range page.Items {
			if v.Locked && v.ID == floor.DeviceID(d.id) {
				n++
			}
		}
		return n
	}
	if locked() != 1 {
		t.Error("the desk does not see which device is locked")
	}
	f.want(404, "POST", "/api/v1/devices/D-0099-X/unlock", "")
	f.want(204, "POST", "/api/v1/devices/"+string(d.id)+"/unlock", "")
	if locked() != 0 {
		t.Error("the device is still shown as locked")
	}
	d.expect(d.scan(badge), "pin_needed")
	for range TriesFree {
		d.expect(pin(d, "99998888"), "pin_wrong")
		d.scan(badge)
	}
	d.expect(d.scan(badge), "locked")
	other.expect(other.scan(badge), "pin_needed")
	other.expect(pin(other, "8642975"), "signed_in")
	events := f.want(200, "GET", "/api/v1/events?limit=1000", "").body
	for _, secret := range []string{badge, "8642975", "99998888"} {
		if bytes.Contains(events, []byte(secret)) {
			t.Errorf("the journal shows the secret %s", secret)
		}
		if found := fileWith(f.dir, secret); found != "" {
			t.Errorf("%s holds the secret %s", found, secret)
		}
	}
}

// fileWith gives a file below dir that holds a text, as it is.
func fileWith(dir, text string) (found string) {
	_ = filepath.WalkDir(dir, func(path string, _ os.DirEntry, _ error) error {
		if b, err := os.ReadFile(path); err == nil && bytes.Contains(b, []byte(text)) {
			found = path
		}
		return nil
	})
	return found
}

func TestDisabledWorkerIsOut(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	d := f.pair("handheld")
	d.hello("")
	var w struct{ ID, Badge string }
	f.want(201, "POST", "/api/v1/workers", `{"name":"Mia","roles":["picker"]}`).json(t, &w)
	d.expect(d.scan(w.Badge), "signed_in")
	f.want(200, "PATCH", "/api/v1/workers/"+w.ID, `{"disabled":true}`, "If-Match", "*")
	if n := frameOf(t, d.ws, "next")["next"].(map[string]any); n["step"] != "badge" {
		t.Fatal(n)
	}
	d.expect(d.scan(w.Badge), "unknown_badge")
}

// A queue handed in after time offline: verdict after verdict, up to the first gap.
func TestScansInAList(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	d := f.pair("handheld")
	as := func(body string) reply {
		return f.call("POST", "/api/v1/scans", body, "Authorization", "Bearer "+d.token)
	}
	frame := func(n int, code string) string {
		return fmt.Sprintf(`{"type":"scan","id":"%s","n":%d,"code":"%s","origin":"wedge","at":"2026-11-23T10:00:00Z"}`, ulid.Make(), n, code)
	}
	one, two := frame(1, "A"), frame(2, "B")
	var out []map[string]any
	as("["+one+","+two+","+frame(4, "D")+"]").json(t, &out)
	if len(out) != 3 || out[0]["type"] != "verdict" || out[1]["code"] != "badge_first" || out[2]["type"] != "resend" || out[2]["from"] != float64(3) {
		t.Fatalf("%v", out)
	}
	as("["+one+","+two+"]").json(t, &out)
	if len(out) != 2 || out[1]["replayed"] != true {
		t.Fatalf("%v", out)
	}
	if r := f.call("POST", "/api/v1/scans", "["+frame(3, "A")+"]", "Authorization", "Bearer "+d.token, "Content-Type", "text/plain"); r.status != 415 {
		t.Errorf("a list that does not say what it is: %d", r.status)
	}
	for name, body := range map[string]string{"no list": `{}`, "null": "null", "a badge": "[" + frame(3, newBadge()) + "]", "unknown key": `[{"type":"scan","typo":1}]`,
		"bad type": `[{"type":"hello","id":"` + ulid.Make().String() + `","n":3}]`} {
		if r := as(body); r.status != 400 {
			t.Errorf("%s: %d %s", name, r.status, r.body)
		}
	}
	many, _ := json.Marshal(make([]struct{}, ScansLimit+1))
	if r := as(string(many)); r.status != 422 {
		t.Errorf("%d %s", r.status, r.body)
	}
	if r := f.call("POST", "/api/v1/scans", "["+frame(3, "A")+"]"); r.status != 403 {
		t.Errorf("only a device scans: %d", r.status)
	}
}

// The quick JSON of verdicts is, byte for byte, what the standard library writes.
func TestQuickJSON(t *testing.T) {
	t.Parallel()
	strange := "<b>&'\"\\\x00\x1f\u2028\xff\U0001f600 Größe"
	v := verdictFrame{Type: "verdict", ID: strange, Code: "picked", Kind: floor.Accepted, Say: strange, Scanned: &floor.Thing{Code: strange},
		Next: &floor.Next{Title: strange, Step: "item", Want: []floor.Want{{Code: strange}}, Ahead: []*floor.Next{{Expects: []string{}}},
			Ask: &floor.Ask{ID: "qty", Text: strange}}}
	for _, frame := range []any{v, verdictFrame{}, map[string]any{"type": "drain", "retry_s": 3, strange: []any{nil, 1.5, strange, v.Next}}} {
		want, err := json.Marshal(frame)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := quickjson.Marshal(frame); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s %v\nwant %s", got, err, want)
		}
	}
}

// A page that speaks another version is told so by a close code, which is all that a page can see.
func TestOtherVersionOfTheSocket(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	dialer := websocket.Dialer{Subprotocols: []string{"floorline.v0"}}
	ws, _, err := dialer.DialContext(t.Context(), "ws://"+f.addr+"/api/v1/socket", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	if code := closedWith(t, ws); code != closeOld {
		t.Errorf("closed with %d", code)
	}
	dialer.Subprotocols = []string{"chat"}
	if _, resp, err := dialer.DialContext(t.Context(), "ws://"+f.addr+"/api/v1/socket", nil); err == nil || resp == nil || resp.StatusCode != 400 {
		t.Errorf("something else altogether: %v %v", resp, err)
	}
}
