package carton

import (
	"cmp"
	"math"
	"slices"
)

// Bound is how many cartons there must be at least: by volume and by weight (the bound L2 of Martello and Toth, Discrete
// Applied Mathematics 28, 1990, on each), by goods that share no carton, and by the heights of flat goods that cannot
// lie side by side. Units that fit no carton alone do not count.
func Bound(boxes []Carton, items []Item) int {
	of := map[string][]Item{}
	for _, it := range items {
		if it.Qty > 0 && fitsAny(boxes, it) {
			of[it.Hazard] = append(of[it.Hazard], it)
		}
	}
	sum := 0
	for _, group := range of {
		t := newTask(boxes, group, 0)
		sum += t.bound(t.boxes, t.need)
	}
	return sum
}

func (t *task) bound(boxes []Carton, need []int64) int {
	var volume, weight, height float64
	for i := range boxes {
		volume = max(volume, boxes[i].Inner.Volume())
		weight = max(weight, float64(boxes[i].MaxGrossG-boxes[i].TareG))
		height = max(height, float64(boxes[i].Inner[2]))
	}
	byVolume := martelloToth(need, volume, func(k int) float64 { return t.kinds[k].volume })
	byWeight := martelloToth(need, weight, func(k int) float64 { return float64(t.kinds[k].WeightG) })
	var alone int64
	for _, n := range t.clique(boxes, need, false) {
		alone += n
	}
	stack := t.clique(boxes, need, true)
	byHeight := martelloToth(stack, height, func(k int) float64 { return float64(t.kinds[k].Size[2]) })
	return max(1, byVolume, byWeight, byHeight, int(alone))
}

// cliqueKinds are looked at for goods that keep apart; the largest are what it is about.
const cliqueKinds = 40

// clique gives goods of which no two fit into one carton together; or, stacked, flat goods of which no two lie beside
// each other in any, so that their heights add up.
func (t *task) clique(boxes []Carton, need []int64, stacked bool) []int64 {
	var order []int
	for k, n := range need {
		if n > 0 && (!stacked || t.kinds[k].KeepFlat) {
			order = append(order, k)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := t.kinds[a].volume, t.kinds[b].volume
		if stacked {
			x, y = x*float64(need[a]), y*float64(need[b])
		}
		return cmp.Compare(y, x)
	})
	order = order[:min(len(order), cliqueKinds)]
	out := make([]int64, len(need))
	var in []int
	for _, k := range order {
		if slices.ContainsFunc(in, func(o int) bool { return t.together(boxes, k, o, stacked) }) {
			continue
		}
		switch self := t.together(boxes, k, k, stacked); {
		case !self:
			in, out[k] = append(in, k), need[k]
		case !stacked:
			in, out[k] = append(in, k), 1
		}
	}
	return out
}

// together tells whether a unit of each goes into one carton; stacked, whether so without one above the other.
func (t *task) together(boxes []Carton, a, b int, stacked bool) bool {
	axes := 3
	if stacked {
		axes = 2
	}
	for i := range boxes {
		c := &boxes[i]
		t.work += len(t.kinds[a].turns) * len(t.kinds[b].turns) / 4
		if t.kinds[a].WeightG+t.kinds[b].WeightG > c.MaxGrossG-c.TareG {
			continue
		}
		for _, s := range t.kinds[a].turns {
			if !s.within(c.Inner) {
				continue
			}
			for _, o := range t.kinds[b].turns {
				for x := range axes {
					if s[x]+o[x] <= c.Inner[x] && o.within(c.Inner) {
						return true
					}
				}
			}
		}
	}
	return false
}

// martelloToth is L2: units over a half stand alone, those that go with none of them but are over the threshold need
// room of their own.
func martelloToth(need []int64, room float64, size func(k int) float64) int {
	thresholds := []float64{0}
	for k, n := range need {
		if s := size(k); n > 0 && s <= room/2 {
			thresholds = append(thresholds, s)
		}
	}
	slices.Sort(thresholds)
	best := 0
	for _, a := range slices.Compact(thresholds) {
		var huge, large int64
		var largeSum, midSum float64
		for k, n := range need {
			s := size(k)
			switch {
			case s > room-a:
				huge += n
			case s > room/2:
				large, largeSum = large+n, largeSum+float64(n)*s
			case s >= a:
				midSum += float64(n) * s
			}
		}
		rest := midSum - (float64(large)*room - largeSum)
		extra := 0
		if room > 0 {
			extra = int(max(0, math.Ceil(rest/room-1e-9)))
		}
		best = max(best, int(huge+large)+extra)
	}
	return best
}
