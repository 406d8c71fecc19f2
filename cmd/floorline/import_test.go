package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func runImport(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = run(append([]string{"import"}, args...), nil, &o, &e)
	return code, o.String(), e.String()
}

// Files go to a real server; bad rows are named with their line, a file that is none makes the exit code 1,
// and what was sent before changes nothing.
func TestImportFiles(t *testing.T) {
	server := newChild(t)
	if _, err := server.start(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	bins := file("bins.csv", "code,kind\nA-01,pick\nA-02,attic\n")
	orders := file("orders.csv", "channel,external_id,name,address1,city,postcode,country,sku,qty,price,currency\nweb,1,Ann,Quay 1,Rotterdam,3011,NL,CUP,1,1.00,EUR\n")
	past := file("past.csv", "channel,external_id,placed,name,country,sku,qty\nshop,1,2015-03-01T10:00:00Z,Ann,NL,OLD,2\nshop,2,2015-03-03T10:00:00Z,Ben,NL,OLD,3\n")
	to := []string{"--server", server.url, "--token", adminToken}
	with := func(args ...string) []string { return append(append([]string{}, to...), args...) }
	for _, x := range []struct {
		name string
		args []string
		code int
		says []string
	}{
		{"a dry run changes nothing", with("--format", "bins", "--dry-run", bins), 0, []string{"1 created", "nothing was changed"}},
		{"bad rows are named", with("--format", "bins", bins), 0, []string{"1 created, 0 updated, 0 unchanged, 1 rejected", "line 3 A-02:"}},
		{"again changes nothing", with("--format", "bins", bins), 0, []string{"0 created, 0 updated, 1 unchanged, 1 rejected"}},
		{"several files", with("--create-items", orders, orders), 0, []string{"1 created", "1 unchanged"}},
		{"a file that is not there", with(filepath.Join(dir, "none.csv"), orders), 1, []string{"none.csv", "1 unchanged"}},
		{"a format that is not there", with("--format", "cobol", orders), 1, []string{"refused", "format is one of amazon, csv"}},
		{"past orders as demand", with("--history", "--create-items", "--day", "2015-03-03", past), 0, []string{"2 created"}},
		{"the same again", with("--history", "--day", "2015-03-03", "--as", "yesterday", past), 0, []string{"2 unchanged"}},
		{"a day that is none", with("--history", "--day", "soon", past), 1, []string{"refused", "2026-02-28"}},
		{"a token that is not good", []string{"--server", server.url, "--token", "wrong", orders}, 1, []string{"refused"}},
		{"no file", to, 2, []string{"name at least one file"}},
		{"an unknown flag", with("--colour", orders), 2, []string{"colour"}},
		{"help", []string{"--help"}, 0, []string{"usage", "-create-items"}},
	} {
		code, out, errs := runImport(x.args...)
		if code != x.code {
			t.Errorf("%s: exit %d, want %d: %s%s", x.name, code, x.code, out, errs)
		}
		for _, say := range x.says {
			if !strings.Contains(out+errs, say) {
				t.Errorf("%s: nothing says %q:\n%s%s", x.name, say, out, errs)
			}
		}
	}
	t.Setenv("FLOORLINE_TOKEN", "")
	if code, _, errs := runImport("--server", server.url, orders); code != 2 || !strings.Contains(errs, "token") {
		t.Errorf("without a token: exit %d, %s", code, errs)
	}
}
