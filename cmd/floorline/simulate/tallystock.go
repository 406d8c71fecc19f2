package simulate

import "slices"

// What the verdicts about goods add up to: deliveries, what was put away, counted and brought to the pickers, and what came
// back. Each is an affair that somebody brings to its end before the day is over.

// careTally counts whole jobs, for the summary.
type careTally struct{ receipts, putAway, counts, brought, returns int }

// receiptTally is what the verdicts about one purchase add up to.
type receiptTally struct {
	ordered  map[string]int64
	received map[string]int64
	damaged  int64
}

// returnTally is what the verdicts about one return add up to.
type returnTally struct {
	arrived, judged int64
	ended           bool
}

// owe begins an affair: the day is not over before it is done. One that is under way is looked at once more at its end.
func (b *book) owe(t task) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.oweNow(t)
}

func (b *book) oweNow(t task) {
	j := jobRef{t.kind, t.id}
	if _, under := b.affairs[j]; under {
		b.affairs[j] = true
		return
	}
	b.affairs[j] = false
	b.board.owe()
	b.board.put(t)
}

// started notes under which name the floor keeps a job whose task had another: a delivery of a purchase has its own number.
func (b *book) started(t task, j jobRef) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if task := (jobRef{t.kind, t.id}); task != j {
		if under, ours := b.named[task]; ours { // gone on with under the floor's own name
			task = under
		}
		b.named[j] = task
	}
}

// task is how an affair was named when it began.
func (b *book) task(j jobRef) jobRef {
	if t, known := b.named[j]; known {
		return t
	}
	return j
}

// done ends an affair; one that came up again meanwhile is looked at again.
func (b *book) done(j jobRef) bool {
	j = b.task(j)
	again, under := b.affairs[j]
	switch {
	case !under:
		return false
	case again:
		b.affairs[j] = false
		b.board.put(task{kind: j.Kind, id: j.ID})
	default:
		delete(b.affairs, j)
		b.board.settle()
	}
	return true
}

// nothing ends an affair of which the floor says that there is nothing to do about it.
func (b *book) nothing(j jobRef) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done(j)
}

// goods books what a verdict about goods means, and gives the units that it says were moved.
func (b *book) goods(s *steps, f *frame, r *reply) int64 {
	switch s.job.Kind {
	case "receive":
		return b.receiving(s, f, r)
	case "putaway":
		return b.puttingAway(s, f, r)
	case "replenish":
		return b.bringing(s, f, r)
	case "count":
		b.counting(s, r)
	case "inspect":
		return b.inspecting(s, f, r)
	}
	return 0
}

func (b *book) receiving(s *steps, f *frame, r *reply) int64 {
	t := b.receipts[b.task(s.job).ID]
	if t == nil {
		t = &receiptTally{received: map[string]int64{}}
	}
	switch r.Code {
	case "received", "received_awaited", "barcode_linked":
		sku, n := b.stock.skuOf(f.Code), b.units(s, f)
		switch {
		case f.ctx.Step == "lot" || f.ctx.Step == "expiry" || f.ctx.Step == "serial":
			sku, n = f.ctx.sku(), f.ctx.Show.Qty
		case f.Type == "do" && len(s.list) > 0: // by number, of what was scanned last
			sku = s.list[len(s.list)-1].sku
		}
		t.received[sku] += n
		s.list = append(s.list, step{what: "received", sku: sku, units: n})
		return n
	case "damaged_aside":
		n := max(1, whole(f.Args["qty"]))
		t.damaged += n
		s.list = append(s.list, step{what: "damaged", units: n})
		return n
	case "nothing_to_undo", "undo_too_late":
		s.list = nil
	case "undone":
		if f.ctx.Step != "item" && f.ctx.Step != "finish" { // only what was due is dropped
			break
		}
		switch u := s.pop(); u.what {
		case "received":
			t.received[u.sku] -= u.units
		case "damaged":
			t.damaged -= u.units
		}
	case "receipt_done":
		s.list = nil
		b.oweNow(task{kind: "putaway", id: f.ctx.Show.Bin}) // before the receipt is done with: the day goes on
		if b.done(s.job) {
			b.care.receipts++
		}
	}
	return 0
}

