package floor

import "slices"

// ReplenishID names the filling up of a pick bin.
type ReplenishID string

// Replenish is goods to be brought from reserve to a pick bin, before a picker stands before an empty one.
type Replenish struct {
	ID     ReplenishID `cbor:"1,keyasint"`
	From   StockKey    `cbor:"2,keyasint"` // in a reserve bin
	To     BinCode     `cbor:"3,keyasint"`
	Qty    int64       `cbor:"4,keyasint"` // to be brought in all
	Done   int64       `cbor:"5,keyasint,omitempty"`
	Urgent bool        `cbor:"6,keyasint,omitempty"` // open orders need it
	Lease  Lease       `cbor:"7,keyasint"`
	At     bool        `cbor:"8,keyasint,omitempty"` // the reserve bin was scanned
	Hand   int64       `cbor:"9,keyasint,omitempty"` // units taken and not put down
	Undo   []Undoable  `cbor:"10,keyasint,omitempty"`
	Unsure *Unsure     `cbor:"11,keyasint,omitempty"`  // units whose lot is asked for
	Among  []string    `cbor:"190,keyasint,omitempty"` // other lots that those in the hand may be of
}

// Face is how much of an item its pick bins should hold.
type Face struct {
	MinQty int64 `cbor:"1,keyasint,omitempty" json:"min_qty,omitempty"` // below it they are filled up
	MaxQty int64 `cbor:"2,keyasint,omitempty" json:"max_qty,omitempty"` // to this much
}

// replenishJob is the walk with the goods: the reserve bin, the units, the pick bin.
type replenishJob struct{ *Replenish }

func init() {
	works = append(works, work{
		kind: "replenish", roles: RolePicker | RoleLead | RoleAdmin, devices: []string{"handheld"},
		find: func(s *State, id string) job {
			if r := s.Replenishes[ReplenishID(id)]; r != nil {
				return &replenishJob{r}
			}
			return nil
		},
		offers: replenishOffers, start: startReplenish,
	})
}

func (j *replenishJob) ref() JobRef                { return JobRef{"replenish", string(j.ID)} }
func (j *replenishJob) lease() *Lease              { return &j.Lease }
func (j *replenishJob) orders() []OrderID          { return nil }
func (j *replenishJob) begun(*State, *Event, bool) { j.At, j.Hand, j.Unsure = false, 0, nil }
func (j *replenishJob) keep(s *State)              { s.saveReplenish(j.Replenish) }

// ReplenishesOpen are those under way or planned, what orders wait for first.
func (s *State) ReplenishesOpen() []*Replenish {
	var out []*Replenish
	for _, id := range s.index.replenishes {
		out = append(out, s.Replenishes[id])
	}
	slices.SortStableFunc(out, func(a, b *Replenish) int { return yesFirst(a.Urgent, b.Urgent) })
	return out
}

func replenishOffers(s *State, d *Device) (out []JobOffer) {
	for _, r := range s.ReplenishesOpen() {
		if len(out) == OfferLimit || !r.Lease.offeredTo(d) {
			continue
		}
		offer := JobOffer{Job: "replenish", ID: string(r.ID), Title: phrase("Fill up {bin}", string(r.To)), Done: r.Done, Total: r.Qty, Worker: s.holder(r.Lease),
			Detail: phrase("{item} from {bin}", s.itemName(r.From.SKU), string(r.From.Place.Bin()))}
		if r.Urgent {
			offer.Detail = phrase("{item} from {bin}: orders wait for it", s.itemName(r.From.SKU), string(r.From.Place.Bin()))
		}
		out = append(out, offer)
	}
	return out
}

func startReplenish(t *turn, d *Device, a *Act) (job, *Verdict) {
	if a.ID != "" {
		if r := t.Replenishes[ReplenishID(a.ID)]; r != nil {
			return &replenishJob{r}, nil
		}
		return nil, verdict(CodeNoWork).wanted(&Thing{"replenish", a.ID, phrase("nothing of that number is to be brought")})
	}
	for _, r := range t.ReplenishesOpen() {
		if !r.Lease.held() || r.Lease.Worker == d.Worker {
			return &replenishJob{r}, nil
		}
	}
	return nil, verdict(CodeNoWork)
}

// The next step.

