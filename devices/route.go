package devices

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"floorline/floor"
)

// route is one line of the table: what is asked, who may ask, who answers.
type route struct {
	method, path string
	who          floor.Roles // any of these
	device       bool        // a paired device may ask too
	public       bool        // anybody on the network may ask
	do           func(c *call) error
}

// caller is who asks: a token, a person at a browser, or a paired device with whoever works on it.
type caller struct {
	digest string // of the token shown
	what   string // token, session or device
	worker floor.WorkerID
	device floor.DeviceID
	roles  floor.Roles
}

// call is one request being answered.
type call struct {
	*fiber.Ctx
	s   *Server
	who caller
}

// Params gives a part of the address as it was meant: a SKU may hold a slash or a blank, sent as %2F or %20.
func (c *call) Params(key string, ifNone ...string) string {
	raw := c.Ctx.Params(key, ifNone...)
	if s, err := url.PathUnescape(raw); err == nil {
		return s
	}
	return raw
}

func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// handler checks who asks before anything else happens.
func (s *Server) handler(r route) fiber.Handler {
	return func(ctx *fiber.Ctx) error {
		c := &call{Ctx: ctx, s: s}
		known := c.identify()
		if err := c.tooFast(known); err != nil {
			return c.problem(err)
		}
		if c.badKey() {
			return c.problem(&floor.Error{Kind: "malformed", Code: "bad_idempotency_key", Say: "an Idempotency-Key has at most 255 visible characters"})
		}
		if r.public {
			return r.do(c)
		}
		if !known {
			ctx.Set("WWW-Authenticate", "Bearer")
			return c.problem(&floor.Error{Kind: "unauthorized", Code: "sign_in", Say: "show a token, or sign in"})
		}
		if !c.who.roles.Has(r.who) && !(r.device && c.deviceMay(r)) {
			return c.problem(&floor.Error{Kind: floor.Forbidden, Code: "not_allowed", Say: "you have no role for this"})
		}
		if c.who.what == "session" && ctx.Method() != "GET" && ctx.Method() != "HEAD" && !c.sameSite() {
			return c.problem(&floor.Error{Kind: floor.Forbidden, Code: "foreign_origin", Say: "this came from another site"})
		}
		return r.do(c)
	}
}

// deviceMay says whether a device may ask for its worker, whatever their role. One with nobody on it lies about for
// anybody to pick up: it is told what any worker may know, and nothing of orders and whom they go to.
func (c *call) deviceMay(r route) bool {
	return c.who.what == "device" && (c.who.worker != "" || r.who == anyWorker || r.who == 0)
}

// SessionCookie carries a person's session in a browser.
const SessionCookie = "floorline"

// cookieName is the session cookie's name: under HTTPS one that browsers take from this very host alone.
func (c *call) cookieName() string {
	if c.Secure() {
		return "__Host-" + SessionCookie
	}
	return SessionCookie
}

// identify finds out who asks, by bearer token or cookie. A token in the address counts for nothing.
func (c *call) identify() bool {
	secret, what := "", ""
	if bearer, ok := strings.CutPrefix(c.Get("Authorization"), "Bearer "); ok {
		secret = bearer
	} else if cookie := c.Cookies(c.cookieName()); cookie != "" {
		secret, what = cookie, "session"
	}
	if secret == "" || len(secret) > 256 {
		return false
	}
	who, ok := c.s.callerOf(digest(secret))
	if !ok || what == "session" && who.what != "session" || what == "" && who.what == "session" {
		return false
	}
	c.who = who
	return true
}

// callerOf gives whom a token's digest stands for.
func (s *Server) callerOf(digest string) (who caller, ok bool) {
	now := s.now()
	s.keeper.View(func(st *floor.State) {
		cr := st.Credentials[digest]
		if cr == nil || cr.Until != 0 && cr.Until <= now {
			return
		}
		who, ok = caller{digest: digest, what: cr.What, worker: cr.Worker, device: cr.Device, roles: cr.Roles}, true
		switch cr.What {
		case "session":
			w := st.Workers[cr.Worker]
			if ok = w != nil && !w.Disabled; ok {
				who.roles = w.Roles
			}
		case "device":
			d := st.Devices[cr.Device]
			if ok = d != nil; ok {
				who.worker, who.roles = d.Worker, d.Roles
			}
		}
	})
	return who, ok
}

// sameSite is true of a request that a page of ours made, as far as the browser says.
func (c *call) sameSite() bool {
	if o := c.Get("Origin"); o != "" {
		return c.s.hosts.origin(o) && strings.HasSuffix(o, "://"+string(c.Request().Header.Host()))
	}
	site := c.Get("Sec-Fetch-Site")
	return site == "" || site == "same-origin"
}

// command makes the command that a request asks for. With an Idempotency-Key its answer is kept.
func (c *call) command(v floor.Verb) *floor.Command {
	cmd := &floor.Command{Device: c.who.device, Worker: c.who.worker, Roles: c.who.roles, Verb: v}
	if key := c.Get("Idempotency-Key"); key != "" {
		cmd.ID = "k/" + digest(c.who.digest + "\x00" + key)[:40]
		sum := sha256.Sum256([]byte(c.Method() + "\x00" + c.Path() + "\x00" + string(c.Request().URI().QueryString()) + "\x00" + string(c.Body())))
		copy(cmd.Hash[:], sum[:])
		cmd.Keep = true
		cmd.Device = "" // the key is the caller's, not the device's
	}
	return cmd
}

// run has a verb decided and answers with what came of it.
func (c *call) run(v floor.Verb, status int) error {
	return c.answer(c.s.keeper.Do(c.command(v)), status)
}

// badKey is true of an Idempotency-Key that nobody should keep.
func (c *call) badKey() bool {
	key := c.Get("Idempotency-Key")
	return len(key) > 255 || strings.ContainsFunc(key, func(r rune) bool { return r < ' ' || r > '~' })
}

// answer writes an answer: a kept body to the byte, else its result as JSON.
func (c *call) answer(a *floor.Answer, status int) error {
	if a.Err != nil {
		return c.problem(a.Err)
	}
	if a.Status != 0 {
		status = a.Status
	}
	if a.Replayed {
		c.Set("Idempotency-Replayed", "true")
	}
	if a.Body != nil {
		c.Set("Content-Type", "application/json")
		return c.Status(status).Send(a.Body)
	}
	if a.Result == nil && !a.Replayed {
		return c.SendStatus(fiber.StatusNoContent)
	}
	return c.json(status, a.Result)
}

func (c *call) json(status int, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	c.Set("Content-Type", "application/json")
	return c.Status(status).Send(b)
}

func (c *call) view(fn func(*floor.State)) { c.s.keeper.View(fn) }
