package floor

import "fmt"

// Orders of one unit are picked as a batch into one tote and need no wall: a bench takes the tote, and whichever unit is
// scanned finds the most urgent order that wants it. Several benches may draw from one tote; each unit is drawn once.

// Singles is a bench that draws single units from a batch's tote.
type Singles struct {
	List   PickListID `cbor:"1,keyasint"`
	Tote   ToteCode   `cbor:"2,keyasint"`
	Lease  Lease      `cbor:"3,keyasint"`
	Unsure *Unsure    `cbor:"4,keyasint,omitempty"` // a unit whose lot is asked for
}

// singlesJob is that work at one bench; its id is the bench's.
type singlesJob struct {
	*Singles
	device DeviceID
}

func init() {
	works = append(works, work{
		kind: "singles", roles: RolePacker | RoleLead | RoleAdmin, devices: []string{"bench"},
		find: findSingles, offers: singlesOffers, start: startSingles, opens: openSingles,
	})
}

func findSingles(s *State, id string) job {
	if d := s.Devices[DeviceID(id)]; d != nil && d.Singles != nil {
		return &singlesJob{d.Singles, d.ID}
	}
	return nil
}

func (j *singlesJob) ref() JobRef   { return JobRef{"singles", string(j.device)} }
func (j *singlesJob) lease() *Lease { return &j.Lease }

func (j *singlesJob) orders() []OrderID          { return nil }
func (j *singlesJob) begun(*State, *Event, bool) {}
func (j *singlesJob) keep(s *State)              { s.touch(TableDevice, string(j.device)) }

func singlesOffers(s *State, _ *Device) (out []JobOffer) {
	for _, id := range s.index.sortings {
		x := s.Sortings[id]
		if len(out) == OfferLimit || x.Lease.held() || !s.onlySingles(id) {
			continue
		}
		done, total := s.sortProgress(x)
		out = append(out, JobOffer{Job: "singles", ID: string(id), Title: string(id), Done: done, Total: total,
			Detail: phrase("orders: {orders}, tote {tote}", fmt.Sprint(len(s.PickLists[id].Totes)), string(x.Tote))})
	}
	return out
}

// onlySingles is true of a batch whose units left in the tote each are all of their order.
func (s *State) onlySingles(id PickListID) bool {
	l, some := s.PickLists[id], false
	for i := range l.Lines {
		p := &l.Lines[i]
		if p.unsorted() == 0 {
			continue
		}
		if o := s.Orders[p.Order]; o == nil || o.unitsOf() != 1 {
			return false
		}
		some = true
	}
	return some
}

// unitsOf is how many units of an order are picked or still sought.
func (o *Order) unitsOf() (n int64) {
	for _, l := range o.Lines {
		n += l.Picked + l.Reserved
	}
	return n
}

func startSingles(t *turn, d *Device, a *Act) (job, *Verdict) {
	for _, id := range t.index.sortings {
		if (a.ID == "" || a.ID == string(id)) && !t.Sortings[id].Lease.held() && t.onlySingles(id) {
			return t.drawFrom(d, id), nil
		}
	}
	return nil, verdict(CodeNoWork)
}

// openSingles begins with a batch's tote, or with a unit: of whatever tote it is, its order is found.
func openSingles(t *turn, d *Device, r *seen) (job, *Verdict) {
	if r.tote != nil && t.Sortings[r.tote.List] != nil && t.onlySingles(r.tote.List) {
		x := t.Sortings[r.tote.List]
		if x.Lease.held() {
			return nil, verdict(CodeNotYours).belongs(&Thing{"worker", string(x.Lease.Worker), phrase("{worker} has it", t.workerName(x.Lease.Worker))})
		}
		return t.drawFrom(d, x.List), nil
	}
	if r.item == nil && len(r.units) == 0 {
		return nil, nil
	}
	list, line := t.urgentSingle(r)
	whole := t.pickedSingle(r)
	switch {
	case line != nil && (whole == nil || !urgent(whole, t.Orders[line.Order])):
		return nil, t.drawSingle(d, t.drawFrom(d, list), line, r)
	case whole != nil:
		return nil, t.packSingle(d, whole, r)
	}
	return nil, nil
}

