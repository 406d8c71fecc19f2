package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// One secret of every kind is made, used rightly and wrongly on the real program, through a power cut and a proper
// stop. Then no byte of the data directory and no line of the log holds one: what must be compared lies as a digest,
// what must be known lies sealed. The keys themselves (keys, keys.2, the authority's) are files of their owner alone.
func TestNoSecretOnDisk(t *testing.T) {
	c := newChild(t)
	c.env = []string{"FLOORLINE_WOOCOMMERCE_SECRET=env-secret-of-the-shop"}
	secrets := map[string]string{"FLOORLINE_TOKEN": adminToken, "FLOORLINE_WOOCOMMERCE_SECRET": "env-secret-of-the-shop"}
	if _, err := c.start(); err != nil {
		t.Fatal(err)
	}
	makeSecrets(c, secrets)
	for _, how := range []string{"the power goes", "it is stopped"} {
		if how == "the power goes" {
			c.kill()
		} else if err := c.stop(); err != nil {
			t.Fatal(err)
		}
		holdsNone(t, c, how, secrets)
		if _, err := c.start(); err != nil {
			t.Fatal(err)
		}
		if status := c.hook("shopify", secrets["channel"]); status != 200 {
			t.Errorf("%s: after the start the shop's secret no longer opens: %d", how, status)
		}
		if status := c.hook("shopify", "another-secret"); status != 401 {
			t.Errorf("a wrong secret is answered %d", status)
		}
	}
}

// makeSecrets has everybody in: an integration, two devices, people with badges and PINs, a shop.
func makeSecrets(c *child, secrets map[string]string) {
	text := func(m map[string]any, key string) string { s, _ := m[key].(string); return s }
	secrets["token"] = text(c.rpc("POST", "/api/v1/tokens", map[string]any{"name": "erp", "roles": []string{"integration"}}), "token")
	mia := c.rpc("POST", "/api/v1/workers", map[string]any{"name": "Mia", "roles": []string{"picker"}, "pin": "8135790246"})
	lead := c.rpc("POST", "/api/v1/workers", map[string]any{"name": "Lea", "roles": []string{"lead"}, "pin": "6420975318"})
	secrets["badge"], secrets["lead's badge"], secrets["PIN"], secrets["lead's PIN"] = text(mia, "badge"), text(lead, "badge"), "8135790246", "6420975318"
	secrets["wrong PIN"], secrets["PIN changed later"] = "1029384756", "5647382910"
	secrets["channel"] = "shops-own-signing-secret"
	c.rpc("PUT", "/api/v1/channels/shop", map[string]any{"platform": "shopify", "secret": secrets["channel"]})
	secrets["pairing"] = text(c.rpc("POST", "/api/v1/devices/pairings", map[string]any{"kind": "handheld", "name": "Gun"}), "code")
	secrets["device"] = text(c.rpc("POST", "/api/v1/devices", map[string]any{"pairing_code": secrets["pairing"], "name": "Gun", "kind": "handheld"}), "token")
	secrets["open pairing"] = text(c.rpc("POST", "/api/v1/devices/pairings", map[string]any{"kind": "bench", "name": "B"}), "code")
	d := openDevice(c, secrets["device"])
	defer d.ws.Close()
	d.send(map[string]any{"type": "scan", "code": secrets["badge"]})
	d.send(map[string]any{"type": "do", "action": "answer", "args": map[string]any{"ask": "pin", "value": secrets["wrong PIN"]}})
	d.send(map[string]any{"type": "scan", "code": "]Q3" + strings.ToLower(secrets["badge"])})
	d.send(map[string]any{"type": "do", "action": "answer", "args": map[string]any{"ask": "pin", "value": secrets["PIN"]}})
	secrets["session"] = c.signIn("Lea", secrets["lead's PIN"])
	c.signIn("Lea", secrets["wrong PIN"])
	c.rpc("PATCH", "/api/v1/workers/"+text(mia, "id"), map[string]any{"pin": secrets["PIN changed later"]}, "If-Match", "*")
	for kind, s := range secrets {
		if len(s) < 10 {
			c.t.Fatalf("there is no %s to look for: %q", kind, s)
		}
	}
}

// openDevice is one paired device that sends whatever it is told, and takes every verdict.
func openDevice(c *child, token string) *gunner {
	g := &gunner{t: c.t, ids: rand.NewChaCha8([32]byte{1}), loose: true}
	g.open(c, token)
	return g
}

// signIn gives the session's cookie, or "" where it is refused.
func (c *child) signIn(name, pin string) string {
	b, _ := json.Marshal(map[string]any{"name": name, "pin": pin})
	res, err := http.Post(c.url+"/api/v1/sessions", "application/json", bytes.NewReader(b))
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	if cookies := res.Cookies(); len(cookies) > 0 {
		return cookies[0].Value
	}
	return ""
}

// hook sends a shop's order, signed with a secret.
func (c *child) hook(platform, secret string) int {
	body := `{"id":1,"name":"#1","line_items":[]}`
	m := hmac.New(sha256.New, []byte(secret))
	m.Write([]byte(body))
	r, err := http.NewRequest("POST", c.url+"/hooks/"+platform, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("X-Shopify-Hmac-Sha256", base64.StdEncoding.EncodeToString(m.Sum(nil)))
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, res.Body)
	return res.StatusCode
}

// holdsNone reads every byte that the program left.
func holdsNone(t *testing.T, c *child, how string, secrets map[string]string) {
	t.Helper()
	files, seen := 0, false
	err := filepath.WalkDir(filepath.Dir(c.dir), func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		seen = seen || bytes.Contains(b, []byte("Gun"))
		b = bytes.ToLower(b)
		for kind, s := range secrets {
			if bytes.Contains(b, []byte(strings.ToLower(s))) {
				t.Errorf("%s: %s holds the secret of kind %s", how, filepath.Base(path), kind)
			}
		}
		if st, err := d.Info(); err == nil && ownerOnly.MatchString(path) && st.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s may be read by others: %v", path, st.Mode())
		}
		return nil
	})
	if err != nil || files < 5 || !seen {
		t.Fatalf("%s: %d files, the device's name found: %v, %v", how, files, seen, err)
	}
}

var ownerOnly = regexp.MustCompile(`/keys(\.2)?$|\.key$|/control$`)
