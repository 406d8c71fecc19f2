package floor

import (
	"strings"
	"testing"
)

// An order cancelled at the bench: the bench is told, takes nothing more, hands the tote over, and goes on.
func TestCancelledAtTheBench(t *testing.T) {
	f := benchShift(t)
	ben, id := f.atBench("MUG", 3)
	ben.scan(ean(1)).expect(CodeVerified)
	tote := string(f.s.Orders[id].Totes[0])
	f.must(CancelOrder{ID: id})
	n := ben.next()
	if n.Step != "hand_over" || len(n.Notices) != 1 || n.Notices[0].Code != CodeCancelled || n.Want[0].Code != tote {
		t.Fatalf("%+v", n)
	}
	ben.scan(ean(1)).expect(CodeCancelled).act(Act{Action: "close"}).expect(CodeCancelled)
	ben.scan(tote).expect(CodeHandedOver).step("start")
	mia := f.as(1, 1).act(Act{Action: "start", Job: "putback"}).expect(CodeStarted).follow()
	if len(f.s.PutBacks) != 0 || mia.next().Job != nil || f.s.StockAt(InBin("A0-01"))[0].OnHand != 30 {
		t.Fatal("all of it is back")
	}
}

// Whoever fetches the goods first, or waits too long, leaves no job behind.
func TestHandOverEndsByItself(t *testing.T) {
	f := benchShift(t)
	ben, id := f.atBench("MUG", 3)
	f.must(CancelOrder{ID: id})
	f.as(1, 1).act(Act{Action: "start", Job: "putback"}).follow()
	ben.step("start")
	ben, id = f.atBench("MUG", 2)
	f.must(CancelOrder{ID: id})
	ben.step("hand_over").act(Act{Action: "leave"}).expect(CodeHandedOver).step("start")
	ben, id = f.atBench("MUG", 2)
	f.must(CancelOrder{ID: id})
	f.now += LeaseMS
	f.must(Tick{})
	if ben.step("start"); len(f.s.Packings) != 0 {
		t.Fatal(f.s.Packings)
	}
}

// The shop's change of an order at a bench is told there at once.
func TestChangedAtTheBench(t *testing.T) {
	f := benchShift(t)
	ben, id := f.atBench("MUG", 3)
	o := f.s.Orders[id]
	f.must(ImportOrders{Orders: []NewOrder{{Row: 2, Channel: o.Channel, ExternalID: o.ExternalID, Hash: [16]byte{9}, Lines: []NewLine{{SKU: "MUG", Qty: 1}}}}})
	if n := ben.next().Notices; len(n) != 1 || n[0].Code != CodeChanged {
		t.Fatalf("%+v", n)
	}
}

// A unit of another order is said to be that one's, with the tote or the bench where it lies; two benches never have one
// order, and a lead takes it over with a reason.
func TestWhoseUnitIsIt(t *testing.T) {
	f := benchShift(t)
	f.must(MakePairing{Pairing{Digest: "second"}})
	f.must(Pair{Code: "second", Token: "second", Name: "bench 4", Kind: "bench"})
	a, b := f.order("1", "MUG", 2), f.order("2", "BOX", 2)
	f.wave(Cluster, a, b)
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	ben := f.as(2, 2).scan(string(f.s.Orders[a].Totes[0])).expect(CodeOpened)
	ben.scan(ean(4)).expect(CodeNotInOrder)
	if x := ben.last.Belongs; x == nil || x.Code != string(b) || !strings.Contains(x.Text, string(f.s.Orders[b].Totes[0])) {
		t.Fatalf("%+v", x)
	}
	kim := f.person(RolePacker, "", 5).scan(string(f.s.Orders[a].Totes[0])).expect(CodePackedElse)
	if x := kim.last.Belongs; !strings.Contains(x.Text, "bench 1") || !strings.Contains(x.Text, "Ben") || !kim.last.Override {
		t.Fatalf("%+v", x)
	}
	kim.scan(string(f.s.Orders[b].Totes[0])).expect(CodeOpened)
	ben.scan(ean(4)).expect(CodeNotInOrder)
	if x := ben.last.Belongs; !strings.Contains(x.Text, "bench 4") {
		t.Fatalf("%+v", x)
	}
	kim.act(Act{Action: "leave"})
	lead := f.person(RoleLead, "", 5)
	lead.act(Act{Action: "start", Job: "pack", ID: string(a)}).expect(CodeBadArgs)
	lead.act(Act{Action: "start", Job: "pack", ID: string(a), Reason: "urgent"}).expect(CodeResumed)
	ben.scan(ean(1)).expect(CodeJobMoved).step("start")
	lead.follow()
	if f.status(a) != OrderPacked {
		t.Fatal(f.status(a))
	}
}
