package devices

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"floorline/floor"
)

// Paper is out: the label waits, the bench says in the worker's language what to do, so do the desk and the
// readiness page; with a new roll it comes out by itself, once.
func TestPaperOutWaits(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	z := newZebra(t)
	z.paperOut = true
	f.printer("z1", z.addr, `"kind":"zpl","name":"Zebra 1"`)
	bench := f.packToLabel("z1")
	var job floor.PrintView
	f.until("a label waits for paper", func() bool {
		var list struct{ Items []floor.PrintView }
		f.want(200, "GET", "/api/v1/prints?status=queued", "").json(t, &list)
		if len(list.Items) == 1 {
			job = list.Items[0]
		}
		return job.Trouble == floor.TroublePaper
	})
	want := "Paper is out at printer Zebra 1: put a new roll or stack in"
	if job.Why != want {
		t.Errorf("the desk reads %q", job.Why)
	}
	f.until("the readiness page says it", func() bool { return strings.Contains(string(f.want(200, "GET", "/readyz", "").body), want) })
	var shown floor.PrintShown
	f.k.View(func(st *floor.State) {
		shown = *st.NextIn(bench.id, "de").Show.Print
	})
	if shown.Status != floor.PrintQueued || shown.Why != "Drucker Zebra 1 hat kein Papier mehr: neue Rolle oder neuen Stapel einlegen" {
		t.Errorf("the bench reads %+v", shown)
	}
	if n := len(z.labels()); n != 0 {
		t.Fatalf("%d labels came out without paper", n)
	}
	z.set(func(z *zebra) { z.paperOut = false })
	f.comesTo(job.ID, floor.PrintSent, "")
	if n := len(z.labels()); n != 1 {
		t.Fatalf("%d labels came out", n)
	}
	f.until("all is well again", func() bool { return !strings.Contains(string(f.want(200, "GET", "/readyz", "").body), "Zebra 1") })
}

// The bench is told while it waits, without asking.
func TestBenchSeesItsPrinter(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	z := newZebra(t)
	f.printer("z1", z.addr, "")
	z.headOpen = true
	bench := f.packToLabel("z1")
	told := func(want string) {
		t.Helper()
		for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); {
			next := frameOf(t, bench.ws, "next")["next"].(map[string]any)
			show, _ := next["show"].(map[string]any)
			if p, ok := show["print"].(map[string]any); ok && p["status"] == want {
				if why, _ := p["why"].(string); (want == floor.PrintQueued) != strings.Contains(why, "close it") {
					t.Errorf("%s, because %q", want, why)
				}
				return
			}
		}
		t.Fatalf("the bench never hears that its label is %s", want)
	}
	told(floor.PrintQueued)
	z.set(func(z *zebra) { z.headOpen = false })
	told(floor.PrintSent)
}

// Somebody presses pause with a label in the printer: the job says so, goes on by itself, and nothing comes twice.
func TestPauseInMidJob(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	z := newZebra(t)
	z.at = func(z *zebra) { z.set(func(z *zebra) { z.paused, z.at = true, nil }) }
	f.printer("z1", z.addr, "")
	job := f.askFor(`{"what":"test","printer":"z1"}`)
	f.comesTo(job.ID, floor.PrintSending, floor.TroublePaused)
	z.set(func(z *zebra) { z.paused = false })
	f.comesTo(job.ID, floor.PrintSent, "")
	if n := len(z.labels()); n != 1 {
		t.Fatalf("%d labels came out", n)
	}
}

// Out of paper with a label in it, a printer is switched off: what it said last does not hold the line for ever.
func TestAPrinterThatFallsSilentHoldsNoLine(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	z := newZebra(t)
	z.at = func(z *zebra) { z.set(func(z *zebra) { z.paperOut, z.at = true, nil }) }
	f.printer("z1", z.addr, "")
	job := f.askFor(`{"what":"test","printer":"z1"}`)
	f.comesTo(job.ID, floor.PrintSending, floor.TroublePaper)
	z.set(func(z *zebra) { z.silent = true })
	f.comesTo(job.ID, floor.PrintUnknown, floor.TroubleStalled)
}

