package forecast

import "math"

// Exponential smoothing with a level and, where asked, a trend that may be damped: Gardner and McKenzie 1985; in the
// form of Hyndman and Athanasopoulos, Forecasting: principles and practice, 8. Where it starts is found exactly (the
// errors are linear in it); how fast it learns by a search.

// smoothing is a model: which of its numbers are looked for.
type smoothing struct{ trend, damped bool }

// pace is how fast a model learns: of the level, of the trend, and how much of the trend is left each period.
type pace struct{ alpha, beta, phi float64 }

// model reads the numbers of a search, each from the whole line, into their ranges.
func (k smoothing) model(x []float64) pace {
	p := pace{alpha: between(x[0], 0.0001, 0.9999), phi: 1}
	if k.trend {
		p.beta = p.alpha * between(x[1], 0.0001, 0.9999)
	}
	if k.damped {
		p.phi = between(x[2], 0.8, 0.98)
	}
	return p
}

func between(x, low, high float64) float64 { return low + (high-low)/(1+math.Exp(-x)) }

// fit finds the pace at which the series was followed best one step ahead, and forecasts.
func (k smoothing) fit(y []float64, horizon int) []float64 {
	start := []float64{-1, -2, 1}
	if !k.damped {
		start = start[:2]
	}
	if !k.trend {
		start = start[:1]
	}
	best := descend(start, func(x []float64) float64 { _, sse := k.run(y, k.model(x)); return sse })
	p := k.model(best)
	end, _ := k.run(y, p)
	out, grown, left := make([]float64, horizon), 0.0, 1.0
	for h := range out {
		left *= p.phi
		grown += left
		out[h] = end[0] + grown*end[1]
	}
	return out
}

// run follows a series at a pace from the best start: it gives the level and trend at the end, and the sum of squared
// errors. A state is kept as what it is plus what each unit of the starting level and trend adds to it.
func (k smoothing) run(y []float64, p pace) (end [2]float64, sse float64) {
	type line [3]float64 // of 1, of the first level, of the first trend
	level, trend := line{0, 1, 0}, line{0, 0, 0}
	if k.trend {
		trend = line{0, 0, 1}
	}
	var ll, lt, tt, le, te, ee float64
	for _, v := range y {
		var e line
		for i := range e {
			e[i] = -level[i] - p.phi*trend[i]
		}
		e[0] += v
		ll, lt, tt, le, te, ee = ll+e[1]*e[1], lt+e[1]*e[2], tt+e[2]*e[2], le+e[1]*e[0], te+e[2]*e[0], ee+e[0]*e[0]
		for i := range e {
			trend[i] *= p.phi
			level[i] += trend[i] + p.alpha*e[i]
			trend[i] += p.beta * e[i]
		}
	}
	first, slope := 0.0, 0.0
	if det := ll*tt - lt*lt; k.trend && det > 1e-9*ll*tt {
		first, slope = (lt*te-tt*le)/det, (lt*le-ll*te)/det
	} else if ll > 0 {
		first = -le / ll
	}
	sse = ee + 2*(first*le+slope*te) + first*first*ll + 2*first*slope*lt + slope*slope*tt
	at := func(l line) float64 { return l[0] + first*l[1] + slope*l[2] }
	return [2]float64{at(level), at(trend)}, max(sse, 0)
}

func simple(y []float64, horizon int) []float64 { return smoothing{}.fit(y, horizon) }
func holt(y []float64, horizon int) []float64   { return smoothing{trend: true}.fit(y, horizon) }
func damped(y []float64, horizon int) []float64 {
	return smoothing{trend: true, damped: true}.fit(y, horizon)
}

// theta is simple smoothing plus half of the straight trend (Assimakopoulos and Nikolopoulos 2000, which won the M3
// competition; in the form of Hyndman and Billah 2003, with the drift of the fitted line from the series' end on).
func theta(y []float64, horizon int) []float64 {
	out, slope := simple(y, horizon), slopeOf(y)
	for h := range out {
		out[h] += slope / 2 * float64(h+1)
	}
	return out
}

// slopeOf is that of the straight line of least squares.
func slopeOf(y []float64) float64 {
	n := float64(len(y))
	if len(y) < 2 {
		return 0
	}
	top, mid := 0.0, (n-1)/2
	for t, v := range y {
		top += (float64(t) - mid) * v
	}
	return top / (n * (n*n - 1) / 12)
}

// descend finds a low place near x by the simplex of Nelder and Mead 1965.
func descend(x []float64, f func([]float64) float64) []float64 {
	n := len(x)
	at, value := make([][]float64, n+1), make([]float64, n+1)
	for i := range at {
		at[i] = append([]float64(nil), x...)
		if i > 0 {
			at[i][i-1] += 1.5
		}
		value[i] = f(at[i])
	}
	for range 40 * n {
		best, worst, next := order(value)
		if value[worst]-value[best] <= 1e-7*(math.Abs(value[best])+1e-12) {
			break
		}
		middle := make([]float64, n)
		for i, p := range at {
			if i != worst {
				for j := range middle {
					middle[j] += p[j] / float64(n)
				}
			}
		}
		towards := func(by float64) ([]float64, float64) {
			p := make([]float64, n)
			for j := range p {
				p[j] = middle[j] + by*(at[worst][j]-middle[j])
			}
			return p, f(p)
		}
		p, v := towards(-1)
		switch {
		case v < value[best]:
			if q, w := towards(-2); w < v {
				p, v = q, w
			}
		case v >= value[next]:
			by := 0.5
			if v < value[worst] {
				by = -0.5
			}
			if p, v = towards(by); v >= value[worst] { // draw all towards the best
				for i := range at {
					if i != best {
						for j := range at[i] {
							at[i][j] = (at[i][j] + at[best][j]) / 2
						}
						value[i] = f(at[i])
					}
				}
				continue
			}
		}
		at[worst], value[worst] = p, v
	}
	best, _, _ := order(value)
	return at[best]
}

// order gives the places of the lowest, the highest and the next to highest value.
func order(v []float64) (best, worst, next int) {
	for i := range v {
		if v[i] < v[best] {
			best = i
		}
		if v[i] >= v[worst] {
			worst = i
		}
	}
	next = best
	for i := range v {
		if i != worst && v[i] >= v[next] {
			next = i
		}
	}
	return best, worst, next
}
