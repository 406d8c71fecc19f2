package floor

import "slices"

// ReturnPolicy is what a house takes back, until when, who pays, and how units are judged.
type ReturnPolicy struct {
	WindowDays      int64              `cbor:"1,keyasint,omitempty" json:"window_days"` // after the order left; 0 is for ever
	Excluded        []string           `cbor:"2,keyasint,omitempty" json:"excluded"`    // SKUs and categories
	Reasons         []ReturnReason     `cbor:"3,keyasint,omitempty" json:"reasons"`
	Grades          []ReturnGrade      `cbor:"4,keyasint,omitempty" json:"grades"`
	Trees           []InspectionTree   `cbor:"5,keyasint,omitempty" json:"trees"`
	Bins            []DispositionBin   `cbor:"6,keyasint,omitempty" json:"bins"`
	Recovery        []DispositionWorth `cbor:"7,keyasint,omitempty" json:"recovery"`
	AutoCents       int64              `cbor:"8,keyasint,omitempty" json:"auto_approve_cents"`    // refunds up to this need nobody
	InspectorCents  int64              `cbor:"9,keyasint,omitempty" json:"inspector_limit_cents"` // and an inspector approves up to this
	LeadCents       int64              `cbor:"10,keyasint,omitempty" json:"lead_limit_cents"`     // a lead up to this, an admin without limit
	LabelCents      int64              `cbor:"11,keyasint,omitempty" json:"label_cents"`          // the way back
	HandlingCents   int64              `cbor:"12,keyasint,omitempty" json:"handling_cents"`       // to inspect a unit
	RestockingCents int64              `cbor:"13,keyasint,omitempty" json:"restocking_fee_cents"` // kept back of a unit that the customer changed their mind about
	SendBack        bool               `cbor:"14,keyasint,omitempty" json:"send_back_refused"`    // what is refused is proposed to go back to who sent it
	SendBackCents   int64              `cbor:"15,keyasint,omitempty" json:"send_back_fee_cents"`  // and what they are asked for that
}

// Who pays the way back.
const (
	PaidByUs       = "us"
	PaidByCustomer = "customer"
)

// ReturnReason is why goods come back.
type ReturnReason struct {
	Code string `cbor:"1,keyasint" json:"code"`
	Pays string `cbor:"2,keyasint" json:"pays"`
}

// ReturnGrade is what a unit of a grade is refunded, and what may become of it, the best first.
type ReturnGrade struct {
	Grade        string   `cbor:"1,keyasint" json:"grade"`
	Refund       int64    `cbor:"2,keyasint" json:"refund_percent"`
	Dispositions []string `cbor:"3,keyasint" json:"dispositions"`
}

// InspectionTree is the questions about units of an item, of a category, or of all ("" for both).
type InspectionTree struct {
	SKU       SKU        `cbor:"1,keyasint,omitempty" json:"sku,omitempty"`
	Category  string     `cbor:"2,keyasint,omitempty" json:"category,omitempty"`
	Questions []Question `cbor:"3,keyasint" json:"questions"`
}

// Question has two answers, each leading to a later question or to a grade. Text is said in place of the floor's own
// words, in the language that it is written in.
type Question struct {
	ID   string `cbor:"1,keyasint" json:"id"`
	Text string `cbor:"2,keyasint,omitempty" json:"text,omitempty"`
	Yes  string `cbor:"3,keyasint" json:"yes"`
	No   string `cbor:"4,keyasint" json:"no"`
}

// DispositionBin is a bin for what is to be refurbished, sent to its vendor, kept apart or thrown away.
type DispositionBin struct {
	Disposition string  `cbor:"1,keyasint" json:"disposition"`
	Bin         BinCode `cbor:"2,keyasint" json:"bin"`
}

// DispositionWorth is how much of its cost a unit is still worth.
type DispositionWorth struct {
	Disposition string `cbor:"1,keyasint" json:"disposition"`
	Percent     int64  `cbor:"2,keyasint" json:"percent"`
}

