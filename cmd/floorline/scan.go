package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"floorline/floor/gs1"
)

const scanHelp = `floorline scan [--lenient]   what a raw scan holds

Reads one raw scan a line on stdin, with GS as it is sent (U+001D) or as {GS} (or, in a line
that begins with it, as ^), and writes one line of JSON for each:
{"ok":true,"symbology":"]C1","elements":[{"ai":"01","value":"..."}]} or {"ok":false,"code":"...","detail":"..."}.
Any fault is ok:false. With --lenient the elements that are good are given all the same, as the floor uses them.
`

// accepted and refused are the two answers of "floorline scan".
type (
	accepted struct {
		OK        bool          `json:"ok"`
		Symbology string        `json:"symbology"`
		Elements  []gs1.Element `json:"elements"`
		Text      string        `json:"text,omitempty"`
	}
	refused struct {
		OK     bool   `json:"ok"`
		Code   string `json:"code"`
		Detail string `json:"detail"`
		*good
	}
	good struct { // what --lenient gives of it all the same
		Symbology string        `json:"symbology"`
		Elements  []gs1.Element `json:"elements"`
		Faults    []*gs1.Fault  `json:"faults"`
	}
)

// scan is "floorline scan". It answers 0 done, 1 stdin could not be read, 2 misuse.
func scan(args []string, in io.Reader, out, errs io.Writer) int {
	fs := flag.NewFlagSet("scan", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	lenient := fs.Bool("lenient", false, "give what is good of a faulty code")
	if err := fs.Parse(args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, scanHelp)
		return 0
	} else if err != nil || fs.NArg() > 0 {
		fmt.Fprintf(errs, "floorline scan: it takes no such argument\n\n%s", scanHelp)
		return 2
	}
	err := eachLine(in, out, func(line string, tooLong bool) any {
		if tooLong {
			return refused{Code: gs1.TooLong, Detail: "the line is longer than any code"}
		}
		return judgeScan(line, *lenient)
	})
	if err != nil {
		fmt.Fprintln(errs, "floorline scan:", err)
		return 1
	}
	return 0
}

func judgeScan(line string, lenient bool) any {
	raw := strings.ReplaceAll(line, "{GS}", string(gs1.GS))
	if strings.HasPrefix(raw, "^") { // no code holds one: it is how the standard's own examples write FNC1
		raw = strings.ReplaceAll(raw, "^", string(gs1.GS))
	}
	r, f := gs1.Read(raw)
	if f == nil {
		return accepted{true, r.Symbology, append([]gs1.Element{}, r.Elements...), r.Text}
	}
	answer := refused{Code: f.Code, Detail: f.Detail}
	if lenient {
		r := gs1.Lenient(raw)
		answer.good = &good{r.Symbology, append([]gs1.Element{}, r.Elements...), r.Faults}
	}
	return answer
}
