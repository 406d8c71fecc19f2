package floor

import "slices"

// palletJob is the building of a pallet: parcel by parcel, then its label. Its kind is load, as all work that ends on a
// truck; its id tells it from a manifest's.
type palletJob struct{ *Pallet }

func (j *palletJob) lease() *Lease { return &j.Lease }

func (j *palletJob) orders() []OrderID          { return nil }
func (j *palletJob) begun(*State, *Event, bool) {}
func (j *palletJob) keep(s *State)              { s.savePallet(j.Pallet) }

// forPallet is the part of a load offer's id that stands for a new pallet of a carrier.
const forPallet = "pallet:"

// palletOffers are the pallets that were begun and left, and a new one where the carrier's truck is in other hands.
func palletOffers(s *State, d *Device) (out []JobOffer) {
	for _, id := range s.index.pallets {
		p := s.Pallets[id]
		if p.Status == PalletOpen && p.Lease.offeredTo(d) {
			out = append(out, JobOffer{Job: "load", ID: string(id), Title: phrase("Pallet for {carrier}", p.Carrier), Detail: string(id),
				Done: int64(len(p.Parcels)), Total: int64(len(p.Parcels) + len(s.loose(p))), Worker: s.holder(p.Lease)})
		}
	}
	for _, id := range s.index.manifests {
		m := s.Manifests[id]
		if m.Lease.held() && m.Lease.Worker != d.Worker && s.waitingFor(m.Carrier) > 1 {
			out = append(out, JobOffer{Job: "load", ID: forPallet + m.Carrier, Title: phrase("Pallet for {carrier}", m.Carrier), Detail: phrase("new pallet")})
		}
	}
	return out
}

// looseLimit is how many parcels a pallet's step names.
const looseLimit = 50

// loose are parcels that can go on a pallet: packed, of its carrier, on none yet.
func (s *State) loose(p *Pallet) (out []*Parcel) {
	list := s.index.toLoad[p.Carrier]
	if list == nil {
		return nil
	}
	no := s.palletRefusals(p)
	for _, id := range *list {
		if x := s.Parcels[id]; x.Pallet == "" && no(x) == "" {
			if out = append(out, x); len(out) == looseLimit {
				break
			}
		}
	}
	return out
}

// palletRefusals says of packed parcels why they do not belong on a pallet, or "": those of the truck it is built for,
// else of its carrier.
func (s *State) palletRefusals(p *Pallet) func(*Parcel) Code {
	if m := s.Manifests[p.Back]; m != nil && m.Status == ManifestOpen {
		return s.refusals(m)
	}
	return func(x *Parcel) Code {
		switch {
		case x.Carrier != p.Carrier:
			return CodeWrongTruck
		case s.index.stopped.has(x.Order):
			return CodeHeld
		}
		return ""
	}
}

func (j *palletJob) next(s *State) *Next {
	free := s.loose(j.Pallet)
	n := &Next{Step: "pallet", Expects: []string{"parcel"}, Want: []Want{}, Title: phrase("Pallet for {carrier}", j.Carrier), Actions: []string{"close", "leave"},
		Job: &JobView{Kind: "load", ID: string(j.ID), Done: int64(len(j.Parcels)), Total: int64(len(j.Parcels) + len(free))}}
	n.Show.Pallet = &PalletBrief{ID: j.ID, SSCC: j.SSCC, Carrier: j.Carrier, Parcels: len(j.Parcels), WeightG: s.palletWeight(j.Pallet), Place: j.Place}
	n.Show.Loaded, n.Show.Expected = len(j.Parcels), len(j.Parcels)+len(free)
	if j.Removing {
		j.removeStep(s, n)
		return n
	}
	for _, x := range free {
		if x.Tracking != "" { // else its label is still being made
			n.Want = append(n.Want, Want{"parcel", x.Tracking})
		}
	}
	n.Show.Parcels = s.dockBriefs(free)
	if len(j.Parcels) > 0 {
		n.Actions = append(n.Actions, "unload")
	}
	if len(j.Undo) > 0 {
		n.Actions = append(n.Actions, "undo")
	}
	switch {
	case len(j.Parcels) >= PalletParcelLimit, len(free) == 0 && len(j.Parcels) > 0:
		n.Want, n.Title, n.Actions, n.Show.Also = []Want{}, phrase("Close the pallet and label it"), []string{"close"}, []string{"unload", "leave"}
	case len(free) == 0:
		n.Title, n.Actions = phrase("Nothing packed for {carrier} yet", j.Carrier), []string{"leave"}
	}
	return n
}

func (j *palletJob) removeStep(s *State, n *Next) {
	n.Title, n.Actions = phrase("Scan what comes off"), []string{"load", "leave"}
	var list []*Parcel
	for _, id := range slices.Backward(j.Parcels) {
		if x := s.Parcels[id]; len(list) < looseLimit {
			n.Want, list = append(n.Want, Want{"parcel", x.Tracking}), append(list, x)
		}
	}
	n.Show.Parcels = s.dockBriefs(list)
	if len(n.Want) == 0 { // all of it is off
		n.Actions = []string{"load"}
	}
}

