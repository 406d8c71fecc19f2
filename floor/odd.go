package floor

import "fmt"

// What a picker meets at a bin besides the thing itself: a damaged unit, another lot, an item that lies in the wrong
// place, goods in a bin that should be empty. Each is a deliberate action after the scan that was refused, never a
// guess made from it.

// Odd is what the last refused scan at a bin makes possible.
type Odd struct {
	Lot   StockKey `cbor:"1,keyasint,omitempty"` // swap: this lot of the same bin in place of the promised one
	Stray SKU      `cbor:"2,keyasint,omitempty"` // misplaced: this item lies where the books have none
}

func (o *Odd) actions() []string {
	switch {
	case o == nil:
		return nil
	case o.Lot.SKU != "":
		return []string{"swap"}
	}
	return []string{"misplaced"}
}

// otherLot notes that another lot of the bin was scanned which would do as well.
func (j *pickJob) otherLot(t *turn, p *PickLine, r *seen) {
	last := t.lastDay(r.item, t.Orders[p.Order])
	if t.Orders[p.Order].Back != "" { // nothing else will do
		return
	}
	for _, row := range t.StockAt(p.From.Place) {
		k := row.Key
		if k.SKU == p.SKU && k.Lot == r.lot && k.Lot != p.From.Lot && row.Free() > 0 && (k.Expiry == "" || k.Expiry > last) &&
			(r.expiry == "" || k.Expiry == r.expiry) {
			t.emit(&OddSeen{List: j.ID, Odd: Odd{Lot: k}})
			return
		}
	}
}

// stray notes that an item was scanned at a bin that holds none by the books.
func (j *pickJob) stray(t *turn, r *seen) {
	if j.At == "" {
		return
	}
	for _, row := range t.StockAt(InBin(j.At)) {
		if row.Key.SKU == r.item.SKU && row.OnHand > 0 {
			return
		}
	}
	t.emit(&OddSeen{List: j.ID, Odd: Odd{Stray: r.item.SKU}})
}

// swap takes the lot that was scanned in place of the promised one.
func (j *pickJob) swap(t *turn) *Verdict {
	p := j.line()
	if p == nil || j.Odd == nil || j.Odd.Lot.SKU == "" {
		return verdict(CodeNoAction).wanted(wanted(j.step(t.State)))
	}
	to, was := j.Odd.Lot, p.From.Lot
	v := verdict(CodeSwapped).belongs(&Thing{"lot", to.Lot, phrase("lot {lot}", to.Lot)})
	open := numbersOf(j.alike(p))
	first := open[0]
	for _, n := range open {
		q := &j.Lines[n-1]
		row := t.stock[to]
		if row == nil || row.Free() <= 0 {
			break
		}
		qty := min(q.Qty-q.Short-q.Picked, row.Free())
		line := PickLine{Order: q.Order, OrderLine: q.OrderLine, SKU: q.SKU, From: to, Qty: qty, Slot: q.Slot, Status: LineOpen,
			Why: "in place of lot " + was}
		t.emit(&LineShorted{List: j.ID, Line: n, Qty: qty, Reason: "swapped", Undo: true, More: n != first, Added: []int{len(j.Lines) + 1}})
		t.emit(&LinesAdded{List: j.ID, Lines: []PickLine{line}, Walk: j.inserted(t, []PickLine{line})})
	}
	return v
}

// misplaced asks for a count of the bin in which something lies that should not.
func (j *pickJob) misplaced(t *turn) *Verdict {
	if j.Odd == nil || j.Odd.Stray == "" {
		return verdict(CodeNoAction).wanted(wanted(j.step(t.State)))
	}
	sku, bin := j.Odd.Stray, string(j.At)
	t.askCount(j.At, string(sku)+" lies in bin "+bin+", where the books have none")
	return verdict(CodeMisplaced).belongs(&Thing{"bin", bin, bin})
}

// askCount asks somebody to count a bin.
func (t *turn) askCount(bin BinCode, why string) {
	t.raise("count", string(bin), why+": count it", "bin")
	t.planCount(bin, "odd")
}

