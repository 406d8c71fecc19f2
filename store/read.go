package store

import (
	"crypto/sha256"
	"fmt"
)

// ReadLimit is how many records one Read gives.
const ReadLimit = 10_000

func hashOf(b []byte) Hash { return sha256.Sum256(b) }

// Read gives the journal from a seq on, at most limit records, only what is durable.
func (k *Keeper) Read(from uint64, limit int) ([]Record, error) {
	head := k.Head()
	limit = max(1, min(limit, ReadLimit))
	var out []Record
	if from == 0 {
		from = 1
	}
	err := k.journal.read(from, func(seq uint64, b []byte) (bool, error) {
		if seq > head.Seq {
			return false, nil
		}
		r, err := k.open1(b)
		if err != nil {
			return false, err
		}
		if want := from + uint64(len(out)); r.Seq != want {
			return false, fmt.Errorf("%w: record %d is missing", ErrDamaged, want)
		}
		out = append(out, r)
		return len(out) < limit, nil
	})
	return out, err
}

func (k *Keeper) open1(b []byte) (Record, error) {
	f, err := openFrame(b)
	if err != nil {
		return Record{}, err
	}
	e, err := k.vault.event(f)
	if err != nil {
		return Record{}, err
	}
	return Record{e, f.Epoch, hashOf(b)}, nil
}
