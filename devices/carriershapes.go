package devices

import (
	"floorline/floor"
	tariff "floorline/floor/rates"
)

// aboutCarriers describes services, what they cost and who carries.
func aboutCarriers() map[string]shape {
	return map[string]shape{
		"GET /api/v1/services":                   {about: "The shipping services: zones, rules, numbers left of their range, rate cards.", out: floor.ServiceView{}, list: true, query: paged},
		"GET /api/v1/services/:code":             {about: "One service.", out: floor.ServiceView{}},
		"GET /api/v1/services/:code/rates":       {about: "Its rate card of today, or the one that begins on a day.", out: tariff.Card{}, query: []string{"from"}},
		"POST /api/v1/services/:code/rates":      {about: "Its prices as CSV, from the day in valid_from on. Bad rows are named, and keep their card out whole.", file: "text/csv", out: importView{}, query: []string{"dry_run"}},
		"POST /api/v1/rates":                     {about: "What a parcel would cost with each service, which one would be taken and why not the others.", in: parcelAskedBody{}, need: []string{"weight_g", "country"}, out: floor.RatesView{}},
		"GET /api/v1/orders/:id/rates":           {about: "The same for an order: its weighed parcel, or its goods as far as they are known.", out: floor.RatesView{}},
		"POST /api/v1/orders/:id/service":        {about: "Have an order go with another service: its code, cheapest or fastest.", in: orderServiceBody{}, need: []string{"service"}, out: floor.OrderView{}},
		"GET /api/v1/carriers":                   {about: "The carriers that were set up.", out: floor.CarrierView{}, list: true, query: paged},
		"GET /api/v1/carriers/:code":             {about: "One carrier: that it has secrets, and not what they are.", out: floor.CarrierView{}},
		"PUT /api/v1/carriers/:code":             {about: "A carrier: `own`, whose labels we make, or `http`, from whose `url` they are bought. `services` are our services and what it calls them; none is all of its own. A secret left out stays.", in: carrierBody{}, status: "200 201", out: floor.CarrierView{}},
		"GET /api/v1/label-purchases":            {about: "The labels that are bought; status open are those that something is still to come of.", out: floor.Purchase{}, list: true, query: byState},
		"POST /api/v1/label-purchases/:id/retry": {about: "Ask the carrier once more to take a label back, or note that a person settled it.", in: settleBody{}, status: "204"},
		"POST /api/v1/parcels/:id/relabel":       {about: "Another label for a closed parcel whose label was not scanned back yet: of another service, the same again, or our own. What was bought is given back.", in: relabelBody{}, out: floor.ParcelView{}},
		"POST /hooks/carriers/:code":             {about: "What a carrier says of its parcels, signed with its hook secret in " + CarrierSignature + ": HMAC-SHA256 of the raw body, hex or base64. Repeats and what comes late change nothing.", in: carrierHookBody{}, out: floor.Told{}},
		"GET /t/:token":                          {about: "The customer's page of an order, for whoever has its link (tracking_url of GET /orders/{id}).", bytes: "text/html"},
		"GET /t.css":                             {about: "Its looks.", bytes: "text/css"},
	}
}
