package floor

import "slices"

// Scans at the dock. Whatever is not for this truck is refused with where it belongs; what would go to a wrong place for
// good (a wrong truck, a cancelled order, a label that was replaced) stops the work until somebody looks.

func (j *loadJob) scan(t *turn, r *seen) *Verdict {
	n := j.next(t.State)
	switch n.Step {
	case "door":
		if r.bin == nil || r.bin.BinKind != "dock" {
			return verdict(CodeDoorFirst).scanned(r.thing()).wanted(wanted(n)).belongs(t.belongs(r))
		}
	case "vehicle", "seal":
		if r.means() == 0 {
			return j.noteScanned(t, n.Step, r)
		}
		if n.Step == "vehicle" {
			return verdict(CodeWrongKind).scanned(r.thing()).wanted(wanted(n)).belongs(t.belongs(r))
		}
	}
	switch {
	case r.bin != nil && r.bin.BinKind == "dock" && !j.Unloading:
		return j.toDoor(t, r.bin)
	case r.void != nil:
		return t.voided(r, n)
	case j.Unloading || n.Step == "unload" && r.parcel != nil && r.parcel.label() == n.Want[0].Code:
		return j.scanOff(t, r, n)
	case r.pallet != nil:
		return j.scanPallet(t, r, n)
	case r.parcel != nil:
		return j.scanParcel(t, r, n)
	}
	return verdict(CodeWrongKind).scanned(r.thing()).wanted(wanted(n)).belongs(t.belongs(r))
}

func (j *loadJob) scanParcel(t *turn, r *seen, n *Next) *Verdict {
	p := r.parcel
	code := t.notLoadable(p, r)
	if code == "" {
		code = t.notFor(p, j.Manifest)
	}
	switch {
	case code == "" && p.Pallet != "":
		code = CodeOnPallet
	case code == "" && len(j.Parcels) >= ManifestLimit:
		code = CodeTooMany
	}
	if code != "" {
		return verdict(code).scanned(r.thing()).wanted(wanted(n)).belongs(t.refusedBelongs(code, p))
	}
	t.proveRelabelled(p)
	t.emit(&ParcelOnBoard{Parcel: p.ID, Manifest: j.ID})
	return j.loaded(t, r)
}

func (j *loadJob) loaded(t *turn, r *seen) *Verdict {
	if t.expected(j.Manifest).count == 0 {
		return verdict(CodeAllLoaded).scanned(r.thing())
	}
	return verdict(CodeLoaded).scanned(r.thing())
}

// refusedBelongs is where a parcel belongs that is not taken. One that was labelled anew must show its label first.
func (s *State) refusedBelongs(code Code, p *Parcel) *Thing {
	if code == CodeUnlabelled && p.Status == ParcelPacked {
		return s.labelNow(p)
	}
	return s.parcelBelongs(p)
}

// notLoadable says why a parcel can go on no truck at all, or "".
func (s *State) notLoadable(p *Parcel, r *seen) Code {
	switch {
	case p.Status == ParcelCancelled || s.isCancelled(p.Order):
		return CodeCancelled
	case p.Status == ParcelLoaded:
		return CodeLoadedTwice
	case p.Status == ParcelOpen || p.Status == ParcelClosed:
		return CodeUnlabelled
	case p.Status != ParcelPacked:
		return CodeGone
	case p.Tracking == "" || p.Relabel && r.text == string(p.ID): // it may bear a label that is void
		return CodeUnlabelled
	}
	return ""
}

// notFor says why a packed parcel does not go with this truck, or "".
func (s *State) notFor(p *Parcel, m *Manifest) Code { return s.refusals(m)(p) }

// refusals says of packed parcels why they do not go with a truck, or "". A truck that is a little late is still its
// collection's: what is due is worked out from when it was opened, or is to leave, not from now.
func (s *State) refusals(m *Manifest) func(*Parcel) Code {
	times := s.timetable(min(s.Now, m.Created, m.Collection))
	return func(p *Parcel) Code {
		switch {
		case p.Carrier != m.Carrier:
			return CodeWrongTruck
		case s.index.stopped.has(p.Order):
			return CodeHeld
		case p.Planned != "" && p.Planned != m.ID && s.isOpen(p.Planned):
			return CodeNotPlanned
		case len(m.Services) > 0 && !oneOf(p.Service, m.Services):
			return CodeNotPlanned
		case m.Collection != 0 && p.Planned != m.ID && times.parcel(p) > m.Collection:
			return CodeNotPlanned
		}
		return ""
	}
}