// What may become of a unit, from what can be sold to what cannot.
const (
	Restock    = "restock"
	Refurbish  = "refurbish"
	Vendor     = "vendor"
	Quarantine = "quarantine"
	ScrapIt    = "scrap"
)

// Dispositions are all of them, the most sellable first.
var Dispositions = []string{Restock, Refurbish, Vendor, Quarantine, ScrapIt}

// Grades are all of them: as new, opened and whole, used or incomplete, defective.
var Grades = []string{"A", "B", "C", "D"}

// QuestionLimit is how many questions a unit is asked: more than four are not read any more.
const QuestionLimit = 4

// Limits of a policy.
const (
	TreeLimit   = 500
	PolicyLimit = 200 // reasons, excluded items, bins
)

// UsualReturns is the policy of a house that has said nothing.
var UsualReturns = ReturnPolicy{
	WindowDays: 30,
	Excluded:   []string{},
	Reasons: []ReturnReason{{"changed_mind", PaidByCustomer}, {"wrong_size", PaidByCustomer}, {"not_as_described", PaidByUs},
		{"defective", PaidByUs}, {"damaged", PaidByUs}, {"wrong_item", PaidByUs}, {"late", PaidByUs}, {"other", PaidByCustomer}},
	Grades: []ReturnGrade{{"A", 100, []string{Restock}}, {"B", 100, []string{Restock, Refurbish}},
		{"C", 50, []string{Refurbish, Quarantine}}, {"D", 0, []string{Vendor, Quarantine, ScrapIt}}},
	Trees: []InspectionTree{{Questions: []Question{{ID: "sealed", Yes: "A", No: "works"}, {ID: "works", Yes: "complete", No: "D"},
		{ID: "complete", Yes: "undamaged", No: "C"}, {ID: "undamaged", Yes: "B", No: "C"}}}},
	Bins:           []DispositionBin{},
	Recovery:       []DispositionWorth{{Restock, 100}, {Refurbish, 60}, {Vendor, 50}, {Quarantine, 0}, {ScrapIt, 0}},
	InspectorCents: 0, LeadCents: 50000, LabelCents: 500, HandlingCents: 300,
}

// ReturnPolicy is the house's, or the usual one.
func (s *State) ReturnPolicy() *ReturnPolicy {
	if s.Site.Returns == nil {
		return &UsualReturns
	}
	return s.Site.Returns
}

func (p *ReturnPolicy) excludes(it *Item) bool {
	return oneOf(string(it.SKU), p.Excluded) || it.Category != "" && oneOf(it.Category, p.Excluded)
}

// pays is who pays the way back for a reason; one that the policy does not name is the customer's.
func (p *ReturnPolicy) pays(reason string) string {
	for _, r := range p.Reasons {
		if r.Code == reason {
			return r.Pays
		}
	}
	return PaidByCustomer
}

// paysFor is who pays for a whole return: we do, as soon as one thing in it is our fault.
func (p *ReturnPolicy) paysFor(lines []ReturnLine) string {
	for _, l := range lines {
		if p.pays(l.Reason) == PaidByUs {
			return PaidByUs
		}
	}
	return PaidByCustomer
}

func (p *ReturnPolicy) grade(g string) ReturnGrade {
	for _, x := range p.Grades {
		if x.Grade == g {
			return x
		}
	}
	return ReturnGrade{Grade: g, Dispositions: []string{Quarantine}}
}

func (p *ReturnPolicy) worth(disposition string) int64 {
	for _, x := range p.Recovery {
		if x.Disposition == disposition {
			return x.Percent
		}
	}
	return 0
}

// tree is the questions about an item: its own, its category's, or everybody's.
func (p *ReturnPolicy) tree(it *Item) []Question {
	best, rank := UsualReturns.Trees[0].Questions, 0
	for _, x := range p.Trees {
		switch {
		case x.SKU == it.SKU:
			return x.Questions
		case x.SKU == "" && x.Category != "" && x.Category == it.Category:
			best, rank = x.Questions, 2
		case x.SKU == "" && x.Category == "" && rank < 2:
			best, rank = x.Questions, 1
		}
	}
	return best
}

