package carton

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

func table(t testing.TB, parts ...string) [][]string {
	t.Helper()
	root := os.Getenv("FLOORLINE_FIXTURES")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "fixtures")
	}
	f, err := os.Open(filepath.Join(append([]string{root}, parts...)...))
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("no fixtures here; set FLOORLINE_FIXTURES to their directory")
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
// that the set was published with.
func TestPublishedOrders(t *testing.T) {
	boxes, orders := publishedOrders(t)
	for _, flat := range []bool{false} {
		ours, theirs, bound, volume := 0, 0, 0, 0.0
		for _, o := range orders {
			items := slices.Clone(o.items)
			for i := range items {
				items[i].KeepFlat = flat
			}
			r := Pack(boxes, items)
			for _, w := range wrong(boxes, items, r) {
				t.Errorf("%s: %s", o.name, w)
			}
			want := o.any
			if flat {
				want = o.flat
			}
			if len(r.Unpackable) > 0 {
				t.Logf("%s: %d unpackable", o.name, len(r.Unpackable))
			}
			if least := Bound(boxes, items); len(r.Cartons) > least && len(r.Cartons) >= want {
				t.Logf("%s: %d cartons, bound %d, published %d", o.name, len(r.Cartons), least, want)
			}
			ours, theirs, bound = ours+len(r.Cartons), theirs+want, bound+Bound(boxes, items)
			for _, f := range r.Cartons {
				volume += boxOf(boxes, f.ID).Inner.Volume()
			}
		}
		t.Logf("keep flat %v: %d orders in %d cartons of %.0f litres; published %d, bound by volume and weight %d",
			flat, len(orders), ours, volume/1e6, theirs, bound)
		if ours > theirs {
			t.Errorf("%d cartons, the published packer needs %d", ours, theirs)
		}
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
