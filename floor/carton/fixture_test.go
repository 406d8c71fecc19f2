package carton

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"floorline/floor/fixture"
)

func table(t testing.TB, parts ...string) [][]string {
	t.Helper()
	f, err := os.Open(fixture.Path(t, parts...))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatal(parts, err)
	}
	return rows[1:]
}

func whole(t testing.TB, s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// published is an order of the public set, with the counts of cartons that another packer needed.
type published struct {
	name      string
	items     []Item
	flat, any int
}

func publishedOrders(t testing.TB) (boxes []Carton, orders []*published) {
	for _, c := range table(t, "packing", "boxpacker_boxes.csv") {
		n := func(i int) int64 { return whole(t, c[i]) }
		boxes = append(boxes, Carton{ID: c[0], Outer: Size{n(1), n(2), n(3)}, TareG: n(4), Inner: Size{n(5), n(6), n(7)}, MaxGrossG: n(8)})
	}
	of := map[string]*published{}
	for _, c := range table(t, "packing", "boxpacker_expected.csv") {
		p := &published{name: c[0], flat: int(whole(t, c[1])), any: int(whole(t, c[2]))}
		of[c[0]], orders = p, append(orders, p)
	}
	for i, c := range table(t, "packing", "boxpacker_items.csv") {
		n := func(i int) int64 { return whole(t, c[i]) }
		p := of[c[0]]
		p.items = append(p.items, Item{ID: fmt.Sprint(c[2], "/", i), Qty: n(1), Size: Size{n(3), n(4), n(5)}, WeightG: n(6)})
	}
	return boxes, orders
}

// TestPublishedOrders packs 1,034 orders of a shop, every answer judged by itself, in no more cartons than the packer
// that the set was published with. Flat goods take longer; every eighth order stands for them but where time is no matter.
func TestPublishedOrders(t *testing.T) {
	boxes, orders := publishedOrders(t)
	t.Run("any turn", func(t *testing.T) {
		total(t, boxes, orders, func(o *published) ([]Item, int) { return o.items, o.any })
	})
	t.Run("kept flat", func(t *testing.T) {
		some := orders
		if os.Getenv("FLOORLINE_BENCH") == "" {
			some = nil
			for i := 0; i < len(orders); i += 8 {
				some = append(some, orders[i])
			}
		}
		total(t, boxes, some, func(o *published) ([]Item, int) {
			items := slices.Clone(o.items)
			for i := range items {
				items[i].KeepFlat = true
			}
			return items, o.flat
		})
	})
}

func total(t *testing.T, boxes []Carton, orders []*published, of func(*published) ([]Item, int)) {
	ours, theirs, bound, volume, fewer, more := 0, 0, 0, 0.0, 0, 0
	for _, o := range orders {
		items, want := of(o)
		r := Pack(boxes, items)
		for _, w := range wrong(boxes, items, r) {
			t.Errorf("%s: %s", o.name, w)
		}
		n, least := len(r.Cartons), Bound(boxes, items)
		if n < least {
			t.Errorf("%s: %d cartons, fewer than the bound of %d", o.name, n, least)
		}
		ours, theirs, bound, fewer, more = ours+n, theirs+want, bound+least, fewer+max(0, want-n), more+max(0, n-want)
		for _, f := range r.Cartons {
			volume += boxOf(boxes, f.ID).Inner.Volume()
		}
	}
	t.Logf("%d orders: %d cartons of %.0f litres; published %d (%d saved, %d more); lower bound %d", len(orders), ours, volume/1e6, theirs, fewer, more, bound)
	if ours > theirs {
		t.Errorf("%d cartons, the published packer needs %d", ours, theirs)
	}
}

func boxOf(boxes []Carton, id string) Carton {
	return boxes[slices.IndexFunc(boxes, func(c Carton) bool { return c.ID == id })]
}

// TestBench prints what an order costs; make bench runs it.
func TestBench(t *testing.T) {
	if os.Getenv("FLOORLINE_BENCH") == "" {
		t.Skip("a measurement: run make bench")
	}
	boxes, orders := publishedOrders(t)
	bench(t, "1,034 published orders", len(orders), func(i int) { Pack(boxes, orders[i].items) })
	bench(t, "  kept flat", len(orders), func(i int) {
		items := slices.Clone(orders[i].items)
		for j := range items {
			items[j].KeepFlat = true
		}
		Pack(boxes, items)
	})
	bench(t, "  as a wave asks", len(orders), func(i int) { PackWithin(boxes, orders[i].items, 4_000) })
	bench(t, "20 to 5,000 units alike", 20, func(i int) {
		Pack(boxes, []Item{{ID: "a", Size: Size{61, 43, 37}, WeightG: 5, Qty: int64(20 + i*262)}})
	})
	bench(t, "100 kinds, 10 to 1,000 units", 20, func(i int) {
		var items []Item
		for k := range int64(100) {
			items = append(items, Item{ID: fmt.Sprint(k), Size: Size{20 + k*7%90, 30 + k*11%70, 15 + k*5%60}, WeightG: 40 + k, Qty: 1 + int64(i)*k%10})
		}
		Pack(boxes, items)
	})
	bench(t, "1,000 kinds, 5 units each", 1, func(int) { Pack(boxes, thousand()) })
	bench(t, "  and 200 sizes of carton", 1, func(int) { Pack(manySizes(), thousand()) })
}

// thousand is the longest order there may be.
func thousand() []Item {
	var items []Item
	for k := range int64(ItemLimit) {
		items = append(items, Item{ID: fmt.Sprint(k), Size: Size{20 + k*7%90, 30 + k*11%70, 15 + k*5%60}, WeightG: 40 + k, Qty: UnitLimit / ItemLimit})
	}
	return items
}

func manySizes() []Carton {
	var boxes []Carton
	for i := range int64(CartonLimit) {
		boxes = append(boxes, box(fmt.Sprint(i), 150+i*3, 120+i*2, 100+i, 20_000))
	}
	return boxes
}

func bench(t *testing.T, name string, n int, pack func(i int)) {
	var took []time.Duration
	for i := range n {
		start := time.Now()
		pack(i)
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	t.Logf("%-40s median %8.3f ms   99 %% %8.3f ms   worst %8.3f ms", name, ms(took[n/2]), ms(took[n*99/100]), ms(took[n-1]))
}
