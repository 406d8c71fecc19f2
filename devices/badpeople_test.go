package devices

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"floorline/floor"
	"floorline/store"
)

// Items 61 to 78 of the list of bad inputs: who asks, and what a socket is sent. Where the contract says another code
// than the list does, the contract holds: there are no tickets, hello brings the token; a frame too large is 4413.
func TestBadInputs61to78(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		n    int
		what string
		try  func(t *testing.T, f *front)
	}{
		{61, "a token that is none, expired, logged out, of another site, or in the address", badTokens},
		{62, "ten thousand PINs", manyPINs},
		{63, "an unknown badge and a wrong PIN sound alike and take as long", soundsAlike},
		{64, "a disabled worker's live socket", disabledSocket},
		{65, "a pairing code used, expired, guessed", badPairings},
		{66, "a picker at an admin's door, a neighbour's number, somebody else's tote", notTheirs},
		{67, "an address that a header claims", claimedAddress},
		{68, "a socket from elsewhere, and one that never says who it is", foreignSockets},
		{69, "a frame too large, in one piece or in pieces", socketEnds(closeTooLarge, sendText(strings.Repeat("x", FrameLimit+1)),
			sendRaw("\x01\xfe\x20\x00"+mask+strings.Repeat("x", 0x2000)+strings.Repeat("\x00\xfe\x20\x00"+mask+strings.Repeat("x", 0x2000), 3)))},
		{70, "bytes where text is spoken", socketEnds(1003, func(d *dev) { _ = d.ws.WriteMessage(websocket.BinaryMessage, []byte(`{"type":"ping"}`)) })},
		{71, "text that is not UTF-8", socketEnds(1007, sendText("{\"type\":\"\xff\"}"), sendText("\xed\xa0\x80"))},
		{72, "a frame unmasked, with reserved bits, of an unknown kind", socketEnds(1002, sendRaw("\x81\x02hi"), sendRaw("\xf1\x80"+mask), sendRaw("\x83\x80"+mask))},
		{73, "compression offered", compressionOffered},
		{74, "ten thousand messages a second", socketEnds(closeTooMany, flood(func(d *dev) error {
			return d.ws.WriteMessage(websocket.TextMessage, []byte(`{"type":"ping"}`))
		}))},
		{75, "a frame type nobody knows: answered, and at twenty in a row ended", strangeFrames},
		{76, "a resume from the future or another epoch", oddResumes},
		{77, "a flood of pings, and a client that never says anything again", pingsAndSilence},
		{78, "a channel of another role, or of nobody", foreignTopics},
	} {
		t.Run(fmt.Sprintf("%d %s", tt.n, tt.what), func(t *testing.T) { tt.try(t, openFront(t)) })
	}
}

const mask = "\x01\x02\x03\x04"

func sendText(s string) func(*dev) {
	return func(d *dev) { _ = d.ws.WriteMessage(websocket.TextMessage, []byte(s)) }
}

func sendRaw(s string) func(*dev) {
	return func(d *dev) { _, _ = d.ws.UnderlyingConn().Write([]byte(s)) }
}

func flood(one func(*dev) error) func(*dev) {
	return func(d *dev) {
		d = &dev{ws: d.ws} // this socket, not the one it comes back with
		go func() {        // while it hears what is answered: one that does not is closed as too slow
			for range 10_000 {
				if one(d) != nil {
					return
				}
			}
		}()
	}
}

// socketEnds wants a welcomed device's socket closed with a code after each of these.
func socketEnds(code int, after ...func(*dev)) func(*testing.T, *front) {
	return func(t *testing.T, f *front) {
		for i, bad := range after {
			d := f.pair("handheld")
			d.hello("")
			bad(d)
			if got := closedWith(t, d.ws); got != code {
				t.Errorf("way %d: closed with %d, want %d", i, got, code)
			}
			d.hello("") // it may come back at once
		}
	}
}

