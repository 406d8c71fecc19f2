package floor

import (
	"fmt"
	"slices"

	"floorline/floor/carton"
)

// Which cartons an order should go into is said when its wave is released, and again at the bench whenever what lies
// there differs: short units, a parcel closed early, goods left for another. It is advice; the packer may scan any carton.

// Limits of the advice: the search is part of a command, and a picture of more units than this helps nobody.
const (
	AdviceUnitLimit = 100
	FillUnitLimit   = 60
	waveWork        = 4_000  // of carton.PackWithin, for each order of a wave
	benchWork       = 40_000 // some tenths of a millisecond
)

// CartonAdvice is the cartons that an order's goods should go into, the one to fill now first, and how it is filled.
type CartonAdvice struct {
	Order   OrderID      `cbor:"1,keyasint"`
	Cartons []CartonCode `cbor:"2,keyasint"`
	Fill    []FillUnit   `cbor:"3,keyasint,omitempty"`
}

// FillUnit is where one unit lies inside a carton, in mm; Size is as it lies.
type FillUnit struct {
	SKU  SKU      `cbor:"1,keyasint" json:"sku"`
	At   [3]int64 `cbor:"2,keyasint" json:"at"`
	Size [3]int64 `cbor:"3,keyasint" json:"size"`
}

// FillLayer is what stands at one height inside a carton, in the order in which it is put in.
type FillLayer struct {
	ZMM   int64      `json:"z_mm"`
	Items []FillUnit `json:"items"`
}

// CartonAdvised is the carton to fill now, as the bench shows it.
type CartonAdvised struct {
	Code    CartonCode `json:"code"`
	Name    string     `json:"name"`
	InnerMM []int64    `json:"inner_mm"`
	N       int        `json:"n"` // how many cartons the goods at the bench go into
}

// suggestWave advises the orders of a wave. What was thought out beside the writer is taken where the goods and the
// cartons are still the same.
func (t *turn) suggestWave(orders []*Order, plan *WavePlan) {
	boxes := t.boxes()
	if len(boxes) == 0 {
		return
	}
	b := &CartonsSuggested{}
	for _, o := range orders {
		need := make([]int64, len(o.Lines))
		for i := range o.Lines {
			need[i] = o.Lines[i].Reserved + o.Lines[i].Picked
		}
		goods := t.goods(o, need)
		a, known := plan.cartonsFor(o.ID, boxes, goods)
		if !known {
			a = adviceFor(o.ID, boxes, goods, waveWork)
		}
		if a != nil {
			a.Fill = nil // the picture is made at the bench, of what is really there
			b.Orders = append(b.Orders, *a)
		}
	}
	if len(b.Orders) > 0 {
		t.emit(b)
	}
}

// suggest advises the bench, where that is not what it was told before: what goes into the open parcel is what lies in
// it and, while it is being filled, all that is left.
func (t *turn) suggest(id OrderID) {
	o, pack := t.Orders[id], t.Packings[id]
	if pack == nil {
		return
	}
	need := make([]int64, len(o.Lines))
	var left int64
	for i := range o.Lines {
		left += o.Lines[i].left()
		if !pack.Closing {
			need[i] = o.Lines[i].left()
		}
	}
	p := t.Parcels[pack.Parcel]
	if p != nil && p.Status == ParcelOpen {
		for _, u := range p.Units {
			need[u.Line] += u.Qty
		}
		if (left == 0 || pack.Closing) && pack.pictures(p) {
			return // the packer followed the picture
		}
	}
	a := adviceFor(id, t.boxes(), t.goods(o, need), benchWork)
	if a == nil {
		a = &CartonAdvice{Order: id}
	}
	if !slices.Equal(a.Cartons, o.Cartons) || !slices.Equal(a.Fill, pack.Fill) {
		t.emit(&CartonsSuggested{Orders: []CartonAdvice{*a}})
	}
}

// pictures tells whether the units in a parcel are those of the picture.
func (p *Packing) pictures(parcel *Parcel) bool {
	if len(p.Fill) == 0 || int64(len(p.Fill)) != parcel.units() {
		return false
	}
	count := map[SKU]int64{}
	for _, u := range p.Fill {
		count[u.SKU]++
	}
	for _, u := range parcel.Units {
		if count[u.Key.SKU] -= u.Qty; count[u.Key.SKU] < 0 {
			return false
		}
	}
	return true
}

// boxes gives the cartons whose inside is known.
func (s *State) boxes() []carton.Carton {
	var out []carton.Carton
	for _, code := range s.index.cartons {
		c := s.Cartons[code]
		if len(c.InnerMM) != 3 || len(out) == carton.CartonLimit {
			continue
		}
		box := carton.Carton{ID: string(code), Inner: carton.Size(c.InnerMM), TareG: c.TareG, MaxGrossG: c.MaxGrossG, CostCents: c.CostCents}
		if box.MaxGrossG == 0 {
			box.MaxGrossG = WeightLimitG * 10 // nobody said
		}
		if carton.Check([]carton.Carton{box}, nil) == nil {
			out = append(out, box)
		}
	}
	return out
}

