package floor

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"floorline/floor/rates"
)

// Which service a parcel goes with. An order names one, or says how it is chosen: the cheapest or the fastest of those that
// take the parcel and bring it in time. What was not chosen says why not.

// How a service is chosen, where an order names none.
const (
	Cheapest = "cheapest"
	Fastest  = "fastest"
)

var policies = []string{Cheapest, Fastest}

// Offer is what one service would do with a parcel.
type Offer struct {
	Service   string       `json:"service"`
	Carrier   string       `json:"carrier"`
	Name      string       `json:"name,omitempty"`
	Chosen    bool         `json:"chosen"`
	Fits      bool         `json:"fits"`    // it takes the parcel
	InTime    bool         `json:"in_time"` // as far as anybody promised
	Priced    bool         `json:"priced"`
	CostCents int64        `json:"cost_cents"`
	Currency  string       `json:"currency,omitempty"`
	Quote     *rates.Quote `json:"quote,omitempty"`
	CollectAt string       `json:"collect_at,omitempty"` // the collection it would go with
	DeliverOn string       `json:"deliver_on,omitempty"` // the day it is promised for
	Why       []string     `json:"why"`                  // why it was chosen, or each reason why not

	against []rates.Breach
	collect Time
}

// RatesView is the table of services for an order, as the API shows it.
type RatesView struct {
	Order   OrderID  `json:"order,omitempty"`
	Parcel  ParcelID `json:"parcel,omitempty"` // whose weight and carton are known; else the order's goods are estimated
	Policy  string   `json:"policy"`           // cheapest, fastest, or the service that the order names
	Service string   `json:"service"`          // what came of it; "" where none takes it
	Parcels int64    `json:"parcels"`          // that the goods are estimated to go into
	WeightG int64    `json:"weight_g"`         // of each
	SidesMM []int64  `json:"size_mm"`
	Offers  []Offer  `json:"offers"`
}

// wish is a parcel to be sent, and by when.
type wish struct {
	rates.Parcel
	parcels           int64
	shipBy, deliverBy Time
}

// offers works out what each service would do, in the order of their codes.
func (s *State) offers(w *wish, now Time) []Offer {
	var out []Offer
	for _, v := range s.Services {
		out = append(out, s.offer(v, w, now))
	}
	slices.SortFunc(out, func(a, b Offer) int { return strings.Compare(a.Service, b.Service) })
	return out
}

func (s *State) offer(v *Service, w *wish, now Time) Offer {
	o := Offer{Service: v.Code, Carrier: v.Carrier, Name: v.Name, InTime: true, Why: []string{}}
	o.against = append(o.against, s.breaches(v, w.Parcel)...)
	days := int64(0)
	if z := rates.ZoneOf(v.Zones, w.Country, w.Postcode); z != nil {
		days = z.Days
	} else if len(v.Zones) > 0 {
		o.against = append(o.against, rates.Breach{Rule: rates.NoZone, Is: w.Country})
	}
	if card := s.cardOf(v.Code, now); card != nil && len(o.against) == 0 {
		q, none := card.Quote(v.Zones, w.Parcel)
		if none != nil {
			o.against = append(o.against, *none)
		} else {
			o.Quote, o.Priced, o.CostCents, o.Currency = q, true, q.TotalCents*max(w.parcels, 1), q.Currency
		}
	}
	o.Fits = len(o.against) == 0
	s.promiseOf(&o, days, w, now)
	return o
}

// breaches are the rules that a parcel breaks, and a range of numbers that is used up.
func (s *State) breaches(v *Service, p rates.Parcel) (out []rates.Breach) {
	if v.Rules != nil {
		out = v.Rules.Breaches(p)
	}
	if v.Numbers != nil && s.seller(v.Code) == nil {
		if _, _, left := s.nextSerial(v.Numbers); !left {
			out = append(out, rates.Breach{Rule: noNumbers})
		}
	}
	return out
}

const noNumbers = "no_numbers"

// promiseOf says with which collection a parcel would go, on which day it would come, and whether that is in time. A service
// that names no times promises nothing and misses nothing.
func (s *State) promiseOf(o *Offer, days int64, w *wish, now Time) {
	collect := s.Collections(o.Service, now)
	if len(collect) > 0 {
		o.collect = collect[0]
		o.CollectAt = o.collect.String()
		if w.shipBy != 0 && o.collect > w.shipBy {
			o.InTime = false
			o.Why = append(o.Why, "fetched "+s.written(o.collect)+", after "+s.written(w.shipBy))
		}
	}
	if days == 0 {
		return
	}
	day := workingDays(s.here(cmp.Or(o.collect, now)), days)
	o.DeliverOn = day.Format(time.DateOnly)
	if w.deliverBy != 0 && o.DeliverOn > s.here(w.deliverBy).Format(time.DateOnly) {
		o.InTime = false
		o.Why = append(o.Why, "comes "+o.DeliverOn+", after "+s.here(w.deliverBy).Format(time.DateOnly))
	}
}

// written is an instant as it stands in the books, where it is read on other days too, by the house's clock.
func (s *State) written(t Time) string { return s.here(t).Format("2006-01-02 15:04") }