func (j *replenishJob) next(s *State) *Next {
	it, from := s.Items[j.From.SKU], j.From.Place.Bin()
	n := &Next{Job: &JobView{"replenish", string(j.ID), j.Done, j.Qty}, Want: []Want{}, Actions: []string{"leave"}}
	if len(j.Undo) > 0 || j.Hand > 0 {
		n.Actions = append(n.Actions, "undo")
	}
	n.Show.Item, n.Show.Qty, n.Show.Lot, n.Show.Expiry, n.Show.Serial = it.brief(), j.Qty-j.Done-j.Hand, j.From.Lot, j.From.Expiry, j.From.Serial
	spent := j.spent(s)
	switch {
	case j.Hand == 0 && spent:
		n.Step, n.Expects, n.Title, n.Show.Bin = "finish", []string{}, phrase("Nothing of it is free in {bin} any more", string(from)), from
		n.Actions = []string{"finish"}
	case !j.At && j.Hand == 0:
		n.Step, n.Expects, n.Title, n.Show.Bin, n.Show.Leg = "bin", []string{"bin"}, string(from), from, s.leg("", from)
		n.Want = []Want{{"bin", s.binCode(from)}}
		n.Actions = append(n.Actions, "skip")
	case j.Done+j.Hand < j.Qty && !spent:
		n.Step, n.Expects, n.Title, n.Show.Bin = "item", []string{"item"}, string(from), from
		n.Want = s.codesOf(&Stock{Key: j.From})
		if it.Tracking != "serial" && j.sure(s) {
			n.Actions = append([]string{"qty"}, n.Actions...)
		}
		if j.Hand > 0 {
			n.Expects = append(n.Expects, "bin")
		}
		if j.Unsure != nil {
			n.Ask = lotAsk(j.lots(s), j.From)
		}
	default:
		n.Step, n.Expects, n.Title, n.Show.Bin, n.Show.Leg, n.Show.Qty = "to", []string{"bin"}, string(j.To), j.To, s.leg(from, j.To), j.Hand
		n.Want = []Want{{"bin", s.binCode(j.To)}}
	}
	return n
}

// spent is true when no more of it may be taken from reserve than is in the hand: it was promised, moved or counted away.
func (r *Replenish) spent(s *State) bool {
	row := s.stock[r.From]
	return row == nil || row.OnHand-row.Reserved <= r.Hand
}

// lots are those that lie in the reserve bin, of an item whose lots must not be taken for one another.
func (j *replenishJob) lots(s *State) []StockKey {
	if it := s.Items[j.From.SKU]; it == nil || !it.byLot() {
		return nil
	}
	return lotsOf(s.StockAt(j.From.Place), j.From.SKU, nil)
}

// sure is true where a number says enough: of which of several lots the units are, the first of them says.
func (j *replenishJob) sure(s *State) bool { return j.Hand > 0 || len(j.lots(s)) < 2 }

// Scans and actions.

func (j *replenishJob) scan(t *turn, r *seen) *Verdict {
	n := j.next(t.State)
	no := func(code Code) *Verdict {
		return verdict(code).scanned(r.thing()).wanted(wanted(n)).belongs(t.belongs(r))
	}
	switch {
	case n.Step == "bin" && r.bin != nil && r.bin.Code == j.From.Place.Bin():
		t.emit(&ReplenishTaken{Replenish: j.ID, At: true})
		return verdict(CodeBinOK).scanned(r.thing())
	case n.Step == "bin":
		return no(CodeWrongBin)
	case j.Hand > 0 && r.bin != nil:
		return j.place(t, r, no)
	case n.Step == "finish":
		return no(CodeGone)
	case n.Step == "to":
		return no(CodeWrongBin)
	case r.item != nil && r.item.SKU != j.From.SKU:
		return no(CodeWrongItem)
	case r.item == nil && !(len(r.units) > 0 && r.units[0].Key == j.From):
		return no(CodeWrongKind)
	case r.lot != "" && r.lot != j.From.Lot, r.serial != "" && r.serial != j.From.Serial, r.told && r.expiry != j.From.Expiry:
		return no(CodeWrongLot)
	}
	if lots := j.lots(t.State); len(lots) > 1 && r.item != nil {
		if r.ofAnother(lots, j.From) {
			return no(CodeWrongLot)
		}
		if len(r.among(lots)) > 1 {
			return t.askLot(j.ref(), r)
		}
	}
	return j.take(t, max(r.qty, 1), r.lot).scanned(r.thing())
}

