package devices

import (
	"runtime"
	"time"

	"github.com/gorilla/websocket"
	quickjson "github.com/segmentio/encoding/json"
)

// The writing side of a session: what waits to go out, and the one goroutine that sends it.

// send puts a frame into the outbox. A session that does not read is closed, and may resume.
func (x *session) send(v any) {
	b, err := quickjson.Marshal(v)
	if err != nil {
		x.s.log.Error("a frame that is no JSON", "err", err)
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if f, ok := v.(verdictFrame); ok {
		x.decided, x.told = max(x.decided, f.Seq), ""
		if f.Seq < x.toldAt {
			defer x.pokeLocked() // this verdict's next is older than what the device was told meanwhile
		}
	}
	x.push(b)
}

// push needs the lock.
func (x *session) push(b []byte) {
	if x.ending {
		return
	}
	// A welcome has limits of its own (ResumeLimit, SnapshotLimit): counted here, it would shut out every
	// session that asks for more than an outbox holds, again and again.
	if x.welcoming {
		x.owed++
		x.out = append(x.out, frame{b})
	} else if n := len(x.out) - x.owed; n >= OutboxFrames || x.bytes+len(b) > OutboxBytes && n > 0 {
		x.ending, x.code, x.why = true, closeSlow, "too slow; resume from where you are"
		x.out = nil
	} else {
		x.out, x.bytes = append(x.out, frame{b}), x.bytes+len(b)
	}
	select {
	case x.wake <- struct{}{}:
	default:
	}
}

// behind is true where so much waits to be written already that one more pong would tell nobody anything.
func (x *session) behind() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.out)-x.owed > OutboxFrames/2
}

func (x *session) closing() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.ending
}

// close ends the session with a code, once what is in the outbox has been written.
func (x *session) close(code int, why string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.ending {
		return
	}
	x.ending, x.code, x.why = true, code, why
	select {
	case x.wake <- struct{}{}:
	default:
	}
}

// write is the one writer of the socket.
func (x *session) write() {
	ping := time.NewTicker(PingEvery)
	defer ping.Stop()
	for {
		select {
		case <-x.wake:
		case <-ping.C:
			if _, ok := x.s.callerOf(x.who.digest); !ok { // its time is over; nothing else would tell
				x.close(closeSignIn, "sign in again")
				continue
			}
			if x.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(SendWithin)) != nil {
				_ = x.ws.Close()
				return
			}
			continue
		}
		runtime.Gosched() // whatever else is ready now leaves in the same packet
		x.mu.Lock()
		out, ending, code, why := x.out, x.ending, x.code, x.why
		x.out, x.bytes, x.owed = nil, 0, 0
		x.mu.Unlock()
		if !x.writeAll(out) {
			_ = x.ws.Close()
			return
		}
		if ending {
			_ = x.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, why), time.Now().Add(SendWithin))
			_ = x.ws.SetReadDeadline(time.Now().Add(LingerFor)) // the reader may still wait
			return
		}
	}
}

func (x *session) writeAll(out []frame) bool {
	conn, ok := x.ws.UnderlyingConn().(*gathered)
	if ok && len(out) > 0 {
		conn.hold()
	}
	for len(out) > 0 {
		_ = x.ws.SetWriteDeadline(time.Now().Add(SendWithin))
		if x.ws.WriteMessage(websocket.TextMessage, out[0].data) != nil {
			return false
		}
		out = out[1:]
	}
	return !ok || conn.letGo() == nil
}
