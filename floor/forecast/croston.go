package forecast

// What is asked for now and then: the size of a demand and the time between demands are smoothed apart (Croston 1972).
// As it stands Croston's ratio is too high; Syntetos and Boylan 2005 take alpha/2 off it. Teunter, Syntetos and Babai
// 2011 smooth the chance of a demand instead, each period, so that what nobody asks for any more goes towards nought.

// crostonAlpha is the smoothing that Syntetos and Boylan found best for spare parts.
const crostonAlpha = 0.1

func croston(y []float64, horizon int) []float64 { return every(crostonRate(y), horizon) }

func syntetosBoylan(y []float64, horizon int) []float64 {
	return every(crostonRate(y)*(1-crostonAlpha/2), horizon)
}

func crostonRate(y []float64) float64 {
	size, gap, since := 0.0, 0.0, 0.0
	for _, v := range y {
		since++
		if v == 0 {
			continue
		}
		if size == 0 {
			size, gap = v, since
		} else {
			size += crostonAlpha * (v - size)
			gap += crostonAlpha * (since - gap)
		}
		since = 0
	}
	if gap == 0 {
		return 0
	}
	return size / gap
}

func teunter(y []float64, horizon int) []float64 {
	size, chance := 0.0, 0.0
	for _, v := range y { // to begin with, the whole series' own
		if v != 0 {
			size += v
			chance++
		}
	}
	if chance == 0 {
		return every(0, horizon)
	}
	size, chance = size/chance, chance/float64(len(y))
	for _, v := range y {
		if v != 0 {
			size += crostonAlpha * (v - size)
			chance += crostonAlpha / 2 * (1 - chance)
		} else {
			chance -= crostonAlpha / 2 * chance
		}
	}
	return every(size*chance, horizon)
}

func every(v float64, horizon int) []float64 {
	out := make([]float64, horizon)
	for h := range out {
		out[h] = v
	}
	return out
}

// intermittent tells whether an item is asked for in less than three periods of four: a mean interval above 1.32
// (Syntetos, Boylan and Croston 2005).
func intermittent(y []float64) bool {
	n := 0
	for _, v := range y {
		if v != 0 {
			n++
		}
	}
	return float64(len(y)) > 1.32*float64(n)
}
