package devices

import (
	"bufio"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"github.com/valyala/fasthttp"
)

// Subprotocol is the socket's language.
const Subprotocol = "floorline.v1"

// upgrader's origin check is done before the hijack, where a refusal can still be said.
var upgrader = websocket.Upgrader{ReadBufferSize: 1024, WriteBufferSize: 4096, WriteBufferPool: &sync.Pool{},
	Subprotocols: []string{Subprotocol}, CheckOrigin: func(*http.Request) bool { return true }}

// socket turns a request into a live session. gorilla's upgrader works on net/http, so the connection is
// taken over from fasthttp and lent to it. The session runs inside the hijack handler: once that returns,
// fasthttp gives the connection's wrapper to somebody else.
func socket(c *call) error {
	origin := c.Get("Origin")
	if origin != "" && !c.s.hosts.origin(origin) {
		return writeProblem(c.Ctx, 403, "foreign_origin", "a page of another site may not open this socket", nil)
	}
	if !strings.EqualFold(c.Get("Upgrade"), "websocket") {
		return writeProblem(c.Ctx, 426, "upgrade", "this is a WebSocket: "+Subprotocol, nil)
	}
	old := ""
	if offered := c.Get("Sec-WebSocket-Protocol"); offered != "" && !strings.Contains(offered, Subprotocol) {
		if old = otherVersion(offered); old == "" {
			return writeProblem(c.Ctx, 400, "bad_subprotocol", "speak "+Subprotocol, nil)
		}
	}
	who := c.who
	// A browser's cookie stands in for a token only on a page of ours.
	cookie := who.what == "session" && origin != "" && c.sameSite()
	if who.what == "session" && !cookie {
		who = caller{}
	}
	r := handshake(c)
	ctx := c.Context()
	ctx.HijackSetNoResponse(true)
	ctx.Hijack(func(conn net.Conn) {
		w := &hijacked{conn: &gathered{Conn: conn}, header: http.Header{}}
		if old != "" {
			sayOld(w, r, old)
			return
		}
		ws, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		c.s.runSession(ws, who, cookie)
	})
	return nil
}

// otherVersion picks a version of our protocol that this server does not speak.
func otherVersion(offered string) string {
	for _, p := range strings.Split(offered, ",") {
		if p = strings.TrimSpace(p); strings.HasPrefix(p, "floorline.v") {
			return p
		}
	}
	return ""
}

// sayOld opens a socket only to close it with a code: a page cannot see why a handshake was refused, and would
// try again for ever in place of loading its newer self.
func sayOld(w *hijacked, r *http.Request, version string) {
	u := upgrader
	u.Subprotocols = []string{version}
	ws, err := u.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	_ = ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(closeOld, "this server speaks "+Subprotocol+": load the page again"), time.Now().Add(SendWithin))
	_ = ws.SetReadDeadline(time.Now().Add(LingerFor))
	_, _, _ = ws.ReadMessage()
	_ = ws.Close()
}

// handshake copies what the upgrader needs: fasthttp's strings are reused once the handler returns.
func handshake(c *call) *http.Request {
	h := http.Header{}
	c.Request().Header.VisitAll(func(k, v []byte) { h.Add(string(k), string(v)) })
	return &http.Request{Method: http.MethodGet, Header: h, Host: string(c.Request().Header.Host()), URL: &url.URL{Path: "/api/v1/socket"},
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}
}

// hijacked is the little of net/http that the upgrader asks for.
type hijacked struct {
	conn   net.Conn
	header http.Header
	wrote  bool
}

func (h *hijacked) Header() http.Header { return h.header }

func (h *hijacked) Write(b []byte) (int, error) {
	if !h.wrote {
		h.WriteHeader(http.StatusOK)
	}
	return h.conn.Write(b)
}

// WriteHeader is called by the upgrader only to refuse.
func (h *hijacked) WriteHeader(status int) {
	h.wrote = true
	_, _ = h.conn.Write([]byte("HTTP/1.1 " + strconv.Itoa(status) + " " + fasthttp.StatusMessage(status) + "\r\nConnection: close\r\n\r\n"))
}

func (h *hijacked) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return h.conn, bufio.NewReadWriter(bufio.NewReaderSize(h.conn, 1024), bufio.NewWriterSize(h.conn, 1024)), nil
}

// gathered is a connection that can hold back what is written, so that ten verdicts leave in one packet and
// not in twenty: the WebSocket library writes a frame's head and its body each by themselves.
type gathered struct {
	net.Conn
	mu      sync.Mutex
	holding bool
	held    []byte
}

// holdBytes is how much is held back at most.
const holdBytes = 64 << 10

func (g *gathered) Write(b []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.holding {
		return g.Conn.Write(b)
	}
	if g.held = append(g.held, b...); len(g.held) < holdBytes {
		return len(b), nil
	}
	if err := g.flush(); err != nil {
		return 0, err
	}
	return len(b), nil
}

func (g *gathered) hold() {
	g.mu.Lock()
	g.holding = true
	g.mu.Unlock()
}

// letGo writes what was held back.
func (g *gathered) letGo() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.holding = false
	return g.flush()
}

// flush needs the lock.
func (g *gathered) flush() error {
	if len(g.held) == 0 {
		return nil
	}
	_, err := g.Conn.Write(g.held)
	g.held = nil
	return err
}

// LingerFor is how long a closed socket is read on, so that its close code reaches a client that is still
// sending: bytes nobody reads would have the connection reset, and the code lost.
const LingerFor = time.Second

func (x *session) linger() {
	conn := x.ws.UnderlyingConn()
	_ = conn.SetReadDeadline(time.Now().Add(LingerFor))
	buf := make([]byte, 4096)
	for n := 0; n < 256; n++ {
		if _, err := conn.Read(buf); err != nil {
			break
		}
	}
	_ = x.ws.Close()
}
