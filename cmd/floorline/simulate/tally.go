package simulate

import (
	"maps"
	"slices"
)

// orderTally is what the verdicts about one order add up to. Counts are units.
type orderTally struct {
	id      string
	carrier string
	ordered map[string]int64
	picked  map[string]int64
	packed  map[string]int64
	open    int64 // units in the parcel being filled
	parcels map[string]*parcelTally
	packing bool // its last parcel was not proved yet
	settled string
}

// pickOf is the picking of one item on one list. Two orders of a list may want the same item of the same bin, one after
// the other. A device that queued scans while away, and hears of the first only as a repeat, does not know for which of
// the two the next one counted: then their sum is compared.
type pickOf struct{ list, sku string }

// blurred books a difference between an order and its verdicts where its list had guesses, and says whether it did.
func (b *book) blurred(order, sku string, differs int64) bool {
	for _, list := range slices.Sorted(maps.Keys(b.lists)) {
		_, on := b.lists[list][order]
		if _, guessed := b.guessed[pickOf{list, sku}]; on && guessed {
			b.guessed[pickOf{list, sku}] += differs
			return true
		}
	}
	return false
}

type parcelTally struct {
	units int64
	gone  bool
}

// step is one thing a device did that it can take back.
type step struct {
	what, order, sku, tracking string
	units                      int64
}

// steps are the steps of one device in one job, the last one last. Others may have worked on the job
// before: their steps lie deeper and are left alone.
type steps struct {
	job   jobRef
	list  []step
	doubt step  // what was scanned last whose lot was asked for
	hand  int64 // units taken from reserve and not put down
	row   int64 // units that stand where they are put away from
}

func (b *book) stepsOf(d *device, j jobRef) *steps {
	s := b.steps[d]
	if s == nil || s.job != j {
		s = &steps{job: j}
		b.steps[d] = s
	}
	return s
}

// canUndo gives the step that a device would take back now, where what it comes to is known.
func (b *book) canUndo(d *device, j jobRef) (step, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.stepsOf(d, j)
	if len(s.list) == 0 {
		return step{}, false
	}
	last := s.list[len(s.list)-1]
	return last, last.what != "packed" || last.units == 1
}

// canCount says whether a number at a bench would count units of the item that is shown.
func (b *book) canCount(d *device, n *next) bool {
	if n.job().Kind != "pack" {
		return true
	}
	last, _ := b.canUndo(d, n.job())
	return last.what == "packed" && last.sku == n.sku()
}

// effect books what a verdict means and gives the units that it says were moved.
func (b *book) effect(d *device, f *frame, r *reply) int64 {
	j := f.ctx.job()
	s := b.stepsOf(d, j)
	switch r.Code {
	case "ambiguous":
		s.doubt = step{sku: b.stock.skuOf(f.Code), units: b.units(s, f)}
		return 0
	case "job_moved":
		b.board.told(d.ID)
		s.list = nil
		return 0
	case "left":
		s.list, s.hand = nil, 0
		if f.ctx.Step == "finish" {
			b.done(j)
		}
		return 0
	}
	switch j.Kind {
	case "pick":
		return b.picking(s, f, r)
	case "pack":
		return b.packing(s, f, r)
	case "sort":
		return b.sorting(s, f, r)
	case "load":
		return b.loading(s, f, r)
	}
	return b.goods(s, f, r)
}

// units is how many units an accepted frame stands for: an answer that says the lot, for what was scanned before.
func (b *book) units(s *steps, f *frame) int64 {
	if f.saysLot() {
		return s.doubt.units
	}
	if f.Type == "do" {
		return whole(f.Args["qty"])
	}
	if f.ctx.Step == "serial" {
		return 1
	}
	return b.stock.qtyOf(f.Code)
}

func (f *frame) saysLot() bool {
	return f.Type == "do" && f.Action == "answer" && f.Args["ask"] == "lot"
}

func whole(v any) int64 {
	switch n := v.(type) {
	case int64:
		return n
	case int:
		return int64(n)
	}
	return 0
}

