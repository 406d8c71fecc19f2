package floor

import "testing"

// finish walks an order from the shelf to the truck.
func (f *shift) finish(ids ...OrderID) {
	f.t.Helper()
	f.wave("cluster", ids...)
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	ben := f.as(2, 2)
	for range ids {
		ben.act(Act{Action: "start", Job: "pack"}).follow()
	}
	f.as(1, 3).act(Act{Action: "start", Job: "load"}).follow()
}

// Orders leave memory some days after their end, and come back when somebody names them.
func TestArchiveAndRecall(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 10)
	id := f.order("1001", "MUG", 2)
	f.finish(id)
	tracking := f.s.Parcels[f.s.Orders[id].Parcels[0]].Tracking
	f.must(TrackParcel{Parcel: tracking, Status: "delivered"})
	f.now += ArchiveAfterMS + 1
	f.must(Tick{})
	if f.s.Orders[id] != nil || len(f.s.Parcels)+len(f.s.PickLists)+len(f.s.Waves)+len(f.s.Manifests) != 0 {
		t.Fatalf("%d parcels, %d lists, %d waves, %d manifests stay in memory", len(f.s.Parcels), len(f.s.PickLists), len(f.s.Waves), len(f.s.Manifests))
	}
	gone := f.s.Gone()
	if len(gone) != 1 || f.s.Knows(tracking) {
		t.Fatal("the store is given what left memory")
	}
	names := gone[0].Names()
	for _, want := range []string{string(id), tracking, externalKey("web", "1001")} {
		if !oneOf(want, names) {
			t.Errorf("an archived order is found by %q", want)
		}
	}
	f.must(Recall{gone[0]})
	if !f.s.Knows(tracking) || f.s.Orders[id].Status != OrderDelivered {
		t.Fatal("a named order comes back")
	}
	a := f.do(&Command{Verb: CreateOrder{NewOrder{Channel: "web", ExternalID: "1001", Lines: []NewLine{{SKU: "MUG", Qty: 2}}}}})
	if a.Err != nil || a.Status != 200 || a.Result.(*OrderView).ID != id {
		t.Fatalf("a repeated import finds its order: %+v", a)
	}
	f.now += ArchiveAfterMS + 1
	f.must(Tick{})
	if f.s.Orders[id] != nil {
		t.Fatal("and leaves again")
	}
}

// A dispatched order without a word from its carrier stays longer; one with goods about stays until they
// are put back.
func TestWhatStaysInMemory(t *testing.T) {
	f := newShift(t)
	f.stock("A0-01", "MUG", 10)
	sent, cancelled := f.order("1", "MUG", 1), f.order("2", "MUG", 1)
	f.finish(sent)
	f.wave("discrete", cancelled)
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	f.must(CancelOrder{ID: cancelled})
	f.now += ArchiveAfterMS + 1
	f.must(Tick{})
	if f.s.Orders[sent] == nil || f.s.Orders[cancelled] == nil {
		t.Fatal("both stay")
	}
	f.must(PutBack{Order: cancelled, Bin: "A0-01"})
	f.must(Tick{})
	if f.s.Orders[cancelled] != nil {
		t.Fatal("put back, it leaves")
	}
	f.now += ArchiveDispatchedMS
	f.must(Tick{})
	if f.s.Orders[sent] != nil {
		t.Fatal("after a month it leaves")
	}
}
