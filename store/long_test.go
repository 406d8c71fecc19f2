package store

import (
	"bytes"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"

	"floorline/floor"
)

// longOrders are orders as long as wholesalers send them.
func longOrders(orders, lines int) floor.ImportOrders {
	v := floor.ImportOrders{}
	for i := range orders {
		n := floor.NewOrder{Row: i + 1, Channel: "web", ExternalID: fmt.Sprint("long", i), ShipTo: floor.Person{Name: "Zebulon Quickfinger", Country: "NL"}}
		for j := range lines {
			n.Lines = append(n.Lines, floor.NewLine{SKU: floor.SKU(fmt.Sprintf("A-RATHER-LONG-STOCK-NUMBER-%06d", j)), Qty: 1})
		}
		v.Orders = append(v.Orders, n)
	}
	return v
}

// stockLong has all that longOrders ask for in one bin.
func stockLong(t testing.TB, k *Keeper, lines int) {
	must(t, k, floor.SaveSite{Site: floor.Site{Name: "House"}})
	must(t, k, floor.SaveBin{Bin: floor.Bin{Code: "A", BinKind: "pick"}})
	for j := range lines {
		sku := floor.SKU(fmt.Sprintf("A-RATHER-LONG-STOCK-NUMBER-%06d", j))
		must(t, k, floor.SaveItem{Item: floor.Item{SKU: sku, Name: "Item"}})
		must(t, k, floor.AdjustStock{Bin: "A", SKU: sku, Qty: 1000, Reason: "opening"})
	}
}

// One command may make more events than Badger takes in a transaction, and one event may be longer than
// Badger wants a value to be. Both are kept, and both come back.
func TestLongGroupsAndLongRecords(t *testing.T) {
	w, dir := newWall(), t.TempDir()
	k := mustOpen(t, testOptions(dir, w))
	const orders, lines = 200, 500
	stockLong(t, k, lines)
	must(t, k, longOrders(orders, lines))
	must(t, k, floor.ReleaseWave{Filter: &floor.OrderFilter{}})
	longest, all, head := 0, 0, k.Head()
	if err := k.journal.read(1, func(_ uint64, b []byte) (bool, error) {
		longest, all = max(longest, len(b)), all+len(b)
		return true, nil
	}); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes of journal, the longest record %d", all, longest)
	if longest < partBytes || all < 2*txnBytes {
		t.Fatal("this is not long enough to prove anything")
	}
	if r := k.Verify(); !r.Clean() {
		t.Fatal(r.Problems)
	}
	mustClose(t, k)
	k = mustOpen(t, testOptions(dir, w))
	defer mustClose(t, k)
	k.View(func(s *floor.State) {
		if len(s.Orders) != orders || len(s.Orders[firstOrder(s)].Lines) != lines || k.Head() != head {
			t.Fatalf("%d orders at record %d of %d", len(s.Orders), k.Head().Seq, head.Seq)
		}
	})
	if r := k.Verify(); !r.Clean() || r.Rows < orders {
		t.Fatalf("%+v", r)
	}
	k.db.View(func(txn *badger.Txn) error { // rows of several parts leave none behind when they are replaced
		it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{keyPart, keyRow}})
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			row := it.Item().Key()[1 : len(it.Item().Key())-2]
			if _, err := txn.Get(row); err != nil {
				t.Errorf("a part of a row that is no more: %q", row)
			}
		}
		return nil
	})
}

// The power goes between the transactions of a long group, after any of them: start takes all of it back,
// since nothing of it was answered, and goes on from there.
func TestTornLongGroupIsTakenBack(t *testing.T) {
	const orders, lines = 200, 600
	w, dir := newWall(), t.TempDir()
	o := testOptions(dir, w)
	k := mustOpen(t, o)
	stockLong(t, k, lines)
	base, drawn := k.Head(), o.Chance.(*chance).n
	must(t, k, longOrders(orders, lines))
	var records [][]byte
	var extra []pair
	if err := k.journal.read(base.Seq+1, func(seq uint64, b []byte) (bool, error) {
		f, err := openFrame(b)
		if err != nil {
			return false, err
		}
		e, err := k.vault.event(f)
		if err != nil {
			return false, err
		}
		records, extra = append(records, b), append(extra, extras(e.Body, seq)...)
		return true, nil
	}); err != nil {
		t.Fatal(err)
	}
	want := journalBytes(t, k)
	mustClose(t, k)
	for torn := 1; torn <= 2; torn++ {
		dir := t.TempDir()
		k := mustOpen(t, testOptions(dir, newWall()))
		stockLong(t, k, lines)
		if k.Head() != base {
			t.Fatal("not the same beginning")
		}
		var list []pair
		for i, b := range records {
			list = spread(list, pair{recordKey(base.Seq + 1 + uint64(i)), b})
		}
		list = append(list, extra...)
		must0(t, k.db.Update(func(txn *badger.Txn) error { return txn.Set([]byte{keyUnfinished}, seqBytes(base.Seq)) }))
		for range torn {
			n := takeTxn(list, txnBytes)
			if n == len(list) {
				t.Fatal("this was not torn")
			}
			must0(t, k.db.Update(func(txn *badger.Txn) error { return setAll(txn, list[:n]) }))
			list = list[n:]
		}
		mustClose(t, k)
		o := testOptions(dir, w)
		o.Chance = &chance{n: drawn} // as if it had never stopped
		k = mustOpen(t, o)
		if k.Head() != base {
			t.Fatalf("head %d, want %d: nothing of a torn group stays", k.Head().Seq, base.Seq)
		}
		if h, err := k.History("order/O-000001", 0, 10); err != nil || len(h) != 0 {
			t.Fatalf("%v %v: nor does its index", h, err)
		}
		must(t, k, longOrders(orders, lines))
		if !bytes.Equal(journalBytes(t, k), want) {
			t.Error("sent again, it does not come out the same")
		}
		if r := k.Verify(); !r.Clean() {
			t.Error(r.Problems)
		}
		mustClose(t, k)
	}
}

