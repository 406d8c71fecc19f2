package devices

import (
	"encoding/hex"
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/gorilla/websocket"

	"floorline/floor"
	"floorline/store"
)

// The close codes of the contract.
const (
	closeGoingAway = 1001
	closeSignIn    = 4401
	closeForbidden = 4403
	closeSlow      = 4408
	closeReplaced  = 4409
	closeTooLarge  = 4413
	closeOld       = 4426
	closeTooMany   = 4429
)

// Limits of one socket.
const (
	FrameLimit     = 16 << 10 // bytes of a frame
	HugeFrame      = 1 << 20  // whose announced length alone ends the socket, with 1009
	OutboxFrames   = 256
	OutboxBytes    = 256 << 10
	HelloWithin    = 5 * time.Second
	PingEvery      = 20 * time.Second
	PongWithin     = 45 * time.Second
	SendWithin     = 5 * time.Second
	HeartbeatS     = 20
	UnknownLimit   = 20
	ResumeLimit    = 2000 // events that a session is given again; a longer absence gets a snapshot
	SnapshotFrames = 200  // items of one snapshot frame
	UnderWayLimit  = 64   // frames read on while earlier ones wait for their verdicts
)

// session is one socket: a reader, a writer with a bounded outbox, and who is on the other side.
type session struct {
	s      *Server
	ws     *websocket.Conn
	who    caller
	pin    floor.WorkerID // who has shown a badge and not yet the PIN
	asking atomic.Bool    // a PIN or a lead is asked for: nothing told from outside may draw over that
	over   *override      // a refused frame that a lead is about to allow
	// refused is what was refused last, where a lead may set that aside. The answering side writes it; the reading
	// side looks only when everything is answered.
	refused floor.Verb
	lang    string // of who is signed in or about to be; else the device's own
	own     string // the device's own, as its hello said

	clock deviceClock

	topics  map[string]bool
	whole   bool // may hear whole topics
	unknown int
	budget  bucket
	asked   chan underWay  // frames under way to their verdicts, in order
	under   sync.WaitGroup // how many of them
	taking  sync.Mutex     // held while a frame is taken

	mu        sync.Mutex
	out       []frame
	bytes     int
	owed      int // frames in out that belong to the welcome: a snapshot, or what was missed
	wake      chan struct{}
	ending    bool
	code      int
	why       string
	started   bool           // welcome is in the outbox: events may follow
	welcoming bool           // what is pushed now belongs to the welcome
	poked     bool           // a next is on its way
	told      string         // the last next that was told without being asked for
	toldAt    uint64         // the journal's head when that next was worked out
	decided   uint64         // seq of the newest verdict sent
	last      uint64         // seq of the last event sent; where a session begins, that of its welcome
	base      uint64         // the welcome tells everything up to here
	held      []store.Record // came between the reading of the state and the welcome
}

type frame struct{ data []byte }

// head is epoch, seq and hash, as welcome and verdict carry them.
type head struct {
	Epoch uint64 `json:"epoch"`
	Seq   uint64 `json:"seq"`
	Hash  string `json:"hash"`
}

func headOf(h store.Head) head { return head{h.Epoch, h.Seq, hex.EncodeToString(h.Hash[:])} }

// run speaks with one socket until it ends. The writer has ended when it returns, because the connection
// underneath is then used for somebody else.
func (s *Server) runSession(ws *websocket.Conn, who caller, cookie bool) {
	x := &session{s: s, ws: ws, who: who, topics: map[string]bool{}, wake: make(chan struct{}, 1),
		budget: newBucket(s.o.FramesPerSec), asked: make(chan underWay, UnderWayLimit)}
	if !s.hub.begin() {
		_ = ws.Close() // the device comes back by itself, to the server that follows
		return
	}
	defer s.hub.ended.Done()
	written, answered := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(written)
		defer func() { _ = recover() }()
		x.write()
	}()
	go func() {
		defer close(answered)
		x.answer()
	}()
	defer func() {
		s.hub.leave(x)
		close(x.asked)
		<-answered
		x.close(closeGoingAway, "")
		<-written
		x.linger()
	}()
	ws.SetReadLimit(HugeFrame)
	ws.SetPingHandler(x.pinged)
	if !x.hello(cookie) {
		return
	}
	x.read()
}

var errFlood = errors.New("too many pings")

// pinged answers a ping. It counts as a frame: a flood of them is a flood too.
func (x *session) pinged(data string) error {
	if !x.budget.take() {
		x.close(closeTooMany, "too many pings")
		return errFlood
	}
	_ = x.ws.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(SendWithin))
	return nil
}

// read takes frame after frame. Frames of one socket are answered in the order they came.
func (x *session) read() {
	_ = x.ws.SetReadDeadline(time.Now().Add(x.s.patience))
	x.ws.SetPongHandler(func(string) error { return x.ws.SetReadDeadline(time.Now().Add(x.s.patience)) })
	for {
		kind, data, err := x.message()
		if err != nil || x.closing() {
			return
		}
		_ = x.ws.SetReadDeadline(time.Now().Add(x.s.patience))
		if kind != websocket.TextMessage {
			x.close(websocket.CloseUnsupportedData, "text frames only")
			return
		}
		if !utf8.Valid(data) {
			x.close(websocket.CloseInvalidFramePayloadData, "text is UTF-8")
			return
		}
		if !x.budget.take() {
			x.close(closeTooMany, "too many frames; wait a second")
			return
		}
		if !x.take(data) {
			return
		}
	}
}

// take takes one frame, unless a newer connection of the device has taken over.
func (x *session) take(data []byte) bool {
	x.taking.Lock()
	defer x.taking.Unlock()
	return !x.closing() && x.frame(data)
}

// settle waits until all that a closed session was in the middle of is decided: a PIN is worked on for long, and its
// number would be given to another frame by whoever is welcomed before it is taken.
func (x *session) settle() {
	x.taking.Lock()
	defer x.taking.Unlock()
	x.under.Wait()
}

var errTooLarge = errors.New("frame too large")

// message reads the next frame.
func (x *session) message() (kind int, data []byte, err error) {
	kind, r, err := x.ws.NextReader()
	if err != nil {
		return kind, nil, err
	}
	data, err = io.ReadAll(io.LimitReader(r, FrameLimit+1))
	if len(data) > FrameLimit {
		x.close(closeTooLarge, "a frame has at most 16 KiB")
		return kind, nil, errTooLarge
	}
	return kind, data, err
}
