package carton

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
)

const good = `{"cartons":[{"id":"S","inner":[200,100,100],"outer":[210,110,110],"tare":50,"max_gross":5000,"cost_cents":40},
	{"id":"L","inner":[400,300,200],"tare":150,"max_gross":20000}],
	"items":[{"id":"a","size":[200,100,50],"weight":500,"qty":2,"keep_flat":false},{"id":"b","size":[900,10,10],"weight":1},
	{"id":"none","size":[1,1,1],"weight":1,"qty":0}]}`

func TestPlanAnswersAsTheContractSays(t *testing.T) {
	var out bytes.Buffer
	if err := Plan(strings.NewReader(good), &out); err != nil {
		t.Fatal(err)
	}
	want := `{"cartons":[{"id":"S","gross":1050,"items":[{"id":"a","at":[0,0,0],"size":[200,100,50]},{"id":"a","at":[0,0,50],"size":[200,100,50]}]}],"unpackable":["b"]}` + "\n"
	if out.String() != want {
		t.Errorf("got  %s\nwant %s", out.String(), want)
	}
}

// TestPlanNamesEverythingWrong holds the refusals: what is wrong, all of it, and where.
func TestPlanNamesEverythingWrong(t *testing.T) {
	const box, item = `{"id":"S","inner":[9,9,9],"max_gross":9}`, `{"id":"a","size":[1,2,3],"weight":1,"qty":1}`
	for _, c := range []struct {
		name, in string
		at       []string
	}{
		{"nothing", ``, []string{""}},
		{"cut off", `{"cartons":[`, []string{""}},
		{"two objects", `{"cartons":[],"items":[]}{}`, []string{""}},
		{"a list", `[]`, []string{""}},
		{"nested for ever", strings.Repeat("[", 100_000), []string{""}},
		{"too long", strings.Repeat(" ", InputLimit) + good, []string{""}},
		{"no keys", `{}`, []string{"/cartons", "/items"}},
		{"unknown and wrong case", `{"cartons":[],"Items":[],"items":[],"x/y":1}`, []string{"/Items", "/x~1y"}},
		{"doubled", `{"cartons":[],"items":[],"items":[]}`, []string{"/items"}},
		{"doubled below", `{"cartons":[],"items":[{"id":"a","id":"b","size":[1,1,1]}]}`, []string{"/items/0/id"}},
		{"no lists", `{"cartons":{},"items":null}`, []string{"/cartons", "/items"}},
		{"not objects", `{"cartons":[1],"items":["a"]}`, []string{"/cartons/0", "/items/0"}},
		{"decimals", `{"cartons":[{"id":"S","inner":[9,9.5,9],"max_gross":1e3}],"items":[{"id":"a","size":["1",2,3],"weight":0.5}]}`,
			[]string{"/cartons/0/inner/1", "/cartons/0/max_gross", "/items/0/size/0", "/items/0/weight"}},
		{"flat envelope", `{"cartons":[{"id":"E","inner":[300,200,0],"max_gross":9}],"items":[{"id":"a","size":[1,-2,3],"weight":-1,"qty":-1}]}`,
			[]string{"/cartons/0/inner/2", "/items/0/size/1", "/items/0/weight", "/items/0/qty"}},
		{"outer within inner", `{"cartons":[{"id":"E","inner":[9,9,9],"outer":[8,9,9],"max_gross":9}],"items":[]}`, []string{"/cartons/0/outer"}},
		{"outer of nothing", `{"cartons":[{"id":"E","inner":[9,9,9],"outer":[0,0,0],"max_gross":9}],"items":[]}`,
			[]string{"/cartons/0/outer/0", "/cartons/0/outer/1", "/cartons/0/outer/2"}},
		{"tare over gross", `{"cartons":[{"id":"E","inner":[9,9,9],"tare":10,"max_gross":9}],"items":[]}`, []string{"/cartons/0/tare"}},
		{"two sides", `{"cartons":[],"items":[{"id":"a","size":[1,2]}]}`, []string{"/items/0/size"}},
		{"over 2 billion mm", `{"cartons":[],"items":[{"id":"a","size":[1,2,2147483648],"weight":99999999999999999999}]}`,
			[]string{"/items/0/weight", "/items/0/size/2"}},
		{"no size, no id, no truth", `{"cartons":[{"inner":[9,9,9],"max_gross":9}],"items":[{"id":"","keep_flat":1}]}`,
			[]string{"/cartons/0/id", "/items/0/size", "/items/0/keep_flat", "/items/0/id"}},
		{"the same twice", `{"cartons":[` + box + `,` + box + `],"items":[` + item + `,{"id":"a","size":[3,2,1]}]}`,
			[]string{"/cartons/1/id", "/items/1/id"}},
		{"too many units", `{"cartons":[` + box + `],"items":[{"id":"a","size":[1,1,1],"qty":3000},{"id":"b","size":[1,1,1],"qty":3000}]}`, []string{"/items"}},
		{"too many of one", `{"cartons":[` + box + `],"items":[{"id":"a","size":[1,1,1],"qty":5001}]}`, []string{"/items/0/qty"}},
		{"too many lines", `{"cartons":[],"items":[` + strings.Repeat(item+",", ItemLimit) + item + `]}`, []string{"/items"}},
		{"too many sizes", `{"cartons":[` + strings.Repeat(box+",", CartonLimit) + box + `],"items":[]}`, []string{"/cartons"}},
	} {
		var out bytes.Buffer
		var faults Faults
		if err := Plan(strings.NewReader(c.in), &out); !errors.As(err, &faults) || out.Len() > 0 {
			t.Errorf("%s: error %v, output %q", c.name, err, out.String())
			continue
		}
		var at []string
		for _, f := range faults {
			at = append(at, f.Pointer)
		}
		if !slices.Equal(at, c.at) {
			t.Errorf("%s: faults at %q, want %q (%v)", c.name, at, c.at, faults)
		}
	}
}

// FuzzPlan: whatever comes in, an answer holds what the checker asks for, or the refusal says why.
func FuzzPlan(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte(`{"cartons":[{"id":"S","inner":[2000000000,9,9],"max_gross":9}],"items":[{"id":"a","size":[1,2000000000,3],"weight":3,"qty":40,"keep_flat":true,"hazard":"3"}]}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		var out bytes.Buffer
		if err := Plan(bytes.NewReader(in), &out); err != nil {
			if err.Error() == "" {
				t.Fatal("a refusal that says nothing")
			}
			return
		}
		var r Result
		if err := json.Unmarshal(out.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		boxes, items, _ := read(bytes.NewReader(in))
		for _, w := range wrong(boxes, merged(items), r) {
			t.Error(w)
		}
	})
}

// merged adds up lines of the same item.
func merged(items []Item) []Item {
	var out []Item
	for _, it := range items {
		if i := slices.IndexFunc(out, func(o Item) bool { return o.ID == it.ID }); i >= 0 {
			out[i].Qty += it.Qty
		} else {
			out = append(out, it)
		}
	}
	return out
}
