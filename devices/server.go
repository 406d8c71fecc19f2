package devices

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"
	"github.com/valyala/fasthttp"

	"floorline/store"
)

// Limits of a request.
const (
	BodyLimit   = 1 << 20  // bytes of a body
	ImportLimit = 32 << 20 // bytes of an imported file
	HeaderLimit = 8 << 10
	ReadWithin  = 30 * time.Second
	WriteWithin = 60 * time.Second
	IdleWithin  = 2 * time.Minute
)

// Options of a Server.
type Options struct {
	Keeper   *store.Keeper
	Dir      string   // where imports wait and the demo keeps its badges
	Hosts    []string // further names this server answers to
	Loopback bool     // it listens on loopback alone: loopback printers are allowed
	// PrinterNetworks is where printers stand; none: in any private network.
	PrinterNetworks []netip.Prefix
	FramesPerSec    int // of one socket; 400 when 0
	Reset           func() error
	Reach           func() string // the address by which other devices open this server; nil: as they are asked
	HTTPS           func() *HTTPS // how this house is reached safely; nil: it speaks plain HTTP alone
	Log             *slog.Logger
	before          func(*Server) // what a test changes before anything works beside the writer
}

// Server answers everything that comes over the network.
type Server struct {
	keeper    *store.Keeper
	o         Options
	app       *fiber.App
	hub       *hub
	recall    *recall
	conns     *conns
	hosts     *hosts
	printer   *printers
	teller    *teller
	scales    *scales
	release   *releaser
	forecasts *forecaster
	replenish *replenisher
	buyer     *buyer
	follower  *follower
	tries     *tries
	turns     turns
	rates     *rates
	meter     meter
	patience  time.Duration // with a socket that says nothing
	cursor    [32]byte
	log       *slog.Logger

	importing sync.Mutex // one file is taken in at a time
	editing   sync.Mutex // one worker is changed at a time
	mu        sync.Mutex
	others    []aside // the trust page's
	claimCode string
}

// aside is a listener with an application of its own.
type aside struct {
	app   *fiber.App
	conns *conns
}

// New makes a server; Serve lets it listen.
func New(o Options) (*Server, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.FramesPerSec == 0 {
		o.FramesPerSec = 400
	}
	s := &Server{keeper: o.Keeper, o: o, log: o.Log, hosts: newHosts(o.Hosts), tries: newTries(), rates: newRates(), patience: PongWithin}
	if _, err := rand.Read(s.cursor[:]); err != nil {
		return nil, err
	}
	s.hub = newHub(s)
	s.printer = newPrinters(s)
	s.teller = newTeller(s)
	s.scales = newScales(s)
	s.release, s.forecasts, s.replenish = newReleaser(s), newForecaster(s), newReplenisher(s)
	s.buyer = newBuyer(s)
	s.follower = newFollower(s)
	s.app = fiber.New(fiber.Config{
		AppName: "Floorline", Immutable: true, CaseSensitive: true, StrictRouting: true,
		BodyLimit: ImportLimit, ReadBufferSize: HeaderLimit, ReadTimeout: ReadWithin, WriteTimeout: WriteWithin,
		IdleTimeout: IdleWithin, DisableStartupMessage: true, ErrorHandler: s.broken, ServerHeader: "",
		RequestMethods: []string{"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"},
	})
	s.app.Use(s.caught())
	s.app.Use(s.guard)
	s.mount()
	s.onlyMethods(s.app.Server())
	s.conns = watchConns(s.app.Server())
	s.recall = newRecall(o.Keeper)
	o.Keeper.Listen(s.recall.told) // first: what a session was told of must be known to those who come next
	o.Keeper.Listen(s.hub.told)
	o.Keeper.Listen(s.printer.told)
	o.Keeper.Listen(s.scales.told)
	o.Keeper.Listen(s.buyer.told)
	o.Keeper.Listen(s.teller.told)
	o.Keeper.Listen(s.replenish.told)
	if o.before != nil {
		o.before(s)
	}
	s.printer.start()
	s.teller.start()
	s.scales.start()
	s.release.start()
	s.forecasts.start()
	s.replenish.start()
	s.buyer.start()
	s.follower.start()
	if err := s.keyLinks(); err != nil {
		return nil, err
	}
	s.resumeImports()
	return s, nil
}

// caught keeps a handler that panics from taking the house down.
func (s *Server) caught() fiber.Handler {
	return recover.New(recover.Config{EnableStackTrace: true, StackTraceHandler: func(c *fiber.Ctx, e any) {
		s.log.Error("a handler panicked", "route", c.Route().Path, "panic", fmt.Sprint(e))
	}})
}

