package floor

// An order is kept back, let go on, or ended before it has left.

// HoldOrder keeps an order back until UnholdOrder.
type HoldOrder struct {
	ID     OrderID
	Reason string
}

func (v HoldOrder) do(t *turn) (any, *Error) {
	o, err := t.order(v.ID)
	if err != nil {
		return nil, err
	}
	var f faults
	checkText(&f, "/reason", v.Reason, 0, NameLimit)
	if err := f.err(); err != nil {
		return nil, err
	}
	if o.Status != OrderHeld {
		if orderLife.to(o.Status, "hold") == "" {
			return nil, refuse(Conflict, "order_"+o.Status, "an order is held before its release or when it is packed; this one is "+o.Status)
		}
		if m := t.aboard(o); m != "" {
			return nil, refuse(Conflict, "order_loaded", "a parcel of it is on board "+string(m)+": take it off first")
		}
		reason := v.Reason
		defaultText(&reason, HoldByHand)
		reason = notOurs(reason)
		t.moveOrder(o, "hold", reason)
		t.dropKept(o)
	}
	return t.OrderView(o, false), nil
}

// notOurs keeps a person's reason apart from the floor's own, which it lifts by itself.
func notOurs(reason string) string {
	if reason == HoldShort || reason == HoldUnknownItem {
		return reason + " (" + HoldByHand + ")"
	}
	return reason
}

// UnholdOrder lets a held order go on. One that waits for an unknown item goes on when the item exists.
type UnholdOrder struct{ ID OrderID }

func (v UnholdOrder) do(t *turn) (any, *Error) {
	o, err := t.order(v.ID)
	if err != nil {
		return nil, err
	}
	if o.Status != OrderHeld {
		return nil, refuse(Conflict, "not_held", "the order is "+o.Status+", not held")
	}
	for _, l := range o.Lines {
		if t.Items[l.SKU] == nil {
			return nil, refuse(Conflict, HoldUnknownItem, "item "+string(l.SKU)+" does not exist yet; create it first")
		}
	}
	if t.index.stopped.has(o.ID) {
		t.moveOrder(o, "free", "")
		return t.OrderView(o, false), nil
	}
	t.moveOrder(o, "unhold", "")
	return t.OrderView(o, false), nil
}

// freeHeld lets orders go on that waited for an item which now exists.
func (t *turn) freeHeld(sku SKU) {
	waiting := t.index.heldFor[sku]
	if waiting == nil {
		return
	}
	delete(t.index.heldFor, sku)
	for _, id := range *waiting {
		o := t.Orders[id]
		if o == nil || o.Status != OrderHeld || o.HoldReason != HoldUnknownItem {
			continue
		}
		if known := t.allKnown(o); known {
			t.moveOrder(o, "unhold", "item_created")
		}
	}
}

func (s *State) allKnown(o *Order) bool {
	for _, l := range o.Lines {
		if s.Items[l.SKU] == nil {
			return false
		}
	}
	return true
}

// CancelOrder ends an order that has not left. Goods already picked become a task: put them back.
type CancelOrder struct {
	ID     OrderID
	Reason string
}

func (v CancelOrder) do(t *turn) (any, *Error) {
	o, err := t.order(v.ID)
	if err != nil {
		return nil, err
	}
	if o.Status == OrderCancelled {
		return t.OrderView(o, false), nil
	}
	if orderLife.to(o.Status, "cancel") == "" {
		return nil, refuse(Conflict, "order_"+o.Status, "the order has left; make a return instead")
	}
	t.cancelOrder(o, v.Reason)
	return t.OrderView(o, false), nil
}

func (t *turn) cancelOrder(o *Order, reason string) {
	t.dropPickLines(o)
	for _, id := range o.Parcels {
		p := t.Parcels[id]
		t.tellDock(p)
		if parcelLife.to(p.Status, "cancel") != "" {
			t.emit(&ParcelMoved{Parcel: p.ID, Verb: "cancel"})
			t.dropPurchase(p)
		}
	}
	t.stopPacking(o)
	t.moveOrder(o, "cancel", reason)
	t.dropKept(o)
	t.seenTo("order_changed", string(o.ID), "cancelled")
	t.stockCame(o.skus()...)
	if t.goodsOf(o) {
		t.toPutBack(o)
	}
}

// goodsOf says whether any unit of an order is off the shelf.
func (s *State) goodsOf(o *Order) bool {
	if s.unsorted(o.ID) {
		return true
	}
	for _, c := range o.Totes {
		if len(s.StockAt(InTote(c))) > 0 {
			return true
		}
	}
	for _, p := range o.Parcels {
		if len(s.StockAt(InParcel(p))) > 0 {
			return true
		}
	}
	return false
}
