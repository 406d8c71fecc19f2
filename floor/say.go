package floor

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"floorline/floor/words"
)

// Say is the sentence of a verdict in a language; code never reads it.
func Say(language string, v *Verdict) string { return sayVerdict(words.Of(language), v) }

func sayVerdict(b *words.Book, v *Verdict) string {
	sentence, ok := b.Verdict[string(v.Code)]
	if !ok {
		return string(v.Code)
	}
	if v.Code == CodeCancelled && v.Belongs != nil && v.Belongs.Kind != "order" { // it says where the goods go, not which order
		return said(b, phrase("Stop: {goods}.", v.Belongs.name()))
	}
	return b.Fill(sentence, func(place string) string {
		switch place {
		case "scanned":
			return said(b, v.Scanned.name())
		case "wanted":
			return said(b, v.Wanted.name())
		case "belongs":
			return said(b, v.Belongs.name())
		}
		return itoa(v.Qty)
	})
}

// name is a thing as a person says it.
func (t *Thing) name() string {
	switch {
	case t == nil:
		return phrase("this")
	case t.Text != "":
		return t.Text
	case t.Code != "":
		return t.Code
	}
	return phrase("kind " + t.Kind)
}

func itoa(n int64) string {
	if n < 0 {
		return "-" + itoa(-n)
	}
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

// Sentence is a verdict code with its class and its English sentence.
type Sentence struct {
	Code  Code
	Class Class
	Say   string
}

// Sentences lists all verdicts, sorted by code.
func Sentences() []Sentence {
	english := words.Of("en").Verdict
	out := make([]Sentence, 0, len(english))
	for _, c := range slices.Sorted(maps.Keys(english)) {
		out = append(out, Sentence{Code(c), ClassOf(Code(c)), english[c]})
	}
	return out
}

// many writes a count as people do: 1 order, 2 orders.
func many(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + one + "s"
}

// inWords writes a code's words as people read them: wrong_item is a wrong item.
func inWords(code string) string { return strings.ReplaceAll(code, "_", " ") }
