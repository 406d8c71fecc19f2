package floor

import (
	"fmt"
	"time"
)

// String is the instant in RFC 3339, or "" for none.
func (t Time) String() string {
	if t == 0 {
		return ""
	}
	return time.UnixMilli(int64(t)).UTC().Format("2006-01-02T15:04:05.000Z")
}

// Day is the instant's day in UTC, written 2026-02-28.
func (t Time) Day() string { return time.UnixMilli(int64(t)).UTC().Format("2006-01-02") }

// plus is the instant some milliseconds later.
func (t Time) plus(ms int64) Time { return t + Time(ms) }

func pointerTo(list string, i int, field string) string {
	return fmt.Sprintf("%s/%d/%s", list, i, field)
}
