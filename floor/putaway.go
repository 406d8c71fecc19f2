package floor

import "slices"

// Putaway is what is left to do where goods came in: bring them to the bins they are picked from, unit by unit or as many
// as a hand holds.
type Putaway struct {
	Bin   BinCode    `cbor:"1,keyasint"` // where the goods stand
	Lease Lease      `cbor:"2,keyasint"`
	Key   StockKey   `cbor:"3,keyasint,omitempty"` // what is in the hand, as it stands there
	Qty   int64      `cbor:"4,keyasint,omitempty"`
	Undo  []Undoable `cbor:"5,keyasint,omitempty"`
	Why   BinCode    `cbor:"6,keyasint,omitempty"` // another bin than advised was scanned: why?

	Among []string `cbor:"190,keyasint,omitempty"` // other lots that what is in the hand may be of
}

// putawayJob takes goods from where they came in to where they are kept.
type putawayJob struct{ *Putaway }

func init() {
	works = append(works, work{
		kind: "putaway", roles: RolePicker | RoleInspector | RoleLead | RoleAdmin, devices: []string{"handheld"},
		find: findPutaway, offers: putawayOffers, start: startPutaway, opens: openPutaway,
	})
}

func findPutaway(s *State, id string) job {
	if p := s.Putaways[BinCode(id)]; p != nil {
		return &putawayJob{p}
	}
	return nil
}

func (j *putawayJob) ref() JobRef                { return JobRef{"putaway", string(j.Bin)} }
func (j *putawayJob) lease() *Lease              { return &j.Lease }
func (j *putawayJob) orders() []OrderID          { return nil }
func (j *putawayJob) begun(*State, *Event, bool) { j.drop() }
func (j *putawayJob) keep(s *State)              { s.savePutaway(j.Putaway) }

// rows are the goods that stand there: first what an order waits for, then what the pick bins lack.
func (j *putawayJob) rows(s *State) []*Stock {
	out := s.rowsToPutAway(j.Bin)
	rank := map[*Stock]int{}
	for _, r := range out {
		switch {
		case r.Key.Condition == "" && s.waitsFor(r.Key.SKU) != nil:
		case r.Key.Condition == "" && s.facesLow(r.Key.SKU):
			rank[r] = 1
		default:
			rank[r] = 2
		}
	}
	slices.SortStableFunc(out, func(a, b *Stock) int { return rank[a] - rank[b] })
	return out
}

func unitsIn(rows []*Stock) (n int64) {
	for _, r := range rows {
		n += r.OnHand
	}
	return n
}

// toPutAway are the places where goods came in and still stand.
func (s *State) toPutAway() (out []BinCode) {
	for _, b := range slices.Concat(s.index.doors, s.index.returnBins) {
		if unitsIn(s.rowsToPutAway(b)) > 0 {
			out = append(out, b)
		}
	}
	return out
}

// rowsToPutAway are the goods of a bin that have their place elsewhere. What came back waits for its verdict, and in a
// returns bin only what may be sold again goes on.
func (s *State) rowsToPutAway(b BinCode) (out []*Stock) {
	for _, r := range s.StockAt(InBin(b)) {
		if r.Key.Condition == "" || r.Key.Condition != Returned && s.index.doors.has(b) {
			out = append(out, r)
		}
	}
	return out
}

func putawayOffers(s *State, d *Device) (out []JobOffer) {
	for _, b := range s.toPutAway() {
		p := s.Putaways[b]
		if p != nil && !p.Lease.offeredTo(d) || len(out) == OfferLimit {
			continue
		}
		rows := s.rowsToPutAway(b)
		offer := JobOffer{Job: "putaway", ID: string(b), Title: phrase("Put away from {bin}", string(b)), Detail: phrase("items: {count}", itoa(int64(len(rows)))), Total: unitsIn(rows)}
		if p != nil {
			offer.Worker = s.holder(p.Lease)
		}
		out = append(out, offer)
	}
	return out
}

