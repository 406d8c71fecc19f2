package floor

import "fmt"

// Bin is a place that holds stock. Kind is pick, reserve, stage, pack, dock, quarantine or returns.
type Bin struct {
	Code       BinCode `cbor:"1,keyasint" json:"code"`
	Label      string  `cbor:"-" json:"label"` // the code as printed
	BinKind    string  `cbor:"2,keyasint" json:"kind"`
	Aisle      int     `cbor:"3,keyasint,omitempty" json:"aisle"`
	Cell       int     `cbor:"4,keyasint,omitempty" json:"cell"`
	Level      int     `cbor:"5,keyasint,omitempty" json:"level"`
	Zone       string  `cbor:"6,keyasint,omitempty" json:"zone"`
	MaxWeightG int64   `cbor:"7,keyasint,omitempty" json:"max_weight_g"`
	Rev        uint64  `cbor:"8,keyasint,omitempty" json:"-"`

	Counted Time `cbor:"190,keyasint,omitempty" json:"-"` // when last

	Picks *BinPicks `cbor:"9,keyasint,omitempty" json:"-"` // of the last week; counted, never set
}

var binKinds = []string{"pick", "reserve", "stage", "pack", "dock", "quarantine", "returns"}

// SaveBin creates or replaces a bin.
type SaveBin struct {
	Bin   Bin
	IfRev *uint64
}

func (v SaveBin) do(t *turn) (any, *Error) {
	b := v.Bin
	defaultText(&b.BinKind, "pick")
	if err := checkBin(&b); err != nil {
		return nil, err
	}
	var rev uint64
	if old := t.Bins[b.Code]; old != nil {
		rev = old.Rev
	}
	if v.IfRev != nil && *v.IfRev != rev {
		return nil, refuse(Changed, "changed", "the bin was changed by somebody else; read it again")
	}
	b.Rev = rev + 1
	t.emit(&BinSaved{b})
	return t.Bins[b.Code], nil
}

func checkBin(b *Bin) *Error {
	var f faults
	checkCode(&f, "/code", string(b.Code))
	if !oneOf(b.BinKind, binKinds) {
		f.add("/kind", "bad_value", fmt.Sprintf("a bin's kind is one of %v", binKinds))
	}
	checkRange(&f, "/aisle", int64(b.Aisle), 0, 10_000)
	checkRange(&f, "/cell", int64(b.Cell), 0, 10_000)
	checkRange(&f, "/level", int64(b.Level), 0, 1_000)
	checkText(&f, "/zone", b.Zone, 0, CodeLimit)
	checkRange(&f, "/max_weight_g", b.MaxWeightG, 0, WeightLimitG*10)
	return f.err()
}

func oneOf(s string, list []string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// BinSaved says what a bin is now.
type BinSaved struct {
	Bin Bin `cbor:"1,keyasint"`
}

var _ = kind(KindBinSaved, "bin_saved", "stock", func() Body { return new(BinSaved) })

func (*BinSaved) Kind() Kind { return KindBinSaved }

func (b *BinSaved) apply(s *State, _ *Event) {
	bin := b.Bin
	bin.Label = BinLabel(bin.Code)
	bin.Picks, bin.Counted = nil, 0
	if old := s.Bins[bin.Code]; old != nil {
		bin.Picks, bin.Counted = old.Picks, old.Counted
		s.index.dropBin(old)
	}
	s.Bins[bin.Code] = &bin
	s.index.addBin(&bin)
	s.touch(TableBin, string(bin.Code))
}

// Carton is a box a parcel is packed in. Weights in grams, sizes in millimetres, cost in cents.
type Carton struct {
	Code      CartonCode `cbor:"1,keyasint" json:"code"`
	Label     string     `cbor:"-" json:"label"`
	Name      string     `cbor:"2,keyasint" json:"name"`
	InnerMM   []int64    `cbor:"3,keyasint,omitempty" json:"inner_mm"`
	OuterMM   []int64    `cbor:"4,keyasint,omitempty" json:"outer_mm"`
	TareG     int64      `cbor:"5,keyasint,omitempty" json:"tare_g"`
	MaxGrossG int64      `cbor:"6,keyasint,omitempty" json:"max_gross_g"`
	CostCents int64      `cbor:"7,keyasint,omitempty" json:"cost_cents"`
}

// SaveCarton creates or replaces a carton.
type SaveCarton struct{ Carton Carton }

func (v SaveCarton) do(t *turn) (any, *Error) {
	var f faults
	checkCode(&f, "/code", string(v.Carton.Code))
	checkText(&f, "/name", v.Carton.Name, 0, NameLimit)
	checkSides(&f, "/inner_mm", v.Carton.InnerMM)
	checkSides(&f, "/outer_mm", v.Carton.OuterMM)
	checkRange(&f, "/tare_g", v.Carton.TareG, 0, WeightLimitG)
	checkRange(&f, "/max_gross_g", v.Carton.MaxGrossG, 0, WeightLimitG)
	checkRange(&f, "/cost_cents", v.Carton.CostCents, 0, MoneyLimit)
	if err := f.err(); err != nil {
		return nil, err
	}
	c := v.Carton
	defaultText(&c.Name, string(c.Code))
	t.emit(&CartonSaved{c})
	return t.Cartons[c.Code], nil
}

// CartonSaved says what a carton is now.
type CartonSaved struct {
	Carton Carton `cbor:"1,keyasint"`
}

var _ = kind(KindCartonSaved, "carton_saved", "stock", func() Body { return new(CartonSaved) })

func (*CartonSaved) Kind() Kind { return KindCartonSaved }

func (b *CartonSaved) apply(s *State, _ *Event) {
	c := b.Carton
	c.Label = CartonLabel(c.Code)
	if old := s.Cartons[c.Code]; old != nil && old.TareG != c.TareG {
		s.forgetWeight(cartonWeight(c.Code))
	}
	s.Cartons[c.Code] = &c
	s.index.cartons.add(c.Code)
	s.touch(TableCarton, string(c.Code))
}
