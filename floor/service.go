package floor

import (
	"fmt"
	"strings"

	"floorline/floor/rates"
)

// What a service takes, where it goes and what numbers it was allotted. When it is fetched is in cutoff.go.

// Limits of a service.
const (
	ZoneLimit     = 500  // zones of one service
	CountryLimit  = 250  // countries of one zone, or of the rules
	PostcodeLimit = 2000 // postcodes of one zone
	PromiseLimit  = 90   // days of a promise
)

// checkShipping finds fault with a service's zones, rules, numbers and the address of its carrier's page.
func (s *State) checkShipping(f *faults, v *Service) {
	if len(v.Zones) > ZoneLimit {
		f.add("/zones", "too_many", "at most 500 zones")
		return
	}
	seen := map[string]bool{}
	for i := range v.Zones {
		z, at := &v.Zones[i], fmt.Sprintf("/zones/%d", i)
		checkText(f, at+"/code", z.Code, 1, CodeLimit)
		if seen[z.Code] {
			f.add(at+"/code", "twice", "zone "+z.Code+" stands twice")
		}
		seen[z.Code] = true
		checkCountries(f, at+"/countries", z.Countries)
		if len(z.Postcodes) > PostcodeLimit {
			f.add(at+"/postcodes", "too_many", "at most 2000 postcodes")
		}
		if len(z.Postcodes) > 0 && len(z.Countries) == 0 {
			f.add(at+"/countries", "required", "postcodes are of a country")
		}
		checkRange(f, at+"/days", z.Days, 0, PromiseLimit)
	}
	checkRules(f, v.Rules)
	s.checkSeries(f, v)
	checkTrackURL(f, "/track_url", v.TrackURL)
	if oneOf(v.Code, policies) {
		f.add("/code", "reserved", "cheapest and fastest say how a service is chosen; a service has another name")
	}
}

func checkRules(f *faults, r *rates.Rules) {
	if r == nil {
		return
	}
	checkRange(f, "/rules/max_weight_g", r.MaxWeightG, 0, WeightLimitG)
	checkRange(f, "/rules/max_side_mm", r.MaxSideMM, 0, SizeLimitMM)
	checkRange(f, "/rules/max_girth_mm", r.MaxGirthMM, 0, 5*SizeLimitMM)
	checkRange(f, "/rules/max_value_cents", r.MaxValueCents, 0, MoneyLimit)
	checkCountries(f, "/rules/countries", r.Countries)
	if n := len(r.MaxSidesMM); n != 0 && n != 3 {
		f.add("/rules/max_sides_mm", "bad_value", "three numbers: length, width, height")
	}
	for i, mm := range r.MaxSidesMM {
		checkRange(f, fmt.Sprintf("/rules/max_sides_mm/%d", i), mm, 1, SizeLimitMM)
	}
}

func checkCountries(f *faults, at string, list []string) {
	if len(list) > CountryLimit {
		f.add(at, "too_many", "at most 250 countries")
		return
	}
	for i, c := range list {
		if len(c) != 2 || strings.Trim(c, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			f.add(fmt.Sprintf("%s/%d", at, i), "bad_country", "a country is two capital letters such as DE")
		}
	}
}

// checkTrackURL wants an address that opens safely from a customer's page.
func checkTrackURL(f *faults, at, url string) {
	checkText(f, at, url, 0, 500)
	if url != "" && (!strings.HasPrefix(url, "https://") || !strings.Contains(url, "{tracking}") || strings.ContainsAny(url, " <>\"'")) {
		f.add(at, "bad_url", "begins with https:// and has {tracking} where the number goes")
	}
}

// ServiceView is a service as the API shows it.
type ServiceView struct {
	Service
	NumbersLeft *int64     `json:"numbers_left,omitempty"` // of its range
	Cards       []CardView `json:"cards"`
}

// CardView is a rate card in a list.
type CardView struct {
	From     string `json:"valid_from"`
	Currency string `json:"currency"`
	Rows     int    `json:"rows"`
	Current  bool   `json:"current"` // it holds today
}

// ServiceView shows a service.
func (s *State) ServiceView(v *Service, now Time) *ServiceView {
	out := &ServiceView{Service: *v, Cards: []CardView{}}
	if v.Numbers != nil {
		left := s.numbersLeft(v.Numbers)
		out.NumbersLeft = &left
	}
	current := s.cardOf(v.Code, now)
	for _, c := range s.cardsOf(v.Code) {
		out.Cards = append(out.Cards, CardView{From: c.From, Currency: c.Currency, Rows: len(c.Rows), Current: c == current})
	}
	return out
}
