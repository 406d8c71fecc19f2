package labels

import (
	"strings"
	"unicode"

	"github.com/go-text/typesetting/language"
)

// script is a writing system: what people call it, what to install where nothing on the machine has it, and
// whether the embedded fonts are made for it.
type script struct {
	tag      language.Script
	name     string
	install  string
	embedded bool
}

const notoCore = "fonts-noto-core"

var scripts = map[language.Script]script{}

func init() {
	for _, s := range []script{
		{language.Latin, "Latin", notoCore, true}, {language.Greek, "Greek", notoCore, true}, {language.Cyrillic, "Cyrillic", notoCore, true},
		{language.Armenian, "Armenian", notoCore, true}, {language.Georgian, "Georgian", notoCore, true},
		{language.Common, "a sign", notoCore, true}, {language.Inherited, "a mark", notoCore, true},
		{language.Han, "Chinese characters", "fonts-noto-cjk", false}, {language.Hiragana, "Japanese", "fonts-noto-cjk", false},
		{language.Katakana, "Japanese", "fonts-noto-cjk", false}, {language.Hangul, "Korean", "fonts-noto-cjk", false},
		{language.Bopomofo, "Chinese (Bopomofo)", "fonts-noto-cjk", false},
		{language.Arabic, "Arabic", notoCore, false}, {language.Hebrew, "Hebrew", notoCore, false},
		{language.Devanagari, "Hindi (Devanagari)", notoCore, false}, {language.Thai, "Thai", notoCore, false},
	} {
		scripts[s.tag] = s
	}
}

// scriptOf is the script of a tag; one that is not listed goes by its four letters.
func scriptOf(tag language.Script) script {
	if s, known := scripts[tag]; known {
		return s
	}
	return script{tag: tag, name: "the script " + tag.String(), install: notoCore}
}

// ignorable says whether a rune has no ink by itself: joiners, marks of direction, choices of a variant.
func ignorable(r rune) bool {
	return r >= 0x200C && r <= 0x200F || r == 0x061C || r >= 0x202A && r <= 0x202C || r >= 0x2066 && r <= 0x2069 ||
		r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF || r == 0x034F || r == 0x180E
}

// drawable says whether a rune may be drawn where some font has it: letters, marks, digits and signs of
// writing, and no pictures.
func drawable(r rune) bool {
	switch {
	case ignorable(r):
		return true
	case r >= 0x1F000 && r < 0x20000, r == 0x20E3, unicode.Is(unicode.Variation_Selector, r):
		return false
	case unicode.IsLetter(r), unicode.In(r, unicode.Mn, unicode.Mc), unicode.IsNumber(r), unicode.IsPunct(r), unicode.In(r, unicode.Sc, unicode.Sm, unicode.Sk):
		return true
	case !unicode.Is(unicode.So, r):
		return r == ' '
	}
	// Of the other signs those that addresses have: numero, the Japanese post, enclosed companies.
	return r >= 0x2100 && r <= 0x214F || r >= 0x3000 && r <= 0x33FF || r >= 0xFF00 && r <= 0xFFEF || language.LookupScript(r).Strong()
}

// tongue is the language whose forms of the Chinese characters a country reads.
func tongue(country string) language.Language {
	switch country {
	case "JP":
		return "ja"
	case "KR", "KP":
		return "ko"
	case "CN", "SG", "MY":
		return "zh-hans"
	case "TW":
		return "zh-hant"
	case "HK", "MO":
		return "zh-hk"
	}
	return ""
}

// tongueOf is what the text itself says of it: kana are Japanese, Hangul is Korean.
func tongueOf(s string) language.Language {
	switch {
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana) }):
		return "ja"
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Hangul, r) }):
		return "ko"
	}
	return ""
}
