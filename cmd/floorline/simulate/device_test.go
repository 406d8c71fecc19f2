package simulate

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// floorOf is a scripted floor that keeps to the contract: counters, resends and kept verdicts.
type floorOf struct {
	*httptest.Server
	mu      sync.Mutex
	n       uint64
	codes   map[string]string
	decided []string
	lie     func(v map[string]any)
}

func newFloor(t *testing.T) *floorOf {
	f := &floorOf{codes: map[string]string{}}
	up := websocket.Upgrader{Subprotocols: []string{"floorline.v1"}}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if ws, err := up.Upgrade(w, r, nil); err == nil {
			f.serve(ws)
		}
	}))
	t.Cleanup(f.Close)
	return f
}

func (f *floorOf) serve(ws *websocket.Conn) {
	defer ws.Close()
	var h hello
	if ws.ReadJSON(&h) != nil {
		return
	}
	f.mu.Lock()
	welcome := map[string]any{"type": "welcome", "epoch": 1, "seq": len(f.decided), "n": f.n, "next": map[string]any{"step": "start"}}
	f.mu.Unlock()
	_ = ws.WriteJSON(welcome)
	for {
		var in frame
		if ws.ReadJSON(&in) != nil {
			return
		}
		_ = ws.WriteJSON(f.judge(&in))
	}
}

func (f *floorOf) judge(in *frame) map[string]any {
	f.mu.Lock()
	defer f.mu.Unlock()
	if in.N > f.n+1 {
		return map[string]any{"type": "resend", "from": f.n + 1}
	}
	v := map[string]any{"type": "verdict", "id": in.ID, "class": "accepted", "code": "picked", "seq": 1, "next": map[string]any{"step": "start"}}
	if code, known := f.codes[in.ID]; known {
		v["replayed"], v["code"] = true, code
	} else {
		f.n, f.decided = in.N, append(f.decided, in.Code)
		f.codes[in.ID] = "picked"
	}
	if f.lie != nil {
		f.lie(v)
	}
	return v
}

func deviceAt(f *floorOf) *device {
	b := newBook(newBoard(1))
	b.stock.index()
	return &device{ID: "D-1", label: "test device", url: "ws" + strings.TrimPrefix(f.URL, "http"), api: newAPI(f.URL, "t"),
		book: b, codes: map[string]string{}, ids: chanceFor(1, 1, "test")}
}

// Whatever goes wrong on the way, each frame is decided once, in order, and acknowledged once.
func TestFaultsLeaveOneVerdictEach(t *testing.T) {
	for what := faultNone; what < faults; what++ {
		if what == faultOffline {
			continue // goes over HTTP, which this floor does not speak; the real one does in TestCrash
		}
		f := newFloor(t)
		d := deviceAt(f)
		var want []string
		for round := range 4 {
			codes := []string{fmt.Sprint(round, "a"), fmt.Sprint(round, "b"), fmt.Sprint(round, "c")}
			want = append(want, codes...)
			d.fault = what
			if round == 3 {
				d.fault = faultNone // an end without mischief, which drains what is still to come
			}
			for _, c := range codes {
				fr := scanOf(c)
				fr.ctx = &next{}
				d.queue(fr)
			}
			if err := d.flush(t.Context()); err != nil {
				t.Fatalf("fault %d: %v", what, err)
			}
		}
		f.mu.Lock()
		if !slices.Equal(f.decided, want) || len(d.book.acks) != len(want) || d.book.wrongs != 0 || len(d.outbox) != 0 {
			t.Errorf("fault %d: the floor decided %v, %d acknowledged, %d in the outbox, wrong: %v", what, f.decided, len(d.book.acks), len(d.outbox), d.book.problems)
		}
		f.mu.Unlock()
	}
}

// A floor that forgets what it acknowledged, or changes its mind, is noticed.
func TestLyingFloorIsNoticed(t *testing.T) {
	for _, c := range []struct {
		name string
		what fault
		lie  func(f *floorOf) func(map[string]any)
		say  string
	}{
		{"another verdict the second time", faultLoseAnswer, func(*floorOf) func(map[string]any) {
			return func(v map[string]any) {
				if v["replayed"] == true {
					v["code"] = "wrong_item"
				}
			}
		}, "after asking again wrong_item"},
		{"a repeat decided anew", faultTwice, func(f *floorOf) func(map[string]any) {
			return func(v map[string]any) { delete(v, "replayed") }
		}, "replayed false"},
		{"an acknowledged frame forgotten", faultDropBefore, func(f *floorOf) func(map[string]any) {
			return func(map[string]any) { f.n = 0 }
		}, "the floor remembers frame 0, but frame 1 was acknowledged"},
	} {
		f := newFloor(t)
		d := deviceAt(f)
		f.lie = c.lie(f)
		for range 2 {
			d.fault = c.what
			fr := scanOf("X")
			fr.ctx = &next{}
			d.queue(fr)
			_ = d.flush(t.Context()) // a floor that forgets also asks for frames that are long gone
		}
		if d.book.wrongs == 0 || !strings.Contains(strings.Join(d.book.problems, "\n"), c.say) {
			t.Errorf("%s: told %v, want %q", c.name, d.book.problems, c.say)
		}
	}
}

// With a rate the schedule does not wait for the server: who is late is late from the due moment on.
func TestPaceIsAnOpenLoop(t *testing.T) {
	p := &pace{rate: 1000}
	c := cadence{pace: p, r: newRand(1)}
	first := c.next(t.Context())
	last := first
	for range 50 {
		last = c.next(t.Context())
	}
	if got := last.Sub(first); got != 50*time.Millisecond {
		t.Errorf("50 moments at 1000 a second lie %v apart in all, want 50ms", got)
	}
	c.rest()
	if p.active.Load() != 0 || !c.due.IsZero() {
		t.Error("a resting worker must be out of the schedule")
	}
}

func TestPercentile(t *testing.T) {
	list := ordered([]float64{5, 1, 4, 2, 3})
	for _, c := range []struct{ part, want float64 }{{0, 1}, {0.5, 3}, {0.99, 5}, {1, 5}} {
		if got := percentile(list, c.part); got != c.want {
			t.Errorf("percentile %v of 1..5 is %v, want %v", c.part, got, c.want)
		}
	}
	if percentile(nil, 0.5) != 0 {
		t.Error("of nothing the percentile is 0")
	}
}

// Every seed makes the same orders and the same choices again.
func TestSeedDecides(t *testing.T) {
	day := func(seed uint64) string {
		s := &setup{o: Options{Seed: seed, Workers: 5, Orders: 20, Lines: 3}, prefix: "S", r: newRand(seed), room: &stockroom{}}
		s.invent()
		p := &planner{setup: s, r: newRand(seed)}
		out := fmt.Sprint(s.room.articles)
		for i := range 20 {
			body, carrier, wanted := p.invent(i)
			out += fmt.Sprint(body["lines"], carrier, wanted)
		}
		return out
	}
	if day(7) != day(7) {
		t.Error("one seed must make one day")
	}
	if day(7) == day(8) {
		t.Error("another seed must make another day")
	}
}

func TestOptionsNameEverythingWrong(t *testing.T) {
	o := Options{Server: "localhost", Workers: 0, Orders: -1, Lines: 99, Rate: -1}
	err := o.Check()
	for _, word := range []string{"--server", "--token", "--workers", "--orders", "--lines", "--rate"} {
		if err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("%s is wrong and not named in: %v", word, err)
		}
	}
}

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }
