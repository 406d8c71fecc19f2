package floor

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

func (s *State) saveManifest(m *Manifest) {
	s.index.setManifest(m)
	s.touch(TableManifest, string(m.ID))
}
