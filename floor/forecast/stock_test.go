package forecast

import (
	"encoding/json"
	"math"
	"testing"

	"floorline/floor/fixture"
)

// The textbook's values, to four digits.
func TestTextbook(t *testing.T) {
	var cases []struct {
		Case         string
		FixedCost    float64 `json:"fixed_cost"`
		HoldingCost  float64 `json:"holding_cost"`
		DemandRate   float64 `json:"demand_rate"`
		EOQ          float64
		AnnualCost   float64 `json:"annual_cost"`
		MeanYear     float64 `json:"demand_mean_per_year"`
		SDYear       float64 `json:"demand_sd_per_year"`
		LeadYears    float64 `json:"lead_time_years"`
		ServiceLevel float64 `json:"service_level"`
		ReorderPoint float64 `json:"reorder_point"`
		Mean         float64 `json:"demand_mean"`
		SD           float64 `json:"demand_sd"`
		Ratio        float64 `json:"critical_ratio"`
		Level        float64
	}
	if err := json.Unmarshal(fixture.Read(t, "forecast", "stock_vectors.json"), &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		got, want := 0.0, 0.0
		switch {
		case c.EOQ > 0:
			q, cost := EOQ(c.FixedCost, c.HoldingCost, c.DemandRate)
			if got, want = q, c.EOQ; !near(cost, c.AnnualCost) {
				t.Errorf("%s: costs %v, want %v", c.Case, cost, c.AnnualCost)
			}
		case c.ReorderPoint > 0:
			s := Stock{Mean: c.MeanYear, SD: c.SDYear, LeadTime: c.LeadYears, ServiceLevel: c.ServiceLevel}
			got, want = s.Order().ReorderPoint, c.ReorderPoint
		case c.Level > 0:
			got, want = BaseStock(c.Mean, c.SD, c.Ratio, 1-c.Ratio), c.Level
		default:
			t.Fatalf("%s: nothing to hold it against", c.Case)
		}
		if !near(got, want) {
			t.Errorf("%s: %v, want %v", c.Case, got, want)
		}
	}
}

func near(a, b float64) bool { return math.Abs(a-b) <= 5e-5*math.Abs(b) }
