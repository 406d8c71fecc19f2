package floor

import "slices"

// dayLedger keeps books of its own over a simulated day, from the events alone: where every unit lies, what came from
// suppliers, what came back from customers, and what a verdict let be sold again. The floor's own books must agree.
type dayLedger struct {
	seen     int
	lies     map[StockKey]int64
	backs    map[ReturnID]int64 // units that arrived and were not taken back
	restocks map[ReturnID]int64 // of those, on a verdict's word for sale again
	brought  map[ReplenishID]int64
}

func newDayLedger(f *shift) *dayLedger {
	l := &dayLedger{lies: map[StockKey]int64{}, backs: map[ReturnID]int64{}, restocks: map[ReturnID]int64{}, brought: map[ReplenishID]int64{}}
	f.watch = l.reads
	return l
}

// reads takes in what has happened since it last looked.
func (l *dayLedger) reads(f *shift) {
	f.t.Helper()
	for _, e := range f.all[l.seen:] {
		if m, moves := e.Body.(Mover); moves {
			for i, x := range m.Movements() {
				to := x.Key.at(x.To).as(x.As)
				if b, back := e.Body.(*ManifestReopened); back { // outside, lots and serials were not told apart
					to = b.Into[i]
				}
				l.moved(f, e, x, to)
			}
		}
		l.entered(f, e)
	}
	l.seen = len(f.all)
}

// moved books a movement: out of one place and into another, and never out of what nobody has judged into what is sold.
func (l *dayLedger) moved(f *shift, e *Event, m Movement, to StockKey) {
	from := m.Key.at(m.Key.Place)
	if m.Qty <= 0 || from.Place == "" || to.Place == "" || to.Place != m.To || from == to {
		f.t.Fatalf("%T moves %d from %v to %v", e.Body, m.Qty, from, to)
	}
	l.lies[from] -= m.Qty
	l.lies[to] += m.Qty
	if l.lies[from] < 0 && !from.Place.Outside() {
		f.t.Fatalf("%T takes %d from %v, where that many do not lie", e.Body, m.Qty, from)
	}
	back := from.Condition == Returned || from.Place == Customer && to.Place.Bin() != ""
	if !back || to.Condition != "" || to.Place.Outside() {
		return
	}
	if b, judged := e.Body.(*ReturnUnitDisposed); !judged || b.Disposition != Restock || f.s.Returns[b.Return].unit(b.Unit).Grade == "" {
		f.t.Fatalf("%T makes %v sellable without a verdict", e.Body, to)
	}
}

// entered notes what an event says beside its movements.
func (l *dayLedger) entered(f *shift, e *Event) {
	switch b := e.Body.(type) {
	case *ReturnUnitArrived:
		l.backs[b.Return]++
	case *ReturnUnitDisposed:
		if b.Disposition == Restock && b.Move != nil {
			l.restocks[b.Return]++
		}
	case *ReturnStepUndone:
		switch {
		case b.Step.What == "arrived":
			l.backs[b.Return]--
		case b.Step.What == "disposed" && b.Step.Move.Reason == "return_"+Restock:
			l.restocks[b.Return]--
		}
	case *ReplenishPlaced:
		l.brought[b.Replenish] += b.Move.Qty
		if r := f.s.Replenishes[b.Replenish]; r != nil && r.Done > r.Qty {
			f.t.Fatalf("more was brought than planned: %+v", r)
		}
	case *CountBooked:
		l.counted(f, b)
	case *WaveReleased:
		for i := range b.Lists {
			l.promised(f, e, b.Lists[i].Lines)
		}
	case *LinesAdded:
		l.promised(f, e, b.Lines)
	case *StockKept:
		for _, k := range b.Kept {
			l.sellable(f, e, k.Key)
		}
	}
}

// counted checks that no count turns what is held or waits for its verdict into what is sold.
func (l *dayLedger) counted(f *shift, b *CountBooked) {
	for _, out := range b.Moves {
		for _, in := range b.Moves {
			gone, found := out.Key, in.Key.at(in.To)
			if gone.Condition != "" && out.To == Adjustment && in.Key.Place == Adjustment && found == gone.as(Good) {
				f.t.Fatalf("count %s makes %v sellable", b.Count, gone)
			}
		}
	}
}

