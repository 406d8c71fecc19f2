package devices

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"floorline/floor"
	"floorline/labels"
)

// The desk's and the bench's words about jobs for printers.

// listPrints lists jobs by their number. Two words gather several states: open is what waits or wants a
// person, ended is the rest, the newest first.
func listPrints(c *call) error {
	return list(c, func(st *floor.State, q query) []entry {
		var out []entry
		for id, p := range st.Prints {
			ended := p.Status == floor.PrintSent || p.Status == floor.PrintProved || p.Status == floor.PrintVoid
			if !(q.status == "" || q.status == p.Status || q.status == "ended" && ended || q.status == "open" && !ended) ||
				!q.matches(string(id), string(p.Parcel), p.Subject, p.Printer) {
				continue
			}
			key := string(id)
			if q.status == "ended" {
				key = fmt.Sprintf("%020d %s", uint64(math.MaxUint64)-p.Place, id)
			}
			out = append(out, entry{key, func() any { return st.PrintView(p) }})
		}
		return out
	})
}

type printBody struct {
	What    string `json:"what"`
	ID      string `json:"id"`
	Printer string `json:"printer"`
	Copies  int    `json:"copies"`
}

// askPrint has something printed: at a station on its own printer, else on the one that is named.
func askPrint(c *call) error {
	var b printBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	var refused *floor.Error
	c.view(func(st *floor.State) { refused = paperRefused(st, b.What, b.ID) })
	if refused != nil {
		return c.problem(refused)
	}
	if err := c.mayPrintOn(b.Printer); err != nil {
		return c.problem(err)
	}
	return c.run(floor.AskPrint{What: b.What, ID: b.ID, Printer: b.Printer, Copies: b.Copies}, 201)
}

func retryPrint(c *call) error {
	return c.run(floor.MovePrint{ID: floor.PrintID(c.Params("id")), Verb: "retry"}, 200)
}

type printTo struct {
	Printer string `json:"printer"`
}

// to reads the printer that a job is to go to; no body: the usual one.
func (c *call) to() (string, *floor.Error) {
	var b printTo
	if len(c.Body()) > 0 {
		if err := c.decode(&b); err != nil {
			return "", err
		}
	}
	return b.Printer, c.mayPrintOn(b.Printer)
}

// mayPrintOn checks the printer that a job is to go to. Addresses that nobody set up are for those who could.
func (c *call) mayPrintOn(printer string) *floor.Error {
	var known bool
	c.view(func(st *floor.State) {
		known = st.Printers[floor.PrinterCode(printer)] != nil
		for _, d := range st.Devices {
			known = known || d.Printer == printer || d.Documents == printer
		}
	})
	if printer != "" && !known && !c.who.roles.Has(leads) {
		return &floor.Error{Kind: floor.NotFound, Code: "no_printer", Say: "no printer " + clip(printer)}
	}
	return c.printerOf("/printer", &printer)
}

func reroutePrint(c *call) error {
	to, err := c.to()
	if err != nil {
		return c.problem(err)
	}
	return c.run(floor.ReroutePrint{ID: floor.PrintID(c.Params("id")), Printer: to}, 200)
}

func reprintPrint(c *call) error {
	to, err := c.to()
	if err != nil {
		return c.problem(err)
	}
	return c.run(floor.ReprintPrint{ID: floor.PrintID(c.Params("id")), Printer: to}, 201)
}

func voidPrint(c *call) error {
	return c.run(floor.MovePrint{ID: floor.PrintID(c.Params("id")), Verb: "void"}, 200)
}

// Printers as records.

type printerBody struct {
	Code     string   `json:"code"`
	Name     string   `json:"name"`
	Address  string   `json:"address"`
	Kind     string   `json:"kind"`
	DPI      int      `json:"dpi"`
	Size     string   `json:"size"`
	Uses     []string `json:"uses"`
	Fallback string   `json:"fallback"`
	Pin      string   `json:"pin"`
}

