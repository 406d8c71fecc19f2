package devices

import (
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"
)

// openTLS is a front that also listens on HTTPS, with so much room at its door.
func openTLS(t *testing.T) (f *front, addr string, client *http.Client) {
	f = openFront(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	lender := httptest.NewTLSServer(nil) // has a certificate at hand
	cert := lender.TLS.Certificates[0]
	lender.Close()
	go func() { // until the front closes, which shuts this listener too
		if err := f.s.Serve(l, &tls.Config{Certificates: []tls.Certificate{cert}}, false); err != nil {
			t.Error(err)
		}
	}()
	tr := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true}
	t.Cleanup(tr.CloseIdleConnections)
	return f, l.Addr().String(), &http.Client{Transport: tr, Timeout: 20 * time.Second}
}

// 500 connections that never say a word stand before the TLS listener. Whoever speaks is answered as if they were not
// there, and the silent ones are gone when their time to speak is over.
func TestSilentConnections(t *testing.T) {
	if testing.Short() {
		t.Skip("takes as long as somebody may be silent")
	}
	t.Parallel()
	_, addr, client := openTLS(t)
	silent := make([]net.Conn, 500)
	for i := range silent {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		silent[i] = c
		if i%2 == 0 {
			_, _ = c.Write([]byte{0x16, 3, 1, 2, 0}) // the head of a handshake, and no more
		}
	}
	var waits []time.Duration
	for range 100 {
		begun := time.Now()
		r, err := client.Get("https://" + addr + "/healthz")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, r.Body)
		r.Body.Close()
		waits = append(waits, time.Since(begun))
	}
	slices.Sort(waits)
	t.Logf("beside 500 silent connections a whole handshake and answer takes p50 %v, p99 %v", waits[50], waits[99])
	if waits[99] > 2*time.Second {
		t.Errorf("silent connections starve those who speak: p99 %v", waits[99])
	}
	for i, c := range silent {
		_ = c.SetReadDeadline(time.Now().Add(SpeakWithin + 10*time.Second))
		if _, err := io.Copy(io.Discard, c); err != nil && isTimeout(err) {
			t.Fatalf("silent connection %d is still open after %v", i, SpeakWithin+10*time.Second)
		}
	}
}

func isTimeout(err error) bool {
	ne, ok := err.(net.Error)
	return ok && ne.Timeout()
}

// One address has so many connections that ask for nothing, and no more: the one that is silent longest goes.
func TestSilentLimit(t *testing.T) {
	t.Parallel()
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	d := newDoor(inner)
	defer d.Close()
	d.most = 3
	var here, there []net.Conn
	for range 4 {
		c, err := net.Dial("tcp", d.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		k, err := d.Accept()
		if err != nil {
			t.Fatal(err)
		}
		defer k.Close()
		there, here = append(there, c), append(here, k)
		if len(here) == 1 {
			knockOf(k).served() // something is done for the first: it does not count
		}
	}
	knockOf(here[0]).waits()
	_ = there[1].SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, err := there[1].Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("the one that was silent longest: %v", err)
	}
	for _, i := range []int{0, 2, 3} {
		if knockOf(here[i]).place == nil {
			t.Errorf("connection %d was sent away", i)
		}
		_ = here[i].Close()
	}
	if len(d.of) != 0 {
		t.Errorf("%d addresses are remembered without a connection", len(d.of))
	}
}
