package numbers

import "testing"

// Numbers that carriers print in public as examples come out with the check digits that they have there.
func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		s      Series
		serial uint64
		want   string
	}{
		{Series{Format: "s10", Prefix: "RR", Suffix: "GB"}, 47312482, "RR473124829GB"}, // the example of the standard
		{Series{Format: "s10", Prefix: "RB", Suffix: "CN"}, 12345678, "RB123456785CN"},
		{Series{Format: "s10", Prefix: "LX", Suffix: "DE"}, 0, "LX000000005DE"},
		// 3 9521234 000000001: 3x3 + 9 + 5x3 + 2 + 1x3 + 2 + 3x3 + 4 + 1x3 = 56 -> 4
		{Series{Format: "sscc", Prefix: "39521234"}, 1, "395212340000000014"},
		{Series{Format: "fl", Prefix: "FL"}, 1, "FL000000000017"},
		{Series{Format: "ups", Prefix: "1Z5R893903"}, 5756712, "1Z5R89390357567127"},
		{Series{Format: "fedex"}, 98657878885, "986578788855"},
		{Series{Format: "fedex", Prefix: "47"}, 717908123, "477179081230"},
		{Series{Format: "mod7", To: 999999999}, 331881002, "3318810025"},
		{Series{Format: "luhn", To: 9999999999}, 7992739871, "79927398713"},
		{Series{Format: "mod10", Prefix: "4006", Digits: 8}, 38133393, "4006381333931"},
		{Series{Format: "none", Prefix: "X", Suffix: "Y", Digits: 4}, 7, "X0007Y"},
	} {
		if got := c.s.Number(c.serial); got != c.want {
			t.Errorf("%+v %d is %s, want %s", c.s, c.serial, got, c.want)
		}
	}
}

// 36: 6x2 + 3x3 = 21, and one more is twice eleven: the check is 1. 6: 12, ten more would be needed: it has no number.
func TestMod11LeavesTenOut(t *testing.T) {
	s := Series{Format: "mod11", Digits: 4}
	if got := s.Number(36); got != "00361" {
		t.Error(got)
	}
	if got := s.Number(6); got != "" {
		t.Errorf("6 is %s, and its check would be ten", got)
	}
}

// What could not be printed or would run out of its digits is refused, with the field that is wrong.
func TestCheck(t *testing.T) {
	for _, c := range []struct {
		s    Series
		want string
	}{
		{Series{Format: "s10", Prefix: "RR", Suffix: "DE", From: 1, To: 99999999}, ""},
		{Series{Format: "s10", Prefix: "RR", Suffix: "DE", From: 1, To: 100000000}, "to"},
		{Series{Format: "s10", Prefix: "R", Suffix: "DE", To: 1}, "prefix"},
		{Series{Format: "s10", Prefix: "RR", To: 1}, "prefix"},
		{Series{Format: "s10", Prefix: "RR", Suffix: "DE", Digits: 9, To: 1}, "digits"},
		{Series{Format: "sscc", Prefix: "09521234", To: 999999999}, ""},
		{Series{Format: "sscc", Prefix: "09521234", To: 9999999999}, "to"},
		{Series{Format: "sscc", Prefix: "A", To: 1}, "prefix"},
		{Series{Format: "ups", Prefix: "1Z12345603", From: 1, To: 9999999}, ""},
		{Series{Format: "ups", Prefix: "12345603", To: 1}, "prefix"},
		{Series{Format: "fl", Prefix: "XX", To: 1}, "prefix"},
		{Series{Format: "mod10", Prefix: "12", From: 5, To: 4}, "from"},
		{Series{Format: "mod10", Prefix: "12", From: 5, To: 5}, ""},
		{Series{Format: "mod10", Prefix: "ab"}, "prefix"},
		{Series{Format: "mod99"}, "format"},
		{Series{Format: "none", Prefix: "A B"}, "prefix"},
		{Series{Format: "mod7", Digits: 19}, "digits"},
	} {
		if field, _ := c.s.Check(); field != c.want {
			t.Errorf("%+v: %q is wrong, want %q", c.s, field, c.want)
		}
	}
}
