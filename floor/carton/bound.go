package carton

import (
	"math"
	"slices"
)

// Bound is how many cartons there must be at least, by volume and by weight, whatever the shapes (the bound L2 of
// Martello and Toth, Discrete Applied Mathematics 28, 1990, on each). Units that fit no carton alone do not count.
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
		sum += t.bound(t.need)
	}
	return sum
}

func (t *task) bound(need []int64) int {
	var volume, weight float64
	for i := range t.boxes {
		volume = max(volume, t.boxes[i].Inner.Volume())
		weight = max(weight, float64(t.boxes[i].MaxGrossG-t.boxes[i].TareG))
	}
	byVolume := martelloToth(need, volume, func(k int) float64 { return t.kinds[k].volume })
	byWeight := martelloToth(need, weight, func(k int) float64 { return float64(t.kinds[k].WeightG) })
	return max(1, byVolume, byWeight)
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
