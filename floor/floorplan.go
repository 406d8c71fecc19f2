package floor

import (
	"math"
	"sort"

	"floorline/floor/route"
)

// The floor as it lies: where the bins are, how often each is picked from, where people were last, and the walk of a
// pick list. What a screen draws is worked out from this; nothing here decides anything.

// BinHour is how many lines were begun from a bin in one hour. Hours count from 1970.
type BinHour struct {
	Hour  int64 `cbor:"1,keyasint"`
	Lines int64 `cbor:"2,keyasint"`
}

// HeatHours is how far back a bin remembers its picks: a week.
const HeatHours = 7 * 24

const hourMS = 60 * MinuteMS

func (t Time) hour() int64 { return int64(t) / hourMS }

// BinPicks are the picks of a bin in the hours of the last week that had any, oldest first.
type BinPicks struct {
	Hours []BinHour `cbor:"1,keyasint"`
}

// count adds a line to the hour it was picked in, or takes one away that was undone. Hours older than a week go.
func (p *BinPicks) count(at Time, lines int64) {
	h := at.hour()
	i := sort.Search(len(p.Hours), func(i int) bool { return p.Hours[i].Hour >= h })
	switch {
	case i < len(p.Hours) && p.Hours[i].Hour == h:
		p.Hours[i].Lines = max(p.Hours[i].Lines+lines, 0)
	case lines > 0:
		p.Hours = append(p.Hours[:i:i], append([]BinHour{{h, lines}}, p.Hours[i:]...)...)
	}
	for len(p.Hours) > 0 && p.Hours[0].Hour <= h-HeatHours {
		p.Hours = p.Hours[1:]
	}
}

// PicksIn is how many lines were begun from the bin in the last so many hours, the one that runs among them.
func (b *Bin) PicksIn(hours int64, now Time) (lines int64) {
	if b.Picks == nil {
		return 0
	}
	for _, p := range b.Picks.Hours {
		if p.Hour > now.hour()-hours {
			lines += p.Lines
		}
	}
	return lines
}

func (s *State) heat(bin BinCode, at Time, lines int64) {
	if b := s.Bins[bin]; b != nil {
		if b.Picks == nil {
			b.Picks = &BinPicks{}
		}
		b.Picks.count(at, lines)
		s.touch(TableBin, string(bin))
	}
}

// Placed says whether somebody gave the bin a place on the grid. A bin at aisle, cell and level 0 was never given one.
func (b *Bin) Placed() bool { return b.Aisle != 0 || b.Cell != 0 || b.Level != 0 }

// Sighting is where a worker's scan was last taken.
type Sighting struct {
	Bin BinCode
	At  Time
}

// SeenAt is where a worker was last, if that is known. It is not kept over a restart but for those at a bin.
func (s *State) SeenAt(id WorkerID) (Sighting, bool) {
	at, ok := s.index.seenAt[id]
	return at, ok
}

func (s *State) saw(e *Event, bin BinCode) {
	if e.Worker != "" && bin != "" {
		s.index.seenAt[e.Worker] = Sighting{bin, e.At}
	}
}

// plan is the layout as the route planner takes it, in hundredths.
func (l Layout) plan() route.Layout {
	side := "bottom"
	if l.DepotAtTop {
		side = "top"
	}
	return route.Layout{Aisles: l.Aisles, Cells: l.Cells, AislePitch: float64(l.AislePitch), CellPitch: float64(l.CellPitch),
		EndGap: float64(l.EndGap), CrossAisles: l.crossings(), Depot: route.Depot{Aisle: l.DepotAisle, Side: side}}
}

// crossings are the cross aisles with the outer ones, which are there whether they were named or not.
func (l Layout) crossings() []int {
	out := append([]int(nil), l.CrossAisles...)
	if len(out) == 0 || out[0] > 0 {
		out = append([]int{0}, out...)
	}
	if out[len(out)-1] < l.Cells {
		out = append(out, l.Cells)
	}
	return out
}

