package devices

import (
	"io/fs"
	"mime"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"

	"floorline/static"
)

// pages are the paths of the one application; a path under /floor/ is one of its pages too.
var pages = map[string]bool{"/": true, "/pair": true, "/claim": true, "/signin": true, "/handheld": true, "/bench": true, "/dock": true, "/returns": true, "/floor": true}

func (s *Server) mountScreens() {
	files, built := static.Files()
	s.app.Use(func(c *fiber.Ctx) error {
		if c.Method() != fiber.MethodGet && c.Method() != fiber.MethodHead {
			return fiber.ErrMethodNotAllowed
		}
		if err := (&call{Ctx: c, s: s}).tooFast(false); err != nil {
			return (&call{Ctx: c, s: s}).problem(err)
		}
		p := c.Path()
		page := pages[p] || strings.HasPrefix(p, "/floor/")
		if !built {
			if !page {
				return fiber.ErrNotFound
			}
			c.Set("Content-Type", "text/html; charset=utf-8")
			return c.Send(static.Unbuilt)
		}
		if page {
			p = "/index.html"
		}
		if lost(c, files, p) {
			c.Status(fiber.StatusNotFound)
			p = "/index.html"
		}
		return sendFile(c, files, strings.TrimPrefix(p, "/"))
	})
}

// lost says whether a person's browser asks for a page that is nowhere: it is shown the page that says so, and
// a program gets the problem it can read.
func lost(c *fiber.Ctx, files fs.FS, p string) bool {
	if path.Ext(p) != "" || strings.HasPrefix(p, "/api/") || c.Accepts("application/json", "text/html") != "text/html" {
		return false
	}
	_, err := fs.Stat(files, strings.TrimPrefix(p, "/"))
	return err != nil
}

// sendFile sends a built file. Those under assets have their content's hash in their name.
func sendFile(c *fiber.Ctx, files fs.FS, name string) error {
	if name != path.Clean(name) || !fs.ValidPath(name) {
		return fiber.ErrNotFound
	}
	b, err := fs.ReadFile(files, name)
	if err != nil {
		return fiber.ErrNotFound
	}
	kind := mime.TypeByExtension(path.Ext(name))
	switch path.Ext(name) {
	case ".wasm":
		kind = "application/wasm"
	case ".webmanifest":
		kind = "application/manifest+json"
	case ".js":
		kind = "text/javascript; charset=utf-8"
	case "":
		kind = "application/octet-stream"
	}
	c.Set("Content-Type", kind)
	if strings.HasPrefix(name, "assets/") {
		c.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		c.Set("Cache-Control", "no-cache")
	}
	return c.Send(b)
}
