package floor

import "slices"

// AdjustmentID names a change of the books that a second person is to look at.
type AdjustmentID string

// AskedAdjustment is goods to be brought in or written off by one person that another has to allow. Nothing is moved before.
type AskedAdjustment struct {
	ID      AdjustmentID `cbor:"1,keyasint"`
	Bin     BinCode      `cbor:"2,keyasint"`
	SKU     SKU          `cbor:"3,keyasint"`
	Qty     int64        `cbor:"4,keyasint"` // signed
	Lot     string       `cbor:"5,keyasint,omitempty"`
	Expiry  string       `cbor:"6,keyasint,omitempty"`
	Serials []string     `cbor:"7,keyasint,omitempty"`
	Reason  string       `cbor:"8,keyasint"`
	Cents   int64        `cbor:"9,keyasint,omitempty"` // what it is worth, never negative
	Status  string       `cbor:"10,keyasint"`
	By      WorkerID     `cbor:"11,keyasint"`
	At      Time         `cbor:"12,keyasint"`
	Judge   WorkerID     `cbor:"13,keyasint,omitempty"`
	Judged  Time         `cbor:"14,keyasint,omitempty"`
	Why     string       `cbor:"15,keyasint,omitempty"` // it was refused
}

// The status words of an adjustment that was asked for.
const (
	AdjustmentAsked    = "asked"
	AdjustmentApproved = "approved"
	AdjustmentRefused  = "refused"
)

var adjustmentLife = life{"adjustment", []move{
	{AdjustmentAsked, "approve", AdjustmentApproved},
	{AdjustmentAsked, "refuse", AdjustmentRefused},
}}

// Adjusting is how far one person changes the books of an item alone, at once and within a day; 0 is as far as they like. It
// is for people: a system that sends its changes with a token of its own answers for them.
type Adjusting struct {
	LimitUnits int64 `cbor:"1,keyasint,omitempty" json:"limit_units"`
	LimitCents int64 `cbor:"2,keyasint,omitempty" json:"limit_cents"`
}

// Limits of adjustments that wait, and how many that were judged are kept at hand; the journal has them all.
const (
	AdjustmentLimit = 500
	AdjustmentsKept = 100
)

// needsSecond is true of a change that one person does not make alone: by itself, or with what they changed the books of that
// item by today. Many small ones are not a way round the limit, and one's own mistake put right is none.
func (t *turn) needsSecond(v AdjustStock) bool {
	if t.c.Worker == "" {
		return false
	}
	return t.beyond(v.SKU, abs(v.Qty)) || t.beyond(v.SKU, abs(v.Qty+t.adjustedToday(v.SKU)))
}

func (t *turn) beyond(sku SKU, units int64) bool {
	rule := t.Site.Adjusting
	return rule.LimitUnits > 0 && units > rule.LimitUnits || rule.LimitCents > 0 && units*t.Items[sku].CostCents > rule.LimitCents
}

// askAdjustment keeps a change for a second person, who is told.
func (t *turn) askAdjustment(v AdjustStock) (any, *Error) {
	if v.Reason == "" {
		return nil, &Error{Invalid, "required", "a second person is to allow this: say why it is", []Fault{{Pointer: "/reason", Code: "required", Detail: "say why"}}}
	}
	if len(t.index.adjustments) >= AdjustmentLimit {
		return nil, refuse(Full, "too_many", "500 adjustments wait for a second person: have them looked at first")
	}
	a := AskedAdjustment{ID: AdjustmentID(t.following("adjustment", "AJ-%05d", 0)), Bin: v.Bin, SKU: v.SKU, Qty: v.Qty, Lot: v.Lot, Expiry: v.Expiry,
		Serials: v.Serials, Reason: v.Reason, Cents: abs(v.Qty) * t.Items[v.SKU].CostCents, Status: AdjustmentAsked, By: t.c.Worker}
	t.emit(&AdjustmentAskedFor{a})
	t.raise("adjustment_waits", string(a.ID), t.workerName(a.By)+" wants "+signed(a.Qty)+" of "+string(a.SKU)+" in "+string(a.Bin)+" ("+a.Reason+"): allow it or refuse it", "adjustment")
	t.accepted = true
	rows := t.stockViews(a.SKU, a.Bin) // as they are: nothing is moved yet
	rows["waiting"] = t.AdjustmentView(t.Adjustments[a.ID])
	return rows, nil
}

