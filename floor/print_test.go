package floor

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

// printHouse has two label printers, the first with the second to stand in, and an office printer; the bench prints on
// the first.
func printHouse(t testing.TB) *shift {
	f := newShift(t)
	f.must(SavePrinter{Printer: Printer{Code: "z2", Name: "Zebra 2", Address: "10.0.0.2:9100", Language: PrinterZPL, DPI: 203, Uses: []string{UseLabels}}})
	f.must(SavePrinter{Printer: Printer{Code: "z1", Name: "Zebra 1", Address: "10.0.0.1:9100", Language: PrinterZPL, DPI: 203, Uses: []string{UseLabels}, Fallback: "z2"}})
	f.must(SavePrinter{Printer: Printer{Code: "laser", Address: "ipp://10.0.0.3:631/ipp/print", Language: PrinterPDF, DPI: 300, Uses: []string{UseDocuments}}})
	z, l := "z1", "laser"
	f.must(ChangeDevice{ID: f.device(2), Printer: &z, Documents: &l})
	f.stock("A0-00", "MUG", 50)
	return f
}

// labelled is an order packed up to its label.
func (f *shift) labelled(ext string) (*hand, *Parcel) {
	f.t.Helper()
	f.wave("discrete", f.order(ext, "MUG", 1))
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	h := f.as(2, 2).act(Act{Action: "start", Job: "pack"})
	for h.next().Step != "label" {
		if !h.plain(h.next()) {
			f.t.Fatalf("no way on from %+v", h.next())
		}
	}
	return h, f.s.Parcels[h.next().Show.Parcel.ID]
}

func (f *shift) print(p *Parcel, n int) *Print { return f.s.Prints[p.Prints[n]] }

// A label's whole life, told at the bench: it waits for paper, goes to the printer that stands in, may or may not have
// come out, is printed as copy 2, and the scan proves it.
func TestLabelsLife(t *testing.T) {
	f := printHouse(t)
	h, p := f.labelled("1")
	id := p.Prints[0]
	show := func() PrintShown { return *f.s.NextIn(h.device, "en").Show.Print }
	if got := show(); got != (PrintShown{id, PrintQueued, "", "Zebra 1", 1}) {
		t.Fatalf("%+v", got)
	}
	f.must(MovePrint{ID: id, Verb: "wait", Trouble: TroublePaper})
	if got := show(); got.Why != "Paper is out at printer Zebra 1: put a new roll or stack in" {
		t.Errorf("%+v", got)
	}
	if got := f.s.NextIn(h.device, "pl").Show.Print.Why; got != "W drukarce Zebra 1 skończył się papier: włóż nową rolkę lub ryzę" {
		t.Errorf("in Polish: %q", got)
	}
	h.act(Act{Action: "reprint"}).expect(CodePrintWaits)
	h.act(Act{Action: "reroute"}).expect(CodeRerouted)
	if got := show(); got != (PrintShown{id, PrintQueued, "", "Zebra 2", 1}) || slices.Contains(h.next().Actions, "reroute") {
		t.Errorf("%+v %v", got, h.next().Actions)
	}
	f.must(MovePrint{ID: id, Verb: "send", Digest: "d"})
	f.must(MovePrint{ID: id, Verb: "lose", Trouble: TroubleLost})
	if got := show(); got.Status != PrintUnknown || !strings.Contains(got.Why, "scan the label if one came out") {
		t.Errorf("%+v", got)
	}
	h.act(Act{Action: "reprint"}).expect(CodeScanLabel)
	if got := show(); got.Copy != 2 || got.Status != PrintQueued || got.Printer != "Zebra 1" {
		t.Errorf("%+v", got)
	}
	h.scan(p.Tracking).expect(CodeOrderPacked)
	for n := range 2 {
		if got := f.print(p, n).Status; got != PrintProved {
			t.Errorf("copy %d is %s", n+1, got)
		}
	}
}

