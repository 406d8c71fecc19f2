package floor

import (
	"slices"
	"sort"
	"strings"
)

// JobRef names a job: the kind of work and the record it is about.
type JobRef struct {
	Kind string `cbor:"1,keyasint,omitempty" json:"kind"`
	ID   string `cbor:"2,keyasint,omitempty" json:"id"`
}

// job is the one face of all work done with a scanner. It says what it wants next, takes a scan or an
// action, and gives a verdict. A new kind of work is one file that has these methods, and a line in jobs.
type job interface {
	ref() JobRef
	next(s *State) *Next
	scan(t *turn, r *seen) *Verdict
	act(t *turn, a *Act) *Verdict
	lease() *Lease
	orders() []OrderID // whose timelines a lead's word about it goes into
	// begun and keep are called from Apply: the record moves on when somebody takes the job (same: only their device is
	// another), and is entered again wherever it stands by its state and lease.
	begun(s *State, e *Event, same bool)
	keep(s *State)
}

// work is a kind of job: who may do it, how one is found, and what can be started.
type work struct {
	kind    string
	roles   Roles
	devices []string
	find    func(s *State, id string) job
	offers  func(s *State, d *Device) []JobOffer
	start   func(t *turn, d *Device, a *Act) (job, *Verdict)
	opens   func(t *turn, d *Device, r *seen) (job, *Verdict) // a scan with no job open; nil, nil: not mine
}

var works []work

func workOf(kind string) *work {
	for i := range works {
		if works[i].kind == kind {
			return &works[i]
		}
	}
	return nil
}

// Scan is one code read by a device.
type Scan struct {
	Code   string
	Origin string // one of Origins, or "" where the device does not say
}

// Where a code comes from.
const (
	OriginWedge  = "wedge"  // a scanner, as keys or as text
	OriginCamera = "camera" // read from a picture
	OriginTyped  = "typed"  // by a person's fingers: the last resort
	OriginTapped = "tapped" // chosen from what the screen offered
)

// Origins are all of them.
var Origins = []string{OriginWedge, OriginCamera, OriginTyped, OriginTapped}

// Act is one action of a worker on a device.
type Act struct {
	Action  string
	Job     string // start
	ID      string // start
	Qty     int64
	Found   int64 // short
	Reason  string
	WeightG int64
	Source  string // of a weight: scale or typed
	Ask     string
	Value   string

	printed             bool   // it was scanned off a command card, which says no more than what to do
	Plate, Driver, Seal string // vehicle, seal
}

func (v Scan) do(t *turn) (any, *Error) {
	d, refused := t.atWork()
	if refused != nil {
		return refused, nil
	}
	r := t.resolve(v.Code)
	if r.command != "" {
		return t.command(d, r), nil
	}
	j := t.jobOf(d)
	if j == nil {
		return d.orCancelled(t.openByScan(d, r)), nil
	}
	if r.digits != "" && !(d.mustCount() && !t.c.Late) {
		return t.numberCard(d, j, r), nil
	}
	if askOf(t.State, d) != nil || d.mustCount() && !t.c.Late { // what was scanned before the loss was known is judged
		return verdict(CodeAskFirst).scanned(r.thing()), nil
	}
	if u, ok := j.(interface{ unknown(*turn, *seen) *Verdict }); ok && r.bad == CodeUnknown { // it may be a new code of an item
		if v := u.unknown(t, r); v != nil {
			return v, nil
		}
	}
	if r.bad != "" && !j.next(t.State).takesText() {
		to := t.belongs(r)
		if s, ok := j.(interface{ strange(*turn, *seen) *Thing }); ok {
			to = s.strange(t, r)
		}
		return verdict(r.bad).scanned(r.thing()).wanted(wanted(j.next(t.State))).belongs(to), nil
	}
	r, choose := t.meant(r, j)
	if choose != nil {
		return choose, nil
	}
	if r.void != nil && r.means() == 1 {
		return t.voided(r, j.next(t.State)), nil
	}
	return d.orCancelled(j.scan(t, r)), nil
}

// takesText is true where any text may be scanned, such as a serial number.
func (n *Next) takesText() bool {
	return slices.ContainsFunc(n.Expects, func(kind string) bool { return oneOf(kind, []string{"serial", "lot", "expiry", "vehicle", "seal"}) })
}

