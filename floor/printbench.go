package floor

import "slices"

// PrintShown is what a bench shows of the label that is on its way.
type PrintShown struct {
	ID      PrintID `json:"id"`
	Status  string  `json:"status"`
	Why     string  `json:"why,omitempty"`
	Printer string  `json:"printer"`
	Copy    int     `json:"copy"`
}

// lastLabel is the latest print of a parcel's label; nil where none was asked for.
func (s *State) lastLabel(p *Parcel) *Print {
	for _, id := range slices.Backward(p.Prints) {
		if pr := s.Prints[id]; pr != nil && pr.what() == PrintLabel && pr.Status != PrintVoid {
			return pr
		}
	}
	return nil
}

// showPrint says how the label's print is, and offers the printer that stands in where this one does not print.
func (j *packJob) showPrint(s *State, n *Next, p *Parcel) {
	pr := s.lastLabel(p)
	if pr == nil {
		return
	}
	printer := s.printerNamed(pr.Printer)
	n.Show.Print = &PrintShown{ID: pr.ID, Status: pr.Status, Why: s.printWhy(pr), Printer: printer.called(), Copy: pr.Copy}
	if n.Show.Print.Why != "" && printer.Fallback != "" && printLife.to(pr.Status, "reroute") != "" {
		n.Actions = append([]string{"reroute"}, n.Actions...)
	}
}

// reprint has the label printed once more. One that is still in the line is not asked for again: both would
// come out when the printer goes on.
func (j *packJob) reprint(t *turn, p *Parcel) *Verdict {
	n := j.next(t.State)
	if n.Step != "label" {
		return verdict(CodeNoAction).wanted(wanted(n))
	}
	pr := t.lastLabel(p)
	switch {
	case pr != nil && (pr.Status == PrintQueued || pr.Status == PrintSending):
		return verdict(CodePrintWaits).belongs(&Thing{"printer", pr.Printer, t.printWhy(pr)})
	case len(p.Prints) >= PrintCopyLimit:
		return verdict(CodePrintLimit).qty(PrintCopyLimit)
	}
	t.queuePrint(p, true)
	return verdict(CodeScanLabel).wanted(wanted(j.next(t.State)))
}

// reroute gives the label to the printer that stands in.
func (j *packJob) reroute(t *turn, p *Parcel) *Verdict {
	n := j.next(t.State)
	if !oneOf("reroute", n.Actions) {
		return verdict(CodeNoAction).wanted(wanted(n))
	}
	pr := t.lastLabel(p)
	if _, err := (ReroutePrint{ID: pr.ID}).do(t); err != nil {
		return verdict(CodeNoAction).wanted(wanted(n))
	}
	to := t.printerNamed(pr.Printer)
	return verdict(CodeRerouted).belongs(&Thing{"printer", string(to.Code), to.called()})
}
