package floor

import (
	"slices"
	"strings"

	"floorline/floor/words"
)

// A station that is worked by scans alone has its buttons on paper: command cards (C-), answer cards for the question on
// the screen, and number cards (N-).

// Card is one code of a command sheet: what is scanned, and what it does, in a language.
type Card struct {
	Code  string
	Name  string
	Group string // what it is of, in the language: commands, answers, parcels or numbers
	Wrist bool   // it is also on the small card, for a wrist or a lanyard
}

// AnswerCards is how many answers of a question have a card of their own; ParcelCards, how many open parcels.
const (
	AnswerCards = 6
	ParcelCards = 6
)

// commands are the actions that are printed as codes. What they need besides, the step asks for, and that is answered
// by a scan as well.
var commands = slices.Concat([]string{"undo", "skip", "close", "finish", "leave", "full", "signout", "reprint",
	"help", "done", "new", "short", "damaged", "move", "merge", "nest", "reopen", "yes", "no", "labels", "label-pallet"},
	counted("answer", AnswerCards), counted("parcel", ParcelCards))

func counted(word string, n int) (out []string) {
	for i := range n {
		out = append(out, word+itoa(int64(i+1)))
	}
	return out
}

// CardsTitle heads a sheet of them.
func CardsTitle(language string) string { return said(words.Of(language), phrase("Bench commands")) }

// BenchCards are the codes printed for a bench, in a language.
func BenchCards(language string) []Card {
	b := words.Of(language)
	var out []Card
	add := func(group, command, name string, wrist bool) {
		out = append(out, Card{"C-" + strings.ToUpper(command), said(b, name), said(b, group), wrist})
	}
	for _, c := range []struct {
		command, name string
		wrist         bool
	}{
		{"new", phrase("New parcel"), true}, {"close", phrase("Close the parcel"), true}, {"done", phrase("Done"), true},
		{"short", phrase("Short"), true}, {"damaged", phrase("Damaged"), true}, {"undo", phrase("Undo"), true},
		{"move", phrase("Move a unit here"), false}, {"merge", phrase("Merge parcels"), false}, {"nest", phrase("Inner pack"), false},
		{"reopen", phrase("Reopen the parcel"), false}, {"reprint", phrase("Print again"), true}, {"help", phrase("Help"), true},
		{"labels", phrase("Print labels"), false}, {"label-pallet", phrase("Label the pallet"), false},
		{"leave", phrase("Leave"), false}, {"signout", phrase("Sign out"), false},
	} {
		add(phrase("Commands"), c.command, c.name, c.wrist)
	}
	add(phrase("Answers"), "yes", phrase("Yes"), true)
	add(phrase("Answers"), "no", phrase("No"), true)
	for i, command := range counted("answer", AnswerCards) {
		add(phrase("Answers"), command, phrase("Answer {n}", itoa(int64(i+1))), false)
	}
	for i, command := range counted("parcel", ParcelCards) {
		add(phrase("Parcels"), command, phrase("Parcel {n}", itoa(int64(i+1))), false)
	}
	for n := range 13 {
		out = append(out, Card{"N-" + itoa(int64(n)), itoa(int64(n)), said(b, phrase("Numbers")), false})
	}
	return out
}

// resolvePrinted takes a code for a command or a number that we print.
func (r *seen) resolvePrinted() {
	if c, ok := strings.CutPrefix(r.text, "C-"); ok && oneOf(strings.ToLower(c), commands) {
		r.command = strings.ToLower(c)
	}
	if n, ok := strings.CutPrefix(r.text, "N-"); ok && len(n) < 8 && allDigits(n) {
		r.number, r.digits = int64(atoi(n)), n
	}
}

// command does what a printed command code says, as a tap on the button would.
func (t *turn) command(d *Device, r *seen) *Verdict {
	a := Act{Action: r.command, printed: true}
	answer, isAnswer := answerCard(r.command)
	switch n, isParcel := strings.CutPrefix(r.command, "parcel"); {
	case isAnswer:
		var no *Verdict
		if a, no = t.answered(d, answer); no != nil {
			return no.scanned(r.thing())
		}
	case isParcel:
		a = Act{Action: "parcel", Qty: int64(atoi(n)), printed: true}
	case r.command == "label-pallet":
		a.Action = "label_pallet"
	case r.command == "done":
		a.Action = t.done(d)
	}
	return a.on(t, d).scanned(r.thing())
}

// answerCard gives which answer a card stands for: 0 for yes, -1 for no.
func answerCard(command string) (int, bool) {
	switch n, ok := strings.CutPrefix(command, "answer"); {
	case command == "yes":
		return 0, true
	case command == "no":
		return -1, true
	case ok:
		return atoi(n), true
	}
	return 0, false
}

// answered turns an answer card into the answer to the question that is asked now. Yes is the answer of that name, else
// the first; no is that of its name, else the other of two.
func (t *turn) answered(d *Device, card int) (Act, *Verdict) {
	n := t.nextFor(d.ID)
	if n.Ask == nil || n.Ask.Kind != "choice" {
		return Act{}, verdict(CodeNoQuestion).wanted(wanted(n))
	}
	options := n.Ask.Options
	at := card - 1
	named := func(id string) int { return slices.IndexFunc(options, func(o Option) bool { return o.ID == id }) }
	switch card {
	case 0:
		at = max(named("yes"), 0)
	case -1:
		if at = named("no"); at < 0 && len(options) == 2 {
			at = 1
		}
	}
	if at < 0 || at >= len(options) {
		return Act{}, verdict(CodeBadArgs).wanted(&Thing{"answer", "", phrase("one of the answers on the screen, by its number")})
	}
	return Act{Action: "answer", Ask: n.Ask.ID, Value: options[at].ID, printed: true}, nil
}

// done is the action that ends the present step: the one card to scan when all of it is in.
func (t *turn) done(d *Device) string {
	n := t.nextFor(d.ID)
	for _, a := range []string{"weigh", "finish", "close"} {
		if oneOf(a, n.Actions) {
			return a
		}
	}
	return "done"
}

// numberCard takes a number card: the answer to a question for a number, digits where a step gathers them, else how many.
func (t *turn) numberCard(d *Device, j job, r *seen) *Verdict {
	if n := t.nextFor(d.ID); n.Ask != nil && n.Ask.Kind == "number" {
		return Act{Action: "answer", Ask: n.Ask.ID, Value: r.digits}.on(t, d).scanned(r.thing())
	}
	if d.Ask != "" {
		return verdict(CodeAskFirst).scanned(r.thing())
	}
	if g, ok := j.(interface{ gather(*turn, *seen) *Verdict }); ok {
		if v := g.gather(t, r); v != nil {
			return v.scanned(r.thing())
		}
	}
	return j.act(t, &Act{Action: "qty", Qty: r.number})
}
