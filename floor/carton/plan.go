package carton

import (
	"encoding/json"
	"fmt"
	"io"
)

// Plan answers one question: JSON in, JSON out, both as the contract says. The error of a question that cannot be
// answered is Faults: everything that is wrong with it, unknown, doubled, missing and wrong-case keys too.
func Plan(in io.Reader, out io.Writer) error {
	boxes, items, faults := read(in)
	if len(faults) > 0 {
		return faults
	}
	if err := json.NewEncoder(out).Encode(Pack(boxes, items)); err != nil {
		return fmt.Errorf("write the answer: %w", err)
	}
	return nil
}

func read(in io.Reader) (boxes []Carton, items []Item, faults Faults) {
	root, err := parse(in)
	if err != nil {
		return nil, nil, Faults{{"", err.Error()}}
	}
	r := &reader{}
	if r.object(root, "", []string{"cartons", "items"}, nil) {
		r.each(root.key("cartons"), "/cartons", CartonLimit, func(n *node, at string) { boxes = append(boxes, r.carton(n, at)) })
		r.each(root.key("items"), "/items", ItemLimit, func(n *node, at string) { items = append(items, r.item(n, at)) })
	}
	if len(r.faults) == 0 {
		r.faults = Check(boxes, items)
	}
	return boxes, items, r.faults
}

func (r *reader) carton(n *node, at string) (c Carton) {
	if r.object(n, at, []string{"id", "inner", "max_gross"}, []string{"outer", "tare", "cost_cents"}) {
		c = Carton{ID: r.text(n, at, "id"), Inner: r.sides(n, at, "inner"), Outer: r.sides(n, at, "outer"),
			TareG: r.number(n, at, "tare", 0), MaxGrossG: r.number(n, at, "max_gross", 0), CostCents: r.number(n, at, "cost_cents", 0)}
		var f Faults
		if c.check(&f, at); n.key("outer") != nil && c.Outer == (Size{}) {
			f.sides(at+"/outer", c.Outer)
		}
		r.also(f)
	}
	return c
}

func (r *reader) item(n *node, at string) (it Item) {
	if r.object(n, at, []string{"id", "size"}, []string{"weight", "qty", "keep_flat", "hazard"}) {
		it = Item{ID: r.text(n, at, "id"), Size: r.sides(n, at, "size"), WeightG: r.number(n, at, "weight", 0),
			Qty: r.number(n, at, "qty", 1), KeepFlat: r.yes(n, at, "keep_flat"), Hazard: r.text(n, at, "hazard")}
		var f Faults
		it.check(&f, at)
		r.also(f)
	}
	return it
}
