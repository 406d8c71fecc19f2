package devices

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/oklog/ulid/v2"
)

// Who opens a socket and says nothing is let go, in its own time.
func TestLateHello(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	begun := time.Now()
	if c := closedWith(t, f.dial()); c != closeSignIn {
		t.Fatal(c)
	}
	if took := time.Since(begun); took < HelloWithin-time.Second || took > HelloWithin+2*time.Second {
		t.Errorf("it took %v", took)
	}
}

// signIn gives the cookie of a person at a browser, and who it is.
func (f *front) signIn(name, role string) (cookie, id string) {
	f.t.Helper()
	f.worker(name, role, "97531864")
	r := f.want(201, "POST", "/api/v1/sessions", `{"name":"`+name+`","pin":"97531864"}`, "Authorization", "")
	var in struct{ Worker struct{ ID string } }
	r.json(f.t, &in)
	cookie, _, _ = strings.Cut(r.header.Get("Set-Cookie"), ";")
	return cookie, in.Worker.ID
}

// A browser's cookie opens a socket on a page of ours only, and the socket ends with the right to it.
func TestCookieSockets(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	ours := "http://" + f.addr
	open := func(cookie, topics string, headers ...string) *websocket.Conn {
		ws := f.dial(append([]string{"Cookie", cookie}, headers...)...)
		if err := ws.WriteMessage(websocket.TextMessage, []byte(`{"type":"hello","topics":[`+topics+`]}`)); err != nil {
			t.Fatal(err)
		}
		return ws
	}
	ana, id := f.signIn("Ana", "lead")
	if c := closedWith(t, open(ana, `"orders"`)); c != closeSignIn {
		t.Errorf("a cookie without an Origin: %d", c)
	}
	w := frameOf(t, open(ana, `"orders"`, "Origin", ours), "welcome")
	if w["worker"].(map[string]any)["id"] != id || w["device"] != nil {
		t.Errorf("%v", w)
	}
	mia, _ := f.signIn("Mia", "picker")
	if c := closedWith(t, open(mia, `"orders"`, "Origin", ours)); c != closeForbidden {
		t.Errorf("topics are for leads: %d", c)
	}
	for i, end := range []func(cookie, id string){
		func(cookie, _ string) {
			f.want(204, "DELETE", "/api/v1/sessions", "", "Authorization", "", "Cookie", cookie)
		},
		func(_, id string) { f.want(200, "PATCH", "/api/v1/workers/"+id, `{"disabled":true}`, "If-Match", "*") },
		func(_, id string) {
			f.want(200, "PATCH", "/api/v1/workers/"+id, `{"roles":["picker"]}`, "If-Match", "*")
		},
	} {
		cookie, id := f.signIn([]string{"Out", "Gone", "Demoted"}[i], "lead")
		ws := open(cookie, `"orders"`, "Origin", ours)
		frameOf(t, ws, "welcome")
		begun := time.Now()
		end(cookie, id)
		if c := closedWith(t, ws); c != closeSignIn || time.Since(begun) > 5*time.Second {
			t.Errorf("way %d: closed with %d after %v", i, c, time.Since(begun))
		}
	}
	var token struct{ Token, ID string }
	f.want(201, "POST", "/api/v1/tokens", `{"name":"erp","roles":["integration"]}`).json(t, &token)
	ws := f.dial()
	if err := ws.WriteJSON(map[string]any{"type": "hello", "token": token.Token, "topics": []string{"orders"}}); err != nil {
		t.Fatal(err)
	}
	frameOf(t, ws, "welcome")
	f.want(204, "DELETE", "/api/v1/tokens/"+token.ID, "")
	if c := closedWith(t, ws); c != closeSignIn {
		t.Errorf("a dropped token: %d", c)
	}
}

