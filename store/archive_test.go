package store

import (
	"fmt"
	"testing"
	"time"

	"floorline/floor"
)

// archiveOne takes an order through to its end and out of memory, and gives its id.
func archiveOne(t *testing.T, k *Keeper, w *wall) (id floor.OrderID) {
	for _, v := range script(1) {
		must(t, k, v)
	}
	k.View(func(s *floor.State) { id = firstOrder(s) })
	must(t, k, floor.CancelOrder{ID: id})
	w.move(4 * 24 * time.Hour)
	must(t, k, floor.Tick{})
	k.View(func(s *floor.State) {
		if s.Orders[id] != nil {
			t.Fatal("still in memory")
		}
	})
	return id
}

func repeatOf(id int) *floor.Command {
	return &floor.Command{Verb: floor.CreateOrder{Order: floor.NewOrder{Channel: "web", ExternalID: fmt.Sprint(id), Lines: []floor.NewLine{{SKU: "SKU0", Qty: 1}}}}}
}

// An order that has just left memory, and that no checkpoint has written yet, is found by a repeat of its
// import; else it would be made, and sent, twice.
func TestJustArchived(t *testing.T) {
	w, dir := newWall(), t.TempDir()
	o := testOptions(dir, w)
	o.CheckpointRows, o.CheckpointEvery = 1<<30, 1000*time.Hour
	k := mustOpen(t, o)
	id := archiveOne(t, k, w)
	crashed := t.TempDir()
	must0(t, copyFiles(dir, crashed))
	again := k.Do(repeatOf(0))
	if again.Err != nil || again.Status != 200 || again.Result.(*floor.OrderView).ID != id {
		t.Fatalf("%+v", again)
	}
	mustClose(t, k)
	o.Dir = crashed // the same after a crash, from the journal alone
	k = mustOpen(t, o)
	defer mustClose(t, k)
	if a, err := k.Archived(string(id)); err != nil || a == nil || a.Order.ShipTo.Person == nil {
		t.Fatalf("%+v %v", a, err)
	}
	again = k.Do(repeatOf(0))
	if again.Err != nil || again.Status != 200 || again.Result.(*floor.OrderView).ID != id {
		t.Fatalf("after a crash: %+v %v", again.Result, again.Err)
	}
}

// A row of the archive that is not what the journal says is found by verify.
func TestVerifyComparesTheArchive(t *testing.T) {
	w, dir := newWall(), t.TempDir()
	k := mustOpen(t, testOptions(dir, w))
	id := archiveOne(t, k, w)
	mustClose(t, k)
	for what, value := range map[string][]byte{"altered": nil, "gone": {}} {
		k = mustOpen(t, testOptions(dir, w))
		if r := k.Verify(); !r.Clean() {
			t.Fatal(r.Problems)
		}
		a, err := k.Archived(string(id))
		must0(t, err)
		was, err := k.journal.get(archiveKey(string(id)))
		must0(t, err)
		if what == "altered" {
			a.Order.Lines[0].Ordered++
			value, err = encMode.Marshal(a)
			must0(t, err)
		}
		must0(t, k.journal.inParts([]pair{{archiveKey(string(id)), value}}, what == "gone"))
		if r := k.Verify(); len(r.Problems) != 1 {
			t.Errorf("%s: %v", what, r.Problems)
		}
		must0(t, k.journal.inParts([]pair{{archiveKey(string(id)), was}}, false))
		mustClose(t, k)
	}
}

// Orders that left memory are found by every name they have, also after a restart, and come back for the
// command that names them.
func TestArchive(t *testing.T) {
	w, dir := newWall(), t.TempDir()
	k := mustOpen(t, testOptions(dir, w))
	for _, v := range script(3) {
		must(t, k, v)
	}
	var id floor.OrderID
	k.View(func(s *floor.State) { id = firstOrder(s) })
	must(t, k, floor.CancelOrder{ID: id})
	w.move(4 * 24 * time.Hour)
	must(t, k, floor.Tick{})
	mustClose(t, k)
	k = mustOpen(t, testOptions(dir, w))
	defer mustClose(t, k)
	k.View(func(s *floor.State) {
		if s.Orders[id] != nil {
			t.Fatal("still in memory")
		}
	})
	a, err := k.Archived(string(id))
	if err != nil || a == nil || a.Order.ShipTo.Person.Name != "Zebulon Quickfinger" {
		t.Fatalf("%+v %v", a, err)
	}
	again := k.Do(&floor.Command{Verb: floor.CreateOrder{Order: floor.NewOrder{Channel: "web", ExternalID: "0", Lines: []floor.NewLine{{SKU: "SKU0", Qty: 1}}}}})
	if again.Err != nil || again.Status != 200 || again.Result.(*floor.OrderView).ID != id {
		t.Fatalf("a late repeat finds its archived order: %+v %v", again.Result, again.Err)
	}
	if r := k.Verify(); !r.Clean() {
		t.Fatal(r.Problems)
	}
}
