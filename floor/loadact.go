package floor

import "strings"

// What is done at a load beside scanning: the vehicle, the seal, taking off, the door shut.

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
		return j.undo(t)
	case "vehicle", "seal":
		return j.vehicle(t, a)
	case "unload":
		if len(j.Parcels) == 0 && !t.palletWaits(j.Carrier) {
			return verdict(CodeEmptyParcel).wanted(wanted(j.next(t.State)))
		}
		t.emit(&UnloadTurned{Manifest: j.ID, Off: true})
		return verdict(CodeUnloadNext)
	case "load":
		if j.Unloading {
			t.emit(&UnloadTurned{Manifest: j.ID})
			return verdict(CodeLoadNext)
		}
	case "pallet":
		if !j.Unloading && t.expected(j.Manifest).count > 0 {
			return j.beginPallet(t)
		}
	}
	return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
}

// undo takes off again what was loaded last.
func (j *loadJob) undo(t *turn) *Verdict {
	if len(j.Undo) == 0 {
		return verdict(CodeNoUndo)
	}
	u := j.Undo[len(j.Undo)-1]
	if u.Pallet != "" {
		t.emit(&PalletMoved{Pallet: u.Pallet, Verb: "unload"})
		return verdict(CodeUndone).scanned(&Thing{"pallet", string(u.Pallet), ""})
	}
	t.emit(&ParcelUnloaded{Parcel: u.Parcel, Manifest: j.ID})
	return verdict(CodeUndone).scanned(&Thing{"parcel", string(u.Parcel), ""})
}

// Limits of what is noted of a vehicle.
const (
	PlateLimit = 20
	SealLimit  = 40
)

func checkVehicle(f *faults, plateAt, driverAt, sealAt, plate, driver, seal string) {
	checkText(f, plateAt, plate, 0, PlateLimit)
	checkText(f, driverAt, driver, 0, NameLimit)
	checkText(f, sealAt, seal, 0, SealLimit)
}

// vehicle notes the plate, the driver or the seal; what is left out stays as it is.
func (j *loadJob) vehicle(t *turn, a *Act) *Verdict {
	plate, driver, seal := strings.TrimSpace(a.Plate), strings.TrimSpace(a.Driver), strings.TrimSpace(a.Seal)
	var f faults
	checkVehicle(&f, "/plate", "/driver", "/seal", plate, driver, seal)
	if len(f) > 0 || plate+driver+seal == "" {
		return verdict(CodeBadArgs).wanted(&Thing{a.Action, "", phrase("a plate, a driver or a seal, in a few words")})
	}
	t.noteVehicle(j.ID, plate, driver, seal)
	if a.Action == "seal" {
		return verdict(CodeSeal).scanned(&Thing{"seal", seal, ""})
	}
	return verdict(CodeVehicle).scanned(&Thing{"vehicle", plate, ""})
}

// noteScanned takes a plate or a seal that was scanned, such as off a gate pass.
func (j *loadJob) noteScanned(t *turn, step string, r *seen) *Verdict {
	text := strings.TrimSpace(r.text)
	if limit := map[string]int{"vehicle": PlateLimit, "seal": SealLimit}[step]; r.bad == CodeUnreadable || text == "" || len(text) > limit {
		return verdict(CodeUnreadable).scanned(r.thing()).wanted(wanted(j.next(t.State)))
	}
	if step == "seal" {
		t.noteVehicle(j.ID, "", "", text)
		return verdict(CodeSeal).scanned(&Thing{"seal", text, ""})
	}
	t.noteVehicle(j.ID, text, "", "")
	return verdict(CodeVehicle).scanned(&Thing{"vehicle", text, ""})
}

// NoteVehicle notes from the desk which vehicle stands at a dock; what is left out stays as it is.
type NoteVehicle struct {
	Manifest            ManifestID
	Plate, Driver, Seal string
}

