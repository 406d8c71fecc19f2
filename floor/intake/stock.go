package intake

import (
	"fmt"
	"strings"
)

var stockSheet = sheet{
	kind:    "stock",
	columns: []string{"bin", "sku", "qty", "lot", "expiry", "serials", "reason"},
	must:    []string{"bin", "sku", "qty"},
	alias:   map[string]string{"quantity": "qty", "serial": "serials", "best_before": "expiry"},
}

// Stock reads a CSV table of adjustments. Each row is one movement of its own: the same row twice is twice
// the goods.
func Stock(data []byte, o Options) Report {
	c := &clerk{o: o}
	t, ok := c.open(data, true)
	if !ok || !t.bind(&stockSheet) {
		return c.done()
	}
	t.each(func(r *row) {
		if a := r.adjustment(); r.wrong == 0 {
			c.Stock = append(c.Stock, a)
		}
	}, func(r record) { t.breach(r, "") })
	return c.done()
}

func (r *row) adjustment() Adjustment {
	r.ref = shorten(r.cell("sku"))
	a := Adjustment{
		Row:    r.line,
		Bin:    r.mustCode("bin", r.cell("bin"), SKULimit),
		SKU:    r.mustCode("sku", r.cell("sku"), SKULimit),
		Qty:    r.mustWhole("qty", r.cell("qty"), -QtyLimit, QtyLimit),
		Lot:    r.code("lot", r.cell("lot"), SKULimit),
		Expiry: r.day("expiry", r.cell("expiry")),
		Reason: r.text("reason", r.cell("reason"), NameLimit),
	}
	if a.Qty == 0 && r.wrong == 0 {
		r.bad("qty", "out_of_range", "is 0: units added (+) or taken away (-)")
	}
	r.serials(&a)
	return a
}

// serials reads serial|serial|serial: one for each unit, each once.
func (r *row) serials(a *Adjustment) {
	seen := map[string]bool{}
	for _, part := range strings.Split(r.cell("serials"), "|") {
		s := r.code("serials", trim(part), SKULimit)
		if s == "" {
			continue
		}
		if seen[s] {
			r.bad("serials", "serial_twice", s+" stands twice in this row")
		}
		seen[s] = true
		a.Serials = append(a.Serials, s)
	}
	n := int64(len(a.Serials))
	switch {
	case n > SerialLimit:
		r.bad("serials", "too_many", fmt.Sprintf("%d serials; at most %d in a row", n, SerialLimit))
	case n > 0 && n != max(a.Qty, -a.Qty) && a.Qty != 0:
		r.bad("serials", "serials_required", fmt.Sprintf("%d serials for %d units; each unit has one", n, a.Qty))
	}
}
