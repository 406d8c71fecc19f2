package whatif

import (
	"maps"
	"slices"

	"floorline/floor"
	"floorline/floor/route"
)

// ground is the grid as the planner of walks takes it, in metres.
func (d *day) ground() route.Layout {
	l, side := d.s.Site.Layout, "bottom"
	if l.DepotAtTop {
		side = "top"
	}
	metres := func(hundredths int64) float64 { return float64(hundredths) / 100 * d.q.CellM }
	cross := append([]int(nil), l.CrossAisles...)
	if len(cross) == 0 || cross[0] > 0 {
		cross = append([]int{0}, cross...)
	}
	if cross[len(cross)-1] < l.Cells {
		cross = append(cross, l.Cells)
	}
	return route.Layout{Aisles: l.Aisles, Cells: l.Cells, AislePitch: metres(l.AislePitch), CellPitch: metres(l.CellPitch),
		EndGap: metres(l.EndGap), CrossAisles: cross, Depot: route.Depot{Aisle: l.DepotAisle, Side: side}}
}

// lay measures the ground once, and says which bin is beside which.
func (d *day) lay() {
	d.grid, d.neighbours = d.ground(), map[floor.BinCode]floor.BinCode{}
	var last floor.BinCode
	for _, code := range slices.Sorted(maps.Keys(d.s.Bins)) {
		if last != "" {
			d.neighbours[code] = last
		}
		last = code
	}
}

// spot is where a bin lies; nil, the depot, where it was never given a place.
func (d *day) spot(code floor.BinCode) *floor.Spot {
	b, l := d.s.Bins[code], d.s.Site.Layout
	if b == nil || b.Aisle >= l.Aisles || b.Cell >= l.Cells || !b.Placed() && b.BinKind != "pick" && b.BinKind != "reserve" {
		return nil
	}
	return &floor.Spot{Aisle: b.Aisle, Cell: b.Cell}
}

// walk goes to a place, nil being the depot, and gives the seconds.
func (h *hand) walk(d *day, to *floor.Spot) float64 {
	metres := d.between(h.at, to)
	h.at = to
	if d.now < d.truck {
		h.metres += metres
	}
	return metres / d.q.WalkMS * h.pace
}

// between is the shortest way from place to place in metres.
func (d *day) between(from, to *floor.Spot) float64 {
	switch {
	case from == nil && to == nil:
		return 0
	case from == nil: // as far as back: half the round
		return d.grid.Length([]route.Stop{stop(to)}) / 2
	case to == nil:
		return d.grid.Length([]route.Stop{stop(from)}) / 2
	}
	return d.grid.Between(stop(from), stop(to))
}

func stop(s *floor.Spot) route.Stop { return route.Stop{ID: "x", Aisle: s.Aisle, Cell: s.Cell} }

// beside is the bin that somebody scans who errs: the next one of the world's list.
func (d *day) beside(bin floor.BinCode) floor.BinCode { return d.neighbours[bin] }
