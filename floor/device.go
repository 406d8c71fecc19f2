package floor

// Device is a handheld, a station or a screen that was paired with this warehouse.
type Device struct {
	ID         DeviceID `cbor:"1,keyasint"`
	Name       string   `cbor:"2,keyasint"`
	DeviceKind string   `cbor:"3,keyasint"`
	Printer    string   `cbor:"4,keyasint,omitempty"` // host:port of a raw printer, or ""
	N          uint64   `cbor:"5,keyasint,omitempty"` // the last counter taken
	Worker     WorkerID `cbor:"6,keyasint,omitempty"`
	Roles      Roles    `cbor:"7,keyasint,omitempty"`
	Job        JobRef   `cbor:"8,keyasint,omitempty"`
	Lost       JobRef   `cbor:"9,keyasint,omitempty"` // a job somebody else took, not yet told
	Ask        string   `cbor:"10,keyasint,omitempty"`
	Made       Time     `cbor:"11,keyasint,omitempty"`
	Notices    []Notice `cbor:"12,keyasint,omitempty"` // not yet shown for sure
	Missing    int64    `cbor:"13,keyasint,omitempty"` // scans it lost; 0 with a Count: nobody knows how many
	Count      JobRef   `cbor:"14,keyasint,omitempty"` // the job whose goods must be counted because of them
	Scanner    *Scanner `cbor:"15,keyasint,omitempty"` // as calibrated; replaced whole, never changed in place

	Scale     string   `cbor:"130,keyasint,omitempty"` // host:port of a scale on the network, or ""
	Singles   *Singles `cbor:"120,keyasint,omitempty"` // the tote of single-unit orders that this bench draws from
	Door      BinCode  `cbor:"165,keyasint,omitempty"` // the dock's door it stands at
	Documents string   `cbor:"140,keyasint,omitempty"` // the printer for slips, customs and invoices; Printer is for labels
}

// DeviceKinds are what a device can be.
var DeviceKinds = []string{"handheld", "bench", "dock", "returns", "supervisor"}

func (d *Device) signOut() { d.Worker, d.Roles, d.Job, d.Ask, d.Notices = "", 0, JobRef{}, "", nil }

// DeviceView is a device as the API shows it.
type DeviceView struct {
	ID       DeviceID  `json:"id"`
	Name     string    `json:"name"`
	Kind     string    `json:"kind"`
	Printer  string    `json:"printer,omitempty"`
	Scale    string    `json:"scale,omitempty"`
	Worker   WorkerID  `json:"worker,omitempty"`
	Job      *JobBrief `json:"job"`
	Online   bool      `json:"online"`
	LastSeen string    `json:"last_seen,omitempty"`
	Locked   bool      `json:"locked,omitempty"` // after too many wrong PINs
	Scanner  *Scanner  `json:"scanner,omitempty"`
	// Documents is the printer for slips, customs and invoices.
	Documents string `json:"documents_printer,omitempty"`
	// Calibrated is when the scanner was set up.
	Calibrated string `json:"calibrated,omitempty"`
}

// JobBrief is a job as the supervisor sees it.
type JobBrief struct {
	Kind  string `json:"kind"`
	ID    string `json:"id"`
	Done  int64  `json:"done"`
	Total int64  `json:"total"`
}

// DeviceView shows a device; whether it is online the floor does not know.
func (s *State) DeviceView(d *Device) *DeviceView {
	v := &DeviceView{ID: d.ID, Name: d.Name, Kind: d.DeviceKind, Printer: d.Printer, Documents: d.Documents, Scale: d.Scale, Worker: d.Worker, Scanner: d.Scanner}
	if d.Scanner != nil {
		v.Calibrated = d.Scanner.Learned.String()
	}
	if j := s.jobOf(d); j != nil {
		n := &Next{}
		switch j := j.(type) {
		case *pickJob:
			n.Job = j.view()
		case *packJob:
			n.Job = j.view(s)
		default:
			n = j.next(s)
		}
		v.Job = &JobBrief{d.Job.Kind, d.Job.ID, n.Job.Done, n.Job.Total}
	}
	return v
}

// Limits of devices and pairings.
const (
	DeviceLimit  = 5000
	PairingLimit = 200
	PairingMS    = 10 * MinuteMS
)

// Pairing is a one-time code that lets one device in.
type Pairing struct {
	Digest     string `cbor:"1,keyasint"`
	DeviceKind string `cbor:"2,keyasint,omitempty"`
	Name       string `cbor:"3,keyasint,omitempty"`
	Until      Time   `cbor:"4,keyasint"`
	// Device is one that is there already and goes on with new hardware under its old name.
	Device DeviceID `cbor:"5,keyasint,omitempty"`
}

// MakePairing offers a one-time code; only its digest is kept.
type MakePairing struct{ Pairing Pairing }

