package main

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"github.com/oklog/ulid/v2"
)

// handheld is one device (or one lead's screen) of the reconnect rig. It keeps what a real one keeps, its outbox and
// its place in the journal, and holds every frame against what it was told before.
type handheld struct {
	crowd  *crowd
	token  string
	device string // "" for a lead's screen
	topics []string
	cache  tls.ClientSessionCache
	chance *rand.Rand

	mu      sync.Mutex
	ws      *websocket.Conn
	n       uint64  // of the last scan made
	outbox  []*shot // made and not yet decided
	sent    []string
	taken   int
	epoch   uint64
	at      uint64      // resumes from here: everything up to here was heard
	prev    uint64      // the seq that the next event must name
	first   uint64      // where the first welcome stood: what it heard begins there
	events  []uint64    // heard, in order
	head    uint64      // of the last welcome
	quiet   bool        // everything that the last welcome owed has been heard
	missing [][2]uint64 // spans that an honest recovered:false left out
	snaps   int         // topics whose snapshot came whole since the last welcome
	lies    []string
	welcome landing
	pongs   chan struct{}
	passed  chan struct{} // the gate that it came through last
}

// shot is one scan or undo under its own number.
type shot struct {
	id    string
	n     uint64
	body  string
	known bool // the floor said it had taken it: a replayed verdict is owed, and not a new one
	again bool // sent anew on a later connection
}

// landing is one welcome, as the rig counts it.
type landing struct {
	who       *handheld
	at        time.Time
	round     int
	recovered bool
	resumed   bool // the TLS session was
	shook     time.Time
	tries     int
}

func (h *handheld) lie(format string, a ...any) {
	if len(h.lies) < 5 {
		h.lies = append(h.lies, fmt.Sprintf(format, a...))
	}
}

// live connects and comes back, until ctx ends.
func (h *handheld) live(ctx context.Context) {
	tries := 0
	for ctx.Err() == nil {
		if h.connect(ctx, tries) {
			tries = 0
			h.listen()
		}
		h.pause(ctx, tries)
		tries++
	}
}

// pause waits as our own client does, with full jitter; at a gate it waits for everybody.
func (h *handheld) pause(ctx context.Context, tries int) {
	h.mu.Lock() // the scanning side draws its numbers from the same chance
	share := h.chance.Float64()
	h.mu.Unlock()
	wait := time.Duration(share * float64(min(5*time.Second, 250*time.Millisecond<<min(tries, 10))))
	gate := h.crowd.gateNow()
	if gate != nil && gate != h.passed {
		h.passed, wait = gate, time.Hour
		h.crowd.parked.Done()
	} else {
		gate = nil
	}
	select {
	case <-ctx.Done():
	case <-gate:
	case <-time.After(wait):
	}
}

// connect dials and says hello; the welcome is heard by listen.
func (h *handheld) connect(ctx context.Context, tries int) bool {
	mark := landing{who: h, round: int(h.crowd.round.Load()), tries: tries}
	dialer := websocket.Dialer{Subprotocols: []string{"floorline.v1"}, HandshakeTimeout: 30 * time.Second, ReadBufferSize: 1024, WriteBufferSize: 1024,
		NetDialTLSContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := new(net.Dialer).DialContext(ctx, network, addr)
			if err != nil {
				return nil, err
			}
			c := tls.Client(conn, &tls.Config{RootCAs: h.crowd.roots, ServerName: "127.0.0.1", ClientSessionCache: h.cache})
			if err := c.HandshakeContext(ctx); err != nil {
				_ = conn.Close()
				return nil, err
			}
			mark.shook, mark.resumed = time.Now(), c.ConnectionState().DidResume
			return c, nil
		}}
	ws, _, err := dialer.DialContext(ctx, "wss"+strings.TrimPrefix(h.crowd.server.tls, "https")+"/api/v1/socket", nil)
	if err != nil {
		h.crowd.refused.Add(1)
		return false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	hello := map[string]any{"type": "hello", "token": h.token, "topics": h.topics}
	if h.epoch > 0 {
		hello["epoch"], hello["seq"] = h.epoch, h.at
	}
	h.ws, h.welcome, h.quiet, h.head, h.snaps = ws, mark, false, 0, 0
	return ws.WriteJSON(hello) == nil
}

// listen takes frames until the connection ends.
func (h *handheld) listen() {
	for {
		_, b, err := h.ws.ReadMessage()
		if err != nil {
			h.ended(err)
			return
		}
		var f told
		if err := json.Unmarshal(b, &f); err != nil {
			h.lie("no JSON: %s", b)
			return
		}
		h.mu.Lock()
		h.take(&f)
		h.mu.Unlock()
	}
}

// ended looks at how a connection ended: only the power, the rig itself and slowness may end one.
func (h *handheld) ended(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	_ = h.ws.Close()
	h.head = 0
	var ce *websocket.CloseError
	if errors.As(err, &ce) && ce.Code != websocket.CloseAbnormalClosure && ce.Code != websocket.CloseGoingAway {
		if ce.Code == 4408 {
			h.crowd.slow.Add(1)
			return
		}
		h.lie("shut out with %d %s", ce.Code, ce.Text)
	}
}

// told is a frame from the floor.
type told struct {
	Type, ID, Code, Class string
	Epoch, Seq, Prev      uint64
	N                     *uint64
	Recovered, Replayed   bool
	Last                  bool
}

