package floor

import "slices"

// What happens while a bin is counted, as events.

// Kinds of counting.
const (
	KindCountPlanned Kind = 210 + iota
	KindCountDue
	KindUnitsCounted
	KindCountUndone
	KindCountLeft
	KindCountMoved
	KindCountBooked
	KindCountingSet
)

func (s *State) saveCount(c *Count) {
	s.index.setCount(c)
	s.touch(TableCount, string(c.ID))
}

func (x *index) setCount(c *Count) {
	x.counts.set(c.ID, c.open())
	x.lease("count/"+string(c.ID), c.Lease)
	if c.Status == CountDone || c.Status == CountCancelled {
		if x.counting[c.Bin] == c.ID {
			delete(x.counting, c.Bin)
		}
		return
	}
	x.counting[c.Bin] = c.ID
}

func (s *State) count(id CountID, e *Event) *Count {
	c := s.Counts[id]
	c.Lease.renew(e)
	return c
}

// sawMove notes that goods came to a bin, or went, while somebody counts it.
func (s *State) sawMove(b BinCode) {
	if c := s.Counts[s.index.counting[b]]; c != nil && c.At && !c.Moved {
		c.Moved = true
		s.touch(TableCount, string(c.ID))
	}
}

// CountPlanned says a bin is to be counted.
type CountPlanned struct {
	ID  CountID `cbor:"1,keyasint"`
	Bin BinCode `cbor:"2,keyasint"`
	Why string  `cbor:"3,keyasint"`
}

var _ = kind(KindCountPlanned, "count_planned", "stock", func() Body { return new(CountPlanned) })

func (*CountPlanned) Kind() Kind { return KindCountPlanned }

func (b *CountPlanned) apply(s *State, e *Event) {
	s.number("count")
	c := &Count{ID: b.ID, Bin: b.Bin, Why: b.Why, Status: CountOpen, Created: e.At}
	s.Counts[c.ID] = c
	s.saveCount(c)
}

// CountDue says that the bin was reached, what is due of the units in the hand, or that it is asked whether it is empty.
type CountDue struct {
	Count CountID       `cbor:"1,keyasint"`
	At    bool          `cbor:"2,keyasint,omitempty"`
	Unit  *ReceivedUnit `cbor:"3,keyasint,omitempty"`
	Asked bool          `cbor:"4,keyasint,omitempty"`
}

var _ = kind(KindCountDue, "count_due", "stock", func() Body { return new(CountDue) })

func (*CountDue) Kind() Kind { return KindCountDue }

func (b *CountDue) apply(s *State, e *Event) {
	c := s.count(b.Count, e)
	if c.At, c.Due, c.Asked = b.At, b.Unit, b.Asked; b.At {
		s.saw(e, c.Bin)
	}
	s.saveCount(c)
}

// UnitsCounted says units lie in a bin.
type UnitsCounted struct {
	Count CountID  `cbor:"1,keyasint"`
	Key   StockKey `cbor:"2,keyasint"`
	Qty   int64    `cbor:"3,keyasint"`
	More  bool     `cbor:"4,keyasint,omitempty"` // of the same scan as the one before
}

var _ = kind(KindUnitsCounted, "units_counted", "stock", func() Body { return new(UnitsCounted) })

func (*UnitsCounted) Kind() Kind { return KindUnitsCounted }

func (b *UnitsCounted) apply(s *State, e *Event) {
	c := s.count(b.Count, e)
	c.Due, c.Asked = nil, false
	c.add(b.Key, b.Qty)
	c.Undo = pushUndo(c.Undo, Undoable{At: e.At, What: "counted", Key: b.Key, Qty: b.Qty, Cont: b.More})
	s.saveCount(c)
}

func (c *Count) add(k StockKey, qty int64) {
	i := slices.IndexFunc(c.Found, func(r CountedRow) bool { return r.Key == k })
	if i < 0 {
		c.Found = append(c.Found, CountedRow{k, qty})
		return
	}
	if c.Found[i].Qty += qty; c.Found[i].Qty == 0 {
		c.Found = slices.Delete(slices.Clone(c.Found), i, i+1)
	}
}

// CountUndone says the units counted last were not there, or that those in the hand are not counted.
type CountUndone struct {
	Count CountID `cbor:"1,keyasint"`
}

var _ = kind(KindCountUndone, "count_undone", "stock", func() Body { return new(CountUndone) })

func (*CountUndone) Kind() Kind { return KindCountUndone }

func (b *CountUndone) apply(s *State, e *Event) {
	c := s.count(b.Count, e)
	for more := c.Due == nil; more && len(c.Undo) > 0; {
		u := c.Undo[len(c.Undo)-1]
		c.add(u.Key, -u.Qty)
		c.Undo, more = c.Undo[:len(c.Undo)-1], u.Cont
	}
	c.Due = nil
	s.saveCount(c)
}

