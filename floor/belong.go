package floor

// Where parcels and pallets belong, for a refusal at the dock and anywhere else.

// parcelBelongs says where a parcel should be.
func (s *State) parcelBelongs(p *Parcel) *Thing {
	switch {
	case p.Status == ParcelInner:
		return &Thing{"parcel", string(p.Inside), phrase("an inner pack of parcel {parcel}", string(p.Inside))}
	case p.Status == ParcelCancelled || s.isCancelled(p.Order):
		return s.putBackBelongs(p.Order)
	case p.Status == ParcelPacked:
		return s.packedBelongs(p)
	case p.Status == ParcelLoaded:
		if p.LoadedAt == 0 {
			return &Thing{"manifest", string(p.Manifest), phrase("on manifest {manifest}", string(p.Manifest))}
		}
		return &Thing{"manifest", string(p.Manifest), phrase("at {time} by {worker}, on manifest {manifest}", s.moment(p.LoadedAt), s.workerName(p.LoadedBy), string(p.Manifest))}
	case p.Status == ParcelOpen || p.Status == ParcelClosed:
		return &Thing{"order", string(p.Order), phrase("order {order} at the bench", string(p.Order))}
	}
	if m := s.Manifests[p.Manifest]; m != nil && m.Closed != 0 {
		return &Thing{"manifest", string(m.ID), phrase("left at {time} on manifest {manifest}", s.moment(m.Closed), string(m.ID))}
	}
	return &Thing{"manifest", string(p.Manifest), phrase("on manifest {manifest}", string(p.Manifest))}
}

// packedBelongs says what a packed parcel waits for: its order, its pallet, its truck, or the day it is planned for.
func (s *State) packedBelongs(p *Parcel) *Thing {
	if o := s.Orders[p.Order]; o != nil && s.index.stopped.has(o.ID) {
		return &Thing{"order", string(o.ID), phrase("order {order} is held", string(o.ID))}
	}
	if on := s.Pallets[p.Pallet]; on != nil {
		return &Thing{"pallet", on.SSCC, phrase("on pallet {pallet}: scan the pallet, or take it off first", string(on.ID))}
	}
	if m := s.manifestOf(p); m != nil {
		return &Thing{"manifest", string(m.ID), phrase("{carrier}, dock {dock}", m.Carrier, m.Dock)}
	}
	if due := s.timetable(s.Now).parcel(p); due != 0 {
		return &Thing{"carrier", p.Carrier, phrase("{carrier}, {service}, collection {time}", p.Carrier, s.serviceName(p.Service), s.moment(due))}
	}
	return &Thing{"carrier", p.Carrier, phrase("for {carrier}: open a manifest", p.Carrier)}
}

// putBackBelongs says who takes the goods of a cancelled order, and where.
func (s *State) putBackBelongs(id OrderID) *Thing {
	for _, kind := range []string{"returns", "stage"} {
		best := BinCode("")
		for code, b := range s.Bins {
			if b.BinKind == kind && (best == "" || code < best) {
				best = code
			}
		}
		if best != "" {
			return &Thing{"put_back", string(id), phrase("order cancelled: hand it to put-back at {bin}", string(best))}
		}
	}
	return &Thing{"put_back", string(id), phrase("order cancelled: unpack and put back")}
}

// palletBelongs says where a pallet should be.
func (s *State) palletBelongs(p *Pallet) *Thing {
	m := s.Manifests[p.Manifest]
	switch {
	case p.Status == PalletDeparted && m != nil && m.Closed != 0:
		return &Thing{"manifest", string(m.ID), phrase("left at {time} on manifest {manifest}", s.moment(m.Closed), string(m.ID))}
	case p.Manifest != "":
		return &Thing{"manifest", string(p.Manifest), phrase("on manifest {manifest}", string(p.Manifest))}
	}
	for _, id := range s.index.manifests {
		if m := s.Manifests[id]; m.Carrier == p.Carrier {
			return &Thing{"manifest", string(m.ID), phrase("{carrier}, dock {dock}", m.Carrier, m.Dock)}
		}
	}
	return &Thing{"carrier", p.Carrier, phrase("for {carrier}: open a manifest", p.Carrier)}
}
