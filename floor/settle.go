package floor

import "slices"

// Settlement is the money of a return, apart from its goods: proposed by the policy, approved by who may, then sent to
// the shop, which pays. Floorline pays nothing itself.
type Settlement struct {
	Status      string   `cbor:"1,keyasint,omitempty" json:"status"` // none, proposed, approved, sent, refused
	Outcome     string   `cbor:"2,keyasint,omitempty" json:"outcome,omitempty"`
	AmountCents int64    `cbor:"3,keyasint,omitempty" json:"amount_cents"`
	FeeCents    int64    `cbor:"4,keyasint,omitempty" json:"fee_cents"` // kept back of it already; of what is sent back, to be asked for
	Currency    string   `cbor:"5,keyasint,omitempty" json:"currency,omitempty"`
	Flags       []string `cbor:"6,keyasint,omitempty" json:"flags,omitempty"`
	Replacement OrderID  `cbor:"7,keyasint,omitempty" json:"replacement,omitempty"`
	By          WorkerID `cbor:"8,keyasint,omitempty" json:"by,omitempty"`
	Note        string   `cbor:"9,keyasint,omitempty" json:"note,omitempty"`
	At          Time     `cbor:"10,keyasint,omitempty" json:"-"`
	Back        OrderID  `cbor:"13,keyasint,omitempty" json:"sent_back_with,omitempty"` // the order that brings refused goods back
	Told        Time     `cbor:"12,keyasint,omitempty" json:"-"`                        // its shop heard of it
	Wanted      []Unsent `cbor:"11,keyasint,omitempty" json:"replace,omitempty"`        // what a replacement sends
}

// Unsent is what a replacement is to send of an item.
type Unsent struct {
	SKU SKU   `cbor:"1,keyasint" json:"sku"`
	Qty int64 `cbor:"2,keyasint" json:"qty"`
}

// The status words of a settlement; "" is nothing proposed yet.
const (
	MoneyProposed = "proposed"
	MoneyApproved = "approved"
	MoneySent     = "sent"
	MoneyRefused  = "refused"
)

// What a return comes to.
const (
	OutcomeFull        = "full"
	OutcomePartial     = "partial"
	OutcomeReplacement = "replacement"
	OutcomeRefuse      = "refuse"    // no money, and the goods stay
	OutcomeSendBack    = "send_back" // no money, and what was kept apart goes back to who sent it
)

// Outcomes are all of them.
var Outcomes = []string{OutcomeFull, OutcomePartial, OutcomeReplacement, OutcomeRefuse, OutcomeSendBack}

var moneyLife = life{"settlement", []move{
	{"", "propose", MoneyProposed},
	{MoneyProposed, "propose", MoneyProposed},
	{MoneyRefused, "propose", MoneyProposed},
	{MoneyProposed, "approve", MoneyApproved},
	{MoneyProposed, "refuse", MoneyRefused},
	{MoneyApproved, "refuse", MoneyRefused},
	{MoneyApproved, "send", MoneySent},
}}

// proposal is what the policy makes of a return: each unit's price by its grade, less the fees. What is flagged is
// refunded by nobody but a person; what was not inspected counts as nothing.
func (s *State) proposal(r *Return) Settlement {
	p, m := s.ReturnPolicy(), Settlement{Currency: s.Site.Currency}
	if o := s.Orders[r.Order]; o != nil {
		m.Currency = o.Currency
	}
	var paid, judged int64
	for i := range r.Units {
		u := &r.Units[i]
		for _, flag := range u.Flags {
			if flag != FlagExtra && !slices.Contains(m.Flags, flag) {
				m.Flags = append(m.Flags, flag)
			}
		}
		if u.Status != UnitDisposed {
			continue
		}
		judged++
		if oneOf(u.Reason, []string{"defective", "damaged"}) && oneOf(u.Grade, []string{"A", "B"}) && !oneOf(FlagClaim, m.Flags) {
			m.Flags = append(m.Flags, FlagClaim)
		}
		if paid += u.PriceCents; u.suspect() {
			continue
		}
		switch back := u.PriceCents * p.grade(u.Grade).Refund / 100; {
		case u.Wanted == WantReplacement && p.grade(u.Grade).Refund > 0, u.Wanted == WantReplacement && p.pays(u.Reason) == PaidByUs:
			m.replace(u.SKU)
		case p.pays(u.Reason) == PaidByUs && oneOf(u.Reason, []string{"defective", "damaged"}): // its fault is why it came back
			m.AmountCents += u.PriceCents
		default:
			fee := min(p.RestockingCents, back)
			if p.pays(u.Reason) == PaidByUs {
				fee = 0
			}
			m.AmountCents, m.FeeCents = m.AmountCents+back-fee, m.FeeCents+fee
		}
	}
	if r.Pays == PaidByCustomer && m.AmountCents > 0 {
		fee := min(p.LabelCents, m.AmountCents)
		m.AmountCents, m.FeeCents = m.AmountCents-fee, m.FeeCents+fee
	}
	switch {
	case len(m.Wanted) > 0:
		m.Outcome = OutcomeReplacement
	case judged == 0 || m.AmountCents == 0 && paid > 0:
		m.Outcome, m.AmountCents = OutcomeRefuse, 0
		if o := s.Orders[r.Order]; p.SendBack && o != nil && o.ShipTo.Person != nil && len(r.keptApart()) > 0 {
			m.Outcome, m.FeeCents = OutcomeSendBack, p.SendBackCents
		}
	case m.AmountCents+m.FeeCents == paid:
		m.Outcome = OutcomeFull
	default:
		m.Outcome = OutcomePartial
	}
	return m
}