func (t *turn) drawFrom(d *Device, id PickListID) *singlesJob {
	t.emit(&SinglesSet{Device: d.ID, List: id, Tote: t.Sortings[id].Tote})
	return &singlesJob{d.Singles, d.ID}
}

// urgentSingle is the most urgent order's line, of all totes of single units that nobody sorts, that wants such a unit.
func (t *turn) urgentSingle(r *seen) (list PickListID, best *PickLine) {
	for _, id := range t.index.sortings {
		if t.Sortings[id].Lease.held() || !t.onlySingles(id) {
			continue
		}
		if p, _ := t.singleFor(id, r, nil); p != nil && (best == nil || urgent(t.Orders[p.Order], t.Orders[best.Order])) {
			list, best = id, p
		}
	}
	return list, best
}

// singleFor is the line of a batch that a unit goes to, the most urgent order's. It also says whether only cancelled
// orders want it.
func (s *State) singleFor(id PickListID, r *seen, lot *StockKey) (best *PickLine, cancelled bool) {
	l := s.PickLists[id]
	for i := range l.Lines {
		p := &l.Lines[i]
		if p.unsorted() == 0 || !r.isUnit(ParcelUnit{Key: p.From}) || lot != nil && (p.From.Lot != lot.Lot || p.From.Expiry != lot.Expiry) {
			continue
		}
		o := s.Orders[p.Order]
		if o == nil || o.Status != OrderPicking {
			cancelled = true
			continue
		}
		if best == nil || urgent(o, s.Orders[best.Order]) {
			best = p
		}
	}
	return best, cancelled && best == nil
}

// pickedSingle is the most urgent picked order that is one such unit, in a tote of its own.
func (t *turn) pickedSingle(r *seen) (best *Order) {
	rows := r.units
	if r.item != nil {
		rows = t.StockOf(r.item.SKU)
	}
	for _, row := range rows {
		tote := t.Totes[row.Key.Place.Tote()]
		if tote == nil || !r.isUnit(ParcelUnit{Key: row.Key}) {
			continue
		}
		o := t.Orders[tote.Order]
		if o != nil && o.Status == OrderPicked && o.unitsOf() == 1 && (best == nil || urgent(o, best)) {
			best = o
		}
	}
	return best
}

// The next step.

func (j *singlesJob) next(s *State) *Next {
	x := s.Sortings[j.List]
	done, total := s.sortProgress(x)
	n := &Next{Job: &JobView{"singles", string(j.List), done, total}, Want: []Want{}, Step: "single", Title: phrase("Scan any unit of the tote"),
		Expects: []string{"item", "serial"}, Actions: []string{"leave"}}
	n.Show.Tote = j.Tote
	l := s.PickLists[j.List]
	for i := range l.Lines {
		if p := &l.Lines[i]; p.unsorted() > 0 && len(n.Want) < 20 {
			if o := s.Orders[p.Order]; o != nil && o.Status == OrderPicking {
				n.Want = append(n.Want, s.wantOf(ParcelUnit{Key: p.From}))
			}
		}
	}
	if len(n.Want) == 0 {
		n.Step, n.Expects, n.Actions, n.Title = "finish", []string{}, []string{"finish"}, phrase("What is left was cancelled: send the tote to be sorted")
	}
	if u := j.Unsure; u != nil && len(n.Want) > 0 {
		if lots := lotsOf(s.StockAt(InTote(j.Tote)), u.SKU, nil); len(lots) > 0 {
			n.Ask = lotAsk(lots, lots[0])
		}
	}
	return n
}

func (j *singlesJob) scan(t *turn, r *seen) *Verdict { return j.take(t, r, nil) }

