package rates

import "strings"

// Zone is where a service goes at one price and in so many days.
type Zone struct {
	Code      string   `cbor:"1,keyasint" json:"code"`
	Countries []string `cbor:"2,keyasint,omitempty" json:"countries,omitempty"` // none is everywhere else
	Postcodes []string `cbor:"3,keyasint,omitempty" json:"postcodes,omitempty"` // how they begin; none is the whole country
	Days      int64    `cbor:"4,keyasint,omitempty" json:"days,omitempty"`      // working days from the collection to the door; 0 is no promise
	Remote    bool     `cbor:"5,keyasint,omitempty" json:"remote,omitempty"`    // the remote surcharge is due
}

// Postcode brings a postcode to the form in which prefixes are compared: capitals without blanks and dashes.
func Postcode(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-' || r == '\u00a0':
			return -1
		case 'a' <= r && r <= 'z':
			return r - 32
		}
		return r
	}, s)
}

// fit says how well a place is named by countries and postcodes: -1 not at all, 0 as everywhere, 1 by its country, and
// more for each character of the postcode.
func fit(countries, postcodes []string, country, postcode string) int {
	named := 0
	if len(countries) > 0 {
		for _, c := range countries {
			if c == country {
				named = 1
			}
		}
		if named == 0 {
			return -1
		}
	}
	if len(postcodes) == 0 {
		return named
	}
	best, code := -1, Postcode(postcode)
	for _, p := range postcodes {
		if p = Postcode(p); strings.HasPrefix(code, p) && p != "" && code != "" {
			best = max(best, named+len(p))
		}
	}
	return best
}

// ZoneOf is the zone that names a place most closely; of two that do so alike, the first. Nil is nowhere.
func ZoneOf(zones []Zone, country, postcode string) *Zone {
	var found *Zone
	best := -1
	for i := range zones {
		if n := fit(zones[i].Countries, zones[i].Postcodes, country, postcode); n > best {
			best, found = n, &zones[i]
		}
	}
	return found
}
