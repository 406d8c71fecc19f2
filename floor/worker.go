package floor

// Roles is what somebody may do, as a set.
type Roles uint16

// The roles.
const (
	RolePicker Roles = 1 << iota
	RolePacker
	RoleInspector
	RoleLead
	RoleAdmin
	RoleIntegration
)

var roleNames = []struct {
	role Roles
	name string
}{
	{RolePicker, "picker"}, {RolePacker, "packer"}, {RoleInspector, "inspector"}, {RoleLead, "lead"},
	{RoleAdmin, "admin"}, {RoleIntegration, "integration"},
}

func (r Roles) any(of Roles) bool { return r&of != 0 }

// Has says whether any of the roles given is held.
func (r Roles) Has(of Roles) bool { return r&of != 0 }

// Names gives the roles as words.
func (r Roles) Names() []string {
	out := []string{}
	for _, n := range roleNames {
		if r&n.role != 0 {
			out = append(out, n.name)
		}
	}
	return out
}

// RolesOf reads words; ok is false where one is not a role.
func RolesOf(names []string) (r Roles, ok bool) {
	for _, name := range names {
		found := false
		for _, n := range roleNames {
			if n.name == name {
				r, found = r|n.role, true
			}
		}
		if !found {
			return 0, false
		}
	}
	return r, true
}

// Worker is a person. The badge and the PIN are kept as digests only.
type Worker struct {
	ID       WorkerID `cbor:"1,keyasint"`
	Name     string   `cbor:"2,keyasint"`
	Roles    Roles    `cbor:"3,keyasint"`
	Language string   `cbor:"4,keyasint,omitempty"`
	Badge    string   `cbor:"5,keyasint,omitempty"` // SHA-256 of the badge's code, hex
	PIN      string   `cbor:"6,keyasint,omitempty"` // argon2id
	Disabled bool     `cbor:"7,keyasint,omitempty"`
}

// WorkerView is a worker as the API shows it.
type WorkerView struct {
	ID       WorkerID `json:"id"`
	Name     string   `json:"name"`
	Roles    []string `json:"roles"`
	Language string   `json:"language,omitempty"`
	Badge    string   `json:"badge,omitempty"` // shown once, when made
	HasPIN   bool     `json:"has_pin"`
	Disabled bool     `json:"disabled,omitempty"`
}

// View shows a worker.
func (w *Worker) View() *WorkerView {
	return &WorkerView{ID: w.ID, Name: w.Name, Roles: w.Roles.Names(), Language: w.Language, HasPIN: w.PIN != "", Disabled: w.Disabled}
}

// WorkerLimit is how many workers a site has.
const WorkerLimit = 5000

// SaveWorker makes a worker (ID empty) or changes one. Badge is the printed code, shown once in the answer;
// only its digest is kept.
type SaveWorker struct {
	Worker Worker
	Badge  string
}

