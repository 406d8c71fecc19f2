package floor

import "slices"

// An aisle that nobody can walk: a spill, a lift at work. A lead blocks it; walks go round it, with other stock where
// there is some and at the end where there is none, until it is open again.

// BlockAisle blocks an aisle, or opens it again.
type BlockAisle struct {
	Aisle  int
	Open   bool
	Reason string
}

func (v BlockAisle) do(t *turn) (any, *Error) {
	var f faults
	if v.Aisle < 0 || v.Aisle >= t.Site.Layout.Aisles {
		f.add("/aisle", "no_aisle", "the layout has no such aisle; aisles count from 0")
	}
	checkText(&f, "/reason", v.Reason, 0, NameLimit)
	if err := f.err(); err != nil {
		return nil, err
	}
	if t.blocked(v.Aisle) == !v.Open {
		return t.blockedAisles(), nil
	}
	t.emit(&AisleBlocked{Aisle: v.Aisle, Open: v.Open, Reason: v.Reason})
	for _, id := range append(sorted[PickListID](nil), t.index.lists...) {
		j := pickOf(t.PickLists[id])
		if j.inAisle(t.State, v.Aisle) {
			t.walkRound(j, v)
		}
	}
	if v.Open {
		t.stockCame(t.skusIn(v.Aisle)...)
	}
	return t.blockedAisles(), nil
}

// BlockedAisles are the aisles that nobody can walk just now.
type BlockedAisles struct {
	Blocked []int `json:"blocked"`
}

func (s *State) blockedAisles() BlockedAisles { return BlockedAisles{orEmpty(s.Site.Blocked)} }

func (s *State) blocked(aisle int) bool { return slices.Contains(s.Site.Blocked, aisle) }

// shut says whether a bin lies in a blocked aisle.
func (s *State) shut(code BinCode) bool {
	at := s.spot(code)
	return at != nil && s.blocked(at.Aisle)
}

// aisleName is what people call an aisle: what the codes of its bins begin with, where that is one thing.
func (s *State) aisleName(aisle int) string {
	name := ""
	for code := range s.Bins {
		at := s.spot(code)
		if at == nil || at.Aisle != aisle {
			continue
		}
		head, _, cut := cutString(string(code), "-")
		if !cut || name != "" && head != name {
			return itoa(int64(aisle))
		}
		name = head
	}
	if name == "" {
		return itoa(int64(aisle))
	}
	return name
}

// inAisle says whether a list has open lines in an aisle, but for the bin its picker stands at.
func (l *PickList) inAisle(s *State, aisle int) bool {
	for i := range l.Lines {
		if p := &l.Lines[i]; p.Status == LineOpen && p.From.Place.Bin() != l.At {
			if at := s.spot(p.From.Place.Bin()); at != nil && at.Aisle == aisle {
				return true
			}
		}
	}
	return false
}

// walkRound takes a list's lines out of an aisle that was blocked, or puts them back where the walk passes them.
func (t *turn) walkRound(j *pickJob, v BlockAisle) {
	code := CodeAisleOpen
	if !v.Open {
		code = CodeAisleShut
		t.elsewhereThan(j, v.Aisle)
	}
	t.emit(&WalkChanged{List: j.ID, Walk: j.round(t.State, v)})
	t.notify(j.Lease, code, Thing{"aisle", itoa(int64(v.Aisle)), t.aisleName(v.Aisle)})
}

// elsewhereThan shorts the lines of an aisle that other bins can fill in whole.
func (t *turn) elsewhereThan(j *pickJob, aisle int) {
	for n := 1; n <= len(j.Lines); n++ {
		p := &j.Lines[n-1]
		at := t.spot(p.From.Place.Bin())
		if p.Status != LineOpen || at == nil || at.Aisle != aisle || p.From.Place.Bin() == j.At {
			continue
		}
		missing := p.Qty - p.Short - p.Picked
		if unitsOf(j.elsewhere(t.plan(), p, missing)) == missing {
			j.shortRest(t, n, &LineShorted{Reason: "blocked"})
		}
	}
}

// round is the walk of a list's open lines: those of blocked aisles last, and those of one that opened where they
// cost least.
func (l *PickList) round(s *State, v BlockAisle) []int {
	w := newInsertion(s, l)
	var last, back []*PickLine
	for _, p := range l.ranked() {
		at := s.spot(p.From.Place.Bin())
		switch {
		case p.Status != LineOpen:
		case s.shut(p.From.Place.Bin()) && p.From.Place.Bin() != l.At:
			last = append(last, p)
		case v.Open && at != nil && at.Aisle == v.Aisle:
			back = append(back, p)
		default:
			w.put(len(w.walk), p.N, p.From.Place.Bin())
		}
	}
	for _, p := range back {
		w.put(w.best(p.From.Place.Bin()), p.N, p.From.Place.Bin())
	}
	for _, p := range last {
		w.put(len(w.walk), p.N, p.From.Place.Bin())
	}
	return w.walk
}

func (s *State) skusIn(aisle int) (out []SKU) {
	for code := range s.Bins {
		if at := s.spot(code); at != nil && at.Aisle == aisle {
			for _, row := range s.StockAt(InBin(code)) {
				out = append(out, row.Key.SKU)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// AisleBlocked says that nobody can walk an aisle, or that it is open again.
type AisleBlocked struct {
	Aisle  int    `cbor:"1,keyasint"`
	Open   bool   `cbor:"2,keyasint,omitempty"`
	Reason string `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindAisleBlocked, "aisle_blocked", "picklists", func() Body { return new(AisleBlocked) })

func (*AisleBlocked) Kind() Kind { return KindAisleBlocked }

func (b *AisleBlocked) apply(s *State, _ *Event) {
	others := slices.DeleteFunc(slices.Clone(s.Site.Blocked), func(a int) bool { return a == b.Aisle })
	if !b.Open {
		others = append(others, b.Aisle)
		slices.Sort(others)
	}
	s.Site.Blocked = others
	s.touch(TableSite, "site")
}

// WalkChanged says a list's open lines are walked in another order.
type WalkChanged struct {
	List PickListID `cbor:"1,keyasint"`
	Walk []int      `cbor:"2,keyasint"`
}

var _ = kind(KindWalkChanged, "walk_changed", "picklists", func() Body { return new(WalkChanged) })

func (*WalkChanged) Kind() Kind { return KindWalkChanged }

func (b *WalkChanged) apply(s *State, e *Event) {
	l := s.PickLists[b.List]
	l.walkAs(b.Walk)
	s.saveList(l)
}
