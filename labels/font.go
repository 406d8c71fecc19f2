package labels

import (
	"encoding/binary"
	"sync"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

// face is what layout needs of a font: which runes it can print and how wide each is. The table is read
// here and not asked of gofpdf, which needs a document to measure and prints a missing glyph as an empty
// box without a word.
type face struct {
	family     string
	data       []byte
	advances   [1 << 16]int32 // in font units; noGlyph where the font has none
	unitsPerEm int
	glyphs     *glyphTable // what is cut from it for a document
}

// noGlyph marks a rune that would print as an empty box.
const noGlyph = -1

var (
	regular = sync.OnceValue(func() *face { return readFace("goregular", goregular.TTF) })
	bold    = sync.OnceValue(func() *face { return readFace("gobold", gobold.TTF) })
)

// has says whether the font can print a rune.
func (f *face) has(r rune) bool {
	return r >= 0 && int(r) < len(f.advances) && f.advances[r] != noGlyph
}

// advance is the width of a rune in font units.
func (f *face) advance(r rune) int {
	if !f.has(r) {
		return 0
	}
	return int(f.advances[r])
}

// units is a length in font units at a size, rounded down.
func (f *face) units(size, w um) int { return int(w) * f.unitsPerEm / int(size) }

// fits says whether a text is no wider than w; it looks no further than it must.
func (f *face) fits(s string, size, w um) bool {
	units, room := 0, f.units(size, w)
	for _, r := range s {
		if !f.has(r) {
			return f.drawnUnits(s) <= room
		}
		if units += int(f.advances[r]); units > room {
			return false
		}
	}
	return true
}

// plain says whether the font has every letter of a text; else it is drawn.
func (f *face) plain(s string) bool {
	for _, r := range s {
		if !f.has(r) {
			return false
		}
	}
	return true
}

// drawnUnits is how wide a text is that is drawn. One that cannot be is refused when it is set.
func (f *face) drawnUnits(s string) int {
	d, err := draw(s, f == bold(), tongueOf(s))
	if err != nil {
		return 0
	}
	return d.width
}

// width of a text at a size, kerning left out as both renderers leave it out.
func (f *face) width(s string, size um) um {
	units := 0
	for _, r := range s {
		if !f.has(r) {
			units = f.drawnUnits(s)
			break
		}
		units += f.advance(r)
	}
	return um((units*int(size) + f.unitsPerEm - 1) / f.unitsPerEm)
}

// readFace reads the tables of a TrueType font that we ship; a damaged one is a fault of the build, so it
// panics at the first use in any test.
func readFace(family string, ttf []byte) *face {
	tables := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(ttf[4:])) {
		entry := ttf[12+16*i:]
		at, size := binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		tables[string(entry[:4])] = ttf[at : at+size]
	}
	f := &face{family: family, data: ttf}
	for r := range f.advances {
		f.advances[r] = noGlyph
	}
	f.unitsPerEm = int(binary.BigEndian.Uint16(tables["head"][18:]))
	metrics := int(binary.BigEndian.Uint16(tables["hhea"][34:]))
	glyphs := readCMap(tables["cmap"])
	f.glyphs = readGlyphs(tables, glyphs, metrics)
	for r, glyph := range glyphs {
		row := min(int(glyph), metrics-1)
		f.advances[r] = int32(binary.BigEndian.Uint16(tables["hmtx"][4*row:]))
	}
	return f
}

// readCMap reads the Unicode subtable in format 4 (OpenType specification, cmap, "Format 4").
func readCMap(cmap []byte) map[rune]uint16 {
	u16 := func(b []byte, at int) int { return int(binary.BigEndian.Uint16(b[at:])) }
	for i := range u16(cmap, 2) {
		sub := cmap[binary.BigEndian.Uint32(cmap[4+8*i+4:]):]
		if u16(sub, 0) != 4 {
			continue
		}
		segments := u16(sub, 6) / 2
		ends, starts := 14, 16+2*segments
		deltas, offsets := starts+2*segments, starts+4*segments
		glyphs := map[rune]uint16{}
		for s := range segments {
			for r := u16(sub, starts+2*s); r <= u16(sub, ends+2*s) && r != 0xFFFF; r++ {
				glyph := r
				if offset := u16(sub, offsets+2*s); offset != 0 {
					glyph = u16(sub, offsets+2*s+offset+2*(r-u16(sub, starts+2*s)))
				}
				if glyph = (glyph + u16(sub, deltas+2*s)) & 0xFFFF; glyph != 0 {
					glyphs[rune(r)] = uint16(glyph)
				}
			}
		}
		return glyphs
	}
	panic("labels: the font has no Unicode table in format 4")
}
