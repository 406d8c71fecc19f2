package rates

import "slices"

// Parcel is what a price and a rule look at. Sides may be unknown (none), of a parcel whose carton has no size.
type Parcel struct {
	WeightG    int64
	SidesMM    []int64 // three, in any order
	Country    string  // two letters; "" is not known
	Postcode   string
	POBox      bool
	Hazard     bool
	ValueCents int64
	Currency   string // of the value
}

// sides are the three sides, longest first; nil where they are not known.
func (p *Parcel) sides() []int64 {
	if len(p.SidesMM) != 3 || slices.Min(p.SidesMM) <= 0 {
		return nil
	}
	s := slices.Clone(p.SidesMM)
	slices.Sort(s)
	slices.Reverse(s)
	return s
}

// girth is the longest side and once around the two others, as carriers measure it; 0 where it is not known.
func (p *Parcel) girth() int64 {
	s := p.sides()
	if s == nil {
		return 0
	}
	return s[0] + 2*(s[1]+s[2])
}

// VolumetricG is the weight that a parcel's size counts as: its volume in cm3 by the divisor, in kg. Rounded up to the gram.
func (p *Parcel) VolumetricG(divisor int64) int64 {
	s := p.sides()
	if s == nil || divisor <= 0 {
		return 0
	}
	return ceil(s[0]*s[1]*s[2], divisor) // mm3 / 1000 = cm3; cm3 / divisor = kg; kg * 1000 = g
}

func ceil(n, by int64) int64 { return (n + by - 1) / by }
