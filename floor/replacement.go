package floor

// Goods that go out for a return: in place of what came back, or what was refused.

// replacementFor makes the order that sends the goods again, to the same person and for nothing, and sets its stock aside.
func (t *turn) replacementFor(r *Return, m *Settlement) (OrderID, *Error) {
	o := t.Orders[r.Order]
	if o == nil {
		return "", refuse(Conflict, "no_order", "a blind return has no order to send a replacement for: refund it, or make an order")
	}
	n, goes, err := t.orderOut(o, r, "")
	if goes != "" || err != nil {
		return goes, err
	}
	n.Reference = "replaces " + o.ExternalID
	for _, w := range m.Wanted {
		if t.Items[w.SKU] == nil {
			return "", refuse(Conflict, "unknown_item", "item "+string(w.SKU)+" is no more")
		}
		n.Lines = append(n.Lines, NewLine{SKU: w.SKU, Qty: w.Qty})
	}
	return t.sendOut(n)
}

// orderOut begins the order that goes out for a return, to the person of another; or gives the one that goes already.
func (t *turn) orderOut(o *Order, r *Return, suffix string) (n *NewOrder, goes OrderID, err *Error) {
	if o.ShipTo == nil || o.ShipTo.Person == nil {
		return nil, "", refuse(Conflict, "person_erased", "the address was erased: make a new order")
	}
	goes, external := t.orderFor(o, r.ID, suffix)
	return &NewOrder{Channel: o.Channel, ExternalID: external, ShipTo: *o.ShipTo.Person, Service: o.Service, Currency: o.Currency}, goes, nil
}

// sendOut makes an order and sets its stock aside.
func (t *turn) sendOut(n *NewOrder) (OrderID, *Error) {
	var f faults
	if checkOrder(&f, n); len(f) > 0 {
		return "", f.err()
	}
	id := t.createOrder(n)
	t.keepFor(t.Orders[id])
	return id, nil
}

// keepFor sets stock aside for an order that somebody was promised.
func (t *turn) keepFor(o *Order) {
	p := t.plan()
	lacking := p.allocate(o, false)
	b := &StockKept{Order: o.ID, Lacking: len(lacking) > 0}
	for _, l := range p.of(o.ID) {
		b.Kept = append(b.Kept, Kept{l.OrderLine, l.From, l.Qty})
	}
	t.emit(b)
}

// goesOutBeside is an order that another outcome of this return made before it was refused, and that nobody cancelled: with
// it, money or goods would go out twice for the same unit.
func (t *turn) goesOutBeside(r *Return, outcome string) OrderID {
	o := t.Orders[r.Order]
	if o == nil {
		return ""
	}
	for _, of := range []struct{ outcome, suffix string }{{OutcomeReplacement, ""}, {OutcomeSendBack, backSuffix}} {
		if id, _ := t.orderFor(o, r.ID, of.suffix); id != "" && of.outcome != outcome {
			return id
		}
	}
	return ""
}

// backSuffix ends the number of an order that sends refused goods back.
const backSuffix = "/back"

// orderFor is the order that goes out for a return, or the number for one: those that were cancelled send nothing.
func (t *turn) orderFor(o *Order, id ReturnID, suffix string) (goes OrderID, external string) {
	name := o.ExternalID + "/" + string(id) + suffix
	external = name
	for i := int64(2); ; i++ {
		made, known := t.index.external[externalKey(o.Channel, external)]
		if !known {
			return "", external
		}
		if t.Orders[made].Status != OrderCancelled { // refused and approved again
			return made, external
		}
		if external = name + itoa(i); suffix == "" { // a return's number ends with digits
			external = name + "/" + itoa(i)
		}
	}
}
