package labels

import (
	"math"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// outline is the shape of a glyph: for each step its letter (m move, l line, c curve with two handles) and
// its points, in whole units of the font. All curves are cubic, as PDF has no other.
type outline struct {
	ops    []byte
	points []point
}

type point struct{ x, y int }

// outline gives the shape of a glyph; one without ink has no steps.
func (f *drawnFace) outline(id font.GID) *outline {
	if kept := f.outlines[id]; kept != nil {
		return kept
	}
	o := &outline{}
	if data, ok := f.font.Face().GlyphDataOutline(id); ok {
		o.trace(data.Segments)
	}
	f.outlines[id] = o
	return o
}

func (o *outline) trace(segments []opentype.Segment) {
	var pen opentype.SegmentPoint
	for _, s := range segments {
		a := s.Args
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			o.add('m', a[0])
			pen = a[0]
		case opentype.SegmentOpLineTo:
			o.add('l', a[0])
			pen = a[0]
		case opentype.SegmentOpQuadTo:
			o.add('c', towards(pen, a[0]), towards(a[1], a[0]), a[1])
			pen = a[1]
		case opentype.SegmentOpCubeTo:
			o.add('c', a[0], a[1], a[2])
			pen = a[2]
		}
	}
}

// towards is two thirds of the way: where the handle of a cubic curve stands for that of a quadratic one.
func towards(from, to opentype.SegmentPoint) opentype.SegmentPoint {
	return opentype.SegmentPoint{X: from.X + (to.X-from.X)*2/3, Y: from.Y + (to.Y-from.Y)*2/3}
}

func (o *outline) add(op byte, points ...opentype.SegmentPoint) {
	o.ops = append(o.ops, op)
	for _, p := range points {
		o.points = append(o.points, point{int(math.Round(float64(p.X))), int(math.Round(float64(p.Y)))})
	}
}

// steps calls for every step of an outline with its points.
func (o *outline) steps(do func(op byte, points []point)) {
	at := 0
	for _, op := range o.ops {
		n := 1
		if op == 'c' {
			n = 3
		}
		do(op, o.points[at:at+n])
		at += n
	}
}
