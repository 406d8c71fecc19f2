package tracking

import "strings"

// NumberLimit is the longest number that is looked at; the longest of any courier has 41 characters.
const NumberLimit = 64

// Found is what a tracking number is: whose, and of which service ("" where the number does not say).
type Found struct {
	Courier string // as jkeen/tracking_number_data writes it, such as "ups" or "canada_post"
	Format  string
	Service string
}

// Why a number is none.
const (
	UnknownFormat   = "unknown_format"
	WrongCheckDigit = "wrong_check_digit"
)

// Recognise tells whose number it is, the best match alone; or why it is nobody's. Spaces are nothing, small letters are
// capitals. With WrongCheckDigit it also gives whose it would be.
func Recognise(number string) (Found, string) {
	number = plain(number)
	if len(number) > NumberLimit || strings.Trim(number, "0") == "" {
		return Found{}, UnknownFormat // all noughts is what a field holds that nobody filled in
	}
	var nearly *Found
	for i := range formats {
		f := &formats[i]
		found, shaped, right := f.read(number)
		if right {
			return found, ""
		}
		if shaped && nearly == nil {
			nearly = &found
		}
	}
	if nearly != nil {
		return *nearly, WrongCheckDigit
	}
	return Found{}, UnknownFormat
}

// plain is a number without its spaces, in capitals.
func plain(number string) string { return strings.ToUpper(strings.Join(strings.Fields(number), "")) }

// read tells whether a number has this shape, and whether it is right.
func (f *format) read(number string) (found Found, shaped, right bool) {
	parts := f.pattern.FindStringSubmatch(number)
	if parts == nil || f.more != nil && !f.more(number) {
		return found, false, false
	}
	part := func(name string) string {
		if i := f.pattern.SubexpIndex(name); i > 0 {
			return parts[i]
		}
		return ""
	}
	found = Found{Courier: f.courier, Format: f.name}
	if f.services != nil {
		found.Service = f.services(part("service"))
	}
	if f.check == nil {
		return found, true, true
	}
	check := part("check")
	return found, true, check == string(f.check(part("serial")))
}