// A device hears of its own work and of nobody else's, whatever topics it names; a desk hears of both.
func TestOwnJobOnly(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	for _, ext := range []string{"1", "2"} {
		f.want(201, "POST", "/api/v1/orders", orderBodyOf(ext))
	}
	f.want(201, "POST", "/api/v1/waves", `{"filter":{},"method":"discrete"}`)
	mia, ben := f.pair("handheld"), f.pair("handheld")
	listen := `,"topics":["job","picklists","orders","stock"]`
	mia.hello(listen)
	ben.hello(listen)
	mia.scan(f.worker("Mia", "picker", ""))
	ben.scan(f.worker("Ben", "picker", ""))
	mia.follow(mia.send(`"type":"do","action":"start","args":{"job":"pick"}`))
	ben.follow(ben.send(`"type":"do","action":"start","args":{"job":"pick"}`))
	heard := map[string]int{}
	for _, d := range []*dev{mia, ben} {
		again := d.f.dial()
		d.ws.Close()
		d.ws = again
		d.write(`{"type":"hello","token":"` + d.token + `","epoch":1,"seq":1` + listen + `}`)
		if w := frameOf(t, d.ws, "welcome"); w["recovered"] != true {
			t.Fatal(w)
		}
		d.write(`{"type":"ping"}`)
		for _, e := range framesUntil(t, d.ws, "pong") {
			if e["type"] == "event" {
				if e["device"] != string(d.id) {
					t.Errorf("%s hears of %v: %v", d.id, e["device"], e["kind"])
				}
				heard[string(d.id)+" "+e["kind"].(string)]++
			}
		}
	}
	for _, d := range []*dev{mia, ben} {
		if heard[string(d.id)+" line_picked"] == 0 {
			t.Errorf("%s never heard of its own pick: %v", d.id, heard)
		}
	}
}

// framesUntil gives all frames before the first of a type.
func framesUntil(t *testing.T, ws *websocket.Conn, kind string) (out []map[string]any) {
	t.Helper()
	_ = ws.SetReadDeadline(time.Now().Add(10 * time.Second))
	for {
		_, b, err := ws.ReadMessage()
		if err != nil {
			t.Fatal(err)
		}
		var f map[string]any
		if err := json.Unmarshal(b, &f); err != nil {
			t.Fatal(err)
		}
		if f["type"] == kind {
			return out
		}
		out = append(out, f)
	}
}

// What no right client sends: the protocol's own close codes.
func TestBrokenFrames(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	mask := "\x01\x02\x03\x04"
	for name, tt := range map[string]struct {
		raw  string
		code int
	}{
		"unmasked":          {"\x81\x02hi", 1002},
		"reserved bits":     {"\xf1\x80" + mask, 1002},
		"unknown opcode":    {"\x83\x80" + mask, 1002},
		"endless fragments": {"\x01\xfe\x20\x00" + mask + strings.Repeat("x", 0x2000) + strings.Repeat("\x00\xfe\x20\x00"+mask+strings.Repeat("x", 0x2000), 3), 4413},
		"huge length":       {"\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff" + mask, 1009},
		"long ping":         {"\x89\xfe\x00\xff" + mask + strings.Repeat("x", 255), 1002},
	} {
		t.Run(name, func(t *testing.T) {
			d := f.pair("handheld")
			d.hello("")
			if _, err := d.ws.UnderlyingConn().Write([]byte(tt.raw)); err != nil {
				t.Fatal(err)
			}
			if c := closedWith(t, d.ws); c != tt.code {
				t.Fatalf("closed with %d, want %d", c, tt.code)
			}
		})
	}
	t.Run("a flood of pings", func(t *testing.T) {
		d := f.pair("handheld")
		d.hello("")
		for range 2000 {
			if d.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(time.Second)) != nil {
				break
			}
		}
		if c := closedWith(t, d.ws); c != closeTooMany {
			t.Fatal(c)
		}
	})
	t.Run("compression", func(t *testing.T) {
		dialer := websocket.Dialer{Subprotocols: []string{Subprotocol}, EnableCompression: true}
		ws, resp, err := dialer.Dial("ws://"+f.addr+"/api/v1/socket", nil)
		if err != nil {
			t.Fatal(err)
		}
		ws.Close()
		if resp.Header.Get("Sec-Websocket-Extensions") != "" || ws.Subprotocol() != Subprotocol {
			t.Errorf("%v", resp.Header)
		}
	})
	f.want(426, "GET", "/api/v1/socket", "")
	f.want(400, "GET", "/api/v1/socket", "", "Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Version", "13",
		"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol", "graphql-ws")
}

