package intake

import "strings"

var rateSheet = sheet{
	kind: "rates",
	columns: []string{"service", "valid_from", "zone", "country", "postcode", "from_g", "to_g", "price_cents", "currency", "step_g", "step_cents",
		"fuel_percent", "remote_cents", "hazard_cents", "oversize_cents", "oversize_mm", "volumetric_divisor"},
	must: []string{"to_g", "price_cents"},
	alias: map[string]string{"valid": "valid_from", "from": "from_g", "to": "to_g", "price": "price_cents", "divisor": "volumetric_divisor",
		"fuel": "fuel_percent", "zip": "postcode", "postcode_prefix": "postcode"},
}

// Limits of a price.
const (
	PriceLimit   = 1_000_000_00
	DivisorLimit = 100_000
	SideLimit    = 20_000
)

// Always is the first day of a card that names none.
const Always = "1970-01-01"

// Rates reads a CSV table of prices: one row is what one zone costs between two weights.
func Rates(data []byte, o Options) Report {
	c := &clerk{o: o}
	t, ok := c.open(data, true)
	if !ok || !t.bind(&rateSheet) {
		return c.done()
	}
	t.each(func(r *row) {
		if x := r.rate(); r.wrong == 0 {
			c.Rates = append(c.Rates, x)
		}
	}, func(r record) { t.breach(r, t.cardOf(r)) })
	return c.done()
}

// cardOf is the card that a torn row belongs to, as far as its cells can be told apart: the card stays out whole.
func (t *table) cardOf(r record) string {
	cell := func(name string) string {
		if i, ok := t.columns[name]; ok && i < len(r.cells) {
			return trim(r.cells[i])
		}
		return ""
	}
	return RateRef(orElse(cell("service"), t.o.Service), orElse(cell("valid_from"), Always))
}

// RateRef names a card in a report.
func RateRef(service, from string) string { return shorten(service + " from " + from) }

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func (r *row) rate() Rate {
	service, from := orElse(r.cell("service"), r.t.o.Service), orElse(r.cell("valid_from"), Always)
	r.ref = RateRef(service, from)
	whole := func(name string, most int64) int64 { return r.whole(name, r.cell(name), 0, most, 0) }
	x := Rate{
		Row: r.line, Service: r.mustCode("service", service, SKULimit), From: r.day("valid_from", from),
		Zone: r.text("zone", r.cell("zone"), SKULimit), Country: strings.ToUpper(r.cell("country")), Postcode: r.code("postcode", r.cell("postcode"), 32),
		FromG: whole("from_g", WeightLimitG), ToG: whole("to_g", WeightLimitG),
		PriceCents: r.mustWhole("price_cents", r.cell("price_cents"), 0, PriceLimit),
		Currency:   r.currency("currency", orElse(r.cell("currency"), r.t.o.DefaultCurrency)),
		StepG:      whole("step_g", WeightLimitG), StepCents: whole("step_cents", PriceLimit), FuelBP: r.percent("fuel_percent", r.cell("fuel_percent")),
		RemoteCents: whole("remote_cents", PriceLimit), HazardCents: whole("hazard_cents", PriceLimit),
		OversizeCents: whole("oversize_cents", PriceLimit), OversizeMM: whole("oversize_mm", SideLimit), Divisor: whole("volumetric_divisor", DivisorLimit),
	}
	r.together(&x)
	return x
}

// together finds what no cell by itself is wrong about.
func (r *row) together(x *Rate) {
	if x.Country != "" && (len(x.Country) != 2 || strings.Trim(x.Country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "") {
		r.bad("country", "bad_country", "a country is two letters such as DE")
	}
	if x.Zone != "" && (x.Country != "" || x.Postcode != "") {
		r.bad("zone", "two_places", "a row is of a zone, or of a country and its postcodes, not of both")
	}
	if x.Postcode != "" && x.Country == "" {
		r.bad("country", "required", "a postcode is of a country")
	}
	if x.ToG > 0 && x.ToG <= x.FromG {
		r.bad("to_g", "out_of_range", "is not above from_g")
	}
	if (x.StepG > 0) != (x.StepCents > 0) {
		r.bad("step_cents", "required", "a step has a weight and a price")
	}
	if x.OversizeCents > 0 && x.OversizeMM == 0 {
		r.bad("oversize_mm", "required", "says from which side on oversize_cents is due")
	}
}

// percent takes 12.5 as 1250 hundredths.
func (r *row) percent(field, s string) int64 {
	head, tail, _ := strings.Cut(strings.Replace(strings.TrimSuffix(s, "%"), ",", ".", 1), ".")
	if s == "" {
		return 0
	}
	if !digits(head) || len(head) > 3 || len(tail) > 2 || tail != "" && !digits(tail) {
		r.bad(field, "bad_number", shorten(s)+" is no percentage; write it as 12.5")
		return 0
	}
	tail += "00"[len(tail):]
	n := int64(0)
	for _, d := range head + tail {
		n = n*10 + int64(d-'0')
	}
	return n
}
