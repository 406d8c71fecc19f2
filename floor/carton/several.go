package carton

import (
	"cmp"
	"slices"
)

// several looks for the fewest cartons, then the least volume and cost, until the bound is met or the work is spent.
func (t *task) several() []*hold {
	bound := t.bound(t.boxes, t.need)
	orders, bulk := t.orders(t.need), units(t.need) > bulkUnits
	var best []*hold
	for round := 0; round == 0 || t.work < t.limit; round++ {
		r := &rule{order: orders[round%len(orders)], where: where(round / len(orders) % int(ways)), block: bulk || round%2 == 1}
		need, keep := t.need, []*hold(nil)
		if round >= 2*len(orders)*int(ways) {
			keep, need = t.ruin(best)
			r = t.someRule(need, bulk)
		}
		found := append(keep, t.fillAll(need, r)...)
		if best == nil || fewer(found, best) <= 0 {
			best = found
		}
		if len(best) == bound && t.work > t.limit/4 {
			break // no fewer are possible, and a quarter of the work went into smaller ones
		}
	}
	t.limit += t.deep
	for i := range best {
		best[i] = t.smaller(best[i], t.deep/len(best))
	}
	return best
}

// fewer compares two answers: cartons, volume, cost.
func fewer(a, b []*hold) int {
	var va, vb float64
	var ca, cb int64
	for _, h := range a {
		va, ca = va+h.box.Inner.Volume(), ca+h.box.CostCents
	}
	for _, h := range b {
		vb, cb = vb+h.box.Inner.Volume(), cb+h.box.CostCents
	}
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(va, vb), cmp.Compare(ca, cb))
}

// fillAll fills one carton after the other: the smallest that takes all that is left, else the one that takes most.
func (t *task) fillAll(need []int64, r *rule) []*hold {
	left := slices.Clone(need)
	var out []*hold
	for units(left) > 0 {
		h := (*hold)(nil)
		if len(out) == 0 && r.first != nil {
			h = t.fullest(r.first, left, r)
		}
		if h == nil {
			h = t.fullest(t.likely(left), left, r)
		}
		if h == nil { // a unit that goes into an unlikely size only
			h = t.fullest(t.boxes, left, r)
		}
		for i := range h.puts {
			left[h.puts[i].kind] -= h.puts[i].count()
		}
		out = append(out, h)
	}
	return out
}

// likelySizes is how many sizes of carton are tried for each; where there are more, the smallest that may take all that
// is left and the largest.
const likelySizes = 8

func (t *task) likely(left []int64) []Carton {
	n := len(t.boxes)
	if n <= likelySizes && t.work <= t.limit {
		return t.boxes
	}
	var out []Carton
	for i := 0; i < n && len(out) < likelySizes/2 && t.work <= t.limit; i++ {
		if t.mayFit(&t.boxes[i], left) {
			out = append(out, t.boxes[i])
		}
	}
	keep := likelySizes / 2
	if t.work > t.limit {
		keep = 1
	}
	for i := max(0, n-keep); i < n; i++ {
		out = append(out, t.boxes[i])
	}
	return out
}

// fullest fills a carton of each size by the rule and keeps the one that brings the order furthest, or nil.
func (t *task) fullest(boxes []Carton, left []int64, r *rule) *hold {
	var volume float64
	var grams int64
	for k, n := range left {
		volume, grams = volume+float64(n)*t.kinds[k].volume, grams+n*t.kinds[k].WeightG
	}
	var best *hold
	bestShare := -1.0
	for i := range boxes {
		h := newHold(&boxes[i])
		rest := slices.Clone(left)
		if t.fill(h, rest, r); units(rest) == 0 {
			return h
		}
		share := h.full / max(1, volume)
		if grams > 0 {
			share += float64(h.box.MaxGrossG-h.box.TareG-h.restG) / float64(grams)
		}
		if len(h.puts) > 0 && share > bestShare {
			best, bestShare = h, share
		}
	}
	return best
}

// ruin takes some cartons out of an answer and gives those that stay and what is needed again.
func (t *task) ruin(best []*hold) (keep []*hold, need []int64) {
	need = make([]int64, len(t.kinds))
	out := 2 + t.chance(3)
	order := slices.Clone(best)
	for i := range order {
		j := i + t.chance(len(order)-i)
		order[i], order[j] = order[j], order[i]
	}
	for i, h := range order {
		if i >= out {
			keep = append(keep, h)
			continue
		}
		for k, n := range t.held(h) {
			need[k] += n
		}
	}
	return keep, need
}

// someRule is a rule by chance, near to one that puts the unwieldy first.
func (t *task) someRule(need []int64, bulk bool) *rule {
	orders := t.orders(need)
	o := slices.Clone(orders[t.chance(len(orders))])
	block := bulk || t.chance(3) == 0
	if !block {
		o = singly(o)
	}
	for range t.chance(1 + len(o)) {
		a := t.chance(len(o))
		b := min(len(o)-1, a+t.chance(4))
		o[a], o[b] = o[b], o[a]
	}
	r := &rule{order: o, where: where(t.chance(int(ways))), block: block}
	if t.chance(3) == 0 { // a smaller carton first may leave what another smaller one takes
		i := t.chance(len(t.boxes))
		r.first = t.boxes[i : i+1]
	}
	return r
}
