package floor

import (
	"fmt"
	"slices"
)

// Manifest is what one carrier's truck takes from one dock.
type Manifest struct {
	ID      ManifestID `cbor:"1,keyasint"`
	Carrier string     `cbor:"2,keyasint"`
	Dock    string     `cbor:"3,keyasint,omitempty"`
	Status  string     `cbor:"4,keyasint"`
	Parcels []ParcelID `cbor:"5,keyasint,omitempty"`
	Lease   Lease      `cbor:"6,keyasint"`
	Asked   bool       `cbor:"7,keyasint,omitempty"` // whether to leave the rest behind
	Created Time       `cbor:"8,keyasint"`
	Closed  Time       `cbor:"9,keyasint,omitempty"`
	Undo    []Undoable `cbor:"10,keyasint,omitempty"`
}

// The status words of a manifest.
const (
	ManifestOpen   = "open"
	ManifestClosed = "closed"
)

// ManifestLimit is how many parcels one truck takes.
const ManifestLimit = 3000

func (m *Manifest) drop(id ParcelID) {
	for i, p := range m.Parcels {
		if p == id {
			m.Parcels = append(m.Parcels[:i:i], m.Parcels[i+1:]...)
			break
		}
	}
	for i, u := range m.Undo {
		if u.Parcel == id {
			m.Undo = append(m.Undo[:i:i], m.Undo[i+1:]...)
			break
		}
	}
}

// loadJob is the dock: parcel by parcel onto the truck, and the door shut.
type loadJob struct{ *Manifest }

func init() {
	works = append(works, work{
		kind: "load", roles: RolePicker | RolePacker | RoleLead | RoleAdmin, devices: []string{"dock", "handheld"},
		find: func(s *State, id string) job {
			if m := s.Manifests[ManifestID(id)]; m != nil {
				return &loadJob{m}
			}
			return nil
		},
		offers: loadOffers, start: startLoad, opens: openLoad,
	})
}

func (j *loadJob) ref() JobRef   { return JobRef{"load", string(j.ID)} }
func (j *loadJob) lease() *Lease { return &j.Lease }

func loadOffers(s *State, d *Device) []JobOffer {
	var out []JobOffer
	for _, id := range s.index.manifests {
		m := s.Manifests[id]
		if m.Lease.held() && m.Lease.Worker != d.Worker && !m.Lease.Lapsed || len(out) == OfferLimit {
			continue
		}
		out = append(out, JobOffer{Job: "load", ID: string(id), Title: m.Carrier + " " + m.Dock,
			Detail: string(id), Done: int64(len(m.Parcels)), Total: int64(len(m.Parcels) + s.waitingFor(m.Carrier))})
	}
	for _, carrier := range s.carriersWaiting() {
		if len(out) < OfferLimit {
			out = append(out, JobOffer{Job: "load", ID: carrier, Title: carrier, Detail: phrase("new manifest"), Total: int64(s.waitingFor(carrier))})
		}
	}
	return out
}

// carriersWaiting gives the carriers that have packed parcels but no open manifest, sorted.
func (s *State) carriersWaiting() []string {
	var out []string
	for carrier, list := range s.index.toLoad {
		if len(*list) > 0 && s.manifestFor(carrier) == nil {
			out = append(out, carrier)
		}
	}
	return sortedStrings(out)
}

func (s *State) manifestFor(carrier string) *Manifest {
	for _, id := range s.index.manifests {
		if m := s.Manifests[id]; m.Carrier == carrier {
			return m
		}
	}
	return nil
}

func (s *State) waitingFor(carrier string) int {
	if list := s.index.toLoad[carrier]; list != nil {
		return len(*list)
	}
	return 0
}

