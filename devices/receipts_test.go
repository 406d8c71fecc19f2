package devices

import (
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"floorline/floor"
)

// door sets up a place where goods come in, an item by lot, and what was bought of it.
func (f *front) door() floor.PurchaseOrderID {
	f.t.Helper()
	f.do(floor.SaveBin{Bin: floor.Bin{Code: "DOCK-1", BinKind: "dock"}})
	f.do(floor.SaveItem{Item: floor.Item{SKU: "TEA", Name: "Earl Grey, loose leaf", Tracking: "lot", Expiry: true, WeightG: 250, Barcodes: []floor.Barcode{{Code: demoEAN(2), Qty: 1}}}})
	var po floor.PurchaseOrderView
	f.want(201, "POST", "/api/v1/purchases", `{"external_id":"4711","supplier":"Tea House","lines":[{"sku":"TEA","qty":12},{"sku":"MUG","qty":4}]}`).json(f.t, &po)
	return po.ID
}

// matrixOn reads the DataMatrix of a page with a reader that is not ours; group separators come out as they are.
func matrixOn(t *testing.T, pdf []byte) string {
	t.Helper()
	if _, err := exec.LookPath("dmtxread"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("dmtxread is missing")
		}
		t.Skip("dmtxread is missing: make tools")
	}
	file := filepath.Join(t.TempDir(), "l.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	page := strings.TrimSuffix(file, ".pdf")
	if out, err := exec.Command("pdftoppm", "-r", "300", "-png", "-f", "1", "-l", "1", "-singlefile", file, page).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	out, err := exec.Command("dmtxread", "-G", "29", "-N1", "-m", "8000", page+".png").Output()
	if err != nil {
		t.Fatalf("nothing on the label scans: %v", err)
	}
	return strings.TrimPrefix(string(out), "\x1d")
}

// What comes in is labelled where it is counted, on the station's own printer; what the label reads is what the next scan
// carries: item, lot and expiry day. A pallet gets an SSCC of ours, and its label puts all of it away.
func TestLabelsOfAReceipt(t *testing.T) {
	t.Parallel()
	f, z := openPrints(t), newZebra(t)
	f.printer("DOCK", z.addr, "")
	po := f.door()
	hand := f.pair("handheld")
	f.want(200, "PUT", "/api/v1/devices/"+string(hand.id), `{"printer":"DOCK"}`)
	hand.hello("")
	hand.expect(hand.scan(f.worker("Mia", "picker", "")), "signed_in")
	hand.send(`"type":"do","action":"start","args":{"job":"receive","id":"` + string(po) + `"}`)
	hand.expect(hand.scan("]d2010"+demoEAN(2)+"17310531"+"10L7"), "received")
	hand.expect(hand.send(`"type":"do","action":"qty","args":{"qty":11}`), "received")
	hand.expect(hand.send(`"type":"do","action":"labels","args":{}`), "labels_printing")
	hand.expect(hand.send(`"type":"do","action":"label_pallet","args":{}`), "pallet_label_printing")
	hand.expect(hand.send(`"type":"do","action":"labels","args":{"qty":3}`), "no_such_action") // the pallet was the last step
	f.until("both are printed", func() bool { return len(z.labels()) == 2 })
	if label := z.labels()[0]; strings.Count(label, "^XA") != 1 || !strings.Contains(label, "^PQ12\n^XZ") {
		t.Errorf("twelve labels of one drawing: %.60s … %q", label, label[max(len(label)-40, 0):])
	}

	var list struct{ Items []floor.ReceiptView }
	f.want(200, "GET", "/api/v1/receipts?status=open", "").json(t, &list)
	if len(list.Items) != 1 || list.Items[0].External != "4711" || list.Items[0].Lines[0].Labels != 12 || len(list.Items[0].Pallets) != 1 {
		t.Fatalf("%+v", list.Items)
	}
	r := list.Items[0]
	pdf := f.want(200, "GET", "/api/v1/receipts/"+string(r.ID)+"/labels.pdf?sku=TEA&size=100x50", "").body
	code := matrixOn(t, pdf)
	if want := "010" + demoEAN(2) + "17310531" + "10L7"; code != want {
		t.Fatalf("the label reads %q, want %q", code, want)
	}
	sscc := r.Pallets[0].SSCC
	read := scanPDF(t, f.want(200, "GET", "/api/v1/receipts/"+string(r.ID)+"/pallets/"+sscc+"/label.pdf", "").body)
	for _, want := range []string{"00" + sscc, "020" + demoEAN(2), "3712", "10L7", "17310531"} {
		if !strings.Contains(read, want) {
			t.Errorf("the pallet's label does not scan as %s: %s", want, read)
		}
	}
	f.want(404, "GET", "/api/v1/receipts/"+string(r.ID)+"/labels.pdf?sku=NONE", "")
	f.want(404, "GET", "/api/v1/receipts/RC-9/labels.pdf", "")
	f.want(404, "GET", "/api/v1/receipts/RC-9/pallets/"+sscc+"/label.pdf", "")
	f.askFor(`{"what":"logistics","id":"` + sscc + `","printer":"DOCK"}`)

	hand.send(`"type":"do","action":"finish","args":{}`)
	hand.expect(hand.send(`"type":"do","action":"answer","args":{"ask":"rest","value":"later"}`), "receipt_done")
	hand.expect(hand.scan("]C100"+sscc), "opened")
	hand.expect(hand.scan("]d2"+code), "scan_bin") // one unit, by the label that was printed
	hand.send(`"type":"do","action":"undo","args":{}`)
	v := hand.scan("]C100" + sscc) // all of the pallet
	hand.expect(v, "scan_bin")
	if show := inside(v, "next", "show"); show["qty"] != 12.0 || show["lot"] != "L7" || show["expiry"] != "2031-05-31" {
		t.Errorf("in the hand: %+v", show)
	}
	want := inside(v, "next")["want"].([]any)[0].(map[string]any)
	hand.expect(hand.scan(want["code"].(string)), "put_away_done")
	var in goodsInView
	f.want(200, "GET", "/api/v1/goods-in", "").json(t, &in)
	if len(in.Standing) != 0 || len(in.DockToStock) != 1 || in.DockToStock[0].N != 12 {
		t.Errorf("%+v", in)
	}
}

