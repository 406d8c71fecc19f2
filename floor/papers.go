package floor

import "slices"

// Paper is one paper or mark that a parcel needs. Form says more where there are several: CN22 or CN23 of
// customs, the mark of a hazard.
type Paper struct {
	Kind string `json:"kind"` // label, slip, customs, invoice or hazard
	Form string `json:"form,omitempty"`
}

// ParcelPapers lists what a parcel needs on it and in it, from what is known of its order, its goods and where it
// goes. A parcel that is still open has none.
func (s *State) ParcelPapers(o *Order, p *Parcel) []Paper {
	if o == nil || p.Tracking == "" {
		return nil
	}
	out := []Paper{{Kind: "label"}, {Kind: "slip"}}
	if s.CrossesBorder(o) {
		form := s.customsForm(o, p)
		out = append(out, Paper{"customs", form})
		if form == "CN23" && o.customsCategory() != "documents" {
			out = append(out, Paper{Kind: "invoice"})
		}
	}
	for _, m := range s.HazardMarks(p) {
		out = append(out, Paper{"hazard", m.Mark})
	}
	return out
}

// CrossesBorder says whether customs want to hear of an order's goods.
func (s *State) CrossesBorder(o *Order) bool {
	to := Person{Country: o.Country}
	if o.ShipTo != nil && o.ShipTo.Person != nil {
		to = *o.ShipTo.Person
	}
	return customsBorder(s.Site.Address, to)
}

func (o *Order) customsCategory() string {
	if o.Customs.Category == "" {
		return "sale"
	}
	return o.Customs.Category
}

// The small form is for items of up to 2 kg, and has four lines.
const (
	CN22LimitG = 2000
	cn22Lines  = 4
)

func (s *State) customsForm(o *Order, p *Parcel) string {
	d := s.declare(o, p, nil)
	if len(d.Lines) > cn22Lines || d.GrossWeightG > CN22LimitG || d.ValueCents > CN22LimitCents(o.Currency) {
		return "CN23"
	}
	return "CN22"
}

// HazardMark is a mark on the outside of a parcel, with what it says.
type HazardMark struct {
	Mark    string   `json:"mark"` // battery, limited_quantity, excepted_quantity, or full: labels that the house does not print
	UN      []string `json:"un,omitempty"`
	Classes []string `json:"classes,omitempty"`
}

// HazardMarks are the marks that the goods of a parcel ask for.
func (s *State) HazardMarks(p *Parcel) []HazardMark {
	var out []HazardMark
	for _, of := range []struct{ mode, mark string }{{Lithium, "battery"}, {LimitedQuantity, LimitedQuantity},
		{ExceptedQuantity, ExceptedQuantity}, {FullyRegulated, FullyRegulated}} {
		m := HazardMark{Mark: of.mark}
		for _, u := range p.Units {
			if it := s.Items[u.Key.SKU]; it != nil && it.Dangerous.Mode == of.mode {
				m.UN = append(m.UN, it.Dangerous.UN)
				m.Classes = append(m.Classes, it.Dangerous.Class)
			}
		}
		if len(m.UN) > 0 {
			m.UN, m.Classes = eachOnce(m.UN), eachOnce(m.Classes)
			out = append(out, m)
		}
	}
	return out
}

func eachOnce(list []string) []string {
	slices.Sort(list)
	return slices.DeleteFunc(slices.Compact(list), func(s string) bool { return s == "" })
}

// Declaration is what customs are told of a parcel.
type Declaration struct {
	Form, Category, Incoterm, Currency string
	Lines                              []DeclaredLine
	GrossWeightG, ValueCents           int64
}

// DeclaredLine is one item of a parcel, all its units together; UnitCents is the price of one.
type DeclaredLine struct {
	SKU                 SKU
	Description         string
	HSCode, Origin      string
	Qty                 int64
	WeightG, ValueCents int64
	UnitCents           int64
}