// The life of a job, move by move: what may be from where, and what is refused.
func TestPrintLife(t *testing.T) {
	all := []string{"send", "wait", "note", "sent", "lose", "fail", "retry", "reroute", "prove", "void"}
	open := map[string]string{
		PrintQueued:  "send wait fail reroute prove void",
		PrintSending: "wait note sent lose fail prove void",
		PrintSent:    "prove void",
		PrintUnknown: "retry reroute prove void",
		PrintFailed:  "retry reroute prove void",
		PrintProved:  "",
		PrintVoid:    "",
	}
	for from, verbs := range open {
		for _, v := range all {
			if got, want := printLife.to(from, v) != "", slices.Contains(strings.Fields(verbs), v); got != want {
				t.Errorf("%s from %s is open: %v, want %v", v, from, got, want)
			}
		}
	}
	for _, from := range []string{PrintUnknown, PrintSent, PrintProved} {
		if to := printLife.to(from, "send"); to != "" {
			t.Errorf("what may have come out is sent again from %s", from)
		}
	}
}

// What is cancelled, opened again or labelled anew has no label any more: what is not out yet never comes out.
func TestLabelsAreVoid(t *testing.T) {
	for verb, change := range map[string]func(f *shift, p *Parcel){
		"cancel":  func(f *shift, p *Parcel) { f.must(CancelOrder{ID: p.Order}) },
		"relabel": func(f *shift, p *Parcel) { f.s.settlePrints(p, "relabel") },
		"reopen":  func(f *shift, p *Parcel) { f.s.settlePrints(p, "reopen") },
	} {
		f := printHouse(t)
		_, p := f.labelled("1")
		id := p.Prints[0]
		change(f, p)
		if got := f.s.Prints[id].Status; got != PrintVoid || len(f.s.PrintQueue("z1")) != 0 {
			t.Errorf("after %s the label is %s, and %d jobs wait", verb, got, len(f.s.PrintQueue("z1")))
		}
		f.refused(MovePrint{ID: id, Verb: "retry"}, "print_void")
		f.refused(ReprintPrint{ID: id}, "print_void")
		f.refused(ReroutePrint{ID: id}, "print_void")
	}
}

// Who asks for what is no print hears why.
func TestPrintsRefused(t *testing.T) {
	f := printHouse(t)
	_, p := f.labelled("1")
	sent := f.must(AskPrint{What: PrintBin, ID: "A0-00", Printer: "z1"}).(PrintsAsked).Items[0].ID
	f.must(MovePrint{ID: sent, Verb: "send"})
	f.must(MovePrint{ID: sent, Verb: "sent"})
	for _, c := range []struct {
		verb Verb
		code string
	}{
		{AskPrint{What: "poster", Printer: "z1"}, "bad_value"},
		{AskPrint{What: PrintTest}, "required"},
		{AskPrint{What: PrintTest, Printer: "z1", Copies: PrintCopyLimit + 1}, "out_of_range"},
		{AskPrint{What: PrintTest, Printer: "z1", Copies: -1}, "out_of_range"},
		{AskPrint{What: PrintLabel, ID: "P-9", Printer: "z1"}, "no_parcel"},
		{AskPrint{What: PrintLabel, ID: string(p.ID), Printer: "laser"}, "wrong_printer"},
		{AskPrint{What: PrintSlip, ID: string(p.Order), Printer: "z1"}, "wrong_printer"},
		{AskPrint{What: PrintSlip, ID: "O-9", Printer: "laser"}, "no_order"},
		{AskPrint{What: PrintBin, ID: "NOWHERE", Printer: "z1"}, "no_bin"},
		{AskPrint{What: PrintTote, ID: "T-9", Printer: "z1"}, "no_tote"},
		{AskPrint{What: PrintItem, ID: "NOTHING", Printer: "z1"}, "no_item"},
		{AskPrint{What: PrintBadge, ID: string(f.worker(1)), Printer: "z1"}, "badge_once"},
		{AskPrint{What: PrintLabel, ID: p.Tracking, Printer: "z1", Copies: PrintCopyLimit}, "print_limit"},
		{MovePrint{ID: "J-9", Verb: "retry"}, "no_print"},
		{MovePrint{ID: sent, Verb: "retry"}, "print_sent"},
		{ReroutePrint{ID: sent, Printer: "z2"}, "print_sent"},
		{ReroutePrint{ID: p.Prints[0], Printer: "z1"}, "same_printer"},
		{ReroutePrint{ID: p.Prints[0], Printer: "laser"}, "wrong_printer"},
		{ReprintPrint{ID: p.Prints[0]}, "print_queued"},
		{ReprintPrint{ID: "J-9"}, "no_print"},
		{RemovePrinter{"z1"}, "printer_busy"},
		{RemovePrinter{"laser"}, "printer_in_use"},
		{RemovePrinter{"z2"}, "printer_in_use"},
		{RemovePrinter{"z9"}, "no_printer"},
		{SavePrinter{Printer: Printer{Code: "z2", Address: "x", Language: PrinterZPL, DPI: 203, Uses: []string{UseLabels}, Fallback: "z1"}}, "ring"},
		{SavePrinter{Printer: Printer{Code: "z2", Address: "x", Language: PrinterZPL, DPI: 203}}, "required"},
	} {
		f.refused(c.verb, c.code)
	}
	f.must(MovePrint{ID: p.Prints[0], Verb: "fail", Trouble: TroubleUndrawn})
	f.must(ReroutePrint{ID: p.Prints[0]}) // to the one that stands in
	if got := f.print(p, 0); got.Printer != "z2" || got.From != "z1" || got.Status != PrintQueued {
		t.Errorf("%+v", got)
	}
	f.refused(ReroutePrint{ID: p.Prints[0]}, "no_fallback")
}

