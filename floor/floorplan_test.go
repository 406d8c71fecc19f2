package floor

import "testing"

// A bin's count is of lines begun there: several units are one, an undone line is none, and a new place for the bin
// keeps the count. A week later it is forgotten.
func TestBinsCountTheirPicks(t *testing.T) {
	f := newShift(t)
	f.stock("A0-01", "MUG", 50)
	f.wave("discrete", f.order("1", "MUG", 3))
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code)
	picks := func(hours, want int64) {
		t.Helper()
		if got := f.s.Bins["A0-01"].PicksIn(hours, f.now); got != want {
			t.Fatalf("%d picks in %d hours, want %d", got, hours, want)
		}
	}
	mia.scan(mia.next().Want[0].Code)
	picks(24, 0)
	mia.scan(ean(1))
	picks(24, 1)
	mia.scan(ean(1))
	picks(24, 1)
	mia.act(Act{Action: "undo"}).expect(CodeUndone)
	picks(24, 1)
	mia.act(Act{Action: "undo"}).expect(CodeUndone)
	picks(24, 0)
	mia.follow()
	picks(24, 1)
	f.must(SaveBin{Bin: Bin{Code: "A0-01", BinKind: "pick", Aisle: 2, Cell: 3, Level: 1}})
	picks(24, 1)
	f.now += 25 * hourMS
	picks(24, 0)
	picks(HeatHours, 1)
	f.now += HeatHours * hourMS
	picks(HeatHours, 0)
	f.wave("discrete", f.order("2", "MUG", 1))
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	picks(HeatHours, 1)
	if kept := f.s.Bins["A0-01"].Picks.Hours; len(kept) != 1 {
		t.Fatalf("an hour of more than a week ago is kept: %v", kept)
	}
}

// A worker stands where the last scan was taken, be it the bin or, at the end, the stage.
func TestWorkersAreSeen(t *testing.T) {
	f := newShift(t)
	f.stock("A1-02", "MUG", 50)
	f.wave("discrete", f.order("1", "MUG", 1))
	mia := f.as(1, 1)
	if _, ok := f.s.SeenAt(f.worker(1)); ok {
		t.Fatal("seen before any scan")
	}
	mia.act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code).scan(mia.next().Want[0].Code)
	if at, _ := f.s.SeenAt(f.worker(1)); at.Bin != "A1-02" || at.At != f.s.Now {
		t.Fatalf("%+v", at)
	}
	f.s.Rebuild()
	if at, _ := f.s.SeenAt(f.worker(1)); at.Bin != "A1-02" {
		t.Fatalf("after a restart: %+v", at)
	}
	mia.follow()
	if at, _ := f.s.SeenAt(f.worker(1)); at.Bin != "STAGE" {
		t.Fatalf("%+v", at)
	}
}

// The walk is drawn as its lines stand: a skipped line lengthens it, and the order of names is what it is held against.
func TestWalkOfAList(t *testing.T) {
	f := newShift(t)
	for _, bin := range []BinCode{"A0-01", "A1-03", "A2-00"} {
		f.stock(bin, "MUG", 1)
	}
	f.wave("discrete", f.order("1", "MUG", 3))
	var l *PickList
	for _, l = range f.s.PickLists {
	}
	if f.s.WalkOf(l) != nil {
		t.Fatal("a walk without a layout")
	}
	f.must(SaveLayout{Layout: Layout{Aisles: 3, Cells: 4, AislePitch: 300, CellPitch: 100, EndGap: 100, CrossAisles: []int{0, 4}}})
	w := f.s.WalkOf(l)
	if len(w.Stops) != 3 || w.Path[0] != [2]int64{0, 0} || w.Path[len(w.Path)-1] != [2]int64{0, 0} {
		t.Fatalf("%+v", w)
	}
	var drawn int64
	for i := 1; i < len(w.Path); i++ {
		dx, dy := w.Path[i][0]-w.Path[i-1][0], w.Path[i][1]-w.Path[i-1][1]
		if dx != 0 && dy != 0 {
			t.Fatalf("the walk cuts a corner: %v", w.Path)
		}
		drawn += max(dx, -dx) + max(dy, -dy)
	}
	if drawn != w.Length {
		t.Fatalf("%d are drawn of %d", drawn, w.Length)
	}
	if w.ByName != 200+700+800+700 { // to A0-01, over the top to A1-03, either way to A2-00, and home
		t.Fatalf("by name %d", w.ByName)
	}
	before := w.Length
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code)
	leg := mia.next().Show.Leg
	if leg == nil || leg.From != nil || leg.To != (Spot{w.Stops[0].Aisle, w.Stops[0].Cell}) {
		t.Fatalf("the first leg leads from the depot to the first stop: %+v", leg)
	}
	mia.act(Act{Action: "skip"})
	mia.scan(mia.next().Want[0].Code).act(Act{Action: "skip"})
	if w = f.s.WalkOf(l); w.Length < before {
		t.Fatalf("two skips made the walk shorter: %d, was %d", w.Length, before)
	}
	if leg = mia.next().Show.Leg; leg == nil || leg.From == nil {
		t.Fatalf("a leg begins where the picker stands: %+v", leg)
	}
}

// A layout whose outer cross aisles were not named has them all the same.
func TestOuterCrossAislesAreThere(t *testing.T) {
	for _, c := range [][]int{nil, {0}, {5}, {0, 10}, {5, 10}} {
		p := Layout{Aisles: 2, Cells: 10, AislePitch: 100, CellPitch: 100, EndGap: 100, CrossAisles: c}.plan()
		if faults := p.Check(); faults != nil {
			t.Errorf("%v became %v: %v", c, p.CrossAisles, faults)
		}
	}
}
