package floor

import (
	"fmt"
	"slices"
)

// PuttingBack is what is left to do of a cancelled order whose goods were picked: bring them back to a bin, unit by
// unit, wherever the worker finds room.
type PuttingBack struct {
	Order OrderID    `cbor:"1,keyasint"`
	Lease Lease      `cbor:"2,keyasint"`
	Open  bool       `cbor:"3,keyasint,omitempty"` // one of its totes was scanned
	Key   StockKey   `cbor:"4,keyasint,omitempty"` // what is in the hand, as it lies in its tote
	Qty   int64      `cbor:"5,keyasint,omitempty"`
	SKU   SKU        `cbor:"6,keyasint,omitempty"` // an item was scanned whose serial is due
	Undo  []Undoable `cbor:"7,keyasint,omitempty"`

	Unsure *Unsure  `cbor:"8,keyasint,omitempty"`   // units whose lot is asked for
	Among  []string `cbor:"190,keyasint,omitempty"` // other lots that what is in the hand may be of
}

// putBackJob takes the goods of a cancelled order from its totes: a unit, then the bin it is put into.
type putBackJob struct{ *PuttingBack }

func init() {
	works = append(works, work{
		kind: "putback", roles: RolePicker | RoleLead | RoleAdmin, devices: []string{"handheld"},
		find: findPutBack, offers: putBackOffers, start: startPutBack, opens: openPutBack,
	})
}

func findPutBack(s *State, id string) job {
	if x := s.PutBacks[OrderID(id)]; x != nil {
		return &putBackJob{x}
	}
	return nil
}

func (j *putBackJob) ref() JobRef   { return JobRef{"putback", string(j.Order)} }
func (j *putBackJob) lease() *Lease { return &j.Lease }

func (j *putBackJob) orders() []OrderID                { return []OrderID{j.Order} }
func (j *putBackJob) begun(_ *State, _ *Event, _ bool) { j.Unsure = nil }
func (j *putBackJob) keep(s *State)                    { s.savePutBack(j.PuttingBack) }

func putBackOffers(s *State, d *Device) (out []JobOffer) {
	for _, id := range s.index.putBacks {
		x := s.PutBacks[id]
		if len(out) == OfferLimit || !x.Lease.offeredTo(d) {
			continue
		}
		j := &putBackJob{x}
		out = append(out, JobOffer{Job: "putback", ID: string(id), Title: phrase("Put back {order}", string(id)), Total: j.left(s), Worker: s.holder(x.Lease),
			Detail: phrase("cancelled, items: {count}", fmt.Sprint(len(j.rows(s))))})
	}
	return out
}

func startPutBack(t *turn, d *Device, a *Act) (job, *Verdict) {
	if a.ID != "" {
		if j := findPutBack(t.State, a.ID); j != nil {
			return j, nil
		}
		return nil, verdict(CodeNoWork).wanted(&Thing{"order", a.ID, phrase("nothing of that order is to be put back")})
	}
	var free *PuttingBack
	for _, id := range t.index.putBacks {
		x := t.PutBacks[id]
		if x.Lease.Worker == d.Worker {
			return &putBackJob{x}, nil
		}
		if free == nil && !x.Lease.held() {
			free = x
		}
	}
	if free == nil {
		return nil, verdict(CodeNoWork)
	}
	return &putBackJob{free}, nil
}

func openPutBack(t *turn, _ *Device, r *seen) (job, *Verdict) {
	id := OrderID("")
	switch {
	case r.tote != nil:
		id = r.tote.Order
	case r.parcel != nil:
		id = r.parcel.Order
	case r.order != nil:
		id = r.order.ID
	}
	x := t.PutBacks[id]
	if x == nil {
		return nil, nil
	}
	if r.order == nil && !x.Lease.held() { // the tote is in the hand already
		t.emit(&PutBackOpened{Order: id, Open: true})
	}
	return &putBackJob{x}, nil
}

// rows are the goods that are still to be put back.
func (j *putBackJob) rows(s *State) (out []*Stock) {
	for _, place := range s.Orders[j.Order].places() {
		out = append(out, s.StockAt(place)...)
	}
	return out
}

func (j *putBackJob) left(s *State) (n int64) {
	for _, row := range j.rows(s) {
		n += row.OnHand
	}
	return n
}

// The next step.

