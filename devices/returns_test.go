package devices

import (
	"strings"
	"testing"

	"floorline/floor"
)

// sentOut brings an order out of the house by plain clients, and gives it as it is then.
func (f *front) sentOut(ext string) (order floor.OrderView) {
	f.t.Helper()
	f.want(201, "POST", "/api/v1/orders", orderBodyOf(ext)).json(f.t, &order)
	f.want(201, "POST", "/api/v1/waves", `{"orders":["`+string(order.ID)+`"]}`)
	for _, step := range [][3]string{{"handheld", "picker", "pick"}, {"bench", "packer", "pack"}, {"dock", "picker", "load"}} {
		d := f.pair(step[0])
		d.hello("")
		d.scan(f.worker(step[0]+ext, step[1], ""))
		d.follow(d.send(`"type":"do","action":"start","args":{"job":"` + step[2] + `"}`))
	}
	f.want(200, "GET", "/api/v1/orders/"+string(order.ID), "").json(f.t, &order)
	return order
}

// A return over the wire: announced by API, found at the bench by the parcel it came in, judged by a client that only
// follows what is wanted, and paid within who may; the label's code is the return's.
func TestReturnOverTheWire(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	f.do(floor.SaveBin{Bin: floor.Bin{Code: "BACK", BinKind: "returns"}})
	order := f.sentOut("1")
	body := `{"order":"` + string(order.ID) + `","lines":[{"sku":"MUG","qty":2,"reason":"changed_mind"}],"wanted":"refund"}`
	var r floor.ReturnView
	first := f.want(201, "POST", "/api/v1/returns", body, "Idempotency-Key", "k")
	first.json(t, &r)
	if again := f.want(201, "POST", "/api/v1/returns", body, "Idempotency-Key", "k"); string(again.body) != string(first.body) {
		t.Error("a repeat is answered otherwise")
	}
	f.want(422, "POST", "/api/v1/returns", body)
	t.Run("label", func(t *testing.T) {
		if read := scanPDF(t, f.want(200, "GET", r.Label, "").body); !strings.Contains(read, r.Code) || r.Code != string(r.ID) {
			t.Errorf("the label %s reads %q", r.Label, read)
		}
		f.do(floor.SaveSite{Site: floor.Site{Name: "House"}}) // it has not said where it is
		if read := scanPDF(t, f.want(200, "GET", r.Label, "").body); !strings.Contains(read, r.Code) {
			t.Errorf("the label of a house without an address reads %q", read)
		}
	})
	f.want(404, "GET", "/api/v1/returns/RT-9", "")
	f.want(404, "GET", "/api/v1/returns/RT-9/label.pdf", "")

	d := f.pair("returns")
	d.hello("")
	d.scan(f.worker("Ira", "inspector", ""))
	d.follow(d.expect(d.scan(order.Parcels[0].Tracking), "opened"))
	f.want(200, "GET", "/api/v1/returns/"+string(r.ID), "").json(t, &r)
	if r.Status != floor.ReturnClosed || r.Settlement.Status != floor.MoneyProposed || r.Settlement.AmountCents != 2*1290-500 || r.CostCents != 600 {
		t.Fatalf("%+v", r)
	}
	f.token("ira", floor.RoleInspector)
	settle := "/api/v1/returns/" + string(r.ID) + "/settle"
	f.want(403, "POST", settle, `{"verb":"approve"}`, "Authorization", "Bearer ira")
	f.want(422, "POST", settle, `{"verb":"approve","outcome":"partial","amount_cents":2581}`)
	f.want(200, "POST", settle, `{"verb":"approve","outcome":"partial","amount_cents":2580}`)
	f.want(200, "POST", settle, `{"verb":"send"}`)
	f.want(409, "POST", settle, `{"verb":"refuse"}`)
	if got := f.want(200, "GET", "/api/v1/returns?status=sent", "").body; !strings.Contains(string(got), string(r.ID)) {
		t.Errorf("%s", got)
	}

	f.want(201, "POST", "/api/v1/returns", `{"lines":[{"sku":"MUG","qty":1}]}`).json(t, &r)
	f.want(200, "POST", "/api/v1/returns/"+string(r.ID)+"/refuse", `{"reason":"soaked"}`)
	f.want(409, "POST", "/api/v1/returns/"+string(r.ID)+"/cancel", "")
	var rep floor.ReturnReport
	f.want(200, "GET", "/api/v1/returns/report?days=7", "").json(t, &rep)
	if len(rep.By["item"]) != 1 || rep.By["item"][0].Units != 2 || rep.By["item"][0].Asked != 2 {
		t.Errorf("%+v", rep)
	}
	f.want(422, "GET", "/api/v1/returns/report?days=0", "")
	policy := f.want(200, "GET", "/api/v1/returns/policy", "").body
	f.want(200, "PUT", "/api/v1/returns/policy", string(policy))
	f.want(422, "PUT", "/api/v1/returns/policy", `{"trees":[{"questions":[{"id":"a","text":"?","yes":"a","no":"B"}]}]}`)
}

// Return authorisations come in by a table: what was not sent is refused by its row, the rest goes in, and the same file
// again changes nothing.
func TestReturnsByTable(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	f.sentOut("10")
	table := "return,order,channel,sku,qty,reason,wanted\nR1,10,web,MUG,1,damaged,refund\nR2,10,web,MUG,2,late,refund\nR3,11,web,MUG,1,,\nR4,,,MUG,1,,replacement\n"
	v := f.send("/returns?dry_run=true", table)
	if v.Created != 3 || v.Rejected != 1 { // told before any is there: R2 alone would fit
		t.Errorf("%+v", v)
	}
	if v := f.send("/returns", table); v.Created != 2 || v.Rejected != 2 || v.Errors[0].Row != 3 || v.Errors[0].Code != "more_than_sent" || v.Errors[1].Code != "unknown_order" {
		t.Errorf("%+v", v)
	}
	if v := f.send("/returns", table); v.Created != 0 || v.Unchanged != 2 {
		t.Errorf("%+v", v)
	}
}
