package floor

// Print is one label or document on its way to a printer. A printer never proves that paper came out: only
// scanning the label does. What is printed is drawn from the records when it is sent, and never kept.
type Print struct {
	ID      PrintID  `cbor:"1,keyasint" json:"id"`
	Parcel  ParcelID `cbor:"2,keyasint" json:"parcel"`
	Printer string   `cbor:"3,keyasint" json:"printer"`
	Device  DeviceID `cbor:"4,keyasint,omitempty" json:"device"`
	Status  string   `cbor:"5,keyasint" json:"status"`
	Copy    int      `cbor:"6,keyasint" json:"copy"`
	Why     string   `cbor:"7,keyasint,omitempty" json:"why,omitempty"` // beyond what Trouble says
	At      Time     `cbor:"8,keyasint" json:"-"`

	What    string   `cbor:"140,keyasint,omitempty" json:"what"`              // "" in old journals: a label
	Subject string   `cbor:"141,keyasint,omitempty" json:"subject,omitempty"` // whose paper it is, where that is no parcel
	Trouble string   `cbor:"142,keyasint,omitempty" json:"trouble,omitempty"`
	Place   uint64   `cbor:"143,keyasint,omitempty" json:"place"`            // in its printer\'s line: the less, the sooner
	From    string   `cbor:"144,keyasint,omitempty" json:"from,omitempty"`   // the printer it was rerouted from
	Of      int      `cbor:"145,keyasint,omitempty" json:"-"`                // the order's parcels at the first copy: later ones say the same
	Digest  string   `cbor:"146,keyasint,omitempty" json:"digest,omitempty"` // SHA-256 of the bytes that were sent, hex
	Job     int64    `cbor:"147,keyasint,omitempty" json:"job,omitempty"`    // the printer's own number of it
	By      WorkerID `cbor:"148,keyasint,omitempty" json:"by,omitempty"`

	Goods *PrintedGoods `cbor:"149,keyasint,omitempty" json:"goods,omitempty"` // item: of a lot, an expiry day or a serial, and how many
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

// A job waits in the line while its printer cannot take it, and comes back to it only where nothing was sent
// for certain. What may have come out is unknown, and goes out again only when a person says so.
var printLife = life{"print", []move{
	{PrintQueued, "send", PrintSending},
	{PrintQueued, "wait", PrintQueued},
	{PrintQueued, "fail", PrintFailed},
	{PrintSending, "wait", PrintQueued},
	{PrintSending, "note", PrintSending},
	{PrintSending, "sent", PrintSent},
	{PrintSending, "lose", PrintUnknown},
	{PrintSending, "fail", PrintFailed},
	{PrintFailed, "retry", PrintQueued},
	{PrintUnknown, "retry", PrintQueued},
	{PrintQueued, "reroute", PrintQueued},
	{PrintFailed, "reroute", PrintQueued},
	{PrintUnknown, "reroute", PrintQueued},
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

// queuePrint sends a parcel's label to the printer of the station, where it has one; a station without a
// printer shows the PDF instead.
func (t *turn) queuePrint(p *Parcel, again bool) {
	d := t.Devices[t.c.Device]
	if d == nil || d.Printer == "" || len(p.Prints) >= PrintCopyLimit {
		return
	}
	t.emit(&PrintAsked{t.copyOf(Print{Parcel: p.ID, Printer: d.Printer, What: PrintLabel})})
}

// PrintAsked says something is to be printed.
type PrintAsked struct {
	Print Print `cbor:"1,keyasint"`
}

var _ = kind(KindPrintQueued, "print_queued", "prints", func() Body { return new(PrintAsked) })

func (*PrintAsked) Kind() Kind { return KindPrintQueued }

func (b *PrintAsked) apply(s *State, e *Event) {
	s.number("print")
	p := b.Print
	p.At, p.Place = e.At, e.Seq
	s.Prints[p.ID] = &p
	s.savePrint(&p)
	parcel := s.Parcels[p.Parcel]
	if parcel == nil {
		s.keepLoose(p.ID)
		return
	}
	parcel.Prints = append(parcel.Prints, p.ID)
	s.touch(TableParcel, string(parcel.ID))
}

// MovePrint notes what became of a job on its way.
type MovePrint struct {
	ID      PrintID
	Verb    string
	Trouble string
	Why     string
	Digest  string
	Job     int64
}

func (v MovePrint) do(t *turn) (any, *Error) {
	p := t.Prints[v.ID]
	if p == nil {
		return nil, refuse(NotFound, "no_print", "no print "+string(v.ID))
	}
	if printLife.to(p.Status, v.Verb) == "" {
		return nil, refuse(Conflict, "print_"+p.Status, "the print is "+p.Status)
	}
	if v.Verb == "retry" && t.PrintDead(p) {
		return nil, refuse(Conflict, "print_void", "what it is the label of was cancelled: void it")
	}
	b := &PrintMoved{Print: v.ID, Verb: v.Verb, Why: v.Why, Trouble: v.Trouble, Digest: v.Digest, Job: v.Job, Device: p.Device, Printer: p.Printer}
	if v.Verb == "wait" && p.Status == PrintQueued && p.Trouble == v.Trouble || v.Verb == "note" && p.Trouble == v.Trouble && v.Job == p.Job {
		return t.PrintView(p), nil // it goes on waiting for the same
	}
	t.emit(b)
	return t.PrintView(t.Prints[v.ID]), nil
}

// PrintMoved says what became of a job on its way.
type PrintMoved struct {
	Print   PrintID  `cbor:"1,keyasint"`
	Verb    string   `cbor:"2,keyasint"`
	Why     string   `cbor:"3,keyasint,omitempty"`
	Trouble string   `cbor:"140,keyasint,omitempty"`
	Digest  string   `cbor:"141,keyasint,omitempty"`
	Job     int64    `cbor:"142,keyasint,omitempty"`
	Device  DeviceID `cbor:"143,keyasint,omitempty"` // whose screen shows it
	Printer string   `cbor:"144,keyasint,omitempty"`
}

var _ = kind(KindPrintMoved, "print_moved", "prints", func() Body { return new(PrintMoved) })

func (*PrintMoved) Kind() Kind { return KindPrintMoved }

func (b *PrintMoved) apply(s *State, _ *Event) {
	p := s.Prints[b.Print]
	p.Status, p.Why, p.Trouble = printLife.must(p.Status, b.Verb), b.Why, b.Trouble
	if b.Digest != "" {
		p.Digest = b.Digest
	}
	if b.Job != 0 || p.Status == PrintQueued {
		p.Job = b.Job
	}
	s.savePrint(p)
}

func (s *State) savePrint(p *Print) {
	s.index.prints.set(p.ID, p.Status == PrintQueued || p.Status == PrintSending)
	s.touch(TablePrint, string(p.ID))
}

// settlePrints lets a scanned label prove its print, and the labels of a parcel that is cancelled, opened again
// or labelled anew be void.
func (s *State) settlePrints(p *Parcel, verb string) {
	how := map[string]string{"prove": "prove", "reprove": "prove", "cancel": "void", "reopen": "void", "relabel": "void"}[verb]
	for _, id := range p.Prints {
		pr := s.Prints[id]
		if pr == nil || how == "" || printLife.to(pr.Status, how) == "" {
			continue
		}
		if how == "prove" && pr.what() != PrintLabel {
			continue
		}
		pr.Status, pr.Trouble, pr.Why = printLife.must(pr.Status, how), "", ""
		s.savePrint(pr)
	}
}
