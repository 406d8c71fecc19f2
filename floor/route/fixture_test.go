package route

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"floorline/floor/fixture"
)

// published is an instance of Weidinger (2018) with the optima of one and of two blocks.
type published struct {
	name          string
	layout        Layout
	stops         []Stop
	single, twice float64
}

func publishedCases(t testing.TB) []published {
	var out []published
	for _, row := range strings.Split(strings.TrimSpace(string(fixture.Read(t, "routing", "sprp_optima.csv"))), "\n")[1:] {
		col := strings.Split(strings.TrimSpace(row), ",")
		p := published{name: col[0]}
		p.single, _ = strconv.ParseFloat(col[2], 64)
		p.twice, _ = strconv.ParseFloat(col[3], 64)
		p.read(fixture.Read(t, "routing", "sprp", col[0]))
		out = append(out, p)
	}
	return out
}

func (p *published) read(data []byte) {
	number := map[string]*float64{"DISTANCE_AISLE_TO_AISLE": &p.layout.AislePitch, "DISTANCE_CELL_TO_CELL": &p.layout.CellPitch,
		"DISTANCE_TOP_TO_CELL": &p.layout.EndGap}
	whole := map[string]*int{"NUM_AISLES": &p.layout.Aisles, "NUM_CELLS": &p.layout.Cells, "DEPOT_AISLE": &p.layout.Depot.Aisle}
	for _, l := range strings.Split(string(bytes.ToValidUTF8(data, nil)), "\n") {
		key, value, _ := strings.Cut(strings.TrimSpace(l), " : ")
		if v := number[key]; v != nil {
			*v, _ = strconv.ParseFloat(value, 64)
		}
		if v := whole[key]; v != nil {
			*v, _ = strconv.Atoi(value)
		}
		if key == "DEPOT_LOCATION" {
			p.layout.Depot.Side = value
		}
		var id, aisle, cell int
		if n, _ := fmt.Sscanf(key, "ID %d AISLE %d CELL %d", &id, &aisle, &cell); n == 3 {
			p.stops = append(p.stops, Stop{ID: strconv.Itoa(id), Aisle: aisle, Cell: cell})
		}
	}
	p.layout.CrossAisles = []int{0, p.layout.Cells}
	for i := range p.stops { // these files count cells from the top (seen from the optima: all 480 agree only so)
		p.stops[i].Cell = p.layout.Cells - 1 - p.stops[i].Cell
	}
}

func (p published) blocks(n int) (Layout, float64) {
	l := p.layout
	if n == 1 {
		return l, p.single
	}
	l.CrossAisles = []int{0, l.Cells / 2, l.Cells}
	return l, p.twice
}

// Every published instance is walked as short as it can be, with one block and with two.
func TestPublishedOptima(t *testing.T) {
	cases := publishedCases(t)
	if len(cases) < 240 {
		t.Fatalf("%d instances", len(cases))
	}
	for _, c := range cases {
		for blocks := 1; blocks <= 2; blocks++ {
			l, want := c.blocks(blocks)
			if f := append(l.Check(), l.CheckStops("/stops", c.stops)...); len(f) > 0 {
				t.Fatal(f)
			}
			tour := l.Solve(c.stops)
			holds(t, l, c.stops, tour)
			if !same(tour.Distance, want) || tour.Method != Exact {
				t.Errorf("%s with %d blocks: %s %g, published %g", c.name, blocks, tour.Method, tour.Distance, want)
			}
		}
	}
}

func BenchmarkPublished(b *testing.B) {
	cases := publishedCases(b)
	for b.Loop() {
		for _, c := range cases {
			for blocks := 1; blocks <= 2; blocks++ {
				l, _ := c.blocks(blocks)
				l.Solve(c.stops)
			}
		}
	}
}

// TestBenchRoutes prints how the published instances are solved: gaps and time, one block and two.
func TestBenchRoutes(t *testing.T) {
	if os.Getenv("FLOORLINE_BENCH") == "" {
		t.Skip("FLOORLINE_BENCH=1 prints the table")
	}
	cases := publishedCases(t)
	t.Logf("%6s %9s %8s %10s %8s", "blocks", "instances", "gap", "all", "worst")
	for blocks := 1; blocks <= 2; blocks++ {
		var gap float64
		var all, worst time.Duration
		for _, c := range cases {
			l, want := c.blocks(blocks)
			start := time.Now()
			tour := l.Solve(c.stops)
			took := time.Since(start)
			all, worst, gap = all+took, max(worst, took), max(gap, tour.Distance/want-1)
		}
		t.Logf("%6d %9d %7.2f%% %10s %8s", blocks, len(cases), 100*gap, all.Round(time.Microsecond), worst.Round(time.Microsecond))
	}
}
