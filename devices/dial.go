package devices

import (
	"context"
	"net"
	"net/netip"
	"slices"
)

// Printers, scales and carriers stand at addresses that people enter. Where this server may dial is one rule for all of them,
// so that nobody has it speak to what is none of these; each of them adds its ports and networks.

// dialling is which addresses may be dialled for one purpose.
type dialling struct {
	loopback bool                // this very machine, where the server itself is a loopback one
	networks []netip.Prefix      // none is everywhere
	open     bool                // the open network alone: no machine of the house
	own      func() []netip.Addr // nil: what stands on this machine is called at its address in the house
	lookup   func(ctx context.Context, host string) ([]netip.Addr, error)
}

// privateNetworks are those of RFC 1918 and RFC 4193.
var privateNetworks = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"),
	netip.MustParsePrefix("192.168.0.0/16"), netip.MustParsePrefix("fc00::/7")}

// linkNetworks are link-local ones, where printers stand only if somebody says so.
var linkNetworks = []netip.Prefix{netip.MustParsePrefix("169.254.0.0/16"), netip.MustParsePrefix("fe80::/10")}

// sharedNetwork is a provider's own (RFC 6598): not the open network either.
var sharedNetwork = netip.MustParsePrefix("100.64.0.0/10")

// neverDialled are addresses at which clouds answer with secrets, and the one that means every machine.
var neverDialled = []netip.Addr{netip.MustParseAddr("169.254.169.254"), netip.MustParseAddr("fd00:ec2::254"), netip.MustParseAddr("100.100.100.200"),
	netip.MustParseAddr("255.255.255.255")}

func newDialling(loopback bool, networks []netip.Prefix) dialling {
	return dialling{loopback: loopback, networks: networks, lookup: func(ctx context.Context, host string) ([]netip.Addr, error) {
		return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	}}
}

// Why an address is not dialled.
const (
	dialNowhere = "that is the address of no single machine"
	dialItself  = "this machine itself is not called"
	dialOutside = "only addresses in this house's own networks are called"
	dialInHouse = "no machine of this house is called by what others say"
)

// refuses says why an address is not dialled; "" where it is.
func (d dialling) refuses(ip netip.Addr) string {
	zone := ip.Zone() != ""
	switch ip = ip.Unmap(); {
	case ip.IsLoopback() && !d.loopback, ip.IsLoopback() && d.open:
		return dialItself
	case ip.IsLoopback():
		return ""
	case !ip.IsValid() || zone || ip.IsUnspecified() || ip.IsMulticast() || slices.Contains(neverDialled, ip):
		return dialNowhere
	case d.networks == nil && ip.IsLinkLocalUnicast():
		return dialNowhere
	case d.networks != nil && !within(d.networks, ip):
		return dialOutside
	case d.open && (within(privateNetworks, ip) || sharedNetwork.Contains(ip)):
		return dialInHouse
	case d.own != nil && slices.Contains(d.own(), ip):
		return dialItself
	}
	return ""
}

func within(networks []netip.Prefix, ip netip.Addr) bool {
	return slices.ContainsFunc(networks, func(n netip.Prefix) bool { return n.Contains(ip) })
}

// resolve gives the one address to dial, or why there is none. A name is looked up once, and what was looked at is what is
// dialled: a name that answers otherwise the next moment leads nowhere else.
func (d dialling) resolve(ctx context.Context, host string) (ip netip.Addr, why string, err error) {
	found := []netip.Addr{{}}
	if found[0], err = netip.ParseAddr(host); err != nil {
		if found, err = d.lookup(ctx, host); err != nil {
			return netip.Addr{}, "", err
		}
	}
	why = "the name leads nowhere"
	for _, ip := range found {
		if why = d.refuses(ip); why == "" {
			return ip.Unmap(), "", nil
		}
	}
	return netip.Addr{}, why, nil
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
