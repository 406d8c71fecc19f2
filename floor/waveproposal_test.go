package floor

import (
	"fmt"
	"testing"
)

// A proposed walk is taken as it is where it holds and is shorter; what does not hold is planned again on release.
func TestAProposalIsCheckedOnRelease(t *testing.T) {
	f := newShift(t)
	f.must(SaveLayout{Layout: Layout{Aisles: 3, Cells: 4, AislePitch: 300, CellPitch: 100, EndGap: 50, CrossAisles: []int{0, 4}}})
	for _, bin := range []BinCode{"A0-03", "A1-00", "A2-03", "A0-00"} {
		f.stock(bin, "MUG", 3)
	}
	a, b, c := f.order("1", "MUG", 9), f.order("2", "BOX", 1), f.order("3", "MUG", 2)
	v := ReleaseWave{Orders: []OrderID{a, b, c}, Method: Cluster}
	v.Plan = f.s.DraftWave(v).Solve()
	if len(v.Plan.Lists) != 1 || len(v.Plan.Lists[0].Orders) != 2 || len(v.Plan.Lists[0].Stops) != 4 {
		t.Fatalf("two orders are ready, at four bins: %+v", v.Plan)
	}
	w := f.must(v).(*WaveView)
	l := f.s.PickLists[w.PickLists[0]]
	stops := stopsOf(f.s.WalkOf(l).Stops)
	if best := whole(f.s.Site.Layout.plan().Solve(stops).Distance); l.Walk != best || l.WalkByName < best {
		t.Fatalf("walks %d, shortest %d, by name %d", l.Walk, best, l.WalkByName)
	}
}

// A proposal may be wrong in every way: nothing is promised that it says, and every order is still on one list.
func TestAWrongProposalIsPlannedAgain(t *testing.T) {
	for name, plan := range map[string][]PlannedList{
		"an order twice in a list":       {{Orders: []OrderID{"A", "A"}}},
		"an order on two lists":          {{Orders: []OrderID{"A"}}, {Orders: []OrderID{"A", "B"}}},
		"nobody's order":                 {{Orders: []OrderID{"O-9"}}},
		"urgent mixed with the others":   {{Orders: []OrderID{"A", "B", "C"}}},
		"more than fits, and a bad walk": {{Orders: []OrderID{"A", "B", "D"}, Stops: []BinCode{"NONE", "A2-03"}}},
	} {
		f := newShift(t)
		f.watch = (*shift).sound
		f.stock("A2-03", "MUG", 20)
		f.stock("A0-01", "MUG", 20)
		id := map[OrderID]OrderID{"A": f.order("1", "MUG", 2), "B": f.order("2", "MUG", 25), "D": f.order("4", "MUG", 3), "O-9": "O-9"}
		id["C"] = f.must(CreateOrder{NewOrder{Channel: "web", ExternalID: "3", Priority: 2, Lines: []NewLine{{SKU: "MUG", Qty: 2}}}}).(*OrderView).ID
		v := ReleaseWave{Orders: []OrderID{id["A"], id["B"], id["C"], id["D"]}, Method: Cluster, MaxOrders: 2, Plan: &WavePlan{}}
		for _, l := range plan {
			for i := range l.Orders {
				l.Orders[i] = id[l.Orders[i]]
			}
			v.Plan.Lists = append(v.Plan.Lists, l)
		}
		w := f.must(v).(*WaveView)
		on := map[OrderID]int{}
		for _, list := range w.PickLists {
			l := f.s.PickLists[list]
			for _, slot := range l.Totes {
				on[slot.Order]++
				if f.s.Orders[slot.Order].Priority != l.Priority {
					t.Errorf("%s: an urgent order is mixed with others", name)
				}
			}
			if len(l.Totes) > 2 {
				t.Errorf("%s: %d orders on a cart for two", name, len(l.Totes))
			}
		}
		for _, o := range w.Orders {
			if on[o] != 1 {
				t.Errorf("%s: %s is on %d lists", name, o, on[o])
			}
		}
	}
}

// Each zone's list is walked the shortest way, handed on or not.
func TestZoneListsAreWalkedTheShortestWay(t *testing.T) {
	for _, pass := range []bool{false, true} {
		f := newShift(t)
		f.watch = (*shift).sound
		f.must(SaveLayout{Layout: Layout{Aisles: 3, Cells: 4, AislePitch: 300, CellPitch: 100, EndGap: 50, CrossAisles: []int{0, 4}}})
		for a := range 3 {
			for c := range 4 {
				f.must(SaveBin{Bin: Bin{Code: BinCode(fmt.Sprintf("A%d-%02d", a, c)), BinKind: "pick", Aisle: a, Cell: c, Zone: []string{"X", "Y", "Y"}[a]}})
			}
		}
		for _, bin := range []BinCode{"A0-00", "A1-03", "A2-00", "A2-03", "A1-00"} {
			f.stock(bin, "MUG", 2)
		}
		v := ReleaseWave{Orders: []OrderID{f.order("1", "MUG", 10)}, Method: ByZone, Pass: pass}
		v.Plan = f.s.DraftWave(v).Solve()
		if len(v.Plan.Lists) == 0 || len(v.Plan.Lists[0].Stops) == 0 {
			t.Fatalf("nothing was thought out: %+v", v.Plan)
		}
		for _, id := range f.must(v).(*WaveView).PickLists {
			l := f.s.PickLists[id]
			best := whole(f.s.Site.Layout.plan().Solve(stopsOf(f.s.WalkOf(l).Stops)).Distance)
			if !pass && l.Walk != best {
				t.Fatalf("zone %s walks %d, shortest %d", l.Zone, l.Walk, best)
			}
			if pass && l.Walk > best*3/2 {
				t.Fatalf("walks %d, shortest without zones %d", l.Walk, best)
			}
		}
	}
}

// Cartons that were thought out beside the writer are taken while goods and cartons are the same, and only then.
func TestCartonAdviceIsCheckedOnRelease(t *testing.T) {
	f := newShift(t)
	f.must(SaveItem{Item: Item{SKU: "CUBE", Name: "Cube", SizeMM: []int64{90, 90, 90}, WeightG: 100}})
	f.must(SaveCarton{Carton{Code: "C1", InnerMM: []int64{100, 100, 100}}})
	f.must(SaveCarton{Carton{Code: "C9", InnerMM: []int64{300, 300, 300}, CostCents: 90}})
	f.stock("A0-01", "CUBE", 50)
	release := func(ext string, meanwhile func()) []CartonCode {
		id := f.order(ext, "CUBE", 1)
		v := ReleaseWave{Orders: []OrderID{id}, Method: Discrete}
		v.Plan = f.s.DraftWave(v).Solve()
		if x := v.Plan.cartons[id]; x.advice == nil || x.advice.Cartons[0] != "C1" {
			t.Fatalf("%+v", x)
		}
		v.Plan.cartons[id].advice.Cartons[0] = "MARK" // to see whether it is taken
		meanwhile()
		f.must(v)
		return f.s.Orders[id].Cartons
	}
	if got := release("1", func() {}); got[0] != "MARK" {
		t.Fatalf("what was thought out is taken: %v", got)
	}
	got := release("2", func() {
		f.must(SaveItem{Item: Item{SKU: "CUBE", Name: "Cube", SizeMM: []int64{200, 90, 90}, WeightG: 100}})
	})
	if got[0] != "C9" {
		t.Fatalf("the item is larger now: %v", got)
	}
}
