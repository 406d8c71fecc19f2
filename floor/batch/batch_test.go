package batch

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"floorline/floor/route"
)

// henn draws a task in the published manner (Henn and Waescher 2012): 10 aisles of 45 cells on either side, orders of 5 to 25
// articles, a cart of 30 to 75. Class-based: 52 % of the demand lies in the first aisle, 36 % in the next three.
func henn(r *rand.Rand, orders int, capacity int64, classes bool) Task {
	t := Task{Layout: &route.Layout{Aisles: 10, Cells: 45, AislePitch: 5, CellPitch: 1, EndGap: 1, CrossAisles: []int{0, 45}, Depot: route.Depot{Side: "bottom"}}, Capacity: capacity}
	for i := range orders {
		o := Order{ID: fmt.Sprint("o", i)}
		for k := range 5 + r.IntN(21) {
			aisle := r.IntN(10)
			if u := r.Float64(); classes && u < 0.52 {
				aisle = 0
			} else if classes && u < 0.88 {
				aisle = 1 + r.IntN(3)
			} else if classes {
				aisle = 4 + r.IntN(6)
			}
			o.Stops = append(o.Stops, route.Stop{ID: fmt.Sprintf("%d-%d", i, k), Aisle: aisle, Cell: r.IntN(45)})
		}
		o.Size = int64(len(o.Stops))
		t.Orders = append(t.Orders, o)
	}
	return t
}

// holdsTogether checks what every plan must keep.
func holdsTogether(t testing.TB, task Task, p Plan) {
	t.Helper()
	byID := map[string]Order{}
	for _, o := range task.Orders {
		byID[o.ID] = o
	}
	sum := 0.0
	for _, b := range p.Batches {
		var l load
		stops := map[string]route.Stop{}
		for _, id := range b.Orders {
			o, ok := byID[id]
			if !ok {
				t.Fatalf("%s is in two batches or in none of the orders", id)
			}
			delete(byID, id)
			l = l.plus(loadOf(o))
			for _, s := range o.Stops {
				stops[s.ID] = s
			}
		}
		var walk []route.Stop
		for _, id := range b.Order {
			walk = append(walk, stops[id])
			delete(stops, id)
		}
		if d := task.Layout.Length(walk); math.Abs(d-b.Distance) > 1e-6 || len(stops) > 0 || !task.holds(l) {
			t.Fatalf("a batch walks %g, says %g, leaves out %d stops, holds %+v", d, b.Distance, len(stops), l)
		}
		sum += b.Distance
	}
	if len(byID) > 0 || math.Abs(sum-p.Distance) > 1e-6 {
		t.Fatalf("%d orders left out, walks sum to %g, not %g", len(byID), sum, p.Distance)
	}
}

// brute tries every partition.
func brute(task Task) float64 {
	s := newSearch(&task)
	best := math.Inf(1)
	var try func(i int, groups [][]int)
	try = func(i int, groups [][]int) {
		if i == len(task.Orders) {
			sum := 0.0
			for _, g := range groups {
				sum += s.walk(g, -1, -1)
			}
			best = min(best, sum)
			return
		}
		for k := range groups {
			g := append(append([]int(nil), groups[k]...), i)
			var l load
			for _, m := range g {
				l = l.plus(s.loads[m])
			}
			if task.holds(l) {
				next := append([][]int(nil), groups...)
				next[k] = g
				try(i+1, next)
			}
		}
		try(i+1, append(append([][]int(nil), groups...), []int{i}))
	}
	try(0, nil)
	return best
}

