package carton

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
)

// packed packs, has the answer judged, and gives it.
func packed(t *testing.T, boxes []Carton, items []Item) Result {
	t.Helper()
	if f := Check(boxes, items); f != nil {
		t.Fatal(f)
	}
	r := Pack(boxes, items)
	for _, w := range wrong(boxes, items, r) {
		t.Error(w)
	}
	return r
}

func box(id string, l, w, h, gross int64) Carton {
	return Carton{ID: id, Inner: Size{l, w, h}, MaxGrossG: gross}
}

// TestTinyGeometry: small cases whose answer is known, in the turns that flat goods and free goods have.
func TestTinyGeometry(t *testing.T) {
	for _, c := range []struct {
		name  string
		inner Size
		items []Item
		want  int // cartons
	}{
		{"longer than the width, turned", Size{24400, 12200, 100}, []Item{{Size: Size{16200, 820, 100}, Qty: 1, KeepFlat: true}}, 1},
		{"two side by side, turned", Size{200, 100, 100}, []Item{{Size: Size{55, 70, 100}, Qty: 2, KeepFlat: true}}, 1},
		{"two cubes over half", Size{100, 100, 100}, []Item{{Size: Size{60, 60, 60}, Qty: 2}}, 2},
		{"four that need 220", Size{200, 100, 100}, []Item{{Size: Size{55, 70, 100}, Qty: 4, KeepFlat: true}}, 2},
		{"one", Size{100, 30, 20}, []Item{{Size: Size{20, 15, 10}, Qty: 1}}, 1},
		{"four", Size{100, 30, 20}, []Item{{Size: Size{20, 15, 10}, Qty: 4}}, 1},
		{"twenty, no room left", Size{100, 30, 20}, []Item{{Size: Size{20, 15, 10}, Qty: 20, KeepFlat: true}}, 1},
		{"twenty-one", Size{100, 30, 20}, []Item{{Size: Size{20, 15, 10}, Qty: 21}}, 2},
		{"puzzle lying, no room left", Size{40, 40, 10}, sizes(Size{30, 20, 10}, Size{10, 30, 10}, Size{20, 20, 10}, Size{20, 10, 10}), 1},
		{"puzzle standing", Size{40, 10, 40}, sizes(Size{30, 10, 20}, Size{10, 10, 30}, Size{20, 10, 20}, Size{20, 10, 10}), 1},
		{"puzzle across", Size{10, 40, 40}, sizes(Size{10, 20, 30}, Size{10, 30, 10}, Size{10, 20, 20}, Size{10, 10, 20}), 1},
		{"five bricks as a pinwheel", Size{30, 30, 10}, append(sizes(Size{20, 10, 10}), Item{Size: Size{20, 10, 10}, Qty: 3}, Item{Size: Size{10, 10, 10}, Qty: 1}), 1},
		{"six bars round three cubes, no room left", Size{3, 3, 3}, []Item{{Size: Size{2, 2, 1}, Qty: 6}, {Size: Size{1, 1, 1}, Qty: 3}}, 1},
		{"flat goods do not stand up", Size{30, 30, 10}, []Item{{Size: Size{30, 10, 30}, Qty: 1, KeepFlat: true}}, 0},
		{"others do", Size{30, 30, 10}, []Item{{Size: Size{30, 10, 30}, Qty: 1}}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			for i := range c.items {
				c.items[i].ID = fmt.Sprint(i)
			}
			if r := packed(t, []Carton{box("C", c.inner[0], c.inner[1], c.inner[2], 1)}, c.items); len(r.Cartons) != c.want {
				t.Errorf("%d cartons, want %d: %+v", len(r.Cartons), c.want, r)
			}
		})
	}
}

// sizes gives one unit of each, as it lies.
func sizes(all ...Size) []Item {
	var out []Item
	for _, s := range all {
		out = append(out, Item{Size: s, Qty: 1})
	}
	return out
}

