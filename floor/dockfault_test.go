package floor

import (
	"strings"
	"testing"
)

// A parcel that left on a pallet is on that pallet for good: another truck of its carrier cannot take it off.
func TestDepartedPalletKeepsItsParcels(t *testing.T) {
	q := newQuay(t)
	a := q.packed("1", "")
	mia := q.load().act(Act{Action: "pallet"}).scan(a.Tracking).act(Act{Action: "close"}).expect(CodePalletDone)
	pallet := q.s.Pallets[q.s.Parcels[a.ID].Pallet]
	mia.scan(pallet.SSCC).expect(CodeAllLoaded).act(Act{Action: "close"}).expect(CodeDeparted)
	b := q.packed("2", "")
	mia = q.load().scan(b.Tracking).act(Act{Action: "unload"}).expect(CodeUnloadNext)
	mia.scan(a.Tracking).expect(CodeNotAboard).says("left at ")
	if len(pallet.Parcels) != 1 || q.s.Parcels[a.ID].Pallet != pallet.ID {
		t.Fatalf("%+v", pallet)
	}
}

// What comes off a truck lies where it was put down, also when more comes off and is put elsewhere; a pallet too.
func TestPutDownInTwoPlaces(t *testing.T) {
	q := newQuay(t)
	a, b, c := q.packed("1", ""), q.packed("2", ""), q.packed("3", "")
	mia := q.load().act(Act{Action: "pallet"}).scan(c.Tracking).act(Act{Action: "close"})
	pallet := q.s.Pallets[q.s.Parcels[c.ID].Pallet]
	mia.scan(pallet.SSCC, a.Tracking, b.Tracking).expect(CodeAllLoaded).act(Act{Action: "unload"})
	mia.scan(a.Tracking).expect(CodeUnloaded).scan("STAGE").expect(CodePlacedAt)
	mia.scan(b.Tracking).expect(CodeUnloaded).scan("DOOR-2").expect(CodePlacedAt)
	mia.scan(pallet.SSCC).expect(CodeUnloaded).scan("STAGE").expect(CodePlacedAt)
	for p, place := range map[*Parcel]string{q.s.Parcels[a.ID]: "in STAGE", q.s.Parcels[b.ID]: "in DOOR-2", q.s.Parcels[c.ID]: "in STAGE"} {
		if s := InEnglish(q.s.seenText(p)); !strings.Contains(s, place) {
			t.Errorf("%s lies %s: %s", p.ID, place, s)
		}
	}
}

// A truck that is a little late still takes the parcels of its collection, and those that stay are left behind by it.
func TestLateTruckTakesItsCollection(t *testing.T) {
	q := newQuay(t)
	q.must(SaveService{Service{Code: "standard", Carrier: "swift", Cutoff: q.s.clock(q.now.plus(HourMS))}})
	times := q.s.Collections("standard", q.now)
	goes, stays := q.packed("1", ""), q.packed("2", "")
	m := q.must(OpenManifest{Carrier: "swift", Collection: times[0]}).(*ManifestView)
	q.now = times[0].plus(5 * MinuteMS)
	ana := q.as(3, 3).act(Act{Action: "start", Job: "load", ID: string(m.ID)})
	if n := ana.next(); n.Show.Expected != 2 {
		t.Fatalf("it is five minutes late and waits for %d", n.Show.Expected)
	}
	ana.scan(goes.Tracking).expect(CodeLoaded).act(Act{Action: "close"}).expect(CodeConfirm)
	ana.act(Act{Action: "answer", Ask: "leave_behind", Value: "yes"}).expect(CodeDeparted)
	if p := q.s.Parcels[stays.ID]; p.LeftBy != m.ID || p.Due != times[1] {
		t.Fatalf("%+v", p)
	}
}

// The dock says of each parcel when its own collection is, not when the next one of its service comes.
func TestDockSaysWhenAParcelIsDue(t *testing.T) {
	q := newQuay(t)
	q.must(SaveService{Service{Code: "standard", Carrier: "swift", Cutoff: q.s.clock(q.now.plus(HourMS))}})
	times := q.s.Collections("standard", q.now)
	q.packed("1", "")
	goes := q.packed("2", "")
	ana := q.as(3, 3).act(Act{Action: "start", Job: "load"}).scan(goes.Tracking).act(Act{Action: "close"}).expect(CodeConfirm)
	ana.act(Act{Action: "answer", Ask: "leave_behind", Value: "yes"}).expect(CodeDeparted)
	if n := ana.act(Act{Action: "start", Job: "load"}).next(); len(n.Show.Parcels) != 1 || n.Show.Parcels[0].Due != times[1].String() {
		t.Fatalf("due %s: %+v", times[1], n.Show.Parcels)
	}
}

