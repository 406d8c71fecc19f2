package simulate

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// worker is one virtual person with one post, or with several where people are few.
type worker struct {
	name  string
	badge string
	lead  bool
	posts []*device
	at    *device // where they stand now

	r      *rand.Rand
	book   *book
	board  *board
	pace   cadence
	faults bool
	people []*worker
	stuck  int // steps in a row without a way on
}

// kinds of work by kind of device.
var workAt = map[string][]string{"handheld": {"pick", "sort", "receive", "putaway", "count", "replenish"}, "bench": {"pack"}, "dock": {"load"}, "returns": {"inspect"}}

// work is a shift: tasks from the board, one after the other, until the day is over.
func (w *worker) work(ctx context.Context) error {
	var kinds []string
	for _, d := range w.posts {
		kinds = append(kinds, workAt[d.kind]...)
	}
	for {
		w.pace.rest()
		t, ok := w.board.await(ctx, kinds, w.lead)
		if !ok {
			return ctx.Err()
		}
		if err := w.do(ctx, t); err != nil {
			return err
		}
	}
}

// do is one task from its start to its end, or until it is left to somebody else.
func (w *worker) do(ctx context.Context, t task) error {
	if w.at == nil || !slices.Contains(workAt[w.at.kind], t.kind) {
		for _, d := range w.posts {
			if slices.Contains(workAt[d.kind], t.kind) {
				w.at = d
			}
		}
	}
	if err := w.signIn(ctx); err != nil {
		return err
	}
	begun, err := w.start(ctx, t)
	if err != nil || !begun {
		return err
	}
	for ctx.Err() == nil {
		n := w.at.next
		if n.Step == "badge" {
			return fmt.Errorf("%s was signed out at %s in the middle of %s", w.name, w.at.label, t.id)
		}
		if n.job() == (jobRef{}) {
			return nil
		}
		if err := w.step(ctx, n); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// signIn scans the badge when nobody is signed in at the post.
func (w *worker) signIn(ctx context.Context) error {
	if err := w.at.connect(ctx); err != nil {
		return err
	}
	for range 5 {
		if w.at.next == nil || w.at.next.Step != "badge" {
			return nil
		}
		if err := w.send(ctx, scanOf(w.badge)); err != nil {
			return err
		}
	}
	return fmt.Errorf("%s cannot sign in at %s", w.name, w.at.label)
}

// start opens the task's job, or finds out why it is not to be had.
func (w *worker) start(ctx context.Context, t task) (bool, error) {
	for range 3 {
		args := map[string]any{"job": t.kind, "id": t.id}
		if t.from != "" {
			args["reason"] = "nobody was there"
		}
		f := actOf("start", args)
		code, err := w.sendFor(ctx, f)
		if err != nil {
			return false, err
		}
		switch code {
		case "started", "resumed", "opened":
			w.board.told(w.at.ID)
			w.book.started(t, w.at.next.job())
			if j := w.at.next.job(); j.Kind == "load" {
				w.board.boarded(w.carrier(), j.ID)
			}
			return true, nil
		case "job_moved": // told now that an earlier job is gone; ask once more
			continue
		}
		if slices.Contains(goodsWork, t.kind) {
			w.refused(ctx, t, code)
			return false, nil
		}
		w.declined(ctx, t)
		return false, nil
	}
	return false, fmt.Errorf("%s: job %s is moved away again and again", w.name, t.id)
}

func (w *worker) carrier() string {
	if m := w.at.next.Show.Manifest; m != nil {
		return m.Carrier
	}
	return ""
}

// declined puts a task right that could not be started.
func (w *worker) declined(ctx context.Context, t task) {
	switch t.kind {
	case "pack", "pick", "sort": // somebody else's trouble may have ended the list: its orders are looked up
		w.board.doubt(t.id)
	case "load":
		w.board.stepAside(t.id)
	}
	pause(ctx, 100*time.Millisecond)
}

// step is one step of a job: what was asked for, unless a human thing happens.
func (w *worker) step(ctx context.Context, n *next) error {
	if done, err := w.beHuman(ctx, n); done || err != nil {
		return err
	}
	if done, err := w.aboutGoods(ctx, n); done || err != nil {
		return err
	}
	switch {
	case n.Ask != nil:
		return w.send(ctx, actOf("answer", map[string]any{"ask": n.Ask.ID, "value": n.Ask.Options[0].ID}))
	case n.Step == "weigh":
		return w.send(ctx, actOf("weigh", map[string]any{"weight_g": n.Show.ExpectedWeight}))
	case n.Step == "close" && n.job().Kind == "load":
		return w.closeTruck(ctx, n)
	case len(n.Want) > 0:
		w.stuck = 0
		return w.scanWanted(ctx, n)
	case len(n.Actions) == 1 && (n.Actions[0] != "leave" || n.job().Kind == "load"): // who lacks a tote waits for one
		return w.onlyWay(ctx, n)
	}
	return w.noWayOn(ctx, n)
}

// onlyWay does the one action there is. A door with nothing to load is left until there is.
func (w *worker) onlyWay(ctx context.Context, n *next) error {
	err := w.send(ctx, actOf(n.Actions[0], nil))
	if n.job().Kind == "load" && n.Actions[0] == "leave" {
		w.quiet(ctx)
		w.board.stepAside(n.job().ID)
	}
	return err
}

// noWayOn waits for what a step lacks, such as a free tote, by asking the floor again.
func (w *worker) noWayOn(ctx context.Context, n *next) error {
	if w.stuck++; w.stuck > 600 {
		return fmt.Errorf("%s has no way on from step %s of %s: %s", w.name, n.Step, n.job().ID, n.Title)
	}
	w.pace.rest()
	w.quiet(ctx)
	w.at.hang() // coming back shows the step as it is now
	return w.at.connect(ctx)
}

// quiet waits until something on the board changes, but not for long.
func (w *worker) quiet(ctx context.Context) {
	changed := w.board.wait()
	timer := time.NewTimer(100 * time.Millisecond)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-changed:
	case <-timer.C:
	}
}

// scanWanted scans the first code wanted, or does what saves scans or uses the steps ahead.
func (w *worker) scanWanted(ctx context.Context, n *next) error {
	if n.Step == "tote" || n.Step == "slot" {
		w.book.stock.sawTote(n.Want[0].Code)
	}
	if n.Step == "item" && n.Show.Qty > 1 && n.can("qty") && w.book.canCount(w.at, n) && w.r.IntN(3) > 0 {
		return w.send(ctx, actOf("qty", map[string]any{"qty": n.Show.Qty}))
	}
	if pack := w.book.stock.packOf(n.sku()); n.Step == "item" && pack != "" && n.Show.Qty >= PackQty && w.r.IntN(2) == 0 {
		return w.send(ctx, scanOf(pack))
	}
	f := scanOf(n.Want[0].Code)
	f.ctx = n
	if !w.faults || w.r.IntN(25) > 0 {
		return w.sendAll(ctx, f)
	}
	return w.sendBurst(ctx, n, f)
}

// sendBurst queues several steps ahead, as out of reach of the Wi-Fi, and lets something go wrong.
func (w *worker) sendBurst(ctx context.Context, n *next, f *frame) error {
	burst := []*frame{f}
	for _, a := range n.ahead(1 + w.r.IntN(4)) {
		if len(a.Want) == 0 {
			break
		}
		g := scanOf(a.Want[0].Code)
		g.ctx, g.guess = a, true
		burst = append(burst, g)
	}
	w.at.fault = fault(1 + w.r.IntN(int(faults)-1))
	return w.sendAll(ctx, burst...)
}

// truckWait is how long a truck is held for parcels still being packed.
const truckWait = 300 * time.Millisecond

// closeTruck shuts the door, after waiting a little for what is still being packed.
func (w *worker) closeTruck(ctx context.Context, n *next) error {
	if w.stuck == 0 && w.board.unsettled() > n.Show.Loaded && n.Show.Loaded < 50 {
		w.stuck++
		w.pace.rest()
		pause(ctx, truckWait)
		w.at.hang()
		return w.at.connect(ctx)
	}
	w.stuck = 0
	return w.send(ctx, actOf("close", nil))
}

func (w *worker) send(ctx context.Context, f *frame) error {
	_, err := w.sendFor(ctx, f)
	return err
}

// sendFor sends one frame in its time and gives the code of its verdict.
func (w *worker) sendFor(ctx context.Context, f *frame) (string, error) {
	f.ctx = w.at.next
	err := w.sendAll(ctx, f)
	return w.at.codes[f.ID], err
}

func (w *worker) sendAll(ctx context.Context, list ...*frame) error {
	due := w.pace.next(ctx)
	for _, f := range list {
		if f.ctx == nil {
			f.ctx = &next{}
		}
		f.due = due
	}
	w.at.queue(list...)
	return w.at.flush(ctx)
}
