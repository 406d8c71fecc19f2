package devices

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"floorline/floor"
	"floorline/floor/fixture"
)

// A day of a real shop goes in by its file: unknown items hold their orders until they exist; the same file
// again changes nothing.
func TestRetailDayImports(t *testing.T) {
	t.Parallel()
	day, err := os.ReadFile(fixture.Path(t, "orders", "uci", "2010-12-01.csv"))
	if err != nil {
		t.Fatal(err)
	}
	f := openFront(t)
	send := func(query string) (v importView) {
		f.want(200, "POST", "/api/v1/imports?format=csv"+query, string(day), "Content-Type", "text/csv").json(t, &v)
		return v
	}
	if v := send("&dry_run=true"); v.Created != 136 || v.Rejected != 0 || f.count() != 0 {
		t.Fatalf("a dry run tells and does nothing: %+v", v.Created)
	}
	v := send("")
	if v.Created != 136 || v.Updated+v.Rejected != 0 || len(v.Notes) == 0 {
		t.Fatalf("%d created, %d updated, %d rejected, %d notes: %v", v.Created, v.Updated, v.Rejected, len(v.Notes), v.Errors)
	}
	f.k.View(func(s *floor.State) {
		for _, o := range s.Orders {
			if o.Status != floor.OrderHeld {
				t.Errorf("%s is %s although nobody knows its items", o.ExternalID, o.Status)
			}
		}
	})
	if v := send(""); v.Created+v.Updated+v.Rejected != 0 {
		t.Fatalf("the same file again: %d created, %d updated, %d rejected", v.Created, v.Updated, v.Rejected)
	}
	if v := send("&create_items=true"); v.Created+v.Updated != 0 {
		t.Fatalf("%+v", v)
	}
	f.k.View(func(s *floor.State) {
		for _, o := range s.Orders {
			if o.Status == floor.OrderHeld && o.HoldReason == floor.HoldUnknownItem {
				t.Errorf("%s is still held", o.ExternalID)
			}
		}
	})
	if left, _ := filepath.Glob(filepath.Join(f.dir, "imports", "*")); len(left) != 0 {
		t.Errorf("files of done imports are left: %v", left)
	}
}

func (f *front) count() (n int) {
	f.k.View(func(s *floor.State) { n = len(s.Orders) })
	return n
}

// Bad rows are named with their line; none of them goes in by half, and the rest goes in.
func TestBadRows(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	csv := "channel,external_id,name,country,sku,qty\n" +
		"shop,1,Anna,DE,MUG,2\n" +
		"shop,2,Bert,DE,MUG,0\n" +
		"shop,2,Bert,DE,MUG,1\n" +
		"shop,3,Carl,DE,MUG,x\n" +
		"shop,4,Dora,DE,MUG,1\n"
	var v importView
	f.want(200, "POST", "/api/v1/imports?format=csv", csv, "Content-Type", "text/csv").json(t, &v)
	if v.Created != 2 || v.Rejected != 2 || f.count() != 2 {
		t.Fatalf("%+v", v)
	}
	rows := map[int]bool{}
	for _, e := range v.Errors {
		rows[e.Row] = true
	}
	if !rows[3] || !rows[5] {
		t.Fatalf("the lines are named: %+v", v.Errors)
	}
	var items importView
	f.want(200, "POST", "/api/v1/imports/items", "sku,name,weight_g\nA,Apple,100\nB,,100\nC,Cup,-5\n", "Content-Type", "text/csv").json(t, &items)
	if items.Created != 1 || items.Rejected != 2 {
		t.Fatalf("%+v", items)
	}
	f.want(422, "POST", "/api/v1/imports?format=excel", "x", "Content-Type", "text/csv")
	f.want(400, "POST", "/api/v1/imports?format=csv", "")
	f.want(404, "POST", "/api/v1/imports/people", "x", "Content-Type", "text/csv")
	for _, kind := range []string{"items", "bins", "stock", "orders"} {
		r := f.want(200, "GET", "/api/v1/templates/"+kind+".csv", "")
		if kind != "orders" && kind != "stock" {
			f.want(200, "POST", "/api/v1/imports/"+kind+"?dry_run=true", string(r.body), "Content-Type", "text/csv")
		}
	}
}

