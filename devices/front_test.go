package devices

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/oklog/ulid/v2"

	"floorline/floor"
	"floorline/store"
)

// front is a real server on a real listener over a real journal, with an admin token.
type front struct {
	t      testing.TB
	k      *store.Keeper
	s      *Server
	addr   string
	dir    string
	served chan error
}

const adminToken = "the-admins-own-token"

func openFront(t testing.TB, change ...func(*Options)) *front {
	t.Helper()
	return openFrontAt(t, t.TempDir(), change...)
}

func openFrontAt(t testing.TB, dir string, change ...func(*Options)) *front {
	t.Helper()
	return openFrontOn(t, store.Options{Dir: dir}, change...)
}

// openFrontOn is for who needs a clock of his own.
func openFrontOn(t testing.TB, so store.Options, change ...func(*Options)) *front {
	t.Helper()
	so.TickEvery, so.Space = -1, store.SpaceOptions{LowBytes: 1, BallastBytes: 1 << 12}
	k, err := store.Open(so)
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Keeper: k, Dir: so.Dir, Loopback: true}
	for _, fn := range change {
		fn(&o)
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &front{t: t, k: k, s: s, addr: l.Addr().String(), dir: so.Dir, served: make(chan error, 1)}
	go func() { f.served <- s.Serve(l, nil, false) }()
	f.token(adminToken, floor.RoleAdmin)
	t.Cleanup(f.close)
	return f
}

func (f *front) close() {
	if c, err := net.Dial("tcp", f.addr); err == nil { // what has not begun to serve cannot be told to stop
		_, _ = c.Write([]byte("GET /healthz HTTP/1.0\r\nHost: " + f.addr + "\r\n\r\n"))
		_, _ = io.Copy(io.Discard, c)
		_ = c.Close()
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := f.s.Shutdown(ctx); err != nil {
		f.t.Error(err)
	}
	<-f.served
	if err := f.k.Close(); err != nil {
		f.t.Error(err)
	}
}

func (f *front) do(v floor.Verb) any {
	f.t.Helper()
	a := f.k.Do(&floor.Command{Verb: v})
	if a.Err != nil {
		f.t.Fatalf("%T: %v", v, a.Err)
	}
	return a.Result
}

func (f *front) token(secret string, roles floor.Roles) {
	f.do(floor.MakeCredential{Credential: floor.Credential{Digest: digest(secret), What: "token", Roles: roles}})
}

// reply is an answer as a client sees it.
type reply struct {
	status int
	header http.Header
	body   []byte
}

func (r reply) json(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal(r.body, v); err != nil {
		t.Fatalf("%v: %s", err, r.body)
	}
}

// code is the stable word of a problem.
func (r reply) code() string {
	var p struct {
		Code string `json:"code"`
	}
	_ = json.Unmarshal(r.body, &p)
	return p.Code
}

// call asks as the admin; headers are pairs of name and value. What is answered must be as described.
func (f *front) call(method, path, body string, headers ...string) reply {
	f.t.Helper()
	r := f.ask(method, path, body, headers...)
	f.asDescribed(method, path, r)
	return r
}

func (f *front) ask(method, path, body string, headers ...string) reply {
	f.t.Helper()
	req, err := http.NewRequest(method, "http://"+f.addr+path, strings.NewReader(body))
	if err != nil {
		f.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+adminToken)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Del(headers[i])
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		} else if headers[i+1] != "" {
			req.Header.Set(headers[i], headers[i+1])
		}
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		f.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	return reply{resp.StatusCode, resp.Header, b}
}

func (f *front) want(status int, method, path, body string, headers ...string) reply {
	f.t.Helper()
	r := f.call(method, path, body, headers...)
	if r.status != status {
		f.t.Fatalf("%s %s: %d, want %d: %s", method, path, r.status, status, r.body)
	}
	if status >= 400 && !strings.HasPrefix(r.header.Get("Content-Type"), "application/problem+json") {
		f.t.Fatalf("%s %s: a refusal is a problem, not %s", method, path, r.header.Get("Content-Type"))
	}
	return r
}

// stock fills the house with an item in a bin, a stage, totes and a carton.
func (f *front) stock() {
	f.do(floor.SaveSite{Site: floor.Site{Name: "House", Address: floor.Person{Company: "House", Lines: []string{"Quay 1"}, City: "Rotterdam", Postcode: "3011 AB", Country: "NL"}}})
	f.do(floor.SaveItem{Item: floor.Item{SKU: "MUG", Name: "Mug <b>", WeightG: 300, Barcodes: []floor.Barcode{{Code: demoEAN(1), Qty: 1}}}})
	f.do(floor.SaveBin{Bin: floor.Bin{Code: "A-01", BinKind: "pick"}})
	f.do(floor.SaveBin{Bin: floor.Bin{Code: "STAGE", BinKind: "stage"}})
	f.do(floor.AdjustStock{Bin: "A-01", SKU: "MUG", Qty: 500, Reason: "opening"})
	f.do(floor.MakeTotes{Count: 20})
	f.do(floor.SaveCarton{Carton: floor.Carton{Code: "S", TareG: 50}})
}

const orderJSON = `{"channel":"web","external_id":"%","ship_to":{"name":"Jürgen Groß","lines":["Königstraße 44"],"city":"Köln","postcode":"50667","country":"DE"},"service":"standard","lines":[{"sku":"MUG","qty":2,"price_cents":1290}],"currency":"EUR"}`

func orderBodyOf(ext string) string { return strings.ReplaceAll(orderJSON, "%", ext) }

// dev is a paired device on a live socket.
type dev struct {
	f     *front
	id    floor.DeviceID
	token string
	ws    *websocket.Conn
	n     uint64
	next  *floor.Next
}

