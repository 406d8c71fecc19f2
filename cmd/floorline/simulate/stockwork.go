package simulate

import (
	"context"
	"slices"
)

// The work with goods as people do it: they count by number what there is much of, find too little, broken or unknown
// goods, and answer what they are asked.

var goodsWork = []string{"receive", "putaway", "count", "replenish", "inspect"}

// aboutGoods does a step where doing the first thing wanted would be wrong or slow. It says whether it did.
func (w *worker) aboutGoods(ctx context.Context, n *next) (bool, error) {
	j := n.job()
	if !slices.Contains(goodsWork, j.Kind) {
		return false, nil
	}
	act := func(name string, args map[string]any) (bool, error) { return true, w.send(ctx, actOf(name, args)) }
	switch {
	case n.Ask != nil:
		return act("answer", map[string]any{"ask": n.Ask.ID, "value": w.answer(n.Ask)})
	case j.Kind == "receive" && n.Step == "link" && !w.lead:
		return act("skip", nil)
	case len(n.Want) == 0 && (n.Step == "lot" || n.Step == "serial") && n.can("undo"): // of something that was scanned by mistake
		return act("undo", nil)
	case j.Kind == "receive" && n.Step == "item":
		return w.receives(ctx, n)
	case j.Kind == "putaway" && n.Step == "item":
		w.book.stands(w.at, n)
	case j.Kind == "putaway" && n.Step == "bin":
		if all := w.book.standing(w.at, n); all > n.Show.Qty && n.can("qty") && w.r.IntN(4) > 0 {
			return act("qty", map[string]any{"qty": all})
		}
	case n.Step == "finish" && len(n.Actions) == 1:
		return act(n.Actions[0], nil)
	}
	return false, nil
}

// answer is what somebody says: that nothing else comes, that what is odd is taken in, and anything else as it happens.
func (w *worker) answer(a *ask) string {
	switch a.ID {
	case "rest":
		return "all"
	case "odd":
		return "take"
	case "empty", "missing":
		return a.Options[0].ID
	}
	return a.Options[w.r.IntN(len(a.Options))].ID
}

// receives counts the rest of a line by number, finds broken units, one too many, or a code that nobody knows.
func (w *worker) receives(ctx context.Context, n *next) (bool, error) {
	left := w.book.toCome(w.at, n.job())
	switch p := w.r.IntN(100); {
	case left > 0 && n.can("qty") && p < 60:
		return true, w.send(ctx, actOf("qty", map[string]any{"qty": left}))
	case left >= 0 && n.can("qty") && p >= 60 && p < 62 && !w.lead: // refused: nobody ordered it
		return true, w.send(ctx, actOf("qty", map[string]any{"qty": left + 1}))
	case n.can("damaged") && p >= 62 && p < 68:
		return true, w.send(ctx, actOf("damaged", map[string]any{"qty": 1}))
	case n.can("finish") && p >= 68 && p < 70:
		return true, w.send(ctx, actOf("finish", nil))
	case p >= 70 && p < 72:
		return true, w.send(ctx, scanOf("NEW-"+w.at.ID))
	}
	return false, nil
}

// toCome is how many units of what was scanned last are still to come by their purchase; -1 where that is not known.
func (b *book) toCome(d *device, j jobRef) int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	s, t := b.stepsOf(d, j), b.receipts[b.task(j).ID]
	if t == nil || len(s.list) == 0 || s.list[len(s.list)-1].what != "received" {
		return -1
	}
	sku := s.list[len(s.list)-1].sku
	return t.ordered[sku] - t.received[sku]
}

// stands notes how many units of a kind stand where they are put away from; standing gives it back.
func (b *book) stands(d *device, n *next) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stepsOf(d, n.job()).row = n.Show.Qty
}

func (b *book) standing(d *device, n *next) int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.stepsOf(d, n.job()).row
}
