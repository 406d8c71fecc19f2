package labels

import (
	"fmt"
	"slices"
)

// provedSpelling reads what ^BC is told, as the printer will, and holds it against the bars that were proved:
// codeword by codeword they are the same symbol.
func provedSpelling(s symbolMark, spelt string) error {
	bars, _, err := codewordsOf(s.strokes(nil))
	if err != nil {
		return err
	}
	words, err := spelledWords(spelt)
	if err != nil || !slices.Equal(words, bars) {
		return fmt.Errorf("the printer was told %q, which is another barcode", spelt)
	}
	return nil
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
