package floor

// The conditions of stock that is not for sale. A row of stock is of one condition; what changes it is a movement like
// any other, so that the ledger knows when and why.
const (
	Good     = "good" // only as the end of a movement: for sale again
	Held     = "held" // somebody said to wait: a recall, a doubt about the supplier
	Damaged  = "damaged"
	Returned = "returned" // came back and has no verdict yet
)

// Conditions are all that keep stock from being sold.
var Conditions = []string{Held, Damaged, Returned}

// as gives the same stock in another condition; outside, conditions are no longer told apart.
func (k StockKey) as(condition string) StockKey {
	switch {
	case k.Place.Outside():
		k.Condition = ""
	case condition == Good:
		k.Condition = ""
	case condition != "":
		k.Condition = condition
	}
	return k
}

// HoldStock keeps stock from being sold, or lets it be sold again (Good). What is named narrows it: an item and nothing
// else is all of it in the house. What is promised to orders is not taken from them; the answer says how much that is.
type HoldStock struct {
	SKU       SKU
	Bin       BinCode
	Lot       string
	Serial    string
	Condition string
	Reason    string
}

// Holding is what became of a hold.
type Holding struct {
	Condition string      `json:"condition"`
	Qty       int64       `json:"qty"`
	Promised  int64       `json:"promised"` // of the same stock, promised to orders: pull those orders first
	Rows      []StockView `json:"rows"`
}

func (v HoldStock) do(t *turn) (any, *Error) {
	var f faults
	if t.Items[v.SKU] == nil {
		f.add("/sku", "unknown_item", "no item "+string(v.SKU))
	}
	if v.Bin != "" && t.Bins[v.Bin] == nil {
		f.add("/bin", "unknown_bin", "no bin "+string(v.Bin))
	}
	if !oneOf(v.Condition, []string{Good, Held, Damaged}) { // what came back changes by its verdict only
		f.add("/condition", "bad_value", "held, damaged, or good to sell it again; what came back gets its verdict at the returns bench")
	}
	checkText(&f, "/reason", v.Reason, 1, NameLimit)
	if err := f.err(); err != nil {
		return nil, err
	}
	b, h := &StockHeld{Reason: v.Reason}, &Holding{Condition: v.Condition, Rows: []StockView{}}
	for _, row := range t.StockOf(v.SKU) {
		if v.names(row) {
			h.Promised += row.Reserved
			if free := row.OnHand - row.Reserved; free > 0 {
				h.Qty += free
				b.Moves = append(b.Moves, Movement{Key: row.Key, To: row.Key.Place, Qty: free, Reason: v.Condition, As: v.Condition})
			}
		}
	}
	if len(b.Moves) == 0 && h.Promised == 0 {
		return nil, refuse(NotFound, "no_stock", "nothing of that lies here in another condition")
	}
	if len(b.Moves) > 0 {
		t.emit(b)
		t.stockCame(v.SKU)
	}
	for _, m := range b.Moves {
		h.Rows = append(h.Rows, t.stock[m.Key.at(m.To).as(m.As)].View())
	}
	return h, nil
}

// names says whether a row in a bin is meant, and not yet of the condition.
func (v HoldStock) names(row *Stock) bool {
	k := row.Key
	already := k.as(v.Condition) == k
	return k.Condition != Returned && k.Place.Bin() != "" && !already && (v.Bin == "" || k.Place.Bin() == v.Bin) && (v.Lot == "" || k.Lot == v.Lot) && (v.Serial == "" || k.Serial == v.Serial)
}

// StockHeld says stock may not be sold, or may be again.
type StockHeld struct {
	Moves  []Movement `cbor:"1,keyasint"`
	Reason string     `cbor:"2,keyasint,omitempty"`
}

// KindStockHeld numbers it.
const KindStockHeld Kind = 192

var _ = kind(KindStockHeld, "stock_held", "stock", func() Body { return new(StockHeld) })

func (*StockHeld) Kind() Kind              { return KindStockHeld }
func (b *StockHeld) Movements() []Movement { return b.Moves }
func (b *StockHeld) About() []string       { return aboutMoves(b.Moves) }

func (b *StockHeld) apply(s *State, _ *Event) {
	for _, m := range b.Moves {
		s.move(m)
		if row := s.stock[m.Key.at(m.To).as(m.As)]; row != nil {
			row.Why = b.Reason
			if row.Key.Condition == "" {
				row.Why = ""
			}
		}
	}
}

// MoveStock brings goods from one bin to another without a job, with a reason.
type MoveStock struct {
	From, To BinCode
	Key      StockKey // what: item, lot, expiry, serial, condition
	Qty      int64
	Reason   string
}

func (v MoveStock) do(t *turn) (any, *Error) {
	var f faults
	k := v.Key
	k.Place = InBin(v.From)
	for _, at := range []struct {
		pointer string
		bin     BinCode
	}{{"/from", v.From}, {"/to", v.To}} {
		if t.Bins[at.bin] == nil {
			f.add(at.pointer, "unknown_bin", "no bin "+string(at.bin))
		}
	}
	if k.Condition == Returned {
		f.add("/condition", "no_verdict", "it waits for its verdict where it stands; inspect it")
	}
	if v.From == v.To {
		f.add("/to", "same_bin", "that is where it lies")
	}
	checkRange(&f, "/qty", v.Qty, 1, QtyLimit)
	if k.Serial != "" {
		checkRange(&f, "/qty", v.Qty, 1, 1)
	}
	checkText(&f, "/reason", v.Reason, 1, NameLimit)
	if len(f) == 0 {
		t.checkTaking(&f, k, -v.Qty, "/qty")
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	var given []SKU
	if row := t.stock[k]; row.OnHand-row.Reserved < v.Qty {
		given = t.dropKeptAt(k)
	}
	t.emit(&StockMoved{Move: Movement{Key: k, To: InBin(v.To), Qty: v.Qty, Reason: v.Reason}, Why: t.stock[k].Why})
	t.stockCame(append(given, k.SKU)...)
	return t.stockViews(k.SKU, v.To), nil
}

// StockMoved says goods were brought from one bin to another.
type StockMoved struct {
	Move Movement `cbor:"1,keyasint"`
	Why  string   `cbor:"2,keyasint,omitempty"` // it may not be sold, as was said before
}

// KindStockMoved numbers it.
const KindStockMoved Kind = 193

var _ = kind(KindStockMoved, "stock_moved", "stock", func() Body { return new(StockMoved) })

func (*StockMoved) Kind() Kind              { return KindStockMoved }
func (b *StockMoved) Movements() []Movement { return []Movement{b.Move} }
func (b *StockMoved) About() []string       { return aboutMoves([]Movement{b.Move}) }

func (b *StockMoved) apply(s *State, _ *Event) {
	s.move(b.Move)
	s.because(b.Move, b.Why)
}

// because keeps why stock may not be sold with it, wherever it goes.
func (s *State) because(m Movement, why string) {
	if row := s.stock[m.Key.at(m.To).as(m.As)]; row != nil && why != "" {
		row.Why = why
		s.touch(TableStock, row.Key.String())
	}
}
