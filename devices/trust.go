package devices

import (
	"net"
	"os"
	"path/filepath"
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
		b, err := os.ReadFile(filepath.Join(s.o.Dir, "tls", "ca.pem"))
		if err != nil {
			return fiber.ErrNotFound
		}
		c.Set("Content-Type", "application/x-x509-ca-cert")
		return c.Send(b)
	})
	app.Get("/", func(c *fiber.Ctx) error {
		c.Set("Content-Type", "text/html; charset=utf-8")
		return c.SendString(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Trust this warehouse</title><h1>Trust this warehouse</h1><p>Floorline speaks HTTPS with a certificate of its own. Install its authority once on each device, then open the HTTPS address that the server shows at start.<p><a href="/ca.pem">Download the authority</a>`)
	})
	s.mu.Lock()
	s.others = append(s.others, app)
	s.mu.Unlock()
	return app.Listener(l)
}
