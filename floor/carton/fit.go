package carton

import "slices"

// fit gives a carton of one size with all that is needed in it, or nil where none was found within the work allowed.
func (t *task) fit(c *Carton, need []int64, allowed int) *hold {
	if !t.mayFit(c, need) {
		return nil
	}
	end := min(t.work+allowed, t.limit)
	orders := t.orders(need)
	bulk, blocks := units(need) > bulkUnits, slices.ContainsFunc(need, func(n int64) bool { return n > 1 })
	for i, o := range orders {
		if i == 1 && t.bound([]Carton{*c}, need) > 1 {
			return nil
		}
		for w := range ways {
			for _, block := range []bool{false, true} {
				if block && !blocks || !block && bulk {
					continue
				}
				if h, _ := t.try(c, need, &rule{order: o, where: w, block: block, strict: true}); h != nil {
					return h
				}
				if t.work > end {
					return nil
				}
			}
		}
	}
	if units(need) <= exactUnits {
		if h, known := t.exact(c, need); known {
			return h
		}
	}
	if len(orders) == 1 {
		return nil // with one kind there is nothing to put first, and the blocks were tried
	}
	return t.squeak(c, need, orders[0], bulk, end)
}

// try fills an empty carton by one rule and gives it if everything went in, else the kind that did not.
func (t *task) try(c *Carton, need []int64, r *rule) (*hold, int) {
	h := t.tried
	if h == nil {
		h = newHold(c)
	}
	h.empty(c)
	t.rest = append(t.rest[:0], need...)
	t.work += len(need)
	if missed := t.fill(h, t.rest, r); missed >= 0 {
		t.tried = h
		return nil, missed
	}
	t.tried = nil
	return h, -1
}

// squeak tries again and again with what was missed nearer to the front.
func (t *task) squeak(c *Carton, need []int64, order []lot, bulk bool, end int) *hold {
	o := slices.Clone(order)
	if !bulk {
		o = singly(order)
	}
	for round := 0; t.work < end && len(o) > 1; round++ {
		h, missed := t.try(c, need, &rule{order: o, where: where(round % int(ways)), block: bulk || round%3 == 2, strict: true})
		if h != nil {
			return h
		}
		at := slices.IndexFunc(o, func(l lot) bool { return l.kind == missed })
		for i := len(o) - 1; i > at && t.chance(2) == 0; i-- {
			if o[i].kind == missed {
				at = i
			}
		}
		l := o[at]
		o = slices.Insert(slices.Delete(o, at, at+1), t.chance(at+1)/2, l)
		a, b := t.chance(len(o)), t.chance(len(o))
		o[a], o[b] = o[b], o[a]
	}
	return nil
}

// singly names every unit by itself, so that kinds may mix.
func singly(order []lot) []lot {
	var out []lot
	for _, l := range order {
		for range l.n {
			out = append(out, lot{l.kind, 1})
		}
	}
	return out
}

// mayFit tells whether volume, weight and each unit alone leave it possible.
func (t *task) mayFit(c *Carton, need []int64) bool {
	var grams int64
	var volume float64
	for k, n := range need {
		if n == 0 {
			continue
		}
		grams, volume = grams+n*t.kinds[k].WeightG, volume+float64(n)*t.kinds[k].volume
		if !slices.ContainsFunc(t.kinds[k].turns, func(s Size) bool { return s.within(c.Inner) }) {
			return false
		}
	}
	return grams <= c.MaxGrossG-c.TareG && volume <= c.Inner.Volume()*(1+1e-12)
}
