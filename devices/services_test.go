package devices

import (
	"strings"
	"testing"

	"floorline/floor"
	tariff "floorline/floor/rates"
)

const airService = `{"carrier":"air","name":"Air","cutoff":"12:00","zones":[{"code":"home","countries":["DE"],"days":1},{"code":"isles","countries":["DE"],"postcodes":["25"],"days":2,"remote":true}],
	"rules":{"max_weight_g":30000,"no_hazard":true,"no_po_box":true,"max_girth_mm":3000},
	"numbers":{"format":"s10","prefix":"RR","suffix":"DE","from":1,"to":5000},"track_url":"https://air.example/{tracking}"}`

const airRates = "service,valid_from,zone,country,postcode,from_g,to_g,price_cents,currency,step_g,step_cents,fuel_percent,remote_cents,hazard_cents,oversize_cents,oversize_mm,volumetric_divisor\n" +
	"AIR,2020-01-01,home,,,0,1000,399,EUR,,,12.5,,,,,5000\n" +
	"AIR,2020-01-01,home,,,1000,,499,EUR,1000,100,12.5,,,,,5000\n" +
	"AIR,2020-01-01,isles,,,0,,499,EUR,,,,1300,,,,\n"

// A service is set up with all it takes, gets its prices as a table, and answers what a parcel would cost and why.
func TestServicesAndRates(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.want(201, "PUT", "/api/v1/services/AIR", airService)
	f.want(201, "PUT", "/api/v1/services/old", `{"carrier":"swift"}`) // as it always was
	dry := f.want(200, "POST", "/api/v1/services/AIR/rates?dry_run=true", airRates)
	var v importView
	if dry.json(t, &v); v.Created != 1 || v.Rejected != 0 {
		t.Fatalf("%+v", v)
	}
	f.want(404, "GET", "/api/v1/services/AIR/rates", "")
	for _, want := range []string{`"created":1`, `"unchanged":1`} {
		if r := f.want(200, "POST", "/api/v1/imports/rates", airRates); !strings.Contains(string(r.body), want) {
			t.Fatalf("%s", r.body)
		}
	}
	var card tariff.Card
	if f.want(200, "GET", "/api/v1/services/AIR/rates", "").json(t, &card); len(card.Rows) != 3 || card.Rows[0].FuelBP != 1250 {
		t.Fatalf("%+v", card)
	}
	var s floor.ServiceView
	if f.want(200, "GET", "/api/v1/services/AIR", "").json(t, &s); s.NumbersLeft == nil || *s.NumbersLeft != 5000 || len(s.Cards) != 1 || !s.Cards[0].Current {
		t.Fatalf("%+v", s)
	}
	var q floor.RatesView
	f.want(200, "POST", "/api/v1/rates", `{"weight_g":300,"size_mm":[300,200,100],"country":"DE","postcode":"10115"}`).json(t, &q)
	// 6000 cm3 / 5000 = 1.2 kg: 499 + 100 for the kilogram begun, and 12.5 % of 599 = 74.875 -> 75
	if o := q.Offers[0]; q.Service != "AIR" || !o.Chosen || o.CostCents != 674 || o.Quote.VolumetricG != 1200 || !strings.Contains(o.Why[0], "cheapest") {
		t.Fatalf("%+v", q)
	}
	f.want(200, "POST", "/api/v1/rates", `{"weight_g":300,"country":"DE","lines":["Packstation 12"],"hazard":true}`).json(t, &q)
	if got := strings.Join(q.Offers[0].Why, "; "); got != "takes no dangerous goods; brings nothing to a post box or locker" {
		t.Fatal(got)
	}
	f.want(422, "POST", "/api/v1/rates", `{"weight_g":0,"country":"DE","size_mm":[1,2]}`)
}

// A row that cannot be read keeps its own card out whole and is named by its line; another card of the file goes in.
func TestBadRatesAreNamed(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.want(201, "PUT", "/api/v1/services/AIR", airService)
	file := airRates +
		"AIR,2021-01-01,home,,,0,1000,four,EUR,,,,,,,,\n" + // line 5
		"AIR,2021-01-01,home,,,0,1000,400,EUR,,,,,,,,\n" +
		"AIR,2022-01-01,moon,,,0,1000,400,EUR,,,,,,,,\n" + // line 7
		"SHIP,2022-01-01,,DE,,0,1000,400,EUR,,,,,,,,\n" + // line 8
		"AIR,2023-01-01,home,DE,,0,1000,400,EUR,,,101.123,,,,,\n" // line 9
	var v importView
	f.want(200, "POST", "/api/v1/imports/rates", file).json(t, &v)
	var rows []string
	for _, e := range v.Errors {
		rows = append(rows, e.Code)
	}
	if v.Created != 1 || v.Rejected != 4 || strings.Join(rows, " ") != "bad_number no_zone no_service bad_number two_places" || v.Errors[0].Row != 5 || v.Errors[1].Row != 7 || v.Errors[2].Row != 8 {
		t.Fatalf("%+v", v)
	}
	f.want(404, "GET", "/api/v1/services/AIR/rates?from=2021-01-01", "")
	f.want(200, "GET", "/api/v1/services/AIR/rates?from=2020-01-01", "")
}

// What is wrong with a service is listed whole.
func TestBadServices(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.want(201, "PUT", "/api/v1/services/AIR", airService)
	for body, want := range map[string]string{
		`{"carrier":"x","zones":[{"code":"","countries":["de"],"days":100},{"code":"b","postcodes":["1"]}]}`: "required bad_country out_of_range required",
		`{"carrier":"x","rules":{"max_sides_mm":[1,2],"max_weight_g":-1}}`:                                   "out_of_range bad_value",
		`{"carrier":"x","numbers":{"format":"s10","prefix":"RR","suffix":"DE","from":4000,"to":9000}}`:       "overlaps",
		`{"carrier":"x","track_url":"http://x/{tracking}"}`:                                                  "bad_url",
	} {
		var p problem
		f.want(422, "PUT", "/api/v1/services/other", body).json(t, &p)
		var got []string
		for _, e := range p.Errors {
			got = append(got, e.Code)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v", body, p.Errors)
		}
	}
	f.want(422, "PUT", "/api/v1/services/cheapest", `{"carrier":"x"}`)
	f.want(404, "POST", "/api/v1/services/nobody/rates", airRates)
}