// TestPublishedGeometry: the public tiny cases. Which of their turns our two kinds of goods do not have, they say.
func TestPublishedGeometry(t *testing.T) {
	for name, fits := range map[string]bool{"feasible_rotation_two_axis_swap": true, "infeasible_rotation_two_axis_swap": false,
		"infeasible_full_rotation_freedom": false, "bin_packing_rotated_dimension_exceeding_other_axis": true,
		"knapsack_1_item": true, "knapsack_4_items": true, "knapsack_20_items": true} {
		b := table(t, "packing", filepath.Join("tiny_geometry", name), "bins.csv")[0]
		c := box("C", whole(t, b[0]), whole(t, b[1]), whole(t, b[2]), 1)
		var items []Item
		for i, row := range table(t, "packing", filepath.Join("tiny_geometry", name), "items.csv") {
			it := Item{ID: fmt.Sprint(i), Size: Size{whole(t, row[0]), whole(t, row[1]), whole(t, row[2])}, Qty: 1, KeepFlat: len(row) < 9}
			if name != "knapsack_1_item" {
				it.Qty = whole(t, row[3])
			}
			items = append(items, it)
		}
		if r := packed(t, []Carton{c}, items); (len(r.Cartons) == 1) != fits {
			t.Errorf("%s: %d cartons, fits in one: %v", name, len(r.Cartons), fits)
		}
	}
}

// TestChoice: fewest cartons first, then least volume, then cost; weight, hazard and what fits nowhere are kept apart.
func TestChoice(t *testing.T) {
	s, m, l := box("S", 10, 10, 10, 1000), box("M", 20, 10, 10, 1000), box("L", 40, 10, 10, 1000)
	cheap := m
	cheap.ID, cheap.CostCents, m.CostCents = "cheap M", 3, 4
	heavy := box("heavy", 20, 10, 10, 100)
	heavy.TareG = 90
	unit := func(id string, n int64) Item { return Item{ID: id, Size: Size{10, 10, 10}, Qty: n, WeightG: 10} }
	hazard := func(it Item, class string) Item { it.Hazard = class; return it }
	for _, c := range []struct {
		name       string
		boxes      []Carton
		items      []Item
		want       []string
		unpackable int
	}{
		{"the smallest that takes all", []Carton{l, m, s}, []Item{unit("a", 1)}, []string{"S"}, 0},
		{"one large before two small", []Carton{s, l}, []Item{unit("a", 2)}, []string{"L"}, 0},
		{"the cheaper of the same size", []Carton{m, cheap}, []Item{unit("a", 2)}, []string{"cheap M"}, 0},
		{"the rest in a small one", []Carton{s, m, l}, []Item{unit("a", 5)}, []string{"L", "S"}, 0},
		{"six: four and two", []Carton{s, m, l}, []Item{unit("a", 6)}, []string{"L", "M"}, 0},
		{"tare counts", []Carton{heavy}, []Item{unit("a", 2)}, []string{"heavy", "heavy"}, 0},
		{"too heavy alone", []Carton{heavy}, []Item{{ID: "a", Size: Size{1, 1, 1}, Qty: 3, WeightG: 11}}, nil, 3},
		{"too big", []Carton{s}, []Item{{ID: "a", Size: Size{11, 1, 1}, Qty: 2}, unit("b", 1)}, []string{"S"}, 2},
		{"hazards apart from each other and from goods", []Carton{l}, []Item{hazard(unit("a", 1), "3"), hazard(unit("b", 1), "8"), unit("c", 1),
			hazard(unit("d", 2), "3")}, []string{"L", "L", "L"}, 0},
		{"no cartons", nil, []Item{unit("a", 2)}, nil, 2},
		{"nothing to pack", []Carton{s}, []Item{unit("a", 0)}, nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := packed(t, c.boxes, c.items)
			var got []string
			for _, f := range r.Cartons {
				got = append(got, f.ID)
			}
			slices.Sort(got)
			if !slices.Equal(got, c.want) || len(r.Unpackable) != c.unpackable {
				t.Errorf("got %v and %d unpackable, want %v and %d", got, len(r.Unpackable), c.want, c.unpackable)
			}
		})
	}
}

// TestCutCartons: a carton cut into blocks by a saw, so that they fill it to the last mm, and then thrown together.
func TestCutCartons(t *testing.T) {
	const rounds = 200
	one := 0
	for seed := range uint64(rounds) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		c := box("C", 300, 200, 150, 100_000)
		var items []Item
		for i, s := range sawn(rnd, c.Inner, 2+rnd.IntN(9)) {
			rnd.Shuffle(3, func(i, j int) { s[i], s[j] = s[j], s[i] })
			items = append(items, Item{ID: fmt.Sprint(i), Size: s, WeightG: 1, Qty: 1})
		}
		r := packed(t, []Carton{c}, items)
		if len(r.Cartons) == 1 {
			one++
		}
		if !reflect.DeepEqual(r, Pack([]Carton{c}, items)) {
			t.Fatalf("seed %d: the same order is packed in two ways", seed)
		}
	}
	t.Logf("%d of %d sawn cartons filled again without a gap", one, rounds)
	if one < rounds*95/100 {
		t.Errorf("only %d of %d", one, rounds)
	}
}

