package floor

import "slices"

// An order may go into several parcels that stand open side by side. One of them is the present one: what is scanned
// goes into it. Another becomes the present one by its own code or by a parcel card; units are moved into the present
// one, never out of it, so that there is one thing to look at.

// OpenLimit is how many parcels one order may have.
const OpenLimit = 50

// splits are the actions on several parcels that are open now.
func (j *packJob) splits(s *State, p *Parcel) (list []string) {
	if len(s.index.quarantines) > 0 {
		list = append(list, "damaged")
	}
	if p == nil {
		return list
	}
	if p.units() > 0 {
		list = append(list, "new", "nest")
	}
	if len(j.others(s, true)) > 0 {
		list = append(list, "move", "merge")
	}
	return list
}

// others are the open parcels of the order beside the present one; filled leaves out those that hold nothing.
func (j *packJob) others(s *State, filled bool) (out []*Parcel) {
	for _, id := range s.Orders[j.Order].Parcels {
		p := s.Parcels[id]
		if p != nil && p.ID != j.Parcel && p.Status == ParcelOpen && (!filled || p.units() > 0) {
			out = append(out, p)
		}
	}
	return out
}

func (p *Parcel) name() string { return phrase("Parcel {n}", itoa(int64(p.N))) }

// newParcel opens a further parcel; the present one stays open beside it.
func (j *packJob) newParcel(t *turn, p *Parcel) *Verdict {
	switch {
	case p == nil || p.units() == 0:
		return verdict(CodeEmptyParcel)
	case p.Status != ParcelOpen:
		return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
	case len(t.Orders[j.Order].Parcels) >= OpenLimit:
		return verdict(CodeBadArgs).wanted(&Thing{"parcel", "", phrase("at most {count} parcels for an order: merge some", itoa(OpenLimit))})
	}
	t.openParcel(t.Orders[j.Order], p.ID)
	t.suggest(j.Order)
	return verdict(CodeParcelNew).belongs(&Thing{"parcel", string(j.Parcel), j.parcel(t.State).name()})
}

// openParcel begins a parcel, beside one that stays open or alone. Its number is the lowest that no other has.
func (t *turn) openParcel(o *Order, beside ParcelID) {
	n, taken := 1, t.numbersOf(o, true)
	for taken[n] {
		n++
	}
	t.emit(&ParcelOpened{Parcel: ParcelID(t.following("parcel", "P-%06d", 0)), Order: o.ID, Beside: beside, N: n})
}

// scanParcel makes an open parcel of the order the present one, where a step lets the packer turn to another.
func (j *packJob) scanParcel(t *turn, r *seen, n *Next) *Verdict {
	p := r.parcel
	if p == nil || p.Order != j.Order || p.Status != ParcelOpen || !oneOf(n.Step, []string{"item", "move", "damaged", "carton", "check", "weigh"}) {
		return nil
	}
	return j.choose(t, p).scanned(r.thing())
}

func (j *packJob) choose(t *turn, p *Parcel) *Verdict {
	if p.ID != j.Parcel {
		t.emit(&ParcelChosen{Order: j.Order, Parcel: p.ID, Was: j.Parcel})
		t.suggest(j.Order)
	}
	return verdict(CodeParcelNow).belongs(&Thing{"parcel", string(p.ID), p.name()})
}

// parcelCard takes a card "parcel 2": the answer where it is asked which parcel, else it becomes the present one.
func (j *packJob) parcelCard(t *turn, a *Act) *Verdict {
	for _, p := range append(j.others(t.State, false), j.parcel(t.State)) {
		if p == nil || int64(p.N) != a.Qty || p.Status != ParcelOpen {
			continue
		}
		if j.Mode == ModeMerge || j.Mode == ModeNest {
			return j.answerParcel(t, string(p.ID))
		}
		return j.choose(t, p)
	}
	return verdict(CodeBadArgs).wanted(&Thing{"parcel", "", phrase("an open parcel of this order")})
}

// mustMove is true of an empty parcel into which nothing can go but what lies in another one.
func (j *packJob) mustMove(s *State, o *Order, p *Parcel) bool {
	return p != nil && p.Status == ParcelOpen && p.units() == 0 && j.open(o) == nil && len(j.others(s, true)) > 0
}

