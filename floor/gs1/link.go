package gs1

import (
	"sort"
	"strings"
)

// A Digital Link is an address whose path holds a primary key and its qualifiers, and whose query holds what
// else is known: https://id.example.com/01/09501101530003/10/LOT?17=261231. It is read as text: nothing is
// ever fetched.

func isLink(s string) bool {
	return len(s) > 7 && (strings.EqualFold(s[:7], "http://") || len(s) > 8 && strings.EqualFold(s[:8], "https://"))
}

// names are the words that older links have in place of identifiers.
var names = map[string]string{"gtin": "01", "itip": "8006", "gmn": "8013", "cpid": "8010", "shipTo": "410",
	"billTo": "411", "purchasedFrom": "412", "shipFor": "413", "gln": "414", "payTo": "415", "glnProd": "416",
	"partyGln": "417", "gsrnp": "8017", "gsrn": "8018", "gcn": "255", "sscc": "00", "gdti": "253", "ginc": "401",
	"gsin": "402", "grai": "8003", "giai": "8004", "cpv": "22", "lot": "10", "ser": "21", "cpsn": "8011",
	"glnx": "254", "refno": "8020", "srin": "8019"}

// inLink are the characters of an address (RFC 3986).
var inLink = signs("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz.~:/?#[]@!$&'()*+,;=%")

// link reads a Digital Link.
func (p *parser) link(s string) {
	if within(s, &inLink) != nil {
		p.fault(BadLink, "", "the address holds a character that no address has")
		return
	}
	s, _, _ = strings.Cut(s, "#")
	_, s, _ = strings.Cut(s, "://")
	s, query, _ := strings.Cut(s, "?")
	host, path, ok := strings.Cut(s, "/")
	if !ok || host == "" || strings.Trim(strings.ToLower(host), "abcdefghijklmnopqrstuvwxyz0123456789.-:[]") != "" {
		p.fault(BadLink, "", "the address has no path behind its host")
		return
	}
	key := p.path(strings.Split(strings.TrimSuffix(path, "/"), "/"))
	if key != nil {
		p.query(key, query)
	}
}

// path finds the primary key, which is the last one whose successors are all pairs, and reads from there on.
func (p *parser) path(segments []string) *spec {
	for at := len(segments) - 2; at >= 0; at -= 2 {
		key := specs[aiOf(segments[at])]
		if key == nil || !key.key {
			continue
		}
		var order []string
		for i := at; i < len(segments) && !p.stop(); i += 2 {
			ai := aiOf(segments[i])
			p.attribute(ai, segments[i+1], false)
			if i > at {
				order = append(order, ai)
			}
		}
		if !key.qualifiedBy(order) {
			p.fault(BadLink, key.ai, "these qualifiers of ("+key.ai+") do not go together in this order")
		}
		return key
	}
	p.fault(BadLink, "", "the address holds no GS1 key")
	return nil
}

func aiOf(segment string) string {
	if ai, ok := names[segment]; ok {
		return ai
	}
	return segment
}

// qualifiedBy is true where the qualifiers are those of one sequence, in its order; any may be left out.
func (s *spec) qualifiedBy(order []string) bool {
	if len(order) == 0 {
		return true
	}
	for _, seq := range s.qualifiers {
		i := 0
		for _, q := range seq {
			if i < len(order) && order[i] == q {
				i++
			}
		}
		if i == len(order) {
			return true
		}
	}
	return false
}

func (s *spec) qualifies(ai string) bool {
	for _, seq := range s.qualifiers {
		for _, q := range seq {
			if q == ai {
				return true
			}
		}
	}
	return false
}

// query reads the attributes. Those with other names than identifiers are somebody else's.
func (p *parser) query(key *spec, query string) {
	for _, pair := range strings.FieldsFunc(query, func(c rune) bool { return c == '&' || c == ';' }) {
		name, value, _ := strings.Cut(pair, "=")
		if !digits(name) {
			continue
		}
		if p.stop() {
			return
		}
		sp := specs[name]
		switch {
		case sp == nil:
			p.fault(UnknownAI, name, "no application identifier ("+clip(name)+")")
		case !sp.attribute || key.qualifies(name):
			p.fault(BadLink, name, "("+name+") belongs into the path of the address or not into it at all")
		default:
			p.attribute(name, value, true)
		}
	}
}

