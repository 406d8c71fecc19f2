package gs1

import "strings"

// parser collects the elements of one code. Strict, it stops at the first fault; else it leaves out what is
// wrong and goes on.
type parser struct {
	strict bool
	out    []Element
	faults []*Fault
	doubt  bool
}

func (p *parser) fault(code, ai, detail string) {
	p.faults = append(p.faults, &Fault{code, ai, detail})
}

// stop is true where a strict reading has found its fault.
func (p *parser) stop() bool { return p.strict && len(p.faults) > 0 }

// elements reads an element string as transmitted, its leading FNC1 already gone.
func (p *parser) elements(s string) {
	separated := strings.IndexByte(s, GS) >= 0
	if s == "" {
		p.fault(Empty, "", "the code holds nothing")
	}
	for s != "" && !p.stop() {
		sp := specAt(s)
		if sp == nil {
			value, rest, _ := strings.Cut(s, string(GS))
			p.fault(UnknownAI, "", "no application identifier begins "+clip(value))
			s = rest
			continue
		}
		value, rest := sp.cut(s[len(sp.ai):])
		f := sp.check(value)
		switch {
		case f == nil:
			p.out = append(p.out, Element{sp.ai, value})
			if !separated && !sp.predefined && !p.strict && !p.doubt {
				p.doubt = sp.ways(value, 2, false) > 0
			}
		case f.Code == TooLong && !p.strict && p.recover(sp, value):
		default:
			p.faults = append(p.faults, f)
		}
		s = rest
	}
}

// cut takes the identifier's value from the start of s, and its separator.
func (s *spec) cut(text string) (value, rest string) {
	if s.predefined && len(text) >= s.most {
		value, rest = text[:s.most], text[s.most:]
	} else if i := strings.IndexByte(text, GS); i >= 0 {
		value, rest = text[:i], text[i:]
	} else {
		return text, ""
	}
	if rest != "" && rest[0] == GS {
		rest = rest[1:]
	}
	return value, rest
}

// SplitLimit is the longest value in which a lost separator is looked for.
const SplitLimit = 160

// recover puts lost separators back into a value that is too long, where there is only one way to do it.
func (p *parser) recover(sp *spec, value string) bool {
	if len(value) > SplitLimit {
		return false
	}
	if n := sp.ways(value, 2, true); n == 0 {
		return false
	} else if n > 1 {
		p.fault(LostSeparator, sp.ai, "a separator after ("+sp.ai+") was lost, and it could stand in more than one place")
		return true
	}
	for sp.check(value) != nil {
		n := sp.splits(value, func(string) bool { return true })[0]
		p.out = append(p.out, Element{sp.ai, value[:n]})
		value = value[n:]
		sp = specAt(value)
		value = value[len(sp.ai):]
		if sp.predefined {
			p.out = append(p.out, Element{sp.ai, value[:sp.most]})
			if value = value[sp.most:]; value == "" {
				return true
			}
			sp = specAt(value)
			value = value[len(sp.ai):]
		}
	}
	p.out = append(p.out, Element{sp.ai, value})
	return true
}

// ways counts in how many ways, up to a limit, a value can be read with separators put back. As it stands is
// one of them where `asIs` says so.
func (s *spec) ways(value string, limit int, asIs bool) int {
	memo := map[string]int{}
	return s.count(value, limit, asIs, memo)
}

func (s *spec) count(value string, limit int, asIs bool, memo map[string]int) int {
	n := 0
	if asIs && s.check(value) == nil {
		n++
	}
	for _, at := range s.splits(value, nil) {
		if n >= limit {
			break
		}
		n += rest(value[at:], limit-n, memo)
	}
	return n
}

// splits gives the lengths at which a value could end and another element begin, so that the rest reads to its
// end where `whole` is given.
func (s *spec) splits(value string, whole func(string) bool) []int {
	var out []int
	memo := map[string]int{}
	for n := s.least; n <= min(s.most, len(value)-3); n++ {
		if specAt(value[n:]) == nil || s.check(value[:n]) != nil {
			continue
		}
		if whole != nil && rest(value[n:], 1, memo) == 0 {
			continue
		}
		out = append(out, n)
	}
	return out
}

// rest counts the ways to read a whole element string without separators.
func rest(s string, limit int, memo map[string]int) int {
	if s == "" {
		return 1
	}
	if n, ok := memo[s]; ok {
		return n
	}
	n := 0
	if sp := specAt(s); sp != nil {
		value := s[len(sp.ai):]
		if sp.predefined {
			if len(value) >= sp.most && sp.check(value[:sp.most]) == nil {
				n = rest(value[sp.most:], limit, memo)
			}
		} else {
			n = sp.count(value, limit, true, memo)
		}
	}
	memo[s] = n
	return n
}

// bracketed reads an element string as printed for people: "(01)09501101530003(10)LOT". What follows an
// identifier runs to the next bracket that opens one; "\(" is a bracket of the value.
func (p *parser) bracketed(s string) {
	for s != "" && !p.stop() {
		end := strings.IndexByte(s, ')')
		if s[0] != '(' || end < 3 || end > 5 || !digits(s[1:end]) {
			p.fault(NotGS1, "", "an identifier in brackets was expected at "+clip(s))
			return
		}
		ai := s[1:end]
		var value string
		value, s = cutBracketed(s[end+1:])
		if f := checkElement(ai, value); f != nil {
			p.faults = append(p.faults, f)
			continue
		}
		p.out = append(p.out, Element{ai, value})
	}
}

func cutBracketed(s string) (value, rest string) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && s[i+1] == '(' {
			i++
		} else if s[i] == '(' {
			return b.String(), s[i:]
		}
		b.WriteByte(s[i])
	}
	return b.String(), ""
}

// checkElement checks one element. An identifier that the table does not have may stand in brackets, where
// nothing depends on its length.
func checkElement(ai, value string) *Fault {
	if sp := specs[ai]; sp != nil {
		return sp.check(value)
	}
	switch {
	case digitsOfAI[two(ai)] != 0:
		return &Fault{UnknownAI, ai, "no application identifier (" + ai + ")"}
	case value == "":
		return &Fault{Empty, ai, "(" + ai + ") has no value"}
	case len(value) > 90:
		return &Fault{TooLong, ai, "(" + ai + ") is too long"}
	}
	return set82(value)
}

func clip(s string) string {
	if len(s) > 24 {
		return s[:24] + "..."
	}
	return s
}
