package address

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
)

// shapes are the postcodes of the world: "#" is a digit, "@" a letter, "*" either, all else stands for itself.
// What a person leaves out or writes otherwise (spaces, hyphens, small letters) is put right by the shape. A
// country with several has its usual one first.
var shapes = []struct{ shape, countries string }{
	{"###", "BH FO GN IS LS MG OM PG"},
	{"####", `BH AF AL AM AT AU AZ BD BE BG BH CC CH CV CX CY DK ET GE GL GW HM HU LI LR LU MD MK MO MZ NE NF NO NZ PH PY SI SJ TN
		TZ VE XK ZA LB AR`},
	{"#####", `TW AX BA BT CR CU DE DO DZ EE EG EH ES FI FR GF GP GT HN HR ID IL IQ IT JO KE KH KR KW LA LK LT MA MC ME MF
		MM MN MQ MU MV MX MY NC NI NP PE PF PM PK PR RE RS SA SD SM SN SO SV TF TH TR UA US UY VA VI VN WF XK YT ZM
		AS FM GU MH MP PW BL UM`},
	{"###", "TW"},
	{"####", "CR"},
	{"######", "AM BY CN CO EC IN KG KZ MN NG RO RS RU SG TJ TM TW UZ VN"},
	{"### ##", "CZ GR SE SK"},
	{"###-####", "JP"},
	{"##-###", "PL"},
	{"####-###", "PT"},
	{"#####-###", "BR"},
	{"#### @@", "NL"},
	{"LV-####", "LV"},
	{"HT####", "HT"},
	{"AD###", "AD"},
	{"BB#####", "BB"},
	{"@@####", "BN"},
	{"@@ **", "BM"},
	{"VC####", "VC"},
	{"VG####", "VG"},
	{"MSR ####", "MS"},
	{"KY#-####", "KY"},
	{"@###", "SZ"},
	{"@####@@@", "AR"},
	{"@####", "AR"},
	{"####@@@", "AR"},
	{"#######", "CL IL"},
	{"#####-####", "AS FM GU MH MP PR PW SA US VI"},
	{"#####-#####", "IR"},
	{"###-###", "KR"},
	{"#### ####", "LB"},
	{"###@@###", "MU"},
	{"@##@#@#", "KZ"},
	{"@#@ #@#", "CA"},
	{"@@@ ####", "MT"},
	{"@@@ ##", "MT"},
	{"@@@ ###", "MT"},
	{"*** ****", "IE"},
	{"CP ####", "SV"},
	{"@####@", "EC"},
	{"@@######", "EC"},
	{"###-####", "CR"},
	{"LIMA ##", "PE"},
	{"LIMA #", "PE"},
	{"CALLAO ##", "PE"},
	{"CALLAO #", "PE"},
	{"PC ###", "OM"},
	{"ASCN 1ZZ", "AC SH"},
	{"STHL 1ZZ", "SH"},
	{"TDCU 1ZZ", "TA"},
	{"FIQQ 1ZZ", "FK"},
	{"SIQQ 1ZZ", "GS"},
	{"BBND 1ZZ", "IO"},
	{"PCRN 1ZZ", "PN"},
	{"TKCA 1ZZ", "TC"},
	{"GX11 1AA", "GI"},
	{"AI-2640", "AI"},
	{"2640", "AI"},
	{"@# #@@", "GB GG IM JE"},
	{"@## #@@", "GB GG IM JE"},
	{"@@# #@@", "GB GG IM JE"},
	{"@@## #@@", "GB GG IM JE"},
	{"@#@ #@@", "GB"},
	{"@@#@ #@@", "GB GG IM JE"},
	{"GIR 0AA", "GB"},
	{"BFPO ####", "GB"},
	{"BFPO ###", "GB"},
	{"BFPO ##", "GB"},
	{"BFPO #", "GB"},
}

// within narrows a shape where the post gives out only some of its numbers; it reads the usual form.
var within = map[string]string{
	"AD": `AD[1-7]0\d`, "AM": `(37)?\d{4}`, "AR": `[A-HJ-NP-Z]?\d{4}[A-Z]*`, "AS": `96799.*`, "AX": `22\d{3}`, "BH": `(\d|1[0-2])\d\d`,
	"BL": `9[78][01]\d\d`, "FM": `9694[1-4].*`, "GF": `9[78]3\d\d`, "GG": `GY.*`, "GL": `39\d\d`, "GP": `9[78][01]\d\d`,
	"GU": `969([12]\d|3[12]).*`, "IM": `IM.*`, "JE": `JE.*`, "LI": `948[5-9]|949[0-7]`, "MC": `980\d\d`, "ME": `8\d{4}`, "MF": `9[78][01]\d\d`,
	"MH": `969[67]\d.*`, "MP": `9695[0-2].*`, "MQ": `9[78]2\d\d`, "NC": `988\d\d`, "PF": `987\d\d`, "PM": `9[78]5\d\d`, "PR": `00[679]\d\d.*`,
	"PW": `969(39|40).*`, "RE": `9[78]4\d\d`, "SM": `4789\d`, "SV": `CP [1-3][1-7][0-2]\d|\d{5}`, "SZ": `[HLMS]\d{3}`, "VA": `00120`,
	"VI": `008([0-4]\d|5[01]).*`, "WF": `986\d\d`, "XK": `[1-7]\d{4}`, "YT": `976\d\d`,
	"CA": `[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] \d[ABCEGHJ-NPRSTV-Z]\d`,
	"GB": `(GIR 0AA|BFPO \d+|(` + britishAreas + `)\d[\dA-Z]? \d[ABD-HJLN-UW-Z]{2})`,
	"PE": `(LIMA|CALLAO) \d+|[0-2]\d{4}`,
}

