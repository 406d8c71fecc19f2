package floor

import (
	"sort"
	"strings"
)

// Place is where stock is: a bin, a tote, a parcel, or the outside. Every movement has two of them, so that
// the sum over all places, the outside counted negative, is nought for every item, always.
type Place string

// The outside.
const (
	Supplier   Place = "out:supplier"
	Customer   Place = "out:customer"
	Scrap      Place = "out:scrap"
	Adjustment Place = "out:adjustment"
)

// InBin, InTote and InParcel name places.
func InBin(b BinCode) Place     { return Place("bin:" + string(b)) }
func InTote(c ToteCode) Place   { return Place("tote:" + string(c)) }
func InParcel(p ParcelID) Place { return Place("parcel:" + string(p)) }

// Outside is true of supplier, customer, scrap and adjustment.
func (p Place) Outside() bool { return strings.HasPrefix(string(p), "out:") }

// Tote gives the tote or wall slot that a place is, or "".
func (p Place) Tote() ToteCode {
	if c, ok := strings.CutPrefix(string(p), "tote:"); ok {
		return ToteCode(c)
	}
	return ""
}

// Bin gives the bin that a place is, or "".
func (p Place) Bin() BinCode {
	if b, ok := strings.CutPrefix(string(p), "bin:"); ok {
		return BinCode(b)
	}
	return ""
}

// Parcel gives the parcel that a place is, or "".
func (p Place) Parcel() ParcelID {
	if id, ok := strings.CutPrefix(string(p), "parcel:"); ok {
		return ParcelID(id)
	}
	return ""
}

// StockKey tells stock apart: what, where, and of which lot, expiry day or serial.
type StockKey struct {
	Place  Place  `cbor:"1,keyasint" json:"place"`
	SKU    SKU    `cbor:"2,keyasint" json:"sku"`
	Lot    string `cbor:"3,keyasint,omitempty" json:"lot,omitempty"`
	Expiry string `cbor:"4,keyasint,omitempty" json:"expiry,omitempty"` // 2026-02-28
	Serial string `cbor:"5,keyasint,omitempty" json:"serial,omitempty"`
	// Condition is "" for what may be sold, else one of Conditions: such stock is promised to nobody.
	Condition string `cbor:"190,keyasint,omitempty" json:"condition,omitempty"`
}

// String is the key as one text, for rows.
func (k StockKey) String() string {
	parts := []string{string(k.Place), string(k.SKU), k.Lot, k.Expiry, k.Serial}
	if k.Condition != "" {
		parts = append(parts, k.Condition)
	}
	return strings.Join(parts, "\x1f")
}

func stockKeyOf(id string) StockKey {
	p := strings.SplitN(id, "\x1f", 6)
	for len(p) < 6 {
		p = append(p, "")
	}
	return StockKey{Place(p[0]), SKU(p[1]), p[2], p[3], p[4], p[5]}
}

// at gives the same stock at another place. Outside, lots and serials are no longer told apart.
func (k StockKey) at(p Place) StockKey {
	if p.Outside() {
		return StockKey{Place: p, SKU: k.SKU}
	}
	k.Place = p
	return k
}

// Stock is what lies at one place. Since is when it first came there, for first-in first-out.
type Stock struct {
	Key      StockKey `cbor:"1,keyasint"`
	OnHand   int64    `cbor:"2,keyasint"`
	Reserved int64    `cbor:"3,keyasint,omitempty"`
	Since    Time     `cbor:"4,keyasint"`
	Doubt    bool     `cbor:"5,keyasint,omitempty"`   // it was not found there: promised to nobody until counted
	Why      string   `cbor:"190,keyasint,omitempty"` // it is held, damaged or waits
}

// Free is what may still be promised.
func (r *Stock) Free() int64 {
	if r.Doubt || r.Key.Condition != "" {
		return 0
	}
	return r.OnHand - r.Reserved
}

// Movement is goods going from one place to another. It is the only thing that changes stock.
type Movement struct {
	Key    StockKey `cbor:"1,keyasint"` // where from, and what
	To     Place    `cbor:"2,keyasint"`
	Qty    int64    `cbor:"3,keyasint"`
	Reason string   `cbor:"4,keyasint,omitempty"`
	As     string   `cbor:"190,keyasint,omitempty"` // the condition it has from there on: one of Conditions, or Good; "" as before

	// Among are other lots of the item that these units may be of: they lay there too, and no code said which it was.
	Among []string `cbor:"191,keyasint,omitempty"`
}

// Mover is an event that moves goods.
type Mover interface{ Movements() []Movement }

// move applies one movement.
func (s *State) move(m Movement) {
	s.put(m.Key.at(m.Key.Place), -m.Qty)
	s.put(m.Key.at(m.To).as(m.As), m.Qty)
	s.sawMove(m.Key.Place.Bin())
	s.sawMove(m.To.Bin())
}

func (s *State) put(k StockKey, qty int64) {
	row := s.stock[k]
	if row == nil {
		row = &Stock{Key: k, Since: s.Now}
		s.stock[k] = row
		s.index.addStock(row)
	}
	row.OnHand += qty
	if row.OnHand == 0 && row.Reserved == 0 {
		delete(s.stock, k)
		s.index.dropStock(row)
	}
	s.touch(TableStock, k.String())
}

func (s *State) reserve(k StockKey, qty int64) {
	row := s.stock[k]
	if row == nil { // a reservation may outlive the goods; the row then carries the promise alone
		row = &Stock{Key: k, Since: s.Now}
		s.stock[k] = row
		s.index.addStock(row)
	}
	row.Reserved += qty
	if row.OnHand == 0 && row.Reserved == 0 {
		delete(s.stock, k)
		s.index.dropStock(row)
	}
	s.touch(TableStock, k.String())
}

// StockAt gives what lies at a place, sorted by item, lot, expiry and serial.
func (s *State) StockAt(p Place) []*Stock { return s.index.byPlace[p] }

// StockOf gives where an item lies, sorted by place.
func (s *State) StockOf(sku SKU) []*Stock { return s.index.bySKU[sku] }

// StockRow gives one row, or nil.
func (s *State) StockRow(k StockKey) *Stock { return s.stock[k] }

// Balance is the sum of an item over all places, the outside included: nought, unless the ledger is wrong.
func (s *State) Balance(sku SKU) int64 {
	var sum int64
	for _, r := range s.index.bySKU[sku] {
		sum += r.OnHand
	}
	return sum
}

// AdjustStock brings goods in or writes them off, with a reason. Qty is signed.
type AdjustStock struct {
	Bin     BinCode
	SKU     SKU
	Qty     int64
	Lot     string
	Expiry  string
	Serials []string
	Reason  string
}

func (v AdjustStock) do(t *turn) (any, *Error) {
	keys, err := t.adjustable(v)
	switch {
	case err != nil:
		return nil, err
	case t.needsSecond(v):
		return t.askAdjustment(v)
	}
	day := ""
	if t.c.Worker != "" {
		day = t.Day(t.c.Now)
	}
	t.adjust(v, keys, func(moves []Movement) Body { return &Adjusted{Reason: v.Reason, Moves: moves, Day: day} })
	return t.stockViews(v.SKU, v.Bin), nil
}

// adjustable says which rows an adjustment touches, or everything that is wrong with it.
func (t *turn) adjustable(v AdjustStock) ([]StockKey, *Error) {
	f, keys := faults{}, []StockKey(nil)
	item := t.Items[v.SKU]
	if item == nil {
		f.add("/sku", "unknown_item", "no item "+string(v.SKU)+"; create it first")
	}
	if t.Bins[v.Bin] == nil {
		f.add("/bin", "unknown_bin", "no bin "+string(v.Bin)+"; create it first")
	}
	if v.Qty == 0 || v.Qty > QtyLimit || v.Qty < -QtyLimit {
		f.add("/qty", "out_of_range", "units added (+) or taken away (-), not 0, at most a million")
	}
	checkText(&f, "/reason", v.Reason, 0, NameLimit)
	checkText(&f, "/lot", v.Lot, 0, CodeLimit)
	if v.Expiry != "" && !isDate(v.Expiry) {
		f.add("/expiry", "bad_date", "a day is written 2026-02-28")
	}
	if len(f) == 0 {
		keys = t.adjustKeys(&f, item, v)
	}
	return keys, f.err()
}

// adjust brings the books to what was said, with the event that says so.
func (t *turn) adjust(v AdjustStock, keys []StockKey, said func([]Movement) Body) {
	each := v.Qty / int64(len(keys))
	var given []SKU
	var moves []Movement
	for _, k := range keys {
		if row := t.stock[k]; row != nil && each < 0 && row.OnHand-row.Reserved < -each {
			given = append(given, t.dropKeptAt(k)...)
		}
	}
	for _, k := range keys {
		moves = append(moves, adjustment(k, each, v.Reason))
	}
	t.emit(said(moves))
	t.counted(keys)
	t.stockCame(append(given, v.SKU)...) // less may be free to promise too, once it was counted
}

func adjustment(k StockKey, qty int64, reason string) Movement {
	if qty < 0 {
		return Movement{Key: k, To: Adjustment, Qty: -qty, Reason: reason}
	}
	// Goods that appear come from the outside, so the key's place is where they go.
	to := k.Place
	k.Place = Adjustment
	return Movement{Key: k, To: to, Qty: qty, Reason: reason}
}

