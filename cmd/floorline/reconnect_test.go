package main

import (
	"context"
	"os"
	"testing"
	"time"
)

// crowdSize is how many sockets come back at once: a slice of them with the race detector, all of them when asked for.
func crowdSize() int {
	switch {
	case os.Getenv("FLOORLINE_SOAK") != "":
		return 2000
	case testing.Short():
		return 50
	}
	return 200
}

// Everybody's connection dies at once and everybody comes back, over TLS, while some go on scanning: after a dead access
// point, after a power cut with the waits of our own client, and after one with no waits at all, which is worse than any
// floor. Each device is given everything that it missed, in order and once; every scan has one verdict and is in the
// journal once, and the floor knows which of them it had taken.
func TestCrashReconnect(t *testing.T) { reconnect(t, crowdSize()) }

// The same with its figures, for `make bench`.
func TestBenchReconnect(t *testing.T) {
	benchOnly(t)
	reconnect(t, 2000)
}

func reconnect(t *testing.T, size int) {
	c := gather(t, size)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	empty := usageOf(c.server)
	began := time.Now()
	gone := c.enter(ctx)
	c.report("first connection", empty, began, c.settle())
	for _, r := range []struct {
		name      string
		cut, gate bool
	}{
		{"dead access point, all back at once", false, true},
		{"kill -9, all back at once", true, true},
		{"kill -9, with our client's waits", true, false},
	} {
		stop := c.scanAway(ctx)
		time.Sleep(700 * time.Millisecond) // the load's time, not a wait for anything
		was := usageOf(c.server)
		began := c.fall(r.cut, r.gate)
		landed := c.settle()
		stop()
		c.quieten()
		c.report(r.name, was, began, landed)
		if t.Failed() {
			return
		}
	}
	journal := c.journal()
	cancel()
	c.hang()
	gone.Wait()
	c.check(journal)
	if err := c.server.stop(); err != nil {
		t.Error(err)
	}
	c.server.verify()
}
