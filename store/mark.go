package store

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// mark is the high-water mark: the journal's head, in a small file beside Badger. Badger drops what follows
// a bad byte in its log and says nothing; the mark is how start notices.
type mark struct {
	path string

	saving sync.Mutex // one writer of the file at a time

	mu    sync.Mutex
	head  Head
	saved Head
	stop  chan struct{}
	ended chan struct{}
}

// MarkEvery is how often the mark is synced; at worst that much of the journal's end is unguarded.
const MarkEvery = time.Second

const markFormat = 1

type markFile struct {
	Format int  `cbor:"1,keyasint"`
	Head   Head `cbor:"2,keyasint"`
	Sum    Hash `cbor:"3,keyasint"`
}

func readMark(dir string) (*Head, error) {
	b, err := os.ReadFile(filepath.Join(dir, "mark"))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	f := markFile{}
	if err := decMode.Unmarshal(b, &f); err != nil {
		return nil, fmt.Errorf("the file mark is damaged: %v", err)
	}
	if f.Format > markFormat {
		return nil, fmt.Errorf("the file mark was written by a newer Floorline (format %d): start the newer version", f.Format)
	}
	sum := f.Sum
	f.Sum = Hash{}
	plain, _ := encMode.Marshal(f)
	if sha256.Sum256(plain) != sum {
		return nil, errors.New("the file mark is damaged: its checksum is wrong")
	}
	return &f.Head, nil
}

func newMark(dir string, head Head) *mark {
	m := &mark{head: head, stop: make(chan struct{}), ended: make(chan struct{})}
	if dir == "" {
		close(m.ended)
		return m
	}
	m.path = filepath.Join(dir, "mark")
	go m.run()
	return m
}

func (m *mark) set(h Head) {
	m.mu.Lock()
	m.head = h
	m.mu.Unlock()
}

func (m *mark) run() {
	defer close(m.ended)
	t := time.NewTicker(MarkEvery)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			_ = m.save() // a full disk is the guard's to tell; the old mark stays good
		case <-m.stop:
			return
		}
	}
}

func (m *mark) save() error {
	m.saving.Lock()
	defer m.saving.Unlock()
	m.mu.Lock()
	h := m.head
	m.mu.Unlock()
	if h == m.saved || m.path == "" {
		return nil
	}
	f := markFile{Format: markFormat, Head: h}
	plain, err := encMode.Marshal(f)
	if err != nil {
		return err
	}
	f.Sum = sha256.Sum256(plain)
	b, err := encMode.Marshal(f)
	if err != nil {
		return err
	}
	if err := writeSynced(m.path, b, 0o644); err != nil {
		return err
	}
	m.saved = h
	return nil
}

func (m *mark) close() error {
	close(m.stop)
	<-m.ended
	return m.save()
}
