package floor

import (
	"slices"
	"strings"
	"testing"
)

// quay is a shift with packed parcels and a dock.
type quay struct {
	*shift
	mia *hand // a picker at the dock
	ana *hand // a lead with a handheld
}

func newQuay(t *testing.T) *quay {
	f := newShift(t)
	f.watch = (*shift).sound
	f.must(SaveService{Service{Code: "express", Carrier: "bolt", Name: "Bolt Express"}})
	f.must(SaveService{Service{Code: "economy", Carrier: "swift", Name: "Swift Economy"}})
	for _, code := range []BinCode{"DOOR-1", "DOOR-2"} {
		f.must(SaveBin{Bin: Bin{Code: code, BinKind: "dock"}})
	}
	f.stock("A0-01", "MUG", 200)
	return &quay{f, f.as(1, 3), f.as(3, 4)}
}

// packed brings an order of one mug to the dock, and gives its parcel.
func (q *quay) packed(ext, service string) *Parcel {
	q.t.Helper()
	id := q.must(CreateOrder{NewOrder{Channel: "web", ExternalID: ext, Service: service, Lines: []NewLine{{SKU: "MUG", Qty: 1}}}}).(*OrderView).ID
	q.wave("discrete", id)
	q.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	q.as(2, 2).act(Act{Action: "start", Job: "pack", ID: string(id)}).follow()
	if q.status(id) != OrderPacked {
		q.t.Fatal(q.status(id))
	}
	return q.s.Parcels[q.s.Orders[id].Parcels[0]]
}

func (q *quay) load() *hand { q.t.Helper(); return q.mia.act(Act{Action: "start", Job: "load"}) }

// says is what a refusal says of where the scanned thing belongs.
func (h *hand) says(text string) *hand {
	h.f.t.Helper()
	if h.last.Belongs == nil || !strings.Contains(InEnglish(h.last.Belongs.Text), text) {
		h.f.t.Fatalf("%s says %+v, want %q", h.last.Code, h.last.Belongs, text)
	}
	return h
}

func (h *hand) class(c Class) *hand {
	h.f.t.Helper()
	if h.last.Class() != c {
		h.f.t.Fatalf("%s is %s, want %s", h.last.Code, h.last.Class(), c)
	}
	return h
}

// Every parcel that is not for this truck is refused with where it belongs, and nothing changes.
func TestDockSaysWhereItBelongs(t *testing.T) {
	q := newQuay(t)
	q.must(SaveBin{Bin: Bin{Code: "RET-1", BinKind: "returns"}})
	mine, other, held, gone, late := q.packed("1", ""), q.packed("2", "express"), q.packed("3", ""), q.packed("4", ""), q.packed("5", "")
	q.must(OpenManifest{Carrier: "bolt", Dock: "DOOR-2"})
	m := q.must(OpenManifest{Carrier: "swift", Dock: BinLabel("DOOR-1")}).(*ManifestView)
	if m.Dock != "DOOR-1" {
		t.Fatalf("a door's label is the door: %s", m.Dock)
	}
	mia := q.mia.act(Act{Action: "start", Job: "load", ID: string(m.ID)}).expect(CodeStarted)
	mia.scan(other.Tracking).expect(CodeWrongTruck).class(Stop).says("bolt, dock DOOR-2")
	q.must(HoldOrder{ID: held.Order, Reason: "fraud?"})
	mia.scan(held.Tracking).expect(CodeHeld).class(Refused).says("is held")
	q.must(CancelOrder{ID: gone.Order})
	mia.scan(gone.Tracking).expect(CodeCancelled).class(Stop).says("put-back at RET-1")
	mia.scan(mine.Tracking).expect(CodeLoaded).scan(mine.Tracking).expect(CodeLoadedTwice).says("by Mia, on manifest " + string(m.ID))
	if say := Say("en", mia.last); !strings.HasPrefix(say, "Already loaded at "+q.s.clock(q.s.Parcels[mine.ID].LoadedAt)+" by Mia") {
		t.Fatal(say)
	}
	mia.scan("42080331940001234567890").expect(CodeUnknown).says("a code of the carrier's own")
	mia.scan("xyz").expect(CodeUnknown)
	if mia.last.Belongs != nil {
		t.Fatalf("a word is no carrier's code: %+v", mia.last.Belongs)
	}
	mia.scan(ean(1)).expect(CodeWrongKind)
	mia.scan(late.Tracking).expect(CodeAllLoaded) // what is held keeps no truck
	mia.act(Act{Action: "close"}).expect(CodeDeparted)
	mia.act(Act{Action: "start", Job: "load", ID: "swift"}).expect(CodeStarted).scan(mine.Tracking).expect(CodeGone).says("left at ")
	q.must(UnholdOrder{held.Order})
	mia.scan(held.Tracking).expect(CodeAllLoaded)
	q.refused(HoldOrder{ID: held.Order}, "order_loaded")
}

