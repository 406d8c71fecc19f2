package devices

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
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

// outgoing sends requests: to what an admin named, or, where it is open, to what others name.
type outgoing struct {
	dial   dialling
	within time.Duration
	client *http.Client
}

func newOutgoing(loopback bool) *outgoing {
	o := &outgoing{dial: newDialling(loopback, nil), within: AskWithin}
	o.dial.own = ownAddrs // nobody whom we ask is this server
	dialer := &net.Dialer{Timeout: AskDialWithin}
	o.client = &http.Client{
		Transport: &http.Transport{MaxIdleConnsPerHost: 4, IdleConnTimeout: time.Minute, TLSHandshakeTimeout: AskDialWithin, MaxResponseHeaderBytes: 64 << 10,
			DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				host, port, err := net.SplitHostPort(address)
				if err != nil {
					return nil, err
				}
				ip, why, err := o.dial.resolve(ctx, host)
				if err == nil && why != "" {
					err = notCalled(host, why)
				}
				if err != nil {
					return nil, err
				}
				return dialer.DialContext(ctx, network, net.JoinHostPort(ip.String(), port))
			}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return o
}

// others is for addresses that no admin named: they lie outside of the house.
func (o *outgoing) others() *outgoing {
	out := newOutgoing(false)
	out.dial.open, out.within = true, o.within
	return out
}

func notCalled(host, why string) error {
	return errors.New(host + " is an address that this server does not call: " + why)
}

// check says whether an address may be called: HTTPS, or plain HTTP within the house.
func (o *outgoing) check(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" || u.RawQuery != "" {
		return errors.New("an address is https://HOST/PATH, without a name, a password, a ? and a #")
	}
	ip, err := netip.ParseAddr(u.Hostname())
	named := err != nil
	if !named {
		if why := o.dial.refuses(ip); why != "" {
			return notCalled(u.Hostname(), why)
		}
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
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil {
		if why := o.dial.refuses(ip); why != "" {
			return notCalled(u.Hostname(), why)
		}
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