func (j *putBackJob) next(s *State) *Next {
	n := &Next{Job: &JobView{"putback", string(j.Order), 0, j.left(s)}, Want: []Want{}, Actions: j.actions("leave")}
	n.Show.Order = j.Order
	rows := j.rows(s)
	switch {
	case len(rows) == 0: // somebody took them away by another door
		n.Step, n.Expects, n.Title, n.Actions = "finish", []string{}, phrase("All of it is back"), []string{"finish"}
	case !j.Open:
		j.openStep(s, n)
	case j.Qty > 0:
		j.binStep(s, n)
	case j.SKU != "":
		n.Step, n.Expects, n.Title = "serial", []string{"serial"}, phrase("Scan its serial")
		for _, row := range rows {
			if row.Key.SKU == j.SKU && len(n.Want) == 0 {
				n.Want, n.Show.Serial = []Want{{"serial", row.Key.Serial}}, row.Key.Serial
			}
		}
	default:
		row := rows[0]
		it := s.Items[row.Key.SKU]
		n.Step, n.Expects, n.Title = "item", []string{"item"}, phrase("Take a unit: {item}", it.Name)
		n.Want, n.Show.Item, n.Show.Qty = s.unitWants(it)[:1], it.brief(), row.OnHand
		if lots := lotsOf(rows, it.SKU, nil); it.byLot() {
			n.Want, _ = s.lotWants(it, row.Key, len(lots) < 2)
		}
		if u := j.Unsure; u != nil {
			n.Ask = lotAsk(lotsOf(rows, u.SKU, nil), row.Key)
		}
		n.Show.Lot, n.Show.Expiry, n.Show.Serial, n.Show.Tote = row.Key.Lot, row.Key.Expiry, row.Key.Serial, row.Key.Place.Tote()
	}
	return n
}

func (j *putBackJob) actions(list ...string) []string {
	if len(j.Undo) > 0 {
		list = append(list, "undo")
	}
	return list
}

// openStep asks for any of the totes or parcels that hold the goods, and says where they stand.
func (j *putBackJob) openStep(s *State, n *Next) {
	o := s.Orders[j.Order]
	n.Step, n.Expects, n.Title = "tote", []string{"tote", "parcel"}, phrase("Fetch the goods of {order}", string(j.Order))
	for _, c := range o.Totes {
		n.Want = append(n.Want, Want{"tote", string(c)})
		if t := s.Totes[c]; t != nil && t.Bin != "" && n.Show.Bin == "" {
			n.Show.Bin, n.Show.Tote = t.Bin, c
		}
	}
	for _, p := range o.Parcels {
		if len(s.StockAt(InParcel(p))) > 0 {
			n.Want = append(n.Want, Want{"parcel", string(p)})
		}
	}
}

func (j *putBackJob) binStep(s *State, n *Next) {
	it := s.Items[j.Key.SKU]
	n.Step, n.Expects, n.Title = "bin", []string{"bin", "item"}, phrase("To any bin with room")
	n.Show.Item, n.Show.Qty, n.Show.Lot, n.Show.Expiry, n.Show.Serial = it.brief(), j.Qty, j.Key.Lot, j.Key.Expiry, j.Key.Serial
	if it.Tracking != "serial" {
		n.Actions = append([]string{"qty"}, n.Actions...)
	}
	bins, why := j.bins(s)
	bins = slices.DeleteFunc(bins, func(b BinCode) bool { return !s.namesBin(s.binCode(b)) }) // items were given all its codes
	for _, b := range bins {
		n.Want = append(n.Want, Want{"bin", s.binCode(b)})
	}
	if len(bins) > 0 {
		n.Title, n.Show.Bin, n.Show.Why = string(bins[0]), bins[0], why
		n.Show.Leg = s.leg("", bins[0])
	}
}

