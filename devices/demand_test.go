package devices

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"floorline/floor"
	"floorline/floor/fixture"
)

var retailDays = []string{"2010-12-01", "2010-12-02", "2010-12-03", "2010-12-05", "2010-12-06", "2010-12-07",
	"2010-12-08", "2010-12-09", "2010-12-10", "2010-12-12", "2010-12-13", "2010-12-14"}

// sold sends days of a real shop's invoices as what was asked for before, so that the last of them counts as yesterday.
func (f *front) sold(t *testing.T, days []string, last string) (all importView) {
	t.Helper()
	for _, day := range days {
		file, err := os.ReadFile(fixture.Path(t, "orders", "uci", day+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		var v importView
		f.want(200, "POST", "/api/v1/imports/demand?create_items=true&day="+last, string(file), "Content-Type", "text/csv").json(t, &v)
		all.Created, all.Unchanged, all.Rejected = all.Created+v.Created, all.Unchanged+v.Unchanged, all.Rejected+v.Rejected
	}
	return all
}

// Twelve days of a real shop give a warehouse with real demand: no order is made of them, the buyer's list has a pace for every
// item, days that are held back are met better than by "as the last day", and the shop's own sums are what the pages show.
func TestRealDemand(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	week := retailDays[:9] // to the tenth: the rest is held back
	v := f.sold(t, week, "2010-12-10")
	if v.Created < 5000 || v.Rejected != 0 || f.count() != 0 {
		t.Fatalf("%d days of items, %d rejected, %d orders", v.Created, v.Rejected, f.count())
	}
	if again := f.sold(t, week[:1], "2010-12-10"); again.Created != 0 || again.Unchanged == 0 {
		t.Fatalf("the same day again: %+v", again)
	}
	var list reorderList
	for list.Pending = 1; list.Pending > 0; {
		f.want(200, "GET", "/api/v1/reorder", "").json(t, &list)
	}
	pace := map[floor.SKU]float64{}
	for _, l := range f.s.forecasts.list().Items {
		pace[l.SKU] = l.MeanDay
	}
	if len(pace) < 1800 || list.Counts["order_now"] < 1500 || len(list.Items) != ReorderLimit {
		t.Fatalf("%d items, %v", len(pace), list.Counts)
	}
	// 85123A by hand: every invoice of the nine files, without credits, is what its page shows.
	var d demandView
	f.want(200, "GET", "/api/v1/items/85123A/demand", "").json(t, &d)
	var want float64
	for _, day := range week {
		want += soldOn(t, day)["85123A"]
	}
	if got := pace["85123A"] * 10; math.Abs(got-want) > 0.1 { // ten days, one of them without trade
		t.Errorf("the forecaster saw %.1f of 85123A, the shop sold %.0f", got, want)
	}

	var off, last, came float64
	before := soldOn(t, "2010-12-10")
	held := map[string]float64{}
	for _, day := range retailDays[9:] {
		for sku, n := range soldOn(t, day) {
			held[sku] += n
		}
	}
	const days = 4 // the eleventh to the fourteenth
	for sku, mean := range pace {
		off += math.Abs(mean*days - held[string(sku)])
		last += math.Abs(before[string(sku)]*days - held[string(sku)])
		came += held[string(sku)]
	}
	t.Logf("four days held back: the forecast of %d items is off by %.1f %%, as the last day by %.1f %%; the page says %+v", len(pace), 100*off/came, 100*last/came, list.Accuracy)
	if off >= last {
		t.Errorf("off by %.0f units of %.0f, as the last day by %.0f", off, came, last)
	}
	if a := list.Accuracy; a != nil {
		t.Errorf("ten days are too few to hold seven back from, yet it says %+v", a)
	}
	f.sold(t, retailDays[9:], "2010-12-14") // on days that are known already: the list follows at once
	for list.Pending = 1; list.Pending > 0; {
		f.want(200, "GET", "/api/v1/reorder", "").json(t, &list)
	}
	for _, l := range f.s.forecasts.list().Items {
		if l.SKU == "85123A" && l.MeanDay == rounded(pace["85123A"]) {
			t.Errorf("the pace is that of before more days came: %+v", l)
		}
	}

	f = openFront(t)
	f.sold(t, retailDays, "2010-12-14")
	for list.Pending = 1; list.Pending > 0; {
		f.want(200, "GET", "/api/v1/reorder", "").json(t, &list)
	}
	if a := list.Accuracy; a == nil || a.Days != 7 || a.Items < 1500 || a.Percent <= 0 || a.Percent >= a.Naive {
		t.Errorf("with the second week held back: %+v", a)
	} else {
		t.Logf("a week held back: off by %.1f %%, as the last day by %.1f %%", a.Percent, a.Naive)
	}
}

// soldOn is what a day of the shop sold of each item, read by another road: cells by hand, whatever is no sale left out.
func soldOn(t *testing.T, day string) map[string]float64 {
	t.Helper()
	file, err := os.ReadFile(fixture.Path(t, "orders", "uci", day+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]float64{}
	for _, line := range strings.Split(string(file), "\n")[1:] {
		head := strings.SplitN(line, ",", 3)
		if len(head) < 3 || strings.HasPrefix(head[0], "C") {
			continue
		}
		rest := head[2]
		if strings.HasPrefix(rest, `"`) { // a description with a comma in it
			rest = rest[strings.LastIndex(rest, `",`)+1:]
		}
		cells := strings.Split(rest[strings.Index(rest, ",")+1:], ",")
		var qty float64
		if _, err := fmt.Sscan(cells[0], &qty); err == nil && qty > 0 {
			out[strings.ToUpper(head[1])] += qty
		}
	}
	return out
}

// Past orders of any shop's format count on their days; a day of the file may stand for another; what is asked for wrongly is
// said before anything is taken in.
func TestDemandOfPastOrders(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	now := time.UnixMilli(int64(f.s.now())).UTC()
	yesterday := now.AddDate(0, 0, -1).Format(time.DateOnly)
	orders := "channel,external_id,placed,name,country,sku,qty\n" +
		"shop,1,2015-03-01T10:00:00Z,Anna,DE,MUG,2\nshop,2,2015-03-01T11:00:00Z,Bert,DE,MUG,3\nshop,3,2015-03-03T09:00:00Z,Carl,DE,MUG,4\nshop,4,,Dora,DE,MUG,9\n"
	for _, bad := range []string{"day=tomorrow", "as=2026-01-01", "day=2015-03-03&as=soon", "format=cobol"} {
		f.want(422, "POST", "/api/v1/imports/demand?"+bad, orders, "Content-Type", "text/csv")
	}
	var v importView
	f.want(200, "POST", "/api/v1/imports/demand?create_items=true", orders, "Content-Type", "text/csv").json(t, &v)
	if v.Created != 0 || v.Rejected == 0 || !strings.Contains(fmt.Sprint(v.Errors), "say which day of the file counts as yesterday") {
		t.Fatalf("sales of 2015 are too old as they are: %+v", v)
	}
	f.want(200, "POST", "/api/v1/imports/demand?create_items=true&day=2015-03-03", orders, "Content-Type", "text/csv").json(t, &v)
	if v.Created != 2 || v.Rejected != 1 || f.count() != 0 {
		t.Fatalf("%+v, %d orders", v, f.count())
	}
	f.k.View(func(s *floor.State) {
		d := s.Demand["MUG"]
		if d == nil || len(d.Units) != 3 || d.Units[0] != 5 || d.Units[1] != 0 || d.Units[2] != 4 || floor.Time(d.First*floor.DayMS).Day() != now.AddDate(0, 0, -3).Format(time.DateOnly) {
			t.Errorf("%+v; yesterday is %s", d, yesterday)
		}
	})
}