// Declare gathers what customs are told of a parcel, or says everything that is missing for it.
func (s *State) Declare(o *Order, p *Parcel) (Declaration, *Error) {
	if !s.CrossesBorder(o) {
		return Declaration{}, refuse(NotFound, "customs_not_needed", "this parcel crosses no customs border, so it needs no declaration")
	}
	var f faults
	d := s.declare(o, p, &f)
	if len(f) > 0 {
		return d, &Error{Conflict, "customs_incomplete", "the customs declaration lacks data: complete it and print again", f}
	}
	d.Form = s.customsForm(o, p)
	return d, nil
}

// declare adds up the units of a parcel by order line and item. With f it notes what is missing, each once.
func (s *State) declare(o *Order, p *Parcel, f *faults) Declaration {
	d := Declaration{Category: o.customsCategory(), Incoterm: o.Customs.Incoterm, Currency: o.Currency, GrossWeightG: p.WeightG}
	netG := int64(0)
	type lineOf struct {
		line int
		sku  SKU
	}
	at := map[lineOf]int{}
	for _, u := range p.Units {
		key := lineOf{u.Line, u.Key.SKU}
		i, known := at[key]
		if !known {
			i = len(d.Lines)
			at[key] = i
			d.Lines = append(d.Lines, s.declaredLine(o, u))
		}
		l := &d.Lines[i]
		weightG := u.WeighedG
		if it := s.Items[u.Key.SKU]; it != nil {
			weightG += (u.Qty - u.Weighed) * it.WeightG
		}
		l.Qty, l.WeightG, l.ValueCents = l.Qty+u.Qty, l.WeightG+weightG, l.ValueCents+u.Qty*l.UnitCents
		netG, d.ValueCents = netG+weightG, d.ValueCents+u.Qty*l.UnitCents
	}
	// The scale's word stands, but nothing weighs less than what is in it.
	d.GrossWeightG = max(d.GrossWeightG, netG)
	if f != nil {
		d.lacking(f, o, p)
	}
	return d
}

func (s *State) declaredLine(o *Order, u ParcelUnit) DeclaredLine {
	l := DeclaredLine{SKU: u.Key.SKU}
	if it := s.Items[u.Key.SKU]; it != nil {
		l.Description, l.HSCode, l.Origin, l.UnitCents = it.Customs.Description, it.Customs.HSCode, it.Customs.Origin, it.PriceCents
		defaultText(&l.Description, it.Name)
	}
	if u.Line >= 0 && u.Line < len(o.Lines) && o.Lines[u.Line].PriceCents > 0 {
		l.UnitCents = o.Lines[u.Line].PriceCents
	}
	return l
}

// lacking notes what a declaration cannot do without. Documents have no value and need no tariff number.
func (d *Declaration) lacking(f *faults, o *Order, p *Parcel) {
	if len(d.Lines) == 0 {
		f.add("/units", "empty", "the parcel holds nothing")
	}
	if d.GrossWeightG == 0 {
		f.add("/parcels/"+string(p.ID)+"/weight_g", "missing", "the parcel was not weighed")
	}
	if d.Currency == "" {
		f.add("/orders/"+string(o.ID)+"/currency", "missing", "neither the order nor the site has a currency")
	}
	told := map[SKU]bool{}
	for _, l := range d.Lines {
		if told[l.SKU] {
			continue
		}
		told[l.SKU] = true
		at := "/items/" + string(l.SKU)
		if l.WeightG == 0 {
			f.add(at+"/weight_g", "missing", string(l.SKU)+" has no weight")
		}
		if d.Category == "documents" {
			continue
		}
		if l.HSCode == "" {
			f.add(at+"/customs/hs_code", "missing", string(l.SKU)+" has no tariff number")
		}
		if l.Origin == "" {
			f.add(at+"/customs/origin", "missing", string(l.SKU)+" has no country of origin")
		}
		if l.UnitCents == 0 {
			f.add(at+"/price_cents", "missing", string(l.SKU)+" has no price, neither in the order nor by itself")
		}
	}
}
