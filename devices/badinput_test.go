package devices

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"floorline/floor"
)

// The list of bad JSON, and the answer to each. The outcome is last.
func TestBadJSON(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	with := func(line string) string {
		return `{"channel":"web","external_id":"1","lines":[` + line + `]}`
	}
	tests := []struct {
		name, body string
		status     int
	}{
		{"empty", "", 415},
		{"null", "null", 400},
		{"a list", "[]", 400},
		{"a text", `"x"`, 400},
		{"repeated key", `{"channel":"a","channel":"b","external_id":"1","lines":[{"sku":"MUG","qty":1}]}`, 400},
		{"wrong case", `{"Channel":"a","external_id":"1","lines":[{"sku":"MUG","qty":1}]}`, 400},
		{"unknown key", `{"channel":"a","role":"admin","external_id":"1","lines":[{"sku":"MUG","qty":1}]}`, 400},
		{"unknown key within", with(`{"sku":"MUG","qty":1,"x":1}`), 400},
		{"trailing", with(`{"sku":"MUG","qty":1}`) + "x", 400},
		{"two values", with(`{"sku":"MUG","qty":1}`) + "{}", 400},
		{"cut off", `{"channel":"a"`, 400},
		{"deep", strings.Repeat("[", 1_000_000), 400},
		{"deep and closed", strings.Repeat("[", 500_000) + strings.Repeat("]", 500_000), 400},
		{"not UTF-8", "{\"channel\":\"\xff\"}", 400},
		{"lone surrogate", `{"channel":"\ud800","external_id":"1","lines":[{"sku":"MUG","qty":1}]}`, 400},
		{"low surrogate", `{"channel":"\udc00","external_id":"1","lines":[{"sku":"MUG","qty":1}]}`, 400},
		{"qty 0", with(`{"sku":"MUG","qty":0}`), 422},
		{"qty -1", with(`{"sku":"MUG","qty":-1}`), 422},
		{"qty 1.5", with(`{"sku":"MUG","qty":1.5}`), 400},
		{"qty 1e3", with(`{"sku":"MUG","qty":1e3}`), 400},
		{"qty 1e400", with(`{"sku":"MUG","qty":1e400}`), 400},
		{"qty as text", with(`{"sku":"MUG","qty":"1"}`), 400},
		{"qty 2^53+1", with(`{"sku":"MUG","qty":9007199254740993}`), 400},
		{"qty 2^63", with(`{"sku":"MUG","qty":9223372036854775808}`), 400},
		{"qty null", with(`{"sku":"MUG","qty":null}`), 400},
		{"NaN", with(`{"sku":"MUG","qty":NaN}`), 400},
		{"Infinity", with(`{"sku":"MUG","qty":Infinity}`), 400},
		{"sku of a megabyte", with(`{"sku":"` + strings.Repeat("x", 1_000_000) + `","qty":1}`), 422},
		{"body too large", with(`{"sku":"` + strings.Repeat("x", 2_000_000) + `","qty":1}`), 413},
		{"no lines", `{"channel":"a","external_id":"1","lines":[]}`, 422},
		{"unknown item", with(`{"sku":"NOPE","qty":1}`), 422},
		{"day that is none", `{"channel":"a","external_id":"1","ship_by":"2026-02-30T00:00:00Z","lines":[{"sku":"MUG","qty":1}]}`, 422},
		{"year 0", `{"channel":"a","external_id":"1","ship_by":"0000-01-01T00:00:00Z","lines":[{"sku":"MUG","qty":1}]}`, 422},
		{"year 99999", `{"channel":"a","external_id":"1","ship_by":"99999-01-01T00:00:00Z","lines":[{"sku":"MUG","qty":1}]}`, 422},
		{"no zone", `{"channel":"a","external_id":"1","ship_by":"2026-01-01T00:00:00","lines":[{"sku":"MUG","qty":1}]}`, 422},
		{"control character", `{"channel":"a","external_id":"1\u0000","lines":[{"sku":"MUG","qty":1}]}`, 422},
		{"good", with(`{"sku":"MUG","qty":1}`), 201},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			r := f.call("POST", "/api/v1/orders", tt.body)
			if r.status != tt.status {
				t.Fatalf("%d, want %d: %.300s", r.status, tt.status, r.body)
			}
			if tt.status >= 400 && r.code() == "" {
				t.Fatalf("a refusal has a code: %.300s", r.body)
			}
			if strings.HasPrefix(tt.name, "deep") && time.Since(start) > 2*time.Second {
				t.Fatalf("took %v", time.Since(start))
			}
		})
	}
	var list struct{ Items []any }
	f.want(200, "GET", "/api/v1/orders", "").json(t, &list)
	if len(list.Items) != 1 {
		t.Fatalf("only the good one is stored: %d", len(list.Items))
	}
}

