package store

import (
	"time"

	"floorline/floor"
)

// JumpLimit is how far behind the journal's last time the wall clock may be at start, without a word.
const JumpLimit = 5 * time.Minute

// clock gives commands their time: the wall clock at start, then what has elapsed by the monotonic clock,
// so that a wall clock set back or forward during the day moves nothing. Time never goes back.
type clock struct {
	read   func() time.Time
	start  time.Time     // with its monotonic reading
	behind time.Duration // how far the wall was behind the journal at start
}

func newClock(read func() time.Time, last floor.Time) clock {
	c := clock{read: read, start: read()}
	if back := time.UnixMilli(int64(last)).Sub(c.start); back > JumpLimit {
		c.behind = back
	}
	return c
}

// now is the time for a command that comes after last.
func (c *clock) now(last floor.Time) floor.Time {
	t := floor.Time(c.start.Add(c.read().Sub(c.start)).UnixMilli())
	return max(t, last)
}
