package intake

import (
	"fmt"
	"strings"
)

// alpha2 holds the officially assigned codes of ISO 3166-1, in order.
const alpha2 = "" +
	"AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ " +
	"BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM " +
	"DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS " +
	"GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN " +
	"KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ " +
	"MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM " +
	"PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV " +
	"SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI " +
	"VN VU WF WS YE YT ZA ZM ZW "

// countryNames holds the English names that order files use: all of the UCI Online Retail sets, and the
// ones we meet most. A name that is not here is refused by its line, never guessed.
var countryNames = map[string]string{
	"united kingdom": "GB", "great britain": "GB", "england": "GB", "france": "FR", "usa": "US",
	"united states": "US", "united states of america": "US", "belgium": "BE", "australia": "AU", "eire": "IE",
	"ireland": "IE", "germany": "DE", "portugal": "PT", "japan": "JP", "denmark": "DK", "nigeria": "NG",
	"netherlands": "NL", "poland": "PL", "spain": "ES", "italy": "IT", "cyprus": "CY", "greece": "GR",
	"norway": "NO", "austria": "AT", "sweden": "SE", "united arab emirates": "AE", "finland": "FI",
	"switzerland": "CH", "malta": "MT", "bahrain": "BH", "rsa": "ZA", "south africa": "ZA", "bermuda": "BM",
	"hong kong": "HK", "singapore": "SG", "thailand": "TH", "israel": "IL", "lithuania": "LT",
	"lebanon": "LB", "korea": "KR", "south korea": "KR", "brazil": "BR", "canada": "CA", "iceland": "IS",
	"saudi arabia": "SA", "czech republic": "CZ", "czechia": "CZ", "luxembourg": "LU", "hungary": "HU",
	"romania": "RO", "bulgaria": "BG", "croatia": "HR", "slovenia": "SI", "slovakia": "SK", "estonia": "EE",
	"latvia": "LV", "india": "IN", "china": "CN", "mexico": "MX", "new zealand": "NZ", "turkey": "TR",
	"jersey": "JE", "guernsey": "GG", "isle of man": "IM", "liechtenstein": "LI",
}

// nowhere holds places of the UCI sets that are no one country. Their orders come in, and wait for a person.
var nowhere = map[string]bool{"channel islands": true, "european community": true, "west indies": true, "unspecified": true}

func isAlpha2(s string) bool {
	return len(s) == 2 && s == strings.Trim(s, " ") && strings.Contains(alpha2, s+" ")
}

// countryOf finds the code for a code or a name.
func countryOf(s string) (string, bool) {
	up := strings.ToUpper(s)
	if up == "UK" { // reserved for the United Kingdom, and what people there write
		return "GB", true
	}
	if isAlpha2(up) {
		return up, true
	}
	code, ok := countryNames[strings.ToLower(s)]
	return code, ok
}

// country takes a code or a known name; an empty text stays empty.
func (t *taker) country(field, s string) string {
	if s == "" {
		return ""
	}
	code, ok := countryOf(s)
	if !ok {
		t.bad(field, "unknown_country", fmt.Sprintf("%q is no country known here; write its two letters (ISO 3166) such as DE", shorten(s)))
	}
	return code
}
