package floor

// Exception is something a person must look at: a short pick, goods in somebody's hands, a cancelled
// order's goods.
type Exception struct {
	ID     ExceptionID `cbor:"1,keyasint" json:"id"`
	What   string      `cbor:"2,keyasint" json:"kind"`
	About  Thing       `cbor:"3,keyasint" json:"about"`
	Say    string      `cbor:"4,keyasint" json:"say"`
	At     Time        `cbor:"5,keyasint" json:"-"`
	Worker WorkerID    `cbor:"6,keyasint,omitempty" json:"worker,omitempty"`
	Device DeviceID    `cbor:"7,keyasint,omitempty" json:"device,omitempty"`
	Made   Time        `cbor:"8,keyasint,omitempty" json:"-"` // when what it is about was scanned, by the device
}

// ExceptionLimit is how many are open at once; past it the oldest stand for the rest.
const ExceptionLimit = 10_000

// raise opens an exception, unless the same one is open already.
func (t *turn) raise(what, id, say, about string) {
	key := what + "/" + id
	for _, x := range t.Exceptions {
		if x.What+"/"+x.About.Code == key {
			return
		}
	}
	t.report(Exception{What: what, About: Thing{Kind: about, Code: id}, Say: say})
}

// report opens an exception of its own, also where another of the kind is open.
func (t *turn) report(x Exception) {
	if len(t.Exceptions) >= ExceptionLimit {
		return
	}
	x.ID = ExceptionID(t.following("exception", "X-%05d", 0))
	if x.Worker == "" {
		x.Worker = t.c.Worker
	}
	t.emit(&ExceptionRaised{x})
}

// ExceptionRaised says somebody must look at something.
type ExceptionRaised struct {
	Exception Exception `cbor:"1,keyasint"`
}

var _ = kind(KindExceptionRaised, "exception_raised", "exceptions", func() Body { return new(ExceptionRaised) })

func (*ExceptionRaised) Kind() Kind { return KindExceptionRaised }

func (b *ExceptionRaised) apply(s *State, e *Event) {
	s.number("exception")
	x := b.Exception
	x.At = e.At
	s.Exceptions[x.ID] = &x
	s.touch(TableException, string(x.ID))
}

// ReportUntaken says that a shop's order could not be taken, and why. It closes by itself when the order
// comes in after all.
type ReportUntaken struct {
	Channel, Ref, Why string // the shop and its number
	Return            bool   // it is of goods that come back
}

func (v ReportUntaken) do(t *turn) (any, *Error) {
	if v.Ref == "" {
		v.Ref = "without a number"
	}
	if v.Return {
		t.raise("shop_return", v.Ref, "return "+v.Ref+" of "+v.Channel+" could not be taken ("+v.Why+"): announce it by hand under Goods back, or take it in at the returns bench when it comes", "shop_return")
		return nil, nil
	}
	t.raise("shop_order", untaken(v.Channel, v.Ref), "order "+v.Ref+" of "+v.Channel+" could not be taken ("+v.Why+"): put it right in the shop, which sends it again", "shop_order")
	return nil, nil
}

func untaken(channel, ref string) string { return channel + "/" + ref }

// Undecidable stands in for a scan or an action whose rule broke off. It is answered and stored like any
// other refusal: a device that was told nothing would send it again for ever, and everything behind it waits.
type Undecidable struct{}

func (Undecidable) do(t *turn) (any, *Error) {
	t.raise("fault", string(t.c.Device), "a scan on this device could not be decided: send the server's log to whoever looks after it, and finish the job by hand", "device")
	return verdict(CodeFault), nil
}

// seenTo closes what was raised about a thing: it settled itself.
func (t *turn) seenTo(what, id, note string) {
	for _, x := range t.exceptionsOf(what, id) {
		t.emit(&ExceptionClosed{x, note})
	}
}

// CloseException says somebody has seen to it.
type CloseException struct {
	ID   ExceptionID
	Note string
}

