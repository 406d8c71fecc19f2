package route

import (
	"fmt"
	"math"
	"sort"
	"strings"
)

// Layout is a rectangle of parallel aisles joined by cross aisles. Distances are in any one unit. Aisles count from 0
// at the left; cell 0 lies next to the bottom cross aisle.
type Layout struct {
	Aisles      int     `json:"aisles"`
	Cells       int     `json:"cells"`        // of one aisle, from the bottom to the top cross aisle
	AislePitch  float64 `json:"aisle_pitch"`  // from the middle of an aisle to the middle of the next
	CellPitch   float64 `json:"cell_pitch"`   // from a cell to the next
	EndGap      float64 `json:"end_gap"`      // from a cross aisle to the nearest cell
	CrossAisles []int   `json:"cross_aisles"` // the cell boundaries at which cross aisles lie, 0 and Cells among them
	Depot       Depot   `json:"depot"`
}

// Depot is where a walk begins and ends: where an aisle meets a cross aisle.
type Depot struct {
	Aisle int    `json:"aisle"`
	Side  string `json:"side"`                  // bottom or top
	Cross *int   `json:"cross_aisle,omitempty"` // in place of Side: the number of the cross aisle, counted from the bottom
}

// Stop is a cell to visit.
type Stop struct {
	ID    string `json:"id"`
	Aisle int    `json:"aisle"`
	Cell  int    `json:"cell"`
	Node  string `json:"node"` // in a Graph the place, in place of Aisle and Cell
}

// Tour is a walk from the depot through all stops and back.
type Tour struct {
	Distance   float64  `json:"distance"`
	Order      []string `json:"order"`
	Method     string   `json:"method"` // exact or heuristic
	LowerBound float64  `json:"lower_bound"`
}

// The words of Tour.Method.
const (
	Exact     = "exact"
	Heuristic = "heuristic"
)

// Limits of one question.
const (
	AisleLimit = 1000
	CellLimit  = 10000
	CrossLimit = 100
	StopLimit  = 2000
	lengthMax  = 1e9
)

// Fault is one thing that is wrong with a question. Pointer is a JSON pointer into it.
type Fault struct{ Pointer, Detail string }

// Faults is all that is wrong with a question.
type Faults []Fault

func (f Faults) Error() string {
	var lines []string
	for _, x := range f {
		lines = append(lines, x.Pointer+": "+x.Detail)
	}
	return strings.Join(lines, "\n")
}

func (f *Faults) add(pointer, format string, args ...any) {
	*f = append(*f, Fault{pointer, fmt.Sprintf(format, args...)})
}

// Check names everything that is wrong with a layout, or gives nil.
func (l Layout) Check() Faults {
	var f Faults
	count(&f, "/layout/aisles", l.Aisles, 1, AisleLimit)
	count(&f, "/layout/cells", l.Cells, 1, CellLimit)
	length(&f, "/layout/aisle_pitch", l.AislePitch)
	length(&f, "/layout/cell_pitch", l.CellPitch)
	length(&f, "/layout/end_gap", l.EndGap)
	l.checkCrossAisles(&f)
	if l.Depot.Aisle < 0 || l.Depot.Aisle >= l.Aisles {
		f.add("/layout/depot/aisle", "there is no aisle %d; they count from 0 to %d", l.Depot.Aisle, l.Aisles-1)
	}
	switch {
	case l.Depot.Cross != nil && (*l.Depot.Cross < 0 || *l.Depot.Cross >= len(l.CrossAisles)):
		f.add("/layout/depot/cross_aisle", "there is no cross aisle %d; they count from 0 to %d", *l.Depot.Cross, len(l.CrossAisles)-1)
	case l.Depot.Cross == nil && l.Depot.Side != "bottom" && l.Depot.Side != "top":
		f.add("/layout/depot/side", "a depot is at the bottom or at the top, not %q", l.Depot.Side)
	}
	return f
}

func (l Layout) checkCrossAisles(f *Faults) {
	c := l.CrossAisles
	if len(c) < 2 || len(c) > CrossLimit || c[0] != 0 || c[len(c)-1] != l.Cells {
		f.add("/layout/cross_aisles", "from 2 to %d cross aisles, the first at 0 and the last at %d", CrossLimit, l.Cells)
		return
	}
	for i := 1; i < len(c); i++ {
		if c[i] <= c[i-1] {
			f.add(fmt.Sprintf("/layout/cross_aisles/%d", i), "cross aisles go upwards: %d comes after %d", c[i], c[i-1])
		}
	}
}

func count(f *Faults, pointer string, n, low, high int) {
	if n < low || n > high {
		f.add(pointer, "from %d to %d, not %d", low, high, n)
	}
}

func length(f *Faults, pointer string, v float64) {
	if !(v >= 0 && v <= lengthMax) {
		f.add(pointer, "a distance from 0 to %g, not %g", float64(lengthMax), v)
	}
}

