package floor

import (
	"slices"
	"strings"
)

// CountID names a count of a bin.
type CountID string

// Count is a bin to be counted, blind: nobody who counts is told what the books say. What differs is counted a second
// time before anything is believed; a difference above the house's limit is booked only on another person's word.
type Count struct {
	ID       CountID       `cbor:"1,keyasint"`
	Bin      BinCode       `cbor:"2,keyasint"`
	Why      string        `cbor:"3,keyasint"` // plan, or what made somebody doubt the bin
	Status   string        `cbor:"4,keyasint"`
	Lease    Lease         `cbor:"5,keyasint"`
	At       bool          `cbor:"6,keyasint,omitempty"` // the bin was scanned
	Found    []CountedRow  `cbor:"7,keyasint,omitempty"` // so far
	First    []CountedRow  `cbor:"8,keyasint,omitempty"` // of the count before this one
	Round    int           `cbor:"9,keyasint,omitempty"`
	Due      *ReceivedUnit `cbor:"10,keyasint,omitempty"` // units in the hand whose lot or serial is due
	Moved    bool          `cbor:"11,keyasint,omitempty"` // something came or went while it was counted
	Asked    bool          `cbor:"12,keyasint,omitempty"` // whether the bin is empty
	By       []WorkerID    `cbor:"13,keyasint,omitempty"`
	Differ   []Difference  `cbor:"14,keyasint,omitempty"`
	Undo     []Undoable    `cbor:"15,keyasint,omitempty"`
	Created  Time          `cbor:"16,keyasint"`
	Ended    Time          `cbor:"17,keyasint,omitempty"`
	Approved WorkerID      `cbor:"18,keyasint,omitempty"`
	WorthOff int64         `cbor:"19,keyasint,omitempty"` // what the differences are worth, in cents, all of them added
}

// CountedRow is so many units of a kind, without its place.
type CountedRow struct {
	Key StockKey `cbor:"1,keyasint"`
	Qty int64    `cbor:"2,keyasint"`
}

// Difference is what was found where the books say otherwise.
type Difference struct {
	Key   StockKey `cbor:"1,keyasint" json:"key"`
	Books int64    `cbor:"2,keyasint" json:"books"`
	Found int64    `cbor:"3,keyasint" json:"found"`
}

// The status words of a count.
const (
	CountOpen      = "open"
	CountAgain     = "again"   // it differed: once more
	CountDiffers   = "differs" // waits for a second person's word
	CountDone      = "done"
	CountCancelled = "cancelled"
)

var countLife = life{"count", []move{
	{CountOpen, "agree", CountDone},
	{CountOpen, "again", CountAgain},
	{CountAgain, "agree", CountDone},
	{CountAgain, "again", CountAgain},
	{CountAgain, "book", CountDone},
	{CountAgain, "differ", CountDiffers},
	{CountDiffers, "book", CountDone},
	{CountDiffers, "again", CountAgain},
	{CountOpen, "cancel", CountCancelled},
	{CountAgain, "cancel", CountCancelled},
	{CountDiffers, "cancel", CountCancelled},
}}

// Counting is how far a difference is booked without a second person.
type Counting struct {
	LimitUnits int64 `cbor:"1,keyasint,omitempty" json:"limit_units"`
	LimitCents int64 `cbor:"2,keyasint,omitempty" json:"limit_cents"`
}

// UsualCounting is the rule of a house that has said nothing.
var UsualCounting = Counting{LimitUnits: 5, LimitCents: 5000}

// Counting is the house's rule, or the usual one.
func (s *State) Counting() Counting {
	if s.Site.Counting == (Counting{}) {
		return UsualCounting
	}
	return s.Site.Counting
}

// Limits of counts.
const (
	CountPlanLimit = 200 // bins of one command
	CountRowLimit  = 2000
)

// PlanCounts has bins counted. A bin whose count is open already is left as it is.
type PlanCounts struct {
	Bins []BinCode
	SKU  SKU // in place of bins: all in which it lies
	Why  string
}

