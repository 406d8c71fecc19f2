package devices

import (
	"floorline/floor"
	"floorline/floor/intake"
	"floorline/floor/numbers"
	tariff "floorline/floor/rates"
)

type serviceBody struct {
	Carrier  string          `json:"carrier"`
	Name     string          `json:"name"`
	Cutoff   string          `json:"cutoff"`
	Days     []string        `json:"days"`
	Zones    []tariff.Zone   `json:"zones"`
	Rules    *tariff.Rules   `json:"rules"`
	Numbers  *numbers.Series `json:"numbers"`
	TrackURL string          `json:"track_url"`
	ByName   bool            `json:"by_name"`
}

func putService(c *call) error {
	var b serviceBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	code := c.Params("code")
	status := c.madeOr(func(st *floor.State) bool { return st.Services[code] != nil })
	return c.run(floor.SaveService{Service: floor.Service{Code: code, Carrier: b.Carrier, Name: b.Name, Cutoff: b.Cutoff, Days: b.Days, Zones: b.Zones,
		Rules: b.Rules, Numbers: b.Numbers, TrackURL: b.TrackURL, ByName: b.ByName}}, status)
}

func listServices(c *call) error {
	now := c.s.now()
	return listOf(c, func(st *floor.State) map[string]*floor.Service { return st.Services },
		func(q query, id string, v *floor.Service) bool { return q.matches(id, v.Carrier, v.Name) },
		func(st *floor.State, v *floor.Service) any { return st.ServiceView(v, now) })
}

func getService(c *call) error {
	var v *floor.ServiceView
	now := c.s.now()
	c.view(func(st *floor.State) {
		if s := st.Services[c.Params("code")]; s != nil {
			v = st.ServiceView(s, now)
		}
	})
	if v == nil {
		return c.noService()
	}
	return c.json(200, v)
}

func (c *call) noService() error {
	return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_service", Say: "no service " + clip(c.Params("code"))})
}

// getRates gives the rate card of a service that holds now, or the one that begins on ?from=.
func getRates(c *call) error {
	var card *tariff.Card
	now, from := c.s.now(), c.Query("from")
	c.view(func(st *floor.State) { card = st.RateCard(c.Params("code"), from, now) })
	if card == nil {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_rates", Say: "service " + clip(c.Params("code")) + " has no rate card for that day"})
	}
	return c.json(200, card)
}

// importRates takes a rate card for one service, which its rows need not name.
func importRates(c *call) error {
	known := false
	c.view(func(st *floor.State) { known = st.Services[c.Params("code")] != nil })
	if !known {
		return c.noService()
	}
	return c.importFile(importJob{Kind: "rates", Format: "csv", Service: c.Params("code")})
}

// rateVerbs makes cards of prices: one command for each card, which goes in whole or not at all. A card that any of the
// rows could not be read of stays out.
func rateVerbs(r *intake.Report, dry bool) (out []floor.Verb) {
	broken, at := map[string]bool{}, map[string]int{}
	for _, f := range r.Faults {
		broken[f.Ref] = true
	}
	var cards []floor.SaveCard
	for _, x := range r.Rates {
		ref := intake.RateRef(x.Service, x.From)
		if broken[ref] {
			continue
		}
		i, known := at[ref]
		if !known {
			i = len(cards)
			at[ref] = i
			cards = append(cards, floor.SaveCard{Row: x.Row, Dry: dry, Card: tariff.Card{Service: x.Service, From: x.From, Currency: x.Currency}})
		}
		if x.Currency != cards[i].Card.Currency {
			r.Faults = append(r.Faults, intake.Fault{Row: x.Row, Code: "other_currency", Field: "currency", Ref: ref, Detail: "a card has one currency; the row before has " + cards[i].Card.Currency})
			broken[ref] = true
			continue
		}
		cards[i].Card.Rows = append(cards[i].Card.Rows, rateRow(x))
	}
	for _, v := range cards {
		if !broken[intake.RateRef(v.Card.Service, v.Card.From)] {
			out = append(out, v)
		}
	}
	return out
}