func signed(n int64) string {
	if n > 0 {
		return "+" + itoa(n)
	}
	return itoa(n)
}

// JudgeAdjustment is the second person's word.
type JudgeAdjustment struct {
	ID   AdjustmentID
	Verb string // approve or refuse
	Why  string // it is refused
}

func (v JudgeAdjustment) do(t *turn) (any, *Error) {
	a := t.Adjustments[v.ID]
	var f faults
	if !oneOf(v.Verb, []string{"approve", "refuse"}) {
		f.add("/verb", "bad_value", "approve or refuse")
	}
	checkText(&f, "/why", v.Why, 0, NameLimit)
	switch err := f.err(); {
	case a == nil:
		return nil, refuse(NotFound, "no_adjustment", "no adjustment "+string(v.ID))
	case err != nil:
		return nil, err
	case adjustmentLife.to(a.Status, v.Verb) == "":
		return nil, refuse(Conflict, "adjustment_"+a.Status, "the adjustment is "+a.Status+" already")
	case v.Verb == "approve" && t.c.Worker == "":
		return nil, refuse(Forbidden, "person_needed", "a person allows this, signed in by name: a token is nobody")
	case v.Verb == "approve" && a.By == t.c.Worker:
		return nil, refuse(Forbidden, "second_person", "whoever asked for it does not allow it: another lead does")
	case v.Verb == "refuse":
		t.emit(&AdjustmentJudged{ID: a.ID, Verb: v.Verb, Why: v.Why})
	default:
		if err := t.approveAdjustment(a); err != nil {
			return nil, err
		}
	}
	t.seenTo("adjustment_waits", string(a.ID), a.Status)
	return t.AdjustmentView(a), nil
}

// approveAdjustment makes the change, if it can still be made.
func (t *turn) approveAdjustment(a *AskedAdjustment) *Error {
	v := AdjustStock{Bin: a.Bin, SKU: a.SKU, Qty: a.Qty, Lot: a.Lot, Expiry: a.Expiry, Serials: a.Serials, Reason: a.Reason}
	keys, err := t.adjustable(v)
	if err != nil {
		return err
	}
	t.adjust(v, keys, func(moves []Movement) Body { return &AdjustmentJudged{ID: a.ID, Verb: "approve", Moves: moves} })
	return nil
}

// AdjustmentView is an adjustment that was asked for, as the API shows it.
type AdjustmentView struct {
	ID       AdjustmentID `json:"id"`
	Status   string       `json:"status"`
	Bin      BinCode      `json:"bin"`
	SKU      SKU          `json:"sku"`
	Name     string       `json:"name"`
	Qty      int64        `json:"qty"`
	Lot      string       `json:"lot,omitempty"`
	Expiry   string       `json:"expiry,omitempty"`
	Serials  []string     `json:"serials,omitempty"`
	Reason   string       `json:"reason"`
	Worth    int64        `json:"worth_cents"`
	AskedBy  WorkerID     `json:"asked_by"`
	AskedAt  string       `json:"asked_at"`
	JudgedBy WorkerID     `json:"judged_by,omitempty"`
	JudgedAt string       `json:"judged_at,omitempty"`
	Why      string       `json:"why,omitempty"`
}

// AdjustmentView shows an adjustment.
func (s *State) AdjustmentView(a *AskedAdjustment) *AdjustmentView {
	return &AdjustmentView{a.ID, a.Status, a.Bin, a.SKU, s.itemName(a.SKU), a.Qty, a.Lot, a.Expiry, a.Serials, a.Reason, a.Cents,
		a.By, a.At.String(), a.Judge, a.Judged.String(), a.Why}
}

// AdjustmentsAsked are those that wait, the oldest first.
func (s *State) AdjustmentsAsked() (out []*AdjustmentView) {
	for _, id := range s.index.adjustments {
		out = append(out, s.AdjustmentView(s.Adjustments[id]))
	}
	return out
}

// AdjustmentsJudged are those that were judged, the latest first.
func (s *State) AdjustmentsJudged() (out []*AdjustmentView) {
	for _, id := range slices.Backward(s.index.adjusted) {
		out = append(out, s.AdjustmentView(s.Adjustments[id]))
	}
	return out
}

