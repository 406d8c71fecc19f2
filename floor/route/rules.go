package route

import "fmt"

// Rules are what a layout's aisles forbid for now.
type Rules struct {
	Blocked []Stretch   `json:"blocked"`
	OneWay  []Direction `json:"one_way"`
}

// Stretch is the cells of an aisle from one to another, both blocked with all between.
type Stretch struct {
	Aisle int `json:"aisle"`
	From  int `json:"from"`
	To    int `json:"to"`
}

// Direction is the only one an aisle may be walked in.
type Direction struct {
	Aisle int  `json:"aisle"`
	Up    bool `json:"up"` // from the bottom to the top
}

// Check names everything that is wrong with rules of a layout.
func (r Rules) Check(l Layout) Faults {
	var f Faults
	for i, b := range r.Blocked {
		at := fmt.Sprintf("/blocked/%d", i)
		count(&f, at+"/aisle", b.Aisle, 0, l.Aisles-1)
		count(&f, at+"/from", b.From, 0, l.Cells-1)
		count(&f, at+"/to", b.To, b.From, l.Cells-1)
	}
	for i, o := range r.OneWay {
		count(&f, fmt.Sprintf("/one_way/%d/aisle", i), o.Aisle, 0, l.Aisles-1)
	}
	return f
}

// Graph gives a layout with rules as a graph, and the stops in it. Places are the corners, the stops and the cells at
// the ends of blocked stretches.
func (l Layout) Graph(stops []Stop, r Rules) (Graph, []Stop) {
	cells := make([]map[int]bool, l.Aisles)
	for a := range cells {
		cells[a] = map[int]bool{}
	}
	out := append([]Stop(nil), stops...)
	for i, s := range out {
		cells[s.Aisle][s.Cell] = true
		out[i].Node = cellName(s.Aisle, s.Cell)
	}
	shut := map[Stop]bool{}
	for _, b := range r.Blocked {
		for c := b.From; c <= b.To; c++ {
			cells[b.Aisle][c], shut[Stop{Aisle: b.Aisle, Cell: c}] = true, true
		}
	}
	oneWay := map[int]bool{}
	for _, o := range r.OneWay {
		oneWay[o.Aisle] = o.Up
	}
	g := Graph{Depots: []string{cornerName(l.Depot.Aisle, l.depotRow())}}
	for a := range l.Aisles {
		up, one := oneWay[a]
		add := func(from, to string, length float64, blocked bool) {
			if one && !up {
				from, to = to, from
			}
			g.Ways = append(g.Ways, Way{from, to, length, one, blocked})
		}
		for row := range l.CrossAisles {
			if a+1 < l.Aisles {
				g.Ways = append(g.Ways, Way{From: cornerName(a, row), To: cornerName(a+1, row), Length: l.AislePitch})
			}
			if row+1 == len(l.CrossAisles) {
				continue
			}
			at, y, blocked := cornerName(a, row), l.rowY(row), false
			for c := l.CrossAisles[row]; c < l.CrossAisles[row+1]; c++ {
				if cells[a][c] {
					next := shut[Stop{Aisle: a, Cell: c}]
					add(at, cellName(a, c), l.cellY(c)-y, blocked || next)
					at, y, blocked = cellName(a, c), l.cellY(c), next
				}
			}
			add(at, cornerName(a, row+1), l.rowY(row+1)-y, blocked)
		}
	}
	return g, out
}

func cornerName(aisle, row int) string { return fmt.Sprintf("corner %d.%d", aisle, row) }
func cellName(aisle, cell int) string  { return fmt.Sprintf("aisle %d cell %d", aisle, cell) }
