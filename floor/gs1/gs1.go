// Package gs1 reads GS1 element strings: the data that GS1-128, DataMatrix and QR codes carry. It knows
// nothing of the warehouse. Source: GS1 General Specifications, section 3 (application identifiers) and
// figure 7.8.5-2 (element strings of predefined length).
package gs1

import (
	"errors"
	"strings"
)

// GS is the separator after an element of variable length, as scanners transmit FNC1.
const GS = '\x1d'

// Element is one application identifier with its value.
type Element struct {
	AI    string `json:"ai"`
	Value string `json:"value"`
}

// ErrNotGS1 says that the text is no element string of identifiers known here.
var ErrNotGS1 = errors.New("gs1: not an element string")

// spec is the length of an identifier's value; a fixed length needs no separator after it.
type spec struct {
	least, most int
	digits      bool
}

// known holds the identifiers that the floor uses; the whole published table is another word's work.
var known = map[string]spec{
	"00": {18, 18, true}, "01": {14, 14, true}, "02": {14, 14, true}, "10": {1, 20, false},
	"11": {6, 6, true}, "12": {6, 6, true}, "13": {6, 6, true}, "15": {6, 6, true}, "16": {6, 6, true},
	"17": {6, 6, true}, "20": {2, 2, true}, "21": {1, 20, false}, "22": {1, 20, false}, "30": {1, 8, true},
	"37": {1, 8, true}, "240": {1, 30, false}, "241": {1, 30, false}, "250": {1, 30, false},
	"400": {1, 30, false}, "401": {1, 30, false}, "403": {1, 30, false}, "410": {13, 13, true},
	"414": {13, 13, true}, "420": {1, 20, false}, "421": {3, 12, false},
}

// specOf finds the identifier at the start of s.
func specOf(s string) (string, spec, bool) {
	for n := 2; n <= 3 && n <= len(s); n++ {
		if sp, ok := known[s[:n]]; ok {
			return s[:n], sp, true
		}
	}
	if len(s) >= 4 && s[0] == '3' && s[1] == '1' && s[2] <= '6' { // 310n-316n: trade measures, six digits
		return s[:4], spec{6, 6, true}, true
	}
	return "", spec{}, false
}

// Parse splits an element string. It accepts the bracketed form for people, "(01)0950...(10)LOT", too.
func Parse(s string) ([]Element, error) {
	if strings.HasPrefix(s, "(") {
		return parseBracketed(s)
	}
	s = strings.TrimPrefix(s, string(GS))
	var out []Element
	for s != "" {
		ai, sp, ok := specOf(s)
		if !ok {
			return nil, ErrNotGS1
		}
		s = s[len(ai):]
		value, rest := cut(s, sp)
		if err := check(value, sp); err != nil {
			return nil, err
		}
		out = append(out, Element{ai, value})
		s = strings.TrimPrefix(rest, string(GS))
	}
	if len(out) == 0 {
		return nil, ErrNotGS1
	}
	return out, nil
}

func cut(s string, sp spec) (value, rest string) {
	if sp.least == sp.most && len(s) >= sp.most {
		return s[:sp.most], s[sp.most:]
	}
	if i := strings.IndexByte(s, GS); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

func check(value string, sp spec) error {
	if len(value) < sp.least || len(value) > sp.most {
		return ErrNotGS1
	}
	for i := 0; i < len(value); i++ {
		c := value[i]
		if c <= ' ' || c > 'z' || sp.digits && (c < '0' || c > '9') {
			return ErrNotGS1
		}
	}
	return nil
}

func parseBracketed(s string) ([]Element, error) {
	var out []Element
	for s != "" {
		end := strings.IndexByte(s, ')')
		if s[0] != '(' || end < 0 {
			return nil, ErrNotGS1
		}
		ai := s[1:end]
		found, sp, ok := specOf(ai)
		if !ok || found != ai {
			return nil, ErrNotGS1
		}
		s = s[end+1:]
		value := s
		if i := strings.IndexByte(s, '('); i >= 0 {
			value = s[:i]
		}
		if err := check(value, sp); err != nil {
			return nil, err
		}
		out, s = append(out, Element{ai, value}), s[len(value):]
	}
	return out, nil
}

// Date turns a value of AI 11 to 17 (YYMMDD) into 2026-02-28. Day 00 means the month's last day. The
// century is chosen so that the year lies within 50 years of the present one, as section 7.12 asks;
// thisYear comes in because this room has no clock.
func Date(value string, thisYear int) (string, bool) {
	if len(value) != 6 {
		return "", false
	}
	yy, mm, dd := two(value[:2]), two(value[2:4]), two(value[4:])
	year := thisYear/100*100 + yy
	if d := yy - thisYear%100; d >= 51 {
		year -= 100
	} else if d <= -50 {
		year += 100
	}
	if mm < 1 || mm > 12 {
		return "", false
	}
	last := daysIn(year, mm)
	if dd == 0 {
		dd = last
	}
	if dd > last {
		return "", false
	}
	b := []byte("0000-00-00")
	put(b[0:4], year)
	put(b[5:7], mm)
	put(b[8:10], dd)
	return string(b), true
}

func two(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }

func put(b []byte, n int) {
	for i := len(b) - 1; i >= 0; i-- {
		b[i], n = byte('0'+n%10), n/10
	}
}

func daysIn(year, month int) int {
	if month == 2 && (year%4 == 0 && year%100 != 0 || year%400 == 0) {
		return 29
	}
	return [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
}
