package floor

import "sort"

// wave puts the planned lines on lists: one order a list, or as many as the cart holds.
func (p *plan) wave(v ReleaseWave, orders []*Order) *WaveReleased {
	b := &WaveReleased{Wave: Wave{ID: WaveID(p.following("wave", "W-%04d", 0)), Status: WaveOpen, Method: v.Method}}
	for _, o := range orders {
		b.Wave.Orders = append(b.Wave.Orders, o.ID)
	}
	for _, group := range p.groups(v, orders) {
		l := PickList{ID: PickListID(p.following("picklist", "PL-%04d", uint64(len(b.Lists)))), Wave: b.Wave.ID,
			Method: v.Method, Status: ListOpen, Priority: group[0].Priority, Due: group[0].ShipBy}
		for i, o := range group {
			l.Totes = append(l.Totes, CartSlot{Slot: i + 1, Order: o.ID})
			for _, line := range p.of(o.ID) {
				line.Slot = i + 1
				l.Lines = append(l.Lines, line)
			}
		}
		p.walk(l.Lines)
		b.Wave.Lists = append(b.Wave.Lists, l.ID)
		b.Lists = append(b.Lists, l)
	}
	return b
}

// groups splits orders by what a list may hold. Orders whose first stops lie near each other go together;
// urgent ones are not mixed with others.
func (p *plan) groups(v ReleaseWave, orders []*Order) [][]*Order {
	if v.Method == "discrete" {
		var out [][]*Order
		for _, o := range orders {
			out = append(out, []*Order{o})
		}
		return out
	}
	slots := v.MaxOrders
	if slots == 0 {
		slots = SlotDefault
	}
	near := append([]*Order(nil), orders...)
	first := map[OrderID]walkKey{}
	for _, o := range near {
		lines := append([]PickLine(nil), p.of(o.ID)...)
		p.walk(lines)
		first[o.ID] = p.walkKey(lines[0].From.Place.Bin())
	}
	sort.SliceStable(near, func(i, j int) bool {
		if near[i].Priority != near[j].Priority {
			return near[i].Priority > near[j].Priority
		}
		return first[near[i].ID].before(first[near[j].ID])
	})
	return p.fill(near, slots, v.MaxWeightG)
}

func (p *plan) fill(orders []*Order, slots int, maxWeightG int64) [][]*Order {
	var out [][]*Order
	var weight int64
	for _, o := range orders {
		w := p.weightOf(p.of(o.ID))
		last := len(out) - 1
		if last < 0 || len(out[last]) >= slots || out[last][0].Priority != o.Priority || maxWeightG > 0 && weight+w > maxWeightG {
			out, weight = append(out, []*Order{o}), w
			continue
		}
		out[last], weight = append(out[last], o), weight+w
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
	for i := range lines {
		lines[i].N, lines[i].Rank = i+1, i+1
	}
}
