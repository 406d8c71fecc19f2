package floor

import (
	"strings"
	"testing"

	"floorline/floor/numbers"
	"floorline/floor/rates"
)

// post is a house at 09:00 on a Monday with three services. SNAIL is cheap, takes 3 days and 2 kg; POST takes 2 days and
// 10 kg; AIR comes the next day, takes no dangerous goods and serves no post boxes. Parcels go in carton S (50 g).
func post(t testing.TB) *shift {
	f := newShift(t)
	f.now = at(t, "2026-11-23T09:00:00Z")
	f.must(SaveService{Service{Code: "SNAIL", Carrier: "snail", Cutoff: "18:00", Zones: []rates.Zone{{Code: "all", Days: 3}}, Rules: &rates.Rules{MaxWeightG: 2000}}})
	f.must(SaveService{Service{Code: "POST", Carrier: "post", Cutoff: "16:00", Zones: []rates.Zone{{Code: "all", Days: 2}}, Rules: &rates.Rules{MaxWeightG: 10_000}}})
	f.must(SaveService{Service{Code: "AIR", Carrier: "air", Cutoff: "12:00", Zones: []rates.Zone{{Code: "home", Countries: []string{"DE"}, Days: 1}},
		Rules: &rates.Rules{MaxWeightG: 30_000, NoHazard: true, NoPOBox: true}}})
	f.card("SNAIL", rates.Row{Zone: "all", ToG: 2000, PriceCents: 300})
	f.card("POST", rates.Row{Zone: "all", ToG: 10_000, PriceCents: 500})
	f.card("AIR", rates.Row{Zone: "home", ToG: 30_000, PriceCents: 900, FuelBP: 1000})
	f.stock("A0-01", "MUG", 900)
	f.stock("A0-02", "BOX", 900)
	return f
}

func (f *shift) card(service string, rows ...rates.Row) {
	f.t.Helper()
	r := f.must(SaveCard{Card: rates.Card{Service: service, From: "2026-01-01", Currency: "EUR", Rows: rows}}).(*Import)
	if r.Created != 1 || r.Rejected != 0 {
		f.t.Fatalf("%+v", r)
	}
}

// orderTo is an order of mugs (100 g each), as the shop sends it.
func (f *shift) orderTo(n NewOrder, mugs int64) OrderID {
	f.t.Helper()
	n.Channel, n.ExternalID, n.Lines = "web", "x"+itoa(int64(len(f.s.Orders)+1)), []NewLine{{SKU: "MUG", Qty: mugs, PriceCents: 1000}}
	if n.ShipTo.Country == "" {
		n.ShipTo = Person{Name: "Zoë", Country: "DE", Postcode: "10115"}
	}
	return f.must(CreateOrder{n}).(*OrderView).ID
}

// atScale picks and packs an order up to the scale.
func (f *shift) atScale(id OrderID) *hand {
	f.t.Helper()
	f.wave("discrete", id)
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	ben := f.as(2, 2).scan(string(f.s.Orders[id].Totes[0])).expect(CodeOpened)
	for ben.next().Step != "weigh" {
		if !ben.plain(ben.next()) {
			f.t.Fatalf("no way to the scale from %+v", ben.next())
		}
	}
	return ben
}

func (h *hand) weighRight() *hand {
	return h.act(Act{Action: "weigh", WeightG: h.next().Show.ExpectedWeight})
}

func (f *shift) lastParcel(id OrderID) *Parcel {
	all := f.s.Orders[id].Parcels
	return f.s.Parcels[all[len(all)-1]]
}

func (f *shift) lastStamp(id OrderID, what string) string {
	f.t.Helper()
	about := ""
	for _, s := range f.s.Orders[id].Timeline {
		if s.What == what {
			about = s.About
		}
	}
	if about == "" {
		f.t.Fatalf("order %s has no %s in its timeline: %+v", id, what, f.s.Orders[id].Timeline)
	}
	return about
}

