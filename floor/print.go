package floor

// Print is one label on its way to a printer. A printer never proves that paper came out: only scanning
// the label does.
type Print struct {
	ID      PrintID  `cbor:"1,keyasint" json:"id"`
	Parcel  ParcelID `cbor:"2,keyasint" json:"parcel"`
	Printer string   `cbor:"3,keyasint" json:"printer"`
	Device  DeviceID `cbor:"4,keyasint,omitempty" json:"device"`
	Status  string   `cbor:"5,keyasint" json:"status"`
	Copy    int      `cbor:"6,keyasint" json:"copy"`
	Why     string   `cbor:"7,keyasint,omitempty" json:"why,omitempty"`
	At      Time     `cbor:"8,keyasint" json:"-"`
}

// The status words of a print.
const (
	PrintQueued  = "queued"
	PrintSending = "sending"
	PrintSent    = "sent"
	PrintProved  = "proved"
	PrintUnknown = "unknown"
	PrintFailed  = "failed"
	PrintVoid    = "void"
)

var printLife = life{"print", []move{
	{PrintQueued, "send", PrintSending},
	{PrintSending, "sent", PrintSent},
	{PrintSending, "lose", PrintUnknown},
	{PrintSending, "fail", PrintFailed},
	{PrintFailed, "retry", PrintQueued},
	{PrintUnknown, "retry", PrintQueued},
	{PrintQueued, "prove", PrintProved},
	{PrintSending, "prove", PrintProved},
	{PrintSent, "prove", PrintProved},
	{PrintUnknown, "prove", PrintProved},
	{PrintFailed, "prove", PrintProved},
	{PrintQueued, "void", PrintVoid},
	{PrintSending, "void", PrintVoid},
	{PrintSent, "void", PrintVoid},
	{PrintUnknown, "void", PrintVoid},
	{PrintFailed, "void", PrintVoid},
}}

// PrintCopyLimit is how often one label is printed.
const PrintCopyLimit = 20

// queuePrint sends a parcel's label to the printer of the station, where it has one; a station without a
// printer shows the PDF instead.
func (t *turn) queuePrint(p *Parcel, again bool) {
	d := t.Devices[t.c.Device]
	if d == nil || d.Printer == "" || len(p.Prints) >= PrintCopyLimit {
		return
	}
	t.emit(&PrintAsked{Print{ID: PrintID(t.following("print", "J-%06d", 0)), Parcel: p.ID, Printer: d.Printer,
		Device: d.ID, Status: PrintQueued, Copy: len(p.Prints) + 1}})
}

// PrintAsked says a label is to be printed.
type PrintAsked struct {
	Print Print `cbor:"1,keyasint"`
}

var _ = kind(KindPrintQueued, "print_queued", "prints", func() Body { return new(PrintAsked) })

func (*PrintAsked) Kind() Kind { return KindPrintQueued }

func (b *PrintAsked) apply(s *State, e *Event) {
	s.number("print")
	p := b.Print
	p.At = e.At
	s.Prints[p.ID] = &p
	s.touch(TablePrint, string(p.ID))
	parcel := s.Parcels[p.Parcel]
	parcel.Prints = append(parcel.Prints, p.ID)
	s.touch(TableParcel, string(parcel.ID))
}

// MovePrint notes what became of a label on its way.
type MovePrint struct {
	ID   PrintID
	Verb string
	Why  string
}

func (v MovePrint) do(t *turn) (any, *Error) {
	p := t.Prints[v.ID]
	if p == nil {
		return nil, refuse(NotFound, "no_print", "no print "+string(v.ID))
	}
	if printLife.to(p.Status, v.Verb) == "" {
		return nil, refuse(Conflict, "print_"+p.Status, "the print is "+p.Status)
	}
	t.emit(&PrintMoved{v.ID, v.Verb, v.Why})
	moved := *t.Prints[v.ID] // the record itself may change while this is read
	return &moved, nil
}

// PrintMoved says what became of a label on its way.
type PrintMoved struct {
	Print PrintID `cbor:"1,keyasint"`
	Verb  string  `cbor:"2,keyasint"`
	Why   string  `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindPrintMoved, "print_moved", "prints", func() Body { return new(PrintMoved) })

func (*PrintMoved) Kind() Kind { return KindPrintMoved }

func (b *PrintMoved) apply(s *State, _ *Event) {
	p := s.Prints[b.Print]
	p.Status, p.Why = printLife.must(p.Status, b.Verb), b.Why
	s.touch(TablePrint, string(p.ID))
}

// settlePrints lets a scanned label prove its print, and a cancelled parcel's labels be void.
func (s *State) settlePrints(p *Parcel, verb string) {
	how := map[string]string{"prove": "prove", "cancel": "void", "reopen": "void"}[verb]
	for _, id := range p.Prints {
		pr := s.Prints[id]
		if pr == nil || how == "" || printLife.to(pr.Status, how) == "" {
			continue
		}
		pr.Status = printLife.must(pr.Status, how)
		s.touch(TablePrint, string(id))
	}
}
