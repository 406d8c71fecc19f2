package store

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/dgraph-io/badger/v4"
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

// History gives the events about a thing ("item/SKU", "order/O-..."), newest first, before a seq (0: all).
func (k *Keeper) History(thing string, before uint64, limit int) ([]Record, error) {
	limit = max(1, min(limit, ReadLimit))
	if head := k.Head().Seq; before == 0 || before > head {
		before = head + 1
	}
	var seqs []uint64
	err := k.db.View(func(txn *badger.Txn) error {
		opts := badger.DefaultIteratorOptions
		opts.Reverse, opts.PrefetchValues = true, false
		prefix := append(append([]byte{keyAbout}, thing...), 0)
		opts.Prefix = prefix
		it := txn.NewIterator(opts)
		defer it.Close()
		for it.Seek(aboutKey(thing, before-1)); it.Valid() && len(seqs) < limit; it.Next() {
			if key := it.Item().Key(); len(key) == len(prefix)+8 {
				seqs = append(seqs, binary.BigEndian.Uint64(key[len(prefix):]))
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := make([]Record, 0, len(seqs))
	for _, seq := range seqs {
		b, err := k.journal.get(recordKey(seq))
		if err != nil || b == nil {
			return out, fmt.Errorf("%w: record %d", ErrDamaged, seq)
		}
		r, err := k.open1(b)
		if err != nil {
			return out, err
		}
		if about, ok := r.Event.Body.(interface{ About() []string }); ok && slices.Contains(about.About(), thing) {
			out = append(out, r)
		} // else an index entry that was taken back, and came back
	}
	return out, nil
}
