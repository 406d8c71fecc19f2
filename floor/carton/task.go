package carton

import (
	"cmp"
	"math"
	"slices"
)

// The work one order may cost, in comparisons of a place (some 5 to 15 ns each): a bound on time that every machine
// counts alike.
const (
	budget      = 3_000_000
	quickBudget = 120_000 // for each carton size, in the first look for one that takes all
	deepBudget  = 600_000 // for each, in the second
	bulkUnits   = 150     // from here on equal units go in as blocks only
	exactUnits  = 7       // up to here every arrangement is looked at, unless there are too many
	exactNodes  = 20_000
)

// kind is an item with what is computed of it once.
type kind struct {
	Item
	turns  []Size
	volume float64
}

// task is the packing of goods that may share cartons.
type task struct {
	boxes    []Carton // smaller first
	kinds    []kind
	need     []int64
	thinnest int64
	work     int
	limit    int
	quick    int // of it, for each size of carton in the first look for one that takes all
	deep     int // and in the second
	seed     uint64
	fresh    []space // of cutting, kept between calls
	tried    *hold   // of a try that failed, to be filled again
	rest     []int64
}

func newTask(boxes []Carton, items []Item, limit int) *task {
	t := &task{limit: limit, quick: min(quickBudget, limit/16), deep: min(deepBudget, limit/8), thinnest: math.MaxInt64, seed: 88172645463325252}
	t.boxes = slices.Clone(boxes)
	slices.SortStableFunc(t.boxes, smallerFirst)
	for _, it := range items {
		t.kinds = append(t.kinds, kind{it, it.turns(), it.Size.Volume()})
		t.need = append(t.need, it.Qty)
		t.thinnest = min(t.thinnest, slices.Min(it.Size[:]))
	}
	return t
}

// chance is a number from 0 to n-1 by xorshift (Marsaglia 2003): the same for the same order, for ever.
func (t *task) chance(n int) int {
	t.seed ^= t.seed << 13
	t.seed ^= t.seed >> 7
	t.seed ^= t.seed << 17
	return int(t.seed>>33) % n
}

func units(need []int64) int64 {
	var n int64
	for _, q := range need {
		n += q
	}
	return n
}

// solve gives the cartons: one if one is enough, else as few as are found.
func (t *task) solve() []*hold {
	if units(t.need) == 0 {
		return nil
	}
	if h := t.one(t.need, t.quick); h != nil {
		return []*hold{t.smaller(h, t.deep)}
	}
	if h := t.one(t.need, t.deep); h != nil {
		return []*hold{h}
	}
	return t.several()
}

// one gives the smallest carton that takes everything, as far as the work allowed for each size finds out.
func (t *task) one(need []int64, each int) *hold {
	for i := range t.boxes {
		if h := t.fit(&t.boxes[i], need, each); h != nil {
			return h
		}
	}
	return nil
}

// smaller looks harder for a smaller carton that takes what a filled one holds.
func (t *task) smaller(h *hold, each int) *hold {
	need := t.held(h)
	for i := range t.boxes {
		c := &t.boxes[i]
		if smallerFirst(*c, *h.box) >= 0 || t.work > t.limit {
			break
		}
		if other := t.fit(c, need, each); other != nil {
			return other
		}
	}
	return h
}

// held counts what lies in a carton.
func (t *task) held(h *hold) []int64 {
	need := make([]int64, len(t.kinds))
	for i := range h.puts {
		need[h.puts[i].kind] += h.puts[i].count()
	}
	return need
}

// orders gives the kinds needed, the unwieldy first, in several senses of the word.
func (t *task) orders(need []int64) [][]lot {
	var base []lot
	for k, n := range need {
		if n > 0 {
			base = append(base, lot{k, n})
		}
	}
	side := func(k, i int) float64 {
		a, b, c := sorted(t.kinds[k].Size[0], t.kinds[k].Size[1], t.kinds[k].Size[2])
		return float64([3]int64{a, b, c}[i])
	}
	senses := []func(k int) float64{
		func(k int) float64 { return t.kinds[k].volume },
		func(k int) float64 { return side(k, 2) },
		func(k int) float64 { return side(k, 2) * side(k, 1) },
		func(k int) float64 { return side(k, 0) },
		func(k int) float64 { return float64(t.kinds[k].WeightG) },
		func(k int) float64 { return t.kinds[k].volume * float64(need[k]) },
	}
	out := [][]lot{}
	for _, by := range senses {
		o := slices.Clone(base)
		t.work += 12 * len(o)
		slices.SortStableFunc(o, func(a, b lot) int {
			return cmp.Or(cmp.Compare(by(b.kind), by(a.kind)), cmp.Compare(t.kinds[b.kind].volume, t.kinds[a.kind].volume))
		})
		if !slices.ContainsFunc(out, func(p []lot) bool { return slices.Equal(p, o) }) {
			out = append(out, o)
		}
	}
	return out
}