// A printer that keeps a label to itself, or dies with it: nobody knows, and it is never sent again by itself,
// while what comes after it goes on.
func TestUnknownIsNotSentAgain(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	z := newZebra(t)
	z.sticks = true
	f.printer("z1", z.addr, "")
	stuck := f.askFor(`{"what":"test","printer":"z1"}`)
	f.comesTo(stuck.ID, floor.PrintUnknown, floor.TroubleStalled)
	z.set(func(z *zebra) { z.waiting, z.sticks = nil, false })
	z.at = func(z *zebra) { z.dies() }
	dead := f.askFor(`{"what":"test","printer":"z1"}`)
	f.comesTo(dead.ID, floor.PrintUnknown, floor.TroubleLost)
	z.set(func(z *zebra) { z.at, z.waiting, z.printed = nil, nil, nil })
	third := f.askFor(`{"what":"test","printer":"z1"}`)
	f.comesTo(third.ID, floor.PrintQueued, floor.TroubleUnreachable)
	z.listen(t, z.addr)
	f.comesTo(third.ID, floor.PrintSent, "")
	if got := z.labels(); len(got) != 1 || !strings.Contains(got[0], string(third.ID)) {
		t.Fatalf("%d labels came out: %.300q", len(got), got)
	}
}

// A printer that is off: its jobs wait in their order, however often it is tried, and all come out once.
func TestRefusedKeepsTheOrder(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	z := newZebra(t)
	z.dies()
	f.printer("z1", z.addr, "")
	var ids []floor.PrintID
	for range 4 {
		ids = append(ids, f.askFor(`{"what":"test","printer":"z1"}`).ID)
	}
	f.comesTo(ids[0], floor.PrintQueued, floor.TroubleUnreachable)
	f.want(200, "POST", "/api/v1/prints/"+string(ids[2])+"/void", "")
	z.listen(t, z.addr)
	f.comesTo(ids[3], floor.PrintSent, "")
	got := z.labels()
	if len(got) != 3 {
		t.Fatalf("%d labels came out", len(got))
	}
	for i, id := range []floor.PrintID{ids[0], ids[1], ids[3]} {
		if !strings.Contains(got[i], string(id)) {
			t.Errorf("label %d is not %s", i, id)
		}
	}
	if p := f.job(ids[2]); p.Status != floor.PrintVoid {
		t.Errorf("the void one is %s", p.Status)
	}
}

// Waits between tries grow, and stay short enough to find a printer that was switched on.
func TestWaitsGrow(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	z := newZebra(t)
	z.dies()
	f.s.printer.stop() // the test drives
	f.askFor(`{"what":"test","printer":"` + z.addr + `"}`)
	p := newPrinters(f.s)
	p.pace.first, p.pace.most = time.Second, 30*time.Second
	var waits []time.Duration
	for tries := 0; len(waits) < 8; {
		waits = append(waits, p.workOff(z.addr, &tries))
	}
	if got := fmt.Sprint(waits); got != "[1s 2s 4s 8s 16s 30s 30s 30s]" {
		t.Errorf("waits %s", got)
	}
}

// The server dies with a job in each state: nothing is lost, and nothing comes out twice by itself.
func TestDeathAtEveryStep(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	z := newZebra(t)
	f.printer("z1", z.addr, "")
	done := f.askFor(`{"what":"test","printer":"z1"}`)
	f.comesTo(done.ID, floor.PrintSent, "")
	f.s.printer.stop()
	half, whole := f.askFor(`{"what":"test","printer":"z1"}`), f.askFor(`{"what":"test","printer":"z1"}`)
	f.do(floor.MovePrint{ID: half.ID, Verb: "send"}) // what stands on disk when the first byte may have left
	p := newPrinters(f.s)
	p.pace = quick
	p.start()
	defer p.stop()
	p.wake("z1")
	f.comesTo(whole.ID, floor.PrintSent, "")
	if v := f.job(half.ID); v.Status != floor.PrintUnknown || v.Trouble != floor.TroubleStopped || !strings.Contains(v.Why, "scan the label") {
		t.Errorf("the one in the middle is %+v", v)
	}
	if v := f.job(done.ID); v.Status != floor.PrintSent {
		t.Errorf("the one that was sent is %s", v.Status)
	}
	if n := len(z.labels()); n != 2 {
		t.Errorf("%d labels came out, want 2", n)
	}
}

