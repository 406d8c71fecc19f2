package devices

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strings"
	"testing"

	"floorline/floor"
)

// Nobody can have this server speak to what is no printer: every trick with an address, by whether the server is one
// for this machine alone.
func TestPrinterAddresses(t *testing.T) {
	t.Parallel()
	names := map[string][]string{
		"printer.lan": {"192.168.1.50"}, "evil.lan": {"127.0.0.1"}, "meta.lan": {"169.254.169.254"}, "six.lan": {"fd12::9"},
		"both.lan": {"8.8.8.8", "10.1.2.3"}, "own.lan": {"10.9.9.9"}, "out.lan": {"203.0.113.9"},
	}
	g := newGuard(Options{})
	g.own = func() []netip.Addr { return []netip.Addr{netip.MustParseAddr("10.9.9.9")} }
	g.lookup = func(_ context.Context, host string) ([]netip.Addr, error) {
		var out []netip.Addr
		for _, a := range names[host] {
			out = append(out, netip.MustParseAddr(a))
		}
		if out == nil {
			return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
		}
		return out, nil
	}
	local := g
	local.loopback = true
	for _, c := range []struct {
		address    string
		dials      string // "" is refused
		onLoopback string
	}{
		{"192.168.1.50:9100", "192.168.1.50:9100", "192.168.1.50:9100"},
		{"10.0.0.9:9109", "10.0.0.9:9109", "10.0.0.9:9109"},
		{"172.16.0.1:9100", "172.16.0.1:9100", "172.16.0.1:9100"},
		{"[fd12::1]:9100", "[fd12::1]:9100", "[fd12::1]:9100"},
		{"ipp://192.168.1.60:631/ipp/print", "192.168.1.60:631", "192.168.1.60:631"},
		{"ipps://192.168.1.60/ipp/print", "192.168.1.60:631", "192.168.1.60:631"},
		{"ipp://printer.lan/printers/laser", "192.168.1.50:631", "192.168.1.50:631"},
		{"printer.lan:9100", "192.168.1.50:9100", "192.168.1.50:9100"},
		{"six.lan:9100", "[fd12::9]:9100", "[fd12::9]:9100"},
		{"both.lan:9100", "10.1.2.3:9100", "10.1.2.3:9100"},
		{"127.0.0.1:22", "", ""}, {"127.0.0.1:9100", "", "127.0.0.1:9100"}, {"[::1]:9100", "", "[::1]:9100"}, {"[::1]:22", "", ""},
		{"127.9.9.9:9100", "", "127.9.9.9:9100"}, {"[::ffff:127.0.0.1]:9100", "", "127.0.0.1:9100"}, {"evil.lan:9100", "", "127.0.0.1:9100"},
		{"ipp://127.0.0.1:631/ipp/print", "", "127.0.0.1:631"}, {"ipp://localhost:631/", "", ""},
		{"0.0.0.0:9100", "", ""}, {"[::]:9100", "", ""}, {"[::ffff:0.0.0.0]:9100", "", ""},
		{"169.254.169.254:9100", "", ""}, {"meta.lan:9100", "", ""}, {"[fd00:ec2::254]:9100", "", ""}, {"[::ffff:169.254.169.254]:9100", "", ""},
		{"169.254.7.7:9100", "", ""}, {"[fe80::1]:9100", "", ""}, {"[fe80::1%eth0]:9100", "", ""},
		{"224.0.0.251:9100", "", ""}, {"[ff02::1]:9100", "", ""}, {"255.255.255.255:9100", "", ""},
		{"10.9.9.9:9100", "", ""}, {"own.lan:9100", "", ""},
		{"8.8.8.8:9100", "", ""}, {"out.lan:9100", "", ""}, {"172.32.0.1:9100", "", ""}, {"192.169.0.1:9100", "", ""}, {"[2001:db8::1]:9100", "", ""},
		{"2130706433:9100", "", ""}, {"3232235826:9100", "", ""}, {"0x7f000001:9100", "", ""}, {"0177.0.0.1:9100", "", ""}, {"127.1:9100", "", ""},
		{"192.168.1.050:9100", "", ""}, {"0xC0.0xA8.1.50:9100", "", ""}, {"printer.lan.1:9100", "", ""},
		{"192.168.1.50:22", "", ""}, {"192.168.1.50:9110", "", ""}, {"192.168.1.50:80", "", ""}, {"192.168.1.50:0", "", ""}, {"192.168.1.50:65536", "", ""},
		{"192.168.1.50:+9100", "", ""}, {"192.168.1.50:09100", "", ""}, {"192.168.1.50", "", ""}, {"", "", ""}, {":9100", "", ""}, {"x", "", ""},
		{"ipp://192.168.1.60:80/ipp/print", "", ""}, {"http://192.168.1.60:631/ipp/print", "", ""}, {"ipp://user:pw@192.168.1.60:631/", "", ""},
		{"ipp://192.168.1.60:631/ipp?x=1", "", ""}, {"file:///etc/passwd", "", ""}, {"ipp://", "", ""}, {"ipp://192.168.1.60:631@8.8.8.8/", "", ""},
		{"ipp://2130706433:631/", "", ""}, {"unknown.lan:9100", "", ""}, {"pri nter.lan:9100", "", ""}, {"printer.lan\r\nX:9100", "", ""},
	} {
		for on, want := range map[bool]string{false: c.dials, true: c.onLoopback} {
			guard := g
			if on {
				guard = local
			}
			got := ""
			if target, bad := parseTarget(c.address); bad == "" {
				if addr, err := guard.resolve(context.Background(), target); err == nil {
					got = addr.String()
				}
			}
			if got != want {
				t.Errorf("%q (a loopback server: %v) dials %q, want %q", c.address, on, got, want)
			}
		}
	}
}

