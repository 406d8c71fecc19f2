package floor

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"floorline/floor/rates"
)

// CardRowLimit is how many prices one rate card has.
const CardRowLimit = 5000

func cardKey(c *rates.Card) string { return c.Service + "@" + c.From }

// cardsOf are the rate cards of a service, the oldest first.
func (s *State) cardsOf(service string) (out []*rates.Card) {
	for _, c := range s.RateCards {
		if c.Service == service {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b *rates.Card) int { return strings.Compare(a.From, b.From) })
	return out
}

// cardOf is the rate card that holds on the day of an instant, by the house's own calendar: the newest that has begun.
func (s *State) cardOf(service string, now Time) (found *rates.Card) {
	today := s.here(now).Format(time.DateOnly)
	for _, c := range s.cardsOf(service) {
		if c.From <= today {
			found = c
		}
	}
	return found
}

// RateCard is a service's card that begins on a day, or, without one, the one that holds now; nil where there is none.
func (s *State) RateCard(service, from string, now Time) *rates.Card {
	if from != "" {
		return s.RateCards[cardKey(&rates.Card{Service: service, From: from})]
	}
	return s.cardOf(service, now)
}

// here is an instant by the house's own clock.
func (s *State) here(t Time) time.Time {
	return time.UnixMilli(int64(t)).In(zoneOf(s.Site.TimeZone))
}

// SaveCard makes or replaces the rate card of a service from a day on. Row is where it stands in the file it came in.
type SaveCard struct {
	Card rates.Card
	Row  int
	Dry  bool
}

func (v SaveCard) do(t *turn) (any, *Error) {
	r := &Import{Errors: []RowFault{}}
	if err := t.checkCard(&v.Card); err != nil {
		r.reject(v.Row, v.Card.Service+" from "+v.Card.From, err)
		return r, nil
	}
	old := t.RateCards[cardKey(&v.Card)]
	switch {
	case old == nil:
		r.Created++
	case reflect.DeepEqual(*old, v.Card):
		r.Unchanged++
		return r, nil
	default:
		r.Updated++
	}
	if !v.Dry {
		t.emit(&CardSaved{v.Card})
	}
	return r, nil
}

func (s *State) checkCard(c *rates.Card) *Error {
	var f faults
	v := s.Services[c.Service]
	if v == nil {
		f.add("service", "no_service", "no service "+c.Service+"; set it up first")
		return f.err()
	}
	if !isDate(c.From) {
		f.add("valid_from", "bad_date", "a day is written 2026-02-28")
	}
	if !isCurrency(c.Currency) {
		f.add("currency", "bad_currency", "a currency is three capital letters such as EUR")
	}
	if len(c.Rows) == 0 || len(c.Rows) > CardRowLimit {
		f.add("", "too_many", fmt.Sprintf("a card has 1 to %d rows, this one %d", CardRowLimit, len(c.Rows)))
	}
	unknown := map[string]bool{}
	for i := range c.Rows {
		zone := c.Rows[i].Zone
		known := slices.ContainsFunc(v.Zones, func(z rates.Zone) bool { return z.Code == zone })
		if zone != "" && !known && !unknown[zone] {
			unknown[zone] = true
			f.add("zone", "no_zone", "service "+c.Service+" has no zone "+zone+"; give it one first")
		}
	}
	return f.err()
}

// CardSaved says what a service costs from a day on.
type CardSaved struct {
	Card rates.Card `cbor:"1,keyasint"`
}

// KindCardSaved numbers it for ever.
const KindCardSaved Kind = 151

var _ = kind(KindCardSaved, "rate_card_saved", "", func() Body { return new(CardSaved) })

func (*CardSaved) Kind() Kind { return KindCardSaved }

func (b *CardSaved) apply(s *State, _ *Event) {
	c := b.Card
	s.RateCards[cardKey(&c)] = &c
	s.touch(TableRateCard, cardKey(&c))
}