func badTokens(t *testing.T, f *front) {
	other := openFront(t)
	other.token("of the other house", floor.RoleAdmin)
	f.do(floor.MakeCredential{Credential: floor.Credential{Digest: digest("expired"), What: "token", Roles: floor.RoleAdmin, Until: 1}})
	out, _ := f.signIn("Out", "lead")
	f.want(204, "DELETE", "/api/v1/sessions", "", "Authorization", "", "Cookie", out)
	in, _ := f.signIn("In", "lead")
	bare := strings.TrimPrefix(in, SessionCookie+"=")
	for name, headers := range map[string][]string{
		"none": {"Authorization", ""}, "empty": {"Authorization", "Bearer "}, "guessed": {"Authorization", "Bearer guess"},
		"expired": {"Authorization", "Bearer expired"}, "of another house": {"Authorization", "Bearer of the other house"},
		"logged out": {"Authorization", "", "Cookie", out}, "basic": {"Authorization", "Basic " + adminToken},
		"small bearer": {"Authorization", "bearer " + adminToken}, "very long": {"Authorization", "Bearer " + strings.Repeat("x", 4000)},
		"a session as a token": {"Authorization", "Bearer " + bare}, "a token as a session": {"Authorization", "", "Cookie", SessionCookie + "=" + adminToken},
		"the digest": {"Authorization", "Bearer " + digest(adminToken)},
	} {
		for _, path := range []string{"/api/v1/orders", "/api/v1/orders?token=" + adminToken + "&access_token=" + adminToken} {
			if r := f.call("GET", path, "", headers...); r.status != 401 || r.code() != "sign_in" {
				t.Errorf("%s: %d %s", name, r.status, r.code())
			}
		}
	}
}

func manyPINs(t *testing.T, f *front) {
	badge := f.worker("Mia", "picker", "9876")
	wrong := func(say func(pin string) (refused, locked bool)) (n int) {
		for pin := range 10_000 {
			refused, locked := say(fmt.Sprintf("%04d", pin))
			if locked {
				return n
			}
			if !refused {
				t.Fatalf("%04d was guessed", pin)
			}
			n++
		}
		return n
	}
	d := f.pair("handheld")
	d.hello("")
	if n := wrong(func(pin string) (bool, bool) {
		if d.scan(badge)["code"] == "locked" {
			return true, true
		}
		code := d.doing("answer", `"ask":"pin","value":"`+pin+`"`)["code"]
		return code == "pin_wrong", code == "locked"
	}); n > TriesLocked {
		t.Errorf("%d guesses at a device", n)
	}
	if n := wrong(func(pin string) (bool, bool) {
		r := f.call("POST", "/api/v1/sessions", `{"name":"Mia","pin":"`+pin+`"}`, "Authorization", "")
		return r.status == 401, r.status == 429
	}); n > TriesLocked {
		t.Errorf("%d guesses at a browser", n)
	}
}

// soundsAlike compares medians: one that returned early would take a hundredth of the other.
func soundsAlike(t *testing.T, f *front) {
	badge := f.worker("Mia", "picker", "1357924")
	median := func(body func(i int) string) (time.Duration, string) {
		var took []time.Duration
		said := ""
		for i := range 9 {
			f.s.tries.right("ip/127.0.0.1")
			f.s.tries.right("worker/U-0001-" + string(floor.CheckChar("U0001")))
			begun := time.Now()
			r := f.want(401, "POST", "/api/v1/sessions", body(i), "Authorization", "")
			took = append(took, time.Since(begun))
			if said != "" && said != string(r.body) {
				t.Errorf("%s and %s", said, r.body)
			}
			said = string(r.body)
		}
		slices.Sort(took)
		return took[len(took)/2], said
	}
	unknown, a := median(func(int) string { return `{"badge":"` + newBadge() + `","pin":"2468013"}` })
	wrong, b := median(func(int) string { return `{"badge":"` + badge + `","pin":"2468013"}` })
	nobody, c := median(func(i int) string { return fmt.Sprintf(`{"name":"Nobody %d","pin":"2468013"}`, i) })
	if a != b || b != c {
		t.Errorf("they sound different:\n%s\n%s\n%s", a, b, c)
	}
	for _, other := range []time.Duration{unknown, nobody} {
		if other*4 < wrong || other > wrong*4 {
			t.Errorf("a wrong PIN takes %v, an unknown badge %v, an unknown name %v", wrong, unknown, nobody)
		}
	}
	d := f.pair("handheld")
	d.hello("")
	stranger := d.scan(newBadge())
	d.scan(badge)
	if v := d.doing("answer", `"ask":"pin","value":"2468013"`); v["say"] != stranger["say"] {
		t.Errorf("%v and %v", v["say"], stranger["say"])
	}
}

func disabledSocket(t *testing.T, f *front) {
	cookie, id := f.signIn("Ana", "lead")
	ws := f.dial("Cookie", cookie, "Origin", "http://"+f.addr)
	sendText(`{"type":"hello","topics":["orders"]}`)(&dev{ws: ws})
	frameOf(t, ws, "welcome")
	begun := time.Now()
	f.want(200, "PATCH", "/api/v1/workers/"+id, `{"disabled":true}`, "If-Match", "*")
	if code := closedWith(t, ws); code != closeSignIn || time.Since(begun) > revokedWithin {
		t.Errorf("closed with %d after %v", code, time.Since(begun))
	}
	f.want(401, "GET", "/api/v1/orders", "", "Authorization", "", "Cookie", cookie)
	f.want(401, "POST", "/api/v1/sessions", `{"name":"Ana","pin":"97531864"}`, "Authorization", "")
}

