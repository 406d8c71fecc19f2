package numbers

import (
	"strings"

	"floorline/floor/tracking"
)

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// mod10 weighs digits by 3 and 1 from the right, as GS1 and many couriers do.
func mod10(digits string) (string, bool) {
	if len(digits)%2 == 1 {
		return sure(tracking.Mod10Check(digits, 3, 1))
	}
	return sure(tracking.Mod10Check(digits, 1, 3))
}

func luhn(digits string) (string, bool) { return sure(tracking.LuhnCheck(digits)) }

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

func mod7(digits string) (string, bool) { return sure(tracking.Mod7Check(digits)) }

// ups leaves out 1Z.
func ups(body string) (string, bool) {
	return sure(tracking.Mod10Check(strings.TrimPrefix(body, "1Z"), 1, 2))
}

func fedex(digits string) (string, bool) {
	return sure(tracking.Mod11Mod10Check(digits, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1))
}

func sure(check byte) (string, bool) { return string(rune(check)), true }