func (v CloseException) do(t *turn) (any, *Error) {
	x := t.Exceptions[v.ID]
	if x == nil {
		return nil, refuse(NotFound, "no_exception", "no open exception "+string(v.ID))
	}
	var f faults
	checkText(&f, "/note", v.Note, 0, NameLimit)
	if err := f.err(); err != nil {
		return nil, err
	}
	what, about := x.What, x.About.Code
	t.emit(&ExceptionClosed{v.ID, v.Note})
	if what == "short_pick" { // somebody counted and found the books right
		t.settleDoubt(BinCode(about))
	}
	return nil, nil
}

// ExceptionClosed says somebody has seen to it.
type ExceptionClosed struct {
	ID   ExceptionID `cbor:"1,keyasint"`
	Note string      `cbor:"2,keyasint,omitempty"`
}

var _ = kind(KindExceptionClosed, "exception_closed", "exceptions", func() Body { return new(ExceptionClosed) })

func (*ExceptionClosed) Kind() Kind { return KindExceptionClosed }

func (b *ExceptionClosed) apply(s *State, _ *Event) {
	delete(s.Exceptions, b.ID)
	s.touch(TableException, string(b.ID))
}

// PutBack brings the goods of a cancelled order into a bin and frees its totes.
type PutBack struct {
	Order OrderID
	Bin   BinCode
}

func (v PutBack) do(t *turn) (any, *Error) {
	o, err := t.order(v.Order)
	if err != nil {
		return nil, err
	}
	if o.Status != OrderCancelled {
		return nil, refuse(Conflict, "order_"+o.Status, "only a cancelled order's goods are put back")
	}
	if t.Bins[v.Bin] == nil {
		return nil, refuse(NotFound, "unknown_bin", "no bin "+string(v.Bin))
	}
	b := &GoodsPutBack{Order: o.ID}
	for _, place := range o.places() {
		for _, row := range t.StockAt(place) {
			b.Moves = append(b.Moves, Movement{Key: row.Key, To: InBin(v.Bin), Qty: row.OnHand, Reason: "put_back"})
		}
	}
	t.emit(b)
	for _, m := range b.Moves {
		t.stockCame(m.Key.SKU)
	}
	t.seenTo("put_back", string(o.ID), "put back")
	return t.OrderView(o, false), nil
}

func (o *Order) places() []Place {
	var out []Place
	for _, c := range o.Totes {
		out = append(out, InTote(c))
	}
	for _, p := range o.Parcels {
		out = append(out, InParcel(p))
	}
	return out
}

func (s *State) exceptionsOf(what, id string) []ExceptionID {
	var out sorted[ExceptionID]
	for _, x := range s.Exceptions {
		if x.What == what && x.About.Code == id {
			out.add(x.ID)
		}
	}
	return out
}

// GoodsPutBack says a cancelled order's goods are in a bin again.
type GoodsPutBack struct {
	Order OrderID    `cbor:"1,keyasint"`
	Moves []Movement `cbor:"2,keyasint,omitempty"`
}

var _ = kind(KindPutBack, "goods_put_back", "stock", func() Body { return new(GoodsPutBack) })

func (*GoodsPutBack) Kind() Kind              { return KindPutBack }
func (b *GoodsPutBack) Movements() []Movement { return b.Moves }
func (b *GoodsPutBack) About() []string       { return aboutMoves(b.Moves) }

func (b *GoodsPutBack) apply(s *State, _ *Event) {
	for _, m := range b.Moves {
		s.move(m)
	}
	o := s.Orders[b.Order]
	for _, c := range o.Totes {
		s.freeTote(c)
	}
	o.Totes = nil
	s.touch(TableOrder, string(o.ID))
	s.endPutBack(o.ID)
	if p := s.Packings[o.ID]; p != nil && p.Gone { // they were fetched from the bench
		s.endPacking(o.ID)
	}
}
