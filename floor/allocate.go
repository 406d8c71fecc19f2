package floor

import (
	"fmt"
	"math"
	"slices"
	"sort"

	"floorline/floor/route"
)

// plan chooses stock for orders. What expires first goes first, unless it expires too soon to be sent; among what
// expires alike the item's own rule decides. It counts what it has promised within the plan, so that one wave never
// promises a unit twice.
type plan struct {
	*State
	taken map[StockKey]int64
	lines []PickLine
	spans map[OrderID][2]int // where an order's lines stand in lines
	near  []BinCode          // stops to stay near to, beside those of the order itself
	zone  string             // orders that need another zone too are left for later
}

func (s *State) plan() *plan {
	return &plan{State: s, taken: map[StockKey]int64{}, spans: map[OrderID][2]int{}}
}

// planFor is a plan for a release: within one zone where its filter asks for that.
func (s *State) planFor(v ReleaseWave) *plan {
	p := s.plan()
	if v.Filter != nil && len(v.Orders) == 0 {
		p.zone = v.Filter.Zone
	}
	return p
}

// allocateAll finds stock for orders, the urgent first. It gives those that got any in the order they came in, and what
// is missing.
func (p *plan) allocateAll(orders []*Order, partial bool) (ready []*Order, short []Shortage) {
	turns := append([]*Order(nil), orders...)
	sort.SliceStable(turns, func(i, j int) bool { return urgent(turns[i], turns[j]) })
	for _, o := range turns {
		short = append(short, p.allocate(o, partial)...)
	}
	for _, o := range orders {
		if len(p.of(o.ID)) > 0 {
			ready = append(ready, o)
		}
	}
	return ready, short
}

// allocate finds stock for an order, in whole unless partial or the order's own rule says otherwise. It gives what is
// missing.
func (p *plan) allocate(o *Order, partial bool) []Shortage {
	mark := len(p.lines)
	for _, k := range o.Kept { // set aside when it arrived; nobody else was promised it since
		p.lines = append(p.lines, PickLine{Order: o.ID, OrderLine: k.Line, SKU: k.Key.SKU, From: k.Key, Qty: k.Qty,
			Status: LineOpen, Why: "kept for this order"})
	}
	kept := len(p.lines)
	p.spans[o.ID] = [2]int{mark, kept}
	var missing []Shortage
	for _, i := range p.fixedFirst(o) {
		l := &o.Lines[i]
		need := l.Ordered - l.Cancelled - l.Short - l.Picked - l.Reserved
		if need <= 0 {
			continue
		}
		if left := p.take(o.ID, i, l.SKU, need); left > 0 {
			missing = append(missing, Shortage{o.ID, l.SKU, left})
		}
	}
	elsewhere := p.zone != "" && (len(missing) > 0 || !p.within(o))
	if elsewhere || len(missing) > 0 && !p.sendsPart(o, partial) || len(p.lines) > WaveLineLimit {
		p.back(mark, kept)
		p.spans[o.ID] = [2]int{mark, mark}
	}
	if elsewhere {
		return nil // it is not short: it is for another wave
	}
	return missing
}

// within says whether all that an order takes lies in the plan's zone.
func (p *plan) within(o *Order) bool {
	for _, l := range p.of(o.ID) {
		if p.zoneOf(l.From.Place.Bin()) != p.zone {
			return false
		}
	}
	return true
}

// fixedFirst are an order's lines, those last that are taken from where the walk goes anyway.
func (p *plan) fixedFirst(o *Order) []int {
	var fixed, free []int
	for i := range o.Lines {
		if it := p.Items[o.Lines[i].SKU]; it != nil && it.Allocation.Prefer == Nearest {
			free = append(free, i)
		} else {
			fixed = append(fixed, i)
		}
	}
	return append(fixed, free...)
}

// back forgets the lines from mark on. Those before kept were not counted as taken.
func (p *plan) back(mark, kept int) {
	for _, l := range p.lines[kept:] {
		p.taken[l.From] -= l.Qty
	}
	p.lines = p.lines[:mark]
}

func (p *plan) of(order OrderID) []PickLine {
	span := p.spans[order]
	return p.lines[span[0]:span[1]]
}

