package tracking

// What couriers call their services, by the code in the number; "" where we do not know it.

func upsService(code string) string { return upsServices[code] }

var upsServices = map[string]string{
	"01": "Next Day Air", "02": "Second Day Air", "03": "Ground", "12": "Third Day Select", "13": "Next Day Air Saver",
	"15": "Next Day Air Early", "22": "Ground, Returns Plus, three attempts", "32": "Next Day Air Early, COD",
	"33": "Next Day Air Early, Saturday, COD", "41": "Next Day Air Early, Saturday", "42": "Ground, signature required",
	"44": "Next Day Air, Saturday", "66": "Worldwide Express", "72": "Ground, COD", "78": "Ground, Returns Plus, one attempt",
	"90": "Ground, returns", "A0": "Next Day Air Early, adult signature", "A1": "Next Day Air Early, Saturday, adult signature",
	"A2": "Next Day Air, adult signature", "A8": "Ground, adult signature", "A9": "Next Day Air Early, adult signature, COD",
	"AA": "Next Day Air Early, Saturday, adult signature, COD", "YW": "SurePost",
}

func upsWaybill(code string) string {
	return map[string]string{"J": "Next Day Express", "K": "Ground", "V": "Worldwide Express Saver"}[code]
}

// s10Service is by the service indicator (UPU S10-12, 5.2).
func s10Service(code string) string {
	switch first, second := code[0], code[1]; {
	case first == 'E':
		return "EMS"
	case first == 'L':
		return "Letter post, tracked"
	case first == 'M':
		return "Letter post, M bag"
	case first == 'Q' && second <= 'M':
		return "Letter post, business reply"
	case first == 'R':
		return "Letter post, registered"
	case first == 'U':
		return "Letter post"
	case first == 'V':
		return "Letter post, insured"
	case first == 'C':
		return "Parcel post"
	case first == 'H':
		return "Parcel post, e-commerce"
	}
	return "Domestic or bilateral"
}

func uspsLabel(code string) string {
	if code == "94" {
		return "Online or vendor label"
	}
	if code == "95" {
		return "Retail"
	}
	return "Commercial mailer"
}

// uspsService is by the service type of the older numbers.
func uspsService(code string) string {
	switch code {
	case "01", "02", "03", "04", "05", "06", "07", "08", "14":
		return "Delivery Confirmation"
	case "21", "22", "23", "24", "25", "26", "34":
		return "Signature Confirmation"
	case "73":
		return "Insured Mail"
	case "82", "83", "85":
		return "Merchandise Return"
	}
	return ""
}

// dpdService is by the service code of DPD's parcel label specification.
func dpdService(code string) string {
	return map[string]string{
		"101": "Parcel", "136": "Parcel", "102": "Parcel, dangerous goods", "105": "Parcel, ex works",
		"106": "Parcel, ex works, dangerous goods", "109": "Parcel, COD", "110": "Parcel, COD, dangerous goods",
		"113": "Swap", "154": "Parcel letter", "155": "By 17:00", "161": "By 17:00, COD", "179": "By 10:00",
		"191": "By 10:00, COD", "225": "By 12:00", "237": "By 12:00, COD", "350": "By 8:30",
	}[code]
}

// posts are the countries and territories whose posts give out S10 numbers: ISO 3166-1, without those where nobody lives.
const posts = " AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ" +
	" CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR" +
	" GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP" +
	" KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ" +
	" NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ" +
	" TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW "
