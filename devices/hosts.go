package devices

import (
	"net"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"
)

// hosts is the list of names and addresses this server answers to. A page of another site that points a
// name of its own at us (DNS rebinding) is turned away by it.
type hosts struct {
	mu     sync.RWMutex
	names  map[string]bool
	all    bool      // a listener is on all interfaces
	looked time.Time // when their addresses were read last
}

func newHosts(names []string) *hosts {
	h := &hosts{names: map[string]bool{"localhost": true, "127.0.0.1": true, "::1": true}}
	for _, n := range names {
		h.names[strings.ToLower(n)] = true
	}
	if name, err := os.Hostname(); err == nil {
		name = strings.ToLower(name)
		h.names[name], h.names[name+".local"] = true, true
	}
	return h
}

// add lets the addresses of a listener in; of one on all interfaces, those of all interfaces.
func (h *hosts) add(a net.Addr) {
	h.mu.Lock()
	defer h.mu.Unlock()
	tcp, ok := a.(*net.TCPAddr)
	if !ok {
		return
	}
	if !tcp.IP.IsUnspecified() {
		h.names[tcp.IP.String()] = true
		return
	}
	h.all = true
	h.look()
}

// look lets the present addresses of all interfaces in. The caller holds the lock.
func (h *hosts) look() {
	h.looked = time.Now()
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return
	}
	for _, addr := range addrs {
		if n, ok := addr.(*net.IPNet); ok {
			h.names[n.IP.String()] = true
		}
	}
}

// gained is true of an address that this machine has since it was looked at last, as one that moved to another network.
func (h *hosts) gained(name string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.all && net.ParseIP(name) != nil && time.Since(h.looked) > time.Second {
		h.look()
	}
	return h.names[name]
}

// loopbackHost is true of a Host that means the asking machine itself.
func loopbackHost(host string) bool {
	ip := net.ParseIP(nameOf(host))
	return nameOf(host) == "localhost" || ip != nil && ip.IsLoopback()
}

// nameOf is the name or address of a Host header, without its port.
func nameOf(host string) string {
	name := host
	if n, _, err := net.SplitHostPort(host); err == nil {
		name = n
	}
	return strings.ToLower(strings.Trim(name, "[]"))
}

// known says whether a Host header names this server.
func (h *hosts) known(host string) bool {
	name := nameOf(host)
	h.mu.RLock()
	known := h.names[name]
	h.mu.RUnlock()
	return known || h.gained(name)
}

// origin says whether an Origin header is one of our own pages.
func (h *hosts) origin(origin string) bool {
	u, err := url.Parse(origin)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Path == "" && h.known(u.Host)
}
