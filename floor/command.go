package floor

// Time is an instant in UTC, in milliseconds since 1970. The floor never reads a clock.
type Time int64

// Durations in milliseconds.
const (
	SecondMS = 1000
	MinuteMS = 60 * SecondMS
	HourMS   = 60 * MinuteMS
	DayMS    = 24 * HourMS
)

// Command is one thing somebody wants done: a scan, a tap, an API call, or the passing of time.
type Command struct {
	ID     string // made by the device, or by the API from the Idempotency-Key; "" when nobody will repeat it
	N      uint64 // the device's counter; 0 for commands that have none
	Hash   [16]byte
	Keep   bool // keep the answer's body under ID, to give it again
	Secret bool // the answer will show a secret: a repeat is told so instead
	Device DeviceID
	Worker WorkerID
	Roles  Roles
	// AuthorisedBy is the lead who allowed this one command with a fresh PIN, which was checked outside.
	AuthorisedBy WorkerID
	At           Time // when the device made it, by its own clock set right: a claim; 0 when nobody knows
	Late         bool // the device saved it out of reach of the floor
	Now          Time // set by the Keeper
	Stored       *Answered
	Verb         Verb
}

// origin says how the code of a scan came, where that is worth keeping: a typed code is the last resort, and
// whoever asks later why a parcel is wrong wants to see it.
func (c *Command) origin() string {
	if v, ok := c.Verb.(Scan); ok && v.Origin != OriginWedge {
		return v.Origin
	}
	return ""
}

// Verb is what a command asks for. Verbs live in the file of their word.
type Verb interface {
	do(t *turn) (any, *Error)
}

// Answer is what a command came to. For a scan or an action Verdict is set; for the API, Result or Err.
type Answer struct {
	Verdict  *Verdict
	Result   any
	Err      *Error
	Status   int    // of a kept answer
	Body     []byte // JSON of a kept answer, as it was given the first time
	Replayed bool
	Resend   uint64 // not 0: the device must send again from this counter
	Events   []*Event
	Seq      uint64
	// Epoch and Hash are the journal's head after this command; the store sets them.
	Epoch uint64
	Hash  [32]byte
}

// Answered is the event that keeps a verdict, or an API answer, under its command id.
type Answered struct {
	ID     string   `cbor:"1,keyasint"`
	N      uint64   `cbor:"2,keyasint,omitempty"`
	Hash   [16]byte `cbor:"3,keyasint"`
	Code   Code     `cbor:"4,keyasint,omitempty"`
	Scan   *Thing   `cbor:"5,keyasint,omitempty"`
	Want   *Thing   `cbor:"6,keyasint,omitempty"`
	Belong *Thing   `cbor:"7,keyasint,omitempty"`
	Status int      `cbor:"8,keyasint,omitempty"`
	Body   []byte   `cbor:"9,keyasint,omitempty"`
	Device DeviceID `cbor:"10,keyasint,omitempty"`
	Qty    int64    `cbor:"11,keyasint,omitempty"`
	Secret bool     `cbor:"12,keyasint,omitempty"`
	// Override: a lead may set this refusal aside.
	Override bool `cbor:"13,keyasint,omitempty"`
	seq      uint64
}

func (*Answered) Kind() Kind { return KindAnswered }

func (b *Answered) apply(s *State, e *Event) {
	b.seq = e.Seq
	if d := s.Devices[b.Device]; d != nil && b.N > d.N {
		d.N = b.N
		d.gaveNotices()
		s.index.actedAt[e.Worker] = e.At
		s.touch(TableDevice, string(d.ID))
	}
	s.sawParcel(b, e)
	s.answers.put(b)
}

// AnswersKept is how many answers memory holds; older ones are found on disk by the Keeper.
const AnswersKept = 4096

type answers struct {
	byID map[string]*Answered
	ring []*Answered
	at   int
}

func (a *answers) init() {
	a.byID, a.ring = map[string]*Answered{}, make([]*Answered, AnswersKept)
}

func (a *answers) put(b *Answered) {
	if old := a.ring[a.at]; old != nil {
		delete(a.byID, old.ID)
	}
	a.ring[a.at], a.byID[b.ID] = b, b
	a.at = (a.at + 1) % AnswersKept
}

// HasAnswer says whether memory holds the answer to a command id.
func (s *State) HasAnswer(id string) bool { return s.answers.byID[id] != nil }

// repeated gives the stored answer of a command that was decided before, or a conflict where the same id
// now carries something else. A repeat is not journalled again.
func (s *State) repeated(c *Command) *Answer {
	if c.ID == "" {
		return nil
	}
	old := s.answers.byID[c.ID]
	if old == nil {
		old = c.Stored
	}
	if old == nil {
		return nil
	}
	if old.Hash != c.Hash || old.Device != c.Device {
		return s.conflict(c)
	}
	a := &Answer{Replayed: true, Seq: old.seq, Status: old.Status, Body: old.Body}
	if a.Seq == 0 {
		a.Seq = s.Seq
	}
	if old.Secret {
		return &Answer{Seq: s.Seq, Err: refuse(Conflict, "secret_shown_once", "this answer held a secret and is shown once; make a new one")}
	}
	if old.Code != "" {
		a.Verdict = &Verdict{ID: c.ID, Code: old.Code, Scanned: old.Scan, Wanted: old.Want, Belongs: old.Belong,
			Qty: old.Qty, Override: old.Override, Replayed: true, Next: s.nextFor(c.Device)}
	}
	return a
}

// outOfTurn holds a device to its counter: a gap means scans are missing, and deciding what follows them
// would be guessing.
func (s *State) outOfTurn(c *Command) *Answer {
	d := s.Devices[c.Device]
	if d == nil || c.N == 0 {
		return nil
	}
	if c.N > d.N+1 {
		return &Answer{Resend: d.N + 1, Seq: s.Seq}
	}
	if c.N <= d.N {
		return s.conflict(c)
	}
	return nil
}

func (s *State) conflict(c *Command) *Answer {
	if c.Device == "" || c.N == 0 {
		return &Answer{Seq: s.Seq, Err: refuse(Invalid, "idempotency_key_reused", "this Idempotency-Key was used with another body; use a new key")}
	}
	return &Answer{Seq: s.Seq, Verdict: &Verdict{ID: c.ID, Code: CodeConflict, Next: s.nextFor(c.Device)}}
}

// remember stores the answer under the command's id, so that a repeat is answered alike.
func (t *turn) remember(a *Answer) {
	if t.c.ID == "" || a.Verdict == nil && (!t.c.Keep || a.Err != nil) {
		return
	}
	b := &Answered{ID: t.c.ID, N: t.c.N, Hash: t.c.Hash, Device: t.c.Device}
	if v := a.Verdict; v != nil {
		v.ID = t.c.ID
		b.Code, b.Scan, b.Want, b.Belong, b.Qty, b.Override = v.Code, v.Scanned, v.Wanted, v.Belongs, v.Qty, v.Override
	} else {
		b.Status, b.Secret = a.Status, t.c.Secret
		if !b.Secret {
			b.Body = a.encode()
			a.Body = b.Body
		}
	}
	t.emit(b)
}