func TestShopifyFileAndHooks(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	file, err := os.ReadFile(fixture.Path(t, "ecom", "shopify", "py_order.json"))
	if err != nil {
		t.Fatal(err)
	}
	var v importView
	f.want(200, "POST", "/api/v1/imports?format=shopify", string(file)).json(t, &v)
	if v.Created != 1 {
		t.Fatalf("%+v", v)
	}
	raw, err := os.ReadFile(fixture.Path(t, "ecom", "hmac_vectors.json"))
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Platform, Header, Secret, Body, Signature string
		Valid                                     bool
	}
	if err := json.Unmarshal(raw, &vectors); err != nil {
		t.Fatal(err)
	}
	for i, x := range vectors {
		if got := signed(x.Secret, []byte(x.Body), x.Signature); got != x.Valid && x.Body != "" {
			t.Errorf("vector %d: %v", i, got)
		}
	}
	f.want(401, "POST", "/hooks/shopify", string(file), "X-Shopify-Hmac-Sha256", "AAAA", "Authorization", "")
	before := f.count()
	f.want(201, "PUT", "/api/v1/channels/shopify", `{"platform":"shopify","secret":"hush"}`)
	f.want(401, "POST", "/hooks/shopify", string(file), "X-Shopify-Hmac-Sha256", "AAAA", "Authorization", "")
	if f.count() != before {
		t.Fatal("what is not signed is not stored")
	}
}

// A parcel's label: the same bytes twice, and paper that scans as the parcel's numbers.
func TestLabelScansAsItsParcel(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	var o floor.OrderView
	f.want(201, "POST", "/api/v1/orders", orderBodyOf("L")).json(t, &o)
	f.want(201, "POST", "/api/v1/waves", `{"orders":["`+string(o.ID)+`"]}`)
	hand, bench := f.pair("handheld"), f.pair("bench")
	hand.hello("")
	bench.hello("")
	hand.expect(hand.scan(f.worker("Mia", "picker", "")), "signed_in")
	hand.follow(hand.send(`"type":"do","action":"start","args":{"job":"pick"}`))
	bench.expect(bench.scan(f.worker("Ben", "packer", "")), "signed_in")
	bench.follow(bench.send(`"type":"do","action":"start","args":{"job":"pack"}`))
	f.want(200, "GET", "/api/v1/orders/"+string(o.ID), "").json(t, &o)
	p := o.Parcels[0]
	path := "/api/v1/parcels/" + p.Tracking + "/label.pdf"
	pdf := f.want(200, "GET", path, "", "Authorization", "Bearer "+bench.token).body
	if string(pdf) != string(f.want(200, "GET", "/api/v1/parcels/"+string(p.ID)+"/label.pdf", "").body) {
		t.Fatal("the same label is the same bytes")
	}
	if zpl := string(f.want(200, "GET", "/api/v1/parcels/"+string(p.ID)+"/label.zpl", "").body); !strings.HasPrefix(zpl, "^XA") {
		t.Fatalf("%.40s", zpl)
	}
	for _, doc := range []string{"/api/v1/orders/" + string(o.ID) + "/slip.pdf", "/api/v1/picklists/" + picklistOf(f) + ".pdf",
		"/api/v1/labels/bins.pdf", "/api/v1/labels/totes.pdf", "/api/v1/labels/items.pdf"} {
		if b := f.want(200, "GET", doc, "").body; !strings.HasPrefix(string(b), "%PDF") {
			t.Errorf("%s is no PDF", doc)
		}
	}
	read := scanPDF(t, pdf)
	for _, want := range []string{p.Tracking, p.SSCC} {
		if !strings.Contains(read, want) {
			t.Errorf("the label does not scan as %s: %s", want, read)
		}
	}
}

func picklistOf(f *front) (id string) {
	f.k.View(func(s *floor.State) {
		for k := range s.PickLists {
			id = string(k)
		}
	})
	return id
}

// scanPDF prints a page at 203 dpi and reads it with a reader that is not ours.
func scanPDF(t *testing.T, pdf []byte) string {
	t.Helper()
	for _, tool := range []string{"pdftoppm", "zbarimg"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatalf("%s is missing", tool)
			}
			t.Skipf("%s is missing: make tools", tool)
		}
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "l.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("pdftoppm", "-r", "203", "-png", file, filepath.Join(dir, "l")).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	pages, _ := filepath.Glob(filepath.Join(dir, "l*.png"))
	out, err := exec.Command("zbarimg", append([]string{"-q"}, pages...)...).Output()
	if err != nil {
		t.Fatalf("nothing on the label scans: %v", err)
	}
	return string(out)
}

