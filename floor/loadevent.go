package floor

import "slices"

// What happens at the dock, as events.

// ManifestOpened says a truck is being loaded.
type ManifestOpened struct {
	ID      ManifestID `cbor:"1,keyasint"`
	Carrier string     `cbor:"2,keyasint"`
	Dock    string     `cbor:"3,keyasint,omitempty"`

	Services   []string `cbor:"165,keyasint,omitempty"`
	Collection Time     `cbor:"166,keyasint,omitempty"`
}

var _ = kind(KindManifestOpened, "manifest_opened", "manifests", func() Body { return new(ManifestOpened) })

func (*ManifestOpened) Kind() Kind { return KindManifestOpened }

func (b *ManifestOpened) apply(s *State, e *Event) {
	s.number("manifest")
	m := &Manifest{ID: b.ID, Carrier: b.Carrier, Dock: b.Dock, Status: ManifestOpen, Created: e.At, Services: b.Services, Collection: b.Collection}
	s.Manifests[m.ID] = m
	s.saveManifest(m)
}

// ManifestLeft says a dock put a truck aside.
type ManifestLeft struct {
	Manifest ManifestID `cbor:"1,keyasint"`
}

var _ = kind(KindManifestLeft, "manifest_left", "manifests", func() Body { return new(ManifestLeft) })

func (*ManifestLeft) Kind() Kind { return KindManifestLeft }

func (b *ManifestLeft) apply(s *State, _ *Event) {
	m := s.Manifests[b.Manifest]
	m.Asked, m.Undo, m.Unloading, m.TakenOff, m.Leaving = false, nil, false, nil, false
	s.dropJob(&m.Lease, JobRef{"load", string(m.ID)})
	s.saveManifest(m)
}

// ManifestAsked says the dock was asked whether to leave parcels behind, or went on loading.
type ManifestAsked struct {
	Manifest ManifestID `cbor:"1,keyasint"`
	Asked    bool       `cbor:"2,keyasint,omitempty"`

	Leave bool `cbor:"165,keyasint,omitempty"` // a lead said yes
}

var _ = kind(KindManifestAsked, "manifest_asked", "manifests", func() Body { return new(ManifestAsked) })

func (*ManifestAsked) Kind() Kind { return KindManifestAsked }

func (b *ManifestAsked) apply(s *State, e *Event) {
	m := s.Manifests[b.Manifest]
	m.Asked, m.Leaving = b.Asked, b.Leave
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
	s.loadParcel(p, m, e)
	m.Undo = pushUndo(m.Undo, Undoable{At: e.At, What: "loaded", Parcel: p.ID})
	m.Lease.renew(e)
	s.saveManifest(m)
}

// loadParcel puts a parcel on a truck's list.
func (s *State) loadParcel(p *Parcel, m *Manifest, e *Event) {
	p.Status, p.Manifest, p.LoadedAt, p.LoadedBy = parcelLife.must(p.Status, "load"), m.ID, e.At, e.Worker
	m.Parcels = append(m.Parcels, p.ID)
	s.paced(e, StageLoad, 1)
	s.saveParcel(p)
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
	s.unloadParcel(p, m)
	m.Lease.renew(e)
	s.saveManifest(m)
}

// unloadParcel takes a parcel off a truck's list.
func (s *State) unloadParcel(p *Parcel, m *Manifest) {
	p.Status, p.Manifest, p.LoadedAt, p.LoadedBy = parcelLife.must(p.Status, "unload"), "", 0, ""
	m.drop(p.ID)
	s.saveParcel(p)
	s.tookOff(m, p.ID)
}

// tookOff notes what came off while unloading; with nothing left on board there is nothing to unload.
func (s *State) tookOff(m *Manifest, id ParcelID) {
	if m.Leaving = false; m.Unloading {
		m.TakenOff = append(m.TakenOff[:len(m.TakenOff):len(m.TakenOff)], id)
	}
	s.saveManifest(m)
}

// Departed says a truck left with what was on board.
type Departed struct {
	Manifest ManifestID `cbor:"1,keyasint"`
	Moves    []Movement `cbor:"2,keyasint,omitempty"`

	Sent []SentCount `cbor:"240,keyasint,omitempty"` // what returns are held against
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
		p.Status, p.Due, p.LeftBy, p.Planned = parcelLife.must(p.Status, "depart"), 0, "", ""
		s.dropLabel(p)
		o := s.Orders[p.Order]
		for _, u := range p.Units {
			o.Lines[u.Line].Shipped += u.Qty
		}
		s.touch(TableOrder, string(o.ID))
		s.saveParcel(p)
	}
	for _, id := range m.Pallets {
		p := s.Pallets[id]
		p.Status = palletLife.must(p.Status, "depart")
		p.Parcels = slices.DeleteFunc(slices.Clone(p.Parcels), func(x ParcelID) bool { return !slices.Contains(m.Parcels, x) })
		s.savePallet(p)
	}
	s.tallySent(b.Sent, e.At.day(), 1)
	m.Status, m.Closed, m.Asked, m.Undo, m.Unloading, m.TakenOff, m.Sent = ManifestClosed, e.At, false, nil, false, nil, b.Sent
	s.dropJob(&m.Lease, JobRef{"load", string(m.ID)})
	s.saveManifest(m)
}
