package devices

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"floorline/floor"
)

// packedFor has the house of the tests send a mug to somebody, up to the proved label.
func packedFor(f *front, shipTo string) floor.ParcelView {
	f.t.Helper()
	var o floor.OrderView
	f.want(201, "POST", "/api/v1/orders", `{"channel":"shop","external_id":"1","ship_to":`+shipTo+`,"service":"standard","currency":"CHF","lines":[{"sku":"MUG","qty":1,"price_cents":1490}]}`).json(f.t, &o)
	f.want(201, "POST", "/api/v1/waves", `{"orders":["`+string(o.ID)+`"]}`)
	for _, step := range [][3]string{{"handheld", "picker", "pick"}, {"bench", "packer", "pack"}} {
		d := f.pair(step[0])
		d.hello("")
		d.scan(f.worker(step[0], step[1], ""))
		d.follow(d.send(`"type":"do","action":"start","args":{"job":"` + step[2] + `"}`))
	}
	f.want(200, "GET", "/api/v1/orders/"+string(o.ID), "").json(f.t, &o)
	var p floor.ParcelView
	f.want(200, "GET", "/api/v1/parcels/"+string(o.Parcels[0].ID), "").json(f.t, &p)
	return p
}

func (f *front) papers(p floor.ParcelView) (kinds []string) {
	f.t.Helper()
	var v parcelWithPapers
	f.want(200, "GET", "/api/v1/parcels/"+string(p.ID), "").json(f.t, &v)
	for _, x := range v.Papers {
		kinds = append(kinds, strings.TrimSpace(x.Kind+" "+x.Form))
		if x.URL != "" {
			if b := f.want(200, "GET", x.URL, "").body; !strings.HasPrefix(string(b), "%PDF") {
				f.t.Errorf("%s is no PDF: %.80s", x.URL, b)
			}
		}
	}
	return kinds
}

const basel = `{"name":"Basel","currency":"CHF","eori":"CHE123456789","address":{"name":"House","lines":["Hallenweg 12"],"city":"Basel","postcode":"4051","country":"CH"}}`

// A parcel that crosses a border is told what its papers lack; once that is there, they are printed, and the
// parcel says which it needs.
func TestPapersAbroad(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	f.want(200, "PUT", "/api/v1/site", basel)
	p := packedFor(f, `{"name":"Zofia Wiśniewska","lines":["ul. Długa 7"],"city":"Gdańsk","postcode":"80-827","country":"PL"}`)
	at := "/api/v1/parcels/" + p.Tracking
	var lacks struct {
		Code   string
		Errors []floor.Fault
	}
	f.want(409, "GET", at+"/customs.pdf", "").json(t, &lacks)
	if lacks.Code != "customs_incomplete" || len(lacks.Errors) != 2 || lacks.Errors[0].Pointer != "/items/MUG/customs/hs_code" || lacks.Errors[1].Pointer != "/items/MUG/customs/origin" {
		t.Fatalf("%+v", lacks)
	}
	f.want(409, "GET", at+"/invoice.pdf", "")
	f.want(404, "GET", at+"/hazard.pdf", "")
	f.change("MUG", map[string]any{"customs": map[string]string{"hs_code": "691200", "origin": "PT"},
		"dangerous": map[string]any{"un": "3481", "mode": "lithium", "net_g": 40}})
	if got := f.papers(p); !slices.Equal(got, []string{"label", "slip", "customs CN22", "hazard battery"}) {
		t.Errorf("%q", got)
	}
	for _, path := range []string{"/customs.zpl", "/hazard.zpl", "/return.zpl"} {
		if b := f.want(200, "GET", at+path, "").body; !strings.HasPrefix(string(b), "^XA") {
			t.Errorf("%s: %.60s", path, b)
		}
	}
	if read := scanPDF(t, f.want(200, "GET", at+"/return.pdf", "").body); !strings.Contains(read, string(p.Order)) {
		t.Errorf("the return label says %q and not %s", read, p.Order)
	}
	if read := scanPDF(t, f.want(200, "GET", at+"/customs.pdf", "").body); !strings.Contains(read, p.Tracking) {
		t.Errorf("the declaration says %q and not %s", read, p.Tracking)
	}
	f.want(200, "GET", at+"/invoice.pdf", "")
}

// At home no customs want to hear of a parcel; a limited quantity asks for a large mark, and for a small one only
// where somebody says that the package is small.
func TestPapersAtHome(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	f.want(200, "PUT", "/api/v1/site", basel)
	f.change("MUG", map[string]any{"dangerous": map[string]any{"un": "1950", "class": "2.1", "mode": "limited_quantity"}})
	p := packedFor(f, `{"name":"Mia","lines":["Bahnhofstrasse 1"],"city":"Zürich","postcode":"8001","country":"CH"}`)
	at := "/api/v1/parcels/" + string(p.ID)
	for _, path := range []string{"/customs.pdf", "/customs.zpl", "/invoice.pdf"} {
		if b := f.want(404, "GET", at+path, "").body; !strings.Contains(string(b), "customs_not_needed") {
			t.Errorf("%s: %s", path, b)
		}
	}
	if got := f.papers(p); !slices.Equal(got, []string{"label", "slip", "hazard limited_quantity"}) {
		t.Errorf("%q", got)
	}
	f.want(422, "GET", at+"/hazard.pdf?size=4x6", "")
	f.want(200, "GET", at+"/hazard.pdf?size=4x6&small=true&air=true", "")
	f.want(404, "GET", at+"/hazard.pdf?mark=battery", "")
	f.change("MUG", map[string]any{"dangerous": map[string]any{"un": "1203", "class": "3", "mode": "full"}})
	if b := f.want(409, "GET", at+"/hazard.pdf", "").body; !strings.Contains(string(b), "fully_regulated") {
		t.Errorf("%s", b)
	}
	f.want(404, "GET", "/api/v1/parcels/P-NONE/return.pdf", "")
}

