package carton

import (
	"cmp"
	"slices"
)

// Size is length, width and height in mm; of a place, the corner nearest to zero.
type Size [3]int64

// Volume is in cubic mm: a float, because a carton may be given two million metres long.
func (s Size) Volume() float64 { return float64(s[0]) * float64(s[1]) * float64(s[2]) }

// Carton is a size of carton of which there are as many as wanted.
type Carton struct {
	ID        string
	Inner     Size
	Outer     Size
	TareG     int64
	MaxGrossG int64
	CostCents int64
}

// Item is goods to be packed, Qty units alike. KeepFlat keeps the third size vertical. Units with a Hazard share a
// carton only with units of the same one: not with another, not with goods that have none.
type Item struct {
	ID       string
	Size     Size
	WeightG  int64
	Qty      int64
	KeepFlat bool
	Hazard   string
}

// Placement is one unit inside a carton, Size as it lies.
type Placement struct {
	ID   string `json:"id"`
	At   Size   `json:"at"`
	Size Size   `json:"size"`
}

// Filled is a carton with what lies in it, in the order in which a person puts it in.
type Filled struct {
	ID     string      `json:"id"`
	GrossG int64       `json:"gross"`
	Items  []Placement `json:"items"`
}

// Result is where every unit goes. Unpackable names each unit that fits no carton even alone, once a unit.
type Result struct {
	Cartons    []Filled `json:"cartons"`
	Unpackable []string `json:"unpackable"`
}

// Pack chooses cartons and places. What was given must have passed Check.
func Pack(boxes []Carton, items []Item) Result { return PackWithin(boxes, items, budget) }

// PackWithin is Pack with so much work: 100,000 take about a millisecond, and find the same for most orders.
func PackWithin(boxes []Carton, items []Item, work int) Result {
	r := Result{Cartons: []Filled{}, Unpackable: []string{}}
	var groups []string
	of := map[string][]Item{}
	for _, it := range items {
		if !fitsAny(boxes, it) {
			for range it.Qty {
				r.Unpackable = append(r.Unpackable, it.ID)
			}
			continue
		}
		if of[it.Hazard] == nil {
			groups = append(groups, it.Hazard)
		}
		of[it.Hazard] = append(of[it.Hazard], it)
	}
	for _, g := range groups {
		t := newTask(boxes, of[g], work/len(groups))
		for _, h := range t.solve() {
			r.Cartons = append(r.Cartons, h.filled(t))
		}
	}
	return r
}

// turns gives the ways an item may lie, each once, its own first.
func (it Item) turns() []Size {
	orders := [][3]int{{0, 1, 2}, {1, 0, 2}, {0, 2, 1}, {2, 0, 1}, {1, 2, 0}, {2, 1, 0}}
	if it.KeepFlat {
		orders = orders[:2]
	}
	var out []Size
	for _, o := range orders {
		if s := (Size{it.Size[o[0]], it.Size[o[1]], it.Size[o[2]]}); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func (s Size) within(o Size) bool { return s[0] <= o[0] && s[1] <= o[1] && s[2] <= o[2] }

func fitsAny(boxes []Carton, it Item) bool {
	return slices.ContainsFunc(boxes, func(c Carton) bool { return c.takes(it) })
}

// takes tells whether one unit alone fits, by size and by weight.
func (c *Carton) takes(it Item) bool {
	return it.WeightG <= c.MaxGrossG-c.TareG &&
		slices.ContainsFunc(it.turns(), func(s Size) bool { return s.within(c.Inner) })
}

// smallerFirst orders cartons as the packer prefers them: volume, cost, then tare and name so that no order is left open.
func smallerFirst(a, b Carton) int {
	return cmp.Or(cmp.Compare(a.Inner.Volume(), b.Inner.Volume()), cmp.Compare(a.CostCents, b.CostCents),
		cmp.Compare(a.TareG, b.TareG), cmp.Compare(a.ID, b.ID))
}
