package intake

import (
	"fmt"
	"strings"
)

// loss is what a record that could not be read may have held: the numbers of orders.
type loss struct {
	line, last int
	ids        map[string]bool
	told       string // the one order that the fault already names
}

// torn tells of a broken record and keeps out the orders it may have had a part of. The number in a row
// with too many or too few cells is still in its column; where quotes are in play nothing is sure, so every
// order whose number stands anywhere in the swallowed text stays out.
func (s *baskets) torn(t *table, r record, idColumn string) {
	l := loss{line: r.line, last: r.last, ids: map[string]bool{}}
	whole := r.flaw == "wrong_columns" && !strings.Contains(r.raw, `"`)
	if i := t.columns[idColumn]; whole && i < len(r.cells) || i < len(r.cells)-1 {
		l.told = trim(r.cells[i])
	}
	if l.ids[l.told] = true; !whole {
		for _, w := range r.words(t.split.delim) {
			l.ids[trim(w)] = true
		}
	}
	delete(l.ids, "")
	t.breach(r, l.told)
	s.lost = append(s.lost, l)
	if l.told == "" {
		s.orphan(r.line)
	}
}

// orphan keeps out the order of the row above a row that names none: many programs write an order's number
// on its first row only, and half an order is worse than none.
func (s *baskets) orphan(line int) {
	if b := s.last; b != nil && !b.bad {
		b.bad = true
		s.fault(line, b.order.ExternalID, "row_unread", "external_id", fmt.Sprintf("this row names no order and may belong to %s above it, which therefore stays out", b.order.ExternalID))
	}
}

// missing keeps an order out that may have had rows in a record that could not be read.
func (s *baskets) missing(b *basket) {
	id := b.order.ExternalID
	for _, l := range s.lost {
		if !l.ids[id] {
			continue
		}
		b.bad = true
		if l.told != id {
			s.fault(l.line, id, "row_unread", "external_id", fmt.Sprintf("order %s may have rows in lines %d to %d, which could not be read, so it stays out", id, l.line, l.last))
		}
	}
}
