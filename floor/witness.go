package floor

import (
	"slices"
	"strings"

	"floorline/floor/witness"
	"floorline/floor/words"
)

// The weight as a witness: what lies in a parcel by its scans must also be there by the scale. The arithmetic is a leaf
// of its own; here is what lies on the scale, what a difference does, and who may set it aside.

// partsOf is what lies on the scale: the carton first, then each item once. A part without a name speaks for itself, by
// the code on it.
func (s *State) partsOf(p *Parcel) []witness.Part {
	parts := []witness.Part{s.cartonPart(p.Carton)}
	at := map[SKU]int{}
	for _, u := range p.Units {
		if g, coded := s.codedWeight(p, u); coded {
			parts = append(parts, g)
			continue
		}
		i, there := at[u.Key.SKU]
		if !there {
			i = len(parts)
			at[u.Key.SKU] = i
			parts = append(parts, s.itemPart(u.Key.SKU))
		}
		parts[i].Qty += u.Qty
	}
	return append(parts, s.innerParts(p)...)
}

// innerParts are the cartons of a parcel's inner packs. Of one that was never said nobody knows what it weighs.
func (s *State) innerParts(p *Parcel) (parts []witness.Part) {
	var seen sorted[ParcelID]
	for _, u := range p.Units {
		if inner := s.Parcels[u.Inner]; inner != nil && !seen.has(u.Inner) {
			seen.add(u.Inner)
			part := s.cartonPart(inner.Carton)
			part.Known = inner.Carton != ""
			parts = append(parts, part)
		}
	}
	return parts
}

// codedWeight is what units weigh whose own codes said it, at the bench or at the shelf.
func (s *State) codedWeight(p *Parcel, u ParcelUnit) (witness.Part, bool) {
	g, known := s.weightOf(p, u)
	coded := u.Weighed > 0
	if o := s.Orders[p.Order]; o != nil && u.Line < len(o.Lines) && o.Lines[u.Line].Weighed > 0 {
		coded = true
	}
	part := witness.FromCode(g * 1000)
	part.Qty, part.Known = 1, known
	if u.Weighed < u.Qty { // the rest is taken to be like the others, and cut goods are not
		part.SpreadMG = max(part.SpreadMG, (g-u.WeighedG)*1000/CutGoodsVary)
	}
	return part, coded
}

// CutGoodsVary is by what part the weight of cut goods is uncertain where no code says it.
const CutGoodsVary = 7

func (s *State) itemPart(sku SKU) witness.Part {
	part, ok := s.learned(itemWeight(sku))
	if it := s.Items[sku]; !ok && it != nil {
		part = witness.FromCatalogue(it.WeightG)
	}
	part.ID = itemWeight(sku)
	return part
}

func (s *State) cartonPart(code CartonCode) witness.Part {
	part, ok := s.learned(cartonWeight(code))
	if !ok {
		var tareG int64
		if c := s.Cartons[code]; c != nil {
			tareG = c.TareG
		}
		part = witness.Tare(tareG)
	}
	part.Qty, part.ID = 1, cartonWeight(code)
	return part
}

// expectedG is what a parcel should weigh. 1 g at least, since an item without a weight weighs something.
func (s *State) expectedG(p *Parcel) int64 { return max(gramsOf(s.judged(p).ExpectedMG), 1) }

// judged is what a parcel should weigh, how far it may be off, and whether all that is in it has a weight that is known.
func (s *State) judged(p *Parcel) witness.Verdict { return witness.Judge(s.partsOf(p)) }

// WeighView is what the weigh step shows beside the weight that is expected.
type WeighView struct {
	ToleranceG int64          `json:"tolerance_g,omitempty"` // left out where the goods' weights are not known: any weight is taken
	Typed      string         `json:"typed"`                 // anyone or lead: who may type a weight here
	Off        *WeightOffView `json:"off,omitempty"`         // the last weight was refused, and nothing was changed since
}

// WeightOffView is a refused weight with what is wrong most likely, in words.
type WeightOffView struct {
	WeightG     int64  `json:"weight_g"`
	DifferenceG int64  `json:"difference_g"` // more than nothing: too heavy
	Cause       string `json:"cause"`
}

func (v *WeighView) in(b *words.Book) *WeighView {
	if v == nil || v.Off == nil {
		return v
	}
	c, off := *v, *v.Off
	off.Cause, c.Off = said(b, off.Cause), &off
	return &c
}

// WeightOff is a weight that was refused, and what it was held against.
type WeightOff struct {
	WeightG    int64           `cbor:"1,keyasint"`
	ExpectedG  int64           `cbor:"2,keyasint"`
	ToleranceG int64           `cbor:"3,keyasint"`
	Units      int64           `cbor:"4,keyasint"`
	Causes     []witness.Cause `cbor:"5,keyasint,omitempty"` // likeliest first; none: the weight cannot tell
	Parcel     ParcelID        `cbor:"6,keyasint,omitempty"`
}

func (j *packJob) weighView(s *State, p *Parcel) *WeighView {
	v := &WeighView{Typed: s.Site.typedWeight()}
	if w := s.judged(p); w.Known {
		v.ToleranceG = toleranceG(w)
	}
	if j.stillOff(s, p) {
		v.Off = &WeightOffView{j.Off.WeightG, j.Off.WeightG - j.Off.ExpectedG, s.causesSaid(j.Off.Causes)}
	}
	return v
}

// stillOff is true where a weight was refused and the parcel is as it was.
func (j *packJob) stillOff(s *State, p *Parcel) bool {
	return j.Off != nil && j.Off.Parcel == p.ID && j.Off.Units == p.units() && j.Off.ExpectedG == s.expectedG(p)
}

func toleranceG(w witness.Verdict) int64 { return w.ToleranceMG / 1000 }

