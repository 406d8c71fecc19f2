package simulate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"time"
)

// Options of a simulated day.
type Options struct {
	Server   string // such as http://127.0.0.1:8080
	Token    string // of an admin
	Workers  int
	Orders   int
	Lines    int // of each order
	Seed     uint64
	Rate     float64 // scans a second offered by all workers together; 0: as fast as verdicts come
	Faults   bool
	Progress io.Writer // told once a second how far the day is; nil: not told
}

// Limits of a simulated day.
const (
	WorkerLimit = 1000
	OrderLimit  = 100_000
	LineLimit   = 50
)

// StallAfter is how long a day may go without a single verdict before it is given up.
const StallAfter = 45 * time.Second

// Check says everything that is wrong with the options.
func (o *Options) Check() error {
	var wrong []error
	say := func(bad bool, format string, a ...any) {
		if bad {
			wrong = append(wrong, fmt.Errorf(format, a...))
		}
	}
	say(!strings.HasPrefix(o.Server, "http://") && !strings.HasPrefix(o.Server, "https://"), "--server %q is no address such as http://127.0.0.1:8080", o.Server)
	say(o.Token == "", "--token is missing: an admin's API token")
	say(o.Workers < 1 || o.Workers > WorkerLimit, "--workers is from 1 to %d", WorkerLimit)
	say(o.Orders < 1 || o.Orders > OrderLimit, "--orders is from 1 to %d", OrderLimit)
	say(o.Lines < 1 || o.Lines > LineLimit, "--lines is from 1 to %d", LineLimit)
	say(o.Rate < 0, "--rate is scans a second, from 0")
	return errors.Join(wrong...)
}

// Run simulates a day and audits it. The error is of what kept the day from being simulated; what the day
// showed is in the report.
func Run(ctx context.Context, o Options) (*Report, error) {
	if err := o.Check(); err != nil {
		return nil, err
	}
	o.Server = strings.TrimRight(o.Server, "/")
	d, err := prepare(ctx, o)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	d.run(ctx)
	elapsed := time.Since(began)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return d.audit(ctx, elapsed)
}

// day is a simulated day at work.
type day struct {
	o      Options
	api    *api
	book   *book
	board  *board
	plan   *planner
	people []*worker
	watch  *watch
	line   *line
}

// prepare makes the warehouse, the people and the supervisor's screen.
func prepare(ctx context.Context, o Options) (*day, error) {
	a, board := newAPI(o.Server, o.Token), newBoard(o.Orders)
	url, err := a.socketURL()
	if err != nil {
		return nil, err
	}
	b := newBook(board)
	s := &setup{o: o, api: a, r: rand.New(rand.NewPCG(o.Seed, 0)), room: b.stock, url: url, book: b, board: board}
	if err := s.warehouse(ctx); err != nil {
		return nil, fmt.Errorf("making the warehouse: %w", err)
	}
	d := &day{o: o, api: a, book: b, board: board}
	d.plan = &planner{s, rand.New(rand.NewPCG(o.Seed, 1<<40)), &whims{setup: s, r: rand.New(rand.NewPCG(o.Seed, 1<<41))}}
	if d.people, err = s.hire(ctx); err != nil {
		return nil, fmt.Errorf("hiring people: %w", err)
	}
	d.watch = &watch{url: url, token: o.Token, book: b}
	if d.line, err = d.watch.open(ctx); err != nil {
		return nil, fmt.Errorf("opening the supervisor's socket: %w", err)
	}
	return d, nil
}

// run lets everybody work until every order is settled, somebody cannot go on, or nothing moves any more.
func (d *day) run(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var working, watching sync.WaitGroup
	for _, w := range d.people {
		working.Go(func() { d.must(ctx, cancel, w.work(ctx)) })
	}
	working.Go(func() { d.must(ctx, cancel, d.plan.orders(ctx)) })
	watching.Go(func() { d.plan.afterwards(ctx) })
	watching.Go(func() { d.plan.lookUp(ctx) })
	watching.Go(func() { d.watch.listen(ctx, d.line) })
	watching.Go(func() { d.progress(ctx, cancel) })
	working.Wait()
	pause(ctx, 100*time.Millisecond) // the supervisor's last events
	cancel()
	watching.Wait()
	d.book.unanswered = map[string]bool{}
	for _, w := range d.people {
		for _, p := range w.posts {
			p.hang()
			for _, f := range p.outbox {
				d.book.unanswered[f.ID] = true
			}
		}
	}
}

// must ends the day when somebody cannot go on.
func (d *day) must(ctx context.Context, cancel func(), err error) {
	if err == nil || ctx.Err() != nil {
		return
	}
	d.book.wrong("%v", err)
	d.board.stop()
	cancel()
}

// progress tells how far the day is, and ends it when nothing moves.
func (d *day) progress(ctx context.Context, cancel func()) {
	last, moved := 0, time.Now()
	for pause(ctx, time.Second) {
		frames, verdicts := d.book.scans()
		if verdicts != last {
			last, moved = verdicts, time.Now()
		}
		if d.o.Progress != nil {
			fmt.Fprintf(d.o.Progress, "%d scans, %d verdicts, %d of %d orders to go\n", frames, verdicts, d.board.unsettled(), d.o.Orders)
		}
		if time.Since(moved) > StallAfter {
			d.book.wrong("nothing has moved for %v, with %d orders to go", StallAfter, d.board.unsettled())
			d.board.stop()
			cancel()
		}
	}
}

// audit holds the server's journal and orders against what everybody was told.
func (d *day) audit(ctx context.Context, elapsed time.Duration) (*Report, error) {
	devices := map[string]bool{}
	for _, w := range d.people {
		for _, p := range w.posts {
			devices[p.ID] = true
		}
	}
	r := &Report{Seed: d.o.Seed, Workers: d.o.Workers, Orders: d.o.Orders, Lines: d.o.Orders * d.o.Lines, ElapsedS: round(elapsed.Seconds())}
	j, err := readJournal(ctx, d.api, d.watch.start, devices)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	j.compare(d.book, r)
	if err := readOrders(ctx, d.api, d.book, r); err != nil {
		return nil, fmt.Errorf("reading the orders: %w", err)
	}
	if err := readGoods(ctx, d.api, d.book); err != nil {
		return nil, fmt.Errorf("reading purchases and returns: %w", err)
	}
	d.figures(r, elapsed.Seconds())
	return r, nil
}

func (d *day) figures(r *Report, seconds float64) {
	push := ordered(d.watch.waits(d.book))
	r.PushP50MS, r.PushP99MS = round(percentile(push, 0.50)), round(percentile(push, 0.99))
	b := d.book
	b.mu.Lock()
	defer b.mu.Unlock()
	waits := ordered(b.waits)
	r.VerdictP50MS, r.VerdictP99MS, r.VerdictMaxMS = round(percentile(waits, 0.50)), round(percentile(waits, 0.99)), round(percentile(waits, 1))
	r.Scans, r.Verdicts, r.Mismatched, r.Problems = b.frames, len(b.acks), b.wrongs, b.problems
	r.Resends, r.Replays, r.Landings, r.Faults, r.Closes, r.Mix = b.resends, b.replays, b.landings, b.mischief, b.closes, b.mix()
	r.Goods = b.care
	r.OrdersPerS = round(float64(r.Dispatched) / seconds)
	r.LinesPerS = round(float64(r.Dispatched*d.o.Lines) / seconds)
	r.ScansPerS = round(float64(r.Scans) / seconds)
}