func (h *handheld) take(f *told) {
	switch f.Type {
	case "welcome":
		h.land(f)
	case "event":
		if f.Prev != h.prev {
			h.lie("a hole: event %d comes after %d and names %d", f.Seq, h.prev, f.Prev)
		}
		if f.Seq <= h.prev {
			h.lie("event %d was there already, up to %d", f.Seq, h.prev)
		}
		h.events = append(h.events, f.Seq)
		h.prev = f.Seq
		if h.quiet || f.Seq > h.at {
			h.at = f.Seq
		}
	case "verdict":
		h.decided(f)
	case "snapshot":
		if f.Last {
			h.snaps++
		}
	case "pong": // it comes behind everything that the welcome owed
		if !h.quiet {
			h.quiet, h.at = true, max(h.at, h.head)
			if !h.welcome.recovered && h.device == "" && h.snaps != len(h.topics) {
				h.lie("%d of %d snapshots", h.snaps, len(h.topics))
			}
		}
		select {
		case h.pongs <- struct{}{}:
		default:
		}
	case "resend", "error":
		h.lie("%s %s", f.Type, f.Code)
	}
}

// land holds a welcome against what this device knows, and sends what has no verdict yet.
func (h *handheld) land(f *told) {
	h.welcome.at, h.welcome.recovered = time.Now(), f.Recovered
	h.head = f.Seq
	switch {
	case h.epoch == 0:
		h.first, h.prev, h.at = f.Seq, f.Seq, f.Seq
	case f.Epoch != h.epoch || f.Seq < h.at:
		h.lie("the floor lost its journal: epoch %d seq %d after %d %d", f.Epoch, f.Seq, h.epoch, h.at)
	case !f.Recovered:
		h.missing = append(h.missing, [2]uint64{h.at, f.Seq})
		h.prev, h.at = f.Seq, f.Seq
	default:
		h.prev = h.at
	}
	h.epoch = f.Epoch
	if h.device != "" {
		lowest := h.n - uint64(len(h.outbox)) // everything before the outbox has a verdict
		if f.N == nil || *f.N < lowest || *f.N > h.n {
			h.lie("welcome.n is %v, and %d to %d were made", f.N, lowest, h.n)
			return
		}
		for _, s := range h.outbox {
			s.known, s.again = s.n <= *f.N, true
			h.write(s)
		}
	}
	_ = h.say(pingFrame)
	h.crowd.landings <- h.welcome
}

func (h *handheld) write(s *shot) {
	_ = h.say(fmt.Appendf(nil, `{"id":"%s","n":%d,"origin":"wedge",%s`, s.id, s.n, s.body[1:]))
}

func (h *handheld) say(frame []byte) error {
	_ = h.ws.SetWriteDeadline(time.Now().Add(20 * time.Second))
	return h.ws.WriteMessage(websocket.TextMessage, frame)
}

// decided takes the one verdict of a scan.
func (h *handheld) decided(f *told) {
	if len(h.outbox) == 0 || h.outbox[0].id != f.ID {
		h.lie("a verdict %s for %s that nobody waits for", f.Code, f.ID)
		return
	}
	s := h.outbox[0]
	h.outbox = h.outbox[1:]
	if s.known != f.Replayed {
		h.lie("scan %d (again %v): welcome.n said taken %v, the verdict says replayed %v", s.n, s.again, s.known, f.Replayed)
	}
	if f.Class != "accepted" && f.Class != "note" {
		h.lie("scan %d was %s %s", s.n, f.Class, f.Code)
	}
	if s.known {
		h.crowd.replays.Add(1)
	} else if s.again {
		h.crowd.anew.Add(1)
	}
}

// shoot makes a scan, saves it, and sends it where there is a floor to send it to.
func (h *handheld) shoot(body string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.n++
	s := &shot{id: ulid.MustNew(ulid.Now(), dice{h.chance}).String(), n: h.n, body: body}
	h.outbox, h.sent = append(h.outbox, s), append(h.sent, s.id)
	if h.head > 0 {
		h.write(s)
	}
}

// scanOn scans a unit, and takes it back once three are out.
func (h *handheld) scanOn() {
	h.mu.Lock()
	full := len(h.outbox) >= 5 // whoever scans on without a floor stops at some point
	h.mu.Unlock()
	if full {
		return
	}
	if h.taken++; h.taken <= 3 {
		h.shoot(`{"type":"scan","code":"ITEM"}`)
		return
	}
	if h.taken == 6 {
		h.taken = 0
	}
	h.shoot(string(undoFrame))
}

// idle is true where nothing waits for a verdict on a live connection that owes nothing.
func (h *handheld) idle() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.head > 0 && h.quiet && len(h.outbox) == 0
}

// askAgain asks once more where a pong is owed: a floor that has much to say to a socket leaves pongs out.
func (h *handheld) askAgain() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.head > 0 && !h.quiet {
		_ = h.say(pingFrame)
	}
}

// barrier has everything heard that was on its way: a pong comes behind it.
func (h *handheld) barrier() bool {
	for len(h.pongs) > 0 {
		<-h.pongs
	}
	h.mu.Lock()
	err := h.say(pingFrame)
	h.mu.Unlock()
	select {
	case <-h.pongs:
		return err == nil
	case <-time.After(20 * time.Second):
		return false
	}
}

var pingFrame = []byte(`{"type":"ping"}`)

// dice is a source of chance as a reader.
type dice struct{ r *rand.Rand }

func (d dice) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(d.r.Uint32())
	}
	return len(b), nil
}

// state is what is said of a device that does not come to rest.
func (h *handheld) state() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return fmt.Sprintf("welcomed %v, quiet %v, %d in the outbox, lies %v", h.head > 0, h.quiet, len(h.outbox), h.lies)
}
