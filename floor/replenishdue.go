package floor

import "slices"

// What is to be brought to the pick bins, and when: below an item's minimum there, as it will be once what is promised was
// picked, and whenever open orders want more than lies there. The house looks again and again by itself, and at each release
// of a wave (devices/replenisher.go); a picker who comes up short has it brought at once.

// ReplenishLimit is how many are open at once.
const ReplenishLimit = 500

// ReplenishDue is what should be brought to the pick bins now, what orders wait for first. One with an ID is under way, and
// more of it is wanted, or sooner. It only says so; PlanReplenish decides.
func (s *State) ReplenishDue() (out []Replenish) {
	owed := s.Owed()
	for _, sku := range s.InReserve() {
		if r, due := s.ReplenishNeed(sku, owed[sku]); due && len(out) < RowLimit {
			out = append(out, r)
		}
	}
	UrgentFirst(out)
	return out
}

// UrgentFirst puts what orders wait for first.
func UrgentFirst(list []Replenish) {
	slices.SortStableFunc(list, func(a, b Replenish) int { return yesFirst(a.Urgent, b.Urgent) })
}

// InReserve are the items that lie in reserve bins or are being brought from there, each once.
func (s *State) InReserve() (out []SKU) {
	seen := map[SKU]bool{}
	add := func(sku SKU) {
		if !seen[sku] {
			seen[sku], out = true, append(out, sku)
		}
	}
	for _, id := range s.index.replenishes {
		add(s.Replenishes[id].From.SKU)
	}
	for _, b := range s.index.reserves {
		for _, row := range s.StockAt(InBin(b)) {
			add(row.Key.SKU)
		}
	}
	return out
}

// ReplenishNeed is what should be brought of one item, of which open orders still want so many.
func (s *State) ReplenishNeed(sku SKU, owed int64) (Replenish, bool) {
	it := s.Items[sku]
	if it == nil {
		return Replenish{}, false
	}
	if open := s.Replenishes[s.index.filling[sku]]; open != nil {
		return s.raised(it, open, owed)
	}
	return s.replenishOf(it, owed, 0)
}

// raised is how one that is under way should change: more of it where orders wait for more, and none where nothing is left
// to be brought.
func (s *State) raised(it *Item, open *Replenish, owed int64) (Replenish, bool) {
	r := *open
	if open.Hand == 0 && open.spent(s) {
		r.Qty = open.Done
		return r, !open.Lease.held()
	}
	want, urgent := s.faceOf(it.SKU).wants(it, owed)
	row := s.stock[open.From]
	if !urgent || row == nil {
		return r, false
	}
	r.Qty, r.Urgent = max(open.Qty, open.Done+min(want, row.OnHand-row.Reserved)), true
	return r, r.Qty > open.Qty || !open.Urgent
}

// face is what lies of an item before the pickers, and what is promised of it there and in reserve.
type face struct {
	here, promised int64
	aloft          int64  // promised from reserve: pickers walk there
	from           *Stock // in reserve, that goes first
}

func (s *State) faceOf(sku SKU) (f face) {
	for _, row := range s.StockOf(sku) {
		b := s.Bins[row.Key.Place.Bin()]
		switch {
		case b == nil || s.shut(b.Code):
		case b.BinKind == "pick" && row.Key.Condition == "" && !row.Doubt:
			f.here, f.promised = f.here+row.OnHand, f.promised+row.Reserved
		case b.BinKind == "reserve":
			f.aloft += row.Reserved
			if row.Free() > 0 && (f.from == nil || sooner(row, f.from)) {
				f.from = row
			}
		}
	}
	return f
}

// wants is how many units should be brought, and whether orders wait for them: open orders want so many in all.
func (f face) wants(it *Item, owed int64) (want int64, urgent bool) {
	if left := f.here - f.promised; it.Face.MaxQty > 0 && left < max(it.Face.MinQty, 1) {
		want = it.Face.MaxQty - left
	}
	lacking := owed - f.aloft - f.here
	return max(want, lacking), lacking > 0
}

// replenishOf says how much of an item is to be brought, from where and to which bin; asked is how much somebody wants
// brought, whatever lies there.
func (s *State) replenishOf(it *Item, owed, asked int64) (r Replenish, due bool) {
	f := s.faceOf(it.SKU)
	want, urgent := f.wants(it, owed)
	if asked > 0 {
		want = asked
	}
	if f.from == nil || want <= 0 {
		return r, false
	}
	for qty := min(want, f.from.Free()); qty > 0; qty /= 2 { // a bin that bears as much of it as one does
		if to := s.pickBinFor(f.from.Key, qty); to != "" {
			return Replenish{From: f.from.Key, To: to, Qty: qty, Urgent: urgent}, true
		}
	}
	return r, false
}

