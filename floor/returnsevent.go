package floor

// What happens to goods that come back, as events.

// Kinds of returning.
const (
	KindReturnOpened Kind = 240 + iota
	KindReturnMoved
	KindReturnDue
	KindReturnUnitArrived
	KindReturnAnswered
	KindReturnVerdict
	KindReturnUnitDisposed
	KindReturnStepUndone
	KindReturnLeft
	KindReturnPolicySet
	KindReturnSettled
	KindReturnLinkMade
	KindReturnPhotoKept
)

// ReturnStep is a step at the returns bench that can be taken back.
type ReturnStep struct {
	At    Time     `cbor:"1,keyasint"`
	What  string   `cbor:"2,keyasint"` // arrived, answered, verdict, disposed
	Unit  int      `cbor:"3,keyasint"`
	Added bool     `cbor:"4,keyasint,omitempty"` // arrived: the unit was not announced
	First bool     `cbor:"5,keyasint,omitempty"` // arrived: it was the first of its return
	Move  Movement `cbor:"6,keyasint,omitempty"`
	Was   string   `cbor:"7,keyasint,omitempty"` // answered, verdict: the status before
	Flags []string `cbor:"8,keyasint,omitempty"` // arrived: the unit's flags before

	Supplier string `cbor:"9,keyasint,omitempty"`  // disposed: whose it was
	Reasons  bool   `cbor:"10,keyasint,omitempty"` // disposed: its reason was tallied
}

func (r *Return) step(e *Event, s ReturnStep) {
	if s.At = e.At; len(r.Steps) >= UndoSteps {
		r.Steps = append(r.Steps[:0:0], r.Steps[1:]...)
	}
	r.Steps = append(r.Steps, s)
}

func (s *State) saveReturn(r *Return) {
	s.index.setReturn(r)
	s.touch(TableReturn, string(r.ID))
}

func (x *index) setReturn(r *Return) {
	x.returns.set(r.ID, r.live())
	x.untold.set(r.ID, r.Money.Status == MoneySent && r.Money.Told == 0)
	x.blinds.set(r.ID, r.Order == "" && !r.live())
	x.lease("inspect/"+string(r.ID), r.Lease)
	if r.Ext != "" {
		x.returnsExt[r.Ext] = r.ID
	}
	if r.Order != "" {
		list := x.returnsOf[r.Order]
		list.add(r.ID)
		x.returnsOf[r.Order] = list
	}
}

func (s *State) ret(id ReturnID, e *Event) *Return {
	r := s.Returns[id]
	r.Lease.renew(e)
	return r
}

// ReturnOpened says goods are to come back.
type ReturnOpened struct {
	Return Return `cbor:"1,keyasint"`
}

var _ = kind(KindReturnOpened, "return_opened", "returns", func() Body { return new(ReturnOpened) })

func (*ReturnOpened) Kind() Kind        { return KindReturnOpened }
func (b *ReturnOpened) About() []string { return aboutReturn(&b.Return) }

func aboutReturn(r *Return) []string {
	out := []string{"return/" + string(r.ID)}
	if r.Order != "" {
		out = append(out, "order/"+string(r.Order))
	}
	return out
}

func (b *ReturnOpened) apply(s *State, e *Event) {
	s.number("return")
	r := b.Return
	r.Units = append([]ReturnUnit(nil), b.Return.Units...)
	r.Created = e.At
	s.Returns[r.ID] = &r
	s.noteReturn(&r)
	s.stampReturn(&r, e, "return_announced")
	s.saveReturn(&r)
}

// stampReturn writes a return's moment into its order's timeline.
func (s *State) stampReturn(r *Return, e *Event, what string) {
	if o := s.Orders[r.Order]; o != nil {
		o.stamp(e, what, string(r.ID))
		s.touch(TableOrder, string(o.ID))
	}
}

