package numbers

import "strings"

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// s10 is the check digit of a postal item: weights 8 6 4 2 3 5 9 7, eleven less the remainder by eleven, ten written as
// nought and eleven as five. Source: UPU standard S10.
func s10(serial string) string {
	sum := 0
	for i, w := range [...]int{8, 6, 4, 2, 3, 5, 9, 7} {
		sum += int(serial[i]-'0') * w
	}
	switch c := 11 - sum%11; c {
	case 10:
		return "0"
	case 11:
		return "5"
	default:
		return string(rune('0' + c))
	}
}

// mod10 weighs digits by 3 and 1 from the right, as GS1 and many couriers do.
func mod10(digits string) (string, bool) {
	sum, w := 0, 3
	for i := len(digits) - 1; i >= 0; i-- {
		sum += int(digits[i]-'0') * w
		w = 4 - w
	}
	return string(rune('0' + (10-sum%10)%10)), true
}

// luhn doubles every other digit from the right and adds the digits of what comes out (ISO/IEC 7812).
func luhn(digits string) (string, bool) {
	sum, double := 0, true
	for i := len(digits) - 1; i >= 0; i-- {
		d := int(digits[i] - '0')
		if double {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum, double = sum+d, !double
	}
	return string(rune('0' + (10-sum%10)%10)), true
}

// mod11 weighs digits 2 to 7 from the right, again and again. A serial whose check would be ten is left out.
func mod11(digits string) (string, bool) {
	sum, w := 0, 2
	for i := len(digits) - 1; i >= 0; i-- {
		sum += int(digits[i]-'0') * w
		if w++; w > 7 {
			w = 2
		}
	}
	c := (11 - sum%11) % 11
	return string(rune('0' + c%10)), c < 10
}

// mod7 is the remainder of the whole number by seven, as air waybills have it.
func mod7(digits string) (string, bool) {
	n := 0
	for i := range len(digits) {
		n = (n*10 + int(digits[i]-'0')) % 7
	}
	return string(rune('0' + n)), true
}

// ups leaves out 1Z, counts letters from A as two, and doubles every other character from the second on.
func ups(body string) (string, bool) {
	sum := 0
	for i, r := range strings.TrimPrefix(body, "1Z") {
		v := int(r - '0')
		if r >= 'A' {
			v = (int(r) - 63) % 10
		}
		sum += v * (1 + i%2)
	}
	return string(rune('0' + (10-sum%10)%10)), true
}

// fedex weighs eleven digits 3 1 7 in turn; the remainder by eleven, ten written as nought.
func fedex(digits string) (string, bool) {
	sum := 0
	for i := range len(digits) {
		sum += int(digits[i]-'0') * [...]int{3, 1, 7}[i%3]
	}
	return string(rune('0' + sum%11%10)), true
}