func startPutaway(t *turn, d *Device, a *Act) (job, *Verdict) {
	if a.ID != "" {
		if !t.index.doors.has(BinCode(a.ID)) && !t.index.returnBins.has(BinCode(a.ID)) || unitsIn(t.rowsToPutAway(BinCode(a.ID))) == 0 {
			return nil, verdict(CodeNoWork).wanted(&Thing{"bin", a.ID, phrase("nothing stands there to be put away")})
		}
		return t.openPutaway(BinCode(a.ID)), nil
	}
	for _, b := range t.toPutAway() {
		if p := t.Putaways[b]; p == nil || !p.Lease.held() || p.Lease.Worker == d.Worker {
			return t.openPutaway(b), nil
		}
	}
	return nil, verdict(CodeNoWork)
}

func (t *turn) openPutaway(b BinCode) job {
	if t.Putaways[b] == nil {
		t.emit(&PutawayHeld{Bin: b})
	}
	return &putawayJob{t.Putaways[b]}
}

func openPutaway(t *turn, _ *Device, r *seen) (job, *Verdict) {
	if came, in := t.ReceivedPallet(r.text); came != nil && unitsIn(t.rowsToPutAway(in.Bin)) > 0 {
		return t.openPutaway(in.Bin), nil
	}
	if r.bin != nil && oneOf(r.bin.BinKind, []string{"dock", "returns"}) && unitsIn(t.rowsToPutAway(r.bin.Code)) > 0 {
		return t.openPutaway(r.bin.Code), nil
	}
	return nil, nil
}

// The next step.

func (j *putawayJob) next(s *State) *Next {
	rows := j.rows(s)
	n := &Next{Job: &JobView{"putaway", string(j.Bin), 0, unitsIn(rows)}, Want: []Want{}, Actions: []string{"leave"}}
	if len(j.Undo) > 0 {
		n.Actions = append(n.Actions, "undo")
	}
	switch {
	case len(rows) == 0:
		n.Step, n.Expects, n.Title, n.Actions = "finish", []string{}, phrase("All of it is put away"), []string{"finish"}
	case j.Qty > 0:
		j.binStep(s, n)
	default:
		j.itemStep(s, n, rows[0])
	}
	return n
}

func (j *putawayJob) itemStep(s *State, n *Next, row *Stock) {
	it := s.Items[row.Key.SKU]
	n.Step, n.Expects, n.Title = "item", []string{"item"}, phrase("Take a unit: {item}", it.Name)
	n.Want, n.Show.Item, n.Show.Qty = s.unitWants(it)[:1], it.brief(), row.OnHand
	if it.Tracking == "serial" {
		n.Expects, n.Want = []string{"serial"}, s.serialWants(it, row.Key.Serial)
	} else if it.byLot() {
		n.Want, _ = s.lotWants(it, row.Key, len(lotsOf(j.rows(s), it.SKU, nil)) < 2)
	}
	n.Show.Bin, n.Show.Lot, n.Show.Expiry, n.Show.Serial, n.Show.Note = j.Bin, row.Key.Lot, row.Key.Expiry, row.Key.Serial, s.conditionText(row)
	if waits := s.firstFor(it.SKU); waits != nil && row.Key.Condition == "" {
		n.Show.Why = waits.Text
	}
}

// conditionText says in what condition stock is, where it is not for sale.
func (s *State) conditionText(r *Stock) string {
	if r.Key.Condition == "" {
		return ""
	}
	return phrase("condition " + r.Key.Condition)
}

func (j *putawayJob) binStep(s *State, n *Next) {
	it := s.Items[j.Key.SKU]
	n.Step, n.Expects, n.Title = "bin", []string{"bin", "item"}, phrase("To any bin with room")
	n.Show.Item, n.Show.Qty, n.Show.Lot, n.Show.Expiry, n.Show.Serial = it.brief(), j.Qty, j.Key.Lot, j.Key.Expiry, j.Key.Serial
	if it.Tracking != "serial" {
		n.Actions = append([]string{"qty"}, n.Actions...)
	}
	bins, why := s.homeFor(j.Key, j.Qty)
	for _, b := range bins {
		n.Want = append(n.Want, Want{"bin", s.binCode(b)})
	}
	if len(bins) > 0 {
		n.Title, n.Show.Bin, n.Show.Why, n.Show.Leg = string(bins[0]), bins[0], why, s.leg("", bins[0])
	}
	if j.Why != "" && len(bins) > 0 { // where nothing has room any more, nobody is asked why not there
		n.Ask = &Ask{ID: "why", Text: phrase("Why to {bin}?", string(j.Why)), Kind: "choice", Options: []Option{
			{"no_room", phrase("No room in {bin}", string(bins[0]))}, {"better", phrase("This place is better")}, {"blocked", phrase("I cannot get there")}, {"back", phrase("No, I go to {bin}", string(bins[0]))}}}
		n.Actions = []string{}
	}
}

