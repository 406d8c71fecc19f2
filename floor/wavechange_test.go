package floor

import (
	"fmt"
	"testing"
)

// Orders come to a running wave on lists of their own, and leave it while nobody has begun them.
func TestAWaveGrowsAndShrinks(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 10)
	a, b, c := f.order("1", "MUG", 2), f.order("2", "MUG", 2), f.order("3", "MUG", 2)
	w := f.wave(Cluster, a, b)
	f.refused(AddToWave{Wave: "W-9", Orders: []OrderID{c}}, "no_wave")
	f.refused(AddToWave{Wave: w.ID, Orders: []OrderID{a}}, "order_released")
	grown := f.must(AddToWave{Wave: w.ID, Orders: []OrderID{c}}).(*WaveView)
	if len(grown.Orders) != 3 || len(grown.PickLists) != 2 || f.s.PickLists[grown.PickLists[1]].Method != Cluster {
		t.Fatalf("%+v", grown)
	}
	shrunk := f.must(TakeFromWave{Wave: w.ID, Order: c}).(*WaveView)
	if len(shrunk.Orders) != 2 || f.status(c) != OrderReceived || f.s.Orders[c].Wave != "" || f.s.Orders[c].Lines[0].Reserved != 0 ||
		f.s.PickLists[grown.PickLists[1]].Status != ListCancelled {
		t.Fatalf("%+v %s", shrunk, f.status(c))
	}
	f.refused(TakeFromWave{Wave: w.ID, Order: c}, "not_in_wave")
	f.must(TakeFromWave{Wave: w.ID, Order: b}) // off a list that goes on without it
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	f.refused(TakeFromWave{Wave: w.ID, Order: a}, "order_picking")
	if n := len(mia.next().Want); mia.next().Step != "tote" || n == 0 {
		t.Fatal("one tote")
	}
	mia.follow()
	if f.status(a) != OrderPicked || f.status(b) != OrderReceived || f.s.Waves[w.ID].Status != WaveDone {
		t.Fatal(f.status(a), f.status(b), f.s.Waves[w.ID].Status)
	}
	f.refused(AddToWave{Wave: w.ID, Orders: []OrderID{b}}, "wave_done")
	again := f.wave(Discrete, b, c)
	f.must(TakeFromWave{Wave: again.ID, Order: b})
	f.must(TakeFromWave{Wave: again.ID, Order: c})
	if f.s.Waves[again.ID] != nil {
		t.Fatal("a wave of nothing is forgotten")
	}
}

// A picker always finds a list while there are orders, and never more lists wait than the house asks for.
func TestAutomaticRelease(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 500)
	f.must(MakeTotes{Count: 50})
	f.refused(SetAutoRelease{AutoRelease{On: true, Method: "magic", ListsPerPicker: 99}}, "bad_value")
	for i := range 40 {
		n := NewOrder{Channel: "web", ExternalID: fmt.Sprint(i), Priority: i % 2, ShipTo: Person{Name: "Z", Country: "DE"}, Lines: []NewLine{{SKU: "MUG", Qty: 2}}}
		f.must(CreateOrder{n})
	}
	mia, ana := f.as(1, 1), f.as(3, 4)
	if f.s.ReleaseDue(f.now) != nil {
		t.Fatal("off is off")
	}
	f.must(SetAutoRelease{AutoRelease{On: true, ListsPerPicker: 2, Method: Cluster, MaxOrders: 3}})
	if f.s.ReleaseDue(f.now+AutoActiveMS+1) != nil {
		t.Fatal("nobody has done anything for long")
	}
	for done := 0; done < 40; {
		for v := f.s.ReleaseDue(f.now); v != nil; v = f.s.ReleaseDue(f.now) {
			for _, id := range v.Orders {
				if f.s.Orders[id].Priority != f.s.Orders[v.Orders[0]].Priority {
					t.Fatal("urgent orders are not mixed with others")
				}
			}
			f.must(*v)
		}
		if n := f.s.listsWaiting(); n > 5 {
			t.Fatalf("%d lists wait for two", n)
		}
		for _, h := range []*hand{mia, ana} {
			if h.act(Act{Action: "start", Job: "pick"}); h.last.Code == CodeStarted {
				h.follow()
			} else if done < 34 {
				t.Fatalf("a picker found nothing with %d of 40 done", done)
			}
		}
		done = 0
		for _, o := range f.s.Orders {
			if o.Status == OrderPicked {
				done++
			}
		}
	}
	if f.s.ReleaseDue(f.now) != nil {
		t.Fatal("an empty house releases nothing")
	}
}

// A cart that holds so much takes no more: volumes are added up as weights are.
func TestACartHoldsItsVolume(t *testing.T) {
	f := newShift(t)
	f.must(SaveItem{Item: Item{SKU: "BALL", Name: "Ball", SizeMM: []int64{200, 200, 200}}})
	f.stock("A0-01", "BALL", 50)
	f.grid()
	var ids []OrderID
	for i := range 6 {
		ids = append(ids, f.order(fmt.Sprint(i), "BALL", 2))
	}
	v := ReleaseWave{Orders: ids, Method: Cluster, MaxOrders: 6, MaxVolumeCM3: 33_000} // 16 litres an order
	v.Plan = f.s.DraftWave(v).Solve()
	w := f.must(v).(*WaveView)
	if len(w.PickLists) != 3 {
		t.Fatalf("two orders a cart: %v", w.PickLists)
	}
}

// A release takes the orders of one truck, or those that one zone can fill alone; the others wait, and are not short.
func TestReleaseByTruckAndByZone(t *testing.T) {
	f := trucks(t)
	f.watch = (*shift).sound
	f.must(SaveBin{Bin: Bin{Code: "Z-01", BinKind: "pick", Zone: "Z"}})
	f.stock("Z-01", "BOX", 50)
	soon, late := f.orderBy("standard", "soon", 1, 0), f.orderBy("cheap", "late", 1, 0)
	w := f.must(ReleaseWave{Filter: &OrderFilter{DueBy: at(t, "2026-11-23T12:00:00Z")}}).(*WaveView)
	if len(w.Orders) != 1 || w.Orders[0] != soon || f.status(late) != OrderReceived {
		t.Fatalf("%+v", w)
	}
	both, one := f.order("both", "MUG", 1, "BOX", 1), f.order("one", "BOX", 2)
	w = f.must(ReleaseWave{Filter: &OrderFilter{Zone: "Z"}}).(*WaveView)
	if len(w.Orders) != 1 || w.Orders[0] != one || len(w.Short) != 0 || f.s.Orders[both].Lacking {
		t.Fatalf("%+v", w)
	}
}