// A small wave's plan is as short as the shortest of all groupings, and the search finds it as well.
func TestExactEqualsBrute(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for i := range 40 {
		task := henn(r, 1+r.IntN(8), int64(30+15*r.IntN(4)), i%2 == 0)
		if i%3 == 0 {
			task.MaxOrders = 2
		}
		if f := task.Check(); f != nil {
			t.Fatal(f)
		}
		p := task.Solve(Moves(1, 1))
		holdsTogether(t, task, p)
		want := brute(task)
		if p.Method != route.Exact || math.Abs(p.Distance-want) > 1e-6 {
			t.Fatalf("case %d: %s %g, the shortest is %g", i, p.Method, p.Distance, want)
		}
		s := newSearch(&task)
		if len(task.Orders) < 2 {
			continue
		}
		searched := task.plan(s.anneal(s.savings(), Moves(1, 4000)), false)
		holdsTogether(t, task, searched)
		if searched.Distance > want+1e-6 {
			t.Errorf("case %d: the search found %g, the shortest is %g", i, searched.Distance, want)
		}
	}
}

// Larger waves stay within the cart and far below first come, first served; the same seed gives the same plan.
func TestSearch(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for _, n := range []int{20, 40} {
		task := henn(r, n, 45, n == 20)
		p := task.Solve(Moves(3, 5000))
		holdsTogether(t, task, p)
		first := task.FirstCome()
		holdsTogether(t, task, first)
		if p.Distance > 0.85*first.Distance {
			t.Errorf("%d orders: %g of %g", n, p.Distance, first.Distance)
		}
		if again := task.Solve(Moves(3, 5000)); fmt.Sprint(again) != fmt.Sprint(p) {
			t.Error("the same seed gave another plan")
		}
	}
}

func TestNoOrders(t *testing.T) {
	task := henn(rand.New(rand.NewPCG(1, 1)), 0, 30, false)
	if p := task.Solve(Moves(1, 1)); p.Distance != 0 || len(p.Batches) != 0 || p.Method != route.Exact {
		t.Errorf("%+v", p)
	}
}

func TestCheckNamesAll(t *testing.T) {
	task := henn(rand.New(rand.NewPCG(1, 1)), 3, 30, false)
	task.Orders[0].Size, task.Orders[1].ID, task.Orders[2].Stops[0].Cell = 31, "", 45
	if f := task.Check(); len(f) != 3 {
		t.Errorf("%v", f)
	}
	if f := (Task{}).Check(); len(f) != 2 {
		t.Errorf("%v", f)
	}
}

// TestBenchBatches prints how good plans are: against first come, first served, and against twenty times the moves.
func TestBenchBatches(t *testing.T) {
	if os.Getenv("FLOORLINE_BENCH") == "" {
		t.Skip("FLOORLINE_BENCH=1 prints the table")
	}
	r := rand.New(rand.NewPCG(4, 4))
	const moves = 100_000
	t.Logf("%8s %8s %7s | %8s %8s %8s | %9s %8s", "demand", "orders", "cart", "first", "plan", "20 times", "below fcfs", "gap")
	for _, classes := range []bool{false, true} {
		for _, n := range []int{20, 40, 60, 100} {
			for _, capacity := range []int64{30, 45, 75} {
				task := henn(r, n, capacity, classes)
				first, p, long := task.FirstCome(), task.Solve(Moves(1, moves)), task.Solve(Moves(2, 20*moves))
				t.Logf("%8v %8d %7d | %8.0f %8.0f %8.0f | %8.1f%% %7.2f%%", map[bool]string{true: "classes", false: "uniform"}[classes], n, capacity,
					first.Distance, p.Distance, long.Distance, 100*(1-p.Distance/first.Distance), 100*(p.Distance/long.Distance-1))
			}
		}
	}
}

// A large wave is searched with few moves for each order, and must not be shaken apart by them: what the search gives is
// shorter than what it began with.
func TestSearchOfALargeWave(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	task := henn(r, 300, 6, false)
	for i := range task.Orders {
		task.Orders[i].Size, task.Orders[i].Stops = 1, task.Orders[i].Stops[:3]
	}
	s := newSearch(&task)
	began := task.plan(s.savings(), false)
	p := task.Solve(Moves(1, 50*len(task.Orders)))
	holdsTogether(t, task, p)
	if p.Distance >= began.Distance {
		t.Errorf("%g from %g", p.Distance, began.Distance)
	}
}
