package labels

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxTextRunes bounds one field of a label; a longer one is a fault of the caller, not a text to shrink.
const maxTextRunes = 2000

// clean makes one printable line of a field, or says why it cannot. White space of any kind becomes one
// space; letters that came apart (e + accent, as Macs write them) are put together. What the label font has
// not must be in another one: then the line is drawn, and joiners stay, as they shape the letters.
func clean(field, s string) (string, error) {
	if isTidy(s) {
		return s, nil
	}
	if !utf8.ValidString(s) {
		return "", fmt.Errorf("labels: %s is not UTF-8: %q", field, s)
	}
	if n := utf8.RuneCountInString(s); n > maxTextRunes {
		return "", fmt.Errorf("labels: %s has %d characters, at most %d", field, n, maxTextRunes)
	}
	s = norm.NFC.String(s)
	if plain := tidy(s, inked); !strings.ContainsFunc(plain, lacking) {
		return plain, nil
	}
	s = tidy(s, visible)
	for _, r := range s {
		if !drawable(r) {
			return "", fmt.Errorf("labels: unprintable text in %s: %q (%U)", field, s, r)
		}
	}
	if _, err := draw(s, false, ""); err != nil {
		return "", fmt.Errorf("labels: unprintable text in %s: %q: %w", field, s, err)
	}
	return s, nil
}

// isTidy says whether a text is printable as it stands; most are, and looking is cheap.
func isTidy(s string) bool {
	if len(s) > maxTextRunes {
		return false
	}
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return last != ' '
}

func tidy(s string, kept func(rune) rune) string {
	return strings.Join(strings.Fields(strings.Map(kept, s)), " ")
}

// printable says whether a rune has ink in both weights of the label font; fonts also map control signs.
func printable(r rune) bool {
	return unicode.IsPrint(r) && regular().has(r) && bold().has(r)
}

func lacking(r rune) bool { return !printable(r) }

// visible drops what never has ink (byte order marks, soft hyphens) and gives signs that only differ in how
// lines break their plain form.
func visible(r rune) rune {
	switch r {
	case 0x00AD, 0x200B, 0x2060, 0xFEFF, 0xFE0E, 0xFE0F:
		return -1
	case 0x2010, 0x2011:
		return '-'
	}
	if unicode.IsSpace(r) {
		return ' '
	}
	return r
}

// inked drops the joiners and marks of direction too: letters of the label font do not ask for them.
func inked(r rune) rune {
	if ignorable(r) {
		return -1
	}
	return visible(r)
}

// paragraphs splits running text at its line ends.
func paragraphs(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' || r == 0x2028 || r == 0x2029 })
}

// wrap breaks a cleaned text into lines no wider than w: at spaces, and inside a word only when the word
// alone is too wide, which it says. It stops when there are more than most lines.
func wrap(s string, f *face, size, w um, most int) (lines []string, split bool) {
	if f.fits(s, size, w) {
		return []string{s}, false
	}
	if !f.plain(s) {
		return wrapDrawn(s, f, size, w, most)
	}
	line := ""
	for _, word := range strings.Fields(s) {
		if line != "" && f.fits(line+" "+word, size, w) {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		if line = word; len(lines) > most {
			break
		}
		for len(lines) <= most && !f.fits(line, size, w) && utf8.RuneCountInString(line) > 1 {
			head := fitting(line, f, size, w)
			lines, line, split = append(lines, head), line[len(head):], true
		}
	}
	return append(lines, line), split
}

// fitting is the longest beginning of a word that is no wider than w, at least one rune.
func fitting(word string, f *face, size, w um) string {
	units, room := 0, f.units(size, w)
	for i, r := range word {
		if units += f.advance(r); i > 0 && units > room {
			return word[:i]
		}
	}
	return word
}
