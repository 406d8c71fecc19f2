package floor

import (
	"slices"
	"strings"

	"floorline/floor/numbers"
	"floorline/floor/rates"
)

// Site is the warehouse itself: whose labels carry which sender, prefix and zone.
type Site struct {
	Name            string        `cbor:"1,keyasint" json:"name"`
	Address         Person        `cbor:"2,keyasint" json:"address"`
	GS1Prefix       string        `cbor:"3,keyasint" json:"gs1_prefix"`
	TimeZone        string        `cbor:"4,keyasint" json:"time_zone"`
	Currency        string        `cbor:"5,keyasint" json:"currency"`
	Units           string        `cbor:"6,keyasint" json:"units"`
	Demo            bool          `cbor:"7,keyasint,omitempty" json:"demo"`
	Claimed         bool          `cbor:"8,keyasint,omitempty" json:"-"`
	Layout          Layout        `cbor:"9,keyasint" json:"-"`
	Rev             uint64        `cbor:"10,keyasint,omitempty" json:"-"`
	Auto            AutoRelease   `cbor:"13,keyasint,omitempty" json:"auto_release"`
	Blocked         []int         `cbor:"12,keyasint,omitempty" json:"-"` // aisles that nobody can walk just now
	Counting        Counting      `cbor:"191,keyasint,omitempty" json:"-"`
	Buying          Buying        `cbor:"190,keyasint,omitempty" json:"-"`
	Adjusting       Adjusting     `cbor:"270,keyasint,omitzero" json:"-"`
	Receiving       Receiving     `cbor:"271,keyasint,omitzero" json:"-"`
	Returns         *ReturnPolicy `cbor:"240,keyasint,omitempty" json:"-"`
	ZeroCheck       bool          `cbor:"11,keyasint,omitempty" json:"zero_check"`      // pickers are asked whether a bin they emptied is empty
	EORI            string        `cbor:"180,keyasint,omitempty" json:"eori,omitempty"` // its numbers with customs and the tax office, for papers abroad
	VAT             string        `cbor:"181,keyasint,omitempty" json:"vat,omitempty"`
	ReplenishByHand bool          `cbor:"220,keyasint,omitempty" json:"replenish_by_hand"` // goods come to the pick bins only when a lead says so

	TypedWeight string `cbor:"130,keyasint,omitempty" json:"typed_weight,omitempty"` // who may type a weight: anyone ("" too) or lead
	Verifying
	AutoWeight bool `cbor:"123,keyasint,omitempty" json:"auto_weight,omitempty"` // a single unit of known weight needs no scale
	LoadRules
	Service   string `cbor:"150,keyasint,omitempty" json:"service,omitempty"`    // of orders that name none and whose shop says nothing: a code, cheapest or fastest
	PublicURL string `cbor:"151,keyasint,omitempty" json:"public_url,omitempty"` // where customers reach this server; "" is as the desk does
}

// Layout is the grid of the walk: aisles side by side, cells along each. Distances are in cells' lengths
// times a hundred, so that the floor needs no fractions.
type Layout struct {
	Aisles      int   `cbor:"1,keyasint" json:"aisles"`
	Cells       int   `cbor:"2,keyasint" json:"cells"`
	AislePitch  int64 `cbor:"3,keyasint" json:"aisle_pitch"`
	CellPitch   int64 `cbor:"4,keyasint" json:"cell_pitch"`
	EndGap      int64 `cbor:"5,keyasint" json:"end_gap"`
	CrossAisles []int `cbor:"6,keyasint" json:"cross_aisles"`
	DepotAisle  int   `cbor:"7,keyasint" json:"depot_aisle"`
	DepotAtTop  bool  `cbor:"8,keyasint,omitempty" json:"depot_at_top"`

	Rev uint64 `cbor:"9,keyasint,omitempty" json:"-"`
}

