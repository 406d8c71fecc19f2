package floor

// A unit that is not this order's is some other's, or the shelf's: it is said which, so that it gets there.

// whose says where a unit belongs that is none of an order's.
func (t *turn) whose(o *Order, r *seen) *Thing {
	if other := t.otherOrder(o, r); other != nil {
		return other
	}
	return t.belongs(r)
}

// otherOrder is another order whose goods hold such a unit: one at a bench before one that waits, then the lower number.
func (t *turn) otherOrder(o *Order, r *seen) *Thing {
	rows := r.units
	if len(rows) == 0 && r.item != nil {
		rows = t.StockOf(r.item.SKU)
	}
	var best *Order
	for _, row := range rows {
		tote := t.Totes[row.Key.Place.Tote()]
		if tote == nil || row.OnHand <= 0 || r.lot != "" && row.Key.Lot != "" && row.Key.Lot != r.lot {
			continue
		}
		other := t.Orders[tote.Order]
		if other == nil || other == o || other.Status == OrderCancelled {
			continue
		}
		if best == nil || t.Packings[other.ID] != nil && t.Packings[best.ID] == nil || (t.Packings[other.ID] != nil) == (t.Packings[best.ID] != nil) && other.ID < best.ID {
			best = other
		}
	}
	if best == nil {
		return nil
	}
	if p := t.Packings[best.ID]; p != nil && p.Lease.held() {
		return &Thing{"order", string(best.ID), phrase("order {order}, at {bench}", string(best.ID), t.deviceName(p.Lease.Device))}
	}
	return &Thing{"order", string(best.ID), phrase("order {order}, in tote {tote}", string(best.ID), first(best.Totes))}
}