// A parcel that is not proved yet stays at the bench, and one whose label was replaced stops whoever scans the old one.
func TestDockKnowsLabels(t *testing.T) {
	q := newQuay(t)
	p := q.packed("1", "")
	old, sscc := p.Tracking, p.SSCC
	q.refused(RerouteParcel{Parcel: old, Service: "nope"}, "no_service")
	q.must(RerouteParcel{Parcel: old, Service: "express"})
	p = q.s.Parcels[p.ID]
	if p.Tracking == old || p.Carrier != "bolt" || !slices.Equal(p.Void, []string{old, sscc}) || q.s.waitingFor("swift") != 0 {
		t.Fatalf("%+v", p)
	}
	for _, code := range []string{old, sscc, "00" + sscc, "(00)" + sscc} {
		q.mia.scan(code).expect(CodeVoided).class(Stop).says("its label is " + p.Tracking + " now, of bolt")
	}
	mia := q.mia.act(Act{Action: "start", Job: "load", ID: "bolt"}).scan(old).expect(CodeVoided)
	mia.scan(string(p.ID)).expect(CodeUnlabelled).says("its label is " + p.Tracking + " now, of bolt") // an id from the bench proves no label
	mia.scan(p.Tracking).expect(CodeAllLoaded)
	if q.s.Parcels[p.ID].Relabel {
		t.Fatal("its first scan proves the new label")
	}
	q.refused(RerouteParcel{Parcel: p.Tracking, Service: "economy"}, "parcel_loaded")
	if o := q.s.Orders[p.Order]; o.Timeline[len(o.Timeline)-1].What != "rerouted" {
		t.Fatalf("%+v", o.Timeline)
	}
}

// Two trucks of one carrier: each takes its services, its collection, and the parcels that were given to it alone.
func TestDockPlans(t *testing.T) {
	q := newQuay(t)
	q.must(SaveService{Service{Code: "standard", Carrier: "swift", Cutoff: "16:00"}})
	a, b, c := q.packed("1", ""), q.packed("2", "economy"), q.packed("3", "")
	q.refused(OpenManifest{Carrier: "swift", Services: []string{"express"}}, "not_its_service")
	economy := q.must(OpenManifest{Carrier: "swift", Dock: "DOOR-1", Services: []string{"economy"}}).(*ManifestView)
	rest := q.must(OpenManifest{Carrier: "swift", Dock: "DOOR-2", Services: []string{"standard"}}).(*ManifestView)
	q.must(PlanParcels{Manifest: rest.ID, Parcels: []string{c.Tracking}})
	mia := q.mia.act(Act{Action: "start", Job: "load", ID: string(economy.ID)})
	if n := mia.next(); len(n.Want) != 1 || n.Want[0].Code != b.Tracking {
		t.Fatalf("it wants %v", n.Want)
	}
	mia.scan(a.Tracking).expect(CodeNotPlanned).says("DOOR-2")
	mia.scan(c.Tracking).expect(CodeNotPlanned).says("DOOR-2")
	mia.follow()
	q.mia.act(Act{Action: "start", Job: "load", ID: string(rest.ID)}).follow()
	d := q.packed("4", "")
	early := q.must(OpenManifest{Carrier: "swift", Collection: q.now.plus(-HourMS)}).(*ManifestView)
	mia = q.mia.act(Act{Action: "start", Job: "load", ID: string(early.ID)})
	mia.scan(d.Tracking).expect(CodeNotPlanned).says("collection ")
	q.refused(PlanParcels{Manifest: early.ID, Parcels: []string{a.Tracking, "FL1"}}, "parcel_dispatched")
	q.must(PlanParcels{Manifest: early.ID, Parcels: []string{d.Tracking}})
	mia.scan(d.Tracking).expect(CodeAllLoaded) // given to it by hand
}

