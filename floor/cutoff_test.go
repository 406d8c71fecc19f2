package floor

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func at(t testing.TB, s string) Time {
	t.Helper()
	x, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return Time(x.UnixMilli())
}

// A carrier comes at an hour of the house's own clock, on the days it comes, over summer time and all.
func TestCollections(t *testing.T) {
	f := newShift(t)
	f.must(SaveSite{Site: Site{Name: "H", TimeZone: "Europe/Amsterdam"}})
	f.must(SaveService{Service{Code: "std", Carrier: "swift", Cutoff: "16:00", Days: []string{"mon", "fri", "sat"}}})
	got := f.s.Collections("std", at(t, "2026-10-23T14:00:01Z")) // Friday, 16:00:01 there
	want := []string{"2026-10-24T14:00:00.000Z", "2026-10-26T15:00:00.000Z", "2026-10-30T15:00:00.000Z"}
	for i := range want {
		if i >= len(got) || got[i].String() != want[i] {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
	f.must(SaveService{Service{Code: "daily", Carrier: "swift", Cutoff: "00:30"}})
	if got := f.s.Collections("daily", at(t, "2026-01-01T10:00:00Z")); len(got) < 7 || got[0].String() != "2026-01-01T23:30:00.000Z" {
		t.Fatal(got)
	}
	for _, bad := range []Service{{Cutoff: "25:00"}, {Cutoff: "4pm"}, {Cutoff: "16:00", Days: []string{"monday"}}, {Days: []string{"mon"}}} {
		bad.Code, bad.Carrier = "x", "y"
		if a := f.do(&Command{Verb: SaveService{bad}}); a.Err == nil {
			t.Fatalf("%+v was taken", bad)
		}
	}
	if f.s.Collections("unknown", f.now) != nil {
		t.Fatal("nobody knows when")
	}
}

// trucks is a shift before the day's trucks: now is 09:00, swift comes at 12:00, slow at 18:00.
func trucks(t testing.TB) *shift {
	f := newShift(t)
	f.now = at(t, "2026-11-23T09:00:00Z")
	f.must(SaveService{Service{Code: "standard", Carrier: "swift", Cutoff: "12:00"}})
	f.must(SaveService{Service{Code: "cheap", Carrier: "slow", Cutoff: "18:00"}})
	f.stock("A0-01", "MUG", 900)
	return f
}

func (f *shift) orderBy(service, ext string, qty int64, by Time) OrderID {
	f.t.Helper()
	return f.must(CreateOrder{NewOrder{Channel: "web", ExternalID: ext, Service: service, ShipBy: by, ShipTo: Person{Name: "Z", Country: "DE"},
		Lines: []NewLine{{SKU: "MUG", Qty: qty}}}}).(*OrderView).ID
}

// With one picker, one packer and one loader at the usual pace, the board names exactly the orders that are too much.
func TestBoardNamesWhoMisses(t *testing.T) {
	f := trucks(t)
	var ids []OrderID
	for i := range 8 {
		ids = append(ids, f.orderBy("standard", fmt.Sprint(i), 30, 0))
	}
	late := f.orderBy("cheap", "late", 30, 0)
	b := f.s.CutoffBoard(f.now)
	if len(b.Cutoffs) != 2 || b.Cutoffs[0].Carrier != "swift" || b.Cutoffs[0].Missing != 8 || b.Cutoffs[0].Misses[0].Why != "nobody picks" || b.Cutoffs[0].Finish != "" {
		t.Fatalf("%+v", b.Cutoffs)
	}
	f.wave(Discrete, ids[:3]...)
	mia, ben := f.as(1, 1), f.as(2, 2)
	mia.act(Act{Action: "start", Job: "pick"}).follow()
	ben.act(Act{Action: "start", Job: "pack"}).follow()
	mia.act(Act{Action: "start", Job: "pick"}).follow()
	f.as(3, 3).act(Act{Action: "start", Job: "load"}).expect(CodeStarted) // one to load, one to pack, one to pick
	ben.act(Act{Action: "start", Job: "pack"}).expect(CodeStarted)
	mia.act(Act{Action: "start", Job: "pick"}).expect(CodeStarted)
	f.s.index.pace = map[paceKey]int64{} // as after a restart
	b = f.s.CutoffBoard(f.now)
	for _, st := range []Stage{StagePick, StagePack, StageLoad} {
		if p := b.Pace[st]; p.Workers != 1 || p.Measured {
			t.Fatalf("%s: %+v", st, p)
		}
	}
	// 60 units an hour are packed: five of the seven orders of 30 by 11:30, the sixth not before noon, and then it
	// is to be loaded.
	c := b.Cutoffs[0]
	if c.Missing != 2 || c.Orders != 8 || c.Stages["waiting"] != 5 || c.Stages["picking"] != 1 || c.Stages["packing"] != 1 || c.Stages["to_load"] != 1 {
		t.Fatalf("%+v", c)
	}
	for i, id := range ids {
		if miss := b.Orders[id] > int64(c.at); miss != (i >= 6) {
			t.Fatalf("order %d is done at %s", i, Time(b.Orders[id]))
		}
	}
	if c.Misses[0].Order != ids[7] || c.Misses[0].Why != "not released, and too late in the queue" {
		t.Fatalf("%+v", c.Misses)
	}
	if b.Cutoffs[1].Missing != 0 || b.Orders[late] == 0 {
		t.Fatalf("%+v", b.Cutoffs[1])
	}
	if b.Release == nil || len(b.Release.Orders) != 5 || b.Release.Orders[0] != ids[3] || b.Release.Method != Cluster || !strings.Contains(b.Release.Why, "12:00") {
		t.Fatalf("%+v", b.Release)
	}
	f.must(ReleaseWave{Orders: b.Release.Orders, Method: b.Release.Method})
	if next := f.s.CutoffBoard(f.now).Release; next == nil || next.Orders[0] != late {
		t.Fatalf("%+v", next)
	}
}

// An order may wait for a later truck when its ship-by time allows; one that cannot move says why.
func TestBoardKnowsLaterTrucksAndStuckOrders(t *testing.T) {
	f := trucks(t)
	f.orderBy("standard", "today", 1, 0)
	f.orderBy("standard", "tomorrow", 1, at(t, "2026-11-24T13:00:00Z"))
	held := f.orderBy("standard", "held", 1, 0)
	f.must(HoldOrder{ID: held, Reason: "address"})
	big := f.orderBy("standard", "big", 2000, 0)
	f.wave(Discrete, big)
	f.orderBy("odd", "odd", 1, 0)
	b := f.s.CutoffBoard(f.now)
	if len(b.Cutoffs) != 2 || b.Cutoffs[1].At != "2026-11-24T12:00:00.000Z" || b.Unscheduled != 1 {
		t.Fatalf("%+v", b)
	}
	why := map[OrderID]string{}
	for _, m := range b.Cutoffs[0].Misses {
		why[m.Order] = m.Why
	}
	if why[held] != "it is held: address" || why[big] != "it waits for stock" {
		t.Fatalf("%v", why)
	}
}

// The pace is what people really do, and forgets what is an hour old.
func TestPaceIsMeasured(t *testing.T) {
	f := trucks(t)
	f.wave(Discrete, f.orderBy("standard", "1", 60, 0))
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code, "A0-01")
	for range 30 {
		mia.scan(ean(1))
		f.now += MinuteMS
	}
	p := f.s.PaceOf(StagePick, f.now)
	if !p.Measured || p.UnitsPerHour < 55 || p.UnitsPerHour > 65 || p.Workers != 1 {
		t.Fatalf("one a minute: %+v", p)
	}
	mia.act(Act{Action: "undo"})
	if q := f.s.PaceOf(StagePick, f.now); q.UnitsPerHour >= p.UnitsPerHour {
		t.Fatal("what was taken back does not count")
	}
	if p := f.s.PaceOf(StagePick, f.now+HourMS+paceSlotMS); p.Measured {
		t.Fatalf("an hour later nobody knows: %+v", p)
	}
}