// An error lists everything that is wrong, each with its place.
func TestErrorsListAll(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	var p struct {
		Code   string
		Errors []floor.Fault
	}
	f.want(422, "POST", "/api/v1/orders", `{"channel":"","external_id":"","lines":[{"sku":"A","qty":0},{"sku":"","qty":1}],"currency":"euro"}`).json(t, &p)
	have := map[string]bool{}
	for _, e := range p.Errors {
		have[e.Pointer] = true
	}
	for _, want := range []string{"/channel", "/external_id", "/currency", "/lines/0/qty", "/lines/1/sku", "/lines/0/sku"} {
		if !have[want] {
			t.Errorf("nothing is said of %s: %+v", want, p.Errors)
		}
	}
}

func TestContentTypes(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	for kind, status := range map[string]int{"text/plain": 415, "application/x-www-form-urlencoded": 415, "application/json; charset=utf-16": 415,
		"": 415, "application/json": 201, "application/json; charset=UTF-8": 200} {
		if r := f.call("POST", "/api/v1/orders", orderBodyOf("c"), "Content-Type", kind); r.status != status && !(status < 300 && r.status < 300) {
			t.Errorf("%q: %d, want %d", kind, r.status, status)
		}
	}
	if r := f.call("POST", "/api/v1/orders", orderBodyOf("gz"), "Content-Encoding", "gzip"); r.status != 415 {
		t.Errorf("compressed: %d", r.status)
	}
	if r := f.call("POST", "/api/v1/orders", "a[9999999999]=1", "Content-Type", "application/x-www-form-urlencoded"); r.status != 415 {
		t.Errorf("form: %d", r.status)
	}
}

func TestListsAndTags(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	for i := range 5 {
		f.want(201, "POST", "/api/v1/orders", orderBodyOf(fmt.Sprint(i)))
	}
	seen := map[string]bool{}
	cursor := ""
	for range 3 {
		var page struct {
			Items []struct{ ID string }
			Next  string
		}
		f.want(200, "GET", "/api/v1/orders?limit=2&cursor="+cursor, "").json(t, &page)
		for _, o := range page.Items {
			if seen[o.ID] {
				t.Fatalf("%s came twice", o.ID)
			}
			seen[o.ID] = true
		}
		if cursor == "" {
			f.want(400, "GET", "/api/v1/items?cursor="+page.Next, "") // of another list
			f.want(400, "GET", "/api/v1/orders?cursor="+page.Next[:len(page.Next)-1]+"A&status=held", "")
		}
		cursor = page.Next
	}
	if len(seen) != 5 || cursor != "" {
		t.Fatalf("%d orders, then %q", len(seen), cursor)
	}
	f.want(400, "GET", "/api/v1/orders?cursor=zzzz", "")
	f.want(422, "GET", "/api/v1/orders?limit=0", "")
	f.want(422, "GET", "/api/v1/orders?limit=-1", "")
	f.want(422, "GET", "/api/v1/orders?limit=x", "")
	f.want(200, "GET", "/api/v1/orders?limit=1000000000", "")

	item := `{"name":"Cup","tracking":"none"}`
	tag := f.want(201, "PUT", "/api/v1/items/CUP", item).header.Get("ETag")
	f.want(200, "PUT", "/api/v1/items/CUP", item, "If-Match", tag)
	f.want(412, "PUT", "/api/v1/items/CUP", item, "If-Match", tag)
	f.want(412, "PUT", "/api/v1/items/CUP", item, "If-Match", `"nonsense"`)
	f.want(201, "PUT", "/api/v1/bins/B-1", `{"kind":"pick","aisle":1}`)
	f.want(200, "PUT", "/api/v1/bins/B-1", `{"kind":"pick","aisle":2}`)
	f.want(422, "PUT", "/api/v1/bins/B-1", `{"kind":"shelf"}`)
}

