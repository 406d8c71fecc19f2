package devices

import (
	"math/bits"
	"strings"
)

// What scales say over a serial line. There is no standard, but most speak one of these: Mettler Toledo's SICS
// (`S S     1.234 kg`, answered to SI), Toledo's continuous output (an STX, three status bytes, six digits), and lines
// with a head as CAS, A&D and Ohaus send them (`ST,GS,+0001.234kg`). Sources: the makers' interface manuals. The screens
// have the same parser in TypeScript (static/src/bench/scale-line.ts), for scales on the bench's own port.

// Reading is one thing that a scale said.
type Reading struct {
	MG     int64  // milligrams; less than nothing where goods were taken off after zeroing
	Stable bool   // the scale itself says so
	Said   string // "" a weight; else over, under, fault, or tare: it shows the net of something that was tared
}

// LineLimit is the longest line of a scale.
const LineLimit = 64

// parseScale reads one line; false where it holds no reading.
func parseScale(line string) (Reading, bool) {
	if len(line) > LineLimit {
		return Reading{}, false
	}
	if i := strings.LastIndexByte(line, 0x02); i >= 0 {
		return parseContinuous(line[i+1:])
	}
	line = strings.Trim(line, " \t\r\n\x03\x00")
	if head, rest, ok := strings.Cut(line, ","); ok {
		return parseHeaded(strings.TrimSpace(head), rest)
	}
	if r, ok := parseSICS(line); ok {
		return r, true
	}
	return parsePlain(line)
}

// parseSICS reads an answer to S, SI or SIR: `S S` stable, `S D` dynamic, `S +` and `S -` out of range, `S I` not now.
func parseSICS(line string) (Reading, bool) {
	f := strings.Fields(line)
	if len(f) < 2 || f[0] != "S" && f[0] != "SI" && f[0] != "SIR" {
		return Reading{}, false
	}
	switch {
	case f[1] == "+":
		return Reading{Said: "over"}, true
	case f[1] == "-":
		return Reading{Said: "under"}, true
	case (f[1] == "S" || f[1] == "D") && len(f) == 4:
		mg, ok := milligrams(f[2], f[3])
		return Reading{MG: mg, Stable: f[1] == "S"}, ok
	}
	return Reading{}, false
}

// parseHeaded reads ST (stable), US (unstable) and OL (overload), then GS or NT, then the weight.
func parseHeaded(head, rest string) (Reading, bool) {
	if head == "OL" {
		if strings.Contains(rest, "-") {
			return Reading{Said: "under"}, true
		}
		return Reading{Said: "over"}, true
	}
	if head != "ST" && head != "US" {
		return Reading{}, false
	}
	parts := strings.Split(rest, ",")
	r, ok := parsePlain(parts[len(parts)-1])
	r.Stable = head == "ST"
	if ok && strings.TrimSpace(parts[0]) == "NT" {
		r.Said = "tare"
	}
	return r, ok
}

// parsePlain reads a weight and its unit; a mark after them (? of Ohaus, D of others) says that it moves.
func parsePlain(s string) (Reading, bool) {
	s = strings.TrimSpace(s)
	end := strings.LastIndexAny(s, "0123456789.")
	if end < 0 {
		return Reading{}, false
	}
	number, f := strings.ReplaceAll(s[:end+1], " ", ""), strings.Fields(s[end+1:])
	if len(f) == 0 || len(f) > 3 {
		return Reading{}, false
	}
	r := Reading{}
	for _, mark := range f[1:] {
		switch mark {
		case "?", "D", "d":
		case "N", "NET", "NT":
			r.Said = "tare"
		case "G", "GS", "B":
		default:
			return Reading{}, false
		}
	}
	var ok bool
	r.MG, ok = milligrams(number, f[0])
	return r, ok
}

// parseContinuous reads what follows the STX of Toledo's continuous output: three status bytes, six digits of weight.
func parseContinuous(b string) (Reading, bool) {
	if len(b) < 9 || b[0]&0x20 == 0 || b[1]&0x20 == 0 || b[2]&0x20 == 0 {
		return Reading{}, false
	}
	var n int64
	for _, c := range []byte(b[3:9]) {
		if c == ' ' && n == 0 {
			c = '0'
		}
		if c < '0' || c > '9' {
			return Reading{}, false
		}
		n = n*10 + int64(c-'0')
	}
	unit := "lb"
	switch b[2] & 7 {
	case 0:
		if b[1]&0x10 != 0 {
			unit = "kg"
		}
	case 1:
		unit = "g"
	case 3:
		unit = "oz"
	default:
		return Reading{}, false
	}
	r := Reading{Stable: b[1]&0x08 == 0}
	decimals := int(b[0]&7) - 2
	for ; decimals < 0; decimals++ {
		n *= 10
	}
	mg, ok := scaled(n, decimals, unit)
	if r.MG = mg; b[1]&0x02 != 0 {
		r.MG = -mg
	}
	switch {
	case b[1]&0x04 != 0 && b[1]&0x02 != 0:
		r = Reading{Said: "under"}
	case b[1]&0x04 != 0:
		r = Reading{Said: "over"}
	case b[1]&0x01 != 0:
		r.Said = "tare"
	}
	return r, ok
}

// milligrams reads a decimal number of a unit. Digits beyond eight are no scale's.
func milligrams(number, unit string) (int64, bool) {
	digits, negative := strings.CutPrefix(strings.TrimPrefix(number, "+"), "-")
	whole, part, _ := strings.Cut(digits, ".")
	if len(whole)+len(part) == 0 || len(whole)+len(part) > 8 {
		return 0, false
	}
	var n int64
	for _, c := range []byte(whole + part) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	mg, ok := scaled(n, len(part), unit)
	if negative {
		mg = -mg
	}
	return mg, ok
}

// scaleUnits are millionths of a milligram in each: an international pound is 453.59237 g, an ounce a sixteenth of it.
var scaleUnits = map[string]uint64{"mg": 1_000_000, "g": 1_000_000_000, "kg": 1_000_000_000_000, "lb": 453_592_370_000, "lbs": 453_592_370_000, "oz": 28_349_523_125}

// scaled is n by ten to the power of -decimals of a unit, rounded to milligrams.
func scaled(n int64, decimals int, unit string) (int64, bool) {
	each, known := scaleUnits[strings.ToLower(unit)]
	if !known {
		return 0, false
	}
	hi, lo := bits.Mul64(uint64(n), each)
	by := uint64(1_000_000)
	for range decimals {
		by *= 10
	}
	if hi >= by {
		return 0, false
	}
	q, rest := bits.Div64(hi, lo, by)
	if rest*2 >= by {
		q++
	}
	return int64(q), q <= WeightLimitMG
}

// WeightLimitMG is more than any scale of a packing bench shows: ten tonnes.
const WeightLimitMG = 10_000_000_000
