package floor

import "slices"

// Refused, and sent back: what a return kept apart goes to who sent it, in a parcel of an order of its own. That order
// takes those very units and no others, and they stay what they are, kept from being sold, until they have left the
// house; a cancelled one brings them back as they were.

// keptApart are the units of a return that are in quarantine by their verdict.
func (r *Return) keptApart() (out []*ReturnUnit) {
	for i := range r.Units {
		if u := &r.Units[i]; u.Status == UnitDisposed && u.Disposition == Quarantine && !oneOf(FlagLost, u.Flags) {
			out = append(out, u)
		}
	}
	return out
}

// apartRows are where a unit that was kept apart may stand by now: where its verdict put it, or where somebody carried
// it. Other goods are kept apart too, so what has no serial is only looked for where such goods are kept.
func (p *plan) apartRows(u *ReturnUnit) (out []*Stock) {
	places := []Place{u.Place}
	for _, b := range append(slices.Clone(p.index.quarantines), p.index.returnBins...) {
		places = append(places, InBin(b))
	}
	for _, row := range p.StockOf(u.SKU) {
		k := row.Key
		here := u.Serial != "" && k.Place.Bin() != "" || slices.Contains(places, k.Place)
		if here && k == u.key().at(k.Place).as(Held) && !row.Doubt && row.OnHand-row.Reserved-p.taken[k] > 0 {
			out = append(out, row)
		}
	}
	slices.SortStableFunc(out, func(a, b *Stock) int { return yesFirst(a.Key.Place == u.Place, b.Key.Place == u.Place) })
	return out
}

// takeBack promises what a return kept apart to the order that sends it back. It gives what is left.
func (p *plan) takeBack(o *Order, line int, sku SKU, qty int64) int64 {
	r := p.Returns[o.Back]
	if r == nil {
		return qty
	}
	for _, u := range r.keptApart() {
		if u.SKU != sku || qty == 0 {
			continue
		}
		if rows := p.apartRows(u); len(rows) > 0 {
			p.promiseBack(o, line, rows[0].Key)
			qty--
		}
	}
	return qty
}

// promiseBack promises one unit; more of the same place joins the line that goes there.
func (p *plan) promiseBack(o *Order, line int, k StockKey) {
	p.taken[k]++
	lines := p.of(o.ID)
	for i := min(len(o.Kept), len(lines)); i < len(lines); i++ {
		if lines[i].From == k && lines[i].OrderLine == line {
			lines[i].Qty++
			return
		}
	}
	p.lines = append(p.lines, PickLine{Order: o.ID, OrderLine: line, SKU: k.SKU, From: k, Qty: 1, Status: LineOpen, Why: "goes back to who sent it"})
	p.grew(o.ID)
}

// sendBack makes the order that brings the refused goods back, sets them aside and has them picked by themselves. Nothing
// moves by it: the goods move when somebody fetches them.
func (t *turn) sendBack(r *Return) (OrderID, *Error) {
	o := t.Orders[r.Order]
	if o == nil {
		return "", refuse(Conflict, "no_order", "nobody knows who sent a blind return: there is no address to send it back to")
	}
	n, goes, err := t.orderOut(o, r, backSuffix)
	switch {
	case err != nil:
		return "", err
	case r.Status != ReturnClosed:
		return "", refuse(Conflict, "return_"+r.Status, "the return is "+r.Status+": have all of it judged first")
	case goes != "":
		return goes, nil
	}
	n.Reference, n.Ship, n.Back = "refused return "+string(r.ID), ShipPartial, r.ID
	if n.Lines = t.apartLines(r); len(n.Lines) == 0 {
		return "", refuse(Conflict, "nothing_kept_apart", "nothing of it is in quarantine any more: what is back on its shelf, scrapped or sent to its vendor cannot be sent back")
	}
	id, err := t.sendOut(n)
	if err != nil {
		return "", err
	}
	if _, err := (ReleaseWave{Orders: []OrderID{id}, Method: Discrete}).do(t); err != nil {
		return "", err
	}
	return id, nil
}

// apartLines are the items of a return of which units are kept apart and promised to nobody.
func (t *turn) apartLines(r *Return) (out []NewLine) {
	p := t.plan()
	for _, u := range r.keptApart() {
		rows := p.apartRows(u)
		if len(rows) == 0 {
			continue
		}
		p.taken[rows[0].Key]++
		if i := slices.IndexFunc(out, func(l NewLine) bool { return l.SKU == u.SKU }); i >= 0 {
			out[i].Qty++
		} else {
			out = append(out, NewLine{SKU: u.SKU, Qty: 1})
		}
	}
	return out
}
