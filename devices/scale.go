package devices

import (
	"bytes"
	"context"
	"net"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"floorline/floor"
	"floorline/store"
)

// scales reads the scales that stand on the network: a serial scale behind a small box that speaks TCP. Each bench that
// was given one has one connection to it, and what the scale says goes to that bench's screen alone. It is never
// journalled: a weight comes into the books when the screen sends it, like any other.
type scales struct {
	background
	s  *Server
	mu sync.Mutex
	of map[floor.DeviceID]*scale
}

// scale is one connection, and what of it the screen was told last.
type scale struct {
	s      *scales
	device floor.DeviceID
	addr   string
	end    context.CancelFunc

	told   scaleFrame
	toldAt time.Time
}

// scaleFrame is what a bench's screen is told of its network scale.
type scaleFrame struct {
	Type   string `json:"type"`
	State  string `json:"state"`          // reading, or silent: nothing can be heard of it
	MG     int64  `json:"mg"`             // milligrams
	Stable bool   `json:"stable"`         // the scale itself says so
	Said   string `json:"said,omitempty"` // over, under, fault or tare, where it is no plain weight
}

// How a network scale is spoken to.
const (
	ScaleDialWithin  = 5 * time.Second
	ScaleAskAfter    = 400 * time.Millisecond // a scale that says nothing by itself is asked
	ScaleAskAgain    = 120 * time.Millisecond // and so soon again, once it answers
	ScaleSilentAfter = 2 * time.Second        // the screen is told that nothing is heard
	ScaleGoneAfter   = 10 * time.Second       // and the connection is made anew
	ScaleTryAgain    = time.Second            // after a connection that failed or ended
	ScaleTellEvery   = 80 * time.Millisecond  // as often as an eye follows
	ScaleRepeatAfter = time.Second            // what has not changed is told as often
)

// scaleAsks are what makes the common ones answer: SICS, then A&D.
var scaleAsks = []string{"SI\r\n", "Q\r\n"}

func newScales(s *Server) *scales {
	return &scales{background: newBackground(), s: s, of: map[floor.DeviceID]*scale{}}
}

// told is called by the writer: a device was given another scale, or is gone.
func (p *scales) told(records []store.Record) {
	for i := range records {
		switch b := records[i].Body.(type) {
		case *floor.DeviceSaved:
			p.set(b.Device.ID, b.Device.Scale)
		case *floor.DeviceRemoved:
			p.set(b.Device, "")
		}
	}
}

func (p *scales) start() {
	all := map[floor.DeviceID]string{}
	p.s.keeper.View(func(st *floor.State) {
		for id, d := range st.Devices {
			if d.Scale != "" {
				all[id] = d.Scale
			}
		}
	})
	for id, addr := range all {
		p.set(id, addr)
	}
}

func (p *scales) stop() {
	p.mu.Lock()
	p.end()
	p.mu.Unlock()
	p.done.Wait()
}

// set has a device's scale be the one at an address; "" is none.
func (p *scales) set(id floor.DeviceID, addr string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if old := p.of[id]; old != nil {
		if old.addr == addr {
			return
		}
		old.end()
		delete(p.of, id)
	}
	if addr == "" || p.ctx.Err() != nil {
		return
	}
	ctx, end := context.WithCancel(p.ctx)
	c := &scale{s: p, device: id, addr: addr, end: end}
	p.of[id] = c
	p.done.Go(func() { c.follow(ctx) })
}

// follow keeps a connection to a scale for as long as it is a device's.
func (c *scale) follow(ctx context.Context) {
	for {
		c.hear(ctx)
		c.tell(scaleFrame{State: "silent"})
		select {
		case <-time.After(ScaleTryAgain):
		case <-ctx.Done():
			return
		}
	}
}

