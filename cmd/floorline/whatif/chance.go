package whatif

import (
	"math"
	"math/rand/v2"
)

// The streams of chance. What one of them draws moves none of the others.
const (
	streamArrivals = iota + 1
	streamContents
	streamStock
	streamWorker // and up: one for each worker
)

// chance is one stream.
type chance struct{ *rand.Rand }

func newChance(seed uint64, run, stream int) chance {
	return chance{rand.New(rand.NewPCG(seed, uint64(run)<<32|uint64(stream)))}
}

// around draws a time from a log-normal distribution, as times of work are: never below nought, now and then long.
func (c chance) around(mean, spread float64) float64 {
	if spread == 0 || mean == 0 {
		return mean
	}
	variance := math.Log(1 + spread*spread)
	return mean * math.Exp(c.NormFloat64()*math.Sqrt(variance)-variance/2)
}

func (c chance) happens(rate float64) bool { return c.Float64() < rate }

// oneOrMore draws a count from 1 up, geometric with the mean given, and no more than most.
func (c chance) oneOrMore(mean float64, most int) int {
	n := 1
	for n < most && c.Float64() < 1-1/mean {
		n++
	}
	return n
}
