package labels

import (
	"strings"
	"sync"
)

// qrBlocks are the blocks of a QR of error correction level M: so many check words each, and the data words of
// every block (ISO/IEC 18004, table 9). Larger ones hold more than a label should say.
var qrBlocks = [...]struct {
	checks int
	data   []int
}{
	1: {10, []int{16}}, 2: {16, []int{28}}, 3: {26, []int{44}}, 4: {18, []int{32, 32}}, 5: {24, []int{43, 43}},
	6: {16, []int{27, 27, 27, 27}}, 7: {18, []int{31, 31, 31, 31}}, 8: {22, []int{38, 38, 39, 39}},
	9: {22, []int{36, 36, 36, 37, 37}}, 10: {26, []int{43, 43, 43, 43, 44}},
}

// qrAlignment are the centres of the small squares, along both sides (ISO/IEC 18004, annex E).
var qrAlignment = [...][]int{1: nil, 2: {6, 18}, 3: {6, 22}, 4: {6, 26}, 5: {6, 30}, 6: {6, 34}, 7: {6, 22, 38},
	8: {6, 24, 42}, 9: {6, 26, 46}, 10: {6, 28, 50}}

// qrFrame is what all QR of a size share, and the way that the codewords go through the rest.
type qrFrame struct {
	fixed  []int8 // 1 dark, -1 light, 0 not fixed, 2 of the format
	path   []int  // places of the bits, in order
	format [2][15]int
}

var qrFrames = func() (all [len(qrBlocks)]func() *qrFrame) {
	for v := range all {
		all[v] = sync.OnceValue(func() *qrFrame { return newQRFrame(v) })
	}
	return all
}()

func newQRFrame(version int) *qrFrame {
	side := 17 + 4*version
	f := &qrFrame{fixed: make([]int8, side*side)}
	f.timing(side)
	for _, corner := range [][2]int{{0, 0}, {side - 7, 0}, {0, side - 7}} {
		f.finder(corner[0], corner[1], side)
	}
	f.alignment(qrAlignment[version], side)
	f.formats(side)
	if version >= 7 {
		f.version(version, side)
	}
	f.path = f.way(side)
	return f
}

func (f *qrFrame) set(x, y, side int, dark bool) {
	f.fixed[y*side+x] = -1
	if dark {
		f.fixed[y*side+x] = 1
	}
}

func (f *qrFrame) timing(side int) {
	for i := range side {
		f.set(i, 6, side, i%2 == 0)
		f.set(6, i, side, i%2 == 0)
	}
}

// finder is a corner square with the light line around it.
func (f *qrFrame) finder(left, top, side int) {
	for y := top - 1; y <= top+7; y++ {
		for x := left - 1; x <= left+7; x++ {
			if x >= 0 && y >= 0 && x < side && y < side {
				ring := max(abs(x-left-3), abs(y-top-3))
				f.set(x, y, side, ring != 2 && ring != 4)
			}
		}
	}
}

func (f *qrFrame) alignment(centres []int, side int) {
	for _, cy := range centres {
		for _, cx := range centres {
			if cx < 8 && cy < 8 || cx < 8 && cy > side-9 || cx > side-9 && cy < 8 {
				continue
			}
			for y := cy - 2; y <= cy+2; y++ {
				for x := cx - 2; x <= cx+2; x++ {
					f.set(x, y, side, max(abs(x-cx), abs(y-cy)) != 1)
				}
			}
		}
	}
}

// formats are the places of the two copies of the format, most significant bit first (ISO/IEC 18004, 7.9.1).
func (f *qrFrame) formats(side int) {
	for i := range 15 {
		var one, two [2]int
		switch {
		case i < 6:
			one = [2]int{i, 8}
		case i < 8:
			one = [2]int{i + 1, 8}
		case i == 8:
			one = [2]int{8, 7}
		default:
			one = [2]int{8, 14 - i}
		}
		if i < 7 {
			two = [2]int{8, side - 1 - i}
		} else {
			two = [2]int{side - 15 + i, 8}
		}
		f.format[0][i], f.format[1][i] = one[1]*side+one[0], two[1]*side+two[0]
		f.fixed[f.format[0][i]], f.fixed[f.format[1][i]] = 2, 2
	}
	f.set(8, side-8, side, true)
}

// version is the size said twice, with its check bits (ISO/IEC 18004, 7.10).
func (f *qrFrame) version(v, side int) {
	word := v<<12 | remainder(v<<12, 0x1F25, 12)
	for i := range 18 {
		dark := word>>i&1 == 1
		f.set(side-11+i%3, i/3, side, dark)
		f.set(i/3, side-11+i%3, side, dark)
	}
}

// way goes up and down in columns of two, from the right, and leaves the timing column out.
func (f *qrFrame) way(side int) []int {
	var path []int
	up := true
	for right := side - 1; right > 0; right -= 2 {
		if right == 6 {
			right--
		}
		for i := range side {
			y := i
			if up {
				y = side - 1 - i
			}
			for _, x := range []int{right, right - 1} {
				if f.fixed[y*side+x] == 0 {
					path = append(path, y*side+x)
				}
			}
		}
		up = !up
	}
	return path
}

