package intake

import (
	"fmt"
	"reflect"
	"sort"
	"testing"

	"floorline/floor/fixture"
)

var uciDays = []string{"2010-12-01", "2010-12-02", "2010-12-03", "2010-12-05", "2010-12-06", "2010-12-07", "2010-12-08",
	"2010-12-09", "2010-12-10", "2010-12-12", "2010-12-13", "2010-12-14"}

func tally(list []Fault) map[string]int {
	out := map[string]int{}
	for _, f := range list {
		out[f.Code]++
	}
	return out
}

// told lists faults as "line code field".
func told(list []Fault) []string {
	var out []string
	for _, f := range list {
		out = append(out, fmt.Sprintf("%d %s %s", f.Row, f.Code, f.Field))
	}
	sort.Strings(out)
	return out
}

// Every day of the public data set comes in without a fault, and twice the same.
func TestUCIDays(t *testing.T) {
	for _, day := range uciDays {
		t.Run(day, func(t *testing.T) {
			data := fixture.Read(t, "orders", "uci", day+".csv")
			r := Orders("csv", data, Options{})
			if len(r.Faults) > 0 {
				t.Errorf("%d faults, the first: %+v", len(r.Faults), r.Faults[0])
			}
			if again := Orders("csv", data, Options{}); !reflect.DeepEqual(r, again) {
				t.Error("read again, the file gives another report")
			}
			lines := 0
			for _, o := range r.Orders {
				lines += len(o.Lines)
			}
			t.Logf("orders %d lines %d cancels %d items %d notes %v", len(r.Orders), lines, len(r.Cancels), len(ItemsFromOrders(r)), tally(r.Notes))
			checkUCIDay(t, data, r)
		})
	}
}
