package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"floorline/cmd/floorline/whatif"
	"floorline/devices"
	"floorline/floor"
	"floorline/store"
)

func askWhatIf(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	return runSimulate(append([]string{"--what-if"}, args...)...)
}

// The whole way from the command line: one JSON object, a plot, and the same bytes again.
func TestWhatIf(t *testing.T) {
	plot := filepath.Join(t.TempDir(), "day.svg")
	args := []string{"--pickers", "2,1", "--orders", "60", "--start", "13:00", "--runs", "2", "--seed", "4", "--json", "--plot", plot}
	code, out, errs := askWhatIf(t, args...)
	if code != 0 || errs != "" {
		t.Fatalf("exit %d: %s", code, errs)
	}
	var a struct {
		Answer, Truck string
		Due           int `json:"orders_due"`
		Crews         []struct {
			Pickers int
			Missing float64 `json:"missing_mean"`
			Done    string  `json:"done_p50"`
		}
	}
	if err := json.Unmarshal([]byte(out), &a); err != nil {
		t.Fatal(err)
	}
	if a.Due != 60 || a.Truck != "16:00" || len(a.Crews) != 2 || a.Crews[0].Pickers != 1 || !strings.HasPrefix(a.Answer, "With 1 picker ") || a.Crews[1].Done == "" {
		t.Errorf("%+v", a)
	}
	drawn, err := os.ReadFile(plot)
	if err != nil || !bytes.Contains(drawn, []byte("16:00 truck")) {
		t.Errorf("the plot: %v, %d bytes", err, len(drawn))
	}
	if _, again, _ := askWhatIf(t, args...); again != out {
		t.Error("the same seed gave other bytes")
	}
	if code, out, errs = askWhatIf(t, args[:8]...); code != 0 || !strings.Contains(out, "bottleneck") || !strings.Contains(out, "a 1 picker") {
		t.Errorf("for people: exit %d %s\n%s", code, errs, out)
	}
}

// Whatever is wrong is said at once, each thing with what it may be, and nothing is played.
func TestWhatIfRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		want []string
	}{
		"absurd figures": {[]string{"--walk-m-s", "0", "--pickers", "6,-2", "--truck", "25:00", "--orders", "99999999", "--runs", "0"},
			[]string{"--walk-m-s", "--pickers", "--truck", "--orders", "--runs"}},
		"no numbers":    {[]string{"--pickers", "some"}, []string{"--pickers goes from 1"}},
		"no option":     {[]string{"--pikcers", "6"}, []string{"pikcers"}},
		"no such curve": {[]string{"--arrivals", "lunch"}, []string{"--arrivals is one of even, morning, evening"}},
		"no such file":  {[]string{"--arrivals", "nowhere/at/all.csv", "--lines", "0"}, []string{"no such file", "--lines"}},
		"too late":      {[]string{"--start", "17:00"}, []string{"--truck 16:00 is not after --start 17:00"}},
		"a word more":   {[]string{"please"}, []string{"please"}},
	} {
		code, out, errs := askWhatIf(t, c.args...)
		if code != 2 || out != "" {
			t.Errorf("%s: exit %d, %s", name, code, out)
		}
		for _, want := range c.want {
			if !strings.Contains(errs, want) {
				t.Errorf("%s: %q is not named in:\n%s", name, want, errs)
			}
		}
	}
	if code, _, errs := askWhatIf(t, "--data", t.TempDir()); code != 1 || !strings.Contains(errs, "no warehouse") {
		t.Errorf("exit %d: %s", code, errs)
	}
	if code, _, errs := askWhatIf(t, "--orders", "0"); code != 1 || !strings.Contains(errs, "no order is due") {
		t.Errorf("exit %d: %s", code, errs)
	}
}

// The help names every option with what it is when nothing is said.
func TestWhatIfHelp(t *testing.T) {
	code, out, _ := askWhatIf(t, "--help")
	if code != 0 {
		t.Fatal(code)
	}
	w := &whatIfFlags{q: whatif.Usual()}
	w.flags().VisitAll(func(f *flag.Flag) {
		said := f.Name
		if f.DefValue != "" && f.DefValue != "true" && f.DefValue != "false" {
			said += " " + f.DefValue
		}
		if !regexp.MustCompile(`(?m)--` + regexp.QuoteMeta(said) + `\s`).MatchString(out) {
			t.Errorf("--%s is not in the help", said)
		}
	})
}

// A real warehouse is only read: its waiting orders are due, and not a byte of its directory changes.
func TestWhatIfOfARealWarehouse(t *testing.T) {
	dir := t.TempDir()
	k, err := store.Open(store.Options{Dir: dir, TickEvery: -1})
	if err != nil {
		t.Fatal(err)
	}
	if err := devices.FillDemo(k, dir); err != nil {
		t.Fatal(err)
	}
	waiting, seq := 0, k.Head().Seq
	k.View(func(s *floor.State) {
		for _, o := range s.Orders {
			if o.Service == "standard" && o.Status == floor.OrderReceived {
				waiting++
			}
		}
	})
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	before := digestOf(t, dir)
	s, err := store.Look(dir)
	if err != nil || s.Seq != seq {
		t.Fatalf("record %d, want %d: %v", s.Seq, seq, err)
	}
	code, out, errs := askWhatIf(t, "--data", dir, "--orders", "20", "--runs", "1", "--pickers", "2", "--start", "13:00", "--service", "standard", "--json")
	var a struct {
		Due       int    `json:"orders_due"`
		Warehouse string `json:"warehouse"`
	}
	if err := json.Unmarshal([]byte(out), &a); err != nil || code != 0 {
		t.Fatalf("exit %d: %v %s", code, err, errs)
	}
	if waiting == 0 || a.Due != waiting+20 || a.Warehouse != "Floorline Demo" {
		t.Errorf("%+v, want %d due", a, waiting+20)
	}
	if digestOf(t, dir) != before {
		t.Error("the directory changed")
	}
	if code, _, errs := askWhatIf(t, "--data", dir, "--service", "pigeon"); code != 1 || !strings.Contains(errs, "express, standard") {
		t.Errorf("exit %d: %s", code, errs)
	}
}

// digestOf is one sum over all files of a directory and their names.
func digestOf(t *testing.T, dir string) [32]byte {
	t.Helper()
	h := sha256.New()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		h.Write([]byte(path))
		h.Write(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return [32]byte(h.Sum(nil))
}
