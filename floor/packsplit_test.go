package floor

import (
	"strings"
	"testing"
)

// atBench is an order that was picked and lies opened on the bench before Ben.
func (f *shift) atBench(lines ...any) (*hand, OrderID) {
	f.t.Helper()
	id := f.order("b"+itoa(int64(len(f.s.Orders))), lines...)
	f.wave(Discrete, id)
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	return f.as(2, 2).scan(string(f.s.Orders[id].Totes[0])).expect(CodeOpened), id
}

func benchShift(t *testing.T) *shift {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 30)
	f.stock("A0-02", "BOX", 30)
	f.must(SaveBin{Bin: Bin{Code: "QA", BinKind: "quarantine"}})
	return f
}

func (f *shift) parcelOf(id OrderID, n int) *Parcel { return f.s.Parcels[f.s.Orders[id].Parcels[n-1]] }

// weighed brings a parcel from its carton to its proved label.
func (h *hand) weighed() *hand {
	h.f.t.Helper()
	h.step("carton").scan(CartonLabel("S")).step("weigh")
	h.act(Act{Action: "weigh", WeightG: h.next().Show.ExpectedWeight}).expect(CodeScanLabel)
	return h.scan(h.next().Want[0].Code)
}

// A second parcel stands open beside the first; cards choose between them; what went wrong is moved over and undone.
func TestTwoParcelsSideBySide(t *testing.T) {
	f := benchShift(t)
	ben, id := f.atBench("MUG", 3, "BOX", 2)
	ben.scan("C-NEW").expect(CodeEmptyParcel)
	ben.scan(ean(1), ean(1)).scan("C-NEW").expect(CodeParcelNew).scan("C-NEW").expect(CodeEmptyParcel)
	ben.scan(ean(4)).expect(CodeVerified)
	one, two := f.parcelOf(id, 1), f.parcelOf(id, 2)
	ben.scan("C-PARCEL1").expect(CodeParcelNow).scan(ean(4)).expect(CodeVerified)
	if one.units() != 3 || two.units() != 1 {
		t.Fatal(one.Units, two.Units)
	}
	ben.scan("C-PARCEL6").expect(CodeBadArgs)
	ben.scan(string(two.ID)).expect(CodeParcelNow).scan("C-MOVE").expect(CodeMoveNext).step("move")
	ben.scan(ean(3)).expect(CodeNotInOther).scan("MUG-PACK6").expect(CodeTooMany)
	ben.scan(ean(4)).expect(CodeMoved)
	if one.units() != 2 || two.units() != 2 || !strings.Contains(ben.last.Belongs.In("en").Text, "Parcel 1") {
		t.Fatal(one.Units, two.Units, ben.last.Belongs)
	}
	ben.scan("C-UNDO").expect(CodeUndone)
	if one.units() != 3 || two.units() != 1 {
		t.Fatal("the unit is back", one.Units, two.Units)
	}
	ben.scan("C-UNDO").expect(CodeUndone) // parcel 1 is the present one again
	if f.s.Packings[id].Parcel != one.ID {
		t.Fatal(f.s.Packings[id].Parcel)
	}
	ben.scan(ean(1)).expect(CodeAllVerified).weighed().expect(CodeProved)
	ben.weighed().expect(CodeOrderPacked)
	if f.status(id) != OrderPacked || one.N != 1 || two.N != 2 {
		t.Fatal(f.status(id), one.N, two.N)
	}
}

// In is the words of a thing, as a person reads them.
func (t *Thing) In(string) *Thing { return &Thing{t.Kind, t.Code, InEnglish(t.Text)} }

