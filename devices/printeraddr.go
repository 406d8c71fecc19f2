package devices

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"floorline/floor"
)

// target is a printer's address taken apart.
type target struct {
	raw  bool
	tls  bool
	host string
	port int
	path string
}

// IPPPort is where printers and CUPS speak IPP.
const IPPPort = 631

// parseTarget reads host:9100 or ipp://host:631/ipp/print. What is wrong with it comes back in words.
func parseTarget(address string) (t target, bad string) {
	scheme, _, isURL := strings.Cut(address, "://")
	if !isURL {
		host, port, err := net.SplitHostPort(address)
		if err != nil {
			return t, "a raw printer is host:9100, another is ipp://host:631/ipp/print"
		}
		t = target{raw: true, host: host}
		if t.port, err = strconv.Atoi(port); err != nil || strconv.Itoa(t.port) != port {
			return t, "the port is a number from 9100 to 9109"
		}
		return t, badHost(host)
	}
	u, err := url.Parse(address)
	if err != nil || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Opaque != "" || scheme != "ipp" && scheme != "ipps" {
		return t, "an IPP printer is ipp://host:631/ipp/print"
	}
	t = target{tls: scheme == "ipps", host: u.Hostname(), port: IPPPort, path: u.EscapedPath()}
	if p := u.Port(); p != "" {
		if t.port, err = strconv.Atoi(p); err != nil || strconv.Itoa(t.port) != p {
			return t, "the port of IPP is 631"
		}
	}
	if t.path == "" {
		t.path = "/ipp/print"
	}
	return t, badHost(t.host)
}

// badHost refuses names that are really numbers: resolvers read 2130706433, 0x7f.1 and 0177.0.0.1 as
// addresses, each in its own way.
func badHost(host string) string {
	if _, err := netip.ParseAddr(host); err == nil {
		return ""
	}
	host = strings.TrimSuffix(host, ".")
	labels := strings.Split(host, ".")
	last := labels[len(labels)-1]
	if len(host) > 253 || last == "" || last[0] >= '0' && last[0] <= '9' || strings.ContainsFunc(host, func(r rune) bool {
		return !(r == '-' || r == '.' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z')
	}) {
		return "that is neither an address nor a host name"
	}
	return ""
}

// guard keeps people from having this server speak to anything but printers: raw and IPP ports, in the
// networks where printers stand.
type guard struct {
	networks []netip.Prefix
	loopback bool
	lookup   func(ctx context.Context, host string) ([]netip.Addr, error)
	own      func() []netip.Addr
}

// privateNetworks are those of RFC 1918 and RFC 4193.
var privateNetworks = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"),
	netip.MustParsePrefix("192.168.0.0/16"), netip.MustParsePrefix("fc00::/7")}

// linkNetworks are link-local ones, where printers stand only if somebody says so.
var linkNetworks = []netip.Prefix{netip.MustParsePrefix("169.254.0.0/16"), netip.MustParsePrefix("fe80::/10")}

// neverPrinters are addresses at which clouds answer with secrets.
var neverPrinters = []netip.Addr{netip.MustParseAddr("169.254.169.254"), netip.MustParseAddr("fd00:ec2::254")}

func newGuard(o Options) guard {
	g := guard{networks: o.PrinterNetworks, loopback: o.Loopback, own: ownAddrs}
	if len(g.networks) == 0 {
		g.networks = privateNetworks
	}
	g.lookup = func(ctx context.Context, host string) ([]netip.Addr, error) {
		return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	}
	return g
}

// PrinterNetworks reads a list such as 192.168.1.0/24,10.2.0.0/16. Only private and link-local networks hold
// printers.
func PrinterNetworks(list string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for part := range strings.SplitSeq(list, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		n, err := netip.ParsePrefix(part)
		if err != nil {
			return nil, fmt.Errorf("%q is no network such as 192.168.1.0/24", part)
		}
		n = n.Masked()
		if !slices.ContainsFunc(slices.Concat(privateNetworks, linkNetworks), func(p netip.Prefix) bool { return p.Overlaps(n) && p.Bits() <= n.Bits() }) {
			return nil, fmt.Errorf("%s is no private network: printers stand in 10/8, 172.16/12, 192.168/16, fc00::/7 or a link-local one", n)
		}
		out = append(out, n)
	}
	return out, nil
}

