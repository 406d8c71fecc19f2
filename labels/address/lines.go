package address

import (
	"strings"
	"unicode"
)

// Address is who sends or receives, as a shop gives it. Country is an ISO 3166-1 code of two letters.
type Address struct {
	Name, Company          string
	Lines                  []string
	City, Region, Postcode string
	Country                string
}

// Part is a piece of a line and the field that it came from.
type Part struct{ Field, Text string }

// Line is one line as written. Strong says that sorters look for it: the name, and what holds the postcode
// or, where there is none, the town.
type Line struct {
	Text   string
	Parts  []Part
	Strong bool
}

// The words of a form, the field of each and its letter in the lists of rules.go.
var words = map[string]struct {
	field  string
	letter string
}{
	"name": {"name", "N"}, "company": {"company", "O"}, "lines": {"lines", "A"},
	"town": {"city", "C"}, "region": {"region", "S"}, "post": {"postcode", "Z"},
}

// Written gives the lines by the convention of the destination. Home is the country that the mail is sent
// from: abroad some posts want their letters before the postcode. The country's own line is not written.
func (a Address) Written(home string) []Line {
	a.Country, home = Code(a.Country), Code(home)
	r := ruleOf(a.Country)
	w := writer{rule: r, a: a.completed(), form: r.laid}
	if r.latin != nil && a.isLatin() {
		w.form = r.laidLatin
	}
	if r.prefix != "" && home != a.Country && w.a.Postcode != "" && !strings.HasPrefix(w.a.Postcode, strings.TrimSpace(r.prefix)) {
		w.a.Postcode = r.prefix + w.a.Postcode
	}
	for _, pieces := range w.form.lines {
		w.line(pieces)
	}
	w.leftOut()
	return w.lines
}

// Code is a country's code of two letters as ISO 3166-1 has it, for what people write instead.
func Code(country string) string {
	switch c := strings.ToUpper(strings.TrimSpace(country)); c {
	case "UK":
		return "GB"
	case "EL":
		return "GR"
	default:
		return c
	}
}

// completed has the postcode in its usual form, the region's short name where the post wants that, and what
// goes without saying.
func (a Address) completed() Address {
	if shaped, err := Postcode(a.Country, a.Postcode); err == nil {
		a.Postcode = shaped
	}
	if a.City == "" {
		a.City = impliedTown[a.Country]
	}
	if a.Region == "" {
		a.Region = impliedRegion[a.Country]
	}
	if a.Region = shortRegion(a.Country, a.Region); strings.EqualFold(a.Region, a.City) || isNation(a.Country, a.Region) {
		a.Region = "" // Berlin in Berlin; England is no county
	}
	return a
}

// isLatin says whether the place is written in Latin letters: its town and region or, without them, its street.
func (a Address) isLatin() bool {
	place := []string{a.City, a.Region}
	if a.City+a.Region == "" {
		place = a.Lines
	}
	for _, s := range place {
		for _, r := range s {
			if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) {
				return false
			}
		}
	}
	return true
}

type writer struct {
	rule  *rule
	a     Address
	form  *layout
	lines []Line
}

// value is the text of a word of the form, in capitals where the country wants them.
func (w *writer) value(word string) string {
	s := ""
	switch word {
	case "name":
		s = w.a.Name
	case "company":
		s = w.a.Company
	case "town":
		s = w.a.City
	case "region":
		s = w.a.Region
	case "post":
		s = w.a.Postcode
	}
	return w.cased(word, strings.TrimSpace(s))
}

func (w *writer) cased(word, s string) string {
	if w.rule.upper != "" && strings.Contains(w.rule.upper, words[word].letter) {
		return strings.ToUpper(s)
	}
	return s
}

// line writes one line of the form. The sign before a part that is empty goes with it; a line of nothing but
// signs is written as it stands.
func (w *writer) line(pieces []piece) {
	var l Line
	fixed := true
	for _, p := range pieces {
		if p.word == "" {
			continue
		}
		fixed = false
		for _, s := range w.values(p.word, len(pieces) > 1) {
			if s == "" {
				continue
			}
			if len(l.Parts) > 0 || strings.TrimSpace(p.before) == p.before {
				l.Text += p.before
			}
			l.Text += s
			l.Parts = append(l.Parts, Part{words[p.word].field, s})
			l.Strong = l.Strong || w.strong(p.word)
		}
	}
	switch {
	case fixed:
		w.lines = append(w.lines, Line{Text: pieces[0].before, Parts: []Part{{"city", pieces[0].before}}})
	case l.Text != "":
		w.lines = append(w.lines, l)
	}
}

// values are the texts of a word. The free lines each are a line of their own, but for the last one where
// the form has something beside it.
func (w *writer) values(word string, shared bool) []string {
	if word != "lines" {
		return []string{w.value(word)}
	}
	lines := w.a.Lines
	for i, s := range lines {
		if shared && i == len(lines)-1 {
			return []string{w.cased(word, strings.TrimSpace(s))}
		}
		if s = w.cased(word, strings.TrimSpace(s)); s != "" {
			w.lines = append(w.lines, Line{Text: s, Parts: []Part{{"lines", s}}})
		}
	}
	return nil
}

func (w *writer) strong(word string) bool {
	switch word {
	case "name", "post":
		return true
	case "company":
		return w.a.Name == ""
	case "town":
		return w.a.Postcode == "" || !w.form.post
	}
	return false
}

// leftOut writes what the form has no place for and yet must be said: a postcode always, a region where no
// postcode or no town says it already.
func (w *writer) leftOut() {
	if post := w.value("post"); post != "" && !w.form.post {
		w.lines = append(w.lines, Line{Text: post, Parts: []Part{{"postcode", post}}, Strong: true})
	}
	said := w.a.City != "" && (w.a.Postcode != "" || !HasPostcodes(w.a.Country))
	if region := w.value("region"); region != "" && !said && !w.form.region {
		w.lines = append(w.lines, Line{Text: region, Parts: []Part{{"region", region}}})
	}
}