// Merging puts the other parcel into the present one; with several others it is asked which. The empty one is no parcel.
func TestMergeParcels(t *testing.T) {
	f := benchShift(t)
	ben, id := f.atBench("MUG", 2, "BOX", 1)
	ben.scan(ean(1)).scan("C-MERGE").expect(CodeNoOther).scan("C-MOVE").expect(CodeNoOther)
	ben.scan("C-NEW").scan(ean(1)).scan("C-NEW").scan(ean(4)).expect(CodeAllVerified)
	ben.scan("C-MERGE").expect(CodeAsked)
	if a := ben.next().Ask; a == nil || len(a.Options) != 2 {
		t.Fatalf("%+v", a)
	}
	ben.scan("C-ANSWER3").expect(CodeBadArgs).scan("C-PARCEL2").expect(CodeMerged)
	if p := f.parcelOf(id, 3); p.units() != 2 {
		t.Fatal(p.Units)
	}
	ben.scan("C-UNDO").expect(CodeUndone).scan("C-MERGE").scan("C-ANSWER1").expect(CodeMerged)
	ben.scan("C-MERGE").expect(CodeMerged).weighed().expect(CodeOrderPacked)
	if o := f.s.Orders[id]; len(o.Parcels) != 1 || f.parcelOf(id, 1).N != 1 || f.parcelOf(id, 1).units() != 3 {
		t.Fatal(o.Parcels, f.parcelOf(id, 1))
	}
}

// A closed parcel is opened again before its label is proved: the label is void, and says so wherever it is scanned.
func TestReopenVoidsTheLabel(t *testing.T) {
	f := benchShift(t)
	f.s.Devices[f.device(2)].Printer = "10.0.0.9:9100"
	ben, id := f.atBench("MUG", 2)
	ben.scan(ean(1), ean(1)).scan("C-REOPEN").expect(CodeNoAction)
	ben.scan(CartonLabel("S")).act(Act{Action: "weigh", WeightG: ben.next().Show.ExpectedWeight}).expect(CodeScanLabel)
	p := f.parcelOf(id, 1)
	old, sscc := p.Tracking, p.SSCC
	ben.scan("C-REOPEN").expect(CodeReopened).step("carton")
	if f.s.Prints[p.Prints[0]].Status != PrintVoid || p.Tracking != "" || f.s.Parcel(old) != nil {
		t.Fatalf("%+v", p)
	}
	ben.scan(old).expect(CodeVoided).scan("00" + sscc).expect(CodeVoided)
	ben.scan(CartonLabel("S")).act(Act{Action: "weigh", WeightG: ben.next().Show.ExpectedWeight}).expect(CodeScanLabel)
	ben.scan(old).expect(CodeVoided).scan(ben.next().Want[0].Code).expect(CodeOrderPacked)
	if p.Tracking == old || ben.last.Class() != Accepted {
		t.Fatal(p.Tracking)
	}
	if v := f.as(1, 3).scan(old); v.last.Code != CodeVoided || v.last.Belongs == nil {
		t.Fatalf("%+v", v.last)
	}
}

// An inner pack has a code of its own and goes where its outer carton goes, which lists what is in it and has the label.
func TestInnerPack(t *testing.T) {
	f := benchShift(t)
	ben, id := f.atBench("MUG", 2, "BOX", 1)
	ben.scan("C-NEST").expect(CodeEmptyParcel)
	ben.scan(ean(1), ean(1)).scan("C-NEST").expect(CodeNested)
	inner, outer := f.parcelOf(id, 1), f.parcelOf(id, 2)
	if inner.Status != ParcelInner || inner.Inside != outer.ID || outer.units() != 2 || outer.N != 1 {
		t.Fatalf("%+v in %+v", inner, outer)
	}
	ben.scan("C-UNDO").expect(CodeUndone)
	if inner.Status != ParcelOpen || inner.units() != 2 || len(f.s.Orders[id].Parcels) != 1 {
		t.Fatalf("%+v", inner)
	}
	ben.scan("C-NEST").expect(CodeNested).scan(ean(4)).expect(CodeAllVerified).scan("C-NEST").expect(CodeBadArgs)
	ben.weighed().expect(CodeOrderPacked)
	v := f.s.OrderView(f.s.Orders[id], false)
	if len(v.Parcels) != 1 || v.Parcels[0].Units[0].Inner != inner.ID || f.s.ParcelCount(f.s.Orders[id]) != 1 {
		t.Fatalf("%+v", v.Parcels)
	}
	f.must(OpenManifest{Carrier: "swift", Dock: "D1"})
	dock := f.as(1, 3).act(Act{Action: "start", Job: "load"})
	dock.scan(string(inner.ID)).expect(CodeGone)
	if dock.last.Belongs == nil || dock.last.Belongs.Code != string(v.Parcels[0].ID) {
		t.Fatalf("it is said which parcel it is in: %+v", dock.last.Belongs)
	}
	dock.follow()
	if f.status(id) != OrderDispatched {
		t.Fatal(f.status(id))
	}
}

