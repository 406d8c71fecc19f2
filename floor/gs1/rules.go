package gs1

import "strings"

// Rules gives what is wrong with the elements of a message as a whole: those that must stand beside one
// another and do not, those that cannot and do, one that comes twice with different values. Source: GS1
// General Specifications, section 4.14.
func Rules(all []Element) []*Fault {
	var out []*Fault
	for i, e := range all {
		for _, earlier := range all[:i] {
			if earlier.AI == e.AI && earlier.Value != e.Value {
				out = append(out, &Fault{RepeatedAI, e.AI, "(" + e.AI + ") comes twice with different values"})
			}
		}
		sp := specs[e.AI]
		if sp == nil {
			continue
		}
		for _, pattern := range sp.excludes {
			if other := standing(all, pattern, e.AI); other != "" {
				out = append(out, &Fault{ExcludedAI, e.AI, "(" + e.AI + ") cannot stand beside (" + other + ")"})
			}
		}
		for _, group := range sp.needs {
			if !oneStands(all, group, e.AI) {
				out = append(out, &Fault{MissingAI, e.AI, "(" + e.AI + ") needs " + inWords(group)})
			}
		}
		if f := serialised(all, e); f != nil {
			out = append(out, f)
		}
	}
	return out
}

// standing gives an identifier of the message that matches a pattern, such as 310n, other than the one asked for.
func standing(all []Element, pattern, but string) string {
	for _, e := range all {
		if e.AI != but && matches(e.AI, pattern) {
			return e.AI
		}
	}
	return ""
}

func matches(ai, pattern string) bool {
	stem := strings.TrimRight(pattern, "n")
	return len(ai) == len(pattern) && ai[:len(stem)] == stem
}

func oneStands(all []Element, group [][]string, but string) bool {
	for _, choice := range group {
		every := true
		for _, pattern := range choice {
			every = every && standing(all, pattern, but) != ""
		}
		if every {
			return true
		}
	}
	return false
}

func inWords(group [][]string) string {
	var out []string
	for _, choice := range group {
		out = append(out, "("+strings.Join(choice, ")+(")+")")
	}
	return strings.Join(out, " or ")
}

// serialised holds a digital signature (8030) to keys that name one thing: a document, coupon or asset with
// its serial component.
func serialised(all []Element, e Element) *Fault {
	bare := map[string]int{"253": 13, "255": 13, "8003": 14}[e.AI]
	if bare != 0 && len(e.Value) == bare && standing(all, "8030", "") != "" {
		return &Fault{MissingAI, "8030", "(8030) signs one thing: (" + e.AI + ") needs its serial component"}
	}
	return nil
}