// damaged puts units that were found damaged aside, into quarantine. Others are taken in their place.
func (j *pickJob) damaged(t *turn, a *Act) *Verdict {
	n, p := j.step(t.State), j.line()
	if p == nil || n.Step != "item" && n.Step != "serial" {
		return verdict(CodeNoAction).wanted(wanted(n))
	}
	if len(t.index.quarantines) == 0 {
		return verdict(CodeBadArgs).wanted(&Thing{"bin", "", phrase("no quarantine bin is set up: say it is short, damaged")})
	}
	row, qty := t.stock[p.From], max(a.Qty, 1)
	if left := p.Qty - p.Short - p.Picked; qty > left || qty > row.OnHand {
		return verdict(CodeBadQty).wanted(&Thing{"qty", fmt.Sprint(left), phrase("at most {count}, as many as are wanted here", fmt.Sprint(left))})
	}
	to, from := t.index.quarantines[0], p.From
	b := &UnitsDamaged{List: j.ID, Line: p.N, Move: Movement{Key: from, To: InBin(to), Qty: qty, Reason: "damaged"}}
	b.Short = max(row.Reserved-(row.OnHand-qty), 0) // nothing sound is left here for these
	elsewhere := t.plan()
	elsewhere.taken[from] = qty
	added := j.elsewhere(elsewhere, p, b.Short)
	b.Final, b.Added = b.Short-unitsOf(added), j.numbered(added)
	t.emit(b)
	if len(added) > 0 {
		t.emit(&LinesAdded{List: j.ID, Lines: added, Walk: j.inserted(t, added)})
	}
	t.raise("damaged", string(from.SKU), itoa(qty)+" of "+string(from.SKU)+" in "+string(to)+", found damaged in "+string(j.At)+": look at them", "item")
	return verdict(CodeDamaged).qty(qty).belongs(&Thing{"bin", BinLabel(to), string(to)})
}

// undoDamaged takes units back out of quarantine, and what was sought in their place off the walk.
func (j *pickJob) undoDamaged(t *turn, u Undoable) *Verdict {
	row := t.stock[u.Key.at(u.To)]
	if row == nil || row.OnHand-row.Reserved < u.Qty || !j.untouched(u.Added) {
		return verdict(CodeNoUndo)
	}
	t.emit(&StepUndone{List: j.ID, Step: u, Back: []Movement{{Key: row.Key, To: u.Key.Place, Qty: u.Qty, Reason: "undo"}}})
	return verdict(CodeUndone)
}

// askZero asks whether a bin is empty that should be by now, where the house wants that asked.
func (j *pickJob) askZero(t *turn, bin BinCode) {
	if !t.Site.ZeroCheck {
		return
	}
	for _, row := range t.StockAt(InBin(bin)) {
		if row.OnHand > 0 {
			return
		}
	}
	t.emit(&ZeroAsked{List: j.ID, Bin: bin})
}

func (l *PickList) zeroAsk() *Ask {
	if l.Zero == "" {
		return nil
	}
	return &Ask{ID: "zero_check", Text: phrase("Is {bin} empty now?", string(l.Zero)), Kind: "choice",
		Options: []Option{{"yes", phrase("Yes, empty")}, {"no", phrase("No, something is there")}}}
}

// answerZero takes the answer. Whoever scans on without one has not looked; nothing is held up by the question.
func (j *pickJob) answerZero(t *turn, a *Act) *Verdict {
	if j.Unsure != nil && a.Ask == "lot" {
		return j.answerLot(t, a)
	}
	bin := j.Zero
	switch {
	case bin == "" || a.Ask != "zero_check":
		return verdict(CodeNoAction).wanted(wanted(j.step(t.State)))
	case a.Value == "yes":
		t.emit(&ZeroAsked{List: j.ID})
		return verdict(CodeBinEmpty).belongs(&Thing{"bin", string(bin), string(bin)})
	case a.Value == "no":
		t.emit(&ZeroAsked{List: j.ID})
		t.planCount(bin, "zero_check")
		t.askCount(bin, "the books say bin "+string(bin)+" is empty, and it is not")
		return verdict(CodeBinNotEmpty).belongs(&Thing{"bin", string(bin), string(bin)})
	}
	return verdict(CodeBadArgs).wanted(&Thing{"answer", "", phrase("yes or no")})
}

