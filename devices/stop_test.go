package devices

import (
	"context"
	"net"
	"testing"
	"time"
)

// A stop waits for no browser that keeps a connection at hand, and for no request that never ends.
func TestStopWaitsForNobodyIdle(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	d := f.pair("handheld")
	d.hello("")
	for _, said := range []string{"", "GET /healthz HT", "POST /api/v1/orders HTTP/1.1\r\nHost: " + f.addr + "\r\nContent-Length: 100\r\n\r\n{",
		"GET /healthz HTTP/1.1\r\nHost: " + f.addr + "\r\n\r\n"} {
		conn, err := net.Dial("tcp", f.addr)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := conn.Write([]byte(said)); err != nil {
			t.Fatal(err)
		}
	}
	f.want(200, "GET", "/healthz", "") // came after them, so they are all in
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
	defer cancel()
	if err := f.s.Shutdown(ctx); err != nil {
		t.Fatalf("the stop did not end: %v", err)
	}
	if c := closedWith(t, d.ws); c != closeGoingAway {
		t.Fatalf("the socket was closed with %d", c)
	}
	if conn, err := net.Dial("tcp", f.addr); err == nil {
		conn.Close()
		t.Fatal("a server that has stopped takes nobody in")
	}
}
