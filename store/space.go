package store

import (
	"errors"
	"fmt"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"
)

// SpaceOptions bound how full the disk may get. Badger dies by SIGBUS on a full one, so the guard stops
// new work before that, lets go of a ballast file to finish what is under way, and takes up work by itself.
type SpaceOptions struct {
	LowBytes     int64 // below this much free space no new work is taken
	BallastBytes int64
	Free         func(dir string) (int64, error)
	Every        time.Duration
}

// Defaults of the guard.
const (
	SpaceLow     = 512 << 20
	SpaceBallast = 256 << 20
	spaceToOpen  = 64 << 20 // Badger's log, and the table it may have to write from it
)

// defaults are bounded by the disk's size too: a small disk must not be full from the start.
func (o *SpaceOptions) defaults(dir string) {
	most := int64(math.MaxInt64)
	var st unix.Statfs_t
	if dir != "" && unix.Statfs(dir, &st) == nil {
		most = int64(st.Blocks) * st.Bsize
	}
	if o.LowBytes == 0 {
		o.LowBytes = min(SpaceLow, most/32)
	}
	if o.BallastBytes == 0 {
		o.BallastBytes = min(SpaceBallast, most/64)
	}
	if o.Free == nil {
		o.Free = freeBytes
	}
	if o.Every == 0 {
		o.Every = time.Second
	}
}

func freeBytes(dir string) (int64, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, err
	}
	return int64(st.Bavail) * st.Bsize, nil
}

// Space is how much room there is, and whether work has stopped for want of it.
type Space struct {
	FreeBytes int64 `json:"free_bytes"`
	Stopped   bool  `json:"stopped"`
}

type space struct {
	o       SpaceOptions
	dir     string
	log     *slog.Logger
	looking sync.Mutex
	stopped atomic.Bool
	free    atomic.Int64
	stop    chan struct{}
	ended   sync.WaitGroup
}

// roomToOpen refuses to open Badger where it would run out of room while it opens: it would be killed, and
// killed again at every start. The ballast is let go for this first.
func roomToOpen(dir string, o SpaceOptions, log *slog.Logger) (*space, error) {
	o.defaults(dir)
	s := &space{o: o, dir: dir, log: log, stop: make(chan struct{})}
	if dir == "" {
		return s, nil
	}
	need := min(spaceToOpen, o.LowBytes)
	free, err := o.Free(dir)
	if err == nil && free < need {
		_ = os.Remove(s.ballast())
		free, err = o.Free(dir)
	}
	if err != nil {
		return nil, err
	}
	if free < need {
		return nil, fmt.Errorf("the disk of %s is full: %d MB are free, and %d MB are needed to start. What to do: make room and start again; nothing was changed", dir, free>>20, need>>20)
	}
	return s, nil
}

// begin looks a first time and then goes on looking.
func (s *space) begin() {
	if s.dir == "" {
		return
	}
	s.look()
	s.ended.Add(1)
	go s.watch()
}

func (s *space) watch() {
	defer s.ended.Done()
	t := time.NewTicker(s.o.Every)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			s.look()
		case <-s.stop:
			return
		}
	}
}

// look measures, stops below the low mark and resumes above twice of it: a floor that flickers between
// working and not is worse than one that waits.
func (s *space) look() {
	s.looking.Lock()
	defer s.looking.Unlock()
	free, err := s.o.Free(s.dir)
	if err != nil {
		s.log.Error("free space could not be read", "err", err)
		return
	}
	s.free.Store(free)
	switch {
	case free < s.o.LowBytes && s.stopped.CompareAndSwap(false, true):
		s.log.Error("the disk is nearly full: new work stops until there is room", "free_bytes", free)
		_ = os.Remove(s.ballast())
	case free >= 2*s.o.LowBytes+s.o.BallastBytes && s.stopped.CompareAndSwap(true, false):
		s.log.Info("there is room again: work goes on", "free_bytes", free)
	}
	if !s.stopped.Load() && free >= 2*s.o.LowBytes+s.o.BallastBytes {
		s.fillBallast()
	}
}

// full looks before a group is written: between two looks of the watch another program may fill the disk.
func (s *space) full() bool {
	if s.dir != "" && !s.stopped.Load() {
		s.look()
	}
	return s.stopped.Load()
}

func (s *space) ballast() string { return filepath.Join(s.dir, "ballast") }

// fillBallast keeps a file of real blocks aside, to be given back to the disk when it runs full.
func (s *space) fillBallast() {
	if st, err := os.Stat(s.ballast()); err == nil && st.Size() == s.o.BallastBytes {
		return
	}
	f, err := os.OpenFile(s.ballast(), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	err = unix.Fallocate(int(f.Fd()), 0, 0, s.o.BallastBytes)
	if err := errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(s.ballast())
	}
}

func (s *space) close() {
	close(s.stop)
	s.ended.Wait()
}

// Space tells how much room there is.
func (k *Keeper) Space() Space {
	return Space{FreeBytes: k.space.free.Load(), Stopped: k.space.stopped.Load()}
}
