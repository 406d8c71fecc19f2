package floor

// When a bin holds less than the books say. What is missing is taken elsewhere, on this walk where it costs least;
// nobody else is sent to what is not there; and somebody is asked to count.

// ShortReasons are why a bin held less than it should.
var ShortReasons = []string{"missing", "damaged", "expired", "wrong_item", "blocked"}

// why refuses an action that takes goods off the books without one of these reasons.
func (a *Act) why() *Verdict {
	if oneOf(a.Reason, ShortReasons) {
		return nil
	}
	return verdict(CodeBadArgs).wanted(&Thing{"reason", "", phrase("why: missing, damaged, expired, wrong_item or blocked")})
}

// short says how many units were found here in all and why the rest is missing. The rest is sought in
// another bin; where there is none the order goes on without it, or waits.
func (j *pickJob) short(t *turn, a *Act) *Verdict {
	n, p := j.step(t.State), j.line()
	if p == nil || n.Step != "bin" && n.Step != "item" && n.Step != "serial" {
		return verdict(CodeNoAction).wanted(wanted(n))
	}
	if no := a.why(); no != nil {
		return no
	}
	lines := j.alike(p)
	_, done, total := together(lines)
	if a.Found < done || a.Found >= total {
		return verdict(CodeBadQty).wanted(&Thing{"found", "", phrase("how many units you found here in all: at least those picked, fewer than wanted")})
	}
	if more := a.Found - done; more > 0 {
		if t.Items[p.SKU].Tracking == "serial" {
			return verdict(CodeBadQty).wanted(&Thing{"serial", "", phrase("scan each unit you found, then short the rest")})
		}
		j.fill(t, lines, more, p.From, 0)
	}
	from, sku := p.From, p.SKU
	doubted := t.doubt(from, a.Reason)
	given := t.dropKeptAt(from)
	v := j.shortAll(t, numbersOf(lines), a.Reason, doubted)
	t.replan(from, j.ID, a.Reason)
	t.stockCame(given...)
	t.fillBehind(sku, from.Place.Bin(), total-a.Found)
	return v.qty(total - a.Found)
}

// numbersOf are the numbers of the lines that are open. Lines that are added may move the lines themselves.
func numbersOf(lines []*PickLine) (open []int) {
	for _, q := range lines {
		if q.Status == LineOpen {
			open = append(open, q.N)
		}
	}
	return open
}

// shortAll shorts what lines still want.
func (j *pickJob) shortAll(t *turn, open []int, reason string, doubted bool) *Verdict {
	out := verdict(CodeShort)
	for i, n := range open {
		if v := j.shortRest(t, n, &LineShorted{Reason: reason, More: i > 0, Doubt: doubted}); v.Code == CodeShortMore {
			out = v
		}
	}
	return out
}

// shortRest shorts what a line still wants and puts it on the walk again from elsewhere, as far as there is any.
func (j *pickJob) shortRest(t *turn, n int, b *LineShorted) *Verdict {
	p := &j.Lines[n-1]
	missing := p.Qty - p.Short - p.Picked
	added := j.elsewhere(t.plan(), p, missing)
	found := unitsOf(added)
	b.List, b.Line, b.Qty, b.Final, b.Undo, b.Added = j.ID, n, missing, missing-found, true, j.numbered(added)
	t.emit(b)
	if found == 0 {
		return verdict(CodeShort).qty(missing)
	}
	t.emit(&LinesAdded{List: j.ID, Lines: added, Walk: j.inserted(t, added)})
	return verdict(CodeShortMore).qty(missing)
}

// elsewhere plans lines for units of a line that its bin does not have, near to what is still to be walked.
func (j *pickJob) elsewhere(p *plan, line *PickLine, qty int64) []PickLine {
	if p.near = []BinCode{j.At}; j.At == "" {
		p.near = nil
	}
	for i := range j.Lines {
		if q := &j.Lines[i]; q.Status == LineOpen && q.From != line.From {
			p.near = append(p.near, q.From.Place.Bin())
		}
	}
	if qty > 0 {
		p.take(line.Order, line.OrderLine, line.SKU, qty)
	}
	for i := range p.lines {
		p.lines[i].Slot = line.Slot
	}
	return p.lines
}

// numbered are the numbers that lines get when they are added.
func (l *PickList) numbered(added []PickLine) (out []int) {
	for i := range added {
		out = append(out, len(l.Lines)+1+i)
	}
	return out
}

func unitsOf(lines []PickLine) (n int64) {
	for i := range lines {
		n += lines[i].Qty
	}
	return n
}

// doubt marks what is left of some stock as not to be promised to anybody, and asks for a count of its bin. It says
// whether the stock was trusted before.
func (t *turn) doubt(k StockKey, reason string) bool {
	bin := k.Place.Bin()
	row := t.stock[k]
	trusted := row != nil && row.OnHand > 0 && !row.Doubt
	if trusted {
		t.emit(&StockDoubted{Key: k, On: true})
	}
	t.raise("short_pick", string(bin), "bin "+string(bin)+" holds fewer "+string(k.SKU)+" than the books say ("+inWords(reason)+"): count it", "bin")
	t.planCount(bin, "short_pick")
	return trusted
}

