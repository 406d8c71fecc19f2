package floor

import (
	"floorline/floor/batch"
	"floorline/floor/carton"
	"floorline/floor/route"
)

// WaveDraft is what is needed to think a wave out while the floor works on: the orders that are ready with their
// stops, and the grid. It shares nothing with the state that it was copied from.
type WaveDraft struct {
	verb   ReleaseWave
	grid   route.Layout
	orders []draftOrder // none where there is no grid to walk
	zones  []draftZone  // lists of one zone each, in place of orders
	boxes  []carton.Carton
	goods  map[OrderID][]carton.Item
}

// draftZone is a list of one zone.
type draftZone struct {
	zone   string
	orders []OrderID
	stops  []route.Stop
}

type draftOrder struct {
	id        OrderID
	priority  int
	single    bool
	weightG   int64
	volumeCM3 int64
	stops     []route.Stop
}

// DraftWave copies what a wave's lists, walks and cartons are planned from, or gives nil for a release that will be
// refused.
func (s *State) DraftWave(v ReleaseWave) *WaveDraft {
	defaultText(&v.Method, Discrete)
	d := &WaveDraft{verb: v, grid: s.Site.Layout.plan(), boxes: s.boxes(), goods: map[OrderID][]carton.Item{}}
	orders, err := v.choose(s)
	if err != nil {
		return nil
	}
	p := s.planFor(v)
	ready, _ := p.allocateAll(orders, v.Partial)
	d.verb.apart = p.singlesApart(v, ready)
	for _, o := range ready {
		need := make([]int64, len(o.Lines))
		for i := range o.Lines {
			need[i] = o.Lines[i].Picked
		}
		for _, l := range p.of(o.ID) {
			need[l.OrderLine] += l.Qty
		}
		d.goods[o.ID] = s.goods(o, need)
	}
	if d.grid.Check() != nil {
		return d
	}
	if v.Method == ByZone && !v.Pass {
		for _, x := range p.zones(d.verb, ready) {
			d.zones = append(d.zones, draftZone{x.zone, idsOf(x.orders), s.stopsOf(p.linesIn(x))})
		}
		return d
	}
	for _, o := range ready {
		d.orders = append(d.orders, draftOrder{o.ID, o.Priority, p.single(o), p.weightOf(p.of(o.ID)), p.volumeOf(p.of(o.ID)), s.stopsOf(p.of(o.ID))})
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

// How many changes of a wave's grouping are tried: so many for each order, and some for a small wave. That is about a
// second for 500 orders, most of it spent on the savings it begins with; ten times as many shorten such a wave by another
// half per cent.
const (
	waveMoves      = 50
	waveMovesLeast = 20_000
)

// Solve groups the orders so that all walks together are shortest, and gives each group its walk. It takes as long as it
// takes: nobody waits.
func (d *WaveDraft) Solve() *WavePlan {
	out := &WavePlan{boxes: d.boxes, cartons: map[OrderID]plannedCartons{}}
	for id, goods := range d.goods {
		out.cartons[id] = plannedCartons{goods, adviceFor(id, d.boxes, goods, waveWork)}
	}
	for _, z := range d.zones {
		out.Lists = append(out.Lists, PlannedList{Orders: z.orders, Zone: z.zone, Stops: d.walked(z.stops)})
	}
	for _, orders := range d.kinds() {
		for _, group := range d.groups(orders) {
			out.Lists = append(out.Lists, d.list(group))
		}
	}
	return out
}

// kinds splits the orders into those that may go on one list: of one urgency, and single units apart where they go so.
func (d *WaveDraft) kinds() (out [][]draftOrder) {
	at := map[[2]int]int{}
	for _, o := range d.orders {
		kind := [2]int{o.priority, 0}
		if d.verb.apart && o.single {
			kind[1] = 1
		}
		k, ok := at[kind]
		if !ok {
			k = len(out)
			at[kind] = k
			out = append(out, nil)
		}
		out[k] = append(out[k], o)
	}
	return out
}

func (d *WaveDraft) groups(orders []draftOrder) (out [][]draftOrder) {
	slots := d.verb.slots()
	t := batch.Task{Layout: &d.grid, Capacity: int64(slots), MaxWeightG: d.verb.MaxWeightG, MaxVolumeCM3: d.verb.MaxVolumeCM3}
	byID := map[string]draftOrder{}
	for _, o := range orders {
		w := o.weightG
		if d.verb.MaxWeightG > 0 {
			w = min(w, d.verb.MaxWeightG) // what is too heavy for any cart still goes, alone
		}
		cm3 := o.volumeCM3
		if d.verb.MaxVolumeCM3 > 0 {
			cm3 = min(cm3, d.verb.MaxVolumeCM3)
		}
		t.Orders = append(t.Orders, batch.Order{ID: string(o.id), Size: 1, WeightG: w, VolumeCM3: cm3, Stops: o.stops})
		byID[string(o.id)] = o
	}
	for _, b := range t.Solve(batch.Moves(1, max(waveMovesLeast, waveMoves*len(orders)))).Batches {
		var group []draftOrder
		for _, id := range b.Orders {
			group = append(group, byID[id])
		}
		out = append(out, group)
	}
	return out
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
	l.Stops = d.walked(stops)
	return l
}

// walked are bins in the order of the shortest walk.
func (d *WaveDraft) walked(stops []route.Stop) (out []BinCode) {
	if len(stops) > route.StopLimit {
		return nil
	}
	for _, id := range d.grid.Solve(stops).Order {
		out = append(out, BinCode(id))
	}
	return out
}

func idsOf(orders []*Order) (out []OrderID) {
	for _, o := range orders {
		out = append(out, o.ID)
	}
	return out
}
