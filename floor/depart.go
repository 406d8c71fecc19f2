package floor

// depart closes the truck: what is on board has left the house.
func (t *turn) depart(m *Manifest) {
	b := &Departed{Manifest: m.ID}
	for _, id := range m.Parcels {
		for _, row := range t.StockAt(InParcel(id)) {
			b.Moves = append(b.Moves, Movement{Key: row.Key, To: Customer, Qty: row.OnHand, Reason: "dispatch"})
		}
	}
	parcels := append([]ParcelID(nil), m.Parcels...)
	t.emit(b)
	for _, id := range parcels {
		if o := t.Orders[t.Parcels[id].Order]; o.Status == OrderPacked && t.allGone(o) {
			t.departOrder(o, string(m.ID))
		}
	}
}

func (t *turn) departOrder(o *Order, about string) {
	t.moveOrder(o, "depart", about)
	t.follow(o)
}

func (s *State) allGone(o *Order) bool {
	for _, id := range o.Parcels {
		switch s.Parcels[id].Status {
		case ParcelOpen, ParcelClosed, ParcelPacked, ParcelLoaded:
			return false
		}
	}
	return true
}
