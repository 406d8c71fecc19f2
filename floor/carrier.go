package floor

import (
	"fmt"
	"maps"
	"slices"
)

// A carrier is who carries what a service names. Most are known by their name alone; the labels of some are bought from
// them, or from an aggregator, over the network (devices/carrier.go). Here is only what the floor must know of that.

// The kinds of carrier.
const (
	CarrierOwn  = "own"  // we make its labels
	CarrierHTTP = "http" // its labels are bought
)

// Carrier is one that was set up.
type Carrier struct {
	Code        string            `cbor:"1,keyasint" json:"code"`
	CarrierKind string            `cbor:"2,keyasint" json:"kind"`
	Name        string            `cbor:"3,keyasint,omitempty" json:"name"`
	URL         string            `cbor:"4,keyasint,omitempty" json:"url,omitempty"`
	Services    map[string]string `cbor:"5,keyasint,omitempty" json:"services,omitempty"` // ours to its own words; none is all of ours under their own
	LabelKind   string            `cbor:"6,keyasint,omitempty" json:"label_kind,omitempty"`
	PollMinutes int64             `cbor:"7,keyasint,omitempty" json:"poll_minutes,omitempty"` // between two questions where a parcel is; 0 asks never
	Secret      Secret            `cbor:"8,keyasint" json:"-"`                                // shown to it with each request
	HookSecret  Secret            `cbor:"9,keyasint" json:"-"`                                // signs its webhooks
}

// Secrets gives what is sealed on disk.
func (c *Carrier) Secrets() []*Secret {
	c.Secret.Owner, c.HookSecret.Owner = "carrier/"+c.Code, "carrier/"+c.Code+"/hook"
	return []*Secret{&c.Secret, &c.HookSecret}
}

// PollLimit is the longest time between two questions: a week.
const PollLimit = 7 * 24 * 60

// SaveCarrier sets a carrier up. A secret that is not given stays as it was.
type SaveCarrier struct {
	Carrier      Carrier
	Secret, Hook *string
}

func (v SaveCarrier) do(t *turn) (any, *Error) {
	c := v.Carrier
	defaultText(&c.CarrierKind, CarrierOwn)
	if old := t.Carriers[c.Code]; old != nil {
		c.Secret.Plain, c.HookSecret.Plain = old.Secret.Plain, old.HookSecret.Plain
	}
	if v.Secret != nil {
		c.Secret.Plain = *v.Secret
	}
	if v.Hook != nil {
		c.HookSecret.Plain = *v.Hook
	}
	var f faults
	checkText(&f, "/code", c.Code, 1, CodeLimit)
	checkText(&f, "/name", c.Name, 0, NameLimit)
	checkText(&f, "/url", c.URL, 0, 500)
	checkText(&f, "/secret", c.Secret.Plain, 0, NameLimit)
	checkText(&f, "/hook_secret", c.HookSecret.Plain, 0, NameLimit)
	checkRange(&f, "/poll_minutes", c.PollMinutes, 0, PollLimit)
	if !oneOf(c.CarrierKind, []string{CarrierOwn, CarrierHTTP}) {
		f.add("/kind", "bad_value", "own, whose labels we make, or http, whose labels are bought")
	}
	if c.CarrierKind == CarrierHTTP && c.URL == "" {
		f.add("/url", "required", "where its labels are bought")
	}
	if c.LabelKind != "" && !oneOf(c.LabelKind, []string{"zpl", "pdf"}) {
		f.add("/label_kind", "bad_value", "zpl or pdf")
	}
	if len(c.Services) > ZoneLimit {
		f.add("/services", "too_many", "at most 500 services")
	}
	for _, ours := range slices.Sorted(maps.Keys(c.Services)) {
		checkText(&f, "/services/"+ours, c.Services[ours], 1, CodeLimit)
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	t.emit(&CarrierSaved{c})
	return t.CarrierView(t.Carriers[c.Code]), nil
}

// CarrierView is a carrier as the API shows it: that it has secrets, and not what they are.
type CarrierView struct {
	Carrier
	HasSecret bool     `json:"has_secret"`
	HasHook   bool     `json:"has_hook_secret"`
	Sold      []string `json:"sold"` // our services whose labels are bought there
}

// CarrierView shows a carrier.
func (s *State) CarrierView(c *Carrier) *CarrierView {
	v := &CarrierView{Carrier: *c, HasSecret: c.Secret.Plain != "", HasHook: c.HookSecret.Plain != "", Sold: []string{}}
	v.Secret, v.HookSecret = Secret{}, Secret{}
	for _, code := range slices.Sorted(maps.Keys(s.Services)) {
		if s.seller(code) == c {
			v.Sold = append(v.Sold, code)
		}
	}
	return v
}

// seller is the carrier from whom the labels of a service are bought; nil where we make them.
func (s *State) seller(service string) *Carrier {
	c := s.Carriers[s.carrierOf(service)]
	if c == nil || c.CarrierKind != CarrierHTTP {
		return nil
	}
	if _, sold := c.Services[service]; !sold && len(c.Services) > 0 {
		return nil
	}
	return c
}

// Theirs is what a carrier calls a service of ours.
func (c *Carrier) Theirs(service string) string {
	if theirs := c.Services[service]; theirs != "" {
		return theirs
	}
	return service
}

// carrierName is how people call a carrier.
func (s *State) carrierName(code string) string {
	if c := s.Carriers[code]; c != nil && c.Name != "" {
		return c.Name
	}
	return code
}

// CarrierSaved says a carrier was set up.
type CarrierSaved struct {
	Carrier Carrier `cbor:"1,keyasint"`
}

// KindCarrierSaved numbers it for ever.
const KindCarrierSaved Kind = 153

var _ = kind(KindCarrierSaved, "carrier_saved", "", func() Body { return new(CarrierSaved) })

func (*CarrierSaved) Kind() Kind { return KindCarrierSaved }

// Secrets gives what is sealed on disk.
func (b *CarrierSaved) Secrets() []*Secret { return b.Carrier.Secrets() }

func (b *CarrierSaved) apply(s *State, _ *Event) {
	c := b.Carrier
	s.Carriers[c.Code] = &c
	s.touch(TableCarrier, c.Code)
}

// purchaseID is the carrier's reference of a parcel's label: a parcel may need several, one after the other.
func purchaseID(p ParcelID, generation int) string { return fmt.Sprintf("%s/%d", p, generation) }