// The line of a printer keeps its order; what is rerouted stands at the end of the other line, what is tried again stays
// where it was.
func TestPrintersLine(t *testing.T) {
	f := printHouse(t)
	var ids []PrintID
	for range 3 {
		ids = append(ids, f.must(AskPrint{What: PrintTest, Printer: "z1"}).(PrintsAsked).Items[0].ID)
	}
	other := f.must(AskPrint{What: PrintTest, Printer: "z2"}).(PrintsAsked).Items[0].ID
	f.must(MovePrint{ID: ids[0], Verb: "fail", Trouble: TroubleRefused})
	f.must(ReroutePrint{ID: ids[1]})
	f.must(MovePrint{ID: ids[0], Verb: "retry"})
	line := func(printer string) (out []PrintID) {
		for _, p := range f.s.PrintQueue(printer) {
			out = append(out, p.ID)
		}
		return out
	}
	if got := line("z1"); !slices.Equal(got, []PrintID{ids[0], ids[2]}) {
		t.Errorf("z1: %v", got)
	}
	if got := line("z2"); !slices.Equal(got, []PrintID{other, ids[1]}) {
		t.Errorf("z2: %v", got)
	}
	if p := f.s.Prints[ids[2]]; f.s.PrintView(p).Why != "" {
		t.Errorf("%+v", f.s.PrintView(p))
	}
	f.must(SeePrinter{"z1", TroubleOpen})
	if got := f.s.PrintView(f.s.Prints[ids[2]]).Why; got != "Printer Zebra 1 is open: close it" {
		t.Errorf("one behind waits for the same: %q", got)
	}
}

// A station's documents go to its office printer, its labels to its label printer.
func TestStationHasAPrinterForEachUse(t *testing.T) {
	f := printHouse(t)
	_, p := f.labelled("1")
	f.t.Helper()
	ask := func(v AskPrint) *PrintView {
		a := f.do(&Command{Device: f.device(2), Worker: f.worker(2), Verb: v})
		if a.Err != nil {
			t.Fatal(a.Err)
		}
		return a.Result.(PrintsAsked).Items[0]
	}
	if got := ask(AskPrint{What: PrintSlip, ID: string(p.Order)}); got.Printer != "laser" || got.Device != f.device(2) || got.By != f.worker(2) {
		t.Errorf("%+v", got)
	}
	if got := ask(AskPrint{What: PrintLabel, ID: p.Tracking}); got.Printer != "z1" || got.Copy != 2 {
		t.Errorf("%+v", got)
	}
	if got := ask(AskPrint{What: PrintTest, Copies: 1}); got.Printer != "z1" {
		t.Errorf("%+v", got)
	}
}