// A pallet is built, put down, closed and loaded as one; its parcels say where they are.
func TestPallet(t *testing.T) {
	q := newQuay(t)
	var all []*Parcel
	for _, ext := range []string{"1", "2", "3"} {
		all = append(all, q.packed(ext, ""))
	}
	other := q.packed("9", "express")
	mia := q.mia.act(Act{Action: "start", Job: "load", ID: "swift"}).expect(CodeStarted)
	if !slices.Contains(mia.next().Actions, "pallet") {
		t.Fatalf("%v", mia.next().Actions)
	}
	mia.act(Act{Action: "pallet"}).expect(CodePalletOpen).step("pallet")
	id := PalletID(mia.next().Job.ID)
	mia.scan(all[0].Tracking).expect(CodePalletOn).scan(all[0].Tracking).expect(CodePalletTwice)
	mia.scan(other.Tracking).expect(CodeWrongTruck).scan(all[1].Tracking).expect(CodePalletOn)
	mia.act(Act{Action: "undo"}).expect(CodeUndone).scan(all[1].Tracking).expect(CodePalletOn)
	mia.scan("DOOR-1").expect(CodePlacedAt)
	pallet := q.s.Pallets[id]
	if w := q.s.palletWeight(pallet); pallet.Place != "DOOR-1" || w != all[0].WeightG+all[1].WeightG {
		t.Fatalf("%+v weighs %d", pallet, w)
	}
	for _, p := range q.s.Parcels {
		if p.SSCC == pallet.SSCC || p.SSCC[:17] == pallet.SSCC[:17] {
			t.Fatalf("pallet and parcel %s have one number", p.ID)
		}
	}
	mia.act(Act{Action: "close", WeightG: 21_500}).expect(CodePalletDone).step("parcel") // and the load goes on
	if q.s.palletWeight(pallet) != 21_500 || mia.last.Qty != 2 {
		t.Fatalf("%+v", pallet)
	}
	mia.scan(all[0].Tracking).expect(CodeOnPallet).says("on pallet " + string(id) + ": scan the pallet")
	if n := mia.next(); len(n.Want) != 2 || !slices.Contains(n.Want, Want{"pallet", pallet.SSCC}) || n.Show.Expected != 3 {
		t.Fatalf("the pallet is wanted in place of its parcels: %+v", n.Want)
	}
	mia.scan("(00)" + pallet.SSCC).expect(CodeLoaded).scan(pallet.SSCC).expect(CodeLoadedTwice)
	if n := mia.next(); n.Show.Loaded != 2 || q.s.Parcels[all[1].ID].Status != ParcelLoaded {
		t.Fatalf("%+v", n.Show)
	}
	mia.scan(all[2].Tracking).expect(CodeAllLoaded).act(Act{Action: "close"}).expect(CodeDeparted)
	if pallet.Status != PalletDeparted || q.status(all[0].Order) != OrderDispatched {
		t.Fatal(pallet.Status)
	}
	mia.scan(pallet.SSCC).expect(CodeInfo).says("left at ")
}

