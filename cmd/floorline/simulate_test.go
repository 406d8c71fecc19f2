package main

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// contractKeys are exactly the keys that `simulate --json` prints.
var contractKeys = strings.Fields(`seed workers orders dispatched explained lines scans verdicts lost doubled mismatched
	verdict_p50_ms verdict_p99_ms verdict_max_ms push_p50_ms push_p99_ms orders_per_s lines_per_s scans_per_s elapsed_s`)

func runSimulate(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = simulateCmd(args, &o, &e)
	return code, o.String(), e.String()
}

// A day under the seed that the issue names: nothing is lost, doubled or different, every order is gone or
// explained, and the journal replays clean afterwards.
func TestSimulateSeed7(t *testing.T) {
	server := newChild(t)
	if _, err := server.start(); err != nil {
		t.Fatal(err)
	}
	args := []string{"--server", server.url, "--token", adminToken, "--workers", "50", "--orders", "500", "--lines", "3", "--faults", "--seed", "7", "--json"}
	if testing.Short() {
		args[5], args[7] = "12", "40"
	}
	code, out, errs := runSimulate(args...)
	var r map[string]float64
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("%v: %q %s", err, out, errs)
	}
	keys := make([]string, 0, len(r))
	for k := range r {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	if want := slices.Sorted(slices.Values(contractKeys)); !slices.Equal(keys, want) {
		t.Errorf("the keys are %v, want %v", keys, want)
	}
	if code != 0 || r["lost"]+r["doubled"]+r["mismatched"] != 0 || r["dispatched"]+r["explained"] != r["orders"] || r["dispatched"] == 0 {
		t.Errorf("exit %d: %s\n%s", code, out, errs)
	}
	t.Log(out)
	if err := server.stop(); err != nil {
		t.Errorf("stopping the server: %v", err)
	}
	server.verify()
}

// One worker does all the work alone; a second day of the same seed finds its own prefix.
func TestSimulateAlone(t *testing.T) {
	server := newChild(t)
	if _, err := server.start(); err != nil {
		t.Fatal(err)
	}
	for day := range 2 {
		code, out, errs := runSimulate("--server", server.url, "--token", adminToken, "--workers", "1", "--orders", "4", "--lines", "2", "--seed", "3")
		if code != 0 || !strings.Contains(out, "4 orders: 4 dispatched, 0 explained, 0 neither") {
			t.Errorf("day %d: exit %d: %s\n%s", day, code, out, errs)
		}
	}
}

func TestSimulateExits(t *testing.T) {
	server := newChild(t)
	if _, err := server.start(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"help", []string{"--help"}, 0, "floorline simulate --server"},
		{"unknown flag", []string{"--colour"}, 2, "colour"},
		{"stray word", []string{"now"}, 2, `"now" is no option`},
		{"nobody", []string{"--token", "t", "--workers", "0"}, 2, "--workers is from 1"},
		{"no token", []string{"--token", ""}, 2, "--token is missing"},
		{"no address", []string{"--token", "t", "--server", "localhost:80"}, 2, "is no address"},
		{"wrong token", []string{"--server", server.url, "--token", "wrong", "--orders", "1"}, 1, "401"},
	} {
		code, out, errs := runSimulate(c.args...)
		if code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("%s: exit %d, want %d saying %q: %s %s", c.name, code, c.code, c.says, out, errs)
		}
		if code != 0 && out != "" {
			t.Errorf("%s: a refusal must leave stdout empty: %q", c.name, out)
		}
	}
}
