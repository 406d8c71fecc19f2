package devices

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"floorline/floor"
	"floorline/floor/words"
)

const hookKey = "the-hooks-own-key"

func signedHex(body string) string {
	m := hmac.New(sha256.New, []byte(hookKey))
	m.Write([]byte(body))
	return hex.EncodeToString(m.Sum(nil))
}

// dispatched has one order sent with a carrier whose labels are bought, and gives it.
func (f *front) dispatched(s *seller) floor.OrderView {
	f.t.Helper()
	f.sells(s)
	f.want(200, "PUT", "/api/v1/carriers/swift", `{"kind":"http","name":"Swift","url":"`+s.http.URL+`","hook_secret":"`+hookKey+`","services":{"standard":"ground"},"poll_minutes":1}`)
	bench, order := f.toLabel("T")
	f.comes("bought", func(st *floor.State) bool { return st.Parcels[st.Orders[order].Parcels[0]].Tracking != "" })
	bench.expect(bench.scan("SW0000001"), "order_packed")
	f.want(201, "POST", "/api/v1/manifests", `{"carrier":"swift","dock":"1"}`)
	dock := f.pair("dock")
	dock.hello("")
	dock.scan(f.worker("Lea", "lead", ""))
	dock.follow(dock.send(`"type":"do","action":"start","args":{"job":"load"}`))
	var o floor.OrderView
	if f.want(200, "GET", "/api/v1/orders/"+string(order), "").json(f.t, &o); o.Status != "dispatched" {
		f.t.Fatalf("%+v", o)
	}
	return o
}

// A carrier's webhook counts when it is rightly signed, once, and in whatever order it comes.
func TestCarrierHook(t *testing.T) {
	t.Parallel()
	f, s := openFront(t), newSeller(t)
	o := f.dispatched(s)
	at := func(minutes int) string {
		return time.Now().Add(time.Duration(minutes) * time.Minute).UTC().Format(time.RFC3339)
	}
	f.want(410, "GET", "/api/v1/parcels/SW0000001/label.zpl", "") // its bytes went with the truck
	head := f.head()
	body := `{"id":"e2","tracking_code":"SW0000001","status":"exception","code":"address_unknown","at":"` + at(-5) + `","town":"Köln","message":"left with Mr Smith","more":{}}`
	for _, wrong := range []string{"", "00", signedHex(body + " "), base64.StdEncoding.EncodeToString([]byte("x"))} {
		f.want(401, "POST", "/hooks/carriers/swift", body, CarrierSignature, wrong, "Authorization", "")
	}
	f.want(401, "POST", "/hooks/carriers/nobody", body, CarrierSignature, signedHex(body), "Authorization", "")
	if f.head() != head {
		t.Fatal("something was stored of what is not signed")
	}
	hook := func(body, want string) {
		t.Helper()
		r := f.want(200, "POST", "/hooks/carriers/swift", body, CarrierSignature, "sha256="+signedHex(body), "Authorization", "")
		if string(r.body) != want {
			t.Fatalf("%s: %s", body, r.body)
		}
	}
	hook(body, `{"known":true,"new":1}`)
	hook(body, `{"known":true,"new":0}`)
	hook(`{"tracking_code":"SW0000001","events":[{"status":"accepted","at":"`+at(-9)+`"},{"status":"pre_transit","at":"`+at(-10)+`"}]}`, `{"known":true,"new":1}`)
	hook(`{"tracking_code":"NOBODYS","status":"delivered","at":"`+at(0)+`"}`, `{"known":false,"new":0}`)
	unsigned := `{"tracking_code":`
	f.want(400, "POST", "/hooks/carriers/swift", unsigned, CarrierSignature, signedHex(unsigned), "Authorization", "")
	var p floor.ParcelView
	r := f.want(200, "GET", "/api/v1/parcels/SW0000001", "")
	if r.json(t, &p); p.Status != "exception" || len(p.Track) != 2 || p.Track[1].Town != "Köln" || p.Track[1].About != "address unknown" || strings.Contains(string(r.body), "Smith") {
		t.Fatalf("%s", r.body)
	}
	if len(f.inbox("parcel_exception")) != 1 {
		t.Fatal("the desk was not told")
	}
	hook(`{"tracking_code":"SW0000001","status":"return_to_sender","at":"`+at(-1)+`"}`, `{"known":true,"new":1}`)
	if f.want(200, "GET", "/api/v1/orders/"+string(o.ID), "").json(t, &o); o.Status != "dispatched" || o.Parcels[0].Status != "returned_to_sender" || len(f.inbox("parcel_returned")) != 1 {
		t.Fatalf("%+v", o)
	}
}

func (f *front) head() (seq uint64) {
	f.k.View(func(st *floor.State) { seq = st.Seq })
	return seq
}

// A carrier without webhooks is asked, no more often than was set; one that does not answer is left alone for a while.
func TestFollowing(t *testing.T) {
	t.Parallel()
	f, s := openFront(t), newSeller(t)
	o := f.dispatched(s)
	w := newFollower(f.s) // by hand, without its clock
	asked := func() (n int) {
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, c := range s.calls {
			if c == "track" {
				n++
			}
		}
		return n
	}
	s.breaks(fault{"track", "500"})
	w.round()
	w.round()
	if asked() != 1 {
		t.Fatalf("a carrier that is out of order was asked %d times", asked())
	}
	s.mu.Lock()
	s.events = []trackEvent{{Status: "out_for_delivery", At: time.Now().Add(-time.Minute).UTC().Format(time.RFC3339)}, {Status: "delivered", At: time.Now().UTC().Format(time.RFC3339), Town: "Köln"}}
	s.mu.Unlock()
	clear(w.rest)
	w.round()
	if asked() != 1 {
		t.Fatal("a parcel was asked after twice in a minute")
	}
	w.minute = 0
	w.round()
	w.round()
	if f.want(200, "GET", "/api/v1/orders/"+string(o.ID), "").json(t, &o); o.Status != "delivered" || asked() != 2 {
		t.Fatalf("%s after %d", o.Status, asked())
	}
}

