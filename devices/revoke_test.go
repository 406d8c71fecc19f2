package devices

import (
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"floorline/floor"
)

// RevokedWithin is what is promised of a right that ends: its sockets are shut.
const revokedWithin = 5 * time.Second

// Whatever ends somebody's right shuts the sockets that stand on it, with a code that says why.
func TestRevocationShutsSockets(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	session := func(t *testing.T, name string) (*websocket.Conn, string, string) {
		cookie, id := f.signIn(name, "lead")
		ws := f.dial("Cookie", cookie, "Origin", "http://"+f.addr)
		if err := ws.WriteMessage(websocket.TextMessage, []byte(`{"type":"hello","topics":["orders"]}`)); err != nil {
			t.Fatal(err)
		}
		frameOf(t, ws, "welcome")
		return ws, cookie, "/api/v1/workers/" + id
	}
	patched := func(body string) func(*testing.T) (*websocket.Conn, func()) {
		return func(t *testing.T) (*websocket.Conn, func()) {
			ws, _, worker := session(t, "Of "+t.Name())
			return ws, func() { f.want(200, "PATCH", worker, body, "If-Match", "*") }
		}
	}
	tests := []struct {
		name string
		way  func(t *testing.T) (*websocket.Conn, func())
		code int
	}{
		{"worker disabled", patched(`{"disabled":true}`), closeSignIn},
		{"roles taken", patched(`{"roles":["picker"]}`), closeSignIn},
		{"roles given", patched(`{"roles":["lead","admin"]}`), closeSignIn},
		{"PIN changed", patched(`{"pin":"86427531"}`), closeSignIn},
		{"badge changed", patched(`{"badge":"new"}`), closeSignIn},
		{"signed out", func(t *testing.T) (*websocket.Conn, func()) {
			ws, cookie, _ := session(t, "Out")
			return ws, func() { f.want(204, "DELETE", "/api/v1/sessions", "", "Authorization", "", "Cookie", cookie) }
		}, closeSignIn},
		{"token dropped", func(t *testing.T) (*websocket.Conn, func()) {
			var token struct{ Token, ID string }
			f.want(201, "POST", "/api/v1/tokens", `{"name":"erp","roles":["integration"]}`).json(t, &token)
			ws := f.dial()
			if err := ws.WriteJSON(map[string]any{"type": "hello", "token": token.Token, "topics": []string{"orders"}}); err != nil {
				t.Fatal(err)
			}
			frameOf(t, ws, "welcome")
			return ws, func() { f.want(204, "DELETE", "/api/v1/tokens/"+token.ID, "") }
		}, closeSignIn},
		{"device removed", func(*testing.T) (*websocket.Conn, func()) {
			d := f.pair("handheld")
			d.hello("")
			return d.ws, func() { f.want(204, "DELETE", "/api/v1/devices/"+string(d.id), "", "If-Match", "*") }
		}, closeForbidden},
		{"device paired anew", func(t *testing.T) (*websocket.Conn, func()) {
			d := f.pair("handheld")
			d.hello("")
			var p struct{ Code string }
			f.want(201, "POST", "/api/v1/devices/pairings", `{"device":"`+string(d.id)+`"}`).json(t, &p)
			return d.ws, func() {
				f.want(201, "POST", "/api/v1/devices", `{"pairing_code":"`+p.Code+`","name":"D","kind":"handheld"}`, "Authorization", "")
			}
		}, closeSignIn},
		{"time over", func(t *testing.T) (*websocket.Conn, func()) {
			soon := f.s.now() + 1500
			f.do(floor.MakeCredential{Credential: floor.Credential{Digest: digest("short"), What: "token", Roles: floor.RoleLead, Until: soon}})
			ws := f.dial()
			if err := ws.WriteJSON(map[string]any{"type": "hello", "token": "short"}); err != nil {
				t.Fatal(err)
			}
			frameOf(t, ws, "welcome")
			return ws, func() {
				<-time.After(time.Until(time.UnixMilli(int64(soon) + 1)))
				f.do(floor.Tick{})
			}
		}, closeSignIn},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ws, end := tt.way(t)
			begun := time.Now()
			end()
			if code := closedWith(t, ws); code != tt.code {
				t.Errorf("closed with %d, want %d", code, tt.code)
			}
			if took := time.Since(begun); took > revokedWithin {
				t.Errorf("open for %v after the right to it ended", took)
			}
		})
	}
}

// A socket that says hello with what has just ended is not let in, though it was good when the socket was asked for.
func TestEndedBeforeHello(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	cookie, id := f.signIn("Ana", "lead")
	ws := f.dial("Cookie", cookie, "Origin", "http://"+f.addr)
	f.want(200, "PATCH", "/api/v1/workers/"+id, `{"disabled":true}`, "If-Match", "*")
	if err := ws.WriteMessage(websocket.TextMessage, []byte(`{"type":"hello"}`)); err != nil {
		t.Fatal(err)
	}
	if code := closedWith(t, ws); code != closeSignIn {
		t.Errorf("closed with %d", code)
	}
}

// Who works on a handheld is signed out there when their PIN or badge is worth nothing, and offered other work when
// their roles are others; the handheld itself stays paired.
func TestRevokedAtTheHandheld(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	d := f.pair("handheld")
	d.hello("")
	var w struct{ ID, Badge string }
	f.want(201, "POST", "/api/v1/workers", `{"name":"Mia","roles":["picker"]}`).json(t, &w)
	d.expect(d.scan(w.Badge), "signed_in")
	told := func(body, step string) {
		t.Helper()
		f.want(200, "PATCH", "/api/v1/workers/"+w.ID, body, "If-Match", "*")
		if n := frameOf(t, d.ws, "next")["next"].(map[string]any); n["step"] != step {
			t.Fatalf("%s: %v", body, n)
		}
	}
	told(`{"roles":["packer"]}`, "start")
	f.k.View(func(s *floor.State) {
		if s.Devices[d.id].Roles != floor.RolePacker {
			t.Error("she may still pick")
		}
	})
	told(`{"pin":"86427531"}`, "badge")
	d.expect(d.scan(w.Badge), "pin_needed")
	d.expect(d.doing("answer", `"ask":"pin","value":"86427531"`), "signed_in")
	told(`{"badge":"new"}`, "badge")
	d.expect(d.scan(w.Badge), "unknown_badge")
}
