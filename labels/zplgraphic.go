package labels

import (
	"image"
	over "image/draw"
	"strings"

	"golang.org/x/image/vector"
)

// bitmap is black dots at a place on the label, rows of whole bytes, the first dot in the highest bit.
type bitmap struct {
	x, y, width, height int // in dots
	stride              int
	rows                []byte
}

// inFontZero says whether the printer's own font has every letter of a text: the letters that printers have
// had since they knew UTF-8 (WGL4: Latin, Greek, Cyrillic). Others are sent as dots.
func inFontZero(s string) bool {
	for _, r := range s {
		switch {
		case r < 0x180, r >= 0x0384 && r <= 0x03CE, r >= 0x0400 && r <= 0x045F, r == 0x0490, r == 0x0491, r >= 0x2013 && r <= 0x203A, r == 0x20AC:
		default:
			return false
		}
	}
	return true
}

// graphic prints a drawn line as dots (^GF, ZPL II Programming Guide), its hex shortened.
func (z *zpl) graphic(p *page, t textMark) {
	b := t.dots(p)
	if b.stride == 0 {
		return
	}
	reverse := ""
	if t.ink == white {
		reverse = "^FR"
	}
	z.bitmap(b, reverse)
}

// shapes sends all shapes of a page as one graphic: white ones are holes in it.
func (z *zpl) shapes(p *page) {
	if len(p.shapes) == 0 {
		return
	}
	if b := p.shapeDots(); len(b.rows) > 0 {
		z.bitmap(b, "")
	}
}

func (z *zpl) bitmap(b bitmap, reverse string) {
	total := b.stride * b.height
	z.cmd("^FO%d,%d%s^GFA,%d,%d,%d,%s^FS\n", b.x, b.y, reverse, total, total, b.stride, b.hex())
}

// dots fills the outlines of a drawn line at the resolution of the label. Only the part on the label is kept.
func (t textMark) dots(p *page) bitmap {
	paper := image.Rect(0, 0, p.dots(p.w), p.dots(p.h))
	box := t.box(p).Intersect(paper)
	if box.Empty() {
		return bitmap{}
	}
	fill := vector.NewRasterizer(box.Dx(), box.Dy())
	t.trace(p, func(op byte, at [][2]float32) {
		for i := range at {
			at[i][0] -= float32(box.Min.X)
			at[i][1] -= float32(box.Min.Y)
		}
		switch op {
		case 'm':
			fill.ClosePath()
			fill.MoveTo(at[0][0], at[0][1])
		case 'l':
			fill.LineTo(at[0][0], at[0][1])
		case 'c':
			fill.CubeTo(at[0][0], at[0][1], at[1][0], at[1][1], at[2][0], at[2][1])
		}
	})
	fill.ClosePath()
	covered := image.NewAlpha(image.Rect(0, 0, box.Dx(), box.Dy()))
	fill.DrawOp = over.Src
	fill.Draw(covered, covered.Bounds(), image.Opaque, image.Point{})
	return blackened(covered, box.Min)
}

// dark is how much of a dot must be covered to burn it: a little under the half, as thin strokes must not
// break.
const dark = 110

func blackened(covered *image.Alpha, at image.Point) bitmap {
	size := covered.Bounds().Size()
	b := bitmap{x: at.X, y: at.Y, width: size.X, height: size.Y, stride: (size.X + 7) / 8}
	b.rows = make([]byte, b.stride*b.height)
	for y := range b.height {
		for x := range b.width {
			if covered.Pix[y*covered.Stride+x] >= dark {
				b.rows[y*b.stride+x/8] |= 0x80 >> (x % 8)
			}
		}
	}
	return b
}

// trace gives the outlines of a line in dots of the paper, y downwards. Floats exist only here, where the
// rasteriser asks for them.
func (t textMark) trace(p *page, do func(op byte, at [][2]float32)) {
	perUM := float32(p.dpi) / float32(inch)
	left, y, size := t.place()
	x0, y0 := float32(left)*perUM, float32(y)*perUM
	var at [3][2]float32
	for _, r := range t.drawn.runs {
		begin := x0 + float32(r.x)*float32(size)*perUM/float32(regular().unitsPerEm)
		scale := float32(size) * perUM / float32(r.face.upem)
		for _, g := range r.glyphs {
			g.path.steps(func(op byte, points []point) {
				for i, q := range points {
					at[i] = [2]float32{begin + float32(g.x+q.x)*scale, y0 - float32(g.y+q.y)*scale}
				}
				do(op, at[:len(points)])
			})
		}
	}
}

// box is the rectangle of dots that a line may touch.
func (t textMark) box(p *page) image.Rectangle {
	var box image.Rectangle
	t.trace(p, func(_ byte, at [][2]float32) {
		for _, q := range at {
			x, y := int(q[0]), int(q[1])
			box = box.Union(image.Rect(x-1, y-1, x+2, y+2))
		}
	})
	return box
}

const hexDigits = "0123456789ABCDEF"

// hex is the bitmap in hexadecimal with ZPL's own shortening: a letter before a digit repeats it (G once to Y
// nineteen times, g twenty to z four hundred times), "," ends a row in white, "!" in black, and ":" is the row
// above again.
func (b bitmap) hex() string {
	var out strings.Builder
	last := ""
	for y := range b.height {
		row := shortRow(b.rows[y*b.stride : (y+1)*b.stride])
		if row == last {
			out.WriteByte(':')
			continue
		}
		out.WriteString(row)
		last = row
	}
	return out.String()
}

func shortRow(row []byte) string {
	digits := make([]byte, 0, 2*len(row))
	for _, b := range row {
		digits = append(digits, hexDigits[b>>4], hexDigits[b&15])
	}
	var out []byte
	for i := 0; i < len(digits); {
		n := i
		for n < len(digits) && digits[n] == digits[i] {
			n++
		}
		switch {
		case n == len(digits) && digits[i] == '0':
			out = append(out, ',')
		case n == len(digits) && digits[i] == 'F':
			out = append(out, '!')
		default:
			out = append(repeat(out, n-i), digits[i])
		}
		i = n
	}
	return string(out)
}

// repeat writes how often the next digit comes; once needs no letter.
func repeat(out []byte, n int) []byte {
	if n == 1 {
		return out
	}
	for ; n > 419; n -= 400 {
		out = append(out, 'z')
	}
	if n >= 20 {
		out = append(out, byte('g'+n/20-1))
	}
	if n%20 > 0 {
		out = append(out, byte('G'+n%20-1))
	}
	return out
}