// replan takes the lines of all others off stock that turned out not to be there, before they walk to it. Who stands
// at the bin already sees for themselves.
func (t *turn) replan(k StockKey, but PickListID, reason string) {
	for _, id := range append(sorted[PickListID](nil), t.index.lists...) {
		j := pickOf(t.PickLists[id])
		if id != but && j.Lease.held() && j.At == k.Place.Bin() {
			continue
		}
		var hit []*PickLine
		for i := range j.Lines {
			if j.Lines[i].From == k {
				hit = append(hit, &j.Lines[i])
			}
		}
		open := numbersOf(hit)
		if len(open) == 0 {
			continue
		}
		t.notify(j.Lease, CodeReplanned, Thing{"bin", string(k.Place.Bin()), ""})
		j.shortAll(t, open, reason, false)
		t.endEmpty(j.PickList)
	}
}

// endEmpty ends a list that nobody began and that has nothing left to pick.
func (t *turn) endEmpty(l *PickList) {
	if l.Status != ListOpen || l.line() != nil {
		return
	}
	wave := l.Wave
	t.emit(&PickListMoved{List: l.ID, Verb: "cancel"})
	for _, slot := range l.Totes {
		if o := t.Orders[slot.Order]; o != nil && !slot.Off {
			t.orderPicked(o)
		}
	}
	t.endWave(wave)
}

// shortBack says whether a short can still be taken back: the stock is not promised to others by now, and what was
// added in its place is untouched.
func (j *pickJob) shortBack(t *turn, u Undoable) bool {
	row := t.stock[u.Key]
	if row == nil || row.OnHand-row.Reserved < u.Qty || row.Doubt && !u.Doubt { // in doubt by somebody else
		return false
	}
	return j.untouched(u.Added)
}

// untouched says whether nothing was taken or missed yet of lines that were added.
func (l *PickList) untouched(added []int) bool {
	for _, n := range added {
		if q := &l.Lines[n-1]; q.Status != LineOpen || q.Picked > 0 || q.Short > 0 {
			return false
		}
	}
	return true
}

// undoShort takes back a short, of all lines that were shorted as one.
func (j *pickJob) undoShort(t *turn, u Undoable) *Verdict {
	if !j.shortBack(t, u) {
		return verdict(CodeNoUndo)
	}
	if u.Doubt && t.stock[u.Key].Doubt {
		t.emit(&StockDoubted{Key: u.Key})
		t.seenTo("short_pick", string(u.Key.Place.Bin()), "taken back")
	}
	defer t.stockCame(u.Key.SKU)
	for {
		t.emit(&StepUndone{List: j.ID, Step: u})
		if !u.Cont || len(j.Undo) == 0 || !j.shortBack(t, j.Undo[len(j.Undo)-1]) {
			return verdict(CodeUndone)
		}
		u = j.Undo[len(j.Undo)-1]
	}
}

// StockDoubted says that nobody is to be sent for some stock until it was counted, or that it may be promised again.
type StockDoubted struct {
	Key StockKey `cbor:"1,keyasint"`
	On  bool     `cbor:"2,keyasint,omitempty"`
}

var _ = kind(KindStockDoubted, "stock_doubted", "stock", func() Body { return new(StockDoubted) })

func (*StockDoubted) Kind() Kind        { return KindStockDoubted }
func (b *StockDoubted) About() []string { return []string{"item/" + string(b.Key.SKU)} }

func (b *StockDoubted) apply(s *State, _ *Event) {
	if row := s.stock[b.Key]; row != nil {
		row.Doubt = b.On
		s.touch(TableStock, b.Key.String())
	}
}

// counted lets stock be promised again whose books were just put right, and closes what asked for the count once
// nothing in the bin is in doubt any more.
func (t *turn) counted(keys []StockKey) {
	for _, k := range keys {
		if row := t.stock[k]; row != nil && row.Doubt {
			t.emit(&StockDoubted{Key: k})
		}
	}
	bin := keys[0].Place.Bin()
	for _, row := range t.StockAt(InBin(bin)) {
		if row.Doubt {
			return
		}
	}
	for _, what := range []string{"short_pick", "count"} {
		t.seenTo(what, string(bin), "counted")
	}
}

// settleDoubt lets all stock of a bin be promised again: it was counted.
func (t *turn) settleDoubt(bin BinCode) {
	for _, row := range append([]*Stock(nil), t.StockAt(InBin(bin))...) {
		if row.Doubt {
			t.emit(&StockDoubted{Key: row.Key})
			t.stockCame(row.Key.SKU)
		}
	}
}
