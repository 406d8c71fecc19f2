package carton

import (
	"cmp"
	"slices"
)

// filled names every unit of a carton by itself, let down onto what lies beneath, from the floor upwards and from the
// corner out: so nothing has to be put under something else.
func (h *hold) filled(t *task) Filled {
	f := Filled{ID: h.box.ID, GrossG: h.box.MaxGrossG - h.restG, Items: []Placement{}}
	for i := range h.puts {
		p := &h.puts[i]
		for z := range p.n[2] {
			for y := range p.n[1] {
				for x := range p.n[0] {
					at := Size{p.at[0] + x*p.turn[0], p.at[1] + y*p.turn[1], p.at[2] + z*p.turn[2]}
					f.Items = append(f.Items, Placement{t.kinds[p.kind].ID, at, p.turn})
				}
			}
		}
	}
	slices.SortStableFunc(f.Items, lowerFirst)
	settle(f.Items)
	slices.SortStableFunc(f.Items, lowerFirst)
	return f
}

func lowerFirst(a, b Placement) int {
	return cmp.Or(cmp.Compare(a.At[2], b.At[2]), cmp.Compare(a.At[1], b.At[1]), cmp.Compare(a.At[0], b.At[0]))
}

// settle lets every unit down, lowest first, until it meets the floor or another: goods do not float.
func settle(items []Placement) {
	for i := range items {
		p := &items[i]
		var z int64
		for j := range i {
			o := &items[j]
			if o.At[0] < p.At[0]+p.Size[0] && p.At[0] < o.At[0]+o.Size[0] && o.At[1] < p.At[1]+p.Size[1] && p.At[1] < o.At[1]+o.Size[1] {
				z = max(z, o.At[2]+o.Size[2])
			}
		}
		p.At[2] = z
	}
}
