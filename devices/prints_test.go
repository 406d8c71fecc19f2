package devices

import (
	"strings"
	"testing"

	"floorline/floor"
)

// Printers are records: made, seen with their line and their stations, changed by who saw them, removed when nobody
// needs them.
func TestPrinterRecords(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	z := newZebra(t)
	made := f.want(201, "PUT", "/api/v1/printers/z1", `{"name":"Zebra","kind":"zpl","address":"`+z.addr+`"}`)
	var v floor.PrinterView
	made.json(t, &v)
	if v.DPI != 203 || strings.Join(v.Uses, " ") != "labels" || v.State != "" {
		t.Errorf("%+v", v)
	}
	tag := f.want(200, "GET", "/api/v1/printers/z1", "").header.Get("ETag")
	f.want(200, "PUT", "/api/v1/printers/z1", `{"name":"Zebra 1","kind":"zpl","address":"`+z.addr+`","dpi":300}`, "If-Match", tag)
	f.want(412, "PUT", "/api/v1/printers/z1", `{"name":"Zebra 2","kind":"zpl","address":"`+z.addr+`"}`, "If-Match", tag)
	f.want(201, "PUT", "/api/v1/printers/laser", `{"kind":"pdf","address":"ipp://192.168.1.60/ipp/print"}`)
	bench := f.pair("bench")
	f.want(200, "PUT", "/api/v1/devices/"+string(bench.id), `{"printer":"z1","documents_printer":"laser"}`)
	f.want(200, "GET", "/api/v1/printers/z1", "").json(t, &v)
	if v.Name != "Zebra 1" || v.DPI != 300 || len(v.Devices) != 1 || v.Devices[0] != bench.id {
		t.Errorf("%+v", v)
	}
	if r := f.want(409, "DELETE", "/api/v1/printers/laser", "", "If-Match", "*"); r.code() != "printer_in_use" {
		t.Errorf("%s", r.body)
	}
	f.want(200, "PUT", "/api/v1/devices/"+string(bench.id), `{"documents_printer":""}`)
	f.want(428, "DELETE", "/api/v1/printers/laser", "")
	f.want(204, "DELETE", "/api/v1/printers/laser", "", "If-Match", "*")
	f.want(404, "GET", "/api/v1/printers/laser", "")
	f.want(404, "DELETE", "/api/v1/printers/laser", "", "If-Match", "*")
}

// Everything that the floor can draw comes out of a label printer or an office printer, and what it cannot is said.
func TestEveryPaper(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	z, o := newZebra(t), newOffice(t)
	f.printer("z1", z.addr, `"kind":"zpl","size":"100x150"`)
	f.laser(o)
	f.packToLabel("z1")
	f.until("the label is out", func() bool { return len(z.labels()) == 1 })
	var codes struct{ Codes []string }
	f.want(201, "POST", "/api/v1/totes", `{"count":1}`).json(t, &codes)
	var parcels struct{ Items []floor.ParcelView }
	f.want(200, "GET", "/api/v1/parcels", "").json(t, &parcels)
	p := parcels.Items[0]
	var bin, item string
	f.k.View(func(st *floor.State) {
		for code := range st.Bins {
			bin = string(code)
		}
		for sku := range st.Items {
			item = string(sku)
		}
	})
	for what, id := range map[string]string{"label": string(p.ID), "bin": bin, "tote": codes.Codes[0], "item": item, "test": ""} {
		before := len(z.labels())
		job := f.askFor(`{"what":"` + what + `","id":"` + id + `","printer":"z1"}`)
		f.comesTo(job.ID, floor.PrintSent, "")
		if got := z.labels(); len(got) != before+1 {
			t.Errorf("%s: %d labels came out", what, len(got)-before)
		}
		job = f.askFor(`{"what":"` + what + `","id":"` + id + `","printer":"laser","copies":2}`)
		f.comesTo(job.ID, floor.PrintSent, "")
	}
	for what, code := range map[string]string{"badge": "badge_once"} {
		if r := f.want(409, "POST", "/api/v1/prints", `{"what":"`+what+`","id":"`+string(p.ID)+`","printer":"laser"}`); r.code() != code {
			t.Errorf("%s: %s", what, r.body)
		}
	}
	if r := f.want(409, "POST", "/api/v1/prints", `{"what":"slip","id":"`+string(p.Order)+`","printer":"z1"}`); r.code() != "wrong_printer" {
		t.Errorf("%s", r.body)
	}
	text := string(f.want(200, "GET", "/metrics", "").body)
	if !strings.Contains(text, `floor_print_jobs{state="sent"}`) || !strings.Contains(text, "floor_printers_in_trouble 0") {
		t.Errorf("%s", text)
	}
}

