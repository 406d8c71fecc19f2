package devices

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"floorline/floor"
	"floorline/store"
)

// hasty lets a buyer be as impatient as a test.
func hasty(s *Server) {
	s.buyer.out.within = 400 * time.Millisecond
	s.buyer.calm = 0
	s.buyer.wait = func(int) time.Duration { return 5 * time.Millisecond }
}

// sells sets up a house whose labels of service standard are bought from a seller.
func (f *front) sells(s *seller) {
	f.t.Helper()
	f.stock()
	hasty(f.s)
	f.want(201, "PUT", "/api/v1/services/standard", `{"carrier":"swift"}`)
	f.want(201, "PUT", "/api/v1/carriers/swift", `{"kind":"http","name":"Swift","url":"`+s.http.URL+`","secret":"`+sellerKey+`","services":{"standard":"ground"}}`)
}

// toLabel has one order picked and packed until its parcel is weighed, and gives the bench and the order.
func (f *front) toLabel(ext string) (*dev, floor.OrderID) {
	f.t.Helper()
	var o floor.OrderView
	f.want(201, "POST", "/api/v1/orders", orderBodyOf(ext)).json(f.t, &o)
	f.want(201, "POST", "/api/v1/waves", `{"orders":["`+string(o.ID)+`"]}`)
	hand, bench := f.pair("handheld"), f.pair("bench")
	hand.hello("")
	hand.scan(f.worker("Mia"+ext, "picker", ""))
	hand.follow(hand.send(`"type":"do","action":"start","args":{"job":"pick"}`))
	bench.hello("")
	bench.scan(f.worker("Ben"+ext, "packer", ""))
	v := bench.send(`"type":"do","action":"start","args":{"job":"pack","id":"` + string(o.ID) + `"}`)
	for range 20 {
		n := v["next"].(map[string]any)
		if n["step"] == "buying" || n["step"] == "label" {
			return bench, o.ID
		}
		want, _ := n["want"].([]any)
		switch {
		case n["step"] == "weigh":
			g, _ := json.Marshal(n["show"].(map[string]any)["expected_weight_g"])
			v = bench.send(`"type":"do","action":"weigh","args":{"weight_g":` + string(g) + `}`)
		case len(want) > 0:
			v = bench.scan(want[0].(map[string]any)["code"].(string))
		default:
			v = bench.send(`"type":"do","action":"close","args":{}`)
		}
	}
	f.t.Fatal("no way to the label")
	return nil, ""
}

// comes waits for what the floor's state comes to, looking whenever something was written.
func (f *front) comes(what string, is func(st *floor.State) bool) {
	f.t.Helper()
	wrote := make(chan struct{}, 1)
	f.k.Listen(func([]store.Record) {
		select {
		case wrote <- struct{}{}:
		default:
		}
	})
	deadline := time.After(15 * time.Second)
	for {
		ok := false
		f.k.View(func(st *floor.State) { ok = is(st) })
		if ok {
			return
		}
		select {
		case <-wrote:
		case <-deadline:
			f.k.View(func(st *floor.State) {
				for _, p := range st.Purchases {
					f.t.Logf("%+v", *p)
				}
			})
			f.t.Fatalf("it never came to: %s", what)
		}
	}
}

func purchaseIs(id, status string) func(*floor.State) bool {
	return func(st *floor.State) bool { return st.Purchases[id] != nil && st.Purchases[id].Status == status }
}