// sooner is true of stock that goes out before other stock: what expires first, then what came first.
func sooner(a, b *Stock) bool {
	if a.Key.Expiry != b.Key.Expiry {
		return a.Key.Expiry != "" && (b.Key.Expiry == "" || a.Key.Expiry < b.Key.Expiry)
	}
	return a.Since < b.Since
}

// pickBinFor is the pick bin for units from reserve: one where the same lies, else the first advised for putting them away
// that is one.
func (s *State) pickBinFor(k StockKey, qty int64) BinCode {
	for _, row := range s.StockOf(k.SKU) { // most often there is one, and then no other bin need be looked at
		if b := s.Bins[row.Key.Place.Bin()]; b != nil && row.Key.Lot == k.Lot && row.Key.Expiry == k.Expiry && row.OnHand > 0 && s.fillable(b, row.Doubt, k.SKU, qty) {
			return b.Code
		}
	}
	bins, _ := s.homeFor(k, qty)
	for _, b := range bins {
		if s.Bins[b].BinKind == "pick" {
			return b
		}
	}
	return ""
}

func (s *State) fillable(b *Bin, doubt bool, sku SKU, qty int64) bool {
	return b.BinKind == "pick" && !doubt && !s.shut(b.Code) && s.overload(b, sku, qty) <= 0
}

// PlanReplenish has goods brought to the pick bins: what was thought out as due, as far as it still is; or all that is due;
// or so much of one item.
type PlanReplenish struct {
	SKU SKU
	Qty int64
	Due []Replenish // of ReplenishNeed
}

func (v PlanReplenish) do(t *turn) (any, *Error) {
	due := v.Due
	switch {
	case v.SKU != "":
		it := t.Items[v.SKU]
		if it == nil {
			return nil, refuse(NotFound, "unknown_item", "no item "+string(v.SKU))
		}
		if v.Qty < 1 || v.Qty > QtyLimit {
			return nil, refuse(Invalid, "out_of_range", "how many units, from 1")
		}
		r, ok := t.replenishOf(it, 0, v.Qty)
		if !ok || t.index.filling[v.SKU] != "" {
			return nil, refuse(Conflict, "nothing_in_reserve", "nothing of it lies free in reserve with room before the pickers, or it is being brought already")
		}
		due = []Replenish{r}
	case due == nil:
		due = t.ReplenishDue()
	}
	n := 0
	for _, r := range due {
		if t.bring(r) {
			n++
		}
	}
	return map[string]int{"planned": n}, nil
}

// bring plans, raises or ends one, where that still makes sense; it says whether one was planned.
func (t *turn) bring(r Replenish) bool {
	if open := t.Replenishes[r.ID]; open != nil {
		switch {
		case open.Hand == 0 && open.spent(t.State):
			if !open.Lease.held() {
				t.emit(&ReplenishEnded{Replenish: r.ID})
			}
		case r.Qty > open.Qty || r.Urgent && !open.Urgent:
			t.emit(&ReplenishRaised{Replenish: r.ID, Qty: max(r.Qty, open.Qty), Urgent: r.Urgent || open.Urgent})
		}
		return false
	}
	row, to := t.stock[r.From], t.Bins[r.To]
	if r.ID != "" || row == nil || row.Free() <= 0 || t.index.filling[r.From.SKU] != "" || len(t.Replenishes) >= ReplenishLimit {
		return false
	}
	if r.Qty = min(r.Qty, row.Free()); to == nil || !t.fillable(to, false, r.From.SKU, r.Qty) {
		return false
	}
	r.ID = ReplenishID(t.following("replenish", "RP-%05d", 0))
	t.emit(&ReplenishPlanned{r})
	return true
}

// fillBehind has a pick bin filled up, before all others, at which a picker came up so many units short while there is more
// in reserve.
func (t *turn) fillBehind(sku SKU, at BinCode, missing int64) {
	it, b := t.Items[sku], t.Bins[at]
	if t.Site.ReplenishByHand || it == nil || b == nil || b.BinKind != "pick" {
		return
	}
	if open := t.Replenishes[t.index.filling[sku]]; open != nil {
		r := *open
		r.Urgent = true
		t.bring(r)
		return
	}
	r, due := t.replenishOf(it, 0, 0) // to its maximum
	if !due {
		r, due = t.replenishOf(it, 0, missing)
	}
	if due {
		r.Urgent = true
		t.bring(r)
	}
}
