package labels

import "strings"

// Address is who sends or receives. Country is an ISO 3166-1 code of two letters.
type Address struct {
	Name     string   `json:"name"`
	Company  string   `json:"company,omitempty"`
	Lines    []string `json:"lines"`
	City     string   `json:"city"`
	Region   string   `json:"region,omitempty"`
	Postcode string   `json:"postcode,omitempty"`
	Country  string   `json:"country"`
	Phone    string   `json:"phone,omitempty"`
}

// maxAddressLines bounds the free lines of an address.
const maxAddressLines = 8

// Where a country writes its postcode (Universal Postal Union, postal addressing systems).
const (
	postcodeLast  = " AU CA US PR GU VI AS MP UM FM MH PW TW KR IN ID TH PK BD LK NP MM KH SG NZ ZA MY VN PH SA JO LB BH "
	postcodeBelow = " GB IE IM JE GG GI FK SH IO "
	regionInLine  = " IT SM ES BR MX AR "
)

// paragraphs are the address as written on a parcel, name and town in bold; home is the country it is sent
// from, whose name is not written.
func (a Address) paragraphs(field, home string) []line {
	out := []line{{field + ".name", a.Name, true}, {field + ".company", a.Company, a.Name == ""}}
	for _, l := range a.Lines {
		out = append(out, line{field + ".lines", l, false})
	}
	out = append(out, a.town(field)...)
	if a.Country != home {
		out = append(out, line{field + ".country", strings.ToUpper(countryName(a.Country)), true})
	}
	return out
}

func (a Address) town(field string) []line {
	country := " " + a.Country + " "
	switch {
	case strings.Contains(postcodeLast, country):
		return []line{{field + ".city", spaced(a.City, a.Region, a.Postcode), true}}
	case strings.Contains(postcodeBelow, country):
		return []line{{field + ".city", a.City, false}, {field + ".region", a.Region, false}, {field + ".postcode", a.Postcode, true}}
	case strings.Contains(regionInLine, country):
		return []line{{field + ".city", spaced(a.Postcode, a.City, a.Region), true}}
	}
	return []line{{field + ".city", spaced(a.Postcode, a.City), true}, {field + ".region", a.Region, false}}
}

// routing is what a sorter reads from two metres: the country and the postcode, or the town where there is
// none.
func (a Address) routing() string {
	if a.Postcode != "" {
		return a.Postcode
	}
	return strings.ToUpper(a.City)
}

func spaced(parts ...string) string {
	kept := parts[:0:0]
	for _, s := range parts {
		if s = strings.TrimSpace(s); s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, " ")
}
