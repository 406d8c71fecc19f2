package witness

import "slices"

// Sample is what one clean parcel says of the weight of one unit.
type Sample struct {
	MG      int64 `cbor:"1,keyasint"`
	NoiseMG int64 `cbor:"2,keyasint"` // by how much everything else in that parcel may have falsified it
	Qty     int64 `cbor:"3,keyasint"` // of how many units it is the mean
}

// How much is kept and how much is asked for.
const (
	Kept  = 15 // samples of one thing; the oldest goes
	Clean = 5  // samples before they stand for the catalogue: three right ones outvote two that were not

	// A sample is taken where everything else falsifies it by less than a twentieth, and of something unknown by less
	// than a tenth.
	partOfKnown, partOfUnknown = 20, 10
)

// Add appends a sample and lets the oldest go. It never changes what was there.
func Add(seen []Sample, s Sample) []Sample {
	from := max(0, len(seen)+1-Kept)
	return append(slices.Clone(seen[from:]), s)
}

// Learned is what samples say of one unit: the median, which does not care for a parcel that was wrong and passed, and
// the spread around it, of which the noise of the weighing itself is taken off. False where there are too few, or where
// they do not agree: goods that are cut, or a box that holds another number each time.
func Learned(seen []Sample) (p Part, ok bool) {
	if len(seen) < Clean {
		return p, false
	}
	p.MG = Median(seen)
	apart, noise := make([]int64, len(seen)), make([]int64, len(seen))
	for i, s := range seen {
		apart[i] = abs(s.MG-p.MG) * root(s.Qty*10_000) / 100
		noise[i] = s.NoiseMG * root(s.Qty*10_000) / 100
	}
	n := int64(len(seen))
	// 1.4826 times the median of the distances is the standard deviation of what spreads normally (Hampel 1974), and
	// of few samples somewhat more (n/(n-0.8): Croux and Rousseeuw 1992).
	raw := middle(apart) * 14826 / 10_000 * n * 10 / (n*10 - 8)
	own := max(0, square(raw)-square(middle(noise)))
	// A few samples may lie together by chance: what is usual counts as much as five of them.
	p.SpreadMG = root((own/1000*n + square(p.MG/usualShare)/1000*usual) / (n + usual) * 1000)
	// The median of n is uncertain by 1.25 times the spread by the root of n.
	p.DoubtMG = max(raw, p.SpreadMG) * 125 / root(n*10_000)
	p.Known = p.MG > 0 && p.SpreadMG < p.MG/4
	return p, p.Known
}

// Goods of one kind differ by about two in a hundred, and that is believed until more than five samples say otherwise.
const usualShare, usual = 50, 5

// Median of what samples say one unit weighs.
func Median(seen []Sample) int64 {
	all := make([]int64, len(seen))
	for i, s := range seen {
		all[i] = s.MG
	}
	return middle(all)
}

// middle sorts what it is given.
func middle(all []int64) int64 {
	slices.Sort(all)
	if n := len(all); n%2 == 0 {
		return (all[n/2-1] + all[n/2]) / 2
	}
	return all[len(all)/2]
}

// Teach says what a parcel that is right tells of one of its parts: directly where nothing but the carton lies beside
// it, else by what is left when all else is taken off. False where something else is unknown, or too uncertain.
func Teach(parts []Part, i int, mg int64) (Sample, bool) {
	var others []Part
	rest := mg
	for k, p := range parts {
		if k == i {
			continue
		}
		if !p.Known {
			return Sample{}, false
		}
		if others, rest = append(others, p), rest-p.Qty*p.MG; rest < 0 {
			return Sample{}, false
		}
	}
	p := parts[i]
	if p.Qty < 1 || rest < p.Qty {
		return Sample{}, false
	}
	s := Sample{MG: rest / p.Qty, NoiseMG: root(variance(others)) / p.Qty, Qty: p.Qty}
	share := int64(partOfKnown)
	if !p.Known {
		share = partOfUnknown
	}
	return s, s.NoiseMG*share <= s.MG
}

// FromCatalogue is a part whose weight somebody wrote down: wrong by about two in a hundred, and rounded to grams.
func FromCatalogue(weightG int64) Part {
	mg := weightG * 1000
	return Part{MG: mg, SpreadMG: mg / usualShare, DoubtMG: root(plus(square(mg/50), square(289))), Known: weightG > 0}
}

// FromCode is a part whose own code says what it weighs, to the last gram or ten of them.
func FromCode(weightMG int64) Part {
	return Part{MG: weightMG, SpreadMG: 3_000, Known: true}
}

// Tare is a carton with what fills it up: board takes water from the air and weighs some 4 in a hundred more or less,
// and nobody has written down the paper.
func Tare(tareG int64) Part {
	return Part{Qty: 1, MG: tareG * 1000, SpreadMG: root(square(tareG*40) + square(6_000)), DoubtMG: root(square(tareG*30) + square(6_000)), Known: true}
}

// TeachesTare says whether a sample of a carton is worth keeping: the goods in it falsify it by less than the paper.
func TeachesTare(s Sample, tareMG int64) bool { return s.NoiseMG <= max(8_000, tareMG/10) }
