package floor

import (
	"fmt"
	"slices"
)

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
