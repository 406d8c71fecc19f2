package simulate

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// ack is one verdict that a device received, and the units that it says were moved.
type ack struct {
	id, device, code string
	n                uint64
	units            int64
	parcels          []string // that a truck left with
	blind            bool     // of a count: who counts is not told what the books say, nor what was booked
}

// book is what the simulation itself knows: every verdict it was given, what those verdicts add up to,
// how long they took, and everything that was not as it should be.
type book struct {
	mu         sync.Mutex
	stock      *stockroom
	board      *board
	orders     map[string]*orderTally
	labels     map[string]*orderTally     // by tracking number
	lists      map[string]map[string]bool // orders seen on a pick list, and whether they were handed to a bench
	guessed    map[pickOf]int64           // picks whose order was guessed, by list and item: by how much orders differ
	staged     map[string]bool            // pick lists that were finished
	batches    map[string]map[string]bool // the orders of a batch, and whether they were handed to a bench
	trucks     map[string][]string        // tracking numbers on board, by manifest
	early      map[string]string          // parcels that left before their packer heard of their label, and the manifest
	gone       map[string]int             // which of acks says that a manifest's truck left
	steps      map[*device]*steps         // what each device may take back
	affairs    map[jobRef]bool            // about goods, begun and not done; true: to be looked at once more
	named      map[jobRef]jobRef          // what the floor calls a job whose task had another name
	receipts   map[string]*receiptTally   // by purchase
	returned   map[string]*returnTally
	care       careTally
	shipped    int // orders gone
	acks       []ack
	seqs       map[uint64]time.Time // when a verdict's place in the journal was known
	frames     int
	resends    int
	replays    int
	landings   int
	cancels    int       // under way
	cancelAt   time.Time // the last moment at which one began or ended
	mischief   [faults]int
	codes      map[string]int
	closes     map[int]int
	waits      []float64       // ms from when a frame was due to its verdict
	unanswered map[string]bool // ids still in an outbox when the day ended
	problems   []string
	wrongs     int
}

func newBook(b *board) *book {
	return &book{board: b, stock: &stockroom{}, orders: map[string]*orderTally{}, lists: map[string]map[string]bool{}, labels: map[string]*orderTally{},
		trucks: map[string][]string{}, gone: map[string]int{}, early: map[string]string{}, staged: map[string]bool{}, guessed: map[pickOf]int64{}, steps: map[*device]*steps{}, seqs: map[uint64]time.Time{},
		batches: map[string]map[string]bool{}, affairs: map[jobRef]bool{}, named: map[jobRef]jobRef{}, receipts: map[string]*receiptTally{}, returned: map[string]*returnTally{}, codes: map[string]int{}, closes: map[int]int{}}
}

// ProblemLimit is how many problems are told in words; all are counted.
const ProblemLimit = 40

// wrong notes something that must not happen. It counts as a mismatch.
func (b *book) wrong(format string, a ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.note(format, a...)
}

func (b *book) note(format string, a ...any) {
	b.wrongs++
	if len(b.problems) < ProblemLimit {
		b.problems = append(b.problems, fmt.Sprintf(format, a...))
	}
}

func (b *book) sent(n int)        { b.mu.Lock(); b.frames += n; b.mu.Unlock() }
func (b *book) resent()           { b.mu.Lock(); b.resends++; b.mu.Unlock() }
func (b *book) closed(code int)   { b.mu.Lock(); b.closes[code]++; b.mu.Unlock() }
func (b *book) faulted(f fault)   { b.mu.Lock(); b.mischief[f]++; b.mu.Unlock() }
func (b *book) scans() (n, m int) { b.mu.Lock(); defer b.mu.Unlock(); return b.frames, len(b.acks) }

// landed checks that a device which missed nothing finds itself at the step at which it was cut off, unless
// somebody took its work meanwhile.
func (b *book) landed(d *device, had, got *next) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.landings++
	if had == nil || had.same(got) || b.board.moved(d.ID) || had.job() == (jobRef{}) {
		return
	}
	if b.cancels > 0 || b.cancelAt.After(d.heard) {
		return // a cancelled order may have changed what is next
	}
	b.note("%s stood at %s %s %q and came back to %s %s %q", d.label, had.job().ID, had.Step, had.Title, got.job().ID, got.Step, got.Title)
}

// verdict enters one verdict, for the first time, for a frame that this simulation sent.
func (b *book) verdict(d *device, f *frame, r *reply) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.codes[r.Code]++
	if r.Replayed {
		b.replays++
	}
	if !f.faulted && !r.Replayed && !r.got.IsZero() {
		b.waits = append(b.waits, float64(r.got.Sub(f.due))/float64(time.Millisecond))
		if r.Class == "accepted" {
			b.seqs[r.Seq] = r.got
		}
	}
	if r.Code == "conflict" || r.Code == "device_ahead" {
		b.note("%s: frame %d was answered %s: %s", d.label, f.N, r.Code, r.Say)
		return
	}
	a := ack{id: f.ID, device: d.ID, code: r.Code, n: f.N}
	if r.Code == "departed" {
		a.parcels = slices.Clone(b.trucks[f.ctx.job().ID])
	}
	a.blind = f.ctx.job().Kind == "count" && r.Code == "count_done"
	a.units = b.effect(d, f, r)
	b.acks = append(b.acks, a)
}

// mix is the verdicts by code, for the summary.
func (b *book) mix() string {
	var out []string
	for _, code := range sortedKeys(b.codes) {
		out = append(out, fmt.Sprintf("%s %d", code, b.codes[code]))
	}
	return strings.Join(out, ", ")
}
