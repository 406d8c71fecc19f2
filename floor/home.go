package floor

import "slices"

// homeFor says where units are put away best, at most five bins, and why the first of them: beside the same lot, beside
// the same item, or in a bin that is free, near to the depot for what goes often and far from it for what does not. Stock
// that is not for sale goes to quarantine. A bin that does not bear the weight is none.
func (s *State) homeFor(k StockKey, qty int64) (out []BinCode, why string) {
	if k.Condition != "" {
		return firstBins(s.index.quarantines), phrase("condition " + k.Condition)
	}
	var alike, other []BinCode
	for _, row := range s.StockOf(k.SKU) {
		b := row.Key.Place.Bin()
		if b == k.Place.Bin() || !s.reachable(b) || row.OnHand <= 0 || row.Doubt || s.overload(s.Bins[b], k.SKU, qty) > 0 {
			continue
		}
		if row.Key.Lot == k.Lot && row.Key.Expiry == k.Expiry {
			alike = append(alike, b)
		} else {
			other = append(other, b)
		}
	}
	free, freeWhy := s.freeHomes(k, qty)
	byLot := s.Items[k.SKU].byLot()
	switch {
	case len(alike) > 0:
		return firstBins(slices.Concat(alike, other, free)), phrase("{item} lies there already", string(k.SKU))
	case len(other) > 0 && (!byLot || len(free) == 0):
		return firstBins(slices.Concat(other, free)), phrase("{item} lies there already", string(k.SKU))
	case len(free) > 0:
		return firstBins(slices.Concat(free, other)), freeWhy
	}
	for _, b := range s.index.shelves { // none is free, none holds it: any that bears it
		if !s.shut(b) && s.overload(s.Bins[b], k.SKU, qty) <= 0 {
			out = append(out, b)
		}
	}
	return firstBins(out), phrase("no bin is free: this one bears it")
}

// freeHomes are empty bins, the nearest to the depot first for an item that goes often, the farthest for one that does
// not.
func (s *State) freeHomes(k StockKey, qty int64) ([]BinCode, string) {
	var free []BinCode
	for _, b := range s.index.shelves {
		if len(s.StockAt(InBin(b))) == 0 && !s.shut(b) && s.overload(s.Bins[b], k.SKU, qty) <= 0 {
			free = append(free, b)
		}
	}
	often := s.goesOften(k.SKU)
	slices.SortStableFunc(free, func(a, b BinCode) int {
		if often {
			return s.fromDepot(a) - s.fromDepot(b)
		}
		return s.fromDepot(b) - s.fromDepot(a)
	})
	if often {
		return free, phrase("it goes often, and this free bin is near")
	}
	return free, phrase("it goes seldom, and this free bin is out of the way")
}

// fromDepot is how far a bin is from the depot, in aisles and cells: enough to tell near from far.
func (s *State) fromDepot(code BinCode) int {
	b, l := s.Bins[code], s.Site.Layout
	along := b.Cell
	if l.DepotAtTop {
		along = l.Cells - b.Cell
	}
	across := b.Aisle - l.DepotAisle
	if across < 0 {
		across = -across
	}
	return along*int(max(l.CellPitch, 1)) + across*int(max(l.AislePitch, 1))
}

// OftenDays and OftenPerWeek part what goes often from what does not.
const (
	OftenDays    = 91
	OftenPerWeek = 2
)

// goesOften is true of an item that is asked for twice a week or more of late, and of one that is too new to tell.
func (s *State) goesOften(sku SKU) bool {
	d, today, days := s.Demand[sku], s.Now.day(), int64(0)
	if d == nil {
		return true
	}
	for day := today - OftenDays + 1; day <= today; day++ {
		if d.on(day) > 0 {
			days++
		}
	}
	return days*7 >= OftenPerWeek*min(OftenDays, today-d.First+1)
}

// overload is by how many grams a bin would bear too much; 0 and less where it bears it, or where nobody said.
func (s *State) overload(b *Bin, sku SKU, qty int64) int64 {
	it := s.Items[sku]
	if b.MaxWeightG == 0 || it == nil || it.WeightG == 0 {
		return 0
	}
	load := it.WeightG * qty
	for _, row := range s.StockAt(InBin(b.Code)) {
		if x := s.Items[row.Key.SKU]; x != nil {
			load += x.WeightG * row.OnHand
		}
	}
	return load - b.MaxWeightG
}