// A copy says how many parcels there are as the first did, though the order has more by now: the same to the byte.
func TestCopiesSayTheSame(t *testing.T) {
	f := printHouse(t)
	h, p := f.labelled("1")
	first := f.print(p, 0)
	f.s.Orders[p.Order].Parcels = append(f.s.Orders[p.Order].Parcels, "P-LATER")
	f.must(MovePrint{ID: first.ID, Verb: "send"})
	f.must(MovePrint{ID: first.ID, Verb: "sent"})
	h.act(Act{Action: "reprint"}).expect(CodeScanLabel)
	if second := f.print(p, 1); second.Of != first.Of || second.Of != 1 {
		t.Errorf("the first says of %d, the second of %d", first.Of, second.Of)
	}
}

// Limits: a line holds 500 jobs, memory 500 that ended and are nobody's.
func TestPrintLimits(t *testing.T) {
	f := printHouse(t)
	for range PrintQueueLimit / PrintCopyLimit {
		f.must(AskPrint{What: PrintTest, Printer: "z1", Copies: PrintCopyLimit})
	}
	f.refused(AskPrint{What: PrintTest, Printer: "z1"}, "queue_full")
	for range 2 * LoosePrintsKept / PrintCopyLimit {
		for _, p := range f.must(AskPrint{What: PrintTest, Printer: "z2", Copies: PrintCopyLimit}).(PrintsAsked).Items {
			f.must(MovePrint{ID: p.ID, Verb: "void"})
		}
	}
	if n := len(f.s.PrintQueue("z1")); n != PrintQueueLimit {
		t.Errorf("%d jobs wait still, want %d", n, PrintQueueLimit)
	}
	if n := len(f.s.Prints); n > PrintQueueLimit+LoosePrintsKept {
		t.Errorf("memory holds %d jobs", n)
	}
	for n := len(f.s.Printers); n < PrinterLimit; n++ {
		f.must(SeePrinter{fmt.Sprintf("10.0.%d.%d:9100", n/250, n%250), PrinterReady})
	}
	f.refused(SavePrinter{Printer: Printer{Code: "one-more", Address: "x", Language: PrinterZPL, DPI: 203, Uses: []string{UseLabels}}}, "too_many")
	f.must(SeePrinter{"10.9.9.9:9100", PrinterReady})
	if n := len(f.s.Printers); n != PrinterLimit {
		t.Errorf("%d printers", n)
	}
}

// How a printer is stands in the journal only when it changes.
func TestPrinterSeenOnce(t *testing.T) {
	f := printHouse(t)
	seen := func(state string) int {
		return len(f.do(&Command{Verb: SeePrinter{"z1", state}}).Events)
	}
	for i, c := range []struct {
		state  string
		events int
	}{{PrinterReady, 1}, {PrinterReady, 0}, {TroublePaper, 1}, {TroublePaper, 0}, {PrinterReady, 1}} {
		if n := seen(c.state); n != c.events {
			t.Errorf("%d: %s makes %d events", i, c.state, n)
		}
	}
	p := f.s.Printers["z1"]
	p2 := *p
	p2.Name = "Renamed"
	f.must(SavePrinter{Printer: p2})
	if got := f.s.Printers["z1"]; got.State != PrinterReady || got.Rev != p2.Rev+1 {
		t.Errorf("a new name loses what is known: %+v", got)
	}
}

// Every trouble has its sentence.
func TestTroublesHaveWords(t *testing.T) {
	for _, trouble := range []string{TroubleUnreachable, TroublePaper, TroubleRibbon, TroubleOpen, TroublePaused, TroubleFull, TroubleHot, TroubleCold, TroubleJam,
		TroubleToner, TroubleHelp, TroubleBusy, TroubleLost, TroubleStalled, TroubleStopped, TroubleGone, TroubleUndrawn, TroubleAddress, TroubleRefused, TroubleCancelled} {
		if say := InEnglish(troubleWords(trouble, "Z")); say == "" || strings.Contains(say, "{") {
			t.Errorf("%s says %q", trouble, say)
		}
	}
}