// record is the printer that a body asks for, with what is usual where it says nothing.
func (b printerBody) record(code string) floor.Printer {
	p := floor.Printer{Code: floor.PrinterCode(code), Name: b.Name, Address: b.Address, Language: b.Kind, DPI: b.DPI, Size: b.Size,
		Uses: b.Uses, Fallback: floor.PrinterCode(b.Fallback), Pin: b.Pin}
	if p.DPI == 0 {
		if p.DPI = 203; p.Language == floor.PrinterPDF {
			p.DPI = 300
		}
	}
	if len(p.Uses) == 0 {
		if p.Uses = []string{floor.UseLabels}; p.Language == floor.PrinterPDF {
			p.Uses = []string{floor.UseDocuments}
		}
	}
	return p
}

func putPrinter(c *call) error {
	var b printerBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	code := c.Params("code")
	err := c.sameName("/code", b.Code, code)
	if err == nil {
		err = c.checkPrinter(b)
	}
	if err != nil {
		return c.problem(err)
	}
	return c.save(func(st *floor.State) (uint64, bool) {
		if old := st.Printers[floor.PrinterCode(code)]; old != nil {
			return old.Rev, true
		}
		return 0, false
	}, func(rev *uint64) floor.Verb { return floor.SavePrinter{Printer: b.record(code), IfRev: rev} })
}

// checkPrinter looks at what the floor knows nothing of: addresses, paper and certificates.
func (c *call) checkPrinter(b printerBody) *floor.Error {
	fault := func(pointer, code, detail string) *floor.Error {
		return &floor.Error{Kind: floor.Invalid, Code: code, Say: "not accepted", About: []floor.Fault{{Pointer: pointer, Code: code, Detail: detail}}}
	}
	if b.Size != "" {
		if err := labels.Size(b.Size).Check(); err != nil {
			return fault("/size", "bad_size", err.Error())
		}
	}
	if b.Pin != "" && !isDigest(b.Pin) {
		return fault("/pin", "bad_pin", "the SHA-256 of the printer's certificate in 64 small hexadecimal digits")
	}
	return c.s.printer.allowed(c.Context(), "/address", b.Address)
}

func isDigest(s string) bool {
	return len(s) == 64 && !strings.ContainsFunc(s, func(r rune) bool { return !(r >= '0' && r <= '9' || r >= 'a' && r <= 'f') })
}

// printerAt is the printer that the address names.
func (c *call) printerAt() (v *floor.PrinterView, rev uint64) {
	c.view(func(st *floor.State) {
		if p := st.Printers[floor.PrinterCode(c.Params("code"))]; p != nil {
			v, rev = st.PrinterView(p), p.Rev
		}
	})
	return v, rev
}

func getPrinter(c *call) error {
	v, rev := c.printerAt()
	if v == nil {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_printer", Say: "no printer " + clip(c.Params("code"))})
	}
	c.Set("ETag", etag(rev))
	return c.json(200, v)
}

func listPrinters(c *call) error {
	return listOf(c, func(st *floor.State) map[floor.PrinterCode]*floor.Printer { return st.Printers },
		func(q query, code floor.PrinterCode, p *floor.Printer) bool {
			return q.matches(string(code), p.Name, p.Address)
		},
		func(st *floor.State, p *floor.Printer) any { return st.PrinterView(p) })
}

func removePrinter(c *call) error {
	v, rev := c.printerAt()
	if v == nil {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_printer", Say: "no printer " + clip(c.Params("code"))})
	}
	if err := c.mustMatch(etag(rev)); err != nil {
		return c.problem(err)
	}
	return c.run(floor.RemovePrinter{Code: v.Code}, 204)
}

// printersInTrouble are lines of the readiness page: what a person must see to.
func printersInTrouble(st *floor.State) []string {
	var out []string
	for _, code := range slices.Sorted(maps.Keys(st.Printers)) {
		if v := st.PrinterView(st.Printers[code]); v.Say != "" {
			out = append(out, v.Say)
		}
	}
	return out
}