// ReturnMoved says a return took a step of its reception.
type ReturnMoved struct {
	Return ReturnID `cbor:"1,keyasint"`
	Verb   string   `cbor:"2,keyasint"`
	Reason string   `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindReturnMoved, "return_moved", "returns", func() Body { return new(ReturnMoved) })

func (*ReturnMoved) Kind() Kind        { return KindReturnMoved }
func (b *ReturnMoved) About() []string { return []string{"return/" + string(b.Return)} }

func (b *ReturnMoved) apply(s *State, e *Event) {
	r := s.ret(b.Return, e)
	r.Status = returnLife.must(r.Status, b.Verb)
	if !r.live() {
		r.Closed, r.Steps, r.Asked, r.Due, r.Odd = e.At, nil, false, nil, ""
		for i := range r.Units {
			if u := &r.Units[i]; u.Status == UnitExpected {
				u.Status = returnUnitLife.must(u.Status, "miss")
			}
		}
		s.dropJob(&r.Lease, JobRef{"inspect", string(r.ID)})
		s.stampReturn(r, e, "return_"+r.Status)
		s.renoteReturn(r, func(n *ReturnNote) bool { n.Units = int64(len(r.Units)); return r.counts() })
	}
	s.saveReturn(r)
}

// ReturnDue says what is due before the unit in the hand is taken in: its lot, day or serial, or a word about what is odd.
// With neither nothing is due any more; Asked, whether the worker is asked if more comes.
type ReturnDue struct {
	Return ReturnID      `cbor:"1,keyasint"`
	Unit   *ReceivedUnit `cbor:"2,keyasint,omitempty"`
	Odd    string        `cbor:"3,keyasint,omitempty"`
	Asked  bool          `cbor:"4,keyasint,omitempty"`
	Place  Place         `cbor:"5,keyasint,omitempty"`
}

var _ = kind(KindReturnDue, "return_due", "returns", func() Body { return new(ReturnDue) })

func (*ReturnDue) Kind() Kind { return KindReturnDue }

func (b *ReturnDue) apply(s *State, e *Event) {
	r := s.ret(b.Return, e)
	r.Due, r.Odd, r.Asked = b.Unit, b.Odd, b.Asked
	if b.Place != "" {
		r.Place = b.Place
	}
	s.saveReturn(r)
}

// ReturnUnitArrived says a unit is here: it stands at the returns bench and may not be sold.
type ReturnUnitArrived struct {
	Return ReturnID   `cbor:"1,keyasint"`
	Unit   ReturnUnit `cbor:"2,keyasint"`
	Added  bool       `cbor:"3,keyasint,omitempty"` // nobody had announced it
	Move   Movement   `cbor:"4,keyasint"`
}

var _ = kind(KindReturnUnitArrived, "return_unit_arrived", "returns", func() Body { return new(ReturnUnitArrived) })

func (*ReturnUnitArrived) Kind() Kind              { return KindReturnUnitArrived }
func (b *ReturnUnitArrived) Movements() []Movement { return []Movement{b.Move} }
func (b *ReturnUnitArrived) About() []string {
	return append(aboutMoves(b.Movements()), "return/"+string(b.Return))
}

func (b *ReturnUnitArrived) apply(s *State, e *Event) {
	r := s.ret(b.Return, e)
	r.Due, r.Odd, r.Asked = nil, "", false
	step := ReturnStep{What: "arrived", Unit: b.Unit.N, Added: b.Added, Move: b.Move}
	if r.Status == ReturnAnnounced {
		r.Status, step.First = returnLife.must(r.Status, "receive"), true
		s.stampReturn(r, e, "return_received")
	}
	u := b.Unit
	if b.Added {
		u.Status = UnitExpected
		r.Units = append(r.Units, u)
	} else {
		step.Flags = r.unit(u.N).Flags
		r.Units[u.N-1] = u
	}
	at := r.unit(u.N)
	at.Status, at.Worker, at.At = returnUnitLife.must(UnitExpected, "arrive"), e.Worker, e.At
	s.move(b.Move)
	r.step(e, step)
	s.saveReturn(r)
}

// ReturnAnswered says what was answered about a unit; with the last question comes its grade.
type ReturnAnswered struct {
	Return ReturnID     `cbor:"1,keyasint"`
	Unit   int          `cbor:"2,keyasint"`
	Answer ReturnAnswer `cbor:"3,keyasint"`
	Grade  string       `cbor:"4,keyasint,omitempty"`
}

var _ = kind(KindReturnAnswered, "return_answered", "returns", func() Body { return new(ReturnAnswered) })

func (*ReturnAnswered) Kind() Kind        { return KindReturnAnswered }
func (b *ReturnAnswered) About() []string { return []string{"return/" + string(b.Return)} }

func (b *ReturnAnswered) apply(s *State, e *Event) {
	r := s.ret(b.Return, e)
	u := r.unit(b.Unit)
	r.step(e, ReturnStep{What: "answered", Unit: u.N, Was: u.Status})
	u.Answers = append(u.Answers[:len(u.Answers):len(u.Answers)], b.Answer)
	if b.Grade != "" {
		u.Status, u.Grade = returnUnitLife.must(u.Status, "grade"), b.Grade
	}
	s.saveReturn(r)
}

// ReturnVerdict says what is to become of a unit; a bin is still due.
type ReturnVerdict struct {
	Return      ReturnID `cbor:"1,keyasint"`
	Unit        int      `cbor:"2,keyasint"`
	Disposition string   `cbor:"3,keyasint"`
}

var _ = kind(KindReturnVerdict, "return_verdict", "returns", func() Body { return new(ReturnVerdict) })

func (*ReturnVerdict) Kind() Kind        { return KindReturnVerdict }
func (b *ReturnVerdict) About() []string { return []string{"return/" + string(b.Return)} }

func (b *ReturnVerdict) apply(s *State, e *Event) {
	r := s.ret(b.Return, e)
	u := r.unit(b.Unit)
	r.step(e, ReturnStep{What: "verdict", Unit: u.N})
	u.Disposition = b.Disposition
	s.saveReturn(r)
}

// ReturnUnitDisposed says a unit is where its verdict sent it. A unit that was no longer there has no movement.
type ReturnUnitDisposed struct {
	Return      ReturnID  `cbor:"1,keyasint"`
	Unit        int       `cbor:"2,keyasint"`
	Disposition string    `cbor:"3,keyasint"`
	Move        *Movement `cbor:"4,keyasint,omitempty"`
	CostCents   int64     `cbor:"5,keyasint,omitempty"`
	WorthCents  int64     `cbor:"6,keyasint,omitempty"`
	Packer      WorkerID  `cbor:"7,keyasint,omitempty"` // who packed what came back
	Supplier    string    `cbor:"8,keyasint,omitempty"` // whose receipt it came from, where that is known
	Reasons     bool      `cbor:"9,keyasint,omitempty"` // its reason is tallied for each of them; not in journals from before
}

var _ = kind(KindReturnUnitDisposed, "return_unit_disposed", "returns", func() Body { return new(ReturnUnitDisposed) })

func (*ReturnUnitDisposed) Kind() Kind { return KindReturnUnitDisposed }
func (b *ReturnUnitDisposed) Movements() []Movement {
	if b.Move == nil {
		return nil
	}
	return []Movement{*b.Move}
}
func (b *ReturnUnitDisposed) About() []string {
	return append(aboutMoves(b.Movements()), "return/"+string(b.Return))
}

func (b *ReturnUnitDisposed) apply(s *State, e *Event) {
	r := s.ret(b.Return, e)
	u := r.unit(b.Unit)
	u.Status, u.Disposition = returnUnitLife.must(u.Status, "dispose"), b.Disposition
	u.CostCents, u.WorthCents, u.Worker, u.At = b.CostCents, b.WorthCents, e.Worker, e.At
	step := ReturnStep{What: "disposed", Unit: u.N}
	if b.Move == nil {
		u.Flags = append(u.Flags[:len(u.Flags):len(u.Flags)], FlagLost)
	} else {
		step.Move = *b.Move
		s.move(*b.Move)
		u.Place = b.Move.To
		if row := s.stock[b.Move.Key.at(b.Move.To).as(b.Move.As)]; row != nil && row.Key.Condition != "" {
			row.Why = string(r.ID) + ": " + b.Disposition
		}
	}
	step.Supplier, step.Reasons = b.Supplier, b.Reasons
	s.tallyReturn(r, u, tallied{b.Packer, b.Supplier, b.Reasons}, e, 1)
	r.step(e, step)
	s.saveReturn(r)
}

// ReturnStepUndone says the last step at the bench was taken back.
type ReturnStepUndone struct {
	Return ReturnID   `cbor:"1,keyasint"`
	Step   ReturnStep `cbor:"2,keyasint"`
	Packer WorkerID   `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindReturnStepUndone, "return_step_undone", "returns", func() Body { return new(ReturnStepUndone) })

