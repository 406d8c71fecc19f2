package floor

// Doors are bins of kind dock. A device that scans one stands there from then on: what it opens is at that door.

// DoorTaken says at which door a device stands.
type DoorTaken struct {
	Door BinCode `cbor:"1,keyasint"`
}

var _ = kind(KindDoorTaken, "door_taken", "workers", func() Body { return new(DoorTaken) })

func (*DoorTaken) Kind() Kind { return KindDoorTaken }

func (b *DoorTaken) apply(s *State, e *Event) {
	if d := s.Devices[e.Device]; d != nil {
		d.Door = b.Door
		s.touch(TableDevice, string(d.ID))
	}
}

// dockOf is where a truck stands that a device opens: at the device's door, else where the device is.
func (t *turn) dockOf(d *Device) string {
	if t.Bins[d.Door] != nil {
		return string(d.Door)
	}
	return d.Name
}

// doorNamed gives the door whose label or code a dock is called by, else the name as it is.
func (s *State) doorNamed(dock string) string {
	if code, ok := s.index.bins[dock]; ok && s.Bins[code].BinKind == "dock" {
		return string(code)
	}
	return dock
}

// openAtDoor takes the truck that stands at a door. At an empty one the carrier whose parcels wait is taken; of several
// one is chosen.
func (t *turn) openAtDoor(d *Device, door *Bin) (job, *Verdict) {
	for _, id := range t.index.manifests {
		if m := t.Manifests[id]; m.Dock == string(door.Code) && (!m.Lease.held() || m.Lease.Worker == d.Worker) {
			t.takeDoor(d, door.Code)
			return &loadJob{m}, nil
		}
	}
	if m := t.atDoor(door.Code); m != nil {
		return &loadJob{m}, nil // somebody else has it: they are named
	}
	t.takeDoor(d, door.Code)
	carriers := t.carriersWaiting()
	switch len(carriers) {
	case 0:
		return nil, verdict(CodeNoWork).wanted(&Thing{"bin", string(door.Code), phrase("nothing packed waits for a truck")})
	case 1:
		return t.openManifest(carriers[0], string(door.Code)), nil
	}
	return nil, verdict(CodeDoorChoose).wanted(&Thing{"carrier", "", either(carriers[:min(len(carriers), ChoiceLimit)])})
}

func (t *turn) takeDoor(d *Device, door BinCode) {
	if d.Door != door {
		t.emit(&DoorTaken{door})
	}
}

// atDoor is the open manifest at a door.
func (s *State) atDoor(door BinCode) *Manifest {
	for _, id := range s.index.manifests {
		if m := s.Manifests[id]; m.Dock == string(door) {
			return m
		}
	}
	return nil
}

// freeDoors are those where no truck stands.
func (s *State) freeDoors() (out []BinCode) {
	taken := map[string]bool{}
	for _, id := range s.index.manifests {
		taken[s.Manifests[id].Dock] = true
	}
	for _, code := range s.index.doors {
		if !taken[string(code)] {
			out = append(out, code)
		}
	}
	return out
}

// toDoor says the truck being loaded stands at this door.
func (j *loadJob) toDoor(t *turn, door *Bin) *Verdict {
	thing := &Thing{"bin", string(door.Code), ""}
	if m := t.atDoor(door.Code); m != nil && m.ID != j.ID {
		return verdict(CodeDoorBusy).scanned(thing).belongs(&Thing{"manifest", string(m.ID), phrase("{manifest} of {carrier} stands there", string(m.ID), m.Carrier)})
	}
	if d := t.Devices[t.c.Device]; d != nil {
		t.takeDoor(d, door.Code)
	}
	if j.Dock != string(door.Code) {
		t.emit(&ManifestDocked{Manifest: j.ID, Dock: string(door.Code)})
	}
	return verdict(CodeDoorTaken).scanned(thing)
}

// ManifestDocked says at which door a truck stands.
type ManifestDocked struct {
	Manifest ManifestID `cbor:"1,keyasint"`
	Dock     string     `cbor:"2,keyasint"`
}

var _ = kind(KindManifestDocked, "manifest_docked", "manifests", func() Body { return new(ManifestDocked) })

func (*ManifestDocked) Kind() Kind { return KindManifestDocked }

func (b *ManifestDocked) apply(s *State, e *Event) {
	m := s.Manifests[b.Manifest]
	m.Dock = b.Dock
	m.Lease.renew(e)
	s.saveManifest(m)
}
