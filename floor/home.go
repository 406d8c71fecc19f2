package floor

import "slices"

// homeFor says where units are put away best, at most five bins, and why the first of them: beside the same lot, beside
// the same item, or in a bin that is free, in the zone where the item is kept, near to the depot for what goes often and far
// from it for what does not. What pickers wait for goes before them, what they have enough of into reserve. Stock that is not
// for sale goes to quarantine. A bin that does not bear the weight is none.
func (s *State) homeFor(k StockKey, qty int64) (out []BinCode, why string) {
	if k.Condition != "" {
		return firstBins(s.index.quarantines), phrase("condition " + k.Condition)
	}
	alike, other := s.kin(k, qty)
	free, class := s.freeHomes(k, qty)
	byLot := s.Items[k.SKU].byLot()
	switch {
	case len(alike) > 0:
		out, why = slices.Concat(alike, other, free), phrase("{item} lies there already", string(k.SKU))
		if byLot && k.Lot != "" {
			why = phrase("{item} of lot {lot} lies there already", string(k.SKU), k.Lot)
		}
	case len(other) > 0 && (!byLot || len(free) == 0):
		out, why = slices.Concat(other, free), phrase("{item} lies there already", string(k.SKU))
	case len(free) > 0:
		out, why = slices.Concat(free, other), class
	default:
		for _, b := range s.index.shelves { // none is free, none holds it: any that bears it
			if !s.shut(b) && s.overload(s.Bins[b], k.SKU, qty) <= 0 {
				out = append(out, b)
			}
		}
		s.byClass(k.SKU, out)
		why = phrase("no bin is free: this one bears it")
	}
	out = firstBins(s.wantedKind(k, out))
	if len(out) > 0 {
		why = s.homeWhy(out[0], k, qty, why)
	}
	return out, why
}

// kin are the bins that hold the same item and bear more of it: of the same lot, and of another.
func (s *State) kin(k StockKey, qty int64) (alike, other []BinCode) {
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
	return alike, other
}

// wantedKind puts the bins first that pickers take from where they lack the item, and those behind them where they have all
// that they should.
func (s *State) wantedKind(k StockKey, bins []BinCode) []BinCode {
	it, first := s.Items[k.SKU], ""
	switch {
	case it.Face.MaxQty > 0 && s.facing(k.SKU) >= it.Face.MaxQty && s.waitsFor(k.SKU) == nil:
		first = "reserve"
	case s.firstFor(k.SKU) != nil:
		first = "pick"
	}
	if first == "reserve" { // where it may lie in reserve at all, an empty one will do
		for _, b := range s.index.reserves {
			if len(s.StockAt(InBin(b))) == 0 && !s.shut(b) && s.overload(s.Bins[b], k.SKU, 1) <= 0 && b != k.Place.Bin() {
				bins = append(slices.Clone(bins), b)
				break
			}
		}
	}
	if first != "" {
		slices.SortStableFunc(bins, func(a, b BinCode) int { return yesFirst(s.Bins[a].BinKind == first, s.Bins[b].BinKind == first) })
	}
	return bins
}

// homeWhy explains a bin: what speaks for it, then its zone, what it bears and how far it is.
func (s *State) homeWhy(code BinCode, k StockKey, qty int64, why string) string {
	b := s.Bins[code]
	switch {
	case b.BinKind == "reserve" && s.Items[k.SKU].Face.MaxQty > 0:
		why = phrase("{why}; pickers have enough of it, so into reserve", why)
	case s.firstFor(k.SKU) != nil && b.BinKind == "pick":
		why = phrase("{why}; it is wanted there now", why)
	}
	switch {
	case b.Zone != "" && b.Zone == s.zoneFor(k.SKU):
		why = phrase("{why}; in zone {zone}, where it is kept", why, b.Zone)
	case b.Zone != "":
		why = phrase("{why}; in zone {zone}", why, b.Zone)
	}
	if over := s.overload(b, k.SKU, qty); over < 0 {
		why = phrase("{why}; it bears {kg} kg more", why, itoa(-over/1000))
	}
	if l := s.Site.Layout; l.Aisles > 0 && b.Aisle >= 0 {
		aisles, cells := s.awayFrom(b)
		why = phrase("{why}; {aisles} across and {cells} along from the depot", why, itoa(int64(aisles)), itoa(int64(cells)))
	}
	return why
}

