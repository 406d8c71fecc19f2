package simulate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
	"github.com/oklog/ulid/v2"
)

// AnswerWithin is how long a device waits for a verdict before it takes the line for dead.
const AnswerWithin = 10 * time.Second

// device is one paired device with its own counter and outbox, as a real one keeps them: a frame is in the
// outbox before it is sent and leaves it with its verdict, and only then.
type device struct {
	ID    string `json:"id"`
	Token string `json:"token"`
	kind  string
	label string

	url    string
	api    *api
	ids    io.Reader // chance for ids, from the seed
	n      uint64    // the last counter used
	heard  time.Time // when the last verdict came
	outbox []*frame
	sent   int // how many of the outbox this connection has carried

	line  *line
	next  *next
	epoch uint64
	seq   uint64
	codes map[string]string // verdict codes by id, to hold repeats against
	fault fault             // what goes wrong with the next flush

	book *book
}

// line is one connection.
type line struct {
	conn *websocket.Conn
	in   chan *reply   // answers and events that are waited for; closed when the connection ends
	all  bool          // whoever reads wants the events too
	seq  atomic.Uint64 // of the newest frame
	err  error         // why, once in is closed
}

func (l *line) read() {
	defer close(l.in)
	for {
		_, b, err := l.conn.ReadMessage()
		if err != nil {
			l.err = err
			return
		}
		r := &reply{got: time.Now()}
		if l.err = json.Unmarshal(b, r); l.err != nil {
			return
		}
		l.seq.Store(max(l.seq.Load(), r.Seq))
		if l.all || r.Type != "event" && r.Type != "next" && r.Type != "snapshot" && r.Type != "drain" {
			l.in <- r // a worker's device looks at what it asked for; idle, it must not fall behind
		}
	}
}

// hang drops the connection as a dead spot in the hall does: no close frame, no goodbye.
func (d *device) hang() {
	if d.line == nil {
		return
	}
	_ = d.line.conn.NetConn().Close()
	for range d.line.in { // what was on its way is lost
	}
	d.drop()
}

// drop forgets the line, and keeps how far into the journal it was heard.
func (d *device) drop() {
	d.seq = max(d.seq, d.line.seq.Load())
	d.line = nil
}

// queue saves frames with their ids and counters.
func (d *device) queue(frames ...*frame) {
	now := time.Now()
	for _, f := range frames {
		d.n++
		f.N, f.At = d.n, now.UTC().Format(time.RFC3339Nano)
		f.ID = ulid.MustNew(ulid.Timestamp(now), d.ids).String()
		if f.due.IsZero() {
			f.due = now
		}
		d.outbox = append(d.outbox, f)
	}
	d.book.sent(len(frames))
}

// flush has every saved frame decided, through whatever happens to the line meanwhile.
func (d *device) flush(ctx context.Context) error {
	fault := d.fault
	d.fault = faultNone
	if fault != faultNone {
		if err := d.misbehave(ctx, fault); err != nil {
			return err
		}
	}
	for len(d.outbox) > 0 {
		if err := d.sendRest(ctx); err != nil {
			return err
		}
		if err := d.await(ctx); err != nil {
			return err
		}
	}
	return nil
}

// sendRest sends what this connection has not carried yet, after connecting where there is none.
func (d *device) sendRest(ctx context.Context) error {
	if err := d.connect(ctx); err != nil {
		return err
	}
	for d.line != nil && d.sent < len(d.outbox) {
		if d.write(d.outbox[d.sent]) {
			d.sent++
		}
	}
	return nil
}

func (d *device) write(f any) bool {
	if d.line == nil {
		return false
	}
	_ = d.line.conn.SetWriteDeadline(time.Now().Add(AnswerWithin))
	if d.line.conn.WriteJSON(f) != nil {
		d.hang()
		return false
	}
	return true
}

// await takes one frame from the floor, or notes that the line is dead.
func (d *device) await(ctx context.Context) error {
	if d.line == nil {
		return nil
	}
	timer := time.NewTimer(AnswerWithin)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		d.book.wrong("%s: no answer within %v", d.label, AnswerWithin)
		d.hang()
		return nil
	case r, open := <-d.line.in:
		if !open {
			return d.ended()
		}
		return d.take(r)
	}
}

// ended looks at why a line ended: some ends mean that coming back is useless.
func (d *device) ended() error {
	err := d.line.err
	d.drop()
	var ce *websocket.CloseError
	if errors.As(err, &ce) {
		d.book.closed(ce.Code)
		switch ce.Code {
		case 4401, 4403, 4409, 4413, 4426, 1003, 1007, 1009:
			return fmt.Errorf("%s was shut out: %w", d.label, err)
		}
	}
	return nil
}

// take deals with one frame from the floor.
func (d *device) take(r *reply) error {
	switch r.Type {
	case "verdict":
		d.verdict(r)
	case "resend":
		return d.resend(r.From)
	case "error":
		return fmt.Errorf("%s: the server could not read a frame: %s %s", d.label, r.Code, r.Say)
	}
	return nil
}

// resend goes back to the frame that the floor has not seen.
func (d *device) resend(from uint64) error {
	d.book.resent()
	for i, f := range d.outbox {
		if f.N == from {
			d.sent = i
			return nil
		}
	}
	return fmt.Errorf("%s was asked to send again from %d, but keeps %d frames up to %d", d.label, from, len(d.outbox), d.n)
}