func (v SaveWorker) do(t *turn) (any, *Error) {
	w := v.Worker
	var f faults
	checkText(&f, "/name", w.Name, 1, NameLimit)
	checkText(&f, "/language", w.Language, 0, 35) // as long as a language tag may be
	if w.Roles == 0 {
		f.add("/roles", "required", "a worker has at least one role")
	}
	if len(t.Workers) >= WorkerLimit {
		f.add("", "too_many", "a site has at most 5000 workers")
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	if w.ID == "" {
		w.ID = WorkerID(t.following("worker", "U-%04d", 0))
	} else if old := t.Workers[w.ID]; old == nil {
		return nil, refuse(NotFound, "no_worker", "no worker "+string(w.ID))
	} else if t.lastAdmin(old) && (w.Disabled || !w.Roles.any(RoleAdmin)) {
		return nil, refuse(Conflict, "last_admin", "this is the last admin; make another one first")
	}
	old := t.Workers[w.ID]
	if old != nil && (old.PIN != w.PIN || old.Badge != w.Badge) {
		t.signOutEverywhere(w.ID)
	}
	t.emit(&WorkerSaved{w})
	view := w.View()
	view.Badge = v.Badge
	return view, nil
}

// signOutEverywhere ends what somebody may have begun with a badge or a PIN that are worth nothing now.
func (t *turn) signOutEverywhere(id WorkerID) {
	var sessions sorted[string]
	for digest, c := range t.Credentials {
		if c.Worker == id {
			sessions.add(digest)
		}
	}
	for _, digest := range sessions {
		t.emit(&CredentialDropped{digest})
	}
	var at sorted[DeviceID]
	for device, d := range t.Devices {
		if d.Worker == id {
			at.add(device)
		}
	}
	for _, device := range at {
		t.emit(&SignedOut{Device: device})
	}
}

func (s *State) lastAdmin(w *Worker) bool {
	if !w.Roles.any(RoleAdmin) || w.Disabled {
		return false
	}
	for _, other := range s.Workers {
		if other.ID != w.ID && other.Roles.any(RoleAdmin) && !other.Disabled {
			return false
		}
	}
	return true
}

// WorkerSaved says what a worker is now. One who was disabled is signed out everywhere.
type WorkerSaved struct {
	Worker Worker `cbor:"1,keyasint"`
}

var _ = kind(KindWorkerSaved, "worker_saved", "workers", func() Body { return new(WorkerSaved) })

func (*WorkerSaved) Kind() Kind { return KindWorkerSaved }

func (b *WorkerSaved) apply(s *State, _ *Event) {
	w := b.Worker
	if s.Workers[w.ID] == nil {
		s.number("worker")
	}
	s.Workers[w.ID] = &w
	s.touch(TableWorker, string(w.ID))
	for _, d := range s.Devices {
		if d.Worker == w.ID {
			d.Roles = w.Roles
			if w.Disabled {
				d.signOut()
			}
			s.touch(TableDevice, string(d.ID))
		}
	}
	for id, c := range s.Credentials {
		if c.Worker == w.ID && w.Disabled {
			delete(s.Credentials, id)
			s.touch(TableCredential, id)
		}
	}
}

// WorkerByBadge finds who a badge belongs to, by the digest of its code.
func (s *State) WorkerByBadge(digest string) *Worker {
	for _, w := range s.Workers {
		if w.Badge == digest && digest != "" && !w.Disabled {
			return w
		}
	}
	return nil
}

// SignIn says a badge (and a PIN, where there is one) was checked and who it was.
type SignIn struct{ Worker WorkerID }

func (v SignIn) do(t *turn) (any, *Error) {
	w, d := t.Workers[v.Worker], t.Devices[t.c.Device]
	if d == nil || w == nil || w.Disabled {
		return verdict(CodeUnknownWho), nil
	}
	t.emit(&SignedIn{Device: d.ID, Worker: w.ID})
	return verdict(CodeSignedIn).scanned(&Thing{"worker", string(w.ID), w.Name}), nil
}

// SignInStep keeps the verdict of a badge or PIN that did not sign in; what was typed is not part of it.
type SignInStep struct{ Code Code }

func (v SignInStep) do(t *turn) (any, *Error) {
	return verdict(v.Code).wanted(&Thing{"badge", "", ""}), nil
}

// SignedIn says who works on a device.
type SignedIn struct {
	Device DeviceID `cbor:"1,keyasint"`
	Worker WorkerID `cbor:"2,keyasint"`
}

var _ = kind(KindSignedIn, "signed_in", "workers", func() Body { return new(SignedIn) })

func (*SignedIn) Kind() Kind { return KindSignedIn }

func (b *SignedIn) apply(s *State, e *Event) {
	s.index.actedAt[b.Worker] = e.At
	d := s.Devices[b.Device]
	if d.Worker != b.Worker {
		d.signOut()
	}
	d.Worker, d.Roles = b.Worker, s.Workers[b.Worker].Roles
	s.touch(TableDevice, string(d.ID))
}

func (t *turn) signOut() *Verdict {
	d := t.Devices[t.c.Device]
	if d == nil || d.Worker == "" {
		return verdict(CodeBadgeFirst)
	}
	t.emit(&SignedOut{Device: d.ID})
	return verdict(CodeSignedOut)
}

// SignedOut says nobody works on a device. Its job stays with the worker, who may go on elsewhere.
type SignedOut struct {
	Device DeviceID `cbor:"1,keyasint"`
}

var _ = kind(KindSignedOut, "signed_out", "workers", func() Body { return new(SignedOut) })

func (*SignedOut) Kind() Kind { return KindSignedOut }

func (b *SignedOut) apply(s *State, _ *Event) {
	d := s.Devices[b.Device]
	s.setSingles(d, nil)
	d.signOut()
	s.touch(TableDevice, string(d.ID))
}
