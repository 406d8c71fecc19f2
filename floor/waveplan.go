package floor

import (
	"maps"
	"slices"
	"sort"
)

// part is what one list is made of: orders, and the zone whose lines it takes; every zone where all is set.
type part struct {
	orders []*Order
	zone   string
	all    bool
	stops  []BinCode // the order of the walk that was proposed
}

// wave puts the planned lines on lists.
func (p *plan) wave(v ReleaseWave, orders []*Order) *WaveReleased {
	b := &WaveReleased{Wave: Wave{ID: WaveID(p.following("wave", "W-%04d", 0)), Status: WaveOpen, Method: v.Method}}
	for _, o := range orders {
		b.Wave.Orders = append(b.Wave.Orders, o.ID)
	}
	v.apart = p.singlesApart(v, orders)
	for _, x := range p.parts(v, orders) {
		l := p.list(v, x)
		l.ID, l.Wave = PickListID(p.following("picklist", "PL-%04d", uint64(len(b.Lists)))), b.Wave.ID
		b.Wave.Lists = append(b.Wave.Lists, l.ID)
		b.Lists = append(b.Lists, l)
	}
	return b
}

func (p *plan) list(v ReleaseWave, x part) PickList {
	first := x.orders[0]
	l := PickList{Method: v.Method, Status: ListOpen, Priority: first.Priority, Due: first.ShipBy, Zone: x.zone}
	for i, o := range x.orders {
		l.Totes = append(l.Totes, CartSlot{Slot: i + 1, Order: o.ID})
		if l.Due == 0 || o.ShipBy != 0 && o.ShipBy < l.Due {
			l.Due = o.ShipBy
		}
		for _, line := range p.linesOf(o, x) {
			line.Slot = i + 1
			l.Lines = append(l.Lines, line)
		}
	}
	p.walkBest(&l, x.stops)
	if v.Method == ByZone && x.all {
		p.byZone(&l)
	}
	l.measure(p.State)
	return l
}

func (p *plan) linesOf(o *Order, x part) (out []PickLine) {
	for _, line := range p.of(o.ID) {
		if x.all || p.zoneOf(line.From.Place.Bin()) == x.zone {
			out = append(out, line)
		}
	}
	return out
}

func (s *State) zoneOf(b BinCode) string {
	if bin := s.Bins[b]; bin != nil {
		return bin.Zone
	}
	return ""
}

// singlesApart says whether the orders of one unit are enough to fill a list of their own. They then go apart: their
// walk is short, and at the wall and the bench they need no looking for the rest.
func (p *plan) singlesApart(v ReleaseWave, orders []*Order) bool {
	n := 0
	for _, o := range orders {
		if p.single(o) {
			n++
		}
	}
	return v.slots() > 1 && n >= v.slots()
}

// parts splits a wave into what each list takes. What was proposed is taken where it still holds; the rest is
// grouped by what lies near.
func (p *plan) parts(v ReleaseWave, orders []*Order) (out []part) {
	rest := orders
	if v.Plan != nil && (v.Method != ByZone || v.Pass) {
		out, rest = p.proposed(v, orders)
	}
	if v.Method == ByZone && !v.Pass {
		return p.zones(v, rest)
	}
	for _, group := range p.groups(v, rest) {
		out = append(out, part{orders: group, all: true})
	}
	return out
}

// zones gives every zone lists of its own; an order's totes meet at the bench.
func (p *plan) zones(v ReleaseWave, orders []*Order) (out []part) {
	in := map[string][]*Order{}
	for _, o := range orders {
		for _, line := range p.of(o.ID) {
			z := p.zoneOf(line.From.Place.Bin())
			if n := len(in[z]); n == 0 || in[z][n-1] != o {
				in[z] = append(in[z], o)
			}
		}
	}
	for _, z := range slices.Sorted(maps.Keys(in)) {
		for _, group := range p.groups(v, in[z]) {
			out = append(out, part{orders: group, zone: z, stops: v.Plan.walkOf(z, group)})
		}
	}
	return out
}