func (*ReturnStepUndone) Kind() Kind              { return KindReturnStepUndone }
func (b *ReturnStepUndone) Movements() []Movement { return b.Step.back() }
func (b *ReturnStepUndone) About() []string {
	return with(aboutMoves(b.Movements()), HistoryOfReturn(b.Return))
}

// back is the way back of a step's goods: from outside they come as what they were.
func (s *ReturnStep) back() []Movement {
	if s.Move.Qty == 0 {
		return nil
	}
	m := s.Move
	key := m.Key.at(m.To).as(m.As)
	if m.To.Outside() {
		key = m.Key
		key.Place = m.To
	}
	back := Movement{Key: key, To: m.Key.Place, Qty: m.Qty, Reason: "undo", As: m.Key.Condition}
	if back.As == "" && key.Condition != "" {
		back.As = Good
	}
	return []Movement{back}
}

func (b *ReturnStepUndone) apply(s *State, e *Event) {
	r := s.ret(b.Return, e)
	if n := len(r.Steps); n > 0 {
		r.Steps = r.Steps[:n-1]
	}
	u := r.unit(b.Step.Unit)
	for _, m := range b.Movements() {
		s.move(m)
	}
	switch b.Step.What {
	case "disposed":
		s.tallyReturn(r, u, tallied{b.Packer, b.Step.Supplier, b.Step.Reasons}, e, -1)
		u.Status = returnUnitLife.must(u.Status, "undispose")
		if u.CostCents, u.WorthCents = 0, 0; b.Step.Move.Qty > 0 {
			u.Place = b.Step.Move.Key.Place
		}
		if u.Disposition == ScrapIt { // it needed no bin: the verdict is open again
			u.Disposition = ""
		}
	case "verdict":
		u.Disposition = ""
	case "answered":
		u.Answers = u.Answers[:len(u.Answers)-1]
		if u.Status != b.Step.Was {
			u.Status, u.Grade = returnUnitLife.must(u.Status, "ungrade"), ""
		}
	case "arrived":
		u.Status, u.Flags, u.Place = returnUnitLife.must(u.Status, "unarrive"), b.Step.Flags, ""
		if u.Lot, u.Expiry, u.Serial = "", "", ""; b.Step.Added {
			r.Units = r.Units[:len(r.Units)-1]
		}
		if b.Step.First {
			r.Status = returnLife.must(r.Status, "unreceive")
		}
	}
	s.saveReturn(r)
}

// ReturnLeft says the inspector went away from a return.
type ReturnLeft struct {
	Return ReturnID `cbor:"1,keyasint"`
}

var _ = kind(KindReturnLeft, "return_left", "returns", func() Body { return new(ReturnLeft) })

func (*ReturnLeft) Kind() Kind { return KindReturnLeft }

func (b *ReturnLeft) apply(s *State, _ *Event) {
	r := s.Returns[b.Return]
	r.Due, r.Odd, r.Asked, r.Steps = nil, "", false, nil
	s.dropJob(&r.Lease, JobRef{"inspect", string(r.ID)})
	s.saveReturn(r)
}