// hear reads one connection until it ends.
func (c *scale) hear(ctx context.Context) {
	if scaleAllowed(c.s.s, c.addr) != nil {
		return
	}
	dialer := net.Dialer{Timeout: ScaleDialWithin}
	conn, err := dialer.DialContext(ctx, "tcp", c.addr)
	if err != nil {
		return
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	l := scaleLines{}
	buf := make([]byte, 256)
	heard, asked, wait := time.Now(), 0, ScaleAskAfter
	for ctx.Err() == nil {
		_ = conn.SetReadDeadline(time.Now().Add(wait))
		n, err := conn.Read(buf)
		for _, line := range l.take(buf[:n]) {
			if r, ok := parseScale(line); ok {
				heard = time.Now()
				if asked > 0 {
					wait = ScaleAskAgain
				}
				c.tell(scaleFrame{State: "reading", MG: r.MG, Stable: r.Stable, Said: r.Said})
			}
		}
		if err == nil {
			continue
		}
		if timeout, ok := err.(net.Error); !ok || !timeout.Timeout() {
			return
		}
		silent := time.Since(heard)
		if silent > ScaleGoneAfter {
			return
		}
		if silent > ScaleSilentAfter {
			c.tell(scaleFrame{State: "silent"})
		}
		if silent > ScaleAskAfter {
			asked, wait = asked+1, ScaleAskAfter
		}
		if _, err := conn.Write([]byte(scaleAsks[max(0, asked-1)/3%len(scaleAsks)])); err != nil {
			return
		}
		asked = max(asked, 1)
	}
}

// tell has the bench's screen know, as often as an eye follows. It is called by follow alone.
func (c *scale) tell(f scaleFrame) {
	f.Type = "scale"
	now := time.Now()
	since := now.Sub(c.toldAt)
	if f == c.told && since < ScaleRepeatAfter || f.State == "reading" && since < ScaleTellEvery {
		return
	}
	if c.s.s.hub.tellScale(c.device, f) {
		c.told, c.toldAt = f, now
	}
}

// tellScale hands a reading to the device's socket; false where there is none, or it is busy with more important things.
func (h *hub) tellScale(id floor.DeviceID, f scaleFrame) bool {
	h.mu.RLock()
	x := h.devices[id]
	h.mu.RUnlock()
	return x != nil && x.offer(f)
}

// OfferBehind is how many frames may wait before a reading is let go: the next one is better anyway.
const OfferBehind = 4

// offer sends what may be missed.
func (x *session) offer(f scaleFrame) bool {
	x.mu.Lock()
	ready := x.started && !x.ending && len(x.out) <= OfferBehind
	x.mu.Unlock()
	if ready {
		x.send(f)
	}
	return ready
}

// scaleLines cuts a stream into lines. What is longer than a line is no scale's.
type scaleLines struct{ rest []byte }

func (l *scaleLines) take(b []byte) (lines []string) {
	l.rest = append(l.rest, b...)
	for {
		i := bytes.IndexAny(l.rest, "\r\n")
		if i < 0 {
			break
		}
		if i > 0 && i <= LineLimit {
			lines = append(lines, string(l.rest[:i]))
		}
		l.rest = l.rest[i+1:]
	}
	if len(l.rest) > LineLimit {
		l.rest = nil
	}
	return lines
}

// scaleAllowed limits scales to private addresses, so that nobody can have this server speak to anything else, and to
// ports that no system service has: the boxes with a serial plug use all sorts. Loopback only where the server itself is
// a loopback one.
func scaleAllowed(s *Server, scale string) *floor.Error {
	bad := &floor.Error{Kind: floor.Invalid, Code: "bad_scale", Say: "not accepted", About: []floor.Fault{{Pointer: "/scale",
		Code: "bad_scale", Detail: "a scale is a private address and a port from 1024, such as 192.168.1.60:4001"}}}
	host, port, err := net.SplitHostPort(scale)
	if err != nil {
		return bad
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return bad
	}
	n, err := strconv.Atoi(port)
	if err != nil || n < 1024 || n > 65535 {
		return bad
	}
	if newDialling(s.o.Loopback, privateNetworks).refuses(addr) != "" {
		return bad
	}
	return nil
}
