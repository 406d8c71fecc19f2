package devices

import (
	"floorline/floor"
	tariff "floorline/floor/rates"
)

// aboutCarriers describes services, what they cost and who carries.
func aboutCarriers() map[string]shape {
	return map[string]shape{
		"GET /api/v1/services":              {about: "The shipping services: zones, rules, numbers left of their range, rate cards.", out: floor.ServiceView{}, list: true, query: paged},
		"GET /api/v1/services/:code":        {about: "One service.", out: floor.ServiceView{}},
		"GET /api/v1/services/:code/rates":  {about: "Its rate card of today, or the one that begins on a day.", out: tariff.Card{}, query: []string{"from"}},
		"POST /api/v1/services/:code/rates": {about: "Its prices as CSV, from the day in valid_from on. Bad rows are named, and keep their card out whole.", file: "text/csv", out: importView{}, query: []string{"dry_run"}},
		"POST /api/v1/rates":                {about: "What a parcel would cost with each service, which one would be taken and why not the others.", in: quoteBody{}, need: []string{"weight_g", "country"}, out: floor.RatesView{}},
		"GET /api/v1/orders/:id/rates":      {about: "The same for an order: its weighed parcel, or its goods as far as they are known.", out: floor.RatesView{}},
		"POST /api/v1/orders/:id/service":   {about: "Have an order go with another service: its code, cheapest or fastest.", in: orderServiceBody{}, need: []string{"service"}, out: floor.OrderView{}},
	}
}
