package devices

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"floorline/floor"
)

// Demand comes in as a table, once however often it is sent; the buyer's list then says what to order, how many and why,
// as a page and as a table that no spreadsheet reckons.
func TestReorderList(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.do(floor.SaveItem{Item: floor.Item{SKU: "FAST", Name: "=1+1", CostCents: 500, Reorder: floor.Reorder{LeadTimeDays: 10}}})
	f.do(floor.SaveItem{Item: floor.Item{SKU: "NEW", Name: "Nobody knows it yet"}})
	f.do(floor.SaveBin{Bin: floor.Bin{Code: "A-01", BinKind: "pick"}})
	f.do(floor.AdjustStock{Bin: "A-01", SKU: "FAST", Qty: 40, Reason: "opening"})
	rows := []string{"sku,day,qty"}
	for day := 1; day <= 84; day++ {
		rows = append(rows, fmt.Sprintf("FAST,%s,10", time.UnixMilli(int64(f.s.now())).UTC().AddDate(0, 0, -day).Format("2006-01-02")))
	}
	file := strings.Join(rows, "\n")
	var v importView
	for _, want := range []importView{{Created: 84}, {Unchanged: 84}} {
		f.want(200, "POST", "/api/v1/imports/demand", file).json(t, &v)
		if v.Created != want.Created || v.Unchanged != want.Unchanged || v.Rejected != 0 {
			t.Fatalf("%+v, want %+v", v, want)
		}
	}
	var list reorderList
	f.want(200, "PUT", "/api/v1/reorder/policy", `{"service_permille":990}`)
	f.want(422, "PUT", "/api/v1/reorder/policy", `{"service_permille":1000}`)
	f.want(200, "GET", "/api/v1/reorder", "").json(t, &list)
	if len(list.Items) != 2 || list.Pending != 0 || list.Policy.ServicePermille != 990 || list.Policy.ReviewDays != floor.UsualBuying.ReviewDays {
		t.Fatalf("%+v", list)
	}
	// 10 a day, 10 days' lead and a look each week: order below 170; 40 are here, and 70 are bought at a time.
	if l := list.Items[0]; l.SKU != "FAST" || l.Advice != "order_now" || l.ReorderPoint != 170 || l.OrderQty != 140 || l.DaysLeft != 4 || l.ABC != "A" || l.XYZ != "X" {
		t.Errorf("%+v", l)
	}
	if l := list.Items[1]; l.SKU != "NEW" || l.Advice != "no_demand" {
		t.Errorf("%+v", l)
	}
	f.want(200, "GET", "/api/v1/reorder?advice=no_demand&q=nobody", "").json(t, &list)
	if len(list.Items) != 1 || list.Counts["order_now"] != 1 {
		t.Errorf("the counts are of all, the lines of those asked for: %+v", list)
	}
	table := f.want(200, "GET", "/api/v1/reorder.csv", "").body
	if !strings.Contains(string(table), "FAST,'=1+1,order_now,140,40,0,0,170,") {
		t.Errorf("%s", table)
	}
	var d demandView
	f.want(200, "GET", "/api/v1/items/FAST/demand", "").json(t, &d)
	if len(d.Weeks) != 12 || d.Weeks[11] != 70 || len(d.Ahead.Forecast) != DemandAhead || d.Need == nil {
		t.Errorf("%+v", d)
	}
	f.want(404, "GET", "/api/v1/items/NONE/demand", "")
}