func (j *packJob) moveStep(s *State, n *Next, o *Order) {
	n.Step, n.Expects, n.Title = "move", []string{"item", "serial"}, phrase("Scan the unit to move into {parcel}", j.parcel(s).name())
	for _, p := range j.others(s, true) {
		for _, u := range p.Units {
			if u.Inner == "" && len(n.Want) < 20 {
				n.Want = append(n.Want, s.wantOf(u))
			}
		}
	}
	if len(n.Want) == 0 { // all of it is in inner packs, which are not opened: on with the parcel they are in
		n.Expects, n.Title = []string{"parcel"}, phrase("Scan the parcel to go on with")
		for _, p := range j.others(s, true) {
			n.Want = append(n.Want, Want{"parcel", string(p.ID)})
		}
	}
}

// wantOf is the code of a unit that lies in a parcel.
func (s *State) wantOf(u ParcelUnit) Want {
	if serial := u.view().Serial; serial != "" {
		return Want{"serial", serial}
	}
	it := s.Items[u.Key.SKU]
	if it.byLot() && u.Key.Lot != "" {
		wants, _ := s.lotWants(it, u.Key, false)
		return wants[0]
	}
	return s.unitWants(it)[0]
}

// startMove lets the next scan take a unit out of another open parcel.
func (j *packJob) startMove(t *turn, p *Parcel) *Verdict {
	if p == nil || p.Status != ParcelOpen || len(j.others(t.State, true)) == 0 {
		return verdict(CodeNoOther)
	}
	t.emit(&BenchAsked{Order: j.Order, Mode: ModeMove})
	return verdict(CodeMoveNext)
}

func (j *packJob) scanMove(t *turn, r *seen, n *Next) *Verdict {
	for _, p := range j.others(t.State, true) {
		for _, u := range p.Units {
			if u.Inner != "" || !r.isUnit(u) {
				continue
			}
			if r.qty > u.Qty {
				return verdict(CodeTooMany).scanned(r.thing()).wanted(&Thing{"qty", itoa(u.Qty), phrase("only {count} more", itoa(u.Qty))})
			}
			j.moveUnits(t, p, []ParcelUnit{u.part(max(r.qty, 1))})
			return verdict(CodeMoved).scanned(r.thing()).qty(max(r.qty, 1)).belongs(&Thing{"parcel", string(p.ID), p.name()})
		}
	}
	if r.item == nil && len(r.units) == 0 {
		return j.elsewhere(t, r, n)
	}
	return verdict(CodeNotInOther).scanned(r.thing()).wanted(wanted(n))
}

// isUnit is true of a scan that names units such as these.
func (r *seen) isUnit(u ParcelUnit) bool {
	v := u.view()
	if r.item != nil && r.item.SKU != v.SKU { // another item may have the same serial
		return false
	}
	if v.Serial != "" {
		return r.serial == v.Serial || r.text == v.Serial
	}
	return r.item != nil && (r.lot == "" || v.Lot == "" || r.lot == v.Lot) && (r.expiry == "" || v.Expiry == "" || r.expiry == v.Expiry)
}

// part is some of several units, with their share of what was weighed and of what nobody looked at.
func (u ParcelUnit) part(qty int64) ParcelUnit {
	p := u
	p.Qty = qty
	p.Weighed = max(0, u.Weighed-(u.Qty-qty))
	p.Unverified = max(0, u.Unverified-(u.Qty-qty))
	if p.WeighedG = 0; u.Weighed > 0 {
		p.WeighedG = u.WeighedG * p.Weighed / u.Weighed
	}
	return p
}

// moveUnits moves units of another parcel into the present one.
func (j *packJob) moveUnits(t *turn, from *Parcel, units []ParcelUnit) {
	b := &UnitsMoved{Order: j.Order, From: from.ID, To: j.Parcel, Units: units}
	for _, u := range units {
		b.Moves = append(b.Moves, Movement{Key: u.Key.at(InParcel(from.ID)), To: InParcel(j.Parcel), Qty: u.Qty, Reason: "move"})
	}
	t.emit(b)
	t.suggest(j.Order)
}

// merge puts all of another open parcel into the present one.
func (j *packJob) merge(t *turn, p *Parcel) *Verdict {
	others := j.others(t.State, true)
	switch {
	case p == nil || p.Status != ParcelOpen || len(others) == 0:
		return verdict(CodeNoOther)
	case len(others) > 1:
		t.emit(&BenchAsked{Order: j.Order, Mode: ModeMerge})
		return verdict(CodeAsked)
	}
	return j.mergeFrom(t, others[0])
}

