package labels

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"floorline/labels/address"
)

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

// paragraphs are the address as the post of its country asks (labels/address), name and town in bold; home is
// the country it is sent from, whose name is not written.
func (a Address) paragraphs(field, home string) []line {
	var out []line
	for _, l := range a.facts().Written(home) {
		out = append(out, line{field + "." + culprit(l), l.Text, l.Strong})
	}
	if to, from := address.Code(a.Country), address.Code(home); to != from {
		for _, s := range countryLines(to, from) {
			out = append(out, line{field + ".country", s, true})
		}
	}
	return out
}

// facts is the address in the words of the rules.
func (a Address) facts() address.Address {
	return address.Address{Name: a.Name, Company: a.Company, Lines: a.Lines, City: a.City, Region: a.Region,
		Postcode: a.Postcode, Country: a.Country}
}

// culprit is the field that a fault of a line is told by: of several, the first that cannot be printed.
func culprit(l address.Line) string {
	field := l.Parts[0].Field
	if len(l.Parts) == 1 {
		return field
	}
	for _, p := range l.Parts {
		if _, err := clean(p.Field, p.Text); err != nil {
			return p.Field
		}
		if p.Field == "city" {
			field = p.Field
		}
	}
	return field
}

// Doubts reads the addresses in a label's data and says, by field, what mail often comes back for: a postcode
// of the wrong shape, a part that the country's post requires. They are warnings: the label prints.
func Doubts(data []byte) []string {
	type addressed struct{ Sender, Receiver *Address }
	var list []addressed
	if one := (addressed{}); json.Unmarshal(data, &one) == nil {
		list = []addressed{one}
	} else if json.Unmarshal(data, &list) != nil {
		return nil // the label itself says what is wrong with its data
	}
	var out []string
	for i, l := range list {
		where := ""
		if len(list) > 1 {
			where = fmt.Sprintf(" (label %d of %d)", i+1, len(list))
		}
		for field, a := range map[string]*Address{"receiver": l.Receiver, "sender": l.Sender} {
			if a == nil {
				continue
			}
			for _, d := range a.facts().Doubts() {
				out = append(out, field+"."+d.Field+": "+d.Say+where)
			}
		}
	}
	slices.Sort(out)
	return out
}

// routing is what a sorter reads from two metres: the country and the postcode, or the town where there is
// none.
func (a Address) routing() string {
	if post, _ := address.Postcode(a.Country, a.Postcode); post != "" {
		return post
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
