package intake

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

// Demand reads a CSV table of days before: one row for an item and a day.
func Demand(data []byte, o Options) Report {
	c := &clerk{o: o}
	t, ok := c.open(data, true)
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
	return c.done()
}
