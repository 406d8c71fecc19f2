package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"floorline/cmd/floorline/whatif"
	"floorline/store"
)

const whatIfHelp = `floorline simulate --what-if [--data DIR] [--pickers 3,4] [--truck 16:00] ...

Will we make the 16:00 truck with 6 pickers, or does it take 8? The day is played before it happens: imagined
people, each action taking its time, and the floor's own code deciding every scan. Every crew meets the same
orders. The same seed gives the same answer, to the byte. Nothing is written to the warehouse.

The warehouse
  --data DIR          a stopped warehouse's directory, or a copy of one; it is only read. Its waiting orders are
                      part of the day, its demand is that of its last week. Without it a warehouse of 10 aisles
                      and 450 bins stands in
  --service CODE      shipping service of the new orders (the one most orders go by)
  --cell-m 1          metres that a unit of the layout is long

The day
  --start 08:00       when people begin
  --truck 16:00       when the truck departs
  --cutoff 15:00      orders that come later need not be on it (an hour before the truck)
  --orders 600        orders that come during the day
  --backlog 0         how many of these are there at the start
  --lines 4           lines an order, on average
  --arrivals morning  even, morning or evening, or a CSV file of time,orders: 09:00,25

The people
  --pickers 3,4       numbers of pickers, each a day of its own
  --packers 3
  --loaders 1
  --method cluster    discrete, cluster, batch or zone
  --slots 6           orders on one cart
  --walk-m-s 1.2      metres a second
  --pick-s 10         seconds to find and take one unit
  --scan-s 2          seconds a scan
  --pack-s 60         seconds a parcel for carton, scale and label, beside the scans of its units
  --load-s 10         seconds to carry a parcel on board
  --spread 0.3        how much times vary: standard deviation over mean
  --error-rate 0.01   share of bin and item scans that are wrong at first
  --short-rate 0.002  share of pick lines with a unit missing; the bin is counted 20 minutes later
  --damage-rate 0.001 share of pick lines with a damaged unit

The answer
  --seed 1            of all chance
  --runs 5            days played for each number of pickers
  --json              one JSON object and nothing else
  --plot FILE.svg     draws orders on board over the day
`

// whatIfFlags are what --what-if is asked with, as typed.
type whatIfFlags struct {
	q                                         whatif.Question
	data, pickers, start, truck, cutoff, come string
	plot                                      string
	asJSON                                    bool
}

// asksWhatIf says whether the simulator is to play a day of its own, rather than one on a server.
func asksWhatIf(args []string) bool {
	return slices.ContainsFunc(args, func(a string) bool { return a == "--what-if" || a == "-what-if" })
}

// whatIf is "floorline simulate --what-if".
func whatIf(args []string, out, errs io.Writer) int {
	w := &whatIfFlags{q: whatif.Usual()}
	f := w.flags()
	err := f.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, whatIfHelp)
		return 0
	}
	if err == nil && f.NArg() > 0 {
		err = fmt.Errorf("%q is no option", f.Arg(0))
	}
	if err == nil {
		err = w.read()
	}
	if err != nil {
		fmt.Fprintf(errs, "%v\n\nfloorline simulate --what-if --help names the options.\n", err)
		return 2
	}
	if err := w.answer(out); err != nil {
		fmt.Fprintln(errs, "floorline simulate --what-if:", err)
		return 1
	}
	return 0
}

func (w *whatIfFlags) flags() *flag.FlagSet {
	f, q := flag.NewFlagSet("what-if", flag.ContinueOnError), &w.q
	f.SetOutput(io.Discard)
	f.Bool("what-if", true, "")
	for name, at := range map[string]*string{"data": &w.data, "service": &q.Service, "plot": &w.plot, "method": &q.Method} {
		f.StringVar(at, name, *at, "")
	}
	f.StringVar(&w.pickers, "pickers", "3,4", "")
	f.StringVar(&w.start, "start", "08:00", "")
	f.StringVar(&w.truck, "truck", "16:00", "")
	f.StringVar(&w.cutoff, "cutoff", "", "")
	f.StringVar(&w.come, "arrivals", q.Arrivals.Name, "")
	for name, at := range map[string]*int{"packers": &q.Packers, "loaders": &q.Loaders, "orders": &q.Orders, "backlog": &q.Backlog, "slots": &q.Slots, "runs": &q.Runs} {
		f.IntVar(at, name, *at, "")
	}
	for name, at := range map[string]*float64{"lines": &q.Lines, "walk-m-s": &q.WalkMS, "cell-m": &q.CellM, "pick-s": &q.PickS, "scan-s": &q.ScanS,
		"pack-s": &q.PackS, "load-s": &q.LoadS, "spread": &q.Spread, "error-rate": &q.Errors, "short-rate": &q.Shorts, "damage-rate": &q.Damaged} {
		f.Float64Var(at, name, *at, "")
	}
	f.Uint64Var(&q.Seed, "seed", q.Seed, "")
	f.BoolVar(&w.asJSON, "json", false, "")
	return f
}

// read turns what was typed into a question, and names everything that is wrong with it.
func (w *whatIfFlags) read() error {
	q := &w.q
	q.StartMin, q.TruckMin = whatif.ParseClock(w.start), whatif.ParseClock(w.truck)
	if q.CutoffMin = q.TruckMin - 60; w.cutoff != "" {
		q.CutoffMin = whatif.ParseClock(w.cutoff)
	} else { // within the day, and no second fault where the truck's own time is one
		q.CutoffMin = max(q.CutoffMin, min(q.StartMin, q.TruckMin), 0)
	}
	q.Pickers = nil
	for _, s := range strings.Split(w.pickers, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil {
			n = 0 // refused below, with what it may be
		}
		q.Pickers = append(q.Pickers, n)
	}
	arrivals := w.readArrivals()
	return errors.Join(q.Check(), arrivals)
}

func (w *whatIfFlags) readArrivals() error {
	curve, ok := whatif.CurveNamed(w.come)
	if w.q.Arrivals = curve; ok || !strings.ContainsAny(w.come, "./\\") {
		return nil
	}
	f, err := os.Open(w.come)
	if err == nil {
		defer f.Close()
		w.q.Arrivals, err = whatif.ReadCurve(filepath.Base(w.come), f)
	}
	if err != nil {
		return fmt.Errorf("--arrivals %s: %w", w.come, err)
	}
	return nil
}

func (w *whatIfFlags) answer(out io.Writer) error {
	world, err := w.world()
	if err != nil {
		return err
	}
	a, err := whatif.Ask(world, w.q)
	if err != nil {
		return err
	}
	if w.plot != "" {
		if err := w.draw(a); err != nil {
			return err
		}
	}
	if w.asJSON {
		return json.NewEncoder(out).Encode(a)
	}
	a.Write(out)
	return nil
}

func (w *whatIfFlags) world() (*whatif.World, error) {
	if w.data == "" {
		return whatif.UsualWorld(w.q.Service)
	}
	s, err := store.Look(w.data)
	if err != nil {
		return nil, err
	}
	return whatif.WorldOf(s, w.q.Service)
}

func (w *whatIfFlags) draw(a *whatif.Answer) error {
	f, err := os.Create(w.plot)
	if err != nil {
		return err
	}
	return errors.Join(a.WriteSVG(f), f.Close())
}