// The bench weighs; the label is bought beside it, is printed as it is, and is scanned back by the carrier's own barcode.
func TestLabelIsBought(t *testing.T) {
	t.Parallel()
	f, s, p := openFront(t), newSeller(t), newPaper(t)
	f.sells(s)
	p.behave <- p.prints
	f.do(floor.SaveSite{Site: floor.Site{Name: "House", GS1Prefix: "9521234"}})
	bench, order := f.toLabel("1")
	f.want(200, "PUT", "/api/v1/devices/"+string(bench.id), `{"printer":"`+p.addr+`"}`)
	f.comes("bought", func(st *floor.State) bool {
		return st.Orders[order].Parcels != nil && st.Parcels[st.Orders[order].Parcels[0]].Tracking != ""
	})
	var o floor.OrderView
	f.want(200, "GET", "/api/v1/orders/"+string(order), "").json(t, &o)
	parcel := o.Parcels[0]
	if parcel.Tracking != "SW0000001" || parcel.Cost != 512 || parcel.Currency != "EUR" || parcel.CostFrom != "quote of swift" || o.CostCents != 512 {
		t.Fatalf("%+v", parcel)
	}
	zpl := f.want(200, "GET", "/api/v1/parcels/SW0000001/label.zpl", "")
	if string(zpl.body) != "^XA^FO10,10^FDsold SW0000001^FS^XZ" {
		t.Fatalf("%q", zpl.body)
	}
	f.want(409, "GET", "/api/v1/parcels/SW0000001/label.pdf", "")
	v := bench.send(`"type":"do","action":"reprint","args":{}`)
	if got := strings.TrimPrefix(<-p.printed, "~HS\r\n"); got != string(zpl.body) { // asked first how it is
		t.Fatalf("the printer got %q", got)
	}
	if n := v["next"].(map[string]any); n["step"] != "label" {
		t.Fatalf("%v", n)
	}
	if v := bench.scan("42012345SW0000001"); v["code"] != "order_packed" {
		t.Fatalf("the carrier's own barcode: %v", v["code"])
	}
	if standing, ever := s.sold(); standing != 1 || ever != 1 {
		t.Fatalf("%d of %d", standing, ever)
	}
	r := f.want(200, "GET", "/api/v1/carriers/swift", "")
	if strings.Contains(string(r.body), sellerKey) || !strings.Contains(string(r.body), `"has_secret":true`) {
		t.Fatalf("%s", r.body)
	}
}

// Wherever the seller breaks, one label is bought for the parcel, and it comes out.
func TestNeverBoughtTwiceNeverLost(t *testing.T) {
	t.Parallel()
	for name, faults := range map[string][]fault{
		"hangs up before it hears":         {{"buy", "before"}},
		"sells and hangs up":               {{"buy", "after"}},
		"breaks off in the middle":         {{"buy", "cut"}},
		"answers garbage after it sold":    {{"buy", "garbage"}},
		"is out of order":                  {{"buy", "500"}, {"buy", "500"}},
		"has too many":                     {{"buy", "429"}},
		"cannot make the shipment":         {{"make", "500"}, {"make", "before"}},
		"says nothing":                     {{"buy", "silent"}},
		"sells and says nothing":           {{"buy", "stall"}, {"find", "silent"}},
		"sells twice":                      {{"buy", "twice"}},
		"sold and cannot say so":           {{"buy", "after"}, {"find", "500"}, {"find", "before"}, {"find", "garbage"}},
		"sold and breaks off in the look":  {{"buy", "cut"}, {"find", "cut"}},
		"answers without a tracking code":  {{"buy", "noid"}},
		"all at once and for a while":      {{"make", "429"}, {"buy", "500"}, {"find", "500"}, {"buy", "after"}, {"find", "cut"}, {"find", "before"}},
		"gives no answer for a long while": {{"make", "before"}, {"make", "before"}, {"make", "before"}, {"make", "before"}, {"make", "before"}, {"find", "before"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, s := openFront(t), newSeller(t)
			f.sells(s)
			s.breaks(faults...)
			_, order := f.toLabel("1")
			f.comes("bought", func(st *floor.State) bool { return st.Parcels[st.Orders[order].Parcels[0]].Tracking != "" })
			if standing, ever := s.sold(); standing != 1 || ever != 1 && name != "sells twice" {
				t.Fatalf("%d labels stand, %d were sold: %v", standing, ever, s.calls)
			}
			left := 0
			f.k.View(func(st *floor.State) {
				for _, x := range st.Exceptions {
					if x.What == "label_failed" {
						left++
					}
				}
			})
			if left != 0 {
				t.Error("a person is still asked to look after a label that came")
			}
		})
	}
}

// The seller says no: the bench hears why and what to do. Asked again once it is put right, it sells.
func TestSellerRefuses(t *testing.T) {
	t.Parallel()
	f, s := openFront(t), newSeller(t)
	f.sells(s)
	s.breaks(fault{"buy", "refuse"})
	bench, order := f.toLabel("1")
	f.comes("failed", func(st *floor.State) bool {
		p := st.Parcels[st.Orders[order].Parcels[0]]
		return st.Purchases[p.Purchase] != nil && st.Purchases[p.Purchase].Status == floor.PurchaseFailed
	})
	v := bench.send(`"type":"do","action":"own_label","args":{}`)
	n := v["next"].(map[string]any)
	note, _ := n["show"].(map[string]any)["note"].(string)
	if v["code"] != "not_allowed" || n["title"] != "Swift sells no label" || !strings.Contains(note, "postcode 00000 is not known") {
		t.Fatalf("%v: %v", v["code"], n)
	}
	if gift := n["show"].(map[string]any)["gift"]; gift != nil {
		t.Errorf("what the seller answered stands there as the customer's wish: %v", gift)
	}
	if len(f.inbox("label_failed")) != 1 {
		t.Fatal("the desk was not told")
	}
	bench.send(`"type":"do","action":"retry","args":{}`)
	f.comes("bought", func(st *floor.State) bool { return st.Parcels[st.Orders[order].Parcels[0]].Tracking != "" })
	if standing, ever := s.sold(); standing != 1 || ever != 1 || len(f.inbox("label_failed")) != 0 {
		t.Fatalf("%d of %d", standing, ever)
	}
	f.k.View(func(st *floor.State) {
		p := st.Parcels[st.Orders[order].Parcels[0]]
		if p.Purchase != string(p.ID)+"/2" || st.Purchases[string(p.ID)+"/1"].Status != floor.PurchaseDropped {
			t.Errorf("what was refused is asked for under a new reference: %s", p.Purchase)
		}
	})
}

