package floor

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// loadJob is the dock: parcels and pallets onto the truck, and the door shut. A house may want the door, the vehicle, a
// seal and a proof too; then those are steps, else actions that nobody needs.
type loadJob struct{ *Manifest }

func init() {
	works = append(works, work{
		kind: "load", roles: RolePicker | RolePacker | RoleLead | RoleAdmin, devices: []string{"dock", "handheld"},
		find: findLoad, offers: loadOffers, start: startLoad, opens: openLoad,
	})
}

func findLoad(s *State, id string) job {
	if m := s.Manifests[ManifestID(id)]; m != nil {
		return &loadJob{m}
	}
	if p := s.Pallets[PalletID(id)]; p != nil {
		return &palletJob{p}
	}
	return nil
}

func (j *loadJob) ref() JobRef   { return JobRef{"load", string(j.ID)} }
func (j *loadJob) lease() *Lease { return &j.Lease }

func (j *loadJob) orders() []OrderID          { return nil }
func (j *loadJob) begun(*State, *Event, bool) {}
func (j *loadJob) keep(s *State)              { s.saveManifest(j.Manifest) }

func loadOffers(s *State, d *Device) []JobOffer {
	var out []JobOffer
	for _, id := range s.index.manifests {
		m := s.Manifests[id]
		if m.Lease.held() && m.Lease.Worker != d.Worker && !m.Lease.Lapsed || len(out) == OfferLimit {
			continue
		}
		out = append(out, JobOffer{Job: "load", ID: string(id), Title: m.Carrier + " " + m.Dock,
			Detail: string(id), Done: int64(len(m.Parcels)), Total: int64(len(m.Parcels) + s.expected(m).count)})
	}
	for _, carrier := range s.carriersWaiting() {
		out = append(out, JobOffer{Job: "load", ID: carrier, Title: carrier, Detail: phrase("new manifest"), Total: int64(s.waitingFor(carrier))})
	}
	out = append(out, palletOffers(s, d)...)
	slices.SortStableFunc(out, func(a, b JobOffer) int { return emptiness(a) - emptiness(b) })
	return out[:min(len(out), OfferLimit)]
}

// emptiness is 1 for a load with nothing to do: those come last.
func emptiness(o JobOffer) int {
	if o.Total == 0 && !strings.HasPrefix(o.ID, forPallet) {
		return 1
	}
	return 0
}

// startLoad takes the manifest or the pallet named, opens one for the carrier named, or takes the first with work.
func startLoad(t *turn, d *Device, a *Act) (job, *Verdict) {
	if carrier, ok := strings.CutPrefix(a.ID, forPallet); ok && t.waitingFor(carrier) > 0 && len(t.index.pallets) < PalletLimit {
		return &palletJob{t.newPallet(Pallet{Carrier: carrier})}, nil
	}
	if a.ID != "" {
		if m := t.Manifests[ManifestID(a.ID)]; m != nil && m.Status == ManifestOpen {
			return &loadJob{m}, nil
		}
		if p := t.Pallets[PalletID(a.ID)]; p != nil && p.Status == PalletOpen {
			return &palletJob{p}, nil
		}
		if t.waitingFor(a.ID) > 0 {
			return t.openManifest(a.ID, t.dockOf(d)), nil
		}
		return nil, verdict(CodeNoWork).wanted(&Thing{"manifest", a.ID, phrase("no open manifest of that number")})
	}
	return t.firstLoad(d)
}

// firstLoad is the load that waits: a worker's own, then one with parcels, then a new one, then an empty truck.
func (t *turn) firstLoad(d *Device) (job, *Verdict) {
	var empty *Manifest
	for _, id := range t.index.manifests {
		m := t.Manifests[id]
		if m.Lease.held() && m.Lease.Worker != d.Worker {
			continue
		}
		if m.Lease.Worker == d.Worker || len(m.Parcels) > 0 || t.expected(m).count > 0 {
			return &loadJob{m}, nil
		}
		if empty == nil {
			empty = m
		}
	}
	if carriers := t.carriersWaiting(); len(carriers) > 0 {
		return t.openManifest(carriers[0], t.dockOf(d)), nil
	}
	if empty != nil {
		return &loadJob{empty}, nil
	}
	return nil, verdict(CodeNoWork)
}

