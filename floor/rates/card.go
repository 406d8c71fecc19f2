package rates

// Card is what one service costs from a day on, until a later card begins.
type Card struct {
	Service  string `cbor:"1,keyasint" json:"service"`
	From     string `cbor:"2,keyasint" json:"valid_from"` // a day, 2026-02-28
	Currency string `cbor:"3,keyasint" json:"currency"`
	Rows     []Row  `cbor:"4,keyasint" json:"rows"`
}

// Row is one price: of a zone, or of a country and how its postcodes begin, between two weights.
type Row struct {
	Zone       string `cbor:"1,keyasint,omitempty" json:"zone,omitempty"`
	Country    string `cbor:"2,keyasint,omitempty" json:"country,omitempty"`
	Postcode   string `cbor:"3,keyasint,omitempty" json:"postcode,omitempty"`
	FromG      int64  `cbor:"4,keyasint,omitempty" json:"from_g"`
	ToG        int64  `cbor:"5,keyasint,omitempty" json:"to_g"` // that weight is still in; 0 is without end
	PriceCents int64  `cbor:"6,keyasint,omitempty" json:"price_cents"`
	StepG      int64  `cbor:"7,keyasint,omitempty" json:"step_g,omitempty"` // for each begun step above FromG
	StepCents  int64  `cbor:"8,keyasint,omitempty" json:"step_cents,omitempty"`

	FuelBP        int64 `cbor:"9,keyasint,omitempty" json:"fuel_bp,omitempty"` // hundredths of a percent, of price and steps
	RemoteCents   int64 `cbor:"10,keyasint,omitempty" json:"remote_cents,omitempty"`
	HazardCents   int64 `cbor:"11,keyasint,omitempty" json:"hazard_cents,omitempty"`
	OversizeCents int64 `cbor:"12,keyasint,omitempty" json:"oversize_cents,omitempty"`
	OversizeMM    int64 `cbor:"13,keyasint,omitempty" json:"oversize_mm,omitempty"` // due where the longest side is longer
	Divisor       int64 `cbor:"14,keyasint,omitempty" json:"volumetric_divisor,omitempty"`
}

// Quote is what a parcel costs, and how that comes about.
type Quote struct {
	Zone        string `json:"zone,omitempty"`
	Days        int64  `json:"days,omitempty"`
	BillableG   int64  `json:"billable_g"` // the weight that was priced: the real or the volumetric one
	VolumetricG int64  `json:"volumetric_g,omitempty"`
	BaseCents   int64  `json:"base_cents"` // with the steps above it
	FuelCents   int64  `json:"fuel_cents,omitempty"`
	OtherCents  int64  `json:"surcharge_cents,omitempty"` // remote, hazard and oversize
	TotalCents  int64  `json:"total_cents"`
	Currency    string `json:"currency"`
	From        string `json:"card_from"` // the card's first day
}

// Quote prices a parcel by the row that names its place most closely and holds its weight. Without one it says which rule
// was broken: no zone, or no rate.
func (c *Card) Quote(zones []Zone, p Parcel) (*Quote, *Breach) {
	zone := ZoneOf(zones, p.Country, p.Postcode)
	row, billable := c.row(zone, p)
	if row == nil {
		if zone == nil && len(zones) > 0 {
			return nil, &Breach{Rule: NoZone, Is: p.Country}
		}
		return nil, &Breach{Rule: NoRate, Is: kg(p.WeightG)}
	}
	q := &Quote{BillableG: billable, VolumetricG: p.VolumetricG(row.Divisor), BaseCents: row.base(billable), Currency: c.Currency, From: c.From}
	q.FuelCents = (q.BaseCents*row.FuelBP + 5_000) / 10_000
	if zone != nil {
		if q.Zone, q.Days = zone.Code, zone.Days; zone.Remote {
			q.OtherCents += row.RemoteCents
		}
	}
	if p.Hazard {
		q.OtherCents += row.HazardCents
	}
	if s := p.sides(); s != nil && row.OversizeMM > 0 && s[0] > row.OversizeMM {
		q.OtherCents += row.OversizeCents
	}
	q.TotalCents = q.BaseCents + q.FuelCents + q.OtherCents
	return q, nil
}

// row finds the price: the closest place first, then the lightest band that still holds the weight.
func (c *Card) row(zone *Zone, p Parcel) (found *Row, billable int64) {
	best := -1
	for i := range c.Rows {
		r := &c.Rows[i]
		n, w := r.fits(zone, p), max(p.WeightG, p.VolumetricG(r.Divisor))
		if n < 0 || w < r.FromG || r.ToG > 0 && w > r.ToG {
			continue
		}
		if n > best || n == best && r.below(found) {
			best, found, billable = n, r, w
		}
	}
	return found, billable
}

// fits says how closely a row names a parcel's place; -1 is not at all. A zone is as close as what makes it.
func (r *Row) fits(zone *Zone, p Parcel) int {
	if r.Zone != "" {
		if zone == nil || r.Zone != zone.Code {
			return -1
		}
		return max(fit(zone.Countries, zone.Postcodes, p.Country, p.Postcode), 0)
	}
	var countries, postcodes []string
	if r.Country != "" {
		countries = []string{r.Country}
	}
	if r.Postcode != "" {
		postcodes = []string{r.Postcode}
	}
	return fit(countries, postcodes, p.Country, p.Postcode)
}

// below is true of a band that ends before another one does.
func (r *Row) below(other *Row) bool {
	if r.ToG == 0 || other.ToG == 0 {
		return r.ToG > other.ToG
	}
	return r.ToG < other.ToG
}

func (r *Row) base(weightG int64) int64 {
	if r.StepG <= 0 || weightG <= r.FromG {
		return r.PriceCents
	}
	return r.PriceCents + ceil(weightG-r.FromG, r.StepG)*r.StepCents
}
