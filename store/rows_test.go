package store

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/dgraph-io/badger/v4"

	"floorline/floor"
)

// seenRows keeps every row that ever was on disk.
type seenRows map[string][]byte

func (s seenRows) look(t *testing.T, db *badger.DB) {
	must0(t, db.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{keyRow}, PrefetchValues: true})
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			b, err := it.Item().ValueCopy(nil)
			if err != nil {
				return err
			}
			s[string(it.Item().Key())] = b
		}
		return nil
	}))
}

// back puts in again what is no more, as Badger does when a compaction drops a deletion mark too early.
func (s seenRows) back(t *testing.T, dir string) (n int) {
	behind(t, dir, func(txn *badger.Txn) error {
		for key, value := range s {
			if _, err := txn.Get([]byte(key)); err == nil {
				continue
			}
			n++
			if err := txn.Set([]byte(key), value); err != nil {
				return err
			}
		}
		return nil
	})
	return n
}

// Deleted rows that come back change nothing, whether or not rows were copied to a new generation meanwhile.
func TestRowsThatComeBack(t *testing.T) {
	for _, spare := range []int{0, -1000} {
		w, dir, seen := newWall(), t.TempDir(), seenRows{}
		o := testOptions(dir, w)
		o.SpareMarks = spare
		k := mustOpen(t, o)
		must(t, k, floor.SaveBin{Bin: floor.Bin{Code: "A", BinKind: "pick"}})
		for i := range 5 {
			must(t, k, floor.SaveItem{Item: floor.Item{SKU: floor.SKU(fmt.Sprint("SKU", i)), Name: "Item"}})
		}
		for i := range 12 {
			sku := floor.SKU(fmt.Sprint("SKU", i%5))
			must(t, k, floor.AdjustStock{Bin: "A", SKU: sku, Qty: int64(1 - 2*(i/5%2)), Reason: "opening"})
			mustClose(t, k)
			k = mustOpen(t, o)
			seen.look(t, k.db)
		}
		want, generation := k.Head(), k.rows
		if (generation > 0) != (spare < 0) {
			t.Errorf("spare %d: generation %d", spare, generation)
		}
		mustClose(t, k)
		if n := seen.back(t, dir); n < 10 {
			t.Fatalf("spare %d: only %d of %d rows had been deleted", spare, n, len(seen))
		}
		found, err := Verify(dir)
		must0(t, err)
		if !found.Clean() || found.Head != want {
			t.Errorf("spare %d: %v %v", spare, found.Head, found.Problems)
		}
		k = mustOpen(t, o)
		if r := k.Verify(); !r.Clean() {
			t.Errorf("spare %d: %v", spare, r.Problems)
		}
		mustClose(t, k)
	}
}

// A note of an unfinished group that was deleted and is back does not take back what followed.
func TestNoteThatComesBack(t *testing.T) {
	dir, w, head := stopped(t)
	k := mustOpen(t, testOptions(dir, w))
	long := bytes.Repeat([]byte("x"), txnBytes)
	must0(t, k.journal.appendLong(Head{Seq: 1 << 40}, []pair{{[]byte("z1"), long}, {[]byte("z2"), long}}))
	must0(t, k.db.View(func(txn *badger.Txn) error {
		_, err := txn.Get([]byte{keyUnfinished})
		return err // a deletion mark would let an older note come back; an empty note stays
	}))
	mustClose(t, k)
	k = mustOpen(t, testOptions(dir, w))
	defer mustClose(t, k)
	if k.Head() != head {
		t.Errorf("%+v, want %+v", k.Head(), head)
	}
}
