package floor

import (
	"fmt"
	"strings"
	"testing"
)

// late sends a command as a device does that saved it out of reach: it says so, and when it was made.
func (h *hand) late(v Verb, made Time) *hand {
	h.f.t.Helper()
	d := h.f.s.Devices[h.device]
	a := h.f.do(&Command{ID: fmt.Sprintf("%s/%d", h.device, d.N+1), N: d.N + 1, Device: h.device, At: made, Late: true, Verb: v})
	if a.Verdict == nil {
		h.f.t.Fatalf("%+v: no verdict but %+v", v, a)
	}
	h.last = a.Verdict
	return h
}

func (f *shift) open(what string) (out []Exception) {
	for _, x := range f.s.Exceptions {
		if x.What == what {
			out = append(out, *x)
		}
	}
	return out
}

// atItem is a picker who stands at a bin with three mugs to take, one of them taken.
func atItem(t *testing.T) (*shift, *hand, *WaveView) {
	f := newShift(t)
	f.stock("A0-00", "MUG", 5)
	w := f.wave("discrete", f.order("1", "MUG", 3))
	mia := f.as(1, 1).scan(string(w.PickLists[0]))
	mia.scan(mia.next().Want[0].Code, "A0-00", ean(1)).expect(CodePicked)
	return f, mia, w
}

// What was scanned out of reach and refused went red before nobody: a lead is told who, what, where and when.
func TestLateRefusalReachesTheInbox(t *testing.T) {
	f, mia, w := atItem(t)
	mia.scan(ean(2)).expect(CodeWrongItem) // seen by Mia herself: nobody else is told
	if len(f.open("late_refused")) != 0 {
		t.Fatal("a refusal that its worker saw went into the inbox")
	}
	mia.late(Scan{Code: ean(1)}, f.now-2*HourMS).expect(CodePicked)
	mia.late(Scan{Code: ean(2)}, 1_700_000_000_000).expect(CodeWrongItem)
	all := f.open("late_refused")
	if len(all) != 1 {
		t.Fatalf("%d in the inbox, want the one that was refused", len(all))
	}
	x := all[0]
	for _, word := range []string{"Mia", ean(2), "handheld 0", "2023-11-14 22:13", "TEA item"} {
		if !strings.Contains(x.Say, word) {
			t.Errorf("%q does not say %q", x.Say, word)
		}
	}
	if x.Worker != f.worker(1) || x.Device != f.device(1) || x.Made != 1_700_000_000_000 || x.About.Code != string(w.PickLists[0]) {
		t.Errorf("wrong names: %+v", x)
	}
}

// A list that somebody else took over meanwhile: every scan from the time out of reach belongs to it, is refused
// as job_moved and kept for a lead; none of them opens other work or is called information.
func TestLateScansOfALostJobAreAllRefused(t *testing.T) {
	f, mia, w := atItem(t)
	tote := string(f.s.PickLists[w.PickLists[0]].Totes[0].Tote)
	f.as(3, 4).act(Act{Action: "start", Job: "pick", ID: string(w.PickLists[0]), Reason: "she went home"}).expect(CodeResumed)
	for _, code := range []string{ean(1), tote, string(w.PickLists[0])} {
		mia.late(Scan{Code: code}, f.now).expect(CodeJobMoved)
	}
	if n := len(f.open("late_refused")); n != 3 {
		t.Fatalf("%d of 3 lost scans are in the inbox", n)
	}
	mia.scan(ean(1)).expect(CodeJobMoved) // the first one that she sees
	mia.scan(ean(1)).expect(CodeInfo)
}

// Two hours of wrong scans do not bury the inbox.
func TestManyLateRefusalsAreToldAsOne(t *testing.T) {
	f, mia, _ := atItem(t)
	for range LateLimit + 20 {
		mia.late(Scan{Code: "junk"}, f.now).expect(CodeUnknown)
	}
	if n := len(f.open("late_refused")); n != LateLimit+1 {
		t.Fatalf("%d in the inbox, want %d and one for the rest", n, LateLimit)
	}
}

// Two hours out of reach: the lease ran out meanwhile, and nobody took the list. What was scanned in that time counts,
// and the job is its picker's again.
func TestTwoHoursOutOfReach(t *testing.T) {
	f, mia, w := atItem(t)
	f.now += 2 * HourMS
	f.must(Tick{})
	l := f.s.PickLists[w.PickLists[0]]
	if !l.Lease.Lapsed {
		t.Fatal("the lease did not run out in two hours")
	}
	mia.late(Scan{Code: ean(1)}, f.now-HourMS).expect(CodePicked)
	mia.late(Scan{Code: ean(1)}, f.now-HourMS).expect(CodeLinePicked)
	if l.Lease.Lapsed || len(f.open("late_refused")) != 0 {
		t.Fatal("the picker who came back does not have the list")
	}
	mia.follow()
	if f.status(l.Totes[0].Order) != OrderPicked {
		t.Fatal("the job did not end well")
	}
}
