package gs1

import (
	"strconv"
	"strings"
)

// spec is one application identifier of the published table.
type spec struct {
	ai         string
	title      string
	predefined bool // its length follows from the identifier alone: no separator after it
	attribute  bool // allowed in the query of a Digital Link
	parts      []part
	least      int // characters of the whole value
	most       int
	needs      [][][]string // of each group, every identifier of one choice
	excludes   []string
	key        bool // a primary key of a Digital Link
	qualifiers [][]string
}

// part is one component of a value.
type part struct {
	set      byte // N, X, Y or Z
	least    int
	most     int
	optional bool
	checks   []check
}

// specs holds every identifier; digitsOfAI how many digits those have that begin with two given ones, which
// the table keeps the same for all of them.
var (
	specs      = map[string]*spec{}
	digitsOfAI [100]int
)

func init() {
	for _, line := range strings.Split(strings.TrimSpace(published), "\n") {
		f := strings.Split(line, "\t")
		first, last, isRange := strings.Cut(f[0], "-")
		if !isRange {
			last = first
		}
		from, _ := strconv.Atoi(first)
		to, _ := strconv.Atoi(last)
		for n := from; n <= to; n++ {
			s := newSpec(f)
			s.ai = strconv.Itoa(n)
			s.ai = "0000"[:len(first)-len(s.ai)] + s.ai
			specs[s.ai] = s
			digitsOfAI[two(s.ai)] = len(s.ai)
		}
	}
}

func newSpec(f []string) *spec {
	s := &spec{title: f[4], predefined: strings.Contains(f[1], "*"), attribute: strings.Contains(f[1], "?")}
	for _, c := range strings.Fields(f[2]) {
		p := newPart(c)
		s.parts = append(s.parts, p)
		s.most += p.most
		if !p.optional {
			s.least += p.least
		}
	}
	for _, a := range strings.Fields(f[3]) {
		name, value, _ := strings.Cut(a, "=")
		switch name {
		case "req":
			var group [][]string
			for _, choice := range strings.Split(value, ",") {
				group = append(group, strings.Split(choice, "+"))
			}
			s.needs = append(s.needs, group)
		case "ex":
			s.excludes = append(s.excludes, strings.Split(value, ",")...)
		case "dlpkey":
			s.key = true
			for _, seq := range strings.Split(value, "|") {
				s.qualifiers = append(s.qualifiers, strings.Split(seq, ","))
			}
		}
	}
	return s
}

// newPart reads one component, such as "N6,yymmd0", "[X..17]" or "[N3],iso3166".
func newPart(c string) part {
	var p part
	p.optional = strings.HasPrefix(c, "[")
	c = strings.NewReplacer("[", "", "]", "").Replace(c)
	f := strings.Split(c, ",")
	p.set = f[0][0]
	length, upTo := strings.CutPrefix(f[0][1:], "..")
	p.most, _ = strconv.Atoi(length)
	p.least = p.most
	if upTo {
		p.least = 1
	}
	for _, name := range f[1:] {
		p.checks = append(p.checks, checks[name])
	}
	return p
}

// specAt finds the identifier at the start of s.
func specAt(s string) *spec {
	if len(s) < 2 || s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9' {
		return nil
	}
	n := digitsOfAI[two(s)]
	if n == 0 || len(s) < n {
		return nil
	}
	return specs[s[:n]]
}

// Title is the data title of an identifier, as printed before its value: "BATCH/LOT"; "" of an unknown one.
func Title(ai string) string {
	if s := specs[ai]; s != nil {
		return s.title
	}
	return ""
}

// check tells whether a value obeys the identifier: its length, its characters, its rules.
func (s *spec) check(value string) *Fault {
	if value == "" {
		return &Fault{Empty, s.ai, "(" + s.ai + ") has no value"}
	}
	rest := value
	for i := range s.parts {
		p := &s.parts[i]
		if rest == "" {
			if p.optional {
				break
			}
			return &Fault{TooShort, s.ai, "(" + s.ai + ") is too short"}
		}
		n := min(len(rest), p.most)
		if n < p.least {
			return &Fault{TooShort, s.ai, "(" + s.ai + ") is too short"}
		}
		if f := p.check(rest[:n]); f != nil {
			return &Fault{f.Code, s.ai, "(" + s.ai + ") " + f.Detail}
		}
		rest = rest[n:]
	}
	if rest != "" {
		return &Fault{TooLong, s.ai, "(" + s.ai + ") is too long"}
	}
	return nil
}

func (p *part) check(v string) *Fault {
	var f *Fault
	switch p.set {
	case 'N':
		if !digits(v) {
			f = &Fault{BadCharacter, "", "holds something else than digits"}
		}
	case 'X':
		f = set82(v)
	case 'Y':
		f = set39(v)
	case 'Z':
		f = set64(v)
	}
	for _, c := range p.checks {
		if f != nil {
			return f
		}
		f = c(v)
	}
	return f
}
