package tracking

import "strings"

// Check digits. Each function takes what stands before the check character, digits (and capitals where said) alone, and
// gives the character that must follow.

// S10Check is the check digit of UPU S10: weights 8 6 4 2 3 5 9 7 over eight digits, modulo 11
// (UPU standard S10-12, 5.3).
func S10Check(serial string) byte {
	switch r := 11 - weighed(serial, 8, 6, 4, 2, 3, 5, 9, 7)%11; r {
	case 10:
		return '0'
	case 11:
		return '5'
	default:
		return digit(r)
	}
}

// Mod10Check weighs the characters in turn by first and second from the left and rounds the sum up to ten. A letter
// counts as UPS counts it: A is 2, B is 3, and from I on it begins again.
func Mod10Check(s string, first, second int) byte {
	sum := 0
	for i := range len(s) {
		n := value10(s[i])
		if i%2 == 0 {
			sum += n * first
		} else {
			sum += n * second
		}
	}
	return digit((10 - sum%10) % 10)
}

func value10(c byte) int {
	if c >= '0' && c <= '9' {
		return int(c - '0')
	}
	return (int(c) - 3) % 10
}

// LuhnCheck is the check digit of ISO/IEC 7812-1, annex B.
func LuhnCheck(s string) byte {
	sum := 0
	for i := range len(s) {
		n := int(s[len(s)-1-i] - '0')
		if i%2 == 0 {
			n *= 2
		}
		sum += n/10 + n%10
	}
	return digit((10 - sum%10) % 10)
}

// Mod7Check is the remainder by seven, as DHL Express and the airlines have it.
func Mod7Check(s string) byte {
	r := 0
	for i := range len(s) {
		r = (r*10 + int(s[i]-'0')) % 7
	}
	return digit(r)
}

// Mod11Mod10Check is FedEx's: the weighed sum modulo 11, of which the last digit.
func Mod11Mod10Check(s string, weights ...int) byte { return digit(weighed(s, weights...) % 11 % 10) }

// alphabet36 is what Mod37Check counts with.
const alphabet36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// Mod37Check is the check character of ISO/IEC 7064 MOD 37,36, as DPD prints it.
func Mod37Check(s string) byte {
	r := 36
	for i := range len(s) {
		if r = (r + strings.IndexByte(alphabet36, s[i])) % 36; r == 0 {
			r = 36
		}
		r = r * 2 % 37
	}
	return alphabet36[(37-r)%36]
}

func weighed(s string, weights ...int) int {
	sum := 0
	for i, w := range weights {
		sum += int(s[i]-'0') * w
	}
	return sum
}

func digit(n int) byte { return byte('0' + n) }
