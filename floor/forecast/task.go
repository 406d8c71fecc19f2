package forecast

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Limits of a question.
const (
	SeriesLimit  = 20_000
	HorizonLimit = 1_000
	SeasonLimit  = 1_000
	valueLimit   = 1e12
)

// Task is the question of "plan forecast".
type Task struct {
	Series  []float64 `json:"series"`
	Season  int       `json:"season"`
	Horizon int       `json:"horizon"`
	Method  string    `json:"method"` // one of Methods, "" for auto
}

// Check lists what is wrong with a question, each with its pointer.
func (t Task) Check() error {
	var f faults
	f.check(len(t.Series) >= 1 && len(t.Series) <= SeriesLimit, "/series", "1 to %d numbers", SeriesLimit)
	for i, v := range t.Series {
		if math.IsNaN(v) || math.Abs(v) > valueLimit {
			f.check(false, fmt.Sprintf("/series/%d", i), "a number up to 1e12 either way")
			break
		}
	}
	f.check(t.Season >= 0 && t.Season <= SeasonLimit, "/season", "0 to %d periods", SeasonLimit)
	f.check(t.Horizon >= 1 && t.Horizon <= HorizonLimit, "/horizon", "1 to %d periods", HorizonLimit)
	f.check(t.Method == "" || slices.Contains(Methods(), t.Method), "/method", "one of %s", strings.Join(Methods(), ", "))
	return errors.Join(f...)
}

// Answer forecasts a checked question.
func (t Task) Answer() Forecast { return Next(t.Series, t.Season, t.Horizon, t.Method) }

// StockTask is the question of "plan reorder": days, and per day.
type StockTask struct {
	Mean         float64 `json:"demand_mean"`
	SD           float64 `json:"demand_sd"`
	LeadTime     float64 `json:"lead_time"`
	LeadTimeSD   float64 `json:"lead_time_sd"`
	ReviewPeriod float64 `json:"review_period"`
	ServiceLevel float64 `json:"service_level"`
	OrderCost    float64 `json:"order_cost"`
	HoldingCost  float64 `json:"holding_cost"`
	MissingCost  float64 `json:"shortage_cost"` // of a unit that is missing; instead of a service level
}

// Check lists what is wrong with a question, each with its pointer.
func (t StockTask) Check() error {
	var f faults
	for _, n := range []struct {
		pointer string
		value   float64
	}{{"/demand_mean", t.Mean}, {"/demand_sd", t.SD}, {"/lead_time", t.LeadTime}, {"/lead_time_sd", t.LeadTimeSD}, {"/review_period", t.ReviewPeriod},
		{"/order_cost", t.OrderCost}, {"/holding_cost", t.HoldingCost}, {"/shortage_cost", t.MissingCost}} {
		f.check(n.value >= 0 && n.value <= valueLimit, n.pointer, "from 0 to 1e12")
	}
	if t.ServiceLevel == 0 && t.MissingCost > 0 && t.HoldingCost > 0 {
		return errors.Join(f...) // the costs say it
	}
	f.check(t.ServiceLevel >= 0.5 && t.ServiceLevel < 1, "/service_level", "from 0.5 to below 1, or shortage_cost and holding_cost instead")
	return errors.Join(f...)
}

// Answer reckons a checked question.
func (t StockTask) Answer() Reorder {
	level, by := t.ServiceLevel, ""
	if level == 0 {
		level, by = t.MissingCost/(t.MissingCost+t.HoldingCost), "; service level p/(p+h)"
	}
	r := Stock{t.Mean, t.SD, t.LeadTime, t.LeadTimeSD, t.ReviewPeriod, level, t.OrderCost, t.HoldingCost}.Order()
	r.Formula += by
	return r
}

// faults are all that is wrong with a question, a line each.
type faults []error

func (f *faults) check(ok bool, pointer, detail string, args ...any) {
	if !ok {
		*f = append(*f, fmt.Errorf(pointer+": "+detail, args...))
	}
}
