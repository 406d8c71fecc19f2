package simulate

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// The desk's part in goods: it buys, has bins counted and filled up, takes returns in and settles them.

// counted are bins with few units of things that nobody orders, to be counted.
const (
	countedBins  = 3
	countedUnits = 6
)

// goodsBins are the places for goods: a door, a returns bench, quarantine and reserve, and bins to count.
func (s *setup) goodsBins() (jobs []func(context.Context) error) {
	for code, kind := range map[string]string{"IN": "dock", "BACK": "returns", "QUAR": "quarantine", "HIGH": "reserve"} {
		jobs = append(jobs, s.put("/bins/"+s.prefix+"-"+code, map[string]any{"kind": kind}))
	}
	for i := range countedBins {
		a := article{sku: fmt.Sprintf("%s-C%d", s.prefix, i+1), tracking: "none", weightG: 100}
		a.code = a.sku + "-U"
		s.room.shelved = append(s.room.shelved, a)
		jobs = append(jobs, s.put("/items/"+a.sku, s.itemBody(i, a)), s.put("/bins/"+a.sku, map[string]any{"kind": "pick"}))
	}
	return jobs
}

// highUp brings goods into reserve for things that go often, and a few units into the bins to be counted.
func (s *setup) highUp() (jobs []func(context.Context) error) {
	adjust := func(bin, sku string, qty int64) {
		body := map[string]any{"bin": s.prefix + "-" + bin, "sku": sku, "qty": qty, "reason": "simulated opening"}
		jobs = append(jobs, func(ctx context.Context) error {
			_, err := s.api.do(ctx, call{method: "POST", path: "/api/v1/stock/adjustments", body: body, key: sku + "-" + bin})
			return err
		})
	}
	for _, a := range s.room.faces() {
		adjust("HIGH", a.sku, 500)
	}
	for i, a := range s.room.shelved {
		adjust(fmt.Sprintf("C%d", i+1), a.sku, countedUnits)
	}
	return jobs
}

// faces are the things that are kept in reserve too: the first two that have no lot and no serial.
func (s *stockroom) faces() (out []article) {
	for _, a := range s.articles {
		if a.tracking == "none" && len(out) < 2 {
			out = append(out, a)
		}
	}
	return out
}

// goods begins the day's affairs about goods: purchases, counts, and what pick bins lack.
func (p *planner) goods(ctx context.Context) error {
	for i := range max(1, p.o.Orders/25) {
		if err := p.buy(ctx, i); err != nil {
			return err
		}
	}
	for i := range p.room.shelved[:min(countedBins, 1+p.o.Orders/50)] {
		var made struct{ Items []struct{ ID string } }
		c := call{method: "POST", path: "/api/v1/counts", body: map[string]any{"bins": []string{p.room.shelved[i].sku}}, key: fmt.Sprintf("%s-count-%d", p.prefix, i), into: &made}
		if _, err := p.api.do(ctx, c); err != nil {
			return err
		}
		p.book.owe(task{kind: "count", id: made.Items[0].ID})
	}
	return p.fillUp(ctx)
}

// fillUp puts what is to be brought to the pick bins on the board. Most of it the house has planned by itself by now.
func (p *planner) fillUp(ctx context.Context) error {
	if _, err := p.api.do(ctx, call{method: "POST", path: "/api/v1/replenishments", body: map[string]any{}, key: p.prefix + "-fill"}); err != nil {
		return err
	}
	var list struct{ Items []struct{ ID, SKU string } }
	if _, err := p.api.do(ctx, call{method: "GET", path: "/api/v1/replenishments", into: &list}); err != nil {
		return err
	}
	for _, r := range list.Items {
		for _, a := range p.room.faces() {
			if a.sku == r.SKU {
				p.book.owe(task{kind: "replenish", id: r.ID})
			}
		}
	}
	return nil
}

