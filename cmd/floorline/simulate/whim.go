package simulate

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"
)

// whims are what customers and the desk change their minds about: orders held back, and orders cancelled
// while somebody may be picking, packing or loading them.
type whims struct {
	*setup
	r       *rand.Rand
	pending sync.WaitGroup
}

// hold keeps an order back now and then, and mostly lets it go again; false: it stays held.
func (w *whims) hold(ctx context.Context, order string) (bool, error) {
	if !w.o.Faults || w.r.IntN(50) > 0 {
		return true, nil
	}
	if _, err := w.api.do(ctx, call{method: "POST", path: "/api/v1/orders/" + order + "/hold", body: map[string]string{}, key: order + "-hold"}); err != nil {
		return false, err
	}
	if w.r.IntN(3) == 0 {
		return false, nil
	}
	_, err := w.api.do(ctx, call{method: "POST", path: "/api/v1/orders/" + order + "/unhold", key: order + "-unhold"})
	return true, err
}

// cancel has an order cancelled now and then, some time after its release.
func (w *whims) cancel(ctx context.Context, order string) {
	if !w.o.Faults || w.r.IntN(33) > 0 {
		return
	}
	after := time.Duration(w.r.Int64N(int64(1500 * time.Millisecond)))
	w.pending.Go(func() {
		if !pause(ctx, after) || w.board.over() {
			return
		}
		w.book.cancelling(1)
		var o orderView
		_, err := w.api.do(ctx, call{method: "POST", path: "/api/v1/orders/" + order + "/cancel", body: map[string]string{}, key: order + "-cancel", into: &o})
		if err == nil && o.Status == "cancelled" {
			w.book.cancelled(order)
		}
		w.book.cancelling(-1)
	})
}

func (b *book) cancelling(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cancels += n
	b.cancelAt = time.Now()
}

// cancelled takes an order out of the day: its parcels are taken off the truck.
func (b *book) cancelled(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	o := b.of(id)
	waiting := 0
	for tracking, p := range o.parcels {
		if p.gone {
			continue
		}
		p.gone = true
		waiting++
		for m, list := range b.trucks {
			b.trucks[m] = slices.DeleteFunc(list, func(t string) bool { return t == tracking })
		}
	}
	b.board.unpacked(o.carrier, waiting)
	if o.settled == "" {
		b.board.settle()
	}
	o.settled = "cancelled"
}

// slack is how many units a truck may have left without: parcels of orders that were cancelled in the
// moment when it departed.
func (b *book) slack(a *ack) (units int64) {
	for _, tracking := range a.parcels {
		if o := b.labels[tracking]; o != nil && strings.HasPrefix(o.settled, "cancelled") {
			units += o.parcels[tracking].units
		}
	}
	return units
}
