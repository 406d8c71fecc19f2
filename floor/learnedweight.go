package floor

import (
	"strings"

	"floorline/floor/witness"
)

// What clean parcels have taught of the weight of an item, or of a carton with the paper in it. A parcel teaches where
// its weight was right, nobody had to allow it, and it was not typed as what was expected; the median of the last few
// then stands for the catalogue, and what somebody writes into the catalogue anew makes an end of it.

// LearnedWeight is a bounded record: at most witness.Kept samples of one thing.
type LearnedWeight struct {
	ID   string           `cbor:"1,keyasint"` // item/MUG or carton/S
	Seen []witness.Sample `cbor:"2,keyasint"` // newest last

	part  witness.Part // worked out of them
	known bool
}

// workedOut says what the samples come to.
func (l *LearnedWeight) workedOut() *LearnedWeight {
	l.part, l.known = witness.Learned(l.Seen)
	return l
}

// TableLearned is the table of checkpoint rows; the number is append-only.
const TableLearned Table = 130

func init() {
	tables[TableLearned] = table{
		ids: func(s *State) []string {
			var out []string
			for id := range s.Learned {
				out = append(out, id)
			}
			return out
		},
		get: func(s *State, id string) any {
			if r := s.Learned[id]; r != nil {
				return r
			}
			return nil
		},
		put: func(s *State, id string, r any) {
			s.Learned[id] = r.(*LearnedWeight).workedOut()
		},
		empty: func() any { return new(LearnedWeight) },
	}
}

func itemWeight(sku SKU) string           { return "item/" + string(sku) }
func cartonWeight(code CartonCode) string { return "carton/" + string(code) }

// learned gives what clean parcels say a thing weighs; false until there are enough that agree.
func (s *State) learned(id string) (witness.Part, bool) {
	if l := s.Learned[id]; l != nil && l.known {
		return l.part, true
	}
	return witness.Part{}, false
}

// forgetWeight begins anew: the catalogue has just said something else.
func (s *State) forgetWeight(id string) {
	if s.Learned[id] != nil {
		delete(s.Learned, id)
		s.touch(TableLearned, id)
	}
}

// KindWeightLearned numbers what a clean parcel taught.
const KindWeightLearned Kind = 130

// WeightLearned says what a clean parcel tells of the things in it.
type WeightLearned struct {
	Parcel ParcelID `cbor:"1,keyasint"`
	Taught []Taught `cbor:"2,keyasint"`
}

// Taught is one thing that a parcel taught of.
type Taught struct {
	ID     string         `cbor:"1,keyasint"`
	Sample witness.Sample `cbor:"2,keyasint"`
}

var _ = kind(KindWeightLearned, "weight_learned", "stock", func() Body { return new(WeightLearned) })

func (*WeightLearned) Kind() Kind { return KindWeightLearned }

func (b *WeightLearned) apply(s *State, _ *Event) {
	for _, x := range b.Taught {
		l := &LearnedWeight{ID: x.ID}
		if old := s.Learned[x.ID]; old != nil {
			l.Seen = old.Seen
		}
		l.Seen = witness.Add(l.Seen, x.Sample)
		s.Learned[x.ID] = l.workedOut()
		s.touch(TableLearned, x.ID)
	}
}

// TaughtLimit is how many things one parcel teaches of.
const TaughtLimit = 20

// learnFrom has a parcel teach whose label was just proved: from then on it is not opened again, so it is right, and
// teaches once. What a lead let pass is no witness, nor what was expected and typed back.
func (t *turn) learnFrom(p *Parcel) {
	if w := p.Weighing; w.Off || w.Allowed != "" || w.Source != SourceScale && p.WeightG == p.ExpectedG {
		return
	}
	t.learn(p, t.partsOf(p), p.WeightG)
}

// learn has a clean parcel teach, and tells the desk where the catalogue is far from what was learned.
func (t *turn) learn(p *Parcel, parts []witness.Part, weightG int64) {
	b := &WeightLearned{Parcel: p.ID}
	for i, part := range parts {
		if part.ID == "" || len(b.Taught) == TaughtLimit {
			continue
		}
		sample, ok := witness.Teach(parts, i, weightG*1000)
		if part.ID == cartonWeight(p.Carton) {
			ok = sample.MG > 0 && witness.TeachesTare(sample, part.MG)
		}
		if ok {
			b.Taught = append(b.Taught, Taught{part.ID, sample})
		}
	}
	if len(b.Taught) == 0 {
		return
	}
	t.emit(b)
	for _, x := range b.Taught {
		if it := t.itemOfWeight(x.ID); it != nil && t.Differs(it) {
			t.raise("item_weight", string(it.SKU), "clean parcels say that "+string(it.SKU)+" weighs about "+itoa(t.LearnedOf(it.SKU).WeightG)+" g, and the catalogue "+itoa(it.WeightG)+" g: weigh one and correct it", "item")
		}
	}
}

func (s *State) itemOfWeight(id string) *Item {
	if sku, ok := strings.CutPrefix(id, "item/"); ok {
		return s.Items[SKU(sku)]
	}
	return nil
}

// LearnedView is what clean parcels say of an item, in grams.
type LearnedView struct {
	WeightG int64 `json:"weight_g"`
	SpreadG int64 `json:"spread_g"` // how far one is from the next, as a standard deviation
	Parcels int   `json:"parcels"`
}

// LearnedOf shows what was learned of an item; nil where that is too little to say.
func (s *State) LearnedOf(sku SKU) *LearnedView {
	part, ok := s.learned(itemWeight(sku))
	if !ok {
		return nil
	}
	return &LearnedView{gramsOf(part.MG), gramsOf(part.SpreadMG), len(s.Learned[itemWeight(sku)].Seen)}
}

// Where a learned weight differs much from the catalogue's: by this many grams, and this share of it in hundredths.
const (
	DiffersG       = 10
	DiffersPercent = 5
)

// Differs says whether clean parcels contradict the catalogue.
func (s *State) Differs(it *Item) bool {
	l := s.LearnedOf(it.SKU)
	if l == nil || it.WeightG == 0 {
		return false
	}
	off := abs(l.WeightG - it.WeightG)
	return off >= DiffersG && off*100 >= it.WeightG*DiffersPercent
}

func gramsOf(mg int64) int64 { return (mg + 500) / 1000 }