// startLoad takes the manifest named, opens one for the carrier named, or takes the first with work.
func startLoad(t *turn, d *Device, a *Act) (job, *Verdict) {
	if a.ID != "" {
		if m := t.Manifests[ManifestID(a.ID)]; m != nil && m.Status == ManifestOpen {
			return &loadJob{m}, nil
		}
		if t.waitingFor(a.ID) > 0 {
			return t.openManifest(a.ID, d.Name), nil
		}
		return nil, verdict(CodeNoWork).wanted(&Thing{"manifest", a.ID, phrase("no open manifest of that number")})
	}
	var empty *Manifest
	for _, id := range t.index.manifests {
		m := t.Manifests[id]
		if m.Lease.held() && m.Lease.Worker != d.Worker {
			continue
		}
		if t.waitingFor(m.Carrier) > 0 || m.Lease.Worker == d.Worker {
			return &loadJob{m}, nil
		}
		if empty == nil {
			empty = m
		}
	}
	if carriers := t.carriersWaiting(); len(carriers) > 0 {
		return t.openManifest(carriers[0], d.Name), nil
	}
	if empty != nil {
		return &loadJob{empty}, nil
	}
	return nil, verdict(CodeNoWork)
}

func (t *turn) openManifest(carrier, dock string) *loadJob {
	id := ManifestID(t.following("manifest", "M-%04d", 0))
	t.emit(&ManifestOpened{ID: id, Carrier: carrier, Dock: dock})
	return &loadJob{t.Manifests[id]}
}

func openLoad(t *turn, d *Device, r *seen) (job, *Verdict) {
	switch {
	case r.manifest != nil && r.manifest.Status == ManifestOpen:
		return &loadJob{r.manifest}, nil
	case r.manifest != nil:
		return nil, verdict(CodeGone).belongs(&Thing{"manifest", string(r.manifest.ID), phrase("this truck has left")})
	}
	return nil, nil
}

func (j *loadJob) next(s *State) *Next {
	waiting := s.index.toLoad[j.Carrier]
	n := &Next{Step: "parcel", Expects: []string{"parcel"}, Want: []Want{}, Title: phrase("Load {carrier}", j.Carrier), Actions: []string{"close", "leave"},
		Job: &JobView{Kind: "load", ID: string(j.ID), Done: int64(len(j.Parcels)), Total: int64(len(j.Parcels))}}
	n.Show = Show{Manifest: &ManifestRef{j.ID, j.Carrier, j.Dock}, Loaded: len(j.Parcels), Expected: len(j.Parcels)}
	if waiting != nil {
		n.Job.Total += int64(len(*waiting))
		n.Show.Expected += len(*waiting)
		for _, id := range *waiting {
			if p := s.Parcels[id]; len(n.Want) < 50 {
				n.Want = append(n.Want, Want{"parcel", p.Tracking})
				n.Show.Parcels = append(n.Show.Parcels, *p.brief())
			}
		}
	}
	if len(j.Undo) > 0 {
		n.Actions = append(n.Actions, "undo")
	}
	if len(n.Want) == 0 && len(j.Parcels) > 0 {
		n.Step, n.Title, n.Actions = "close", phrase("All on board: close the truck"), []string{"close"}
	}
	if len(n.Want) == 0 && len(j.Parcels) == 0 {
		n.Title, n.Actions = phrase("Nothing packed for {carrier} yet", j.Carrier), []string{"leave"}
	}
	if j.Asked {
		n.Ask = &Ask{ID: "leave_behind", Text: phrase("Parcels of {carrier} not on board: {count}. Close all the same?", j.Carrier, fmt.Sprint(s.waitingFor(j.Carrier))),
			Kind: "choice", Options: []Option{{"yes", phrase("Close, leave them here")}, {"no", phrase("Go on loading")}}}
		if d := s.Devices[j.Lease.Device]; d != nil && !d.Roles.any(RoleLead|RoleAdmin) {
			slices.Reverse(n.Ask.Options) // what they may choose comes first
		}
		n.Actions = []string{}
	}
	return n
}

func askOf(s *State, d *Device) *Ask {
	if j := s.jobOf(d); j != nil {
		return j.next(s).Ask
	}
	return nil
}

