package main

import (
	"context"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"floorline/cmd/floorline/simulate"
)

// readyWithin is how long a warehouse may stand still after a power cut.
const readyWithin = 5 * time.Second

// The power goes in the middle of work, again and again, and at times while the server is starting. Every verdict that a worker has seen is in the
// journal exactly once, each command's movements are whole, the server is back within five seconds, and
// every device that missed nothing stands at the step at which it stood.
func TestCrash(t *testing.T) {
	rounds := 20
	if os.Getenv("FLOORLINE_SOAK") != "" {
		rounds = 200
	}
	if testing.Short() {
		rounds = 3
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d, %d power cuts", seed, rounds)
	server := newChild(t)
	if _, err := server.start(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	cuts := make(chan int, 1)
	go func() {
		defer cancel() // a server that does not come back ends the simulation too
		if powerCuts(t, server, rand.New(rand.NewPCG(seed, 0)), rounds) {
			cuts <- rounds
			<-ctx.Done()
		}
	}()
	for day := uint64(0); ; day++ {
		workThrough(ctx, t, server, seed+day)
		if t.Failed() {
			return
		}
		select {
		case <-cuts:
			if err := server.stop(); err != nil {
				t.Errorf("stopping the server: %v", err)
			}
			server.verify()
			return
		default:
		}
	}
}

// powerCuts kills the server and starts it again, so many times; false when it did not come back.
func powerCuts(t *testing.T, server *child, r *rand.Rand, rounds int) bool {
	var slowest time.Duration
	for round := range rounds {
		time.Sleep(time.Duration(r.Int64N(int64(900 * time.Millisecond)))) // the load's time, not a wait for anything
		server.kill()
		if round%3 == 0 {
			if err := server.startAndKill(time.Duration(r.Int64N(int64(200 * time.Millisecond)))); err != nil {
				t.Errorf("round %d: %v", round, err)
				return false
			}
		}
		took, err := server.start()
		if err != nil {
			t.Errorf("round %d: the server did not come back: %v", round, err)
			return false
		}
		slowest = max(slowest, took)
		if took > readyWithin {
			t.Errorf("round %d: ready after %v, which is more than %v", round, took, readyWithin)
		}
	}
	t.Logf("%d power cuts; the slowest start took %v", rounds, slowest)
	return true
}

// workThrough is a day on the floor that must come out clean, whatever happens to the server.
func workThrough(ctx context.Context, t *testing.T, server *child, seed uint64) {
	r, err := simulate.Run(ctx, simulate.Options{Server: server.url, Token: adminToken, Workers: 16, Orders: 120, Lines: 3,
		Seed: seed % 1_000_000, Faults: true})
	if err != nil {
		t.Errorf("day %d: %v", seed, err)
		return
	}
	t.Logf("day %d: %d verdicts, %d landings, %d replays, %d of %d orders dispatched", seed, r.Verdicts, r.Landings, r.Replays, r.Dispatched, r.Orders)
	if !r.Clean() {
		t.Errorf("day %d: lost %d, doubled %d, mismatched %d, unexplained %d:\n%v", seed, r.Lost, r.Doubled, r.Mismatched, r.Unexplained, r.Problems)
	}
}
