package store

import (
	"fmt"

	"github.com/dgraph-io/badger/v4"

	"floorline/floor"
)

// A checkpoint is one consistent cut between two groups: the rows of every record that changed since the
// last one. The writer encodes them, a goroutine writes them under the cut's seq in as many transactions as
// needed, and one small transaction then names the cut. Start uses the newest row not newer than the last
// named cut, so a cut that was never named leaves no trace (rows.go).

// cutFormat is the format of rows; a newer one is refused by an older program. Rows of an older one are
// passed over: the journal gives them again.
const cutFormat = 2

// cutBytes bounds one transaction of a checkpoint: scans wait behind it in Badger's one write queue.
const cutBytes = 128 << 10

// namedCut is the last complete checkpoint.
type namedCut struct {
	Format int        `cbor:"1,keyasint"`
	Head   Head       `cbor:"2,keyasint"`
	Now    floor.Time `cbor:"3,keyasint"`
	Rows   uint64     `cbor:"4,keyasint"` // the generation of its rows
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
	c := &cut{name: namedCut{Format: cutFormat, Head: k.Head(), Now: k.state.Now}}
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
	for _, r := range c.rows {
		if old, ok := k.rowAt[r.key]; ok && old.seq != c.name.Head.Seq {
			drops = old.drops(drops, k.rows, r.key)
		}
		puts = spread(puts, pair{rowKey(k.rows, r.key, c.name.Head.Seq), r.data})
	}
	if err := k.journal.inParts(puts, false); err != nil {
		return err
	}
	c.name.Rows = k.rows
	if err := k.journal.nameCut(c.name); err != nil {
		return err
	}
	k.leaving.written(c.gone)
	for _, r := range c.rows {
		if r.data == nil {
			delete(k.rowAt, r.key)
			k.marks++
		} else {
			k.rowAt[r.key] = rowPlace{c.name.Head.Seq, partsOf(r.data)}
		}
	}
	if err := k.journal.inParts(drops, true); err != nil {
		return err
	}
	if k.marks > len(k.rowAt)+k.o.SpareMarks {
		return k.renewRows(c.name)
	}
	return nil
}

func (j badgerJournal) nameCut(name namedCut) error {
	b, err := encMode.Marshal(name)
	if err != nil {
		return err
	}
	return j.db.Update(func(txn *badger.Txn) error { return txn.Set([]byte{keyCut}, b) })
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
	if c.Format < cutFormat {
		return nil, nil
	}
	if c.Format > cutFormat {
		return nil, fmt.Errorf("this data was written by a newer Floorline (format %d, this one reads %d): start the newer version", c.Format, cutFormat)
	}
	return c, nil
}