// What was cancelled is said as people say it: what to do with the goods, in one sentence.
func TestCancelledIsSaidPlainly(t *testing.T) {
	q := newQuay(t)
	here, aboard := q.packed("1", ""), q.packed("2", "")
	mia := q.load().scan(aboard.Tracking).expect(CodeLoaded)
	q.must(CancelOrder{ID: here.Order})
	if say := Say("en", mia.scan(here.Tracking).expect(CodeCancelled).last); say != "Stop: order cancelled: hand it to put-back at STAGE." {
		t.Error(say)
	}
	q.must(CancelOrder{ID: aboard.Order})
	n := mia.next().Notices
	if len(n) != 1 || n[0].Say != "Stop: order cancelled: take "+aboard.Tracking+" off the truck." {
		t.Errorf("%+v", n)
	}
}

// While things come off, a printed card does not send the truck away.
func TestNoLeavingWhileUnloading(t *testing.T) {
	q := newQuay(t)
	a := q.packed("1", "")
	mia := q.load().scan(a.Tracking).act(Act{Action: "unload"}).step("unload").scan("C-CLOSE").expect(CodeNoAction)
	mia.act(Act{Action: "load"}).expect(CodeLoadNext).act(Act{Action: "close"}).expect(CodeDeparted)
}

// The desk, too, notes the seal that the house wants of every load.
func TestDeskClosesNoTruckUnsealed(t *testing.T) {
	q := newQuay(t)
	yes := true
	q.must(SaveSite{Site: Site{Name: "Test House"}, Load: LoadChanges{Seal: &yes}})
	a := q.packed("1", "")
	id := ManifestID(q.load().scan(a.Tracking).next().Job.ID)
	q.refused(CloseManifest{id}, "proof_first")
	q.must(NoteVehicle{Manifest: id, Seal: "S-1"})
	q.must(CloseManifest{id})
}

// When the last parcel that was missing is scanned on board, nobody is asked any more whether it stays.
func TestNothingIsAskedOfNothing(t *testing.T) {
	q := newQuay(t)
	a, b := q.packed("1", ""), q.packed("2", "")
	mia := q.load().scan(a.Tracking).act(Act{Action: "close"}).expect(CodeConfirm)
	q.must(CancelOrder{ID: b.Order})
	mia.step("close")
	if n := mia.next(); n.Ask != nil {
		t.Fatalf("%+v", n.Ask)
	}
	mia.act(Act{Action: "close"}).expect(CodeDeparted)
}

// A truck that is opened again does not bring back what has come back as a return.
func TestReopenedTruckAndAReturn(t *testing.T) {
	f := returnsHouse(t)
	f.watch = (*shift).allSound
	id := f.sent("1", "MUG", 1)
	m := f.parcelOf(id, 1).Manifest
	f.ira().scan(string(f.back(id, ReturnLine{SKU: "MUG", Qty: 1})), ean(1)).expect(CodeReturned)
	f.refused(ReopenManifest{ID: m, Reason: "x"}, "comes_back")
}

// A parcel that was cancelled on board of a pallet did not leave with it.
func TestCancelledOnAPalletDidNotLeave(t *testing.T) {
	q := newQuay(t)
	a, b := q.packed("1", ""), q.packed("2", "")
	mia := q.load().act(Act{Action: "pallet"}).scan(a.Tracking, b.Tracking).act(Act{Action: "close"}).expect(CodePalletDone)
	pallet := q.s.Pallets[q.s.Parcels[a.ID].Pallet]
	mia.scan(pallet.SSCC).expect(CodeAllLoaded)
	q.must(CancelOrder{ID: b.Order})
	mia.act(Act{Action: "close"}).expect(CodeDeparted)
	if len(pallet.Parcels) != 1 || pallet.Parcels[0] != a.ID {
		t.Fatalf("%v left on the pallet", pallet.Parcels)
	}
}

// A pallet that somebody else is building is not asked for at the truck: its scan would be refused.
func TestPalletInOtherHandsIsNotWanted(t *testing.T) {
	q := newQuay(t)
	a, b := q.packed("1", ""), q.packed("2", "")
	v := q.must(MakePallet{Carrier: "swift"}).(PalletView)
	q.ana.scan(v.SSCC).scan(a.Tracking).expect(CodePalletOn)
	mia := q.load()
	if n := mia.next(); len(n.Want) != 1 || n.Want[0].Code != b.Tracking {
		t.Fatalf("%v", n.Want)
	}
	mia.scan(v.SSCC).expect(CodeNotYours)
	q.ana.act(Act{Action: "close"}).expect(CodePalletDone)
	if n := mia.next(); len(n.Want) != 2 {
		t.Fatalf("%v", n.Want)
	}
}