// remainder divides by a generator, bit by bit.
func remainder(v, generator, degree int) int {
	for i := 31; i >= degree; i-- {
		if v>>i&1 == 1 {
			v ^= generator << (i - degree)
		}
	}
	return v
}

func abs(n int) int { return max(n, -n) }

// readQR reads a QR of level M whose every module is right.
func readQR(dots []stroke) (reading, error) {
	g, r, err := gridOf(dots, 7)
	if err != nil {
		return r, err
	}
	version := (g.side - 17) / 4
	if version < 1 || version >= len(qrBlocks) || 17+4*version != g.side {
		return r, errNotRead
	}
	f := qrFrames[version]()
	for i, want := range f.fixed {
		if want == 1 && !g.dark[i] || want == -1 && g.dark[i] {
			return r, errNotRead
		}
	}
	mask, err := f.mask(g)
	if err != nil {
		return r, err
	}
	data, err := qrData(version, f.unmasked(g, mask))
	if err != nil {
		return r, err
	}
	r.data, err = qrText(data, version)
	return r, err
}

// mask reads both copies of the format: level M, and one of eight masks.
func (f *qrFrame) mask(g grid) (int, error) {
	word := [2]int{}
	for c := range word {
		for _, at := range f.format[c] {
			word[c] <<= 1
			if g.dark[at] {
				word[c] |= 1
			}
		}
	}
	five := (word[0] ^ 0x5412) >> 10
	if word[0] != word[1] || five>>3 != 0 || word[0]^0x5412 != five<<10|remainder(five<<10, 0x537, 10) {
		return 0, errNotRead
	}
	return five, nil
}

// masks turn modules over (ISO/IEC 18004, table 10).
var masks = [8]func(x, y int) bool{
	func(x, y int) bool { return (x+y)%2 == 0 },
	func(_, y int) bool { return y%2 == 0 },
	func(x, _ int) bool { return x%3 == 0 },
	func(x, y int) bool { return (x+y)%3 == 0 },
	func(x, y int) bool { return (y/2+x/3)%2 == 0 },
	func(x, y int) bool { return x*y%2+x*y%3 == 0 },
	func(x, y int) bool { return (x*y%2+x*y%3)%2 == 0 },
	func(x, y int) bool { return ((x+y)%2+x*y%3)%2 == 0 },
}

func (f *qrFrame) unmasked(g grid, mask int) []byte {
	words := make([]byte, (len(f.path)+7)/8)
	for i, at := range f.path {
		if g.dark[at] != masks[mask](at%g.side, at/g.side) {
			words[i/8] |= 0x80 >> (i % 8)
		}
	}
	return words
}

// qrData takes the blocks apart again and proves each. Bits that are left over are light.
func qrData(version int, words []byte) ([]byte, error) {
	spec := qrBlocks[version]
	blocks := make([][]byte, len(spec.data))
	next := 0
	for i := range spec.data[len(spec.data)-1] {
		for b, n := range spec.data {
			if i < n {
				blocks[b] = append(blocks[b], words[next])
				next++
			}
		}
	}
	for range spec.checks {
		for b := range blocks {
			blocks[b] = append(blocks[b], words[next])
			next++
		}
	}
	for _, rest := range words[next:] {
		if rest != 0 {
			return nil, errNotRead
		}
	}
	var data []byte
	for b, block := range blocks {
		if !fieldQR.whole(block, spec.checks, 0) {
			return nil, errNotRead
		}
		data = append(data, block[:spec.data[b]]...)
	}
	return data, nil
}

const qrSigns = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

// qrText reads the segments (ISO/IEC 18004, 7.4): digits by three, signs by two, bytes.
func qrText(data []byte, version int) (string, error) {
	var out strings.Builder
	more := 0 // bits that a count has more in large symbols
	if version > 9 {
		more = 2
	}
	for in := (&bits{words: data}); in.left() >= 4; {
		mode := in.take(4)
		if mode == 0 {
			break
		}
		count, known := map[int]int{1: 10 + more, 2: 9 + more, 4: 8 + 4*more}[mode]
		if !known || in.left() < count {
			return "", errNotRead
		}
		if !qrSegment(&out, in, mode, in.take(count)) {
			return "", errNotRead
		}
	}
	return out.String(), nil
}

func qrSegment(out *strings.Builder, in *bits, mode, n int) bool {
	for n > 0 {
		group := min(n, map[int]int{1: 3, 2: 2, 4: 1}[mode])
		size := map[int][4]int{1: {0, 4, 7, 10}, 2: {0, 6, 11}, 4: {0, 8}}[mode][group]
		if in.left() < size {
			return false
		}
		v := in.take(size)
		base, most := map[int]int{1: 10, 2: 45, 4: 256}[mode], 1
		for range group {
			most *= base
		}
		if v >= most {
			return false
		}
		for most /= base; most > 0; most /= base {
			if digit := v / most % base; mode == 4 {
				out.WriteByte(byte(digit))
			} else {
				out.WriteByte(qrSigns[digit])
			}
		}
		n -= group
	}
	return true
}