func (l *dayLedger) promised(f *shift, e *Event, lines []PickLine) {
	for i := range lines {
		if lines[i].Why != "kept for this order" { // promised when it was kept; an aisle may have been blocked since
			l.sellable(f, e, lines[i].From)
		}
	}
}

// sellable checks that what is promised to an order may be sold and lies where pickers are sent.
func (l *dayLedger) sellable(f *shift, e *Event, k StockKey) {
	b := f.s.Bins[k.Place.Bin()]
	if row := f.s.stock[k]; k.Condition != "" || b == nil || !oneOf(b.BinKind, []string{"pick", "reserve"}) || row != nil && row.Doubt {
		f.t.Fatalf("%T promises %v to an order: nobody may sell it from there", e.Body, k)
	}
}

// agrees compares its books with the floor's: every unit where both say, every delivery by its receipt, every return by its
// units, none beyond what was shipped.
func (l *dayLedger) agrees(f *shift) {
	f.t.Helper()
	for k, row := range f.s.stock {
		if row.OnHand != l.lies[k] {
			f.t.Fatalf("%v: the floor has %d, the movements %d", k, row.OnHand, l.lies[k])
		}
	}
	supplied := map[SKU]int64{}
	for k, n := range l.lies {
		if n != 0 && f.s.stock[k] == nil {
			f.t.Fatalf("%v: the floor has none, the movements %d", k, n)
		}
		if k.Place == Supplier {
			supplied[k.SKU] += n
		}
	}
	for _, r := range f.s.Receipts {
		for _, line := range r.Lines {
			supplied[line.Key.SKU] += line.Qty
		}
	}
	for sku, n := range supplied {
		if n != 0 {
			f.t.Fatalf("of %s %d more are on receipts than came from suppliers", sku, n)
		}
	}
	l.agreesOnPurchases(f)
	l.agreesOnReturns(f)
}

// agreesOnPurchases compares each purchase with its deliveries.
func (l *dayLedger) agreesOnPurchases(f *shift) {
	f.t.Helper()
	came := map[PurchaseOrderID]map[SKU]int64{}
	for _, r := range f.s.Receipts {
		if came[r.PurchaseOrder] == nil {
			came[r.PurchaseOrder] = map[SKU]int64{}
		}
		for _, line := range r.Lines {
			came[r.PurchaseOrder][line.Key.SKU] += line.Qty
		}
	}
	for _, p := range f.s.PurchaseOrders {
		for _, line := range p.Lines {
			if line.Received != came[p.ID][line.SKU] || line.Damaged > line.Received {
				f.t.Fatalf("%s: %+v, and its receipts have %d", p.ID, line, came[p.ID][line.SKU])
			}
		}
	}
}

// agreesOnReturns compares each return with what came back and was judged, and each order with what was sent.
func (l *dayLedger) agreesOnReturns(f *shift) {
	f.t.Helper()
	back := map[OrderID]map[SKU]int64{}
	for _, r := range f.s.Returns {
		if back[r.Order] == nil {
			back[r.Order] = map[SKU]int64{}
		}
		var here, sold int64
		for _, u := range r.Units {
			if oneOf(u.Status, []string{UnitArrived, UnitGraded, UnitDisposed}) {
				here++
				if !slices.Contains(u.Flags, FlagNotSent) {
					back[r.Order][u.SKU]++
				}
			}
			if u.Status == UnitDisposed && u.Disposition == Restock && !slices.Contains(u.Flags, FlagLost) {
				sold++
			}
		}
		if here != l.backs[r.ID] || sold != l.restocks[r.ID] {
			f.t.Fatalf("%s has %d units, %d of them for sale again; %d arrived, and verdicts gave %d", r.ID, here, sold, l.backs[r.ID], l.restocks[r.ID])
		}
	}
	for id, units := range back {
		o := f.s.Orders[id]
		if o == nil {
			continue
		}
		shipped := map[SKU]int64{}
		for _, line := range o.Lines {
			shipped[line.SKU] += line.Shipped
		}
		for sku, n := range units {
			if n > shipped[sku] {
				f.t.Fatalf("%d of %s came back of order %s, and %d were shipped", n, sku, id, shipped[sku])
			}
		}
	}
}
