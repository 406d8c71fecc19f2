package whatif

import (
	"slices"

	"floorline/floor"
)

// lead releases orders as pickers run out of walks, and has counted what was found short.
type lead struct{}

const (
	leadLooksMS = 30 * floor.SecondMS
	waitMS      = 5 * floor.MinuteMS  // so long an order waits for others to fill the cart
	countMS     = 20 * floor.MinuteMS // so long a bin that was found short waits to be counted; nobody is sent there before
)

func (*lead) turn(d *day) (floor.Time, bool) {
	for _, id := range d.toCount(d.now - countMS) {
		d.do(floor.CloseException{ID: id, Note: "counted"})
	}
	if orders := d.unreleased(); len(orders) > 0 {
		if n := d.carts(orders); n > 0 {
			d.release(orders[:min(len(orders), d.q.slots()*n)])
		}
	}
	d.do(floor.Tick{})
	return d.now + leadLooksMS, true
}

// carts is how many lists to release: while orders fill carts, one for everybody without and some ahead, so that nobody
// waits for the lead; an order that has waited long goes with a cart half full, once somebody has nothing else to do.
func (d *day) carts(orders []*floor.Order) int {
	free, total := d.free()
	lacking := free - d.openLists()
	if full := len(orders) / d.q.slots(); full > 0 {
		return min(full, lacking+(total+2)/3)
	}
	oldest := slices.MinFunc(orders, func(a, b *floor.Order) int { return int(a.Created - b.Created) })
	if lacking > 0 && d.now-oldest.Created >= waitMS {
		return 1
	}
	return 0
}

// toCount are the bins found short until then and not counted yet, as the floor's list of exceptions has them.
func (d *day) toCount(until floor.Time) (out []floor.ExceptionID) {
	for id, x := range d.s.Exceptions {
		if x.What == "short_pick" && x.At <= until {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// slots is how many orders go on one walk.
func (q *Question) slots() int {
	if q.Method == floor.Discrete {
		return 1
	}
	return q.Slots
}

// free is how many pickers stand about, of how many.
func (d *day) free() (n, total int) {
	for _, h := range d.hands {
		if h.role == posts[stagePick].role {
			if total++; h.idle {
				n++
			}
		}
	}
	return n, total
}

// openLists is how many lists nobody has begun.
func (d *day) openLists() (n int) {
	for _, l := range d.s.PickLists {
		if l.Status == floor.ListOpen || l.Status == floor.ListPaused {
			n++
		}
	}
	return n
}

// unreleased are the orders that wait, those due soonest first.
func (d *day) unreleased() (out []*floor.Order) {
	for _, o := range d.s.Orders {
		if o.Status == floor.OrderReceived && !o.Lacking {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b *floor.Order) int {
		switch {
		case a.Priority != b.Priority:
			return b.Priority - a.Priority
		case a.ShipBy != b.ShipBy && (a.ShipBy == 0 || b.ShipBy == 0): // what has no time comes last
			return int(b.ShipBy - a.ShipBy)
		case a.ShipBy != b.ShipBy:
			return int(a.ShipBy - b.ShipBy)
		case a.ID < b.ID:
			return -1
		}
		return 1
	})
	return out
}

// release sends orders to the floor, their walks thought out as the Orders page has them thought out.
func (d *day) release(orders []*floor.Order) {
	v := floor.ReleaseWave{Method: d.q.Method, MaxOrders: d.q.Slots}
	for _, o := range orders {
		v.Orders = append(v.Orders, o.ID)
	}
	if draft := d.s.DraftWave(v); draft != nil {
		v.Plan = draft.Solve()
	}
	d.do(v)
}