// The policy chooses when the order comes in and again at the scale, and says why this one and why not each other.
func TestServiceIsChosenAndExplained(t *testing.T) {
	for _, c := range []struct {
		name  string
		order NewOrder
		mugs  int64
		want  string
		cost  int64
		says  []string
	}{
		{"cheapest", NewOrder{Service: "cheapest"}, 3, "SNAIL", 300,
			[]string{"SNAIL: cheapest of 4 that take it, 3.00 EUR, comes 2026-11-26", "POST: costs 2.00 EUR more", "AIR: costs 6.90 EUR more", "standard: has no price"}},
		{"fastest", NewOrder{Service: "fastest"}, 3, "AIR", 990,
			[]string{"AIR: fastest of 4 that take it, 9.90 EUR, comes 2026-11-24", "SNAIL: comes 2026-11-26, later", "POST: comes 2026-11-25, later", "standard: has no price"}},
		{"too heavy for the cheapest", NewOrder{Service: "cheapest"}, 20, "POST", 500, []string{"SNAIL: too heavy: 2.05 kg of 2.0 kg"}},
		{"promised for Wednesday", NewOrder{Service: "cheapest", DeliverBy: at(t, "2026-11-25T20:00:00Z")}, 3, "POST", 500,
			[]string{"SNAIL: comes 2026-11-26, after 2026-11-25"}},
		{"to leave by noon", NewOrder{Service: "cheapest", ShipBy: at(t, "2026-11-23T12:30:00Z")}, 3, "AIR", 990,
			[]string{"POST: fetched 2026-11-23 16:00, after 2026-11-23 12:30"}},
		{"abroad", NewOrder{Service: "fastest", ShipTo: Person{Name: "A", Country: "FR"}}, 3, "POST", 500, []string{"AIR: does not go to FR"}},
		{"a locker", NewOrder{Service: "fastest", ShipTo: Person{Name: "A", Country: "DE", Lines: []string{"Packstation 145"}}}, 3, "POST", 500,
			[]string{"AIR: brings nothing to a post box or locker"}},
		{"nobody is in time: the first", NewOrder{Service: "cheapest", DeliverBy: at(t, "2026-11-23T20:00:00Z")}, 3, "AIR", 990,
			[]string{"AIR: comes 2026-11-24, after 2026-11-23"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := post(t)
			if strings.HasPrefix(c.name, "nobody") || strings.HasPrefix(c.name, "to leave") { // it promises nothing, and so is never late
				f.must(SaveService{Service{Code: "standard", Carrier: "swift", ByName: true}})
			}
			id := f.orderTo(c.order, c.mugs)
			planned := f.lastStamp(id, "service_planned")
			f.atScale(id).weighRight().expect(CodeScanLabel)
			p, o := f.lastParcel(id), f.s.Orders[id]
			if p.Service != c.want || p.CostCents != c.cost || p.CostCurrency != "EUR" || p.CostFrom != "card from 2026-01-01" {
				t.Fatalf("went with %s for %d %s %s: %s", p.Service, p.CostCents, p.CostCurrency, p.CostFrom, f.lastStamp(id, "service_chosen"))
			}
			if o.Policy != c.order.Service || !strings.HasPrefix(f.lastStamp(id, "service_chosen"), string(p.ID)+" "+c.want) {
				t.Error(o.Policy, f.lastStamp(id, "service_chosen"))
			}
			for _, say := range c.says {
				if !strings.Contains(f.lastStamp(id, "service_chosen"), say) {
					t.Errorf("the timeline says\n%s\nnot %q; planned: %s", f.lastStamp(id, "service_chosen"), say, planned)
				}
			}
			if v := f.s.OrderView(o, false); v.CostCents != c.cost || v.Parcels[0].Cost != c.cost || v.Policy != c.order.Service {
				t.Errorf("the order shows %d, its parcel %d", v.CostCents, v.Parcels[0].Cost)
			}
		})
	}
}