func (b *book) picking(s *steps, f *frame, r *reply) int64 {
	order, sku := f.ctx.Show.Order, f.ctx.sku()
	switch r.Code {
	case "tote_taken":
		b.onList(s.job.ID, order)
		s.list = append(s.list, step{what: "tote", order: order})
	case "placed", "skipped":
		s.list = append(s.list, step{what: r.Code})
	case "picked", "line_picked", "scan_slot":
		n := b.units(s, f)
		b.of(order).picked[sku] += n
		b.onList(s.job.ID, order)
		if f.guess {
			b.guessed[pickOf{s.job.ID, sku}] += 0
		}
		s.list = append(s.list, step{what: "picked", order: order, sku: sku, units: n})
		return n
	case "shorted", "shorted_elsewhere":
		s.list = nil
		n := whole(f.Args["found"]) - f.ctx.Show.Done
		b.of(order).picked[sku] += n
		return n
	case "nothing_to_undo", "undo_too_late":
		s.list = nil
	case "undone":
		u := s.pop()
		if u.what == "picked" {
			b.of(u.order).picked[u.sku] -= u.units
		}
		return u.units
	case "list_done":
		b.listDone(s.job.ID)
	}
	return 0
}

func (s *steps) pop() step {
	if len(s.list) == 0 {
		return step{}
	}
	u := s.list[len(s.list)-1]
	s.list = s.list[:len(s.list)-1]
	return u
}

// of gives the tally of an order; a foreign one gets a tally nobody asks for.
func (b *book) of(id string) *orderTally {
	o := b.orders[id]
	if o == nil {
		o = &orderTally{id: id, picked: map[string]int64{}, packed: map[string]int64{}, parcels: map[string]*parcelTally{}, settled: "foreign"}
		b.orders[id] = o
	}
	return o
}

func (b *book) newOrder(id, carrier string, ordered map[string]int64) {
	o := b.of(id)
	o.carrier, o.ordered, o.settled = carrier, ordered, ""
}

// onList notes that an order is on a pick list. A device that was away may hear so only after somebody else
// had taken the list over and finished it: then the order goes to the benches now.
func (b *book) onList(list, order string) {
	if order == "" { // a batch: whose a unit is, the wall says
		return
	}
	if b.lists[list] == nil {
		b.lists[list] = map[string]bool{}
	}
	if handed := b.lists[list][order]; !handed {
		b.lists[list][order] = b.staged[list] && b.toBench(order)
	}
}

// listDone hands the orders of a finished list to the benches.
func (b *book) listDone(list string) {
	b.staged[list] = true
	if b.batches[list] != nil {
		b.board.put(task{kind: "sort", id: list})
		return
	}
	for _, id := range slices.Sorted(maps.Keys(b.lists[list])) {
		b.lists[list][id] = b.toBench(id)
	}
}

// batched notes which orders are picked together.
func (b *book) batched(list string, orders []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.batches[list] = map[string]bool{}
	for _, id := range orders {
		b.batches[list][id] = false
	}
}

// sorting books units that went from a batch's tote into a slot: only now is it known whose they are.
func (b *book) sorting(s *steps, f *frame, r *reply) (units int64) {
	list := s.job.ID
	switch r.Code {
	case "placed", "order_sorted", "sort_done":
		if f.ctx.Step != "slot" {
			break
		}
		units = f.ctx.Show.Qty
		b.of(f.ctx.Show.Order).picked[f.ctx.sku()] += units
		if r.Code == "order_sorted" {
			b.batches[list][f.ctx.Show.Order] = b.toBench(f.ctx.Show.Order)
		}
	case "shorted":
		units = f.ctx.Show.Qty
	}
	if r.Code == "sort_done" || r.Code == "shorted" && r.Next != nil && r.Next.job() != s.job {
		for _, id := range sortedKeys(b.batches[list]) {
			if !b.batches[list][id] {
				b.batches[list][id] = b.toBench(id)
			}
		}
	}
	return units
}

// toBench hands an order over; one for which nothing was found, so far, is looked up.
func (b *book) toBench(order string) bool {
	if sum(b.of(order).picked) == 0 {
		b.board.doubt(order)
		return false
	}
	b.board.put(task{kind: "pack", id: order})
	return true
}

func sum(m map[string]int64) (n int64) {
	for _, v := range m {
		n += v
	}
	return n
}
