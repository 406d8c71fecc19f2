package floor

import "slices"

// PrinterCode names a printer. What a job or a station names as its printer is such a code, or the bare
// address of a raw printer.
type PrinterCode string

// Printer is a printer of the house: where it is, what it speaks and what it may print.
type Printer struct {
	Code     PrinterCode `cbor:"1,keyasint" json:"code"`
	Name     string      `cbor:"2,keyasint,omitempty" json:"name"`
	Address  string      `cbor:"3,keyasint" json:"address"`                 // host:9100, or ipp://host:631/ipp/print
	Language string      `cbor:"4,keyasint" json:"kind"`                    // zpl or pdf
	DPI      int         `cbor:"5,keyasint" json:"dpi"`                     // dots an inch
	Size     string      `cbor:"6,keyasint,omitempty" json:"size"`          // of its paper; "" is the usual one of each document
	Uses     []string    `cbor:"7,keyasint,omitempty" json:"uses"`          // labels, documents
	Fallback PrinterCode `cbor:"8,keyasint,omitempty" json:"fallback"`      // who takes over when a person says so
	Pin      string      `cbor:"9,keyasint,omitempty" json:"pin,omitempty"` // SHA-256 of its certificate, hex, for ipps of a printer's own
	State    string      `cbor:"10,keyasint,omitempty" json:"state"`        // ready, a trouble, or "" before it was asked
	Since    Time        `cbor:"11,keyasint,omitempty" json:"-"`
	Bare     bool        `cbor:"12,keyasint,omitempty" json:"bare,omitempty"` // known by its address alone
	Rev      uint64      `cbor:"13,keyasint,omitempty" json:"-"`
}

// What a printer speaks, and what it may be used for.
const (
	PrinterZPL   = "zpl"
	PrinterPDF   = "pdf"
	UseLabels    = "labels"
	UseDocuments = "documents"
	PrinterReady = "ready"
)

// PrinterLimit is how many printers a site has.
const PrinterLimit = 500

// printerNamed is a printer by its code, or what is known of a raw printer by its address alone.
func (s *State) printerNamed(name string) Printer {
	if p := s.Printers[PrinterCode(name)]; p != nil {
		return *p
	}
	return Printer{Code: PrinterCode(name), Address: name, Language: PrinterZPL, DPI: 203, Size: "4x6", Uses: []string{UseLabels}, Bare: true}
}

// PrinterNamed is printerNamed for who drives it.
func (s *State) PrinterNamed(name string) Printer { return s.printerNamed(name) }

// called is how people call it.
func (p *Printer) called() string {
	if p.Name != "" {
		return p.Name
	}
	return string(p.Code)
}

// PrinterView is a printer as the API shows it.
type PrinterView struct {
	Printer
	Say     string     `json:"say,omitempty"` // what is wrong, and what to do
	Since   string     `json:"since,omitempty"`
	Queue   int        `json:"queue"` // jobs that wait or are being sent
	Devices []DeviceID `json:"devices"`
}

// PrinterView shows a printer with its line of jobs and the stations that print there.
func (s *State) PrinterView(p *Printer) *PrinterView {
	v := &PrinterView{Printer: *p, Since: p.Since.String(), Devices: []DeviceID{}, Queue: len(s.PrintQueue(string(p.Code)))}
	if v.Uses == nil {
		v.Uses = []string{}
	}
	if p.State != "" && p.State != PrinterReady {
		v.Say = InEnglish(troubleWords(p.State, p.called()))
	}
	for id, d := range s.Devices {
		if d.Printer == string(p.Code) || d.Documents == string(p.Code) {
			v.Devices = append(v.Devices, id)
		}
	}
	slices.Sort(v.Devices)
	return v
}

// SavePrinter makes or replaces a printer. Its address was checked by who speaks to it.
type SavePrinter struct {
	Printer Printer
	IfRev   *uint64
}

