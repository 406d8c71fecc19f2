package devices

import (
	"encoding/csv"
	"fmt"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"floorline/floor"
	"floorline/store"
)

// tracked fills the house with a tea that is kept by lot and a camera that is kept by serial.
func (f *front) tracked() {
	f.t.Helper()
	f.stock()
	f.do(floor.SaveItem{Item: floor.Item{SKU: "TEA", Name: "Tea", WeightG: 100, Tracking: "lot", Expiry: true, Barcodes: []floor.Barcode{{Code: demoEAN(2), Qty: 1}}}})
	f.do(floor.SaveItem{Item: floor.Item{SKU: "CAM", Name: "Camera", WeightG: 400, Tracking: "serial", Barcodes: []floor.Barcode{{Code: demoEAN(3), Qty: 1}}}})
	for code, kind := range map[floor.BinCode]string{"DOOR": "dock", "BACK": "returns", "QUAR": "quarantine", "B-01": "pick", "B-02": "pick"} {
		f.do(floor.SaveBin{Bin: floor.Bin{Code: code, BinKind: kind}})
	}
}

// by signs somebody in on a new device.
func (f *front) by(kind, name, role string) *dev {
	f.t.Helper()
	d := f.pair(kind)
	d.hello("")
	d.scan(f.worker(name, role, ""))
	return d
}

// through brings orders that wait to their truck.
func (f *front) through(name string, orders ...floor.OrderID) {
	f.t.Helper()
	pick, bench := f.by("handheld", "Pia "+name, "picker"), f.by("bench", "Ben "+name, "packer")
	for _, id := range orders {
		f.want(201, "POST", "/api/v1/waves", `{"orders":["`+string(id)+`"]}`)
		pick.follow(pick.doing("start", `"job":"pick"`))
		bench.follow(bench.doing("start", `"job":"pack"`))
	}
	dock := f.by("dock", "Dan "+name, "picker")
	dock.follow(dock.doing("start", `"job":"load"`))
}

func (f *front) ordered(ext, lines string) (o floor.OrderView) {
	f.t.Helper()
	body := strings.Replace(orderBodyOf(ext), `[{"sku":"MUG","qty":2,"price_cents":1290}]`, lines, 1)
	f.want(201, "POST", "/api/v1/orders", body).json(f.t, &o)
	return o
}

const trackedSSCC = "195212340000000010"

// lotDay is a day on which a lot comes by a purchase, goes out with two orders, and comes back in part, days before.
type lotDay struct {
	purchase             floor.PurchaseOrderView
	first, second, third floor.OrderView
	ret                  floor.ReturnView
}

func playLotDay(f *front, ahead *atomic.Int64) (d lotDay) {
	f.t.Helper()
	f.tracked()
	f.want(201, "POST", "/api/v1/purchases", `{"external_id":"4711","supplier":"Mill","lines":[{"sku":"TEA","qty":9},{"sku":"CAM","qty":1}],
		"pallets":[{"sscc":"`+trackedSSCC+`","lines":[{"sku":"TEA","qty":6,"lot":"L7","expiry":"2031-05-31"}]}]}`).json(f.t, &d.purchase)
	mia := f.by("handheld", "Mia", "picker")
	mia.expect(mia.doing("start", `"job":"receive","id":"`+string(d.purchase.ID)+`"`), "started")
	mia.expect(mia.scan("00"+trackedSSCC), "received")
	mia.expect(mia.scan("010"+demoEAN(2)+"17310531"+"10L7"), "received")
	mia.expect(mia.doing("qty", `"qty":2`), "received")
	mia.scan(demoEAN(3))
	mia.expect(mia.scan("SN-1"), "received")
	mia.expect(mia.doing("finish", ``), "receipt_done")
	mia.follow(mia.doing("start", `"job":"putaway"`))
	d.first = f.ordered("1", `[{"sku":"TEA","qty":2,"price_cents":500},{"sku":"CAM","qty":1,"price_cents":9000}]`)
	d.second = f.ordered("2", `[{"sku":"TEA","qty":3,"price_cents":500}]`)
	f.through("a", d.first.ID, d.second.ID)
	f.want(200, "GET", "/api/v1/orders/"+string(d.first.ID), "").json(f.t, &d.first)
	f.want(200, "GET", "/api/v1/orders/"+string(d.second.ID), "").json(f.t, &d.second)
	for _, o := range []floor.OrderView{d.first, d.second} {
		f.want(200, "POST", "/api/v1/parcels/"+o.Parcels[0].Tracking+"/tracking-events", `{"status":"delivered"}`)
	}
	f.want(201, "POST", "/api/v1/returns", `{"order":"`+string(d.first.ID)+`","lines":[{"sku":"TEA","qty":1,"reason":"late"},{"sku":"CAM","qty":1,"reason":"late"}]}`).json(f.t, &d.ret)
	ira := f.by("returns", "Ira", "inspector")
	ira.follow(ira.expect(ira.scan(d.ret.Code), "opened"))
	f.want(200, "POST", "/api/v1/returns/"+string(d.ret.ID)+"/settle", `{"verb":"refuse"}`)
	ahead.Store(int64(4 * 24 * time.Hour))
	f.do(floor.Tick{})
	return d
}

