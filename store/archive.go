package store

import (
	"bytes"
	"fmt"
	"sort"
	"sync"

	"floorline/floor"
)

// leaving holds what has left the floor's memory and is not in the archive on disk yet: a cut writes it
// behind, and in between a late import must still find its order.
type leaving struct {
	mu    sync.Mutex
	pairs map[string][]byte
}

// letGo takes what left memory since the last call. The caller holds the lock on the state.
func (k *Keeper) letGo() {
	gone := k.state.Gone()
	if len(gone) == 0 {
		return
	}
	k.leaving.mu.Lock()
	defer k.leaving.mu.Unlock()
	for _, a := range gone {
		id := a.ID()
		k.leaving.pairs[string(archiveKey(id))] = k.encodeRow(a, k.state.Seq)
		for _, name := range a.Names() {
			k.leaving.pairs[string(nameKey(name))] = []byte(id)
		}
	}
}

// list gives what is leaving, sorted, for a cut to write.
func (l *leaving) list() []pair {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := make([]pair, 0, len(l.pairs))
	for key, value := range l.pairs {
		out = append(out, pair{[]byte(key), value})
	}
	sort.Slice(out, func(i, j int) bool { return bytes.Compare(out[i].key, out[j].key) < 0 })
	return out
}

// written forgets what is on disk now, unless it has left anew since.
func (l *leaving) written(list []pair) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, p := range list {
		if bytes.Equal(l.pairs[string(p.key)], p.value) {
			delete(l.pairs, string(p.key))
		}
	}
}

// kept gives a value of the archive, from disk or on its way there.
func (k *Keeper) kept(key []byte) ([]byte, error) {
	k.leaving.mu.Lock()
	b := k.leaving.pairs[string(key)]
	k.leaving.mu.Unlock()
	if b != nil {
		return b, nil
	}
	return k.journal.get(key)
}

// Archived gives an order or a blind return that has left memory, by its id, its shop's number, or a parcel's number;
// nil when there is none.
func (k *Keeper) Archived(name string) (*floor.Archived, error) {
	id, err := k.kept(nameKey(name))
	if err != nil || id == nil {
		return nil, err
	}
	b, err := k.kept(archiveKey(string(id)))
	if err != nil || b == nil {
		return nil, err
	}
	a := &floor.Archived{}
	if err := decMode.Unmarshal(b, a); err != nil {
		return nil, fmt.Errorf("%w: archived order %s: %v", ErrDamaged, id, err)
	}
	k.vault.open(a)
	return a, nil
}
