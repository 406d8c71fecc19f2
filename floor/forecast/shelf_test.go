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