// broken answers what never reached a handler: no such route, a body too large, a panic.
func (s *Server) broken(c *fiber.Ctx, err error) error {
	status := fiber.StatusInternalServerError
	var fe *fiber.Error
	if errors.As(err, &fe) {
		status = fe.Code
	}
	secure(&c.Response().Header)
	code, say := "internal", "something went wrong in the server; its log says what"
	switch status {
	case 404:
		code, say = "not_found", "there is nothing here"
	case 405:
		code, say = "method_not_allowed", "this cannot be done here"
	case 413:
		code, say = "too_large", "the body is too large"
	case 431:
		code, say = "header_too_large", "the headers are too large"
	case 400:
		code, say = "bad_request", "the request cannot be read"
	}
	if status == 405 && c.Method() == "GET" {
		status, code, say = 404, "not_found", "there is nothing here"
	}
	return writeProblem(c, status, code, say, nil)
}

// mount enters the routes of the table, and the screens behind them.
func (s *Server) mount() {
	for _, r := range s.routes() {
		s.app.Add(r.method, r.path, s.handler(r))
	}
	s.app.Use("/api", func(c *fiber.Ctx) error { return fiber.ErrNotFound })
	s.app.Use("/hooks", func(c *fiber.Ctx) error { return fiber.ErrNotFound })
	s.mountScreens()
}

// Serve answers on a listener until Shutdown. With a TLS configuration it speaks HTTPS. A listener that is
// trustOnly says no more than how to reach the other one safely.
func (s *Server) Serve(l net.Listener, tc *tls.Config, trustOnly bool) error {
	s.hosts.add(l.Addr())
	if trustOnly {
		return s.serveTrust(l)
	}
	l = newDoor(l)
	if tc != nil {
		l = tls.NewListener(l, tc)
	}
	return s.app.Listener(l)
}

// Shutdown tells every socket to come back later, then stops listening.
func (s *Server) Shutdown(ctx context.Context) error {
	s.hub.drain(ctx)
	stopped, cancel := context.WithCancel(ctx)
	defer cancel()
	go s.conns.empty(stopped)
	err := s.app.ShutdownWithContext(ctx)
	s.mu.Lock()
	others := s.others
	s.mu.Unlock()
	for _, o := range others {
		go o.conns.empty(stopped)
		err = errors.Join(err, o.app.ShutdownWithContext(ctx))
	}
	s.follower.stop()
	s.buyer.stop()
	s.release.stop()
	s.replenish.stop()
	s.forecasts.stop()
	s.printer.stop()
	s.teller.stop()
	s.scales.stop()
	return err
}

// onlyMethods answers methods that nobody here speaks, before Fiber calls them malformed.
func (s *Server) onlyMethods(server *fasthttp.Server) {
	inner := server.Handler
	server.Handler = func(ctx *fasthttp.RequestCtx) {
		switch string(ctx.Method()) {
		case "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH":
			inner(ctx)
		default:
			secure(&ctx.Response.Header)
			ctx.SetStatusCode(fasthttp.StatusMethodNotAllowed)
			ctx.SetContentType("application/problem+json")
			ctx.SetBodyString(`{"type":"/api/docs#method_not_allowed","title":"Method Not Allowed","status":405,"code":"method_not_allowed","detail":"this method is not spoken here"}`)
		}
	}
}

// policy is what a page of ours may do: nothing that stands in the page itself, and nothing of another house.
const policy = "default-src 'self'; img-src 'self' data: blob:; frame-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; worker-src 'self' blob:"

// secure sets the headers that every answer has, also one that no handler gave.
func secure(h *fasthttp.ResponseHeader) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Content-Security-Policy", policy)
}

// guard is what every request passes: the host it asks for, and the headers every answer has.
func (s *Server) guard(c *fiber.Ctx) error {
	secure(&c.Response().Header)
	if !s.hosts.known(string(c.Request().Header.Host())) || strings.Contains(string(c.Request().Header.RequestURI()), "://") {
		return writeProblem(c, 421, "unknown_host", "this server does not answer to that name; add it with --host", nil)
	}
	if len(c.OriginalURL()) > 4096 {
		return writeProblem(c, 414, "url_too_long", "the address is too long", nil)
	}
	if packed(c) { // before anything asks for the body, which would unpack it
		return writeProblem(c, 415, "bad_encoding", "send the body as it is, not compressed", nil)
	}
	if n := len(c.Request().Body()); n > BodyLimit && !strings.HasPrefix(c.Path(), "/api/v1/imports") && (n > PhotoBytes || !isPhoto(c.Path())) {
		return writeProblem(c, 413, "too_large", "a body has at most 1 MiB", nil)
	}
	return c.Next()
}

// isPhoto is true of an address that takes photos, which are larger than other bodies.
func isPhoto(path string) bool {
	return strings.HasPrefix(path, "/api/v1/") && strings.HasSuffix(path, "/photos")
}

// packed is true of a body that any of its headers calls compressed: Fiber unpacks by the last one, without a limit.
func packed(c *fiber.Ctx) (yes bool) {
	c.Request().Header.VisitAll(func(key, value []byte) {
		if strings.EqualFold(string(key), "Content-Encoding") && len(value) > 0 && string(value) != "identity" {
			yes = true
		}
	})
	return yes
}
