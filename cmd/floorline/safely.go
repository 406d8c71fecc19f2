package main

import (
	"cmp"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"floorline/devices"
)

// reach is the address by which other devices open this house. Under a certificate that was brought it is the name
// that the certificate is for: by an address, browsers would warn.
func (h *house) reach(listeners []listener) string {
	l := listeners[len(listeners)-1]
	for _, name := range h.names() {
		if name != "localhost" {
			return fmt.Sprintf("%s://%s", l.name, net.JoinHostPort(name, fmt.Sprint(l.Addr().(*net.TCPAddr).Port)))
		}
	}
	return l.reach()
}

// names are those that a certificate which was brought is for; a wildcard is no name to open.
func (h *house) names() (out []string) {
	if h.cert == nil || !h.own {
		return nil
	}
	for _, name := range h.cert.shown.Load().Leaf.DNSNames {
		if !strings.HasPrefix(name, "*.") {
			out = append(out, name)
		}
	}
	return out
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

// sayCertificate says how long the certificate of a data directory holds, or one that was brought. It gives 1 where
// browsers refuse it by now, and says nothing of a house that never spoke HTTPS.
func sayCertificate(dir, brought string, out io.Writer) int {
	s := &devices.HTTPS{Brought: brought != ""}
	leaf, err := certificateIn(cmp.Or(brought, filepath.Join(dir, "tls", "leaf.pem")))
	if errors.Is(err, fs.ErrNotExist) && brought == "" {
		return 0
	}
	var root *x509.Certificate
	if err == nil && brought == "" {
		if root, err = certificateIn(filepath.Join(dir, "tls", "ca.pem")); err == nil {
			s.Root = root.NotAfter
		}
	}
	if err != nil {
		fmt.Fprintln(out, "certificate: cannot be read:", err)
		return 1
	}
	s.Until = leaf.NotAfter
	line, over := s.Line(time.Now())
	fmt.Fprintln(out, line)
	if over {
		return 1
	}
	return 0
}

// certificateIn is the first certificate of a PEM file.
func certificateIn(file string) (*x509.Certificate, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(b)
	if block == nil {
		return nil, fmt.Errorf("%s holds no PEM", file)
	}
	return x509.ParseCertificate(block.Bytes)
}
