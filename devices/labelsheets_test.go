package devices

import (
	"fmt"
	"strings"
	"testing"

	"floorline/floor"
)

// A sheet has the label of everything asked for, read by a scanner; too much at once is refused.
func TestLabelSheets(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	for _, kind := range []string{"bins", "totes", "items"} {
		read := scanPDF(t, f.want(200, "GET", "/api/v1/labels/"+kind+".pdf", "").body)
		want := map[string]string{"bins": floor.BinLabel("A-01"), "totes": "T-0020-", "items": demoEAN(1)}[kind]
		if !strings.Contains(read, ":"+want) {
			t.Errorf("%s: %q is not among\n%s", kind, want, read)
		}
	}
	nine := scanPDF(t, f.want(200, "GET", "/api/v1/labels/totes.pdf?q=t-000", "").body)
	if n := strings.Count(nine, "CODE-128:T-000"); n != 9 {
		t.Errorf("%d totes hold T-000, want 9:\n%s", n, nine)
	}
	f.want(404, "GET", "/api/v1/labels/badges.pdf", "")
	f.want(404, "GET", "/api/v1/labels/bins.pdf?q=nowhere", "")
	f.want(422, "GET", "/api/v1/labels/bins.pdf?size=huge", "")
	for at := 0; at <= SheetLimit; at += floor.RowLimit {
		v := floor.ImportBins{}
		for i := range floor.RowLimit {
			v.Bins, v.Rows = append(v.Bins, floor.Bin{Code: floor.BinCode(fmt.Sprintf("Z-%05d", at+i)), BinKind: "pick"}), append(v.Rows, i)
		}
		f.do(v)
	}
	if r := f.want(422, "GET", "/api/v1/labels/bins.pdf", ""); r.code() != "too_many" {
		t.Errorf("%s", r.body)
	}
	f.want(200, "GET", "/api/v1/labels/bins.pdf?q=Z-0001", "")
}