var linkPath = regexp.MustCompile(`/t/[a-z2-7]{32}$`)

// The customer's page says where the order is, in the customer's language, and nothing about the customer but a first name
// and a town.
func TestCustomersPage(t *testing.T) {
	t.Parallel()
	f, s := openFront(t), newSeller(t)
	o := f.dispatched(s)
	f.want(200, "PUT", "/api/v1/services/standard", `{"carrier":"swift","track_url":"https://swift.example/t?n={tracking}"}`)
	path := linkPath.FindString(o.TrackURL)
	if path == "" {
		t.Fatalf("the desk has the link %q", o.TrackURL)
	}
	f.do(floor.CarrierTold{Carrier: "swift", Tracking: "SW0000001", Events: []floor.TrackEvent{{Word: "in_transit", At: f.s.now() - 9000, Town: "Köln"},
		{Word: "out_for_delivery", At: f.s.now() - 2000, Town: "Düsseldorf"}}})
	for tag := range map[string]bool{"en": true, "de-AT,en;q=0.5": true, "ar": true, "zh-CN": true, "xx": true} {
		r := f.ask("GET", path, "", "Authorization", "", "Accept-Language", tag)
		book := acceptedBook(tag)
		page := string(r.body)
		if r.status != 200 || !strings.Contains(page, `lang="`+book.Tag+`"`) || !strings.Contains(page, book.Track["state.underway"]) || !strings.Contains(page, "SW0000001") ||
			!strings.Contains(page, "https://swift.example/t?n=SW0000001") || !strings.Contains(page, "Köln") || !strings.Contains(page, "Jürgen") {
			t.Errorf("%s: %d %s", tag, r.status, page)
		}
		for _, private := range []string{"Groß", "Königstraße", "50667", string(o.ID), "MUG", "1290"} {
			if strings.Contains(page, private) {
				t.Errorf("%s: the page says %s", tag, private)
			}
		}
		if r.header.Get("X-Robots-Tag") != "noindex, nofollow" || r.header.Get("Cache-Control") != "no-store" || !strings.Contains(r.header.Get("Content-Security-Policy"), "default-src 'self'") {
			t.Errorf("%v", r.header)
		}
	}
	if dir := os.Getenv("SHOTS"); dir != "" { // to be looked at
		for _, tag := range []string{"en", "ar", "de"} {
			page := strings.Replace(string(f.ask("GET", path, "", "Authorization", "", "Accept-Language", tag).body), "/t.css", "track.css", 1)
			if err := errors.Join(os.WriteFile(filepath.Join(dir, "track-"+tag+".html"), []byte(page), 0o600), os.WriteFile(filepath.Join(dir, "track.css"), []byte(publicStyle+trackStyle), 0o600)); err != nil {
				t.Fatal(err)
			}
		}
	}
	wrong := path[:len(path)-1] + map[bool]string{true: "a", false: "b"}[path[len(path)-1] != 'a']
	a, b := f.ask("GET", wrong, "", "Authorization", ""), f.ask("GET", "/t/x", "", "Authorization", "")
	if a.status != 404 || b.status != 404 || string(a.body) != string(b.body) || !strings.Contains(string(a.body), words.Of("en").Track["gone"]) {
		t.Errorf("%d %d %s %s", a.status, b.status, a.body, b.body)
	}
	f.token("packers", floor.RolePacker)
	if r := f.want(200, "GET", "/api/v1/orders/"+string(o.ID), "", "Authorization", "Bearer packers"); strings.Contains(string(r.body), "tracking_url") {
		t.Error("a packer has the customer's link")
	}
	f.k.View(func(st *floor.State) { // as after an erasure: the receiver's box opens no more
		erased := *st.Orders[o.ID]
		erased.ShipTo = &floor.Private{Owner: string(o.ID)}
		v := &trackView{Book: words.Of("en")}
		v.fill(st, &erased, nil)
		if v.Name != "" || v.Town != "" || v.State == "gone" {
			t.Errorf("%+v", v)
		}
	})
	last := 0
	for range TrackBurst + 20 {
		last = f.ask("GET", path, "", "Authorization", "").status
	}
	if last != 429 {
		t.Errorf("links can be tried by the hundred: %d", last)
	}
}

// Every word of a carrier's that we keep has its sentence on the customer's page.
func TestTrackWordsHaveSentences(t *testing.T) {
	t.Parallel()
	for word, kept := range trackedWords {
		if words.Of("en").Track["event."+kept] == "" {
			t.Errorf("%s becomes %s, and the page has no sentence for it", word, kept)
		}
	}
	for _, state := range []string{"preparing", "underway", "delivered", "trouble", "returned"} {
		for _, key := range []string{"state.", "parcel."} {
			if words.Of("en").Track[key+state] == "" {
				t.Error(fmt.Sprint("no sentence ", key, state))
			}
		}
	}
}