func rateRow(x intake.Rate) tariff.Row {
	return tariff.Row{Zone: x.Zone, Country: x.Country, Postcode: x.Postcode, FromG: x.FromG, ToG: x.ToG, PriceCents: x.PriceCents, StepG: x.StepG,
		StepCents: x.StepCents, FuelBP: x.FuelBP, RemoteCents: x.RemoteCents, HazardCents: x.HazardCents, OversizeCents: x.OversizeCents,
		OversizeMM: x.OversizeMM, Divisor: x.Divisor}
}

func orderRates(c *call) error {
	var v *floor.RatesView
	now := c.s.now()
	found, err := c.order(func(st *floor.State, o *floor.Order, _ []*floor.Parcel) { v = st.RatesOf(o, now) })
	if err != nil {
		return err
	}
	if !found {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_order", Say: "no order " + clip(c.Params("id"))})
	}
	return c.json(200, v)
}

// parcelAskedBody is a parcel that somebody only thinks of.
type parcelAskedBody struct {
	WeightG    int64    `json:"weight_g"`
	SizeMM     []int64  `json:"size_mm"`
	Country    string   `json:"country"`
	Postcode   string   `json:"postcode"`
	Lines      []string `json:"lines"` // of the address: is it a post box?
	Hazard     bool     `json:"hazard"`
	ValueCents int64    `json:"value_cents"`
	Service    string   `json:"service"` // cheapest, fastest or a code
	ShipBy     string   `json:"ship_by"`
	DeliverBy  string   `json:"deliver_by"`
}

// askRates says what a parcel would cost with each service, and why which one would be taken.
func askRates(c *call) error {
	var b parcelAskedBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	ship, err := instant("/ship_by", b.ShipBy)
	if err != nil {
		return c.problem(err)
	}
	deliver, err := instant("/deliver_by", b.DeliverBy)
	if err != nil {
		return c.problem(err)
	}
	if err := b.check(); err != nil {
		return c.problem(err)
	}
	p := tariff.Parcel{WeightG: b.WeightG, SidesMM: b.SizeMM, Country: b.Country, Postcode: b.Postcode, Hazard: b.Hazard, ValueCents: b.ValueCents}
	for _, line := range b.Lines {
		p.POBox = p.POBox || tariff.IsPOBox(line)
	}
	var v *floor.RatesView
	now := c.s.now()
	c.view(func(st *floor.State) { v = st.RatesFor(p, b.Service, ship, deliver, now) })
	return c.json(200, v)
}

func (b *parcelAskedBody) check() *floor.Error {
	var about []floor.Fault
	if b.WeightG < 1 || b.WeightG > floor.WeightLimitG {
		about = append(about, floor.Fault{Pointer: "/weight_g", Code: "out_of_range", Detail: "grams, from 1"})
	}
	if n := len(b.SizeMM); n != 0 && n != 3 {
		about = append(about, floor.Fault{Pointer: "/size_mm", Code: "bad_value", Detail: "three numbers: length, width, height"})
	}
	for _, mm := range b.SizeMM {
		if mm < 0 || mm > floor.SizeLimitMM {
			about = append(about, floor.Fault{Pointer: "/size_mm", Code: "out_of_range", Detail: "a side has 0 to 20000 mm"})
		}
	}
	if len(b.Lines) > floor.AddressLines {
		about = append(about, floor.Fault{Pointer: "/lines", Code: "too_many", Detail: "at most 6 lines"})
	}
	if len(about) > 0 {
		return &floor.Error{Kind: floor.Invalid, Code: about[0].Code, Say: "not accepted", About: about}
	}
	return nil
}

type orderServiceBody struct {
	Service string `json:"service"`
}

func changeService(c *call) error {
	var b orderServiceBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	return c.run(floor.ChangeService{Order: floor.OrderID(c.Params("id")), Service: b.Service}, 200)
}
