package carton

import (
	"fmt"
	"strings"
)

// What one question may hold.
const (
	CartonLimit = 200           // sizes of carton
	ItemLimit   = 1000          // lines of items
	UnitLimit   = 5000          // units together
	LengthMaxMM = 1<<31 - 1     // a side
	WeightMaxG  = 1_000_000_000 // a unit, a carton: a thousand tonnes
	CostMax     = 1_000_000_000_000
	NameLimit   = 200 // bytes of an id
)

// Fault is one thing that is wrong with a question, and where (RFC 6901).
type Fault struct {
	Pointer string `json:"pointer"`
	Detail  string `json:"detail"`
}

// Faults is all that is wrong with a question.
type Faults []Fault

func (f Faults) Error() string {
	var lines []string
	for _, x := range f {
		lines = append(lines, x.Pointer+": "+x.Detail)
	}
	return strings.Join(lines, "\n")
}

func (f *Faults) add(pointer, format string, args ...any) {
	*f = append(*f, Fault{pointer, fmt.Sprintf(format, args...)})
}

func (f *Faults) within(pointer string, n, low, high int64) {
	if n < low || n > high {
		f.add(pointer, "from %d to %d, not %d", low, high, n)
	}
}

// Check names everything that is wrong with cartons and items, or gives nil.
func Check(boxes []Carton, items []Item) Faults {
	var f Faults
	f.within("/cartons", int64(len(boxes)), 0, CartonLimit)
	f.within("/items", int64(len(items)), 0, ItemLimit)
	if len(f) > 0 {
		return f
	}
	seen := map[string]bool{}
	for i, c := range boxes {
		at := fmt.Sprintf("/cartons/%d", i)
		if seen[c.ID] {
			f.add(at+"/id", "%q is there twice", c.ID)
		}
		seen[c.ID] = true
		c.check(&f, at)
	}
	units, lines := int64(0), map[string]Item{}
	for i, it := range items {
		at := fmt.Sprintf("/items/%d", i)
		it.check(&f, at)
		units += min(max(0, it.Qty), UnitLimit+1)
		it.Qty = 0
		if other, twice := lines[it.ID]; twice && other != it {
			f.add(at+"/id", "%q is there before with another size, weight or rule", it.ID)
		}
		lines[it.ID] = it
	}
	if units > UnitLimit {
		f.add("/items", "at most %d units together", UnitLimit)
	}
	return f
}

func (c *Carton) check(f *Faults, at string) {
	f.name(at+"/id", c.ID)
	f.sides(at+"/inner", c.Inner)
	if c.Outer != (Size{}) {
		f.sides(at+"/outer", c.Outer)
		if !c.Inner.within(c.Outer) {
			f.add(at+"/outer", "%v is smaller than inside, %v", c.Outer, c.Inner)
		}
	}
	f.within(at+"/tare", c.TareG, 0, WeightMaxG)
	f.within(at+"/max_gross", c.MaxGrossG, 1, WeightMaxG)
	f.within(at+"/cost_cents", c.CostCents, 0, CostMax)
	if c.MaxGrossG > 0 && c.TareG > c.MaxGrossG {
		f.add(at+"/tare", "the empty carton weighs %d g, more than the %d g it may weigh full", c.TareG, c.MaxGrossG)
	}
}

func (it *Item) check(f *Faults, at string) {
	f.name(at+"/id", it.ID)
	f.sides(at+"/size", it.Size)
	f.within(at+"/weight", it.WeightG, 0, WeightMaxG)
	if it.Qty < 0 || it.Qty > UnitLimit {
		f.add(at+"/qty", "from 0 to %d units, not %d", UnitLimit, it.Qty)
	}
	if len(it.Hazard) > NameLimit {
		f.add(at+"/hazard", "at most %d bytes", NameLimit)
	}
}

func (f *Faults) name(at, id string) {
	if id == "" || len(id) > NameLimit {
		f.add(at, "from 1 to %d bytes, not %d", NameLimit, len(id))
	}
}

func (f *Faults) sides(at string, s Size) {
	for i, n := range s {
		f.within(fmt.Sprintf("%s/%d", at, i), n, 1, LengthMaxMM)
	}
}
