package floor

// A shop with a hook is told what a return came to, until it has heard it.

// ReturnsToTell are settled returns whose shop has not heard of them, the oldest first, at most so many.
func (s *State) ReturnsToTell(most int) (out []*Return) {
	for _, id := range s.index.untold {
		r := s.Returns[id]
		if c := s.Channels[r.Channel]; c != nil && c.HookURL != "" && len(out) < most {
			out = append(out, r)
		}
	}
	return out
}

// TellReturn notes that a shop heard of a return, or that it does not answer.
type TellReturn struct {
	ID     ReturnID
	Failed string // why it has not heard
}

func (v TellReturn) do(t *turn) (any, *Error) {
	r := t.Returns[v.ID]
	switch {
	case r == nil || r.Money.Status != MoneySent || r.Money.Told != 0:
	case v.Failed != "":
		t.raise("shop_unheard", string(r.ID), "the shop "+r.Channel+" does not take the word about return "+string(r.ID)+" ("+clip(v.Failed)+"); it is tried again", "return")
	default:
		t.emit(&ReturnTold{r.ID})
		t.seenTo("shop_unheard", string(r.ID), "the shop was told")
	}
	return nil, nil
}

// ReturnTold says a shop heard what a return came to.
type ReturnTold struct {
	Return ReturnID `cbor:"1,keyasint"`
}

// KindReturnTold numbers it.
const KindReturnTold Kind = 255

var _ = kind(KindReturnTold, "return_told", "returns", func() Body { return new(ReturnTold) })

func (*ReturnTold) Kind() Kind        { return KindReturnTold }
func (b *ReturnTold) About() []string { return []string{"return/" + string(b.Return)} }

func (b *ReturnTold) apply(s *State, e *Event) {
	r := s.Returns[b.Return]
	r.Money.Told = e.At
	s.saveReturn(r)
}