func (v PlanCounts) do(t *turn) (any, *Error) {
	var f faults
	if v.SKU != "" && len(v.Bins) == 0 {
		if v.Bins = t.binsOf(v.SKU); len(v.Bins) == 0 {
			return nil, refuse(NotFound, "nothing_there", "no bin holds "+string(v.SKU)+", so there is nothing of it to be counted")
		}
	}
	if len(v.Bins) == 0 || len(v.Bins) > CountPlanLimit {
		f.add("/bins", "out_of_range", "1 to 200 bins at once")
	}
	for i, b := range v.Bins {
		if t.Bins[b] == nil && i < CountPlanLimit {
			f.add(pointerTo("/bins", i, ""), "unknown_bin", "no bin "+string(b))
		}
	}
	checkText(&f, "/why", v.Why, 0, NameLimit)
	if err := f.err(); err != nil {
		return nil, err
	}
	why := v.Why
	defaultText(&why, "plan")
	out := []*CountView{}
	for _, b := range v.Bins {
		out = append(out, t.CountView(t.planCount(b, why), true))
	}
	return map[string]any{"items": out}, nil
}

// binsOf are the bins in which an item lies by the books.
func (s *State) binsOf(sku SKU) (out []BinCode) {
	for _, row := range s.StockOf(sku) {
		if b := row.Key.Place.Bin(); b != "" && row.OnHand > 0 && !slices.Contains(out, b) {
			out = append(out, b)
		}
	}
	return out
}

// planCount has a bin counted, unless that is to be done already.
func (t *turn) planCount(b BinCode, why string) *Count {
	if id := t.index.counting[b]; id != "" {
		return t.Counts[id]
	}
	id := CountID(t.following("count", "CT-%05d", 0))
	t.emit(&CountPlanned{ID: id, Bin: b, Why: why})
	return t.Counts[id]
}

// JudgeCount is a second person's word on a count that differs: book it, count again, or let it be.
type JudgeCount struct {
	ID   CountID
	Verb string // book, again or cancel
}

func (v JudgeCount) do(t *turn) (any, *Error) {
	c := t.Counts[v.ID]
	if c == nil {
		return nil, refuse(NotFound, "no_count", "no count "+string(v.ID))
	}
	if !oneOf(v.Verb, []string{"book", "again", "cancel"}) || countLife.to(c.Status, v.Verb) == "" || v.Verb == "book" && c.Status != CountDiffers {
		return nil, refuse(Conflict, "count_"+c.Status, "the count is "+c.Status)
	}
	if v.Verb == "book" && slices.Contains(c.By, t.c.Worker) {
		return nil, refuse(Forbidden, "second_person", "whoever counted does not book it: another lead does")
	}
	if v.Verb != "book" {
		t.emit(&CountMoved{Count: c.ID, Verb: v.Verb})
		return t.CountView(c, true), nil
	}
	moves, err := t.bookings(c)
	if err != nil {
		return nil, err
	}
	t.book(c, moves)
	return t.CountView(c, true), nil
}

// bookings are the movements that bring the books to what was found; refused where the bin changed since, or where units
// that are not there are promised to pickers.
func (t *turn) bookings(c *Count) (moves []Movement, err *Error) {
	for _, d := range c.Differ {
		k := d.Key.at(InBin(c.Bin))
		row, now := t.stock[k], int64(0)
		if row != nil {
			now = row.OnHand
		}
		if now != d.Books {
			return nil, refuse(Conflict, "bin_changed", "goods came or went since it was counted: have it counted again")
		}
		if row != nil && row.Reserved-t.keptAt(k) > d.Found {
			return nil, refuse(Conflict, "reserved", "pickers are on their way for more than was found: let them pick or say short first")
		}
		m, err := t.booking(k, d.Found-d.Books)
		if err != nil {
			return nil, err
		}
		moves = append(moves, m)
	}
	return moves, nil
}

// booking brings one row to what was found. A serial is one unit: where the books have it in another bin it comes from there.
func (t *turn) booking(k StockKey, qty int64) (m Movement, err *Error) {
	if k.Serial == "" || qty < 0 {
		return adjustment(k, qty, "count"), nil
	}
	for _, row := range t.StockOf(k.SKU) {
		switch {
		case row.Key.Serial != k.Serial || row.OnHand < 1 || row.Key.Place.Outside():
		case row.Key.Place.Bin() == "" || row.Reserved > 0 || row.Key.Condition == Returned:
			return m, refuse(Conflict, "serial_elsewhere", "the books have "+k.Serial+" in "+string(row.Key.Place)+": have that looked at first")
		default:
			return Movement{Key: row.Key, To: k.Place, Qty: qty, Reason: "count"}, nil
		}
	}
	return adjustment(k, qty, "count"), nil
}

