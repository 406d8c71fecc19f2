package floor

import "slices"

// The steps ahead: what a pick list will ask if every scan is the one that is wanted. A device that is out of reach
// goes on along them, and the floor, when it hears of those scans, comes to the very same steps.

// ghost is a pick list walked ahead of its picker, and what that took out of the bins.
type ghost struct {
	pickJob
	s *State
}

// UnitWantLimit is how many codes of one item a step names.
const UnitWantLimit = 4

// unitWants are the codes that stand for one unit of an item, the one on its label first: a device out of reach goes
// on at no others. A UPC-A is sent by some scanners without the nought that makes it an EAN-13.
func (it *Item) unitWants() []Want {
	out := []Want{{"item", it.UnitCode()}}
	add := func(code string) {
		if len(out) < UnitWantLimit && !slices.Contains(out, Want{"item", code}) {
			out = append(out, Want{"item", code})
		}
	}
	for _, b := range it.Barcodes {
		if b.Qty != 1 {
			continue
		}
		add(b.Code)
		if len(b.Code) == 13 && b.Code[0] == '0' && isGTIN(b.Code) {
			add(b.Code[1:])
		}
	}
	return out
}

// unitWants are those of an item's codes that name it and nothing else; where there is none, its SKU or our own label does.
func (s *State) unitWants(it *Item) []Want {
	out := slices.DeleteFunc(it.unitWants(), func(w Want) bool { return !s.names(w.Code, it) })
	switch {
	case len(out) > 0:
		return out
	case s.names(string(it.SKU), it):
		return []Want{{"item", string(it.SKU)}}
	}
	return []Want{{"item", ItemLabel(it.SKU)}}
}

// names is true of a code that is one item's and no other's.
func (s *State) names(code string, it *Item) bool { return s.resolve(code).names(it) }

func (r *seen) names(it *Item) bool {
	return r.item == it && !slices.ContainsFunc(r.also, func(m *seen) bool { return m.item != nil })
}

// ahead walks the rest of the list as if every scan went well.
func (j *pickJob) ahead(s *State, now *Next) []*Next {
	if !now.Offline {
		return nil
	}
	g := &ghost{pickJob{PickList: j.PickList.copy(), taken: map[StockKey]int64{}}, s}
	var out []*Next
	for len(out) < AheadLimit {
		g.advance()
		n := g.step(s)
		n.Ask = g.zeroAsk()
		out = append(out, n)
		if !n.Offline {
			break
		}
	}
	return out
}

func (l *PickList) copy() *PickList {
	c := *l
	c.Lines = append([]PickLine(nil), l.Lines...)
	c.Undo = l.Undo[:len(l.Undo):len(l.Undo)]
	return &c
}

// advance takes the list one good scan further. What was odd at the scan before, or asked after it, is over.
func (g *ghost) advance() {
	g.Odd, g.Zero, g.Unsure = nil, "", nil
	if p := g.unplaced(); p != nil {
		p.Placed = p.Picked
		g.Undo = append(g.Undo, Undoable{})
		return
	}
	p := g.line()
	if p == nil {
		return
	}
	if bin := p.From.Place.Bin(); g.At != bin {
		g.At, g.Serial = bin, false
		return
	}
	if p.From.Serial != "" && !g.Serial {
		g.Serial = true
		return
	}
	g.take(p)
}

func (g *ghost) take(p *PickLine) {
	g.Serial = false
	for _, q := range g.alike(p) { // as fill does: the first of those picked as one that still wants a unit
		if q.Status == LineOpen {
			p = q
			break
		}
	}
	p.Picked++
	p.settle()
	g.Undo = append(g.Undo, Undoable{})
	g.taken[p.From]++
	if g.s.Site.ZeroCheck && g.emptied(p.From.Place) {
		g.Zero = p.From.Place.Bin()
	}
}

// emptied says whether nothing is left in a bin by now.
func (g *ghost) emptied(bin Place) bool {
	for _, row := range g.s.StockAt(bin) {
		if row.OnHand > g.taken[row.Key] {
			return false
		}
	}
	return true
}
