package address

import "fmt"

// Doubt is something about an address that mail often comes back for. It names the field.
type Doubt struct{ Field, Say string }

// Doubts checks an address against the rules of its country: parts that are missing, a postcode of the wrong
// shape. Posts change their rules and people live in odd places, so these are warnings and no refusals.
func (a Address) Doubts() []Doubt {
	var out []Doubt
	a.Country = Code(a.Country)
	full := a.completed()
	given := map[byte]string{'C': full.City, 'S': full.Region + a.Region, 'Z': full.Postcode}
	if len(a.Lines) > 0 {
		given['A'] = a.Lines[0]
	}
	for _, need := range []struct {
		letter byte
		field  string
	}{{'A', "lines"}, {'C', "city"}, {'S', "region"}, {'Z', "postcode"}} {
		if given[need.letter] == "" && contains(ruleOf(a.Country).required, need.letter) {
			out = append(out, Doubt{need.field, fmt.Sprintf("an address in %s has one", a.Country)})
		}
	}
	if _, err := Postcode(a.Country, a.Postcode); err != nil {
		out = append(out, Doubt{"postcode", err.Error()})
	}
	return out
}

func contains(letters string, letter byte) bool {
	for i := range len(letters) {
		if letters[i] == letter {
			return true
		}
	}
	return false
}
