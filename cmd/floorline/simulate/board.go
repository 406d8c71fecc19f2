package simulate

import (
	"context"
	"slices"
	"sync"
)

// task is work that waits for somebody.
type task struct {
	kind, id string
	from     string // the device that walked away from it
	tries    int    // how often it was asked for and not to be had
}

// board is where the virtual workers see what there is to do, as people see totes at the stage and parcels
// at the dock. The server knows nothing of it.
type board struct {
	mu      sync.Mutex
	tasks   []task
	orphans []task // walked away from; for a lead
	trucks  map[string]*truck
	taken   map[string]bool // devices whose job somebody else has
	doubts  chan string
	backs   chan string // orders of which goods come back
	judged  chan string // counts and returns that wait for a lead's word
	changed chan struct{}
	open    int // orders and affairs about goods not settled
	stopped bool
}

// truck is one carrier's door.
type truck struct {
	carrier  string
	waiting  int // parcels packed and not gone
	manifest string
	busy     bool
}

func newBoard(orders int) *board {
	return &board{trucks: map[string]*truck{}, taken: map[string]bool{}, doubts: make(chan string, 10_000), backs: make(chan string, 10_000), judged: make(chan string, 10_000),
		changed: make(chan struct{}), open: orders}
}

func (b *board) wake() {
	close(b.changed)
	b.changed = make(chan struct{})
}

func (b *board) put(t task) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tasks = append(b.tasks, t)
	b.wake()
}

// doubt asks for an order to be looked up: the floor may have held or cancelled it.
func (b *board) doubt(order string) {
	select {
	case b.doubts <- order:
	default:
	}
}

func (b *board) packed(carrier string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	t := b.trucks[carrier]
	if t == nil {
		t = &truck{carrier: carrier}
		b.trucks[carrier] = t
	}
	t.waiting++
	b.wake()
}

// unpacked says that so many parcels of a carrier will not go.
func (b *board) unpacked(carrier string, parcels int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if t := b.trucks[carrier]; t != nil {
		t.waiting -= parcels
	}
	b.wake()
}

// boarded says which manifest a carrier's door works on.
func (b *board) boarded(carrier, manifest string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if t := b.trucks[carrier]; t != nil {
		t.manifest = manifest
	}
}

// left says a truck is gone with so many parcels. Its door is free again.
func (b *board) left(manifest string, parcels int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, t := range b.trucks {
		if t.manifest == manifest {
			t.manifest, t.busy, t.waiting = "", false, t.waiting-parcels
		}
	}
	b.wake()
}

// stepAside frees a door whose job was left or was not to be had.
func (b *board) stepAside(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, t := range b.trucks {
		if t.manifest == id || t.carrier == id {
			t.busy = false
		}
	}
	b.wake()
}

// owe notes an affair that is to be brought to its end too.
func (b *board) owe() { b.mu.Lock(); b.open++; b.mu.Unlock() }

// sendBack has a customer send goods of an order back; the day waits for it.
func (b *board) sendBack(order string) {
	select {
	case b.backs <- order:
		b.owe()
	default:
	}
}

// judge asks for a lead's word.
func (b *board) judge(id string) {
	select {
	case b.judged <- id:
	default:
	}
}

// settle notes an order that is done with.
func (b *board) settle() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.open--
	b.wake()
}

func (b *board) stop() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stopped = true
	b.wake()
}

func (b *board) over() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.stopped || b.open <= 0
}

func (b *board) unsettled() int { b.mu.Lock(); defer b.mu.Unlock(); return b.open }

// await gives the next task of one of the kinds, waiting for one; false when the day is over.
func (b *board) await(ctx context.Context, kinds []string, lead bool) (task, bool) {
	for {
		b.mu.Lock()
		if b.stopped || b.open <= 0 {
			b.mu.Unlock()
			return task{}, false
		}
		t, ok := b.pick(kinds, lead)
		changed := b.changed
		b.mu.Unlock()
		if ok {
			return t, true
		}
		select {
		case <-ctx.Done():
			return task{}, false
		case <-changed:
		}
	}
}

func (b *board) pick(kinds []string, lead bool) (task, bool) {
	if lead {
		for i, t := range b.orphans {
			if slices.Contains(kinds, t.kind) {
				b.orphans = slices.Delete(b.orphans, i, i+1)
				b.taken[t.from] = true
				return t, true
			}
		}
	}
	for i, t := range b.tasks {
		if slices.Contains(kinds, t.kind) {
			b.tasks = slices.Delete(b.tasks, i, i+1)
			return t, true
		}
	}
	if slices.Contains(kinds, "load") {
		for _, carrier := range sortedKeys(b.trucks) {
			t := b.trucks[carrier]
			if t.busy || t.waiting <= 0 && t.manifest == "" {
				continue
			}
			t.busy = true
			if t.manifest != "" {
				return task{kind: "load", id: t.manifest}, true
			}
			return task{kind: "load", id: carrier}, true
		}
	}
	return task{}, false
}

// abandon offers a job whose worker walked away to a lead.
func (b *board) abandon(t task) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.orphans = append(b.orphans, t)
	b.wake()
}

// reclaim takes an abandoned job back; false when a lead has it by now.
func (b *board) reclaim(device string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i, t := range b.orphans {
		if t.from == device {
			b.orphans = slices.Delete(b.orphans, i, i+1)
			return true
		}
	}
	return false
}

// takes says that the job of a device goes on elsewhere.
func (b *board) takes(device string) { b.mu.Lock(); b.taken[device] = true; b.mu.Unlock() }

// moved says whether somebody took this device's job, until told is called.
func (b *board) moved(device string) bool { b.mu.Lock(); defer b.mu.Unlock(); return b.taken[device] }
func (b *board) told(device string)       { b.mu.Lock(); defer b.mu.Unlock(); delete(b.taken, device) }

// wait gives a channel that closes when something on the board changes.
func (b *board) wait() <-chan struct{} { b.mu.Lock(); defer b.mu.Unlock(); return b.changed }