// take finds the order of a unit, of a lot where that was asked.
func (j *singlesJob) take(t *turn, r *seen, lot *StockKey) *Verdict {
	n, d := j.next(t.State), t.Devices[j.device]
	no := func(code Code) *Verdict {
		return verdict(code).scanned(r.thing()).wanted(wanted(n)).belongs(t.belongs(r))
	}
	switch {
	case r.item == nil && len(r.units) == 0:
		if r.bad != "" {
			return no(r.bad)
		}
		return no(CodeWrongKind)
	case r.item != nil && r.item.Tracking == "serial" && r.serial == "" && len(r.units) == 0:
		return verdict(CodeSerialNext).scanned(r.thing())
	case r.qty > 1:
		return verdict(CodeOverPick).qty(1).scanned(r.thing())
	}
	if lots := t.lotsIn(j.Tote, r); lot == nil && len(lots) > 1 {
		return t.askLot(j.ref(), r)
	}
	p, cancelled := t.singleFor(j.List, r, lot)
	switch {
	case p != nil:
		return t.drawSingle(d, j, p, r)
	case cancelled:
		return verdict(CodeCancelled).scanned(r.thing()).wanted(wanted(n)).belongs(&Thing{"tote", string(j.Tote), phrase("order cancelled: leave it in tote {tote}", string(j.Tote))})
	}
	v := no(CodeNotInBatch)
	if other := t.otherOrder(nil, r); other != nil {
		v.Belongs = other
	}
	return v
}

// lotsIn are the lots in a tote that a scan may be of, where they must be told apart.
func (t *turn) lotsIn(c ToteCode, r *seen) []StockKey {
	if r.item == nil || !r.item.byLot() {
		return nil
	}
	return r.among(lotsOf(t.StockAt(InTote(c)), r.item.SKU, nil))
}

func (j *singlesJob) act(t *turn, a *Act) *Verdict {
	switch a.Action {
	case "leave", "finish":
		t.emit(&SinglesSet{Device: j.device})
		return verdict(CodeLeft)
	case "undo": // what was drawn last is another job, at its own step
		return verdict(CodeNoUndo)
	case "answer":
		u := j.Unsure
		if u == nil || a.Ask != "lot" {
			break
		}
		r, none := u.answered(t, j.ref(), lotsOf(t.StockAt(InTote(j.Tote)), u.SKU, nil), a)
		if none != nil {
			return none
		}
		return j.take(t, r, &StockKey{Lot: r.lot, Expiry: r.expiry})
	}
	return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
}

// drawSingle takes a unit out of the batch's tote and straight into a parcel of its order.
func (t *turn) drawSingle(d *Device, j *singlesJob, p *PickLine, r *seen) *Verdict {
	o, key := t.Orders[p.Order], p.From.at(InTote(j.Tote))
	if row := t.stock[key]; row == nil || row.OnHand == 0 {
		return verdict(CodeNotInBatch).scanned(r.thing()) // the books and the tote differ: let it be sorted
	}
	t.emit(&SingleDrawn{List: j.List, Line: p.N, Qty: 1})
	t.orderPicked(o)
	if o.Status != OrderPicked {
		return verdict(CodeNotReady).scanned(r.thing()).belongs(&Thing{"order", string(o.ID), phrase("order is " + o.Status)})
	}
	t.emit(&PackOpened{Order: o.ID, Draw: t.draw(o.ID), List: j.List, Tote: j.Tote})
	t.suggest(o.ID)
	return t.packUnit(d, o, key, r)
}

// packSingle opens a picked order by its only unit.
func (t *turn) packSingle(d *Device, o *Order, r *seen) *Verdict {
	t.emit(&PackOpened{Order: o.ID, Draw: t.draw(o.ID)})
	t.suggest(o.ID)
	for _, l := range o.Lines {
		for _, row := range t.inTotes(o, l.SKU) {
			if r.isUnit(ParcelUnit{Key: row.Key}) {
				return t.packUnit(d, o, row.Key, r)
			}
		}
	}
	return t.takeJob(d, &packJob{t.Packings[o.ID]}, "")
}

