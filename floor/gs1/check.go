package gs1

import "strings"

// check tells what is wrong with one component of a value.
type check func(v string) *Fault

// checks holds every check by the name under which the table asks for it.
var checks map[string]check

func init() { // a literal would be a loop: the table needs the checks, the coupons need both
	checks = map[string]check{
		"csum": checkDigit, "csumalpha": checkPair, "gcppos1": prefixAt(0), "gcppos2": prefixAt(1), "key": prefixAt(0),
		"csetnumeric": onlyDigits, "cset82": set82, "cset39": set39, "cset64": set64,
		"yymmdd": dateIn(6, false), "yymmd0": dateIn(6, true), "yyyymmdd": dateIn(8, false), "yyyymmd0": dateIn(8, true),
		"hh": clock(24), "mi": clock(60), "ss": clock(60), "hhmi": clock(24, 60),
		"iso3166": listed(countries), "iso3166999": listed(countries, "999"), "iso3166alpha2": listed(countryAlphas),
		"iso4217": listed(currencies), "iso5218": listed(setOf("0 1 2 9")), "packagetype": listed(packageTypes),
		"mediatype": mediaType, "yesno": listed(setOf("0 1")), "winding": listed(setOf("0 1 9")), "zero": onlyOf("0", 1),
		"nonzero": nonZero, "nozeroprefix": noZeroPrefix, "hasnondigit": hasNonDigit, "hyphen": onlyOf("-", 0),
		"importeridx": importerIndex, "pcenc": percentEncoded, "pieceoftotal": pieceOfTotal, "posinseqslash": positionInSequence,
		"latitude": atMost("1800000000"), "longitude": atMost("3600000000"), "iban": iban,
		"couponcode": couponCode, "couponposoffer": couponOffer,
	}
}

func bad(detail string) *Fault { return &Fault{BadValue, "", detail} }

func setOf(codes string) map[string]bool {
	out := map[string]bool{}
	for _, c := range strings.Fields(codes) {
		out[c] = true
	}
	return out
}

func listed(set map[string]bool, more ...string) check {
	return func(v string) *Fault {
		for _, m := range more {
			if v == m {
				return nil
			}
		}
		if !set[v] {
			return bad("is not one of the published codes")
		}
		return nil
	}
}

func onlyDigits(v string) *Fault {
	if !digits(v) {
		return &Fault{BadCharacter, "", "holds something else than digits"}
	}
	return nil
}

// checkDigit checks the GS1 mod 10 digit at the end: weights 3 and 1 from the right.
func checkDigit(v string) *Fault {
	if f := onlyDigits(v); f != nil {
		return f
	}
	sum, weight := 0, 1
	for i := len(v) - 1; i >= 0; i-- {
		sum += int(v[i]-'0') * weight
		weight = 4 - weight
	}
	if sum%10 != 0 {
		return &Fault{CheckDigit, "", "has a wrong check digit: it was misread or mistyped"}
	}
	return nil
}

// set82Signs are the characters of set 82 in the order of their values; the pair of check characters counts by it.
const set82Signs = `!"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz`