// A pallet with a parcel on it that may not leave stays, and says which; taken off, the rest goes.
func TestPalletWithATrouble(t *testing.T) {
	q := newQuay(t)
	a, b := q.packed("1", ""), q.packed("2", "")
	v := q.must(MakePallet{Carrier: "swift", TareG: 18_000, Place: "STAGE"}).(PalletView)
	q.refused(MakePallet{Carrier: "", Place: "NOWHERE"}, "required")
	ana := q.ana.scan("(00)" + v.SSCC).expect(CodeOpened).step("pallet")
	ana.act(Act{Action: "close"}).expect(CodePalletEmpty)
	ana.scan(a.Tracking, b.Tracking).expect(CodePalletOn).act(Act{Action: "close"}).expect(CodePalletDone)
	q.must(CancelOrder{ID: b.Order})
	mia := q.load().scan(v.SSCC).expect(CodePalletBad).class(Stop)
	if mia.last.Wanted.Code != b.Tracking {
		t.Fatalf("it names the parcel: %+v", mia.last.Wanted)
	}
	if n := mia.next(); n.Step != "unload" || len(n.Want) != 1 || n.Want[0].Code != b.Tracking {
		t.Fatalf("a pallet that cannot go is not wanted, but what keeps it here: %v", n.Want)
	}
	mia.act(Act{Action: "unload"}).expect(CodeUnloadNext).scan(b.Tracking).expect(CodePalletOff).act(Act{Action: "load"}).expect(CodeLoadNext)
	mia.scan(v.SSCC).expect(CodeAllLoaded)
	if w := q.s.palletWeight(q.s.Pallets[v.ID]); w != 18_000+a.WeightG {
		t.Fatal(w)
	}
	q.refused(ReopenPallet{v.SSCC}, "pallet_loaded")
	mia.act(Act{Action: "unload"}).scan(a.Tracking).expect(CodePalletOff)
	if p := q.s.Pallets[v.ID]; p.Status != PalletOpen || p.Manifest != "" || len(q.s.Manifests[ManifestID(mia.next().Job.ID)].Pallets) != 0 {
		t.Fatalf("with nothing on it a pallet is open, and on no truck: %+v", p)
	}
	mia.act(Act{Action: "load"}).expect(CodeLoadNext)
	ana.act(Act{Action: "start", Job: "load", ID: string(v.ID)}).scan(a.Tracking).act(Act{Action: "close"}).expect(CodePalletDone)
	q.must(ReopenPallet{v.SSCC})
	mia.scan(v.SSCC).expect(CodePalletOpen).step("pallet") // gone on with, then loaded
	mia.follow()
	if q.status(a.Order) != OrderDispatched {
		t.Fatal(q.status(a.Order))
	}
}

// A pallet waits with a parcel that does not go: the load asks for that one, and a plain client finds its way to the end.
func TestPalletIsFreedOfWhatStays(t *testing.T) {
	q := newQuay(t)
	a, b := q.packed("1", ""), q.packed("2", "")
	v := q.must(MakePallet{Carrier: "swift", Place: "STAGE"}).(PalletView)
	q.ana.scan("(00)"+v.SSCC).scan(a.Tracking, b.Tracking).act(Act{Action: "close"}).expect(CodePalletDone)
	q.must(CancelOrder{ID: b.Order})
	mia := q.load().step("unload").scan(v.SSCC).expect(CodePalletBad).scan(a.Tracking).expect(CodeOnPallet)
	if mia.follow(); q.status(a.Order) != OrderDispatched || b.Pallet != "" {
		t.Errorf("the order is %s, the other parcel on %q", q.status(a.Order), b.Pallet)
	}
}

