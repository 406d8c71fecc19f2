package floor

import (
	"strings"
	"testing"
)

func one(t *testing.T, list []Exception) Exception {
	t.Helper()
	if len(list) != 1 {
		t.Fatalf("%d exceptions, want one: %+v", len(list), list)
	}
	return list[0]
}

// Lost scans are said on the device, told to a lead, and hold the work until the tote is counted; what was scanned
// after them and before anybody knew is judged.
func TestMissingScansAreCounted(t *testing.T) {
	f, mia, w := atItem(t)
	mia.late(Act{Action: "missing", Qty: 3}, 0).expect(CodeScansMissing)
	if s := Say("en", mia.last); mia.last.Class() != Stop || !strings.Contains(s, "3") || !strings.Contains(s, "count tote T-") {
		t.Fatalf("said %q as %s", s, mia.last.Class())
	}
	mia.late(Scan{Code: ean(1)}, f.now).expect(CodePicked)
	x := one(t, f.open("scans_missing"))
	for _, word := range []string{"3 scans", "handheld 0", "Mia", "1 by the books"} {
		if !strings.Contains(x.Say, word) {
			t.Errorf("%q does not say %q", x.Say, word)
		}
	}
	n := mia.next()
	if n.Ask == nil || n.Ask.ID != "missing" || n.Offline || len(n.Ahead) > 0 || !strings.Contains(n.Ask.Text, "2 by the books") {
		t.Fatalf("the count is not asked for: %+v", n.Ask)
	}
	mia.scan(ean(1)).expect(CodeAskFirst)
	mia.act(Act{Action: "leave"}).expect(CodeAskFirst)
	mia.scan("C-LEAVE").expect(CodeAskFirst)
	mia.act(Act{Action: "answer", Ask: "missing", Value: "perhaps"}).expect(CodeBadArgs)
	mia.act(Act{Action: "answer", Ask: "missing", Value: "yes"}).expect(CodeCountRight)
	if len(f.open("scans_missing")) != 0 {
		t.Fatal("the lead still looks for what was counted")
	}
	mia.follow()
	if f.status(f.s.PickLists[w.PickLists[0]].Totes[0].Order) != OrderPicked {
		t.Fatal("the job did not end well")
	}
}

// A count that differs goes to a lead; the walk goes on.
func TestMissingScansThatDifferGoToALead(t *testing.T) {
	f, mia, _ := atItem(t)
	mia.act(Act{Action: "missing", Qty: 1}).expect(CodeScansMissing)
	mia.act(Act{Action: "missing", Qty: 2}).expect(CodeScansMissing) // and more of them later
	if n := mia.next().Ask; !strings.Contains(n.Text, "missing: 3") {
		t.Fatalf("asked %q", n.Text)
	}
	mia.act(Act{Action: "answer", Ask: "missing", Value: "no"}).expect(CodeCountOff)
	one(t, f.open("count_differs"))
	if len(f.open("scans_missing")) != 2 {
		t.Fatal("the loss itself is still open")
	}
	mia.scan(ean(1)).expect(CodePicked)
}

func TestMissingScansWithoutAJobAndNonsense(t *testing.T) {
	f := newShift(t)
	mia := f.as(1, 1)
	for _, qty := range []int64{0, -3, QtyLimit + 1} {
		mia.act(Act{Action: "missing", Qty: qty}).expect(CodeBadArgs)
	}
	mia.act(Act{Action: "missing", Qty: 2}).expect(CodeScansMissing)
	if mia.next().Ask != nil {
		t.Fatal("with no goods in hand nothing is to be counted")
	}
	one(t, f.open("scans_missing"))
	mia.act(Act{Action: "missing", Qty: 2, ID: string(f.device(4))}).expect(CodeScansMissing)
	if x := f.open("scans_missing"); len(x) != 2 || x[0].Device == x[1].Device {
		t.Fatalf("the other device is not named: %+v", x)
	}
}

// New hardware under an old name in the middle of a job: what waited on the old one will never come.
func TestPairedAnewInTheMiddleOfAJob(t *testing.T) {
	f, mia, _ := atItem(t)
	f.must(MakePairing{Pairing{Digest: "again", Device: f.device(1)}})
	f.must(Pair{Code: "again", Token: "new", Kind: "handheld"})
	if x := one(t, f.open("scans_missing")); !strings.Contains(x.Say, "paired anew") {
		t.Fatalf("said %q", x.Say)
	}
	mia.scan(ean(1)).expect(CodeAskFirst)
	mia.follow()
}
