package intake

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"testing"

	"floorline/floor/fixture"
)

// checkUCIDay counts a day by another road (encoding/csv and the rules in their shortest form) and compares
// units and orders: nothing of a file may get lost between a rule and its note.
func checkUCIDay(t *testing.T, data []byte, r Report) {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]map[string]int64{}
	credits := map[string]bool{}
	for _, row := range rows[1:] {
		qty, err := strconv.ParseInt(row[3], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		sku := strings.ToUpper(row[1])
		if row[0][0] == 'C' {
			credits[row[0]] = true
		} else if goods := sku[0] >= '0' && sku[0] <= '9' || strings.HasPrefix(sku, "DCGS"); goods && qty > 0 {
			if want[row[0]] == nil {
				want[row[0]] = map[string]int64{}
			}
			want[row[0]][sku] += qty
		}
	}
	if len(r.Orders) != len(want) || len(r.Cancels) != len(credits) {
		t.Errorf("%d orders and %d cancels; want %d and %d", len(r.Orders), len(r.Cancels), len(want), len(credits))
	}
	for _, o := range r.Orders {
		got := map[string]int64{}
		for _, l := range o.Lines {
			got[l.SKU] += l.Qty
		}
		for sku, n := range want[o.ExternalID] {
			if got[sku] != n {
				t.Errorf("order %s: %d of %s; the file says %d", o.ExternalID, got[sku], sku, n)
			}
		}
		if len(got) != len(want[o.ExternalID]) {
			t.Errorf("order %s has %d SKUs; the file says %d", o.ExternalID, len(got), len(want[o.ExternalID]))
		}
	}
}

func BenchmarkUCIDay(b *testing.B) {
	data := fixture.Read(b, "orders", "uci", "2010-12-06.csv")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if r := Orders("csv", data, Options{}); len(r.Orders) == 0 {
			b.Fatal("no orders")
		}
	}
}
