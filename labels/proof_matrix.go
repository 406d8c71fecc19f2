package labels

import (
	"strings"
	"sync"
)

// matrixSizes are the square symbols of ECC 200 that hold one block of codewords: data and check words by the
// modules of a side (ISO/IEC 16022, table 7). From 32 on there are two by two regions.
var matrixSizes = map[int][2]int{10: {3, 5}, 12: {5, 7}, 14: {8, 10}, 16: {12, 12}, 18: {18, 14}, 20: {22, 18}, 22: {30, 20},
	24: {36, 24}, 26: {44, 28}, 32: {62, 36}, 36: {86, 42}, 40: {114, 48}, 44: {144, 56}, 48: {174, 68}}

// readDataMatrix reads a GS1 DataMatrix whose every module is right.
func readDataMatrix(dots []stroke) (reading, error) {
	g, r, err := gridOf(dots, 1)
	if err != nil {
		return r, err
	}
	size, known := matrixSizes[g.side]
	if !known {
		return r, errNotRead
	}
	regions := 1
	if g.side >= 32 {
		regions = 2
	}
	inner, err := g.withoutFinders(regions)
	if err != nil {
		return r, err
	}
	words := make([]byte, size[0]+size[1])
	for at, bit := range matrixPlaces(inner.side) {
		switch {
		case bit > 0 && inner.dark[at]:
			words[(bit-1)/8] |= 0x80 >> ((bit - 1) % 8)
		case bit < 0 && inner.dark[at] != (bit == cornerDark):
			return r, errNotRead
		}
	}
	if !fieldMatrix.whole(words, size[1], 1) {
		return r, errNotRead
	}
	r.data, r.gs1, err = matrixText(words[:size[0]])
	return r, err
}

// withoutFinders proves the solid and the dotted borders of each region, and gives what is inside of them.
func (g *grid) withoutFinders(regions int) (grid, error) {
	region := g.side / regions
	in := grid{side: g.side - 2*regions}
	for y := range g.side {
		for x := range g.side {
			rx, ry, dark := x%region, y%region, g.at(x, y)
			switch {
			case rx == 0 || ry == region-1:
				if !dark {
					return in, errNotRead
				}
			case ry == 0:
				if dark != (rx%2 == 0) {
					return in, errNotRead
				}
			case rx == region-1:
				if dark != (ry%2 == 1) {
					return in, errNotRead
				}
			default:
				in.dark = append(in.dark, dark)
			}
		}
	}
	return in, nil
}

// What a corner holds that no codeword reaches.
const (
	cornerDark  = -1
	cornerLight = -2
)

var (
	matrixMutex sync.Mutex
	matrixOf    = map[int][]int{}
)

// matrixPlaces says which bit of the codewords lies where, counted from 1.
func matrixPlaces(side int) []int {
	matrixMutex.Lock()
	defer matrixMutex.Unlock()
	if matrixOf[side] == nil {
		matrixOf[side] = placed(side)
	}
	return matrixOf[side]
}

// placed walks the codewords through the symbol in diagonals (ISO/IEC 16022, annex F).
func placed(n int) []int {
	w := &matrixWalk{n: n, places: make([]int, n*n), next: 1}
	for row, col := 4, 0; row < n || col < n; row, col = row+3, col+1 {
		w.corners(row, col)
		for ; row >= 0 && col < n; row, col = row-2, col+2 {
			w.shape(row, col, row < n && col >= 0)
		}
		for row, col = row+1, col+3; row < n && col >= 0; row, col = row+2, col-2 {
			w.shape(row, col, row >= 0 && col < n)
		}
	}
	if w.places[n*n-1] == 0 {
		w.places[n*n-1], w.places[n*n-n-2] = cornerDark, cornerDark
		w.places[n*n-2], w.places[n*n-n-1] = cornerLight, cornerLight
	}
	return w.places
}

type matrixWalk struct {
	n      int
	places []int
	next   int // the codeword to place, its first bit counted from 1
}

// bit places one bit; what leaves the symbol on one side comes back on the other.
func (w *matrixWalk) bit(row, col, bit int) {
	if row < 0 {
		row, col = row+w.n, col+4-(w.n+4)%8
	}
	if col < 0 {
		row, col = row+4-(w.n+4)%8, col+w.n
	}
	w.places[row*w.n+col] = w.next + bit
}

// word places the eight bits of a codeword.
func (w *matrixWalk) word(at [8][2]int) {
	for bit, p := range at {
		w.bit(p[0], p[1], bit)
	}
	w.next += 8
}

// shape is the usual form of a codeword, an L of eight modules whose foot is at a place that is still free.
func (w *matrixWalk) shape(row, col int, on bool) {
	if on && w.places[row*w.n+col] == 0 {
		w.word([8][2]int{{row - 2, col - 2}, {row - 2, col - 1}, {row - 1, col - 2}, {row - 1, col - 1}, {row - 1, col}, {row, col - 2}, {row, col - 1}, {row, col}})
	}
}

// corners are the four ways in which a codeword lies around the corners.
func (w *matrixWalk) corners(row, col int) {
	n := w.n
	switch {
	case row == n && col == 0:
		w.word([8][2]int{{n - 1, 0}, {n - 1, 1}, {n - 1, 2}, {0, n - 2}, {0, n - 1}, {1, n - 1}, {2, n - 1}, {3, n - 1}})
	case row == n-2 && col == 0 && n%8 == 4:
		w.word([8][2]int{{n - 3, 0}, {n - 2, 0}, {n - 1, 0}, {0, n - 2}, {0, n - 1}, {1, n - 1}, {2, n - 1}, {3, n - 1}})
	case row == n-2 && col == 0 && n%4 != 0:
		w.word([8][2]int{{n - 3, 0}, {n - 2, 0}, {n - 1, 0}, {0, n - 4}, {0, n - 3}, {0, n - 2}, {0, n - 1}, {1, n - 1}})
	case row == n+4 && col == 2 && n%8 == 0:
		w.word([8][2]int{{n - 1, 0}, {n - 1, n - 1}, {0, n - 3}, {0, n - 2}, {0, n - 1}, {1, n - 3}, {1, n - 2}, {1, n - 1}})
	}
}

// Codewords of DataMatrix in ASCII encodation (ISO/IEC 16022, table 2).
const (
	matrixPad   = 129
	matrixPairs = 130
	matrixFNC1  = 232
)

func matrixText(words []byte) (text string, gs1 bool, err error) {
	var b strings.Builder
	for i, w := range words {
		switch {
		case w == matrixPad:
			return b.String(), gs1, nil
		case w >= 1 && w < matrixPad:
			b.WriteByte(w - 1)
		case w >= matrixPairs && w < matrixPairs+100:
			b.WriteByte('0' + (w-matrixPairs)/10)
			b.WriteByte('0' + (w-matrixPairs)%10)
		case w == matrixFNC1 && i == 0:
			gs1 = true
		case w == matrixFNC1:
			b.WriteString(groupSeparator)
		default:
			return "", false, errNotRead
		}
	}
	return b.String(), gs1, nil
}