func (v MakePairing) do(t *turn) (any, *Error) {
	var f faults
	checkText(&f, "/name", v.Pairing.Name, 0, NameLimit)
	if k := v.Pairing.DeviceKind; k != "" && !oneOf(k, DeviceKinds) {
		f.add("/kind", "bad_value", "handheld, bench, dock, returns or supervisor")
	}
	if d := v.Pairing.Device; d != "" && t.Devices[d] == nil {
		f.add("/device", "no_device", "no device "+string(d))
	}
	if len(t.Pairings) >= PairingLimit {
		f.add("", "too_many", "200 pairing codes are open; use or wait for those")
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	p := v.Pairing
	p.Until = t.c.Now.plus(PairingMS)
	t.emit(&PairingMade{p})
	return nil, nil
}

// PairingMade says a one-time code is open.
type PairingMade struct {
	Pairing Pairing `cbor:"1,keyasint"`
}

var _ = kind(KindPairingMade, "pairing_made", "", func() Body { return new(PairingMade) })

func (*PairingMade) Kind() Kind { return KindPairingMade }

func (b *PairingMade) apply(s *State, _ *Event) {
	p := b.Pairing
	s.Pairings[p.Digest] = &p
	s.touch(TablePairing, p.Digest)
}

// Pair lets a device in by a one-time code. Token is the digest of the token it will show from now on.
type Pair struct {
	Code    string // digest
	Token   string // digest
	Name    string
	Kind    string
	Printer string
}

func (v Pair) do(t *turn) (any, *Error) {
	p := t.Pairings[v.Code]
	if p == nil || p.Until <= t.c.Now {
		return nil, refuse(NotFound, "no_pairing", "this pairing code is used, expired or wrong; ask for a new one")
	}
	if d := t.Devices[p.Device]; d != nil {
		return t.pairAgain(d, v), nil
	}
	d := Device{Name: v.Name, DeviceKind: v.Kind, Printer: v.Printer}
	if p.DeviceKind != "" {
		d.DeviceKind = p.DeviceKind
	}
	defaultText(&d.Name, p.Name)
	var f faults
	checkText(&f, "/name", d.Name, 1, NameLimit)
	checkText(&f, "/printer", d.Printer, 0, NameLimit)
	if !oneOf(d.DeviceKind, DeviceKinds) {
		f.add("/kind", "bad_value", "handheld, bench, dock, returns or supervisor")
	}
	if len(t.Devices) >= DeviceLimit {
		f.add("", "too_many", "a site has at most 5000 devices; remove old ones")
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	d.ID = DeviceID(t.following("device", "D-%04d", 0))
	t.emit(&PairingUsed{v.Code})
	t.emit(&DeviceSaved{d})
	t.emit(&CredentialMade{Credential{Digest: v.Token, What: "device", Name: d.Name, Device: d.ID}})
	return t.DeviceView(t.Devices[d.ID]), nil
}

// pairAgain gives a known device to new hardware; the old hardware's token is worth nothing from then on.
func (t *turn) pairAgain(d *Device, v Pair) *DeviceView {
	t.emit(&PairingUsed{v.Code})
	var old sorted[string]
	for digest, c := range t.Credentials {
		if c.Device == d.ID {
			old.add(digest)
		}
	}
	for _, digest := range old {
		t.emit(&CredentialDropped{digest})
	}
	t.emit(&CredentialMade{Credential{Digest: v.Token, What: "device", Name: d.Name, Device: d.ID}})
	t.pairedAnew(d)
	return t.DeviceView(d)
}

// PairingUsed says a one-time code is spent.
type PairingUsed struct {
	Digest string `cbor:"1,keyasint"`
}

var _ = kind(KindPairingUsed, "pairing_used", "", func() Body { return new(PairingUsed) })

func (*PairingUsed) Kind() Kind { return KindPairingUsed }

func (b *PairingUsed) apply(s *State, _ *Event) {
	delete(s.Pairings, b.Digest)
	s.touch(TablePairing, b.Digest)
}

// ChangeDevice renames a device or gives it a printer or a scale.
type ChangeDevice struct {
	ID      DeviceID
	Name    *string
	Printer *string
	Scale   *string
	// Documents is the printer for slips, customs and invoices.
	Documents *string
}

func (v ChangeDevice) do(t *turn) (any, *Error) {
	old := t.Devices[v.ID]
	if old == nil {
		return nil, refuse(NotFound, "no_device", "no device "+string(v.ID))
	}
	d := *old
	if v.Name != nil {
		d.Name = *v.Name
	}
	if v.Printer != nil {
		d.Printer = *v.Printer
	}
	if v.Scale != nil {
		d.Scale = *v.Scale
	}
	if v.Documents != nil {
		d.Documents = *v.Documents
	}
	var f faults
	checkText(&f, "/name", d.Name, 1, NameLimit)
	checkText(&f, "/printer", d.Printer, 0, NameLimit)
	checkText(&f, "/scale", d.Scale, 0, NameLimit)
	checkText(&f, "/documents_printer", d.Documents, 0, NameLimit)
	if err := f.err(); err != nil {
		return nil, err
	}
	t.emit(&DeviceSaved{d})
	return t.DeviceView(t.Devices[v.ID]), nil
}

// DeviceSaved says what a device is now.
type DeviceSaved struct {
	Device Device `cbor:"1,keyasint"`
}

var _ = kind(KindDeviceSaved, "device_saved", "workers", func() Body { return new(DeviceSaved) })

func (*DeviceSaved) Kind() Kind { return KindDeviceSaved }

func (b *DeviceSaved) apply(s *State, e *Event) {
	d := b.Device
	if old := s.Devices[d.ID]; old == nil {
		s.number("device")
		d.Made = e.At
	}
	s.Devices[d.ID] = &d
	s.touch(TableDevice, string(d.ID))
}

// RemoveDevice shuts a device out: its token is worth nothing from then on.
type RemoveDevice struct{ ID DeviceID }

func (v RemoveDevice) do(t *turn) (any, *Error) {
	if t.Devices[v.ID] == nil {
		return nil, refuse(NotFound, "no_device", "no device "+string(v.ID))
	}
	t.emit(&DeviceRemoved{v.ID})
	t.seenTo("scanner_drift", string(v.ID), "the device is gone")
	return nil, nil
}

// DeviceRemoved says a device was shut out. Its job lapses, for a lead to take.
type DeviceRemoved struct {
	Device DeviceID `cbor:"1,keyasint"`
}

var _ = kind(KindDeviceRemoved, "device_removed", "workers", func() Body { return new(DeviceRemoved) })

func (*DeviceRemoved) Kind() Kind { return KindDeviceRemoved }

func (b *DeviceRemoved) apply(s *State, _ *Event) {
	d := s.Devices[b.Device]
	s.setSingles(d, nil)
	if d.Job.Kind != "" {
		s.runOut(d.Job.Kind + "/" + d.Job.ID)
	}
	delete(s.Devices, d.ID)
	s.touch(TableDevice, string(d.ID))
	for id, c := range s.Credentials {
		if c.Device == d.ID {
			delete(s.Credentials, id)
			s.touch(TableCredential, id)
		}
	}
}

// Credential is a token somebody or something shows. Only the token's SHA-256 is kept.
type Credential struct {
	Digest string   `cbor:"1,keyasint"`
	What   string   `cbor:"2,keyasint"` // token, device or session
	Name   string   `cbor:"3,keyasint,omitempty"`
	Device DeviceID `cbor:"4,keyasint,omitempty"`
	Worker WorkerID `cbor:"5,keyasint,omitempty"`
	Roles  Roles    `cbor:"6,keyasint,omitempty"` // of a token; a session has its worker's
	Until  Time     `cbor:"7,keyasint,omitempty"`
}

// CredentialLimit is how many tokens and sessions a site has.
const CredentialLimit = 20_000

// MakeCredential lets a token or a session in.
type MakeCredential struct{ Credential Credential }

func (v MakeCredential) do(t *turn) (any, *Error) {
	if len(t.Credentials) >= CredentialLimit {
		return nil, refuse(Full, "too_many", "too many tokens and sessions; drop old ones")
	}
	if w := v.Credential.Worker; w != "" && (t.Workers[w] == nil || t.Workers[w].Disabled) {
		return nil, refuse(NotFound, "no_worker", "no worker "+string(w))
	}
	t.emit(&CredentialMade{v.Credential})
	return nil, nil
}

// CredentialMade says a token is good from now on.
type CredentialMade struct {
	Credential Credential `cbor:"1,keyasint"`
}

var _ = kind(KindCredentialMade, "credential_made", "", func() Body { return new(CredentialMade) })

func (*CredentialMade) Kind() Kind { return KindCredentialMade }

func (b *CredentialMade) apply(s *State, _ *Event) {
	c := b.Credential
	s.Credentials[c.Digest] = &c
	s.touch(TableCredential, c.Digest)
}

// DropCredential makes a token worth nothing.
type DropCredential struct{ Digest string }

func (v DropCredential) do(t *turn) (any, *Error) {
	if t.Credentials[v.Digest] != nil {
		t.emit(&CredentialDropped{v.Digest})
	}
	return nil, nil
}

// CredentialDropped says a token is worth nothing from now on.
type CredentialDropped struct {
	Digest string `cbor:"1,keyasint"`
}

var _ = kind(KindCredentialDropped, "credential_dropped", "", func() Body { return new(CredentialDropped) })

func (*CredentialDropped) Kind() Kind { return KindCredentialDropped }

func (b *CredentialDropped) apply(s *State, _ *Event) {
	delete(s.Credentials, b.Digest)
	s.touch(TableCredential, b.Digest)
}