func ownAddrs() []netip.Addr {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	var out []netip.Addr
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok {
			if ip, ok := netip.AddrFromSlice(n.IP); ok {
				out = append(out, ip.Unmap())
			}
		}
	}
	return out
}

// resolve gives the one address to dial. A name is looked up once, and what was looked at is what is dialled:
// a name that answers otherwise the next moment leads nowhere else.
func (g guard) resolve(ctx context.Context, t target) (netip.AddrPort, error) {
	addr, err := netip.ParseAddr(t.host)
	if err == nil {
		if why := g.refuses(addr, t); why != "" {
			return netip.AddrPort{}, &refusal{floor.TroubleAddress, why}
		}
		return netip.AddrPortFrom(addr.Unmap(), uint16(t.port)), nil
	}
	found, err := g.lookup(ctx, t.host)
	if err != nil {
		return netip.AddrPort{}, err
	}
	why := "the name leads nowhere"
	for _, addr := range found {
		if why = g.refuses(addr, t); why == "" {
			return netip.AddrPortFrom(addr.Unmap(), uint16(t.port)), nil
		}
	}
	return netip.AddrPort{}, &refusal{floor.TroubleAddress, why}
}

// refuses says why an address is no printer's.
func (g guard) refuses(addr netip.Addr, t target) string {
	if addr.Zone() != "" {
		return "an address with a zone is no printer's"
	}
	if addr = addr.Unmap(); addr.IsLoopback() {
		if !g.loopback || t.port != IPPPort && (t.port < 1024 || t.port > 65535) {
			return "this machine itself is no printer"
		}
		return ""
	}
	switch {
	case t.raw && (t.port < 9100 || t.port > 9109):
		return "the port of a raw printer is 9100 to 9109"
	case !t.raw && t.port != IPPPort:
		return "the port of IPP is 631"
	case addr.IsUnspecified() || addr.IsMulticast() || slices.Contains(neverPrinters, addr):
		return "that is no printer's address"
	case !slices.ContainsFunc(g.networks, func(n netip.Prefix) bool { return n.Contains(addr) }):
		return "printers stand in this house's private networks (--printer-networks)"
	case slices.Contains(g.own(), addr):
		return "this machine itself is no printer"
	}
	return ""
}

// allowed refuses an address that is no printer's, at the place in the body where it stood.
func (p *printers) allowed(ctx context.Context, pointer, address string) *floor.Error {
	t, why := parseTarget(address)
	if why == "" {
		_, err := p.guard.resolve(ctx, t)
		var no *refusal
		if errors.As(err, &no) {
			why = no.why
		} else if err != nil {
			why = "nobody knows the name " + clip(t.host) + " just now: give the address, or see to the name first"
		}
	}
	if why == "" {
		return nil
	}
	return &floor.Error{Kind: floor.Invalid, Code: "bad_printer", Say: "not accepted", About: []floor.Fault{{Pointer: pointer,
		Code: "bad_printer", Detail: why + ". A printer is a private address and a port, such as 192.168.1.50:9100 or ipp://192.168.1.60:631/ipp/print"}}}
}

// printerOf checks what a station is given as its printer: a printer's code, or an address.
func (c *call) printerOf(pointer string, name *string) *floor.Error {
	if name == nil || *name == "" {
		return nil
	}
	var known bool
	c.view(func(st *floor.State) {
		known = st.Printers[floor.PrinterCode(*name)] != nil && !st.PrinterNamed(*name).Bare
	})
	if known {
		return nil
	}
	if !strings.Contains(*name, ":") {
		return &floor.Error{Kind: floor.Invalid, Code: "no_printer", Say: "not accepted", About: []floor.Fault{{Pointer: pointer,
			Code: "no_printer", Detail: "no printer " + clip(*name) + ": make it first, or give its address"}}}
	}
	if t, _ := parseTarget(*name); !t.raw {
		return &floor.Error{Kind: floor.Invalid, Code: "bad_printer", Say: "not accepted", About: []floor.Fault{{Pointer: pointer,
			Code: "bad_printer", Detail: "an IPP printer is made first (PUT /printers/CODE) and then named by its code; a raw one is 192.168.1.50:9100"}}}
	}
	return c.s.printer.allowed(c.Context(), pointer, *name)
}
