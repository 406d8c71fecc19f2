package main

import (
	"strings"
	"testing"
)

// Both planners answer a good question with one line, and name everything that is wrong with a bad one.
func TestPlanForecastAndReorder(t *testing.T) {
	for _, tt := range []struct {
		kind, in, out string
		code          int
	}{
		{"forecast", `{"series":[1,2,3,4,5,6,7,8,9,10,11,12,13],"season":1,"horizon":2}`, `{"forecast":[14,15],"method":"holt"`, 0},
		{"forecast", `{"series":[4],"season":52,"horizon":2,"method":"naive"}`, `{"forecast":[4,4],"method":"naive"`, 0},
		{"forecast", `{"series":[],"season":-1,"horizon":0}`, "/series: 1 to 20000 numbers\n/season: 0 to 1000 periods\n/horizon: 1 to 1000 periods", 1},
		{"reorder", `{"demand_mean":1300,"demand_sd":150,"lead_time":0.0833333333,"service_level":0.970873786407767}`, `{"reorder_point":190.336`, 0},
		{"reorder", `{"demand_mean":50,"demand_sd":8,"lead_time":1,"shortage_cost":0.7,"holding_cost":0.18}`, `{"reorder_point":56.603955`, 0},
		{"reorder", `{"demand_mean":-1,"service_level":1}`, "/demand_mean: from 0 to 1e12\n/service_level: from 0.5 to below 1", 1},
	} {
		var out, errs strings.Builder
		code := plan([]string{tt.kind}, strings.NewReader(tt.in), &out, &errs)
		if said := out.String() + errs.String(); code != tt.code || !strings.HasPrefix(said, tt.out) {
			t.Errorf("plan %s %s: %d %s", tt.kind, tt.in, code, said)
		}
	}
}