// What was planned is what the goods were thought to weigh; the scale decides.
func TestScaleDecidesAgainstThePlan(t *testing.T) {
	f := post(t)
	id := f.orderTo(NewOrder{Service: "cheapest"}, 19) // 1.9 kg, and 50 g of carton: 1.95 kg
	if o := f.s.Orders[id]; o.Service != "SNAIL" || o.Carrier != "snail" {
		t.Fatalf("planned with %s", o.Service)
	}
	ben := f.atScale(id)
	ben.act(Act{Action: "weigh", WeightG: ben.next().Show.ExpectedWeight + 80}).expect(CodeScanLabel) // wet cardboard
	if p := f.lastParcel(id); p.Service != "POST" || p.Carrier != "post" {
		t.Fatalf("a parcel of 2.03 kg goes with %s", p.Service)
	}
	ben.follow()
	if l := f.s.index.toLoad["post"]; l == nil || len(*l) != 1 || len(*f.s.index.toLoad["snail"]) != 0 {
		t.Fatal("the parcel waits for the wrong truck")
	}
}

// A service that the order names stays, until its rules forbid the parcel. Then the bench is told which rule, and a lead
// may have another one taken.
func TestNamedServiceThatRefuses(t *testing.T) {
	f := post(t)
	id := f.orderTo(NewOrder{Service: "SNAIL"}, 25)
	if o := f.s.Orders[id]; o.Service != "SNAIL" || o.Policy != "" {
		t.Fatalf("%s, %s", o.Service, o.Policy)
	}
	ben := f.atScale(id)
	ben.weighRight().expect(CodeServiceNot).step("weigh")
	say := Say("en", ben.last)
	if !ben.last.Override || !strings.Contains(say, "SNAIL: too heavy: 2.55 kg of 2.0 kg") || !strings.Contains(say, "another parcel") {
		t.Fatalf("the bench hears %q", say)
	}
	f.must(SaveWorker{Worker: Worker{ID: f.worker(3), Name: "Ana", Roles: RoleLead, PIN: "x"}})
	d := f.s.Devices[ben.device]
	a := f.do(&Command{ID: "by-lead", N: d.N + 1, Device: d.ID, Worker: d.Worker, Roles: d.Roles, AuthorisedBy: f.worker(3), Verb: Act{Action: "weigh", WeightG: 2550}})
	if a.Verdict.Code != CodeScanLabel || f.lastParcel(id).Service != "POST" {
		t.Fatalf("%s, with %s", a.Verdict.Code, f.lastParcel(id).Service)
	}
	if last := f.s.Orders[id].Timeline; last[len(last)-2].By != f.worker(3) {
		t.Errorf("the timeline does not name the lead: %+v", last[len(last)-2:])
	}
	ben.follow()
	if f.status(id) != OrderPacked {
		t.Fatal(f.status(id))
	}
}

// Where nothing takes a parcel nothing is forced: the bench hears what each service says against it.
func TestNoServiceTakesIt(t *testing.T) {
	f := post(t)
	f.must(SaveService{Service{Code: "standard", Carrier: "swift", Rules: &rates.Rules{MaxWeightG: 100}}})
	id := f.orderTo(NewOrder{Service: "cheapest", ShipTo: Person{Name: "A", Country: "DE", Lines: []string{"PO Box 1"}}}, 120)
	if x := f.s.exceptionsOf("no_service", string(id)); len(x) != 1 {
		t.Fatal("nobody is told that no service takes the order")
	}
	f.must(ChangeService{Order: id, Service: "cheapest"})
	ben := f.atScale(id)
	ben.weighRight().expect(CodeNoService).step("weigh")
	if say := Say("en", ben.last); !strings.Contains(say, "AIR: brings nothing to a post box or locker · POST: too heavy: 12.05 kg of 10.0 kg · SNAIL: too heavy") {
		t.Error(say)
	}
	f.must(ChangeService{Order: id, Service: "courier"}) // its own carrier, without a rule
	ben.weighRight().expect(CodeScanLabel).follow()
	if p := f.lastParcel(id); p.Service != "courier" || p.Carrier != "courier" || f.status(id) != OrderPacked {
		t.Fatalf("%+v", p)
	}
	f.refused(ChangeService{Order: id, Service: "AIR"}, "order_packed")
}