func (m *Settlement) replace(sku SKU) {
	for i := range m.Wanted {
		if m.Wanted[i].SKU == sku {
			m.Wanted[i].Qty++
			return
		}
	}
	m.Wanted = append(m.Wanted, Unsent{sku, 1})
}

// suspect is true of a unit whose refund a person must decide on.
func (u *ReturnUnit) suspect() bool {
	return slices.ContainsFunc(u.Flags, func(f string) bool { return f != FlagExtra && f != FlagLost && f != FlagLate })
}

// settleReturn is what happens to the money by itself once the goods are judged.
func (t *turn) settleReturn(r *Return) {
	if r.Money.Status == MoneySent || r.Money.Status == MoneyApproved {
		return
	}
	m, p := t.proposal(r), t.ReturnPolicy()
	t.emit(&ReturnSettled{Return: r.ID, Verb: "propose", Money: m})
	if len(m.Flags) > 0 {
		t.raise("return_flagged", string(r.ID), "return "+string(r.ID)+" is odd ("+inWords(joined(m.Flags))+"): look at it before money goes out", "return")
	}
	if len(m.Flags) == 0 && !oneOf(m.Outcome, []string{OutcomeRefuse, OutcomeReplacement, OutcomeSendBack}) && m.AmountCents > 0 && m.AmountCents <= p.AutoCents {
		t.emit(&ReturnSettled{Return: r.ID, Verb: "approve", Money: r.Money})
		t.emit(&ReturnSettled{Return: r.ID, Verb: "send", Money: r.Money})
	}
}

func joined(words []string) string {
	out := words[0]
	for _, w := range words[1:] {
		out += ", " + w
	}
	return out
}

// SettleReturn moves a return's money on: propose, approve, send or refuse. An amount or outcome given replaces what the
// policy proposed.
type SettleReturn struct {
	ID          ReturnID
	Verb        string
	Outcome     string
	AmountCents *int64
	Note        string
}

// Names gives the return.
func (v SettleReturn) Names() []string { return []string{string(v.ID)} }

func (v SettleReturn) do(t *turn) (any, *Error) {
	r := t.Returns[v.ID]
	if r == nil {
		return nil, refuse(NotFound, "no_return", "no return "+string(v.ID))
	}
	if !oneOf(v.Verb, []string{"propose", "approve", "send", "refuse"}) {
		return nil, &Error{Invalid, "bad_value", "not accepted", []Fault{{"/verb", "bad_value", "propose, approve, send or refuse"}}}
	}
	if moneyLife.to(r.Money.Status, v.Verb) == "" {
		status := r.Money.Status
		defaultText(&status, "not proposed yet")
		return nil, refuse(Conflict, "settlement_"+r.Money.Status, "the settlement is "+status+"; "+v.Verb+" is not open from there")
	}
	m, err := v.wanted(t, r)
	if err != nil {
		return nil, err
	}
	if v.Verb == "approve" {
		if err := t.mayApprove(&m); err != nil {
			return nil, err
		}
		if m.Outcome == OutcomeReplacement {
			if m.Replacement, err = t.replacementFor(r, &m); err != nil {
				return nil, err
			}
		}
		if m.Outcome == OutcomeSendBack {
			if m.Back, err = t.sendBack(r); err != nil {
				return nil, err
			}
		}
	}
	t.emit(&ReturnSettled{Return: r.ID, Verb: v.Verb, Money: m})
	if r.Money.Status == MoneySent || r.Money.Status == MoneyRefused {
		t.seenTo("return_flagged", string(r.ID), r.Money.Status)
	}
	return t.ReturnView(r), nil
}

// wanted is the settlement as the verb wants it, within what was paid.
func (v SettleReturn) wanted(t *turn, r *Return) (Settlement, *Error) {
	m, f := r.Money, faults{}
	if v.Verb == "propose" {
		m = t.proposal(r)
	}
	checkText(&f, "/note", v.Note, 0, NameLimit)
	if v.Outcome != "" && !oneOf(v.Outcome, Outcomes) {
		f.add("/outcome", "bad_value", "full, partial, replacement, refuse or send_back")
	}
	if (v.Outcome != "" || v.AmountCents != nil) && !oneOf(v.Verb, []string{"propose", "approve"}) {
		f.add("/verb", "bad_value", "what is approved is not changed any more: refuse it and propose anew")
	}
	m.Note = v.Note
	defaultText(&m.Note, r.Money.Note)
	if v.Outcome != "" {
		switch m.Outcome = v.Outcome; m.Outcome {
		case OutcomeRefuse:
			m.AmountCents, m.FeeCents = 0, 0
		case OutcomeSendBack:
			m.AmountCents, m.FeeCents = 0, t.ReturnPolicy().SendBackCents
		}
	}
	if m.Outcome != OutcomeReplacement {
		m.Wanted = nil
	} else if len(m.Wanted) == 0 {
		for _, u := range r.Units {
			m.replace(u.SKU)
		}
	}
	if v.AmountCents != nil {
		m.AmountCents = *v.AmountCents
		checkRange(&f, "/amount_cents", m.AmountCents, 0, t.refundable(r))
		if m.AmountCents > 0 && oneOf(m.Outcome, []string{OutcomeRefuse, OutcomeSendBack}) {
			f.add("/amount_cents", "bad_value", "a refused return is paid nothing; say outcome partial")
		}
	}
	return m, f.err()
}

