package store

import (
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dgraph-io/badger/v4"

	"floorline/floor"
)

// Limits of the writer.
const (
	GroupCommands = 256     // commands of one commit
	GroupBytes    = 1 << 20 // bytes of events of one commit
	QueueLimit    = 4096    // commands waiting
)

// Options of a Keeper. Everything but Dir has a default.
type Options struct {
	Dir             string // "" with InMemory
	InMemory        bool   // for tests: Badger in memory, no files
	Clock           func() time.Time
	Chance          io.Reader
	CheckpointEvery time.Duration // 5 s
	CheckpointRows  int           // 4096 changed records: a cut then costs some milliseconds
	SpareMarks      int           // 50,000 marks of records that are no more, beyond as many as there are records
	TickEvery       time.Duration // 1 s; negative: never by itself
	Space           SpaceOptions
	ScrubEvery      time.Duration // 24 h
	Log             *slog.Logger
}

func (o *Options) defaults() {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Chance == nil {
		o.Chance = rand.Reader
	}
	if o.CheckpointEvery == 0 {
		o.CheckpointEvery = 5 * time.Second
	}
	if o.CheckpointRows == 0 {
		o.CheckpointRows = 4096
	}
	if o.SpareMarks == 0 {
		o.SpareMarks = 50_000
	}
	if o.TickEvery == 0 {
		o.TickEvery = time.Second
	}
	if o.ScrubEvery == 0 {
		o.ScrubEvery = 24 * time.Hour
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
}

// Keeper keeps one warehouse: its state, its journal and its files.
type Keeper struct {
	o       Options
	db      *badger.DB
	journal badgerJournal
	vault   *vault
	files   *files
	mark    *mark
	space   *space
	lock    *os.File
	clock   clock
	control *control

	queue chan *ask
	stop  chan struct{}
	ended chan struct{} // the writer has returned

	mu     sync.RWMutex // held by the writer from a group's first Apply until its commit returned
	state  *floor.State
	head   atomic.Pointer[Head]
	listen []func([]Record)

	cuts        chan *cut
	cutMu       sync.Mutex // held while rows are written, and while they are compared
	cutting     atomic.Bool
	lastCut     time.Time
	cutterEnded chan struct{}
	rows        uint64                    // the generation of rows; this, marks and rowAt are the cutter's own
	marks       int                       // rows of it that mark a record that is no more
	rowAt       map[floor.RowKey]rowPlace // where a row's newest version lies
	leaving     leaving
	named       uint64 // see Named

	damage   atomic.Pointer[error] // what the nightly check found
	failOnce sync.Once
	failed   chan struct{}
	failure  error
	closing  sync.Once
}

// ask is one command waiting for the writer.
type ask struct {
	c     *floor.Command
	reply chan *floor.Answer
}

var replies = sync.Pool{New: func() any { return make(chan *floor.Answer, 1) }}

// Do has a command decided and gives the answer once it is on disk. It may be called from any goroutine.
// Answers that were not decided have Err set: Full "busy", Stopped "disk_full" or "closing".
func (k *Keeper) Do(c *floor.Command) *floor.Answer { return k.Begin(c).Answer() }

// Pending is a command on its way to its answer.
type Pending struct {
	k      *Keeper
	reply  chan *floor.Answer
	answer *floor.Answer // given at once: the command was not taken
}

// Begin hands a command over without waiting. Those of one goroutine are decided in the order it began them.
func (k *Keeper) Begin(c *floor.Command) Pending {
	if k.space.stopped.Load() {
		return Pending{answer: k.diskFull()}
	}
	reply := replies.Get().(chan *floor.Answer)
	select {
	case <-k.stop:
		return Pending{answer: k.notDecided(floor.Stopped, "closing", "the server is stopping; send it again")}
	case k.queue <- &ask{c, reply}:
		return Pending{k: k, reply: reply}
	default:
		return Pending{answer: k.notDecided(floor.Full, "busy", "the server is busy; send it again in a moment")}
	}
}

// Answer waits until the command is decided and on disk. Call it once.
func (p Pending) Answer() *floor.Answer {
	if p.answer != nil {
		return p.answer
	}
	select {
	case a := <-p.reply:
		replies.Put(p.reply)
		return a
	case <-p.k.ended:
	}
	select { // the writer may have answered just before it returned
	case a := <-p.reply:
		return a
	default:
		return p.k.notDecided(floor.Stopped, "closing", "the server is stopping; send it again")
	}
}

func (k *Keeper) diskFull() *floor.Answer {
	return k.notDecided(floor.Stopped, "disk_full", "the disk is nearly full: make room; nothing is lost and work goes on by itself")
}

func (k *Keeper) notDecided(kind floor.ErrorKind, code, say string) *floor.Answer {
	h := k.Head()
	return &floor.Answer{Err: &floor.Error{Kind: kind, Code: code, Say: say}, Seq: h.Seq, Epoch: h.Epoch, Hash: h.Hash}
}

// View lends the state for reading. What it shows is on disk. Copy what you need and return soon: the
// writer waits.
func (k *Keeper) View(fn func(*floor.State)) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	fn(k.state)
}

