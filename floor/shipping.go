package floor

import "floorline/floor/rates"

// How an order's service is planned when it comes in and when its wave is released, and settled when a parcel's weight and
// carton are known.

// policyOf is how an order's service is to be chosen, "" where it is named: by the order itself, else as its shop, else as
// the site has it.
func (s *State) policyOf(service, channel string) (policy, named string) {
	if service == "" {
		if c := s.Channels[channel]; c != nil {
			service = c.Service
		}
		defaultText(&service, s.Site.Service)
	}
	if oneOf(service, policies) && s.Services[service] == nil {
		return service, ""
	}
	return "", service
}

// wishFor is what is known of an order's parcels before they are packed: its goods, in as many as are advised.
func (s *State) wishFor(o *Order) *wish {
	w := s.wishTo(o)
	w.parcels = max(int64(len(o.Cartons)), 1)
	for i := range o.Lines {
		l := &o.Lines[i]
		n := l.Ordered - l.Cancelled
		w.ValueCents += n * l.PriceCents
		if it := s.Items[l.SKU]; it != nil {
			w.WeightG += n * it.WeightG
			w.Hazard = w.Hazard || it.hazardOf() != ""
			w.SidesMM = longer(w.SidesMM, it.SizeMM)
		}
	}
	for _, code := range o.Cartons {
		if c := s.Cartons[code]; c != nil {
			w.WeightG += c.TareG
			w.SidesMM = longer(w.SidesMM, c.sides())
		}
	}
	w.WeightG = max((w.WeightG+w.parcels-1)/w.parcels, 1)
	return w
}

// longer is which of two sizes has more volume.
func longer(a, b []int64) []int64 {
	if len(b) != 3 || len(a) == 3 && a[0]*a[1]*a[2] >= b[0]*b[1]*b[2] {
		return a
	}
	return b
}

// sides are a carton's, from outside where they are known.
func (c *Carton) sides() []int64 {
	if len(c.OuterMM) == 3 {
		return c.OuterMM
	}
	return c.InnerMM
}

func (s *State) wishTo(o *Order) *wish {
	w := &wish{shipBy: o.ShipBy, deliverBy: o.DeliverBy}
	w.Country, w.Currency = o.Country, o.Currency
	if o.ShipTo == nil || o.ShipTo.Person == nil {
		return w
	}
	to := o.ShipTo.Person
	w.Postcode = to.Postcode
	for _, line := range append([]string{to.Name, to.Company}, to.Lines...) {
		w.POBox = w.POBox || rates.IsPOBox(line)
	}
	return w
}

// wishOf is a parcel that was weighed, or the order's goods where there is none yet.
func (s *State) wishOf(o *Order, p *Parcel, weightG int64) *wish {
	w := s.wishTo(o)
	w.WeightG, w.parcels = weightG, 1
	if c := s.Cartons[p.Carton]; c != nil {
		w.SidesMM = c.sides()
	}
	for _, u := range p.Units {
		if it := s.Items[u.Key.SKU]; it != nil {
			w.Hazard = w.Hazard || it.hazardOf() != ""
		}
		if u.Line < len(o.Lines) {
			w.ValueCents += u.Qty * o.Lines[u.Line].PriceCents
		}
	}
	return w
}

// planService chooses the service that an order is planned with, where it is to be chosen. What is packed in the end decides.
func (t *turn) planService(o *Order) {
	if o == nil || o.Policy == "" {
		return
	}
	offers := t.offers(t.wishFor(o), t.c.Now)
	i := t.chooseService(o.Policy, offers)
	t.explain(o.Policy, offers, i)
	b := &ServiceChosen{Order: o.ID, Service: "standard", Carrier: t.carrierOf("standard"), Why: summary(offers, i)}
	if i < 0 {
		t.raise("no_service", string(o.ID), "no service takes order "+string(o.ID)+": "+b.Why, "order")
	} else {
		t.seenTo("no_service", string(o.ID), "a service takes it")
		b.take(&offers[i])
	}
	if b.Service != o.Service || b.Why != o.Planned {
		t.emit(b)
	}
}

// planWave plans anew the orders of a wave, whose cartons are known now.
func (t *turn) planWave(orders []OrderID) {
	for _, id := range orders {
		t.planService(t.Orders[id])
	}
}

func (b *ServiceChosen) take(o *Offer) {
	b.Service, b.Carrier = o.Service, o.Carrier
	if o.Priced {
		b.CostCents, b.Currency, b.CostFrom = o.CostCents, o.Currency, "card from "+o.Quote.From
	}
}

// settlement is what a parcel goes with, before anything of it has happened.
type settlement struct {
	chosen *ServiceChosen // nil: as the order named it, at a price nobody knows
	series *Service       // whose range the number is drawn from; nil: the house's own
	serial uint64
	number string
}

