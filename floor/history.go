package floor

import (
	"slices"
	"strings"
)

// Each event that moves goods is found again by what it moved: the item, its lot, its serial, the bin, tote or parcel it
// left and came to, the receipt and the pallet it came on. These are the names under which the store keeps it, so that
// the history of a unit is read from its first day to its last without going through everybody else's.

// nameSep stands between a lot or serial and its item. No code holds it.
const nameSep = "\x1f"

// The names of things that have a history.
func HistoryOfItem(sku SKU) string            { return "item/" + string(sku) }
func HistoryOfLot(sku SKU, lot string) string { return "lot/" + lot + nameSep + string(sku) }
func HistoryOfUnit(sku SKU, sn string) string { return "serial/" + sn + nameSep + string(sku) }
func HistoryOfPlace(p Place) string           { return "place/" + string(p) }
func HistoryOfReceipt(id ReceiptID) string    { return "receipt/" + string(id) }
func HistoryOfPallet(sscc string) string      { return "sscc/" + sscc }
func HistoryOfReturn(id ReturnID) string      { return "return/" + string(id) }

// Histories are the beginnings of the names of lots and of serials that a code may be, whatever item they are of.
func Histories(code string) (lots, units string) {
	return HistoryOfLot("", code), HistoryOfUnit("", code)
}

// ItemOfHistory is the item whose lot or serial a name is.
func ItemOfHistory(name string) SKU { return SKU(name[strings.LastIndex(name, nameSep)+1:]) }

// aboutMoves are the names of what some movements moved, each once.
func aboutMoves(moves []Movement) []string {
	a := about{}
	for i := range moves {
		a.move(&moves[i])
	}
	return a.names
}

// about gathers names. A truck's closing moves thousands of units, so looking each up in a list would not do.
type about struct {
	names []string
	seen  map[string]struct{}
}

func (a *about) name(name string) {
	if len(a.names) < 8 {
		if !slices.Contains(a.names, name) {
			a.names = append(a.names, name)
		}
		return
	}
	if a.seen == nil {
		a.seen = map[string]struct{}{}
		for _, n := range a.names {
			a.seen[n] = struct{}{}
		}
	}
	if _, twice := a.seen[name]; !twice {
		a.seen[name] = struct{}{}
		a.names = append(a.names, name)
	}
}

func (a *about) move(m *Movement) {
	a.name(HistoryOfItem(m.Key.SKU))
	a.unit(m.Key.SKU, m.Key.Lot, m.Key.Serial)
	for _, lot := range m.Among {
		a.unit(m.Key.SKU, lot, "")
	}
	a.place(m.Key.Place)
	a.place(m.To)
}

func (a *about) unit(sku SKU, lot, serial string) {
	if lot != "" {
		a.name(HistoryOfLot(sku, lot))
	}
	if serial != "" {
		a.name(HistoryOfUnit(sku, serial))
	}
}

func (a *about) place(p Place) {
	if p != "" && !p.Outside() {
		a.name(HistoryOfPlace(p))
	}
}

