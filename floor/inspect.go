package floor

import "slices"

// inspectJob is the returns bench: a return's units one by one, each with its questions, its verdict and its bin.
type inspectJob struct{ *Return }

func init() {
	works = append(works, work{
		kind: "inspect", roles: RoleInspector | RoleLead | RoleAdmin, devices: []string{"returns", "handheld"},
		find: func(s *State, id string) job {
			if r := s.Returns[ReturnID(id)]; r != nil {
				return &inspectJob{r}
			}
			return nil
		},
		offers: inspectOffers, start: startInspect, opens: openInspect,
	})
}

func (j *inspectJob) ref() JobRef                { return JobRef{"inspect", string(j.ID)} }
func (j *inspectJob) lease() *Lease              { return &j.Lease }
func (j *inspectJob) orders() []OrderID          { return nil }
func (j *inspectJob) begun(*State, *Event, bool) { j.Due, j.Odd, j.Asked = nil, "", false }
func (j *inspectJob) keep(s *State)              { s.saveReturn(j.Return) }

func inspectOffers(s *State, d *Device) (out []JobOffer) {
	for _, id := range s.index.returns {
		r := s.Returns[id]
		if len(out) == OfferLimit || !r.Lease.offeredTo(d) {
			continue
		}
		v := (&inspectJob{r}).view(s)
		out = append(out, JobOffer{Job: "inspect", ID: string(id), Title: phrase("Return {return}", string(id)), Detail: string(r.Order), Done: v.Done, Total: v.Total, Worker: s.holder(r.Lease)})
	}
	if s.returnsPlace() != "" {
		out = append(out, JobOffer{Job: "inspect", ID: blind, Title: phrase("A return that nobody announced")})
	}
	return out
}

// returnsPlace is where units stand until their verdict: a returns bin, else where goods come in, else quarantine.
func (s *State) returnsPlace() Place {
	for _, bins := range []sorted[BinCode]{s.index.returnBins, s.index.doors, s.index.quarantines} {
		if len(bins) > 0 {
			return InBin(bins[0])
		}
	}
	return ""
}

// startInspect goes on with the return named, or opens one that nobody announced; without a name, the one that began first.
func startInspect(t *turn, d *Device, a *Act) (job, *Verdict) {
	if a.ID == blind {
		return t.inspectNew(nil)
	}
	if r := t.Returns[ReturnID(a.ID)]; r != nil && r.live() {
		return t.inspect(r)
	}
	if a.ID != "" {
		return nil, verdict(CodeNoWork).wanted(&Thing{"return", a.ID, phrase("no such return is open")})
	}
	for _, mine := range []bool{true, false} {
		for _, id := range t.index.returns {
			if r := t.Returns[id]; mine && r.Lease.Worker == d.Worker || !mine && !r.Lease.held() {
				return t.inspect(r)
			}
		}
	}
	return nil, verdict(CodeNoWork)
}

// inspect is the job of a return, with a place for its units.
func (t *turn) inspect(r *Return) (job, *Verdict) {
	if t.Bins[r.Place.Bin()] != nil {
		return &inspectJob{r}, nil
	}
	place := t.returnsPlace()
	if place == "" {
		return nil, verdict(CodeNotReady).wanted(&Thing{"bin", "", phrase("a bin of kind returns, where units stand until their verdict: have one set up")})
	}
	t.emit(&ReturnDue{Return: r.ID, Place: place})
	return &inspectJob{r}, nil
}

func (t *turn) inspectNew(o *Order) (job, *Verdict) {
	if t.returnsPlace() == "" {
		return nil, verdict(CodeNotReady).wanted(&Thing{"bin", "", phrase("a bin of kind returns, where units stand until their verdict: have one set up")})
	}
	return t.inspect(t.Returns[t.openReturn(&NewReturn{By: "bench"}, o)])
}

// openInspect finds a return by whatever is on it: its own code, its order, its parcel, or an item that one is to bring.
func openInspect(t *turn, d *Device, r *seen) (job, *Verdict) {
	o := r.order
	if r.parcel != nil && r.parcel.Left() {
		o = t.Orders[r.parcel.Order]
	}
	switch {
	case r.ret != nil && r.ret.live():
		return t.inspect(r.ret)
	case r.ret != nil:
		return nil, verdict(CodeGone).belongs(&Thing{"return", string(r.ret.ID), phrase("all of it is judged")})
	case o != nil && o.hasShipped():
		for _, id := range t.index.returnsOf[o.ID] {
			if back := t.Returns[id]; back.live() {
				return t.inspect(back)
			}
		}
		return t.inspectNew(o)
	case r.item != nil && d.DeviceKind == "returns":
		return t.inspectItem(r.item)
	}
	return nil, nil
}

