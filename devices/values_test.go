package devices

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"floorline/floor"
	"floorline/store"
)

// What an item may not be. The status is last; nothing refused is stored.
func TestBadItems(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	long := strings.Repeat("x", 300)
	tests := []struct {
		name, body string
		status     int
	}{
		{"no name", `{}`, 422},
		{"a name of 300", `{"name":"` + long + `"}`, 422},
		{"a name that turns the page", `{"name":"a\u202eb"}`, 422},
		{"a newline", `{"name":"a\nb"}`, 422},
		{"another sku", `{"sku":"Y","name":"X"}`, 422},
		{"two sizes", `{"name":"X","size_mm":[1,2]}`, 422},
		{"a negative size", `{"name":"X","size_mm":[1,2,-3]}`, 422},
		{"sizes as texts", `{"name":"X","size_mm":["1","2","3"]}`, 400},
		{"half a gram", `{"name":"X","weight_g":0.5}`, 400},
		{"negative weight", `{"name":"X","weight_g":-1}`, 422},
		{"eleven tonnes", `{"name":"X","weight_g":11000000}`, 422},
		{"negative price", `{"name":"X","price_cents":-1}`, 422},
		{"unknown tracking", `{"name":"X","tracking":"dust"}`, 422},
		{"expiry as a text", `{"name":"X","expiry":"true"}`, 400},
		{"check digit", `{"name":"X","barcodes":[{"code":"4006381333932","qty":1}]}`, 422},
		{"barcode of another", `{"name":"X","barcodes":[{"code":"` + demoEAN(1) + `","qty":1}]}`, 422},
		{"barcode twice", `{"name":"X","barcodes":[{"code":"ABC","qty":1},{"code":"ABC","qty":6}]}`, 422},
		{"a pack of -6", `{"name":"X","barcodes":[{"code":"ABC","qty":-6}]}`, 422},
		{"attributes as a list", `{"name":"X","attributes":[]}`, 400},
		{"an attribute that is a number", `{"name":"X","attributes":{"a":1}}`, 400},
		{"a long attribute", `{"name":"X","attributes":{"a":"` + strings.Repeat("x", 100_000) + `"}}`, 422},
		{"reorder below nothing", `{"name":"X","reorder":{"point_qty":-1}}`, 422},
		{"a revision", `{"name":"X","rev":7}`, 400},
		{"all is well", `{"sku":"X","name":"Ünïcode 杯 ☕","size_mm":[1,2,3],"weight_g":1,"tracking":"lot","expiry":true,"attributes":{"colour":"red"}}`, 201},
	}
	for _, tt := range tests {
		if r := f.call("PUT", "/api/v1/items/X", tt.body); r.status != tt.status {
			t.Errorf("%s: %d, want %d: %.200s", tt.name, r.status, tt.status, r.body)
		} else if tt.status > 299 && f.call("GET", "/api/v1/items/X", "").status != 404 {
			t.Fatalf("%s was refused and is there", tt.name)
		}
	}
	f.want(422, "PUT", "/api/v1/items/"+strings.Repeat("y", 100), `{"name":"X"}`)
}

// A hundred at once want the same order made, and then cancelled: it is made once and cancelled once.
func TestHundredAtOnce(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	all := func(method, path, body string) map[int]int {
		var wg sync.WaitGroup
		var mu sync.Mutex
		got := map[int]int{}
		for range 100 {
			wg.Go(func() {
				r := f.call(method, path, body)
				mu.Lock()
				defer mu.Unlock()
				got[r.status]++
			})
		}
		wg.Wait()
		return got
	}
	if got := all("POST", "/api/v1/orders", orderBodyOf("same")); got[201] != 1 || got[200] != 99 || f.count() != 1 {
		t.Fatalf("made: %v, %d orders", got, f.count())
	}
	var list struct{ Items []struct{ ID string } }
	f.want(200, "GET", "/api/v1/orders", "").json(t, &list)
	if got := all("POST", "/api/v1/orders/"+list.Items[0].ID+"/cancel", ""); got[200] == 0 || got[200]+got[409] != 100 {
		t.Errorf("cancelled: %v", got)
	}
	events := string(f.want(200, "GET", "/api/v1/events?limit=1000", "").body)
	if n := strings.Count(events, `"order_created"`); n != 1 {
		t.Errorf("%d orders were made in the journal", n)
	}
	f.k.View(func(s *floor.State) {
		if r := s.StockAt(floor.InBin("A-01"))[0]; r.OnHand != 500 || r.Free() != 500 {
			t.Errorf("a cancelled order holds nothing: %+v", r)
		}
	})
}

