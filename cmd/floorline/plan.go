package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"time"

	"floorline/devices"
	"floorline/floor/batch"
	"floorline/floor/carton"
	"floorline/floor/forecast"
	"floorline/floor/route"
)

const planHelp = `floorline plan route                            the shortest walk through a warehouse
floorline plan batch [--seconds N] [--seed S]   which orders to pick together, so that all walks are shortest
floorline plan carton                           the fewest cartons, and where every unit lies in them
floorline plan forecast                         what comes after a series: {"series":[...],"season":52,"horizon":13}
floorline plan reorder                          when to order and how many: {"demand_mean":20,"demand_sd":6,"lead_time":5,
                                                "review_period":0,"service_level":0.95,"order_cost":8,"holding_cost":0.01},
                                                times in days, demand and holding_cost per day

Reads one question as JSON on stdin and writes one answer as JSON to stdout. Batches of more than 16 orders are searched
for a fifth of a second an order, 8 seconds at most, or for --seconds N.
`

// planLimit bounds what is read from stdin.
const planLimit = 64 << 20

// plan is "floorline plan". It answers 0 done, 1 the question was refused, 2 misuse.
func plan(args []string, in io.Reader, out, errs io.Writer) int {
	if len(args) > 0 && (args[0] == "--help" || args[0] == "-h") {
		fmt.Fprint(out, planHelp)
		return 0
	}
	answer, err := readPlan(args, out)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintf(errs, "floorline plan: %v\n\n%s", err, planHelp)
		return 2
	}
	if err := answer(io.LimitReader(in, planLimit+1), out); err != nil {
		fmt.Fprintln(errs, err)
		return 1
	}
	return 0
}

// readPlan reads the command line and gives the planner that was asked for.
func readPlan(args []string, out io.Writer) (func(io.Reader, io.Writer) error, error) {
	if len(args) == 0 {
		return nil, errors.New("say what to plan")
	}
	fs := flag.NewFlagSet("plan", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() { fmt.Fprint(out, planHelp) }
	kind := args[0]
	var seconds float64
	var seed uint64
	if kind == "batch" {
		fs.Float64Var(&seconds, "seconds", 0, "how long to look for better")
		fs.Uint64Var(&seed, "seed", 1, "the seed of the search")
	}
	if err := fs.Parse(args[1:]); err != nil {
		return nil, err
	}
	if fs.NArg() > 0 {
		return nil, fmt.Errorf("%q is too much", fs.Arg(0))
	}
	if !(seconds >= 0 && seconds <= 86400) {
		return nil, errors.New("--seconds is from 0 to 86400")
	}
	switch kind {
	case "route":
		return planRoute, nil
	case "batch":
		return func(in io.Reader, out io.Writer) error { return planBatch(in, out, seconds, seed) }, nil
	case "carton":
		return carton.Plan, nil
	case "forecast":
		return planForecast, nil
	case "reorder":
		return planReorder, nil
	}
	return nil, fmt.Errorf("there is no plan %q", kind)
}

func planRoute(in io.Reader, out io.Writer) error {
	var q route.Question
	if err := question(in, &q); err != nil {
		return err
	}
	if f := q.Check(); len(f) > 0 {
		return f
	}
	tour, err := q.Answer()
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(tour)
}

func planBatch(in io.Reader, out io.Writer, seconds float64, seed uint64) error {
	start := time.Now()
	var t batch.Task
	if err := question(in, &t); err != nil {
		return err
	}
	if f := t.Check(); len(f) > 0 {
		return f
	}
	if seconds == 0 {
		seconds = min(8, float64(len(t.Orders))/5)
	}
	spent := func() float64 { return time.Since(start).Seconds() / seconds }
	return json.NewEncoder(out).Encode(t.Solve(batch.Effort{Seed: seed, Spent: spent}))
}

func planForecast(in io.Reader, out io.Writer) error {
	var t forecast.Task
	if err := question(in, &t); err != nil {
		return err
	}
	if err := t.Check(); err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(t.Answer())
}

func planReorder(in io.Reader, out io.Writer) error {
	var t forecast.StockTask
	if err := question(in, &t); err != nil {
		return err
	}
	if err := t.Check(); err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(t.Answer())
}

// question reads one JSON value as strictly as the server reads a body.
func question(in io.Reader, into any) error {
	data, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	if len(data) > planLimit {
		return fmt.Errorf("the question is over %d MB", planLimit>>20)
	}
	return devices.DecodeStrict(data, into)
}
