package devices

import (
	"bufio"
	"bytes"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"floorline/static"
)

// inline is what a policy without 'unsafe-inline' would not run, and what must therefore not be there.
var inline = regexp.MustCompile(`(?i)<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|<script(?:\s+(?:type="module"|crossorigin|defer|async))*\s*>|<base|<iframe`)

// Every answer has the headers that keep it from being framed, sniffed or fed with scripts, also one that no handler
// gave; and no page of ours needs more than they allow.
func TestHeadersOfEveryAnswer(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	paths := []string{"/", "/handheld", "/signin", "/floor/orders", "/pair", "/api/docs", "/api/docs.css", "/api/openapi.json", "/healthz", "/metrics",
		"/nothing", "/api/nothing", "/api/v1/orders", "/api/v1/socket", "/hooks/none", "/%2e%2e/etc/passwd", "/" + strings.Repeat("a", 5000)}
	if files, built := static.Files(); built {
		_ = fs.WalkDir(files, ".", func(p string, d fs.DirEntry, _ error) error {
			if !d.IsDir() {
				paths = append(paths, "/"+p)
			}
			return nil
		})
	}
	check := func(what string, h http.Header, body []byte) {
		t.Helper()
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer"} {
			if h.Get(name) != want {
				t.Errorf("%s: %s is %q", what, name, h.Get(name))
			}
		}
		csp := h.Get("Content-Security-Policy")
		for _, must := range []string{"default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"} {
			if !strings.Contains(csp, must) {
				t.Errorf("%s: the policy lacks %s: %q", what, must, csp)
			}
		}
		if strings.Contains(csp, "unsafe-inline") || strings.Contains(csp, "'unsafe-eval'") || strings.Contains(csp, "http") {
			t.Errorf("%s: the policy allows too much: %s", what, csp)
		}
		if strings.HasPrefix(h.Get("Content-Type"), "text/html") {
			if bad := inline.Find(body); bad != nil {
				t.Errorf("%s holds %s", what, bad)
			}
		}
	}
	for _, path := range paths {
		for _, accept := range []string{"text/html", "application/json"} {
			r := f.ask("GET", path, "", "Authorization", "", "Accept", accept)
			check(path[:min(len(path), 40)], r.header, r.body)
		}
	}
	for name, raw := range map[string]string{
		"a method nobody speaks": "TRACE / HTTP/1.1\r\nHost: " + f.addr + "\r\n\r\n",
		"another host":           "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
		"a header too large":     "GET / HTTP/1.1\r\nHost: " + f.addr + "\r\nX-A: " + strings.Repeat("a", 64<<10) + "\r\n\r\n",
		"no request at all":      "hello there\r\n\r\n",
	} {
		conn, err := net.Dial("tcp", f.addr)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = conn.Write([]byte(raw))
		_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else {
			resp.Body.Close()
			check(name, resp.Header, nil)
		}
		conn.Close()
	}
}

// captured is a log that can be read.
type captured struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (c *captured) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.b.Write(p)
}

func (c *captured) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.b.String()
}

// A day of people: claimed, paired, signed in rightly and wrongly, tokens made, an order with a person in it packed,
// a webhook refused, a device unlocked, a device ahead of the journal. The log speaks, at its most talkative, and says
// no secret and nobody's name; and no secret stands in any byte of the data directory.
func TestNothingSecretIsWrittenDown(t *testing.T) {
	t.Parallel()
	var log captured
	f := openFront(t, func(o *Options) {
		o.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	f.stock()
	claim := f.s.ClaimCode()
	in := f.want(201, "POST", "/api/v1/claim", `{"code":"`+claim+`","name":"Boss","pin":"75319864"}`, "Authorization", "")
	_, cookie, _ := strings.Cut(in.header.Get("Set-Cookie"), "=")
	cookie, _, _ = strings.Cut(cookie, ";")
	var token struct{ Token string }
	f.want(201, "POST", "/api/v1/tokens", `{"name":"erp","roles":["integration"]}`).json(t, &token)
	f.want(200, "GET", "/api/v1/orders", "", "Authorization", "Bearer "+token.Token)
	f.want(401, "GET", "/api/v1/orders?token="+token.Token, "", "Authorization", "Bearer mistyped-"+token.Token)
	var p struct{ Code string }
	f.want(201, "POST", "/api/v1/devices/pairings", `{"kind":"bench","name":"B"}`).json(t, &p)
	f.want(200, "GET", "/api/v1/devices/pairings/"+p.Code+".svg", "")
	badge := f.worker("Mia", "packer", "1357924")
	f.want(401, "POST", "/api/v1/sessions", `{"name":"Mia","pin":"wrong-pin-99"}`, "Authorization", "")
	f.want(201, "PUT", "/api/v1/channels/shop", `{"platform":"shopify","secret":"hush-hush-hush"}`)
	f.want(401, "POST", "/hooks/shopify", orderBodyOf("hook"), "X-Shopify-Hmac-Sha256", "bm90IHRoaXM=")
	var list struct{ Items []struct{ ID string } }
	f.want(201, "POST", "/api/v1/orders", orderBodyOf("1"))
	f.want(400, "POST", "/api/v1/orders", strings.Replace(orderBodyOf("2"), `"ship_to"`, `"Ship_to"`, 1))
	f.want(422, "POST", "/api/v1/orders", strings.Replace(orderBodyOf("3"), `"DE"`, `"Deutschland"`, 1))
	f.want(200, "POST", "/api/v1/imports?format=csv", "channel,external_id,name,sku,qty\nweb,4,Jürgen Groß,MUG,zwei\n", "Content-Type", "text/csv")
	f.want(200, "GET", "/api/v1/orders", "").json(t, &list)
	f.want(200, "GET", "/api/v1/orders/"+list.Items[0].ID+"/slip.pdf", "")
	d := f.pair("bench")
	d.hello("")
	d.expect(d.scan(badge), "pin_needed")
	d.expect(d.doing("answer", `"ask":"pin","value":"2468013"`), "pin_wrong")
	d.expect(d.scan(badge), "pin_needed")
	d.expect(d.doing("answer", `"ask":"pin","value":"1357924"`), "signed_in")
	f.want(204, "POST", "/api/v1/devices/"+string(d.id)+"/unlock", "")
	d.hello(`,"epoch":1,"seq":99999`)
	frameOf(t, d.ws, "verdict")
	said := log.String()
	if !strings.Contains(said, "unlocked") || !strings.Contains(said, "data was lost") {
		t.Fatalf("the log does not speak, and so shows nothing: %s", said)
	}
	secrets := []string{claim, cookie, token.Token, p.Code, badge, d.token, adminToken, "75319864", "1357924", "2468013", "wrong-pin-99", "hush-hush-hush"}
	for _, s := range append([]string{"Jürgen", "Groß", "Königstraße", "50667", "Köln", "Mia", "Boss"}, secrets...) {
		if strings.Contains(strings.ToLower(said), strings.ToLower(s)) {
			t.Errorf("the log says %s: %s", s, said)
		}
	}
	for _, s := range append([]string{"Jürgen", "Königstraße"}, secrets...) {
		if found := fileWith(f.dir, s); found != "" {
			t.Errorf("%s holds %s", found, s)
		}
	}
}