// change sets keys of an item and leaves the others.
func (f *front) change(sku string, keys map[string]any) {
	f.t.Helper()
	var it map[string]any
	f.want(200, "GET", "/api/v1/items/"+sku, "").json(f.t, &it)
	for k, v := range keys {
		it[k] = v
	}
	b, err := json.Marshal(it)
	if err != nil {
		f.t.Fatal(err)
	}
	f.want(200, "PUT", "/api/v1/items/"+sku, string(b))
}

// The columns of customs and dangerous goods come in by the file; what is wrong is named by its line.
func TestItemsFileSaysCustoms(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	v := f.send("/items", "sku,name,weight_g,hs_code,country_of_origin,un,hazard_mode,hazard_class,net_ml\n"+
		"LAMP,Lamp,300,9405.11,Portugal,UN3481,lithium,,\nSPRAY,Spray,200,3307.49,DE,1950,limited_quantity,2.1,150\nBAD,Bad,1,12,DE,,,,\nWORSE,Worse,1,,DE,1950,sideways,,\n")
	if v.counts() != [4]int{2, 0, 0, 2} || v.Errors[0].Row != 4 || v.Errors[1].Row != 5 {
		t.Fatalf("%v %+v", v.counts(), v.Errors)
	}
	f.k.View(func(st *floor.State) {
		if it := st.Items["LAMP"]; it.Customs != (floor.ItemCustoms{HSCode: "940511", Origin: "PT"}) || it.Dangerous != (floor.Dangerous{UN: "3481", Mode: "lithium"}) {
			t.Errorf("%+v %+v", it.Customs, it.Dangerous)
		}
	})
}

// A count sheet names its bins or finds them, says what is unknown, and is blind.
func TestCountSheet(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	read := scanPDF(t, f.want(200, "GET", "/api/v1/labels/countsheet.pdf?bins=A-01", "").body)
	if !strings.Contains(read, floor.BinLabel("A-01")) {
		t.Errorf("scanned %q", read)
	}
	f.want(200, "GET", "/api/v1/labels/countsheet.pdf?q=a-&expected=true&size=a5", "")
	if b := f.want(404, "GET", "/api/v1/labels/countsheet.pdf?bins=A-01,Z-99,Z-98", "").body; !strings.Contains(string(b), "Z-98") || !strings.Contains(string(b), "Z-99") {
		t.Errorf("%s", b)
	}
	f.want(404, "GET", "/api/v1/labels/countsheet.pdf?q=nowhere", "")
	f.k.View(func(st *floor.State) {
		if lines := countLines(st, "A-01", false); len(lines) == 0 || lines[0].Expected != nil || lines[0].SKU == "" {
			t.Errorf("%+v", lines)
		}
		if lines := countLines(st, "A-01", true); lines[0].Expected == nil || *lines[0].Expected == 0 {
			t.Errorf("%+v", lines)
		}
	})
}

// A sheet of which some labels are used goes on after them.
func TestSheetsSkipUsedLabels(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	whole := f.want(200, "GET", "/api/v1/labels/bins.pdf", "").body
	later := f.want(200, "GET", "/api/v1/labels/bins.pdf?skip=3", "").body
	if string(whole) == string(later) {
		t.Error("skipping three labels changes nothing")
	}
	f.want(422, "GET", "/api/v1/labels/bins.pdf?skip=-1", "")
	f.want(422, "GET", "/api/v1/labels/bins.pdf?skip=x", "")
	f.want(422, "GET", "/api/v1/labels/bins.pdf?skip=399", "")
}

// A carton whose every face is too small has the reduced mark; one of unknown size has not, and one large face is
// enough for the full one.
func TestCartonDecidesTheSizeOfMarks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		outer []int64
		mark  string
		small bool
	}{
		{[]int64{200, 150, 60}, "battery", false}, {[]int64{200, 99, 99}, "battery", true}, {[]int64{90, 200, 100}, "battery", false},
		{[]int64{300, 141, 141}, "limited_quantity", true}, {[]int64{300, 142, 20}, "limited_quantity", false},
		{nil, "battery", false}, {[]int64{50, 50, 50}, "excepted_quantity", false}, // which has no reduced size
	} {
		if got := smallFor(&floor.Carton{OuterMM: c.outer}, c.mark); got != c.small {
			t.Errorf("%v for %s: small %v", c.outer, c.mark, got)
		}
	}
	if smallFor(nil, "battery") {
		t.Error("a parcel without a carton is not known to be small")
	}
}