// The order's own word comes first, then its shop's, then the site's.
func TestWhoSaysHowToChoose(t *testing.T) {
	f := post(t)
	fast := Fastest
	f.must(SaveSite{Site: Site{Name: "H"}, Service: &fast})
	if o := f.s.Orders[f.orderTo(NewOrder{}, 1)]; o.Policy != Fastest || o.Service != "AIR" {
		t.Errorf("%s %s", o.Policy, o.Service)
	}
	f.must(SaveSite{Site: Site{Name: "H2"}}) // which says nothing of it
	f.must(SaveChannel{Channel{Code: "web", Platform: "csv", Service: Cheapest}})
	if o := f.s.Orders[f.orderTo(NewOrder{}, 1)]; o.Policy != Cheapest || o.Service != "SNAIL" {
		t.Errorf("%s %s", o.Policy, o.Service)
	}
	if o := f.s.Orders[f.orderTo(NewOrder{Service: "POST"}, 1)]; o.Policy != "" || o.Service != "POST" {
		t.Errorf("%s %s", o.Policy, o.Service)
	}
	if f.s.Site.Service != Fastest {
		t.Error("a site saved without its policy lost it")
	}
}

// A card holds from its first day by the house's own calendar; a later one takes over by itself.
func TestRateCardsBegin(t *testing.T) {
	f := post(t)
	f.must(SaveSite{Site: Site{Name: "H", TimeZone: "Europe/Berlin"}})
	f.must(SaveCard{Card: rates.Card{Service: "POST", From: "2026-12-01", Currency: "EUR", Rows: []rates.Row{{Zone: "all", PriceCents: 700}}}})
	for when, want := range map[string]int64{"2026-11-30T22:59:00Z": 500, "2026-11-30T23:01:00Z": 700} {
		v := f.s.RatesFor(rates.Parcel{WeightG: 100, Country: "DE"}, "POST", 0, 0, at(t, when))
		if o := v.Offers[offerOf(v.Offers, "POST")]; !o.Chosen || o.CostCents != want {
			t.Errorf("%s: %+v", when, o)
		}
	}
	r := f.must(SaveCard{Row: 7, Card: rates.Card{Service: "POST", From: "2026-13-01", Currency: "eur", Rows: []rates.Row{{Zone: "moon"}}}}).(*Import)
	if r.Rejected != 1 || len(r.Errors) != 3 || r.Errors[0].Row != 7 {
		t.Errorf("%+v", r)
	}
	if r := f.must(SaveCard{Card: *f.s.RateCards["POST@2026-12-01"]}).(*Import); r.Unchanged != 1 {
		t.Errorf("the same card again: %+v", r)
	}
}