// A cancelled order's label is given back, whether it was bought before or comes only afterwards.
func TestUnwantedLabelsAreGivenBack(t *testing.T) {
	t.Parallel()
	for name, faults := range map[string][]fault{"bought": nil, "sold, and nobody knows": {{"buy", "after"}, {"find", "500"}, {"find", "500"}, {"find", "500"}},
		"given back at the third try": {{"void", "500"}, {"void", "after"}}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, s := openFront(t), newSeller(t)
			f.sells(s)
			s.breaks(faults...)
			_, order := f.toLabel("1")
			for word := range s.heard { // it was sold, whoever knows
				if word == "buy" {
					break
				}
			}
			var id string
			f.k.View(func(st *floor.State) { id = st.Parcels[st.Orders[order].Parcels[0]].Purchase })
			f.want(200, "POST", "/api/v1/orders/"+string(order)+"/cancel", "")
			f.comes("voided", purchaseIs(id, floor.PurchaseVoided))
			if standing, ever := s.sold(); standing != 0 || ever != 1 {
				t.Fatalf("%d of %d", standing, ever)
			}
		})
	}
}

// A lead takes our own label, or another service, while the seller is silent: what it sold after all is given back.
func TestAnotherLabelWhileTheSellerIsSilent(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{"our own": `{"own_label":true}`, "another service": `{"service":"courier"}`} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, s := openFront(t), newSeller(t)
			f.sells(s)
			s.breaks(fault{"buy", "after"})
			s.mu.Lock()
			s.gone = false
			s.mu.Unlock()
			s.breaks(fault{"find", "500"}, fault{"find", "500"}, fault{"find", "500"}, fault{"find", "500"}, fault{"find", "500"}, fault{"find", "500"}, fault{"find", "500"}, fault{"find", "500"})
			bench, order := f.toLabel("1")
			var first string
			f.k.View(func(st *floor.State) { first = st.Parcels[st.Orders[order].Parcels[0]].Purchase })
			f.comes("unsure", purchaseIs(first, floor.PurchaseUnsure))
			parcel, _, _ := strings.Cut(first, "/")
			var p floor.ParcelView
			f.want(200, "POST", "/api/v1/parcels/"+parcel+"/relabel", body).json(t, &p)
			if !strings.HasPrefix(p.Tracking, "FL") {
				t.Fatalf("%+v", p)
			}
			if v := bench.scan(p.Tracking); v["code"] != "order_packed" {
				t.Fatalf("%v", v)
			}
			f.comes("given back", purchaseIs(first, floor.PurchaseVoided))
			if standing, ever := s.sold(); standing != 0 || ever != 1 {
				t.Fatalf("%d of %d", standing, ever)
			}
		})
	}
}

// What was sold is a picture, or nothing at all, whatever the seller calls it: it is never sent to a label printer. The desk
// reads why, and when another label is taken what was paid for is given back.
func TestALabelThatNobodyCanPrintIsGivenBack(t *testing.T) {
	t.Parallel()
	for _, sold := range []string{"\x89PNG\r\n\x1a\n", "<html>please sign in</html>", ""} {
		f, s := openFront(t), newSeller(t)
		f.sells(s)
		s.label = []byte(sold)
		_, order := f.toLabel("1")
		var pu floor.Purchase
		f.comes("unsure", func(st *floor.State) bool {
			pu = *st.Purchases[st.Parcels[st.Orders[order].Parcels[0]].Purchase]
			return pu.Status == floor.PurchaseUnsure
		})
		if !strings.Contains(pu.Why, "neither ZPL nor PDF") && !strings.Contains(pu.Why, "0 bytes") {
			t.Errorf("%q: %q", sold, pu.Why)
		}
		f.want(200, "POST", "/api/v1/parcels/"+string(pu.Parcel)+"/relabel", `{"own_label":true}`)
		f.comes("given back", purchaseIs(pu.ID, floor.PurchaseVoided))
		if standing, ever := s.sold(); standing != 0 || ever != 1 {
			t.Errorf("%q: %d of %d", sold, standing, ever)
		}
	}
}

