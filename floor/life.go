package floor

// life is the closed table of what may happen to a record: from, verb, to. No status is set outside it.
type life struct {
	word  string
	moves []move
}

type move struct{ from, verb, to string }

// to gives the status that a verb leads to, or "" where the verb is not open from here.
func (l life) to(from, verb string) string {
	for _, m := range l.moves {
		if m.verb == verb && m.from == from {
			return m.to
		}
	}
	return ""
}

// must is for Apply: the verb was checked before the event was made, so a closed move is a broken journal.
func (l life) must(from, verb string) string {
	to := l.to(from, verb)
	if to == "" {
		panic("floor: " + l.word + " cannot " + verb + " from " + from)
	}
	return to
}
