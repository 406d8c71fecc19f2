package devices

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"encoding/xml"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"floorline/floor"
	"floorline/floor/words"
)

const safeURL = "https://192.168.1.20:8443"

// trusting is a house that speaks HTTPS by an authority of its own, with its plain listener beside the main one.
func trusting(t *testing.T, brought bool) (f *front, plain *front, ca *x509.Certificate) {
	t.Helper()
	f = openFront(t, func(o *Options) {
		o.HTTPS = func() *HTTPS {
			return &HTTPS{URL: safeURL, Plain: "http://192.168.1.20:8080", Brought: brought, Until: time.Now().Add(100 * 24 * time.Hour)}
		}
	})
	lent := httptest.NewTLSServer(nil)
	ca = lent.Certificate()
	lent.Close()
	if err := os.MkdirAll(filepath.Join(f.dir, "tls"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(f.dir, "tls", "ca.pem"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: ca.Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = f.s.Serve(l, nil, true) }() // ends with the other one
	beside := *f
	beside.addr = l.Addr().String()
	return f, &beside, ca
}

func (f *front) page(path string, headers ...string) string {
	f.t.Helper()
	r := f.ask("GET", path, "", headers...)
	if r.status != 200 || !strings.HasPrefix(r.header.Get("Content-Type"), "text/html") {
		f.t.Fatalf("%s: %d %s", path, r.status, r.body)
	}
	return string(r.body)
}

// Plain HTTP in a house that speaks HTTPS says how to trust it and whether it lives, and nothing else.
func TestPlainListenerTeachesTrust(t *testing.T) {
	t.Parallel()
	f, plain, ca := trusting(t, false)
	for _, door := range []struct {
		at   *front
		path string
	}{{plain, "/"}, {plain, "/trust"}, {f, "/trust"}} {
		page := door.at.page(door.path)
		for _, must := range []string{fingerprint(ca.Raw), `href="` + safeURL + `"`, "<svg", `href="/floorline.mobileconfig"`, `href="/ca.crt"`, `href="/ca.pem"`} {
			if !strings.Contains(page, must) {
				t.Errorf("%s lacks %s", door.path, must)
			}
		}
		if bad := inline.FindString(page); bad != "" {
			t.Errorf("%s holds %s, which the policy forbids", door.path, bad)
		}
		door.at.want(200, "GET", "/trust.css", "")
		door.at.want(200, "GET", "/trust.svg", "")
		door.at.want(200, "GET", "/healthz", "")
		door.at.want(200, "GET", "/readyz", "")
	}
	for _, path := range []string{"/floor", "/handheld", "/metrics", "/tls/ca.key", "/ca.key", "/api/v1/me", "/api/v1/socket", "/api/openapi.json", "/trust/"} {
		plain.want(404, "GET", path, "")
	}
	for _, path := range []string{"/", "/trust", "/ca.pem"} {
		req, err := http.NewRequest("GET", "http://"+plain.addr+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = "evil.example"
		r, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, r.Body)
		r.Body.Close()
		if r.StatusCode != 421 {
			t.Errorf("%s under a foreign name: %d", path, r.StatusCode)
		}
	}
}

// The authority is the same one in each of its shapes, and the profile is one that an iPhone takes.
func TestAuthorityInItsShapes(t *testing.T) {
	t.Parallel()
	f, plain, ca := trusting(t, false)
	f.do(floor.SaveSite{Site: floor.Site{Name: `Müller & <b>Söhne</b>`}})
	block, _ := pem.Decode(plain.ask("GET", "/ca.pem", "").body)
	if block == nil || !bytes.Equal(block.Bytes, ca.Raw) {
		t.Error("ca.pem is another certificate")
	}
	if !bytes.Equal(plain.ask("GET", "/ca.crt", "").body, ca.Raw) {
		t.Error("ca.crt is another certificate")
	}
	r := plain.ask("GET", "/floorline.mobileconfig", "")
	if kind := r.header.Get("Content-Type"); kind != "application/x-apple-aspen-config" {
		t.Errorf("the profile is sent as %s", kind)
	}
	profile := plist(t, r.body)
	payload := profile["PayloadContent"].([]any)[0].(map[string]any)
	if der, err := base64.StdEncoding.DecodeString(payload["PayloadContent"].(string)); err != nil || !bytes.Equal(der, ca.Raw) {
		t.Errorf("the profile holds another certificate: %v", err)
	}
	uuid := regexp.MustCompile(`^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$`)
	one, two := profile["PayloadUUID"].(string), payload["PayloadUUID"].(string)
	if !uuid.MatchString(one) || !uuid.MatchString(two) || one == two {
		t.Errorf("UUIDs %s and %s", one, two)
	}
	for _, is := range [][2]any{{profile["PayloadType"], "Configuration"}, {payload["PayloadType"], "com.apple.security.root"},
		{profile["PayloadOrganization"], `Müller & <b>Söhne</b>`}, {profile["PayloadDisplayName"], `Müller & <b>Söhne</b> (Floorline)`}} {
		if is[0] != is[1] {
			t.Errorf("%v, want %v", is[0], is[1])
		}
	}
	if again := plain.ask("GET", "/floorline.mobileconfig", ""); !bytes.Equal(again.body, r.body) {
		t.Error("asked twice, it is another profile")
	}
	if page := plain.page("/"); strings.Contains(page, "<b>Söhne") || !strings.Contains(page, "Müller &amp; &lt;b&gt;Söhne") {
		t.Error("the site's name is not escaped on the page")
	}
}

// plist reads the outermost dictionary of a property list.
func plist(t *testing.T, b []byte) map[string]any {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		token, err := d.Token()
		if err != nil {
			t.Fatalf("%v in %s", err, b)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "dict" {
			v, err := value(d, start)
			if err != nil {
				t.Fatalf("%v in %s", err, b)
			}
			return v.(map[string]any)
		}
	}
}

// value reads what an element of a property list holds: text, a list, or a dictionary of keys with their values.
func value(d *xml.Decoder, start xml.StartElement) (any, error) {
	text, list, key := "", []any{}, ""
	dict := map[string]any{}
	for {
		token, err := d.Token()
		if err != nil {
			return nil, err
		}
		switch x := token.(type) {
		case xml.CharData:
			text += string(x)
		case xml.StartElement:
			v, err := value(d, x)
			if err != nil {
				return nil, err
			}
			switch {
			case start.Name.Local == "array":
				list = append(list, v)
			case x.Name.Local == "key":
				key = v.(string)
			case key == "":
				return nil, fmt.Errorf("a %s without a key", x.Name.Local)
			default:
				dict[key], key = v, ""
			}
		case xml.EndElement:
			switch start.Name.Local {
			case "array":
				return list, nil
			case "dict":
				return dict, nil
			}
			return strings.TrimSpace(text), nil
		}
	}
}

// The steps of the device that asks lie open, and no others.
func TestTrustPageKnowsThePlatform(t *testing.T) {
	t.Parallel()
	_, plain, _ := trusting(t, false)
	opened := regexp.MustCompile(`<details id="(\w+)" open>`)
	if all := strings.Count(plain.page("/"), "<details id="); all != 5 {
		t.Errorf("%d platforms", all)
	}
	for agent, want := range map[string]string{
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1": "ios",
		"Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1":        "ios",
		"Mozilla/5.0 (Linux; Android 11; TC52) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36":                      "android",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0":           "windows",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15":                   "macos",
		"Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0":                                                                  "linux",
		"curl/8.5.0": "",
	} {
		got := ""
		for _, m := range opened.FindAllStringSubmatch(plain.page("/", "User-Agent", agent), -1) {
			got += m[1]
		}
		if got != want {
			t.Errorf("%s opens %q, want %q", agent, got, want)
		}
	}
}

// With a certificate that was brought there is an address to open and nothing to install, whatever lies about from before.
func TestNothingToInstallWithABroughtCertificate(t *testing.T) {
	t.Parallel()
	f, plain, ca := trusting(t, true)
	for _, at := range []*front{f, plain} {
		page := at.page("/trust")
		if !strings.Contains(page, `href="`+safeURL+`"`) || !strings.Contains(page, trustWords["lead.ready"]) {
			t.Errorf("it does not say what to open: %s", page)
		}
		if strings.Contains(page, "<details") || strings.Contains(page, "/ca.") || strings.Contains(page, fingerprint(ca.Raw)) {
			t.Error("it tells to install something")
		}
		for _, path := range []string{"/ca.pem", "/ca.crt", "/floorline.mobileconfig"} {
			at.want(404, "GET", path, "")
		}
	}
}

// Without HTTPS the page says what that means: on a network that it is not secure, on one machine alone that nothing is to do.
func TestTrustPageWithoutHTTPS(t *testing.T) {
	t.Parallel()
	for local, key := range map[bool]string{false: "plain", true: "local"} {
		f := openFront(t, func(o *Options) { o.Loopback = local })
		if page := f.page("/trust"); !strings.Contains(page, "<h1>"+trustWords["title."+key]+"</h1>") || strings.Contains(page, "<details") {
			t.Errorf("%s: %s", key, page)
		}
		f.want(404, "GET", "/ca.pem", "")
	}
}

// What lies in the place of the authority is handed out only where it is a certificate.
func TestNoKeyIsHandedOut(t *testing.T) {
	t.Parallel()
	f, plain, _ := trusting(t, false)
	if err := os.WriteFile(filepath.Join(f.dir, "tls", "ca.pem"), pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: []byte("secret")}), 0o600); err != nil {
		t.Fatal(err)
	}
	plain.want(404, "GET", "/ca.pem", "")
	plain.want(404, "GET", "/ca.crt", "")
}