// testify holds a weight against what the parcel should weigh. A lead may let it pass who has seen this very difference.
func (j *packJob) testify(t *turn, p *Parcel, weightG int64) (off bool, refused *Verdict) {
	parts := t.partsOf(p)
	w := witness.Judge(parts)
	if !w.Off(weightG * 1000) {
		return false, nil
	}
	if t.authorised() && j.stillOff(t.State, p) && j.Off.WeightG == weightG {
		return true, nil
	}
	b := WeightOff{weightG, t.expectedG(p), toleranceG(w), p.units(), witness.Causes(parts, 0, t.elseOf(p), weightG*1000), p.ID}
	t.emit(&WeightRefused{Order: j.Order, Off: b})
	return true, verdict(CodeWeightOff).qty(weightG - b.ExpectedG).scanned(&Thing{"weight", "", phrase("{weight} g weighed", itoa(weightG))}).
		wanted(&Thing{"weight", "", phrase("{expected} g, give or take {tolerance} g", itoa(b.ExpectedG), itoa(b.ToleranceG))}).
		belongs(&Thing{"weight", "", t.causesSaid(b.Causes)}).overridable()
}

// causesSaid says what is wrong with a parcel most likely, as far as its weight can tell.
func (s *State) causesSaid(causes []witness.Cause) string {
	var all []string
	for _, c := range causes {
		all = append(all, s.causeSaid(c))
	}
	if len(all) == 0 {
		return phrase("check what is in the parcel")
	}
	return either(all)
}

func (s *State) causeSaid(c witness.Cause) string {
	switch {
	case c.What == witness.Carton:
		return phrase("another carton: {carton}", s.nameOfWeight(c.Other))
	case c.What == witness.InPlace:
		return phrase("about one {other} in place of {item}", s.nameOfWeight(c.Other), s.nameOfWeight(c.ID))
	case c.What == witness.TooFew && c.Count == 1:
		return phrase("about one {item} too few", s.nameOfWeight(c.ID))
	case c.What == witness.TooFew:
		return phrase("about {count} {item} too few", itoa(c.Count), s.nameOfWeight(c.ID))
	case c.Count == 1:
		return phrase("about one {item} too many", s.nameOfWeight(c.ID))
	}
	return phrase("about {count} {item} too many", itoa(c.Count), s.nameOfWeight(c.ID))
}

// nameOfWeight is what people call a thing on the scale.
func (s *State) nameOfWeight(id string) string {
	if it := s.itemOfWeight(id); it != nil {
		return it.Name
	}
	code, _ := strings.CutPrefix(id, "carton/")
	if c := s.Cartons[CartonCode(code)]; c != nil {
		return c.Name
	}
	return code
}

// How much of the house is looked at for what else could lie in a parcel.
const (
	elseCartons = 40
	elseNear    = 6 // items next to one on its shelf
	elseLines   = 30
)

// elseOf is what a hand may have taken instead: another carton, goods of the same order, what stands next on the shelf.
func (s *State) elseOf(p *Parcel) witness.Else {
	e := witness.Else{Near: map[string][]witness.Part{}}
	for _, c := range s.index.cartons {
		if c != p.Carton && len(e.Cartons) < elseCartons {
			e.Cartons = append(e.Cartons, s.cartonPart(c))
		}
	}
	in := map[SKU]bool{}
	for _, u := range p.Units {
		if !in[u.Key.SKU] && len(in) < elseLines {
			e.Near[itemWeight(u.Key.SKU)] = s.nextTo(u.Key.SKU)
		}
		in[u.Key.SKU] = true
	}
	o := s.Orders[p.Order]
	for i := 0; o != nil && i < min(len(o.Lines), elseLines); i++ {
		if sku := o.Lines[i].SKU; !in[sku] {
			in[sku] = true
			e.Goods = append(e.Goods, s.itemPart(sku))
		}
	}
	return e
}

// nextTo gives the items in the bins beside those of an item; codes of bins are given out along the shelf.
func (s *State) nextTo(sku SKU) []witness.Part {
	var out []witness.Part
	var seen []SKU
	for _, row := range s.index.bySKU[sku] {
		code, _ := strings.CutPrefix(string(row.Key.Place), "bin:")
		i, shelf := s.index.shelves.find(BinCode(code))
		if !shelf {
			continue
		}
		for _, bin := range s.index.shelves[max(0, i-1):min(len(s.index.shelves), i+2)] {
			for _, other := range s.StockAt(InBin(bin)) {
				if other.Key.SKU == sku || slices.Contains(seen, other.Key.SKU) {
					continue
				}
				seen = append(seen, other.Key.SKU)
				if out = append(out, s.itemPart(other.Key.SKU)); len(out) == elseNear {
					return out
				}
			}
		}
	}
	return out
}

// KindWeightRefused numbers a weight that did not fit.
const KindWeightRefused Kind = 131

// WeightRefused says the weight of a parcel was not that of what was scanned into it.
type WeightRefused struct {
	Order OrderID   `cbor:"1,keyasint"`
	Off   WeightOff `cbor:"2,keyasint"`
}

var _ = kind(KindWeightRefused, "weight_refused", "parcels", func() Body { return new(WeightRefused) })

func (*WeightRefused) Kind() Kind { return KindWeightRefused }

func (b *WeightRefused) apply(s *State, e *Event) {
	pack := s.Packings[b.Order]
	off := b.Off
	off.Parcel = pack.Parcel // which an old journal does not say
	pack.Off = &off
	pack.Lease.renew(e)
	s.savePacking(pack)
	o := s.Orders[b.Order]
	o.stamp(e, "weight_refused", string(pack.Parcel))
	s.touch(TableOrder, string(o.ID))
}