// The API says 422 and where, on both ways in.
func TestBadPrintersAreRefused(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	bench := f.pair("bench")
	for _, address := range []string{"127.0.0.1:22", "[::1]:22", "0.0.0.0:9100", "169.254.169.254:9100", "2130706433:9100", "8.8.8.8:9100"} {
		r := f.want(422, "PUT", "/api/v1/printers/z1", `{"kind":"zpl","address":"`+address+`"}`)
		if r.code() != "bad_printer" || !strings.Contains(string(r.body), `"/address"`) {
			t.Errorf("%s: %s", address, r.body)
		}
		if r := f.want(422, "PUT", "/api/v1/devices/"+string(bench.id), `{"printer":"`+address+`"}`); r.code() != "bad_printer" {
			t.Errorf("%s: %s", address, r.body)
		}
	}
	for body, code := range map[string]string{
		`{"kind":"zpl","address":"192.168.1.50:9100","uses":["documents"]}`: "zpl_documents",
		`{"kind":"pcl","address":"192.168.1.50:9100"}`:                      "bad_value",
		`{"kind":"zpl","address":"192.168.1.50:9100","dpi":204}`:            "bad_value",
		`{"kind":"zpl","address":"192.168.1.50:9100","size":"big"}`:         "bad_size",
		`{"kind":"zpl","address":"192.168.1.50:9100","fallback":"z9"}`:      "no_printer",
		`{"kind":"zpl","address":"192.168.1.50:9100","fallback":"z1"}`:      "ring",
		`{"kind":"zpl","address":"192.168.1.50:9100","pin":"12"}`:           "bad_pin",
	} {
		if r := f.want(422, "PUT", "/api/v1/printers/z1", body); r.code() != code {
			t.Errorf("%s: %s", body, r.body)
		}
	}
	if r := f.want(422, "PUT", "/api/v1/devices/"+string(bench.id), `{"printer":"nowhere"}`); r.code() != "no_printer" {
		t.Errorf("%s", r.body)
	}
}

// A name is looked up once for each connection, and only what was looked at is dialled.
func TestNamesAreNotLookedUpTwice(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	z := newZebra(t)
	_, port, _ := net.SplitHostPort(z.addr)
	asked := 0
	f.s.printer.guard.lookup = func(context.Context, string) ([]netip.Addr, error) {
		if asked++; asked%2 == 1 {
			return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
		}
		return []netip.Addr{netip.MustParseAddr("169.254.169.254")}, nil
	}
	j := &job{printer: "p", rec: floor.Printer{Address: "printer.lan:" + port}}
	l, err := f.s.printer.reach(j)
	if err != nil || asked != 1 {
		t.Fatalf("%d look-ups: %v", asked, err)
	}
	if at := l.(*rawLink).conn.RemoteAddr().String(); at != z.addr {
		t.Errorf("dialled %s", at)
	}
	l.close()
	var no *refusal
	if _, err := f.s.printer.reach(j); !errors.As(err, &no) {
		t.Errorf("the name leads elsewhere now, and is dialled: %v", err)
	}
}

// Where printers stand can be narrowed, and widened to link-local networks, and no further.
func TestPrinterNetworks(t *testing.T) {
	t.Parallel()
	for list, ok := range map[string]bool{"": true, "192.168.1.0/24": true, "192.168.1.0/24, fd12::/48": true, "169.254.0.0/16": true, "fe80::/64": true,
		"8.8.8.0/24": false, "0.0.0.0/0": false, "::/0": false, "192.0.0.0/8": false, "192.168.1.1": false, "x": false, "127.0.0.0/8": false} {
		if _, err := PrinterNetworks(list); (err == nil) != ok {
			t.Errorf("%q: %v", list, err)
		}
	}
	nets, _ := PrinterNetworks("192.168.1.0/24,169.254.0.0/16")
	g := newGuard(Options{PrinterNetworks: nets})
	for address, ok := range map[string]bool{"192.168.1.50:9100": true, "192.168.2.50:9100": false, "10.0.0.1:9100": false, "169.254.7.7:9100": true, "169.254.169.254:9100": false} {
		target, _ := parseTarget(address)
		if _, err := g.resolve(context.Background(), target); (err == nil) != ok {
			t.Errorf("%s: %v", address, err)
		}
	}
}