// bins are where the goods in the hand would go best: beside what is the same, else where they came from.
func (j *putBackJob) bins(s *State) (out []BinCode, why string) {
	if j.Key.Condition != "" { // nobody picks from there
		if out = firstBins(append(slices.Clone(s.index.quarantines), s.index.returnBins...)); len(out) > 0 {
			return out, phrase("it may not be sold")
		}
	}
	var alike, other []BinCode
	for _, row := range s.StockOf(j.Key.SKU) {
		b := row.Key.Place.Bin()
		if !s.reachable(b) || row.OnHand <= 0 || row.Doubt {
			continue
		}
		if row.Key.Lot == j.Key.Lot && row.Key.Expiry == j.Key.Expiry {
			alike = append(alike, b)
		} else {
			other = append(other, b)
		}
	}
	if out = firstBins(append(alike, other...)); len(out) > 0 {
		return out, phrase("{item} lies there already", string(j.Key.SKU))
	}
	if wave := s.Waves[s.Orders[j.Order].Wave]; wave != nil {
		for _, id := range wave.Lists {
			if l := s.PickLists[id]; l != nil {
				for i := range l.Lines {
					if p := &l.Lines[i]; p.Order == j.Order && p.SKU == j.Key.SKU && s.reachable(p.From.Place.Bin()) {
						out = append(out, p.From.Place.Bin())
					}
				}
			}
		}
	}
	if out = firstBins(out); len(out) > 0 {
		return out, phrase("it came from there")
	}
	return s.emptyBins(), phrase("this bin is free")
}

// emptyBins are pick bins that hold nothing, or any at all where none is empty.
func (s *State) emptyBins() []BinCode {
	var out []BinCode
	for _, b := range s.index.shelves {
		if len(s.StockAt(InBin(b))) == 0 && !s.shut(b) {
			if out = append(out, b); len(out) == 5 {
				return out
			}
		}
	}
	if len(out) == 0 {
		return firstBins(s.index.shelves)
	}
	return out
}

// firstBins are at most five of some bins, each once.
func firstBins(list []BinCode) (out []BinCode) {
	seen := map[BinCode]bool{}
	for _, b := range list {
		if !seen[b] && len(out) < 5 {
			seen[b] = true
			out = append(out, b)
		}
	}
	return out
}

// Scans and actions.

func (j *putBackJob) scan(t *turn, r *seen) *Verdict {
	n := j.next(t.State)
	no := func(code Code) *Verdict {
		return verdict(code).scanned(r.thing()).wanted(wanted(n)).belongs(t.belongs(r))
	}
	switch n.Step {
	case "finish":
		return no(CodeWrongKind)
	case "tote":
		return j.scanTote(t, r, no)
	case "serial":
		return j.takeUnit(t, r, j.SKU, r.serialOf(j.SKU), no)
	case "bin":
		if r.bin != nil {
			return j.place(t, r, no)
		}
		if r.item == nil || r.item.SKU != j.Key.SKU || r.item.Tracking == "serial" {
			return no(CodeWrongKind)
		}
		if r.lot != "" && j.Key.Lot != "" && r.lot != j.Key.Lot {
			return no(CodeWrongLot) // it goes by itself: in the hand is another
		}
		return j.hold(t, j.Key, j.Qty+r.qty, both(j.Among, beside(j.rows(t.State), j.Key, r.lot))).scanned(r.thing())
	}
	switch {
	case r.item == nil:
		return no(CodeWrongKind)
	case r.item.Tracking == "serial" && r.serial == "":
		if !slices.ContainsFunc(j.rows(t.State), func(row *Stock) bool { return row.Key.SKU == r.item.SKU }) {
			return no(CodeNotInOrder)
		}
		t.emit(&PutBackHeld{Order: j.Order, SKU: r.item.SKU})
		return verdict(CodeSerialNext).scanned(r.thing())
	}
	if lots := lotsOf(j.rows(t.State), r.item.SKU, nil); r.item.byLot() && len(lots) > 0 {
		switch of := r.among(lots); len(of) {
		case 0:
			return r.ofNone(lots)
		case 1:
			r.lot, r.expiry, r.told = of[0].Lot, of[0].Expiry, true
		default:
			return t.askLot(j.ref(), r)
		}
	}
	return j.takeUnit(t, r, r.item.SKU, r.serial, no)
}

func (j *putBackJob) scanTote(t *turn, r *seen, no func(Code) *Verdict) *Verdict {
	mine := r.tote != nil && r.tote.Order == j.Order || r.parcel != nil && r.parcel.Order == j.Order
	switch {
	case mine:
		t.emit(&PutBackOpened{Order: j.Order, Open: true})
		return verdict(CodeOpened).scanned(r.thing())
	case r.tote == nil && r.parcel == nil:
		return no(CodeWrongKind)
	}
	return no(CodeOtherOrder)
}

