package floor

import (
	"fmt"
	"maps"
	"slices"
)

// A put wall is a row of slots beside the benches. A slot is a tote that stays where it is: it holds goods of one
// order at a time, has a printed code of its own, and is packed and freed as a tote is.

// WallSlotLimit is how many slots one wall has at most.
const WallSlotLimit = 200

// SaveWall makes a put wall, or gives one more slots. Slots are never taken away: goods may lie in them.
type SaveWall struct {
	Code  string
	Slots int
}

// WallView is a put wall as its screen shows it.
type WallView struct {
	Code  string         `json:"code"`
	Slots []WallSlotView `json:"slots"`
}

// WallSlotView is one slot. Lit says that a unit in somebody's hand belongs into it; ready, that its order is complete.
type WallSlotView struct {
	Slot   int      `json:"slot"`
	Code   ToteCode `json:"code"`
	Order  OrderID  `json:"order,omitempty"`
	Status string   `json:"status"` // free, filling or ready
	Lit    bool     `json:"lit"`
	Put    int64    `json:"put"`   // units in it
	Total  int64    `json:"total"` // units that it will hold
	Hand   int64    `json:"hand"`  // units to put in now
	SKU    SKU      `json:"sku,omitempty"`
	Name   string   `json:"name,omitempty"`
}

func (v SaveWall) do(t *turn) (any, *Error) {
	var f faults
	checkCode(&f, "/code", v.Code)
	have := len(t.index.walls[v.Code])
	checkRange(&f, "/slots", int64(v.Slots), 1, WallSlotLimit)
	if v.Slots < have {
		f.add("/slots", "too_few", fmt.Sprintf("the wall has %d slots; slots are not taken away", have))
	}
	if len(t.Totes)+v.Slots-have > ToteLimit {
		f.add("/slots", "too_many", fmt.Sprintf("a site has at most %d totes and slots", ToteLimit))
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	if t.existing = have > 0; v.Slots > have {
		b := &WallSaved{Wall: v.Code, From: have + 1}
		for i := range v.Slots - have {
			b.Codes = append(b.Codes, ToteCode(t.following("slot", "S-%04d", uint64(i))))
		}
		t.emit(b)
	}
	return t.WallView(v.Code), nil
}

// WallSaved says slots were added to a wall, the first of them number From.
type WallSaved struct {
	Wall  string     `cbor:"1,keyasint"`
	From  int        `cbor:"2,keyasint"`
	Codes []ToteCode `cbor:"3,keyasint"`
}

var _ = kind(KindWallSaved, "wall_saved", "waves", func() Body { return new(WallSaved) })

func (*WallSaved) Kind() Kind { return KindWallSaved }

func (b *WallSaved) apply(s *State, _ *Event) {
	for i, c := range b.Codes {
		s.number("slot")
		s.Totes[c] = &Tote{Code: c, Wall: b.Wall, Slot: b.From + i}
		s.index.addSlot(s.Totes[c])
		s.touch(TableTote, string(c))
	}
}

func (x *index) addSlot(t *Tote) {
	all := x.walls[t.Wall]
	all.add(t.Code) // codes are numbered as they are made, so they are in the order of the slots
	x.walls[t.Wall] = all
	x.freeSlots.set(t.Code, t.Order == "")
}

// Walls are the codes of the put walls, in order.
func (s *State) Walls() []string { return slices.Sorted(maps.Keys(s.index.walls)) }

// WallView shows a put wall, or gives nil where there is none of that code.
func (s *State) WallView(code string) *WallView {
	slots, ok := s.index.walls[code]
	if !ok {
		return nil
	}
	v := &WallView{Code: code, Slots: []WallSlotView{}}
	lit := s.lit()
	for _, c := range slots {
		v.Slots = append(v.Slots, s.slotView(s.Totes[c], lit[c]))
	}
	return v
}

func (s *State) slotView(t *Tote, hand *Sorting) WallSlotView {
	v := WallSlotView{Slot: t.Slot, Code: t.Code, Order: t.Order, Status: "free"}
	for _, row := range s.StockAt(InTote(t.Code)) {
		v.Put += row.OnHand
	}
	o := s.Orders[t.Order]
	if o == nil {
		return v
	}
	v.Status = "filling"
	if !s.unsorted(o.ID) && o.Status != OrderPicking && o.Status != OrderReleased {
		v.Status = "ready"
	}
	for _, l := range o.Lines {
		v.Total += l.Reserved + l.Picked
	}
	if hand != nil {
		p := s.PickLists[hand.List].Lines[hand.Line-1]
		v.Lit, v.Hand, v.SKU = true, hand.Qty, p.SKU
		if it := s.Items[p.SKU]; it != nil {
			v.Name = it.Name
		}
	}
	return v
}

// lit are the slots that somebody is about to put something into.
func (s *State) lit() map[ToteCode]*Sorting {
	out := map[ToteCode]*Sorting{}
	for _, id := range s.index.sortings {
		if x := s.Sortings[id]; x.Line > 0 {
			if c := s.slotFor(s.PickLists[id].Lines[x.Line-1].Order); c != "" {
				out[c] = x
			}
		}
	}
	return out
}