// Kinds of adjustments by two people.
const (
	KindAdjustmentAsked Kind = 270 + iota
	KindAdjustmentJudged
	KindAdjustingSet
)

// TableAdjustment is the table of adjustments that a second person looks at.
const TableAdjustment Table = 90

// TableAdjusted is the table of how far each person changed the books alone.
const TableAdjusted Table = 91

func init() {
	tables[TableAdjusted] = rows(func(s *State) map[WorkerID]*AdjustedDay { return s.Adjusted })
	tables[TableAdjustment] = rows(func(s *State) map[AdjustmentID]*AskedAdjustment { return s.Adjustments })
}

func (s *State) saveAdjustment(a *AskedAdjustment) {
	s.index.setAdjustment(a)
	s.touch(TableAdjustment, string(a.ID))
	if over := len(s.index.adjusted) - AdjustmentsKept; over > 0 {
		old := s.index.adjusted[0]
		s.index.adjusted.drop(old)
		delete(s.Adjustments, old)
		s.touch(TableAdjustment, string(old))
	}
}

func (x *index) setAdjustment(a *AskedAdjustment) {
	x.adjustments.set(a.ID, a.Status == AdjustmentAsked)
	x.adjusted.set(a.ID, a.Status != AdjustmentAsked)
}

// AdjustmentAskedFor says somebody wants the books changed by more than one person may.
type AdjustmentAskedFor struct {
	Adjustment AskedAdjustment `cbor:"1,keyasint"`
}

var _ = kind(KindAdjustmentAsked, "adjustment_asked", "stock", func() Body { return new(AdjustmentAskedFor) })

func (*AdjustmentAskedFor) Kind() Kind        { return KindAdjustmentAsked }
func (b *AdjustmentAskedFor) About() []string { return []string{"item/" + string(b.Adjustment.SKU)} }

func (b *AdjustmentAskedFor) apply(s *State, e *Event) {
	s.number("adjustment")
	a := b.Adjustment
	a.At = e.At
	s.Adjustments[a.ID] = &a
	s.saveAdjustment(&a)
}

// AdjustmentJudged says what a second person said to it, and what moved by that.
type AdjustmentJudged struct {
	ID    AdjustmentID `cbor:"1,keyasint"`
	Verb  string       `cbor:"2,keyasint"`
	Moves []Movement   `cbor:"3,keyasint,omitempty"`
	Why   string       `cbor:"4,keyasint,omitempty"`
}

var _ = kind(KindAdjustmentJudged, "adjustment_judged", "stock", func() Body { return new(AdjustmentJudged) })

func (*AdjustmentJudged) Kind() Kind              { return KindAdjustmentJudged }
func (b *AdjustmentJudged) Movements() []Movement { return b.Moves }
func (b *AdjustmentJudged) About() []string       { return aboutMoves(b.Moves) }

func (b *AdjustmentJudged) apply(s *State, e *Event) {
	a := s.Adjustments[b.ID]
	a.Status, a.Judge, a.Judged, a.Why = adjustmentLife.must(a.Status, b.Verb), e.Worker, e.At, b.Why
	for _, m := range b.Moves {
		s.move(m)
	}
	s.saveAdjustment(a)
}

// SetAdjusting sets how far one person changes the books alone.
type SetAdjusting struct{ Rule Adjusting }

func (v SetAdjusting) do(t *turn) (any, *Error) {
	var f faults
	checkRange(&f, "/limit_units", v.Rule.LimitUnits, 0, QtyLimit)
	checkRange(&f, "/limit_cents", v.Rule.LimitCents, 0, MoneyLimit)
	if err := f.err(); err != nil {
		return nil, err
	}
	t.emit(&AdjustingSet{v.Rule})
	return v.Rule, nil
}

// AdjustingSet says how far one person changes the books alone.
type AdjustingSet struct {
	Rule Adjusting `cbor:"1,keyasint"`
}

var _ = kind(KindAdjustingSet, "adjusting_set", "stock", func() Body { return new(AdjustingSet) })

func (*AdjustingSet) Kind() Kind { return KindAdjustingSet }

func (b *AdjustingSet) apply(s *State, _ *Event) {
	s.Site.Adjusting = b.Rule
	s.touch(TableSite, "site")
}
