package intake

import (
	"fmt"
	"strconv"
	"strings"
)

// coins says how many decimals a currency has where it is not two. Source: ISO 4217, list one.
var coins = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0,
	"UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3, "CLF": 4, "UYW": 4,
}

func decimalsOf(currency string) int {
	if n, ok := coins[currency]; ok {
		return n
	}
	return 2
}

// currency takes three letters.
func (t *taker) currency(field, s string) string {
	up := strings.ToUpper(s)
	if s == "" {
		return ""
	}
	if len(up) != 3 || strings.Trim(up, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		t.bad(field, "bad_currency", fmt.Sprintf("%q is no currency; write three letters such as EUR", shorten(s)))
		return ""
	}
	return up
}

// money takes a decimal text as whole cents (the currency's smallest coin), exactly: there is no float on
// the way, and a digit that the currency has no coin for is a fault, not a rounding. Zeros there are none.
func (t *taker) money(field, s, currency string) int64 {
	if s == "" {
		return 0
	}
	places := decimalsOf(currency)
	plain := s
	if t.comma && strings.Count(s, ",") == 1 && !strings.Contains(s, ".") {
		plain = strings.Replace(s, ",", ".", 1)
	}
	head, tail, point := strings.Cut(plain, ".")
	minus := strings.HasPrefix(head, "-")
	head = strings.TrimPrefix(head, "-")
	if !digits(head) || point && !digits(tail) {
		t.bad(field, "bad_money", fmt.Sprintf("%q is no amount; write it as 1234.50, without marks between or a currency sign", shorten(s)))
		return 0
	}
	if strings.TrimRight(tail, "0") != "" && len(strings.TrimRight(tail, "0")) > places {
		t.bad(field, "too_precise", fmt.Sprintf("%s has more decimals than %s has (%d)", shorten(s), currencyName(currency), places))
		return 0
	}
	tail = (tail + "0000")[:places]
	n, err := strconv.ParseInt(head+tail, 10, 64)
	if err != nil || n > MoneyLimit || minus && n != 0 {
		t.bad(field, "out_of_range", fmt.Sprintf("is %s; from 0 to %d", shorten(s), int64(MoneyLimit)))
		return 0
	}
	return n
}

func currencyName(c string) string {
	if c == "" {
		return "the site's currency"
	}
	return c
}

// share splits a line's total into the price of one unit, to the nearest coin, and says if it came out even.
func share(total, qty int64) (each int64, even bool) {
	if qty <= 0 {
		return 0, total == 0
	}
	return (total + qty/2) / qty, total%qty == 0
}