// goods are so many units of each line as the carton planner takes them; none where a size is not known or there are
// too many.
func (s *State) goods(o *Order, need []int64) (items []carton.Item) {
	var units int64
	for i, n := range need {
		it := s.Items[o.Lines[i].SKU]
		if n <= 0 {
			continue
		}
		if units += n; it == nil || len(it.SizeMM) != 3 || units > AdviceUnitLimit {
			return nil
		}
		item := carton.Item{ID: string(it.SKU), Size: carton.Size(it.SizeMM), WeightG: it.WeightG, Qty: n, KeepFlat: it.KeepFlat, Hazard: it.Hazard}
		if k := slices.IndexFunc(items, func(x carton.Item) bool { return x.ID == item.ID }); k >= 0 {
			items[k].Qty += n
		} else {
			items = append(items, item)
		}
	}
	if carton.Check(nil, items) != nil {
		return nil
	}
	return items
}

// adviceFor packs goods, or gives nil where a unit fits nowhere. It needs no state: a wave's advice is made beside the
// writer.
func adviceFor(order OrderID, boxes []carton.Carton, items []carton.Item, work int) *CartonAdvice {
	if len(items) == 0 || len(boxes) == 0 {
		return nil
	}
	r := carton.PackWithin(boxes, items, work)
	if len(r.Unpackable) > 0 {
		return nil
	}
	a := &CartonAdvice{Order: order}
	for _, f := range r.Cartons {
		a.Cartons = append(a.Cartons, CartonCode(f.ID))
	}
	if first := r.Cartons[0].Items; len(first) <= FillUnitLimit {
		for _, p := range first {
			a.Fill = append(a.Fill, FillUnit{SKU(p.ID), p.At, p.Size})
		}
	}
	return a
}

// showCarton names the carton and draws its fill.
func (j *packJob) showCarton(s *State, n *Next) {
	o := s.Orders[j.Order]
	if len(o.Cartons) == 0 {
		return
	}
	c := s.Cartons[o.Cartons[0]]
	if c == nil || len(c.InnerMM) != 3 {
		return
	}
	n.Show.Carton = &CartonAdvised{c.Code, c.Name, c.InnerMM, len(o.Cartons)}
	for _, u := range j.Fill {
		i := slices.IndexFunc(n.Show.Fill, func(l FillLayer) bool { return l.ZMM == u.At[2] })
		if i < 0 { // they come from the floor upwards
			i = len(n.Show.Fill)
			n.Show.Fill = append(n.Show.Fill, FillLayer{ZMM: u.At[2]})
		}
		n.Show.Fill[i].Items = append(n.Show.Fill[i].Items, u)
	}
}

// offerDetail says in a list of work where an order is and which carton to have at hand.
func (o *Order) offerDetail() string {
	detail := phrase("lines: {lines}, tote {tote}", itoa(int64(len(o.Lines))), first(o.Totes))
	switch len(o.Cartons) {
	case 0:
		return detail
	case 1:
		return phrase("{work}, carton {carton}", detail, string(o.Cartons[0]))
	}
	return phrase("{work}, cartons: {count}", detail, itoa(int64(len(o.Cartons))))
}

// CartonsSuggested says which cartons the goods of orders should go into.
type CartonsSuggested struct {
	Orders []CartonAdvice `cbor:"1,keyasint"`
}

var _ = kind(KindCartonsSuggested, "cartons_suggested", "parcels", func() Body { return new(CartonsSuggested) })

func (*CartonsSuggested) Kind() Kind { return KindCartonsSuggested }

func (b *CartonsSuggested) About() []string {
	var keys []string
	for _, a := range b.Orders {
		keys = append(keys, "order/"+string(a.Order))
	}
	return keys
}

func (b *CartonsSuggested) apply(s *State, _ *Event) {
	for _, a := range b.Orders {
		s.Orders[a.Order].Cartons = a.Cartons
		s.touch(TableOrder, string(a.Order))
		if p := s.Packings[a.Order]; p != nil {
			p.Fill = a.Fill
			s.touch(TablePacking, string(a.Order))
		}
	}
}

// checkSides lets a size be unknown or three lengths that a thing can have.
func checkSides(f *faults, pointer string, mm []int64) {
	if len(mm) != 0 && len(mm) != 3 {
		f.add(pointer, "bad_value", "a size is three numbers: length, width, height")
	}
	for i, n := range mm {
		checkRange(f, fmt.Sprintf("%s/%d", pointer, i), n, 1, SizeLimitMM)
	}
}
