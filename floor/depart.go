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
	b.Sent = t.sentCounts(parcels)
	t.leaveBehind(m)
	t.emit(b)
	for _, id := range parcels {
		if o := t.Orders[t.Parcels[id].Order]; o.Status == OrderPacked && t.allGone(o) {
			t.departOrder(o, string(m.ID))
		}
	}
}

func (t *turn) departOrder(o *Order, about string) {
	t.moveOrder(o, "depart", about)
	if !t.followed(o) {
		t.follow(o)
	}
}

// followed is true of an order whose rest is an order of its own already: its truck was opened again, and leaves again.
func (s *State) followed(o *Order) bool {
	id, ok := s.index.external[externalKey(o.Channel, o.ExternalID+"/2")]
	return ok && s.Orders[id] != nil && s.Orders[id].Follows == o.ID
}

// aboard is the truck that a parcel of an order is on, or "".
func (s *State) aboard(o *Order) ManifestID {
	for _, id := range o.Parcels {
		if p := s.Parcels[id]; p != nil && p.Status == ParcelLoaded {
			return p.Manifest
		}
	}
	return ""
}

// tellDock tells who loads a truck that an order of which a parcel is on board was cancelled: it must come off.
func (t *turn) tellDock(p *Parcel) {
	if m := t.Manifests[p.Manifest]; m != nil && p.Status == ParcelLoaded {
		t.notify(m.Lease, CodeCancelled, Thing{"parcel", p.Tracking, phrase("order cancelled: take {parcel} off the truck", p.Tracking)})
	}
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
