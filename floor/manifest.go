package floor

import "slices"

// Manifest is what one carrier's truck takes from one dock.
type Manifest struct {
	ID      ManifestID `cbor:"1,keyasint"`
	Carrier string     `cbor:"2,keyasint"`
	Dock    string     `cbor:"3,keyasint,omitempty"` // a door (a bin of kind dock), or what the dock is called
	Status  string     `cbor:"4,keyasint"`
	Parcels []ParcelID `cbor:"5,keyasint,omitempty"`
	Lease   Lease      `cbor:"6,keyasint"`
	Asked   bool       `cbor:"7,keyasint,omitempty"` // whether to leave the rest behind
	Created Time       `cbor:"8,keyasint"`
	Closed  Time       `cbor:"9,keyasint,omitempty"`
	Undo    []Undoable `cbor:"10,keyasint,omitempty"`

	Plate      string      `cbor:"165,keyasint,omitempty"` // of the vehicle
	Driver     *Private    `cbor:"166,keyasint,omitempty"`
	Seal       string      `cbor:"167,keyasint,omitempty"`
	Services   []string    `cbor:"168,keyasint,omitempty"` // it takes parcels of these alone; none is all of the carrier's
	Collection Time        `cbor:"169,keyasint,omitempty"` // it takes parcels of this collection, and of earlier ones
	Pallets    []PalletID  `cbor:"170,keyasint,omitempty"`
	Unloading  bool        `cbor:"171,keyasint,omitempty"` // what is scanned comes off again
	Leaving    bool        `cbor:"172,keyasint,omitempty"` // a lead let it go without the rest
	Photos     []string    `cbor:"173,keyasint,omitempty"` // files, by their hash
	Signature  string      `cbor:"174,keyasint,omitempty"`
	Signed     Time        `cbor:"175,keyasint,omitempty"`
	Signer     *Private    `cbor:"176,keyasint,omitempty"`
	TakenOff   []ParcelID  `cbor:"177,keyasint,omitempty"` // since unloading began, to be put down somewhere
	Reopened   Time        `cbor:"178,keyasint,omitempty"`
	LeftBehind []ParcelID  `cbor:"179,keyasint,omitempty"`
	Sent       []SentCount `cbor:"240,keyasint,omitempty"` // as it was tallied when it left
}

// Privates gives the names of the people at the truck, for sealing.
func (m *Manifest) Privates() []*Private { return []*Private{m.Driver, m.Signer} }

// Files gives the hashes of the photos and the signature.
func (m *Manifest) Files() []string { return filesOf(m.Photos, m.Signature) }

func filesOf(photos []string, signature string) []string {
	out := slices.Clone(photos)
	if signature != "" {
		out = append(out, signature)
	}
	return out
}

// The status words of a manifest.
const (
	ManifestOpen   = "open"
	ManifestClosed = "closed"
)

// ManifestLimit is how many parcels one truck takes.
const ManifestLimit = 3000

// drop takes a parcel off the list, and off what can be undone.
func (m *Manifest) drop(id ParcelID) {
	if i := slices.Index(m.Parcels, id); i >= 0 {
		m.Parcels = append(m.Parcels[:i:i], m.Parcels[i+1:]...)
	}
	m.Undo = slices.DeleteFunc(slices.Clone(m.Undo), func(u Undoable) bool { return u.Parcel == id })
}

// dropPallet takes a pallet off the list; its parcels are dropped one by one.
func (m *Manifest) dropPallet(id PalletID) {
	if i := slices.Index(m.Pallets, id); i >= 0 {
		m.Pallets = append(m.Pallets[:i:i], m.Pallets[i+1:]...)
	}
	m.Undo = slices.DeleteFunc(slices.Clone(m.Undo), func(u Undoable) bool { return u.Pallet == id })
}

// OpenManifest opens a truck for a carrier. All but the carrier may be left out.
type OpenManifest struct {
	Carrier, Dock, Plate, Driver, Seal string

	Services   []string
	Collection Time
}

func (v OpenManifest) do(t *turn) (any, *Error) {
	var f faults
	checkText(&f, "/carrier", v.Carrier, 1, CodeLimit)
	checkText(&f, "/dock", v.Dock, 0, CodeLimit)
	checkVehicle(&f, "/vehicle", "/driver", "/seal", v.Plate, v.Driver, v.Seal)
	for i, code := range v.Services {
		if t.carrierOf(code) != v.Carrier {
			f.add("/services/"+itoa(int64(i)), "not_its_service", code+" goes with "+t.carrierOf(code))
		}
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	j := t.openFor(&ManifestOpened{Carrier: v.Carrier, Dock: t.doorNamed(v.Dock), Services: v.Services, Collection: v.Collection})
	if v.Plate != "" || v.Driver != "" || v.Seal != "" {
		t.noteVehicle(j.ID, v.Plate, v.Driver, v.Seal)
	}
	return t.ManifestView(j.Manifest, false), nil
}

func (t *turn) openManifest(carrier, dock string) *loadJob {
	return t.openFor(&ManifestOpened{Carrier: carrier, Dock: dock})
}

func (t *turn) openFor(b *ManifestOpened) *loadJob {
	b.ID = ManifestID(t.following("manifest", "M-%04d", 0))
	t.emit(b)
	return &loadJob{t.Manifests[b.ID]}
}

// CloseManifest closes a truck from the desk; the rest of its carrier's parcels wait for the next one.
type CloseManifest struct{ ID ManifestID }

func (v CloseManifest) do(t *turn) (any, *Error) {
	m := t.Manifests[v.ID]
	if m == nil {
		return nil, refuse(NotFound, "no_manifest", "no manifest "+string(v.ID))
	}
	if m.Status == ManifestClosed {
		return t.ManifestView(m, false), nil
	}
	if len(m.Parcels) == 0 {
		return nil, refuse(Conflict, "manifest_empty", "nothing is loaded; load parcels first")
	}
	if t.sealLacking(m) {
		return nil, refuse(Conflict, "proof_first", "this house wants the seal's number of each load: note it first")
	}
	if lacks := t.proofLacking(m); len(lacks) > 0 {
		return nil, refuse(Conflict, "proof_first", "this house wants a "+either2(lacks)+" of each load: take it at the dock, or give it here first")
	}
	t.depart(m)
	return t.ManifestView(m, false), nil
}

// either2 joins one or two words of the desk's own language.
func either2(words []string) string {
	if len(words) == 2 {
		return words[0] + " and a " + words[1]
	}
	return words[0]
}

func (s *State) saveManifest(m *Manifest) {
	s.index.setManifest(m)
	s.touch(TableManifest, string(m.ID))
}
