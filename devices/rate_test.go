package devices

import (
	"fmt"
	"strconv"
	"testing"
	"time"
)

// A bucket lets its burst through, then its rate; others have buckets of their own, and there are so many and no more.
func TestRates(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_700_000_000, 0)
	r := newRates()
	passed := func(who string, n int) (through int) {
		for range n {
			if _, ok := r.take(who, 10, 50, now); ok {
				through++
			}
		}
		return through
	}
	if n := passed("a", 200); n != 50 {
		t.Errorf("%d at once", n)
	}
	if wait, ok := r.take("a", 10, 50, now); ok || wait <= 0 || wait > 100*time.Millisecond {
		t.Errorf("the next in %v", wait)
	}
	now = now.Add(time.Second)
	if n := passed("a", 200); n != 10 {
		t.Errorf("%d in a second", n)
	}
	if n := passed("b", 1); n != 1 {
		t.Error("one pays for another")
	}
	for i := range 3 * BucketsKept {
		r.take(fmt.Sprint("stranger ", i), 10, 50, now)
	}
	if len(r.of) > BucketsKept+1 {
		t.Errorf("%d buckets are kept", len(r.of))
	}
	now = now.Add(time.Hour)
	r.take("late", 10, 50, now)
	if len(r.of) > 2 {
		t.Errorf("%d buckets are kept of who has long gone", len(r.of))
	}
}

// An address without a good token is held to its rate, and told how long to wait; who shows a good one is not held
// back by the others of the address, nor is a header believed about where a request came from.
func TestTooManyRequests(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	now := time.Now().Add(time.Minute) // what is taken is not given back while the test runs
	for {
		if _, ok := f.s.rates.take("from/127.0.0.1", StrangersPerSec, StrangersBurst, now); !ok {
			break
		}
	}
	for _, path := range []string{"/healthz", "/api/v1/orders", "/signin", "/api/v1/socket"} {
		r := f.ask("GET", path, "", "Authorization", "Bearer guess", "X-Forwarded-For", "10.1.2.3")
		if r.status != 429 || r.code() != "too_fast" {
			t.Fatalf("%s: %d %s", path, r.status, r.body)
		}
		if s, err := strconv.Atoi(r.header.Get("Retry-After")); err != nil || s < 1 {
			t.Errorf("%s: Retry-After %q", path, r.header.Get("Retry-After"))
		}
	}
	f.want(200, "GET", "/api/v1/orders", "")
}

// Devices are locked first: a stranger who guesses at one locks that one and nobody's shift. Guessing at a person on
// many devices slows the guesser down, and the person gets in.
func TestLockoutByDeviceFirst(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	mia, ana := f.worker("Mia", "picker", "1357924"), f.worker("Ana", "picker", "8642975")
	try := func(d *dev, pin string) string {
		t.Helper()
		if v := d.scan(mia); v["code"] != "pin_needed" {
			return fmt.Sprint(v["code"])
		}
		return fmt.Sprint(d.doing("answer", `"ask":"pin","value":"`+pin+`"`)["code"])
	}
	guesses := 0
	for range 2 {
		d := f.pair("handheld")
		d.hello("")
		for range TriesFree {
			if got := try(d, "0000"); got != "pin_wrong" {
				t.Fatal(got)
			}
			guesses++
		}
		if got := try(d, "1357924"); got != "locked" {
			t.Fatalf("the device is not locked: %s", got)
		}
	}
	if guesses < SlowAfter {
		t.Fatalf("%d guesses", guesses)
	}
	d := f.pair("handheld")
	d.hello("")
	begun := time.Now()
	if got := try(d, "1357924"); got != "signed_in" {
		t.Fatalf("a stranger locked Mia out: %s", got)
	}
	if took := time.Since(begun); took < SlowBy {
		t.Errorf("guessing at one person on many devices is not slowed: %v", took)
	}
	d.expect(d.scan(ana), "pin_needed")
	begun = time.Now()
	d.expect(d.doing("answer", `"ask":"pin","value":"8642975"`), "signed_in")
	if took := time.Since(begun); took >= SlowBy {
		t.Errorf("Ana waits for what was done to Mia: %v", took)
	}
}

// A network of IPv6 has more addresses than there are tries: it counts as one.
func TestOneNetworkOneGuesser(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"10.1.2.3": "10.1.2.3", "fd00:1:2:3:aaaa::1": "fd00:1:2:3::", "fd00:1:2:3:bbbb::9": "fd00:1:2:3::",
		"::ffff:10.1.2.3": "::ffff:10.1.2.3", "nonsense": "nonsense"} {
		if got := network(in); got != want {
			t.Errorf("%s counts as %s, want %s", in, got, want)
		}
	}
}