// walk goes through the questions by the answers given: to the next question, or to a grade.
func walk(tree []Question, answers []ReturnAnswer) (next *Question, grade string) {
	at := tree[0].ID
	for _, a := range append(slices.Clone(answers), ReturnAnswer{}) {
		if oneOf(at, Grades) {
			return nil, at
		}
		i := slices.IndexFunc(tree, func(q Question) bool { return q.ID == at })
		if i < 0 { // the questions were changed while it was asked
			return &tree[0], ""
		}
		if a.Question != at {
			return &tree[i], ""
		}
		if at = tree[i].No; a.Answer == "yes" {
			at = tree[i].Yes
		}
	}
	return nil, at
}

// SetReturnPolicy sets it.
type SetReturnPolicy struct{ Policy ReturnPolicy }

func (v SetReturnPolicy) do(t *turn) (any, *Error) {
	p, f := v.Policy, faults{}
	p.fill()
	checkRange(&f, "/window_days", p.WindowDays, 0, LeadTimeLimitDays)
	for pointer, cents := range map[string]int64{"/auto_approve_cents": p.AutoCents, "/inspector_limit_cents": p.InspectorCents, "/lead_limit_cents": p.LeadCents,
		"/label_cents": p.LabelCents, "/handling_cents": p.HandlingCents, "/restocking_fee_cents": p.RestockingCents, "/send_back_fee_cents": p.SendBackCents} {
		checkRange(&f, pointer, cents, 0, MoneyLimit)
	}
	slices.SortFunc(f, func(a, b Fault) int { return stringOrder(a.Pointer, b.Pointer) }) // a map has no order
	checkCount(&f, "/excluded", len(p.Excluded), PolicyLimit)
	for i, x := range p.Excluded {
		checkText(&f, "/excluded/"+itoa(int64(i)), x, 1, NameLimit)
	}
	p.checkReasons(&f)
	p.checkGrades(&f)
	p.checkTrees(&f)
	checkCount(&f, "/bins", len(p.Bins), PolicyLimit)
	for i, b := range p.Bins {
		checkDisposition(&f, pointerTo("/bins", i, "disposition"), b.Disposition)
		if at := t.Bins[b.Bin]; at == nil {
			f.add(pointerTo("/bins", i, "bin"), "unknown_bin", "no bin "+string(b.Bin))
		} else if b.Disposition != Restock && oneOf(at.BinKind, []string{"pick", "reserve"}) {
			f.add(pointerTo("/bins", i, "bin"), "bad_kind", "goods are picked from "+string(b.Bin)+"; name a quarantine or returns bin")
		}
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	t.emit(&ReturnPolicySet{p})
	return t.ReturnPolicy(), nil
}

// yesFirst sorts what is so before what is not.
func yesFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

func stringOrder(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func checkCount(f *faults, pointer string, n, most int) {
	if n > most {
		f.add(pointer, "too_many", "at most "+itoa(int64(most)))
	}
}

// fill takes the usual words for what is not said.
func (p *ReturnPolicy) fill() {
	u := UsualReturns
	if len(p.Reasons) == 0 {
		p.Reasons = u.Reasons
	}
	if len(p.Grades) == 0 {
		p.Grades = u.Grades
	}
	if len(p.Trees) == 0 {
		p.Trees = u.Trees
	}
	if len(p.Recovery) == 0 {
		p.Recovery = u.Recovery
	}
	p.Excluded, p.Bins = orEmpty(p.Excluded), orEmpty(p.Bins)
}

func (p *ReturnPolicy) checkReasons(f *faults) {
	checkCount(f, "/reasons", len(p.Reasons), PolicyLimit)
	for i, r := range p.Reasons {
		checkText(f, pointerTo("/reasons", i, "code"), r.Code, 1, CodeLimit)
		if !oneOf(r.Pays, []string{PaidByUs, PaidByCustomer}) {
			f.add(pointerTo("/reasons", i, "pays"), "bad_value", "us or customer")
		}
	}
}

func (p *ReturnPolicy) checkGrades(f *faults) {
	for i, g := range p.Grades {
		if !oneOf(g.Grade, Grades) {
			f.add(pointerTo("/grades", i, "grade"), "bad_value", "A, B, C or D")
		}
		checkRange(f, pointerTo("/grades", i, "refund_percent"), g.Refund, 0, 100)
		if len(g.Dispositions) == 0 || len(g.Dispositions) > len(Dispositions) {
			f.add(pointerTo("/grades", i, "dispositions"), "required", "what becomes of such a unit, the best first")
		}
		for _, d := range g.Dispositions {
			checkDisposition(f, pointerTo("/grades", i, "dispositions"), d)
		}
	}
	for i, w := range p.Recovery {
		checkDisposition(f, pointerTo("/recovery", i, "disposition"), w.Disposition)
		checkRange(f, pointerTo("/recovery", i, "percent"), w.Percent, 0, 100)
	}
	checkCount(f, "/grades", len(p.Grades), len(Grades))
	checkCount(f, "/recovery", len(p.Recovery), len(Dispositions))
}

func checkDisposition(f *faults, pointer, d string) {
	if !oneOf(d, Dispositions) {
		f.add(pointer, "bad_value", "restock, refurbish, vendor, quarantine or scrap")
	}
}

// checkTrees holds every tree to four questions that lead onwards only, so that each ends in a grade.
func (p *ReturnPolicy) checkTrees(f *faults) {
	checkCount(f, "/trees", len(p.Trees), TreeLimit)
	for i, x := range p.Trees {
		checkText(f, pointerTo("/trees", i, "sku"), string(x.SKU), 0, CodeLimit)
		checkText(f, pointerTo("/trees", i, "category"), x.Category, 0, NameLimit)
		at := pointerTo("/trees", i, "questions")
		if len(x.Questions) == 0 || len(x.Questions) > QuestionLimit {
			f.add(at, "out_of_range", "one to four questions")
		}
		for n, q := range x.Questions {
			checkText(f, at, q.ID, 1, CodeLimit)
			checkText(f, at, q.Text, 0, NameLimit)
			if oneOf(q.ID, Grades) {
				f.add(at, "bad_value", "a question is not called as a grade: "+q.ID)
			}
			if q.Text == "" && questionText(q) == "" {
				f.add(at, "required", "question "+q.ID+" has no text")
			}
			for _, to := range []string{q.Yes, q.No} {
				later := slices.ContainsFunc(x.Questions[n+1:], func(o Question) bool { return o.ID == to })
				if !later && !oneOf(to, Grades) {
					f.add(at, "bad_value", "question "+q.ID+" leads to "+to+", which is neither a later question nor a grade")
				}
			}
			if slices.ContainsFunc(x.Questions[:n], func(o Question) bool { return o.ID == q.ID }) {
				f.add(at, "twice", "question "+q.ID+" stands there twice")
			}
		}
	}
}

// questionText is a question in the floor's own words; "" where it has none.
func questionText(q Question) string {
	if q.Text != "" {
		return q.Text
	}
	switch q.ID {
	case "sealed":
		return phrase("Is it still sealed?")
	case "works":
		return phrase("Does it work?")
	case "complete":
		return phrase("Is everything there?")
	case "undamaged":
		return phrase("Is it free of damage and wear?")
	}
	return ""
}

// dispositionText is what becomes of a unit, in words.
func dispositionText(d string) string {
	switch d {
	case Restock:
		return phrase("Back to the shelf")
	case Refurbish:
		return phrase("To be refurbished")
	case Vendor:
		return phrase("Back to its vendor")
	case Quarantine:
		return phrase("Keep it apart")
	}
	return phrase("Scrap it")
}

// ReturnPolicySet says how the house takes goods back.
type ReturnPolicySet struct {
	Policy ReturnPolicy `cbor:"1,keyasint"`
}

var _ = kind(KindReturnPolicySet, "return_policy_set", "returns", func() Body { return new(ReturnPolicySet) })

func (*ReturnPolicySet) Kind() Kind { return KindReturnPolicySet }

func (b *ReturnPolicySet) apply(s *State, _ *Event) {
	p := b.Policy
	s.Site.Returns = &p
	s.touch(TableSite, "site")
}