// Service is a shipping service and the carrier that runs it.
type Service struct {
	Code    string   `cbor:"1,keyasint" json:"code"`
	Carrier string   `cbor:"2,keyasint" json:"carrier"`
	Name    string   `cbor:"3,keyasint" json:"name"`
	Cutoff  string   `cbor:"4,keyasint,omitempty" json:"cutoff,omitempty"` // when its parcels are fetched, 16:00 in the site's own time
	Days    []string `cbor:"5,keyasint,omitempty" json:"days,omitempty"`   // mon to sun; none is every day

	Zones    []rates.Zone    `cbor:"150,keyasint,omitempty" json:"zones,omitempty"`
	Rules    *rates.Rules    `cbor:"151,keyasint,omitempty" json:"rules,omitempty"`     // what it takes
	Numbers  *numbers.Series `cbor:"152,keyasint,omitempty" json:"numbers,omitempty"`   // allotted by the carrier; none: the house's own
	TrackURL string          `cbor:"153,keyasint,omitempty" json:"track_url,omitempty"` // of the carrier's own page, with {tracking} in it
	ByName   bool            `cbor:"154,keyasint,omitempty" json:"by_name,omitempty"`   // only for orders that name it, never chosen
}

// Channel is a shop that sends orders. Secret signs its webhooks and is never shown.
type Channel struct {
	Code     string `cbor:"1,keyasint" json:"code"`
	Platform string `cbor:"2,keyasint" json:"platform"`
	Verifying
	Instructions string `cbor:"123,keyasint,omitempty" json:"instructions,omitempty"` // to the packer of each of its orders

	StopDays int64  `cbor:"4,keyasint,omitempty" json:"stop_days,omitempty"` // what has so many days left, or fewer, is not sent to its customers
	Ship     string `cbor:"5,keyasint,omitempty" json:"ship,omitempty"`      // complete or partial, for orders that do not say

	HookURL string `cbor:"240,keyasint,omitempty" json:"hook_url,omitempty"` // where it hears what its returns came to

	SecretReadable string `cbor:"3,keyasint,omitempty" json:"-"` // in journals from before it was sealed; read, never written
	Secret         Secret `cbor:"6,keyasint" json:"-"`

	Service string `cbor:"150,keyasint,omitempty" json:"service,omitempty"` // of its orders that name none: a code, cheapest or fastest
}

// SaveSite replaces the site's name, address and prefix, and what else is given.
type SaveSite struct {
	Site            Site
	ZeroCheck       *bool
	ReplenishByHand *bool
	Verifying       *Verifying
	AutoWeight      *bool
	Load            LoadChanges
	Service         *string
	PublicURL       *string
}

func (v SaveSite) do(t *turn) (any, *Error) {
	var f faults
	checkText(&f, "/name", v.Site.Name, 1, NameLimit)
	if p := v.Site.GS1Prefix; p != "" && (!allDigits(p) || len(p) < 4 || len(p) > 12) {
		f.add("/gs1_prefix", "bad_prefix", "a GS1 company prefix has 4 to 12 digits")
	}
	if c := v.Site.Currency; c != "" && !isCurrency(c) {
		f.add("/currency", "bad_currency", "a currency is three capital letters such as EUR")
	}
	if u := v.Site.Units; u != "" && u != "metric" && u != "imperial" {
		f.add("/units", "bad_units", "units are metric or imperial")
	}
	checkText(&f, "/eori", v.Site.EORI, 0, CodeLimit)
	checkText(&f, "/vat", v.Site.VAT, 0, CodeLimit)
	if w := v.Site.TypedWeight; w != "" && !oneOf(w, []string{TypedByAnyone, TypedByLead}) {
		f.add("/typed_weight", "bad_value", "anyone or lead")
	}
	if v.Service != nil {
		checkText(&f, "/service", *v.Service, 0, CodeLimit)
	}
	if v.PublicURL != nil {
		checkText(&f, "/public_url", *v.PublicURL, 0, NameLimit)
		if u := *v.PublicURL; u != "" && (!strings.HasPrefix(u, "https://") || strings.ContainsAny(u, "?# ")) {
			f.add("/public_url", "bad_url", "begins with https://, such as https://track.shop.example")
		}
	}
	checkAddress(&f, "/address", &v.Site.Address)
	if v.Verifying != nil {
		v.Verifying.check(&f)
	}
	v.Load.check(&f)
	if err := f.err(); err != nil {
		return nil, err
	}
	b := &SiteSaved{v.Site}
	if b.Site.ZeroCheck = t.Site.ZeroCheck; v.ZeroCheck != nil {
		b.Site.ZeroCheck = *v.ZeroCheck
	}
	if b.Site.ReplenishByHand = t.Site.ReplenishByHand; v.ReplenishByHand != nil {
		b.Site.ReplenishByHand = *v.ReplenishByHand
	}
	if b.Site.Verifying = t.Site.Verifying; v.Verifying != nil {
		b.Site.Verifying = *v.Verifying
	}
	if b.Site.AutoWeight = t.Site.AutoWeight; v.AutoWeight != nil {
		b.Site.AutoWeight = *v.AutoWeight
	}
	b.Site.LoadRules = v.Load.on(t.Site.LoadRules)
	if b.Site.Service = t.Site.Service; v.Service != nil {
		b.Site.Service = *v.Service
	}
	if b.Site.PublicURL = t.Site.PublicURL; v.PublicURL != nil {
		b.Site.PublicURL = strings.TrimRight(*v.PublicURL, "/")
	}
	defaultText(&b.Site.GS1Prefix, t.Site.GS1Prefix)
	defaultText(&b.Site.TimeZone, t.Site.TimeZone)
	defaultText(&b.Site.Currency, t.Site.Currency)
	defaultText(&b.Site.Units, t.Site.Units)
	defaultText(&b.Site.EORI, t.Site.EORI)
	defaultText(&b.Site.VAT, t.Site.VAT)
	defaultText(&b.Site.TypedWeight, t.Site.TypedWeight)
	t.emit(b)
	return t.Site, nil
}

