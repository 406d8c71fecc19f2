package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"floorline/cmd/floorline/simulate"
)

const simulateHelp = `floorline simulate --server URL --token T [--workers 10] [--orders 50] [--lines 3] [--seed 1]
                   [--rate R] [--faults] [--json]

Virtual workers walk whole jobs on real sockets, from imported orders to departed trucks; beside them goods
come in, are put away, counted and brought to the pick bins, and some come back and are judged. They err as people
err. They make what they need (items, bins, stock, workers, devices) on the server, under a prefix of the
seed. At the end the server's journal is held against every verdict they were given.

  --rate R    offer R scans a second, whether or not the server keeps up; latency counts from the moment a
              scan was due. Without it each worker scans again as soon as the last verdict is there.
  --faults    connections drop in the middle of scans, frames are repeated and reordered, answers are lost,
              workers walk away and others take over.
  --json      print one JSON object and nothing else.
  --what-if   play a day without a server instead: with so many pickers, will we make the truck? It has options of
              its own; floorline simulate --what-if --help names them.

Exits 1 when anything was lost, doubled or different, or when an order is neither dispatched nor explained.
`

// simulateCmd is "floorline simulate".
func simulateCmd(args []string, out, errs io.Writer) int {
	if asksWhatIf(args) {
		return whatIf(args, out, errs)
	}
	o := simulate.Options{Progress: errs}
	asJSON := false
	f := flag.NewFlagSet("simulate", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&o.Server, "server", "http://127.0.0.1:8080", "")
	f.StringVar(&o.Token, "token", os.Getenv("FLOORLINE_TOKEN"), "")
	f.IntVar(&o.Workers, "workers", 10, "")
	f.IntVar(&o.Orders, "orders", 50, "")
	f.IntVar(&o.Lines, "lines", 3, "")
	f.Uint64Var(&o.Seed, "seed", 1, "")
	f.Float64Var(&o.Rate, "rate", 0, "")
	f.BoolVar(&o.Faults, "faults", false, "")
	f.BoolVar(&asJSON, "json", false, "")
	err := f.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, simulateHelp)
		return 0
	}
	if err == nil && f.NArg() > 0 {
		err = fmt.Errorf("%q is no option", f.Arg(0))
	}
	if err == nil {
		err = o.Check()
	}
	if err != nil {
		fmt.Fprintf(errs, "floorline simulate: %v\n\n%s", err, simulateHelp)
		return 2
	}
	return simulateDay(o, asJSON, out, errs)
}

func simulateDay(o simulate.Options, asJSON bool, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	r, err := simulate.Run(ctx, o)
	if err != nil {
		fmt.Fprintf(errs, "floorline simulate: %v\n", err)
		return 1
	}
	if asJSON {
		err = r.WriteJSON(out)
		for _, p := range r.Problems {
			fmt.Fprintln(errs, p)
		}
	} else {
		r.Write(out)
	}
	if err != nil || !r.Clean() {
		return 1
	}
	return 0
}