// foundBack finds a return by a code that says nothing elsewhere: what a shop calls it, or a serial that was sent.
func (s *State) foundBack(d *Device, r *seen) {
	if r.bad != CodeUnknown || d.DeviceKind != "returns" {
		return
	}
	if r.ret = s.Returns[s.index.returnsExt[r.text]]; r.ret == nil {
		r.order = s.orderSentWith(r.text)
	}
	if r.ret != nil || r.order != nil {
		r.bad = ""
	}
}

// orderSentWith is the order that a serial left with, where its parcel is still known and no other of that serial left: at
// the returns bench a unit's own number says whose it is.
func (s *State) orderSentWith(serial string) (found *Order) {
	if serial == "" {
		return nil
	}
	for _, p := range s.Parcels {
		if !p.Left() || !slices.ContainsFunc(p.Units, func(u ParcelUnit) bool { return u.Key.Serial == serial || u.Serial == serial }) {
			continue
		}
		if found != nil && found.ID != p.Order {
			return nil
		}
		found = s.Orders[p.Order]
	}
	return found
}

// inspectItem opens the one return that waits for an item. Two of them are told apart by their codes, not guessed; none
// makes one that nobody announced.
func (t *turn) inspectItem(it *Item) (job, *Verdict) {
	var waiting []*Return
	for _, id := range t.index.returns {
		r := t.Returns[id]
		if slices.ContainsFunc(r.Units, func(u ReturnUnit) bool { return u.SKU == it.SKU && u.Status == UnitExpected }) {
			waiting = append(waiting, r)
		}
	}
	switch len(waiting) {
	case 0:
		return t.inspectNew(nil)
	case 1:
		return t.inspect(waiting[0])
	}
	return nil, verdict(CodeWhichReturn).wanted(&Thing{"return", string(waiting[0].ID), phrase("the code of the return, its parcel or its order")})
}

// The next step.

func (j *inspectJob) view(*State) *JobView {
	done := j.count(UnitDisposed)
	return &JobView{Kind: "inspect", ID: string(j.ID), Done: done, Total: done + j.count(UnitExpected) + j.count(UnitArrived) + j.count(UnitGraded)}
}

func (j *inspectJob) next(s *State) *Next {
	n := &Next{Job: j.view(s), Want: []Want{}, Expects: []string{}, Actions: []string{"leave"}}
	if len(j.Steps) > 0 {
		n.Actions = []string{"undo", "leave"}
	}
	n.Show.Bin, n.Show.Order = j.Place.Bin(), j.Order
	u := j.inHand()
	switch {
	case j.Asked:
		n.Step, n.Title, n.Actions = "finish", phrase("Return {return}", string(j.ID)), []string{}
		n.Ask = &Ask{ID: "rest", Text: phrase("Not all of it is here. Does the rest come later?"), Kind: "choice",
			Options: []Option{{"later", phrase("Yes, the rest comes later")}, {"all", phrase("No, that is all of it")}}}
	case j.Odd != "":
		j.oddStep(s, n)
	case j.Due != nil:
		j.dueStep(s, n)
	case u == nil:
		j.itemStep(s, n)
	default:
		j.unitStep(s, n, u)
	}
	return n
}

// oddStep asks whether a unit that is not what was sent is taken in all the same.
func (j *inspectJob) oddStep(s *State, n *Next) {
	n.Step, n.Title, n.Actions, n.Show.Item, n.Show.Serial, n.Show.Lot = "odd", phrase("Look again"), []string{}, s.Items[j.Due.SKU].brief(), j.Due.Serial, j.Due.Lot
	text := phrase("This serial was not sent with this order: {serial}", j.Due.Serial)
	if j.Odd == OddLot {
		text = phrase("This lot was not sent with this order: {lot}", j.Due.Lot)
	}
	n.Ask = &Ask{ID: "odd", Text: text, Kind: "choice", Options: []Option{{"again", phrase("I scan it again")}, {"take", phrase("It is so: take it in and tell a lead")}}}
}

