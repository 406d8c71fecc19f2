package labels

import (
	"fmt"
	"slices"
	"strings"
)

// spelled tells ^BC a code so that it draws the very codewords that were proved: ">:" starts in set B, ">;" in C, ">6" and
// ">5" change to them, ">8" is FNC1 and ">0" a ">" sign (ZPL II Programming Guide, ^BC). It is then read back as the printer
// reads it.
func spelled(s symbolMark) (string, error) {
	words, _, err := codewordsOf(s.strokes(nil))
	if err != nil {
		return "", err
	}
	spelt := spelling(words)
	if read, err := spelledWords(spelt); err != nil || !slices.Equal(read, words) {
		return "", fmt.Errorf("the printer would be told %q, which is another barcode", spelt)
	}
	return spelt, nil
}

func spelling(words []int) string {
	var b strings.Builder
	inC := words[0] == wordStart+2
	b.WriteString(map[bool]string{true: ">;", false: ">:"}[inC])
	for _, w := range words[1:] {
		switch {
		case w == wordFNC1:
			b.WriteString(">8")
		case inC && w == wordSetB:
			b.WriteString(">6")
			inC = false
		case inC:
			fmt.Fprintf(&b, "%02d", w)
		case w == wordSetC:
			b.WriteString(">5")
			inC = true
		case w == '>'-' ':
			b.WriteString(">0")
		default:
			b.WriteByte(byte(w) + ' ')
		}
	}
	return b.String()
}

// spelledSigns are the invocations of ^BC that change no set (ZPL II Programming Guide, "Code 128 subsets").
var spelledSigns = map[byte]int{'0': '>' - ' ', '5': wordSetC, '6': wordSetB, '8': wordFNC1}

// spelledWords are the codewords that a printer makes of the data of ^BC.
func spelledWords(s string) ([]int, error) {
	starts := map[string]int{">:": wordStart + 1, ">;": wordStart + 2}
	if len(s) < 2 || starts[s[:2]] == 0 {
		return nil, errNotRead
	}
	out, inC := []int{starts[s[:2]]}, s[:2] == ">;"
	for i := 2; i < len(s); i++ {
		switch {
		case s[i] == '>' && i+1 < len(s) && spelledSigns[s[i+1]] != 0:
			i++
			word := spelledSigns[s[i]]
			inC = (inC || word == wordSetC) && word != wordSetB
			out = append(out, word)
		case inC && i+1 < len(s) && isDigit(s[i]) && isDigit(s[i+1]):
			out = append(out, int(s[i]-'0')*10+int(s[i+1]-'0'))
			i++
		case !inC && s[i] >= ' ' && s[i] <= '~' && s[i] != '>':
			out = append(out, int(s[i]-' '))
		default:
			return nil, errNotRead
		}
	}
	return out, nil
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
