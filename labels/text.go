package labels

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTextRunes bounds one field of a label; a longer one is a fault of the caller, not a text to shrink.
const maxTextRunes = 2000

// clean makes one printable line of a field, or says why it cannot. White space of any kind becomes one
// space and invisible joiners go; letters that came apart (e + accent, as Macs write them) are put together.
// All else must be in the font.
func clean(field, s string) (string, error) {
	if !utf8.ValidString(s) {
		return "", fmt.Errorf("labels: %s is not UTF-8: %q", field, s)
	}
	if n := utf8.RuneCountInString(s); n > maxTextRunes {
		return "", fmt.Errorf("labels: %s has %d characters, at most %d", field, n, maxTextRunes)
	}
	s = strings.Join(strings.Fields(strings.Map(visible, compose(s))), " ")
	for _, r := range s {
		if !printable(r) {
			return "", fmt.Errorf("labels: unprintable text in %s: %q (%U)", field, s, r)
		}
	}
	return s, nil
}

// printable says whether a rune has ink in both weights of the label font; fonts also map control signs.
func printable(r rune) bool {
	return unicode.IsPrint(r) && regular().has(r) && bold().has(r)
}

// visible drops what has no ink (joiners, byte order marks, soft hyphens) and gives signs that only differ
// in how lines break their plain form.
func visible(r rune) rune {
	switch r {
	case 0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF:
		return -1
	case 0x2010, 0x2011:
		return '-'
	}
	if unicode.IsSpace(r) {
		return ' '
	}
	return r
}

// composed lists base letters and what they become under a combining accent; base and result alternate.
var composed = map[rune]string{
	0x0300: "AÀEÈIÌOÒUÙaàeèiìoòuùNǸnǹ",
	0x0301: "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźΑΆΕΈΗΉΙΊΟΌΥΎΩΏαάεέηήιίοόυύωώГЃгѓКЌкќ",
	0x0302: "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷ",
	0x0303: "AÃNÑOÕaãnñoõIĨiĩUŨuũ",
	0x0304: "AĀEĒIĪOŌUŪaāeēiīoōuū",
	0x0306: "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭИЙийУЎуў",
	0x0307: "CĊcċEĖeėGĠgġIİZŻzż",
	0x0308: "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸЕЁеёІЇіїΙΪΥΫιϊυϋ",
	0x030A: "AÅaåUŮuů",
	0x030B: "OŐoőUŰuű",
	0x030C: "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžGǦgǧ",
	0x0327: "CÇcçGĢKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţ",
	0x0328: "AĄaąEĘeęIĮiįUŲuų",
}

func compose(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return composed[r] != "" }) {
		return s
	}
	out := make([]rune, 0, len(s))
	for _, r := range s {
		if whole := underAccent(out, r); whole != 0 {
			out[len(out)-1] = whole
			continue
		}
		out = append(out, r)
	}
	return string(out)
}

// underAccent is the letter that the last rune and an accent make together, or 0.
func underAccent(before []rune, accent rune) rune {
	if len(before) == 0 {
		return 0
	}
	table := []rune(composed[accent])
	for i := 0; i+1 < len(table); i += 2 {
		if table[i] == before[len(before)-1] {
			return table[i+1]
		}
	}
	return 0
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