// What is on board comes off again: by undo, one by one, a whole pallet, or one parcel out of a pallet; and where it was
// put down is known.
func TestUnload(t *testing.T) {
	q := newQuay(t)
	a, b, c, d := q.packed("1", ""), q.packed("2", ""), q.packed("3", ""), q.packed("4", "")
	mia := q.load().act(Act{Action: "pallet"}).scan(a.Tracking, b.Tracking).act(Act{Action: "close"})
	pallet := q.s.Pallets[q.s.Parcels[a.ID].Pallet]
	mia.scan(pallet.SSCC, c.Tracking).expect(CodeLoaded).act(Act{Action: "unload"}).expect(CodeUnloadNext).step("unload")
	if n := mia.next(); n.Want[0].Code != pallet.SSCC || n.Want[1].Code != c.Tracking {
		t.Fatalf("%v", n.Want)
	}
	mia.scan(d.Tracking).expect(CodeNotAboard).scan(c.Tracking).expect(CodeUnloaded).scan("STAGE").expect(CodePlacedAt)
	mia.scan(b.Tracking).expect(CodePalletOff)
	if q.s.Parcels[b.ID].Status != ParcelPacked || len(pallet.Parcels) != 1 {
		t.Fatalf("%+v", pallet)
	}
	mia.act(Act{Action: "load"}).expect(CodeLoadNext)
	var seen []string
	for _, p := range mia.next().Show.Parcels {
		seen = append(seen, string(p.ID)+" "+p.Seen)
	}
	if !slices.ContainsFunc(seen, func(s string) bool {
		return strings.Contains(s, string(c.ID)) && strings.Contains(InEnglish(s), "put down in STAGE")
	}) {
		t.Fatalf("%q", seen)
	}
	mia.act(Act{Action: "unload"}).scan(pallet.SSCC).expect(CodeUnloaded)
	if pallet.Status != PalletClosed || q.s.Parcels[a.ID].Status != ParcelPacked || mia.next().Show.Loaded != 0 {
		t.Fatalf("%+v", pallet)
	}
	mia.act(Act{Action: "load"}).scan(pallet.SSCC).act(Act{Action: "undo"}).expect(CodeUndone)
	if pallet.Status != PalletClosed || mia.next().Show.Loaded != 0 {
		t.Fatal("undo takes a whole pallet off")
	}
	mia.follow()
	if q.status(d.Order) != OrderDispatched || q.status(a.Order) != OrderDispatched {
		t.Fatal("the plainest client finishes")
	}
}

// The list of what is missing begins with what is most easily found, and says where each parcel was last.
func TestMissingIsListed(t *testing.T) {
	q := newQuay(t)
	far, near, loaded := q.packed("1", ""), q.packed("2", ""), q.packed("3", "")
	mia := q.load().scan(loaded.Tracking).expect(CodeLoaded)
	v := q.must(MakePallet{Carrier: "swift", Place: "DOOR-1"}).(PalletView)
	q.ana.scan(v.SSCC).scan(near.Tracking).act(Act{Action: "close"}).expect(CodePalletDone)
	mia.scan("DOOR-1").expect(CodeDoorTaken)
	n := mia.next()
	if !n.Show.Missing || n.Show.Parcels[0].ID != near.ID || !strings.Contains(InEnglish(n.Show.Parcels[0].Seen), "on pallet "+string(v.ID)+" in DOOR-1") {
		t.Fatalf("%+v", n.Show.Parcels)
	}
	if s := InEnglish(n.Show.Parcels[1].Seen); n.Show.Parcels[1].ID != far.ID || !strings.HasPrefix(s, "last at bench 1, ") || !strings.HasSuffix(s, ", Ben") {
		t.Fatalf("%q", s)
	}
	mia.act(Act{Action: "close"}).expect(CodeConfirm)
	if n := mia.next(); n.Ask == nil || len(n.Show.Parcels) != 2 {
		t.Fatalf("they are listed at the question too: %+v", n)
	}
	view := q.s.ManifestView(q.s.Manifests[ManifestID(n.Job.ID)], true)
	if len(view.Missing) != 2 || view.Missing[1].Seen == "" || view.Expected != 3 {
		t.Fatalf("the desk sees them: %+v", view.Missing)
	}
}

