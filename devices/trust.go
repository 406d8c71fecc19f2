package devices

import (
	"crypto/sha256"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"floorline/floor"
)

// HTTPS is how this house is reached safely.
type HTTPS struct {
	URL     string    // of the safe listener, as other devices open it
	Plain   string    // of the listener that a device opens before it trusts this server
	Brought bool      // the certificate is the customer's own: there is nothing to install
	Until   time.Time // of the certificate that is shown
	Root    time.Time // until when the house's own authority holds; zero with a brought certificate
}

// trustRoutes are what a device needs before it trusts this server. They stand on the plain listener too.
func (s *Server) trustRoutes() []route {
	return []route{
		{"GET", "/trust", 0, false, true, trustPage},
		{"GET", "/trust.css", 0, false, true, trustCSS},
		{"GET", "/trust.svg", 0, false, true, trustQR},
		{"GET", "/ca.pem", 0, false, true, authorityPEM},
		{"GET", "/ca.crt", 0, false, true, authorityDER},
		{"GET", "/floorline.mobileconfig", 0, false, true, authorityProfile},
	}
}

// serveTrust is the plain-HTTP side of a house that speaks HTTPS: how to trust it, and health.
func (s *Server) serveTrust(l net.Listener) error {
	app := fiber.New(fiber.Config{Immutable: true, CaseSensitive: true, StrictRouting: true, DisableStartupMessage: true,
		ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: 30 * time.Second, BodyLimit: 4096,
		ReadBufferSize: HeaderLimit, ErrorHandler: s.broken})
	app.Use(s.caught())
	app.Use(s.guard)
	for _, r := range append(s.trustRoutes(), route{"GET", "/", 0, false, true, trustPage},
		route{"GET", "/healthz", 0, false, true, healthz}, route{"GET", "/readyz", 0, false, true, readyz}) {
		app.Get(r.path, s.handler(r))
	}
	s.onlyMethods(app.Server())
	s.mu.Lock()
	s.others = append(s.others, aside{app, watchConns(app.Server())})
	s.mu.Unlock()
	return app.Listener(newDoor(l))
}

// https is how this house is reached safely; nil where it speaks plain HTTP alone.
func (s *Server) https() *HTTPS {
	if s.o.HTTPS == nil {
		return nil
	}
	return s.o.HTTPS()
}

// authority is the certificate that devices are to trust, as DER; nil where there is none of the house's own.
func (s *Server) authority() []byte {
	if h := s.https(); h == nil || h.Brought {
		return nil
	}
	b, err := os.ReadFile(filepath.Join(s.o.Dir, "tls", "ca.pem"))
	if err != nil {
		return nil
	}
	block, _ := pem.Decode(b)
	if block == nil || block.Type != "CERTIFICATE" { // whatever lies there, a key is never handed out
		return nil
	}
	return block.Bytes
}

// handOut sends the authority in one of its shapes, as a file of that name.
func handOut(c *call, kind, name string, shape func(der []byte) []byte) error {
	der := c.s.authority()
	if der == nil {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_authority", Say: "this server has no authority of its own: there is nothing to install"})
	}
	c.Set("Content-Type", kind)
	c.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	c.Set("Cache-Control", "no-cache")
	return c.Send(shape(der))
}

func authorityPEM(c *call) error {
	return handOut(c, "application/x-pem-file", "floorline-ca.pem", func(der []byte) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	})
}

func authorityDER(c *call) error {
	return handOut(c, "application/x-x509-ca-cert", "floorline-ca.crt", func(der []byte) []byte { return der })
}

func authorityProfile(c *call) error {
	return handOut(c, "application/x-apple-aspen-config", "floorline.mobileconfig", func(der []byte) []byte {
		return mobileConfig(c.siteName(), der)
	})
}

// siteName is what people call this warehouse; empty before it has a name.
func (c *call) siteName() (name string) {
	c.view(func(st *floor.State) { name = st.Site.Name })
	return name
}

// trustQR is the address of the trust page for another device's camera: the plain one, which it opens without a warning.
func trustQR(c *call) error {
	c.Set("Content-Type", "image/svg+xml")
	c.Set("Cache-Control", "no-cache")
	return c.Send(qrSVG(c.plainAddress() + "/trust"))
}

// plainAddress is where a device that does not trust this server yet opens it.
func (c *call) plainAddress() string {
	if h := c.s.https(); h != nil && h.Plain != "" {
		return h.Plain
	}
	return c.reach()
}

// Fingerprint is what people compare to know that an authority is this house's: SHA-256 of the certificate,
// as phones show it.
func Fingerprint(certPEM []byte) string {
	block, _ := pem.Decode(certPEM)
	if block == nil {
		return ""
	}
	return fingerprint(block.Bytes)
}

func fingerprint(der []byte) string {
	sum := sha256.Sum256(der)
	pairs := make([]string, len(sum))
	for i, b := range sum {
		pairs[i] = fmt.Sprintf("%02X", b)
	}
	return strings.Join(pairs, ":")
}