// A recall of a lot, and the history of a unit from its purchase to its customer and back, days after the orders left
// memory and the house was started anew: to the unit, with who and when and where.
func TestRecallAndHistoryThroughTheArchive(t *testing.T) {
	t.Parallel()
	var ahead atomic.Int64
	o := store.Options{Dir: t.TempDir(), Clock: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }}
	var d lotDay
	if !t.Run("the day", func(t *testing.T) { d = playLotDay(openFrontOn(t, o), &ahead) }) {
		return
	}
	t.Run("days later", func(t *testing.T) {
		f := openFrontOn(t, o)
		f.k.View(func(s *floor.State) {
			if s.Orders[d.first.ID] != nil || s.Orders[d.second.ID] != nil || s.Parcels[d.first.Parcels[0].ID] != nil {
				t.Fatal("they are in memory still")
			}
		})
		d.third = f.ordered("3", `[{"sku":"TEA","qty":1}]`)
		f.want(201, "POST", "/api/v1/waves", `{"orders":["`+string(d.third.ID)+`"]}`)
		checkRecall(f, &d)
		checkHistory(f, &d)
		checkLookups(f, &d)
	})
}

func checkRecall(f *front, d *lotDay) {
	t := f.t
	var v recallView
	f.want(200, "GET", "/api/v1/stock/recall?sku=TEA&lot=L7", "").json(t, &v)
	if v.Totals != (recallTotals{Received: 9, Back: 1, Here: 5, Promised: 1, Sent: 5}) {
		t.Errorf("%+v", v.Totals)
	}
	var here, promised int64
	for _, row := range v.Here {
		here += row.OnHand
		for _, w := range row.For {
			if w.Order != d.third.ID {
				t.Errorf("%+v", w)
			}
			promised += w.Qty
		}
	}
	if here != 5 || promised != 1 {
		t.Errorf("%d here, %d of them for %s: %+v", here, promised, d.third.ID, v.Here)
	}
	if len(v.Receipts) != 2 || v.Receipts[0].PurchaseNumber != "4711" || v.Receipts[0].Supplier != "Mill" || v.Receipts[0].SSCC != trackedSSCC || v.Receipts[0].Qty != 6 || v.Receipts[1].Qty != 3 {
		t.Errorf("six on the pallet and three by hand: %+v", v.Receipts)
	}
	got := map[floor.OrderID]recallParcel{}
	for _, p := range v.Parcels {
		got[p.Order] = p
	}
	for _, want := range []struct {
		o   floor.OrderView
		qty int64
		ext string
	}{{d.first, 2, "1"}, {d.second, 3, "2"}} {
		p := got[want.o.ID]
		if p.Qty != want.qty || !p.Sent || p.SentAt == "" || p.ExternalID != want.ext || p.Customer != "Jürgen Groß" || p.Tracking != want.o.Parcels[0].Tracking || p.ParcelStatus != "delivered" {
			t.Errorf("%s: %+v", want.o.ID, p)
		}
	}
	if len(v.Parcels) != 2 || len(v.Backs) != 1 || v.Backs[0].Return != d.ret.ID || v.Backs[0].Order != d.first.ID || len(v.Maybe)+len(v.Unsure) > 0 || v.UnnotedBefore != "" {
		t.Errorf("%+v", v)
	}
	var unit recallView
	f.want(200, "GET", "/api/v1/stock/recall?sku=CAM&serial=SN-1", "").json(t, &unit)
	if unit.Totals.Received != 1 || unit.Totals.Sent != 1 || unit.Totals.Back != 1 || unit.Totals.Here != 1 || unit.Parcels[0].Order != d.first.ID || unit.Here[0].Serial != "SN-1" {
		t.Errorf("%+v", unit)
	}
	checkRecallTable(f, d)
	checkHold(f)
}

