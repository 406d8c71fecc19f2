package whatif

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"

	"floorline/floor"
)

// Answer is what came of a question.
type Answer struct {
	Sentence  string   `json:"answer"`
	Warehouse string   `json:"warehouse"`
	Start     string   `json:"start"`
	Cutoff    string   `json:"cutoff"`
	Truck     string   `json:"truck"`
	Due       int      `json:"orders_due"` // in the first run; chance moves it where orders come after the cut-off too
	Method    string   `json:"method"`
	Arrivals  string   `json:"arrivals"`
	Packers   int      `json:"packers"`
	Loaders   int      `json:"loaders"`
	Seed      uint64   `json:"seed"`
	Runs      int      `json:"runs"`
	EveryMin  int      `json:"curve_every_min"`
	Crews     []*Crew  `json:"crews"`
	q         Question // as it was asked
}

// Crew is the day with one number of pickers, over all runs.
type Crew struct {
	Pickers    int       `json:"pickers"`
	OnTime     float64   `json:"on_time_share"` // of the runs in which all that was due left with the truck
	Missing    float64   `json:"missing_mean"`  // orders due that the truck left without
	MissingP90 int       `json:"missing_p90"`
	Lacking    float64   `json:"lacking_mean"` // of these, orders that wait for goods, whoever works
	DoneP10    string    `json:"done_p10"`
	DoneP50    string    `json:"done_p50"`
	DoneP90    string    `json:"done_p90"`
	PickerBusy float64   `json:"picker_busy_share"` // of the time from the start to the truck
	PackerBusy float64   `json:"packer_busy_share"`
	LoaderBusy float64   `json:"loader_busy_share"`
	Metres     float64   `json:"metres_mean"`
	Bottleneck string    `json:"bottleneck"`
	Loaded     []float64 `json:"loaded_curve"` // orders due on board, the mean of the runs, from the start on
	Low        []int     `json:"loaded_curve_p10"`
	High       []int     `json:"loaded_curve_p90"`

	days []*outcome
}

// outcome is one day as it went.
type outcome struct {
	due, missing, lacking int
	doneMin               float64 // when the last order due was on board, in minutes since midnight
	lastMin               float64 // when the last order due came
	busy                  [stages]float64
	queue                 [stages]float64 // most orders that waited before the truck
	metres                float64
	loaded                []int
}

// Ask plays the days and sums them up. The question must have passed Check. Runs are independent of one another, so they
// share the machine's cores; what comes out does not depend on how.
func Ask(w *World, q Question) (*Answer, error) {
	a := &Answer{Warehouse: w.Name, Start: Clock(q.StartMin), Cutoff: Clock(q.CutoffMin), Truck: Clock(q.TruckMin), Method: q.Method,
		Arrivals: q.Arrivals.Name, Packers: q.Packers, Loaders: q.Loaders, Seed: q.Seed, Runs: q.Runs, EveryMin: sampleEvery / floor.MinuteMS, q: q}
	q.Pickers = slices.Sorted(slices.Values(q.Pickers))
	for _, n := range q.Pickers {
		a.Crews = append(a.Crews, &Crew{Pickers: n, days: make([]*outcome, q.Runs)})
	}
	if err := a.play(w, &q); err != nil {
		return nil, err
	}
	for _, c := range a.Crews {
		c.sum(&q)
	}
	if a.Due = a.Crews[0].days[0].due; a.Due == 0 {
		return nil, errors.New("no order is due with that truck, so there is nothing to ask: give --orders, or a later --cutoff")
	}
	a.Sentence = a.sentence()
	return a, nil
}

func (a *Answer) play(w *World, q *Question) error {
	errs := make([]error, len(a.Crews)*q.Runs)
	next := make(chan int)
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(errs)) {
		all.Go(func() {
			for i := range next {
				c, run := a.Crews[i/q.Runs], i%q.Runs
				c.days[run], errs[i] = play(q, w, run, c.Pickers)
			}
		})
	}
	for i := range errs {
		next <- i
	}
	close(next)
	all.Wait()
	for _, err := range errs { // the first by number, not by time
		if err != nil {
			return err
		}
	}
	return nil
}