// A pairing code is good once and for a while; who guesses is made to wait, and told how long.
func TestPairingCodes(t *testing.T) {
	t.Parallel()
	var ahead atomic.Int64
	f := openFrontOn(t, store.Options{Dir: t.TempDir(), Clock: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }})
	offer := func() string {
		var p struct{ Code, URL string }
		f.want(201, "POST", "/api/v1/devices/pairings", `{"kind":"bench","name":"B"}`).json(t, &p)
		if !strings.Contains(p.URL, "/pair#"+p.Code) {
			t.Fatalf("the code is where servers log it: %s", p.URL)
		}
		return p.Code
	}
	pair := func(code string) string {
		return `{"pairing_code":"` + code + `","name":"B","kind":"bench"}`
	}
	used, late := offer(), offer()
	f.want(201, "POST", "/api/v1/devices", pair(used), "Authorization", "")
	f.want(410, "POST", "/api/v1/devices", pair(used), "Authorization", "")
	f.want(404, "GET", "/api/v1/devices/pairings/"+used+".svg", "")
	ahead.Store(int64(24 * time.Hour))
	f.do(floor.Tick{})
	f.want(410, "POST", "/api/v1/devices", pair(late), "Authorization", "")
	good := offer()
	for f.call("POST", "/api/v1/devices", pair("guessed"), "Authorization", "").status == 410 {
		ahead.Add(1) // counts the guesses
	}
	if n := ahead.Load() - int64(24*time.Hour); n >= TriesLocked {
		t.Errorf("%d guesses before anybody minds", n)
	}
	f.want(429, "POST", "/api/v1/devices", pair(good), "Authorization", "")
	for range TriesFree {
		f.call("POST", "/api/v1/claim", `{"code":"x","name":"Eve","pin":"86427531"}`, "Authorization", "")
	}
	r := f.want(429, "POST", "/api/v1/claim", `{"code":"x","name":"Eve","pin":"86427531"}`, "Authorization", "")
	if s, err := strconv.Atoi(r.header.Get("Retry-After")); err != nil || s < 2 {
		t.Errorf("Retry-After: %q", r.header.Get("Retry-After"))
	}
}

// What anybody may ask for, whoever they say they are.
func TestOpenDoors(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	for _, path := range []string{"/healthz", "/readyz", "/metrics", "/api/openapi.json", "/api/docs"} {
		f.want(200, "GET", path, "", "Authorization", "")
		f.want(200, "GET", path, "", "Authorization", "Bearer nonsense")
	}
}

// A page never grows past its limit, whatever is asked for.
func TestPageLimit(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.do(floor.MakeTotes{Count: PageLimit + 50})
	for limit, want := range map[string]int{"1000000000": PageLimit, "200": PageLimit, "1": 1, "": PageDefault} {
		var page struct {
			Items []any
			Next  string
		}
		f.want(200, "GET", "/api/v1/totes?limit="+limit, "").json(t, &page)
		if len(page.Items) != want || page.Next == "" {
			t.Errorf("limit %q gives %d", limit, len(page.Items))
		}
	}
}

