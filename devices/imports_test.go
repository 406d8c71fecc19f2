package devices

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"floorline/floor"
)

// send imports a file and gives the report.
func (f *front) send(path, data string, headers ...string) importView {
	f.t.Helper()
	var v importView
	f.want(200, "POST", "/api/v1/imports"+path, data, append([]string{"Content-Type", "text/csv"}, headers...)...).json(f.t, &v)
	return v
}

func (v importView) counts() [4]int { return [4]int{v.Created, v.Updated, v.Unchanged, v.Rejected} }

// Every table names its bad rows by line and takes the others; a stock file sent twice counts once.
func TestBadRowsOfTables(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	items := f.send("/items", "sku,name,barcode,weight_g\nNEW,New thing,"+demoEAN(7)+",100\nBAD,Bad thing,9521234000070,100\n")
	if items.counts() != [4]int{1, 0, 0, 1} || items.Errors[0].Row != 3 || items.Errors[0].Ref != "BAD" {
		t.Fatalf("%v %+v", items.counts(), items.Errors)
	}
	bins := "code,kind\nZ-01,pick\nZ-02,attic\n"
	if v := f.send("/bins", bins); v.counts() != [4]int{1, 0, 0, 1} || v.Errors[0].Row != 3 {
		t.Fatalf("%v %+v", v.counts(), v.Errors)
	}
	stock := "bin,sku,qty,reason\nZ-01,NEW,10,opening\nZ-09,NEW,10,opening\nZ-01,NEW,5,more\n"
	if v := f.send("/stock", stock); v.counts() != [4]int{2, 0, 0, 1} || v.Errors[0].Row != 3 {
		t.Fatalf("%v %+v", v.counts(), v.Errors)
	}
	f.send("/stock", stock)
	if got := onHand(f, "NEW"); got != 15 {
		t.Fatalf("the same stock file twice put %d on hand, want 15", got)
	}
}

func onHand(f *front, sku floor.SKU) (n int64) {
	var rows struct{ Items []floor.StockView }
	f.want(200, "GET", "/api/v1/stock?sku="+string(sku), "").json(f.t, &rows)
	for _, r := range rows.Items {
		n += r.OnHand
	}
	return n
}

// What the address asks for is read strictly, and a repeat under a key is the same answer to the byte.
func TestImportAsked(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	file := "code,kind\nY-01,pick\n"
	csv := []string{"Content-Type", "text/csv"}
	for path, code := range map[string]string{"?format=cobol": "unknown_format", "?format=csv&dry_run=perhaps": "bad_value", "/bins?create_items=2": "bad_value"} {
		if r := f.want(422, "POST", "/api/v1/imports"+path, file, csv...); r.code() != code {
			t.Errorf("%s: %s", path, r.body)
		}
	}
	f.want(400, "POST", "/api/v1/imports/bins", "", csv...)
	f.want(404, "POST", "/api/v1/imports/attics", file, csv...)
	keyed := append([]string{"Idempotency-Key", "bins-1"}, csv...)
	first := f.want(200, "POST", "/api/v1/imports/bins", file, keyed...)
	again := f.want(200, "POST", "/api/v1/imports/bins", file, keyed...)
	if string(first.body) != string(again.body) || again.header.Get("Idempotency-Replayed") != "true" || first.header.Get("Idempotency-Replayed") != "" {
		t.Fatalf("%s\n%s", first.body, again.body)
	}
	if r := f.want(422, "POST", "/api/v1/imports/bins", file+"Y-02,pick\n", keyed...); r.code() != "idempotency_key_reused" {
		t.Fatalf("%s", r.body)
	}
}

// A stop in the middle of an import is made good at the next start; a file that the stop cut off is not.
func TestInterruptedImportGoesOn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := openFrontAt(t, dir)
	f.stock()
	var rows strings.Builder
	rows.WriteString("bin,sku,qty,reason\n")
	for i := range 450 {
		fmt.Fprintf(&rows, "A-01,MUG,1,row %d\n", i)
	}
	job, data := importJob{Kind: "stock", Format: "csv"}, rows.String()
	v := floor.ImportStock{File: job.id([]byte(data))}
	for i := range 200 { // the first command went in, then the power went
		v.Rows = append(v.Rows, floor.AdjustStock{Bin: "A-01", SKU: "MUG", Qty: 1, Reason: fmt.Sprintf("row %d", i)})
		v.Lines = append(v.Lines, i+2)
	}
	f.do(v)
	if err := f.s.keepImport(job, []byte(data)); err != nil {
		t.Fatal(err)
	}
	cut := importJob{Kind: "bins", Format: "csv"}
	if err := f.s.keepImport(cut, []byte("code,kind\nX-01,pick\nX-02,pick\n")); err != nil {
		t.Fatal(err)
	}
	torn := filepath.Join(dir, "imports", cut.id([]byte("code,kind\nX-01,pick\nX-02,pick\n"))+".data")
	if err := os.Truncate(torn, 20); err != nil {
		t.Fatal(err)
	}
	f.s.resumeImports()
	if got := onHand(f, "MUG"); got != 500+450 {
		t.Errorf("%d on hand, want 950", got)
	}
	f.want(404, "GET", "/api/v1/bins/X-01", "")
	if left, _ := filepath.Glob(filepath.Join(dir, "imports", "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// An order that the shop cancelled is counted by what its file did here: nothing where nobody knew it.
func TestCancelledInTheShop(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	const asked, cancelled = hookOrder, `{"id":77,"cancelled_at":"2026-01-01T00:00:00Z","cancel_reason":"customer"}`
	for i, x := range []struct {
		query, file string
		want        [4]int // created, updated, unchanged, rejected
		status      string
	}{
		{"", cancelled, [4]int{0, 0, 1, 0}, ""},
		{"", asked, [4]int{1, 0, 0, 0}, floor.OrderReceived},
		{"&dry_run=1", cancelled, [4]int{0, 1, 0, 0}, floor.OrderReceived},
		{"", cancelled, [4]int{0, 1, 0, 0}, floor.OrderCancelled},
		{"", cancelled, [4]int{0, 0, 1, 0}, floor.OrderCancelled},
		{"", asked, [4]int{0, 0, 1, 0}, floor.OrderCancelled},
	} {
		if v := f.send("?format=shopify"+x.query, x.file); v.counts() != x.want {
			t.Errorf("step %d: %v, want %v", i, v.counts(), x.want)
		}
		var page struct{ Items []orderRow }
		f.want(200, "GET", "/api/v1/orders", "").json(t, &page)
		if status := ""; len(page.Items) == 1 {
			if status = page.Items[0].Status; status != x.status {
				t.Errorf("step %d: the order is %s, want %s", i, status, x.status)
			}
		} else if x.status != "" {
			t.Errorf("step %d: %d orders", i, len(page.Items))
		}
	}
}