// A packer prints on the printers there are; only who may set one up names a new address. The same key asks once.
func TestWhoPrintsWhere(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	z, other := newZebra(t), newZebra(t)
	f.printer("z1", z.addr, "")
	f.token("t-packer", floor.RolePacker)
	as := []string{"Authorization", "Bearer t-packer"}
	if r := f.ask("POST", "/api/v1/prints", `{"what":"test","printer":"`+other.addr+`"}`, as...); r.code() != "no_printer" {
		t.Errorf("a packer prints on an address: %d %s", r.status, r.body)
	}
	key := append([]string{"Idempotency-Key", "once"}, as...)
	first := f.ask("POST", "/api/v1/prints", `{"what":"test","printer":"z1"}`, key...)
	again := f.ask("POST", "/api/v1/prints", `{"what":"test","printer":"z1"}`, key...)
	if first.status != 201 || string(again.body) != string(first.body) {
		t.Fatalf("%d %s, then %s", first.status, first.body, again.body)
	}
	f.until("it is out", func() bool { return len(z.labels()) == 1 })
	job := f.askFor(`{"what":"test","printer":"` + other.addr + `"}`)
	f.comesTo(job.ID, floor.PrintSent, "")
	var list struct{ Items []floor.PrinterView }
	f.want(200, "GET", "/api/v1/printers", "").json(t, &list)
	if len(list.Items) != 2 || !list.Items[0].Bare || list.Items[0].State != floor.PrinterReady {
		t.Errorf("%+v", list.Items)
	}
	if n := len(z.labels()); n != 1 {
		t.Errorf("%d labels for one key", n)
	}
}

// What goes abroad with a parcel is printed as its label is; what cannot be drawn yet is refused when it is asked for.
func TestPapersArePrinted(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	z, o := newZebra(t), newOffice(t)
	f.printer("z1", z.addr, `"kind":"zpl","size":"100x150"`)
	f.laser(o)
	f.want(200, "PUT", "/api/v1/site", basel)
	p := packedFor(f, `{"name":"Zofia Wiśniewska","lines":["ul. Długa 7"],"city":"Gdańsk","postcode":"80-827","country":"PL"}`)
	for what, code := range map[string]string{"customs": "customs_incomplete", "invoice": "customs_incomplete", "hazard": "nothing_dangerous"} {
		if r := f.ask("POST", "/api/v1/prints", `{"what":"`+what+`","id":"`+string(p.ID)+`","printer":"laser"}`); r.code() != code {
			t.Errorf("%s: %d %s", what, r.status, r.body)
		}
	}
	f.change("MUG", map[string]any{"customs": map[string]string{"hs_code": "691200", "origin": "PT"},
		"dangerous": map[string]any{"un": "3481", "mode": "lithium", "net_g": 40}})
	for what, printer := range map[string]string{"customs": "laser", "invoice": "laser", "hazard": "z1", "return": "z1"} {
		job := f.askFor(`{"what":"` + what + `","id":"` + p.Tracking + `","printer":"` + printer + `"}`)
		f.comesTo(job.ID, floor.PrintSent, "")
	}
	if n := len(z.labels()); n != 2 {
		t.Errorf("%d labels came out of the label printer", n)
	}
	var on floor.PalletView
	f.want(201, "POST", "/api/v1/pallets", `{"carrier":"swift","tare_g":18000,"place":"STAGE"}`).json(t, &on)
	if r := f.want(409, "POST", "/api/v1/prints", `{"what":"logistics","id":"`+string(on.ID)+`","printer":"z1"}`); r.code() != "pallet_open" {
		t.Errorf("%s", r.body)
	}
}
