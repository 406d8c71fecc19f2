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
