package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"floorline/floor"
	"floorline/store"
)

// tool runs a subcommand and gives its exit code and what it says.
func tool(args ...string) (int, string) {
	var out, errs bytes.Buffer
	code := run(args, strings.NewReader(""), &out, &errs)
	return code, out.String() + errs.String()
}

// says fails unless a subcommand ends with a code and says something.
func says(t *testing.T, code int, what string, args ...string) {
	t.Helper()
	if got, said := tool(args...); got != code || !strings.Contains(said, what) {
		t.Errorf("%v: exit %d, want %d with %q:\n%s", args, got, code, what, said)
	}
}

func openWarehouse(t *testing.T, dir string) *store.Keeper {
	t.Helper()
	k, err := store.Open(store.Options{Dir: dir, Space: store.SpaceOptions{LowBytes: 1, BallastBytes: 1 << 12}})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// verify and doctor on a warehouse at work, on a stopped one, on a damaged one and on none.
func TestVerifyAndDoctor(t *testing.T) {
	dir := t.TempDir()
	says(t, 1, "no warehouse", "verify", "--data", dir)
	says(t, 1, "no warehouse", "doctor", "--data", dir)
	says(t, 1, "no directory", "verify", "--data", filepath.Join(dir, "nowhere"))
	says(t, 2, "usage", "verify")
	says(t, 0, "usage", "doctor", "--help")

	k := openWarehouse(t, dir)
	for range 5 {
		if a := k.Do(&floor.Command{Verb: floor.MakeTotes{Count: 2}}); a.Err != nil {
			t.Fatal(a.Err)
		}
	}
	says(t, 0, "clean", "verify", "--data", dir)
	says(t, 0, "a server holds this directory", "doctor", "--data", dir)
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	says(t, 0, "clean", "verify", "--data", dir)
	says(t, 0, "no server holds this directory", "doctor", "--data", dir)

	if err := os.RemoveAll(filepath.Join(dir, "badger")); err != nil {
		t.Fatal(err)
	}
	says(t, 1, "What to do", "verify", "--data", dir)
	says(t, 1, "What to do", "doctor", "--data", dir)
	says(t, 1, "What to do", "serve", "--data", dir, "--http", "127.0.0.1:0")
}

// The doctor names the certificate of a house that speaks HTTPS, its own or one that was brought.
func TestDoctorNamesTheCertificate(t *testing.T) {
	dir := t.TempDir()
	k := openWarehouse(t, dir)
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	if _, said := tool("doctor", "--data", dir); strings.Contains(said, "certificate") {
		t.Errorf("a house without HTTPS has none: %s", said)
	}
	leafOf(t, opened(t, filepath.Join(dir, "tls"), time.Now()), time.Now())
	says(t, 0, "certificate: renews itself, 396 days left; its authority: 3649 days left\n", "doctor", "--data", dir)
	says(t, 0, "certificate: brought, 396 days left\n", "doctor", "--data", dir, "--tls-cert", filepath.Join(dir, "tls", "leaf.pem"))
	says(t, 1, "certificate: cannot be read", "doctor", "--data", dir, "--tls-cert", filepath.Join(dir, "none.pem"))

	past := filepath.Join(t.TempDir(), "tls")
	leafOf(t, opened(t, past, time.Now().Add(-2*leafLife)), time.Now().Add(-2*leafLife))
	says(t, 1, "What to do: renew the files", "doctor", "--data", dir, "--tls-cert", filepath.Join(past, "leaf.pem"))
}