var in82, in39, in64 = signs(set82Signs), signs("#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
	signs("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")

func signs(s string) (set [256]bool) {
	for i := 0; i < len(s); i++ {
		set[s[i]] = true
	}
	return set
}

func within(v string, set *[256]bool) *Fault {
	for i := 0; i < len(v); i++ {
		if !set[v[i]] {
			return &Fault{BadCharacter, "", "holds a character that is not allowed there"}
		}
	}
	return nil
}

func set82(v string) *Fault { return within(v, &in82) }
func set39(v string) *Fault { return within(v, &in39) }

// set64 is base64 for addresses; where it is padded its length is a multiple of three, as the table has it.
func set64(v string) *Fault {
	bare := strings.TrimRight(v, "=")
	if pad := len(v) - len(bare); pad > 2 || pad > 0 && len(v)%3 != 0 {
		return bad("is padded wrongly")
	}
	return within(bare, &in64)
}

// The alphanumeric check character pair of section 7.9.5: weights are primes from the right, the sum is taken
// modulo 1021 and written in base 32.
const pairSigns = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

var primes = [...]int{2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83,
	89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179, 181, 191, 193, 197,
	199, 211, 223, 227, 229, 233, 239, 241, 251, 257, 263, 269, 271, 277, 281, 283, 293, 307, 311, 313, 317, 331,
	337, 347, 349, 353, 359, 367, 373, 379, 383, 389, 397, 401, 409, 419, 421, 431, 433, 439, 443, 449, 457, 461,
	463, 467, 479, 487, 491, 499, 503, 509}

func checkPair(v string) *Fault {
	n := len(v) - 2
	if n < 0 || n > len(primes) {
		return bad("has no length at which its check characters can be worked out")
	}
	sum := 0
	for i := 0; i < n; i++ {
		at := strings.IndexByte(set82Signs, v[i])
		if at < 0 {
			return &Fault{BadCharacter, "", "holds a character that is not allowed there"}
		}
		sum += at * primes[n-1-i]
	}
	sum %= 1021
	if v[n] != pairSigns[sum>>5] || v[n+1] != pairSigns[sum&31] {
		return &Fault{CheckDigit, "", "has wrong check characters: it was misread or mistyped"}
	}
	return nil
}

// prefixAt wants a company prefix, which has at least four digits, to begin there.
func prefixAt(from int) check {
	return func(v string) *Fault {
		if len(v) < from+4 || !digits(v[from:from+4]) {
			return bad("does not begin with a GS1 company prefix")
		}
		return nil
	}
}

func dateIn(n int, monthAlone bool) check {
	return func(v string) *Fault {
		if f := onlyDigits(v); f != nil {
			return f
		}
		if len(v) != n {
			return &Fault{BadDate, "", "is no date"}
		}
		// Of two digits the year's century decides over a leap day in 00 alone, and 2000 had one.
		year, rest := 2000+two(v), v[2:]
		if n == 8 {
			year, rest = two(v)*100+two(v[2:]), v[4:]
		}
		month, day := two(rest), two(rest[2:])
		if month < 1 || month > 12 || day > daysIn(year, month) || day == 0 && !monthAlone {
			return &Fault{BadDate, "", "is no day of the calendar"}
		}
		return nil
	}
}

// clock wants pairs of digits, each below its limit.
func clock(limits ...int) check {
	return func(v string) *Fault {
		if len(v) != 2*len(limits) || !digits(v) {
			return &Fault{BadDate, "", "is no time of the day"}
		}
		for i, limit := range limits {
			if two(v[2*i:]) >= limit {
				return &Fault{BadDate, "", "is no time of the day"}
			}
		}
		return nil
	}
}

func mediaType(v string) *Fault {
	if len(v) == 2 && digits(v) && (v >= "01" && v <= "10" || v >= "80") {
		return nil
	}
	return bad("is no media type")
}

// onlyOf wants one sign throughout; n, where it is not 0, times.
func onlyOf(sign string, n int) check {
	return func(v string) *Fault {
		if strings.Trim(v, sign) != "" || n != 0 && len(v) != n {
			return bad("holds something else than " + sign)
		}
		return nil
	}
}

func nonZero(v string) *Fault {
	if f := onlyDigits(v); f != nil {
		return f
	}
	if strings.Trim(v, "0") == "" {
		return bad("is zero")
	}
	return nil
}

func noZeroPrefix(v string) *Fault {
	if f := onlyDigits(v); f != nil {
		return f
	}
	if v[0] == '0' {
		return bad("begins with a zero")
	}
	return nil
}

func hasNonDigit(v string) *Fault {
	if v == "" || digits(v) {
		return bad("holds digits alone")
	}
	return nil
}

func importerIndex(v string) *Fault {
	if len(v) != 1 {
		return bad("is not a single character")
	}
	return within(v, &in64)
}

func percentEncoded(v string) *Fault {
	for i := 0; i < len(v); i++ {
		if v[i] != '%' {
			continue
		}
		if i+2 >= len(v) || hex(v[i+1]) < 0 || hex(v[i+2]) < 0 {
			return bad("holds a % without two hexadecimal digits")
		}
		i += 2
	}
	return nil
}

func hex(c byte) int { return strings.IndexByte("0123456789abcdef", c|0x20) }

func pieceOfTotal(v string) *Fault {
	if f := onlyDigits(v); f != nil {
		return f
	}
	half := len(v) / 2
	piece, total := v[:half], v[half:]
	if len(v)%2 != 0 || strings.Trim(piece, "0") == "" || piece > total {
		return bad("is no piece of a total")
	}
	return nil
}

func positionInSequence(v string) *Fault {
	at, end, ok := strings.Cut(v, "/")
	if !ok || noZeroPrefix(at) != nil || noZeroPrefix(end) != nil {
		return bad("is not written position/end")
	}
	if len(at) > len(end) || len(at) == len(end) && at > end {
		return bad("has a position past its end")
	}
	return nil
}

func atMost(limit string) check {
	return func(v string) *Fault {
		if f := onlyDigits(v); f != nil {
			return f
		}
		if len(v) != len(limit) || v > limit {
			return bad("lies outside its range")
		}
		return nil
	}
}

// iban checks an international bank account number (ISO 13616): country, length, mod 97.
func iban(v string) *Fault {
	if len(v) < 11 || len(v) > 34 || !countryAlphas[v[:2]] {
		return bad("is no IBAN")
	}
	sum := 0
	for _, c := range []byte(v[4:] + v[:4]) {
		switch {
		case c >= '0' && c <= '9':
			sum = (sum*10 + int(c-'0')) % 97
		case c >= 'A' && c <= 'Z':
			sum = (sum*100 + int(c-'A') + 10) % 97
		default:
			return &Fault{BadCharacter, "", "is no IBAN"}
		}
	}
	if sum != 1 {
		return &Fault{CheckDigit, "", "is an IBAN with wrong check digits"}
	}
	return nil
}
