package intake

import "fmt"

// once is a row that may stand in a file only once: the item of a SKU, the bin of a code.
type once[T any] struct {
	key   string
	line  int
	bad   bool
	value T
}

// tornOnce tells of a broken record. Its key, where it can still be seen, stays taken: another row of that
// key may be the outdated one.
func tornOnce[T any](t *table, list *[]once[T], column string) func(record) {
	return func(r record) {
		key := ""
		if i := t.columns[column]; r.flaw == "wrong_columns" && i < len(r.cells) {
			key = trim(r.cells[i])
		}
		t.breach(r, key)
		*list = append(*list, once[T]{key: key, line: r.line, bad: true})
	}
}

// keepOnce gives the good rows. The very same row twice is only a note; one key with two contents is a
// guess too many, so both stay out.
func keepOnce[T any](c *clerk, field string, list []once[T], same func(a, b T) bool) []T {
	first := map[string]int{}
	for i := range list {
		e := &list[i]
		if e.key == "" {
			continue
		}
		j, twice := first[e.key]
		if !twice {
			first[e.key] = i
			continue
		}
		if f := &list[j]; !e.bad && !f.bad && same(e.value, f.value) {
			c.note(e.line, e.key, "duplicate_row", field, fmt.Sprintf("the same as line %d", f.line))
		} else {
			c.fault(e.line, e.key, "duplicate_row", field, fmt.Sprintf("%s stands on line %d with other content; both stay out", e.key, f.line))
			f.bad = true
		}
		e.bad = true
	}
	var out []T
	for _, e := range list {
		if !e.bad {
			out = append(out, e.value)
		}
	}
	return out
}