func (f *front) pair(kind string) *dev {
	f.t.Helper()
	var p struct{ Code string }
	f.want(201, "POST", "/api/v1/devices/pairings", `{"kind":"`+kind+`","name":"`+kind+`"}`).json(f.t, &p)
	var d struct{ ID, Token string }
	f.want(201, "POST", "/api/v1/devices", `{"pairing_code":"`+p.Code+`","name":"D","kind":"`+kind+`"}`, "Authorization", "").json(f.t, &d)
	return &dev{f: f, id: floor.DeviceID(d.ID), token: d.Token}
}

// worker makes a person and gives the badge.
func (f *front) worker(name, roles, pin string) string {
	f.t.Helper()
	var w struct{ Badge string }
	f.want(201, "POST", "/api/v1/workers", `{"name":"`+name+`","roles":["`+roles+`"],"pin":"`+pin+`"}`).json(f.t, &w)
	return w.Badge
}

func (f *front) dial(headers ...string) *websocket.Conn {
	f.t.Helper()
	h := http.Header{}
	for i := 0; i+1 < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	dialer := websocket.Dialer{Subprotocols: []string{Subprotocol}}
	ws, _, err := dialer.Dial("ws://"+f.addr+"/api/v1/socket", h)
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() { ws.Close() })
	return ws
}

// frameOf reads frames until one of a type comes.
func frameOf(t testing.TB, ws *websocket.Conn, kind string) map[string]any {
	t.Helper()
	_ = ws.SetReadDeadline(time.Now().Add(10 * time.Second))
	for {
		_, b, err := ws.ReadMessage()
		if err != nil {
			t.Fatalf("waiting for %s: %v", kind, err)
		}
		var f map[string]any
		if err := json.Unmarshal(b, &f); err != nil {
			t.Fatal(err)
		}
		frameAsDescribed(t, b, fmt.Sprint(f["type"]))
		if f["type"] == kind {
			return f
		}
	}
}

// closedWith reads until the socket is closed and gives its code.
func closedWith(t testing.TB, ws *websocket.Conn) int {
	t.Helper()
	_ = ws.SetReadDeadline(time.Now().Add(10 * time.Second))
	for {
		if _, _, err := ws.ReadMessage(); err != nil {
			if ce, ok := err.(*websocket.CloseError); ok {
				return ce.Code
			}
			t.Fatalf("not closed but broken: %v", err)
		}
	}
}

func (d *dev) hello(extra string) map[string]any {
	d.f.t.Helper()
	d.ws = d.f.dial()
	d.write(`{"type":"hello","token":"` + d.token + `"` + extra + `}`)
	w := frameOf(d.f.t, d.ws, "welcome")
	d.n = uint64(w["n"].(float64))
	return w
}

func (d *dev) write(s string) {
	d.f.t.Helper()
	if err := d.ws.WriteMessage(websocket.TextMessage, []byte(s)); err != nil {
		d.f.t.Fatal(err)
	}
}

// send sends a frame with a fresh id and the next counter, and gives its verdict.
func (d *dev) send(rest string) map[string]any {
	d.f.t.Helper()
	d.n++
	id := ulid.Make().String()
	b, _ := json.Marshal(map[string]any{"id": id, "n": d.n})
	d.write(string(bytes.TrimSuffix(b, []byte("}"))) + "," + rest + "}")
	for {
		v := frameOf(d.f.t, d.ws, "verdict")
		if v["id"] == id {
			return v
		}
	}
}

func (d *dev) scan(code string) map[string]any {
	c, _ := json.Marshal(code)
	return d.send(`"type":"scan","code":` + string(c) + `,"origin":"wedge"`)
}

func (d *dev) expect(v map[string]any, code string) map[string]any {
	d.f.t.Helper()
	if v["code"] != code {
		d.f.t.Fatalf("verdict %v (%v), want %s", v["code"], v["say"], code)
	}
	return v
}

// follow scans what is wanted until the job is over.
func (d *dev) follow(v map[string]any) { d.f.t.Helper(); d.followTo("", v) }

// followTo does so until a step is wanted, and gives the verdict that wants it.
func (d *dev) followTo(step string, v map[string]any) map[string]any {
	d.f.t.Helper()
	for range 200 {
		n := v["next"].(map[string]any)
		if n["job"] == nil || n["step"] == step {
			return v
		}
		want, _ := n["want"].([]any)
		show := n["show"].(map[string]any)
		actions, _ := n["actions"].([]any)
		ask, _ := n["ask"].(map[string]any)
		switch {
		case ask != nil:
			first := ask["options"].([]any)[0].(map[string]any)["id"].(string)
			v = d.send(`"type":"do","action":"answer","args":{"ask":"` + ask["id"].(string) + `","value":"` + first + `"}`)
		case n["step"] == "weigh":
			g, _ := json.Marshal(show["expected_weight_g"])
			v = d.send(`"type":"do","action":"weigh","args":{"weight_g":` + string(g) + `}`)
		case n["ask"] != nil:
			ask := n["ask"].(map[string]any)
			first := ask["options"].([]any)[0].(map[string]any)
			v = d.send(fmt.Sprintf(`"type":"do","action":"answer","args":{"ask":%q,"value":%q}`, ask["id"], first["id"]))
		case len(want) > 0:
			v = d.scan(want[0].(map[string]any)["code"].(string))
		case len(actions) == 1:
			v = d.send(`"type":"do","action":"` + actions[0].(string) + `","args":{}`)
		default:
			d.f.t.Fatalf("no way on: %v", n)
		}
		if c := v["class"]; c == "refused" || c == "stop" {
			d.f.t.Fatalf("a plain client was refused: %v", v)
		}
	}
	d.f.t.Fatal("the job never ends")
	return nil
}
