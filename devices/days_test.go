package devices

import (
	"strings"
	"testing"
	"time"
)

// How long a certificate holds is one line; it says what to do only when something is to be done.
func TestDaysLeftOfACertificate(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	in := func(days int) time.Time { return now.Add(time.Duration(days)*24*time.Hour + time.Minute) }
	for _, c := range []struct {
		about string
		of    HTTPS
		want  string
		todo  string
		over  bool
	}{
		{"brought, long", HTTPS{Brought: true, Until: in(21)}, "certificate: brought, 21 days left", "", false},
		{"brought, short", HTTPS{Brought: true, Until: in(20)}, "brought, 20 days left", "renew the files", false},
		{"brought, last day", HTTPS{Brought: true, Until: in(1)}, "brought, 1 day left", "renew the files", false},
		{"brought, over", HTTPS{Brought: true, Until: now}, "brought, 0 days left", "renew the files", true},
		{"own, long", HTTPS{Until: in(396), Root: in(3649)}, "renews itself, 396 days left; its authority: 3649 days left", "", false},
		{"own, not renewed", HTTPS{Until: in(124), Root: in(3649)}, "124 days left", "the server's log", false},
		{"authority, short", HTTPS{Until: in(300), Root: in(364)}, "authority: 364 days left", "remove DIR/tls", false},
		{"authority, enough", HTTPS{Until: in(300), Root: in(365)}, "authority: 365 days left", "", false},
		{"authority, over", HTTPS{Until: in(-1), Root: in(-1)}, "authority: 0 days left", "remove DIR/tls", true},
	} {
		line, over := c.of.Line(now)
		if !strings.Contains(line, c.want) || over != c.over || strings.Contains(line, "\n") {
			t.Errorf("%s: %q, over %v", c.about, line, over)
		}
		if c.todo != "" && !strings.Contains(line, c.todo) || c.todo == "" && strings.Contains(line, ". ") {
			t.Errorf("%s: %q, to do %q", c.about, line, c.todo)
		}
	}
}

// readyz names the days left; a short certificate is no reason not to be ready.
func TestReadyNamesTheCertificate(t *testing.T) {
	t.Parallel()
	_, plain, _ := trusting(t, true)
	if got := string(plain.ask("GET", "/readyz", "").body); !strings.HasPrefix(got, "ready\ncertificate: brought, 99 days left\n") {
		t.Errorf("%q", got)
	}
	without := openFront(t)
	if got := string(without.ask("GET", "/readyz", "").body); got != "ready\n" {
		t.Errorf("without HTTPS: %q", got)
	}
}
