package gs1

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"floorline/floor/fixture"
)

// vector is one case of the official engine's own tests.
type vector struct {
	Kind, Src, In string
	OK            bool
	Expect, Extra string
}

func publicVectors(t testing.TB) (all []vector) {
	for line := range strings.Lines(string(fixture.Read(t, "gs1/gs1_vectors.jsonl"))) {
		var v vector
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	return all
}

// Every public vector agrees with the official engine.
func TestPublicVectors(t *testing.T) {
	all := publicVectors(t)
	good := map[string]bool{}
	for _, v := range all {
		if v.OK {
			good[v.Kind+v.In] = true
		}
	}
	ran := map[string]int{}
	for _, v := range all {
		if simulated(v) || v.Kind == "digital_link_parse" && !v.OK && good[v.Kind+v.In] {
			continue // the engine's option against GTINs without leading zeros, which we always take
		}
		ran[v.Kind]++
		ok, got := judge(t, v)
		if ok != v.OK {
			t.Errorf("%s %s %q: ok %v, want %v (%s)", v.Kind, v.Src, v.In, ok, v.OK, v.Extra)
		} else if ok && got != "" && got != v.Expect {
			t.Errorf("%s %s %q: %q, want %q", v.Kind, v.Src, v.In, got, v.Expect)
		}
	}
	t.Log(ran)
}

// simulated is true of a vector that asks a made-up register of company prefixes, which refuses them all.
func simulated(v vector) bool {
	return strings.HasPrefix(v.Src, "lint_couponcode") && (strings.Contains(v.Extra, "GS1 Company Prefix is invalid.") || strings.Contains(v.Extra, "offline"))
}

// judge says what this package makes of a vector, and the outcome in the engine's own writing where it gives one.
func judge(t *testing.T, v vector) (ok bool, got string) {
	raw := strings.ReplaceAll(v.In, "^", string(GS))
	switch v.Kind {
	case "lint_component":
		name := strings.TrimPrefix(v.Src[:strings.IndexByte(v.Src, '.')], "lint_")
		if checks[name] == nil {
			t.Fatalf("no check %q", name)
		}
		return checks[name](v.In) == nil, ""
	case "ai_linter", "bracketed_to_element_string":
		e, f := Parse(v.In)
		return f == nil, engineString(e)
	case "ai_association":
		_, f := Read(v.In)
		return f == nil, ""
	case "element_string":
		_, f := Read(raw)
		return f == nil, ""
	case "digital_link_parse":
		p := parser{strict: true}
		p.link(v.In)
		return len(p.faults) == 0, engineString(p.out)
	case "digital_link_generate":
		e, f := Parse(v.In)
		if f != nil {
			return false, ""
		}
		s, f := Link(v.Extra, e)
		return f == nil, s
	case "scandata_process":
		r, f := Read(v.In)
		return f == nil, engineText(v, r)
	case "scandata_generate":
		s, f := Transmit(map[string]string{"DM": "DataMatrix", "DataBarExpanded": "DataBar", "DataBarOmni": "DataBar",
			"DataBarLimited": "DataBar"}[v.Extra]+plainName(v.Extra), message(v.In))
		return f == nil && v.In != "", s
	}
	t.Fatalf("a kind of vector that is not known: %s", v.Kind)
	return false, ""
}

func plainName(s string) string {
	if slices.Contains([]string{"DM", "DataBarExpanded", "DataBarOmni", "DataBarLimited"}, s) {
		return ""
	}
	return s
}

// message turns the engine's writing into what is sent: FNC1 is ^ at the start and between elements, and a
// data ^ at the start has backslashes before it, of which one goes.
func message(s string) string {
	if strings.HasPrefix(s, "^") {
		return strings.ReplaceAll(s, "^", string(GS))
	}
	if i := strings.Index(s, "|^"); i >= 0 && digits(s[:i]) {
		return strings.ReplaceAll(s, "^", string(GS))
	}
	if strings.HasPrefix(strings.TrimLeft(s, `\`), "^") {
		return s[1:]
	}
	return s
}

// engineString writes elements as the engine does: ^ before what begins the code or follows a value of no
// predefined length.
func engineString(all []Element) string {
	var b strings.Builder
	sep := true
	for _, e := range all {
		if sep {
			b.WriteByte('^')
		}
		b.WriteString(e.AI + e.Value)
		sep = specs[e.AI] == nil || !specs[e.AI].predefined
	}
	return b.String()
}

func engineText(v vector, r Reading) string {
	switch {
	case r.Link:
		return v.In[3:]
	case len(r.Elements) == 0:
		if strings.HasPrefix(strings.TrimLeft(r.Text, `\`), "^") {
			return `\` + r.Text
		}
		return r.Text
	case strings.HasPrefix(r.Symbology, "]E"):
		n := map[string]int{"]E0": 1, "]E4": 6}[r.Symbology]
		s := r.Elements[0].Value[n:]
		if len(r.Elements) > 1 {
			s += "|" + engineString(r.Elements[1:])
		}
		return s
	}
	return engineString(r.Elements)
}

// The table is the published one: every line of the dictionary gives the same identifiers, and no others.
func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for line := range strings.Lines(string(fixture.Read(t, "gs1/gs1-syntax-dictionary.txt"))) {
		body, title, _ := strings.Cut(strings.TrimSpace(line), "#")
		if body == "" {
			continue
		}
		f := strings.Fields(body)
		first, last, isRange := strings.Cut(f[0], "-")
		if !isRange {
			last = first
		}
		for ai := range specs {
			if len(ai) == len(first) && ai >= first && ai <= last {
				seen[ai] = true
				if specs[ai].title != strings.TrimSpace(title) {
					t.Errorf("(%s) is %q, published as %q", ai, specs[ai].title, strings.TrimSpace(title))
				}
			}
		}
		if specs[first] == nil || specs[last] == nil {
			t.Errorf("(%s) is missing", f[0])
		}
		if !strings.Contains(published, strings.Join(f[len(f)-1:], " ")) {
			t.Errorf("(%s): %s is missing", first, f[len(f)-1])
		}
	}
	for ai := range specs {
		if !seen[ai] {
			t.Errorf("(%s) is not published", ai)
		}
	}
}