// A wholesale order of 1,100 lines comes in whole or, with one bad row, not at all; a dry run does nothing.
func TestLongOrderImportsWhole(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	file := func(ext string, bad int) string {
		var b strings.Builder
		b.WriteString("channel,external_id,name,country,sku,qty\n")
		for i := range 1100 {
			qty := 1
			if i == bad {
				qty = 0
			}
			fmt.Fprintf(&b, "shop,%s,Anna,DE,MUG,%d\n", ext, qty)
		}
		return b.String()
	}
	head := f.k.Head()
	if v := f.send("?format=csv&dry_run=true", file("long", -1)); v.counts() != [4]int{1, 0, 0, 0} || f.k.Head() != head {
		t.Fatalf("a dry run: %v, and the journal went on by %d", v.counts(), f.k.Head().Seq-head.Seq)
	}
	for _, kind := range []string{"/items?dry_run=true", "/bins?dry_run=1", "/stock?dry_run=true"} {
		f.send(kind, "sku,name,code,kind,bin,qty,reason\nN1,New,Q-01,pick,A-01,5,why\n")
		if f.k.Head() != head {
			t.Fatalf("%s wrote", kind)
		}
	}
	if v := f.send("?format=csv", file("long", -1)); v.counts() != [4]int{1, 0, 0, 0} {
		t.Fatalf("%v %+v", v.counts(), v.Errors)
	}
	if v := f.send("?format=csv", file("spoilt", 1000)); v.counts() != [4]int{0, 0, 0, 1} || v.Errors[0].Row != 1002 {
		t.Fatalf("%v %+v", v.counts(), v.Errors)
	}
	f.k.View(func(s *floor.State) {
		if len(s.Orders) != 1 {
			t.Errorf("%d orders", len(s.Orders))
		}
		for _, o := range s.Orders {
			units := int64(0)
			for _, l := range o.Lines {
				units += l.Ordered
			}
			if units != 1100 {
				t.Errorf("%d of 1100 units", units)
			}
		}
	})
}

// Plain HTTP on the port of HTTPS ends cleanly, and HTTPS there goes on.
func TestPlainOnTLSPort(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	lent := httptest.NewTLSServer(nil)
	tc := &tls.Config{Certificates: lent.TLS.Certificates}
	lent.Close()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = f.s.Serve(l, tc, false) }() // ends with the other one
	if got := rawAnswers(t, l.Addr().String(), "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"); len(got) > 1 || len(got) == 1 && got[0] != 400 {
		t.Errorf("%v", got)
	}
	client := http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	r, err := client.Get("https://" + l.Addr().String() + "/healthz")
	if err != nil || r.StatusCode != 200 {
		t.Fatalf("%v %v", r, err)
	}
	r.Body.Close()
	f.worker("Ana", "lead", "97531864")
	r, err = client.Post("https://"+l.Addr().String()+"/api/v1/sessions", "application/json", strings.NewReader(`{"name":"Ana","pin":"97531864"}`))
	if err != nil || r.StatusCode != 201 {
		t.Fatalf("%v %v", r, err)
	}
	r.Body.Close()
	cookie := r.Cookies()[0]
	if !strings.HasPrefix(cookie.Name, "__Host-") || !cookie.Secure || !cookie.HttpOnly || cookie.Path != "/" || cookie.SameSite != http.SameSiteStrictMode {
		t.Errorf("the session's cookie under HTTPS: %v", cookie)
	}
	ask, err := http.NewRequest("DELETE", "https://"+l.Addr().String()+"/api/v1/sessions", nil)
	if err != nil {
		t.Fatal(err)
	}
	ask.AddCookie(cookie)
	if r, err = client.Do(ask); err != nil || r.StatusCode != 204 {
		t.Fatalf("%v %v", r, err)
	}
	r.Body.Close()
	if gone := r.Cookies(); len(gone) != 1 || gone[0].Name != cookie.Name || gone[0].MaxAge >= 0 || gone[0].Path != "/" || !gone[0].Secure {
		t.Errorf("the cookie stays in the browser: %v", gone)
	}
	if r, err = client.Do(ask); err != nil || r.StatusCode != 401 {
		t.Fatalf("%v %v", r, err)
	}
	r.Body.Close()
}