// packUnit packs the only unit of an order, in the carton advised, and goes on as far as nobody is needed.
func (t *turn) packUnit(d *Device, o *Order, key StockKey, r *seen) *Verdict {
	j := &packJob{t.Packings[o.ID]}
	t.takeJob(d, j, "")
	one := &seen{item: t.Items[key.SKU], qty: 1, weightG: r.weightG, lot: r.lot, expiry: r.expiry}
	if due := j.lotDue(t, one, []StockKey{key}); due != nil {
		return due.scanned(r.thing()).belongs(&Thing{"order", string(o.ID), o.ExternalID})
	}
	j.pack(t, o, []Movement{{Key: key, Qty: 1, Reason: "pack", Among: t.mayBe(t.StockAt(key.Place), key, r.lot)}}, one)
	if len(o.Cartons) == 1 {
		t.emit(&CartonChosen{Parcel: j.Parcel, Carton: o.Cartons[0]})
	}
	j.autoWeigh(t, o)
	return verdict(CodeSingle).scanned(r.thing()).belongs(&Thing{"order", string(o.ID), o.ExternalID})
}

// autoWeigh closes the parcel of a single unit by the weight it must have, where the house has it so and the weight is
// known.
func (j *packJob) autoWeigh(t *turn, o *Order) {
	p := j.parcel(t.State)
	if !t.Site.AutoWeight || o.unitsOf() != 1 || p == nil || p.Carton == "" || !t.judged(p).Known || j.next(t.State).Step != "weigh" {
		return
	}
	j.weigh(t, p, &Act{Action: "weigh", WeightG: t.expectedG(p)})
}

// undraw gives a single unit back to its batch whose order was cancelled before it was packed.
func (t *turn) undraw(o *Order, p *Packing) bool {
	x := t.Sortings[p.List]
	if x == nil || o.unitsOf() == 0 {
		return false
	}
	for _, l := range o.Lines {
		if l.Packed > 0 {
			return false
		}
	}
	l := t.PickLists[p.List]
	for i := range l.Lines {
		if line := &l.Lines[i]; line.Order == o.ID && line.Placed > 0 {
			t.emit(&SingleDrawn{List: p.List, Line: line.N, Qty: -1})
			return true
		}
	}
	return false
}

// drained ends a batch whose last unit was packed.
func (t *turn) drained(id PickListID) {
	x := t.Sortings[id]
	if x != nil && (&sortJob{x}).line(t.State) == nil && len(t.StockAt(InTote(x.Tote))) == 0 {
		t.endSort(x)
	}
}

// SinglesSet says a bench draws from a batch's tote; without one, no longer: others may, or it is sorted.
type SinglesSet struct {
	Device DeviceID   `cbor:"1,keyasint"`
	List   PickListID `cbor:"2,keyasint,omitempty"`
	Tote   ToteCode   `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindSinglesSet, "singles_set", "waves", func() Body { return new(SinglesSet) })

func (*SinglesSet) Kind() Kind { return KindSinglesSet }

func (b *SinglesSet) apply(s *State, _ *Event) {
	if b.List == "" {
		s.setSingles(s.Devices[b.Device], nil)
		return
	}
	s.setSingles(s.Devices[b.Device], &Singles{List: b.List, Tote: b.Tote})
}

// setSingles lets a bench draw from a tote, or no longer. Called from Apply.
func (s *State) setSingles(d *Device, to *Singles) {
	if d.Singles != nil {
		s.index.drawing[d.Singles.List]--
	}
	if to != nil {
		s.index.drawing[to.List]++
	}
	if d.Singles = to; to == nil && d.Job.Kind == "singles" {
		d.Job, d.Ask = JobRef{}, ""
	}
	s.touch(TableDevice, string(d.ID))
}

// SingleDrawn says the unit of an order was taken out of its batch's tote by a bench, or, with less than nothing, given
// back to it.
type SingleDrawn struct {
	List PickListID `cbor:"1,keyasint"`
	Line int        `cbor:"2,keyasint"`
	Qty  int64      `cbor:"3,keyasint"`
}

var _ = kind(KindSingleDrawn, "single_drawn", "waves", func() Body { return new(SingleDrawn) })

func (*SingleDrawn) Kind() Kind { return KindSingleDrawn }

func (b *SingleDrawn) apply(s *State, _ *Event) {
	l := s.PickLists[b.List]
	l.Lines[b.Line-1].Placed += b.Qty
	s.touch(TablePickList, string(l.ID))
	s.saveSorting(s.Sortings[b.List])
}
