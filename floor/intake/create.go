package intake

import "sort"

// ItemsFromOrders makes an item of every SKU that the orders of a report want, for a site that has the
// orders before it has a catalogue. Name and price are what the lines say most often; of equals, what they
// say first. An item that no line names is called by its SKU. Weights and sizes are not known and stay 0.
func ItemsFromOrders(r Report) []Item {
	seen := map[string]*sighting{}
	var order []string
	for _, o := range r.Orders {
		for _, l := range o.Lines {
			s := seen[l.SKU]
			if s == nil {
				s = &sighting{row: l.Row, names: votes[string]{}, prices: votes[int64]{}}
				seen[l.SKU] = s
				order = append(order, l.SKU)
			}
			s.row = min(s.row, l.Row)
			if l.Name != "" {
				s.names.add(l.Name)
			}
			s.prices.add(l.PriceCents)
		}
	}
	sort.Strings(order)
	var out []Item
	for _, sku := range order {
		s := seen[sku]
		it := Item{Row: s.row, SKU: sku, Tracking: "none", PriceCents: s.prices.winner()}
		if it.Name = s.names.winner(); it.Name == "" {
			it.Name = sku
		}
		out = append(out, it)
	}
	return out
}

type sighting struct {
	row    int
	names  votes[string]
	prices votes[int64]
}

// votes counts what was said, and when it was said first.
type votes[T comparable] map[T]*vote

type vote struct{ n, first int }

func (v votes[T]) add(x T) {
	if v[x] == nil {
		v[x] = &vote{first: len(v)}
	}
	v[x].n++
}

func (v votes[T]) winner() T {
	var best T
	var lead *vote
	for x, w := range v {
		if lead == nil || w.n > lead.n || w.n == lead.n && w.first < lead.first {
			best, lead = x, w
		}
	}
	return best
}