func badPairings(t *testing.T, f *front) {
	offer := func() string {
		var p struct{ Code string }
		f.want(201, "POST", "/api/v1/devices/pairings", `{"kind":"bench","name":"B"}`).json(t, &p)
		return p.Code
	}
	pair := func(code string) reply {
		return f.call("POST", "/api/v1/devices", `{"pairing_code":"`+code+`","name":"B","kind":"bench"}`, "Authorization", "")
	}
	used, good := offer(), offer()
	if r := pair(used); r.status != 201 {
		t.Fatal(r.status)
	}
	if r := pair(used); r.status != 410 {
		t.Errorf("used: %d", r.status)
	}
	old := openFrontOn(t, store.Options{Dir: t.TempDir(), Clock: func() time.Time { return time.Now().Add(-time.Hour) }})
	old.do(floor.MakePairing{Pairing: floor.Pairing{Digest: digest("old"), Name: "B", DeviceKind: "bench"}})
	old.k.View(func(s *floor.State) {
		if until := s.Pairings[digest("old")].Until; until > floor.Time(time.Now().UnixMilli()) {
			t.Errorf("a code is good until %v", until)
		}
	})
	guesses := 0
	for ; guesses < 10_000 && pair("guess "+fmt.Sprint(guesses)).status == 410; guesses++ {
	}
	if guesses >= TriesLocked {
		t.Errorf("%d guesses", guesses)
	}
	if r := pair(good); r.status != 429 || r.header.Get("Retry-After") == "" {
		t.Errorf("a guesser with the right code: %d", r.status)
	}
}

func notTheirs(t *testing.T, f *front) {
	f.stock()
	f.token("picker", floor.RolePicker)
	as := []string{"Authorization", "Bearer picker"}
	for _, r := range []struct{ method, path, body string }{{"POST", "/api/v1/workers", `{"name":"Eve","roles":["admin"]}`}, {"POST", "/api/v1/tokens", `{"name":"x","roles":["admin"]}`},
		{"GET", "/api/v1/events", ""}, {"GET", "/api/v1/orders", ""}, {"PUT", "/api/v1/site", `{"name":"Mine"}`}, {"DELETE", "/api/v1/devices/D-0001-X", ""}} {
		f.want(403, r.method, r.path, r.body, as...)
	}
	for _, ext := range []string{"1", "2"} {
		f.want(201, "POST", "/api/v1/orders", orderBodyOf(ext))
	}
	f.want(201, "POST", "/api/v1/waves", `{"filter":{},"method":"discrete"}`)
	mia, ben := f.pair("handheld"), f.pair("handheld")
	var tote string
	for _, d := range []*dev{mia, ben} {
		d.hello("")
		d.expect(d.scan(f.worker("On "+string(d.id), "picker", "")), "signed_in")
		n := d.expect(d.doing("start", `"job":"pick"`), "started")["next"].(map[string]any)
		tote = n["want"].([]any)[0].(map[string]any)["code"].(string)
	}
	mia.expect(mia.scan(tote), "tote_taken")
	ben.expect(ben.scan(tote), "tote_in_use")
	for _, id := range []string{"O-000003-A", "O-0", "0", "%00", "..", "O-000001"} {
		if r := f.call("GET", "/api/v1/orders/"+id, ""); r.status != 404 && r.status != 400 {
			t.Errorf("%s: %d", id, r.status)
		}
	}
}

func claimedAddress(t *testing.T, f *front) {
	f.worker("Mia", "lead", "9876543")
	claims := []string{"X-Forwarded-For", "X-Real-Ip", "Forwarded", "X-Client-Ip", "True-Client-Ip", "Cf-Connecting-Ip", "X-Forwarded-Host"}
	for _, h := range claims {
		f.want(401, "GET", "/api/v1/orders", "", "Authorization", "", h, "127.0.0.1")
	}
	status := 0
	for i := range 2 * TriesLocked { // a new address with each guess would be a new lock with each
		headers := []string{"Authorization", ""}
		for _, h := range claims {
			headers = append(headers, h, fmt.Sprintf("10.0.0.%d", i))
		}
		status = f.call("POST", "/api/v1/sessions", `{"name":"Mia","pin":"guess"}`, headers...).status
	}
	if status != 429 {
		t.Errorf("a header opens the lock: %d", status)
	}
}