func (j *loadJob) scan(t *turn, r *seen) *Verdict {
	n := j.next(t.State)
	if r.parcel == nil {
		return verdict(CodeWrongKind).scanned(r.thing()).wanted(wanted(n)).belongs(t.belongs(r))
	}
	p := r.parcel
	code := CodeLoaded
	switch {
	case p.Status == ParcelCancelled || t.isCancelled(p.Order):
		code = CodeCancelled
	case p.Status == ParcelLoaded:
		code = CodeLoadedTwice
	case p.Status == ParcelOpen || p.Status == ParcelClosed:
		code = CodeUnlabelled
	case p.Status != ParcelPacked:
		code = CodeGone
	case p.Carrier != j.Carrier:
		code = CodeWrongTruck
	case len(j.Parcels) >= ManifestLimit:
		code = CodeTooMany
	}
	if code != CodeLoaded {
		return verdict(code).scanned(r.thing()).wanted(wanted(n)).belongs(t.parcelBelongs(p))
	}
	t.emit(&ParcelOnBoard{Parcel: p.ID, Manifest: j.ID})
	if t.waitingFor(j.Carrier) == 0 {
		return verdict(CodeAllLoaded).scanned(r.thing())
	}
	return verdict(CodeLoaded).scanned(r.thing())
}

func (s *State) isCancelled(id OrderID) bool {
	o := s.Orders[id]
	return o != nil && o.Status == OrderCancelled
}

func (j *loadJob) act(t *turn, a *Act) *Verdict {
	switch a.Action {
	case "close", "finish":
		return j.close(t)
	case "answer":
		return j.answer(t, a)
	case "leave":
		t.emit(&ManifestLeft{Manifest: j.ID})
		return verdict(CodeLeft)
	case "undo":
		if len(j.Undo) == 0 {
			return verdict(CodeNoUndo)
		}
		u := j.Undo[len(j.Undo)-1]
		t.emit(&ParcelUnloaded{Parcel: u.Parcel, Manifest: j.ID})
		return verdict(CodeUndone).scanned(&Thing{"parcel", string(u.Parcel), ""})
	}
	return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
}

func (j *loadJob) close(t *turn) *Verdict {
	if len(j.Parcels) == 0 {
		return verdict(CodeEmptyParcel).wanted(wanted(j.next(t.State)))
	}
	if t.waitingFor(j.Carrier) > 0 {
		t.emit(&ManifestAsked{Manifest: j.ID, Asked: true})
		return verdict(CodeConfirm)
	}
	t.depart(j.Manifest)
	return verdict(CodeDeparted)
}

func (j *loadJob) answer(t *turn, a *Act) *Verdict {
	if !j.Asked || a.Ask != "leave_behind" {
		return verdict(CodeNoAction)
	}
	switch a.Value {
	case "yes":
		if d := t.Devices[t.c.Device]; d == nil || !t.rolesOn(d).any(RoleLead|RoleAdmin) {
			return verdict(CodeNotAllowed).wanted(&Thing{"role", "", phrase("a lead decides what stays behind")}).overridable()
		}
		t.depart(j.Manifest)
		return verdict(CodeDeparted)
	case "no":
		t.emit(&ManifestAsked{Manifest: j.ID})
		return verdict(CodeLeft)
	}
	return verdict(CodeBadArgs).wanted(&Thing{"answer", "", phrase("yes or no")})
}

// depart closes the truck: what is on board has left the house.
func (t *turn) depart(m *Manifest) {
	b := &Departed{Manifest: m.ID}
	for _, id := range m.Parcels {
		for _, row := range t.StockAt(InParcel(id)) {
			b.Moves = append(b.Moves, Movement{Key: row.Key, To: Customer, Qty: row.OnHand, Reason: "dispatch"})
		}
	}
	parcels := append([]ParcelID(nil), m.Parcels...)
	t.emit(b)
	for _, id := range parcels {
		if o := t.Orders[t.Parcels[id].Order]; o.Status == OrderPacked && t.allGone(o) {
			t.departOrder(o, string(m.ID))
		}
	}
}

