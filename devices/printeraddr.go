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

// guard keeps people from having this server speak to anything but printers: raw and IPP ports, in the networks where
// printers stand.
type guard struct{ dialling }

func newGuard(o Options) guard {
	g := guard{newDialling(o.Loopback, o.PrinterNetworks)}
	if len(g.networks) == 0 {
		g.networks = privateNetworks
	}
	g.own = ownAddrs
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

// resolve gives the one address to dial.
func (g guard) resolve(ctx context.Context, t target) (netip.AddrPort, error) {
	ip, why, err := g.dialling.resolve(ctx, t.host)
	switch {
	case err != nil:
		return netip.AddrPort{}, err
	case why == dialOutside:
		why = "printers stand in this house's private networks (--printer-networks)"
	case why == "":
		why = t.badPort(ip.IsLoopback())
	}
	if why != "" {
		return netip.AddrPort{}, &refusal{floor.TroubleAddress, why}
	}
	return netip.AddrPortFrom(ip, uint16(t.port)), nil
}

// badPort says why no printer listens on a port. On this machine itself, which is for trying out, it may be any of a person's.
func (t target) badPort(loopback bool) string {
	switch {
	case loopback && (t.port == IPPPort || t.port >= 1024 && t.port <= 65535):
		return ""
	case t.raw && (t.port < 9100 || t.port > 9109):
		return "the port of a raw printer is 9100 to 9109"
	case !t.raw && t.port != IPPPort:
		return "the port of IPP is 631"
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
