package store

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/dgraph-io/badger/v4"

	"floorline/floor"
)

// A checkpoint is one consistent cut between two groups: the rows of every record that changed since the
// last one. The writer encodes them, a goroutine writes them under the cut's seq in as many transactions as
// needed, and one small transaction then names the cut. Start uses the newest row not newer than the last
// named cut, so a cut that was never named leaves no trace.

// cutFormat is the format of rows; a newer one is refused by an older program.
const cutFormat = 1

// cutBytes bounds one transaction of a checkpoint: scans wait behind it in Badger's one write queue.
const cutBytes = 128 << 10

// namedCut is the last complete checkpoint.
type namedCut struct {
	Format int        `cbor:"1,keyasint"`
	Head   Head       `cbor:"2,keyasint"`
	Now    floor.Time `cbor:"3,keyasint"`
}

// cut is a checkpoint on its way to disk.
type cut struct {
	name namedCut
	rows []row
	gone []pair
}

type row struct {
	key  floor.RowKey
	data []byte // nil: the record is no more
}

// cutDue makes a cut when enough has changed or enough time has passed, and none is on its way.
func (k *Keeper) cutDue() *cut {
	dirty := k.state.Dirty()
	if dirty == 0 || k.cutting.Load() {
		return nil
	}
	if dirty < k.o.CheckpointRows && k.o.Clock().Sub(k.lastCut) < k.o.CheckpointEvery {
		return nil
	}
	return k.newCut()
}

// newCut encodes what has changed. The caller holds the lock.
func (k *Keeper) newCut() *cut {
	k.cutting.Store(true)
	k.lastCut = k.o.Clock()
	c := &cut{name: namedCut{cutFormat, k.Head(), k.state.Now}}
	for _, key := range k.state.Cut() {
		r := row{key: key}
		if record := k.state.Row(key); record != nil {
			r.data = k.encodeRow(record, c.name.Head.Seq)
		}
		c.rows = append(c.rows, r)
	}
	c.gone = k.leaving.list()
	return c
}

// rowMark keeps the nonces of rows apart from those of events.
const rowMark = 1 << 58

func (k *Keeper) encodeRow(record any, seq uint64) []byte {
	if err := k.vault.seal(record, rowMark|seq); err != nil {
		k.fail(err)
	}
	b, err := encMode.Marshal(record)
	if err != nil {
		panic(fmt.Sprintf("store: %T cannot be encoded: %v", record, err))
	}
	return b
}

// cutter writes cuts, one at a time.
func (k *Keeper) cutter(ended chan struct{}) {
	defer close(ended)
	for c := range k.cuts {
		if err := k.writeCut(c); err != nil {
			k.fail(fmt.Errorf("checkpoint: %w", err))
		}
		k.cutting.Store(false)
	}
}

func (k *Keeper) writeCut(c *cut) error {
	k.cutMu.Lock()
	defer k.cutMu.Unlock()
	var puts, drops []pair
	for _, p := range c.gone {
		puts = spread(puts, p)
	}
	at := rowPlace{seq: c.name.Head.Seq}
	for _, r := range c.rows {
		if old, ok := k.rowAt[r.key]; ok && old.seq != at.seq {
			drops = old.drops(drops, r.key)
		}
		puts = spread(puts, pair{at.key(r.key), r.data})
	}
	if err := k.journal.inParts(puts, false); err != nil {
		return err
	}
	name, err := encMode.Marshal(c.name)
	if err != nil {
		return err
	}
	if err := k.db.Update(func(txn *badger.Txn) error { return txn.Set([]byte{keyCut}, name) }); err != nil {
		return err
	}
	k.leaving.written(c.gone)
	for _, r := range c.rows {
		if r.data == nil { // the mark of a record that is no more goes too, now that the cut is named
			drops = at.drops(drops, r.key)
			delete(k.rowAt, r.key)
		} else {
			k.rowAt[r.key] = rowPlace{at.seq, partsOf(r.data)}
		}
	}
	return k.journal.inParts(drops, true)
}

// rowPlace says which cut wrote a row, and in how many parts.
type rowPlace struct {
	seq   uint64
	parts int
}

func (p rowPlace) key(k floor.RowKey) []byte { return append(rowKey(k), seqBytes(p.seq)...) }

func (p rowPlace) drops(list []pair, k floor.RowKey) []pair {
	key := p.key(k)
	for i := range p.parts {
		list = append(list, pair{key: partKey(key, i)})
	}
	return append(list, pair{key: key})
}

func rowKey(k floor.RowKey) []byte {
	return append(append([]byte{keyRow, byte(k.Table)}, k.ID...), 0xff)
}

func seqBytes(seq uint64) []byte { return binary.BigEndian.AppendUint64(nil, seq) }

func splitRowKey(b []byte) (floor.RowKey, uint64) {
	n := len(b) - 8
	return floor.RowKey{Table: floor.Table(b[1]), ID: string(b[2 : n-1])}, binary.BigEndian.Uint64(b[n:])
}

func (j badgerJournal) lastCut() (*namedCut, error) {
	b, err := j.get([]byte{keyCut})
	if err != nil || b == nil {
		return nil, err
	}
	c := &namedCut{}
	if err := decMode.Unmarshal(b, c); err != nil {
		return nil, fmt.Errorf("%w: the checkpoint's name: %v", ErrDamaged, err)
	}
	if c.Format > cutFormat {
		return nil, fmt.Errorf("this data was written by a newer Floorline (format %d, this one reads %d): start the newer version", c.Format, cutFormat)
	}
	return c, nil
}

// storedRow is one version of a record on disk.
type storedRow struct {
	key   floor.RowKey
	place rowPlace
	data  []byte
}

// rows gives the newest row of every record not newer than a cut, and the keys of those that are stale.
func (j badgerJournal) rows(cut uint64, fn func(storedRow) error) (stale []pair, err error) {
	err = j.db.View(func(txn *badger.Txn) error {
		opts := badger.DefaultIteratorOptions
		opts.Prefix, opts.PrefetchSize = []byte{keyRow}, 256
		it := txn.NewIterator(opts)
		defer it.Close()
		var newest *storedRow
		flush := func() error {
			if newest == nil || len(newest.data) == 0 {
				return nil
			}
			return fn(*newest)
		}
		for it.Rewind(); it.Valid(); it.Next() {
			key, seq := splitRowKey(it.Item().Key())
			data, err := whole(txn, it.Item())
			if err != nil {
				return errors.Join(ErrDamaged, err)
			}
			r := storedRow{key, rowPlace{seq, partsOf(data)}, data}
			if seq > cut {
				stale = r.place.drops(stale, key)
				continue
			}
			if newest != nil && key == newest.key {
				stale = newest.place.drops(stale, key)
			} else if err := flush(); err != nil {
				return err
			}
			newest = &r
		}
		return flush()
	})
	return stale, err
}