func foreignSockets(t *testing.T, f *front) {
	for _, origin := range []string{"https://evil.example", "null", "http://" + f.addr + ".evil.example", "http://evil" + f.addr, "file://", "http://127.0.0.1.evil.example",
		"http://evil.example#" + f.addr, "http://" + f.addr + "/path", "http://" + f.addr + "@evil.example"} {
		_, resp, err := websocket.DefaultDialer.Dial("ws://"+f.addr+"/api/v1/socket", http.Header{"Origin": {origin}})
		if err == nil || resp == nil || resp.StatusCode != 403 {
			t.Errorf("origin %s: %v", origin, err)
		}
	}
	_, resp, err := websocket.DefaultDialer.Dial("ws://"+f.addr+"/api/v1/socket", http.Header{"Host": {"evil.example"}})
	if err == nil || resp == nil || resp.StatusCode != 421 {
		t.Errorf("another host: %v", err)
	}
	cookie, _ := f.signIn("Ana", "lead")
	for name, ws := range map[string]*websocket.Conn{"no token": f.dial(), "a cookie without an origin": f.dial("Cookie", cookie)} {
		sendText(`{"type":"hello","ticket":"t"}`)(&dev{ws: ws})
		if code := closedWith(t, ws); code != closeSignIn {
			t.Errorf("%s: %d", name, code)
		}
	}
}

func compressionOffered(t *testing.T, f *front) {
	dialer := websocket.Dialer{Subprotocols: []string{Subprotocol}, EnableCompression: true}
	ws, resp, err := dialer.Dial("ws://"+f.addr+"/api/v1/socket", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	if ext := resp.Header.Get("Sec-Websocket-Extensions"); ext != "" {
		t.Errorf("negotiated %s", ext)
	}
}

func strangeFrames(t *testing.T, f *front) {
	d := f.pair("handheld")
	d.hello("")
	for range UnknownLimit - 1 {
		d.write(`{"type":"dance"}`)
		frameOf(t, d.ws, "error")
	}
	d.expect(d.scan("A-01"), "badge_first") // a good one begins the count anew
	for range UnknownLimit {
		d.write(`{"type":"dance"}`)
	}
	if code := closedWith(t, d.ws); code != closeTooMany {
		t.Errorf("closed with %d", code)
	}
}

func oddResumes(t *testing.T, f *front) {
	f.stock()
	f.want(201, "POST", "/api/v1/orders", orderBodyOf("1"))
	for name, from := range map[string]string{"the future": `"epoch":1,"seq":99999`, "another epoch": `"epoch":7,"seq":1`} {
		ws := f.dial()
		sendText(`{"type":"hello","token":"` + adminToken + `","topics":["orders"],` + from + `}`)(&dev{ws: ws})
		if w := frameOf(t, ws, "welcome"); w["recovered"] != false {
			t.Errorf("%s: %v", name, w)
		}
		if s := frameOf(t, ws, "snapshot"); s["topic"] != "orders" || len(s["items"].([]any)) == 0 {
			t.Errorf("%s: %v", name, s)
		}
	}
}

func pingsAndSilence(t *testing.T, f *front) {
	socketEnds(closeTooMany, flood(func(d *dev) error {
		return d.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(time.Second))
	}))(t, f)
	f.s.patience = 250 * time.Millisecond // in place of PongWithin
	d := f.pair("handheld")
	d.hello("")
	d.ws.SetPingHandler(func(string) error { return nil }) // and never a pong
	begun := time.Now()
	closedWith(t, d.ws)
	if took := time.Since(begun); took > 10*f.s.patience {
		t.Errorf("a client that fell silent is kept for %v", took)
	}
}

func foreignTopics(t *testing.T, f *front) {
	f.token("picker", floor.RolePicker)
	mia, _ := f.signIn("Mia", "picker")
	for name, hello := range map[string]string{"a picker's token": `"token":"picker","topics":["orders"]`, "a topic of nobody": `"token":"` + adminToken + `","topics":["site/other"]`,
		"one good, one not": `"token":"` + adminToken + `","topics":["orders","../orders"]`} {
		ws := f.dial()
		sendText(`{"type":"hello",` + hello + `}`)(&dev{ws: ws})
		if code := closedWith(t, ws); code != closeForbidden {
			t.Errorf("%s: %d", name, code)
		}
	}
	ws := f.dial("Cookie", mia, "Origin", "http://"+f.addr)
	sendText(`{"type":"hello","topics":["workers"]}`)(&dev{ws: ws})
	if code := closedWith(t, ws); code != closeForbidden {
		t.Errorf("a picker's browser: %d", code)
	}
}
