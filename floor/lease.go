package floor

// Lease is who works on a job. It runs out into "takeable by a lead": the goods may be in somebody's tote,
// so the job is never offered again by itself.
type Lease struct {
	Device DeviceID `cbor:"1,keyasint,omitempty"`
	Worker WorkerID `cbor:"2,keyasint,omitempty"`
	Until  Time     `cbor:"3,keyasint,omitempty"`
	Lapsed bool     `cbor:"4,keyasint,omitempty"`
}

// LeaseMS is how long a job stays with a device that says nothing.
const LeaseMS = 15 * MinuteMS

func (l *Lease) held() bool { return l.Device != "" }

// offeredTo says whether a device is shown a job: nobody has it, its own worker does, or, to a lead, whoever had it fell
// silent.
func (l *Lease) offeredTo(d *Device) bool {
	return !l.held() || l.Worker == d.Worker || l.Lapsed && d.Roles.any(RoleLead|RoleAdmin)
}

// holder is whose job an offer is, where it is somebody's.
func (s *State) holder(l Lease) string {
	if !l.held() {
		return ""
	}
	return s.workerName(l.Worker)
}

// renew keeps the lease of a device that is at work.
func (l *Lease) renew(e *Event) {
	if l.Device == e.Device && l.Device != "" {
		l.Until, l.Lapsed = e.At.plus(LeaseMS), false
	}
}

// Tick lets time pass: what has run out becomes an event.
type Tick struct{}

func (Tick) do(t *turn) (any, *Error) {
	var ids []string
	for id, until := range t.index.leased {
		if until <= t.c.Now {
			ids = append(ids, id)
		}
	}
	for id, p := range t.Pairings {
		if p.Until <= t.c.Now {
			ids = append(ids, "pairing/"+id)
		}
	}
	for id, c := range t.Credentials {
		if c.Until != 0 && c.Until <= t.c.Now {
			ids = append(ids, "credential/"+id)
		}
	}
	if len(ids) > 0 {
		t.emit(&TimeRanOut{sortedStrings(ids)})
	}
	t.archiveOld()
	t.archiveBlind()
	t.forgetReturners()
	return nil, nil
}

// TimeRanOut says which leases, pairings and sessions have ended.
type TimeRanOut struct {
	What []string `cbor:"1,keyasint"`
}

var _ = kind(KindTicked, "time_ran_out", "workers", func() Body { return new(TimeRanOut) })

func (*TimeRanOut) Kind() Kind { return KindTicked }

func (b *TimeRanOut) apply(s *State, _ *Event) {
	for _, what := range b.What {
		s.runOut(what)
	}
}

func (s *State) runOut(what string) {
	word, id, _ := cutString(what, "/")
	switch word {
	case "pairing":
		delete(s.Pairings, id)
		s.touch(TablePairing, id)
	case "credential":
		delete(s.Credentials, id)
		s.touch(TableCredential, id)
	default:
		j := workOf(word).find(s, id)
		if over, ok := j.(interface{ lapsed(*State) bool }); ok && over.lapsed(s) {
			return
		}
		j.lease().Until, j.lease().Lapsed = 0, true
		j.keep(s)
	}
}