// printers are set up for a random day, and printing is what a random printer does to a random job.
func (d *day) printers() {
	d.must(SavePrinter{Printer: Printer{Code: "z2", Address: "10.0.0.2:9100", Language: PrinterZPL, DPI: 203, Uses: []string{UseLabels}}})
	d.must(SavePrinter{Printer: Printer{Code: "z1", Address: "10.0.0.1:9100", Language: PrinterZPL, DPI: 203, Uses: []string{UseLabels}, Fallback: "z2"}})
	z := "z1"
	d.must(ChangeDevice{ID: d.device(2), Printer: &z})
}

func (d *day) printing() {
	if d.press.IntN(3) > 0 || len(d.s.Prints) == 0 {
		return
	}
	var ids []PrintID
	for id := range d.s.Prints {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	id := ids[max(0, len(ids)-1-d.press.IntN(6))]
	verbs := []string{"send", "wait", "note", "sent", "lose", "fail", "retry", "void"}
	switch n := d.press.IntN(len(verbs) + 4); n {
	case len(verbs):
		d.do(&Command{Verb: ReroutePrint{ID: id}})
	case len(verbs) + 1:
		d.do(&Command{Verb: ReprintPrint{ID: id}})
	case len(verbs) + 2:
		d.do(&Command{Verb: SeePrinter{"z1", []string{PrinterReady, TroublePaper}[d.press.IntN(2)]}})
	case len(verbs) + 3:
		if bench := d.s.Devices[d.device(2)]; bench.Worker != "" {
			d.frame(bench, Act{Action: "reroute"})
		}
	default:
		d.do(&Command{Verb: MovePrint{ID: id, Verb: verbs[n], Trouble: []string{"", TroublePaused}[d.press.IntN(2)]}})
	}
	for id, p := range d.s.Prints {
		if in := d.s.index.prints.has(id); in != (p.Status == PrintQueued || p.Status == PrintSending) {
			d.t.Fatalf("%s is %s, and in a line: %v", id, p.Status, in)
		}
	}
}

// A print and its moves of an older journal, which knew labels of parcels at bare addresses alone, go on.
func TestOldPrintsGoOn(t *testing.T) {
	f := printHouse(t)
	_, p := f.labelled("1")
	old := struct {
		ID      PrintID  `cbor:"1,keyasint"`
		Parcel  ParcelID `cbor:"2,keyasint"`
		Printer string   `cbor:"3,keyasint"`
		Device  DeviceID `cbor:"4,keyasint"`
		Status  string   `cbor:"5,keyasint"`
		Copy    int      `cbor:"6,keyasint"`
		Why     string   `cbor:"7,keyasint"`
	}{"J-000009-X", p.ID, "10.0.0.9:9100", f.device(2), PrintQueued, 1, "an older reason"}
	row := NewRow(TablePrint).(*Print)
	mustCBOR(t, cbor.Unmarshal(encode(t, old), row))
	f.s.PutRow(RowKey{TablePrint, string(row.ID)}, row)
	p.Prints = append(p.Prints, row.ID)
	f.s.Rebuild()
	if v := f.s.PrintView(row); v.What != PrintLabel || v.Why != "an older reason" || len(f.s.PrintQueue("10.0.0.9:9100")) != 1 {
		t.Errorf("%+v", v)
	}
	moved := NewBody(KindPrintMoved).(*PrintMoved)
	mustCBOR(t, cbor.Unmarshal(encode(t, map[int]string{1: string(row.ID), 2: "fail", 3: "the printer cannot be reached"}), moved))
	f.s.Apply(&Event{Seq: f.s.Seq + 1, At: f.now, Body: moved})
	if v := f.s.PrintView(row); v.Status != PrintFailed || v.Why != "the printer cannot be reached" {
		t.Errorf("%+v", v)
	}
}
