package store

import (
	"bytes"
	"encoding/binary"
	"errors"

	"github.com/dgraph-io/badger/v4"

	"floorline/floor"
)

// Rows are written so that nothing depends on a deletion: Badger can drop a deletion mark in one compaction
// while an older table, in another one, still holds the key, which then is back. So the newest row of a
// record counts, an empty one marks a record that is no more, and marks stay where they are. When there are
// more marks than records, the living rows are copied to a new generation, and the old one is passed over as
// a whole. What is deleted is deleted to make room only: coming back, it changes nothing.

// rowPlace says which cut wrote a record's row, and in how many parts.
type rowPlace struct {
	seq   uint64
	parts int
}

func (p rowPlace) drops(list []pair, rows uint64, k floor.RowKey) []pair {
	key := rowKey(rows, k, p.seq)
	for i := range p.parts {
		list = append(list, pair{key: partKey(key, i)})
	}
	return append(list, pair{key: key})
}

// rowKey is r + generation + table + id + 0xff + seq.
func rowKey(rows uint64, k floor.RowKey, seq uint64) []byte {
	b := append(append(rowsPrefix(rows), byte(k.Table)), k.ID...)
	return append(append(b, 0xff), seqBytes(seq)...)
}

func rowsPrefix(rows uint64) []byte { return append([]byte{keyRow}, seqBytes(rows)...) }

func seqBytes(seq uint64) []byte { return binary.BigEndian.AppendUint64(nil, seq) }

func splitRowKey(b []byte) (floor.RowKey, uint64) {
	n := len(b) - 8
	return floor.RowKey{Table: floor.Table(b[9]), ID: string(b[10 : n-1])}, binary.BigEndian.Uint64(b[n:])
}

// storedRow is one version of a record on disk; without data it marks a record that is no more.
type storedRow struct {
	key   floor.RowKey
	place rowPlace
	data  []byte
}

// rows gives the newest row of every record of a cut, and the keys of those that are stale.
func (j badgerJournal) rows(cut *namedCut, fn func(storedRow) error) (stale []pair, err error) {
	err = j.db.View(func(txn *badger.Txn) error {
		opts := badger.DefaultIteratorOptions
		opts.Prefix, opts.PrefetchSize = rowsPrefix(cut.Rows), 256
		it := txn.NewIterator(opts)
		defer it.Close()
		var newest *storedRow
		for it.Rewind(); it.Valid(); it.Next() {
			key, seq := splitRowKey(it.Item().Key())
			data, err := whole(txn, it.Item())
			if err != nil {
				return errors.Join(ErrDamaged, err)
			}
			r := storedRow{key, rowPlace{seq, partsOf(data)}, data}
			if seq > cut.Head.Seq {
				stale = r.place.drops(stale, cut.Rows, key)
				continue
			}
			if newest != nil && key == newest.key {
				stale = newest.place.drops(stale, cut.Rows, key)
			} else if newest != nil {
				if err := fn(*newest); err != nil {
					return err
				}
			}
			newest = &r
		}
		if newest != nil {
			return fn(*newest)
		}
		return nil
	})
	return stale, err
}

// renewRows copies the living rows to a generation of their own, and so leaves the marks behind. The copy is
// passed over until the cut is named with it.
func (k *Keeper) renewRows(name namedCut) error {
	from := k.rows
	name.Rows = name.Head.Seq
	var puts []pair
	size := 0
	for key, at := range k.rowAt {
		b, err := k.journal.get(rowKey(from, key, at.seq))
		if err != nil {
			return err
		}
		puts = spread(puts, pair{rowKey(name.Rows, key, at.seq), b})
		if size += len(b); size < txnBytes {
			continue
		}
		if err := k.journal.inParts(puts, false); err != nil {
			return err
		}
		puts, size = nil, 0
	}
	if err := k.journal.inParts(puts, false); err != nil {
		return err
	}
	if err := k.journal.nameCut(name); err != nil {
		return err
	}
	k.rows, k.marks = name.Rows, 0
	return k.journal.dropOtherRows(name.Rows)
}

// dropOtherRows makes room: no row of another generation is read again.
func (j badgerJournal) dropOtherRows(rows uint64) error {
	var drops []pair
	err := j.db.View(func(txn *badger.Txn) error {
		for _, prefix := range [][]byte{{keyRow}, {keyPart, keyRow}} {
			opts := badger.DefaultIteratorOptions
			opts.Prefix, opts.PrefetchValues = prefix, false
			mine := append(prefix[:len(prefix)-1:len(prefix)-1], rowsPrefix(rows)...)
			it := txn.NewIterator(opts)
			for it.Rewind(); it.Valid(); it.Next() {
				if bytes.HasPrefix(it.Item().Key(), mine) {
					it.Seek(append(mine[:len(mine):len(mine)], bytes.Repeat([]byte{0xff}, 300)...))
					if !it.Valid() {
						break
					}
				}
				drops = append(drops, pair{key: it.Item().KeyCopy(nil)})
			}
			it.Close()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return j.inParts(drops, true)
}
