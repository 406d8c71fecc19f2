package floor

import "fmt"

// ItemClass is how much of the demand's worth an item makes: A, B or C. It is reckoned beside the writer, over all items, and
// noted where it changed: the door and the shelves go by it.
type ItemClass struct {
	SKU SKU    `cbor:"1,keyasint"`
	ABC string `cbor:"2,keyasint"`
}

// NoteClasses takes in some items' classes.
type NoteClasses struct{ Rows []ItemClass }

func (v NoteClasses) do(t *turn) (any, *Error) {
	if len(v.Rows) > RowLimit {
		return nil, refuse(Full, "too_many_rows", fmt.Sprintf("at most %d rows in one command", RowLimit))
	}
	b := &ClassesNoted{}
	for _, r := range v.Rows {
		if d := t.Demand[r.SKU]; d != nil && d.ABC != r.ABC && oneOf(r.ABC, []string{"A", "B", "C"}) {
			b.Rows = append(b.Rows, r)
		}
	}
	if len(b.Rows) > 0 {
		t.emit(b)
	}
	return len(b.Rows), nil
}

// classOf is an item's class, or "" where nobody knows it yet.
func (s *State) classOf(sku SKU) string {
	if d := s.Demand[sku]; d != nil {
		return d.ABC
	}
	return ""
}

// ClassesNoted says in which class items are now.
type ClassesNoted struct {
	Rows []ItemClass `cbor:"1,keyasint"`
}

// KindClassesNoted numbers it.
const KindClassesNoted Kind = 290

var _ = kind(KindClassesNoted, "classes_noted", "stock", func() Body { return new(ClassesNoted) })

func (*ClassesNoted) Kind() Kind { return KindClassesNoted }

func (b *ClassesNoted) apply(s *State, _ *Event) {
	for _, r := range b.Rows {
		s.Demand[r.SKU].ABC = r.ABC
		s.touch(TableDemand, string(r.SKU))
	}
}
