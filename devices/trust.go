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
)

// serveTrust is the plain-HTTP side of a house that speaks HTTPS: the authority to install, and health.
func (s *Server) serveTrust(l net.Listener) error {
	app := fiber.New(fiber.Config{Immutable: true, DisableStartupMessage: true, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second,
		IdleTimeout: 30 * time.Second, BodyLimit: 4096, ReadBufferSize: HeaderLimit, ErrorHandler: s.broken})
	app.Use(s.guard)
	app.Get("/healthz", func(c *fiber.Ctx) error { return healthz(&call{Ctx: c, s: s}) })
	app.Get("/readyz", func(c *fiber.Ctx) error { return readyz(&call{Ctx: c, s: s}) })
	app.Get("/ca.pem", func(c *fiber.Ctx) error {
		b, err := s.authority()
		if err != nil {
			return fiber.ErrNotFound
		}
		c.Set("Content-Type", "application/x-x509-ca-cert")
		return c.Send(b)
	})
	app.Get("/", func(c *fiber.Ctx) error {
		b, err := s.authority()
		if err != nil {
			return fiber.ErrNotFound
		}
		c.Set("Content-Type", "text/html; charset=utf-8")
		return c.SendString(strings.Replace(trustPage, "FINGERPRINT", Fingerprint(b), 1))
	})
	s.mu.Lock()
	s.others = append(s.others, app)
	s.mu.Unlock()
	return app.Listener(l)
}

const trustPage = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Trust this warehouse</title><h1>Trust this warehouse</h1><p>Floorline speaks HTTPS with a certificate of its own. Install its authority once on each device, then open the HTTPS address that the server shows at start.<p><a href="/ca.pem">Download the authority</a><p>Before you trust it, compare its SHA-256 fingerprint with the one on the server's console:<p><code>FINGERPRINT</code>`

func (s *Server) authority() ([]byte, error) {
	return os.ReadFile(filepath.Join(s.o.Dir, "tls", "ca.pem"))
}

// Fingerprint is what people compare to know that an authority is this house's: SHA-256 of the certificate,
// as phones show it.
func Fingerprint(certPEM []byte) string {
	block, _ := pem.Decode(certPEM)
	if block == nil {
		return ""
	}
	sum := sha256.Sum256(block.Bytes)
	pairs := make([]string, len(sum))
	for i, b := range sum {
		pairs[i] = fmt.Sprintf("%02X", b)
	}
	return strings.Join(pairs, ":")
}