// A seller whose numbers are all the same: the second parcel gets none of its labels, which would pass for the first one's.
func TestASellerThatRepeatsItsNumbers(t *testing.T) {
	t.Parallel()
	f, s := openFront(t), newSeller(t)
	f.sells(s)
	s.number = "SW7777777"
	bench, order := f.toLabel("1")
	f.comes("bought", func(st *floor.State) bool { return st.Parcels[st.Orders[order].Parcels[0]].Tracking == s.number })
	if v := bench.scan(s.number); v["code"] != "order_packed" {
		t.Fatalf("%v", v)
	}
	_, order = f.toLabel("2")
	var pu floor.Purchase
	f.comes("unsure", func(st *floor.State) bool {
		pu = *st.Purchases[st.Parcels[st.Orders[order].Parcels[0]].Purchase]
		return pu.Status == floor.PurchaseUnsure
	})
	if !strings.Contains(pu.Why, "gave out number SW7777777 again") {
		t.Errorf("%q", pu.Why)
	}
	f.want(200, "POST", "/api/v1/parcels/"+string(pu.Parcel)+"/relabel", `{"own_label":true}`)
	f.comes("given back", purchaseIs(pu.ID, floor.PurchaseVoided))
	if standing, ever := s.sold(); standing != 1 || ever != 2 {
		t.Errorf("%d of %d", standing, ever)
	}
}

// The server stops between the buying and the knowing: the next start asks what was bought and takes it.
func TestStopBetweenBuyingAndKnowing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := newSeller(t)
	order := floor.OrderID("")
	t.Run("before", func(t *testing.T) {
		f := openFrontAt(t, dir)
		f.sells(s)
		s.breaks(fault{"buy", "after"}, fault{"find", "before"}, fault{"find", "before"}, fault{"find", "before"})
		f.s.buyer.wait = func(int) time.Duration { return time.Hour }
		_, order = f.toLabel("1")
		for word := range s.heard {
			if word == "find" {
				break
			}
		}
	}) // and the server stops
	s.mu.Lock()
	s.faults = nil
	s.mu.Unlock()
	f := openFrontAt(t, dir, func(o *Options) { o.before = hasty })
	f.comes("taken", func(st *floor.State) bool { return st.Parcels[st.Orders[order].Parcels[0]].Tracking == "SW0000001" })
	if standing, ever := s.sold(); standing != 1 || ever != 1 {
		t.Fatalf("%d of %d: %v", standing, ever, s.calls)
	}
	for _, secret := range []string{"^FDsold SW0000001", sellerKey} {
		if path := onDisk(t, dir, secret); path != "" {
			t.Errorf("%s lies readable in %s", secret, path)
		}
	}
	var label []byte
	f.k.View(func(st *floor.State) { label, _, _ = st.BoughtLabel(st.Parcel("SW0000001")) })
	if !strings.Contains(string(label), "sold SW0000001") {
		t.Fatalf("%q", label)
	}
}

// Where requests may go is a short list: HTTPS, plain HTTP within the house alone, and never this machine or its link.
func TestOutgoingAddresses(t *testing.T) {
	t.Parallel()
	o := newOutgoing(false)
	for address, good := range map[string]bool{"https://labels.example/v1": true, "https://10.0.0.4": true, "http://192.168.1.20:8000": true,
		"http://labels.example": false, "http://8.8.8.8": false, "https://127.0.0.1": false, "http://127.0.0.1:9": false, "https://[::1]": false, "https://169.254.169.254/x": false,
		"https://0.0.0.0": false, "https://u:p@labels.example": false, "ftp://x": false, "https://": false, "https://x/?a=b": false, "https://[::ffff:127.0.0.1]": false} {
		if err := o.check(address); (err == nil) != good {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, ip := range ownAddrs() {
		if o.dial.refuses(ip) == "" {
			t.Errorf("%s is this very machine", ip)
		}
	}
	if _, why, err := o.dial.resolve(t.Context(), "localhost"); err == nil && why == "" {
		t.Error("a name led to this very machine")
	}
}

// onDisk finds a file that holds a text; "" is none.
func onDisk(t *testing.T, dir, text string) (found string) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		seen += len(b)
		if bytes.Contains(b, []byte(text)) {
			found = path
		}
		return err
	})
	if err != nil || seen == 0 {
		t.Fatal(err, seen)
	}
	return found
}
