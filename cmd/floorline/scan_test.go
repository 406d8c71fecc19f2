package main

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"floorline/floor/fixture"
)

// One line in, one line out, whatever the line holds. The outcome is last.
func TestScan(t *testing.T) {
	long := strings.Repeat("9", 200_000)
	for _, tt := range []struct{ in, out string }{
		{"]C10109501101530003{GS}10LOT7", `{"ok":true,"symbology":"]C1","elements":[{"ai":"01","value":"09501101530003"},{"ai":"10","value":"LOT7"}]}`},
		{"]C10109501101530003\x1d10LOT7", `{"ok":true,"symbology":"]C1","elements":[{"ai":"01","value":"09501101530003"},{"ai":"10","value":"LOT7"}]}`},
		{"(01)09501101530003(17)261231", `{"ok":true,"symbology":"","elements":[{"ai":"01","value":"09501101530003"},{"ai":"17","value":"261231"}]}`},
		{"9501101530003", `{"ok":true,"symbology":"","elements":[{"ai":"01","value":"09501101530003"}]}`},
		{"]Q1hello <you>", `{"ok":true,"symbology":"]Q1","elements":[],"text":"hello <you>"}`},
		{"https://id.example.com/01/09501101530003/10/LOT7", `{"ok":true,"symbology":"","elements":[{"ai":"01","value":"09501101530003"},{"ai":"10","value":"LOT7"}]}`},
		{"^0109501101530003^10LOT7", `{"ok":true,"symbology":"","elements":[{"ai":"01","value":"09501101530003"},{"ai":"10","value":"LOT7"}]}`},
		{"(10)LOT7(17)261231", `{"ok":true,"symbology":"","elements":[{"ai":"10","value":"LOT7"}`},
		{"(21)SER1", `{"ok":false,"code":"missing_ai"`},
		{"9501101530004", `{"ok":false,"code":"check_digit"`},
		{"]C10109501101530003" + "17261332", `{"ok":false,"code":"bad_date"`},
		{"]C110LOT7", `{"ok":false,"code":"missing_ai"`},
		{"(01)09501101530003(37)5", `{"ok":false,"code":"excluded_ai"`},
		{"]C1890", `{"ok":false,"code":"unknown_ai"`},
		{"", `{"ok":false,"code":"empty"`},
		{long, `{"ok":false,"code":"too_long"`},
		{"\xff\x00", `{"ok":false,"code":"not_gs1"`},
	} {
		var out, errs bytes.Buffer
		if code := scan(nil, strings.NewReader(tt.in+"\n"), &out, &errs); code != 0 || !strings.HasPrefix(out.String(), tt.out) || strings.Count(out.String(), "\n") != 1 {
			t.Errorf("%.60q: %d %s%s", tt.in, code, out.String(), errs.String())
		}
	}
	var out, errs bytes.Buffer
	scan([]string{"--lenient"}, strings.NewReader("]C1890{GS}0109501101530003\n"), &out, &errs)
	if !strings.Contains(out.String(), `"elements":[{"ai":"01","value":"09501101530003"}]`) || !strings.Contains(out.String(), `"unknown_ai"`) {
		t.Errorf("lenient keeps the good part: %s", out.String())
	}
	if code := scan([]string{"--nothing"}, strings.NewReader(""), &out, &errs); code != 2 {
		t.Errorf("misuse is 2, not %d", code)
	}
}

// Every published vector that is a scan agrees when it goes in as it stands there, one a line. Two ask for an option of
// the engine that refuses what another vector of the same text takes; those that ask to make a code are none.
func TestScanPublicVectors(t *testing.T) {
	type vector struct {
		Kind, Src, In, Expect string
		OK                    bool
	}
	var all []vector
	good := map[string]bool{}
	var in strings.Builder
	for line := range strings.Lines(string(fixture.Read(t, "gs1/gs1_vectors.jsonl"))) {
		var v vector
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatal(err)
		}
		if v.Kind == "lint_component" || strings.HasSuffix(v.Kind, "_generate") {
			continue
		}
		good[v.Kind+v.In] = good[v.Kind+v.In] || v.OK
		all = append(all, v)
		in.WriteString(v.In + "\n")
	}
	var out, errs bytes.Buffer
	scan(nil, strings.NewReader(in.String()), &out, &errs)
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != len(all) || len(all) < 140 {
		t.Fatalf("%d answers to %d vectors", len(lines), len(all))
	}
	for i, v := range all {
		if !v.OK && good[v.Kind+v.In] {
			continue
		}
		if got := strings.HasPrefix(lines[i], `{"ok":true`); got != v.OK {
			t.Errorf("%s %s %q: %s", v.Kind, v.Src, v.In, lines[i])
		}
	}
	t.Logf("%d vectors", len(all))
}

// TestBenchScan prints how many scans a second one core decodes.
func TestBenchScan(t *testing.T) {
	if os.Getenv("FLOORLINE_BENCH") == "" {
		t.Skip("a bench: FLOORLINE_BENCH=1")
	}
	const n = 400_000
	in := strings.Repeat("]C10109501101530003172612311012LOT77\n(01)09501101530003(10)ABC\n9501101530003\n]d20109501101530003{GS}21SER1{GS}10LOT\n", n/4)
	var out, errs bytes.Buffer
	start := time.Now()
	scan(nil, strings.NewReader(in), &out, &errs)
	t.Logf("%.0f scans a second", n/time.Since(start).Seconds())
}
