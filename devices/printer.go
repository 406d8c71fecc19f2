package devices

import (
	"slices"
	"sync"
	"time"

	"floorline/floor"
	"floorline/store"
)

// printers work off the lines of jobs, one connection at a time for each printer. The line itself is the
// floor's; here is only who works it off. A printer never says that paper came out, so a job that it took is
// "sent" until somebody scans the label.
type printers struct {
	background
	s     *Server
	pace  pace
	guard guard
	mu    sync.Mutex
	wakes map[string]wakes
	mute  map[string]time.Time // since when a printer is known not to answer ~HS
}

// pace is how long a printer is waited for.
type pace struct {
	dial   time.Duration // to be reached
	answer time.Duration // to answer ~HS, where it does at all
	take   time.Duration // to take the bytes of one job
	poll   time.Duration // between two looks at a printer that is at work or out of paper
	stall  time.Duration // without any progress before a job that was sent is unknown
	first  time.Duration // before a printer that cannot be reached is tried again; doubled each time
	most   time.Duration // the longest of those waits
}

// usualPace is that of label printers in a hall: a roll is changed in a minute, and a printer that is off is
// found within half a minute of being switched on.
var usualPace = pace{dial: 5 * time.Second, answer: 800 * time.Millisecond, take: 20 * time.Second, poll: time.Second,
	stall: time.Minute, first: time.Second, most: 30 * time.Second}

// MuteFor is how long a printer that does not answer ~HS is not asked again.
const MuteFor = 10 * time.Minute

func newPrinters(s *Server) *printers {
	return &printers{background: newBackground(), s: s, pace: usualPace, guard: newGuard(s.o), wakes: map[string]wakes{}, mute: map[string]time.Time{}}
}

// told is called by the writer: there is work for a printer, or it is somewhere else now.
func (p *printers) told(records []store.Record) {
	for i := range records {
		switch b := records[i].Body.(type) {
		case *floor.PrintAsked:
			p.wake(b.Print.Printer)
		case *floor.PrintRerouted:
			p.wake(b.To)
		case *floor.PrintMoved:
			if b.Verb == "retry" {
				p.wake(b.Printer)
			}
		case *floor.PrinterSaved:
			p.wake(string(b.Printer.Code))
		}
	}
}

// start goes on after a restart: what was queued is sent; what was being sent may or may not have come out,
// and only a person can tell, unless the printer keeps a number of it that can be asked for.
func (p *printers) start() {
	var busy []string
	var lost []floor.PrintID
	p.s.keeper.View(func(st *floor.State) {
		for _, pr := range st.Prints {
			switch {
			case pr.Status == floor.PrintSending && pr.Job == 0:
				lost = append(lost, pr.ID)
			case pr.Status == floor.PrintQueued || pr.Status == floor.PrintSending:
				busy = append(busy, pr.Printer)
			}
		}
		for code, pr := range st.Printers {
			if pr.State != "" && pr.State != floor.PrinterReady {
				busy = append(busy, string(code))
			}
		}
	})
	slices.Sort(lost)
	for _, id := range lost {
		p.move(floor.MovePrint{ID: id, Verb: "lose", Trouble: floor.TroubleStopped})
	}
	for _, printer := range busy {
		p.wake(printer)
	}
}

// wake has a printer's driver look for work, and makes the driver where there is none yet.
func (p *printers) wake(printer string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ctx.Err() != nil {
		return
	}
	w := p.wakes[printer]
	if w == nil {
		w = newWakes()
		p.wakes[printer] = w
		p.done.Go(func() { p.drive(printer, w) })
	}
	w.wake()
}

// drive works off one printer's line. While the printer cannot take the first job, it is looked at again
// after a while, and everything behind waits: the order is kept.
func (p *printers) drive(printer string, wake wakes) {
	again := time.NewTimer(time.Hour)
	defer again.Stop()
	for tries := 0; ; {
		select {
		case <-wake:
		case <-again.C:
		case <-p.ctx.Done():
			return
		}
		after := p.workOff(printer, &tries)
		if after == 0 {
			after = time.Hour
		}
		again.Reset(after)
	}
}

// workOff sends what waits. It gives after what time to look again; 0 when there is nothing to wait for.
func (p *printers) workOff(printer string, tries *int) time.Duration {
	for p.ctx.Err() == nil {
		j, ok := p.next(printer)
		if !ok {
			return p.glance(printer)
		}
		switch p.attempt(j) {
		case taken:
			*tries = 0
		case unreached:
			*tries++
			return min(p.pace.first<<min(*tries-1, 10), p.pace.most)
		case held:
			*tries = 0
			return p.pace.poll
		case undecided:
			return AskAgain
		}
	}
	return 0
}

