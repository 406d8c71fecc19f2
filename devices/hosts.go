package devices

import (
	"net"
	"net/url"
	"os"
	"strings"
	"sync"
)

// hosts is the list of names and addresses this server answers to. A page of another site that points a
// name of its own at us (DNS rebinding) is turned away by it.
type hosts struct {
	mu    sync.RWMutex
	names map[string]bool
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

// known says whether a Host header names this server.
func (h *hosts) known(host string) bool {
	name := host
	if n, _, err := net.SplitHostPort(host); err == nil {
		name = n
	}
	name = strings.ToLower(strings.Trim(name, "[]"))
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.names[name]
}

// origin says whether an Origin header is one of our own pages.
func (h *hosts) origin(origin string) bool {
	u, err := url.Parse(origin)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Path == "" && h.known(u.Host)
}