// ZoneAttribute is the attribute of an item that names the zone where it is kept: cold, valuable, inflammable.
const ZoneAttribute = "zone"

// zoneFor is the zone where an item is kept: the one that it names, else the one where most of it lies.
func (s *State) zoneFor(sku SKU) string {
	if zone := s.Items[sku].Attributes[ZoneAttribute]; zone != "" {
		return zone
	}
	zone, most, in := "", int64(0), map[string]int64{}
	for _, row := range s.StockOf(sku) {
		if b := s.Bins[row.Key.Place.Bin()]; b != nil && b.Zone != "" && oneOf(b.BinKind, []string{"pick", "reserve"}) {
			if in[b.Zone] += row.OnHand; in[b.Zone] > most {
				zone, most = b.Zone, in[b.Zone]
			}
		}
	}
	return zone
}

// freeHomes are empty bins: those of the item's zone first, among them the nearest to the depot for class A, the farthest for
// class C, and those between for B.
func (s *State) freeHomes(k StockKey, qty int64) ([]BinCode, string) {
	var free []BinCode
	for _, b := range s.index.shelves {
		if len(s.StockAt(InBin(b))) == 0 && !s.shut(b) && s.overload(s.Bins[b], k.SKU, qty) <= 0 {
			free = append(free, b)
		}
	}
	return free, s.byClass(k.SKU, free)
}

// byClass puts bins in the order in which an item's class wants them, and says which that is.
func (s *State) byClass(sku SKU, free []BinCode) (near string) {
	class, zone := s.classOf(sku), s.zoneFor(sku)
	far := func(b BinCode) int { return s.fromDepot(b) }
	slices.SortStableFunc(free, func(a, b BinCode) int { return far(a) - far(b) })
	near = phrase("it goes often, and this free bin is near")
	switch class {
	case "A":
		near = phrase("class {class}, and this free bin is near", class)
	case "B":
		if len(free) > 0 {
			middle := s.fromDepot(free[len(free)/2])
			far = func(b BinCode) int { return max(s.fromDepot(b)-middle, middle-s.fromDepot(b)) }
		}
		near = phrase("class {class}, and this free bin is half-way", class)
	case "C":
		far, near = func(b BinCode) int { return -s.fromDepot(b) }, phrase("class {class}, and this free bin is out of the way", class)
	default:
		if !s.goesOften(sku) {
			far, near = func(b BinCode) int { return -s.fromDepot(b) }, phrase("it goes seldom, and this free bin is out of the way")
		}
	}
	slices.SortStableFunc(free, func(a, b BinCode) int {
		if d := yesFirst(s.Bins[a].Zone == zone, s.Bins[b].Zone == zone); zone != "" && d != 0 {
			return d
		}
		return far(a) - far(b)
	})
	return near
}

// fromDepot is how far a bin is from the depot, in aisles and cells: enough to tell near from far.
func (s *State) fromDepot(code BinCode) int {
	l := s.Site.Layout
	aisles, cells := s.awayFrom(s.Bins[code])
	return cells*int(max(l.CellPitch, 1)) + aisles*int(max(l.AislePitch, 1))
}

// awayFrom counts the aisles and cells between the depot and a bin.
func (s *State) awayFrom(b *Bin) (aisles, cells int) {
	l := s.Site.Layout
	if cells = b.Cell; l.DepotAtTop {
		cells = l.Cells - b.Cell
	}
	if aisles = b.Aisle - l.DepotAisle; aisles < 0 {
		aisles = -aisles
	}
	return aisles, cells
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

// facesLow is true of an item whose pick bins hold less than the least that they should.
func (s *State) facesLow(sku SKU) bool {
	it := s.Items[sku]
	return it != nil && it.Face.MaxQty > 0 && s.facing(sku) < max(it.Face.MinQty, 1)
}

// facing is how much of an item pickers have before them.
func (s *State) facing(sku SKU) (n int64) {
	for _, row := range s.StockOf(sku) {
		if b := s.Bins[row.Key.Place.Bin()]; b != nil && b.BinKind == "pick" && row.Key.Condition == "" && !row.Doubt {
			n += row.OnHand
		}
	}
	return n
}