func (v SavePrinter) do(t *turn) (any, *Error) {
	p := v.Printer
	var f faults
	checkCode(&f, "/code", string(p.Code))
	checkText(&f, "/name", p.Name, 0, NameLimit)
	checkText(&f, "/address", p.Address, 1, NameLimit)
	if p.Language != PrinterZPL && p.Language != PrinterPDF {
		f.add("/kind", "bad_value", "zpl or pdf")
	}
	if p.DPI != 203 && p.DPI != 300 && p.DPI != 600 {
		f.add("/dpi", "bad_value", "203, 300 or 600")
	}
	t.checkUses(&f, &p)
	t.checkFallback(&f, &p)
	old := t.Printers[p.Code]
	if old == nil && len(t.Printers) >= PrinterLimit {
		f.add("", "too_many", "a site has at most 500 printers; remove old ones")
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	if p.Rev = 1; old != nil {
		p.Rev, t.existing = old.Rev+1, true
	}
	if v.IfRev != nil && *v.IfRev != p.Rev-1 {
		return nil, refuse(Changed, "changed", "the printer was changed by somebody else; read it again")
	}
	t.emit(&PrinterSaved{p})
	return t.PrinterView(t.Printers[p.Code]), nil
}

func (s *State) checkUses(f *faults, p *Printer) {
	if len(p.Uses) == 0 {
		f.add("/uses", "required", "labels, documents, or both")
	}
	for _, u := range p.Uses {
		switch {
		case u != UseLabels && u != UseDocuments:
			f.add("/uses", "bad_value", "labels, documents, or both")
		case u == UseDocuments && p.Language == PrinterZPL:
			f.add("/uses", "zpl_documents", "slips and invoices are for paper: a zpl printer takes labels")
		}
	}
}

// checkFallback follows the printers that stand in for one another: a ring of them would send a job round.
func (s *State) checkFallback(f *faults, p *Printer) {
	for at, n := p.Fallback, 0; at != ""; n++ {
		if at == p.Code || n > PrinterLimit {
			f.add("/fallback", "ring", "its fallback comes back to itself")
			return
		}
		next := s.Printers[at]
		if next == nil || next.Bare {
			f.add("/fallback", "no_printer", "no printer "+string(at))
			return
		}
		at = next.Fallback
	}
}

// KindPrinterSaved and the next ones are the kinds of events about printers.
const (
	KindPrinterSaved   Kind = 140
	KindPrinterRemoved Kind = 141
	KindPrinterSeen    Kind = 142
	KindPrintRerouted  Kind = 143
)

// PrinterSaved says what a printer is now.
type PrinterSaved struct {
	Printer Printer `cbor:"1,keyasint"`
}

var _ = kind(KindPrinterSaved, "printer_saved", "prints", func() Body { return new(PrinterSaved) })

func (*PrinterSaved) Kind() Kind { return KindPrinterSaved }

func (b *PrinterSaved) apply(s *State, _ *Event) {
	p := b.Printer
	if old := s.Printers[p.Code]; old != nil && old.Address == p.Address {
		p.State, p.Since = old.State, old.Since
	}
	s.Printers[p.Code] = &p
	s.touch(TablePrinter, string(p.Code))
}

// RemovePrinter takes a printer away that nobody needs any more.
type RemovePrinter struct{ Code PrinterCode }

func (v RemovePrinter) do(t *turn) (any, *Error) {
	p := t.Printers[v.Code]
	if p == nil {
		return nil, refuse(NotFound, "no_printer", "no printer "+string(v.Code))
	}
	if n := len(t.PrintQueue(string(v.Code))); n > 0 {
		return nil, refuse(Conflict, "printer_busy", many(n, "job")+" wait for it: reroute or void them first")
	}
	if at := t.PrinterView(p).Devices; len(at) > 0 && !p.Bare {
		return nil, refuse(Conflict, "printer_in_use", t.deviceName(at[0])+" prints there: give it another printer first")
	}
	for _, other := range t.Printers {
		if other.Fallback == v.Code {
			return nil, refuse(Conflict, "printer_in_use", "it stands in for another printer: take it off that one first")
		}
	}
	t.emit(&PrinterRemoved{v.Code})
	return nil, nil
}

// PrinterRemoved says a printer is no more.
type PrinterRemoved struct {
	Printer PrinterCode `cbor:"1,keyasint"`
}

var _ = kind(KindPrinterRemoved, "printer_removed", "prints", func() Body { return new(PrinterRemoved) })

func (*PrinterRemoved) Kind() Kind { return KindPrinterRemoved }

func (b *PrinterRemoved) apply(s *State, _ *Event) {
	delete(s.Printers, b.Printer)
	s.touch(TablePrinter, string(b.Printer))
}

// SeePrinter notes how a printer is: ready, or a trouble. Nothing is written where nothing changed.
type SeePrinter struct{ Printer, State string }

func (v SeePrinter) do(t *turn) (any, *Error) {
	p := t.printerNamed(v.Printer)
	if p.State == v.State {
		return nil, nil
	}
	if t.Printers[p.Code] == nil && len(t.Printers) >= PrinterLimit {
		return nil, nil // an address more than the list holds prints all the same
	}
	t.emit(&PrinterSeen{v.Printer, v.State})
	return nil, nil
}

// PrinterSeen says how a printer is from now on.
type PrinterSeen struct {
	Printer string `cbor:"1,keyasint"`
	State   string `cbor:"2,keyasint"`
}

var _ = kind(KindPrinterSeen, "printer_seen", "prints", func() Body { return new(PrinterSeen) })

func (*PrinterSeen) Kind() Kind { return KindPrinterSeen }

func (b *PrinterSeen) apply(s *State, e *Event) {
	p := s.printerNamed(b.Printer)
	p.State, p.Since = b.State, e.At
	s.Printers[p.Code] = &p
	s.touch(TablePrinter, string(p.Code))
}