func (j *packJob) mergeFrom(t *turn, from *Parcel) *Verdict {
	units := from.units()
	j.moveUnits(t, from, slices.Clone(from.Units))
	return verdict(CodeMerged).qty(units).belongs(&Thing{"parcel", string(from.ID), from.name()})
}

// nest makes the present parcel an inner pack of an outer one, a new one where none is open.
func (j *packJob) nest(t *turn, p *Parcel) *Verdict {
	if p == nil || p.Status != ParcelOpen || p.units() == 0 {
		return verdict(CodeEmptyParcel)
	}
	for _, u := range p.Units {
		if u.Inner != "" { // two deep is as deep as a customs clerk looks
			return verdict(CodeBadArgs).wanted(&Thing{"parcel", "", phrase("a parcel without inner packs")})
		}
	}
	switch others := j.others(t.State, false); len(others) {
	case 0:
		t.openParcel(t.Orders[j.Order], p.ID)
		return j.nestInto(t, p, j.parcel(t.State), true)
	case 1:
		return j.nestInto(t, p, others[0], false)
	}
	t.emit(&BenchAsked{Order: j.Order, Mode: ModeNest})
	return verdict(CodeAsked)
}

func (j *packJob) nestInto(t *turn, inner, outer *Parcel, opened bool) *Verdict {
	b := &ParcelNested{Order: j.Order, Inner: inner.ID, Outer: outer.ID, Opened: opened, Spare: true}
	for _, u := range inner.Units {
		b.Moves = append(b.Moves, Movement{Key: u.Key.at(InParcel(inner.ID)), To: InParcel(outer.ID), Qty: u.Qty, Reason: "nest"})
	}
	t.emit(b)
	t.suggest(j.Order)
	return verdict(CodeNested).scanned(&Thing{"parcel", string(inner.ID), string(inner.ID)}).belongs(&Thing{"parcel", string(outer.ID), outer.name()})
}

// answerParcel takes the answer to which parcel is merged, or which is the outer one.
func (j *packJob) answerParcel(t *turn, value string) *Verdict {
	for _, p := range j.others(t.State, j.Mode == ModeMerge) {
		if string(p.ID) != value {
			continue
		}
		if j.Mode == ModeMerge {
			return j.mergeFrom(t, p)
		}
		return j.nestInto(t, j.parcel(t.State), p, false)
	}
	return verdict(CodeBadArgs).wanted(&Thing{"parcel", "", phrase("an open parcel of this order")})
}

// reopen opens a closed parcel again before its label is proved. The label, which may be on paper already, is void.
func (j *packJob) reopen(t *turn, p *Parcel) *Verdict {
	if p == nil || p.Status != ParcelClosed {
		return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
	}
	was := p.Tracking
	t.dropPurchase(p)
	t.emit(&ParcelMoved{Parcel: p.ID, Verb: "reopen"})
	t.suggest(j.Order)
	return verdict(CodeReopened).belongs(&Thing{"parcel", string(p.ID), was})
}

// another turns to the next open parcel when one is proved. It says whether there is one. Those that hold nothing, and
// that nothing is left for, are no parcels.
func (j *packJob) another(t *turn) bool {
	if filled := j.others(t.State, true); len(filled) > 0 {
		t.emit(&ParcelChosen{Order: j.Order, Parcel: filled[0].ID})
		return true
	}
	if empty := j.others(t.State, false); len(empty) > 0 && j.open(t.Orders[j.Order]) != nil {
		t.emit(&ParcelChosen{Order: j.Order, Parcel: empty[0].ID})
		return true
	}
	j.dropEmpty(t)
	return false
}

// dropEmpty gives up parcels that hold nothing when nothing is left to go into them.
func (j *packJob) dropEmpty(t *turn) {
	for _, p := range j.others(t.State, false) {
		if p.units() == 0 {
			t.emit(&ParcelDropped{Order: j.Order, Parcel: p.ID, Spare: true})
		}
	}
}

// tidy ends an empty present parcel that nothing can go into any more: what was to be in it is missing or damaged.
func (j *packJob) tidy(t *turn) {
	p := j.parcel(t.State)
	if p == nil || p.Status != ParcelOpen || p.units() > 0 || j.open(t.Orders[j.Order]) != nil || len(j.others(t.State, true)) > 0 {
		return
	}
	j.dropEmpty(t)
	t.emit(&ParcelDropped{Order: j.Order, Parcel: p.ID, Spare: true})
}
