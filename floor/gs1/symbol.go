package gs1

import "strings"

// form is how the data of a scan is written.
type form int

const (
	formNone      form = iota // nothing of GS1's
	formElements              // element string as transmitted
	formBracketed             // element string as printed for people
	formNumber                // a bare GTIN or SSCC
	formLink                  // Digital Link
	formText                  // plain data of a symbology that holds any
	formWrong                 // what this symbology cannot hold
)

// hasSymbology is true of a scan that begins with an AIM symbology identifier: "]", a letter, a digit or letter.
func hasSymbology(s string) bool {
	return len(s) >= 3 && s[0] == ']' && (s[1] >= 'A' && s[1] <= 'Z' || s[1] >= 'a' && s[1] <= 'z') &&
		(s[2] >= '0' && s[2] <= '9' || s[2] >= 'A' && s[2] <= 'Z')
}

// formOf tells how the data is written, by its symbology where the scanner names it.
func formOf(symbology, text string) form {
	switch symbology {
	case "]C1", "]d2", "]Q3", "]e0", "]J1":
		if text == "" {
			return formNone
		}
		return formElements
	case "]E0", "]E4":
		return formNumber
	case "]I1": // interleaved 2 of 5 with a check digit: ITF-14
		if len(text) == 14 && digits(text) {
			return formNumber
		}
		return formText
	case "":
		return formBare(text)
	}
	if isLink(text) {
		return formLink
	}
	return formText
}

// formBare tells how data without a symbology is written. Without FNC1 it is an element string only where it
// begins with a key that proves itself, else any number would be one.
func formBare(text string) form {
	switch {
	case text == "":
		return formNone
	case text[0] == GS:
		return formElements
	case text[0] == '(':
		return formBracketed
	case isLink(text):
		return formLink
	case digits(text) && numberLength(len(text)):
		return formNumber
	case beginsWithKey(text):
		return formElements
	}
	return formNone
}

func numberLength(n int) bool { return n == 8 || n == 12 || n == 13 || n == 14 || n == 18 }

func beginsWithKey(s string) bool {
	if len(s) < 16 {
		return false
	}
	switch s[:2] {
	case "01", "02":
		return checkDigit(s[2:16]) == nil
	case "00":
		return len(s) >= 20 && checkDigit(s[2:20]) == nil
	}
	return false
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// number reads a bare GTIN-8, 12, 13, 14 or SSCC, and the composite part that may follow an EAN.
func (p *parser) number(symbology, text string) {
	text, composite, both := strings.Cut(text, "|]e0")
	want := map[string]int{"]E0": 13, "]E4": 8}[symbology]
	switch {
	case !digits(text):
		p.fault(BadCharacter, "", "a digit was expected")
		return
	case want != 0 && len(text) != want || both && symbology != "]E0" && symbology != "]E4":
		p.fault(BadSymbology, "", "this symbology holds another number of digits")
		return
	}
	if f := checkDigit(text); f != nil {
		p.faults = append(p.faults, f)
		return
	}
	if len(text) == 18 {
		p.out = append(p.out, Element{"00", text})
	} else {
		p.out = append(p.out, Element{"01", "00000000000000"[len(text):] + text})
	}
	if both {
		p.elements(composite)
	}
}

// Transmit gives what a scanner sends for a message in a symbology: "QR", "DataMatrix", "DotCode", "Code128",
// "DataBar", "EAN13", "EAN8" or "UPCE". The message has FNC1 as GS; of an EAN it is the bare number or 01,
// perhaps with "|" and a composite part behind it.
func Transmit(symbology, message string) (string, *Fault) {
	linear, composite, both := strings.Cut(message, "|"+string(GS))
	isGS1 := strings.HasPrefix(message, string(GS))
	switch symbology {
	case "QR", "DataMatrix", "DotCode":
		ids := map[string][2]string{"QR": {"]Q1", "]Q3"}, "DataMatrix": {"]d1", "]d2"}, "DotCode": {"]J0", "]J1"}}[symbology]
		if isGS1 {
			return ids[1] + message[1:], nil
		}
		return ids[0] + message, nil
	case "Code128":
		if isGS1 {
			return "]C1" + message[1:], nil
		}
		return "]C0" + message, nil
	case "DataBar":
		if linear = strings.TrimPrefix(linear, string(GS)); !isGS1 {
			linear = "01" + linear
		}
		if both && needsSeparator(linear) {
			linear += string(GS)
		}
		return "]e0" + linear + composite, nil
	case "EAN13", "UPCE", "EAN8":
		return transmitEAN(symbology, linear, composite, both)
	}
	return "", &Fault{BadSymbology, "", "no symbology " + symbology}
}

// needsSeparator is true of an element string whose last value has no predefined length.
func needsSeparator(s string) bool {
	all, f := Parse(s)
	return f == nil && !specs[all[len(all)-1].AI].predefined
}

func transmitEAN(symbology, number, composite string, both bool) (string, *Fault) {
	number = strings.TrimPrefix(number, string(GS)+"01")
	id, n := "]E0", 13
	if symbology == "EAN8" {
		id, n = "]E4", 8
	}
	for len(number) > n && number[0] == '0' {
		number = number[1:]
	}
	if !digits(number) || len(number) != n {
		return "", &Fault{BadSymbology, "", "an " + symbology + " holds a number alone"}
	}
	if f := checkDigit(number); f != nil {
		return "", f
	}
	if both {
		return id + number + "|]e0" + composite, nil
	}
	return id + number, nil
}