func defaultText(s *string, d string) {
	if *s == "" {
		*s = d
	}
}

// SiteSaved says what the site is called now.
type SiteSaved struct {
	Site Site `cbor:"1,keyasint"`
}

var _ = kind(KindSiteSaved, "site_saved", "", func() Body { return new(SiteSaved) })

func (*SiteSaved) Kind() Kind { return KindSiteSaved }

func (b *SiteSaved) apply(s *State, _ *Event) {
	kept := s.Site
	s.Site = b.Site
	s.Site.Demo, s.Site.Claimed, s.Site.Layout, s.Site.Rev = kept.Demo, kept.Claimed, kept.Layout, kept.Rev+1
	s.Site.Blocked, s.Site.Auto, s.Site.Buying, s.Site.Counting = kept.Blocked, kept.Auto, kept.Buying, kept.Counting
	s.Site.Returns, s.Site.Adjusting, s.Site.Receiving = kept.Returns, kept.Adjusting, kept.Receiving
	s.touch(TableSite, "site")
}

// MarkSite notes that the site has its first admin, or that it is a demo that may be reset.
type MarkSite struct{ Claimed, Demo bool }

func (v MarkSite) do(t *turn) (any, *Error) {
	if v.Claimed && t.Site.Claimed {
		return nil, refuse(Conflict, "already_claimed", "this warehouse has its first admin; sign in instead")
	}
	t.emit(&SiteMarked{v.Claimed, v.Demo})
	return nil, nil
}

// SiteMarked says the site was claimed or is a demo.
type SiteMarked struct {
	Claimed bool `cbor:"1,keyasint,omitempty"`
	Demo    bool `cbor:"2,keyasint,omitempty"`
}

var _ = kind(KindSiteMarked, "site_marked", "", func() Body { return new(SiteMarked) })

func (*SiteMarked) Kind() Kind { return KindSiteMarked }

func (b *SiteMarked) apply(s *State, _ *Event) {
	s.Site.Claimed = s.Site.Claimed || b.Claimed
	s.Site.Demo = s.Site.Demo || b.Demo
	s.touch(TableSite, "site")
}

// SaveLayout sets the grid of the walk. With IfRev only where the one there now is the one that was seen.
type SaveLayout struct {
	Layout Layout
	IfRev  *uint64
}