// Scans and actions.

func (j *putawayJob) scan(t *turn, r *seen) *Verdict {
	n := j.next(t.State)
	no := func(code Code) *Verdict {
		return verdict(code).scanned(r.thing()).wanted(wanted(n)).belongs(t.belongs(r))
	}
	switch {
	case n.Step == "bin" && r.bin != nil:
		return j.place(t, r, no)
	case n.Step == "bin" && (r.item == nil || r.item.SKU != j.Key.SKU || j.Key.Serial != ""):
		return no(CodeWrongKind)
	case n.Step == "bin" && r.lot != "" && j.Key.Lot != "" && r.lot != j.Key.Lot:
		return no(CodeWrongLot) // it goes by itself: in the hand is another
	case n.Step == "bin":
		return j.hold(t, j.Key, j.Qty+max(r.qty, 1), both(j.Among, beside(j.rows(t.State), j.Key, r.lot))).scanned(r.thing())
	case n.Step == "finish" || r.item == nil && len(r.units) == 0 && r.came == nil:
		return no(CodeWrongKind)
	case r.came != nil && r.item == nil:
		return j.holdPallet(t, r, no)
	}
	rows := j.rows(t.State)
	for _, row := range rows {
		if k := row.Key; len(r.units) > 0 && k == r.units[0].Key || r.item != nil && k.SKU == r.item.SKU && k.Serial == r.serial &&
			(r.lot == "" || k.Lot == r.lot) && (r.expiry == "" || k.Expiry == "" || k.Expiry == r.expiry) {
			if of := lotsOf(rows, k.SKU, nil); len(of) > 1 && r.lot == "" && t.Items[k.SKU].byLot() {
				return verdict(CodeLotNext).scanned(r.thing()).wanted(&Thing{"lot", k.Lot, lotText(k)})
			}
			return j.hold(t, k, max(r.qty, 1), t.mayBe(rows, k, r.lot)).scanned(r.thing())
		}
	}
	return no(CodeNotHere)
}

// holdPallet takes all that still stands there of a pallet, where that is of one kind.
func (j *putawayJob) holdPallet(t *turn, r *seen, no func(Code) *Verdict) *Verdict {
	var here []ReceiptLine
	for _, l := range r.came.Lines {
		if row := t.stock[l.Key.at(InBin(j.Bin))]; row != nil && row.OnHand > 0 {
			here = append(here, ReceiptLine{row.Key, min(l.Qty, row.OnHand)})
		}
	}
	switch len(here) {
	case 0:
		return no(CodeNotHere)
	case 1:
		return j.hold(t, here[0].Key, here[0].Qty, nil).scanned(r.thing())
	}
	return no(CodeWrongKind).belongs(&Thing{"pallet", r.came.SSCC, phrase("several kinds stand on it: scan one after the other")})
}

func (j *putawayJob) hold(t *turn, k StockKey, qty int64, among []string) *Verdict {
	if no := t.notAsMany(k, qty, j.Qty); no != nil {
		return no
	}
	t.emit(&PutawayHeld{Bin: j.Bin, Key: k, Qty: qty, Among: among})
	return verdict(CodeBinNext).qty(qty)
}

// notAsMany refuses more units in the hand than lie there; so many are in it.
func (t *turn) notAsMany(k StockKey, qty, inHand int64) *Verdict {
	row := t.stock[k]
	switch {
	case row == nil:
		return verdict(CodeOverPick)
	case qty > row.OnHand:
		return verdict(CodeOverPick).qty(row.OnHand - inHand)
	}
	return nil
}

// place puts what is in the hand into a bin: one advised, or another for a reason.
func (j *putawayJob) place(t *turn, r *seen, no func(Code) *Verdict) *Verdict {
	if !j.mayStand(r.bin) {
		return no(CodeWrongBin)
	}
	if over := t.overload(r.bin, j.Key.SKU, j.Qty); over > 0 {
		return verdict(CodeBinFull).qty(over).scanned(r.thing()).wanted(wanted(j.next(t.State)))
	}
	if bins, _ := t.homeFor(j.Key, j.Qty); len(bins) > 0 && !slices.Contains(bins, r.bin.Code) {
		t.emit(&PutawayHeld{Bin: j.Bin, Key: j.Key, Qty: j.Qty, Why: r.bin.Code, Among: j.Among})
		return verdict(CodeWhyHere).scanned(r.thing())
	}
	return j.put(t, r.bin.Code, "").scanned(r.thing())
}