// Listen has fn told every event after it is on disk, in order, from the writer itself: be quick. Call it
// before the first command.
func (k *Keeper) Listen(fn func([]Record)) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.listen = append(k.listen, fn)
}

func (k *Keeper) stopping() bool {
	select {
	case <-k.stop:
		return true
	default:
		return false
	}
}

// Head is the durable end of the journal.
func (k *Keeper) Head() Head { return *k.head.Load() }

// Failed is closed when a commit failed. Nothing of it was answered; the process must end and start again.
func (k *Keeper) Failed() <-chan struct{} { return k.failed }

// Failure says why, once Failed is closed.
func (k *Keeper) Failure() error { return k.failure }

func (k *Keeper) broken() bool {
	select {
	case <-k.failed:
		return true
	default:
		return false
	}
}

func (k *Keeper) fail(err error) {
	k.failOnce.Do(func() {
		k.failure = err
		k.o.Log.Error("the journal could not be written; nothing of it was answered", "err", err)
		close(k.failed)
	})
}

// write is the one writer.
func (k *Keeper) write() {
	defer close(k.ended)
	var tick <-chan time.Time
	if k.o.TickEvery > 0 {
		t := time.NewTicker(k.o.TickEvery)
		defer t.Stop()
		tick = t.C
	}
	for {
		var group []*ask
		select {
		case a := <-k.queue:
			group = k.take(a)
		case <-tick:
			if k.space.stopped.Load() {
				continue
			}
			group = []*ask{{c: &floor.Command{Verb: floor.Tick{}}}}
		case <-k.stop:
			k.drain()
			return
		}
		if !k.commit(group) {
			return
		}
	}
}

// take gathers what is queued behind a command, without waiting.
func (k *Keeper) take(first *ask) []*ask {
	group := []*ask{first}
	for len(group) < GroupCommands {
		select {
		case a := <-k.queue:
			group = append(group, a)
		default:
			return group
		}
	}
	return group
}

func (k *Keeper) drain() {
	for {
		select {
		case a := <-k.queue:
			if !k.commit(k.take(a)) {
				return
			}
		default:
			return
		}
	}
}

// Close answers what is queued, writes a last checkpoint and the mark, and closes everything.
func (k *Keeper) Close() error {
	var err error
	k.closing.Do(func() {
		close(k.stop)
		<-k.ended
		k.control.close()
		k.space.close()
		if !k.broken() {
			k.mu.Lock()
			c := k.newCut()
			k.mu.Unlock()
			k.cuts <- c
		}
		close(k.cuts)
		<-k.cutterEnded
		err = errors.Join(k.mark.close(), k.db.Close())
		if k.lock != nil {
			err = errors.Join(err, k.lock.Close())
		}
	})
	return err
}
