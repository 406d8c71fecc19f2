package forecast

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// series are made by a rule, so that the right way to go on with them is known.
func series(n int, rule func(t float64, noise float64) float64) []float64 {
	r := rand.New(rand.NewPCG(7, 7))
	y := make([]float64, n)
	for t := range y {
		y[t] = rule(float64(t), r.NormFloat64())
	}
	return y
}

// The kind of a series is found from its past alone, and its future is met better than by who says "as last time".
func TestKinds(t *testing.T) {
	const horizon = 12
	for _, c := range []struct {
		name, wants string
		season      int
		rule        func(t, noise float64) float64
		better      float64 // the error may be so much of naive's
	}{
		{"level with noise", "", 0, func(_, noise float64) float64 { return 100 + 10*noise }, 0.95},
		{"a trend", "holt", 0, func(t, noise float64) float64 { return 100 + 5*t + noise }, 0.2},
		{"a week", "seasonal", 7, func(t, noise float64) float64 { return 100 + 40*math.Sin(2*math.Pi*t/7) + noise }, 0.2},
		{"a year that grows", "seasonal", 12, func(t, noise float64) float64 {
			return (100 + t) * (1 + 0.5*math.Sin(2*math.Pi*t/12)) * (1 + 0.01*noise)
		}, 0.3},
	} {
		y := series(132, c.rule)
		past, came := y[:120], y[120:]
		f := Next(past, c.season, horizon, "auto")
		if c.wants != "" && !strings.Contains(f.Method, c.wants) {
			t.Errorf("%s: %s was chosen", c.name, f.Method)
		}
		if ours, last := off(f.Forecast, came), off(naive(past, horizon), came); ours > c.better*last {
			t.Errorf("%s: %s errs by %.1f, naive by %.1f", c.name, f.Method, ours, last)
		}
	}
}

func off(said, came []float64) float64 {
	sum := 0.0
	for i := range said {
		sum += math.Abs(said[i] - came[i])
	}
	return sum / float64(len(said))
}

// Simple smoothing on a series whose best alpha is known by brute force finds it; so the search is no guess.
func TestSmoothingFindsTheBestPace(t *testing.T) {
	walk := 0.0
	y := series(200, func(_, noise float64) float64 { walk += noise; return 50 + walk + 2*math.Sin(walk*13) })
	_, best := math.Inf(1), math.Inf(1)
	for a := 0.001; a < 1; a += 0.001 {
		_, sse := smoothing{}.run(y, pace{alpha: a, phi: 1})
		best = min(best, sse)
	}
	x := descend([]float64{-1}, func(x []float64) float64 { _, sse := smoothing{}.run(y, smoothing{}.model(x)); return sse })
	if _, sse := (smoothing{}).run(y, smoothing{}.model(x)); sse > best*1.001 {
		t.Errorf("left %v, the best of a thousand leaves %v", sse, best)
	}
}

// Croston on demand of 6 each third period says 2 a period; Syntetos and Boylan take 5 % off; what nobody asks for any
// more dies out with Teunter alone.
func TestSeldom(t *testing.T) {
	var y []float64
	for range 40 {
		y = append(y, 0, 0, 6)
	}
	for _, c := range []struct {
		name string
		want float64
	}{{"croston", 2}, {"sba", 1.9}} {
		if got := Next(y, 0, 3, c.name).Forecast[2]; math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	over := append(slices.Clone(y), make([]float64, 60)...)
	if got := Next(over, 0, 1, "tsb").Forecast[0]; got > 0.2 {
		t.Errorf("nobody has asked for 60 periods, yet %v", got)
	}
}

// Any series gives as many finite numbers as were asked for, low <= forecast <= high, none below nought where none was.
func TestAnySeries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.SliceOfN(rapid.OneOf(rapid.Just(0.0), rapid.Float64Range(0, 1e6), rapid.Float64Range(-5, 5)), 1, 90).Draw(t, "y")
		horizon := rapid.IntRange(1, 30).Draw(t, "horizon")
		f := Next(y, rapid.SampledFrom([]int{0, 1, 2, 7, 12, 52}).Draw(t, "season"), horizon, rapid.SampledFrom(Methods()).Draw(t, "method"))
		if len(f.Forecast) != horizon || len(f.Low) != horizon || len(f.High) != horizon || f.Method == "" {
			t.Fatalf("%+v", f)
		}
		for h, v := range f.Forecast {
			if math.IsNaN(v) || math.IsInf(v, 0) || f.Low[h] > v || f.High[h] < v || v < 0 && slices.Min(y) >= 0 {
				t.Fatalf("period %d: %v in %v to %v (%s)", h, v, f.Low[h], f.High[h], f.Method)
			}
		}
	})
}
