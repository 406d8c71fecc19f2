package floor

import "slices"

// What the bench asks, and what the next scan is to be for. All of it can be answered by a scan: the answers have cards.

// The modes of a bench; "" is none.
const (
	ModeShort   = "short"   // why is it missing?
	ModeDamaged = "damaged" // the next unit scanned goes aside
	ModeMove    = "move"    // the next unit scanned comes out of another parcel
	ModeMerge   = "merge"   // which parcel is put into the present one?
	ModeNest    = "nest"    // which parcel is the outer one?
)

// ask puts the question of the mode, where there is one.
func (j *packJob) ask(s *State, n *Next, o *Order) {
	switch {
	case j.Unsure != nil && j.Lot == "":
		lots := lotsOf(s.inTotes(o, j.Unsure.SKU), j.Unsure.SKU, nil)
		if len(lots) > 0 {
			n.Ask = lotAsk(lots, lots[0])
		}
	case j.Mode == ModeShort && j.Line < len(o.Lines):
		l := &o.Lines[j.Line]
		n.Ask = &Ask{ID: "short", Text: phrase("Missing of {item}: {count}. Why?", s.itemName(l.SKU), itoa(l.left())), Kind: "choice"}
		for _, r := range ShortReasons {
			n.Ask.Options = append(n.Ask.Options, Option{r, reasonName(r)})
		}
	case j.Mode == ModeMerge || j.Mode == ModeNest:
		text := phrase("Which parcel goes into this one?")
		if j.Mode == ModeNest {
			text = phrase("Which parcel is the outer one?")
		}
		n.Ask = &Ask{ID: j.Mode, Text: text, Kind: "choice"}
		for _, p := range j.others(s, j.Mode == ModeMerge) {
			n.Ask.Options = append(n.Ask.Options, Option{string(p.ID), phrase("{parcel}, units: {count}", p.name(), itoa(p.units()))})
		}
	}
}

func reasonName(r string) string {
	switch r {
	case "missing":
		return phrase("Not there")
	case "damaged":
		return phrase("Damaged")
	case "expired":
		return phrase("Expired")
	case "wrong_item":
		return phrase("Wrong item")
	}
	return phrase("Cannot reach it")
}

func (s *State) itemName(sku SKU) string {
	if it := s.Items[sku]; it != nil {
		return it.Name
	}
	return string(sku)
}

// answer takes the answer to what is asked.
func (j *packJob) answer(t *turn, a *Act) *Verdict {
	n := j.next(t.State)
	if n.Ask == nil || n.Ask.ID != a.Ask {
		return verdict(CodeNoAction).wanted(wanted(n))
	}
	switch a.Ask {
	case "lot":
		return j.answerLot(t, a)
	case "short":
		return j.shortLine(t, &t.Orders[j.Order].Lines[j.Line], a.Value)
	case ModeMerge, ModeNest:
		return j.answerParcel(t, a.Value)
	}
	return j.answerPrompt(t, a)
}

// askShort asks why the units that are wanted now are missing.
func (j *packJob) askShort(t *turn) *Verdict {
	o := t.Orders[j.Order]
	l := j.maybeShort(t.State)
	if l == nil {
		return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
	}
	t.emit(&BenchAsked{Order: o.ID, Mode: ModeShort, Line: lineOf(o, l)})
	return verdict(CodeAsked)
}

// aimShort turns the question to another line: the item of which something is missing was scanned.
func (j *packJob) aimShort(t *turn, r *seen) *Verdict {
	o := t.Orders[j.Order]
	if j.Mode != ModeShort || r.item == nil {
		return nil
	}
	for i := range o.Lines {
		if l := &o.Lines[i]; i != j.Line && l.SKU == r.item.SKU && l.left() > 0 && l.SKU != o.Lines[j.Line].SKU {
			t.emit(&BenchAsked{Order: o.ID, Mode: ModeShort, Line: i})
			return verdict(CodeAsked).scanned(r.thing())
		}
	}
	return nil
}

// startDamaged lets the next scan put a unit aside.
func (j *packJob) startDamaged(t *turn) *Verdict {
	n := j.next(t.State)
	switch {
	case !oneOf(n.Step, []string{"item", "move", "carton", "check", "weigh"}):
		return verdict(CodeNoAction).wanted(wanted(n))
	case len(t.index.quarantines) == 0:
		return verdict(CodeBadArgs).wanted(&Thing{"bin", "", phrase("no quarantine bin is set up: say it is short, damaged")})
	}
	look := &Next{}
	if j.damagedStep(t.State, look, t.Orders[j.Order]); len(look.Want) == 0 { // what there is is in inner packs
		return verdict(CodeNoAction).wanted(wanted(n))
	}
	t.emit(&BenchAsked{Order: j.Order, Mode: ModeDamaged})
	return verdict(CodeDamagedNext)
}