// settle decides what a weighed parcel goes with. It refuses what no rule allows, naming the rule; with a lead's word
// another service is taken, where one takes the parcel.
func (t *turn) settle(p *Parcel, weightG int64) (*settlement, *Verdict) {
	o := t.Orders[p.Order]
	policy, named := o.Policy, p.Service
	if policy == "" && t.Services[named] == nil {
		return &settlement{}, nil // a service that nobody set up is its own carrier, without a rule
	}
	w := t.wishOf(o, p, weightG)
	offers := t.offers(w, t.c.Now)
	i := -1
	if policy == "" {
		i = offerOf(offers, named)
		if against := offers[i].against; len(against) > 0 && !onlyUnpriced(against) {
			if !t.authorised() {
				return nil, verdict(CodeServiceNot).wanted(&Thing{"service", named, phrase("{service}: {why}", named, breachesSay(against))}).overridable()
			}
			policy, i = Cheapest, -1
		}
	}
	if i < 0 {
		if i = t.chooseService(policy, offers); i < 0 {
			return nil, verdict(CodeNoService).wanted(&Thing{"service", named, eachSay(offers)})
		}
	}
	defaultText(&policy, named)
	t.explain(policy, offers, i)
	return t.settlement(&offers[i], &ServiceChosen{Order: o.ID, Parcel: p.ID, Why: summary(offers, i)}), nil
}

func (t *turn) settlement(o *Offer, b *ServiceChosen) *settlement {
	x := &settlement{}
	p := t.Parcels[b.Parcel]
	if b.take(o); o.Priced || b.Service != p.Service || t.Orders[b.Order].Policy != "" {
		x.chosen = b
	}
	if v := t.Services[b.Service]; v.Numbers != nil && t.seller(b.Service) == nil {
		x.series = v
		x.serial, x.number, _ = t.nextSerial(v.Numbers)
	}
	return x
}

// onlyUnpriced is true where nothing speaks against a service but that nobody entered what it costs: named by the order, it
// goes as it always did.
func onlyUnpriced(list []rates.Breach) bool {
	for _, b := range list {
		if b.Rule != rates.NoRate {
			return false
		}
	}
	return true
}

func offerOf(offers []Offer, service string) int {
	for i := range offers {
		if offers[i].Service == service {
			return i
		}
	}
	return -1
}

// eachSay is what speaks against each service, a few of them.
func eachSay(offers []Offer) string {
	const most = 4
	text := ""
	for i := range offers {
		if i == most {
			break
		}
		one := phrase("{service}: {why}", offers[i].Service, breachesSay(offers[i].against))
		if text == "" {
			text = one
		} else {
			text += " · " + one
		}
	}
	if text == "" {
		return phrase("none is set up")
	}
	return text
}

// settled lets happen what was decided: the parcel's service and cost, and its number from an allotted range.
func (t *turn) settled(p *Parcel, x *settlement) {
	if x.chosen != nil {
		t.emit(x.chosen)
	}
	if x.series != nil {
		t.drawNumber(x.series, x.serial, p.ID)
	}
}

// labelWith lets happen what was settled for a parcel: its service and its numbers, noted by the event that the caller makes
// of them, and its label, which is bought where somebody sells it and no own one is asked for, else printed.
func (t *turn) labelWith(p *Parcel, x *settlement, own bool, noted func(tracking, sscc string) Body) {
	t.settled(p, x)
	tracking, sscc := t.ownNumbers()
	defaultText(&x.number, tracking)
	from := t.seller(p.Service)
	if own {
		from = nil
	}
	if from != nil {
		x.number = ""
	}
	t.emit(noted(x.number, sscc))
	asked := *t.c
	if pack := t.Packings[p.Order]; pack != nil && pack.Parcel == p.ID && t.c.Device == "" {
		t.c.Device = pack.Lease.Device // asked for at the desk, it comes out where the parcel stands
	}
	if from != nil {
		t.buyLabel(p, from)
	} else {
		t.queuePrint(p, false)
	}
	*t.c = asked
}

// shippingCost is what an order's parcels cost in all, where it is known; nothing where they were priced in several coins.
func (s *State) shippingCost(o *Order) (cents int64, currency string) {
	for _, id := range o.Parcels {
		p := s.Parcels[id]
		if p == nil || p.Status == ParcelCancelled || p.CostCurrency == "" {
			continue
		}
		if currency != "" && currency != p.CostCurrency {
			return 0, ""
		}
		cents, currency = cents+p.CostCents, p.CostCurrency
	}
	return cents, currency
}

// RatesOf shows what each service would do for an order: for its parcel at the bench where one is weighed, else for its
// goods.
func (s *State) RatesOf(o *Order, now Time) *RatesView {
	w, v := s.wishFor(o), &RatesView{Order: o.ID, Policy: o.Policy, Service: o.Service}
	for _, id := range o.Parcels {
		if p := s.Parcels[id]; p != nil && p.WeightG > 0 && p.Status != ParcelCancelled {
			w, v.Parcel, v.Service = s.wishOf(o, p, p.WeightG), p.ID, p.Service
		}
	}
	return s.ratesOf(v, w, now)
}

