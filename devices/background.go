package devices

import (
	"context"
	"sync"
	"time"

	"floorline/floor"
	"floorline/store"
)

// background is work beside the writer: it begins when the server does, and the server waits for its end before it stops.
type background struct {
	ctx  context.Context
	end  context.CancelFunc
	done sync.WaitGroup
}

func newBackground() background {
	ctx, end := context.WithCancel(context.Background())
	return background{ctx: ctx, end: end}
}

func (b *background) stop() {
	b.end()
	b.done.Wait()
}

// every has a look taken again and again.
func (b *background) every(d time.Duration, look func()) {
	b.done.Go(func() {
		t := time.NewTicker(d)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				look()
			case <-b.ctx.Done():
				return
			}
		}
	})
}

// onWake has a look taken at once, whenever it is woken, and when the time has come that the look before named; 0 is none.
func (b *background) onWake(w wakes, look func() time.Duration) {
	b.done.Go(func() {
		for {
			var due <-chan time.Time
			if wait := look(); wait > 0 {
				due = time.After(wait)
			}
			select {
			case <-w:
			case <-due:
			case <-b.ctx.Done():
				return
			}
		}
	})
}

// insist tells the floor what has happened, again and again while it is busy or the disk is full. No answer: the server
// stopped before the floor took it.
func (b *background) insist(k *store.Keeper, v floor.Verb) *floor.Answer {
	for {
		a := k.Do(&floor.Command{Verb: v})
		if a.Err == nil || a.Err.Code != "busy" && a.Err.Kind != floor.Stopped {
			return a
		}
		select {
		case <-time.After(AskAgain):
		case <-b.ctx.Done():
			return nil
		}
	}
}

// AskAgain is when the floor is asked again that cannot take a word just now.
const AskAgain = time.Second

// wakes is how a worker in the background hears that there is something to do, from whoever must not wait for it.
type wakes chan struct{}

func newWakes() wakes { return make(wakes, 1) }

func (w wakes) wake() {
	select {
	case w <- struct{}{}:
	default: // it is awake
	}
}
