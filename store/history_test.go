package store

import (
	"fmt"
	"slices"
	"testing"

	"github.com/dgraph-io/badger/v4"

	"floorline/floor"
)

// lots brings some lots of tea in, one adjustment after the other.
func lots(t *testing.T, k *Keeper, n int) {
	t.Helper()
	must(t, k, floor.SaveItem{Item: floor.Item{SKU: "TEA", Name: "Tea", Tracking: "lot"}})
	must(t, k, floor.SaveItem{Item: floor.Item{SKU: "TEA2", Name: "Tea too", Tracking: "lot"}})
	must(t, k, floor.SaveBin{Bin: floor.Bin{Code: "A-1", BinKind: "pick"}})
	for i := range n {
		for _, sku := range []floor.SKU{"TEA", "TEA2"} {
			must(t, k, floor.AdjustStock{Bin: "A-1", SKU: sku, Qty: 1, Lot: fmt.Sprintf("L%d", i%2), Reason: "found"})
		}
	}
}

func seqs(records []Record) (out []uint64) {
	for _, r := range records {
		out = append(out, r.Seq)
	}
	return out
}

// The history of a lot is read from either end, page by page, and is that of no other lot and no other item.
func TestHistoryFromEitherEnd(t *testing.T) {
	k := mustOpen(t, testOptions(t.TempDir(), newWall()))
	defer mustClose(t, k)
	lots(t, k, 6)
	lot := floor.HistoryOfLot("TEA", "L1")
	newest, err := k.History(lot, 0, 100)
	must0(t, err)
	var oldest []Record
	must0(t, k.Follow(lot, k.Head().Seq, func(r Record) { oldest = append(oldest, r) }))
	if len(newest) != 3 || len(oldest) != 3 {
		t.Fatalf("%v and %v, want three each", seqs(newest), seqs(oldest))
	}
	slices.Reverse(newest)
	if !slices.Equal(seqs(newest), seqs(oldest)) {
		t.Errorf("%v from one end, %v from the other", seqs(newest), seqs(oldest))
	}
	second, err := k.HistoryAfter(lot, oldest[0].Seq, 1)
	must0(t, err)
	if len(second) != 1 || second[0].Seq != oldest[1].Seq {
		t.Errorf("after the first comes %v", seqs(second))
	}
	var part []Record
	must0(t, k.Follow(lot, oldest[1].Seq, func(r Record) { part = append(part, r) }))
	if len(part) != 2 {
		t.Errorf("up to the second there are %v", seqs(part))
	}
	if none, err := k.History(floor.HistoryOfLot("TEA", "L"), 0, 10); err != nil || len(none) > 0 {
		t.Errorf("%v %v", seqs(none), err)
	}
	begin, _ := floor.Histories("L1")
	things, err := k.Things(begin, 10)
	must0(t, err)
	if !slices.Equal(things, []string{floor.HistoryOfLot("TEA", "L1"), floor.HistoryOfLot("TEA2", "L1")}) {
		t.Errorf("lot L1 is of %q", things)
	}
	if one, err := k.Things(begin, 1); err != nil || len(one) != 1 {
		t.Errorf("%q %v", one, err)
	}
}

// What a program before this one wrote has its history too: it is entered at the next start, and only then.
func TestHistoryOfAnOlderJournal(t *testing.T) {
	w, dir := newWall(), t.TempDir()
	k := mustOpen(t, testOptions(dir, w))
	lots(t, k, 6)
	if k.Named() != 0 {
		t.Errorf("a new house has noted all of it, and says from %d on", k.Named())
	}
	lot, head := floor.HistoryOfLot("TEA", "L1"), k.Head().Seq
	mustClose(t, k)
	behind(t, dir, func(txn *badger.Txn) error { // as it would lie there without the names of lots and places
		it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{keyAbout}})
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			if key := it.Item().KeyCopy(nil); key[1] == 'l' || key[1] == 'p' {
				if err := txn.Delete(key); err != nil {
					return err
				}
			}
		}
		return txn.Delete([]byte{keyNamed})
	})
	k = mustOpen(t, testOptions(dir, w))
	defer func() { mustClose(t, k) }()
	if list, err := k.History(lot, 0, 10); err != nil || len(list) != 3 {
		t.Errorf("%v %v", seqs(list), err)
	}
	if list, err := k.History(floor.HistoryOfPlace(floor.InBin("A-1")), 0, 100); err != nil || len(list) != 12 {
		t.Errorf("%v %v", seqs(list), err)
	}
	if k.Named() != head {
		t.Errorf("entered up to %d, want %d", k.Named(), head)
	}
	must(t, k, floor.AdjustStock{Bin: "A-1", SKU: "TEA", Qty: 1, Lot: "L1", Reason: "found"})
	mustClose(t, k)
	k = mustOpen(t, testOptions(dir, w))
	if k.Named() != head {
		t.Errorf("after another start %d, want %d still", k.Named(), head)
	}
	if r := k.Verify(); !r.Clean() {
		t.Errorf("%v", r.Problems)
	}
}