// A truck that leaves without a parcel plans it for the next collection: the timeline says so, the board counts it there,
// and the next truck expects it first.
func TestLeftBehind(t *testing.T) {
	q := newQuay(t)
	q.must(SaveService{Service{Code: "standard", Carrier: "swift", Cutoff: q.s.clock(q.now.plus(HourMS))}})
	today := q.s.Collections("standard", q.now)
	stays, goes := q.packed("1", ""), q.packed("2", "")
	ana := q.as(3, 3).act(Act{Action: "start", Job: "load"}).scan(goes.Tracking).act(Act{Action: "close"}).expect(CodeConfirm)
	first := ManifestID(ana.next().Job.ID)
	ana.act(Act{Action: "answer", Ask: "leave_behind", Value: "yes"}).expect(CodeDeparted)
	p, o := q.s.Parcels[stays.ID], q.s.Orders[stays.Order]
	if p.Due != today[1] || p.LeftBy != first {
		t.Fatalf("planned for %s, want %s", p.Due, today[1])
	}
	if last := o.Timeline[len(o.Timeline)-1]; last.What != "left_behind" || last.About != string(first) {
		t.Fatalf("%+v", last)
	}
	if b := q.s.CutoffBoard(q.now); len(b.Cutoffs) != 1 || b.Cutoffs[0].At != today[1].String() || b.Cutoffs[0].LeftBehind != 1 {
		t.Fatalf("%+v", b.Cutoffs)
	}
	q.packed("0", "")
	if n := ana.act(Act{Action: "start", Job: "load"}).next(); n.Want[0].Code != stays.Tracking || n.Show.Parcels[0].LeftBy != first {
		t.Fatalf("%+v", n.Show.Parcels)
	}
	ana.follow()
	if p := q.s.Parcels[stays.ID]; p.LeftBy != "" || p.Status != ParcelDispatched {
		t.Fatalf("%+v", p)
	}
}

// A manifest closed by mistake is opened again by a lead while the truck stands there, and only then.
func TestReopen(t *testing.T) {
	q := newQuay(t)
	a, b := q.packed("1", ""), q.packed("2", "")
	id := ManifestID(q.load().next().Job.ID)
	q.mia.follow()
	q.refused(ReopenManifest{ID: id}, "required")
	q.must(ReopenManifest{ID: id, Reason: "one too many"})
	if q.status(a.Order) != OrderPacked || q.s.Parcels[a.ID].Status != ParcelLoaded || q.s.Orders[a.Order].Lines[0].Shipped != 0 || len(q.s.StockAt(InParcel(a.ID))) != 1 {
		t.Fatalf("%s %+v", q.status(a.Order), q.s.Orders[a.Order].Lines)
	}
	mia := q.mia.act(Act{Action: "start", Job: "load", ID: string(id)}).act(Act{Action: "unload"}).scan(b.Tracking).expect(CodeUnloaded).act(Act{Action: "load"})
	mia.scan(b.Tracking).act(Act{Action: "close"}).expect(CodeDeparted)
	q.must(TrackParcel{Parcel: a.Tracking, Status: "in_transit"})
	q.refused(ReopenManifest{ID: id, Reason: "again"}, "parcel_moved_on")
	c := q.packed("3", "")
	late := ManifestID(q.load().next().Job.ID)
	q.mia.follow()
	q.now += ReopenMS + 1
	q.refused(ReopenManifest{ID: late, Reason: "too late"}, "reopen_too_late")
	if q.status(c.Order) != OrderDispatched {
		t.Fatal(q.status(c.Order))
	}
}

// A door is scanned to find its truck, or to begin one; with several carriers waiting one is chosen.
func TestDoors(t *testing.T) {
	q := newQuay(t)
	q.mia.scan(BinLabel("DOOR-1")).expect(CodeNoWork)
	q.packed("1", "")
	q.mia.scan(BinLabel("DOOR-1")).expect(CodeOpened).step("parcel")
	m := q.s.Manifests[ManifestID(q.mia.next().Job.ID)]
	if m.Dock != "DOOR-1" || m.Carrier != "swift" {
		t.Fatalf("%+v", m)
	}
	q.mia.act(Act{Action: "leave"}).scan("DOOR-1").expect(CodeOpened) // the truck that stands there
	q.packed("2", "express")
	other := q.must(OpenManifest{Carrier: "bolt", Dock: "DOOR-2"}).(*ManifestView)
	q.mia.scan("DOOR-2").expect(CodeDoorBusy).says(string(other.ID) + " of bolt")
	q.mia.act(Act{Action: "leave"})
	q.must(SaveBin{Bin: Bin{Code: "DOOR-3", BinKind: "dock"}})
	q.must(SaveService{Service{Code: "third", Carrier: "cargo"}})
	q.must(SaveService{Service{Code: "fourth", Carrier: "avis"}})
	q.packed("3", "third")
	q.packed("4", "fourth")
	q.mia.scan("DOOR-3").expect(CodeDoorChoose).class(Choose)
	q.mia.act(Act{Action: "start", Job: "load", ID: "cargo"}).expect(CodeStarted)
	if m := q.s.Manifests[ManifestID(q.mia.next().Job.ID)]; m.Dock != "DOOR-3" {
		t.Fatalf("what a device opens stands at its door: %+v", m)
	}
}

