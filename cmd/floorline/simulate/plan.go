package simulate

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// planner is the desk: it takes orders in, releases waves and looks up orders that somebody doubts.
type planner struct {
	*setup
	r     *rand.Rand
	whims *whims
}

// methods are how waves are picked, one after the other.
var methods = []string{"discrete", "cluster", "zone", "batch"}

// WaveOrders is how many orders are released at once.
const WaveOrders = 40

type orderView struct {
	ID         string `json:"id"`
	ExternalID string `json:"external_id"`
	Status     string `json:"status"`
	HoldReason string `json:"hold_reason"`
	Lines      []struct {
		SKU     string `json:"sku"`
		Ordered int64  `json:"ordered"`
		Picked  int64  `json:"picked"`
		Packed  int64  `json:"packed"`
		Shipped int64  `json:"shipped"`
		Short   int64  `json:"short"`
	} `json:"lines"`
	Parcels []struct {
		Tracking string `json:"tracking"`
		Status   string `json:"status"`
	} `json:"parcels"`
}

// orders sends all orders to the server and releases them wave by wave.
func (p *planner) orders(ctx context.Context) error {
	if err := p.goods(ctx); err != nil {
		return err
	}
	var wave []string
	for from := 0; from < p.o.Orders; from += WaveOrders {
		wave = make([]string, min(WaveOrders, p.o.Orders-from))
		var jobs []func(context.Context) error
		for i := range wave {
			body, carrier, wanted := p.invent(from + i)
			jobs = append(jobs, func(ctx context.Context) (err error) {
				wave[i], err = p.order(ctx, from+i, body, carrier, wanted)
				return err
			})
		}
		if err := each(ctx, jobs); err != nil {
			return err
		}
		method := methods[from/WaveOrders%len(methods)]
		if err := p.release(ctx, wave, method, from); err != nil {
			return err
		}
	}
	p.whims.pending.Wait()
	return nil
}

// invent makes up an order: so many different items, few units of each.
func (p *planner) invent(i int) (body map[string]any, carrier string, wanted map[string]int64) {
	wanted = map[string]int64{}
	var lines []map[string]any
	for _, at := range p.r.Perm(len(p.room.articles))[:min(p.o.Lines, len(p.room.articles))] {
		a, qty := p.room.articles[at], []int64{1, 1, 1, 1, 2, 2, 3, 7}[p.r.IntN(8)]
		if a.tracking == "serial" {
			qty = 1
		}
		wanted[a.sku] = qty
		lines = append(lines, map[string]any{"sku": a.sku, "qty": qty, "price_cents": 499})
	}
	door := i % len(p.room.carriers)
	body = map[string]any{"channel": p.prefix, "external_id": fmt.Sprintf("%s-%05d", p.prefix, i+1), "service": p.service(door),
		"currency": "EUR", "lines": lines, "ship_to": map[string]any{"name": fmt.Sprintf("Customer %d", i+1),
			"lines": []string{fmt.Sprintf("%d Sample Street", i+1)}, "city": "Bremen", "postcode": "28195", "country": "DE"}}
	return body, p.room.carriers[door], wanted
}

// order sends one order. With faults some are sent twice, as shops do: it must be the same order.
func (p *planner) order(ctx context.Context, i int, body map[string]any, carrier string, wanted map[string]int64) (string, error) {
	var made orderView
	c := call{method: "POST", path: "/api/v1/orders", body: body, key: fmt.Sprintf("%s-order-%d", p.prefix, i), into: &made}
	if _, err := p.api.do(ctx, c); err != nil {
		return "", err
	}
	if p.o.Faults && i%10 == 0 {
		var again orderView
		c.into = &again
		if i%20 == 0 {
			c.key = ""
		}
		if _, err := p.api.do(ctx, c); err != nil {
			return "", err
		}
		if again.ID != made.ID {
			p.book.wrong("order %v sent twice became %s and %s", body["external_id"], made.ID, again.ID)
		}
	}
	p.book.mu.Lock()
	defer p.book.mu.Unlock()
	p.book.newOrder(made.ID, carrier, wanted)
	return made.ID, nil
}

// release has orders go to the floor, and puts their lists on the board.
func (p *planner) release(ctx context.Context, orders []string, method string, n int) error {
	var wave struct {
		PickLists []string                 `json:"picklists"`
		Short     []struct{ Order string } `json:"short"`
	}
	free := []string{}
	for _, id := range orders {
		goes, err := p.whims.hold(ctx, id)
		if err != nil {
			return err
		}
		if goes {
			free = append(free, id)
		} else {
			p.settle(id, "held by the desk")
		}
	}
	body := map[string]any{"orders": free, "method": method}
	if method != "discrete" {
		body["max_orders"] = 4
	}
	c := call{method: "POST", path: "/api/v1/waves", body: body, key: fmt.Sprintf("%s-wave-%d", p.prefix, n), into: &wave}
	if _, err := p.api.do(ctx, c); err != nil {
		return err
	}
	for _, s := range wave.Short {
		p.settle(s.Order, "short of stock")
	}
	for _, id := range wave.PickLists {
		if method == "batch" {
			orders, err := p.ordersOf(ctx, id)
			if err != nil {
				return err
			}
			p.book.batched(id, orders)
		}
		p.board.put(task{kind: "pick", id: id})
	}
	for _, id := range free {
		p.whims.cancel(ctx, id)
	}
	return nil
}

// ordersOf asks which orders a pick list is for.
func (p *planner) ordersOf(ctx context.Context, list string) ([]string, error) {
	var l struct{ Orders []string }
	_, err := p.api.do(ctx, call{method: "GET", path: "/api/v1/picklists/" + list, into: &l})
	return l.Orders, err
}

// settle notes an order that will not be dispatched, and why.
func (p *planner) settle(id, why string) {
	p.book.mu.Lock()
	defer p.book.mu.Unlock()
	if o := p.book.of(id); o.settled == "" {
		o.settled = why
		p.board.settle()
	}
}

// lookUp answers doubts about orders until the day is over.
func (p *planner) lookUp(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case id := <-p.board.doubts:
			p.doubted(ctx, id)
		}
	}
}

// doubted asks the server what became of an order that could not be packed.
func (p *planner) doubted(ctx context.Context, id string) {
	if strings.HasPrefix(id, "PL-") {
		orders, err := p.ordersOf(ctx, id)
		for _, o := range orders {
			p.doubted(ctx, o)
		}
		if err == nil {
			return
		}
	}
	var o orderView
	if _, err := p.api.do(ctx, call{method: "GET", path: "/api/v1/orders/" + id, into: &o}); err != nil {
		return
	}
	switch o.Status {
	case "held", "cancelled":
		p.settle(id, o.Status+" "+o.HoldReason)
	case "picked":
		pause(ctx, 50*time.Millisecond)
		p.board.put(task{kind: "pack", id: id})
	}
}

// explained says why an order is not dispatched, in the server's own words, or "".
func (o *orderView) explained() string {
	if slices.Contains([]string{"held", "cancelled"}, o.Status) {
		return o.Status + " " + o.HoldReason
	}
	if o.Status == "received" {
		for _, l := range o.Lines {
			if l.Short > 0 {
				return "short"
			}
		}
	}
	return ""
}