// attribute takes one identifier with its value. A GTIN may lack its leading zeros, as older links do.
func (p *parser) attribute(ai, raw string, inQuery bool) {
	sp := specs[ai]
	if sp == nil {
		p.fault(UnknownAI, ai, "no application identifier ("+clip(ai)+")")
		return
	}
	value, ok := unescape(raw, inQuery)
	if !ok {
		p.fault(BadLink, ai, "("+ai+") is escaped wrongly")
		return
	}
	if n := len(value); (ai == "01" || ai == "02") && (n == 8 || n == 12 || n == 13) {
		value = "00000000000000"[n:] + value
	}
	if f := sp.check(value); f != nil {
		p.faults = append(p.faults, f)
		return
	}
	for _, e := range p.out {
		if e == (Element{ai, value}) {
			return
		}
	}
	p.out = append(p.out, Element{ai, value})
}

// unescape turns %hh into the character it stands for; in a query + is a blank.
func unescape(s string, inQuery bool) (string, bool) {
	if percentEncoded(s) != nil {
		return "", false
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '%':
			b.WriteByte(byte(hex(s[i+1])<<4 | hex(s[i+2])))
			i += 2
		case s[i] == '+' && inQuery:
			b.WriteByte(' ')
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String(), true
}

// escape writes a value so that it is one segment of a path or one value of a query.
func escape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if in64[s[i]] || s[i] == '.' || s[i] == '~' {
			b.WriteByte(s[i])
		} else {
			b.WriteString("%" + strings.ToUpper(string("0123456789abcdef"[s[i]>>4])+string("0123456789abcdef"[s[i]&15])))
		}
	}
	return b.String()
}

// Link writes elements as a Digital Link under a stem such as "https://id.example.com". The primary key is the
// first element that can be one; its qualifiers follow in their order, all else goes into the query.
func Link(stem string, all []Element) (string, *Fault) {
	key := primary(all)
	if key == nil {
		return "", &Fault{BadLink, "", "no element is the key of a Digital Link"}
	}
	seq := key.bestSequence(all)
	at := map[string]int{key.ai: 0}
	for i, q := range seq {
		at[q] = i + 1
	}
	var path, query []Element
	for i, e := range all {
		sp := specs[e.AI]
		if sp == nil {
			return "", &Fault{UnknownAI, e.AI, "no application identifier (" + e.AI + ")"}
		}
		if f := sp.check(e.Value); f != nil {
			return "", f
		}
		if repeated(all[:i], e) {
			continue
		}
		if _, ok := at[e.AI]; ok {
			path = append(path, e)
		} else if !sp.attribute || key.qualifies(e.AI) {
			return "", &Fault{BadLink, e.AI, "(" + e.AI + ") cannot stand in a link of (" + key.ai + ")"}
		} else {
			query = append(query, e)
		}
	}
	sort.SliceStable(path, func(i, j int) bool { return at[path[i].AI] < at[path[j].AI] })
	// A reader may know what has a predefined length sooner than it knows the rest, so that goes first.
	sort.SliceStable(query, func(i, j int) bool { return specs[query[i].AI].predefined && !specs[query[j].AI].predefined })
	return write(stem, path, query), nil
}

func primary(all []Element) *spec {
	for _, e := range all {
		if sp := specs[e.AI]; sp != nil && sp.key {
			return sp
		}
	}
	return nil
}

// bestSequence is the sequence of qualifiers of which most are there.
func (s *spec) bestSequence(all []Element) (best []string) {
	most := -1
	for _, seq := range s.qualifiers {
		n := 0
		for _, q := range seq {
			if standing(all, q, s.ai) != "" {
				n++
			}
		}
		if n > most {
			best, most = seq, n
		}
	}
	return best
}

func repeated(before []Element, e Element) bool {
	for _, b := range before {
		if b == e {
			return true
		}
	}
	return false
}

func write(stem string, path, query []Element) string {
	b := strings.Builder{}
	b.WriteString(strings.TrimSuffix(stem, "/"))
	for _, e := range path {
		b.WriteString("/" + e.AI + "/" + escape(e.Value))
	}
	for i, e := range query {
		b.WriteString(map[bool]string{true: "?", false: "&"}[i == 0])
		b.WriteString(e.AI + "=" + escape(e.Value))
	}
	return b.String()
}
