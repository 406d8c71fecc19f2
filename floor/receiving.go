package floor

// Receiving is how a house takes goods in.
type Receiving struct {
	Labels string `cbor:"1,keyasint,omitempty" json:"labels"` // what is printed by itself: none ("" too), unit or lot
	Blind  bool   `cbor:"2,keyasint,omitempty" json:"blind"`  // who counts at the door is not told how many were bought
}

// What is printed at the door by itself.
const (
	LabelNone = "none"
	LabelUnit = "unit" // a label for each unit
	LabelLot  = "lot"  // one for each time that units of a lot, an expiry day or a serial are counted
)

// SetReceiving sets it.
type SetReceiving struct{ Rule Receiving }

func (v SetReceiving) do(t *turn) (any, *Error) {
	if !oneOf(v.Rule.Labels, []string{"", LabelNone, LabelUnit, LabelLot}) {
		return nil, &Error{Invalid, "bad_value", "labels is none, unit or lot", []Fault{{Pointer: "/labels", Code: "bad_value", Detail: "none, unit or lot"}}}
	}
	defaultText(&v.Rule.Labels, LabelNone)
	t.emit(&ReceivingSet{v.Rule})
	return v.Rule, nil
}

// Receiving is the house's rule.
func (s *State) Receiving() Receiving {
	rule := s.Site.Receiving
	defaultText(&rule.Labels, LabelNone)
	return rule
}

// ReceivingSet says how the house takes goods in.
type ReceivingSet struct {
	Rule Receiving `cbor:"1,keyasint"`
}

// Kinds of what is set and printed at the door.
const (
	KindReceivingSet Kind = 280 + iota
	KindReceiptLabelled
	KindPalletLabelled
	KindPalletUnlabelled
)

var _ = kind(KindReceivingSet, "receiving_set", "stock", func() Body { return new(ReceivingSet) })

func (*ReceivingSet) Kind() Kind { return KindReceivingSet }

func (b *ReceivingSet) apply(s *State, _ *Event) {
	s.Site.Receiving = b.Rule
	s.touch(TableSite, "site")
}
