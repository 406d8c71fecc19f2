package main

import (
	"crypto/x509"
	"fmt"
	"net"
	"strings"

	"floorline/devices"
)

// reach is the address by which other devices open this house. Under a certificate that was brought it is the name
// that the certificate is for: by an address, browsers would warn.
func (h *house) reach(listeners []listener) string {
	l := listeners[len(listeners)-1]
	if h.cert == nil || !h.own {
		return l.reach()
	}
	for _, name := range h.cert.shown.Load().Leaf.DNSNames {
		if !strings.HasPrefix(name, "*.") {
			return fmt.Sprintf("%s://%s", l.name, net.JoinHostPort(name, fmt.Sprint(l.Addr().(*net.TCPAddr).Port)))
		}
	}
	return l.reach()
}

// safely says how this house is reached over HTTPS; nil without it.
func (h *house) safely(listeners []listener) func() *devices.HTTPS {
	if h.cert == nil || len(listeners) < 2 {
		return nil
	}
	return func() *devices.HTTPS {
		shown := h.cert.shown.Load()
		s := &devices.HTTPS{URL: h.reach(listeners), Plain: listeners[0].reach(), Brought: h.own, Until: shown.Leaf.NotAfter}
		if root := rootOf(shown.Certificate); !h.own && root != nil {
			s.Root = root.NotAfter
		}
		return s
	}
}

// rootOf is the last certificate of a chain.
func rootOf(chain [][]byte) *x509.Certificate {
	if len(chain) < 2 {
		return nil
	}
	root, err := x509.ParseCertificate(chain[len(chain)-1])
	if err != nil {
		return nil
	}
	return root
}