// CheckStops names everything that is wrong with stops in this layout. Their place in the question is under pointer.
func (l Layout) CheckStops(pointer string, stops []Stop) Faults {
	var f Faults
	if len(stops) > StopLimit {
		f.add(pointer, "at most %d stops", StopLimit)
		return f
	}
	seen := make(map[string]bool, len(stops))
	for i, s := range stops {
		at := fmt.Sprintf("%s/%d", pointer, i)
		switch {
		case s.ID == "":
			f.add(at+"/id", "a stop needs an id")
		case seen[s.ID]:
			f.add(at+"/id", "%q is there twice", s.ID)
		}
		seen[s.ID] = true
		if s.Aisle < 0 || s.Aisle >= l.Aisles {
			f.add(at+"/aisle", "there is no aisle %d; they count from 0 to %d", s.Aisle, l.Aisles-1)
		}
		if s.Cell < 0 || s.Cell >= l.Cells {
			f.add(at+"/cell", "there is no cell %d; they count from 0 to %d", s.Cell, l.Cells-1)
		}
	}
	return f
}

// Point is a place of the floor: x across the aisles, y along them, from the lower left corner.
type Point struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
}

// rowY is how far up a cross aisle lies. A block of n cells is two end gaps and n-1 cell pitches long.
func (l Layout) rowY(row int) float64 {
	cells := l.CrossAisles[row]
	return float64(cells-row)*l.CellPitch + float64(2*row)*l.EndGap
}

// blockOf is the block a cell lies in: between cross aisle b and b+1.
func (l Layout) blockOf(cell int) int {
	return sort.SearchInts(l.CrossAisles, cell+1) - 1
}

func (l Layout) cellY(cell int) float64 {
	b := l.blockOf(cell)
	return l.rowY(b) + l.EndGap + float64(cell-l.CrossAisles[b])*l.CellPitch
}

func (l Layout) depotRow() int {
	switch {
	case l.Depot.Cross != nil:
		return *l.Depot.Cross
	case l.Depot.Side == "top":
		return len(l.CrossAisles) - 1
	}
	return 0
}

// spot is a place on the walk.
type spot struct {
	aisle int
	y     float64
}

func (l Layout) spotOf(s Stop) spot { return spot{s.Aisle, l.cellY(s.Cell)} }
func (l Layout) depot() spot        { return spot{l.Depot.Aisle, l.rowY(l.depotRow())} }

// between is the shortest way between two spots: straight along one aisle, or over the best cross aisle.
func (l Layout) between(a, b spot) float64 {
	d, _ := l.over(a, b)
	return d
}

// over gives the shortest way and the cross aisle it takes, -1 for none.
func (l Layout) over(a, b spot) (float64, int) {
	if a.aisle == b.aisle {
		return math.Abs(a.y - b.y), -1
	}
	best, row := math.Inf(1), -1
	for r := range l.CrossAisles {
		y := l.rowY(r)
		if d := math.Abs(a.y-y) + math.Abs(b.y-y); d < best {
			best, row = d, r
		}
	}
	return best + math.Abs(float64(a.aisle-b.aisle))*l.AislePitch, row
}

// Between is the shortest way from one stop to another.
func (l Layout) Between(a, b Stop) float64 { return l.between(l.spotOf(a), l.spotOf(b)) }

// FromDepot is the shortest way from the depot to a stop.
func (l Layout) FromDepot(s Stop) float64 { return l.between(l.depot(), l.spotOf(s)) }

// Length is the walk from the depot through stops as they stand, and back.
func (l Layout) Length(walk []Stop) float64 {
	at, sum := l.depot(), 0.0
	for _, s := range walk {
		to := l.spotOf(s)
		sum, at = sum+l.between(at, to), to
	}
	return Tidy(sum + l.between(at, l.depot()))
}

// Tidy takes away what adding floats leaves behind the ninth digit.
func Tidy(v float64) float64 { return math.Round(v*1e9) / 1e9 }

// Place is where a stop lies on the drawn floor.
func (l Layout) Place(s Stop) Point { return l.point(l.spotOf(s)) }

// DepotPlace is where the depot lies on the drawn floor.
func (l Layout) DepotPlace() Point { return l.point(l.depot()) }

// CrossPlaces is how far up each cross aisle lies.
func (l Layout) CrossPlaces() []float64 {
	out := make([]float64, len(l.CrossAisles))
	for r := range out {
		out[r] = l.rowY(r)
	}
	return out
}

func (l Layout) point(s spot) Point { return Point{float64(s.aisle) * l.AislePitch, s.y} }

// Path is the drawn walk: its corner points from the depot through stops as they stand, and back.
func (l Layout) Path(walk []Stop) []Point {
	at := l.depot()
	out := []Point{l.point(at)}
	step := func(to spot) {
		if _, row := l.over(at, to); row >= 0 {
			y := l.rowY(row)
			out = add(out, l.point(spot{at.aisle, y}))
			out = add(out, l.point(spot{to.aisle, y}))
		}
		out, at = add(out, l.point(to)), to
	}
	for _, s := range walk {
		step(l.spotOf(s))
	}
	step(l.depot())
	return out
}

func add(path []Point, p Point) []Point {
	if path[len(path)-1] == p {
		return path
	}
	return append(path, p)
}