func (t *turn) departOrder(o *Order, about string) {
	t.moveOrder(o, "depart", about)
	t.follow(o)
}

func (s *State) allGone(o *Order) bool {
	for _, id := range o.Parcels {
		switch s.Parcels[id].Status {
		case ParcelOpen, ParcelClosed, ParcelPacked, ParcelLoaded:
			return false
		}
	}
	return true
}

// OpenManifest opens a truck for a carrier.
type OpenManifest struct{ Carrier, Dock string }

func (v OpenManifest) do(t *turn) (any, *Error) {
	var f faults
	checkText(&f, "/carrier", v.Carrier, 1, CodeLimit)
	checkText(&f, "/dock", v.Dock, 0, CodeLimit)
	if err := f.err(); err != nil {
		return nil, err
	}
	return t.ManifestView(t.openManifest(v.Carrier, v.Dock).Manifest), nil
}

// CloseManifest closes a truck from the desk; the rest of its carrier's parcels wait for the next one.
type CloseManifest struct{ ID ManifestID }

func (v CloseManifest) do(t *turn) (any, *Error) {
	m := t.Manifests[v.ID]
	if m == nil {
		return nil, refuse(NotFound, "no_manifest", "no manifest "+string(v.ID))
	}
	if m.Status == ManifestClosed {
		return t.ManifestView(m), nil
	}
	if len(m.Parcels) == 0 {
		return nil, refuse(Conflict, "manifest_empty", "nothing is loaded; load parcels first")
	}
	t.depart(m)
	return t.ManifestView(m), nil
}

// ManifestView is a manifest as the API shows it.
type ManifestView struct {
	ID        ManifestID `json:"id"`
	Carrier   string     `json:"carrier"`
	Dock      string     `json:"dock"`
	Status    string     `json:"status"`
	Loaded    int        `json:"loaded"`
	Expected  int        `json:"expected"`
	Parcels   []ParcelID `json:"parcels"`
	CreatedAt string     `json:"created_at"`
	ClosedAt  string     `json:"closed_at,omitempty"`
}

// ManifestView shows a manifest.
func (s *State) ManifestView(m *Manifest) *ManifestView {
	v := &ManifestView{m.ID, m.Carrier, m.Dock, m.Status, len(m.Parcels), len(m.Parcels),
		append([]ParcelID{}, m.Parcels...), m.Created.String(), m.Closed.String()}
	if m.Status == ManifestOpen {
		v.Expected += s.waitingFor(m.Carrier)
	}
	return v
}

