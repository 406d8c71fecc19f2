package devices

import (
	"strings"

	"floorline/floor/words"
)

// trustBook is what the trust page says, in the language that a browser asks for. What a language lacks is said in English.
type trustBook struct {
	Lang, Dir string
	own       map[string]string
}

// trustBookFor takes the first language of an Accept-Language that the page speaks.
func trustBookFor(accepted string) trustBook {
	for _, part := range strings.Split(accepted, ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		base, _, _ := strings.Cut(strings.ToLower(tag), "-")
		book := words.Of(base)
		switch {
		case base == "en":
			return trustBook{"en", "ltr", book.Trust}
		case book.Tag != base || len(book.Trust) == 0:
			continue
		case book.RightToLeft():
			return trustBook{book.Tag, "rtl", book.Trust}
		}
		return trustBook{book.Tag, "ltr", book.Trust}
	}
	return trustBook{"en", "ltr", words.Of("en").Trust}
}

func (b trustBook) say(key string) string {
	if s := b.own[key]; s != "" {
		return s
	}
	return trustWords[key]
}

// trustWords are the sentences of the trust page in English. What stands on the device's own screen is between asterisks.
var trustWords = words.Of("en").Trust