// buy announces a purchase of a few things.
func (p *planner) buy(ctx context.Context, i int) error {
	t := &receiptTally{ordered: map[string]int64{}, received: map[string]int64{}}
	var lines []map[string]any
	for _, at := range p.r.Perm(len(p.room.articles))[:1+p.r.IntN(2)] {
		a, qty := p.room.articles[at], int64(3+p.r.IntN(20))
		if a.tracking == "serial" {
			qty = 2
		}
		t.ordered[a.sku] = qty
		lines = append(lines, map[string]any{"sku": a.sku, "qty": qty})
	}
	var made struct{ ID string }
	number := fmt.Sprintf("%s-PO%d", p.prefix, i+1)
	c := call{method: "POST", path: "/api/v1/purchases", body: map[string]any{"external_id": number, "supplier": p.prefix, "lines": lines}, key: number, into: &made}
	if _, err := p.api.do(ctx, c); err != nil {
		return err
	}
	p.book.mu.Lock()
	p.book.receipts[made.ID] = t
	p.book.mu.Unlock()
	p.book.owe(task{kind: "receive", id: made.ID})
	return nil
}

// afterwards does what comes of the floor's work until the day is over: customers send goods back, a lead judges counts and
// settles returns.
func (p *planner) afterwards(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case id := <-p.board.backs:
			if err := p.takeBack(ctx, id); err != nil && ctx.Err() == nil {
				p.book.wrong("a return of order %s: %v", id, err)
			}
		case id := <-p.board.judged:
			p.judge(ctx, id)
		}
	}
}

// takeBack announces a return of some of an order's goods. The day waits for it since the order left.
func (p *planner) takeBack(ctx context.Context, order string) error {
	defer p.board.settle()
	var o orderView
	if _, err := p.api.do(ctx, call{method: "GET", path: "/api/v1/orders/" + order, into: &o}); err != nil {
		return err
	}
	var lines []map[string]any
	for _, l := range o.Lines {
		if l.Shipped > 0 && len(lines) < 2 {
			lines = append(lines, map[string]any{"sku": l.SKU, "qty": 1 + (l.Shipped-1)%3, "reason": "other"})
		}
	}
	if len(lines) == 0 {
		return nil
	}
	var made struct{ ID string }
	body := map[string]any{"order": order, "wanted": "refund", "lines": lines}
	if _, err := p.api.do(ctx, call{method: "POST", path: "/api/v1/returns", body: body, key: order + "-return", into: &made}); err != nil {
		return err
	}
	p.book.owe(task{kind: "inspect", id: made.ID})
	return nil
}

// judge is a lead's word on a count that differs, or on what is paid for a return. The floor may refuse either.
func (p *planner) judge(ctx context.Context, id string) {
	path, verbs := "/api/v1/counts/"+id+"/judge", []string{"book"}
	if id[:2] == "RT" {
		path, verbs = "/api/v1/returns/"+id+"/settle", []string{"propose", "approve", "send"}
	}
	for _, verb := range verbs {
		var refused *problem
		if _, err := p.api.do(ctx, call{method: "POST", path: path, body: map[string]string{"verb": verb}, key: id + verb}); err != nil && !errors.As(err, &refused) && ctx.Err() == nil {
			p.book.wrong("%s of %s: %v", verb, id, err)
		}
	}
}

// readGoods compares purchases and returns with what their verdicts add up to.
func readGoods(ctx context.Context, a *api, b *book) error {
	purchases, returns := make([]purchaseView, len(b.receipts)), make([]returnView, len(b.returned))
	var jobs []func(context.Context) error
	get := func(path string, into any) {
		jobs = append(jobs, func(ctx context.Context) error {
			_, err := a.do(ctx, call{method: "GET", path: path, into: into})
			return err
		})
	}
	for i, id := range sortedKeys(b.receipts) {
		get("/api/v1/purchases/"+id, &purchases[i])
	}
	for i, id := range sortedKeys(b.returned) {
		get("/api/v1/returns/"+id, &returns[i])
	}
	if err := each(ctx, jobs); err != nil {
		return err
	}
	b.compareGoods(purchases, returns)
	return nil
}

// triesLimit is how often somebody asks for work that others have before it is given up.
const triesLimit = 200

// refused puts an affair about goods right whose job could not be started.
func (w *worker) refused(ctx context.Context, t task, code string) {
	if code == "no_work" || code == "already_gone" {
		w.book.nothing(jobRef{t.kind, t.id})
		return
	}
	if t.tries++; t.tries > triesLimit {
		w.book.wrong("%s cannot be had: %s %s", t.kind, t.id, code)
		w.book.nothing(jobRef{t.kind, t.id})
		return
	}
	pause(ctx, 50*time.Millisecond)
	w.board.put(t)
}