// with adds names to those of the goods.
func with(names []string, more ...string) []string {
	for _, n := range more {
		if !strings.HasSuffix(n, "/") && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return names
}

// mayBe are the lots that units may be of besides the one that the books take them from: they lie there too, the item's
// lots are not told apart, and no code said which it was. Said is what a code said; where the books have no lot of
// them it is the only word there is. A recall names such units as possible ones, and nobody guesses.
func (s *State) mayBe(rows []*Stock, k StockKey, said string) []string {
	if it := s.Items[k.SKU]; it == nil || it.byLot() { // of such an item it is asked
		return nil
	}
	return beside(rows, k, said)
}

// beside is mayBe at a step that asks nobody.
func beside(rows []*Stock, k StockKey, said string) (out []string) {
	switch {
	case k.Serial != "" || said != "" && said == k.Lot:
		return nil
	case said != "" && k.Lot == "":
		return []string{said}
	}
	for _, row := range rows {
		if r := row.Key; r.SKU == k.SKU && r.Lot != k.Lot && row.OnHand > 0 && !slices.Contains(out, r.Lot) {
			out = append(out, r.Lot)
		}
	}
	return out
}

// both are the lots of two lists, each once.
func both(a, b []string) []string {
	out := slices.Clone(a)
	for _, lot := range b {
		if !slices.Contains(out, lot) {
			out = append(out, lot)
		}
	}
	return out
}

// Passage is one movement as a history tells it. Outside the house lots and serials are not told apart, and some are
// only told at the bench: what the event knows of them stands here all the same.
type Passage struct {
	Movement
	Lot    string // told at the bench, where the books had none
	Serial string // likewise
}

// Passages are the movements of an event.
func Passages(b Body) (out []Passage) {
	m, ok := b.(Mover)
	if !ok {
		return nil
	}
	for i, move := range m.Movements() {
		p := Passage{Movement: move}
		switch x := b.(type) {
		case *UnitsPacked:
			p.Lot, p.Serial = x.Lot, x.Serial
		case *UnitsUnpacked:
			if x.Step.Unit != nil {
				p.Lot, p.Serial = x.Step.Unit.Lot, x.Step.Unit.Serial
			} else if i < len(x.Step.Units) {
				p.Lot, p.Serial = x.Step.Units[i].Lot, x.Step.Units[i].Serial
			}
		case *UnitsMoved:
			p.Lot, p.Serial = x.Units[i].Lot, x.Units[i].Serial
		case *ManifestReopened:
			p.Key = x.Into[i]
			p.Key.Place = Customer
		}
		out = append(out, p)
	}
	return out
}

// aboutPassages are the names of what an event moved, with what was only told at the bench.
func aboutPassages(b Body) []string {
	a := about{}
	for _, p := range Passages(b) {
		a.move(&p.Movement)
		a.unit(p.Key.SKU, p.Lot, p.Serial)
	}
	return a.names
}

// Spoken is what an event that moves goods speaks of besides the goods.
type Spoken struct {
	Order    OrderID    `json:"order,omitempty"`
	Parcel   ParcelID   `json:"parcel,omitempty"`
	List     PickListID `json:"picklist,omitempty"`
	Receipt  ReceiptID  `json:"receipt,omitempty"`
	SSCC     string     `json:"sscc,omitempty"`
	Return   ReturnID   `json:"return,omitempty"`
	Manifest ManifestID `json:"manifest,omitempty"`
	Count    CountID    `json:"count,omitempty"`
}

// SpokenOf is what an event speaks of.
func SpokenOf(b Body) Spoken {
	switch x := b.(type) {
	case *UnitsReceived:
		return Spoken{Receipt: x.Receipt, SSCC: x.SSCC}
	case *ReceiptUndone:
		return Spoken{Receipt: x.Receipt, SSCC: x.Step.SSCC}
	case *Picked:
		return Spoken{List: x.List, Order: x.Order}
	case *StepUndone:
		return Spoken{List: x.List}
	case *UnitsDamaged:
		return Spoken{List: x.List}
	case *UnitsSorted:
		return Spoken{List: x.List, Order: x.Order}
	case *SortUndone:
		return Spoken{List: x.List}
	case *SortShorted:
		return Spoken{List: x.List}
	case *UnitsPacked:
		return Spoken{Order: x.Order, Parcel: x.Parcel}
	case *UnitsUnpacked:
		return Spoken{Order: x.Order, Parcel: x.Parcel}
	case *UnitsMoved:
		return Spoken{Order: x.Order, Parcel: x.To}
	case *ParcelNested:
		return Spoken{Order: x.Order, Parcel: x.Outer}
	case *ParcelRecounted:
		return Spoken{Order: x.Order, Parcel: x.Parcel}
	case *PackShorted:
		return Spoken{Order: x.Order}
	case *PackDamaged:
		return Spoken{Order: x.Order}
	case *PutBackPlaced:
		return Spoken{Order: x.Order}
	case *PutBackUndone:
		return Spoken{Order: x.Order}
	case *GoodsPutBack:
		return Spoken{Order: x.Order}
	case *Departed:
		return Spoken{Manifest: x.Manifest}
	case *ManifestReopened:
		return Spoken{Manifest: x.Manifest}
	case *ReturnUnitArrived:
		return Spoken{Return: x.Return}
	case *ReturnUnitDisposed:
		return Spoken{Return: x.Return}
	case *ReturnStepUndone:
		return Spoken{Return: x.Return}
	case *CountBooked:
		return Spoken{Count: x.Count}
	}
	return Spoken{}
}
