package store

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/dgraph-io/badger/v4"
)

// Badger takes some 2.4 MB in one transaction and wants values under 1 MB, and a wave of five hundred
// orders is one event. So a long value lies in parts beside its key, and a group too long for one
// transaction is written in several, under a note that takes all of them back if the power goes between.

// Limits of what Badger is given at once.
const (
	partBytes  = 512 << 10
	txnBytes   = 2 << 20
	txnEntries = 16_000
)

// longMark begins the value of a key whose bytes lie in parts; no CBOR begins so.
const longMark = 0xff

func partKey(key []byte, n int) []byte {
	return binary.BigEndian.AppendUint16(append([]byte{keyPart}, key...), uint16(n))
}

// spread adds a pair to a list, a long one as its parts and then a note of how many there are.
func spread(list []pair, p pair) []pair {
	if len(p.value) <= partBytes {
		return append(list, p)
	}
	n := partsOf(p.value)
	for i := range n {
		list = append(list, pair{partKey(p.key, i), p.value[i*partBytes : min((i+1)*partBytes, len(p.value))]})
	}
	return append(list, pair{p.key, binary.BigEndian.AppendUint16([]byte{longMark}, uint16(n))})
}

// partsOf is how many parts a value lies in; 0 for one that lies under its own key.
func partsOf(value []byte) int {
	if len(value) <= partBytes {
		return 0
	}
	return (len(value) + partBytes - 1) / partBytes
}

// whole gives the value of an item, gathered from its parts where it lies in parts.
func whole(txn *badger.Txn, item *badger.Item) ([]byte, error) {
	b, err := item.ValueCopy(nil)
	if err != nil || len(b) != 3 || b[0] != longMark {
		return b, err
	}
	var out []byte
	for i := range int(binary.BigEndian.Uint16(b[1:])) {
		part, err := txn.Get(partKey(item.Key(), i))
		if err != nil {
			return nil, fmt.Errorf("%w: part %d of a long record: %v", ErrDamaged, i, err)
		}
		if err := part.Value(func(v []byte) error { out = append(out, v...); return nil }); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// takeTxn is how many of the pairs go into one transaction.
func takeTxn(list []pair, most int) int {
	size := 0
	for i, p := range list {
		if size += len(p.key) + len(p.value) + 16; i > 0 && (size > most || i >= txnEntries) {
			return i
		}
	}
	return len(list)
}

func setAll(txn *badger.Txn, list []pair) error {
	for _, p := range list {
		if err := txn.Set(p.key, p.value); err != nil {
			return err
		}
	}
	return nil
}

// appendLong writes a group in several transactions. The note goes with the last of them; start takes the
// whole group back while it is there, and nothing of it was answered.
func (j badgerJournal) appendLong(expect Head, list []pair) error {
	err := j.db.Update(func(txn *badger.Txn) error {
		if err := j.expects(txn, expect); err != nil {
			return err
		}
		return txn.Set([]byte{keyUnfinished}, seqBytes(expect.Seq))
	})
	for err == nil && len(list) > 0 {
		n := takeTxn(list, txnBytes)
		err = j.db.Update(func(txn *badger.Txn) error {
			if n == len(list) {
				if err := txn.Set([]byte{keyUnfinished}, nil); err != nil {
					return err
				}
			}
			return setAll(txn, list[:n])
		})
		list = list[n:]
	}
	return err
}

// entriesOf are the entries of the indexes that a record's bytes have besides the record.
func entriesOf(b []byte, seq uint64) ([]pair, error) {
	f, err := openFrame(b)
	if err != nil {
		return nil, err
	}
	body, err := f.body()
	if err != nil {
		return nil, fmt.Errorf("%w: record %d", ErrDamaged, seq)
	}
	return extras(body, seq), nil
}

// takeBack empties a group that was being written in several transactions when the power went. Deletions
// alone would not do: they may come undone (rows.go).
func (j badgerJournal) takeBack() error {
	at, err := j.get([]byte{keyUnfinished})
	if err != nil || len(at) != 8 {
		return err
	}
	from := binary.BigEndian.Uint64(at) + 1
	var voids, drops []pair // what must not come back, and what may
	err = j.read(from, func(seq uint64, b []byte) (bool, error) {
		entries, err := entriesOf(b, seq)
		if err != nil {
			return false, err
		}
		for _, p := range entries {
			if p.key[0] == keyAnswer {
				voids = append(voids, pair{key: p.key})
			} else {
				drops = append(drops, p)
			}
		}
		return true, nil
	})
	records, listErr := j.keysFrom([]byte{keyRecord}, from)
	parts, partsErr := j.keysFrom([]byte{keyPart, keyRecord}, from)
	err = errors.Join(err, listErr, partsErr)
	voids = append(voids, records...)
	if err != nil {
		return advise(err, "restore a backup, or run floorline verify; nothing was changed")
	}
	if err := j.inParts(voids, false); err != nil {
		return err
	}
	if err := j.inParts(append(drops, parts...), true); err != nil {
		return err
	}
	return j.inParts([]pair{{key: []byte{keyUnfinished}}}, false)
}

// keysFrom lists the keys of a prefix whose seq is not less than from.
func (j badgerJournal) keysFrom(prefix []byte, from uint64) (out []pair, err error) {
	err = j.db.View(func(txn *badger.Txn) error {
		opts := badger.DefaultIteratorOptions
		opts.Prefix, opts.PrefetchValues = prefix, false
		it := txn.NewIterator(opts)
		defer it.Close()
		for it.Seek(append(prefix[:len(prefix):len(prefix)], seqBytes(from)...)); it.Valid(); it.Next() {
			out = append(out, pair{key: it.Item().KeyCopy(nil)})
		}
		return nil
	})
	return out, err
}

// inParts writes or deletes in as many small transactions as needed: scans wait behind each in Badger's one
// write queue.
func (j badgerJournal) inParts(list []pair, drop bool) error {
	for len(list) > 0 {
		n := min(takeTxn(list, cutBytes), 4000)
		err := j.db.Update(func(txn *badger.Txn) error {
			if !drop {
				return setAll(txn, list[:n])
			}
			for _, p := range list[:n] {
				if err := txn.Delete(p.key); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}
