package simulate

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"time"
)

// pace spreads scans over time. With a rate it is an open loop: each worker has a schedule that does not
// wait for the server, and latency counts from the scheduled moment, so that a server which stalls cannot
// hide it. Without a rate the next scan follows the last verdict at once.
type pace struct {
	rate   float64      // scans a second of all workers; 0: as fast as verdicts come
	active atomic.Int64 // workers in the middle of a job
}

// cadence is one worker's place in the schedule.
type cadence struct {
	*pace
	r   *rand.Rand
	due time.Time
}

// rest takes a worker out of the schedule: with no work there is nothing to be late for.
func (c *cadence) rest() {
	if !c.due.IsZero() {
		c.active.Add(-1)
		c.due = time.Time{}
	}
}

// next waits for the worker's next moment and gives when it was meant to be.
func (c *cadence) next(ctx context.Context) time.Time {
	now := time.Now()
	if c.due.IsZero() {
		c.active.Add(1)
		c.due = now
		if c.rate > 0 { // not all at once
			c.due = now.Add(-time.Duration(c.r.Float64() * float64(c.active.Load()) / c.rate * float64(time.Second)))
		}
	}
	if c.rate <= 0 {
		return now
	}
	c.due = c.due.Add(time.Duration(float64(c.active.Load()) / c.rate * float64(time.Second)))
	if early := c.due.Sub(now); early > 0 {
		pause(ctx, early)
	}
	return c.due
}

// percentile gives the value below which the given part of a list lies; 0 for an empty list.
func percentile(sorted []float64, part float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(part*float64(len(sorted))))]
}

func ordered(list []float64) []float64 {
	out := slices.Clone(list)
	slices.Sort(out)
	return out
}
