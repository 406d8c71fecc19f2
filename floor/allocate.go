package floor

import (
	"fmt"
	"sort"
)

// plan chooses stock for orders: first expired, first out where an item expires; else first in, first out.
// It counts what it has promised within the plan, so that one wave never promises a unit twice.
type plan struct {
	*State
	taken map[StockKey]int64
	lines []PickLine
	spans map[OrderID][2]int // where an order's lines stand in lines
}

func (s *State) plan() *plan {
	return &plan{State: s, taken: map[StockKey]int64{}, spans: map[OrderID][2]int{}}
}

// allocateAll finds stock for orders one after the other. It gives those that got any, and what is missing.
func (p *plan) allocateAll(orders []*Order, partial bool) (ready []*Order, short []Shortage) {
	for _, o := range orders {
		short = append(short, p.allocate(o, partial)...)
		if len(p.of(o.ID)) > 0 {
			ready = append(ready, o)
		}
	}
	return ready, short
}

// allocate finds stock for an order, in whole unless partial. It gives what is missing.
func (p *plan) allocate(o *Order, partial bool) []Shortage {
	mark := len(p.lines)
	var missing []Shortage
	for i := range o.Lines {
		l := &o.Lines[i]
		need := l.Ordered - l.Cancelled - l.Short - l.Picked - l.Reserved
		if need <= 0 {
			continue
		}
		if left := p.take(o.ID, i, l.SKU, need); left > 0 {
			missing = append(missing, Shortage{o.ID, l.SKU, left})
		}
	}
	if len(p.lines)-mark > 0 && len(missing) > 0 && !partial || len(p.lines) > WaveLineLimit {
		p.back(mark)
	}
	p.spans[o.ID] = [2]int{mark, len(p.lines)}
	return missing
}

func (p *plan) back(mark int) {
	for _, l := range p.lines[mark:] {
		p.taken[l.From] -= l.Qty
	}
	p.lines = p.lines[:mark]
}

// take promises up to qty units of an item to an order line. It gives what is left.
func (p *plan) take(order OrderID, line int, sku SKU, qty int64) int64 {
	it := p.Items[sku]
	if it == nil {
		return qty
	}
	for _, r := range p.candidates(it) {
		free := r.Free() - p.taken[r.Key]
		if free <= 0 {
			continue
		}
		n := min(free, qty)
		p.taken[r.Key] += n
		p.lines = append(p.lines, PickLine{Order: order, OrderLine: line, SKU: sku, From: r.Key, Qty: n,
			Status: LineOpen, Why: why(it, r)})
		if qty -= n; qty == 0 {
			break
		}
	}
	return qty
}

// candidates gives the rows an item may be picked from, best first.
func (p *plan) candidates(it *Item) []*Stock {
	var out []*Stock
	today := p.Now.Day()
	for _, r := range p.StockOf(it.SKU) {
		bin := p.Bins[r.Key.Place.Bin()]
		if bin == nil || bin.BinKind != "pick" && bin.BinKind != "reserve" || r.Free() <= 0 {
			continue
		}
		if r.Key.Expiry != "" && r.Key.Expiry <= today {
			continue
		}
		out = append(out, r)
	}
	sort.SliceStable(out, func(i, j int) bool { return p.before(out[i], out[j]) })
	return out
}

func (p *plan) before(a, b *Stock) bool {
	if a.Key.Expiry != b.Key.Expiry {
		return b.Key.Expiry == "" || a.Key.Expiry != "" && a.Key.Expiry < b.Key.Expiry
	}
	if ka, kb := p.Bins[a.Key.Place.Bin()].BinKind, p.Bins[b.Key.Place.Bin()].BinKind; ka != kb {
		return ka == "pick"
	}
	if a.Since != b.Since {
		return a.Since < b.Since
	}
	return stockBefore(a.Key, b.Key)
}

func why(it *Item, r *Stock) string {
	if r.Key.Expiry != "" {
		return "expires first: " + r.Key.Expiry
	}
	if it.Tracking == "lot" {
		return fmt.Sprintf("oldest lot: %s, here since %s", r.Key.Lot, r.Since.Day())
	}
	return "here longest: since " + r.Since.Day()
}

func (p *plan) of(order OrderID) []PickLine {
	span := p.spans[order]
	return p.lines[span[0]:span[1]]
}