// Idempotency: the same again gives the same bytes; another body is refused; many at once make one.
func TestIdempotency(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	first := f.want(201, "POST", "/api/v1/orders", orderBodyOf("k"), "Idempotency-Key", "one")
	again := f.want(201, "POST", "/api/v1/orders", orderBodyOf("k"), "Idempotency-Key", "one")
	if string(first.body) != string(again.body) || again.header.Get("Idempotency-Replayed") != "true" || first.header.Get("Idempotency-Replayed") != "" {
		t.Fatalf("%s\n%s", first.body, again.body)
	}
	if r := f.want(422, "POST", "/api/v1/orders", orderBodyOf("other"), "Idempotency-Key", "one"); r.code() != "idempotency_key_reused" {
		t.Fatal(r.code())
	}
	f.want(200, "POST", "/api/v1/orders", orderBodyOf("k"))
	f.want(400, "POST", "/api/v1/orders", orderBodyOf("k"), "Idempotency-Key", strings.Repeat("k", 7000))
	f.want(201, "POST", "/api/v1/workers", `{"name":"X","roles":["picker"]}`, "Idempotency-Key", "w")
	if r := f.want(409, "POST", "/api/v1/workers", `{"name":"X","roles":["picker"]}`, "Idempotency-Key", "w"); r.code() != "secret_shown_once" {
		t.Fatal(r.code())
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	bodies, fresh := map[string]int{}, 0
	for range 100 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			r := f.call("POST", "/api/v1/stock/adjustments", `{"bin":"A-01","sku":"MUG","qty":1,"reason":"found"}`, "Idempotency-Key", "many")
			mu.Lock()
			defer mu.Unlock()
			bodies[string(r.body)]++
			if r.status == 201 && r.header.Get("Idempotency-Replayed") == "" {
				fresh++
			}
		}()
	}
	wg.Wait()
	if fresh != 1 || len(bodies) != 1 {
		t.Fatalf("%d were new, %d different answers", fresh, len(bodies))
	}
	f.k.View(func(s *floor.State) {
		if n := s.StockAt(floor.InBin("A-01"))[0].OnHand; n != 501 {
			t.Errorf("one unit was found, and %d are there", n)
		}
	})
}

