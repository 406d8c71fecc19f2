package floor

import "strings"

// ItemCustoms is what customs want to know of an item.
type ItemCustoms struct {
	HSCode      string `cbor:"1,keyasint,omitempty" json:"hs_code,omitempty"`     // tariff number, 6 digits by the WCO and up to 10 by the country
	Origin      string `cbor:"2,keyasint,omitempty" json:"origin,omitempty"`      // the country it was made in
	Description string `cbor:"3,keyasint,omitempty" json:"description,omitempty"` // in plain words; the item's name where empty
}

// OrderCustoms is what a shop says for customs; empty is a sale.
type OrderCustoms struct {
	Category string `cbor:"1,keyasint,omitempty" json:"category,omitempty"` // sale, gift, documents, sample, returned or other
	Incoterm string `cbor:"2,keyasint,omitempty" json:"incoterm,omitempty"` // who pays the duty, such as DAP or DDP
}

// customsCategories are the boxes of the postal forms.
var customsCategories = []string{"sale", "gift", "documents", "sample", "returned", "other"}

// incoterms are those of Incoterms 2020 (International Chamber of Commerce).
var incoterms = strings.Fields("EXW FCA CPT CIP DAP DPU DDP FAS FOB CFR CIF")

// countries are the codes of ISO 3166-1.
var countries = " AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF" +
	" CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ" +
	" GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV" +
	" LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR" +
	" PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ" +
	" UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW "

func isCountry(s string) bool { return len(s) == 2 && strings.Contains(countries, " "+s+" ") }

func checkCustoms(f *faults, pointer string, c ItemCustoms) {
	if n := len(c.HSCode); n > 0 && (n < 6 || n > 10 || !allDigits(c.HSCode)) {
		f.add(pointer+"/hs_code", "bad_hs_code", "a tariff number has 6 to 10 digits, without dots")
	}
	if c.Origin != "" && !isCountry(c.Origin) {
		f.add(pointer+"/origin", "bad_country", "a country is two capital letters such as DE")
	}
	checkText(f, pointer+"/description", c.Description, 0, NameLimit)
}

func checkOrderCustoms(f *faults, c OrderCustoms) {
	if c.Category != "" && !oneOf(c.Category, customsCategories) {
		f.add("/customs/category", "bad_value", "sale, gift, documents, sample, returned or other")
	}
	if c.Incoterm != "" && !oneOf(c.Incoterm, incoterms) {
		f.add("/customs/incoterm", "bad_value", "an Incoterm of 2020 such as DAP or DDP")
	}
}

// territories are those whose customs and VAT know a place as their own; where two places share one, goods pass
// between them without a declaration. A place is its own where its country is in none.
//
// The EU's are the 27 and Monaco, without the parts that are outside its customs or its VAT (Council Directive
// 2006/112/EC, article 6; Regulation 952/2013, article 4): what goes there is declared. Northern Ireland is in
// both, the United Kingdom and, for goods, the EU (Windsor Framework).
func territories(country, postcode string) []string {
	post := strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(postcode))
	if part := specialPart(country, post); part != "" {
		return []string{part}
	}
	switch {
	case strings.Contains(euCountries, " "+country+" "):
		return []string{"EU"}
	case country == "GB" && strings.HasPrefix(post, "BT"):
		return []string{"GB", "EU"}
	}
	switch country {
	case "IM":
		return []string{"GB"} // one customs area and one VAT; Jersey and Guernsey have their own VAT
	case "LI":
		return []string{"CH"}
	case "PR":
		return []string{"US"} // the other territories of the United States are outside its customs
	}
	return []string{country}
}

const euCountries = " AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MC MT NL PL PT RO SE SI SK "

// specialParts are the parts of countries that are outside their customs or VAT, by the beginning of the postcode.
var specialParts = []struct {
	country, begins string
	digits          int // of the whole postcode
	name            string
}{
	{"ES", "35", 5, "Canary Islands"}, {"ES", "38", 5, "Canary Islands"}, {"ES", "51", 5, "Ceuta"}, {"ES", "52", 5, "Melilla"},
	{"DE", "78266", 5, "Büsingen"}, {"DE", "27498", 5, "Heligoland"},
	{"IT", "23041", 5, "Livigno"}, {"IT", "22061", 5, "Campione d'Italia"}, {"IT", "22060", 5, "Campione d'Italia"},
	{"FI", "22", 5, "Åland"}, {"GR", "63086", 5, "Mount Athos"},
	{"FR", "971", 5, "GP"}, {"FR", "972", 5, "MQ"}, {"FR", "973", 5, "GF"}, {"FR", "974", 5, "RE"}, {"FR", "975", 5, "PM"},
	{"FR", "976", 5, "YT"}, {"FR", "978", 5, "MF"}, {"FR", "986", 5, "WF"}, {"FR", "987", 5, "PF"}, {"FR", "988", 5, "NC"},
	{"DK", "39", 4, "GL"}, {"DK", "", 3, "FO"},
	{"NO", "917", 4, "SJ"}, {"NO", "8099", 4, "SJ"},
}

// specialPart names the part of a country that a postcode lies in, "" for the country itself.
func specialPart(country, post string) string {
	for _, p := range specialParts {
		if p.country == country && len(post) == p.digits && strings.HasPrefix(post, p.begins) {
			return p.name
		}
	}
	return ""
}

// customsBorder says whether goods are declared on their way between two places. A country that is not known is
// taken for the same: a paper too many is asked for by a person, a warehouse without an address sells at home.
func customsBorder(from, to Person) bool {
	if from.Country == "" || to.Country == "" {
		return false
	}
	there := territories(to.Country, to.Postcode)
	for _, a := range territories(from.Country, from.Postcode) {
		if oneOf(a, there) {
			return false
		}
	}
	return true
}

// CN22LimitCents is what 300 SDR are worth, in the currency's smallest coin: up to there the Universal Postal
// Union's small form is enough. The rates move, so these are rounded down by some percent, as posts do; where a
// currency is not known, the large form is right for any value.
func CN22LimitCents(currency string) int64 {
	return map[string]int64{"EUR": 340_00, "USD": 390_00, "GBP": 290_00, "CHF": 310_00, "SEK": 3700_00, "NOK": 3900_00, "DKK": 2500_00,
		"PLN": 1400_00, "CZK": 8200_00, "HUF": 130_000_00, "RON": 1700_00, "CAD": 530_00, "AUD": 580_00, "NZD": 650_00, "JPY": 55_000,
		"CNY": 2750_00, "INR": 32_000_00}[currency]
}