// A lot too long for the bars of a label of 4 by 6 inches stands on it in words; its SSCC scans all the same.
func TestAPalletWithALongLot(t *testing.T) {
	t.Parallel()
	f, z := openPrints(t), newZebra(t)
	f.printer("DOCK", z.addr, "")
	f.door()
	hand := f.pair("handheld")
	f.want(200, "PUT", "/api/v1/devices/"+string(hand.id), `{"printer":"DOCK"}`)
	hand.hello("")
	hand.expect(hand.scan(f.worker("Mia", "picker", "")), "signed_in")
	hand.send(`"type":"do","action":"start","args":{"job":"receive","id":"blind"}`)
	hand.expect(hand.scan("]d2010"+demoEAN(2)+"17310531"+"10A1b2C3d4E5f6G7h8I9j0"), "received")
	hand.expect(hand.send(`"type":"do","action":"label_pallet","args":{}`), "pallet_label_printing")
	f.until("it is printed", func() bool { return len(z.labels()) == 1 })
	var list struct{ Items []floor.ReceiptView }
	f.want(200, "GET", "/api/v1/receipts", "").json(t, &list)
	sscc := list.Items[0].Pallets[0].SSCC
	if read := scanPDF(t, f.want(200, "GET", "/api/v1/receipts/"+string(list.Items[0].ID)+"/pallets/"+sscc+"/label.pdf", "").body); !strings.Contains(read, "00"+sscc) {
		t.Errorf("it scans as %s", read)
	}
}

// The house's word for goods in: set by leads, kept when the site is saved.
func TestGoodsInRule(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	f.want(422, "PUT", "/api/v1/goods-in/rule", `{"labels":"some"}`)
	f.want(200, "PUT", "/api/v1/goods-in/rule", `{"labels":"lot","blind":true}`)
	f.want(200, "PUT", "/api/v1/site", `{"name":"House"}`)
	var in goodsInView
	f.want(200, "GET", "/api/v1/goods-in", "").json(t, &in)
	if in.Rule != (floor.Receiving{Labels: "lot", Blind: true}) {
		t.Errorf("%+v", in.Rule)
	}
}

// An adjustment of a person beyond the limit waits and says so; a system's and a small one are as ever. Another lead's word
// makes it, by name alone.
func TestAdjustmentsOfTwoPeople(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	ana, anaID := f.signIn("Ana", "lead")
	ben, _ := f.signIn("Ben", "lead")
	f.want(200, "PUT", "/api/v1/stock/adjustments/rule", `{"limit_units":10}`)
	f.want(422, "PUT", "/api/v1/stock/adjustments/rule", `{"limit_units":-1}`)
	adjust := func(status int, qty, cookie string) (v adjustedView) {
		t.Helper()
		body := `{"bin":"A-01","sku":"MUG","qty":` + qty + `,"reason":"damaged"}`
		headers := []string{"Authorization", "", "Cookie", cookie, "Origin", "http://" + f.addr}
		if cookie == "" {
			headers = nil
		}
		f.want(status, "POST", "/api/v1/stock/adjustments", body, headers...).json(t, &v)
		return v
	}
	if v := adjust(201, "-20", ""); v.Rows[0].OnHand != 480 || v.Waiting != nil {
		t.Fatalf("a system's: %+v", v)
	}
	if v := adjust(201, "-10", ana); v.Rows[0].OnHand != 470 {
		t.Fatalf("a small one: %+v", v)
	}
	v := adjust(202, "-11", ana)
	if v.Rows[0].OnHand != 470 || v.Waiting == nil || string(v.Waiting.AskedBy) != anaID {
		t.Fatalf("a large one: %+v", v)
	}
	path := "/api/v1/stock/adjustments/" + string(v.Waiting.ID) + "/judge"
	judge := func(status int, body, cookie string) reply {
		t.Helper()
		if cookie == "" {
			return f.want(status, "POST", path, body)
		}
		return f.want(status, "POST", path, body, "Authorization", "", "Cookie", cookie, "Origin", "http://"+f.addr)
	}
	for _, no := range []struct{ cookie, code string }{{ana, "second_person"}, {"", "person_needed"}} {
		if r := judge(403, `{"verb":"approve"}`, no.cookie); r.code() != no.code {
			t.Errorf("%s, want %s", r.code(), no.code)
		}
	}
	judge(200, `{"verb":"approve"}`, ben)
	judge(409, `{"verb":"refuse"}`, ben)
	var all adjustmentsView
	f.want(200, "GET", "/api/v1/stock/adjustments", "").json(t, &all)
	if len(all.Asked) != 0 || len(all.Judged) != 1 || all.Judged[0].Status != floor.AdjustmentApproved || all.Rule.LimitUnits != 10 {
		t.Errorf("%+v", all)
	}
	var stock struct{ Items []floor.StockView }
	f.want(200, "GET", "/api/v1/stock?"+url.Values{"sku": {"MUG"}}.Encode(), "").json(t, &stock)
	if stock.Items[0].OnHand != 459 {
		t.Errorf("%+v", stock.Items)
	}
}