func TestWhoAsks(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	f.want(401, "GET", "/api/v1/orders", "", "Authorization", "")
	f.want(401, "GET", "/api/v1/orders", "", "Authorization", "Bearer nope")
	f.want(401, "GET", "/api/v1/orders?token="+adminToken+"&access_token="+adminToken, "", "Authorization", "")
	f.want(401, "GET", "/api/v1/orders", "", "Authorization", "Basic "+adminToken)
	f.want(421, "GET", "/api/v1/orders", "", "Host", "evil.example")
	if r := f.call("GET", "/api/v1/me", "", "X-Forwarded-For", "127.0.0.1", "Authorization", ""); r.status != 401 {
		t.Fatal("a header opens no door")
	}
	f.do(floor.MakeCredential{Credential: floor.Credential{Digest: digest("gone"), What: "token", Roles: floor.RoleAdmin, Until: 1}})
	f.want(401, "GET", "/api/v1/orders", "", "Authorization", "Bearer gone")
	f.want(404, "GET", "/api/v1/orders/O-000999-X", "")
	f.want(404, "GET", "/api/v1/nothing", "")
	f.want(410, "POST", "/api/v1/devices", `{"pairing_code":"used","name":"x","kind":"bench"}`)

	f.worker("Ana", "lead", "97531864")
	in := f.want(201, "POST", "/api/v1/sessions", `{"name":"Ana","pin":"97531864"}`, "Authorization", "")
	cookie := in.header.Get("Set-Cookie")
	for _, must := range []string{"HttpOnly", "SameSite=Strict", "path=/"} {
		if !strings.Contains(strings.ToLower(cookie), strings.ToLower(must)) {
			t.Errorf("the cookie lacks %s: %s", must, cookie)
		}
	}
	cookie, _, _ = strings.Cut(cookie, ";")
	f.want(200, "GET", "/api/v1/floor", "", "Authorization", "", "Cookie", cookie)
	f.want(403, "POST", "/api/v1/orders", orderBodyOf("x"), "Authorization", "", "Cookie", cookie, "Origin", "https://evil.example")
	f.want(403, "POST", "/api/v1/orders", orderBodyOf("x"), "Authorization", "", "Cookie", cookie, "Sec-Fetch-Site", "cross-site")
	f.want(201, "POST", "/api/v1/orders", orderBodyOf("x"), "Authorization", "", "Cookie", cookie, "Origin", "http://"+f.addr)
	f.want(204, "DELETE", "/api/v1/sessions", "", "Authorization", "", "Cookie", cookie)
	f.want(401, "GET", "/api/v1/floor", "", "Authorization", "", "Cookie", cookie)
	wrong := f.want(401, "POST", "/api/v1/sessions", `{"name":"Ana","pin":"0"}`, "Authorization", "")
	nobody := f.want(401, "POST", "/api/v1/sessions", `{"name":"Nobody","pin":"0"}`, "Authorization", "")
	if string(wrong.body) != string(nobody.body) {
		t.Error("a wrong PIN and an unknown name sound alike")
	}
	for range TriesLocked {
		f.call("POST", "/api/v1/sessions", `{"name":"Ana","pin":"0"}`, "Authorization", "")
	}
	if r := f.want(429, "POST", "/api/v1/sessions", `{"name":"Ana","pin":"97531864"}`, "Authorization", ""); r.header.Get("Retry-After") == "" {
		t.Error("it says how long to wait")
	}
}

