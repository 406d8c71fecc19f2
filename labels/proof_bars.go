package labels

import (
	"strings"
)

// barWidths measures bars and gaps along a line, in dots, from the first bar to the last. All bars of a symbol
// begin and end at the same height.
func barWidths(dots []stroke) (widths []int, box stroke, err error) {
	if len(dots) == 0 {
		return nil, box, errNotRead
	}
	end := dots[0].x
	for i, d := range dots {
		if d.y != dots[0].y || d.h != dots[0].h || d.w < 1 || i > 0 && d.x <= end {
			return nil, box, errNotRead
		}
		if i > 0 {
			widths = append(widths, d.x-end)
		}
		widths = append(widths, d.w)
		end = d.x + d.w
	}
	return widths, stroke{dots[0].x, dots[0].y, end - dots[0].x, dots[0].h}, nil
}

// inModules turns widths in dots into widths in modules, of which the symbol is so many long. A bar that is a
// dot too wide divides no more.
func inModules(widths []int, box stroke, modules int) (string, int, error) {
	module := box.w / modules
	if module < 1 || module*modules != box.w {
		return "", 0, errNotRead
	}
	out := make([]byte, len(widths))
	for i, w := range widths {
		n := w / module
		if n*module != w || n > 4 {
			return "", 0, errNotRead
		}
		out[i] = '0' + byte(n)
	}
	return string(out), module, nil
}

// code128Widths are the bars and gaps of each codeword (ISO/IEC 15417, table 1); the stop has one bar more.
const (
	code128Widths = "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221" +
		"223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321" +
		"112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131" +
		"311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114" +
		"122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141" +
		"214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214211232"
	code128Stop = "2331112"
)

var code128Words = func() map[string]int {
	words := map[string]int{}
	for i := 0; i < len(code128Widths); i += 6 {
		words[code128Widths[i:i+6]] = i / 6
	}
	return words
}()

// Codewords of Code 128 that are no data.
const (
	wordShift = 98
	wordSetC  = 99
	wordSetB  = 100
	wordSetA  = 101
	wordFNC1  = 102
	wordStart = 103 // in set A; B and C follow
)

// codewordsOf reads the codewords before the stop, and proves the check character.
func codewordsOf(dots []stroke) ([]int, reading, error) {
	widths, box, err := barWidths(dots)
	if err != nil || len(widths) < 6*3+7 || (len(widths)-7)%6 != 0 {
		return nil, reading{}, errNotRead
	}
	n := (len(widths) - 7) / 6
	line, module, err := inModules(widths, box, 11*n+13)
	if err != nil || line[6*n:] != code128Stop {
		return nil, reading{}, errNotRead
	}
	words, sum := make([]int, n), 0
	for i := range words {
		word, known := code128Words[line[6*i:6*i+6]]
		if !known {
			return nil, reading{}, errNotRead
		}
		if words[i] = word; i < n-1 {
			sum += word * max(i, 1)
		}
	}
	if sum%103 != words[n-1] {
		return nil, reading{}, errNotRead
	}
	return words[:n-1], reading{module: module, box: box}, nil
}

func readCode128(dots []stroke) (reading, error) {
	words, r, err := codewordsOf(dots)
	if err != nil {
		return r, err
	}
	r.data, r.gs1, err = saidBy(words)
	return r, err
}

// saidBy is the text of codewords. FNC1 in the first place makes a GS1-128; later it ends a value, which
// scanners say as a group separator.
func saidBy(words []int) (text string, gs1 bool, err error) {
	var b strings.Builder
	if words[0] < wordStart || words[0] > wordStart+2 {
		return "", false, errNotRead
	}
	set := "ABC"[words[0]-wordStart]
	for i, w := range words[1:] {
		switch {
		case w == wordFNC1 && i == 0:
			gs1 = true
		case w == wordFNC1:
			b.WriteString(groupSeparator)
		case set == 'C' && w < 100:
			b.WriteByte('0' + byte(w/10))
			b.WriteByte('0' + byte(w%10))
		case w == wordSetC && set != 'C':
			set = 'C'
		case w == wordSetB && set != 'B':
			set = 'B'
		case w == wordSetA && set != 'A':
			set = 'A'
		case w < 96 && (set == 'B' || w < 64):
			b.WriteByte(' ' + byte(w))
		case w < 96 && set == 'A':
			b.WriteByte(byte(w) - 64)
		default: // shifts and the other functions, which nothing of ours uses
			return "", false, errNotRead
		}
	}
	return b.String(), gs1, nil
}

// eanDigits are the widths of the ten digits in set A of EAN-13 (GS1 General Specifications 5.2.1.2); set B is
// the same backwards, and the sets of the left half say the thirteenth digit. C has A's widths from a bar.
var (
	eanDigits = [10]string{"3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112"}
	eanFirst  = [10]string{"AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA"}
)

func readEAN(dots []stroke) (reading, error) {
	widths, box, err := barWidths(dots)
	if err != nil || len(widths) != 59 {
		return reading{}, errNotRead
	}
	line, module, err := inModules(widths, box, 95)
	if err != nil || line[:3] != "111" || line[27:32] != "11111" || line[56:] != "111" {
		return reading{}, errNotRead
	}
	digits, sets := "", ""
	for i := range 12 {
		at := 3 + 4*i
		if i >= 6 {
			at += 5
		}
		digit, set := eanDigit(line[at : at+4])
		if set == 0 || i >= 6 && set != 'A' {
			return reading{}, errNotRead
		}
		digits += string(digit)
		if i < 6 {
			sets += string(set)
		}
	}
	for first, want := range eanFirst {
		if sets == want {
			digits = string('0'+rune(first)) + digits
		}
	}
	if len(digits) != 13 || !validGTIN(digits) {
		return reading{}, errNotRead
	}
	return reading{data: digits, module: module, box: box}, nil
}

// eanDigit finds a digit and its set by its four widths.
func eanDigit(widths string) (digit, set rune) {
	backwards := string([]byte{widths[3], widths[2], widths[1], widths[0]})
	for n, w := range eanDigits {
		switch {
		case w == widths:
			return '0' + rune(n), 'A'
		case w == backwards:
			return '0' + rune(n), 'B'
		}
	}
	return 0, 0
}