// adjustKeys says which rows an adjustment touches: one, or one for each serial.
func (t *turn) adjustKeys(f *faults, it *Item, v AdjustStock) []StockKey {
	base := StockKey{Place: InBin(v.Bin), SKU: v.SKU, Lot: v.Lot, Expiry: v.Expiry}
	if it.Tracking == "lot" && v.Lot == "" {
		f.add("/lot", "lot_required", string(v.SKU)+" is kept by lot; say which")
	}
	if it.Expiry && v.Expiry == "" && v.Qty > 0 {
		f.add("/expiry", "expiry_required", string(v.SKU)+" expires; say when")
	}
	if it.Tracking != "serial" {
		if len(v.Serials) > 0 {
			f.add("/serials", "not_by_serial", string(v.SKU)+" is not kept by serial")
		}
		t.checkTaking(f, base, v.Qty, "/qty")
		return []StockKey{base}
	}
	n := max(v.Qty, -v.Qty)
	if int64(len(v.Serials)) != n {
		f.add("/serials", "serials_required", "one serial for each unit")
	}
	var keys []StockKey
	seen := map[string]bool{}
	for _, sn := range v.Serials {
		checkCode(f, "/serials", sn)
		k := base
		k.Serial = sn
		if seen[sn] || v.Qty > 0 && t.serialHere(v.SKU, sn) {
			f.add("/serials", "serial_twice", sn+" is in stock already")
		}
		seen[sn] = true
		t.checkTaking(f, k, min(v.Qty, 1), "/serials")
		keys = append(keys, k)
	}
	return keys
}

func (t *turn) checkTaking(f *faults, k StockKey, qty int64, pointer string) {
	if qty >= 0 {
		return
	}
	if qty < -1 && k.Serial != "" {
		qty = -1
	}
	row := t.stock[k]
	if row == nil || row.OnHand < -qty {
		f.add(pointer, "not_enough", "less than that lies there")
	} else if row.OnHand-row.Reserved+t.keptAt(k) < -qty { // what is set aside for an order gives way
		f.add(pointer, "reserved", "those units are promised to orders; release or short them first")
	}
}

// serialHere says whether a serial of an item is in the house.
func (s *State) serialHere(sku SKU, serial string) bool {
	for _, r := range s.index.bySKU[sku] {
		if r.Key.Serial == serial && r.OnHand > 0 {
			return true
		}
	}
	return false
}

// Adjusted says goods were brought in or written off.
type Adjusted struct {
	Moves  []Movement `cbor:"1,keyasint"`
	Reason string     `cbor:"2,keyasint,omitempty"`
	Day    string     `cbor:"3,keyasint,omitempty"` // of one person's change, which counts against their limit of the day
}

var _ = kind(KindAdjusted, "stock_adjusted", "stock", func() Body { return new(Adjusted) })

func (*Adjusted) Kind() Kind              { return KindAdjusted }
func (b *Adjusted) Movements() []Movement { return b.Moves }
func (b *Adjusted) About() []string       { return aboutMoves(b.Moves) }

func (b *Adjusted) apply(s *State, e *Event) {
	for _, m := range b.Moves {
		s.move(m)
	}
	if b.Day != "" {
		s.noteAdjusted(e.Worker, b.Day, b.Moves)
	}
}

// StockView is a row of stock as the API shows it.
type StockView struct {
	SKU      SKU     `json:"sku"`
	Bin      BinCode `json:"bin,omitempty"`
	Place    Place   `json:"place"`
	Lot      string  `json:"lot,omitempty"`
	Expiry   string  `json:"expiry,omitempty"`
	Serial   string  `json:"serial,omitempty"`
	OnHand   int64   `json:"on_hand"`
	Reserved int64   `json:"reserved"`
	Free     int64   `json:"free"`
	Doubt    bool    `json:"doubt,omitempty"` // it was not found there: to be counted
	// Condition is what keeps it from being sold, and Why the reason that was given.
	Condition string  `json:"condition,omitempty"`
	Why       string  `json:"why,omitempty"`
	For       []Whose `json:"for,omitempty"` // the orders that it is promised to, or is there for
}

// View is the row as the API shows it.
func (r *Stock) View() StockView {
	return StockView{SKU: r.Key.SKU, Bin: r.Key.Place.Bin(), Place: r.Key.Place, Lot: r.Key.Lot, Expiry: r.Key.Expiry, Serial: r.Key.Serial,
		OnHand: r.OnHand, Reserved: r.Reserved, Free: r.Free(), Doubt: r.Doubt, Condition: r.Key.Condition, Why: r.Why}
}

func (s *State) stockViews(sku SKU, bin BinCode) map[string]any {
	out := []StockView{}
	for _, r := range s.index.byPlace[InBin(bin)] {
		if r.Key.SKU == sku {
			out = append(out, r.View())
		}
	}
	return map[string]any{"sku": sku, "bin": bin, "rows": out}
}

func stockBefore(a, b StockKey) bool { return a.String() < b.String() }

func insertStock(list []*Stock, r *Stock) []*Stock {
	i := sort.Search(len(list), func(i int) bool { return !stockBefore(list[i].Key, r.Key) })
	list = append(list, nil)
	copy(list[i+1:], list[i:])
	list[i] = r
	return list
}

func removeStock(list []*Stock, r *Stock) []*Stock {
	for i := range list {
		if list[i] == r {
			return append(list[:i:i], list[i+1:]...)
		}
	}
	return list
}
