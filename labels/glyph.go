package labels

import (
	"encoding/binary"
	"slices"
)

// readGlyphs reads the glyphs of a font that we ship, and takes their hints off.
func readGlyphs(tables map[string][]byte, ids map[rune]uint16, metrics int) *glyphTable {
	o := &glyphTable{ids: ids, head: slices.Clone(tables["head"]), hhea: tables["hhea"], maxp: slices.Clone(tables["maxp"])}
	long := binary.BigEndian.Uint16(o.head[50:]) == 1
	binary.BigEndian.PutUint16(o.head[50:], 1) // what is cut has long offsets
	clear(o.maxp[14:26])                       // no instructions are left
	glyphs := int(binary.BigEndian.Uint16(o.maxp[4:]))
	offset := func(i int) int {
		if long {
			return int(binary.BigEndian.Uint32(tables["loca"][4*i:]))
		}
		return 2 * int(binary.BigEndian.Uint16(tables["loca"][2*i:]))
	}
	o.glyphs, o.parts = make([][]byte, glyphs), make([][]uint16, glyphs)
	for i := range glyphs {
		o.glyphs[i], o.parts[i] = unhinted(tables["glyf"][offset(i):offset(i+1)])
		row := 4 * min(i, metrics-1)
		o.metrics = append(o.metrics, tables["hmtx"][row:row+2]...)
		side := row + 2
		if i >= metrics {
			side = 4*metrics + 2*(i-metrics)
		}
		o.metrics = append(o.metrics, tables["hmtx"][side:side+2]...)
	}
	signed := func(b []byte, at int) int { return int(int16(binary.BigEndian.Uint16(b[at:]))) }
	o.measures = [6]int{signed(o.hhea, 4), signed(o.hhea, 6), signed(o.head, 36), signed(o.head, 38), signed(o.head, 40), signed(o.head, 42)}
	return o
}

// Flags of a part of a glyph (OpenType specification, glyf, "Composite glyph description").
const (
	partWords  = 0x0001
	partScale  = 0x0008
	partMore   = 0x0020
	partXY     = 0x0040
	part2x2    = 0x0080
	partHinted = 0x0100
)

// unhinted is a glyph without its instructions, padded to four bytes, and what it is put together from.
func unhinted(g []byte) ([]byte, []uint16) {
	if len(g) == 0 {
		return nil, nil
	}
	contours := int(int16(binary.BigEndian.Uint16(g)))
	if contours >= 0 {
		at := 10 + 2*contours
		hints := int(binary.BigEndian.Uint16(g[at:]))
		out := append(slices.Clone(g[:at]), 0, 0)
		return padded(append(out, g[at+2+hints:]...)), nil
	}
	out, parts := slices.Clone(g), []uint16(nil)
	for at := 10; ; {
		flags := binary.BigEndian.Uint16(out[at:])
		parts = append(parts, binary.BigEndian.Uint16(out[at+2:]))
		binary.BigEndian.PutUint16(out[at:], flags&^partHinted)
		if at = partEnd(at, flags); flags&partMore == 0 {
			return padded(out[:at]), parts
		}
	}
}

// partEnd is where the next part of a glyph begins.
func partEnd(at int, flags uint16) int {
	at += 6
	if flags&partWords != 0 {
		at += 2
	}
	switch {
	case flags&partScale != 0:
		at += 2
	case flags&partXY != 0:
		at += 4
	case flags&part2x2 != 0:
		at += 8
	}
	return at
}

// renumber leads the parts of a glyph to where they lie in the font that was cut.
func renumber(g []byte, news map[uint16]uint16) {
	for at := 10; ; {
		flags := binary.BigEndian.Uint16(g[at:])
		binary.BigEndian.PutUint16(g[at+2:], news[binary.BigEndian.Uint16(g[at+2:])])
		if at = partEnd(at, flags); flags&partMore == 0 {
			return
		}
	}
}

func padded(b []byte) []byte { return append(b, make([]byte, -len(b)&3)...) }
