package floor

import (
	"fmt"
	"strings"
	"testing"
)

// caught is a test that keeps what it is told in place of failing.
type caught struct {
	testing.TB
	said []string
}

func (c *caught) Failed() bool { return len(c.said) > 0 }
func (c *caught) Fatalf(format string, a ...any) {
	c.said = append(c.said, fmt.Sprintf(format, a...))
	panic(c)
}
func (c *caught) Fatal(a ...any)        { c.Fatalf("%s", fmt.Sprint(a...)) }
func (c *caught) Errorf(string, ...any) {}

// plants are faults as a floor with a hole in it would make them: what happens beside a true event. The day must see each,
// on the first day on which there is occasion for it.
var plants = []struct {
	name string
	says string // of what catches it
	make func(s *State, e *Event) Body
}{
	{"the verdict is skipped", "sellable without a verdict", func(_ *State, e *Event) Body {
		if b, ok := e.Body.(*ReturnUnitArrived); ok {
			return &StockMoved{Move: Movement{Key: b.Move.Key.at(b.Move.To).as(Returned), To: InBin("A0-00"), Qty: 1, As: Good}}
		}
		return nil
	}},
	{"a verdict nobody gave", "sellable without a verdict", func(s *State, e *Event) Body {
		if b, ok := e.Body.(*ReturnUnitArrived); ok {
			s.Returns[b.Return].unit(b.Unit.N).Status = UnitGraded
			m := Movement{Key: b.Move.Key.at(b.Move.To).as(Returned), To: b.Move.To, Qty: 1, As: Good}
			return &ReturnUnitDisposed{Return: b.Return, Unit: b.Unit.N, Disposition: Restock, Move: &m}
		}
		return nil
	}},
	{"a return is counted twice", "came back", func(s *State, e *Event) Body {
		b, ok := e.Body.(*ReturnUnitArrived)
		if !ok || s.Returns[b.Return].Order == "" || b.Unit.Serial != "" || oneOf(FlagNotSent, b.Unit.Flags) {
			return nil
		}
		o := s.Orders[s.Returns[b.Return].Order]
		if s.returnable(o, b.Unit.SKU) > 0 {
			return nil // one more could be true
		}
		twin := *b
		twin.Unit.N, twin.Added = len(s.Returns[b.Return].Units)+1, true
		return &twin
	}},
	{"a unit comes from nowhere", "units from nowhere", func(s *State, e *Event) Body {
		if b, ok := e.Body.(*UnitsReceived); ok {
			s.put(b.Moves[0].Key.at(b.Moves[0].To), 1)
			return new(TimeRanOut)
		}
		return nil
	}},
	{"goods come in past the receipt", "on receipts", func(_ *State, e *Event) Body {
		if b, ok := e.Body.(*UnitsReceived); ok && b.Moves[0].As == "" && b.Moves[0].Key.Serial == "" {
			return &StockMoved{Move: b.Moves[0]}
		}
		return nil
	}},
	{"a hand puts down what it does not hold", "do not lie", func(_ *State, e *Event) Body {
		if b, ok := e.Body.(*ReplenishPlaced); ok {
			m := b.Move
			m.Qty += 10_000
			return &StockMoved{Move: m}
		}
		return nil
	}},
	{"a held bin is promised", "nobody may sell it", func(s *State, e *Event) Body {
		b, ok := e.Body.(*StockHeld)
		if !ok {
			return nil
		}
		for id, o := range s.Orders {
			for i, l := range o.Lines {
				k := b.Moves[0].Key.at(b.Moves[0].To).as(b.Moves[0].As)
				if o.Status == OrderReceived && l.SKU == k.SKU && l.Ordered > l.Reserved+l.Picked && k.Condition != "" {
					return &StockKept{Order: id, Kept: []Kept{{Line: i, Key: k, Qty: 1}}}
				}
			}
		}
		return nil
	}},
	{"a count sells what is held", "sellable", func(s *State, e *Event) Body {
		b, ok := e.Body.(*CountPlanned)
		if !ok {
			return nil
		}
		for _, row := range s.StockAt(InBin(b.Bin)) {
			if row.Key.Condition != "" && row.Key.Condition != Returned {
				free := row.Key.as(Good)
				s.Counts[b.ID].Status = CountDiffers
				return &CountBooked{Count: b.ID, Moves: []Movement{adjustment(row.Key, -1, "count"), adjustment(free, 1, "count")}}
			}
		}
		return nil
	}},
}

// What a day must see, it sees: each planted fault is caught by the rule that is there for it, and a day without one is not.
func TestPlantedFaultsAreSeen(t *testing.T) {
	for _, p := range plants {
		t.Run(p.name, func(t *testing.T) {
			for seed := uint64(1); seed <= 60; seed++ {
				if said, planted := plantedDay(t, seed, p.make); planted {
					if !strings.Contains(said, p.says) {
						t.Errorf("day %d was told %q, which says nothing of %q", seed, said, p.says)
					}
					return
				}
			}
			t.Error("there was never an occasion")
		})
	}
}

// plantedDay lives one day until the first occasion for a fault, and on; it gives what the day was told.
func plantedDay(t *testing.T, seed uint64, make func(*State, *Event) Body) (said string, planted bool) {
	c := &caught{TB: t}
	d := newDay(c, seed)
	reads, seen := d.watch, len(d.all)
	d.watch = func(f *shift) {
		for _, e := range f.all[seen:] {
			if planted {
				break
			}
			if body := make(f.s, e); body != nil {
				twin := *e
				twin.Body, planted = body, true
				f.s.Apply(&twin)
				f.all = append(f.all, &twin)
			}
		}
		seen = len(f.all)
		reads(f)
	}
	defer func() {
		if p := recover(); p != nil && p != any(c) {
			panic(p)
		}
		said = strings.Join(c.said, "; ")
	}()
	d.live(seed, DayCommands)
	return said, planted
}
