package simulate

import (
	"context"
	"slices"
	"time"
)

// shortReasons are why a bin held less than it should.
var shortReasons = []string{"missing", "damaged", "expired", "wrong_item", "blocked"}

// beHuman lets a person err, tire or be clever once in a while. It says whether something was done, so
// that the step is looked at anew.
func (w *worker) beHuman(ctx context.Context, n *next) (bool, error) {
	if n.Ask != nil {
		return false, nil
	}
	switch p := w.r.IntN(1000); {
	case p < 20:
		return w.wrongCode(ctx, n)
	case p < 35:
		return w.doubleScan(ctx, n)
	case p < 45:
		return w.tooMany(ctx, n)
	case p < 60:
		return w.takeBack(ctx, n)
	case p < 66:
		return w.maybe(ctx, n, "skip", nil)
	case p < 74:
		return w.short(ctx, n)
	case p < 79:
		return w.leave(ctx, n)
	case p < 90:
		return w.splitParcel(ctx, n)
	case p < 96 && n.Step == "weigh":
		return true, w.send(ctx, actOf("weigh", map[string]any{"weight_g": n.Show.ExpectedWeight*3 + 500}))
	case p < 99 && w.faults:
		return w.walkAway(ctx, n)
	case p < 102 && w.faults:
		return w.changeDevice(ctx, n)
	}
	return false, nil
}

// wrongCode scans something that lies about: the wrong bin, item, tote or label, or plain rubbish.
func (w *worker) wrongCode(ctx context.Context, n *next) (bool, error) {
	kinds := []string{"bin", "item", "tote", "parcel", "carton", "rubbish"}
	code := w.book.stock.stray(w.r, kinds[w.r.IntN(len(kinds))])
	return true, w.send(ctx, scanOf(code))
}

// doubleScan pulls the trigger twice: two scans, two ids, both decided.
func (w *worker) doubleScan(ctx context.Context, n *next) (bool, error) {
	if len(n.Want) == 0 {
		return false, nil
	}
	first, second := scanOf(n.Want[0].Code), scanOf(n.Want[0].Code)
	first.ctx, second.ctx = n, n
	if a := n.ahead(1); len(a) == 1 {
		second.ctx, second.guess = a[0], true
	}
	return true, w.sendAll(ctx, first, second)
}

// tooMany scans a pack where a unit is wanted, or enters too large a number.
func (w *worker) tooMany(ctx context.Context, n *next) (bool, error) {
	if n.Step != "item" || slices.Contains(goodsWork, n.job().Kind) {
		return false, nil
	}
	if n.can("qty") && w.r.IntN(2) == 0 {
		return true, w.send(ctx, actOf("qty", map[string]any{"qty": n.Show.Qty + 1000}))
	}
	pack := w.book.stock.packOf(n.sku())
	if pack == "" {
		return false, nil
	}
	return true, w.send(ctx, scanOf(pack))
}

// takeBack undoes the last step, where it is known what that comes to.
func (w *worker) takeBack(ctx context.Context, n *next) (bool, error) {
	if _, known := w.book.canUndo(w.at, n.job()); !known {
		return false, nil
	}
	return w.maybe(ctx, n, "undo", nil)
}

// maybe does an action where the step offers it.
func (w *worker) maybe(ctx context.Context, n *next, action string, args map[string]any) (bool, error) {
	if !n.can(action) {
		return false, nil
	}
	return true, w.send(ctx, actOf(action, args))
}

// short finds fewer units than there should be.
func (w *worker) short(ctx context.Context, n *next) (bool, error) {
	if n.Show.Qty == 0 || n.Step != "bin" && n.Step != "item" || w.r.IntN(3) > 0 {
		return false, nil
	}
	found := n.Show.Done
	if n.job().Kind == "pick" && w.r.IntN(2) == 0 && n.Show.Qty > 1 {
		found++ // refused for items with serials: those are scanned one by one
	}
	return w.maybe(ctx, n, "short", map[string]any{"found": found, "reason": shortReasons[w.r.IntN(len(shortReasons))]})
}

// leave puts the job aside, for anybody to go on with.
func (w *worker) leave(ctx context.Context, n *next) (bool, error) {
	if !n.can("leave") || w.r.IntN(2) > 0 {
		return false, nil
	}
	j := n.job()
	code, err := w.sendFor(ctx, actOf("leave", nil))
	if err != nil || code != "left" {
		return true, err
	}
	if j.Kind == "load" {
		w.board.stepAside(j.ID)
	} else {
		w.board.put(task{kind: j.Kind, id: j.ID})
	}
	return true, nil
}

// splitParcel closes a parcel before everything is in it; the rest goes into another.
func (w *worker) splitParcel(ctx context.Context, n *next) (bool, error) {
	if n.job().Kind != "pack" || n.Step != "item" {
		return false, nil
	}
	return w.maybe(ctx, n, "close", nil)
}

// changeDevice goes on at another device of the same kind, as when a battery dies. The work follows the
// worker; what the dead device had saved stays on it.
func (w *worker) changeDevice(ctx context.Context, n *next) (bool, error) {
	j, dead := n.job(), w.at
	for _, d := range w.posts {
		if d == dead || d.kind != dead.kind {
			continue
		}
		dead.hang()
		w.board.takes(dead.ID)
		w.at = d
		if err := w.signIn(ctx); err != nil {
			return true, err
		}
		_, err := w.start(ctx, task{kind: j.Kind, id: j.ID})
		return true, err
	}
	return false, nil
}

// awayFor is how long somebody stays away at most.
const awayFor = time.Second

// walkAway drops everything and goes. A lead may take the work over meanwhile; whoever comes back is told.
func (w *worker) walkAway(ctx context.Context, n *next) (bool, error) {
	j := n.job()
	lead := slices.ContainsFunc(w.people, func(o *worker) bool {
		return o != w && o.lead && slices.ContainsFunc(o.posts, func(d *device) bool { return d.kind == w.at.kind })
	})
	if !lead || j.Kind == "load" {
		return false, nil
	}
	w.at.hang()
	w.pace.rest()
	w.board.abandon(task{kind: j.Kind, id: j.ID, from: w.at.ID})
	pause(ctx, time.Duration(w.r.Int64N(int64(awayFor))))
	if w.board.reclaim(w.at.ID) {
		return true, w.at.connect(ctx)
	}
	// Somebody has it. The first thing done here is answered by job_moved, and goods in hand go to a lead.
	if err := w.at.connect(ctx); err != nil {
		return true, err
	}
	return true, w.send(ctx, actOf("start", map[string]any{"job": j.Kind, "id": j.ID}))
}
