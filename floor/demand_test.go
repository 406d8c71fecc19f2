package floor

import (
	"testing"
	"time"
)

// What was asked for is every order's, on the day it came in: with what the shop changed, without what was cancelled,
// and not twice where the rest of an order follows by itself.
func TestDemandIsWhatWasOrdered(t *testing.T) {
	f := newShift(t)
	today := f.now.day()
	first := f.order("1", "MUG", 3, "BOX", 1)
	f.order("2", "MUG", 2)
	f.demand("MUG", today, 5)
	f.must(CancelOrder{ID: first})
	f.demand("MUG", today, 2)
	f.demand("BOX", today, 0)
	f.must(ImportOrders{Orders: []NewOrder{{Channel: "web", ExternalID: "2", Hash: [16]byte{1}, ShipTo: Person{Name: "N", Country: "DE"}, Lines: []NewLine{{SKU: "MUG", Qty: 7}}}}})
	f.demand("MUG", today, 7)
	f.now += 3 * DayMS
	f.order("3", "MUG", 1)
	f.demand("MUG", today+3, 1)
	f.demand("MUG", today+1, 0)
}

// Days before Floorline are noted once, however often they are sent; what is too old or still to come is refused.
func TestDemandBefore(t *testing.T) {
	f := newShift(t)
	day := time.UnixMilli(int64(f.now - 400*DayMS)).UTC().Format("2006-01-02")
	late := time.UnixMilli(int64(f.now + 2*DayMS)).UTC().Format("2006-01-02")
	rows := NoteDemand{Rows: []DemandRow{{"MUG", day, 12}, {"NONE", day, 1}, {"MUG", late, 1}, {"MUG", "1999-01-01", 1}, {"BOX", "2026-13-01", 1}}, Lines: []int{2, 3, 4, 5, 6}}
	for i, want := range []Import{{Created: 1, Rejected: 4}, {Unchanged: 1, Rejected: 4}} {
		got := f.must(rows).(*Import)
		if got.Created != want.Created || got.Unchanged != want.Unchanged || got.Rejected != want.Rejected {
			t.Errorf("the %d. time: %+v", i+1, got)
		}
	}
	f.demand("MUG", f.now.day()-400, 12)
	f.order("1", "MUG", 2)
	f.demand("MUG", f.now.day(), 2)
	f.demand("MUG", f.now.day()-400, 12)
}

func (f *shift) demand(sku SKU, day, want int64) {
	f.t.Helper()
	if got := f.s.Demand[sku].on(day); got != want {
		f.t.Errorf("day %d: %d of %s were asked for, want %d", day, got, sku, want)
	}
}

// The civil calendar is counted as the standard library counts it.
func TestDayOf(t *testing.T) {
	for day := int64(0); day < 60_000; day += 37 {
		if s := time.Unix(day*86400, 0).UTC().Format("2006-01-02"); dayOf(s) != day {
			t.Fatalf("%s: %d, want %d", s, dayOf(s), day)
		}
	}
}

// A demand keeps its last days only, wherever they are written from.
func TestDemandDays(t *testing.T) {
	for _, days := range [][]int64{{100, 100 + DemandDays - 1, 100 + DemandDays}, {100, 100 + 5*DemandDays}, {5000, 5000 - DemandDays + 1, 5000 - DemandDays}, {100, 100 + DemandDays + 500}} {
		s := New()
		for _, day := range days {
			s.demanded("MUG", day, 1)
		}
		d := s.Demand["MUG"]
		last := max(days[0], days[len(days)-1])
		if len(d.Units) > DemandDays || d.on(last) != 1 {
			t.Errorf("%v: %d days from %d, %d on the last", days, len(d.Units), d.First, d.on(last))
		}
		if d.on(last-DemandDays) != 0 {
			t.Errorf("%v: a day too long ago is still counted", days)
		}
	}
}