// wanted says what a step wants, for a refusal.
func wanted(n *Next) *Thing {
	if len(n.Want) > 0 {
		return &Thing{n.Want[0].Kind, n.Want[0].Code, n.Title}
	}
	return &Thing{strings.Join(n.Expects, " or "), "", n.Title}
}

// atWork gives the device of the command when somebody is signed in there.
func (t *turn) atWork() (*Device, *Verdict) {
	d := t.Devices[t.c.Device]
	if d == nil {
		return nil, verdict(CodeNotAllowed)
	}
	if d.Worker == "" {
		return nil, verdict(CodeBadgeFirst).wanted(&Thing{"badge", "", phrase("your badge")})
	}
	if d.Lost.Kind != "" {
		lost := d.Lost
		if !t.c.Late { // what was scanned out of reach belongs to the lost job, all of it
			t.emit(&LossTold{Device: d.ID})
		}
		t.raise("goods_in_hand", lost.ID, "work was taken over while goods may be in "+string(d.Worker)+"'s hands", lost.Kind)
		return nil, verdict(CodeJobMoved).belongs(&Thing{"job", lost.ID, phrase("{job} is with somebody else now", lost.ID)})
	}
	return d, nil
}

func (s *State) jobOf(d *Device) job {
	if d.Job.Kind == "" {
		return nil
	}
	return workOf(d.Job.Kind).find(s, d.Job.ID)
}

func (v Act) do(t *turn) (any, *Error) {
	switch v.Action {
	case "signout":
		return t.signOut(), nil
	case "missing":
		return t.missing(&v), nil
	}
	d, refused := t.atWork()
	if refused != nil {
		return refused, nil
	}
	return v.on(t, d), nil
}

func (v Act) on(t *turn, d *Device) *Verdict {
	if v.Action == "signout" {
		return t.signOut()
	}
	if v.Action == "help" {
		return verdict(CodeHelp).wanted(wanted(t.nextFor(d.ID)))
	}
	j := t.jobOf(d)
	if j == nil {
		if v.Action == "start" {
			return t.startJob(d, &v)
		}
		return verdict(CodeNoJob)
	}
	if d.mustCount() && v.Action == "answer" && v.Ask == "missing" {
		return t.tookCount(d, v.Value)
	}
	if d.mustCount() && !t.c.Late && v.Action != "undo" {
		return verdict(CodeAskFirst)
	}
	switch v.Action {
	case "start":
		if v.Job == j.ref().Kind && (v.ID == "" || v.ID == j.ref().ID) {
			return verdict(CodeResumed)
		}
		return verdict(CodeNotYours).wanted(&Thing{j.ref().Kind, j.ref().ID, phrase("finish or leave this first")})
	case "leave":
		return j.act(t, &v)
	}
	if askOf(t.State, d) != nil && v.Action != "answer" && v.Action != "undo" {
		return verdict(CodeAskFirst)
	}
	return j.act(t, &v)
}

// startJob opens a job: the one named, the worker's own unfinished one, or the next in line.
func (t *turn) startJob(d *Device, a *Act) *Verdict {
	w := workOf(a.Job)
	if w == nil {
		return verdict(CodeBadArgs).wanted(&Thing{"job", "", phrase("pick, sort, pack, load, putback, receive, putaway, count or replenish")})
	}
	if !w.roles.any(t.rolesOn(d)) {
		return verdict(CodeNotAllowed).wanted(&Thing{"role", "", phrase("ask a lead for the role to " + w.kind)}).overridable()
	}
	j, refused := w.start(t, d, a)
	if refused != nil {
		return refused
	}
	return t.takeJob(d, j, a.Reason)
}

// takeJob gives a job to a device, taking it from another where that is allowed.
func (t *turn) takeJob(d *Device, j job, reason string) *Verdict {
	l := j.lease()
	code := CodeStarted
	if l.held() && l.Device != d.ID {
		mine := l.Worker == d.Worker
		if !mine && !t.rolesOn(d).any(RoleLead|RoleAdmin) {
			return verdict(CodeNotYours).belongs(&Thing{"worker", string(l.Worker), phrase("{worker} has it", t.workerName(l.Worker))}).overridable()
		}
		if reason == "" && t.authorised() {
			reason = ReasonOverride
		}
		if !mine && reason == "" {
			return verdict(CodeBadArgs).wanted(&Thing{"reason", "", phrase("say why you take it over")})
		}
		code = CodeResumed
	}
	t.emit(&JobTaken{Job: j.ref(), Reason: reason, Same: l.held() && l.Worker == d.Worker})
	return verdict(code).scanned(&Thing{j.ref().Kind, j.ref().ID, ""})
}

