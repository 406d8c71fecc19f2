package store

import (
	"errors"
	"log/slog"
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
)

func (o *SpaceOptions) defaults() {
	if o.LowBytes == 0 {
		o.LowBytes = SpaceLow
	}
	if o.BallastBytes == 0 {
		o.BallastBytes = SpaceBallast
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
	stopped atomic.Bool
	free    atomic.Int64
	stop    chan struct{}
	ended   sync.WaitGroup
}

func newSpace(dir string, o SpaceOptions, log *slog.Logger) *space {
	o.defaults()
	s := &space{o: o, dir: dir, log: log, stop: make(chan struct{})}
	if dir == "" {
		return s
	}
	s.look()
	s.ended.Add(1)
	go s.watch()
	return s
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
