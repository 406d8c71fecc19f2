package floor

import "strconv"

// Figure is a day's tally of something that is watched over months: how often, and how much or how well.
type Figure struct {
	N   int64 `cbor:"1,keyasint"`
	Sum int64 `cbor:"2,keyasint,omitempty"`
}

// FigureDays is how long days are kept.
const FigureDays = 400

// figure adds to a day's tally and lets go of the day that is too old.
func (s *State) figure(what string, day, n, sum int64) {
	key := func(day int64) string { return what + "/" + strconv.FormatInt(day, 10) }
	f := s.Figures[key(day)]
	if f == nil {
		f = &Figure{}
		s.Figures[key(day)] = f
		if old := key(day - FigureDays); s.Figures[old] != nil {
			delete(s.Figures, old)
			s.touch(TableFigure, old)
		}
	}
	f.N, f.Sum = f.N+n, f.Sum+sum
	s.touch(TableFigure, key(day))
}

// FigureDay is a day's tally as the API shows it.
type FigureDay struct {
	Day string `json:"day"`
	N   int64  `json:"n"`
	Sum int64  `json:"sum"`
}

// FiguresOf are the days of the last so many on which something was tallied, oldest first.
func (s *State) FiguresOf(what string, now Time, days int64) (out []FigureDay) {
	for day := now.day() - days + 1; day <= now.day(); day++ {
		if f := s.Figures[what+"/"+strconv.FormatInt(day, 10)]; f != nil {
			out = append(out, FigureDay{Time(day * DayMS).Day(), f.N, f.Sum})
		}
	}
	return out
}
