package floor

import "floorline/floor/route"

// WaveDraft is what is needed to think a wave out while the floor works on: the orders that are ready with their
// stops, and the grid. It shares nothing with the state that it was copied from.
type WaveDraft struct {
	verb   ReleaseWave
	grid   route.Layout
	orders []draftOrder
}

type draftOrder struct {
	id       OrderID
	priority int
	single   bool
	weightG  int64
	stops    []route.Stop
}

// DraftWave copies what a wave's walks are planned from, or gives nil where there is nothing to plan: no grid, a
// method that does not group freely, or a release that will be refused.
func (s *State) DraftWave(v ReleaseWave) *WaveDraft {
	defaultText(&v.Method, Discrete)
	d := &WaveDraft{verb: v, grid: s.Site.Layout.plan()}
	d.grid.CrossAisles = append([]int(nil), d.grid.CrossAisles...)
	if d.grid.Check() != nil || v.Method == ByZone {
		return nil
	}
	orders, err := v.choose(s)
	if err != nil {
		return nil
	}
	p := &plan{State: s, taken: map[StockKey]int64{}, spans: map[OrderID][2]int{}}
	var ready []*Order
	for _, o := range orders {
		if p.allocate(o, v.Partial); len(p.of(o.ID)) > 0 {
			ready = append(ready, o)
		}
	}
	d.verb.apart = p.singlesApart(v, ready)
	for _, o := range ready {
		d.orders = append(d.orders, draftOrder{o.ID, o.Priority, p.single(o), p.weightOf(p.of(o.ID)), s.stopsOf(p.of(o.ID))})
	}
	return d
}

// stopsOf are the bins of lines that lie on the grid, each once.
func (s *State) stopsOf(lines []PickLine) (out []route.Stop) {
	seen := map[BinCode]bool{}
	for _, l := range lines {
		bin := l.From.Place.Bin()
		if at := s.spot(bin); at != nil && !seen[bin] {
			seen[bin] = true
			out = append(out, route.Stop{ID: string(bin), Aisle: at.Aisle, Cell: at.Cell})
		}
	}
	return out
}

// Solve groups the orders and gives each group its shortest walk. It takes as long as it takes: nobody waits.
func (d *WaveDraft) Solve() *WavePlan {
	out := &WavePlan{}
	rest := append([]draftOrder(nil), d.orders...)
	for len(rest) > 0 {
		group := []draftOrder{rest[0]}
		rest = rest[1:]
		for len(group) < d.verb.slots() {
			i := d.nearest(group, rest)
			if i < 0 {
				break
			}
			group = append(group, rest[i])
			rest = append(rest[:i:i], rest[i+1:]...)
		}
		out.Lists = append(out.Lists, d.list(group))
	}
	return out
}

// nearest is the order that lies nearest to a group and may go with it, or -1.
func (d *WaveDraft) nearest(group, rest []draftOrder) int {
	best, least := -1, int64(0)
	for i, o := range rest {
		if !d.fits(group, o) {
			continue
		}
		if far := d.detour(group, o); best < 0 || far < least {
			best, least = i, far
		}
	}
	return best
}

// fits holds a group to what the floor will check: one urgency, one kind, and what a list carries.
func (d *WaveDraft) fits(group []draftOrder, o draftOrder) bool {
	weight := o.weightG
	for _, g := range group {
		weight += g.weightG
	}
	return o.priority == group[0].priority && (!d.verb.apart || o.single == group[0].single) &&
		(d.verb.MaxWeightG == 0 || weight <= d.verb.MaxWeightG)
}

// detour is how far an order's stops lie from those of a group, each from the nearest.
func (d *WaveDraft) detour(group []draftOrder, o draftOrder) (sum int64) {
	for _, stop := range o.stops {
		least := int64(-1)
		for _, g := range group {
			for _, have := range g.stops {
				if far := whole(d.grid.Between(stop, have)); least < 0 || far < least {
					least = far
				}
			}
		}
		sum += max(least, 0)
	}
	return sum
}

func (d *WaveDraft) list(group []draftOrder) PlannedList {
	l := PlannedList{}
	seen := map[string]bool{}
	var stops []route.Stop
	for _, o := range group {
		l.Orders = append(l.Orders, o.id)
		for _, stop := range o.stops {
			if !seen[stop.ID] && len(stops) < route.StopLimit {
				seen[stop.ID] = true
				stops = append(stops, stop)
			}
		}
	}
	for _, id := range d.grid.Solve(stops).Order {
		l.Stops = append(l.Stops, BinCode(id))
	}
	return l
}
