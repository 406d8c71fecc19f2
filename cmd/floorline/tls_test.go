package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The leaf holds for every address this machine is reached by, lives as long as phones allow, is kept over a restart,
// and is made anew when a third of its life is left.
func TestLeaf(t *testing.T) {
	dir, now := t.TempDir(), time.Now()
	a := opened(t, dir, now, "wms.lan", "shop.example.com", "8.8.8.8")
	leaf := leafOf(t, a, now)
	roots := x509.NewCertPool()
	roots.AddCert(a.cert)
	for _, name := range []string{"localhost", "127.0.0.1", "::1", "wms.lan"} {
		if _, err := leaf.Leaf.Verify(x509.VerifyOptions{DNSName: name, Roots: roots}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"shop.example.com", "8.8.8.8"} {
		if leaf.Leaf.VerifyHostname(name) == nil {
			t.Errorf("the leaf names %s, which the authority may not sign: no browser would take it", name)
		}
	}
	if life := leaf.Leaf.NotAfter.Sub(leaf.Leaf.NotBefore); life > 397*24*time.Hour {
		t.Errorf("a leaf of %v is refused by phones", life)
	}
	if again := leafOf(t, opened(t, dir, now, "wms.lan"), now); !again.Leaf.Equal(leaf.Leaf) {
		t.Error("a restart made a new leaf")
	}
	if later := leafOf(t, a, now.Add(leafLife*2/3+time.Hour)); later.Leaf.Equal(leaf.Leaf) {
		t.Error("the leaf was not renewed with a third of its life left")
	}
	if other := leafOf(t, opened(t, dir, now, "other.lan"), now); other.Leaf.VerifyHostname("other.lan") != nil {
		t.Error("a new name got no new leaf")
	}
}

// What a stolen authority signs outside its constraints holds nowhere.
func TestAuthorityIsConstrained(t *testing.T) {
	a := opened(t, t.TempDir(), time.Now())
	bad, err := a.newLeaf(time.Now(), []string{"bank.example.com"}, []net.IP{net.IPv4(8, 8, 8, 8)})
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(a.cert)
	var constrained x509.CertificateInvalidError
	if _, err := bad.Leaf.Verify(x509.VerifyOptions{Roots: roots}); !errors.As(err, &constrained) {
		t.Errorf("it verifies: %v", err)
	}
}

// A lost, foreign or broken key of the authority stops the start and says what to do; nothing is made in its place.
func TestLostAuthority(t *testing.T) {
	for name, breakIt := range map[string]func(dir string) error{
		"lost":   func(dir string) error { return os.Remove(filepath.Join(dir, "ca.key")) },
		"broken": func(dir string) error { return os.WriteFile(filepath.Join(dir, "ca.key"), []byte("x"), 0o600) },
		"foreign": func(dir string) error {
			other := t.TempDir()
			opened(t, other, time.Now())
			b, err := os.ReadFile(filepath.Join(other, "ca.key"))
			return errors.Join(err, os.WriteFile(filepath.Join(dir, "ca.key"), b, 0o600))
		},
	} {
		dir := t.TempDir()
		opened(t, dir, time.Now())
		if err := breakIt(dir); err != nil {
			t.Fatal(err)
		}
		if _, err := openAuthority(dir, nil, time.Now()); !errors.Is(err, errLostAuthority) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A first start that was cut short between its key and its certificate is begun anew: no device trusts it yet.
func TestFirstStartCutShort(t *testing.T) {
	dir := t.TempDir()
	opened(t, dir, time.Now())
	if err := os.Remove(filepath.Join(dir, "ca.pem")); err != nil {
		t.Fatal(err)
	}
	leafOf(t, opened(t, dir, time.Now()), time.Now())
}

// What stands behind --host is taken as people write it; what no certificate can carry is named, and stops nothing else.
func TestHostNames(t *testing.T) {
	for list, want := range map[string]string{"": "[] ", "a.lan, b.lan,": "[a.lan b.lan] ", "10.0.0.5,fd00::1": "[10.0.0.5 fd00::1] ",
		"a..lan": "[] a..lan", "ok.lan,münchen.lan": "[] münchen.lan", "a b": "[] a b"} {
		if names, bad := hostNames(list); fmt.Sprint(names, " ", bad) != want {
			t.Errorf("%q: %v, bad %q", list, names, bad)
		}
	}
}

// A certificate that was brought is read again when its file changes, and refused with a reason when it cannot serve.
func TestBroughtCertificate(t *testing.T) {
	dir, now := t.TempDir(), time.Now()
	a := opened(t, dir, now, "one.lan")
	leafOf(t, a, now)
	cert, key := filepath.Join(dir, "leaf.pem"), filepath.Join(dir, "leaf.key")
	load := brought(cert, key)
	c, err := newCertificate(func() time.Time { return now }, load)
	if err != nil {
		t.Fatal(err)
	}
	shown := func() *tls.Certificate { x, _ := c.config().GetCertificate(nil); return x }
	first := shown()
	leafOf(t, opened(t, dir, now, "two.lan"), now)
	soon := now.Add(time.Minute)
	if err := errors.Join(os.Chtimes(cert, soon, soon), c.look()); err != nil || shown().Leaf.VerifyHostname("two.lan") != nil || first == shown() {
		t.Errorf("the renewed certificate is not shown: %v", err)
	}
	if _, err := brought(cert, key)(now.Add(2 * leafLife)); err == nil {
		t.Error("a certificate that ran out is taken")
	}
	if _, err := brought(cert, filepath.Join(dir, "ca.key"))(now); err == nil {
		t.Error("a key of another certificate is taken")
	}
	if _, err := brought(filepath.Join(dir, "none.pem"), key)(now); err == nil {
		t.Error("a file that is not there is taken")
	}
}

// A renewal that fails is said once, again when it fails otherwise, and anew after it went well.
func TestFailingRenewalIsSaidOnce(t *testing.T) {
	var fault error
	good := leafOf(t, opened(t, t.TempDir(), time.Now()), time.Now())
	c, err := newCertificate(time.Now, func(time.Time) (*tls.Certificate, error) { return good, fault })
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	log := slog.New(slog.NewTextHandler(&said, nil))
	full, gone := errors.New("no space left"), errors.New("no such file")
	for i, step := range []struct {
		fault error
		lines int
	}{{full, 1}, {full, 1}, {gone, 2}, {gone, 2}, {nil, 2}, {gone, 3}} {
		fault = step.fault
		c.lookAgain(log)
		if got := strings.Count(said.String(), "level=ERROR"); got != step.lines {
			t.Errorf("look %d: %d lines, want %d:\n%s", i, got, step.lines, &said)
		}
		if c.shown.Load() != good {
			t.Error("the old certificate is not shown on")
		}
	}
}

// A key that others could read is closed, and the console says so; a closed one is no news.
func TestBareKeyIsClosed(t *testing.T) {
	data := t.TempDir()
	opened(t, filepath.Join(data, "tls"), time.Now())
	key := filepath.Join(data, "tls", "ca.key")
	for _, c := range []struct {
		mode fs.FileMode
		said bool
	}{{0o600, false}, {0o644, true}, {0o640, true}} {
		if err := os.Chmod(key, c.mode); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		h := &house{data: data, out: &out}
		if err := h.certify(&serveFlags{}); err != nil {
			t.Fatal(err)
		}
		is, err := os.Stat(key)
		if err != nil || is.Mode().Perm() != 0o600 || strings.Contains(out.String(), "ca.key could be read by others") != c.said {
			t.Errorf("%v: is %v, said %q, %v", c.mode, is.Mode(), &out, err)
		}
	}
}

// Under a certificate that was brought, devices are sent to the name it is for; a wildcard is no name to open.
func TestReachByTheNameOfTheCertificate(t *testing.T) {
	l := listener{name: "https", Listener: addressed{net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8443}}}
	for _, c := range []struct {
		names []string
		own   bool
		want  string
	}{{[]string{"localhost", "*.example.com", "wms.example.com"}, true, "https://wms.example.com:8443"}, {[]string{"*.example.com"}, true, "https://127.0.0.1:8443"},
		{[]string{"wms.lan"}, false, "https://127.0.0.1:8443"}} {
		h := &house{own: c.own, cert: &certificate{}}
		h.cert.shown.Store(&tls.Certificate{Leaf: &x509.Certificate{DNSNames: c.names}})
		if got := h.reach([]listener{l}); got != c.want {
			t.Errorf("%v: %s, want %s", c.names, got, c.want)
		}
	}
}

// addressed is a listener that only has an address.
type addressed struct{ at net.TCPAddr }

func (a addressed) Accept() (net.Conn, error) { return nil, net.ErrClosed }
func (a addressed) Close() error              { return nil }
func (a addressed) Addr() net.Addr            { return &a.at }

func opened(t *testing.T, dir string, now time.Time, hosts ...string) *authority {
	t.Helper()
	a, err := openAuthority(dir, hosts, now)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func leafOf(t *testing.T, a *authority, now time.Time) *tls.Certificate {
	t.Helper()
	leaf, err := a.leaf(now)
	if err != nil {
		t.Fatal(err)
	}
	return leaf
}
