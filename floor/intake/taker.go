package intake

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// taker turns the texts of one row into values, and lists what is wrong with each. After a fault it goes on,
// so that a person mends a row once. wrong counts the faults of this row.
type taker struct {
	*clerk
	line  int
	ref   string
	comma bool // 12,50 is twelve and a half: the file is delimited by semicolons
	wrong int
}

func (t *taker) bad(field, code, detail string) {
	t.wrong++
	t.fault(t.line, t.ref, code, field, detail)
}

func (t *taker) say(field, code, detail string) { t.note(t.line, t.ref, code, field, detail) }

// text takes free text. A line break inside a cell becomes a blank: nothing that we print has room for it.
func (t *taker) text(field, s string, most int) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' }), " ")
	s = trim(s)
	switch n := utf8.RuneCountInString(s); {
	case !utf8.ValidString(s):
		t.bad(field, "bad_text", "is not UTF-8")
	case n > most:
		t.bad(field, "too_long", fmt.Sprintf("has %d characters; at most %d", n, most))
	case strings.ContainsFunc(s, unprintable):
		t.bad(field, "bad_text", "holds a control or direction character")
	case strings.HasPrefix(s, "=") && len(s) > 1:
		t.bad(field, "formula", "begins with '=': a formula is not data; paste its value")
	default:
		return s
	}
	return ""
}

// unprintable is true of characters that belong in no name: controls, and marks that turn the direction of
// reading around and so make one code look like another.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || (r >= 0x202A && r <= 0x202E) || (r >= 0x2066 && r <= 0x2069) || r == 0xFEFF
}

// code takes what is printed or scanned as a barcode: visible ASCII. Excel's harm to long numbers cannot be
// undone, so it is refused and never guessed at; its ="0012" (a number kept as text) is plain.
func (t *taker) code(field, s string, most int) string {
	s = unformula(s)
	if excelNumber(s) {
		t.bad(field, "excel_number", fmt.Sprintf("%s: the spreadsheet made a short form of a long number and its digits are lost; format the column as text and enter it again", shorten(s)))
		return ""
	}
	if strings.ContainsAny(s, "\n\r\t") {
		t.bad(field, "bad_text", "holds a line break or a tab")
		return ""
	}
	before := t.wrong
	if s = t.text(field, s, most); t.wrong > before {
		return ""
	}
	if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) {
		t.bad(field, "bad_code", "a code is printed as a barcode: plain ASCII letters, digits and marks")
		return ""
	}
	return s
}

// mustCode is code that may not be missing.
func (t *taker) mustCode(field, s string, most int) string {
	if s == "" {
		t.bad(field, "required", "is missing")
		return ""
	}
	return t.code(field, s, most)
}

// unformula undoes ="0012", the trick by which spreadsheets keep leading zeros.
func unformula(s string) string {
	if len(s) > 3 && strings.HasPrefix(s, `="`) && strings.HasSuffix(s, `"`) && !strings.Contains(s[2:len(s)-1], `"`) {
		return s[2 : len(s)-1]
	}
	return s
}

// excelNumber knows 1.2E+11 and 1,2E+11. The sign is what tells it from a SKU such as 12E3.
func excelNumber(s string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(s), "E+")
	if !ok || !digits(exponent) || len(exponent) > 3 {
		return false
	}
	head, tail, point := strings.Cut(strings.ReplaceAll(mantissa, ",", "."), ".")
	return len(head) == 1 && digits(head) && (!point || digits(tail))
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// whole takes a whole number from least to most; an empty text is missing. 12.0 is twelve (many programs
// write all numbers so), 1,000 is refused, for it is a thousand in one country and one in the next.
func (t *taker) whole(field, s string, least, most, missing int64) int64 {
	if s == "" {
		return missing
	}
	plain := s
	if head, zeros, ok := strings.Cut(s, "."); ok && zeros != "" && strings.Trim(zeros, "0") == "" {
		plain = head
	}
	plain = strings.TrimPrefix(plain, "+")
	if !digits(strings.TrimPrefix(plain, "-")) {
		t.bad(field, "bad_number", fmt.Sprintf("%q is no whole number; write it as 1000, without marks between", shorten(s)))
		return missing
	}
	n, err := strconv.ParseInt(plain, 10, 64)
	if err != nil || n < least || n > most {
		t.bad(field, "out_of_range", fmt.Sprintf("is %s; from %d to %d", shorten(s), least, most))
		return missing
	}
	return n
}

// mustWhole is whole that may not be missing.
func (t *taker) mustWhole(field, s string, least, most int64) int64 {
	if s == "" {
		t.bad(field, "required", "is missing")
		return 0
	}
	return t.whole(field, s, least, most, 0)
}

// yes takes a yes or no; an empty text is no.
func (t *taker) yes(field, s string) bool {
	switch strings.ToLower(s) {
	case "", "no", "n", "false", "0":
		return false
	case "yes", "y", "true", "1", "x":
		return true
	}
	t.bad(field, "bad_value", fmt.Sprintf("%q is neither yes nor no", shorten(s)))
	return false
}

// oneOf takes a word of a list; an empty text is the first of it.
func (t *taker) oneOf(field, s string, list ...string) string {
	if s == "" {
		return list[0]
	}
	for _, w := range list {
		if strings.EqualFold(s, w) {
			return w
		}
	}
	t.bad(field, "bad_value", fmt.Sprintf("%q is none of: %s", shorten(s), strings.Join(list, ", ")))
	return list[0]
}
