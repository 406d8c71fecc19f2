// Command floorline runs a warehouse's floor: it serves the screens, the API and the sockets, and carries
// the tools around them. It is wiring only; begin reading at serve.go.
package main

import (
	"fmt"
	"io"
	"os"

	"floorline/devices/fonts"
	"floorline/labels"
)

// command is one subcommand. It gives the exit code: 0 done, 1 refused or failed, 2 misuse.
type command struct {
	name, about string
	run         func(args []string, in io.Reader, out, errs io.Writer) int
}

func commands() []command {
	noIn := func(run func([]string, io.Writer, io.Writer) int) func([]string, io.Reader, io.Writer, io.Writer) int {
		return func(args []string, _ io.Reader, out, errs io.Writer) int { return run(args, out, errs) }
	}
	return []command{
		{"serve", "serve a warehouse: screens, API, sockets", noIn(serve)},
		{"import", "send order files to a server", noIn(importFiles)},
		{"simulate", "virtual workers on real sockets doing whole jobs", noIn(simulateCmd)},
		{"verify", "replay the whole journal and compare (never writes)", noIn(verify)},
		{"doctor", "how a data directory is, in plain words", noIn(doctor)},
		{"label", "draw a label from JSON", label},
		{"scan", "what a raw scan holds: GS1, GTIN, Digital Link", scan},
		{"track", "whose a tracking number is, and whether its check digit is right", track},
		{"plan", "the shortest walk, the best batches, the fewest cartons: JSON in, JSON out", plan},
		{"scale", "a scale without a scale, to try a bench with", scaleCmd},
		{"demo-sheet", "the printable sheet of codes of a demo directory", noIn(sheet)},
	}
}

func main() {
	labels.UseFonts(fonts.Finder(fonts.Directories()))
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

func run(args []string, in io.Reader, out, errs io.Writer) int {
	if len(args) == 0 || args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		usage(out)
		if len(args) == 0 {
			return 2
		}
		return 0
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.run(args[1:], in, out, errs)
		}
	}
	fmt.Fprintf(errs, "floorline: there is no command %q\n", args[0])
	usage(errs)
	return 2
}

func usage(w io.Writer) {
	fmt.Fprintln(w, "usage: floorline COMMAND [flags]; each has --help")
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-11s %s\n", c.name, c.about)
	}
}