func (v SaveLayout) do(t *turn) (any, *Error) {
	l, f := v.Layout, faults{}
	if l.Aisles < 1 || l.Aisles > 500 {
		f.add("/aisles", "out_of_range", "1 to 500 aisles")
	}
	if l.Cells < 1 || l.Cells > 1000 {
		f.add("/cells", "out_of_range", "1 to 1000 cells")
	}
	last := -1
	for _, c := range l.CrossAisles {
		if c <= last || c > l.Cells {
			f.add("/cross_aisles", "out_of_order", "cross aisles rise from 0 to the number of cells")
			break
		}
		last = c
	}
	if l.DepotAisle < 0 || l.DepotAisle >= max(l.Aisles, 1) {
		f.add("/depot/aisle", "out_of_range", "the depot stands at the end of an aisle")
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	if v.IfRev != nil && *v.IfRev != t.Site.Layout.Rev {
		return nil, refuse(Changed, "changed", "the layout was changed by somebody else; read it again")
	}
	l.Rev = t.Site.Layout.Rev + 1
	t.emit(&LayoutSaved{l})
	return l, nil
}

// LayoutSaved says what the grid of the walk is now.
type LayoutSaved struct {
	Layout Layout `cbor:"1,keyasint"`
}

var _ = kind(KindLayoutSaved, "layout_saved", "", func() Body { return new(LayoutSaved) })

func (*LayoutSaved) Kind() Kind { return KindLayoutSaved }

func (b *LayoutSaved) apply(s *State, _ *Event) {
	s.Site.Layout = b.Layout
	s.Site.Blocked = slices.DeleteFunc(slices.Clone(s.Site.Blocked), func(a int) bool { return a >= b.Layout.Aisles })
	s.touch(TableSite, "site")
}

// SaveService names a shipping service's carrier.
type SaveService struct{ Service Service }

func (v SaveService) do(t *turn) (any, *Error) {
	var f faults
	checkText(&f, "/code", v.Service.Code, 1, CodeLimit)
	checkText(&f, "/carrier", v.Service.Carrier, 1, CodeLimit)
	checkText(&f, "/name", v.Service.Name, 0, NameLimit)
	checkCutoff(&f, v.Service)
	t.checkShipping(&f, &v.Service)
	if err := f.err(); err != nil {
		return nil, err
	}
	t.emit(&ServiceSaved{v.Service})
	return v.Service, nil
}

// ServiceSaved says which carrier runs a service.
type ServiceSaved struct {
	Service Service `cbor:"1,keyasint"`
}

var _ = kind(KindServiceSaved, "service_saved", "", func() Body { return new(ServiceSaved) })

func (*ServiceSaved) Kind() Kind { return KindServiceSaved }

func (b *ServiceSaved) apply(s *State, _ *Event) {
	sv := b.Service
	s.Services[sv.Code] = &sv
	s.touch(TableService, sv.Code)
}

// carrierOf is the carrier that runs a service; an unknown service is its own carrier.
func (s *State) carrierOf(service string) string {
	if sv := s.Services[service]; sv != nil {
		return sv.Carrier
	}
	return service
}

// SaveChannel names a shop and the secret that signs its webhooks.
type SaveChannel struct{ Channel Channel }

func (v SaveChannel) do(t *turn) (any, *Error) {
	var f faults
	checkText(&f, "/code", v.Channel.Code, 1, CodeLimit)
	checkText(&f, "/secret", v.Channel.Secret.Plain, 0, NameLimit)
	checkRange(&f, "/stop_days", v.Channel.StopDays, 0, StopDaysLimit)
	checkShip(&f, v.Channel.Ship)
	checkHook(&f, v.Channel.HookURL)
	v.Channel.Verifying.check(&f)
	checkNote(&f, "/instructions", v.Channel.Instructions)
	checkText(&f, "/service", v.Channel.Service, 0, CodeLimit)
	if err := f.err(); err != nil {
		return nil, err
	}
	t.emit(&ChannelSaved{v.Channel})
	return v.Channel, nil
}

// ChannelSaved says a shop was set up.
type ChannelSaved struct {
	Channel Channel `cbor:"1,keyasint"`
}

var _ = kind(KindChannelSaved, "channel_saved", "", func() Body { return new(ChannelSaved) })

func (*ChannelSaved) Kind() Kind { return KindChannelSaved }

func (b *ChannelSaved) apply(s *State, _ *Event) {
	c := b.Channel
	s.Channels[c.Code] = &c
	s.touch(TableChannel, c.Code)
}

// HookLimit is how long the address of a shop's hook may be.
const HookLimit = 500

func checkHook(f *faults, address string) {
	checkText(f, "/hook_url", address, 0, HookLimit)
	if address != "" && !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") {
		f.add("/hook_url", "bad_value", "an address of http or https")
	}
}
