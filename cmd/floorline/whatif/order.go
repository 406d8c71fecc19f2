package whatif

import (
	"fmt"
	"slices"

	"floorline/floor"
)

// asked is one order of the day: when it comes and what it wants.
type asked struct {
	atMS   int64 // since midnight
	lines  []floor.NewLine
	due    bool // it must be on the truck
	id     floor.OrderID
	loaded floor.Time // 0 until its last parcel is on board
}

// book draws the day's orders. They are the same however many people there are.
func (q *Question) book(w *World, run int) []*asked {
	when, what := newChance(q.Seed, run, streamArrivals), newChance(q.Seed, run, streamContents)
	out := make([]*asked, q.Orders)
	for i := range out {
		at := float64(q.StartMin)
		if drawn := q.Arrivals.draw(when, q.StartMin, q.CutoffMin); i >= q.Backlog {
			at = drawn
		}
		out[i] = &asked{atMS: int64(at * floor.MinuteMS), due: at <= float64(q.CutoffMin), lines: w.lines(what, q.Lines)}
	}
	slices.SortStableFunc(out, func(a, b *asked) int { return int(a.atMS - b.atMS) })
	return out
}

// lines draws what one order wants: most lines are of one unit.
func (w *World) lines(r chance, mean float64) (out []floor.NewLine) {
	seen := map[floor.SKU]bool{}
	n := r.oneOrMore(mean, min(60, len(w.demand)))
	for range 4 * n { // an item drawn twice is drawn anew, though not for ever
		sku, qty := w.draw(r), int64(r.oneOrMore(1.4, 6))
		if seen[sku] || len(out) == n {
			continue
		}
		seen[sku] = true
		out = append(out, floor.NewLine{SKU: sku, Qty: qty, PriceCents: 1000})
	}
	return out
}

// shop is where orders come from, one after the other.
type shop struct{ next int }

func (p *shop) turn(d *day) (floor.Time, bool) {
	for ; p.next < len(d.book); p.next++ {
		o := d.book[p.next]
		if o.id != "" { // it was here before the day began
			continue
		}
		at := max(d.midnight+floor.Time(o.atMS), d.opens)
		if at > d.now {
			return at, true
		}
		n := floor.NewOrder{Channel: "what-if", ExternalID: fmt.Sprintf("%d-%d", d.world.seq, p.next+1), Service: d.world.service, Lines: o.lines,
			ShipTo: floor.Person{Name: "Somebody", Lines: []string{"Somewhere 1"}, City: "Anytown", Postcode: "1000", Country: "NL"}}
		n.ShipBy = d.truck
		if !o.due {
			n.ShipBy += floor.DayMS
		}
		if view, ok := d.do(floor.CreateOrder{Order: n}).(*floor.OrderView); ok {
			o.id = view.ID
			d.byID[o.id] = o
		}
	}
	return 0, false
}

// waiting are the orders that a real warehouse has before the day begins and that go with the truck. What somebody had in
// their hands they put down, for the day's people to go on with. Held orders wait for a person's decision: they are not due.
func (d *day) waiting() {
	for _, k := range d.s.Keys() {
		if k.Table == floor.TableDevice {
			if dev := d.s.Devices[floor.DeviceID(k.ID)]; dev.Job.Kind != "" {
				d.scan(&hand{role: "worker before the day", device: dev.ID, worker: dev.Worker}, floor.Act{Action: "leave"})
			}
		}
	}
	for _, k := range d.s.Keys() {
		if k.Table != floor.TableOrder {
			continue
		}
		if o := d.s.Orders[floor.OrderID(k.ID)]; o.Carrier == d.carrier && slices.Contains(underWay, o.Status) {
			x := &asked{due: true, id: o.ID}
			d.book = append(d.book, x)
			d.byID[o.ID] = x
			d.onBoard(o)
		}
	}
}

// underWay are the states of an order that somebody works on, or will.
var underWay = []string{floor.OrderReceived, floor.OrderReleased, floor.OrderPicking, floor.OrderPicked, floor.OrderPacking, floor.OrderPacked}