func must0(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// held runs fn while a reader holds up the writer, so that commands pile up behind it.
func held(k *Keeper, fn func()) {
	k.View(func(*floor.State) { fn() })
}

// A group never holds more than its limits, however much is queued.
func TestGroupLimits(t *testing.T) {
	k := mustOpen(t, testOptions(t.TempDir(), newWall()))
	stockLong(t, k, 250)
	var groups [][]Record
	k.Listen(func(rs []Record) { groups = append(groups, rs) })
	var wg sync.WaitGroup
	send := func(n int, name string, verb func(i int) floor.Verb) {
		held(k, func() {
			for i := range n {
				wg.Add(1)
				go func() {
					defer wg.Done()
					if a := k.Do(&floor.Command{ID: fmt.Sprint(name, i), Keep: true, Verb: verb(i)}); a.Err != nil {
						t.Error(a.Err)
					}
				}()
			}
			for len(k.queue) < n-GroupCommands {
				time.Sleep(time.Millisecond) // until they are queued; nothing depends on how long it takes
			}
		})
		wg.Wait()
	}
	send(3*GroupCommands, "item", func(i int) floor.Verb {
		return floor.SaveItem{Item: floor.Item{SKU: floor.SKU(fmt.Sprint("S", i)), Name: "Item"}}
	})
	big := longOrders(300, 250).Orders
	send(len(big), "order", func(i int) floor.Verb { return floor.CreateOrder{Order: big[i]} })
	size := map[uint64]int{}
	must0(t, k.journal.read(1, func(seq uint64, b []byte) (bool, error) { size[seq] = len(b); return true, nil }))
	most, largest := 0, 0
	mustClose(t, k) // then the last listener has returned
	for _, rs := range groups {
		commands, bytes := map[string]bool{}, 0
		for _, r := range rs {
			commands[r.Command], bytes = true, bytes+size[r.Seq]
		}
		most, largest = max(most, len(commands)), max(largest, bytes)
	}
	t.Logf("%d groups; at most %d commands and %d bytes", len(groups), most, largest)
	if most > GroupCommands || most < GroupCommands/2 {
		t.Errorf("a group of %d commands; the limit is %d", most, GroupCommands)
	}
	if largest > GroupBytes+GroupBytes/8 || largest < GroupBytes {
		t.Errorf("a group of %d bytes; it ends at %d", largest, GroupBytes)
	}
}

// When the queue is full the next is told so at once, and everything that was taken is still answered.
func TestQueueFull(t *testing.T) {
	k := mustOpen(t, testOptions(t.TempDir(), newWall()))
	defer mustClose(t, k)
	var wg sync.WaitGroup
	var mu sync.Mutex
	codes := map[string]int{}
	held(k, func() {
		full := make(chan struct{})
		var once sync.Once
		for i := range QueueLimit + 2*GroupCommands {
			wg.Add(1)
			go func() {
				defer wg.Done()
				a := k.Do(&floor.Command{Verb: floor.SaveBin{Bin: floor.Bin{Code: floor.BinCode(fmt.Sprint("B", i))}}})
				mu.Lock()
				defer mu.Unlock()
				if a.Err == nil {
					codes["taken"]++
					return
				}
				codes[a.Err.Code]++
				once.Do(func() { close(full) })
			}()
		}
		<-full
	})
	wg.Wait()
	k.View(func(s *floor.State) {
		if codes["taken"] < QueueLimit || len(s.Bins) != codes["taken"] || codes["busy"] == 0 || len(codes) != 2 {
			t.Errorf("%v answered, %d bins", codes, len(s.Bins))
		}
	})
}

// poison is a command whose rule breaks.
type poison struct{ floor.Verb }

// One command that cannot be decided is answered so; those around it are decided as ever.
func TestPoison(t *testing.T) {
	k := mustOpen(t, testOptions(t.TempDir(), newWall()))
	defer mustClose(t, k)
	must(t, k, floor.MakeTotes{Count: 1})
	if a := k.Do(&floor.Command{ID: "x", Verb: poison{}}); a.Err == nil || a.Err.Code != "internal" {
		t.Fatalf("%+v", a)
	}
	must(t, k, floor.MakeTotes{Count: 1})
	if r := k.Verify(); !r.Clean() || k.Head().Seq != r.Records {
		t.Fatalf("%+v", r)
	}
}