func (j *palletJob) scan(t *turn, r *seen) *Verdict {
	n := j.next(t.State)
	switch {
	case r.void != nil:
		return t.voided(r, n)
	case r.bin != nil && !oneOf(r.bin.BinKind, []string{"pick", "reserve"}):
		t.emit(&PutDown{Bin: r.bin.Code, Pallet: j.ID})
		return verdict(CodePlacedAt).scanned(r.thing())
	case r.parcel == nil:
		return verdict(CodeWrongKind).scanned(r.thing()).wanted(wanted(n)).belongs(t.belongs(r))
	}
	p := r.parcel
	if j.Removing {
		if p.Pallet != j.ID {
			return verdict(CodeNotAboard).scanned(r.thing()).wanted(wanted(n)).belongs(t.parcelBelongs(p))
		}
		t.emit(&PalletEmptied{Pallet: j.ID, Parcel: p.ID})
		return verdict(CodePalletOff).scanned(r.thing())
	}
	code := t.notLoadable(p, r)
	switch {
	case p.Pallet == j.ID && p.Status == ParcelPacked:
		code = CodePalletTwice
	case code == "" && p.Pallet != "":
		code = CodeOnPallet
	case code == "":
		code = t.palletRefusals(j.Pallet)(p)
	}
	if code == "" && len(j.Parcels) >= PalletParcelLimit {
		code = CodeTooMany
	}
	if code != "" {
		return verdict(code).scanned(r.thing()).wanted(wanted(n)).belongs(t.refusedBelongs(code, p))
	}
	t.proveRelabelled(p)
	t.emit(&PalletFilled{Pallet: j.ID, Parcel: p.ID})
	return verdict(CodePalletOn).scanned(r.thing())
}

func (j *palletJob) act(t *turn, a *Act) *Verdict {
	switch a.Action {
	case "close", "finish":
		return j.close(t, a.WeightG)
	case "leave":
		return j.leave(t)
	case "unload":
		if len(j.Parcels) == 0 {
			return verdict(CodePalletEmpty).wanted(wanted(j.next(t.State)))
		}
		t.emit(&UnloadTurned{Pallet: j.ID, Off: true})
		return verdict(CodeUnloadNext)
	case "load":
		t.emit(&UnloadTurned{Pallet: j.ID})
		return verdict(CodeLoadNext)
	case "undo":
		if len(j.Undo) == 0 {
			return verdict(CodeNoUndo)
		}
		last := j.Undo[len(j.Undo)-1]
		t.emit(&PalletEmptied{Pallet: j.ID, Parcel: last})
		return verdict(CodeUndone).scanned(&Thing{"parcel", string(last), ""})
	}
	return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
}

// close ends a pallet: its label says how many parcels stand on it. Then the load goes on that it was built for.
func (j *palletJob) close(t *turn, grossG int64) *Verdict {
	if len(j.Parcels) == 0 {
		return verdict(CodePalletEmpty).wanted(wanted(j.next(t.State)))
	}
	if grossG < 0 || grossG > 100*WeightLimitG {
		return verdict(CodeBadWeight).wanted(&Thing{"weight", "", phrase("grams, from 1")})
	}
	t.emit(&PalletMoved{Pallet: j.ID, Verb: "close", GrossG: grossG})
	t.backToLoad(j.Back)
	return verdict(CodePalletDone).scanned(&Thing{"pallet", string(j.ID), j.SSCC}).qty(int64(len(j.Parcels)))
}

// leave puts a pallet aside; one with nothing on it is no more.
func (j *palletJob) leave(t *turn) *Verdict {
	if len(j.Parcels) == 0 {
		t.emit(&PalletMoved{Pallet: j.ID, Verb: "drop"})
	} else {
		t.emit(&PalletLeft{Pallet: j.ID})
	}
	t.backToLoad(j.Back)
	return verdict(CodeLeft)
}

// backToLoad has the device go on with the load that a pallet was built for, where nobody else took it up.
func (t *turn) backToLoad(id ManifestID) {
	if m := t.Manifests[id]; m != nil && m.Status == ManifestOpen && !m.Lease.held() {
		t.emit(&JobTaken{Job: JobRef{"load", string(id)}, Same: true})
	}
}

// beginPallet turns a load to a new pallet for it.
func (j *loadJob) beginPallet(t *turn) *Verdict {
	if len(t.index.pallets) >= PalletLimit {
		return verdict(CodeTooMany).wanted(wanted(j.next(t.State)))
	}
	t.emit(&ManifestLeft{Manifest: j.ID})
	p := t.newPallet(Pallet{Carrier: j.Carrier, Back: j.ID})
	t.emit(&JobTaken{Job: p.ref(), Same: true})
	return verdict(CodePalletOpen).scanned(&Thing{"pallet", string(p.ID), p.SSCC})
}

// turnToPallet has the device of a load take up a pallet that somebody began.
func (j *loadJob) turnToPallet(t *turn, d *Device, p *Pallet) *Verdict {
	if p.Lease.held() && p.Lease.Worker != d.Worker && !t.rolesOn(d).any(RoleLead|RoleAdmin) {
		return verdict(CodeNotYours).belongs(&Thing{"worker", string(p.Lease.Worker), phrase("{worker} has it", t.workerName(p.Lease.Worker))}).overridable()
	}
	t.emit(&ManifestLeft{Manifest: j.ID})
	t.emit(&PalletMoved{Pallet: p.ID, Verb: "take", Manifest: j.ID})
	t.emit(&JobTaken{Job: p.ref()})
	return verdict(CodePalletOpen).scanned(&Thing{"pallet", string(p.ID), p.SSCC})
}
