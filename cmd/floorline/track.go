package main

import (
	"errors"
	"flag"
	"fmt"
	"io"

	"floorline/floor/tracking"
)

const trackHelp = `floorline track   whose a tracking number is

Reads one tracking number a line on stdin and writes one line of JSON for each:
{"valid":true,"courier":"ups","service":"Ground","format":"UPS"}, or
{"valid":false,"code":"unknown_format|wrong_check_digit","detail":"..."}. Spaces are ignored; one best match is given.
The couriers and their names are those of jkeen/tracking_number_data.
`

// recognised and unrecognised are the two answers of "floorline track".
type (
	recognised struct {
		Valid   bool   `json:"valid"`
		Courier string `json:"courier"`
		Service string `json:"service"`
		Format  string `json:"format"`
	}
	unrecognised struct {
		Valid  bool   `json:"valid"`
		Code   string `json:"code"`
		Detail string `json:"detail"`
	}
)

// track is "floorline track". It answers 0 done, 1 stdin could not be read, 2 misuse.
func track(args []string, in io.Reader, out, errs io.Writer) int {
	fs := flag.NewFlagSet("track", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	if err := fs.Parse(args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, trackHelp)
		return 0
	} else if err != nil || fs.NArg() > 0 {
		fmt.Fprintf(errs, "floorline track: it takes no arguments\n\n%s", trackHelp)
		return 2
	}
	if err := eachLine(in, out, func(line string, _ bool) any { return tracked(line) }); err != nil {
		fmt.Fprintln(errs, "floorline track:", err)
		return 1
	}
	return 0
}

func tracked(number string) any {
	found, why := tracking.Recognise(number)
	switch why {
	case "":
		return recognised{true, found.Courier, found.Service, found.Format}
	case tracking.WrongCheckDigit:
		return unrecognised{false, why, "it looks like " + found.Format + ", but its check digit is wrong: read it again"}
	}
	return unrecognised{false, why, "no courier known here gives out numbers of this shape"}
}
