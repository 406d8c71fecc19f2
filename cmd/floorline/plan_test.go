package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

const planLayout = `"layout":{"aisles":3,"cells":4,"aisle_pitch":2,"cell_pitch":1,"end_gap":0.5,"cross_aisles":[0,4],"depot":{"aisle":0,"side":"bottom"}}`

// Each planner answers one JSON on stdout and nothing on stderr.
func TestPlanAnswers(t *testing.T) {
	for _, c := range []struct{ kind, in, want string }{
		{"route", `{` + planLayout + `,"stops":[{"id":"b","aisle":1,"cell":0},{"id":"a","aisle":0,"cell":1}]}`,
			`{"distance":8,"order":["b","a"],"method":"exact","lower_bound":8}`},
		{"route", `{` + planLayout + `,"stops":[]}`, `{"distance":0,"order":[],"method":"exact","lower_bound":0}`},
		{"batch", `{` + planLayout + `,"capacity":2,"orders":[{"id":"o1","size":2,"stops":[{"id":"s","aisle":2,"cell":0}]},{"id":"o2","size":2,"stops":[{"id":"t","aisle":0,"cell":0}]}]}`,
			`{"distance":10,"batches":[{"orders":["o1"],"distance":9,"order":["s"]},{"orders":["o2"],"distance":1,"order":["t"]}],"method":"exact"}`},
		{"carton", `{"cartons":[{"id":"S","inner":[10,10,10],"outer":[11,11,11],"tare":5,"max_gross":100,"cost_cents":1}],"items":[{"id":"a","size":[10,5,10],"weight":7,"qty":1,"keep_flat":false}]}`,
			`{"cartons":[{"id":"S","gross":12,"items":[{"id":"a","at":[0,0,0],"size":[10,5,10]}]}],"unpackable":[]}`},
	} {
		var out, errs bytes.Buffer
		code := run([]string{"plan", c.kind}, strings.NewReader(c.in), &out, &errs)
		if code != 0 || errs.Len() > 0 {
			t.Errorf("%s: exit %d, %s", c.kind, code, &errs)
			continue
		}
		if c.kind == "carton" { // which of the ways to turn the unit is the planner's to choose
			var got struct {
				Cartons []struct{ Gross int }
			}
			if err := json.Unmarshal(out.Bytes(), &got); err != nil || len(got.Cartons) != 1 || got.Cartons[0].Gross != 12 {
				t.Errorf("%v %s", err, &out)
			}
			continue
		}
		if got := strings.TrimSpace(out.String()); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.kind, got, c.want)
		}
	}
}

// A question that cannot be answered is refused with all that is wrong, and stdout stays empty.
func TestPlanRefuses(t *testing.T) {
	for _, c := range []struct {
		kind, in string
		code     int
		says     []string
	}{
		{"route", `{` + planLayout + `,"stops":[{"id":"a","aisle":3,"cell":-1},{"id":"a","aisle":0,"cell":9}]}`, 1, []string{"/stops/0/aisle", "/stops/0/cell", "/stops/1/id", "/stops/1/cell"}},
		{"route", `{"stops":[]}`, 1, []string{"/layout"}},
		{"route", `{"layout":{"aisles":2,"cells":3,"cross_aisles":[0,2,2,3],"depot":{"aisle":5,"side":"left"}},"stop":[]}`, 1, []string{"/stop "}},
		{"route", `{"layout":{"aisles":2,"cells":3,"cross_aisles":[0,2,2,3],"depot":{"aisle":5,"side":"left"}},"stops":[]}`, 1, []string{"cross_aisles/2", "depot/aisle", "depot/side"}},
		{"route", `{`, 1, []string{"too early"}},
		{"batch", `{` + planLayout + `,"capacity":0,"orders":[]}`, 1, []string{"/capacity"}},
		{"batch", `{` + planLayout + `,"capacity":2,"orders":[{"id":"o","size":3,"stops":[]},{"id":"o","size":1.5,"stops":[]}]}`, 1, []string{"/orders/1/size"}},
		{"batch", `{` + planLayout + `,"capacity":2,"orders":[{"id":"o","size":3,"stops":[]},{"id":"o","size":1,"stops":[]}]}`, 1, []string{"/orders/0", "/orders/1/id"}},
		{"carton", `{"cartons":[],"items":[{"id":"a","size":[0,1,1],"weight":1,"qty":1}]}`, 1, []string{"size"}},
		{"walk", `{}`, 2, []string{"no plan"}},
	} {
		var out, errs bytes.Buffer
		code := run([]string{"plan", c.kind}, strings.NewReader(c.in), &out, &errs)
		if code != c.code || out.Len() > 0 {
			t.Errorf("%s %s: exit %d with %q", c.kind, c.in, code, &out)
		}
		for _, s := range c.says {
			if !strings.Contains(errs.String(), s) {
				t.Errorf("%s %s: does not speak of %s: %s", c.kind, c.in, s, &errs)
			}
		}
	}
}