// takeUnit takes what was scanned into the hand, where the totes hold it.
func (j *putBackJob) takeUnit(t *turn, r *seen, sku SKU, serial string, no func(Code) *Verdict) *Verdict {
	for _, row := range j.rows(t.State) {
		if k := row.Key; k.SKU == sku && k.Serial == serial && (r.lot == "" || k.Lot == "" || k.Lot == r.lot) && (!r.told || k.Lot == r.lot && k.Expiry == r.expiry) {
			return j.hold(t, k, max(r.qty, 1), t.mayBe(j.rows(t.State), k, r.lot)).scanned(r.thing())
		}
	}
	if serial != "" {
		return no(CodeWrongSerial)
	}
	return no(CodeNotInOrder)
}

func (j *putBackJob) hold(t *turn, k StockKey, qty int64, among []string) *Verdict {
	if row := t.stock[k]; row == nil || qty > row.OnHand {
		var left int64
		if row != nil {
			left = row.OnHand - j.Qty
		}
		return verdict(CodeOverPick).qty(left)
	}
	t.emit(&PutBackHeld{Order: j.Order, Key: k, Qty: qty, Among: among})
	return verdict(CodeBinNext).qty(qty)
}

func (j *putBackJob) place(t *turn, r *seen, no func(Code) *Verdict) *Verdict {
	if !oneOf(r.bin.BinKind, []string{"pick", "reserve", "quarantine", "returns"}) {
		return no(CodeWrongBin)
	}
	sku := j.Key.SKU
	t.emit(&PutBackPlaced{Order: j.Order, Move: Movement{Key: j.Key, To: InBin(r.bin.Code), Qty: j.Qty, Reason: "put_back", Among: j.Among}})
	v := verdict(CodePutBack).scanned(r.thing())
	if len(j.rows(t.State)) == 0 {
		t.endPutBack(t.Orders[j.Order])
		v.Code = CodePutBackDone
	}
	t.stockCame(sku)
	return v
}

func (j *putBackJob) act(t *turn, a *Act) *Verdict {
	switch a.Action {
	case "leave":
		t.emit(&PutBackLeft{Order: j.Order})
		return verdict(CodeLeft)
	case "qty":
		if j.Qty == 0 || j.Key.Serial != "" {
			return verdict(CodeQtyNotHere).wanted(wanted(j.next(t.State)))
		}
		if a.Qty < 1 || a.Qty > QtyLimit {
			return verdict(CodeBadQty).wanted(&Thing{"qty", "", phrase("a number from 1")})
		}
		return j.hold(t, j.Key, a.Qty, both(j.Among, t.mayBe(j.rows(t.State), j.Key, "")))
	case "answer":
		return j.answer(t, a)
	case "undo":
		return j.undo(t)
	case "finish":
		if len(j.rows(t.State)) == 0 {
			t.endPutBack(t.Orders[j.Order])
			return verdict(CodePutBackDone)
		}
	}
	return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
}

func (j *putBackJob) undo(t *turn) *Verdict {
	u, none := t.lastStep(j.Undo)
	if none != nil {
		return none
	}
	b := &PutBackUndone{Order: j.Order, Step: u}
	if u.What == "placed" {
		row := t.stock[u.Key.at(u.To)]
		if row == nil || row.OnHand-row.Reserved < u.Qty {
			return verdict(CodeNoUndo) // somebody was promised it
		}
		b.Back = []Movement{{Key: row.Key, To: u.Key.Place, Qty: u.Qty, Reason: "undo", Among: u.Among}}
	}
	t.emit(b)
	return verdict(CodeUndone)
}

// toPutBack asks for a cancelled order's goods to be brought back, as far as they lie in totes and parcels of its own.
func (t *turn) toPutBack(o *Order) {
	t.raise("put_back", string(o.ID), "order "+string(o.ID)+" was cancelled with goods picked: put them back", "order")
	j := &putBackJob{&PuttingBack{Order: o.ID}}
	if t.PutBacks[o.ID] == nil && len(j.rows(t.State)) > 0 {
		t.emit(&PutBackOpened{Order: o.ID})
	}
}

func (t *turn) endPutBack(o *Order) {
	t.emit(&GoodsPutBack{Order: o.ID})
	t.seenTo("put_back", string(o.ID), "put back")
}
