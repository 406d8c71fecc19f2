package address

import (
	"strings"
	"sync"
)

// rule is how one country writes an address.
type rule struct {
	form     []string // one entry a line: words of "name company lines town region post" and what stands between them
	latin    []string // the form of an address in Latin letters where the country has another for its own script
	upper    string   // letters of the parts in capitals: N name, O company, A lines, C town, S region, Z postcode
	prefix   string   // before the postcode on mail from abroad
	required string   // letters of the parts without which the mail comes back

	laid, laidLatin *layout // form and latin, cut once
}

// tails are what follows the name and the street, by country; "/" ends a line. Where the region is not in
// the form, it is written only when there is no postcode or no town to say it.
var tails = []struct{ form, countries string }{
	{"post town", `AF AL AT AZ BA BE BG BL BY CC CR CX CY CZ DE CH DK DO DZ EE EH ET FI FO FR GE GF GL GP GR GW HR HT IS KG
		KW LA LI LT LU MA MC MD ME MF MG MK MQ MZ NC NE NL NO PF PL PM PS PT PY RE RO RS SE SI SJ SK SM SN TF TJ TM TN TR
		TZ VA WF XK YT ZM LR`},
	{"town post", `BB BF BH BI BJ BM BN BT BW CD CF CG CI CM DJ ER GA GH GM GQ IL JO KH KI KM LB LS LY ML MR MT MU MV MW NP NR
		NZ RW SA SB SC SD SG SL SS ST SY TD TG TL TO TV UG VC VG VU WS ZW`},
	{"town region post", "AS AU CA FM GU HM MH MP NF PW UM US VI"},
	{"town PR post", "PR"},
	{"post town region", "AD ES IT UY"},
	{"post town/region", "AR CL CV MY PH UZ"},
	{"post/town", "EC MU OM"},
	{"town/post", "AC AI FK GI GS IM IO IQ KE LK PN SH SZ TA TC ZA"},
	{"town/region/post", "EG GB IE RU UA"},
	{"town post/region", "IN KY NG PE"},
	{"town, post", "CU LV MM"},
	{"town - post", "BD"},
	{"town-post", "PK"},
	{"town-region/post", "BR"},
	{"town, region", "CO"},
	{"town post, region", "VE"},
	{"town post region", "PG"},
	{"town, region post", "SO"},
	{"post town, region", "MX"},
	{"post/town, region", "NI"},
	{"post-town/region", "SV"},
	{"post- town", "GT"},
	{"post/town/region", "AM"},
	{"town/region post", "ID TH VN"},
	{"post town/ÅLAND", "AX"},
	{"town/GUERNSEY/post", "GG"},
	{"town/JERSEY/post", "JE"},
	{"region town/post", "MN"},
	{"town/region", "AE HK MO"},
}

// usualTail is for the countries that are not in the table: what was given is written, nothing is left out.
const usualTail = "town post/region"

// wholes are the forms that do not begin with the name, or do not end with the town; "|" parts the form in
// the country's own script from the one in Latin letters.
var wholes = []struct{ form, countries string }{
	{"post/regiontown/lines/company/name|name/company/lines/town/region, post", "CN"},
	{"〒post/regiontown/lines/company/name|name/company/lines/town, region/post", "JP"},
	{"region town/lines/company/name/post|name/company/lines/town/region/post", "KR"},
	{"post/regiontown/lines/company/name|name/company/lines/town, region post", "TW"},
	{"region/town/lines/company/name|name/company/lines/town/region", "HK MO"},
	{"post/region/town/lines/company/name", "KZ"},
	{"company/name/region/town/lines/post", "IR"},
	{"name/company/town/lines/post", "HU"},
	{"name/company/post lines town", "GN"},
}

// companyFirst is where the company stands above the person.
const companyFirst = "AT AU AX BE BL BR CH DK FI FR GF GP LI LT LU MF MQ NC NL PM RE SE WF YT"

// capitals lists the parts that a country wants in capitals.
var capitals = []struct{ parts, countries string }{
	{"AC", "BL GF GP MF MQ NC PM RE WF YT"},
	{"ACNO", "HU PR"},
	{"ACNOS", "AS FM GU MH MP PW VI"},
	{"ACNOSZ", "CA"},
	{"ACS", "SO"},
	{"ACZ", "AR SZ"},
	{"C", "FR SG"},
	{"CS", "AU BR ES IT MY NG NI US UY UZ VE UM"},
	{"CSZ", "MX SV"},
	{"CZ", "EC FK GB GG GS IM IO JE MT MU PN SH TC"},
	{"S", "AD CN JP TH"},
	{"AC", "RO RU"},
	{"Z", "KR"},
}

