package intake

import (
	"fmt"
	"reflect"
)

// joint says how the answers of several calls of a platform's API become orders: one call gives the order,
// another its lines, a third its address, and all name the order by the same key.
type joint struct {
	id       string   // the key that names an order
	wrappers []string // keys that only wrap
	lines    string   // a list that comes in pages
	lineID   string   // what tells its lines apart
	page     string   // a key beside it that says: another page follows
}

// join reads a file of one or more answers, and gives each order put together.
func (c *clerk) join(data []byte, j joint) []branch {
	v, ok := c.tree(data)
	if !ok {
		return nil
	}
	var parts []any
	j.gather(v, &parts)
	if len(parts) == 0 {
		c.note(0, "", "no_rows", "", "the file holds no order")
	}
	if len(parts) > c.maxRows() {
		c.fault(0, "", "too_many_rows", "", fmt.Sprintf("the file has %d orders or parts of them; at most %d: split it", len(parts), c.maxRows()))
		return nil
	}
	out := c.assemble(parts, j)
	for _, b := range out {
		if b.has(j.page) {
			b.bad(j.page, "incomplete", "more of this order follows on a page that is not in the file")
		}
	}
	return out
}

// assemble puts parts of one number together, in the order the numbers first stand in the file.
func (c *clerk) assemble(parts []any, j joint) []branch {
	at := map[string]int{}
	var out []branch
	for i, v := range parts {
		m, ok := v.(map[string]any)
		if !ok {
			c.fault(i+1, "", "bad_value", "", "an order is a JSON object")
			continue
		}
		b := branch{&taker{clerk: c, line: i + 1}, "", m}
		id := b.mustCodeText(j.id, b.raw(j.id), ExternalLimit)
		if id == "" {
			continue
		}
		b.ref = id
		if k, known := at[id]; known {
			j.merge(out[k], m)
			continue
		}
		at[id] = len(out)
		out = append(out, b)
	}
	return out
}

// gather finds the objects that name an order, through lists and wrappers.
func (j joint) gather(v any, out *[]any) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			j.gather(x, out)
		}
		return
	case map[string]any:
		if v[j.id] == nil {
			for _, w := range j.wrappers {
				if inner, ok := v[w]; ok {
					j.gather(inner, out)
					return
				}
			}
		}
	}
	*out = append(*out, v)
}

// merge adds a part to an order. Two parts that say different things are two orders under one number, or
// one order at two times; which is true cannot be known here.
func (j joint) merge(b branch, m map[string]any) {
	if j.page != "" && m[j.lines] != nil {
		delete(b.m, j.page)
	}
	for _, k := range sortedKeys(m) {
		old, v := b.m[k], m[k]
		switch {
		case old == nil:
			b.m[k] = v
		case k == j.lines:
			b.m[k] = j.pages(old, v)
		case !reflect.DeepEqual(old, v):
			b.bad(k, "conflict", "two parts of the file say different things of this order")
		}
	}
}

// pages puts two pages of lines together; a line that stands on both counts once.
func (j joint) pages(a, b any) any {
	first, ok1 := a.([]any)
	second, ok2 := b.([]any)
	if !ok1 || !ok2 {
		return a
	}
	seen := map[any]bool{}
	var out []any
	for _, v := range append(append([]any{}, first...), second...) {
		m, _ := v.(map[string]any)
		id := fmt.Sprint(m[j.lineID])
		if m[j.lineID] != nil && seen[id] {
			continue
		}
		seen[id] = true
		out = append(out, v)
	}
	return out
}
