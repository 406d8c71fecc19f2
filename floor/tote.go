package floor

import "fmt"

// Tote is a box that goods travel in between shelf and bench. It holds goods of one order at a time.
type Tote struct {
	Code  ToteCode   `cbor:"1,keyasint" json:"code"`
	Order OrderID    `cbor:"2,keyasint,omitempty" json:"order,omitempty"`
	List  PickListID `cbor:"3,keyasint,omitempty" json:"picklist,omitempty"`
	Bin   BinCode    `cbor:"4,keyasint,omitempty" json:"bin,omitempty"`  // where it was dropped
	Wall  string     `cbor:"5,keyasint,omitempty" json:"wall,omitempty"` // the put wall that it is a slot of
	Slot  int        `cbor:"6,keyasint,omitempty" json:"slot,omitempty"`
}

// MakeTotes makes new totes and gives their codes as printed.
type MakeTotes struct{ Count int }

func (v MakeTotes) do(t *turn) (any, *Error) {
	var f faults
	checkRange(&f, "/count", int64(v.Count), 1, 1000)
	if len(t.Totes)+v.Count > ToteLimit {
		f.add("/count", "too_many", fmt.Sprintf("a site has at most %d totes", ToteLimit))
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	b := &TotesMade{}
	for i := range v.Count {
		b.Codes = append(b.Codes, ToteCode(t.following("tote", "T-%04d", uint64(i))))
	}
	t.emit(b)
	return map[string]any{"codes": b.Codes}, nil
}

// TotesMade says totes were made.
type TotesMade struct {
	Codes []ToteCode `cbor:"1,keyasint"`
}

var _ = kind(KindTotesMade, "totes_made", "stock", func() Body { return new(TotesMade) })

func (*TotesMade) Kind() Kind { return KindTotesMade }

func (b *TotesMade) apply(s *State, _ *Event) {
	for _, c := range b.Codes {
		s.number("tote")
		s.Totes[c] = &Tote{Code: c}
		s.index.freeTotes.add(c)
		s.touch(TableTote, string(c))
	}
}

// take binds a tote to an order, free gives it back; both are called from Apply only.
func (s *State) takeTote(c ToteCode, order OrderID, list PickListID) {
	tote := s.Totes[c]
	tote.Order, tote.List, tote.Bin = order, list, ""
	s.index.freeTotes.drop(c)
	s.index.freeSlots.drop(c)
	s.touch(TableTote, string(c))
}

func (s *State) freeTote(c ToteCode) {
	tote := s.Totes[c]
	if tote == nil {
		return
	}
	tote.Order, tote.List, tote.Bin = "", "", ""
	if tote.Wall != "" {
		s.index.freeSlots.add(c)
	} else {
		s.index.freeTotes.add(c)
	}
	s.touch(TableTote, string(c))
}
