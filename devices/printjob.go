package devices

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"floorline/floor"
	"floorline/labels"
)

// job is one print with everything needed to send it, read under one view.
type job struct {
	id      floor.PrintID
	printer string
	rec     floor.Printer
	number  int64 // the printer's own, of a job that it has already
	follow  bool
	paper   drawing
	there   bool
}

// next is the first job of a printer's line; before it one that the printer has already, since before a restart.
func (p *printers) next(printer string) (*job, bool) {
	var j *job
	p.s.keeper.View(func(st *floor.State) {
		for _, pr := range st.PrintQueue(printer) {
			follow := pr.Status == floor.PrintSending && pr.Job != 0
			if !follow && pr.Status != floor.PrintQueued {
				continue
			}
			j = &job{id: pr.ID, printer: printer, rec: st.PrinterNamed(printer), number: pr.Job, follow: follow}
			if !follow {
				j.paper, j.there = printedPaper(st, pr)
			}
			return
		}
	})
	return j, j != nil
}

// draw makes the bytes for the job's printer, or says why they cannot be.
func (j *job) draw() (b []byte, trouble, why string) {
	if !j.there {
		return nil, floor.TroubleGone, ""
	}
	size := labels.Size(j.rec.Size)
	if size == "" {
		size = j.paper.size
	}
	var err error
	switch {
	case j.rec.Language == floor.PrinterPDF:
		b, err = j.paper.it.PDF(size, j.rec.DPI)
	default:
		z, ok := j.paper.it.(printable)
		if !ok {
			return nil, floor.TroubleUndrawn, "it is for paper: choose a pdf printer"
		}
		b, err = z.ZPL(size, j.rec.DPI)
	}
	if err != nil {
		return nil, floor.TroubleUndrawn, err.Error()
	}
	return b, "", ""
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// outcome is how the sending of a job ended: a verb of its life, and why. No verb: nothing is to be noted.
type outcome struct{ verb, trouble, why string }

// link is a way to one printer, for one job.
type link interface {
	// ready says why the printer cannot take a job now; "" where it can.
	ready() (trouble string, err error)
	// send gives it a job and waits until it is done with it.
	send(b []byte) outcome
	close()
}

// refusal is an error that trying again does not help.
type refusal struct{ trouble, why string }

func (r *refusal) Error() string { return r.trouble + ": " + r.why }

func asRefusal(err error, r **refusal) bool { return errors.As(err, r) }

// reach opens the way to a job's printer.
func (p *printers) reach(j *job) (link, error) {
	t, bad := parseTarget(j.rec.Address)
	if bad != "" {
		return nil, &refusal{floor.TroubleAddress, bad}
	}
	addr, err := p.guard.resolve(p.ctx, t)
	if err != nil {
		return nil, err
	}
	if t.raw {
		return p.reachRaw(j, addr)
	}
	return newIPP(p, j, t, addr), nil
}

// followed waits for a job that the printer took before this server was started.
func (p *printers) followed(j *job) attempt {
	l, err := p.reach(j)
	if err != nil {
		return p.sent(j, outcome{verb: "lose", trouble: floor.TroubleStopped})
	}
	defer l.close()
	ipp, ok := l.(*ippLink)
	if !ok { // the printer's address is another by now
		return p.sent(j, outcome{verb: "lose", trouble: floor.TroubleStopped})
	}
	return p.sent(j, ipp.wait(j.number))
}

// still says whether a job is being sent as far as the floor knows, and not proved or voided meanwhile.
func (p *printers) still(id floor.PrintID) (status string) {
	p.s.keeper.View(func(st *floor.State) {
		if pr := st.Prints[id]; pr != nil {
			status = pr.Status
		}
	})
	return status
}
