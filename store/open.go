package store

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"
	"golang.org/x/sys/unix"

	"floorline/floor"
)

// Open starts a warehouse from its directory, or a new one in an empty directory. It refuses damage: the
// error says what happened and what to do.
func Open(o Options) (*Keeper, error) {
	o.defaults()
	if o.InMemory {
		o.Dir = ""
	}
	lock, err := lockDir(o.Dir)
	if err != nil {
		return nil, err
	}
	k := &Keeper{o: o, lock: lock, queue: make(chan *ask, QueueLimit), stop: make(chan struct{}), ended: make(chan struct{}),
		cuts: make(chan *cut, 1), cutterEnded: make(chan struct{}), failed: make(chan struct{}), rowAt: map[floor.RowKey]rowPlace{},
		leaving: leaving{pairs: map[string][]byte{}}}
	if err := k.open(); err != nil {
		if k.db != nil {
			err = errors.Join(err, k.db.Close())
		}
		if lock != nil {
			err = errors.Join(err, lock.Close())
		}
		return nil, err
	}
	go k.cutter(k.cutterEnded)
	go k.write()
	go k.scrub()
	return k, nil
}

func (k *Keeper) open() error {
	found, err := readMark(k.o.Dir)
	if err != nil {
		return advise(err, "move the file away only if you know the data is whole: run floorline verify")
	}
	if k.o.InMemory {
		found = nil
	}
	if k.vault, err = openVault(k.o.Dir, k.o.Chance); err != nil {
		return advise(err, "without the keys file names and addresses cannot be read; restore it from its sealed copy")
	}
	if err := missing(k.o.Dir, found); err != nil {
		return err
	}
	if k.db, err = openBadger(k.o); err != nil {
		return advise(err, "restore a backup, or run floorline verify; nothing was changed")
	}
	k.journal = badgerJournal{k.db}
	head, err := k.load(found)
	if err != nil {
		return err
	}
	k.head.Store(&head)
	k.clock = newClock(k.o.Clock, k.state.Now)
	if k.clock.behind > 0 {
		k.o.Log.Warn("the clock is behind the journal: times stand still until it has caught up; nothing is erased for 7 days", "behind", k.clock.behind)
	}
	k.lastCut = k.o.Clock()
	k.mark = newMark(k.o.Dir, head)
	k.space = newSpace(k.o.Dir, k.o.Space, k.o.Log)
	k.control, err = listenControl(k)
	return err
}

func advise(err error, what string) error { return fmt.Errorf("%w. What to do: %s", err, what) }

// lockDir makes sure that one process only has the directory.
func lockDir(dir string) (*os.File, error) {
	if dir == "" {
		return nil, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, advise(err, "choose a directory that this user may write")
	}
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, advise(err, "is the disk read-only?")
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("%s is held by another Floorline. What to do: stop that one, or choose another --data", dir)
	}
	return f, nil
}

// lockToRead takes the same lock without writing anything.
func lockToRead(dir string) (unlock func(), err error) {
	f, err := os.Open(filepath.Join(dir, "lock"))
	if errors.Is(err, os.ErrNotExist) {
		return func() {}, nil // a copy that nobody ever served
	}
	if err != nil {
		return nil, advise(err, "run it as the user who runs the server")
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("%s is held by another Floorline, which does not answer. What to do: stop that one first", dir)
	}
	return func() { _ = f.Close() }, nil
}

// missing refuses to begin an empty warehouse over one that was there.
func missing(dir string, found *Head) error {
	if found == nil || found.Seq == 0 {
		return nil
	}
	if _, err := os.Stat(filepath.Join(dir, "badger", "MANIFEST")); err != nil {
		return fmt.Errorf("the journal of %s is gone, though it reached record %d. What to do: restore a backup; nothing was changed", dir, found.Seq)
	}
	return nil
}

func openBadger(o Options) (*badger.DB, error) {
	if err := checkTables(o.Dir); err != nil && !o.InMemory {
		return nil, err
	}
	opts := badger.DefaultOptions(filepath.Join(o.Dir, "badger"))
	if o.InMemory {
		opts = badger.DefaultOptions("").WithInMemory(true)
	}
	opts = opts.WithSyncWrites(!o.InMemory).WithNumVersionsToKeep(1).WithDetectConflicts(false).
		WithMemTableSize(16 << 20).WithCompression(options.None).WithNumCompactors(2).
		WithValueLogFileSize(64 << 20).WithBlockCacheSize(0).
		WithChecksumVerificationMode(options.OnBlockRead).WithLogger(badgerLog{o.Log})
	return badger.Open(opts)
}