// Spot is a bin's place on the grid.
type Spot struct {
	Aisle int `json:"aisle"`
	Cell  int `json:"cell"`
}

// spot is where a bin lies, or nil where the grid does not have it: a stage, a dock, a bin never placed.
func (s *State) spot(code BinCode) *Spot {
	b, l := s.Bins[code], s.Site.Layout
	if b == nil || b.Aisle >= l.Aisles || b.Cell >= l.Cells || !b.Placed() && b.BinKind != "pick" && b.BinKind != "reserve" {
		return nil
	}
	return &Spot{b.Aisle, b.Cell}
}

// Leg is the way from where a picker stands to the next bin; From is nil at the depot.
type Leg struct {
	From *Spot `json:"from,omitempty"`
	To   Spot  `json:"to"`
}

// leg is the way to a bin, or nil where there is no grid to draw it on.
func (s *State) leg(from, to BinCode) *Leg {
	there := s.spot(to)
	if there == nil {
		return nil
	}
	return &Leg{s.spot(from), *there}
}

// Walk is a pick list's way over the floor, from the depot and back. Lengths and points are in hundredths of the
// layout's unit; x runs across the aisles and y along them, from the lower left corner.
type Walk struct {
	Stops    []WalkStop
	Path     [][2]int64
	Length   int64
	ByName   int64 // the same bins in the order of their names
	Unplaced []BinCode
}

// WalkStop is a bin on the walk. Done says that nothing is left to take there.
type WalkStop struct {
	Bin   BinCode
	Lines int
	Done  bool
	Spot
	X, Y int64
}

// WalkOf is a pick list's way as its lines stand, or nil where no grid is set.
func (s *State) WalkOf(l *PickList) *Walk {
	plan := s.Site.Layout.plan()
	if plan.Check() != nil {
		return nil
	}
	w := &Walk{Stops: []WalkStop{}, Path: [][2]int64{}, Unplaced: []BinCode{}}
	for _, p := range l.ranked() {
		w.add(s, p)
	}
	if len(w.Stops) == 0 {
		return w
	}
	walk := stopsOf(w.Stops)
	for i, at := range walk {
		p := plan.Place(at)
		w.Stops[i].X, w.Stops[i].Y = whole(p.X), whole(p.Y)
	}
	for _, p := range plan.Path(walk) {
		w.Path = append(w.Path, [2]int64{whole(p.X), whole(p.Y)})
	}
	named := append([]WalkStop(nil), w.Stops...)
	sort.SliceStable(named, func(i, j int) bool { return named[i].Bin < named[j].Bin })
	w.Length, w.ByName = whole(plan.Length(walk)), whole(plan.Length(stopsOf(named)))
	return w
}

func whole(v float64) int64 { return int64(math.Round(v)) }

func stopsOf(stops []WalkStop) (out []route.Stop) {
	for _, x := range stops {
		out = append(out, route.Stop{ID: string(x.Bin), Aisle: x.Aisle, Cell: x.Cell})
	}
	return out
}

// add puts a line on the walk: to the stop before where it is the same bin.
func (w *Walk) add(s *State, p *PickLine) {
	bin := p.From.Place.Bin()
	at := s.spot(bin)
	if at == nil {
		w.Unplaced = append(w.Unplaced, bin)
		return
	}
	done := p.Status != LineOpen
	if n := len(w.Stops); n > 0 && w.Stops[n-1].Bin == bin {
		w.Stops[n-1].Lines++
		w.Stops[n-1].Done = w.Stops[n-1].Done && done
		return
	}
	w.Stops = append(w.Stops, WalkStop{Bin: bin, Lines: 1, Done: done, Spot: *at})
}

// ranked are the lines that are walked to, in the order of the walk.
func (l *PickList) ranked() (out []*PickLine) {
	for i := range l.Lines {
		if l.Lines[i].Status != LineCancelled {
			out = append(out, &l.Lines[i])
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Rank < out[j].Rank })
	return out
}