// A parcel whose contents all turn out damaged is no parcel; each unit is in quarantine, and can be fetched back.
func TestDamagedAtTheBench(t *testing.T) {
	f := benchShift(t)
	ben, id := f.atBench("MUG", 2, "BOX", 1)
	ben.scan("C-DAMAGED").expect(CodeDamagedNext).step("damaged").scan("C-UNDO").expect(CodeUndone).step("item")
	ben.scan("C-DAMAGED").scan(ean(3)).expect(CodeNotInOrder).scan(ean(1)).expect(CodeAside).step("item")
	if l := f.s.Orders[id].Lines[0]; l.Picked != 1 || l.Short != 1 || len(f.s.exceptionsOf("damaged", "MUG")) != 1 {
		t.Fatalf("%+v", l)
	}
	ben.scan("C-UNDO").expect(CodeUndone)
	if l := f.s.Orders[id].Lines[0]; l.Picked != 2 || l.Short != 0 {
		t.Fatalf("%+v", l)
	}
	ben.scan(ean(1), ean(1), ean(4)).expect(CodeAllVerified)
	ben.scan("C-DAMAGED", ean(4)).expect(CodeAside) // it is packed already, and comes out of the parcel
	ben.scan("C-DAMAGED", ean(1)).expect(CodeAside).scan("C-DAMAGED", ean(1)).expect(CodeAside).step("finish")
	ben.scan("C-DONE").expect(CodeOrderPacked)
	if o := f.s.Orders[id]; o.Status != OrderHeld || len(o.Parcels) != 0 {
		t.Fatal(o.Status, o.Parcels)
	}
}

func TestDamagedNeedsQuarantine(t *testing.T) {
	f := newShift(t)
	f.stock("A0-01", "MUG", 3)
	ben, _ := f.atBench("MUG", 2)
	ben.scan("C-DAMAGED").expect(CodeBadArgs)
}

// Short by scans alone: the card asks why, the item says which line, a card answers. Scanning on drops the question.
func TestShortByCards(t *testing.T) {
	f := benchShift(t)
	ben, id := f.atBench("MUG", 2, "BOX", 2)
	ben.scan("C-YES").expect(CodeNoQuestion)
	ben.scan(ean(1)).scan("C-SHORT").expect(CodeAsked)
	if a := ben.next().Ask; a == nil || a.ID != "short" || len(a.Options) != len(ShortReasons) {
		t.Fatalf("%+v", a)
	}
	ben.scan("C-NO").expect(CodeBadArgs) // five answers: no is none of them
	ben.scan(ean(4)).expect(CodeAsked)   // of the other line
	ben.scan("C-ANSWER2").expect(CodeShort)
	if l := f.s.Orders[id].Lines[1]; l.Short != 2 {
		t.Fatalf("%+v", f.s.Orders[id].Lines)
	}
	ben.scan("C-SHORT").expect(CodeAsked).scan(ean(1)).expect(CodeAllVerified)
	if ben.next().Ask != nil {
		t.Fatal("the unit was there after all")
	}
	ben.scan("C-SHORT").expect(CodeNoAction)
	ben.weighed().expect(CodeOrderPacked)
}

// The weight by number cards, digit by digit; a wrong digit is taken back.
func TestWeightByCards(t *testing.T) {
	f := benchShift(t)
	ben, id := f.atBench("MUG", 2)
	ben.scan("N-2").expect(CodeEveryUnit)
	ben.scan(ean(1), ean(1), CartonLabel("S")).step("weigh").scan("C-DONE").expect(CodeBadWeight)
	ben.scan("N-9", "N-9").expect(CodeDigits).scan("C-UNDO").expect(CodeUndone)
	ben.scan("N-2", "N-5", "N-0").expect(CodeDigits)
	if g := ben.next().Show.TypedG; g != 250 {
		t.Fatal(g)
	}
	ben.scan("C-DONE").expect(CodeScanLabel)
	if p := f.parcelOf(id, 1); p.WeightG != 250 {
		t.Fatal(p.WeightG)
	}
	ben.scan("C-HELP").expect(CodeHelp)
}