func openLoad(t *turn, d *Device, r *seen) (job, *Verdict) {
	switch {
	case r.manifest != nil && r.manifest.Status == ManifestOpen:
		return &loadJob{r.manifest}, nil
	case r.manifest != nil:
		return nil, verdict(CodeGone).belongs(&Thing{"manifest", string(r.manifest.ID), phrase("this truck has left")})
	case r.pallet != nil && r.pallet.Status == PalletOpen:
		return &palletJob{r.pallet}, nil
	case r.pallet != nil:
		return nil, verdict(CodeInfo).belongs(t.palletBelongs(r.pallet))
	case r.void != nil:
		return nil, t.voided(r, &Next{})
	case r.bin != nil && r.bin.BinKind == "dock":
		return t.openAtDoor(d, r.bin)
	}
	return nil, nil
}

func (j *loadJob) next(s *State) *Next {
	wait := s.expected(j.Manifest)
	total := len(j.Parcels) + wait.count
	n := &Next{Step: "parcel", Expects: []string{"parcel"}, Want: []Want{}, Title: phrase("Load {carrier}", j.Carrier), Actions: []string{"close", "leave"},
		Job: &JobView{Kind: "load", ID: string(j.ID), Done: int64(len(j.Parcels)), Total: int64(total)}}
	n.Show = Show{Manifest: &ManifestRef{ID: j.ID, Carrier: j.Carrier, Dock: j.Dock, Vehicle: j.Plate, Seal: j.Seal, Photos: len(j.Photos), Signed: j.Signature != ""},
		Loaded: len(j.Parcels), Expected: total}
	if j.Unloading {
		j.unloadStep(s, n)
		return n
	}
	if j.lacksFirst(s, n) {
		return n
	}
	wait.want(s, j.Manifest, n)
	j.freeStep(s, n, wait)
	j.actions(s, n)
	j.lastSteps(s, n, wait)
	if j.Asked && wait.count > 0 {
		j.askStep(s, n, wait)
	}
	return n
}

// freeStep comes when all that waits stands on pallets that cannot go: what keeps the first of them here is to come off.
func (j *loadJob) freeStep(s *State, n *Next, wait *waiting) {
	if len(n.Want) > 0 {
		return
	}
	for _, p := range wait.list {
		on := s.Pallets[p.Pallet]
		if p.Tracking == "" || on == nil || !on.waits() {
			continue
		}
		code := s.palletTroubles(on, j.Manifest)[0].label()
		n.Step, n.Title = "unload", phrase("Take {parcel} off pallet {pallet}: they do not go together", code, string(on.ID))
		n.Want = append(n.Want, Want{"parcel", code})
		return
	}
}

// label is what a parcel is scanned by.
func (p *Parcel) label() string { return cmp.Or(p.Tracking, string(p.ID)) }

// actions are what may be done beside scanning.
func (j *loadJob) actions(s *State, n *Next) {
	if len(j.Undo) > 0 {
		n.Actions = append(n.Actions, "undo")
	}
	if len(j.Parcels) > 0 || s.palletWaits(j.Carrier) {
		n.Actions = append(n.Actions, "unload")
	}
	if len(n.Want) > 1 {
		n.Actions = append(n.Actions, "pallet")
	}
	n.Actions = append(n.Actions, "vehicle", "seal")
	n.Show.Also = []string{"photo", "signature"}
}

