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
	rowAt       map[floor.RowKey]uint64 // the cut that wrote a row's newest version; the cutter's own

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
func (k *Keeper) Do(c *floor.Command) *floor.Answer {
	if k.space.stopped.Load() {
		return k.notDecided(floor.Stopped, "disk_full", "the disk is nearly full: make room; nothing is lost and work goes on by itself")
	}
	reply := replies.Get().(chan *floor.Answer)
	select {
	case <-k.stop:
		return k.notDecided(floor.Stopped, "closing", "the server is stopping; send it again")
	case k.queue <- &ask{c, reply}:
	default:
		return k.notDecided(floor.Full, "busy", "the server is busy; send it again in a moment")
	}
	select {
	case a := <-reply:
		replies.Put(reply)
		return a
	case <-k.ended:
	}
	select { // the writer may have answered just before it returned
	case a := <-reply:
		return a
	default:
		return k.notDecided(floor.Stopped, "closing", "the server is stopping; send it again")
	}
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

// Head is the durable end of the journal.
func (k *Keeper) Head() Head { return *k.head.Load() }

// Failed is closed when a commit failed. Nothing of it was answered; the process must end and start again.
func (k *Keeper) Failed() <-chan struct{} { return k.failed }

// Failure says why, once Failed is closed.
func (k *Keeper) Failure() error { return k.failure }

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

// batch is what a group of commands came to.
type batch struct {
	records [][]byte
	extra   []pair
	told    []Record
	size    int
	head    Head
}

// commit decides a group, writes its events in one synced transaction and only then answers. A group that
// grows past GroupBytes is committed in parts. False: the store is broken and nothing was answered.
func (k *Keeper) commit(group []*ask) bool {
	for len(group) > 0 {
		done, ok := k.commitPart(group)
		if !ok {
			return false
		}
		group = group[done:]
	}
	return true
}

func (k *Keeper) commitPart(group []*ask) (int, bool) {
	k.mu.Lock()
	expect := k.Head()
	b := &batch{head: expect}
	answers := make([]*floor.Answer, 0, len(group))
	for _, a := range group {
		answer, err := k.decide(b, a.c)
		if err != nil {
			k.mu.Unlock()
			k.fail(err)
			return 0, false
		}
		answers = append(answers, answer)
		if b.size >= GroupBytes {
			break
		}
	}
	if len(b.records) > 0 {
		if err := k.journal.append(expect, b.records, b.extra); err != nil {
			k.mu.Unlock()
			k.fail(err)
			return 0, false
		}
		head := b.head
		k.head.Store(&head)
		k.mark.set(head)
	}
	c := k.cutDue()
	listeners := k.listen
	k.mu.Unlock()
	for i, answer := range answers {
		if answer.Hash == (Hash{}) {
			answer.Epoch, answer.Hash = b.head.Epoch, b.head.Hash
		}
		if group[i].reply != nil {
			group[i].reply <- answer
		}
	}
	if len(b.told) > 0 {
		for _, fn := range listeners {
			fn(b.told)
		}
	}
	if c != nil {
		k.cuts <- c
	}
	return len(answers), true
}

// decide has the floor decide one command, after bringing up what it needs from disk.
func (k *Keeper) decide(b *batch, c *floor.Command) (*floor.Answer, error) {
	if err := k.prepare(b, c); err != nil {
		return nil, err
	}
	return k.run(b, c)
}

func (k *Keeper) run(b *batch, c *floor.Command) (*floor.Answer, error) {
	c.Now = k.clock.now(k.state.Now)
	a := k.state.Do(c)
	for _, e := range a.Events {
		if err := b.add(k, e); err != nil {
			return nil, err
		}
	}
	if !a.Replayed {
		a.Seq = k.state.Seq
	}
	if a.Seq == b.head.Seq {
		a.Epoch, a.Hash = b.head.Epoch, b.head.Hash
	}
	return a, nil
}

// prepare loads what a command names and memory has let go: its stored answer, an archived order.
func (k *Keeper) prepare(b *batch, c *floor.Command) error {
	if c.ID != "" && !k.state.HasAnswer(c.ID) && (c.Keep || k.behind(c)) {
		stored, err := k.storedAnswer(c.ID)
		if err != nil {
			return err
		}
		c.Stored = stored
	}
	named, ok := c.Verb.(floor.Named)
	if !ok {
		return nil
	}
	for _, name := range named.Names() {
		if name == "" || len(name) > 256 || k.state.Knows(name) {
			continue
		}
		a, err := k.archived(name)
		if err != nil {
			return err
		}
		if a == nil || k.state.Orders[a.Order.ID] != nil {
			continue
		}
		if _, err := k.run(b, &floor.Command{Verb: floor.Recall{Archived: a}}); err != nil {
			return err
		}
	}
	return nil
}

// behind says whether a device's counter was taken before, so that its answer is on disk.
func (k *Keeper) behind(c *floor.Command) bool {
	d := k.state.Devices[c.Device]
	return c.N != 0 && d != nil && c.N <= d.N
}

func (k *Keeper) storedAnswer(id string) (*floor.Answered, error) {
	at, err := k.journal.get(answerKey(id))
	if err != nil || at == nil {
		return nil, err
	}
	b, err := k.journal.get(append([]byte{keyRecord}, at...))
	if err != nil || b == nil {
		return nil, errors.Join(err, ErrDamaged)
	}
	f, err := openFrame(b)
	if err != nil {
		return nil, err
	}
	e, err := k.vault.event(f)
	if err != nil {
		return nil, err
	}
	stored, _ := e.Body.(*floor.Answered)
	return stored, nil
}

// add seals one event into the batch, with the index entries it is found by.
func (b *batch) add(k *Keeper, e *floor.Event) error {
	if p, ok := e.Body.(floor.Personal); ok {
		for _, private := range p.Privates() {
			if private != nil && private.Bucket == "" {
				private.Bucket = bucketOf(e.At)
			}
		}
	}
	bytes, head, err := k.record(e, b.head)
	if err != nil {
		return err
	}
	b.records, b.size, b.head = append(b.records, bytes), b.size+len(bytes), head
	b.told = append(b.told, Record{e, head.Epoch, head.Hash})
	seq := recordKey(e.Seq)[1:]
	if answered, ok := e.Body.(*floor.Answered); ok {
		b.extra = append(b.extra, pair{answerKey(answered.ID), seq})
	}
	if about, ok := e.Body.(interface{ About() []string }); ok {
		for _, thing := range about.About() {
			b.extra = append(b.extra, pair{aboutKey(thing, e.Seq), nil})
		}
	}
	return nil
}

// Close answers what is queued, writes a last checkpoint and the mark, and closes everything.
func (k *Keeper) Close() error {
	var err error
	k.closing.Do(func() {
		close(k.stop)
		<-k.ended
		k.control.close()
		k.space.close()
		if k.failure == nil {
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
