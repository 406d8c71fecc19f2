package forecast

import (
	"strings"
	"testing"
)

func steady(days int, n int32) []int32 {
	out := make([]int32, days)
	for i := range out {
		out[i] = n
	}
	return out
}

// A shelf that sells ten a day is ordered before it runs out, not when it has: each case says what is there and what is
// to be done.
func TestNeed(t *testing.T) {
	house := Policy{ServiceLevel: 0.95, ReviewDays: 7, OverDays: 120, DeadDays: 180}
	for _, c := range []struct {
		name  string
		shelf Shelf
		want  string
		qty   int64
	}{
		{"enough for the lead time and the next look", Shelf{Daily: steady(200, 10), OnHand: 400, LeadDays: 10}, Enough, 0},
		{"below it", Shelf{Daily: steady(200, 10), OnHand: 100, LeadDays: 10}, OrderNow, 70},
		{"bought already", Shelf{Daily: steady(200, 10), OnHand: 100, OnOrder: 130, LeadDays: 10}, OrderSoon, 0},
		{"promised and not here", Shelf{Daily: steady(200, 0), Owed: 3, LeadDays: 10}, OrderNow, 3},
		{"half a year of it", Shelf{Daily: steady(200, 1), OnHand: 180, LeadDays: 10}, Overstock, 0},
		{"nobody has asked for a year", Shelf{Daily: append(steady(100, 5), steady(365, 0)...), OnHand: 5, LeadDays: 10}, Dead, 0},
		{"new", Shelf{OnHand: 5, LeadDays: 10}, Unasked, 0},
		{"a point set by hand", Shelf{Daily: steady(200, 0), OnHand: 4, Fixed: Fixed{Point: 5, Qty: 12}}, OrderNow, 12},
	} {
		if got := c.shelf.Need(house, PaceOf(c.shelf.Daily, c.shelf.LeadDays+house.ReviewDays)); got.Advice != c.want || got.OrderQty != c.qty {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	daily := steady(200, 10)
	n := Shelf{Daily: daily, OnHand: 100, LeadDays: 10}.Need(house, PaceOf(daily, 17))
	if n.ReorderPoint != 170 || n.DaysLeft != 10 || !strings.Contains(n.Formula, "(R,S)") {
		t.Errorf("ten a day, ten days' lead and a look each week: %+v", n)
	}
}

// What runs out before a delivery ordered today comes is warned of, unless something is on its way; and a shelf says up to
// how much it is filled: with a look each week to the point itself, without one to the point and a quantity.
func TestRunsOutAndBaseStock(t *testing.T) {
	weekly := Policy{ServiceLevel: 0.95, ReviewDays: 7, OverDays: 120, DeadDays: 180}
	always := Policy{ServiceLevel: 0.95, OrderCostCents: 5000, HoldingYear: 0.2, OverDays: 120, DeadDays: 180}
	need := func(p Policy, s Shelf) Need {
		s.Daily, s.LeadDays, s.CostCents = steady(200, 10), 10, 500
		return s.Need(p, PaceOf(s.Daily, s.LeadDays+p.ReviewDays))
	}
	for _, c := range []struct {
		shelf Shelf
		out   bool
	}{{Shelf{OnHand: 99}, true}, {Shelf{OnHand: 100}, false}, {Shelf{OnHand: 99, OnOrder: 50}, false}, {Shelf{OnHand: 120, Owed: 30}, true}} {
		if got := need(weekly, c.shelf); got.RunsOut != c.out {
			t.Errorf("%+v: %+v", c.shelf, got)
		}
	}
	if n := need(weekly, Shelf{}); n.BaseStock != n.ReorderPoint || n.BaseStock != 170 {
		t.Errorf("order up to 170: %+v", n)
	}
	// sqrt(2 x 50.00 x 10 / (1.00 / 365)) = 604.2, Harris.
	if n := need(always, Shelf{}); n.OrderQuantity != 605 || n.BaseStock != 705 {
		t.Errorf("point 100 and 604.2 at a time: %+v", n)
	}
	if n := need(weekly, Shelf{Fixed: Fixed{Point: 200, Qty: 300}}); n.BaseStock != 500 {
		t.Errorf("set by hand: %+v", n)
	}
}

// Days that are held back show how far off the forecast was: of a series whose rule is known it is nearer than "as the last
// time"; of too few days nothing is said.
func TestHoldBack(t *testing.T) {
	if _, ok := HoldBack(steady(10, 4), 14); ok {
		t.Error("five days are too few to forecast from")
	}
	if h, ok := HoldBack(steady(100, 4), 14); !ok || h.Days != 14 || h.Said != 56 || h.Came != 56 || h.Before != 56 {
		t.Errorf("four a day: %+v", h)
	}
	noisy := make([]int32, 210)
	for i := range noisy {
		noisy[i] = int32(20 + (i*37)%17 - 8)
	}
	noisy[195] = 90 // one odd day in the last week that is known
	h, _ := HoldBack(noisy, 14)
	if off, naive := h.Off(); off >= naive {
		t.Errorf("off by %.1f, the week before by %.1f: %+v", off, naive, h)
	}
}

func TestClasses(t *testing.T) {
	if got := strings.Join(ABC([]float64{5, 80, 10, 0, 5}), ""); got != "BABCC" {
		t.Errorf("ABC: %s", got)
	}
	lumpy := make([]int32, 140)
	lumpy[3] = 50
	for want, daily := range map[string][]int32{"X": steady(140, 3), "Z": lumpy} {
		if got := XYZ(daily); got != want {
			t.Errorf("XYZ: %s, want %s", got, want)
		}
	}
}