func checkRecallTable(f *front, d *lotDay) {
	r := f.want(200, "GET", "/api/v1/stock/recall.csv?sku=TEA&lot=L7", "")
	if kept := r.header.Get("Cache-Control"); kept != "private, no-store" {
		f.t.Errorf("who got the lot may be kept on the way: %q", kept)
	}
	rows, err := csv.NewReader(strings.NewReader(string(r.body))).ReadAll()
	if err != nil {
		f.t.Fatal(err)
	}
	sums := map[string]int64{}
	for _, row := range rows[1:] {
		var n int64
		_, _ = fmt.Sscan(row[1], &n)
		sums[row[0]] += n
	}
	if sums["received"] != 9 || sums["here"] != 5 || sums["parcel"] != 5 || sums["back"] != 1 || !strings.Contains(string(r.body), "Jürgen Groß") || !strings.Contains(string(r.body), string(d.second.ID)) {
		f.t.Errorf("%v in %s", sums, r.body)
	}
	f.token("reader-token-of-a-picker", floor.RolePicker)
	for _, path := range []string{"/api/v1/stock/recall.csv?sku=TEA&lot=L7", "/api/v1/stock/recall?sku=TEA&lot=L7", "/api/v1/lookup?code=TEA"} {
		f.want(403, "GET", path, "", "Authorization", "Bearer reader-token-of-a-picker")
	}
}

// checkHold keeps what is here of the lot: what is promised is named, the rest is for sale to nobody.
func checkHold(f *front) {
	var h floor.Holding
	f.want(200, "POST", "/api/v1/stock/holds", `{"sku":"TEA","lot":"L7","condition":"held","reason":"recall 7"}`).json(f.t, &h)
	var v recallView
	f.want(200, "GET", "/api/v1/stock/recall?sku=TEA&lot=L7", "").json(f.t, &v)
	if m := f.history("sku=TEA&lot=L7", 1)[0]; m.Kind != "stock_held" || m.Condition != "held" || m.Reason != "recall 7" {
		f.t.Errorf("%+v", m)
	}
	if h.Promised != 1 || v.Totals.Held != 4 || v.Totals.Here != 5 || v.Totals.Received+v.Totals.Back != v.Totals.Here+v.Totals.Sent {
		f.t.Errorf("%+v %+v", h, v.Totals)
	}
}

// history reads all of a history, page by page.
func (f *front) history(query string, limit int) (out []movementView) {
	f.t.Helper()
	cursor := ""
	for range 100 {
		var p struct {
			Items []movementView
			Next  string
		}
		f.want(200, "GET", fmt.Sprintf("/api/v1/stock/movements?%s&limit=%d&cursor=%s", query, limit, url.QueryEscape(cursor)), "").json(f.t, &p)
		if len(p.Items) > limit {
			f.t.Fatalf("%d on a page of %d", len(p.Items), limit)
		}
		out = append(out, p.Items...)
		if cursor = p.Next; cursor == "" {
			return out
		}
	}
	f.t.Fatal("the pages never end")
	return nil
}

