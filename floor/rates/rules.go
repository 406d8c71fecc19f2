package rates

import (
	"fmt"
	"slices"
)

// Rules are what a service takes. What is nought or empty is not limited.
type Rules struct {
	MaxWeightG    int64    `cbor:"1,keyasint,omitempty" json:"max_weight_g,omitempty"`
	MaxSideMM     int64    `cbor:"2,keyasint,omitempty" json:"max_side_mm,omitempty"`  // of the longest side
	MaxGirthMM    int64    `cbor:"3,keyasint,omitempty" json:"max_girth_mm,omitempty"` // longest side and once around the others
	MaxSidesMM    []int64  `cbor:"4,keyasint,omitempty" json:"max_sides_mm,omitempty"` // three, which the parcel must fit into, turned as it may be
	NoHazard      bool     `cbor:"5,keyasint,omitempty" json:"no_hazard,omitempty"`    // dangerous goods are not taken
	NoPOBox       bool     `cbor:"6,keyasint,omitempty" json:"no_po_box,omitempty"`    // no post boxes and parcel lockers
	Countries     []string `cbor:"7,keyasint,omitempty" json:"countries,omitempty"`    // served; none is all
	MaxValueCents int64    `cbor:"8,keyasint,omitempty" json:"max_value_cents,omitempty"`
}

// Breach is a rule that a parcel breaks. Rule is a stable word; Is and Most are what it has and what is allowed, as people
// read them, where the rule is about a number.
type Breach struct {
	Rule     string
	Is, Most string
}

// The rules, by their stable words.
const (
	TooHeavy = "too_heavy"
	TooLong  = "too_long"
	TooBig   = "too_big"   // by girth
	TooThick = "too_thick" // by the three sides
	Hazard   = "hazard"
	POBox    = "po_box"
	Country  = "country"
	TooDear  = "too_dear"
	NoZone   = "no_zone"
	NoRate   = "no_rate"
)

// Breaches are all rules that a parcel breaks. A size that is not known breaks none: nobody can say.
func (r *Rules) Breaches(p Parcel) (out []Breach) {
	over := func(rule string, is, most int64, unit func(int64) string) {
		if most > 0 && is > most {
			out = append(out, Breach{rule, unit(is), unit(most)})
		}
	}
	over(TooHeavy, p.WeightG, r.MaxWeightG, kg)
	if s := p.sides(); s != nil {
		over(TooLong, s[0], r.MaxSideMM, cm)
		over(TooBig, p.girth(), r.MaxGirthMM, cm)
		if r.outgrown(s) {
			out = append(out, Breach{TooThick, cms(s), cms(descending(r.MaxSidesMM))})
		}
	}
	if r.NoHazard && p.Hazard {
		out = append(out, Breach{Rule: Hazard})
	}
	if r.NoPOBox && p.POBox {
		out = append(out, Breach{Rule: POBox})
	}
	if len(r.Countries) > 0 && p.Country != "" && !slices.Contains(r.Countries, p.Country) {
		out = append(out, Breach{Rule: Country, Is: p.Country})
	}
	over(TooDear, p.ValueCents, r.MaxValueCents, Coins)
	return out
}

func (r *Rules) outgrown(sides []int64) bool {
	if len(r.MaxSidesMM) != 3 {
		return false
	}
	for i, most := range descending(r.MaxSidesMM) {
		if sides[i] > most {
			return true
		}
	}
	return false
}

func descending(sides []int64) []int64 {
	s := slices.Clone(sides)
	slices.Sort(s)
	slices.Reverse(s)
	return s
}

// kg writes grams as people do at a counter: 31.0, 2.35.
func kg(g int64) string {
	if g%100 == 0 {
		return fmt.Sprintf("%d.%d kg", g/1000, g%1000/100)
	}
	if g%10 == 0 {
		return fmt.Sprintf("%d.%02d kg", g/1000, g%1000/10)
	}
	return fmt.Sprintf("%d.%03d kg", g/1000, g%1000)
}

func cm(mm int64) string {
	if mm%10 == 0 {
		return fmt.Sprintf("%d cm", mm/10)
	}
	return fmt.Sprintf("%d.%d cm", mm/10, mm%10)
}

func cms(sides []int64) string {
	return fmt.Sprintf("%d x %d x %d mm", sides[0], sides[1], sides[2])
}

// Coins writes an amount with its two decimals.
func Coins(cents int64) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }
