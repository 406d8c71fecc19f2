package carton

import (
	"fmt"
	"slices"
)

// wrong is everything that is wrong with an answer. It shares no code with the packer: it starts again from the
// question and believes nothing.
func wrong(boxes []Carton, items []Item, r Result) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	box, item, seen := map[string]Carton{}, map[string]Item{}, map[string]int64{}
	for _, c := range boxes {
		box[c.ID] = c
	}
	for _, it := range items {
		item[it.ID] = it
	}
	for n, f := range r.Cartons {
		c, known := box[f.ID]
		if !known || len(f.Items) == 0 {
			say("carton %d: %q is unknown or empty", n, f.ID)
		}
		gross := c.TareG
		for i, p := range f.Items {
			it := item[p.ID]
			seen[p.ID]++
			gross += it.WeightG
			for _, fault := range wrongPlace(c, it, p) {
				say("carton %d, unit %d (%s): %s", n, i, p.ID, fault)
			}
			for j, q := range f.Items[:i] {
				if overlap(p, q) {
					say("carton %d: units %d and %d overlap: %v %v", n, i, j, p, q)
				}
				if item[q.ID].Hazard != it.Hazard {
					say("carton %d: hazard %q beside %q", n, it.Hazard, item[q.ID].Hazard)
				}
			}
		}
		if gross != f.GrossG || gross > c.MaxGrossG {
			say("carton %d: gross %d, said %d, allowed %d", n, gross, f.GrossG, c.MaxGrossG)
		}
	}
	for _, id := range r.Unpackable {
		seen[id]++
		if slices.ContainsFunc(boxes, func(c Carton) bool { return goesInAlone(c, item[id]) }) {
			say("%s is called unpackable and fits", id)
		}
	}
	for id, it := range item {
		if seen[id] != it.Qty {
			say("%s: %d units asked for, %d answered", id, it.Qty, seen[id])
		}
		delete(seen, id)
	}
	if len(seen) > 0 {
		say("units nobody asked for: %v", seen)
	}
	return out
}

func overlap(p, q Placement) bool {
	for a := range 3 {
		if p.At[a]+p.Size[a] <= q.At[a] || q.At[a]+q.Size[a] <= p.At[a] {
			return false
		}
	}
	return true
}

func wrongPlace(c Carton, it Item, p Placement) []string {
	var out []string
	for a := range 3 {
		if p.At[a] < 0 || p.At[a]+p.Size[a] > c.Inner[a] {
			out = append(out, fmt.Sprintf("sticks out: at %v size %v in %v", p.At, p.Size, c.Inner))
		}
	}
	is, was := p.Size, it.Size
	slices.Sort(is[:])
	slices.Sort(was[:])
	if is != was || it.KeepFlat && p.Size[2] != it.Size[2] {
		out = append(out, fmt.Sprintf("lies as %v, is %v, flat %v", p.Size, it.Size, it.KeepFlat))
	}
	return out
}

// goesInAlone compares sorted sides, or of flat goods the sorted base.
func goesInAlone(c Carton, it Item) bool {
	in, s := c.Inner, it.Size
	if it.KeepFlat {
		slices.Sort(in[:2])
		slices.Sort(s[:2])
	} else {
		slices.Sort(in[:])
		slices.Sort(s[:])
	}
	return s[0] <= in[0] && s[1] <= in[1] && s[2] <= in[2] && c.TareG+it.WeightG <= c.MaxGrossG
}