// A device that stops reading is closed with 4408, may resume, and its floor goes on meanwhile.
func TestStalledReader(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	ws := f.dial()
	if err := ws.WriteJSON(map[string]any{"type": "hello", "token": adminToken, "topics": []string{"stock"}}); err != nil {
		t.Fatal(err)
	}
	frameOf(t, ws, "welcome")
	f.s.hub.mu.RLock()
	var x *session
	for x = range f.s.hub.sessions {
	}
	f.s.hub.mu.RUnlock()
	full := map[string]any{"type": "event", "data": strings.Repeat("x", 60_000)}
	for n := 0; !x.closing(); n++ {
		if x.send(full); n > 10_000 {
			t.Fatal("an outbox without end")
		}
	}
	f.stock() // nobody waits for it
	if c := closedWith(t, ws); c != closeSlow {
		t.Fatal(c)
	}
}

// However a scanner sends a badge, it is a badge and is written down nowhere; nor is a PIN that was typed
// where codes are typed. A number of another device's scan is nobody's.
func TestBadgeAsScannersSendIt(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	mia, ana := f.worker("Mia", "picker", ""), f.worker("Ana", "lead", "8642975")
	d := f.pair("handheld")
	d.hello("")
	d.expect(d.scan(mia), "signed_in")
	for _, as := range []string{"]C0" + ana, ana + "\r\n", strings.ToLower(ana), "]Q3" + strings.ToLower(ana), ana[:5] + " " + ana[5:]} {
		d.expect(d.scan(as), "pin_needed")
	}
	d.expect(d.send(`"type":"scan","code":"8642975","origin":"typed"`), "signed_in")
	wrong := newBadge()
	d.expect(d.scan("]C0"+wrong), "unknown_badge")
	id := ulid.Make().String()
	d.n++
	d.write(`{"type":"scan","id":"` + id + `","n":` + fmt.Sprint(d.n) + `,"code":"A-01"}`)
	frameOf(t, d.ws, "verdict")
	other := f.pair("handheld")
	other.hello("")
	other.write(`{"type":"scan","id":"` + id + `","n":1,"code":"A-01"}`)
	if v := frameOf(t, other.ws, "verdict"); v["code"] != "conflict" {
		t.Errorf("another device's number: %v", v)
	}
	events := strings.ToUpper(string(f.want(200, "GET", "/api/v1/events?limit=1000", "").body))
	for _, secret := range []string{mia, ana, wrong, "8642975"} {
		if strings.Contains(events, secret) {
			t.Errorf("the journal shows %s", secret)
		}
		if found := fileWith(f.dir, secret); found != "" {
			t.Errorf("%s holds %s", found, secret)
		}
	}
}

// Three hundred requests that trickle in hold up nobody.
func TestManySlowRequests(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	var slow []net.Conn
	for range 300 {
		c, err := net.Dial("tcp", f.addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		_, _ = c.Write([]byte("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "))
		slow = append(slow, c)
	}
	begun := time.Now()
	f.want(200, "GET", "/readyz", "")
	if took := time.Since(begun); took > 2*time.Second {
		t.Errorf("300 slow ones hold up another for %v", took)
	}
	if _, err := slow[0].Write([]byte("1\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	_ = slow[0].SetReadDeadline(time.Now().Add(10 * time.Second))
	if r, err := http.ReadResponse(bufio.NewReader(slow[0]), nil); err != nil || r.StatusCode != 200 {
		t.Errorf("a slow one that ends is answered: %v", err)
	}
}
