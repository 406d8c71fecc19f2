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
	for _, a := range k.state.Gone() {
		id := []byte(a.Order.ID)
		c.gone = append(c.gone, pair{archiveKey(string(id)), k.encodeRow(a, c.name.Head.Seq)})
		for _, name := range a.Names() {
			c.gone = append(c.gone, pair{nameKey(name), id})
		}
	}
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
	seq := c.name.Head.Seq
	var puts, drops []pair
	puts = append(puts, c.gone...)
	for _, r := range c.rows {
		key := rowKey(r.key)
		if at, ok := k.rowAt[r.key]; ok && at != seq {
			drops = append(drops, pair{key: append(key, seqBytes(at)...)})
		}
		puts = append(puts, pair{append(rowKey(r.key), seqBytes(seq)...), r.data})
	}
	if err := k.inParts(puts, false); err != nil {
		return err
	}
	name, err := encMode.Marshal(c.name)
	if err != nil {
		return err
	}
	if err := k.db.Update(func(txn *badger.Txn) error { return txn.Set([]byte{keyCut}, name) }); err != nil {
		return err
	}
	for _, r := range c.rows {
		if r.data == nil { // the mark of a record that is no more goes too, now that the cut is named
			drops = append(drops, pair{key: append(rowKey(r.key), seqBytes(seq)...)})
			delete(k.rowAt, r.key)
		} else {
			k.rowAt[r.key] = seq
		}
	}
	return k.inParts(drops, true)
}

// inParts writes or deletes in as many transactions as needed.
func (k *Keeper) inParts(list []pair, drop bool) error {
	for len(list) > 0 {
		n, size := 0, 0
		err := k.db.Update(func(txn *badger.Txn) error {
			for n < len(list) && size < cutBytes && n < 4000 {
				p, err := list[n], error(nil)
				if drop {
					err = txn.Delete(p.key)
				} else {
					err = txn.Set(p.key, p.value)
				}
				if err != nil {
					return err
				}
				size += len(p.key) + len(p.value)
				n++
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

// rows gives the newest row of every record not newer than a cut, and the keys of those that are stale.
func (j badgerJournal) rows(cut uint64, fn func(k floor.RowKey, seq uint64, data []byte) error) (stale [][]byte, err error) {
	err = j.db.View(func(txn *badger.Txn) error {
		opts := badger.DefaultIteratorOptions
		opts.Prefix, opts.PrefetchSize = []byte{keyRow}, 256
		it := txn.NewIterator(opts)
		defer it.Close()
		var last floor.RowKey
		var lastSeq uint64
		var lastData, lastKey []byte
		flush := func() error {
			if lastKey == nil || len(lastData) == 0 {
				return nil
			}
			return fn(last, lastSeq, lastData)
		}
		for it.Rewind(); it.Valid(); it.Next() {
			raw := it.Item().KeyCopy(nil)
			key, seq := splitRowKey(raw)
			if seq > cut {
				stale = append(stale, raw)
				continue
			}
			data, err := it.Item().ValueCopy(nil)
			if err != nil {
				return errors.Join(ErrDamaged, err)
			}
			if lastKey != nil && key == last {
				stale = append(stale, lastKey)
			} else if err := flush(); err != nil {
				return err
			}
			last, lastSeq, lastData, lastKey = key, seq, data, raw
		}
		return flush()
	})
	return stale, err
}
