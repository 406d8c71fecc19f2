package floor

import (
	"cmp"
	"slices"
)

// What can be printed.
const (
	PrintLabel     = "label"
	PrintSlip      = "slip"
	PrintCustoms   = "customs"
	PrintInvoice   = "invoice"
	PrintHazard    = "hazard"
	PrintReturn    = "return"
	PrintLogistics = "logistics"
	PrintBin       = "bin"
	PrintTote      = "tote"
	PrintItem      = "item"
	PrintBadge     = "badge"
	PrintTest      = "test"
)

// PrintWhats are all of them.
var PrintWhats = []string{PrintLabel, PrintSlip, PrintCustoms, PrintInvoice, PrintHazard, PrintReturn, PrintLogistics,
	PrintBin, PrintTote, PrintItem, PrintBadge, PrintTest}

// Limits of printing.
const (
	PrintCopyLimit  = 20  // copies of one label, and of anything at once
	PrintQueueLimit = 500 // jobs that wait for one printer
	LoosePrintsKept = 500 // jobs that are no parcel's and have ended
)

// useOf is the use of a printer that something is printed under; a test is of any.
func useOf(what string) string {
	switch what {
	case PrintSlip, PrintCustoms, PrintInvoice:
		return UseDocuments
	case PrintTest:
		return ""
	}
	return UseLabels
}

func (p *Print) what() string { return cmp.Or(p.What, PrintLabel) }

// PrintView is a job as the API shows it.
type PrintView struct {
	Print
	What string `json:"what"`
	Why  string `json:"why,omitempty"`
	At   string `json:"at"`
}

// PrintView shows a job with why it waits or failed, in words.
func (s *State) PrintView(p *Print) *PrintView {
	v := &PrintView{Print: *p, What: p.what(), Why: InEnglish(s.printWhy(p)), At: p.At.String()}
	if p.Why != "" && v.Why != p.Why {
		v.Why += ": " + p.Why
	}
	return v
}

// printWhy is why a job is where it is. One that waits behind others waits for what its printer waits for.
func (s *State) printWhy(p *Print) string {
	printer := s.printerNamed(p.Printer)
	trouble := p.Trouble
	if trouble == "" && p.Status == PrintQueued && printer.State != PrinterReady {
		trouble = printer.State
	}
	if trouble == "" {
		return p.Why
	}
	return troubleWords(trouble, printer.called())
}

// PrintQueue is a printer's line of jobs, in the order in which they go out.
func (s *State) PrintQueue(printer string) []*Print {
	var out []*Print
	for _, id := range s.index.prints {
		if p := s.Prints[id]; p.Printer == printer {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b *Print) int { return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.ID, b.ID)) })
	return out
}

// PrintDead is true of a job whose parcel needs it no more.
func (s *State) PrintDead(p *Print) bool {
	parcel := s.Parcels[p.Parcel]
	return p.Parcel != "" && (parcel == nil || parcel.Status == ParcelCancelled)
}

// copyOf completes a job: its number, and which copy it is of what was printed before.
func (t *turn) copyOf(p Print) Print {
	p.ID, p.Status, p.By = PrintID(t.following("print", "J-%06d", 0)), PrintQueued, t.c.Worker
	if p.Device == "" {
		p.Device = t.c.Device
	}
	if p.What == PrintTest && p.Subject == "" {
		p.Subject = string(p.ID)
	}
	before := t.printsOf(p.what(), p.Parcel, p.Subject)
	p.Copy = len(before) + 1
	if parcel := t.Parcels[p.Parcel]; parcel != nil {
		if p.Of = parcel.N; t.Orders[parcel.Order] != nil {
			p.Of = max(len(t.Orders[parcel.Order].Parcels), parcel.N)
		}
		for _, b := range before {
			if b.Of != 0 && b.Status != PrintVoid { // a copy says what the first said, though the order has more parcels by now
				p.Of = b.Of
				break
			}
		}
	}
	return p
}

// printsOf are the jobs of one thing so far, the first one first.
func (s *State) printsOf(what string, parcel ParcelID, subject string) []*Print {
	ids := []PrintID(s.index.loose)
	if p := s.Parcels[parcel]; p != nil {
		ids = p.Prints
	}
	var out []*Print
	for _, id := range ids {
		if p := s.Prints[id]; p != nil && p.what() == what && p.Parcel == parcel && p.Subject == subject {
			out = append(out, p)
		}
	}
	return out
}

// keepLoose notes a job that is no parcel's, and lets the oldest of them go that have ended; the journal has them.
func (s *State) keepLoose(id PrintID) {
	s.index.loose.add(id)
	over := len(s.index.loose) - LoosePrintsKept
	for _, id := range slices.Clone(s.index.loose) {
		if p := s.Prints[id]; over > 0 && p.Status != PrintQueued && p.Status != PrintSending {
			delete(s.Prints, id)
			s.index.loose.drop(id)
			s.touch(TablePrint, string(id))
			over--
		}
	}
}

// AskPrint has something printed. Without a printer the station's own takes it.
type AskPrint struct {
	What    string
	ID      string
	Printer string
	Copies  int
}