// refundable is the most that may be paid for a return: what was paid for all that was sent, less what was paid back.
func (s *State) refundable(r *Return) int64 {
	o := s.Orders[r.Order]
	if o == nil {
		return MoneyLimit
	}
	var cents int64
	for _, l := range o.Lines {
		cents += l.Shipped * l.PriceCents
	}
	for _, id := range s.index.returnsOf[o.ID] {
		if other := s.Returns[id]; other.ID != r.ID && oneOf(other.Money.Status, []string{MoneyApproved, MoneySent}) {
			cents -= other.Money.AmountCents
		}
	}
	return max(cents, 0)
}

// mayApprove holds who approves to their limit. What is flagged needs a lead at least.
func (t *turn) mayApprove(m *Settlement) *Error {
	p, roles := t.ReturnPolicy(), t.c.Roles
	limit := int64(-1)
	switch {
	case roles == 0, roles.any(RoleAdmin | RoleIntegration): // the floor's own commands carry no role
		return nil
	case roles.any(RoleLead):
		limit = p.LeadCents
	case roles.any(RoleInspector) && len(m.Flags) == 0 && !oneOf(m.Outcome, []string{OutcomeReplacement, OutcomeSendBack}):
		limit = p.InspectorCents
	}
	if limit < m.AmountCents {
		return refuse(Forbidden, "over_limit", "somebody with a higher limit must approve this")
	}
	return nil
}

// replacementFor makes the order that sends the goods again, to the same person and for nothing, and sets its stock aside.
func (t *turn) replacementFor(r *Return, m *Settlement) (OrderID, *Error) {
	o := t.Orders[r.Order]
	if o == nil {
		return "", refuse(Conflict, "no_order", "a blind return has no order to send a replacement for: refund it, or make an order")
	}
	if o.ShipTo == nil || o.ShipTo.Person == nil {
		return "", refuse(Conflict, "person_erased", "the address was erased: make a new order")
	}
	n := NewOrder{Channel: o.Channel, ExternalID: o.ExternalID + "/" + string(r.ID), ShipTo: *o.ShipTo.Person, Service: o.Service, Currency: o.Currency, Reference: "replaces " + o.ExternalID}
	if id, made := t.index.external[externalKey(n.Channel, n.ExternalID)]; made { // refused and approved again
		return id, nil
	}
	for _, w := range m.Wanted {
		if t.Items[w.SKU] == nil {
			return "", refuse(Conflict, "unknown_item", "item "+string(w.SKU)+" is no more")
		}
		n.Lines = append(n.Lines, NewLine{SKU: w.SKU, Qty: w.Qty})
	}
	var f faults
	if checkOrder(&f, &n); len(f) > 0 {
		return "", f.err()
	}
	id := t.createOrder(&n)
	t.keepFor(t.Orders[id])
	return id, nil
}

// keepFor sets stock aside for an order that somebody was promised.
func (t *turn) keepFor(o *Order) {
	p := t.plan()
	lacking := p.allocate(o, false)
	b := &StockKept{Order: o.ID, Lacking: len(lacking) > 0}
	for _, l := range p.of(o.ID) {
		b.Kept = append(b.Kept, Kept{l.OrderLine, l.From, l.Qty})
	}
	t.emit(b)
}

// ReturnSettled says a return's money took a step of its life.
type ReturnSettled struct {
	Return ReturnID   `cbor:"1,keyasint"`
	Verb   string     `cbor:"2,keyasint"`
	Money  Settlement `cbor:"3,keyasint"`
}

var _ = kind(KindReturnSettled, "return_settled", "returns", func() Body { return new(ReturnSettled) })

func (*ReturnSettled) Kind() Kind        { return KindReturnSettled }
func (b *ReturnSettled) About() []string { return []string{"return/" + string(b.Return)} }

func (b *ReturnSettled) apply(s *State, e *Event) {
	r := s.Returns[b.Return]
	status := moneyLife.must(r.Money.Status, b.Verb)
	r.Money = b.Money
	r.Money.Status, r.Money.By, r.Money.At = status, e.Worker, e.At
	s.renoteReturn(r, func(n *ReturnNote) bool { n.Flags = r.Money.Flags; return true })
	s.stampReturn(r, e, "refund_"+status)
	s.saveReturn(r)
}
