package whatif

import (
	"fmt"
	"io"
	"strings"
)

// The plot in a terminal, in characters.
const (
	textCols = 72
	textRows = 14
)

// marks are what crews are drawn with, in the order of their size.
const marks = "abcdefgh"

// WriteText draws how many orders are on board over the day, a letter for each crew; the truck is an upright line.
func (a *Answer) WriteText(out io.Writer) {
	x := a.axis()
	cells := make([][]rune, textRows+1)
	for r := range cells {
		cells[r] = []rune(strings.Repeat(" ", textCols+1))
	}
	col := func(min float64) int { return int((min - x.from) / (x.to - x.from) * textCols) }
	if c := col(float64(a.q.TruckMin)); c <= textCols {
		for r := range cells {
			cells[r][c] = '|'
		}
	}
	for i := len(a.Crews) - 1; i >= 0; i-- { // the smallest crew last, on top
		for c := range textCols + 1 {
			min := x.from + float64(c)/textCols*(x.to-x.from)
			row := textRows - int(a.loadedAt(a.Crews[i], min)/float64(x.top)*textRows+0.5)
			if row < textRows || c == 0 {
				cells[row][c] = rune(marks[i])
			}
		}
	}
	for r, line := range cells {
		label := ""
		if r%7 == 0 {
			label = fmt.Sprint(x.top * (textRows - r) / textRows)
		}
		fmt.Fprintf(out, "%6s %s\n", label, strings.TrimRight(string(line), " "))
	}
	a.textHours(out, x, col)
	for i, c := range a.Crews {
		fmt.Fprintf(out, "%8s %s\n", string(marks[i]), people(c.Pickers, "picker"))
	}
	fmt.Fprintf(out, "%8s the truck, %s. Up: orders due on board, mean of %d runs.\n", "|", a.Truck, a.Runs)
}

func (a *Answer) textHours(out io.Writer, x axis, col func(float64) int) {
	line := []rune(strings.Repeat(" ", textCols+8))
	for _, min := range x.hours {
		copy(line[col(float64(min)):], []rune(Clock(min)))
	}
	fmt.Fprintf(out, "%6s %s\n", "", strings.TrimRight(string(line), " "))
}