const britishAreas = `AB|AL|B|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|` +
	`GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|` +
	`PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE|BX`

type codes struct {
	shapes []string
	within *regexp.Regexp
}

var codesOf = sync.OnceValue(func() map[string]*codes {
	all := map[string]*codes{}
	for _, s := range shapes {
		for _, country := range strings.Fields(s.countries) {
			if all[country] == nil {
				all[country] = &codes{}
			}
			all[country].shapes = append(all[country].shapes, s.shape)
		}
	}
	for country, pattern := range within {
		all[country].within = regexp.MustCompile(`^(` + pattern + `)$`)
	}
	return all
})

// HasPostcodes says whether a country has postcodes that we know the shape of.
func HasPostcodes(country string) bool { return codesOf()[Code(country)] != nil }

// maxPostcode bounds what is looked at.
const maxPostcode = 40

// Postcode gives a postcode in the form its country writes it, or says what is wrong with it: "sw1a1aa"
// becomes "SW1A 1AA", "CH-4051" becomes "4051". A country whose postcodes we do not know takes any text.
func Postcode(country, given string) (string, error) {
	given, country = strings.TrimSpace(given), Code(country)
	known := codesOf()[country]
	if given == "" || known == nil {
		return given, nil
	}
	if len(given) > maxPostcode {
		return given, fmt.Errorf("a postcode of %d characters", len(given))
	}
	plain := plainCode(given)
	for _, try := range []string{plain, withoutLetters(country, plain)} {
		if shaped := known.shaped(try); shaped != "" {
			return shaped, nil
		}
	}
	return given, fmt.Errorf("%q is no postcode of %s: they look like %s", given, country, example(known.shapes[0]))
}

// shaped is a plain code in the first shape that takes it, or "".
func (c *codes) shaped(plain string) string {
	for _, shape := range c.shapes {
		s := inShape(shape, plain)
		if letters, _, open := strings.Cut(shape, "#"); s == "" && open && !strings.ContainsAny(letters, "@*") {
			s = inShape(shape, plainCode(letters)+plain) // 6120 for HT6120
		}
		if s != "" && (c.within == nil || c.within.MatchString(s)) {
			return s
		}
	}
	return ""
}

// plainCode drops what people put between the characters, and makes letters and digits plain ones.
func plainCode(s string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-' || r == '.' || r == 0x2010 || r == 0x2011 || r == 0x2012 || r == 0x2013 || r == 0x2212 || r == 0x3000 || r == 0x00A0 || r == '〒' || r == 0xFF0D:
			return -1
		case r >= 0xFF10 && r <= 0xFF19: // full width
			return r - 0xFF10 + '0'
		case r >= 0x0660 && r <= 0x0669: // Arabic
			return r - 0x0660 + '0'
		case r >= 0x06F0 && r <= 0x06F9: // Persian
			return r - 0x06F0 + '0'
		case r >= 0x0966 && r <= 0x096F: // Devanagari
			return r - 0x0966 + '0'
		}
		return r
	}, s))
}

// withoutLetters takes off the letters that some write before the number: those of the country's post, its
// ISO code, or the letter of its cars.
func withoutLetters(country, plain string) string {
	for _, letters := range []string{plainCode(ruleOf(country).prefix), country, oldLetters[country]} {
		if letters != "" && strings.HasPrefix(plain, letters) {
			return plain[len(letters):]
		}
	}
	return plain
}

var oldLetters = map[string]string{"DE": "D", "FR": "F", "AT": "A", "BE": "B", "IT": "I", "ES": "E", "SE": "S", "NO": "N", "PT": "P", "HU": "H", "LU": "L", "FI": "SF"}

// inShape spreads a plain code over a shape, or is "" where it does not fit.
func inShape(shape, plain string) string {
	var b strings.Builder
	at := 0
	for i := range len(shape) {
		if c := shape[i]; c == ' ' || c == '-' {
			b.WriteByte(c)
			continue
		}
		if at >= len(plain) || !takes(shape[i], plain[at]) {
			return ""
		}
		b.WriteByte(plain[at])
		at++
	}
	if at < len(plain) {
		return ""
	}
	return b.String()
}

func takes(sign, c byte) bool {
	digit, letter := c >= '0' && c <= '9', c >= 'A' && c <= 'Z'
	switch sign {
	case '#':
		return digit
	case '@':
		return letter
	case '*':
		return digit || letter
	}
	return sign == c
}

// example fills a shape: 12345 and ABCD.
func example(shape string) string {
	digit, letter := byte('0'), byte('A'-1)
	out := []byte(shape)
	for i, c := range out {
		switch c {
		case '#':
			digit++
			out[i] = digit
		case '@', '*':
			letter++
			out[i] = letter
		}
	}
	return string(out)
}