func play(q *Question, w *World, run, pickers int) (*outcome, error) {
	d, err := newDay(q, w, run, pickers)
	if err != nil {
		return nil, err
	}
	if err := d.run(); err != nil {
		return nil, fmt.Errorf("run %d with %d pickers: %w", run+1, pickers, err)
	}
	return d.outcome(pickers), nil
}

func (d *day) outcome(pickers int) *outcome {
	o := &outcome{loaded: d.seen.loaded}
	minute := func(t floor.Time) float64 { return float64(t-d.midnight) / floor.MinuteMS }
	for _, x := range d.book {
		if !x.due {
			continue
		}
		o.due++
		o.lastMin = max(o.lastMin, float64(x.atMS)/floor.MinuteMS)
		if x.loaded == 0 || x.loaded > d.truck {
			o.missing++
		}
		switch {
		case x.loaded > 0:
			o.doneMin = max(o.doneMin, minute(x.loaded))
		case d.stays(x):
			o.lacking++
		default:
			o.doneMin = minute(d.truck + overtime)
		}
	}
	shift := float64(d.truck - d.opens)
	crew := [stages]int{pickers, d.q.Packers, d.q.Loaders}
	for _, h := range d.hands {
		stage := slices.IndexFunc(posts, func(p post) bool { return p.role == h.role })
		o.busy[stage] += float64(h.busyMS) / shift / float64(crew[stage])
		o.metres += h.metres
	}
	for i, at := range d.seen.queues {
		if floor.Time(i)*sampleEvery < d.truck-d.opens {
			for k, n := range at {
				o.queue[k] = max(o.queue[k], float64(n))
			}
		}
	}
	return o
}

// sum adds the runs up.
func (c *Crew) sum(q *Question) {
	var missing, done []float64
	var busy [stages]float64
	n := float64(len(c.days))
	for _, d := range c.days {
		if d.missing == 0 {
			c.OnTime += 1 / n
		}
		missing, done = append(missing, float64(d.missing)), append(done, d.doneMin)
		c.Lacking += float64(d.lacking) / n
		c.Metres += d.metres / n
		for k := range busy {
			busy[k] += d.busy[k] / n
		}
	}
	for _, m := range missing {
		c.Missing += m / n
	}
	c.MissingP90 = int(quantile(missing, 0.9))
	c.DoneP10, c.DoneP50, c.DoneP90 = doneAt(done, 0.1), doneAt(done, 0.5), doneAt(done, 0.9)
	c.curve()
	c.Bottleneck = c.bottleneck(q, busy)
	c.PickerBusy, c.PackerBusy, c.LoaderBusy = round(busy[stagePick], 3), round(busy[stagePack], 3), round(busy[stageLoad], 3)
	c.OnTime, c.Missing, c.Lacking, c.Metres = round(c.OnTime, 3), round(c.Missing, 2), round(c.Lacking, 2), math.Round(c.Metres)
}

// curve is how many were on board over the day. A run that ended earlier stays where it ended.
func (c *Crew) curve() {
	longest := 0
	for _, d := range c.days {
		longest = max(longest, len(d.loaded))
	}
	for i := range longest {
		var at []float64
		sum := 0.0
		for _, d := range c.days {
			v := float64(d.loaded[min(i, len(d.loaded)-1)])
			at, sum = append(at, v), sum+v
		}
		c.Loaded = append(c.Loaded, round(sum/float64(len(at)), 1))
		c.Low, c.High = append(c.Low, int(quantile(at, 0.1))), append(c.High, int(quantile(at, 0.9)))
	}
}

// quantile is the value that a share of the list is not above: one that occurred, so nothing is made up between two.
func quantile(list []float64, share float64) float64 {
	s := slices.Sorted(slices.Values(list))
	return s[min(max(int(math.Ceil(share*float64(len(s))))-1, 0), len(s)-1)]
}

func doneAt(done []float64, share float64) string {
	if v := quantile(done, share); v > 0 {
		return Clock(int(math.Ceil(v)))
	}
	return ""
}

func round(v float64, digits int) float64 {
	p := math.Pow10(digits)
	return math.Round(v*p) / p
}
