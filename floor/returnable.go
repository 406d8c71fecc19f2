package floor

import (
	"slices"
	"time"
)

// What of an order may still come back, and what was paid for it.

// returnable is how many units of an item may still come back of an order: what was sent, less what comes back already.
func (s *State) returnable(o *Order, sku SKU) (n int64) {
	for i := range o.Lines {
		if o.Lines[i].SKU == sku {
			n += o.Lines[i].Shipped
		}
	}
	for _, u := range s.unitsBack(o, sku) {
		if u.Status != UnitMissing && !oneOf(FlagNotSent, u.Flags) {
			n--
		}
	}
	return n
}

// unitsBack are the units of an item in all returns of an order.
func (s *State) unitsBack(o *Order, sku SKU) (out []*ReturnUnit) {
	for _, id := range s.index.returnsOf[o.ID] {
		r := s.Returns[id]
		for i := range r.Units {
			if r.counts() && r.Units[i].SKU == sku {
				out = append(out, &r.Units[i])
			}
		}
	}
	return out
}

// sentKeys are the lots, days and serials in which an item was sent with an order.
func (s *State) sentKeys(o *Order, sku SKU) (out []StockKey) {
	for _, id := range o.Parcels {
		p := s.Parcels[id]
		if p == nil || p.Status == ParcelCancelled {
			continue
		}
		for _, u := range p.Units {
			k := StockKey{SKU: sku, Lot: u.Key.Lot, Expiry: u.Key.Expiry, Serial: u.Key.Serial}
			if u.Key.SKU == sku && !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	return out
}

// outOfWindow is true of an order that left too long ago.
func (t *turn) outOfWindow(o *Order) bool {
	last := t.lastReturnDay(o)
	return last != "" && t.Day(t.c.Now) > last
}

// lastReturnDay is the last day, by the house's own clock, on which goods of an order are taken back; "" is for ever. The
// day it left is read from its timeline: an order that was fetched from the archive has ended again.
func (s *State) lastReturnDay(o *Order) string {
	window := s.ReturnPolicy().WindowDays
	if o == nil || window == 0 {
		return ""
	}
	var left Time
	for _, st := range o.Timeline {
		if st.What == OrderDispatched || st.What == OrderDelivered {
			left = st.At
		}
	}
	if left == 0 {
		return ""
	}
	return s.here(left).AddDate(0, 0, int(window)).Format(time.DateOnly) // by the calendar: a day may have 23 hours
}

// priceList hands out what was paid for each unit of an order, so that no unit is paid back twice.
type priceList struct {
	of map[SKU][]int64
}

func (s *State) pricesOf(o *Order) *priceList {
	p := &priceList{of: map[SKU][]int64{}}
	for _, l := range o.Lines {
		for range min(l.Shipped, ReturnUnitLimit*2) {
			p.of[l.SKU] = append(p.of[l.SKU], l.PriceCents)
		}
	}
	for sku := range p.of {
		for _, u := range s.unitsBack(o, sku) {
			if i := slices.Index(p.of[sku], u.PriceCents); i >= 0 && u.Status != UnitMissing {
				p.of[sku] = slices.Delete(p.of[sku], i, i+1)
			}
		}
	}
	return p
}

func (p *priceList) take(sku SKU) (cents int64) {
	if list := p.of[sku]; len(list) > 0 {
		cents, p.of[sku] = list[0], list[1:]
	}
	return cents
}
