package floor

// Orders that wait for stock. What a release could not find is noted on the order; when stock comes, the most urgent
// of those it completes has it set aside, so that nobody younger takes it, and goes on by itself.

// Kept is stock set aside for an order line before its release.
type Kept struct {
	Line int      `cbor:"1,keyasint"`
	Key  StockKey `cbor:"2,keyasint"`
	Qty  int64    `cbor:"3,keyasint"`
}

// How an order is sent when not all of it is there.
const (
	ShipComplete = "complete" // it waits until all is there
	ShipPartial  = "partial"  // what is there goes, the rest follows by itself
)

func checkShip(f *faults, ship string) {
	if ship != "" && ship != ShipComplete && ship != ShipPartial {
		f.add("/ship", "bad_value", "an order is sent complete or partial; leave it out and each wave decides")
	}
}

// shipOf is an order's own rule, else its channel's.
func (s *State) shipOf(o *Order) string {
	if c := s.Channels[o.Channel]; o.Ship == "" && c != nil {
		return c.Ship
	}
	return o.Ship
}

// sendsPart says whether an order goes to the floor with a part of its goods; partial is what the wave says.
func (s *State) sendsPart(o *Order, partial bool) bool {
	switch s.shipOf(o) {
	case ShipComplete:
		return false
	case ShipPartial:
		return true
	}
	return partial
}

// noteLacking notes the orders that a release found too little for.
func (t *turn) noteLacking(short []Shortage, ready []*Order) {
	gone := map[OrderID]bool{}
	for _, o := range ready {
		gone[o.ID] = true
	}
	b := &Backordered{}
	for _, x := range short {
		if o := t.Orders[x.Order]; !gone[o.ID] && !o.Lacking {
			gone[o.ID] = true
			b.Orders = append(b.Orders, o.ID)
		}
	}
	if len(b.Orders) > 0 {
		t.emit(b)
	}
}

// stockCame sets stock that has become free aside for orders that wait for it: the urgent first, and for those that go
// only complete nothing until all is there, so that no order sits on what another could be sent with.
func (t *turn) stockCame(skus ...SKU) {
	var waiting []*Order
	for _, id := range t.index.backorders {
		if o := t.Orders[id]; o.wantsAny(skus) {
			waiting = append(waiting, o)
		}
	}
	sortUrgent(waiting)
	for _, o := range waiting {
		p := t.plan()
		missing := p.allocate(o, false)
		found := p.of(o.ID)[min(len(o.Kept), len(p.of(o.ID))):]
		if len(found) == 0 && (len(missing) > 0 || o.Status == OrderReceived) {
			continue
		}
		if o.Status == OrderHeld {
			t.moveOrder(o, "unhold", "stock_arrived")
		}
		b := &StockKept{Order: o.ID, Lacking: len(missing) > 0}
		for _, l := range found {
			b.Kept = append(b.Kept, Kept{l.OrderLine, l.From, l.Qty})
		}
		t.emit(b)
	}
}

func (o *Order) wantsAny(skus []SKU) bool {
	for i := range o.Lines {
		l := &o.Lines[i]
		for _, sku := range skus {
			if l.SKU == sku && l.Ordered-l.Cancelled-l.Picked-l.Reserved-l.Short > 0 {
				return true
			}
		}
	}
	return false
}

// dropKept gives back what was set aside for an order.
func (t *turn) dropKept(o *Order) {
	if skus := t.freeKept(o); len(skus) > 0 {
		t.stockCame(skus...)
	}
}

// freeKept frees what was set aside for an order, and gives the items; they are for stockCame.
func (t *turn) freeKept(o *Order) (skus []SKU) {
	for _, k := range o.Kept {
		skus = append(skus, k.Key.SKU)
	}
	if len(skus) > 0 {
		t.emit(&KeptDropped{Order: o.ID})
	}
	return skus
}

// dropKeptAt gives back what was set aside for the orders that were to have some of this stock, because it turned out
// not to be there. It gives the items that are free again; they are for stockCame, once the books are right.
func (t *turn) dropKeptAt(k StockKey) (skus []SKU) {
	for _, id := range append(sorted[OrderID](nil), t.index.keepers...) {
		if o := t.Orders[id]; o.keptAt(k) > 0 {
			skus = append(skus, t.freeKept(o)...)
			t.noteLacking([]Shortage{{Order: id}}, nil)
		}
	}
	return skus
}

// keptAt is how much of some stock is set aside for orders.
func (s *State) keptAt(k StockKey) (n int64) {
	for _, id := range s.index.keepers {
		n += s.Orders[id].keptAt(k)
	}
	return n
}

func (o *Order) keptAt(k StockKey) (n int64) {
	for _, x := range o.Kept {
		if x.Key == k {
			n += x.Qty
		}
	}
	return n
}

// follow makes an order of what a partly sent one still wants.
func (t *turn) follow(o *Order) {
	if t.shipOf(o) != ShipPartial || o.ShipTo.Person == nil || o.Back != "" {
		return
	}
	n := NewOrder{Channel: o.Channel, ShipTo: *o.ShipTo.Person, Service: o.Service, ShipBy: o.ShipBy, Priority: o.Priority,
		Currency: o.Currency, Reference: o.Reference, Ship: o.Ship, Follows: o.ID, Customs: o.Customs}
	for i := 2; ; i++ {
		n.ExternalID = o.ExternalID + "/" + itoa(int64(i))
		if _, taken := t.index.external[externalKey(n.Channel, n.ExternalID)]; !taken {
			break
		}
	}
	for _, l := range o.Lines {
		if rest := l.Ordered - l.Cancelled - l.Shipped; rest > 0 {
			n.Lines = append(n.Lines, NewLine{l.SKU, rest, l.PriceCents})
		}
	}
	if len(n.Lines) == 0 {
		return
	}
	next := t.Orders[t.createOrder(&n)]
	t.emit(&Backordered{Orders: []OrderID{next.ID}})
	t.stockCame(next.skus()...)
}

func (o *Order) skus() (out []SKU) {
	for _, l := range o.Lines {
		out = append(out, l.SKU)
	}
	return out
}

// SendPart sends an order that waits for the rest with the goods that were picked for it; the rest follows as an order of its own.
type SendPart struct{ ID OrderID }

func (v SendPart) do(t *turn) (any, *Error) {
	o, err := t.order(v.ID)
	if err != nil {
		return nil, err
	}
	var picked int64
	for _, l := range o.Lines {
		picked += l.Picked
	}
	waits := o.Status == OrderHeld && o.HoldReason == HoldShort || o.Status == OrderReceived
	if !waits || picked == 0 {
		return nil, refuse(Conflict, "nothing_picked", "only an order that waits for the rest, with goods picked, is sent in part")
	}
	t.emit(&PartChosen{Order: o.ID})
	t.dropKept(o)
	t.moveOrder(o, "stage", "partial")
	t.seenTo("order_short", string(o.ID), "sent in part")
	return t.OrderView(o, false), nil
}

// Backordered says that orders wait for stock.
type Backordered struct {
	Orders []OrderID `cbor:"1,keyasint"`
}

var _ = kind(KindBackordered, "backordered", "orders", func() Body { return new(Backordered) })

func (*Backordered) Kind() Kind { return KindBackordered }

func (b *Backordered) apply(s *State, _ *Event) {
	for _, id := range b.Orders {
		o := s.Orders[id]
		o.Lacking = true
		s.saveOrder(o)
	}
}

// StockKept says stock was set aside for an order that waited for it. Lacking: it still waits for more.
type StockKept struct {
	Order   OrderID `cbor:"1,keyasint"`
	Kept    []Kept  `cbor:"2,keyasint,omitempty"`
	Lacking bool    `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindStockKept, "stock_kept", "orders", func() Body { return new(StockKept) })

func (*StockKept) Kind() Kind        { return KindStockKept }
func (b *StockKept) About() []string { return []string{"order/" + string(b.Order)} }

func (b *StockKept) apply(s *State, _ *Event) {
	o := s.Orders[b.Order]
	o.Lacking = b.Lacking
	for _, k := range b.Kept {
		s.reserve(k.Key, k.Qty)
		o.Lines[k.Line].Reserved += k.Qty
		o.Kept = append(o.Kept[:len(o.Kept):len(o.Kept)], k)
	}
	s.saveOrder(o)
}

// KeptDropped says that what was set aside for an order is free again.
type KeptDropped struct {
	Order OrderID `cbor:"1,keyasint"`
}

var _ = kind(KindKeptDropped, "kept_dropped", "orders", func() Body { return new(KeptDropped) })

func (*KeptDropped) Kind() Kind        { return KindKeptDropped }
func (b *KeptDropped) About() []string { return []string{"order/" + string(b.Order)} }

func (b *KeptDropped) apply(s *State, _ *Event) { s.unkeep(s.Orders[b.Order]) }

// unkeep frees what is set aside for an order: it is promised to pick lines now, or to nobody. Called from Apply.
func (s *State) unkeep(o *Order) {
	for _, k := range o.Kept {
		s.reserve(k.Key, -k.Qty)
		o.Lines[k.Line].Reserved -= k.Qty
	}
	o.Kept = nil
	s.saveOrder(o)
}

// PartChosen says an order is sent with what there is.
type PartChosen struct {
	Order OrderID `cbor:"1,keyasint"`
}

var _ = kind(KindPartChosen, "part_chosen", "orders", func() Body { return new(PartChosen) })

func (*PartChosen) Kind() Kind        { return KindPartChosen }
func (b *PartChosen) About() []string { return []string{"order/" + string(b.Order)} }

func (b *PartChosen) apply(s *State, _ *Event) {
	o := s.Orders[b.Order]
	o.Ship = ShipPartial
	s.saveOrder(o)
}

func (s *State) saveOrder(o *Order) {
	s.index.setOrder(o)
	s.touch(TableOrder, string(o.ID))
}