func (d *device) verdict(r *reply) {
	at := -1
	for i, f := range d.outbox {
		if f.ID == r.ID {
			at = i
		}
	}
	if at < 0 { // a repeat of ours: it must be the same verdict once more
		if code, known := d.codes[r.ID]; !known || code != r.Code || !r.Replayed {
			d.book.wrong("%s: verdict %q for %s, which was %q (replayed %v)", d.label, r.Code, r.ID, code, r.Replayed)
		}
		return
	}
	f := d.outbox[at]
	if undecided[r.Code] { // the floor was stopped or full: the frame stays, and is sent again in a moment
		d.book.wrong("%s: not decided: %s", d.label, r.Code)
		time.Sleep(100 * time.Millisecond)
		d.sent = at
		return
	}
	d.outbox = append(d.outbox[:at:at], d.outbox[at+1:]...)
	d.sent = max(0, d.sent-1)
	if at > 0 {
		d.book.wrong("%s: frame %d was answered before frame %d", d.label, f.N, d.outbox[0].N)
	}
	if ignored, known := d.codes[f.ID]; known && (ignored != r.Code || !r.Replayed) {
		d.book.wrong("%s: frame %d was %s, and after asking again %s (replayed %v)", d.label, f.N, ignored, r.Code, r.Replayed)
	}
	d.codes[f.ID] = r.Code
	if !r.Replayed && r.Next != nil && len(d.outbox) > at {
		d.outbox[at].ctx, d.outbox[at].guess = r.Next, false // exact, where a guess from `ahead` stood before
	}
	if r.Next != nil {
		d.next, d.heard = r.Next, r.got
	}
	d.book.verdict(d, f, r)
}

// undecided are the verdicts that are not kept: the floor did not look at the frame.
var undecided = map[string]bool{"busy": true, "disk_full": true, "closing": true}

// connect opens the line when there is none: hello, welcome, and a look at what the floor remembers.
func (d *device) connect(ctx context.Context) error {
	if d.line != nil {
		return nil
	}
	if err := persist(ctx, d.dial); err != nil {
		return fmt.Errorf("%s: %w", d.label, err)
	}
	return nil
}

// persist tries a connection again and again while the server may just be away.
func persist(ctx context.Context, dial func(context.Context) error) error {
	until := time.Now().Add(GiveUpAfter)
	for wait := 10 * time.Millisecond; ; wait = min(2*wait, 500*time.Millisecond) {
		err := dial(ctx)
		if err == nil || errors.Is(err, errShutOut) || time.Now().After(until) || ctx.Err() != nil {
			return err
		}
		pause(ctx, wait)
	}
}

var errShutOut = errors.New("shut out")

func (d *device) dial(ctx context.Context) error {
	l, welcome, err := openLine(ctx, d.url, false, hello{Type: "hello", Token: d.Token, Epoch: d.epoch, Seq: d.seq, Topics: []string{"job"}})
	if err != nil {
		return err
	}
	d.line, d.sent = l, 0
	d.welcomed(welcome)
	return nil
}

// openLine dials, says hello and waits for the welcome.
func openLine(ctx context.Context, url string, all bool, h hello) (*line, *reply, error) {
	dialer := websocket.Dialer{HandshakeTimeout: 10 * time.Second, Subprotocols: []string{"floorline.v1"}}
	conn, _, err := dialer.DialContext(ctx, url, nil)
	if err != nil {
		return nil, nil, err
	}
	l := &line{conn: conn, all: all, in: make(chan *reply, 256)}
	if err := conn.WriteJSON(h); err != nil {
		return nil, nil, errors.Join(err, conn.Close())
	}
	go l.read()
	timer := time.NewTimer(AnswerWithin)
	defer timer.Stop()
	select {
	case r, open := <-l.in:
		if open && r.Type == "welcome" {
			return l, r, nil
		}
		err = refusal(l, r, open)
	case <-timer.C:
		err = errors.New("no welcome")
	case <-ctx.Done():
		err = ctx.Err()
	}
	return nil, nil, errors.Join(err, conn.Close())
}

func refusal(l *line, r *reply, open bool) error {
	if open {
		return fmt.Errorf("%w: %s frame instead of a welcome: %s", errShutOut, r.Type, r.Code)
	}
	if websocket.IsCloseError(l.err, 4401, 4403, 4409, 4426) {
		return fmt.Errorf("%w: %w", errShutOut, l.err)
	}
	return fmt.Errorf("the socket ended before its welcome: %w", l.err)
}

// welcomed compares what the floor remembers of this device with what the device knows.
func (d *device) welcomed(r *reply) {
	first := d.epoch == 0
	d.epoch = r.Epoch
	d.seq = max(d.seq, r.Seq)
	acked := d.n - uint64(len(d.outbox))
	switch {
	case first:
		d.n = max(d.n, r.N)
	case r.N < acked:
		d.book.wrong("%s: the floor remembers frame %d, but frame %d was acknowledged", d.label, r.N, acked)
	case r.N > d.n:
		d.book.wrong("%s: the floor took frame %d, but only %d were made", d.label, r.N, d.n)
	case r.N == acked:
		d.book.landed(d, d.next, r.Next)
	}
	if r.Next != nil {
		d.next, d.heard = r.Next, r.got
	}
}

// postScans sends the outbox as one list over HTTP, as a device does that was long away.
func (d *device) postScans(ctx context.Context) error {
	var answer json.RawMessage
	_, err := d.api.do(ctx, call{method: "POST", path: "/api/v1/scans", body: d.outbox, token: d.Token, into: &answer})
	if err != nil {
		return err
	}
	var list []*reply
	if json.Unmarshal(answer, &list) != nil {
		var page struct{ Items, Verdicts []*reply }
		if err := json.Unmarshal(answer, &page); err != nil {
			return fmt.Errorf("POST /scans: %w", err)
		}
		list = append(page.Items, page.Verdicts...)
	}
	for _, r := range list {
		if r.Type == "verdict" || r.Type == "" && r.ID != "" {
			d.verdict(r)
		}
	}
	return nil
}
