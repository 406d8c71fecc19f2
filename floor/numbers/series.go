package numbers

import (
	"fmt"
	"strings"

	"floorline/floor/tracking"
)

// Series is a range of numbers that a carrier allotted. From and To are the first and the last serial, both in it.
type Series struct {
	Format string `cbor:"1,keyasint" json:"format"`
	Prefix string `cbor:"2,keyasint,omitempty" json:"prefix,omitempty"` // what stands before the serial
	Suffix string `cbor:"3,keyasint,omitempty" json:"suffix,omitempty"` // what stands behind the check digit, such as a country
	Digits int    `cbor:"4,keyasint,omitempty" json:"digits,omitempty"` // of the serial; 0 as the format or To has it
	From   uint64 `cbor:"5,keyasint" json:"from"`
	To     uint64 `cbor:"6,keyasint" json:"to"`
}

// format is how the numbers of one kind are written.
type format struct {
	digits int // of the serial; 0 is as the series says, -1 is what the prefix leaves of total
	total  int // characters in all before the check digit; 0 is any
	check  func(body string) (string, bool)
	prefix func(s *Series) string // what is wrong with prefix and suffix, or ""
}

var formats = map[string]format{
	"s10":   {8, 0, nil, s10Ends},
	"sscc":  {-1, 17, mod10, digitsAlone("an extension digit and the company prefix, 5 to 13 digits", 5, 13)},
	"fl":    {11, 0, nil, flEnds},
	"mod10": {0, 0, mod10, digitsAlone("digits", 0, 20)},
	"luhn":  {0, 0, luhn, digitsAlone("digits", 0, 20)},
	"mod11": {0, 0, mod11, digitsAlone("digits", 0, 20)},
	"mod7":  {0, 0, mod7, digitsAlone("digits", 0, 20)},
	"ups":   {7, 17, ups, upsEnds},
	"fedex": {-1, 11, fedex, digitsAlone("up to 8 digits", 0, 8)},
	"none":  {0, 0, func(string) (string, bool) { return "", true }, func(*Series) string { return "" }},
}

// Formats are the words for the formats, as a person may choose them.
func Formats() []string {
	return []string{"s10", "sscc", "fl", "mod10", "luhn", "mod11", "mod7", "ups", "fedex", "none"}
}

// Limits of a series.
const (
	AffixLimit = 24 // characters of a prefix or a suffix
	DigitLimit = 18 // digits of a serial
)

// Check says what is wrong with a series, by the field it is about; "" is nothing.
func (s *Series) Check() (field, wrong string) {
	f, ok := formats[s.Format]
	if !ok {
		return "format", "is one of " + strings.Join(Formats(), ", ")
	}
	if !plain(s.Prefix) || !plain(s.Suffix) || len(s.Prefix) > AffixLimit || len(s.Suffix) > AffixLimit {
		return "prefix", "a prefix or a suffix is capitals and digits, at most 24"
	}
	if wrong := f.prefix(s); wrong != "" {
		return "prefix", wrong
	}
	if s.Digits < 0 || s.Digits > DigitLimit || f.digits != 0 && s.Digits != 0 && s.Digits != s.digits() {
		return "digits", fmt.Sprintf("the serial of this format has %d digits", s.digits())
	}
	if s.digits() < 1 {
		return "prefix", "leaves no room for a serial"
	}
	if s.From > s.To {
		return "from", "is beyond to"
	}
	if len(fmt.Sprint(s.To)) > s.digits() {
		return "to", fmt.Sprintf("has more than the %d digits of this format", s.digits())
	}
	return "", ""
}

func plain(s string) bool {
	return strings.Trim(s, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// Meets is true of two series that hold a number in common, wherever each has its prefix end and its serial begin.
func (s *Series) Meets(o Series) bool {
	return s.Format == o.Format && s.Suffix == o.Suffix && len(s.body(s.To)) == len(o.body(o.To)) && s.body(s.From) <= o.body(o.To) && o.body(o.From) <= s.body(s.To)
}

// body is what stands before the check digit. The bodies of one prefix follow each other as text does.
func (s *Series) body(serial uint64) string {
	return fmt.Sprintf("%s%0*d", s.Prefix, s.digits(), serial)
}

// digits is how long the serial is.
func (s *Series) digits() int {
	switch f := formats[s.Format]; {
	case f.digits > 0:
		return f.digits
	case f.digits < 0:
		return f.total - len(s.Prefix)
	case s.Digits > 0:
		return s.Digits
	}
	return len(fmt.Sprint(s.To))
}

// Last is the highest serial that a series of this format and prefix could have.
func (s *Series) Last() (last uint64) {
	for range s.digits() {
		last = last*10 + 9
	}
	return last
}

// Number is the number of a serial; "" where the format has none for it, as a mod 11 whose check would be ten.
func (s *Series) Number(serial uint64) string {
	n := fmt.Sprintf("%0*d", s.digits(), serial)
	switch s.Format {
	case "s10":
		return s.Prefix + n + string(rune(tracking.S10Check(n))) + s.Suffix
	case "fl":
		check, _ := mod10(s.Prefix[2:] + n)
		return s.Prefix + n + check + s.Suffix
	}
	check, ok := formats[s.Format].check(s.Prefix + n)
	if !ok {
		return ""
	}
	return s.Prefix + n + check + s.Suffix
}

func s10Ends(s *Series) string {
	if len(s.Prefix) != 2 || strings.Trim(s.Prefix, letters) != "" || len(s.Suffix) != 2 || strings.Trim(s.Suffix, letters) != "" {
		return "an S10 begins with the two letters of its service, such as RR, and its suffix is the country, such as DE"
	}
	return ""
}

func flEnds(s *Series) string {
	if s.Prefix != "FL" {
		return "the house's own numbers begin with FL"
	}
	return ""
}

func upsEnds(s *Series) string {
	if len(s.Prefix) != 10 || !strings.HasPrefix(s.Prefix, "1Z") {
		return "is 1Z, the six characters of the shipper and the two of the service"
	}
	return ""
}

func digitsAlone(what string, least, most int) func(*Series) string {
	return func(s *Series) string {
		if len(s.Prefix) < least || len(s.Prefix) > most || strings.Trim(s.Prefix, "0123456789") != "" {
			return "is " + what
		}
		return ""
	}
}
