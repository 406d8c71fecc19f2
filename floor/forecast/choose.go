package forecast

import (
	"math"
	"slices"
	"sort"
	"strings"
)

// method is one way to go on with a series.
type method struct {
	name string
	run  func(y []float64, horizon int) []float64
}

// Methods are the names of all ways there are, as "method" takes and gives them.
func Methods() []string {
	names := []string{"auto"}
	for _, m := range append(regular(0), sporadic...) {
		names = append(names, m.name)
	}
	return append(names, "seasonal_naive")
}

// smooth are the methods for a series without a season.
var smooth = []method{{"simple", simple}, {"holt", holt}, {"damped", damped}, {"theta", theta}}

var sporadic = []method{{"croston", croston}, {"sba", syntetosBoylan}, {"tsb", teunter}, {"mean", average}}

// regular are the methods for a series with demand in most periods; with a season also each with the season taken out.
func regular(m int) []method {
	list := append([]method{{"naive", naive}}, smooth...)
	if m > 1 {
		list = append(list, method{"seasonal_naive", seasonalNaive(m)})
		for _, way := range smooth {
			list = append(list, method{"seasonal_" + way.name, adjusted(way.run, m)})
		}
	}
	return list
}

func naive(y []float64, horizon int) []float64   { return every(y[len(y)-1], horizon) }
func average(y []float64, horizon int) []float64 { return every(mean(y), horizon) }

// seasonalNaive repeats the last season.
func seasonalNaive(m int) func([]float64, int) []float64 {
	return func(y []float64, horizon int) []float64 {
		if len(y) < m {
			return naive(y, horizon)
		}
		out := make([]float64, horizon)
		for h := range out {
			out[h] = y[len(y)-m+h%m]
		}
		return out
	}
}

// adjusted goes on with what is left when the season is taken out, and puts it in again.
func adjusted(run func([]float64, int) []float64, m int) func([]float64, int) []float64 {
	return func(y []float64, horizon int) []float64 {
		if len(y) < 2*m {
			return run(y, horizon)
		}
		s := decompose(y, m)
		return s.with(run(s.without(y), horizon), len(y))
	}
}

// Rolling origins: how often a series is cut, and how far back.
const (
	origins  = 6
	leastFit = 8 // a method needs so much of a past
)

// trial is what a method said at each origin against what came, and how far off it was.
type trial struct {
	method
	misses [][]float64 // of each origin, of each period ahead: what came less what was said
	err    float64
}

// try cuts a series at points of its own past and lets a method go on from each; nil where it is too short.
func try(way method, y []float64, horizon int, total bool) *trial {
	t := &trial{method: way}
	step := max(1, horizon/2)
	n := 0.0
	for k := range origins {
		cut := len(y) - min(horizon, len(y)/3) - k*step
		if cut < leastFit {
			break
		}
		said := way.run(y[:cut], min(horizon, len(y)-cut))
		miss, sum := make([]float64, len(said)), 0.0
		for h, f := range said {
			miss[h] = y[cut+h] - f
			sum += miss[h]
			if !total {
				t.err += math.Abs(miss[h])
				n++
			}
		}
		if total { // the shelf must last the whole horizon: sums are what counts
			t.err += math.Abs(sum)
			n++
		}
		t.misses = append(t.misses, miss)
	}
	if n == 0 {
		return nil
	}
	t.err /= n
	return t
}

// together are the methods that erred least: all within a sixth of the best one, four at most.
func together(trials []*trial) []*trial {
	sort.SliceStable(trials, func(i, j int) bool { return trials[i].err < trials[j].err })
	n := 0
	for n < len(trials) && n < 4 && trials[n].err <= trials[0].err*7/6 {
		n++
	}
	return trials[:n]
}

// Forecast goes on with a series. Low and high hold eight outcomes of ten, by how far off the same methods were in the
// series' own past.
type Forecast struct {
	Forecast []float64 `json:"forecast"`
	Method   string    `json:"method"` // those combined, joined by +
	Low      []float64 `json:"low"`
	High     []float64 `json:"high"`
}

// Next forecasts a series of len >= 1 by a method of Methods, or "auto". Season is the periods of a year or week, 0 or 1
// for none.
func Next(y []float64, season, horizon int, name string) Forecast {
	chosen := chosen(y, season, horizon, name)
	said := make([]float64, horizon)
	var names []string
	for _, c := range chosen {
		for h, f := range c.run(y, horizon) {
			said[h] += f / float64(len(chosen))
		}
		names = append(names, c.name)
	}
	low, high := bounds(y, said, chosen)
	if slices.Min(y) >= 0 { // what was never below nought will not be
		for h := range said {
			said[h], low[h], high[h] = max(said[h], 0), max(low[h], 0), max(high[h], 0)
		}
	}
	return Forecast{said, strings.Join(names, "+"), low, high}
}

// chosen are the methods to combine.
func chosen(y []float64, season, horizon int, name string) []*trial {
	seldom := intermittent(y)
	list := regular(0)
	switch {
	case seldom:
		list = append(slices.Clone(sporadic), method{"simple", simple})
	case season > 1 && len(y) >= 3*season: // whether it has one, its own past says
		list = regular(season)
	}
	if name != "" && name != "auto" {
		for _, m := range append(regular(max(season, 2)), sporadic...) {
			if m.name == name {
				list = []method{m}
			}
		}
	}
	var trials []*trial
	for _, m := range list {
		if t := try(m, y, horizon, seldom); t != nil {
			trials = append(trials, t)
		}
	}
	if len(trials) > 0 {
		return together(trials)
	}
	if len(list) == 1 {
		return []*trial{{method: list[0]}}
	}
	if seldom {
		return []*trial{{method: method{"mean", average}}}
	}
	if len(y) >= 4 { // too short to try anything: on a shop's first days smoothing errs less than the last of them (TestRetail)
		return []*trial{{method: method{"simple", simple}}}
	}
	return []*trial{{method: method{"naive", naive}}}
}

// z80 bounds eight outcomes of ten.
const z80 = 1.2815515655446004

// bounds widen with the periods ahead as the misses of the past did, at least as a random walk's would not shrink.
func bounds(y, said []float64, chosen []*trial) (low, high []float64) {
	low, high = make([]float64, len(said)), make([]float64, len(said))
	wide := 0.0
	for h := range said {
		sum, n := 0.0, 0.0
		for _, c := range chosen {
			for _, miss := range c.misses {
				if h < len(miss) {
					sum += miss[h] * miss[h]
					n++
				}
			}
		}
		if n > 0 {
			wide = max(wide, math.Sqrt(sum/n))
		} else if h == 0 {
			wide = spread(y)
		}
		low[h], high[h] = said[h]-z80*wide, said[h]+z80*wide
	}
	return low, high
}

// spread is the root mean square of the steps of a series.
func spread(y []float64) float64 {
	sum := 0.0
	for i := 1; i < len(y); i++ {
		sum += (y[i] - y[i-1]) * (y[i] - y[i-1])
	}
	return math.Sqrt(sum / float64(max(len(y)-1, 1)))
}