// Numbers come from the range that the carrier allotted, each once, whatever becomes of the service; a person is told when
// they run low, and the bench when there is none.
func TestNumbersFromARange(t *testing.T) {
	f := post(t)
	s10 := &numbers.Series{Format: "s10", Prefix: "RR", Suffix: "DE", From: 47312480, To: 47312483}
	f.must(SaveService{Service{Code: "POST", Carrier: "post", Numbers: s10}})
	var got []string
	for range 2 {
		id := f.orderTo(NewOrder{Service: "POST"}, 1)
		f.atScale(id).weighRight().expect(CodeScanLabel).follow()
		got = append(got, f.lastParcel(id).Tracking)
	}
	f.must(SaveService{Service{Code: "POST", Carrier: "post"}}) // the range is taken away, and given back
	f.must(SaveService{Service{Code: "POST", Carrier: "post", Numbers: s10}})
	for range 2 {
		id := f.orderTo(NewOrder{Service: "POST"}, 1)
		f.atScale(id).weighRight().expect(CodeScanLabel).follow()
		got = append(got, f.lastParcel(id).Tracking)
	}
	want := []string{"RR473124807DE", "RR473124815DE", "RR473124829DE"}
	for i, w := range want {
		if got[i][:10] != w[:10] {
			t.Fatalf("got %v", got)
		}
	}
	if got[2] != "RR473124829DE" || len(f.s.exceptionsOf("numbers_low", "POST")) != 1 {
		t.Fatalf("got %v, told %v", got, f.s.Exceptions)
	}
	id := f.orderTo(NewOrder{Service: "POST"}, 1)
	ben := f.atScale(id)
	ben.weighRight().expect(CodeServiceNot)
	if say := Say("en", ben.last); !strings.Contains(say, "POST: has no tracking numbers left") {
		t.Error(say)
	}
	longer := *s10
	longer.To = 47312499
	f.must(SaveService{Service{Code: "POST", Carrier: "post", Numbers: &longer}})
	ben.weighRight().expect(CodeScanLabel)
	if p := f.lastParcel(id); p.Tracking[:10] != "RR47312484" {
		t.Fatal(p.Tracking)
	}
	for _, bad := range []numbers.Series{{Format: "s10", Prefix: "RR", Suffix: "DE", From: 47312483, To: 47312600}, {Format: "s10", Prefix: "R", Suffix: "DE", To: 1}} {
		if a := f.do(&Command{Verb: SaveService{Service{Code: "AIR", Carrier: "air", Numbers: &bad}}}); a.Err == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
}

// The same number is the same number, however its range is written down: by another prefix, or as the house's own.
func TestRangesWrittenOtherwiseDoNotMeet(t *testing.T) {
	f := post(t)
	f.must(SaveService{Service{Code: "POST", Carrier: "post", Numbers: &numbers.Series{Format: "mod10", Prefix: "40", Digits: 6, From: 120_000, To: 129_999}}})
	for _, c := range []struct {
		what string
		n    numbers.Series
		code string
	}{
		{"a longer prefix of the same numbers", numbers.Series{Format: "mod10", Prefix: "4012", Digits: 4, From: 5, To: 9}, "overlaps"},
		{"a shorter one", numbers.Series{Format: "mod10", Prefix: "4", Digits: 7, From: 129_999, To: 140_000}, "overlaps"},
		{"the house's tracking numbers", numbers.Series{Format: "fl", Prefix: "FL", From: 500, To: 900}, "house_numbers"},
		{"the house's SSCC", numbers.Series{Format: "sscc", Prefix: "09521234", From: 500, To: 900}, "house_numbers"},
		{"the same, with more of it called prefix", numbers.Series{Format: "sscc", Prefix: "0952123400", From: 1, To: 9}, "house_numbers"},
	} {
		a := f.do(&Command{Verb: SaveService{Service{Code: "AIR", Carrier: "air", Numbers: &c.n}}})
		if a.Err == nil || len(a.Err.About) != 1 || a.Err.About[0].Code != c.code {
			t.Errorf("%s: %+v, want %s", c.what, a.Err, c.code)
		}
	}
	for _, n := range []numbers.Series{{Format: "mod10", Prefix: "4013", Digits: 4, To: 9}, {Format: "mod10", Prefix: "40", Digits: 7, From: 120_000, To: 129_999},
		{Format: "fl", Prefix: "FL", Suffix: "B", From: 500, To: 900}, {Format: "sscc", Prefix: "19521234", From: 500, To: 900}} {
		f.must(SaveService{Service{Code: "AIR", Carrier: "air", Numbers: &n}})
		f.must(SaveService{Service{Code: "AIR", Carrier: "air"}})
	}
}