// A label that is printed again is the same to the byte, counted as a copy, and not without end.
func TestReprintIsIdentical(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	z := newZebra(t)
	f.printer("z1", z.addr, "")
	bench := f.packToLabel("z1")
	f.until("the label is out", func() bool { return len(z.labels()) == 1 })
	var jobs struct{ Items []floor.PrintView }
	f.want(200, "GET", "/api/v1/prints", "").json(t, &jobs)
	first := f.comesTo(jobs.Items[0].ID, floor.PrintSent, "")
	bench.expect(bench.send(`"type":"do","action":"reprint","args":{}`), "scan_label")
	f.until("the copy is out", func() bool { return len(z.labels()) == 2 })
	f.want(200, "GET", "/api/v1/prints", "").json(t, &jobs)
	second := f.comesTo(jobs.Items[1].ID, floor.PrintSent, "")
	if got := z.labels(); got[0] != got[1] || first.Digest != second.Digest || len(first.Digest) != 64 {
		t.Errorf("the copy differs: %s and %s", first.Digest, second.Digest)
	}
	if first.Copy != 1 || second.Copy != 2 {
		t.Errorf("copies %d and %d", first.Copy, second.Copy)
	}
	var again floor.PrintView
	for n := 3; n <= floor.PrintCopyLimit; n++ {
		f.want(201, "POST", "/api/v1/prints/"+string(first.ID)+"/reprint", "").json(t, &again)
		if again.Copy != n {
			t.Fatalf("copy %d is called %d", n, again.Copy)
		}
	}
	if r := f.want(422, "POST", "/api/v1/prints/"+string(first.ID)+"/reprint", ""); r.code() != "print_limit" {
		t.Errorf("%s", r.body)
	}
	f.until("all copies are out", func() bool { return len(z.labels()) == floor.PrintCopyLimit })
	f.comesTo(again.ID, floor.PrintSent, "")
	bench.expect(bench.send(`"type":"do","action":"reprint","args":{}`), "print_limit")
}

// The bench gives a label that cannot come out to the printer that stands in, by one tap.
func TestBenchReroutes(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	a, b := newZebra(t), newZebra(t)
	a.paperOut = true
	f.printer("b", b.addr, `"kind":"zpl","name":"Zebra B"`)
	f.printer("a", a.addr, `"kind":"zpl","fallback":"b"`)
	bench := f.packToLabel("a")
	var id floor.PrintID
	f.until("it can be rerouted", func() bool {
		ok := false
		f.k.View(func(st *floor.State) {
			n := st.NextFor(bench.id)
			ok = contains(n.Actions, "reroute")
			id = n.Show.Print.ID
		})
		return ok
	})
	if v := bench.expect(bench.send(`"type":"do","action":"reprint","args":{}`), "print_waits"); !strings.Contains(v["say"].(string), "put a new roll") {
		t.Errorf("a second one of a label that waits: %v", v["say"])
	}
	if v := bench.expect(bench.send(`"type":"do","action":"reroute","args":{}`), "print_rerouted"); !strings.Contains(v["say"].(string), "Zebra B") {
		t.Errorf("%v", v["say"])
	}
	p := f.comesTo(id, floor.PrintSent, "")
	if p.Printer != "b" || p.From != "a" {
		t.Errorf("%+v", p)
	}
	a.set(func(z *zebra) { z.paperOut = false })
	if n, m := len(a.labels()), len(b.labels()); n != 0 || m != 1 {
		t.Errorf("%d labels at a, %d at b", n, m)
	}
	bench.expect(bench.send(`"type":"do","action":"reroute","args":{}`), "no_such_action")
}