func checkHistory(f *front, d *lotDay) {
	t := f.t
	var way []string
	var bin floor.BinCode
	var tote floor.ToteCode
	for _, m := range f.history("sku=CAM&serial=SN-1&sort=oldest", 2) {
		from, _, _ := strings.Cut(string(m.From), ":")
		to, _, _ := strings.Cut(string(m.To), ":")
		if m.From.Outside() {
			from = string(m.From)
		}
		if m.To.Outside() {
			to = string(m.To)
		}
		way = append(way, from+">"+to)
		switch m.Kind {
		case "line_picked":
			bin, tote = m.From.Bin(), m.To.Tote()
		case "units_received":
			if m.Purchase != d.purchase.ID || m.Supplier != "Mill" || m.Worker == "" || m.At == "" {
				t.Errorf("%+v", m)
			}
		case "units_packed", "manifest_departed":
			if m.Order != d.first.ID || m.Parcel != d.first.Parcels[0].ID {
				t.Errorf("%+v", m)
			}
		case "return_unit_arrived":
			if m.Return != d.ret.ID {
				t.Errorf("%+v", m)
			}
		}
	}
	want := "out:supplier>bin bin>bin bin>tote tote>parcel parcel>out:customer out:customer>bin bin>bin"
	if strings.Join(way, " ") != want {
		t.Errorf("the camera went %s, want %s", way, want)
	}
	for _, query := range []string{"sku=TEA", "sku=TEA&lot=L7", "bin=" + string(bin), "bin=" + string(bin) + "&sku=CAM", "tote=" + string(tote), "parcel=" + d.first.Parcels[0].Tracking, "receipt=" + f.receiptOf(d), "sscc=" + trackedSSCC, "return=" + string(d.ret.ID)} {
		newest, oldest := f.history(query, 3), f.history(query+"&sort=oldest", 200)
		if len(newest) != len(oldest) {
			t.Errorf("%s: %d from one end, %d from the other", query, len(newest), len(oldest))
		}
		if len(newest) == 0 {
			t.Errorf("%s has no history", query)
		}
		for i := 1; i < len(oldest); i++ {
			if oldest[i].Seq < oldest[i-1].Seq || newest[i].Seq > newest[i-1].Seq {
				t.Errorf("%s is not in its order", query)
			}
		}
	}
	for _, m := range f.history("parcel="+d.second.Parcels[0].Tracking, 10) {
		if m.Lot != "L7" || m.Qty < 1 || m.Order != d.second.ID {
			t.Errorf("%+v", m)
		}
	}
}

// lookedFor is what a code is, each as kind/id.
func (f *front) lookedFor(code string) (kinds []string, v lookedUp) {
	f.t.Helper()
	f.want(200, "GET", "/api/v1/lookup?code="+url.QueryEscape(code), "").json(f.t, &v)
	for _, x := range v.Found {
		kinds = append(kinds, x.Kind+"/"+x.ID)
	}
	return kinds, v
}

func checkLookups(f *front, d *lotDay) {
	parcel := d.first.Parcels[0]
	for code, want := range map[string]string{
		"TEA": "item/TEA", demoEAN(2): "item/TEA", "010" + demoEAN(2) + "17310531" + "10L7": "lot/L7 item/TEA", "(01)0" + demoEAN(2) + "(10)L7": "lot/L7 item/TEA",
		"L7": "lot/L7", "SN-1": "serial/SN-1", "B-01": "bin/B-01", string(d.first.ID): "order/" + string(d.first.ID), parcel.Tracking: "parcel/" + string(parcel.ID),
		parcel.SSCC: "parcel/" + string(parcel.ID), "00" + parcel.SSCC: "parcel/" + string(parcel.ID), string(parcel.ID): "parcel/" + string(parcel.ID),
		string(d.purchase.ID): "purchase/" + string(d.purchase.ID), "4711": "purchase/" + string(d.purchase.ID), trackedSSCC: "receipt/" + f.receiptOf(d),
		"00" + trackedSSCC: "receipt/" + f.receiptOf(d), string(d.ret.ID): "return/" + string(d.ret.ID), string(d.third.ID): "order/" + string(d.third.ID), "3": "order/" + string(d.third.ID),
	} {
		if got, v := f.lookedFor(code); strings.Join(got, " ") != want {
			f.t.Errorf("%q is %v, want %s: %+v", code, got, want, v)
		}
	}
	if got, v := f.lookedFor("te"); len(got) > 0 || len(v.Like) != 1 || v.Like[0].ID != "TEA" {
		f.t.Errorf("%+v", v)
	}
	if got, v := f.lookedFor(f.worker("Uma", "picker", "")); len(got) > 0 || v.Code != "" || !strings.Contains(v.Say, "badge") {
		f.t.Errorf("a badge is looked up: %+v", v)
	}
}