// How an attempt at the first job of a line ended.
type attempt int

const (
	taken     attempt = iota // it left the line, for better or worse
	held                     // the printer is there and cannot take it now
	unreached                // the printer is not there
	undecided                // the floor took no word about it just now
)

// attempt has the printer take one job, as far as it will. Until the floor has written down that it is being
// sent, no byte of it leaves; so what is found queued after a crash was not sent.
func (p *printers) attempt(j *job) attempt {
	if j.follow {
		return p.followed(j)
	}
	bytes, trouble, why := j.draw()
	if trouble != "" {
		return p.ended(j.id, floor.MovePrint{Verb: "fail", Trouble: trouble, Why: why})
	}
	l, err := p.reach(j)
	if err != nil {
		return p.unreached(j, err)
	}
	defer l.close()
	trouble, err = l.ready()
	if err != nil {
		return p.unreached(j, err)
	}
	if trouble != "" {
		return p.waits(j, trouble, held)
	}
	p.see(j.printer, floor.PrinterReady)
	if !p.move(floor.MovePrint{ID: j.id, Verb: "send", Digest: sumOf(bytes)}) {
		return undecided
	}
	return p.sent(j, l.send(bytes))
}

// sent writes down how the sending ended.
func (p *printers) sent(j *job, o outcome) attempt {
	if o.verb == "" { // it was proved or voided meanwhile, or the next start asks the printer
		return taken
	}
	if p.ctx.Err() != nil && o.verb == "lose" {
		o.trouble = floor.TroubleStopped
	}
	a := p.ended(j.id, floor.MovePrint{Verb: o.verb, Trouble: o.trouble, Why: o.why})
	if o.verb == "wait" && a == taken {
		return held
	}
	return a
}

// unreached has a job wait for a printer that is not there, or fail where it never will be.
func (p *printers) unreached(j *job, err error) attempt {
	var no *refusal
	if asRefusal(err, &no) {
		return p.ended(j.id, floor.MovePrint{Verb: "fail", Trouble: no.trouble, Why: no.why})
	}
	if p.ctx.Err() != nil {
		return taken // the next start goes on
	}
	return p.waits(j, floor.TroubleUnreachable, unreached)
}

// waits has a job wait in the line, with why.
func (p *printers) waits(j *job, trouble string, a attempt) attempt {
	p.see(j.printer, trouble)
	p.move(floor.MovePrint{ID: j.id, Verb: "wait", Trouble: trouble})
	return a
}

func (p *printers) ended(id floor.PrintID, m floor.MovePrint) attempt {
	if m.ID = id; p.settle(m) {
		return taken
	}
	return undecided
}

// glance looks at a printer that had a trouble and has no work, so that nobody reads of it for ever.
func (p *printers) glance(printer string) time.Duration {
	var rec floor.Printer
	p.s.keeper.View(func(st *floor.State) { rec = st.PrinterNamed(printer) })
	if rec.State == "" || rec.State == floor.PrinterReady || p.ctx.Err() != nil {
		return 0
	}
	state := floor.TroubleUnreachable
	if l, err := p.reach(&job{printer: printer, rec: rec}); err == nil {
		trouble, err := l.ready()
		l.close()
		switch {
		case err == nil && trouble == "":
			state = floor.PrinterReady
		case err == nil:
			state = trouble
		}
	}
	if p.see(printer, state); state == floor.PrinterReady {
		return 0
	}
	return p.pace.most
}

// stop breaks off what is being sent, and waits for the drivers.
func (p *printers) stop() {
	p.mu.Lock()
	p.end()
	p.mu.Unlock()
	p.done.Wait()
}

// see notes how a printer is. Asking the floor costs a look; only a change is written.
func (p *printers) see(printer, state string) {
	var now string
	p.s.keeper.View(func(st *floor.State) { now = st.PrinterNamed(printer).State })
	if now != state {
		p.s.keeper.Do(&floor.Command{Verb: floor.SeePrinter{Printer: printer, State: state}})
	}
}

func (p *printers) move(m floor.MovePrint) bool {
	return p.s.keeper.Do(&floor.Command{Verb: m}).Err == nil
}

// settle notes how the sending ended. What happened has happened, so it insists while the floor is busy or
// the disk is full; a job that was proved or voided meanwhile stays so.
func (p *printers) settle(m floor.MovePrint) bool {
	return p.insist(p.s.keeper, m) != nil // else the next start finds it as being sent, and says so
}
