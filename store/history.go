package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/dgraph-io/badger/v4"
)

// History gives the events about a thing ("item/SKU", "order/O-..."), newest first, before a seq (0: all).
func (k *Keeper) History(thing string, before uint64, limit int) ([]Record, error) {
	if head := k.Head().Seq; before == 0 || before > head {
		before = head + 1
	}
	return k.history(thing, before-1, limit, true)
}

// HistoryAfter gives the events about a thing, oldest first, after a seq.
func (k *Keeper) HistoryAfter(thing string, after uint64, limit int) ([]Record, error) {
	return k.history(thing, after+1, limit, false)
}

// Follow tells fn all events about a thing, oldest first, as far as a seq. They are read piece by piece, so that what
// happened to a lot in years need not lie in memory at once.
func (k *Keeper) Follow(thing string, to uint64, fn func(Record)) error {
	for after := uint64(0); ; {
		records, err := k.HistoryAfter(thing, after, 1000)
		if err != nil {
			return err
		}
		for _, r := range records {
			if r.Seq > to {
				return nil
			}
			fn(r)
			after = r.Seq
		}
		if len(records) == 0 {
			return nil
		}
	}
}

func (k *Keeper) history(thing string, from uint64, limit int, newestFirst bool) ([]Record, error) {
	limit = max(1, min(limit, ReadLimit))
	var out []Record
	for len(out) == 0 {
		seqs, err := k.seqsOf(thing, from, limit, newestFirst)
		if err != nil || len(seqs) == 0 {
			return out, err
		}
		if out, err = k.records(thing, seqs); err != nil {
			return out, err
		}
		if from = seqs[len(seqs)-1] + 1; newestFirst { // all of them had been taken back: look further
			if from -= 2; seqs[len(seqs)-1] == 1 {
				break
			}
		}
	}
	return out, nil
}

// seqsOf are the records that the index has of a thing, from one on.
func (k *Keeper) seqsOf(thing string, from uint64, limit int, newestFirst bool) (seqs []uint64, err error) {
	head := k.Head().Seq
	err = k.db.View(func(txn *badger.Txn) error {
		opts := badger.DefaultIteratorOptions
		opts.Reverse, opts.PrefetchValues = newestFirst, false
		prefix := append(append([]byte{keyAbout}, thing...), 0)
		opts.Prefix = prefix
		it := txn.NewIterator(opts)
		defer it.Close()
		for it.Seek(aboutKey(thing, from)); it.Valid() && len(seqs) < limit; it.Next() {
			key := it.Item().Key()
			if len(key) != len(prefix)+8 {
				continue
			}
			if seq := binary.BigEndian.Uint64(key[len(prefix):]); seq <= head {
				seqs = append(seqs, seq)
			}
		}
		return nil
	})
	return seqs, err
}

// records reads those that are about a thing. An entry of the index may have been taken back, and have come back.
func (k *Keeper) records(thing string, seqs []uint64) ([]Record, error) {
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
		}
	}
	return out, nil
}

// Things are the things with a history whose names begin so, sorted, at most so many.
func (k *Keeper) Things(prefix string, limit int) (out []string, err error) {
	err = k.db.View(func(txn *badger.Txn) error {
		opts := badger.DefaultIteratorOptions
		opts.PrefetchValues = false
		opts.Prefix = append([]byte{keyAbout}, prefix...)
		it := txn.NewIterator(opts)
		defer it.Close()
		for it.Rewind(); it.Valid() && len(out) < limit; {
			name, _, ok := bytes.Cut(it.Item().Key()[1:], []byte{0})
			if !ok {
				return fmt.Errorf("%w: an entry of the index of histories", ErrDamaged)
			}
			out = append(out, string(name))
			past := append(append([]byte{keyAbout}, name...), 1) // behind all that it has: a name ends with a nought
			it.Seek(past)
		}
		return nil
	})
	return out, err
}

// historyNames says which names things have in histories. Raise it when About names more than it did: the next start
// enters them for the records that were written without.
const historyNames = 1

// Named is the record up to which histories were entered afterwards: what is in it was written by an older program,
// which noted less. 0: the house has always noted all of it.
func (k *Keeper) Named() uint64 { return k.named }

// nameHistory enters what an older program did not: it goes through the journal once. What was entered already is only
// written again, so that a start which is broken off begins anew.
func (k *Keeper) nameHistory(head Head) error {
	b, err := k.journal.get([]byte{keyNamed})
	if err != nil {
		return advise(err, "restore a backup, or run floorline verify")
	}
	if len(b) == 9 && b[0] >= historyNames {
		k.named = binary.BigEndian.Uint64(b[1:])
		return nil
	}
	if head.Seq > 0 {
		k.o.Log.Info("entering the history of units from the journal, once; this takes a moment", "records", head.Seq)
	}
	var list []pair
	err = k.journal.read(1, func(seq uint64, b []byte) (bool, error) {
		entries, err := entriesOf(b, seq)
		if err != nil {
			return false, err
		}
		for _, p := range entries {
			if p.key[0] == keyAbout {
				list = append(list, p)
			}
		}
		if len(list) < 4000 {
			return true, nil
		}
		err = k.journal.inParts(list, false)
		list = list[:0]
		return true, err
	})
	if err == nil {
		err = k.journal.inParts(list, false)
	}
	if err != nil {
		return advise(err, "restore a backup, or run floorline verify")
	}
	k.named = head.Seq
	return k.journal.inParts([]pair{{[]byte{keyNamed}, append([]byte{historyNames}, seqBytes(head.Seq)...)}}, false)
}
