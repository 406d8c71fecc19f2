// Package words holds what Floorline says to a person, in every language of the floor: one file a language.
//
// A file has the sections of its readers: "verdict" (a verdict's code to its sentence), "phrase" (the English words to
// those of the language), "screen" (labels of the screens, read by their build), "trust" (the trust page), "track" (the
// customer's page) and "returns" (the page on which a customer announces a return). The refusals of the API, what is written
// to the journal for a supervisor and the desk's pages are English. To add a language, put its file beside the others and its
// tag into Languages; the tests say what it lacks.
package words

import (
	"embed"
	"encoding/json"
	"strings"
	"sync"
)

// Languages are the tags of the floor's languages; English is first and stands in where a language is unknown.
var Languages = []string{"en", "de", "fr", "es", "pl", "pt", "uk", "ro", "vi", "hi", "zh", "ar"}

//go:embed *.json
var files embed.FS

// Book is one language's file.
type Book struct {
	Tag     string            `json:"-"`
	Verdict map[string]string `json:"verdict"`
	Phrase  map[string]string `json:"phrase"`
	Trust   map[string]string `json:"trust"`
	Returns map[string]string `json:"returns"`
	Track   map[string]string `json:"track"`
}

var books = func() map[string]func() *Book {
	all := map[string]func() *Book{}
	for _, tag := range Languages {
		all[tag] = sync.OnceValue(func() *Book { return read(tag) })
	}
	return all
}()

// Of is the book of a language tag such as de, de-AT or zh_CN; of one that is unknown, the English one.
func Of(tag string) *Book {
	base, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	if book, ok := books[strings.ToLower(base)]; ok {
		if b := book(); b != nil {
			return b
		}
	}
	return books["en"]()
}

func read(tag string) *Book {
	raw, err := files.ReadFile(tag + ".json")
	if err != nil {
		return nil // a language that is not written yet; a test holds that none is missing
	}
	b := &Book{Tag: tag}
	if err := json.Unmarshal(raw, b); err != nil {
		panic("words: " + tag + ".json: " + err.Error())
	}
	return b
}

// RightToLeft is true of a language that is written so.
func (b *Book) RightToLeft() bool { return b.Tag == "ar" }

// Fill puts values into the {places} of a sentence, by name. In a sentence that runs from right to left each is
// isolated, so that a code is never torn apart.
func (b *Book) Fill(sentence string, value func(name string) string) string {
	var out strings.Builder
	for {
		before, rest, ok := strings.Cut(sentence, "{")
		out.WriteString(before)
		name, after, closed := strings.Cut(rest, "}")
		if !ok || !closed {
			return out.String()
		}
		if v := value(name); b.RightToLeft() && v != "" {
			out.WriteString("\u2068" + v + "\u2069")
		} else {
			out.WriteString(v)
		}
		sentence = after
	}
}

// Places are the names of a sentence's places, in their order.
func Places(sentence string) (names []string) {
	for {
		_, rest, ok := strings.Cut(sentence, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !ok || !closed {
			return names
		}
		names, sentence = append(names, name), after
	}
}
