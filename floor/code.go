package floor

import (
	"fmt"
	"strings"
)

// Identifiers, each its own type so that no two are confused.
type (
	SKU         string
	BinCode     string
	ToteCode    string
	CartonCode  string
	OrderID     string
	WaveID      string
	PickListID  string
	ParcelID    string
	ManifestID  string
	PalletID    string
	PrintID     string
	WorkerID    string
	DeviceID    string
	ExceptionID string
)

// codeAlphabet is that of ISO 7064 MOD 37,36: its check character finds every single wrong character and
// every swap of neighbours.
const codeAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// CheckChar is the ISO 7064 MOD 37,36 check character of a code, dashes and other signs left out.
func CheckChar(code string) byte {
	p := 36
	for i := 0; i < len(code); i++ {
		v := strings.IndexByte(codeAlphabet, upper(code[i]))
		if v < 0 {
			continue
		}
		if p = (p + v) % 36; p == 0 {
			p = 36
		}
		p = p * 2 % 37
	}
	return codeAlphabet[(37-p)%36]
}

func upper(c byte) byte {
	if 'a' <= c && c <= 'z' {
		return c - 32
	}
	return c
}

// withCheck appends the check character: "PL-0042" becomes "PL-0042-K".
func withCheck(code string) string { return code + "-" + string(CheckChar(code)) }

// checked says whether a code ends in its own check character, and gives what stands before it.
func checked(code string) (string, bool) {
	i := strings.LastIndexByte(code, '-')
	if i < 1 || len(code) != i+2 {
		return "", false
	}
	return code[:i], upper(code[i+1]) == CheckChar(code[:i])
}

// BinLabel is a bin's code as printed on its label.
func BinLabel(b BinCode) string { return withCheck("B-" + string(b)) }

// CartonLabel is a carton's code as printed at the bench.
func CartonLabel(c CartonCode) string { return withCheck("K-" + string(c)) }

// Counter numbers the things of one kind.
type Counter struct {
	Last uint64 `cbor:"1,keyasint"`
}

// number gives the next number of a kind. It is called while applying, so that replay counts alike.
func (s *State) number(kind string) uint64 {
	c := s.Counters[kind]
	if c == nil {
		c = &Counter{}
		s.Counters[kind] = c
	}
	c.Last++
	s.touch(TableCounter, kind)
	return c.Last
}

// following gives the code that the next thing of a kind will have, `ahead` places on (0 = the next).
func (s *State) following(kind, format string, ahead uint64) string {
	var last uint64
	if c := s.Counters[kind]; c != nil {
		last = c.Last
	}
	return withCheck(fmt.Sprintf(format, last+1+ahead))
}

// gtinCheck is the GS1 mod 10 check digit over the digits before it.
func gtinCheck(digits string) byte {
	sum, w := 0, 3
	for i := len(digits) - 1; i >= 0; i-- {
		sum += int(digits[i]-'0') * w
		w = 4 - w
	}
	return byte('0' + (10-sum%10)%10)
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// isGTIN says whether a string has the length and the check digit of a GTIN-8, 12, 13 or 14.
func isGTIN(s string) bool {
	n := len(s)
	return (n == 8 || n == 12 || n == 13 || n == 14) && allDigits(s) && gtinCheck(s[:n-1]) == s[n-1]
}

// barcodeKey brings a barcode to the form in which it is looked up: GTINs as fourteen digits, so that
// UPC-A, EAN-13 and the same number inside a GS1 code meet.
func barcodeKey(s string) string {
	if isGTIN(s) {
		return strings.Repeat("0", 14-len(s)) + s
	}
	return s
}