// workingDays counts on from a day, Monday to Friday.
func workingDays(from time.Time, n int64) time.Time {
	for n > 0 {
		from = from.AddDate(0, 0, 1)
		if d := from.Weekday(); d != time.Saturday && d != time.Sunday {
			n--
		}
	}
	return from
}

// chooseService gives the offer that a policy takes; -1 where no service takes the parcel. What comes too late is taken only
// where nothing else is left: then the one that comes first.
func (s *State) chooseService(policy string, offers []Offer) int {
	best := -1
	for i := range offers {
		if o := &offers[i]; o.Fits && !s.Services[o.Service].ByName && (best < 0 || s.better(policy, o, &offers[best])) {
			best = i
		}
	}
	return best
}

// better is true of an offer that a policy prefers to another. What has no price, or one in another coin, costs nobody
// knows what: it comes last.
func (s *State) better(policy string, a, b *Offer) bool {
	if a.InTime != b.InTime {
		return a.InTime
	}
	cost := func(o *Offer) int64 {
		if !o.Priced || o.Currency != s.Site.Currency {
			return 1 << 60
		}
		return o.CostCents
	}
	day := func(o *Offer) string { return cmp.Or(o.DeliverOn, "9999") }
	byCost, byDay := cmp.Compare(cost(a), cost(b)), strings.Compare(day(a), day(b))
	if policy == Fastest || !a.InTime {
		return cmp.Or(byDay, byCost, cmp.Compare(a.collect, b.collect)) < 0
	}
	return cmp.Or(byCost, byDay) < 0
}

// explain writes under each offer why it was taken or why not.
func (s *State) explain(policy string, offers []Offer, chosen int) {
	for i := range offers {
		o := &offers[i]
		for _, b := range o.against {
			o.Why = append(o.Why, InEnglish(breachSay(b)))
		}
		switch {
		case i == chosen:
			o.Chosen = true
			o.Why = append(o.Why, s.forIt(policy, offers, o))
		case len(o.Why) > 0:
		case s.Services[o.Service].ByName:
			o.Why = append(o.Why, "only for orders that name it")
		case chosen >= 0:
			o.Why = append(o.Why, s.notIt(policy, o, &offers[chosen]))
		}
	}
}

func (s *State) forIt(policy string, offers []Offer, o *Offer) string {
	fitting := 0
	for i := range offers {
		if offers[i].Fits {
			fitting++
		}
	}
	why := "named by the order"
	if oneOf(policy, policies) {
		why = policy + " of " + itoa(int64(fitting)) + " that take it"
	}
	if o.Priced {
		why += ", " + rates.Coins(o.CostCents) + " " + o.Currency
	}
	if o.DeliverOn != "" {
		why += ", comes " + o.DeliverOn
	}
	return why
}

func (s *State) notIt(policy string, o, chosen *Offer) string {
	switch {
	case !o.Priced:
		return "has no price"
	case o.Currency != s.Site.Currency:
		return "priced in " + o.Currency + ", which is not compared with " + s.Site.Currency
	case policy == Fastest && o.DeliverOn != chosen.DeliverOn:
		if o.DeliverOn == "" {
			return "promises no day"
		}
		return "comes " + o.DeliverOn + ", later"
	case chosen.Priced && o.CostCents > chosen.CostCents:
		return "costs " + rates.Coins(o.CostCents-chosen.CostCents) + " " + o.Currency + " more"
	}
	return "no better than " + chosen.Service
}

// breachSay is a broken rule as people read it at the bench, in their language.
func breachSay(b rates.Breach) string {
	switch b.Rule {
	case rates.TooHeavy:
		return phrase("too heavy: {is} of {most}", b.Is, b.Most)
	case rates.TooLong:
		return phrase("too long: {is} of {most}", b.Is, b.Most)
	case rates.TooBig:
		return phrase("too big around: {is} of {most}", b.Is, b.Most)
	case rates.TooThick:
		return phrase("too big: {is}, at most {most}", b.Is, b.Most)
	case rates.Hazard:
		return phrase("takes no dangerous goods")
	case rates.POBox:
		return phrase("brings nothing to a post box or locker")
	case rates.Country, rates.NoZone:
		return phrase("does not go to {country}", b.Is)
	case rates.TooDear:
		return phrase("worth too much: {is} of {most}", b.Is, b.Most)
	case rates.NoRate:
		return phrase("has no price for {is}", b.Is)
	}
	return phrase("has no tracking numbers left")
}

// breachesSay joins what speaks against a service.
func breachesSay(list []rates.Breach) string {
	parts := make([]string, len(list))
	for i, b := range list {
		parts[i] = breachSay(b)
	}
	return strings.Join(parts, "; ")
}

// summary is a decision in one line, for the timeline: what was taken and why, and each other one and why not.
func summary(offers []Offer, chosen int) string {
	const most = 600
	var b strings.Builder
	if chosen >= 0 {
		fmt.Fprintf(&b, "%s: %s", offers[chosen].Service, strings.Join(offers[chosen].Why, "; "))
	}
	for i := range offers {
		if i == chosen {
			continue
		}
		if b.Len() > most {
			b.WriteString(" ...")
			break
		}
		fmt.Fprintf(&b, ". %s: %s", offers[i].Service, strings.Join(offers[i].Why, "; "))
	}
	return strings.TrimPrefix(b.String(), ". ")
}