func (j *packJob) damagedStep(s *State, n *Next, o *Order) {
	n.Step, n.Expects, n.Title = "damaged", []string{"item", "serial"}, phrase("Scan the damaged unit")
	for i := range o.Lines {
		for _, row := range s.inTotes(o, o.Lines[i].SKU) {
			if len(n.Want) < 20 && o.Lines[i].left() > 0 {
				n.Want = append(n.Want, s.wantOf(ParcelUnit{Key: row.Key}))
			}
		}
	}
	if p := j.parcel(s); p != nil {
		for _, u := range p.Units {
			if u.Inner == "" && len(n.Want) < 20 {
				n.Want = append(n.Want, s.wantOf(u))
			}
		}
	}
}

// scanDamaged puts a damaged unit into quarantine: one that still lies in a tote, else one of the present parcel.
func (j *packJob) scanDamaged(t *turn, r *seen, n *Next) *Verdict {
	o := t.Orders[j.Order]
	for _, sku := range o.skus() {
		rows := slices.DeleteFunc(slices.Clone(t.inTotes(o, sku)), func(row *Stock) bool { return !r.isUnit(ParcelUnit{Key: row.Key}) })
		lots := lotsOf(rows, sku, nil)
		if len(rows) == 0 || o.leftOf(sku) == 0 {
			continue
		}
		if of := r.among(lots); len(of) > 1 && r.item != nil && r.item.byLot() {
			return t.askLot(j.ref(), r)
		}
		moves, left := j.moves(rows, max(r.qty, 1))
		if room := o.leftOf(sku); r.qty-left > room {
			left = r.qty - room
		}
		if left > 0 {
			return verdict(CodeTooMany).scanned(r.thing()).wanted(&Thing{"qty", itoa(r.qty - left), phrase("only {count} more", itoa(r.qty-left))})
		}
		for _, part := range o.split(moves) {
			u := ParcelUnit{Line: part.line, Key: part.move.Key, Qty: part.move.Qty}
			j.putAside(t, o, u, "")
		}
		return j.wasDamaged(t, o, sku, max(r.qty, 1)).scanned(r.thing())
	}
	if p := j.parcel(t.State); p != nil {
		for _, u := range p.Units {
			if u.Inner == "" && r.isUnit(u) && max(r.qty, 1) <= u.Qty {
				j.putAside(t, o, u.part(max(r.qty, 1)), p.ID)
				return j.wasDamaged(t, o, u.Key.SKU, max(r.qty, 1)).scanned(r.thing())
			}
		}
	}
	if r.item == nil {
		return j.elsewhere(t, r, n)
	}
	return verdict(CodeNotInOrder).scanned(r.thing()).wanted(wanted(n)).belongs(t.whose(o, r))
}

func (j *packJob) putAside(t *turn, o *Order, u ParcelUnit, from ParcelID) {
	key := u.Key
	if from != "" {
		key = key.at(InParcel(from))
	}
	t.emit(&PackDamaged{Order: o.ID, Unit: u, Parcel: from,
		Move: Movement{Key: key, To: InBin(t.index.quarantines[0]), Qty: u.Qty, Reason: "damaged"}})
}

// wasDamaged tells who must look at it, and ends a parcel that nothing is left for.
func (j *packJob) wasDamaged(t *turn, o *Order, sku SKU, qty int64) *Verdict {
	to := t.index.quarantines[0]
	t.suggest(o.ID)
	t.raise("damaged", string(sku), itoa(qty)+" of "+string(sku)+" in "+string(to)+", found damaged at the bench: look at them", "item")
	t.missesSomething(o)
	j.tidy(t)
	return verdict(CodeAside).qty(qty).belongs(&Thing{"bin", BinLabel(to), string(to)})
}

// missesSomething tells a lead that an order which goes only whole is not.
func (t *turn) missesSomething(o *Order) {
	if t.shipOf(o) == ShipComplete {
		t.raise("order_short", string(o.ID), "order "+string(o.ID)+" goes only complete, and the bench misses something: find it, or let it go in part", "order")
	}
}

// gather takes number cards at the scale: the weight, digit by digit.
func (j *packJob) gather(t *turn, r *seen) *Verdict {
	n := j.next(t.State)
	if n.Step != "weigh" {
		return nil
	}
	digits := j.digits() + r.digits
	if len(digits) > 7 {
		return verdict(CodeBadWeight).wanted(&Thing{"weight", "", phrase("grams, from 1")})
	}
	t.emit(&BenchNoted{Order: j.Order, What: notedDigits, Text: digits})
	return verdict(CodeDigits).qty(int64(atoi(digits)))
}

func (p *Packing) digits() string {
	if p.Note == nil {
		return ""
	}
	return p.Note.Digits
}

func (j *packJob) showDigits(n *Next) {
	n.Show.TypedG = int64(atoi(j.digits()))
}

// typed is the weight that cards were scanned for, where an action brings none; they are used up by it.
func (j *packJob) typed(t *turn, a *Act) {
	if d := j.digits(); d != "" && a.WeightG == 0 {
		a.WeightG = int64(atoi(d))
		t.emit(&BenchNoted{Order: j.Order, What: notedDigits})
	}
}

// BenchAsked says what a bench asks, or what its next scan is for; without a mode, that this is over.
type BenchAsked struct {
	Order OrderID `cbor:"1,keyasint"`
	Mode  string  `cbor:"2,keyasint,omitempty"`
	Line  int     `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindBenchAsked, "bench_asked", "parcels", func() Body { return new(BenchAsked) })

func (*BenchAsked) Kind() Kind { return KindBenchAsked }

func (b *BenchAsked) apply(s *State, e *Event) {
	p := s.Packings[b.Order]
	p.settle()
	p.Mode, p.Line = b.Mode, b.Line
	p.Lease.renew(e)
	s.savePacking(p)
}

// What a bench notes of the order it packs.
const (
	notedDigits  = "digits"     // of the weight, so far
	notedChecked = "checked"    // what the packer confirmed of the present parcel
	notedEvery   = "every_unit" // a wrong unit was found in a sample: from now on every unit is looked at
)

// BenchNoted says what a bench notes beside the goods.
type BenchNoted struct {
	Order OrderID `cbor:"1,keyasint"`
	What  string  `cbor:"2,keyasint"`
	Text  string  `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindBenchNoted, "bench_noted", "parcels", func() Body { return new(BenchNoted) })

func (*BenchNoted) Kind() Kind { return KindBenchNoted }

func (b *BenchNoted) apply(s *State, e *Event) {
	p, o := s.Packings[b.Order], s.Orders[b.Order]
	note := BenchNote{}
	if p.Note != nil {
		note = *p.Note
	}
	switch b.What {
	case notedDigits:
		note.Digits = b.Text
	case notedChecked:
		note.Checked = append(slices.Clone(note.Checked), string(p.Parcel)+"/"+b.Text)
		o.stamp(e, "checked", b.Text)
	case notedEvery:
		p.Every = true
		o.stamp(e, "every_unit", b.Text)
	}
	p.Note = &note
	p.Lease.renew(e)
	s.savePacking(p)
	s.touch(TableOrder, string(o.ID))
}

// PackDamaged says a unit went from the bench into quarantine; its order goes on without.
type PackDamaged struct {
	Order  OrderID    `cbor:"1,keyasint"`
	Unit   ParcelUnit `cbor:"2,keyasint"`
	Parcel ParcelID   `cbor:"3,keyasint,omitempty"` // it was packed already
	Move   Movement   `cbor:"4,keyasint"`
}

var _ = kind(KindPackDamaged, "pack_damaged", "parcels", func() Body { return new(PackDamaged) })

func (*PackDamaged) Kind() Kind              { return KindPackDamaged }
func (b *PackDamaged) Movements() []Movement { return []Movement{b.Move} }
func (b *PackDamaged) About() []string       { return aboutMoves(b.Movements()) }

func (b *PackDamaged) apply(s *State, e *Event) {
	o, pack := s.Orders[b.Order], s.Packings[b.Order]
	s.move(b.Move)
	l := &o.Lines[b.Unit.Line]
	l.Picked -= b.Unit.Qty
	l.Short += b.Unit.Qty
	if p := s.Parcels[b.Parcel]; p != nil {
		l.Packed -= b.Unit.Qty
		p.less(b.Unit)
		p.Carton = ""
		s.saveParcel(p)
	}
	pack.settle()
	unit := b.Unit
	pack.Undo = pushUndo(pack.Undo, Undoable{At: e.At, What: "aside", Unit: &unit, Parcel: b.Parcel, Qty: unit.Qty, Key: b.Move.Key, To: b.Move.To})
	pack.Lease.renew(e)
	s.savePacking(pack)
	s.touch(TableOrder, string(o.ID))
}

// undoAside takes a unit back out of quarantine. Called from Apply.
func (s *State) undoAside(o *Order, u Undoable, moves []Movement) {
	for _, m := range moves {
		s.move(m)
	}
	l := &o.Lines[u.Unit.Line]
	l.Picked += u.Qty
	l.Short -= u.Qty
	if p := s.Parcels[u.Parcel]; p != nil {
		l.Packed += u.Qty
		p.add(*u.Unit)
		s.saveParcel(p)
	}
}
