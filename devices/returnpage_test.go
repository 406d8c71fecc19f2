package devices

import (
	"strings"
	"testing"

	"floorline/floor"
)

// A customer announces a return by the link of their order: nothing of the person is on the page but the first name, what
// was not sent is not taken, a link that was replaced leads nowhere, and nobody is let guess.
func TestCustomerPage(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	f.want(409, "POST", "/api/v1/orders/"+string(f.orderOnly("0"))+"/return-link", "")
	order := f.sentOut("1")
	link := func() string {
		var v struct{ Path string }
		f.want(201, "POST", "/api/v1/orders/"+string(order.ID)+"/return-link", "").json(t, &v)
		return v.Path
	}
	old, path := link(), link()
	if len(path) != len("/r/")+32 || old == path {
		t.Fatalf("%s", path)
	}
	open := func(status int, method, path, body string, headers ...string) reply { // a refusal is a page too
		t.Helper()
		r := f.ask(method, path, body, append([]string{"Authorization", ""}, headers...)...)
		if r.status != status {
			t.Fatalf("%s %s %q: %d, not %d", method, path, body, r.status, status)
		}
		return r
	}
	open(404, "GET", old, "")
	r := open(200, "GET", path, "", "Accept-Language", "xx, en;q=0.5")
	page := string(r.body)
	for _, private := range []string{"Groß", "Königstraße", "50667", "Köln", string(order.ID)} {
		if strings.Contains(page, private) {
			t.Errorf("the page shows %q", private)
		}
	}
	for _, want := range []string{"Jürgen", "Mug &lt;b&gt;", `max="2"`, `content="noindex, nofollow"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if h := r.header.Get("X-Robots-Tag") + r.header.Get("Referrer-Policy") + r.header.Get("Cache-Control"); h != "noindex, nofollow"+"no-referrer"+"no-store" {
		t.Error(h)
	}
	form := []string{"Content-Type", "application/x-www-form-urlencoded"}
	for _, bad := range []string{"", "sku-0=MUG&qty-0=3&reason-0=damaged", "sku-0=MUG&qty-0=1&reason-0=<b>", "sku-0=OTHER&qty-0=1&reason-0=damaged", "sku-0=MUG&qty-0=-1&reason-0=damaged", "sku-0=MUG&qty-0=1&reason-0=damaged&wanted=gold"} {
		open(422, "POST", path, bad, form...)
	}
	var first floor.ReturnID
	once := "sku-0=MUG&qty-0=1&reason-0=damaged&once=abc"
	open(201, "POST", path, once, form...)
	open(201, "POST", path, once, form...) // a thumb that trembles
	f.k.View(func(s *floor.State) {
		if len(s.Returns) != 1 {
			t.Errorf("one form made %d returns", len(s.Returns))
		}
		for _, r := range s.Returns {
			first = r.ID
		}
	})
	f.want(200, "POST", "/api/v1/returns/"+string(first)+"/cancel", "")
	done := string(open(201, "POST", path, "sku-0=MUG&qty-0=2&reason-0=damaged&wanted=replacement", form...).body)
	var made *floor.Return
	f.k.View(func(s *floor.State) {
		for _, r := range s.Returns {
			if r.Status == floor.ReturnAnnounced {
				made = r
			}
		}
	})
	if made == nil || made.Order != order.ID || made.Wanted != floor.WantReplacement || made.By != "customer" || !strings.Contains(done, string(made.ID)) || !strings.Contains(done, "We pay") {
		t.Fatalf("%+v\n%s", made, done)
	}
	f.want(200, "GET", path+"/"+string(made.ID)+".pdf", "", "Authorization", "")
	f.want(404, "GET", path+"/RT-00009-X.pdf", "", "Authorization", "")
	if again := string(open(200, "GET", path, "").body); strings.Contains(again, "<form") || !strings.Contains(again, "on its way") {
		t.Error("all of it is announced, and more is offered")
	}
	for range LinksBurst {
		r = f.ask("GET", "/r/"+newSecret(20), "", "Authorization", "")
	}
	if r.status != 429 {
		t.Errorf("links are guessed without end: %d", r.status)
	}
}

func (f *front) orderOnly(ext string) floor.OrderID {
	var o floor.OrderView
	f.want(201, "POST", "/api/v1/orders", orderBodyOf(ext)).json(f.t, &o)
	return o.ID
}