// ManifestOpened says a truck is being loaded.
type ManifestOpened struct {
	ID      ManifestID `cbor:"1,keyasint"`
	Carrier string     `cbor:"2,keyasint"`
	Dock    string     `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindManifestOpened, "manifest_opened", "manifests", func() Body { return new(ManifestOpened) })

func (*ManifestOpened) Kind() Kind { return KindManifestOpened }

func (b *ManifestOpened) apply(s *State, e *Event) {
	s.number("manifest")
	m := &Manifest{ID: b.ID, Carrier: b.Carrier, Dock: b.Dock, Status: ManifestOpen, Created: e.At}
	s.Manifests[m.ID] = m
	s.saveManifest(m)
}

func (s *State) saveManifest(m *Manifest) {
	s.index.setManifest(m)
	s.touch(TableManifest, string(m.ID))
}

// ManifestLeft says a dock put a truck aside.
type ManifestLeft struct {
	Manifest ManifestID `cbor:"1,keyasint"`
}

var _ = kind(KindManifestLeft, "manifest_left", "manifests", func() Body { return new(ManifestLeft) })

func (*ManifestLeft) Kind() Kind { return KindManifestLeft }

func (b *ManifestLeft) apply(s *State, _ *Event) {
	m := s.Manifests[b.Manifest]
	m.Asked, m.Undo = false, nil
	s.dropJob(&m.Lease, JobRef{"load", string(m.ID)})
	s.saveManifest(m)
}

// ManifestAsked says the dock was asked whether to leave parcels behind, or went on loading.
type ManifestAsked struct {
	Manifest ManifestID `cbor:"1,keyasint"`
	Asked    bool       `cbor:"2,keyasint,omitempty"`
}

var _ = kind(KindManifestAsked, "manifest_asked", "manifests", func() Body { return new(ManifestAsked) })

func (*ManifestAsked) Kind() Kind { return KindManifestAsked }

func (b *ManifestAsked) apply(s *State, e *Event) {
	m := s.Manifests[b.Manifest]
	m.Asked = b.Asked
	m.Lease.renew(e)
	if d := s.Devices[m.Lease.Device]; d != nil {
		d.Ask = ""
		if b.Asked {
			d.Ask = "leave_behind"
		}
		s.touch(TableDevice, string(d.ID))
	}
	s.saveManifest(m)
}

// ParcelOnBoard says a parcel is on the truck.
type ParcelOnBoard struct {
	Parcel   ParcelID   `cbor:"1,keyasint"`
	Manifest ManifestID `cbor:"2,keyasint"`
}

var _ = kind(KindParcelLoaded, "parcel_loaded", "manifests", func() Body { return new(ParcelOnBoard) })

func (*ParcelOnBoard) Kind() Kind { return KindParcelLoaded }

func (b *ParcelOnBoard) apply(s *State, e *Event) {
	p, m := s.Parcels[b.Parcel], s.Manifests[b.Manifest]
	p.Status, p.Manifest = parcelLife.must(p.Status, "load"), m.ID
	m.Parcels = append(m.Parcels, p.ID)
	s.paced(e, StageLoad, 1)
	m.Undo = pushUndo(m.Undo, Undoable{At: e.At, What: "loaded", Parcel: p.ID})
	m.Lease.renew(e)
	s.saveParcel(p)
	s.saveManifest(m)
}

// ParcelUnloaded says a parcel was taken off the truck again.
type ParcelUnloaded struct {
	Parcel   ParcelID   `cbor:"1,keyasint"`
	Manifest ManifestID `cbor:"2,keyasint"`
}

var _ = kind(KindParcelUnloaded, "parcel_unloaded", "manifests", func() Body { return new(ParcelUnloaded) })

func (*ParcelUnloaded) Kind() Kind { return KindParcelUnloaded }

func (b *ParcelUnloaded) apply(s *State, e *Event) {
	p, m := s.Parcels[b.Parcel], s.Manifests[b.Manifest]
	p.Status, p.Manifest = parcelLife.must(p.Status, "unload"), ""
	m.drop(p.ID)
	m.Lease.renew(e)
	s.saveParcel(p)
	s.saveManifest(m)
}

// Departed says a truck left with what was on board.
type Departed struct {
	Manifest ManifestID `cbor:"1,keyasint"`
	Moves    []Movement `cbor:"2,keyasint,omitempty"`
}

var _ = kind(KindManifestDeparted, "manifest_departed", "manifests", func() Body { return new(Departed) })

func (*Departed) Kind() Kind              { return KindManifestDeparted }
func (b *Departed) Movements() []Movement { return b.Moves }
func (b *Departed) About() []string       { return aboutMoves(b.Moves) }

func (b *Departed) apply(s *State, e *Event) {
	m := s.Manifests[b.Manifest]
	for _, move := range b.Moves {
		s.move(move)
	}
	for _, id := range m.Parcels {
		p := s.Parcels[id]
		p.Status = parcelLife.must(p.Status, "depart")
		s.dropLabel(p)
		o := s.Orders[p.Order]
		for _, u := range p.Units {
			o.Lines[u.Line].Shipped += u.Qty
		}
		s.touch(TableOrder, string(o.ID))
		s.saveParcel(p)
	}
	m.Status, m.Closed, m.Asked, m.Undo = ManifestClosed, e.At, false, nil
	s.dropJob(&m.Lease, JobRef{"load", string(m.ID)})
	s.saveManifest(m)
}
