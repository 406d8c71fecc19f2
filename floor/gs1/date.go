package gs1

import "strconv"

// Date turns a value of AI 11 to 17 (YYMMDD) into 2026-02-28. Day 00 means the month's last day. The
// century is chosen so that the year lies within 50 years of the present one, as section 7.12 asks;
// thisYear comes in because this room has no clock.
func Date(value string, thisYear int) (string, bool) {
	if len(value) != 6 || !digits(value) {
		return "", false
	}
	yy, mm, dd := two(value[:2]), two(value[2:4]), two(value[4:])
	year := thisYear/100*100 + yy
	if d := yy - thisYear%100; d >= 51 {
		year -= 100
	} else if d <= -50 {
		year += 100
	}
	if mm < 1 || mm > 12 {
		return "", false
	}
	last := daysIn(year, mm)
	if dd == 0 {
		dd = last
	}
	if dd > last {
		return "", false
	}
	b := []byte("0000-00-00")
	put(b[0:4], year)
	put(b[5:7], mm)
	put(b[8:10], dd)
	return string(b), true
}

func two(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }

func put(b []byte, n int) {
	for i := len(b) - 1; i >= 0; i-- {
		b[i], n = byte('0'+n%10), n/10
	}
}

func daysIn(year, month int) int {
	if month == 2 && (year%4 == 0 && year%100 != 0 || year%400 == 0) {
		return 29
	}
	return [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
}

// WeightG gives the net weight of a reading in grams, from kilograms (310n) or pounds (320n), rounded to the
// nearest; n is how many of the six digits stand behind the decimal point.
func (r *Reading) WeightG() (int64, bool) {
	for _, e := range r.Elements {
		if len(e.AI) != 4 || e.AI[:3] != "310" && e.AI[:3] != "320" {
			continue
		}
		n, err := strconv.ParseInt(e.Value, 10, 64)
		if err != nil {
			return 0, false
		}
		unit := int64(1_000_000) // milligrams of a kilogram
		if e.AI[0:3] == "320" {
			unit = 453_592 // of an avoirdupois pound, 453.59237 g
		}
		mg := n * unit
		for range e.AI[3] - '0' {
			mg = (mg + 5) / 10
		}
		return (mg + 500) / 1000, true
	}
	return 0, false
}

// Count gives how many units a reading stands for: variable count (30) or count of trade items (37).
func (r *Reading) Count() (int64, bool) {
	for _, e := range r.Elements {
		if e.AI == "30" || e.AI == "37" {
			n, err := strconv.ParseInt(e.Value, 10, 64)
			return n, err == nil && n > 0
		}
	}
	return 0, false
}
