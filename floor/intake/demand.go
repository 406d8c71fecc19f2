package intake

import (
	"cmp"
	"slices"
	"time"
)

var demandSheet = sheet{
	kind:    "demand",
	columns: []string{"sku", "day", "qty"},
	must:    []string{"sku", "day", "qty"},
	alias:   map[string]string{"date": "day", "quantity": "qty", "units": "qty", "demand": "qty"},
}

// DayDemand is what was asked for of an item on one day.
type DayDemand struct {
	Row int    `json:"row"`
	SKU string `json:"sku"`
	Day string `json:"day"` // 2026-02-28
	Qty int64  `json:"qty"`
}

// Demand reads a CSV table of days before: one row for an item and a day. A table of orders is known by its header, and
// read as History.
func Demand(data []byte, o Options) Report {
	c := &clerk{o: o}
	t, ok := c.open(data, true)
	if ok && !t.has(&demandSheet) && (t.has(&uciSheet) || t.has(&orderSheet)) {
		return History("csv", data, o)
	}
	if !ok || !t.bind(&demandSheet) {
		return c.done()
	}
	var list []once[DayDemand]
	t.each(func(r *row) {
		d := DayDemand{Row: r.line, SKU: r.mustCode("sku", r.cell("sku"), SKULimit), Day: r.day("day", r.cell("day")), Qty: r.mustWhole("qty", r.cell("qty"), 0, QtyLimit)}
		r.ref = shorten(d.SKU)
		if d.Day == "" && r.wrong == 0 {
			r.bad("day", "required", "is missing")
		}
		list = append(list, once[DayDemand]{d.SKU + " " + d.Day, r.line, r.wrong > 0, d})
	}, func(r record) { t.breach(r, "") })
	c.Demand = keepOnce(c, "day", list, func(a, b DayDemand) bool { return a.Qty == b.Qty })
	r := c.done()
	r.moveDays(o.MoveDays)
	return r
}

// History reads a file of orders as what was asked for on the days on which they were placed (UTC), all orders of a day
// added up. The orders stay in the report for who makes items of them; they are not to be taken in.
func History(format string, data []byte, o Options) Report {
	r := Orders(format, data, o)
	type key struct{ day, sku string }
	at := map[key]int{}
	for _, x := range r.Orders {
		if len(x.Placed) < len("2026-02-28") {
			r.Faults = append(r.Faults, Fault{Row: x.Row, Code: "no_day", Field: "placed", Detail: "the order does not say when it was placed", Ref: x.ExternalID})
			continue
		}
		for _, l := range x.Lines {
			k := key{x.Placed[:10], l.SKU}
			i, known := at[k]
			if !known {
				i = len(r.Demand)
				at[k] = i
				r.Demand = append(r.Demand, DayDemand{Row: l.Row, SKU: l.SKU, Day: k.day})
			}
			r.Demand[i].Qty = min(r.Demand[i].Qty+l.Qty, QtyLimit)
		}
	}
	slices.SortStableFunc(r.Demand, func(a, b DayDemand) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.SKU, b.SKU)) })
	r.moveDays(o.MoveDays)
	return r
}

// moveDays has all days be so many later: what was sold in another year stands for what is sold now.
func (r *Report) moveDays(n int) {
	for i := range r.Demand {
		if t, err := time.Parse(time.DateOnly, r.Demand[i].Day); err == nil && n != 0 {
			r.Demand[i].Day = t.AddDate(0, 0, n).Format(time.DateOnly)
		}
	}
}
