package forecast

import (
	"bytes"
	"encoding/csv"
	"math"
	"strconv"
	"strings"
	"testing"

	"floorline/floor/fixture"
)

// retailDays are the trading days of a real shop in two weeks.
var retailDays = []string{"01", "02", "03", "05", "06", "07", "08", "09", "10", "12", "13", "14"}

// retail is what a real shop sold of each item on each of its days.
func retail(t *testing.T) map[string][]float64 {
	t.Helper()
	out := map[string][]float64{}
	for i, day := range retailDays {
		rows, err := csv.NewReader(bytes.NewReader(fixture.Read(t, "orders", "uci", "2010-12-"+day+".csv"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows[1:] {
			if qty, err := strconv.ParseFloat(r[3], 64); err == nil && qty > 0 && !strings.HasPrefix(r[0], "C") {
				sku := strings.ToUpper(r[1])
				if out[sku] == nil {
					out[sku] = make([]float64, len(retailDays))
				}
				out[sku][i] += qty
			}
		}
	}
	return out
}

// The last days of a real shop, held back: what is chosen for each item meets them better than simple smoothing for all, and
// that better than the day before, though two weeks are too little for anybody to be right.
func TestRetail(t *testing.T) {
	all := retail(t)
	if len(all) < 2500 {
		t.Fatalf("%d items", len(all))
	}
	for _, hold := range []int{2, 3, 4} {
		off, came := map[string]float64{}, 0.0
		for _, y := range all {
			past, next := y[:len(y)-hold], 0.0
			for _, v := range y[len(past):] {
				next += v
			}
			came += next
			for _, method := range []string{"auto", "simple", "naive"} {
				said := 0.0
				for _, v := range Next(past, 0, hold, method).Forecast {
					said += v
				}
				off[method] += math.Abs(said - next)
			}
		}
		t.Logf("%d days held back, %d items: chosen off by %.1f %%, simple smoothing %.1f %%, naive %.1f %%", hold, len(all), 100*off["auto"]/came, 100*off["simple"]/came, 100*off["naive"]/came)
		if off["auto"] >= off["simple"] || off["simple"] >= off["naive"] {
			t.Errorf("%d days held back: off by %v of %.0f", hold, off, came)
		}
	}
}