// grew takes the last line into an order's span.
func (p *plan) grew(order OrderID) {
	span, begun := p.spans[order]
	if !begun {
		span[0] = len(p.lines) - 1
	}
	p.spans[order] = [2]int{span[0], len(p.lines)}
}

// take promises up to qty units of an item to an order line. It gives what is left.
func (p *plan) take(order OrderID, line int, sku SKU, qty int64) int64 {
	it := p.Items[sku]
	if it == nil {
		return qty
	}
	if o := p.Orders[order]; o != nil && o.Back != "" {
		return p.takeBack(o, line, sku, qty)
	}
	c := choice{plan: p, item: it, order: order, line: line, last: p.lastDay(it, p.Orders[order])}
	rows := c.rows()
	for len(rows) > 0 && qty > 0 {
		n := 1
		for n < len(rows) && rows[n].Key.Expiry == rows[0].Key.Expiry {
			n++
		}
		qty = c.takeAlike(rows[:n], qty)
		rows = rows[n:]
	}
	return qty
}

// lastDay is the last expiry day that is too early for an order: today, and as many days more as the item or the
// order's channel asks for, whichever is more.
func (s *State) lastDay(it *Item, o *Order) string {
	if o != nil && o.Back != "" { // it goes back as it came, spoilt too
		return ""
	}
	days := it.Allocation.StopDays
	if o != nil && s.Channels[o.Channel] != nil {
		days = max(days, s.Channels[o.Channel].StopDays)
	}
	return s.Now.plus(days * DayMS).Day()
}

// choice is the choosing of stock for one order line.
type choice struct {
	*plan
	item    *Item
	order   OrderID
	line    int
	last    string // expiry days up to this one are too early
	stopped string // the latest of those that were passed over
}

// free is what a row still has to give.
func (p *plan) free(r *Stock) int64 { return r.Free() - p.taken[r.Key] }

// rows are where the item may be taken from, by expiry.
func (c *choice) rows() []*Stock {
	var out []*Stock
	for _, r := range c.StockOf(c.item.SKU) {
		if c.free(r) <= 0 || !c.reachable(r.Key.Place.Bin()) {
			continue
		}
		if e := r.Key.Expiry; e != "" && e <= c.last {
			if e > c.Now.Day() {
				c.stopped = max(c.stopped, e)
			}
			continue
		}
		out = append(out, r)
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i].Key.Expiry, out[j].Key.Expiry
		return a != b && (b == "" || a != "" && a < b)
	})
	return out
}

// reachable says whether pickers are sent to a bin.
func (s *State) reachable(code BinCode) bool {
	b := s.Bins[code]
	return b != nil && (b.BinKind == "pick" || b.BinKind == "reserve") && !s.shut(code)
}

// takeAlike takes from rows that expire alike: whole packs first where the item asks for it, largest first, then the
// rest, from packs that are open already where there are any.
func (c *choice) takeAlike(rows []*Stock, qty int64) int64 {
	if c.item.Allocation.WholePacks {
		for _, size := range c.item.packs() {
			if size > qty {
				continue
			}
			for _, r := range c.ranked(rows, qty) {
				n := min(c.free(r), qty) / size * size
				qty -= c.put(r, n, fmt.Sprintf("whole packs of %d", size))
			}
		}
	}
	for _, r := range c.loose(c.ranked(rows, qty)) {
		qty -= c.put(r, min(c.free(r), qty), "")
	}
	return qty
}

// packs are the sizes of an item's packs, largest first.
func (it *Item) packs() (out []int64) {
	for _, b := range it.Barcodes {
		if b.Qty > 1 && !slices.Contains(out, b.Qty) {
			out = append(out, b.Qty)
		}
	}
	slices.SortFunc(out, func(a, b int64) int { return int(b - a) })
	return out
}

// loose puts rows first that hold an open pack, where packs are kept whole.
func (c *choice) loose(rows []*Stock) []*Stock {
	packs := c.item.packs()
	if !c.item.Allocation.WholePacks || len(packs) == 0 {
		return rows
	}
	size := packs[len(packs)-1]
	sort.SliceStable(rows, func(i, j int) bool { return c.free(rows[i])%size != 0 && c.free(rows[j])%size == 0 })
	return rows
}

