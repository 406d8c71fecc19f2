package floor

// A batch is picked for several orders at once into one tote: the lines of a bin that ask for the same goods are
// shown as one and filled one after the other. Which unit is whose is settled at the put wall.

func (l *PickList) shared() bool { return l.Method == Batch }

// sharedTote is the tote that all orders of a batch are picked into, or "".
func (l *PickList) sharedTote() ToteCode {
	if !l.shared() || len(l.Totes) == 0 {
		return ""
	}
	for _, t := range l.Totes {
		if t.Tote != "" {
			return t.Tote
		}
	}
	return ""
}

// shareTote puts one tote under all orders, or takes it away. Called from Apply.
func (l *PickList) shareTote(s *State, c ToteCode) {
	for i := range l.Totes {
		l.Totes[i].Tote = c
	}
	if c != "" {
		s.takeTote(c, "", l.ID)
	}
}

// together is what all lines that ask for the same goods as this one still want, have, and wanted at first.
func (l *PickList) together(p *PickLine) (left, done, total int64) {
	for _, q := range l.alike(p) {
		done, total = done+q.Picked, total+q.Qty-q.Short
	}
	return total - done, done, total
}

func (l *PickList) alike(p *PickLine) (out []*PickLine) {
	for i := range l.Lines {
		if q := &l.Lines[i]; q.From == p.From && q.Status != LineCancelled {
			out = append(out, q)
		}
	}
	return out
}

// takeTogether fills the lines that ask for the same goods, the one in hand first.
func (j *pickJob) takeTogether(t *turn, p *PickLine, qty int64, key StockKey) *Verdict {
	left, _, _ := j.together(p)
	if key != p.From { // another serial than the promised one
		left = p.Qty - p.Short - p.Picked
	}
	if qty > left {
		return verdict(CodeOverPick).qty(left).wanted(&Thing{"qty", itoa(left), "only " + itoa(left) + " more"})
	}
	j.fill(t, p, qty, key)
	if next := j.line(); next != nil && next.From == key {
		return verdict(CodePicked).qty(qty)
	}
	return verdict(CodeLinePicked).qty(qty)
}

func (j *pickJob) fill(t *turn, p *PickLine, qty int64, key StockKey) {
	lines := j.alike(p)
	if key != p.From {
		lines = []*PickLine{p}
	}
	for _, q := range lines {
		n := min(qty, q.Qty-q.Short-q.Picked)
		if n <= 0 || q.Status != LineOpen {
			continue
		}
		qty -= n
		move := Movement{Key: key, To: InTote(j.sharedTote()), Qty: n, Reason: "pick"}
		t.emit(&Picked{List: j.ID, Line: q.N, Move: move, Heat: q.Picked == 0})
	}
}

// shortTogether says how many were found of all that lines want from here; what is missing is missing from the last.
func (j *pickJob) shortTogether(t *turn, p *PickLine, a *Act) *Verdict {
	_, done, total := j.together(p)
	if a.Found < done || a.Found >= total {
		return verdict(CodeBadQty).wanted(&Thing{"found", "", "how many units you found here in all: at least those picked, fewer than wanted"})
	}
	from := p.From
	if more := a.Found - done; more > 0 {
		if t.Items[p.SKU].Tracking == "serial" {
			return verdict(CodeBadQty).wanted(&Thing{"serial", "", "scan each unit you found, then short the rest"})
		}
		j.fill(t, p, more, from)
	}
	code := CodeShort
	for _, n := range j.openFrom(from) {
		if v := j.shortRest(t, &j.Lines[n-1], a.Reason); v.Code == CodeShortMore {
			code = CodeShortMore
		}
	}
	return verdict(code).qty(total - a.Found)
}

// openFrom are the numbers of the lines that still want goods of one place.
func (j *pickJob) openFrom(from StockKey) (out []int) {
	for i := range j.Lines {
		if q := &j.Lines[i]; q.From == from && q.Status == LineOpen {
			out = append(out, q.N)
		}
	}
	return out
}
