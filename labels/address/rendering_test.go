package address

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"floorline/floor/fixture"
)

// rendering is one case of the public renderings: a place in parts and its address as people write it.
type rendering struct {
	file, description string
	parts             map[string]string
	lines             []string
}

// readRenderings reads the little of YAML that those files use.
func readRenderings(t *testing.T, file string) []rendering {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []rendering
	for _, text := range strings.Split("\n"+string(data), "\n---") {
		r := rendering{file: filepath.Base(file), parts: map[string]string{}}
		at := ""
		for _, l := range strings.Split(text, "\n") {
			key, value, _ := strings.Cut(strings.TrimSpace(l), ":")
			value = strings.Trim(strings.TrimSpace(value), `"'`)
			switch indented := strings.HasPrefix(l, " ") || strings.HasPrefix(l, "\t"); {
			case strings.HasPrefix(strings.TrimSpace(l), "#") || strings.TrimSpace(l) == "":
			case !indented:
				if at = key; key == "description" {
					r.description = value
				}
			case at == "components":
				r.parts[key] = value
			case at == "expected":
				r.lines = append(r.lines, strings.TrimSpace(l))
			}
		}
		if len(r.parts) > 0 && len(r.lines) > 0 {
			all = append(all, r)
		}
	}
	return all
}

// ordered is what a shop would send for a place: the street and the building as the customer types them, which
// is free text and so taken as it is written there; town, region and postcode from the parts alone. A shop asks
// for a region and a postcode only where the country has them.
func (r rendering) ordered() Address {
	a := Address{Country: strings.ToUpper(r.parts["country_code"])}
	if HasPostcodes(a.Country) {
		a.Postcode = r.parts["postcode"]
	}
	if contains(ruleOf(a.Country).required, 'S') {
		if a.Region = r.parts["state_code"]; a.Region == "" {
			a.Region = r.parts["state"] + r.parts["province"]
		}
	}
	for _, key := range []string{"city", "town", "village", "municipality", "hamlet", "suburb", "city_district", "state_district", "neighbourhood", "county", "state"} {
		if v := r.parts[key]; a.City == "" && v != "" && r.townLine(v) >= 0 {
			a.City = v
		}
	}
	for i, l := range r.place() {
		if i != r.townLine(a.City) && bare(l) != bare(a.Region) && bare(l) != bare(a.Postcode) {
			a.Lines = append(a.Lines, l)
		}
	}
	return a
}

// townLine is the line that says the town and nothing but its postcode and region, or -1.
func (r rendering) townLine(town string) int {
	place, country := r.place(), strings.ToUpper(r.parts["country_code"])
	for i := len(place) - 1; i >= 0 && town != ""; i-- {
		left := bare(place[i])
		if !strings.Contains(left, bare(town)) {
			continue
		}
		for _, s := range []string{town, r.parts["postcode"], r.parts["state"], shortRegion(country, r.parts["state"]), impliedRegion[country]} {
			left = strings.Replace(left, bare(s), "", 1)
		}
		if left == "" {
			return i
		}
	}
	return -1
}

// place is the rendering without the line of the country.
func (r rendering) place() []string {
	country := r.parts["country"]
	for i, l := range r.lines {
		if country != "" && l == country {
			return slices.Delete(slices.Clone(r.lines), i, i+1)
		}
	}
	if country == "" || len(r.lines) == 1 {
		return r.lines
	}
	return r.lines[:len(r.lines)-1] // the country under another name
}

// bare compares words and their order: case, spaces and the signs between them aside.
func bare(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsMark(c) || unicode.IsDigit(c) || c == '\n' {
			return unicode.ToLower(c)
		}
		return -1
	}, s)
}

// The public renderings: how many of them we write in the same words, lines and order. The rest is named in
// DESIGN.md with its reasons; the count must not fall.
func TestPublicRenderings(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(fixture.Path(t, "address", "opencage"), "*.yaml"))
	if err != nil || len(files) < 60 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	cases, agree := 0, 0
	for _, f := range files {
		for _, r := range readRenderings(t, f) {
			cases++
			a := r.ordered()
			var lines []string
			for _, l := range a.Written(a.Country) {
				lines = append(lines, l.Text)
			}
			got, want := strings.Join(lines, "\n"), strings.Join(r.place(), "\n")
			if bare(got) == bare(want) {
				agree++
				continue
			}
			t.Logf("%s %s: %q, there %q", r.file, r.description, got, want)
		}
	}
	t.Logf("%d of %d renderings agree", agree, cases)
	if agree < renderingsThatAgree {
		t.Errorf("%d of %d renderings agree, at least %d did", agree, cases, renderingsThatAgree)
	}
}

const renderingsThatAgree = 149
