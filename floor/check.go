package floor

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of what comes in. Every one has a test that reaches it.
const (
	CodeLimit         = 64        // characters of a SKU, a bin code, a service, a lot, a serial
	ExternalLimit     = 128       // characters of a shop's order number
	NameLimit         = 200       // characters of a name
	AddressLines      = 6         // lines of an address
	NoteLimit         = 2000      // characters of an order's note
	LineLimit         = 2000      // lines of one order
	QtyLimit          = 1_000_000 // units of one line or one adjustment
	BarcodeLimit      = 20        // barcodes of one item
	AttributeLimit    = 50        // attributes of one item
	LeadTimeLimitDays = 3650      // days that a supplier takes
	RowLimit          = 200       // rows of one import command
	WaveLimit         = 500       // orders of one wave
	ToteLimit         = 10_000    // totes made at once
	ScanLimit         = 512       // characters of one scan
	MoneyLimit        = 1_000_000_000_00
	WeightLimitG      = 10_000_000
	SizeLimitMM       = 20_000
)

// checkText finds fault with a text that is too short, too long, or holds what no label can print.
func checkText(f *faults, pointer, s string, least, most int) {
	n := utf8.RuneCountInString(s)
	switch {
	case !utf8.ValidString(s):
		f.add(pointer, "bad_text", "is not UTF-8")
	case n < least:
		f.add(pointer, "required", "is missing")
	case n > most:
		f.add(pointer, "too_long", fmt.Sprintf("has %d characters; at most %d", n, most))
	case strings.ContainsFunc(s, unprintable):
		f.add(pointer, "bad_text", "holds a control or direction character")
	}
}

// unprintable is true of characters that never belong in a name or a code: controls, and the marks that
// turn the reading direction around and so make one code look like another.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || (r >= 0x202A && r <= 0x202E) || (r >= 0x2066 && r <= 0x2069) || r == 0xFEFF
}

// checkCode is checkText for a code that is printed as a barcode: visible ASCII without outer blanks.
func checkCode(f *faults, pointer, s string) {
	before := len(*f)
	checkText(f, pointer, s, 1, CodeLimit)
	if len(*f) > before {
		return
	}
	if s != strings.TrimSpace(s) || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) {
		f.add(pointer, "bad_code", "a code is printed as a barcode: plain ASCII, no blank at its ends")
	}
}

// checkNote is checkText for a text of several lines.
func checkNote(f *faults, pointer, s string) {
	checkText(f, pointer, strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' }), " "), 0, NoteLimit)
}

func checkRange(f *faults, pointer string, n, least, most int64) {
	if n < least || n > most {
		f.add(pointer, "out_of_range", fmt.Sprintf("is %d; from %d to %d", n, least, most))
	}
}

func checkAddress(f *faults, pointer string, p *Person) {
	checkText(f, pointer+"/name", p.Name, 0, NameLimit)
	checkText(f, pointer+"/company", p.Company, 0, NameLimit)
	checkText(f, pointer+"/city", p.City, 0, NameLimit)
	checkText(f, pointer+"/region", p.Region, 0, NameLimit)
	checkText(f, pointer+"/postcode", p.Postcode, 0, 32)
	checkText(f, pointer+"/phone", p.Phone, 0, 64)
	checkText(f, pointer+"/email", p.Email, 0, NameLimit)
	if len(p.Lines) > AddressLines {
		f.add(pointer+"/lines", "too_many", fmt.Sprintf("%d lines; at most %d", len(p.Lines), AddressLines))
	}
	for i, l := range p.Lines {
		checkText(f, fmt.Sprintf("%s/lines/%d", pointer, i), l, 0, NameLimit)
	}
	if p.Country != "" && (len(p.Country) != 2 || strings.ToUpper(p.Country) != p.Country) {
		f.add(pointer+"/country", "bad_country", "a country is two capital letters such as DE")
	}
}

func isCurrency(c string) bool {
	if len(c) != 3 {
		return false
	}
	for i := range 3 {
		if c[i] < 'A' || c[i] > 'Z' {
			return false
		}
	}
	return true
}

// isDate says whether a text is a real day written 2026-02-28.
func isDate(s string) bool {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' || !allDigits(s[:4]+s[5:7]+s[8:]) {
		return false
	}
	y, m, d := atoi(s[:4]), atoi(s[5:7]), atoi(s[8:])
	if y < 1970 || m < 1 || m > 12 || d < 1 {
		return false
	}
	days := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[m-1]
	if m == 2 && (y%4 == 0 && y%100 != 0 || y%400 == 0) {
		days = 29
	}
	return d <= days
}

func atoi(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}
