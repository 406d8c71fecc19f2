package labels

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// paper is a print as black and white dots, eight to a byte as in a PBM.
type paper struct {
	w, h, stride int
	bits         []byte
}

func newPaper(w, h int) *paper {
	return &paper{w, h, (w + 7) / 8, make([]byte, (w+7)/8*h)}
}

// dark says whether a dot is black; beside the paper nothing is.
func (p *paper) dark(x, y int) bool {
	return x >= 0 && y >= 0 && x < p.w && y < p.h && p.bits[y*p.stride+x/8]&(0x80>>(x%8)) != 0
}

// ink gives a dot a colour: black, white, or the other one.
func (p *paper) ink(x, y int, colour byte) {
	if x < 0 || y < 0 || x >= p.w || y >= p.h {
		return
	}
	at, bit := y*p.stride+x/8, byte(0x80>>(x%8))
	switch colour {
	case 'B':
		p.bits[at] |= bit
	case 'W':
		p.bits[at] &^= bit
	default:
		p.bits[at] ^= bit
	}
}

func (p *paper) fill(x, y, w, h int, colour byte) {
	for dy := range h {
		for dx := range w {
			p.ink(x+dx, y+dy, colour)
		}
	}
}

// readPaper reads a binary portable bitmap.
func readPaper(t *testing.T, file string) *paper {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var w, h int
	if _, err := fmt.Sscanf(string(data[:min(40, len(data))]), "P4\n%d %d\n", &w, &h); err != nil {
		t.Fatal(err)
	}
	p := newPaper(w, h)
	copy(p.bits, data[len(data)-len(p.bits):])
	return p
}

// rows gives the dots one by one.
func (p *paper) rows() [][]bool {
	out := make([][]bool, p.h)
	for y := range out {
		out[y] = make([]bool, p.w)
		for x := range out[y] {
			out[y][x] = p.dark(x, y)
		}
	}
	return out
}

// save writes a PBM with a white border, as a label lies on its backing, and gives its name.
func (p *paper) save(t *testing.T, name string) string {
	t.Helper()
	const border = 3 // bytes, and as many dots above and below
	stride := p.stride + 2*border
	var b bytes.Buffer
	fmt.Fprintf(&b, "P4\n%d %d\n", 8*stride, p.h+16*border)
	b.Write(make([]byte, 8*border*stride))
	for y := range p.h {
		b.Write(make([]byte, border))
		b.Write(p.bits[y*p.stride : (y+1)*p.stride])
		b.Write(make([]byte, border))
	}
	b.Write(make([]byte, 8*border*stride))
	file := filepath.Join(t.TempDir(), name+".pbm")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// pale is the print of a head that is a dot too cold: every bar is a dot narrower. Faint is one that is too cold
// by a dot on every edge, so two dots a bar.
func (p *paper) pale() *paper  { return p.spread(func(a, b, _ byte) byte { return a & b }) }
func (p *paper) faint() *paper { return p.spread(func(a, b, c byte) byte { return a & b & c }) }

// bold is the print of a head that is a dot too hot: every bar is a dot wider, every gap a dot narrower. Smudged
// is one that is too hot by a dot on every edge.
func (p *paper) bold() *paper    { return p.spread(func(a, b, _ byte) byte { return a | b }) }
func (p *paper) smudged() *paper { return p.spread(func(a, b, c byte) byte { return a | b | c }) }

// spread joins each dot with its neighbours to the left and right, then with those above and below.
func (p *paper) spread(join func(a, b, c byte) byte) *paper {
	across, out := newPaper(p.w, p.h), newPaper(p.w, p.h)
	for y := range p.h {
		row, to := p.bits[y*p.stride:(y+1)*p.stride], across.bits[y*p.stride:]
		for i, b := range row {
			left, right := b>>1, b<<1
			if i > 0 {
				left |= row[i-1] << 7
			}
			if i+1 < len(row) {
				right |= row[i+1] >> 7
			}
			to[i] = join(left, b, right)
		}
	}
	white := make([]byte, p.stride)
	line := func(y int) []byte {
		if y < 0 || y >= p.h {
			return white
		}
		return across.bits[y*p.stride : (y+1)*p.stride]
	}
	for y := range p.h {
		above, here, under := line(y-1), line(y), line(y+1)
		for i := range here {
			out.bits[y*p.stride+i] = join(above[i], here[i], under[i])
		}
	}
	return out
}

// A dot alone is gone from a cold head and is four or nine from a hot one; a block of three keeps its middle.
func TestPaleAndDarkPrints(t *testing.T) {
	p := newPaper(40, 20)
	p.ink(7, 5, 'B')
	p.fill(20, 10, 3, 3, 'B')
	for _, c := range []struct {
		what string
		got  *paper
		want int
	}{{"printed", p, 10}, {"pale", p.pale(), 4}, {"faint", p.faint(), 1}, {"bold", p.bold(), 4 + 16}, {"smudged", p.smudged(), 9 + 25}} {
		dots := 0
		for y := range c.got.h {
			for x := range c.got.w {
				if c.got.dark(x, y) {
					dots++
				}
			}
		}
		if dots != c.want {
			t.Errorf("%s: %d dots, want %d", c.what, dots, c.want)
		}
	}
	if !p.faint().dark(21, 11) || !p.smudged().dark(6, 4) || !p.bold().dark(8, 6) {
		t.Error("the wrong dots")
	}
}