func (v AskPrint) do(t *turn) (any, *Error) {
	var f faults
	if v.Copies == 0 {
		v.Copies = 1
	}
	checkRange(&f, "/copies", int64(v.Copies), 1, PrintCopyLimit)
	if !oneOf(v.What, PrintWhats) {
		f.add("/what", "bad_value", "label, slip, customs, invoice, hazard, return, logistics, bin, tote, item, badge or test")
	}
	if v.Printer == "" {
		v.Printer = t.stationPrinter(t.Devices[t.c.Device], v.What)
	}
	if v.Printer == "" {
		f.add("/printer", "required", "this station has no printer for it: name one")
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	p, err := t.subjectOf(v)
	if err == nil {
		err = t.printable(p, v.Copies)
	}
	if err != nil {
		return nil, err
	}
	out := PrintsAsked{}
	for range v.Copies {
		b := &PrintAsked{t.copyOf(p)}
		t.emit(b)
		out.Items = append(out.Items, t.PrintView(t.Prints[b.Print.ID]))
	}
	return out, nil
}

// PrintsAsked are the jobs that were made, one for each copy.
type PrintsAsked struct {
	Items []*PrintView `json:"items"`
}

// stationPrinter is where a station prints something: its own printer for that use.
func (s *State) stationPrinter(d *Device, what string) string {
	if d == nil {
		return ""
	}
	if useOf(what) != UseDocuments {
		return d.Printer
	}
	if p := s.printerNamed(d.Printer); d.Documents == "" && oneOf(UseDocuments, p.Uses) {
		return d.Printer
	}
	return d.Documents
}

// printable says why a printer does not take a job.
func (t *turn) printable(p Print, copies int) *Error {
	printer := t.printerNamed(p.Printer)
	if use := useOf(p.what()); use != "" && !oneOf(use, printer.Uses) {
		return refuse(Conflict, "wrong_printer", printer.called()+" is not for "+use+": choose another printer")
	}
	if n := len(t.printsOf(p.what(), p.Parcel, p.Subject)); p.Parcel != "" && n+copies > PrintCopyLimit {
		return refuse(Full, "print_limit", "it was printed "+itoa(int64(n))+" times; at most 20: is the printer well?")
	}
	if n := len(t.PrintQueue(p.Printer)); n+copies > PrintQueueLimit {
		return refuse(Full, "queue_full", itoa(int64(n))+" jobs wait for "+printer.called()+"; at most 500: see to the printer first")
	}
	return nil
}

// ReprintPrint has the same printed again, as the next copy. Nothing else is made: no parcel, no number.
type ReprintPrint struct {
	ID      PrintID
	Printer string // "" is the same
}

func (v ReprintPrint) do(t *turn) (any, *Error) {
	old := t.Prints[v.ID]
	if old == nil {
		return nil, refuse(NotFound, "no_print", "no print "+string(v.ID))
	}
	p := Print{Parcel: old.Parcel, What: old.what(), Subject: old.Subject, Printer: cmp.Or(v.Printer, old.Printer), Device: old.Device, Goods: old.Goods}
	switch {
	case old.Status == PrintVoid || t.PrintDead(old):
		return nil, refuse(Conflict, "print_void", "it is void: what it was the label of was cancelled or labelled anew")
	case old.Status == PrintQueued || old.Status == PrintSending:
		return nil, refuse(Conflict, "print_"+old.Status, "it is in the line already: reroute it instead")
	}
	if err := t.printable(p, 1); err != nil {
		return nil, err
	}
	b := &PrintAsked{t.copyOf(p)}
	t.emit(b)
	return t.PrintView(t.Prints[b.Print.ID]), nil
}

// ReroutePrint gives a job that waits, failed or is unknown to another printer, at the end of its line.
type ReroutePrint struct {
	ID      PrintID
	Printer string // "" is the fallback of the one it is at
}

func (v ReroutePrint) do(t *turn) (any, *Error) {
	p := t.Prints[v.ID]
	if p == nil {
		return nil, refuse(NotFound, "no_print", "no print "+string(v.ID))
	}
	to := cmp.Or(v.Printer, string(t.printerNamed(p.Printer).Fallback))
	switch {
	case printLife.to(p.Status, "reroute") == "":
		return nil, refuse(Conflict, "print_"+p.Status, "the print is "+p.Status)
	case t.PrintDead(p):
		return nil, refuse(Conflict, "print_void", "what it is the label of was cancelled: void it")
	case to == "":
		return nil, refuse(Invalid, "no_fallback", "no other printer stands in for this one: name one")
	case to == p.Printer:
		return nil, refuse(Conflict, "same_printer", "it is at that printer already")
	}
	moved := *p
	moved.Printer = to
	if err := t.printable(moved, 0); err != nil {
		return nil, err
	}
	t.emit(&PrintRerouted{Print: p.ID, To: to, Device: p.Device})
	return t.PrintView(t.Prints[v.ID]), nil
}

// PrintRerouted says a job waits for another printer now.
type PrintRerouted struct {
	Print  PrintID  `cbor:"1,keyasint"`
	To     string   `cbor:"2,keyasint"`
	Device DeviceID `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindPrintRerouted, "print_rerouted", "prints", func() Body { return new(PrintRerouted) })

func (*PrintRerouted) Kind() Kind { return KindPrintRerouted }

func (b *PrintRerouted) apply(s *State, e *Event) {
	p := s.Prints[b.Print]
	p.Status = printLife.must(p.Status, "reroute")
	p.From, p.Printer, p.Place, p.Trouble, p.Why, p.Job = p.Printer, b.To, e.Seq, "", "", 0
	s.savePrint(p)
}
