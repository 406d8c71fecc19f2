package intake

import (
	"fmt"
	"strings"
	"time"
)

// Times are read with a zone where they have one, else in the zone of the options. A date that puts the
// month before the day, or after it, could mean two days, so only the year-first form is read.
var (
	zoned = []string{time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02 15:04:05-07:00", "2006-01-02 15:04:05 -0700", "2006-01-02T15:04Z07:00"}
	local = []string{"2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02T15:04"}
)

// moment takes a time and gives it as RFC 3339 in UTC. A bare day means its last second where late is set
// (a promise is kept until the day is over), else its first.
func (t *taker) moment(field, s string, late bool, more ...string) string {
	if s == "" {
		return ""
	}
	var at time.Time
	var ok bool
	if len(s) == len(time.DateOnly) {
		if at, ok = parseAny([]string{time.DateOnly}, s, t.zone()); ok && late {
			at = at.AddDate(0, 0, 1).Add(-time.Second)
		}
	}
	for _, layouts := range [][]string{local, zoned, more} {
		if !ok {
			at, ok = parseAny(layouts, s, t.zone())
		}
	}
	if !ok || at.Year() < 1970 || at.Year() > 2200 {
		t.bad(field, "bad_time", fmt.Sprintf("%q is no time; write 2026-02-28, 2026-02-28 14:30 or 2026-02-28T14:30:00Z", shorten(s)))
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

func parseAny(layouts []string, s string, zone *time.Location) (time.Time, bool) {
	for _, l := range layouts {
		if at, err := time.ParseInLocation(l, s, zone); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

// day takes a date such as an expiry, and keeps it as one.
func (t *taker) day(field, s string) string {
	if s == "" {
		return ""
	}
	s, _, _ = strings.Cut(s, " 00:00:00") // a spreadsheet's date with its empty time
	at, err := time.Parse(time.DateOnly, s)
	if err != nil || at.Year() < 1970 || at.Year() > 2200 {
		t.bad(field, "bad_date", fmt.Sprintf("%q is no day; write it as 2026-02-28", shorten(s)))
		return ""
	}
	return s
}