// prefixes stand before the postcode on mail from abroad.
const prefixes = "AX:AX- AZ:AZ_ CH:CH- FI:FI- FO:FO HR:HR- LI:FL- LT:LT- LU:L- MC:MC- MD:MD- SE:SE- SI:SI-"

// needs lists the parts without which mail comes back. A town that is the whole country needs none.
var needs = []struct{ parts, countries string }{
	{"ACSZ", "AS AU BR CA CN ES FM GU IN IT JP KR MH MP PW TW US VI"},
	{"ACZ", `AT AX BE BL CH DE DK FI FK FR GB GF GG GL GP GR GS IM IO JE LI LU MF MQ MX MY NC NL NO NZ PL PM PN PR PT RE RU SE
		SH SJ TC TR WF YT ZA`},
	{"ACS", "PG SO SV VE AE"},
	{"AC", "VN ZM IE"},
	{"AZ", "SG SM"},
	{"AS", "AD KY HK"},
	{"A", "GI VG"},
}

// impliedTown and impliedRegion are written where the address leaves them out: they never differ.
var (
	impliedTown   = map[string]string{"SG": "Singapore", "GI": "Gibraltar", "MC": "Monaco"}
	impliedRegion = map[string]string{"NF": "Norfolk Island", "AS": "AS", "FM": "FM", "GU": "GU", "MH": "MH", "MP": "MP", "PW": "PW", "VI": "VI"}
)

// piece is a word of a form and what stands before it.
type piece struct{ before, word string }

// layout is a form cut into its pieces, a list a line, and which of the parts that may be left out it has.
type layout struct {
	lines        [][]piece
	post, region bool
}

func laidOut(form []string) *layout {
	l := &layout{}
	for _, line := range form {
		pieces := cut(line)
		l.lines = append(l.lines, pieces)
		for _, p := range pieces {
			l.post, l.region = l.post || p.word == "post", l.region || p.word == "region"
		}
	}
	return l
}

// cut finds the words in a line of a form.
func cut(form string) []piece {
	var out []piece
	before := ""
	for form != "" {
		word := ""
		for w := range words {
			if strings.HasPrefix(form, w) {
				word = w
			}
		}
		if word == "" {
			before, form = before+form[:1], form[1:]
			continue
		}
		out, before, form = append(out, piece{before, word}), "", form[len(word):]
	}
	if before != "" {
		out = append(out, piece{before, ""})
	}
	return out
}

// rules is the table of every country that has an entry above.
var rules = sync.OnceValue(func() map[string]*rule {
	all := map[string]*rule{}
	of := func(country string) *rule {
		if all[country] == nil {
			all[country] = &rule{form: personFirst(usualTail)}
		}
		return all[country]
	}
	each := func(countries string, do func(*rule)) {
		for _, c := range strings.Fields(countries) {
			do(of(c))
		}
	}
	for _, t := range tails {
		each(t.countries, func(r *rule) { r.form = personFirst(t.form) })
	}
	each(companyFirst, func(r *rule) { r.form[0], r.form[1] = r.form[1], r.form[0] })
	for _, w := range wholes {
		own, latin, both := strings.Cut(w.form, "|")
		each(w.countries, func(r *rule) {
			if r.form = strings.Split(own, "/"); both {
				r.latin = strings.Split(latin, "/")
			}
		})
	}
	for _, c := range capitals {
		each(c.countries, func(r *rule) { r.upper = c.parts })
	}
	for _, n := range needs {
		each(n.countries, func(r *rule) { r.required = n.parts })
	}
	for _, p := range strings.Fields(prefixes) {
		country, prefix, _ := strings.Cut(p, ":")
		of(country).prefix = strings.ReplaceAll(prefix, "_", " ")
	}
	for _, r := range all {
		r.lay()
	}
	return all
})

func (r *rule) lay() *rule {
	if r.laid = laidOut(r.form); r.latin != nil {
		r.laidLatin = laidOut(r.latin)
	}
	return r
}

func personFirst(tail string) []string {
	return append([]string{"name", "company", "lines"}, strings.Split(tail, "/")...)
}

var usual = sync.OnceValue(func() *rule { return (&rule{form: personFirst(usualTail)}).lay() })

func ruleOf(country string) *rule {
	if r := rules()[country]; r != nil {
		return r
	}
	return usual()
}