// OddSeen says what the last refused scan at a bin makes possible.
type OddSeen struct {
	List PickListID `cbor:"1,keyasint"`
	Odd  Odd        `cbor:"2,keyasint"`
}

var _ = kind(KindOddSeen, "odd_seen", "picklists", func() Body { return new(OddSeen) })

func (*OddSeen) Kind() Kind { return KindOddSeen }

func (b *OddSeen) apply(s *State, e *Event) {
	l := s.list(b.List, e)
	odd := b.Odd
	l.Odd = &odd
	s.saveList(l)
}

// ZeroAsked says a picker is asked whether a bin is empty; without a bin, that it was answered.
type ZeroAsked struct {
	List PickListID `cbor:"1,keyasint"`
	Bin  BinCode    `cbor:"2,keyasint,omitempty"`
}

var _ = kind(KindZeroAsked, "zero_asked", "picklists", func() Body { return new(ZeroAsked) })

func (*ZeroAsked) Kind() Kind { return KindZeroAsked }

func (b *ZeroAsked) apply(s *State, e *Event) {
	l := s.list(b.List, e)
	l.Zero = b.Bin
	s.saveList(l)
}

// UnitsDamaged says damaged units went from a bin into quarantine.
type UnitsDamaged struct {
	List  PickListID `cbor:"1,keyasint"`
	Line  int        `cbor:"2,keyasint"`
	Move  Movement   `cbor:"3,keyasint"`
	Short int64      `cbor:"4,keyasint,omitempty"` // units that the line can no longer have from there
	Final int64      `cbor:"5,keyasint,omitempty"` // of them, those found nowhere else
	Added []int      `cbor:"6,keyasint,omitempty"` // the lines that come in their place
}

var _ = kind(KindUnitsDamaged, "units_damaged", "stock", func() Body { return new(UnitsDamaged) })

func (*UnitsDamaged) Kind() Kind              { return KindUnitsDamaged }
func (b *UnitsDamaged) Movements() []Movement { return []Movement{b.Move} }
func (b *UnitsDamaged) About() []string       { return aboutMoves([]Movement{b.Move}) }

func (b *UnitsDamaged) apply(s *State, e *Event) {
	l := s.list(b.List, e)
	s.move(b.Move)
	s.shorted(&l.Lines[b.Line-1], b.Short, b.Final)
	l.Serial = false
	l.Undo = pushUndo(l.Undo, Undoable{At: e.At, What: "damaged", Line: b.Line, Qty: b.Move.Qty, Key: b.Move.Key, To: b.Move.To,
		Short: b.Short, Final: b.Final, Added: b.Added})
	s.saveList(l)
}

// PromisesSwapped says two open lines change the units that are promised to them: the picker holds the other's.
type PromisesSwapped struct {
	List      PickListID `cbor:"1,keyasint"`
	Line      int        `cbor:"2,keyasint"`
	OtherList PickListID `cbor:"3,keyasint"`
	OtherLine int        `cbor:"4,keyasint"`
}

var _ = kind(KindPromisesSwapped, "promises_swapped", "picklists", func() Body { return new(PromisesSwapped) })

func (*PromisesSwapped) Kind() Kind { return KindPromisesSwapped }

func (b *PromisesSwapped) apply(s *State, e *Event) {
	l, other := s.list(b.List, e), s.PickLists[b.OtherList]
	p, q := &l.Lines[b.Line-1], &other.Lines[b.OtherLine-1]
	p.From, q.From = q.From, p.From
	s.saveList(l)
	s.saveList(other)
}

// swapPromise gives a line the serial that is promised to another which nobody works on at this bin, and that one this
// line's. It says whether it could.
func (j *pickJob) swapPromise(t *turn, p *PickLine, k StockKey) bool {
	for _, id := range t.index.lists {
		l := t.PickLists[id]
		for i := range l.Lines {
			q := &l.Lines[i]
			if q.From == k && q.Status == LineOpen && q.Qty == 1 && p.Qty-p.Short-p.Picked == 1 && p.Qty == 1 &&
				(id == j.ID || !l.Lease.held() || l.At != k.Place.Bin()) {
				t.emit(&PromisesSwapped{List: j.ID, Line: p.N, OtherList: id, OtherLine: q.N})
				return true
			}
		}
	}
	return false
}