func (b *book) puttingAway(s *steps, f *frame, r *reply) (units int64) {
	switch r.Code {
	case "put_away", "put_away_done":
		units = f.ctx.Show.Qty
		s.list = append(s.list, step{what: "put", units: units})
		if r.Code == "put_away_done" && b.done(s.job) {
			s.list = nil
			b.care.putAway++
		}
	case "nothing_to_undo", "undo_too_late":
		s.list = nil
	case "undone":
		if f.ctx.Step == "item" || f.ctx.Step == "finish" { // else only what is in the hand is put back
			units = s.pop().units
		}
	}
	return units
}

func (b *book) bringing(s *steps, f *frame, r *reply) (units int64) {
	switch r.Code {
	case "picked", "scan_bin":
		s.hand += b.units(s, f)
	case "order_changed", "job_moved":
		s.hand = 0
	case "put_away", "put_away_done":
		units, s.hand = s.hand, 0
		s.list = append(s.list, step{what: "brought", units: units})
		if r.Code == "put_away_done" && b.done(s.job) {
			b.care.brought++
		}
	case "skipped":
		b.done(s.job)
	case "nothing_to_undo", "undo_too_late":
		s.list = nil
	case "undone":
		if s.hand > 0 {
			s.hand = 0
			break
		}
		units = s.pop().units
	}
	return units
}

func (b *book) counting(s *steps, r *reply) {
	switch r.Code {
	case "count_again":
		b.board.put(task{kind: "count", id: s.job.ID})
	case "count_done", "count_told":
		if r.Code == "count_told" {
			b.board.judge(s.job.ID)
		}
		if b.done(s.job) {
			b.care.counts++
		}
	}
}

func (b *book) inspecting(s *steps, f *frame, r *reply) (units int64) {
	t := b.returned[s.job.ID]
	if t == nil {
		t = &returnTally{}
		b.returned[s.job.ID] = t
	}
	switch r.Code {
	case "unit_returned", "unit_not_announced":
		t.arrived++
		return 1
	case "judged":
		t.judged++
		return 1
	case "return_done":
		t.ended = true
		b.oweNow(task{kind: "putaway", id: f.ctx.Show.Bin})
		if b.done(s.job) {
			b.care.returns++
			b.board.judge(s.job.ID)
		}
	}
	return 0
}

// purchaseView and returnView are what the server says in the end.
type purchaseView struct {
	ID    string `json:"id"`
	Lines []struct {
		SKU      string `json:"sku"`
		Received int64  `json:"received"`
		Damaged  int64  `json:"damaged"`
	} `json:"lines"`
}

type returnView struct {
	ID    string `json:"id"`
	Order string `json:"order"`
	Units []struct {
		SKU    string   `json:"sku"`
		Status string   `json:"status"`
		Flags  []string `json:"flags"`
	} `json:"units"`
}

// compareGoods holds purchases and returns against what their verdicts add up to, and what came back against what was sent.
func (b *book) compareGoods(purchases []purchaseView, returns []returnView) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, p := range purchases {
		t, damaged := b.receipts[p.ID], int64(0)
		for _, l := range p.Lines {
			if l.Received != t.received[l.SKU] {
				b.note("purchase %s, %s: %d received; by the verdicts %d", p.ID, l.SKU, l.Received, t.received[l.SKU])
			}
			damaged += l.Damaged
		}
		if damaged != t.damaged {
			b.note("purchase %s: %d damaged; by the verdicts %d", p.ID, damaged, t.damaged)
		}
	}
	for _, v := range returns {
		t, back := b.returned[v.ID], map[string]int64{}
		var here, judged int64
		for _, u := range v.Units {
			if slices.Contains([]string{"arrived", "graded", "disposed"}, u.Status) {
				here++
				if !slices.Contains(u.Flags, "not_sent") {
					back[u.SKU]++
				}
			}
			if u.Status == "disposed" {
				judged++
			}
		}
		if here != t.arrived || judged != t.judged {
			b.note("return %s has %d units, %d judged; by the verdicts %d and %d", v.ID, here, judged, t.arrived, t.judged)
		}
		for sku, n := range back {
			if n > b.of(v.Order).packed[sku] {
				b.note("return %s: %d of %s came back of order %s, and %d were packed", v.ID, n, sku, v.Order, b.of(v.Order).packed[sku])
			}
		}
	}
}