// openByScan opens a job by scanning its list, tote, order or manifest; any other scan says what it is.
func (t *turn) openByScan(d *Device, r *seen) *Verdict {
	t.foundBack(d, r)
	if r.bad != "" {
		return verdict(r.bad).scanned(r.thing()).belongs(t.belongs(r))
	}
	if all := r.apart(); len(all) > 1 {
		return t.choose(r, all, nil)
	}
	if r.void != nil && r.means() == 1 {
		return t.voided(r, &Next{})
	}
	for i := range works {
		w := &works[i]
		if w.opens == nil || !w.roles.any(d.Roles) || !oneOf(d.DeviceKind, w.devices) {
			continue
		}
		j, v := w.opens(t, d, r)
		if v != nil {
			return v.scanned(r.thing())
		}
		if j != nil {
			if v := t.takeJob(d, j, ""); v.Code != CodeStarted && v.Code != CodeResumed {
				return v.scanned(r.thing())
			}
			return verdict(CodeOpened).scanned(r.thing())
		}
	}
	return verdict(CodeInfo).scanned(r.thing()).belongs(t.belongs(r))
}

// OfferLimit is how many jobs of a kind a device is offered.
const OfferLimit = 20

func (s *State) workerName(id WorkerID) string {
	if w := s.Workers[id]; w != nil {
		return w.Name
	}
	return string(id)
}

// JobTaken says a device has a job now; a device that had it before has lost it.
type JobTaken struct {
	Job    JobRef `cbor:"1,keyasint"`
	Reason string `cbor:"2,keyasint,omitempty"`
	Same   bool   `cbor:"3,keyasint,omitempty"` // only the device is another: the person stands where they stood
}

var _ = kind(KindJobTaken, "job_taken", "workers", func() Body { return new(JobTaken) })

func (*JobTaken) Kind() Kind { return KindJobTaken }

func (b *JobTaken) apply(s *State, e *Event) {
	j := workOf(b.Job.Kind).find(s, b.Job.ID)
	l := j.lease()
	if old := s.Devices[l.Device]; old != nil && old.ID != e.Device && old.Job == b.Job {
		old.Job, old.Ask = JobRef{}, ""
		s.setSingles(old, nil)
		if old.Worker != e.Worker {
			old.Lost = b.Job
		}
		s.touch(TableDevice, string(old.ID))
	}
	d := s.Devices[e.Device]
	d.Job = b.Job
	s.touch(TableDevice, string(d.ID))
	*l = Lease{Device: e.Device, Worker: e.Worker, Until: e.At.plus(LeaseMS)}
	j.begun(s, e, b.Same)
	j.keep(s)
	if e.AuthorisedBy != "" {
		s.stampAllowed(j, e)
	}
}

// LossTold says a device was told that its job went to somebody else.
type LossTold struct {
	Device DeviceID `cbor:"1,keyasint"`
}

var _ = kind(KindLossTold, "loss_told", "", func() Body { return new(LossTold) })

func (*LossTold) Kind() Kind { return KindLossTold }

func (b *LossTold) apply(s *State, _ *Event) {
	s.Devices[b.Device].Lost = JobRef{}
	s.touch(TableDevice, string(b.Device))
}

// dropJob takes a finished or left job off its device. Called from Apply.
func (s *State) dropJob(l *Lease, ref JobRef) {
	if d := s.Devices[l.Device]; d != nil && d.Job == ref {
		d.Job, d.Ask = JobRef{}, ""
		if d.Singles != nil && ref.Kind == "pack" { // back to the tote it came from
			d.Job = JobRef{"singles", string(d.ID)}
		}
		s.touch(TableDevice, string(d.ID))
	}
	*l = Lease{}
}

func sortedStrings(list []string) []string { sort.Strings(list); return list }

func cutString(s, sep string) (string, string, bool) { return strings.Cut(s, sep) }