// receiptOf is the one receipt of the day's purchase.
func (f *front) receiptOf(d *lotDay) string {
	f.t.Helper()
	var p floor.PurchaseOrderView
	f.want(200, "GET", "/api/v1/purchases/"+string(d.purchase.ID), "").json(f.t, &p)
	return string(p.Receipts[0])
}

// Bad inputs are refused with what to do, and what they hold is not taken for anything.
func TestHistoryRefusals(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.tracked()
	long := strings.Repeat("x", 513)
	for path, code := range map[string]string{
		"/stock/movements":                               "required",
		"/stock/movements?lot=L7":                        "required",
		"/stock/movements?sku=TEA&sort=odd":              "bad_value",
		"/stock/movements?sku=TEA&cursor=odd":            "bad_cursor",
		"/stock/movements?sku=TEA&lot=" + long:           "bad_code",
		"/stock/movements?sku=TEA&lot=%00":               "bad_code",
		"/stock/recall":                                  "required",
		"/stock/recall?sku=TEA":                          "required",
		"/stock/recall?sku=TEA&lot=L7&serial=S":          "required",
		"/stock/recall?sku=TEA&lot=<script>alert(1)</s>": "never_here",
		"/stock/recall.csv?sku=NONE&lot=L7":              "never_here",
		"/stock/recall?sku=TEA&lot=" + long:              "bad_code",
		"/lookup":                                        "bad_code",
		"/lookup?code=" + long:                           "bad_code",
	} {
		r := f.call("GET", "/api/v1"+path, "")
		if r.status < 400 || r.status >= 500 || r.code() != code {
			t.Errorf("%s: %d %s", path, r.status, r.body)
		}
	}
	for code, say := range map[string]string{"<b>TEA</b>": "nothing in this house", "4006381333932": "check character", "NO-SUCH": "nothing in this house", "T\x01A": "read"} {
		if got, v := f.lookedFor(code); len(got) > 0 || !strings.Contains(v.Say, say) {
			t.Errorf("%q is %v: %+v", code, got, v)
		}
	}
}

// A lot that only the bench was told, because the books had none, is in the recall too, and named as told.
func TestRecallOfALotToldAtTheBench(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	f.do(floor.SaveItem{Item: floor.Item{SKU: "MUG", Name: "Mug", WeightG: 300, Tracking: "lot", Barcodes: []floor.Barcode{{Code: demoEAN(1), Qty: 1}}}})
	o := f.ordered("1", `[{"sku":"MUG","qty":2}]`)
	f.through("a", o.ID)
	f.want(200, "GET", "/api/v1/orders/"+string(o.ID), "").json(t, &o)
	lot := "LOT-" + string(o.ID)
	var v recallView
	f.want(200, "GET", "/api/v1/stock/recall?sku=MUG&lot="+lot, "").json(t, &v)
	if v.Totals != (recallTotals{Told: 2}) || len(v.Parcels) != 1 || v.Parcels[0].Parcel != o.Parcels[0].ID || v.Parcels[0].Qty != 2 || !v.Parcels[0].Sent {
		t.Errorf("%+v", v)
	}
	told := f.history("sku=MUG&lot="+lot, 10)
	if len(told) == 0 {
		t.Error("it has no history")
	}
	for _, m := range told {
		if !m.Told || m.Lot != lot || m.Order != o.ID {
			t.Errorf("%+v", m)
		}
	}
	if got, _ := f.lookedFor(lot); strings.Join(got, " ") != "lot/"+lot {
		t.Errorf("%v", got)
	}
}
