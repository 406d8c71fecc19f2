package simulate

import (
	"context"
	"sync"
	"time"
)

// watch is a supervisor's screen: it hears every event and does nothing but note when each came.
type watch struct {
	mu    sync.Mutex
	url   string
	token string
	book  *book
	epoch uint64
	start uint64 // the journal's head when the day began
	last  uint64 // seq of the last event heard
	at    map[uint64]time.Time
}

// topics are what a supervisor listens to.
var topics = []string{"picklists", "waves", "parcels", "stock", "workers", "manifests", "orders", "exceptions", "prints"}

// open connects for the first time and learns where the journal stands.
func (w *watch) open(ctx context.Context) (l *line, err error) {
	w.at = map[uint64]time.Time{}
	err = persist(ctx, func(ctx context.Context) error {
		opened, welcome, err := openLine(ctx, w.url, true, hello{Type: "hello", Token: w.token, Topics: topics})
		if err != nil {
			return err
		}
		l, w.epoch, w.start, w.last = opened, welcome.Epoch, welcome.Seq, welcome.Seq
		return nil
	})
	return l, err
}

// listen hears events until the context ends, resuming whenever the line breaks.
func (w *watch) listen(ctx context.Context, l *line) {
	for ctx.Err() == nil {
		w.hear(ctx, l)
		_ = l.conn.NetConn().Close()
		for ctx.Err() == nil {
			next, welcome, err := openLine(ctx, w.url, true, hello{Type: "hello", Token: w.token, Epoch: w.epoch, Seq: w.last, Topics: topics})
			if err == nil {
				l = next
				if !welcome.Recovered {
					w.last = welcome.Seq
				}
				break
			}
			pause(ctx, 50*time.Millisecond)
		}
	}
	_ = l.conn.NetConn().Close()
}

// hear takes events off one line. Each names the one before it, so that a hole is seen.
func (w *watch) hear(ctx context.Context, l *line) {
	for {
		select {
		case <-ctx.Done():
			return
		case r, open := <-l.in:
			if !open {
				return
			}
			if r.Type != "event" {
				continue
			}
			if r.Prev > w.last {
				w.book.wrong("the supervisor heard event %d after %d, but %d lay between", r.Seq, w.last, r.Prev)
			}
			w.mu.Lock()
			w.last = r.Seq
			w.at[r.Seq] = r.got
			w.mu.Unlock()
		}
	}
}

// waits gives how long after its verdict each event was heard, in ms. A command's verdict is its last
// record in the journal, so the event just before it belongs to the same command.
func (w *watch) waits(b *book) []float64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []float64
	for seq, known := range b.seqs {
		if heard, ok := w.at[seq-1]; ok {
			out = append(out, max(0, float64(heard.Sub(known))/float64(time.Millisecond)))
		}
	}
	return out
}