type badgerLog struct{ l *slog.Logger }

func (b badgerLog) Errorf(f string, a ...any)   { b.l.Error(fmt.Sprintf("badger: "+f, a...)) }
func (b badgerLog) Warningf(f string, a ...any) { b.l.Warn(fmt.Sprintf("badger: "+f, a...)) }
func (b badgerLog) Infof(f string, a ...any)    { b.l.Debug(fmt.Sprintf("badger: "+f, a...)) }
func (b badgerLog) Debugf(string, ...any)       {}

// load rebuilds the state: rows up to the last named cut, then the journal's tail, every link of it checked.
func (k *Keeper) load(found *Head) (head Head, err error) {
	defer func() {
		if p := recover(); p != nil { // Badger panics on a block whose checksum is wrong
			err = fmt.Errorf("%w: %v. What to do: restore a backup; nothing was changed", ErrDamaged, p)
		}
	}()
	name, err := k.journal.lastCut()
	if err != nil {
		return Head{}, err
	}
	if err := k.journal.takeBack(); err != nil {
		return Head{}, err
	}
	k.state = floor.New()
	head = Head{Epoch: 1}
	if name != nil {
		if err := k.loadRows(name); err != nil {
			return head, err
		}
		head = name.Head
	}
	if err := k.checkAt(found, head); err != nil {
		return head, err
	}
	head, err = k.replay(k.state, head, found)
	if err != nil {
		return head, advise(err, "restore a backup, or run floorline verify to see how far the journal is whole")
	}
	if found != nil && head.Seq < found.Seq {
		return head, fmt.Errorf("the journal ends at record %d, but record %d was acknowledged: the end of the journal is lost. What to do: restore the newest backup; devices will resend what it lacks; nothing was changed", head.Seq, found.Seq)
	}
	k.letGo()
	return head, nil
}

func (k *Keeper) loadRows(name *namedCut) error {
	stale, err := k.journal.rows(name.Head.Seq, func(r storedRow) error {
		record := floor.NewRow(r.key.Table)
		if record == nil {
			return fmt.Errorf("the checkpoint holds table %d, which this version does not know: start the newer version", r.key.Table)
		}
		if err := decMode.Unmarshal(r.data, record); err != nil {
			return fmt.Errorf("%w: row %s of table %d: %v", ErrDamaged, r.key.ID, r.key.Table, err)
		}
		k.vault.open(record)
		k.state.PutRow(r.key, record)
		k.rowAt[r.key] = r.place
		return nil
	})
	if err != nil {
		return advise(err, "restore a backup, or run floorline verify")
	}
	k.state.Seq, k.state.Now = name.Head.Seq, name.Now
	k.state.Rebuild()
	return k.journal.inParts(stale, true)
}

// checkAt compares the mark with the journal where the mark lies before the last cut, which replay skips.
func (k *Keeper) checkAt(found *Head, cut Head) error {
	if found == nil || found.Seq == 0 || found.Seq > cut.Seq {
		return nil
	}
	b, err := k.journal.get(recordKey(found.Seq))
	if err != nil || b == nil {
		return fmt.Errorf("record %d was acknowledged and is not in the journal. What to do: restore the newest backup; nothing was changed", found.Seq)
	}
	if hashOf(b) != found.Hash {
		return fmt.Errorf("record %d is not the one that was acknowledged: the journal was altered. What to do: restore the newest backup; nothing was changed", found.Seq)
	}
	return nil
}

// replay applies the journal after head and gives the new head.
func (k *Keeper) replay(s *floor.State, head Head, found *Head) (Head, error) {
	err := k.journal.read(head.Seq+1, func(seq uint64, b []byte) (bool, error) {
		f, next, err := follow(head, b)
		if err != nil {
			return false, err
		}
		if found != nil && next.Seq == found.Seq && next.Hash != found.Hash {
			return false, fmt.Errorf("%w: record %d is not the one that was acknowledged", ErrDamaged, next.Seq)
		}
		e, err := k.vault.event(f)
		if err != nil {
			return false, err
		}
		s.Apply(e)
		head = next
		return true, nil
	})
	return head, err
}

// scrub reads every table's checksums once a day: bad bits in a table otherwise come back as wrong values.
func (k *Keeper) scrub() {
	t := time.NewTicker(k.o.ScrubEvery)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			if err := k.db.VerifyChecksum(); err != nil {
				k.fail(fmt.Errorf("the nightly check found damage: %w", err))
			}
		case <-k.stop:
			return
		}
	}
}
