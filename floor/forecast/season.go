package forecast

func mean(y []float64) float64 {
	sum := 0.0
	for _, v := range y {
		sum += v
	}
	return sum / float64(max(len(y), 1))
}

// season is the classical decomposition by centred moving averages: factors where the series is above nought, else
// differences (Hyndman and Athanasopoulos, Forecasting: principles and practice, 3.4).
type season struct {
	index  []float64 // of each place in the period, from the series' first
	factor bool
}

func decompose(y []float64, m int) season {
	s := season{index: make([]float64, m), factor: true}
	for _, v := range y {
		s.factor = s.factor && v > 0
	}
	count := make([]float64, m)
	for t := m / 2; t+m/2 < len(y); t++ {
		trend := centred(y, t, m)
		if s.factor {
			s.index[t%m] += y[t] / trend
		} else {
			s.index[t%m] += y[t] - trend
		}
		count[t%m]++
	}
	for i := range s.index {
		s.index[i] /= max(count[i], 1)
	}
	middle := mean(s.index)
	for i := range s.index {
		if s.factor {
			s.index[i] /= middle
		} else {
			s.index[i] -= middle
		}
	}
	return s
}

// centred is the mean of m values around t; of an even m the two at the ends count half.
func centred(y []float64, t, m int) float64 {
	sum, half := 0.0, m/2
	for i := t - half; i <= t+half; i++ {
		w := 1.0
		if m%2 == 0 && (i == t-half || i == t+half) {
			w = 0.5
		}
		sum += w * y[i]
	}
	return sum / float64(m)
}

// without takes the season out of a series.
func (s season) without(y []float64) []float64 {
	out := make([]float64, len(y))
	for t, v := range y {
		if i := s.index[t%len(s.index)]; s.factor {
			out[t] = v / i
		} else {
			out[t] = v - i
		}
	}
	return out
}

// with puts it into the forecast of a series of n values.
func (s season) with(f []float64, n int) []float64 {
	out := make([]float64, len(f))
	for h, v := range f {
		if i := s.index[(n+h)%len(s.index)]; s.factor {
			out[h] = v * i
		} else {
			out[h] = v + i
		}
	}
	return out
}
