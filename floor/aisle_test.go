package floor

import "testing"

// A blocked aisle: what lies elsewhere too is taken there, the rest comes last, and opens where it belongs again.
func TestBlockedAisle(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.grid()
	f.must(SaveItem{Item: Item{SKU: "PEN", Name: "Pen"}})
	f.must(SaveItem{Item: Item{SKU: "TIN", Name: "Tin"}})
	f.stock("A0-01", "MUG", 9)
	f.stock("A1-01", "BOX", 9)
	f.stock("A1-02", "PEN", 9)
	f.stock("A2-01", "TIN", 9)
	id := f.order("1", "MUG", 1, "BOX", 1, "PEN", 1, "TIN", 1)
	list := f.s.PickLists[f.wave(Discrete, id).PickLists[0]]
	f.stock("A2-02", "PEN", 9)
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code).step("bin")
	f.refused(BlockAisle{Aisle: 9}, "no_aisle")
	f.must(BlockAisle{Aisle: 1, Reason: "spill"})
	mia.noticed(CodeAisleShut)
	way := list.way()
	if len(way) != 4 || way[3] != "A1-01" {
		t.Fatalf("the box comes last, the pen from elsewhere: %v", way)
	}
	for _, b := range way[:3] {
		if b == "A1-02" {
			t.Fatalf("nobody goes into the aisle: %v", way)
		}
	}
	other := f.order("2", "BOX", 1)
	if w := f.wave(Discrete, other); w.Status != "empty" {
		t.Fatal("nothing is promised from there")
	}
	for mia.next().Show.Bin != "A1-01" {
		mia.scan(mia.next().Want[0].Code)
	}
	if mia.next().Show.Note == "" {
		t.Fatal("the picker is told to wait")
	}
	f.must(BlockAisle{Aisle: 1, Open: true})
	mia.noticed(CodeAisleOpen)
	if mia.next().Show.Note != "" || f.s.Orders[other].Lines[0].Reserved != 1 {
		t.Fatalf("%+v", f.s.Orders[other].Lines)
	}
	mia.follow()
	if l := f.s.Orders[id].Lines; l[2].Picked != 1 || l[2].Short != 0 || f.status(id) != OrderPicked {
		t.Fatalf("%+v", l)
	}
}

// An aisle that opens again is walked where the walk passes it, not at the end.
func TestOpenedAisleComesBackIntoTheWalk(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.grid()
	f.stock("A0-01", "MUG", 9)
	f.stock("A1-01", "BOX", 9)
	f.must(AdjustStock{Bin: "A2-01", SKU: "TEA", Qty: 9, Lot: "L", Expiry: "2030-01-01"})
	list := f.s.PickLists[f.wave(Discrete, f.order("1", "MUG", 1, "BOX", 1, "TEA", 1)).PickLists[0]]
	before := list.way()
	f.must(BlockAisle{Aisle: 1})
	if way := list.way(); way[2] != "A1-01" {
		t.Fatalf("%v", way)
	}
	f.must(BlockAisle{Aisle: 1, Open: true})
	if way := list.way(); way[1] != before[1] {
		t.Fatalf("%v, at first %v", way, before)
	}
}
