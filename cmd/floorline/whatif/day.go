package whatif

import (
	"container/heap"
	"fmt"
	"slices"

	"floorline/floor"
	"floorline/floor/route"
)

// overtime is how long after the truck people go on, so that it can be said when they would have been done.
const overtime = 8 * floor.HourMS

// sampleEvery is how often the day is looked at, for the plot and for what waits where.
const sampleEvery = 5 * floor.MinuteMS

// actor is anybody or anything that acts by itself: a worker, the shop, the lead, the truck.
type actor interface {
	// turn acts at d.now and says when to be called again; false is never.
	turn(d *day) (floor.Time, bool)
}

// day is one day of one run with so many pickers.
type day struct {
	q     *Question
	world *World
	s     *floor.State
	book  []*asked
	byID  map[floor.OrderID]*asked

	midnight, opens, truck, now floor.Time
	carrier                     string
	grid                        route.Layout
	neighbours                  map[floor.BinCode]floor.BinCode
	gone                        bool // the truck has left

	queue  agenda
	actors []actor
	hands  []*hand
	seen   watch
	err    error
}

// slot is when an actor acts next; of two at the same instant the one named first goes first.
type slot struct {
	at  floor.Time
	who int
}

type agenda []slot

func (a agenda) Len() int      { return len(a) }
func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }
func (a agenda) Less(i, j int) bool {
	return a[i].at < a[j].at || a[i].at == a[j].at && a[i].who < a[j].who
}
func (a *agenda) Push(x any) { *a = append(*a, x.(slot)) }
func (a *agenda) Pop() any {
	last := (*a)[len(*a)-1]
	*a = (*a)[:len(*a)-1]
	return last
}

// newDay opens the warehouse and brings everybody to their place.
func newDay(q *Question, w *World, run, pickers int) (*day, error) {
	s, err := w.open()
	if err != nil {
		return nil, err
	}
	d := &day{q: q, world: w, s: s, byID: map[floor.OrderID]*asked{}}
	d.midnight = (w.now/floor.DayMS + 1) * floor.DayMS
	d.opens = d.midnight + floor.Time(q.StartMin)*floor.MinuteMS
	d.truck = d.midnight + floor.Time(q.TruckMin)*floor.MinuteMS
	d.now, d.carrier = d.opens, w.service
	if sv := s.Services[w.service]; sv != nil {
		d.carrier = sv.Carrier
	}
	d.book = q.book(w, run)
	d.lay()
	d.actors = []actor{&shop{}, &lead{}, &truck{}, &d.seen}
	d.waiting()
	d.hire(run, pickers)
	for i := range d.actors {
		heap.Push(&d.queue, slot{d.opens, i})
	}
	return d, d.err
}

// run lets the day pass until everything due is on board, or until nobody can do any more.
func (d *day) run() error {
	d.pass(d.truck + overtime)
	d.seen.turn(d) // as it stood in the end
	d.depart()
	return d.audit()
}

// pass lets time pass until an instant, or until the day is over.
func (d *day) pass(until floor.Time) {
	for d.queue.Len() > 0 && d.err == nil && d.queue[0].at <= until && !(d.gone && d.settled()) {
		next := heap.Pop(&d.queue).(slot)
		d.now = max(d.now, next.at)
		if at, again := d.actors[next.who].turn(d); again {
			heap.Push(&d.queue, slot{max(at, d.now), next.who})
		}
	}
}

// settled says that everything due is on board, or stays behind whatever is done.
func (d *day) settled() bool {
	return !slices.ContainsFunc(d.book, func(o *asked) bool { return o.due && o.loaded == 0 && !d.stays(o) })
}

// stays says whether an order will not leave today: it lacks goods, or somebody holds it. While bins wait to be counted
// that is not said of any.
func (d *day) stays(o *asked) bool {
	x := d.s.Orders[o.id]
	if x != nil && len(d.toCount(d.now)) > 0 {
		return false
	}
	return x == nil || x.Status == floor.OrderHeld || x.Status == floor.OrderCancelled || x.Lacking && x.Status == floor.OrderReceived
}

// do is what the office does. Whatever the floor refuses there is a mistake of this program.
func (d *day) do(v floor.Verb) any {
	a := d.s.Do(&floor.Command{Now: d.now, Verb: v})
	d.follow(a)
	if a.Err != nil && d.err == nil {
		d.err = fmt.Errorf("%T: %w", v, a.Err)
	}
	return a.Result
}

// follow notes which orders are on board.
func (d *day) follow(a *floor.Answer) {
	for _, e := range a.Events {
		if b, ok := e.Body.(*floor.ParcelOnBoard); ok {
			d.onBoard(d.s.Orders[d.s.Parcels[b.Parcel].Order])
		}
	}
}

func (d *day) onBoard(o *floor.Order) {
	x := d.byID[o.ID]
	if x == nil || o.Status != floor.OrderPacked {
		return
	}
	for _, id := range o.Parcels {
		if p := d.s.Parcels[id]; p.Status != floor.ParcelLoaded && p.Status != floor.ParcelCancelled && p.Status != floor.ParcelDispatched {
			return
		}
	}
	x.loaded = d.now
}

// audit holds the day against the ledger: every unit is somewhere.
func (d *day) audit() error {
	if d.err != nil {
		return d.err
	}
	for _, k := range d.s.Keys() {
		if k.Table == floor.TableItem {
			if n := d.s.Balance(floor.SKU(k.ID)); n != 0 {
				return fmt.Errorf("%s does not add up at the end of the day: %d units from nowhere", k.ID, n)
			}
		}
	}
	return nil
}

// truck is at the dock until it departs.
type truck struct{}

func (*truck) turn(d *day) (floor.Time, bool) {
	if d.now < d.truck {
		return d.truck, true
	}
	d.depart()
	d.gone = true
	return 0, false
}

// depart closes every door on what is on board.
func (d *day) depart() {
	for _, k := range d.s.Keys() {
		if k.Table != floor.TableManifest {
			continue
		}
		if m := d.s.Manifests[floor.ManifestID(k.ID)]; m.Status == floor.ManifestOpen && len(m.Parcels) > 0 {
			d.do(floor.CloseManifest{ID: m.ID})
		}
	}
}