// lacksFirst are the steps that a house may want before anything is loaded.
func (j *loadJob) lacksFirst(s *State, n *Next) bool {
	switch {
	case s.Site.LoadDoor && s.Bins[BinCode(j.Dock)] == nil && len(s.index.doors) > 0:
		n.Step, n.Expects, n.Title, n.Actions = "door", []string{"bin"}, phrase("Scan the door"), []string{"leave"}
		for _, code := range s.freeDoors() {
			n.Want = append(n.Want, Want{"bin", BinLabel(code)})
		}
	case s.Site.LoadVehicle && j.Plate == "":
		n.Step, n.Expects, n.Title, n.Actions = "vehicle", []string{"vehicle"}, phrase("Which vehicle?"), []string{"vehicle", "leave"}
	default:
		return false
	}
	return true
}

// lastSteps come when nothing is left to load, or a lead let the truck go without the rest: the seal and the proof where
// the house wants them, and the door shut.
func (j *loadJob) lastSteps(s *State, n *Next, wait *waiting) {
	last := len(j.Parcels) > 0 && (wait.count == 0 || j.Leaving)
	switch {
	case last && s.sealLacking(j.Manifest):
		n.Step, n.Expects, n.Want, n.Title, n.Actions = "seal", []string{"seal"}, []Want{}, phrase("Seal the truck and scan the seal"), []string{"seal", "leave"}
		n.Show.Also = []string{"unload"}
	case last && len(s.proofLacking(j.Manifest)) > 0:
		n.Step, n.Want, n.Title, n.Actions = "proof", []Want{}, phrase("Prove the load, then close the truck"), []string{"close", "leave"}
		n.Show.Proof, n.Show.Also = s.proofLacking(j.Manifest), []string{"unload"}
	case last:
		n.Step, n.Want, n.Title, n.Actions = "close", []Want{}, phrase("All on board: close the truck"), []string{"close"}
		n.Show.Also = []string{"unload", "vehicle", "seal", "photo", "signature"}
		if wait.count > 0 {
			n.Title = phrase("Close the truck: {count} stay here", fmt.Sprint(wait.count))
		}
	case wait.count == 0:
		n.Title, n.Actions, n.Show.Also = phrase("Nothing packed for {carrier} yet", j.Carrier), []string{"leave"}, []string{"unload", "vehicle"}
	}
}

func (j *loadJob) askStep(s *State, n *Next, wait *waiting) {
	n.Ask = &Ask{ID: "leave_behind", Text: phrase("Parcels of {carrier} not on board: {count}. Close all the same?", j.Carrier, fmt.Sprint(wait.count)),
		Kind: "choice", Options: []Option{{"yes", phrase("Close, leave them here")}, {"no", phrase("Go on loading")}}}
	if d := s.Devices[j.Lease.Device]; d != nil && !d.Roles.any(RoleLead|RoleAdmin) {
		slices.Reverse(n.Ask.Options) // what they may choose comes first
	}
	n.Actions, n.Show.Also = []string{}, nil
}

// unloadStep names what is on board, what came last first.
func (j *loadJob) unloadStep(s *State, n *Next) {
	n.Step, n.Expects, n.Title, n.Actions = "unload", []string{"parcel", "pallet"}, phrase("Scan what comes off"), []string{"load", "leave"}
	for _, id := range slices.Backward(j.Pallets) {
		n.Want = append(n.Want, Want{"pallet", s.Pallets[id].SSCC})
	}
	var list []*Parcel
	for _, id := range slices.Backward(j.Parcels) {
		if p := s.Parcels[id]; p.Pallet == "" && len(list) < looseLimit {
			n.Want, list = append(n.Want, Want{"parcel", p.Tracking}), append(list, p)
		}
	}
	n.Show.Parcels = s.dockBriefs(list)
	if len(n.Want) == 0 { // all of it is off
		n.Actions = []string{"load"}
	}
}

// askOf is what must be answered on a device before anything else, where there is still a reason to ask.
func askOf(s *State, d *Device) *Ask {
	if j := s.jobOf(d); d.Ask != "" && j != nil {
		return j.next(s).Ask
	}
	return nil
}