// What the wire may hold. One request has one answer, whatever its framing.
func TestHTTPFraming(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	host := "Host: " + f.addr + "\r\n"
	tests := []struct {
		name, raw string
		ok        func(statuses []int) bool
	}{
		{"length and chunks", "POST /api/v1/orders HTTP/1.1\r\n" + host + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\n" + host + "\r\n", atMostOne},
		{"chunked twice", "POST /api/v1/orders HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", refused},
		{"two lengths", "POST /api/v1/orders HTTP/1.1\r\n" + host + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", refused},
		{"length +5", "POST /api/v1/orders HTTP/1.1\r\n" + host + "Content-Length: +5\r\n\r\nhello", refused},
		{"length -1", "POST /api/v1/orders HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\nhello", refused},
		{"length 0x5", "POST /api/v1/orders HTTP/1.1\r\n" + host + "Content-Length: 0x5\r\n\r\nhello", refused},
		{"length 2^64+5", "POST /api/v1/orders HTTP/1.1\r\n" + host + "Content-Length: 18446744073709551621\r\n\r\nhello", refused},
		{"xchunked", "POST /api/v1/orders HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", refused},
		{"1.0 with chunks", "POST /api/v1/orders HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", refused},
		{"chunk extension with newline", "POST /api/v1/orders HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n1;a\nb\r\nx\r\n0\r\n\r\n", refused},
		{"chunk size F", "POST /api/v1/orders HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nx\r\n", refused},
		{"blank before colon", "GET /healthz HTTP/1.1\r\n" + host + "X-A : b\r\n\r\n", refused},
		{"NUL in a value", "GET /healthz HTTP/1.1\r\n" + host + "X-A: a\x00b\r\n\r\n", refused},
		{"CR in a value", "GET /healthz HTTP/1.1\r\n" + host + "X-A: a\rb\r\n\r\n", refused},
		{"no host", "GET /healthz HTTP/1.1\r\n\r\n", refused},
		{"two hosts", "GET /healthz HTTP/1.1\r\n" + host + "Host: evil.example\r\n\r\n", refused},
		{"foreign host", "GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n", status(421)},
		{"absolute form", "GET http://evil.example/healthz HTTP/1.1\r\n" + host + "\r\n", status(421)},
		{"header of 64 KiB", "GET /healthz HTTP/1.1\r\n" + host + "X-A: " + strings.Repeat("a", 64<<10) + "\r\n\r\n", status(431)},
		{"address of 6 KiB", "GET /" + strings.Repeat("a", 6<<10) + " HTTP/1.1\r\n" + host + "\r\n", func(s []int) bool { return len(s) == 1 && (s[0] == 414 || s[0] == 431) }},
		{"address of 10 KiB", "GET /" + strings.Repeat("a", 10<<10) + " HTTP/1.1\r\n" + host + "\r\n", func(s []int) bool { return len(s) == 1 && (s[0] == 414 || s[0] == 431) }},
		{"a key with a CR", "POST /api/v1/orders HTTP/1.1\r\n" + host + "Authorization: Bearer " + adminToken + "\r\nIdempotency-Key: a\rb\r\nContent-Length: 2\r\n\r\n{}", refused},
		{"TLS on a plain port", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", func(s []int) bool { return len(s) == 0 || s[0] == 400 }},
		{"TRACE", "TRACE /healthz HTTP/1.1\r\n" + host + "\r\n", func(s []int) bool { return len(s) == 1 && (s[0] == 405 || s[0] == 501) }},
		{"FOO", "FOO /healthz HTTP/1.1\r\n" + host + "\r\n", func(s []int) bool { return len(s) == 1 && (s[0] == 405 || s[0] == 501) }},
		{"a GET with a body", "GET /healthz HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nhelloGET /readyz HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n", func(s []int) bool { return len(s) == 2 && s[0] == 200 && s[1] == 200 || len(s) == 1 && s[0] == 400 }},
		{"double encoding", "GET /%2561dmin HTTP/1.1\r\n" + host + "\r\n", status(404)},
		{"dots", "GET /..%2f..%2fetc/passwd HTTP/1.1\r\n" + host + "\r\n", status(404)},
		{"backslashes", "GET /a\\..\\b HTTP/1.1\r\n" + host + "\r\n", status(404)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if s := rawAnswers(t, f.addr, tt.raw); !tt.ok(s) {
				t.Fatalf("answers %v", s)
			}
		})
	}
}

func refused(s []int) bool   { return len(s) == 0 || len(s) == 1 && s[0] >= 400 && s[0] < 500 }
func atMostOne(s []int) bool { return len(s) <= 1 }
func status(want int) func([]int) bool {
	return func(s []int) bool { return len(s) == 1 && s[0] == want }
}

// rawAnswers writes bytes and gives the status of every answer that comes before the server closes or is silent.
func rawAnswers(t *testing.T, addr, raw string) []int {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, _ = conn.Write([]byte(raw))
	_ = conn.SetReadDeadline(time.Now().Add(700 * time.Millisecond))
	var out []int
	for r := bufio.NewReader(conn); ; {
		resp, err := http.ReadResponse(r, nil)
		if err != nil {
			return out
		}
		_, _ = bufio.NewReader(resp.Body).WriteTo(discard{})
		resp.Body.Close()
		out = append(out, resp.StatusCode)
	}
}

type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }
