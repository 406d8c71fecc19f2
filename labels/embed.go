package labels

import (
	"encoding/binary"
	"slices"
	"strconv"

	"github.com/jung-kurt/gofpdf"
)

// Embedding a font is most of what a single label costs. gofpdf would parse the whole font, note 65,536 widths and
// hash them, for each document anew: 6 of 7 ms. So the fonts are cut here, from glyphs read once, into fonts of one
// byte a letter, which gofpdf takes as they are. Letters keep their Unicode names, so that a PDF can be searched.
// They are not packed: 4.8 KB would become 3.6, for a third of the label's time.

// perFont is how many letters a font of one byte holds: the codes from 32 to 255.
const perFont = 224

// setter knows with which font and code each letter of a document is set.
type setter struct {
	codes map[rune]uint16 // the number of the font, then the code in it
	names []string        // the fonts of the face
}

// run is the longest beginning of a text that one font sets; fontOf is which.
func (s *setter) run(text string) string {
	font := -1
	for i, r := range text {
		at := int(s.codes[r] >> 8)
		if font >= 0 && at != font {
			return text[:i]
		}
		font = at
	}
	return text
}

func (s *setter) fontOf(run string) string {
	for _, r := range run {
		return s.names[s.codes[r]>>8]
	}
	return ""
}

// runesOf collects the letters of a face in pages, in order, so that the same pages make the same fonts.
func runesOf(pages []*page, isBold bool) []rune {
	seen := map[rune]bool{}
	var all []rune
	for _, p := range pages {
		for _, t := range p.texts {
			if t.bold != isBold {
				continue
			}
			text := t.s
			if t.drawn != nil {
				text = unseenLetter
			}
			for _, r := range text {
				if !seen[r] {
					seen[r] = true
					all = append(all, r)
				}
			}
		}
	}
	slices.Sort(all)
	return all
}

// embed cuts a face into as many fonts as its letters in a document need.
func embed(doc *gofpdf.Fpdf, f *face, letters []rune) setter {
	s := setter{codes: make(map[rune]uint16, len(letters))}
	for part := range slices.Chunk(letters, perFont) {
		name := f.family + strconv.Itoa(len(s.names))
		for i, r := range part {
			s.codes[r] = uint16(len(s.names)<<8 | 32 + i)
		}
		s.names = append(s.names, name)
		file := f.cut(part)
		doc.AddFontFromBytes(name, "", f.describe(name, part, len(file)), file)
	}
	return s
}

// describe is what gofpdf reads of a font that is cut already. Flag 4 says that codes go straight to glyphs.
func (f *face) describe(name string, letters []rune, size int) []byte {
	milli := func(units int) int { return (2000*units + f.unitsPerEm) / (2 * f.unitsPerEm) }
	b := []byte(`{"Tp":"TrueType","Name":"AAAAAA+` + name + `","File":"` + name + `.cut","OriginalSize":`)
	b = strconv.AppendInt(b, int64(size), 10)
	b = append(b, `,"Desc":{"Ascent":`...)
	for i, part := range []string{``, `,"Descent":`, `,"CapHeight":740,"Flags":4,"StemV":80,"FontBBox":{"Xmin":`, `,"Ymin":`, `,"Xmax":`, `,"Ymax":`} {
		b = append(b, part...)
		b = strconv.AppendInt(b, int64(milli(f.glyphs.measures[i])), 10)
	}
	b = append(b, `}},"Cw":[`...)
	for code := range 256 {
		if code > 0 {
			b = append(b, ',')
		}
		width := 0
		if at := code - 32; at >= 0 && at < len(letters) {
			width = milli(f.advance(letters[at]))
		}
		b = strconv.AppendInt(b, int64(width), 10)
	}
	b = append(b, `],"Diff":"32`...)
	for _, r := range letters {
		b = append(b, " /uni"...)
		for shift := 12; shift >= 0; shift -= 4 {
			b = append(b, "0123456789ABCDEF"[r>>shift&15])
		}
	}
	return append(b, `"}`...)
}

// glyphTable is what a font is cut from: its glyphs without their hints, which are for screens of a few dots, and the
// tables that every cut shares.
type glyphTable struct {
	glyphs   [][]byte
	parts    [][]uint16 // the glyphs that a glyph is put together from
	metrics  []byte     // hmtx, four bytes a glyph
	head     []byte
	hhea     []byte
	maxp     []byte
	ids      map[rune]uint16
	measures [6]int // ascent, descent, and the box around all glyphs
}

// cut makes a TrueType font of some letters: code 32 is the first of them.
func (f *face) cut(letters []rune) []byte {
	o := f.glyphs
	olds, news := []uint16{0}, map[uint16]uint16{0: 0}
	add := func(glyph uint16) {
		if _, known := news[glyph]; !known {
			news[glyph] = uint16(len(olds))
			olds = append(olds, glyph)
		}
	}
	for _, r := range letters {
		add(o.ids[r])
	}
	for i := 0; i < len(olds); i++ {
		for _, part := range o.parts[olds[i]] {
			add(part)
		}
	}
	var glyf, loca, hmtx []byte
	for _, old := range olds {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		hmtx = append(hmtx, o.metrics[4*int(old):4*int(old)+4]...)
		glyf = append(glyf, o.glyphs[old]...)
		if len(o.parts[old]) > 0 {
			renumber(glyf[len(glyf)-len(o.glyphs[old]):], news)
		}
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	hhea, maxp := slices.Clone(o.hhea), slices.Clone(o.maxp)
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(olds)))
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(olds)))
	codes := make([]uint16, len(letters))
	for i, r := range letters {
		codes[i] = news[o.ids[r]]
	}
	return fontFile([]fontTable{{"cmap", codeMap(codes)}, {"glyf", glyf}, {"head", o.head}, {"hhea", hhea}, {"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp}})
}

// codeMap leads codes from 32 on to glyphs, for readers that look under Macintosh Roman (format 6) and for those
// that look under Microsoft Symbol (format 4, from U+F020).
func codeMap(glyphs []uint16) []byte {
	n := uint16(len(glyphs))
	b := u16s(nil, 0, 2, 1, 0, 0, 20, 3, 0, 0, 20+10+2*n)
	b = u16s(b, 6, 10+2*n, 0, 32, n)
	b = u16s(b, glyphs...)
	b = u16s(b, 4, 32+2*n, 0, 4, 4, 1, 0, 0xF020+n-1, 0xFFFF, 0, 0xF020, 0xFFFF, 0, 1, 4, 0)
	return u16s(b, glyphs...)
}

func u16s(b []byte, list ...uint16) []byte {
	for _, v := range list {
		b = binary.BigEndian.AppendUint16(b, v)
	}
	return b
}

type fontTable struct {
	tag  string
	data []byte
}

// fontFile puts tables together, in the order of their tags (OpenType specification, "Organization of an OpenType
// font").
func fontFile(tables []fontTable) []byte {
	b := u16s([]byte{0, 1, 0, 0}, uint16(len(tables)), 64, 2, uint16(16*len(tables)-64))
	at := 12 + 16*len(tables)
	for _, t := range tables {
		b = append(b, t.tag...)
		b = binary.BigEndian.AppendUint32(b, checksum(t.data))
		b = binary.BigEndian.AppendUint32(b, uint32(at))
		b = binary.BigEndian.AppendUint32(b, uint32(len(t.data)))
		at += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		b = append(b, t.data...)
		b = append(b, make([]byte, -len(t.data)&3)...)
	}
	return b
}

func checksum(data []byte) (sum uint32) {
	for ; len(data) >= 4; data = data[4:] {
		sum += binary.BigEndian.Uint32(data)
	}
	var last [4]byte
	copy(last[:], data)
	return sum + binary.BigEndian.Uint32(last[:])
}
