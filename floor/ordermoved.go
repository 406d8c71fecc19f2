package floor

// OrderMoved says an order took a step of its life.
type OrderMoved struct {
	Order  OrderID `cbor:"1,keyasint"`
	Verb   string  `cbor:"2,keyasint"`
	Reason string  `cbor:"3,keyasint,omitempty"`
	Status string  `cbor:"4,keyasint"`
}

var _ = kind(KindOrderMoved, "order_moved", "orders", func() Body { return new(OrderMoved) })

func (*OrderMoved) Kind() Kind        { return KindOrderMoved }
func (b *OrderMoved) About() []string { return []string{"order/" + string(b.Order)} }

func (b *OrderMoved) apply(s *State, e *Event) {
	o := s.Orders[b.Order]
	o.Status = orderLife.must(o.Status, b.Verb)
	o.HoldReason = ""
	if o.Status == OrderHeld {
		o.HoldReason = b.Reason
	}
	if b.Verb == "cancel" {
		s.wants(o, -1)
		for i := range o.Lines {
			l := &o.Lines[i]
			l.Cancelled = l.Ordered - l.Short - l.Shipped
		}
		s.wants(o, 1)
	}
	if b.Verb == "unrelease" {
		o.Wave, o.Lacking = "", false
		for i := range o.Lines {
			o.Lines[i].Short = 0 // goes out in a later wave as if new
		}
	}
	if b.Verb == "take" {
		o.Wave, o.Cartons = "", nil
	}
	if b.Verb == "unhold" {
		s.wants(o, -1)
		for i := range o.Lines {
			o.Lines[i].Unknown = false
		}
		s.wants(o, 1)
	}
	if b.Verb == "recall" {
		o.Ended = 0
	}
	if b.Verb == "depart" || b.Verb == "cancel" || b.Verb == "deliver" {
		o.Ended = e.At
	}
	o.stamp(e, o.Status, b.Reason)
	s.index.setOrder(o)
	s.touch(TableOrder, string(o.ID))
}

func (t *turn) moveOrder(o *Order, verb, reason string) {
	t.emit(&OrderMoved{o.ID, verb, reason, orderLife.to(o.Status, verb)})
}
