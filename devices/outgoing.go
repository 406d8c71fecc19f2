package devices

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"floorline/floor"
)

// Requests that go out of the house go where an admin said, and nowhere else: the name is looked up once and that very
// address is dialled, so that a name cannot lead into the house between the look and the call; a redirect is not followed.

// Limits of what goes out.
const (
	AskDialWithin = 5 * time.Second
	AskWithin     = 20 * time.Second // a carrier's answer
	ReplyLimit    = 1 << 20          // bytes of it
)

// outgoing sends requests. Loopback only where this server is itself a loopback one.
type outgoing struct {
	loopback bool
	within   time.Duration
	own      func() []netip.Addr // addresses of this machine that are not called either; nil is none
	client   *http.Client
}

func newOutgoing(loopback bool) *outgoing {
	o := &outgoing{loopback: loopback, within: AskWithin}
	dialer := &net.Dialer{Timeout: AskDialWithin}
	o.client = &http.Client{
		Transport: &http.Transport{MaxIdleConnsPerHost: 4, IdleConnTimeout: time.Minute, TLSHandshakeTimeout: AskDialWithin, MaxResponseHeaderBytes: 64 << 10,
			DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				ip, err := o.resolve(ctx, address)
				if err != nil {
					return nil, err
				}
				return dialer.DialContext(ctx, network, ip)
			}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return o
}

// resolve looks a name up and gives the first address that may be dialled.
func (o *outgoing) resolve(ctx context.Context, address string) (string, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", err
	}
	found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return "", err
	}
	for _, ip := range found {
		if ip = ip.Unmap(); o.allows(ip) {
			return net.JoinHostPort(ip.String(), port), nil
		}
	}
	return "", errors.New(host + " is an address that this server does not call")
}

// allows keeps requests off this machine, its link and what is no single machine.
func (o *outgoing) allows(ip netip.Addr) bool {
	if ip.IsLoopback() {
		return o.loopback
	}
	if o.own != nil && slices.Contains(o.own(), ip) {
		return false
	}
	return ip.IsValid() && !ip.IsUnspecified() && !ip.IsMulticast() && !ip.IsLinkLocalUnicast() && !ip.IsInterfaceLocalMulticast() &&
		ip != netip.AddrFrom4([4]byte{255, 255, 255, 255})
}

// check says whether an address may be called: HTTPS, or plain HTTP within the house.
func (o *outgoing) check(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" || u.RawQuery != "" {
		return errors.New("an address is https://HOST/PATH, without a name, a password, a ? and a #")
	}
	ip, err := netip.ParseAddr(u.Hostname())
	named := err != nil
	if !named && !o.allows(ip.Unmap()) {
		return fmt.Errorf("%s is an address that this server does not call", u.Hostname())
	}
	switch u.Scheme {
	case "https":
		return nil
	case "http":
		if !named && (ip.IsPrivate() || ip.IsLoopback()) {
			return nil
		}
	}
	return errors.New("begins with https://; plain http:// only to an address within the house, such as http://192.168.1.20:8000")
}

// hears says whether a shop's hook may be at an address: a number that no shop has is refused at once, a name when it is
// looked up.
func (o *outgoing) hears(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !o.allows(ip.Unmap()) {
		return fmt.Errorf("%s is an address that this server does not call", u.Hostname())
	}
	return nil
}

// badURL is the refusal of an address.
func badURL(pointer string, err error) *floor.Error {
	return &floor.Error{Kind: floor.Invalid, Code: "bad_url", Say: "not accepted", About: []floor.Fault{{Pointer: pointer, Code: "bad_url", Detail: err.Error()}}}
}

func sameHost(a, b string) bool {
	x, err1 := url.Parse(a)
	y, err2 := url.Parse(b)
	return err1 == nil && err2 == nil && x.Scheme == y.Scheme && strings.EqualFold(x.Host, y.Host)
}
