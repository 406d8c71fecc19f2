package whatif

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Curve says when a day's orders come. A built-in one stretches over the hours in which orders count for the truck; one
// from a file has clock times of its own.
type Curve struct {
	Name  string
	shape []interval
	fixed bool
}

// interval is a stretch of time with the share of orders that come in it. A built-in curve's runs from 0 to 1.
type interval struct{ from, to, share float64 }

var built = []Curve{
	{Name: "even", shape: []interval{{0, 1, 1}}},
	{Name: "morning", shape: []interval{{0, 0.15, 0.30}, {0.15, 0.35, 0.34}, {0.35, 0.6, 0.18}, {0.6, 1, 0.18}}},
	{Name: "evening", shape: []interval{{0, 0.4, 0.18}, {0.4, 0.65, 0.18}, {0.65, 0.85, 0.34}, {0.85, 1, 0.30}}},
}

// CurveNames are the built-in curves.
func CurveNames() (out []string) {
	for _, c := range built {
		out = append(out, c.Name)
	}
	return out
}

// CurveNamed gives a built-in curve.
func CurveNamed(name string) (Curve, bool) {
	i := slices.IndexFunc(built, func(c Curve) bool { return c.Name == name })
	if i < 0 {
		return Curve{}, false
	}
	return built[i], true
}

// ReadCurve reads a CSV of two columns, a time of day and how many orders come from then to the next row's time; the last
// row ends an hour after its time. The counts are shares: --orders says how many there are in all. A heading is passed over.
func ReadCurve(name string, r io.Reader) (Curve, error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord, in.TrimLeadingSpace = 2, true
	rows, err := in.ReadAll()
	if err != nil {
		return Curve{}, err
	}
	if len(rows) > 0 && ParseClock(strings.TrimSpace(rows[0][0])) < 0 {
		rows = rows[1:]
	}
	c := Curve{Name: name, fixed: true}
	var f Faults
	for i, row := range rows {
		at, n := ParseClock(strings.TrimSpace(row[0])), share(row[1])
		if at < 0 || n < 0 {
			f.add("row %d: %q is no time of day with a number of orders, such as 09:00,25", i+1, strings.Join(row, ","))
			continue
		}
		if last := len(c.shape) - 1; last >= 0 {
			if float64(at) <= c.shape[last].from {
				f.add("row %d: %s is not after the row before it", i+1, row[0])
			}
			c.shape[last].to = float64(at)
		}
		c.shape = append(c.shape, interval{float64(at), float64(at + 60), n})
	}
	if f == nil && c.weight() <= 0 {
		return Curve{}, errors.New("it holds no orders: rows are a time of day and a number, such as 09:00,25")
	}
	if f != nil {
		return Curve{}, fmt.Errorf("%w", f)
	}
	return c, nil
}

func share(s string) float64 {
	n, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return -1
	}
	return n
}

func (c Curve) weight() (sum float64) {
	for _, i := range c.shape {
		sum += i.share
	}
	return sum
}

// draw gives the minute of the day at which one order comes, between the hours that the curve stretches over.
func (c Curve) draw(r chance, from, to int) float64 {
	left := r.Float64() * c.weight()
	within := r.Float64()
	at := c.shape[len(c.shape)-1]
	for _, i := range c.shape {
		if left < i.share {
			at = i
			break
		}
		left -= i.share
	}
	x := at.from + within*(at.to-at.from)
	if c.fixed {
		return x
	}
	return float64(from) + x*float64(to-from)
}