// putElsewhere puts what is in the hand where its bearer said why; that bin may have filled up since, or be another's by now.
func (j *putawayJob) putElsewhere(t *turn, why string) *Verdict {
	bin := t.Bins[j.Why]
	no := verdict(CodeWrongBin)
	if bin != nil && j.mayStand(bin) {
		over := t.overload(bin, j.Key.SKU, j.Qty)
		if over <= 0 {
			return j.put(t, j.Why, why)
		}
		no = verdict(CodeBinFull).qty(over)
	}
	t.emit(&PutawayHeld{Bin: j.Bin, Key: j.Key, Qty: j.Qty, Among: j.Among})
	return no.wanted(wanted(j.next(t.State)))
}

// mayStand is true of a bin of a kind that what is in the hand is kept in.
func (j *putawayJob) mayStand(b *Bin) bool {
	if j.Key.Condition == "" {
		return oneOf(b.BinKind, []string{"pick", "reserve", "quarantine"})
	}
	return oneOf(b.BinKind, []string{"quarantine", "returns"})
}

func (j *putawayJob) put(t *turn, bin BinCode, why string) *Verdict {
	if row := t.stock[j.Key]; row == nil || row.OnHand < j.Qty { // moved, held or counted away by somebody meanwhile
		t.emit(&PutawayHeld{Bin: j.Bin})
		return verdict(CodeNotHere).wanted(wanted(j.next(t.State)))
	}
	sku, reason := j.Key.SKU, "put_away"
	if why != "" {
		reason = "put_away_" + why
	}
	t.emit(&PutawayPlaced{Bin: j.Bin, Move: Movement{Key: j.Key, To: InBin(bin), Qty: j.Qty, Reason: reason, Among: j.Among}, WaitedMS: int64(t.c.Now - t.stock[j.Key].Since), Why: t.stock[j.Key].Why})
	v := verdict(CodePutAway)
	if len(j.rows(t.State)) == 0 {
		v.Code = CodePutAwayDone
		t.emit(&PutawayLeft{Bin: j.Bin})
	}
	t.stockCame(sku)
	return v
}

func (j *putawayJob) act(t *turn, a *Act) *Verdict {
	switch a.Action {
	case "leave", "finish":
		t.emit(&PutawayLeft{Bin: j.Bin})
		return verdict(CodeLeft)
	case "qty":
		if j.Qty == 0 || j.Key.Serial != "" {
			return verdict(CodeQtyNotHere).wanted(wanted(j.next(t.State)))
		}
		if a.Qty < 1 || a.Qty > QtyLimit {
			return badQty()
		}
		return j.hold(t, j.Key, a.Qty, both(j.Among, t.mayBe(j.rows(t.State), j.Key, "")))
	case "answer":
		if j.Why == "" || a.Ask != "why" || !oneOf(a.Value, []string{"no_room", "better", "blocked", "back"}) {
			return verdict(CodeBadArgs).wanted(wanted(j.next(t.State)))
		}
		if a.Value == "back" {
			t.emit(&PutawayHeld{Bin: j.Bin, Key: j.Key, Qty: j.Qty, Among: j.Among})
			return verdict(CodeBinNext)
		}
		return j.putElsewhere(t, a.Value)
	case "undo":
		return j.undo(t)
	}
	return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
}

func (j *putawayJob) undo(t *turn) *Verdict {
	if j.Qty > 0 {
		t.emit(&PutawayHeld{Bin: j.Bin})
		return verdict(CodeUndone)
	}
	u, none := t.lastStep(j.Undo)
	if none != nil {
		return none
	}
	row := t.stock[u.Key.at(u.To)]
	if row == nil || row.OnHand-row.Reserved < u.Qty {
		return verdict(CodeNoUndo) // somebody was promised it
	}
	t.emit(&PutawayUndone{Bin: j.Bin, Back: Movement{Key: row.Key, To: u.Key.Place, Qty: u.Qty, Reason: "undo", Among: u.Among}})
	return verdict(CodeUndone)
}
