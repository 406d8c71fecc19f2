package devices

import (
	"fmt"
	"net"
	"sync"
	"time"

	"floorline/floor"
)

// How many requests are answered. A floor of hundreds of handhelds works over sockets, and each of its devices has a
// bucket of its own, of which a screen's busiest second takes a hundredth; one token may ask for more orders a second
// than a plain disk commits. Whoever shows no good token shares the bucket of an address, which bears a whole floor
// that comes back at once: 2,000 sockets, and the files of the screens for a hundred of them.
const (
	RequestsPerSec  = 5000 // of one token, one person at a browser, one device
	RequestsBurst   = 50_000
	StrangersPerSec = 500 // of one address, IPv6 by its /64, without a good token
	StrangersBurst  = 10_000
	BucketsKept     = 20_000
)

// rates counts requests by who asks.
type rates struct {
	mu sync.Mutex
	of map[string]*allowance
	// swept is when those who have gone were last looked for: not for every stranger of a crowd
	swept time.Time
}

// allowance is what is left to one who asks: it fills by the second, up to its burst.
type allowance struct {
	left float64
	at   time.Time
}

func newRates() *rates { return &rates{of: map[string]*allowance{}} }

// take lets a request through, or says how long to wait for the next one.
func (r *rates) take(who string, perSec, burst float64, now time.Time) (wait time.Duration, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	a := r.of[who]
	if a == nil {
		if len(r.of) >= BucketsKept && !r.forget(now) {
			who = "" // the rest share one
			a = r.of[who]
		}
		if a == nil {
			a = &allowance{left: burst, at: now}
			r.of[who] = a
		}
	}
	a.left = min(a.left+perSec*now.Sub(a.at).Seconds(), burst)
	a.at = now
	if a.left < 1 {
		return time.Duration((1 - a.left) / perSec * float64(time.Second)), false
	}
	a.left--
	return 0, true
}

// forget drops who has not asked for so long that nothing is held against them; true where there is room again.
func (r *rates) forget(now time.Time) bool {
	if now.Sub(r.swept) < time.Second {
		return false
	}
	r.swept = now
	for who, a := range r.of {
		if now.Sub(a.at) > StrangersBurst/StrangersPerSec*time.Second {
			delete(r.of, who)
		}
	}
	return len(r.of) < BucketsKept
}

// tooFast turns away who asks more often than any floor does.
func (c *call) tooFast(known bool) *floor.Error {
	who, perSec, burst := "token/"+c.who.digest, RequestsPerSec, RequestsBurst
	if !known {
		who, perSec, burst = "from/"+c.from(), StrangersPerSec, StrangersBurst
	}
	wait, ok := c.s.rates.take(who, float64(perSec), float64(burst), time.Now())
	if ok {
		return nil
	}
	c.Set("Retry-After", fmt.Sprint(int(wait.Seconds())+1))
	return &floor.Error{Kind: "too_many", Code: "too_fast", Say: "too many requests; wait as long as Retry-After says"}
}

// from is the address that a request came from. Of IPv6 it is the network: one machine has as many addresses there as
// it likes. What a header says of it counts for nothing.
func (c *call) from() string { return network(c.IP()) }

func network(address string) string {
	ip := net.ParseIP(address)
	if ip == nil || ip.To4() != nil {
		return address
	}
	return ip.Mask(net.CIDRMask(64, 128)).String()
}

// bucket lets so many frames a second through, with a burst of twice that.
type bucket struct {
	rate, left float64
	at         time.Time
}

func newBucket(perSecond int) bucket {
	return bucket{rate: float64(perSecond), left: 2 * float64(perSecond), at: time.Now()}
}

func (b *bucket) take() bool {
	now := time.Now()
	b.left = min(b.left+b.rate*now.Sub(b.at).Seconds(), 2*b.rate)
	b.at = now
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}