// A station with a printer: its label goes there by itself, and scanning it proves the print.
func TestStationPrints(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	printed := make(chan string, 4)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			b, _ := io.ReadAll(c)
			c.Close()
			printed <- string(b)
		}
	}()
	var o floor.OrderView
	f.want(201, "POST", "/api/v1/orders", orderBodyOf("P")).json(t, &o)
	f.want(201, "POST", "/api/v1/waves", `{"orders":["`+string(o.ID)+`"]}`)
	hand, bench := f.pair("handheld"), f.pair("bench")
	f.want(200, "PUT", "/api/v1/devices/"+string(bench.id), `{"printer":"`+l.Addr().String()+`"}`)
	f.want(422, "PUT", "/api/v1/devices/"+string(bench.id), `{"printer":"8.8.8.8:9100"}`)
	hand.hello("")
	bench.hello("")
	hand.scan(f.worker("Mia", "picker", ""))
	hand.follow(hand.send(`"type":"do","action":"start","args":{"job":"pick"}`))
	bench.scan(f.worker("Ben", "packer", ""))
	proof := bench.followTo("label", bench.send(`"type":"do","action":"start","args":{"job":"pack"}`))
	select { // a label scanned before it was sent needs no printing any more
	case zpl := <-printed:
		if !strings.Contains(zpl, "^XA") || !strings.Contains(zpl, "FL0") {
			t.Fatalf("%.80s", zpl)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("nothing was printed")
	}
	bench.follow(proof)
	deadline := time.Now().Add(5 * time.Second)
	for {
		var list struct{ Items []struct{ Status string } }
		f.want(200, "GET", "/api/v1/prints", "").json(t, &list)
		if len(list.Items) == 1 && list.Items[0].Status == floor.PrintProved {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%+v", list)
		}
	}
}

// The demo: what was promised is there, and it fills nothing that is not empty.
func TestDemo(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	before := f.k.Head()
	if err := FillDemo(f.k, f.dir); err != nil || f.k.Head() != before {
		t.Fatalf("a demo changes nothing where something is: %v", err)
	}
	f.want(409, "POST", "/api/v1/demo/reset", "{}")
	f.want(409, "GET", "/api/v1/demo/sheet.pdf", "")

	dir := t.TempDir()
	d := openFrontAt(t, dir, func(o *Options) {
		if err := FillDemo(o.Keeper, dir); err != nil {
			t.Fatal(err)
		}
	})
	d.k.View(func(s *floor.State) {
		bins := 0
		for _, b := range s.Bins {
			if b.BinKind == "pick" || b.BinKind == "reserve" {
				bins++
			}
		}
		if len(s.Items) != 200 || bins != 120 || len(s.Orders) != 40 || len(s.Workers) != 4 || len(s.Devices) != 4 || !s.Site.Demo {
			t.Errorf("%d items, %d bins, %d orders, %d workers, %d devices", len(s.Items), bins, len(s.Orders), len(s.Workers), len(s.Devices))
		}
	})
	if b := d.want(200, "GET", "/api/v1/demo/sheet.pdf", "").body; !strings.HasPrefix(string(b), "%PDF") {
		t.Error("the sheet is no PDF")
	}
	w := d.want(201, "POST", "/api/v1/waves", `{"filter":{},"method":"cluster","max_orders":4}`)
	var wave floor.WaveView
	w.json(t, &wave)
	if len(wave.Orders) != 40 || len(wave.Short) != 0 {
		t.Errorf("every demo order can be picked: %d orders, short %v", len(wave.Orders), wave.Short)
	}
}

// The descriptions are of this server: every route is in them, and the page is readable.
func TestDescriptions(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	var api struct {
		OpenAPI string
		Paths   map[string]map[string]any
	}
	f.want(200, "GET", "/api/openapi.json", "", "Authorization", "").json(t, &api)
	for _, r := range f.s.routes() {
		if api.Paths[pathParam.ReplaceAllString(r.path, "{$1}")][strings.ToLower(r.method)] == nil {
			t.Errorf("%s %s is not described", r.method, r.path)
		}
	}
	for _, path := range []string{"/api/asyncapi.json", "/api/docs", "/healthz", "/readyz", "/metrics"} {
		if len(f.want(200, "GET", path, "", "Authorization", "").body) == 0 {
			t.Errorf("%s is empty", path)
		}
	}
	if len(fmt.Sprint(api.OpenAPI)) == 0 {
		t.Error("no version")
	}
}