// dueStep asks for the lot, the day or the serial of the unit in the hand; what this customer got is what is wanted.
func (j *inspectJob) dueStep(s *State, n *Next) {
	it, u := s.Items[j.Due.SKU], j.Due
	n.Show.Item, n.Show.Qty, n.Show.Lot = it.brief(), 1, u.Lot
	n.Actions = []string{"undo", "leave"}
	example := Want{"serial", s.newSerial(u.SKU, string(j.ID), int64(len(j.Units)+1))}
	switch {
	case it.Tracking == "serial":
		n.Step, n.Title = "serial", phrase("Scan the serial")
	case it.Tracking == "lot" && u.Lot == "":
		n.Step, n.Title, example = "lot", phrase("Which lot?"), Want{"lot", "L" + withoutDashes(s.Now.Day())}
	default:
		n.Step, n.Title, example = "expiry", phrase("Best before? Year, month, day: 2027-03-31"), Want{"expiry", s.Now.plus(365 * DayMS).Day()}
	}
	n.Expects = []string{n.Step}
	for _, k := range j.sentLeft(s, it.SKU) {
		if code := map[string]string{"serial": k.Serial, "lot": k.Lot, "expiry": k.Expiry}[n.Step]; code != "" && len(n.Want) < 20 && (n.Step != "expiry" || k.Lot == u.Lot) {
			n.Want = append(n.Want, Want{n.Step, code})
		}
	}
	if len(n.Want) == 0 {
		n.Want = []Want{example}
	}
}

func withoutDashes(day string) string { return day[:4] + day[5:7] + day[8:] }

// sentLeft are the lots, days and serials that this customer got of an item, without the serials that are back, be it by a
// return that nobody knew whose it was.
func (j *inspectJob) sentLeft(s *State, sku SKU) []StockKey {
	o := s.Orders[j.Order]
	if o == nil {
		return nil
	}
	back := s.unitsBack(o, sku)
	return slices.DeleteFunc(s.sentKeys(o, sku), func(k StockKey) bool {
		return k.Serial != "" && (s.serialHere(sku, k.Serial) || slices.ContainsFunc(back, func(u *ReturnUnit) bool { return u.Serial == k.Serial }))
	})
}

func (j *inspectJob) itemStep(s *State, n *Next) {
	n.Step, n.Expects, n.Title = "item", []string{"item"}, phrase("Scan what came back")
	n.Actions = append([]string{"finish"}, n.Actions...)
	for i, l := range j.Lines {
		var open, done int64
		for _, u := range j.Units {
			switch {
			case u.Line != i+1:
			case u.Status == UnitExpected:
				open++
			case u.Status == UnitDisposed:
				done++
			}
		}
		it := s.Items[l.SKU]
		if len(n.Show.Lines) < 20 {
			n.Show.Lines = append(n.Show.Lines, LineBrief{l.SKU, it.Name, l.Qty, done})
		}
		if open > 0 && len(n.Want) < 20 {
			n.Want = append(n.Want, s.unitWants(it)[0])
		}
	}
	if o := s.Orders[j.Order]; o != nil && len(j.Lines) == 0 {
		j.sentWants(s, n, o)
	}
	switch {
	case len(n.Want) == 0 && len(j.Units) > 0:
		n.Step, n.Title, n.Actions = "finish", phrase("All of it is judged: finish, or scan what else came"), []string{"finish"}
	case len(n.Want) == 0: // anything may have come, or nothing
		n.Actions = []string{"finish"}
	}
}

// sentWants are the items that may be in a parcel that nobody announced: what was sent and is not back.
func (j *inspectJob) sentWants(s *State, n *Next, o *Order) {
	seen := map[SKU]bool{}
	for _, l := range o.Lines {
		left := s.returnable(o, l.SKU)
		if it := s.Items[l.SKU]; !seen[l.SKU] && it != nil && left > 0 && len(n.Want) < 20 {
			var back int64
			for _, u := range j.Units {
				if u.SKU == l.SKU && u.Status == UnitDisposed {
					back++
				}
			}
			n.Want = append(n.Want, s.unitWants(it)[0])
			n.Show.Lines = append(n.Show.Lines, LineBrief{l.SKU, it.Name, left + back, back})
		}
		seen[l.SKU] = true
	}
}