// walkOf is the walk that was thought out for a list of one zone, where it is still for the same orders.
func (p *WavePlan) walkOf(zone string, orders []*Order) []BinCode {
	if p == nil {
		return nil
	}
	for _, l := range p.Lists {
		if l.Zone == zone && slices.Equal(l.Orders, idsOf(orders)) {
			return l.Stops
		}
	}
	return nil
}

// linesIn are the lines that a part of a wave takes.
func (p *plan) linesIn(x part) (out []PickLine) {
	for _, o := range x.orders {
		out = append(out, p.linesOf(o, x)...)
	}
	return out
}

// proposed takes the groups that were thought out outside the writer, each checked: are its orders ready, once each,
// of one urgency, and within what a list holds? A group that fails is grouped again here.
func (p *plan) proposed(v ReleaseWave, orders []*Order) (out []part, rest []*Order) {
	ready := map[OrderID]*Order{}
	for _, o := range orders {
		ready[o.ID] = o
	}
	used := map[OrderID]bool{}
	for _, x := range v.Plan.Lists {
		group := among(x.Orders, ready, used)
		if len(group) == 0 || len(p.fill(v, group)) != 1 {
			continue
		}
		for _, o := range group {
			used[o.ID] = true
		}
		out = append(out, part{orders: group, all: true, stops: x.Stops})
	}
	for _, o := range orders {
		if !used[o.ID] {
			rest = append(rest, o)
		}
	}
	return out, rest
}

// among gives the orders named, or none where one is not ready, is named twice or is on a list already.
func among(ids []OrderID, ready map[OrderID]*Order, used map[OrderID]bool) (out []*Order) {
	here := map[OrderID]bool{}
	for _, id := range ids {
		if ready[id] == nil || used[id] || here[id] {
			return nil
		}
		here[id] = true
		out = append(out, ready[id])
	}
	return out
}

// slots is how many orders one list holds.
func (v ReleaseWave) slots() int {
	switch {
	case v.Method == Discrete || v.Method == ByZone && v.Pass:
		return 1
	case v.MaxOrders > 0:
		return v.MaxOrders
	}
	return SlotDefault
}

// groups splits orders by what a list may hold. Orders whose first stops lie near each other go together; urgent
// ones are not mixed with others, and those of one unit go apart where they fill a list.
func (p *plan) groups(v ReleaseWave, orders []*Order) [][]*Order {
	near := append([]*Order(nil), orders...)
	first := map[OrderID]walkKey{}
	for _, o := range near {
		lines := append([]PickLine(nil), p.of(o.ID)...)
		p.walk(lines)
		first[o.ID] = p.walkKey(lines[0].From.Place.Bin())
	}
	sort.SliceStable(near, func(i, j int) bool {
		a, b := near[i], near[j]
		if v.slots() == 1 { // one order a list: in the order that they were asked for
			return false
		}
		if a.Priority != b.Priority {
			return a.Priority > b.Priority
		}
		if v.apart && p.single(a) != p.single(b) {
			return p.single(a)
		}
		return first[a.ID].before(first[b.ID])
	})
	return p.fill(v, near)
}

// single says whether an order is one unit of one item.
func (p *plan) single(o *Order) bool {
	lines := p.of(o.ID)
	return len(lines) == 1 && lines[0].Qty == 1
}

func (p *plan) fill(v ReleaseWave, orders []*Order) [][]*Order {
	var out [][]*Order
	var weight, volume int64
	for _, o := range orders {
		w, cm3 := p.weightOf(p.of(o.ID)), p.volumeOf(p.of(o.ID))
		last := len(out) - 1
		if last < 0 || len(out[last]) >= v.slots() || out[last][0].Priority != o.Priority ||
			v.apart && p.single(out[last][0]) != p.single(o) || v.MaxWeightG > 0 && weight+w > v.MaxWeightG ||
			v.MaxVolumeCM3 > 0 && volume+cm3 > v.MaxVolumeCM3 {
			out, weight, volume = append(out, []*Order{o}), w, cm3
			continue
		}
		out[last], weight, volume = append(out[last], o), weight+w, volume+cm3
	}
	return out
}