// Every sentence that the page asks for is there, and none is kept for nothing.
func TestTrustWordsAreWhole(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, m := range regexp.MustCompile(`\.(?:Say|Tell) "([a-z.]+)"`).FindAllStringSubmatch(trustHTML, -1) {
		used[m[1]] = true
	}
	for _, state := range []string{"own", "ready", "plain", "local"} {
		v := &trustView{State: state}
		used[v.Title()], used[v.Lead()] = true, true
	}
	for _, p := range platforms("") {
		used[p.Key], used[p.Key+".hint"] = true, true
		for _, s := range p.Steps {
			used[s.Say] = true
			if s.GetSay != "" {
				used[s.GetSay] = true
			}
		}
	}
	for key := range used {
		if trustWords[key] == "" {
			t.Errorf("nothing is said for %s", key)
		}
	}
	for key, say := range trustWords {
		if !used[key] {
			t.Errorf("%s is never said", key)
		}
		if strings.Count(say, "*")%2 != 0 {
			t.Errorf("%s: asterisks do not pair", key)
		}
	}
}

// The page speaks the first language that a browser asks for and that it has; until one is written, English.
func TestTrustPageSpeaksTheLanguageAskedFor(t *testing.T) {
	t.Parallel()
	for accepted, want := range map[string]string{"": "en", "en-GB,de": "en", "de-AT,de;q=0.9,en;q=0.8": "de", "xx,pl;q=0.5": "pl", "ar": "ar", "*": "en"} {
		dir := "ltr"
		if len(words.Of(want).Trust) == 0 {
			want = "en"
		}
		if want == "ar" {
			dir = "rtl"
		}
		if b := trustBookFor(accepted); b.Lang != want || b.Dir != dir || b.say("title") == "" {
			t.Errorf("%q: %s, %s, %q; want %s", accepted, b.Lang, b.Dir, b.say("title"), want)
		}
	}
	if b := (trustBook{Lang: "de", own: map[string]string{"title": "Diesem Server vertrauen"}}); b.say("title") != "Diesem Server vertrauen" || b.say("lead") != trustWords["lead"] {
		t.Error("what a language lacks is not said in English")
	}
}

// A plain listener closes on who says nothing, as the main one does: it has the same door.
func TestPlainListenerHasTheDoor(t *testing.T) {
	t.Parallel()
	f, plain, _ := trusting(t, false)
	plain.want(200, "GET", "/healthz", "")
	f.s.mu.Lock()
	conns := f.s.others[0].conns
	f.s.mu.Unlock()
	conns.mu.Lock()
	defer conns.mu.Unlock()
	if len(conns.about) == 0 {
		t.Fatal("nobody counts its connections")
	}
	for c := range conns.about {
		if knockOf(c) == nil {
			t.Error("a connection came past the door")
		}
	}
}