func sawn(rnd *rand.Rand, s Size, n int) []Size {
	out := []Size{s}
	for len(out) < n {
		i, a := rnd.IntN(len(out)), rnd.IntN(3)
		if out[i][a] < 20 {
			continue
		}
		cut := 5 + rnd.Int64N(out[i][a]-10)
		rest := out[i]
		rest[a] -= cut
		out[i][a] = cut
		out = append(out, rest)
	}
	return out
}

// TestAnyOrder: orders of all sorts, many cartons, hazards, flat goods and odd ones; every answer is judged, and none has
// fewer cartons than the bound says must be.
func TestAnyOrder(t *testing.T) {
	for seed := range uint64(150) {
		rnd := rand.New(rand.NewPCG(seed, 2))
		var boxes []Carton
		for i := range 1 + rnd.IntN(6) {
			c := box(fmt.Sprint("C", i), 50+rnd.Int64N(400), 50+rnd.Int64N(400), 5+rnd.Int64N(400), 500+rnd.Int64N(20_000))
			c.TareG, c.CostCents = rnd.Int64N(500), rnd.Int64N(100)
			boxes = append(boxes, c)
		}
		var items []Item
		for i := range 1 + rnd.IntN(7) {
			items = append(items, Item{ID: fmt.Sprint(i), Size: Size{1 + rnd.Int64N(250), 1 + rnd.Int64N(200), 1 + rnd.Int64N(100)},
				WeightG: rnd.Int64N(3000), Qty: rnd.Int64N(9), KeepFlat: rnd.IntN(3) == 0, Hazard: []string{"", "", "", "3", "8"}[rnd.IntN(5)]})
		}
		if r := packed(t, boxes, items); len(r.Cartons) < Bound(boxes, items) {
			t.Fatalf("seed %d: %d cartons, the bound is %d", seed, len(r.Cartons), Bound(boxes, items))
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// TestLimitReached: the largest order there may be is answered whole.
func TestLimitReached(t *testing.T) {
	boxes := []Carton{box("S", 300, 200, 150, 10_000), box("L", 600, 400, 400, 30_000)}
	r := packed(t, boxes, []Item{{ID: "a", Size: Size{60, 40, 40}, WeightG: 1, Qty: UnitLimit}})
	if len(r.Cartons) != 5 || len(r.Cartons) != Bound(boxes, []Item{{ID: "a", Size: Size{60, 40, 40}, WeightG: 1, Qty: UnitLimit}}) {
		t.Errorf("%d cartons of 1,000 units each, want 5", len(r.Cartons))
	}
	if r := packed(t, manySizes(), thousand()); len(r.Cartons) > Bound(manySizes(), thousand())*11/10 {
		t.Errorf("%d cartons for the longest order, the bound is %d", len(r.Cartons), Bound(manySizes(), thousand()))
	}
	const far = LengthMaxMM
	if r := packed(t, []Carton{box("X", far, far, far, 5)}, []Item{{ID: "a", Size: Size{far, far, far / 2}, Qty: 2, WeightG: 1}}); len(r.Cartons) != 1 {
		t.Errorf("two halves of the largest carton: %d cartons", len(r.Cartons))
	}
}

// TestFromTheFloorUpwards: the units of a carton come layer by layer, every unit once, nothing in the air.
func TestFromTheFloorUpwards(t *testing.T) {
	r := packed(t, []Carton{box("C", 100, 100, 100, 100)}, []Item{{ID: "base", Size: Size{100, 100, 30}, Qty: 1, KeepFlat: true},
		{ID: "half", Size: Size{50, 100, 30}, Qty: 3, KeepFlat: true}})
	items := r.Cartons[0].Items
	var heights []int64
	for _, p := range items {
		heights = append(heights, p.At[2])
		if p.At[2] > 0 && !slices.ContainsFunc(items, func(o Placement) bool { return o.At[2]+o.Size[2] == p.At[2] }) {
			t.Errorf("%v floats", p)
		}
	}
	if len(items) != 4 || !slices.IsSorted(heights) || heights[0] != 0 || len(slices.Compact(heights)) != 3 {
		t.Errorf("%d units at the heights %v", len(items), heights)
	}
}
