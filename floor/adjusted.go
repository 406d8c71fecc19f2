package floor

import "slices"

// AdjustedDay is how far one person changed the books alone on the last day that they did.
type AdjustedDay struct {
	Day   string         `cbor:"1,keyasint"` // by the house's own clock
	Items []AdjustedItem `cbor:"2,keyasint"`
}

// AdjustedItem is by how many units the books of an item were changed, all of it added up.
type AdjustedItem struct {
	SKU SKU   `cbor:"1,keyasint"`
	Qty int64 `cbor:"2,keyasint"` // signed
}

// adjustedToday is by how many units whoever asks changed the books of an item today without a second person.
func (t *turn) adjustedToday(sku SKU) int64 {
	d := t.Adjusted[t.c.Worker]
	if d == nil || d.Day != t.Day(t.c.Now) {
		return 0
	}
	for _, it := range d.Items {
		if it.SKU == sku {
			return it.Qty
		}
	}
	return 0
}

// noteAdjusted adds what one person changed alone to their day. Called from apply.
func (s *State) noteAdjusted(who WorkerID, day string, moves []Movement) {
	d := s.Adjusted[who]
	if d == nil || d.Day != day {
		d = &AdjustedDay{Day: day}
		s.Adjusted[who] = d
	}
	for _, m := range moves {
		qty := m.Qty
		if m.To == Adjustment {
			qty = -qty
		}
		i := slices.IndexFunc(d.Items, func(it AdjustedItem) bool { return it.SKU == m.Key.SKU })
		if i < 0 {
			i = len(d.Items)
			d.Items = append(d.Items, AdjustedItem{SKU: m.Key.SKU})
		}
		d.Items[i].Qty += qty
	}
	s.touch(TableAdjusted, string(who))
}
