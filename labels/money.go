package labels

import (
	"strconv"
	"strings"
)

// Currencies whose smallest coin is not a hundredth (ISO 4217, minor units).
const (
	wholeMoney    = " BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF "
	thousandMoney = " BHD IQD JOD KWD LYD OMR TND "
)

// amount writes a sum of the smallest coins as people do: 1234.50.
func amount(coins int, currency string) string {
	decimals := 2
	switch name := " " + currency + " "; {
	case strings.Contains(wholeMoney, name):
		decimals = 0
	case strings.Contains(thousandMoney, name):
		decimals = 3
	}
	sign := ""
	if coins < 0 {
		sign, coins = "-", -coins
	}
	digits := strconv.Itoa(coins)
	if decimals == 0 {
		return sign + digits
	}
	digits = strings.Repeat("0", max(0, decimals+1-len(digits))) + digits
	at := len(digits) - decimals
	return sign + digits[:at] + "." + digits[at:]
}

// weightKilos writes grams in kilograms to the gram, as customs want net weights.
func weightKilos(g int) string { return amount(g, "KWD") }