// unitStep asks about the unit in the hand: its questions, what becomes of it, and where it is put.
func (j *inspectJob) unitStep(s *State, n *Next, u *ReturnUnit) {
	it := s.Items[u.SKU]
	n.Show.Item, n.Show.Qty, n.Show.Lot, n.Show.Expiry, n.Show.Serial = it.brief(), 1, u.Lot, u.Expiry, u.Serial
	n.Show.Also, n.Show.Unit, n.Show.Photos = []string{"photo"}, u.N, len(u.Photos)
	switch {
	case u.Status == UnitArrived:
		tree := s.ReturnPolicy().tree(it)
		q, _ := walk(tree, u.Answers)
		if q == nil {
			q = &tree[len(tree)-1]
		}
		n.Step, n.Title = "question", it.Name
		n.Ask = &Ask{ID: q.ID, Text: questionText(*q), Kind: "choice", Options: []Option{{"yes", phrase("Yes")}, {"no", phrase("No")}}}
	case u.Disposition == "":
		n.Step, n.Title = "verdict", phrase("Grade {grade}", u.Grade)
		n.Ask = &Ask{ID: "verdict", Text: phrase("What becomes of it?"), Kind: "choice"}
		for _, d := range s.dispositionsFor(u) {
			n.Ask.Options = append(n.Ask.Options, Option{d, dispositionText(d)})
		}
	default:
		n.Step, n.Expects, n.Title = "bin", []string{"bin"}, dispositionText(u.Disposition)
		n.Show.Why = phrase("Grade {grade}", u.Grade)
		bins := s.binsFor(u, u.Disposition)
		for _, b := range bins {
			n.Want = append(n.Want, Want{"bin", s.binCode(b)})
		}
		if n.Show.Bin = ""; len(bins) > 0 {
			n.Title, n.Show.Bin, n.Show.Note = string(bins[0]), bins[0], dispositionText(u.Disposition)
		}
	}
}

// dispositionsFor is what may become of a unit, what the policy says first. Where its place does not exist the next one
// stands in. Nothing more sellable than the grade allows is among them, and what is odd or spoilt is not sold at all.
func (s *State) dispositionsFor(u *ReturnUnit) (out []string) {
	it := s.Items[u.SKU]
	spoilt := s.spoilt(it, u.Expiry)
	allowed := s.ReturnPolicy().grade(u.Grade).Dispositions
	first := len(Dispositions)
	for _, d := range allowed {
		first = min(first, slices.Index(Dispositions, d))
	}
	for _, d := range append(slices.Clone(allowed), Dispositions[first:]...) {
		sold := d == Restock || d == Refurbish
		if slices.Contains(out, d) || sold && (spoilt || u.suspect()) || d == Restock && !slices.Contains(allowed, Restock) || d != ScrapIt && len(s.binsFor(u, d)) == 0 {
			continue
		}
		out = append(out, d)
	}
	return out
}

// binsFor are the bins for what becomes of a unit. A house that has none for what is to be refurbished or to go to its
// vendor does not do so; what is kept apart stays where it stands where there is no quarantine.
func (s *State) binsFor(u *ReturnUnit, disposition string) (out []BinCode) {
	for _, b := range s.ReturnPolicy().Bins {
		if b.Disposition == disposition && s.Bins[b.Bin] != nil {
			out = append(out, b.Bin)
		}
	}
	if len(out) > 0 {
		return firstBins(out)
	}
	here := u.Place.Bin()
	switch disposition {
	case Restock:
		out = append(slices.Clone(s.index.returnBins), s.index.doors...)
		if len(out) == 0 {
			out, _ = s.homeFor(u.key(), 1)
		}
		if i := slices.Index(out, here); i > 0 { // where it stands already
			out = append([]BinCode{here}, slices.Delete(out, i, i+1)...)
		}
	case Quarantine:
		for _, b := range s.index.quarantines {
			if !slices.ContainsFunc(s.ReturnPolicy().Bins, func(d DispositionBin) bool { return d.Bin == b }) {
				out = append(out, b)
			}
		}
		if len(out) == 0 && here != "" {
			out = []BinCode{here}
		}
	}
	return firstBins(out)
}

// key is a unit as stock for sale, where it stands.
func (u *ReturnUnit) key() StockKey {
	return StockKey{Place: u.Place, SKU: u.SKU, Lot: u.Lot, Expiry: u.Expiry, Serial: u.Serial}
}
