package devices

import (
	"fmt"
	"time"
)

// When the end of a certificate is near enough to be said. A leaf of the house's own is made anew with a third of its
// 397 days left, so that one with less was not renewed; to give all devices a new authority takes a while.
const (
	BroughtWarnDays = 21
	RootWarnDays    = 365
	LeafWarnDays    = 125
)

// Line says in one line how long the certificate holds, and what to do where that is not long; over is true of one
// that browsers refuse by now.
func (h *HTTPS) Line(now time.Time) (line string, over bool) {
	days, over := left(h.Until, now)
	if h.Brought {
		if line = "certificate: brought, " + days.say(); days < BroughtWarnDays {
			line += ". What to do: renew the files of --tls-cert and --tls-key; they are read again by themselves"
		}
		return line, over
	}
	root, ended := left(h.Root, now)
	line = fmt.Sprintf("certificate: renews itself, %s; its authority: %s", days.say(), root.say())
	switch {
	case root < RootWarnDays:
		line += ". What to do: at a quiet hour remove DIR/tls and start again, then have every device trust the new authority"
	case days < LeafWarnDays:
		line += ". It should have been renewed: the server's log says why it was not"
	}
	return line, over || ended
}

// daysLeft are whole days until an end.
type daysLeft int

func left(until, now time.Time) (days daysLeft, over bool) {
	d := until.Sub(now)
	return daysLeft(max(d/(24*time.Hour), 0)), d <= 0
}

func (d daysLeft) say() string {
	if d == 1 {
		return "1 day left"
	}
	return fmt.Sprintf("%d days left", d)
}