func (p *plan) weightOf(lines []PickLine) int64 {
	var w int64
	for _, l := range lines {
		w += l.Qty * p.Items[l.SKU].WeightG
	}
	return w
}

// volumeOf is what lines take up, as far as the sizes of their items are known.
func (s *State) volumeOf(lines []PickLine) int64 {
	var mm3 int64
	for _, l := range lines {
		if size := s.Items[l.SKU].SizeMM; len(size) == 3 {
			mm3 = min(mm3+l.Qty*size[0]*size[1]*size[2], 1<<60)
		}
	}
	return (mm3 + 999) / 1000
}

// walkBest puts a list's lines into the order of the walk that was proposed, where that is no longer than the walk
// up and down the aisles.
func (s *State) walkBest(l *PickList, stops []BinCode) {
	s.walk(l.Lines)
	plain := s.WalkOf(l)
	if len(stops) == 0 || plain == nil {
		return
	}
	place := map[BinCode]int{}
	for i, b := range stops {
		place[b] = i
	}
	lines := append([]PickLine(nil), l.Lines...)
	at := func(i int) int {
		if n, ok := place[lines[i].From.Place.Bin()]; ok {
			return n
		}
		return len(stops)
	}
	sort.SliceStable(lines, func(i, j int) bool { return at(i) < at(j) })
	number(lines)
	better := *l
	better.Lines = lines
	if w := s.WalkOf(&better); w.Length <= plain.Length {
		l.Lines = lines
	}
}

func number(lines []PickLine) {
	for i := range lines {
		lines[i].N, lines[i].Rank = i+1, i+1
	}
}

// byZone puts the lines of one zone behind one another, zones in the order in which the walk meets them.
func (s *State) byZone(l *PickList) {
	met := map[string]int{}
	for _, p := range l.Lines {
		if z := s.zoneOf(p.From.Place.Bin()); met[z] == 0 {
			met[z] = len(met) + 1
		}
	}
	sort.SliceStable(l.Lines, func(i, j int) bool {
		return met[s.zoneOf(l.Lines[i].From.Place.Bin())] < met[s.zoneOf(l.Lines[j].From.Place.Bin())]
	})
	number(l.Lines)
	l.Pass, l.Zone = true, s.zoneOf(l.Lines[0].From.Place.Bin())
}

// measure notes how long the walk is, and how long it would be in the order of the bins' names.
func (l *PickList) measure(s *State) {
	if w := s.WalkOf(l); w != nil {
		l.Walk, l.WalkByName = w.Length, w.ByName
	}
}

// walkKey is where a bin comes on the walk: aisle by aisle, up the even ones and down the odd.
type walkKey struct {
	aisle, cell, level int
	code               string
}

func (s *State) walkKey(b BinCode) walkKey {
	bin := s.Bins[b]
	if bin == nil {
		return walkKey{code: string(b)}
	}
	cell := bin.Cell
	if bin.Aisle%2 == 1 {
		cell = -cell
	}
	return walkKey{bin.Aisle, cell, bin.Level, string(b)}
}

func (a walkKey) before(b walkKey) bool {
	if a.aisle != b.aisle {
		return a.aisle < b.aisle
	}
	if a.cell != b.cell {
		return a.cell < b.cell
	}
	if a.code != b.code {
		return a.code < b.code
	}
	return false
}

// walk sorts lines into walking order and numbers them.
func (s *State) walk(lines []PickLine) {
	sort.SliceStable(lines, func(i, j int) bool {
		a, b := s.walkKey(lines[i].From.Place.Bin()), s.walkKey(lines[j].From.Place.Bin())
		if a != b {
			return a.before(b)
		}
		if lines[i].SKU != lines[j].SKU {
			return lines[i].SKU < lines[j].SKU
		}
		return lines[i].Slot < lines[j].Slot
	})
	number(lines)
}