// put promises units of a row; more of a row that the line takes from already joins what it takes.
func (c *choice) put(r *Stock, n int64, why string) int64 {
	if n <= 0 {
		return 0
	}
	c.taken[r.Key] += n
	lines := c.of(c.order)
	for i := len(c.Orders[c.order].Kept); i < len(lines); i++ {
		if l := &lines[i]; l.From == r.Key && l.OrderLine == c.line {
			l.Qty += n
			return n
		}
	}
	c.lines = append(c.lines, PickLine{Order: c.order, OrderLine: c.line, SKU: c.item.SKU, From: r.Key, Qty: n,
		Status: LineOpen, Why: c.why(r, why)})
	c.grew(c.order)
	return n
}

// ranked puts rows that expire alike into the order of the item's rule: pick bins before reserve, then what came
// first; or the bins that this take empties; or those near the walk.
func (c *choice) ranked(rows []*Stock, qty int64) []*Stock {
	out := append([]*Stock(nil), rows...)
	far := map[*Stock]float64{}
	if c.item.Allocation.Prefer == Nearest {
		stops := c.stops()
		for _, r := range out {
			far[r] = c.far(r.Key.Place.Bin(), stops)
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i], out[j]
		if x, y := c.reserve(a), c.reserve(b); x != y {
			return y
		}
		switch c.item.Allocation.Prefer {
		case Emptying:
			if x, y := c.free(a), c.free(b); x != y {
				return x < y
			}
		case Nearest:
			if x, y := c.free(a) >= qty, c.free(b) >= qty; x != y {
				return x
			}
			if far[a] != far[b] {
				return far[a] < far[b]
			}
		}
		if a.Since != b.Since {
			return a.Since < b.Since
		}
		return stockBefore(a.Key, b.Key)
	})
	return out
}

func (c *choice) reserve(r *Stock) bool { return c.Bins[r.Key.Place.Bin()].BinKind == "reserve" }

// stops are the bins the walk goes to anyway.
func (c *choice) stops() []BinCode {
	out := append([]BinCode(nil), c.near...)
	for _, l := range c.of(c.order) {
		out = append(out, l.From.Place.Bin())
	}
	return out
}

// otherZone is what a bin in a zone of its own costs: more than any walk within one.
const otherZone = 1e9

// far is how far a bin lies from the nearest of the stops, from the depot where there are none; a zone the walk does
// not touch lies farther than any bin of one it does.
func (c *choice) far(bin BinCode, stops []BinCode) float64 {
	grid, at := c.Site.Layout.plan(), c.spot(bin)
	if grid.Check() != nil || at == nil {
		return otherZone
	}
	here := route.Stop{Aisle: at.Aisle, Cell: at.Cell}
	if len(stops) == 0 {
		return grid.FromDepot(here)
	}
	least := math.Inf(1)
	for _, b := range stops {
		d := float64(otherZone)
		if x := c.spot(b); x != nil {
			d = grid.Between(route.Stop{Aisle: x.Aisle, Cell: x.Cell}, here)
		}
		if c.zoneOf(b) != c.zoneOf(bin) {
			d += otherZone
		}
		least = min(least, d)
	}
	return least
}

// why says in a worker's words why this bin and lot.
func (c *choice) why(r *Stock, packs string) string {
	out := packs
	add := func(s string) {
		if out != "" {
			out += "; "
		}
		out += s
	}
	if r.Key.Expiry != "" {
		add("expires first: " + r.Key.Expiry)
	}
	switch {
	case c.item.Allocation.Prefer == Emptying && c.free(r) == 0:
		add("empties this bin")
	case c.item.Allocation.Prefer == Emptying:
		add("the least is left here")
	case c.item.Allocation.Prefer == Nearest:
		add("nearest to the walk")
	case r.Key.Expiry == "" && c.item.Tracking == "lot":
		add(fmt.Sprintf("oldest lot: %s, here since %s", r.Key.Lot, r.Since.Day()))
	case r.Key.Expiry == "":
		add("here longest: since " + r.Since.Day())
	}
	if c.stopped != "" && r.Key.Expiry != "" {
		add(c.stopped + " is too soon to be sent")
	}
	return out
}