func (s *State) ratesOf(v *RatesView, w *wish, now Time) *RatesView {
	v.Offers = s.offers(w, now)
	if v.Offers == nil {
		v.Offers = []Offer{}
	}
	i := offerOf(v.Offers, v.Service)
	if v.Parcel == "" && v.Policy != "" {
		if i = s.chooseService(v.Policy, v.Offers); i >= 0 {
			v.Service = v.Offers[i].Service
		}
	}
	defaultText(&v.Policy, v.Service)
	s.explain(v.Policy, v.Offers, i)
	v.Parcels, v.WeightG, v.SidesMM = w.parcels, w.WeightG, orEmpty(w.SidesMM)
	return v
}

// RatesFor shows what each service would do for a parcel that somebody only thinks of.
func (s *State) RatesFor(p rates.Parcel, policy string, shipBy, deliverBy, now Time) *RatesView {
	defaultText(&policy, Cheapest)
	v := &RatesView{Policy: policy}
	if !oneOf(policy, policies) {
		v.Policy, v.Service = "", policy
	}
	return s.ratesOf(v, &wish{Parcel: p, parcels: 1, shipBy: shipBy, deliverBy: deliverBy}, now)
}

// ChangeService has an order go with another service: a code, cheapest or fastest. A parcel at the bench goes along.
type ChangeService struct {
	Order   OrderID
	Service string
}

func (v ChangeService) do(t *turn) (any, *Error) {
	o, err := t.order(v.Order)
	if err != nil {
		return nil, err
	}
	var f faults
	checkText(&f, "/service", v.Service, 1, CodeLimit)
	if err := f.err(); err != nil {
		return nil, err
	}
	if oneOf(o.Status, []string{OrderPacked, OrderDispatched, OrderDelivered, OrderCancelled}) {
		return nil, refuse(Conflict, "order_"+o.Status, "the order is "+o.Status+": its parcels have their labels")
	}
	policy, named := t.policyOf(v.Service, "")
	b := &ServiceChosen{Order: o.ID, Policy: policy, Named: true, Service: named, Carrier: t.carrierOf(named), Why: "asked for by hand: " + v.Service}
	if policy != "" {
		b.Service, b.Carrier = o.Service, o.Carrier
	}
	t.emit(b)
	t.planService(o)
	return t.OrderView(o, false), nil
}

// ServiceChosen says which service an order is planned with, or which one a parcel goes with, at what cost, and why.
type ServiceChosen struct {
	Order     OrderID  `cbor:"1,keyasint"`
	Parcel    ParcelID `cbor:"2,keyasint,omitempty"` // "" is the order's plan
	Service   string   `cbor:"3,keyasint"`
	Carrier   string   `cbor:"4,keyasint"`
	CostCents int64    `cbor:"5,keyasint,omitempty"`
	Currency  string   `cbor:"6,keyasint,omitempty"`
	CostFrom  string   `cbor:"7,keyasint,omitempty"` // the card or the quote that it comes from
	Why       string   `cbor:"8,keyasint,omitempty"`
	Policy    string   `cbor:"9,keyasint,omitempty"` // with Named: how it is chosen from now on
	Named     bool     `cbor:"10,keyasint,omitempty"`
}

// KindServiceChosen numbers it for ever.
const KindServiceChosen Kind = 152

var _ = kind(KindServiceChosen, "service_chosen", "orders", func() Body { return new(ServiceChosen) })

func (*ServiceChosen) Kind() Kind        { return KindServiceChosen }
func (b *ServiceChosen) About() []string { return []string{"order/" + string(b.Order)} }

func (b *ServiceChosen) apply(s *State, e *Event) {
	o := s.Orders[b.Order]
	if p := s.Parcels[b.Parcel]; p != nil {
		s.parcelService(p, b)
		o.stamp(e, "service_chosen", string(p.ID)+" "+b.Why)
	} else {
		o.Service, o.Carrier = b.Service, b.Carrier
		if b.Named {
			o.Policy = b.Policy
		} else {
			o.Planned = b.Why
		}
		o.stamp(e, "service_planned", b.Why)
		for _, id := range o.Parcels {
			if p := s.Parcels[id]; p.Status == ParcelOpen {
				s.parcelService(p, &ServiceChosen{Service: b.Service, Carrier: b.Carrier})
			}
		}
	}
	s.touch(TableOrder, string(o.ID))
}

func (s *State) parcelService(p *Parcel, b *ServiceChosen) {
	if p.Carrier != b.Carrier && s.index.toLoad[p.Carrier] != nil {
		s.index.toLoad[p.Carrier].drop(p.ID)
	}
	p.Service, p.Carrier, p.CostCents, p.CostCurrency, p.CostFrom = b.Service, b.Carrier, b.CostCents, b.Currency, b.CostFrom
	s.saveParcel(p)
}