// book brings the books to what was found and lets the bin be promised again.
func (t *turn) book(c *Count, moves []Movement) {
	var given, skus []SKU
	for _, d := range c.Differ {
		k := d.Key.at(InBin(c.Bin))
		if row := t.stock[k]; row != nil && row.Reserved > d.Found {
			given = append(given, t.dropKeptAt(k)...)
		}
		skus = append(skus, k.SKU)
	}
	t.emit(&CountBooked{Count: c.ID, Moves: moves})
	t.countEnded(c)
	t.stockCame(append(given, skus...)...)
}

// countEnded lets what a count was about be promised again.
func (t *turn) countEnded(c *Count) {
	t.settleDoubt(c.Bin)
	for _, what := range []string{"short_pick", "count"} {
		t.seenTo(what, string(c.Bin), "counted as "+string(c.ID))
	}
}

// BeingCounted says whether a bin's count is under way or planned.
func (s *State) BeingCounted(b BinCode) bool { return s.index.counting[b] != "" }

// differences compares what was found with the books. What waits for its verdict is not counted away, nor more of it counted
// in: the returns bench says of each unit what becomes of it.
func (s *State) differences(c *Count) (out []Difference) {
	found := map[StockKey]int64{}
	for _, r := range c.Found {
		if r.Key.Condition != Returned {
			found[r.Key] = r.Qty
		}
	}
	for _, row := range s.StockAt(InBin(c.Bin)) {
		k := row.Key
		k.Place = ""
		if found[k] != row.OnHand && k.Condition != Returned {
			out = append(out, Difference{k, row.OnHand, found[k]})
		}
		delete(found, k)
	}
	for _, r := range c.Found {
		if n := found[r.Key]; n > 0 {
			out = append(out, Difference{r.Key, 0, n})
		}
	}
	return out
}

// worth is what differences are worth in cents and in units, each for itself: one too many does not make up for one too
// few.
func (s *State) worth(list []Difference) (cents, units int64) {
	for _, d := range list {
		n := abs(d.Found - d.Books)
		units += n
		if it := s.Items[d.Key.SKU]; it != nil {
			cents += n * it.CostCents
		}
	}
	return cents, units
}

// CountView is a count as the API shows it; the differences only to a lead.
type CountView struct {
	ID        CountID          `json:"id"`
	Bin       BinCode          `json:"bin"`
	Why       string           `json:"why"`
	Status    string           `json:"status"`
	Round     int              `json:"round"`
	Worker    string           `json:"worker,omitempty"`
	CountedBy []WorkerID       `json:"counted_by"`
	Differ    []DifferenceView `json:"differences"`
	WorthOff  int64            `json:"worth_cents"`
	CreatedAt string           `json:"created_at"`
	EndedAt   string           `json:"ended_at,omitempty"`
	Approved  WorkerID         `json:"approved_by,omitempty"`
}

// DifferenceView is a difference as the API shows it.
type DifferenceView struct {
	SKU    SKU    `json:"sku"`
	Name   string `json:"name"`
	Lot    string `json:"lot,omitempty"`
	Expiry string `json:"expiry,omitempty"`
	Serial string `json:"serial,omitempty"`
	Books  int64  `json:"books"`
	Found  int64  `json:"found"`
}

// CountView shows a count.
func (s *State) CountView(c *Count, lead bool) *CountView {
	v := &CountView{ID: c.ID, Bin: c.Bin, Why: c.Why, Status: c.Status, Round: c.Round, Worker: s.holder(c.Lease), CountedBy: append([]WorkerID{}, c.By...),
		Differ: []DifferenceView{}, CreatedAt: c.Created.String(), EndedAt: c.Ended.String(), Approved: c.Approved}
	for _, d := range c.Differ {
		if lead {
			v.WorthOff = c.WorthOff
			v.Differ = append(v.Differ, DifferenceView{d.Key.SKU, strings.TrimSpace(s.itemName(d.Key.SKU)), d.Key.Lot, d.Key.Expiry, d.Key.Serial, d.Books, d.Found})
		}
	}
	return v
}
