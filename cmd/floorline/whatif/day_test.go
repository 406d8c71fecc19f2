package whatif

import (
	"bytes"
	"encoding/json"
	"reflect"
	"runtime"
	"testing"

	"floorline/floor"
)

func usualWorld(t testing.TB) *World {
	t.Helper()
	w, err := UsualWorld("")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// small is a question that is answered quickly.
func small() Question {
	q := Usual()
	q.StartMin, q.TruckMin, q.CutoffMin = 12*60, 16*60, 15*60
	q.Orders, q.Runs, q.Pickers = 80, 2, []int{2}
	return q
}

func ask(t testing.TB, w *World, q Question) *Answer {
	t.Helper()
	if err := q.Check(); err != nil {
		t.Fatal(err)
	}
	a, err := Ask(w, q)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// A day of one run, and how it ended.
func playDay(t testing.TB, w *World, q Question, run, pickers int) *day {
	t.Helper()
	d, err := newDay(&q, w, run, pickers)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.run(); err != nil {
		t.Fatal(err)
	}
	return d
}

// The same seed gives the same answer to the byte, on one core or on several; another seed gives another.
func TestSameSeedSameBytes(t *testing.T) {
	w, q := usualWorld(t), small()
	q.Errors, q.Shorts, q.Damaged = 0.05, 0.02, 0.02
	q.Runs = 3
	print := func(q Question) []byte {
		b, err := json.Marshal(ask(t, w, q))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	first := print(q)
	was := runtime.GOMAXPROCS(1)
	alone := print(q)
	runtime.GOMAXPROCS(was)
	if !bytes.Equal(first, alone) {
		t.Errorf("the same seed gave two answers:\n%s\n%s", first, alone)
	}
	q.Seed++
	if bytes.Equal(first, print(q)) {
		t.Error("another seed gave the same answer")
	}
}

// Whoever works, the same orders come at the same minute and want the same.
func TestEveryCrewMeetsTheSameDay(t *testing.T) {
	w, q := usualWorld(t), small()
	type came struct {
		atMS  int64
		lines []floor.NewLine
	}
	day := func(pickers int) (out []came) {
		d := playDay(t, w, q, 1, pickers)
		for _, o := range d.book {
			if d.s.Orders[o.id] == nil {
				t.Fatalf("an order never came: %+v", o)
			}
			out = append(out, came{o.atMS, o.lines})
		}
		return out
	}
	if two, five := day(2), day(5); len(two) != q.Orders || !reflect.DeepEqual(two, five) {
		t.Errorf("%d and %d orders, not the same", len(two), len(five))
	}
}

// At the end of every day, by any method and however clumsy the people, each unit is somewhere: what left the house
// is what was in the parcels that left, and no order was sent more than it asked for.
func TestUnitsAreConserved(t *testing.T) {
	w := usualWorld(t)
	for _, method := range methods {
		q := small()
		q.Method, q.Errors, q.Shorts, q.Damaged = method, 0.1, 0.05, 0.05
		d := playDay(t, w, q, 0, 3)
		var parcelled, shipped, gone int64
		for _, p := range d.s.Parcels {
			if p.Status == floor.ParcelDispatched {
				for _, u := range p.Units {
					parcelled += u.Qty
				}
			}
		}
		for _, o := range d.s.Orders {
			for _, l := range o.Lines {
				shipped += l.Shipped
				if l.Shipped > l.Ordered {
					t.Errorf("%s: order %s was sent %d of %d %s", method, o.ID, l.Shipped, l.Ordered, l.SKU)
				}
			}
		}
		for sku := range d.s.Items {
			if n := d.s.Balance(sku); n != 0 {
				t.Errorf("%s: %s does not add up by %d", method, sku, n)
			}
			for _, r := range d.s.StockOf(sku) {
				if r.Key.Place == floor.Customer {
					gone += r.OnHand
				}
			}
		}
		if gone == 0 || gone != parcelled || gone != shipped {
			t.Errorf("%s: %d units are with customers, %d left in parcels, %d were shipped by the orders", method, gone, parcelled, shipped)
		}
	}
}

// Where picking is what holds the day up, more pickers are never worse, and enough of them make the truck.
func TestMorePickersAreNeverWorse(t *testing.T) {
	q := small()
	q.Pickers, q.Orders, q.Packers, q.Runs = []int{1, 2, 3}, 150, 6, 3
	a := ask(t, usualWorld(t), q)
	for i, c := range a.Crews {
		t.Logf("%d pickers: missing %.1f, done %s, %s", c.Pickers, c.Missing, c.DoneP50, c.Bottleneck)
		if i > 0 && (c.Missing > a.Crews[i-1].Missing+1 || c.OnTime < a.Crews[i-1].OnTime) {
			t.Errorf("%d pickers miss %.1f, %d only %.1f", c.Pickers, c.Missing, a.Crews[i-1].Pickers, a.Crews[i-1].Missing)
		}
	}
	if first, last := a.Crews[0], a.Crews[2]; first.Missing < 20 || first.PickerBusy < busyShare || last.Missing > 1 {
		t.Errorf("1 picker misses %.1f and is busy %.2f, 3 miss %.1f", first.Missing, first.PickerBusy, last.Missing)
	}
}

// Each figure of the question has its effect: what takes longer, or goes wrong more often, makes people busier.
func TestFiguresMatter(t *testing.T) {
	w, q := usualWorld(t), small()
	q.Runs = 1
	usual := ask(t, w, q).Crews[0]
	for name, c := range map[string]struct {
		change func(*Question)
		busier func(*Crew) bool
	}{
		"walking slowly": {func(q *Question) { q.WalkMS /= 2 }, func(c *Crew) bool { return c.PickerBusy > usual.PickerBusy*1.1 }},
		"picking slowly": {func(q *Question) { q.PickS *= 2 }, func(c *Crew) bool { return c.PickerBusy > usual.PickerBusy*1.2 }},
		"errors":         {func(q *Question) { q.Errors = 0.3 }, func(c *Crew) bool { return c.PickerBusy > usual.PickerBusy*1.1 }},
		"shorts":         {func(q *Question) { q.Shorts = 0.2 }, func(c *Crew) bool { return c.PickerBusy > usual.PickerBusy*1.02 }},
		"packing slowly": {func(q *Question) { q.PackS *= 2 }, func(c *Crew) bool { return c.PackerBusy > usual.PackerBusy*1.4 }},
		"loading slowly": {func(q *Question) { q.LoadS *= 2 }, func(c *Crew) bool { return c.LoaderBusy > usual.LoaderBusy*1.4 }},
		"one by one":     {func(q *Question) { q.Method = "discrete" }, func(c *Crew) bool { return c.Metres > usual.Metres*1.3 }},
		"one order":      {func(q *Question) { q.Slots = 1 }, func(c *Crew) bool { return c.Metres > usual.Metres*1.3 }},
	} {
		asked := q
		c.change(&asked)
		if got := ask(t, w, asked).Crews[0]; !c.busier(got) {
			t.Errorf("%s: pickers %.3f, packers %.3f, loader %.3f, %.0f m; usually %.3f, %.3f, %.3f, %.0f", name,
				got.PickerBusy, got.PackerBusy, got.LoaderBusy, got.Metres, usual.PickerBusy, usual.PackerBusy, usual.LoaderBusy, usual.Metres)
		}
	}
}

// The bottleneck is named by what it is: the packers where they are too few, the late orders where nobody is busy.
func TestBottleneckIsNamed(t *testing.T) {
	w := usualWorld(t)
	for name, c := range map[string]struct {
		change func(*Question)
		want   string
	}{
		"picking":         {func(q *Question) { q.Pickers, q.Packers, q.Orders = []int{1}, 6, 150 }, "picking: "},
		"packing":         {func(q *Question) { q.Pickers, q.Packers, q.PackS = []int{6}, 1, 240 }, "packing: "},
		"loading":         {func(q *Question) { q.Pickers, q.LoadS = []int{6}, 300 }, "loading: "},
		"the last orders": {func(q *Question) { q.Pickers, q.CutoffMin = []int{6}, q.TruckMin }, "the last orders: "},
		"nobody":          {func(q *Question) { q.Pickers, q.Orders = []int{6}, 20 }, "none: "},
	} {
		q := small()
		q.Runs = 1
		c.change(&q)
		if got := ask(t, w, q).Crews[0].Bottleneck; len(got) < len(c.want) || got[:len(c.want)] != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// The metres walked are those of the floor's own pick lists: what is simulated is the walk that people are sent on.
func TestMetresAreThoseOfTheLists(t *testing.T) {
	w := usualWorld(t)
	for _, method := range []string{"discrete", "cluster", "batch"} {
		q := small()
		q.Method, q.Errors, q.Shorts, q.Damaged, q.Orders = method, 0, 0, 0, 40
		d := playDay(t, w, q, 0, 4)
		var listed, walked float64
		for _, l := range d.s.PickLists {
			listed += float64(l.Walk) / 100
		}
		for _, h := range d.hands {
			walked += h.metres
		}
		if listed == 0 || walked < listed-1 || walked > listed+1 {
			t.Errorf("%s: %.1f m were walked, the lists have %.1f", method, walked, listed)
		}
	}
}

// A warehouse stopped in the middle of its work is gone on with: what people had in their hands they put down, others
// take it up, and everything that was under way is on the truck.
func TestWorkUnderWayIsGoneOnWith(t *testing.T) {
	for _, method := range methods {
		q := small()
		q.Method, q.Backlog = method, q.Orders
		half, err := newDay(&q, usualWorld(t), 0, 4)
		if err != nil {
			t.Fatal(err)
		}
		half.pass(half.opens + 40*floor.MinuteMS)
		at := map[string]int{}
		for _, o := range half.s.Orders {
			at[o.Status]++
		}
		if at[floor.OrderPicking] == 0 || at[floor.OrderPacked]+at[floor.OrderDispatched] == 0 {
			t.Fatalf("%s: the day is not in its middle: %v", method, at)
		}
		w, err := WorldOf(half.s, "")
		if err != nil {
			t.Fatal(err)
		}
		q.Orders, q.Backlog = 5, 5
		d := playDay(t, w, q, 0, 4)
		for _, o := range d.book {
			if o.loaded == 0 {
				t.Errorf("%s: order %s is not on board but %s", method, o.id, d.s.Orders[o.id].Status)
			}
		}
		if len(d.book) < 20 {
			t.Errorf("%s: only %d orders are due", method, len(d.book))
		}
	}
}