func (s *State) isOpen(id ManifestID) bool {
	m := s.Manifests[id]
	return m != nil && m.Status == ManifestOpen
}

func (s *State) isCancelled(id OrderID) bool {
	o := s.Orders[id]
	return o != nil && o.Status == OrderCancelled
}

// scanPallet loads a pallet whole. One that is still open is gone on with first.
func (j *loadJob) scanPallet(t *turn, r *seen, n *Next) *Verdict {
	p := r.pallet
	refused := func(code Code) *Verdict {
		return verdict(code).scanned(r.thing()).wanted(wanted(n)).belongs(t.palletBelongs(p))
	}
	switch {
	case p.Status == PalletLoaded:
		return refused(CodeLoadedTwice)
	case p.Status == PalletDeparted:
		return refused(CodeGone)
	case p.Carrier != j.Carrier:
		return refused(CodeWrongTruck)
	case p.Status == PalletOpen:
		return j.turnToPallet(t, t.Devices[t.c.Device], p)
	case len(p.Parcels) == 0:
		return refused(CodePalletEmpty)
	case len(j.Parcels)+len(p.Parcels) > ManifestLimit:
		return refused(CodeTooMany)
	}
	if bad := t.palletTroubles(p, j.Manifest); len(bad) > 0 {
		v := verdict(CodePalletBad).scanned(r.thing()).wanted(&Thing{"parcel", bad[0].Tracking, phrase("take {parcel} off it first", bad[0].Tracking)})
		return v.belongs(t.parcelBelongs(bad[0])).qty(int64(len(bad)))
	}
	t.emit(&PalletMoved{Pallet: p.ID, Verb: "load", Manifest: j.ID})
	return j.loaded(t, r)
}

// scanOff takes a parcel or a pallet off the truck again, or says where what was taken off lies now.
func (j *loadJob) scanOff(t *turn, r *seen, n *Next) *Verdict {
	switch {
	case r.bin != nil && len(j.TakenOff) > 0:
		t.emit(&PutDown{Bin: r.bin.Code, Parcels: j.TakenOff, Manifest: j.ID})
		return verdict(CodePlacedAt).scanned(r.thing())
	case r.pallet != nil && r.pallet.Manifest == j.ID && r.pallet.Status == PalletLoaded:
		t.emit(&PalletMoved{Pallet: r.pallet.ID, Verb: "unload"})
		return verdict(CodeUnloaded).scanned(r.thing())
	case r.pallet != nil:
		return verdict(CodeNotAboard).scanned(r.thing()).wanted(wanted(n)).belongs(t.palletBelongs(r.pallet))
	case r.parcel == nil:
		return verdict(CodeWrongKind).scanned(r.thing()).wanted(wanted(n)).belongs(t.belongs(r))
	}
	p := r.parcel
	if on := t.Pallets[p.Pallet]; on != nil && on.Carrier == j.Carrier && on.waits() {
		t.emit(&PalletEmptied{Pallet: on.ID, Parcel: p.ID})
		return verdict(CodePalletOff).scanned(r.thing())
	}
	if p.Manifest != j.ID || p.Status != ParcelLoaded {
		return verdict(CodeNotAboard).scanned(r.thing()).wanted(wanted(n)).belongs(t.parcelBelongs(p))
	}
	if p.Pallet != "" {
		t.emit(&PalletEmptied{Pallet: p.Pallet, Parcel: p.ID})
		return verdict(CodePalletOff).scanned(r.thing())
	}
	t.emit(&ParcelUnloaded{Parcel: p.ID, Manifest: j.ID})
	return verdict(CodeUnloaded).scanned(r.thing())
}

// strange is a code that nobody here knows. Carriers print codes of their own beside the tracking number, for their
// sorting belts: a load says so instead of leaving the loader to guess.
func (j *loadJob) strange(t *turn, r *seen) *Thing {
	if to := t.belongs(r); to != nil {
		return to
	}
	if digits(r.text) < 8 {
		return nil
	}
	return &Thing{"label", "", phrase("perhaps a code of the carrier's own: scan the one over the tracking number")}
}

// palletWaits is true where a pallet of a carrier stands in the house, from which a parcel may have to be taken.
func (s *State) palletWaits(carrier string) bool {
	return slices.ContainsFunc(s.index.pallets, func(id PalletID) bool {
		p := s.Pallets[id]
		return p.Carrier == carrier && p.Status == PalletClosed
	})
}

func digits(s string) (n int) {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}
