package main

import (
	"bytes"
	"strings"
	"testing"
)

func runLabel(in string, args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = label(args, strings.NewReader(in), &o, &e)
	return code, o.String(), e.String()
}

// Every kind that is listed has an example, and its example prints.
func TestLabelExamplesPrint(t *testing.T) {
	code, list, _ := runLabel("", "--list")
	kinds := strings.Fields(list)
	if code != 0 || len(kinds) < 8 {
		t.Fatalf("--list: exit %d, %q", code, list)
	}
	for _, kind := range kinds {
		code, example, errs := runLabel("", "--example", kind)
		if code != 0 {
			t.Fatalf("--example %s: exit %d, %s", kind, code, errs)
		}
		code, pdf, errs := runLabel(example, kind, "--dpi", "300")
		if code != 0 || !strings.HasPrefix(pdf, "%PDF-1.") {
			t.Errorf("%s: exit %d, %q, %s", kind, code, pdf[:min(len(pdf), 20)], errs)
		}
	}
}

func TestLabelExits(t *testing.T) {
	_, example, _ := runLabel("", "--example", "shipping")
	for _, c := range []struct {
		name, in string
		args     []string
		code     int
		says     string
	}{
		{"flags before the kind", example, []string{"--zpl", "shipping"}, 0, "^XA"},
		{"flags after the kind", example, []string{"shipping", "--size", "a6", "--zpl"}, 0, "^XA"},
		{"a batch", "[" + example + "," + example + "]", []string{"shipping", "--zpl"}, 0, "^XZ"},
		{"help", "", []string{"--help"}, 0, "floorline label KIND"},
		{"nothing", "", nil, 2, "name a KIND"},
		{"unknown kind", "", []string{"shiping"}, 2, `no kind "shiping"`},
		{"unknown flag", "", []string{"shipping", "--colour"}, 2, "colour"},
		{"two kinds", "", []string{"shipping", "slip"}, 2, "one KIND at a time"},
		{"odd resolution", "", []string{"shipping", "--dpi", "96"}, 2, "--dpi is 203, 300 or 600"},
		{"unknown size", example, []string{"shipping", "--size", "a9"}, 2, `no size "a9"`},
		{"a size too small for the kind", example, []string{"shipping", "--size", "62x29"}, 1, "needs 97 x 140 mm"},
		{"no data", "", []string{"shipping"}, 1, "no data"},
		{"broken data", "{", []string{"shipping"}, 1, "the data is not right"},
		{"data refused", "{}", []string{"shipping"}, 1, "tracking is missing"},
		{"paper as ZPL", "{}", []string{"slip", "--zpl"}, 1, "no ZPL"},
	} {
		code, out, errs := runLabel(c.in, c.args...)
		if code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("%s: exit %d, want %d saying %q: %.200q %.200q", c.name, code, c.code, c.says, out, errs)
		}
		if code != 0 && out != "" {
			t.Errorf("%s: a refusal must leave stdout empty: %.60q", c.name, out)
		}
	}
}
