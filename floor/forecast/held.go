package forecast

// Held is how well an item's last days would have been met had nobody known them: what was said of all of them together, what
// came, and what "as the last time" says, which is the least that a forecast has to beat. A shelf has to last its time at
// risk, so the sum of the days is what counts.
type Held struct {
	Days               int64
	Said, Came, Before float64
}

// heldLeast is how many days have to be left to forecast from.
const heldLeast = 7

// HoldBack forecasts the last days from those before, as many as the time at risk has, half of all at most. False where too
// few are known.
func HoldBack(daily []int32, days int64) (Held, bool) {
	n := min(days, int64(len(daily)/2))
	past := daily[:len(daily)-int(n)]
	if n < 1 || len(past) < heldLeast {
		return Held{}, false
	}
	h := Held{Days: n, Said: PaceOf(past, n).Mean * float64(n), Before: float64(past[len(past)-1]) * float64(n)}
	if weeks := Weekly(past); len(weeks) >= 4 { // a day of one item is mostly nought
		h.Before = weeks[len(weeks)-1] / week * float64(n)
	}
	for _, u := range daily[len(past):] {
		h.Came += float64(u)
	}
	return h, true
}

// Off is how far what was said is from what came, and how far "as the last time" is, in units.
func (h Held) Off() (off, naive float64) {
	return max(h.Said-h.Came, h.Came-h.Said), max(h.Before-h.Came, h.Came-h.Before)
}
