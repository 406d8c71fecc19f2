package floor

import (
	"slices"
	"strings"

	"floorline/floor/words"
)

// A phrase is text for a person that is not yet in anybody's language: its English words and what belongs into their
// places. It is a string, so that it goes wherever a name or a code goes, and is put into the reader's language where
// it leaves the floor (Next.In, Verdict.In): the same answer may be read by two people.
//
// The English words are the key of the other languages, and stand where they are said.

// Marks of a phrase within a string. No text that comes in holds a control character (checkText, visible).
const (
	phraseBegin = "\x02"
	phraseNext  = "\x1f"
	phraseEnd   = "\x03"
)

// phrase says English words whose {places} are filled in the order in which they stand there.
func phrase(english string, values ...string) string {
	if len(values) == 0 {
		return phraseBegin + english + phraseEnd
	}
	return phraseBegin + english + phraseNext + strings.Join(values, phraseNext) + phraseEnd
}

// Phrase is phrase, for who asks a person in the floor's place.
func Phrase(english string, values ...string) string { return phrase(english, values...) }

// said puts every phrase of a text into a language.
func said(b *words.Book, text string) string {
	if !strings.Contains(text, phraseBegin) {
		return text
	}
	out, rest := saidUntil(b, text)
	for rest != "" {
		more, left := saidUntil(b, rest[1:])
		out, rest = append(out, more...), left
	}
	return strings.Join(out, "")
}

// InEnglish is a text as the journal's reader has it.
func InEnglish(text string) string { return said(words.Of("en"), text) }

// saidUntil reads the values of a phrase, or a plain text, up to its end; phrases within are said on the way.
func saidUntil(b *words.Book, s string) (values []string, rest string) {
	var one strings.Builder
	for {
		i := strings.IndexAny(s, phraseBegin+phraseNext+phraseEnd)
		if i < 0 {
			one.WriteString(s)
			return append(values, one.String()), ""
		}
		one.WriteString(s[:i])
		mark := s[i : i+1]
		switch s = s[i+1:]; mark {
		case phraseNext:
			values = append(values, one.String())
			one.Reset()
		case phraseEnd:
			return append(values, one.String()), phraseEnd + s
		case phraseBegin:
			inner, after := saidUntil(b, s)
			one.WriteString(sentence(b, inner))
			s = strings.TrimPrefix(after, phraseEnd)
		}
	}
}

// sentence says English words, the first of the parts, with the others in their places.
func sentence(b *words.Book, parts []string) string {
	text := parts[0]
	if other, ok := b.Phrase[text]; ok {
		text = other
	}
	names, values := words.Places(parts[0]), parts[1:]
	return b.Fill(text, func(name string) string {
		if i := slices.Index(names, name); i >= 0 && i < len(values) {
			return values[i]
		}
		return ""
	})
}

// either joins what a thing could be.
func either(all []string) string {
	out := all[0]
	for _, a := range all[1:] {
		out = phrase("{one} or {other}", out, a)
	}
	return out
}

// In is what is asked for, in a language.
func (n *Next) In(language string) *Next {
	b := words.Of(language)
	c := n.in(b)
	if c != nil {
		c.Language = b.Tag
	}
	return c
}

func (n *Next) in(b *words.Book) *Next {
	if n == nil {
		return nil
	}
	c := *n
	c.Title, c.Show.Note, c.Show.Why = said(b, n.Title), said(b, n.Show.Note), said(b, n.Show.Why)
	c.Show.Weigh = n.Show.Weigh.in(b)
	if c.Show.Print != nil {
		shown := *n.Show.Print
		shown.Why = said(b, shown.Why)
		c.Show.Print = &shown
	}
	c.Ask = n.Ask.in(b)
	c.Show.Jobs = slices.Clone(n.Show.Jobs)
	for i := range c.Show.Jobs {
		j := &c.Show.Jobs[i]
		j.Title, j.Detail = said(b, j.Title), said(b, j.Detail)
	}
	c.Show.Parcels = slices.Clone(n.Show.Parcels)
	for i := range c.Show.Parcels {
		c.Show.Parcels[i].Seen = said(b, c.Show.Parcels[i].Seen)
	}
	c.Notices = slices.Clone(n.Notices)
	for i := range c.Notices {
		c.Notices[i].Say = sayVerdict(b, c.Notices[i].verdict)
	}
	c.Ahead = slices.Clone(n.Ahead)
	for i, a := range c.Ahead {
		c.Ahead[i] = a.in(b)
	}
	return &c
}

func (a *Ask) in(b *words.Book) *Ask {
	if a == nil {
		return nil
	}
	c := *a
	c.Text, c.Options = said(b, a.Text), slices.Clone(a.Options)
	for i := range c.Options {
		c.Options[i].Text = said(b, c.Options[i].Text)
	}
	return &c
}

// In is a verdict as it is read in a language: its things and what comes next.
func (v *Verdict) In(language string) *Verdict {
	b := words.Of(language)
	c := *v
	c.Scanned, c.Wanted, c.Belongs, c.Next = v.Scanned.in(b), v.Wanted.in(b), v.Belongs.in(b), v.Next.In(language)
	return &c
}

func (t *Thing) in(b *words.Book) *Thing {
	if t == nil || !strings.Contains(t.Text, phraseBegin) {
		return t
	}
	return &Thing{t.Kind, t.Code, said(b, t.Text)}
}

// reasons are the words of allocation's reasons as the journal has them.
var reasons = []string{"expires first: {day}", "oldest lot: {lot}, here since {day}", "here longest: since {day}", "in place of lot {lot}",
	"whole packs of {count}", "empties this bin", "the least is left here", "nearest to the walk", "kept for this order",
	"{day} is too soon to be sent", "goes back to who sent it"}

// whyPhrase makes phrases of a reason that was written to the journal in English.
func whyPhrase(why string) string {
	parts := strings.Split(why, "; ")
	for i, p := range parts {
		for _, r := range reasons {
			if values, ok := unfilled(r, p); ok {
				parts[i] = phrase(r, values...)
				break
			}
		}
	}
	return strings.Join(parts, "; ")
}

// unfilled gives the values with which a sentence's places were filled.
func unfilled(sentence, text string) (values []string, ok bool) {
	for {
		before, rest, open := strings.Cut(sentence, "{")
		text, ok = strings.CutPrefix(text, before)
		if !ok || !open {
			return values, ok && text == ""
		}
		_, sentence, _ = strings.Cut(rest, "}")
		end := len(text)
		if next, _, _ := strings.Cut(sentence, "{"); next != "" {
			if end = strings.Index(text, next); end < 0 {
				return nil, false
			}
		}
		values, text = append(values, text[:end]), text[end:]
	}
}
