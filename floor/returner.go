package floor

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Who sends how much back is known longer than their orders are at hand. Nothing of the person is kept for it: a mark that
// only the house's key makes of an e-mail address tells that two returns are of the same person, and not of whom.

// Returner is the returns of one person.
type Returner struct {
	Returns []ReturnNote `cbor:"1,keyasint"` // the oldest first
}

// ReturnNote is what is kept of a return.
type ReturnNote struct {
	Return ReturnID `cbor:"1,keyasint"`
	Order  OrderID  `cbor:"2,keyasint"`
	At     Time     `cbor:"3,keyasint"`
	Units  int64    `cbor:"4,keyasint,omitempty"`
	Flags  []string `cbor:"5,keyasint,omitempty"` // what was odd about it
}

// ReturnNotes is how many returns of one person are kept.
const ReturnNotes = 50

// markOf is the mark of an order's person; where there is no address to tell them by, of the order.
func (s *State) markOf(o *Order) string {
	if o == nil {
		return ""
	}
	who := "order/" + string(o.ID)
	if o.ShipTo != nil && o.ShipTo.Person != nil && o.ShipTo.Person.Email != "" {
		who = strings.ToLower(strings.TrimSpace(o.ShipTo.Person.Email))
	}
	return hex.EncodeToString(linkSum(s.linkKey(), "returner", []byte(who))[:16])
}

// place is where a person's mark stands among all: by the day of the latest return, so that the oldest are found at once.
func (r *Returner) place(mark string) string {
	return fmt.Sprintf("%08d/%s", r.Returns[len(r.Returns)-1].At.day(), mark)
}

// noteReturn keeps what is known of an announced return. Called from Apply.
func (s *State) noteReturn(r *Return) {
	if r.Mark == "" {
		return
	}
	s.renoteReturns(r.Mark, func(list []ReturnNote) []ReturnNote {
		list = append(list, ReturnNote{Return: r.ID, Order: r.Order, At: r.Created, Units: int64(len(r.Units))})
		return list[max(0, len(list)-ReturnNotes):]
	})
}

// renoteReturn changes what is kept of a return, or with false drops it. Called from Apply.
func (s *State) renoteReturn(r *Return, change func(*ReturnNote) bool) {
	if r.Mark == "" || s.Returners[r.Mark] == nil {
		return
	}
	s.renoteReturns(r.Mark, func(list []ReturnNote) []ReturnNote {
		i := slices.IndexFunc(list, func(n ReturnNote) bool { return n.Return == r.ID })
		if i >= 0 && !change(&list[i]) {
			list = slices.Delete(list, i, i+1)
		}
		return list
	})
}

func (s *State) renoteReturns(mark string, change func([]ReturnNote) []ReturnNote) {
	was := s.Returners[mark]
	next := &Returner{}
	if was != nil {
		s.index.returners.drop(was.place(mark))
		next.Returns = slices.Clone(was.Returns)
	}
	next.Returns = change(next.Returns)
	if len(next.Returns) == 0 {
		delete(s.Returners, mark)
	} else {
		s.Returners[mark] = next
		s.index.returners.add(next.place(mark))
	}
	s.touch(TableReturner, mark)
}

// forgetReturners lets go of persons who sent nothing back for as long as days are kept.
func (t *turn) forgetReturners() {
	var b ReturnersForgotten
	until := fmt.Sprintf("%08d", t.c.Now.day()-FigureDays)
	for _, at := range t.index.returners {
		if at >= until || len(b.Marks) == ArchiveAtOnce {
			break
		}
		b.Marks = append(b.Marks, at[9:])
	}
	if len(b.Marks) > 0 {
		t.emit(&b)
	}
}

// ReturnersForgotten says that it was forgotten who sent goods back long ago.
type ReturnersForgotten struct {
	Marks []string `cbor:"1,keyasint"`
}

// KindReturnersForgotten numbers it.
const KindReturnersForgotten Kind = 254

var _ = kind(KindReturnersForgotten, "returners_forgotten", "", func() Body { return new(ReturnersForgotten) })

func (*ReturnersForgotten) Kind() Kind { return KindReturnersForgotten }

func (b *ReturnersForgotten) apply(s *State, _ *Event) {
	for _, mark := range b.Marks {
		s.renoteReturns(mark, func([]ReturnNote) []ReturnNote { return nil })
	}
}

// OftenReturned is a person who sends much back: flagged, not judged. The orders say who; nothing else of them is told.
type OftenReturned struct {
	Order   OrderID    `json:"order"` // the latest
	Returns []ReturnID `json:"returns"`
	Flags   []string   `json:"flags,omitempty"` // what was odd about any of them
}

// OddReturn is a return that was not of what was sent, or not as it was said to be.
type OddReturn struct {
	Return ReturnID `json:"return"`
	Order  OrderID  `json:"order"`
	Day    string   `json:"day"`
	Flags  []string `json:"flags"`
	at     Time
}

// OftenReturns is how many returns of one person are told.
const OftenReturns = 3

// mismatches are the flags that speak of other goods than were sent, or of other damage than was told.
var mismatches = []string{OddSerial, OddLot, FlagNotSent, FlagClaim}

// oftenReturned finds persons with several returns since a time, and returns that do not agree with what was sent.
func (s *State) oftenReturned(since Time) ([]OftenReturned, []OddReturn) {
	often, odd := []OftenReturned{}, []OddReturn{}
	for _, who := range s.Returners {
		o := OftenReturned{}
		for _, n := range who.Returns {
			if n.At < since {
				continue
			}
			o.Order, o.Returns = n.Order, append(o.Returns, n.Return)
			x := OddReturn{n.Return, n.Order, s.Day(n.At), nil, n.At}
			for _, flag := range n.Flags {
				if !oneOf(flag, mismatches) {
					continue
				}
				if x.Flags = append(x.Flags, flag); !oneOf(flag, o.Flags) {
					o.Flags = append(o.Flags, flag)
				}
			}
			if len(x.Flags) > 0 {
				odd = append(odd, x)
			}
		}
		if len(o.Returns) >= OftenReturns {
			often = append(often, o)
		}
	}
	slices.SortFunc(often, func(a, b OftenReturned) int {
		if len(a.Returns) != len(b.Returns) {
			return len(b.Returns) - len(a.Returns)
		}
		return stringOrder(string(a.Order), string(b.Order))
	})
	slices.SortFunc(odd, func(a, b OddReturn) int {
		if a.at != b.at {
			return int(b.at - a.at)
		}
		return stringOrder(string(a.Return), string(b.Return))
	})
	return often[:min(len(often), ReturnReportLimit)], odd[:min(len(odd), ReturnReportLimit)]
}