// CountLeft says the worker went away; half a count is none.
type CountLeft struct {
	Count CountID `cbor:"1,keyasint"`
}

var _ = kind(KindCountLeft, "count_left", "stock", func() Body { return new(CountLeft) })

func (*CountLeft) Kind() Kind { return KindCountLeft }

func (b *CountLeft) apply(s *State, _ *Event) {
	c := s.Counts[b.Count]
	c.restart()
	s.dropJob(&c.Lease, JobRef{"count", string(c.ID)})
	s.saveCount(c)
}

// CountMoved says a count took a step of its life; "restart", that it is begun anew; "found", what differs for good.
type CountMoved struct {
	Count  CountID      `cbor:"1,keyasint"`
	Verb   string       `cbor:"2,keyasint"`
	Differ []Difference `cbor:"3,keyasint,omitempty"`
	Cents  int64        `cbor:"4,keyasint,omitempty"`
}

var _ = kind(KindCountMoved, "count_moved", "stock", func() Body { return new(CountMoved) })

func (*CountMoved) Kind() Kind { return KindCountMoved }

func (b *CountMoved) apply(s *State, e *Event) {
	c := s.count(b.Count, e)
	switch b.Verb {
	case "restart":
		c.restart()
	case "found":
		c.Differ, c.WorthOff = b.Differ, b.Cents
		c.ends(e)
	case "again":
		c.Status, c.First, c.Differ = countLife.must(c.Status, b.Verb), c.Found, b.Differ
		c.ends(e)
		c.restart()
		s.dropJob(&c.Lease, JobRef{"count", string(c.ID)})
	default:
		if c.Status = countLife.must(c.Status, b.Verb); b.Verb == "agree" {
			c.Differ = nil
			c.ends(e)
			s.countedBin(c, e)
		}
		if c.Status == CountDone || c.Status == CountCancelled {
			c.Ended = e.At
		}
		s.dropJob(&c.Lease, JobRef{"count", string(c.ID)})
	}
	s.saveCount(c)
}

// ends notes who counted.
func (c *Count) ends(e *Event) {
	if e.Worker != "" && (len(c.By) == 0 || c.By[len(c.By)-1] != e.Worker) {
		c.By = append(c.By, e.Worker)
	}
	c.Round++
}

// CountBooked says the books were brought to what was found.
type CountBooked struct {
	Count CountID    `cbor:"1,keyasint"`
	Moves []Movement `cbor:"2,keyasint,omitempty"`
}

var _ = kind(KindCountBooked, "count_booked", "stock", func() Body { return new(CountBooked) })

func (*CountBooked) Kind() Kind              { return KindCountBooked }
func (b *CountBooked) Movements() []Movement { return b.Moves }
func (b *CountBooked) About() []string       { return aboutMoves(b.Moves) }

func (b *CountBooked) apply(s *State, e *Event) {
	c := s.count(b.Count, e)
	if c.Status == CountDiffers {
		c.Approved = e.Worker
	}
	for _, m := range b.Moves {
		s.move(m)
	}
	c.Status, c.Ended, c.Moved = countLife.must(c.Status, "book"), e.At, false
	s.countedBin(c, e)
	s.dropJob(&c.Lease, JobRef{"count", string(c.ID)})
	s.saveCount(c)
}

// countedBin notes when a bin was counted last, and how right the books were.
func (s *State) countedBin(c *Count, e *Event) {
	bin := s.Bins[c.Bin]
	bin.Counted = e.At
	s.touch(TableBin, string(bin.Code))
	rows := int64(max(len(c.Found), len(c.Differ), 1))
	s.figure("count", e.At.day(), rows, rows-min(int64(len(c.Differ)), rows))
}

// SetCounting sets how far a difference is booked without a second person.
type SetCounting struct{ Rule Counting }

func (v SetCounting) do(t *turn) (any, *Error) {
	var f faults
	checkRange(&f, "/limit_units", v.Rule.LimitUnits, 0, QtyLimit)
	checkRange(&f, "/limit_cents", v.Rule.LimitCents, 0, MoneyLimit)
	if err := f.err(); err != nil {
		return nil, err
	}
	t.emit(&CountingSet{v.Rule})
	return v.Rule, nil
}

// CountingSet says how far a difference is booked without a second person.
type CountingSet struct {
	Rule Counting `cbor:"1,keyasint"`
}

var _ = kind(KindCountingSet, "counting_set", "stock", func() Body { return new(CountingSet) })

func (*CountingSet) Kind() Kind { return KindCountingSet }

func (b *CountingSet) apply(s *State, _ *Event) {
	s.Site.Counting = b.Rule
	s.touch(TableSite, "site")
}
