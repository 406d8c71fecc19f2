package witness

import (
	"slices"
	"strings"
)

// What may be wrong with a parcel.
const (
	TooFew  = "too_few"
	TooMany = "too_many"
	Carton  = "carton"  // another carton than was said
	InPlace = "instead" // one unit of Other lies in place of one of ID
)

// Cause is what may be wrong, with how badly it fits: less is likelier.
type Cause struct {
	What  string `cbor:"1,keyasint"`
	ID    string `cbor:"2,keyasint"`           // the part that is concerned
	Other string `cbor:"3,keyasint,omitempty"` // the carton, or the item, that it is instead
	Count int64  `cbor:"4,keyasint"`
	Score int64  `cbor:"5,keyasint"` // hundredths of twice the negative logarithm of the likelihood
}

// Else is what could be there instead of what should.
type Else struct {
	Cartons []Part            // the other cartons of the house
	Goods   []Part            // what else a hand may have taken: units of the same order
	Near    map[string][]Part // what lies next to each item on its shelf
}

// How much rarer each mishap is than one unit too few or too many, as twice the logarithm of the odds, in hundredths:
// one in ten for the second and for the third unit, one in four for a carton, one in three for something else in place.
const (
	rarerUnit, rarerCarton, rarerInPlace = 460, 280, 220
	mostUnits                            = 3
	mostBeside                           = 24
	// Clear is by how much a cause must fit better than the next to stand alone: odds of about five to one.
	clear = 320
	// Named is how many are named at most: more is no help to anybody.
	named = 3
)

// Causes gives what is wrong most likely, of the parts that have an ID, likeliest first; none where nothing fits, or too much does: the weight says
// only what it can.
func Causes(parts []Part, carton int, other Else, mg int64) []Cause {
	s := search{base: variance(parts), off: mg - Judge(parts).ExpectedMG}
	for i, p := range parts {
		if i != carton && p.Known && p.ID != "" {
			s.units(p)
		}
	}
	for _, p := range other.Goods {
		for n := int64(1); n <= mostUnits; n++ {
			s.try(Cause{What: TooMany, ID: p.ID, Count: n, Score: rarerUnit * n}, n*p.MG, p.variance(n))
		}
	}
	if carton >= 0 {
		for _, c := range other.Cartons {
			s.try(Cause{What: Carton, ID: parts[carton].ID, Other: c.ID, Count: 1, Score: rarerCarton}, c.MG-parts[carton].MG, square(c.MG/20))
		}
	}
	beside := parts
	if len(parts) > mostBeside { // among so many, something fits anything
		beside = nil
	}
	for i, p := range parts {
		if i != carton && p.Known && p.ID != "" {
			s.instead(p, slices.Concat(other.Goods, other.Near[p.ID], beside), carton, parts)
		}
	}
	return s.best()
}

type search struct {
	base, off int64
	found     []Cause
}

// units tries units too few and too many of a part.
func (s *search) units(p Part) {
	for n := int64(1); n <= mostUnits; n++ {
		rarer := rarerUnit * (n - 1)
		if n <= p.Qty {
			s.try(Cause{What: TooFew, ID: p.ID, Count: n, Score: rarer}, -n*p.MG, p.variance(n))
		}
		s.try(Cause{What: TooMany, ID: p.ID, Count: n, Score: rarer}, n*p.MG, p.variance(n))
	}
}

// instead tries another thing in place of one unit of a part.
func (s *search) instead(p Part, others []Part, carton int, parts []Part) {
	for _, o := range others {
		if o.ID == p.ID || o.ID == "" || !o.Known || carton >= 0 && o.ID == parts[carton].ID {
			continue
		}
		s.try(Cause{What: InPlace, ID: p.ID, Other: o.ID, Count: 1, Score: rarerInPlace}, o.MG-p.MG, plus(p.variance(1), o.variance(1)))
	}
}

// try keeps a cause under which the parcel is no longer off.
func (s *search) try(c Cause, shift, more int64) {
	sd := max(root(plus(s.base, more)), 1)
	z := abs(s.off-shift) * 10 / sd
	if z > FactorTenths*2/3 || shift == 0 {
		return
	}
	c.Score += z * z
	s.found = append(s.found, c)
}

// best gives the causes between which the weight cannot tell.
func (s *search) best() []Cause {
	slices.SortFunc(s.found, func(a, b Cause) int {
		if a.Score != b.Score {
			return int(a.Score - b.Score)
		}
		return strings.Compare(a.What+a.ID+a.Other, b.What+b.ID+b.Other)
	})
	var out []Cause
	for _, c := range s.found {
		if c.Score >= s.found[0].Score+clear {
			break
		}
		if slices.ContainsFunc(out, c.same) {
			continue
		}
		if out = append(out, c); len(out) > named {
			return nil
		}
	}
	return out
}

func (c Cause) same(d Cause) bool { c.Score = d.Score; return c == d }
