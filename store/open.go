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
	k := &Keeper{o: o, files: newFiles(o.Dir), lock: lock, queue: make(chan *ask, QueueLimit), stop: make(chan struct{}), ended: make(chan struct{}),
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
	if k.space, err = roomToOpen(k.o.Dir, k.o.Space, k.o.Log); err != nil {
		return err
	}
	if k.db, err = openBadger(k.o); err != nil {
		return advise(err, "restore a backup, or run floorline verify; nothing was changed")
	}
	k.journal = badgerJournal{k.db}
	if err := k.journal.checkFormat(); err != nil {
		return err
	}
	head, err := k.load(found)
	if err != nil {
		return err
	}
	if err := k.nameHistory(head); err != nil {
		return err
	}
	k.head.Store(&head)
	k.clock = newClock(k.o.Clock, k.state.Now)
	if k.clock.behind > 0 {
		k.o.Log.Warn("the clock is behind the journal: times stand still until it has caught up; nothing is erased for 7 days", "behind", k.clock.behind)
	}
	if found == nil && head.Seq > 0 && !k.o.InMemory {
		k.o.Log.Warn("the file mark is gone: whether the end of the journal is whole cannot be told; run floorline verify")
	}
	if n := k.vault.closed.Load(); n > 0 {
		k.o.Log.Warn("names and addresses that no key opens: they were erased, or the file keys is not the one that belongs here", "times", n)
	}
	if k.vault.shut.Load() > 0 {
		k.o.Log.Warn("secrets of shops that no key opens: the file keys is not the one that belongs here; give the shops' secrets again, or their webhooks are refused")
	}
	k.lastCut = k.o.Clock()
	k.mark = newMark(k.o.Dir, head)
	k.space.begin()
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
	if !o.InMemory {
		if err := errors.Join(dropEmptyLogs(o.Dir), checkTables(o.Dir)); err != nil {
			return nil, err
		}
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
		if err := k.checkAt(name.Head, "the last of the checkpoint"); err != nil {
			return head, err
		}
		if err := k.loadRows(name); err != nil {
			return head, err
		}
		head = name.Head
	}
	if found != nil && found.Seq <= head.Seq { // replay begins behind it
		if err := k.checkAt(*found, "acknowledged"); err != nil {
			return head, err
		}
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
	k.rows = name.Rows
	stale, err := k.journal.rows(name, func(r storedRow) error {
		if len(r.data) == 0 {
			k.marks++
			return nil
		}
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
	if err := k.journal.inParts(stale, true); err != nil {
		return err
	}
	return k.journal.dropOtherRows(name.Rows)
}

// checkAt looks for a record that must be in the journal.
func (k *Keeper) checkAt(want Head, what string) error {
	if want.Seq == 0 {
		return nil
	}
	b, err := k.journal.get(recordKey(want.Seq))
	if err != nil || b == nil {
		return fmt.Errorf("record %d was %s and is not in the journal. What to do: restore the newest backup; nothing was changed", want.Seq, what)
	}
	if hashOf(b) != want.Hash {
		return fmt.Errorf("record %d is not the one that was %s: the journal was altered. What to do: restore the newest backup; nothing was changed", want.Seq, what)
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

// dirFormat is the format of the whole directory: its keys and records.
const dirFormat = 1

// checkFormat refuses what a newer program wrote, and marks a new directory as ours.
func (j badgerJournal) checkFormat() error {
	b, err := j.get([]byte{keyFormat})
	if err != nil {
		return advise(err, "restore a backup, or run floorline verify")
	}
	if len(b) == 1 && b[0] <= dirFormat {
		return nil
	}
	if b != nil {
		return fmt.Errorf("this data was written by a newer Floorline (format %d, this one reads %d): start the newer version", b, dirFormat)
	}
	return j.db.Update(func(txn *badger.Txn) error { return txn.Set([]byte{keyFormat}, []byte{dirFormat}) })
}

// scrub reads every table's checksums once a day: bad bits would else be found only when somebody asks for
// what they hold. It stops nothing: the state in memory is whole, and a floor that stands still at night over
// an old record helps nobody. The doctor tells.
func (k *Keeper) scrub() {
	t := time.NewTicker(k.o.ScrubEvery)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			if err := k.db.VerifyChecksum(); err != nil {
				k.damage.Store(&err)
				k.o.Log.Error("the nightly check found damaged blocks: run floorline verify, and restore a backup at a quiet hour; what is in memory is whole and work goes on", "err", err)
			}
		case <-k.stop:
			return
		}
	}
}