// A house that wants door, vehicle, seal and proof asks for each at its time; a lead may let a truck go without proof.
func TestLoadRules(t *testing.T) {
	q := newQuay(t)
	yes, both := true, ProofBoth
	bad := "video"
	q.refused(SaveSite{Site: Site{Name: "Test House"}, Load: LoadChanges{Proof: &bad}}, "bad_value")
	q.must(SaveSite{Site: Site{Name: "Test House"}, Load: LoadChanges{Door: &yes, Vehicle: &yes, Seal: &yes, Proof: &both}})
	q.must(SaveSite{Site: Site{Name: "Test House"}}) // what is left out stays
	p := q.packed("1", "")
	mia := q.load().step("door").scan(p.Tracking).expect(CodeDoorFirst).scan(mia0(q)).expect(CodeDoorTaken).step("vehicle")
	mia.scan(p.Tracking).expect(CodeWrongKind).scan("B FL 2041").expect(CodeVehicle).step("parcel")
	mia.act(Act{Action: "vehicle", Driver: "Jo Doe"}).expect(CodeVehicle).act(Act{Action: "vehicle"}).expect(CodeBadArgs)
	id := ManifestID(mia.next().Job.ID)
	if m := q.s.Manifests[id]; m.Plate != "B FL 2041" || m.Driver.name() != "Jo Doe" {
		t.Fatalf("%+v", m)
	}
	mia.scan(p.Tracking).expect(CodeAllLoaded).step("seal").act(Act{Action: "close"}).expect(CodeProofFirst)
	mia.scan("SEAL 447").expect(CodeSeal).step("proof")
	if proof := mia.next().Show.Proof; !slices.Equal(proof, []string{ProofPhoto, ProofSignature}) {
		t.Fatal(proof)
	}
	mia.act(Act{Action: "close"}).expect(CodeProofFirst)
	if !mia.last.Override {
		t.Fatal("a lead may allow it")
	}
	q.refused(CloseManifest{id}, "proof_first")
	q.must(ProveLoad{Manifest: id, Photo: strings.Repeat("a", 64)})
	q.refused(ProveLoad{Manifest: id, Signature: strings.Repeat("b", 64)}, "required")
	q.must(ProveLoad{Manifest: id, Signature: strings.Repeat("b", 64), Signer: "Jo Doe"})
	mia.step("close").act(Act{Action: "close"}).expect(CodeDeparted)
	if v := q.s.ManifestView(q.s.Manifests[id], true); v.Photos != 1 || v.Signer != "Jo Doe" || v.Seal != "SEAL 447" {
		t.Fatalf("%+v", v)
	}
	if v := q.s.ManifestView(q.s.Manifests[id], false); v.Signer != "" || v.Driver != "" {
		t.Fatalf("people are for those with the right: %+v", v)
	}
}

func mia0(q *quay) string { return q.mia.next().Want[0].Code }

// Who loads a truck hears at once that an order on board was cancelled.
func TestCancelledOnBoardIsTold(t *testing.T) {
	q := newQuay(t)
	a := q.packed("1", "")
	q.packed("2", "")
	mia := q.load().scan(a.Tracking).expect(CodeLoaded)
	q.must(CancelOrder{ID: a.Order})
	n := mia.next().Notices
	if len(n) != 1 || n[0].Class != Stop || !strings.Contains(n[0].Say, a.Tracking) {
		t.Fatalf("%+v", n)
	}
}
