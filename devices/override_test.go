package devices

import (
	"strings"
	"testing"

	"floorline/floor"
)

// doing sends an action with its arguments.
func (d *dev) doing(action, args string) map[string]any {
	return d.send(`"type":"do","action":"` + action + `","args":{` + args + `}`)
}

// A lead lets one refused thing be done, on that device, with badge and PIN: once, noted, and nothing of either is
// written down.
func TestOverride(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	f.do(floor.MakePairing{Pairing: floor.Pairing{Digest: "x"}})
	var o floor.OrderView
	f.want(201, "POST", "/api/v1/orders", orderBodyOf("1")).json(t, &o)
	f.want(201, "POST", "/api/v1/waves", `{"orders":["`+string(o.ID)+`"],"method":"discrete"}`)
	mia, ben, ana, bob := f.worker("Mia", "picker", "1357924"), f.worker("Ben", "picker", ""), f.worker("Ana", "lead", "8642975"), f.worker("Bob", "lead", "")
	one, two := f.pair("handheld"), f.pair("handheld")
	one.hello("")
	two.hello("")
	one.expect(one.scan(ben), "signed_in")
	job := one.expect(one.doing("start", `"job":"pick"`), "started")["next"].(map[string]any)["job"].(map[string]any)["id"].(string)
	two.scan(mia)
	two.expect(two.doing("answer", `"ask":"pin","value":"1357924"`), "signed_in")
	take := `"job":"pick","id":"` + job + `"`
	if v := two.expect(two.doing("override", ""), "no_such_action"); v["next"].(map[string]any)["step"] == "override" {
		t.Fatal("nothing was refused, and yet a lead is asked")
	}
	if v := two.expect(two.doing("start", take), "not_yours"); v["override"] != true {
		t.Fatalf("a lead could set this aside: %v", v)
	}
	n := two.expect(two.doing("override", ""), "lead_needed")["next"].(map[string]any)
	if n["step"] != "override" || len(n["want"].([]any)) != 0 {
		t.Fatalf("an override wants no code that a client could know: %v", n)
	}
	two.expect(two.scan(mia), "not_a_lead")
	two.expect(two.scan(bob), "not_a_lead") // no PIN, no word
	two.expect(two.scan(newBadge()), "unknown_badge")
	n = two.expect(two.scan(ana), "pin_needed")["next"].(map[string]any)
	if ask := n["ask"].(map[string]any); ask["kind"] != "secret" || ask["id"] != "override" || len(n["want"].([]any)) != 0 {
		t.Fatalf("%v", n)
	}
	two.expect(two.doing("answer", `"ask":"override","value":"1357924"`), "pin_wrong") // the worker's own
	two.expect(two.scan(ana), "pin_needed")
	two.expect(two.doing("answer", `"ask":"override","value":"8642975"`), "resumed")
	f.k.View(func(s *floor.State) {
		if d := s.Devices[two.id]; d.Job.ID != job || s.Workers[d.Worker].Name != "Mia" || d.Roles != floor.RolePicker {
			t.Errorf("Mia has the job, and no more than that: %+v", d)
		}
	})
	two.expect(two.doing("override", ""), "no_such_action") // for one command only
	f.allowedBy("job_taken", "Ana")
	f.secretsNowhere(mia, ana, "8642975", "1357924")
}

// allowedBy wants exactly one event of a kind that says who allowed it, and their name in the order's timeline.
func (f *front) allowedBy(kind, name string) {
	f.t.Helper()
	var page struct {
		Items []struct {
			Kind         string
			AuthorisedBy string `json:"authorised_by"`
		}
	}
	f.want(200, "GET", "/api/v1/events?limit=1000", "").json(f.t, &page)
	found := 0
	for _, e := range page.Items {
		if e.AuthorisedBy == "" {
			continue
		}
		f.k.View(func(s *floor.State) {
			if w := s.Workers[floor.WorkerID(e.AuthorisedBy)]; w == nil || w.Name != name {
				f.t.Errorf("%s was allowed by %s", e.Kind, e.AuthorisedBy)
			}
		})
		if e.Kind == kind {
			found++
		}
	}
	if found != 1 {
		f.t.Errorf("%d events %s were allowed by a lead", found, kind)
	}
	var orders struct{ Items []struct{ ID string } }
	f.want(200, "GET", "/api/v1/orders?limit=1", "").json(f.t, &orders)
	if body := string(f.want(200, "GET", "/api/v1/orders/"+orders.Items[0].ID, "").body); !strings.Contains(body, `"authorised_by":"U-`) {
		f.t.Errorf("the timeline does not say it: %s", body)
	}
}

// secretsNowhere looks into the journal as people see it, and into every byte of the data directory.
func (f *front) secretsNowhere(secrets ...string) {
	f.t.Helper()
	events := strings.ToUpper(string(f.want(200, "GET", "/api/v1/events?limit=1000", "").body))
	for _, secret := range secrets {
		if strings.Contains(events, strings.ToUpper(secret)) {
			f.t.Errorf("the journal shows %s", secret)
		}
		if found := fileWith(f.dir, secret); found != "" {
			f.t.Errorf("%s holds %s", found, secret)
		}
	}
}

// What ends an override before its PIN: another scan, thinking better of it, a new socket. And a PIN that comes
// without one is taken for nothing and written down nowhere.
func TestOverrideDropped(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	ana, mia := f.worker("Ana", "lead", "8642975"), f.worker("Mia", "packer", "")
	d := f.pair("handheld")
	d.hello("")
	d.expect(d.scan(mia), "signed_in")
	ask := func() {
		t.Helper()
		d.expect(d.doing("start", `"job":"pick"`), "not_allowed")
		d.expect(d.doing("override", ""), "lead_needed")
		d.expect(d.scan(ana), "pin_needed")
	}
	late := func(name string) {
		t.Helper()
		if v := d.expect(d.doing("answer", `"ask":"override","value":"8642975"`), "override_dropped"); v["class"] != "note" {
			t.Errorf("%s: %v", name, v)
		}
	}
	ask()
	if v := d.expect(d.doing("back", ""), "override_dropped"); v["next"].(map[string]any)["step"] != "start" {
		t.Fatalf("back where it was: %v", v["next"])
	}
	late("thought better of it")
	ask()
	d.scan("A-01")
	late("another scan")
	ask()
	d.hello("")
	late("a new socket")
	ask()
	if v := d.expect(d.send(`"type":"scan","code":"8642975","origin":"typed"`), "no_work"); v["next"].(map[string]any)["job"] != nil {
		t.Fatal(v)
	}
	f.want(400, "POST", "/api/v1/scans", `[{"type":"do","id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","n":99,"action":"answer","args":{"ask":"override","value":"8642975"}}]`,
		"Authorization", "Bearer "+d.token)
	for range TriesFree {
		d.expect(d.doing("start", `"job":"pick"`), "not_allowed")
		d.expect(d.doing("override", ""), "lead_needed")
		d.expect(d.scan(ana), "pin_needed")
		d.expect(d.doing("answer", `"ask":"override","value":"0000"`), "pin_wrong")
	}
	d.expect(d.doing("answer", `"ask":"override","value":"8642975"`), "locked")
	f.secretsNowhere(ana, mia, "8642975")
}