func (j *replenishJob) take(t *turn, qty int64, said string) *Verdict {
	row, left := t.stock[j.From], j.Qty-j.Done-j.Hand
	switch {
	case qty > left:
		return verdict(CodeOverPick).qty(left)
	case row == nil || row.OnHand-row.Reserved < j.Hand+qty:
		return verdict(CodeOverPick).qty(0)
	}
	among := both(j.Among, t.mayBe(t.StockAt(j.From.Place), j.From, said))
	t.emit(&ReplenishTaken{Replenish: j.ID, At: true, Hand: j.Hand + qty, Among: among})
	if j.Done+j.Hand >= j.Qty {
		return verdict(CodeBinNext).qty(qty)
	}
	return verdict(CodePicked).qty(qty)
}

// place puts what is in the hand down: where it is wanted, or in another pick bin that bears it.
func (j *replenishJob) place(t *turn, r *seen, no func(Code) *Verdict) *Verdict {
	if r.bin.BinKind != "pick" {
		return no(CodeWrongBin)
	}
	if over := t.overload(r.bin, j.From.SKU, j.Hand); over > 0 {
		return no(CodeBinFull).qty(over)
	}
	if row := t.stock[j.From]; row == nil || row.OnHand-row.Reserved < j.Hand { // promised or counted away meanwhile
		t.emit(&ReplenishTaken{Replenish: j.ID})
		return no(CodeChanged)
	}
	sku := j.From.SKU
	t.emit(&ReplenishPlaced{Replenish: j.ID, Move: Movement{Key: j.From, To: InBin(r.bin.Code), Qty: j.Hand, Reason: "replenish", Among: j.Among}})
	v := verdict(CodePutAway).scanned(r.thing())
	if j.Done >= j.Qty || j.spent(t.State) {
		t.emit(&ReplenishEnded{Replenish: j.ID})
		v.Code = CodePutAwayDone
	}
	t.stockCame(sku)
	return v
}

func (j *replenishJob) act(t *turn, a *Act) *Verdict {
	switch a.Action {
	case "leave":
		t.emit(&ReplenishLeft{Replenish: j.ID})
		return verdict(CodeLeft)
	case "finish":
		if j.next(t.State).Step != "finish" {
			return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
		}
		t.emit(&ReplenishEnded{Replenish: j.ID})
		return verdict(CodePutAwayDone)
	case "skip": // nothing of it is there, or nobody gets to it: somebody looks
		if j.At || j.Hand > 0 {
			return verdict(CodeNothingSkip)
		}
		bin, item := j.From.Place.Bin(), string(j.From.SKU)
		t.emit(&ReplenishEnded{Replenish: j.ID})
		t.askCount(bin, "reserve bin "+string(bin)+" was skipped when "+item+" was to be brought")
		return verdict(CodeSkipped)
	case "qty":
		switch {
		case j.next(t.State).Step != "item" || j.From.Serial != "":
			return verdict(CodeQtyNotHere).wanted(wanted(j.next(t.State)))
		case a.Qty < 1 || a.Qty > QtyLimit:
			return badQty()
		}
		if !j.sure(t.State) {
			return verdict(CodeQtyNotHere).wanted(wanted(j.next(t.State)))
		}
		return j.take(t, a.Qty, "")
	case "answer":
		return j.answer(t, a)
	case "undo":
		return j.undo(t)
	}
	return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
}

func (j *replenishJob) undo(t *turn) *Verdict {
	if j.Hand > 0 {
		t.emit(&ReplenishTaken{Replenish: j.ID, At: true})
		return verdict(CodeUndone)
	}
	u, none := t.lastStep(j.Undo)
	if none != nil {
		return none
	}
	if row := t.stock[u.Key.at(u.To)]; row == nil || row.OnHand-row.Reserved < u.Qty {
		return verdict(CodeNoUndo)
	}
	t.emit(&ReplenishPlaced{Replenish: j.ID, Move: Movement{Key: u.Key.at(u.To), To: u.Key.Place, Qty: u.Qty, Reason: "undo", Among: u.Among}, Back: true})
	return verdict(CodeUndone)
}
