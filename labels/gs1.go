package labels

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// What GS1 lets stand in a code, once for all labels that have one: numbers with their check digit, days, and text of free
// length. Source: GS1 General Specifications.

// validGTIN checks the digits and the check digit (7.9: weights 3 and 1 from the right).
func validGTIN(s string) bool {
	sum := 0
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
		digit := int(s[i] - '0')
		if (len(s)-i)%2 == 0 {
			digit *= 3
		}
		sum += digit
	}
	return sum%10 == 0
}

// validSSCC is true of 18 digits of which the last is the check digit, reckoned as a GTIN's.
func validSSCC(s string) bool { return len(s) == 18 && validGTIN(s) }

// gs1Day is a date whose day may be 00 or left out: the last of the month.
var gs1Day = regexp.MustCompile(`^20([0-9]{2})-(0[1-9]|1[0-2])(?:-([0-3][0-9]))?$`)

// gs1Date is a date as YYMMDD; empty for what no calendar has.
func gs1Date(s string) string {
	parts := gs1Day.FindStringSubmatch(s)
	if parts == nil {
		return ""
	}
	year, month, day := parts[1], parts[2], parts[3]
	if day == "" || day == "00" {
		return year + month + "00"
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return ""
	}
	return year + month + day
}

// sixDigits is a day as GS1 writes it.
func (p *page) sixDigits(field, date string) string {
	six := gs1Date(date)
	if six == "" {
		p.fail(fmt.Errorf("labels: %s is a date such as 2027-10-31, not %q", field, date))
	}
	return six
}

// notIn82 is the first sign of a text that is not in character set 82 (figure 7.11-1), such as it has.
func notIn82(s string) (r rune, found bool) {
	for _, r := range s {
		if r <= ' ' || r > 'z' || strings.ContainsRune("#$@[\\]^`", r) {
			return r, true
		}
	}
	return 0, false
}

// gs1Text says whether a text of free length is what GS1 carries.
func gs1Text(s string, most int) bool {
	_, strange := notIn82(s)
	return !strange && len(s) <= most
}

// gs1Text holds a text of free length to what GS1 carries.
func (p *page) gs1Text(field, s string, most int) {
	if len(s) > most {
		p.fail(fmt.Errorf("labels: %s has %d characters, at most %d", field, len(s), most))
	}
	if r, strange := notIn82(s); strange {
		p.fail(fmt.Errorf("labels: %s holds %q, which GS1 has no place for: %q", field, r, s))
	}
}

// gs1Free is how long a lot, a serial and a postcode may be.
const gs1Free = 20

// element is one GS1 element string: its identifier, the name that GS1 gives it, its value, and the value as
// people read it. Ended says that its length is known beforehand (figure 7.8.5-2).
type element struct {
	field, ai, title, value, human string
	ended                          bool
}

// joinedElements is the data of a symbol, FNC1 after each value of free length but the last, and the same as
// people read it.
func joinedElements(group []element) (data, read string) {
	for i, e := range group {
		data, read = data+e.ai+e.value, read+"("+e.ai+")"+e.value
		if !e.ended && i+1 < len(group) {
			data += groupSeparator
		}
	}
	return data, read
}

// weightElement has as many decimals of a kilogram as six digits hold.
func (p *page) weightElement(field, ai, title string, g int) element {
	if g < 0 || g > 999_999_000 {
		p.fail(fmt.Errorf("labels: %s is %d, from 1 to 999999000", field, g))
		return element{}
	}
	decimals, n := 3, g
	for ; n > 999999; decimals-- {
		n = (n + 5) / 10
	}
	human := strings.TrimSuffix(kilos(g), " kg")
	return element{field, ai + strconv.Itoa(decimals), title, fmt.Sprintf("%06d", n), human, true}
}
