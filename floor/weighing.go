package floor

import "floorline/floor/witness"

// What a weight came from, and what may be typed.

// The sources of a weight.
const (
	SourceScale = "scale"
	SourceTyped = "typed" // read off a scale by a person, or made up: marked, and by site for a lead alone
)

// WeightSources are all of them; a client may leave it out.
var WeightSources = []string{SourceScale, SourceTyped}

// Who may type a weight.
const (
	TypedByAnyone = "anyone"
	TypedByLead   = "lead"
)

func (s *Site) typedWeight() string {
	if s.TypedWeight == "" {
		return TypedByAnyone
	}
	return s.TypedWeight
}

// mayType refuses a weight that does not come from a scale where the site wants one. A client that does not say where it
// has a weight from has typed it.
func (t *turn) mayType(a *Act) *Verdict {
	if a.Source == SourceScale || t.Site.typedWeight() == TypedByAnyone || t.rolesOn(t.Devices[t.c.Device]).any(RoleLead|RoleAdmin) {
		return nil
	}
	return verdict(CodeTypedWeight).wanted(&Thing{"weight", "", phrase("the weight from the scale, or a lead's word")}).overridable()
}

// possible refuses what no parcel weighs.
func (j *packJob) possible(t *turn, p *Parcel, a *Act) *Verdict {
	if n := j.next(t.State); n.Step != "weigh" {
		return verdict(CodeNoAction).wanted(wanted(n))
	}
	if a.Source != "" && !oneOf(a.Source, WeightSources) {
		return verdict(CodeBadArgs).wanted(&Thing{"source", "", phrase("scale or typed")})
	}
	if a.WeightG < 1 || a.WeightG > WeightLimitG {
		return verdict(CodeBadWeight).wanted(&Thing{"weight", "", phrase("grams, from 1")})
	}
	if c := t.Cartons[p.Carton]; c != nil && c.MaxGrossG > 0 && a.WeightG > c.MaxGrossG {
		return verdict(CodeBadWeight).wanted(&Thing{"carton", string(c.Code), phrase("too heavy for this carton: take goods out or split the parcel")})
	}
	return t.mayType(a)
}

// weighed closes a parcel whose weight was taken with what was settled, and has it told of where a lead let it pass.
func (j *packJob) weighed(t *turn, p *Parcel, a *Act, off bool, x *settlement) {
	parts := t.partsOf(p)
	b := &ParcelWeighed{Parcel: p.ID, WeightG: a.WeightG, ExpectedG: t.expectedG(p), Source: a.Source, Off: off}
	if w := witness.Judge(parts); w.Known {
		b.ToleranceG = toleranceG(w)
	}
	t.labelWith(p, x, false, func(tracking, sscc string) Body {
		b.Tracking, b.SSCC = tracking, sscc
		return b
	})
	if off {
		t.tellOverridden(p, parts, a.WeightG)
	}
}

// tellOverridden tells the desk of goods whose parcels do not weigh what the catalogue says: nothing is learned of what
// a lead let pass, so somebody has to look.
func (t *turn) tellOverridden(p *Parcel, parts []witness.Part, weightG int64) {
	if len(parts) != 2 || t.itemOfWeight(parts[1].ID) == nil {
		return
	}
	it := t.itemOfWeight(parts[1].ID)
	each := gramsOf((weightG*1000 - parts[0].MG) / parts[1].Qty)
	t.raise("item_weight", string(it.SKU), "a lead let a parcel pass in which "+string(it.SKU)+" weighs about "+itoa(each)+" g, and "+itoa(gramsOf(parts[1].MG))+" g were expected: weigh one and correct the catalogue", "item")
}

// ParcelWeight is how a parcel was weighed, for whoever asks later why it is wrong.
type ParcelWeight struct {
	Source     string   `cbor:"1,keyasint,omitempty" json:"source,omitempty"` // scale or typed
	ToleranceG int64    `cbor:"2,keyasint,omitempty" json:"tolerance_g,omitempty"`
	Worker     WorkerID `cbor:"3,keyasint,omitempty" json:"worker,omitempty"`
	Off        bool     `cbor:"4,keyasint,omitempty" json:"off,omitempty"` // further from what was expected than it may be
	Allowed    WorkerID `cbor:"5,keyasint,omitempty" json:"authorised_by,omitempty"`
	ExpectedG  int64    `cbor:"-" json:"expected_g,omitempty"`
}

// noteWeighing keeps how a parcel was weighed, and says in its order's timeline what was typed and what a lead let pass.
func (s *State) noteWeighing(p *Parcel, b *ParcelWeighed, e *Event) {
	p.Weighing = ParcelWeight{Source: b.Source, ToleranceG: b.ToleranceG, Worker: e.Worker, Off: b.Off, Allowed: e.AuthorisedBy}
	o := s.Orders[p.Order]
	if b.Source == SourceTyped {
		o.stamp(e, "weight_typed", string(p.ID))
	}
	if b.Off {
		o.stamp(e, "weight_allowed", string(p.ID))
	}
	s.Packings[p.Order].Off = nil
}

// weighing shows how a closed parcel was weighed.
func (p *Parcel) weighing() *ParcelWeight {
	if p.WeightG == 0 {
		return nil
	}
	w := p.Weighing
	w.ExpectedG = p.ExpectedG
	return &w
}