func (v NoteVehicle) do(t *turn) (any, *Error) {
	m := t.Manifests[v.Manifest]
	if m == nil {
		return nil, refuse(NotFound, "no_manifest", "no manifest "+string(v.Manifest))
	}
	if m.Status != ManifestOpen {
		return nil, refuse(Conflict, "manifest_closed", "this truck has left; its papers are closed")
	}
	var f faults
	checkVehicle(&f, "/vehicle", "/driver", "/seal", v.Plate, v.Driver, v.Seal)
	if v.Plate+v.Driver+v.Seal == "" {
		f.add("/vehicle", "required", "a plate, a driver or a seal")
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	t.noteVehicle(m.ID, v.Plate, v.Driver, v.Seal)
	return t.ManifestView(m, false), nil
}

func (t *turn) noteVehicle(id ManifestID, plate, driver, seal string) {
	b := &VehicleNoted{Manifest: id, Plate: plate, Seal: seal}
	if driver != "" {
		b.Driver = &Private{Owner: string(id), Person: &Person{Name: driver}}
	}
	t.emit(b)
}

// proofLacking is what the house wants to see of a load and is not there yet.
func (s *State) proofLacking(m *Manifest) (out []string) {
	if s.Site.photo() && len(m.Photos) == 0 {
		out = append(out, ProofPhoto)
	}
	if s.Site.signature() && m.Signature == "" {
		out = append(out, ProofSignature)
	}
	return out
}

// sealLacking is true of a load without the seal that the house wants.
func (s *State) sealLacking(m *Manifest) bool { return s.Site.LoadSeal && m.Seal == "" }

func (j *loadJob) close(t *turn) *Verdict {
	if n := j.next(t.State); j.Unloading || oneOf(n.Step, []string{"door", "vehicle"}) {
		return verdict(CodeNoAction).wanted(wanted(n))
	}
	if len(j.Parcels) == 0 {
		return verdict(CodeEmptyParcel).wanted(wanted(j.next(t.State)))
	}
	if !j.Leaving && t.expected(j.Manifest).count > 0 {
		t.emit(&ManifestAsked{Manifest: j.ID, Asked: true})
		return verdict(CodeConfirm)
	}
	return j.shut(t, t.authorised())
}

// shut lets the truck go, once there is all that the house wants of it. A lead may let it go without.
func (j *loadJob) shut(t *turn, without bool) *Verdict {
	if t.sealLacking(j.Manifest) && !without {
		return verdict(CodeProofFirst).wanted(&Thing{"seal", "", phrase("the seal's number")}).overridable()
	}
	if lacks := t.proofLacking(j.Manifest); len(lacks) > 0 && !without {
		things := map[string]string{ProofPhoto: phrase("a photo of the load"), ProofSignature: phrase("the driver's signature")}
		var all []string
		for _, what := range lacks {
			all = append(all, things[what])
		}
		text := all[0]
		if len(all) > 1 {
			text = phrase("{one} and {other}", all[0], all[1])
		}
		return verdict(CodeProofFirst).wanted(&Thing{lacks[0], "", text}).overridable()
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
		t.emit(&ManifestAsked{Manifest: j.ID, Leave: true})
		return j.shut(t, false)
	case "no":
		t.emit(&ManifestAsked{Manifest: j.ID})
		return verdict(CodeLeft)
	}
	return verdict(CodeBadArgs).wanted(&Thing{"answer", "", phrase("yes or no")})
}

// VehicleNoted says which vehicle stands at a dock, who drives it, or how it is sealed.
type VehicleNoted struct {
	Manifest ManifestID `cbor:"1,keyasint"`
	Plate    string     `cbor:"2,keyasint,omitempty"`
	Seal     string     `cbor:"3,keyasint,omitempty"`
	Driver   *Private   `cbor:"4,keyasint,omitempty"`
}

var _ = kind(KindVehicleNoted, "vehicle_noted", "manifests", func() Body { return new(VehicleNoted) })

func (*VehicleNoted) Kind() Kind             { return KindVehicleNoted }
func (b *VehicleNoted) Privates() []*Private { return []*Private{b.Driver} }

func (b *VehicleNoted) apply(s *State, e *Event) {
	m := s.Manifests[b.Manifest]
	if b.Plate != "" {
		m.Plate = b.Plate
	}
	if b.Seal != "" {
		m.Seal = b.Seal
	}
	if b.Driver != nil {
		m.Driver = b.Driver
	}
	m.Lease.renew(e)
	s.saveManifest(m)
}
