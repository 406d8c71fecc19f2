package labels

import (
	"bytes"
	"fmt"
	"sync"

	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/dejavu/dejavusansbold"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/harfbuzz"
)

// FontFile is a font of the machine: its bytes, asked for once and only when a label needs them, and which
// font it is where the file holds several.
type FontFile struct {
	Name  string
	Index int
	Load  func() ([]byte, error)
}

// FontFinder gives the font of the machine that prints all of the runes best, or nil where there is none.
type FontFinder func(runes []rune, bold bool) *FontFile

// UseFonts hands in the fonts of the machine. This room does not look at the disk, so whoever starts the
// program does it once, before the first label; without it there are the embedded fonts alone.
func UseFonts(find FontFinder) {
	drawing.Lock()
	defer drawing.Unlock()
	drawing.find = find
	drawing.forget()
	countriesKept.Clear()
}

// drawnFace is a font whose letters are drawn as outlines.
type drawnFace struct {
	name     string
	font     *harfbuzz.Font
	upem     int
	outlines map[font.GID]*outline
}

// maxFontBytes bounds one font file; the largest collections of Chinese, Japanese and Korean have 30 MB.
const maxFontBytes = 128 << 20

// parseFace reads a font. Fonts of the machine are strangers' bytes: a parser that panics on them is a font
// that cannot be used, not the end of the program.
func parseFace(name string, data []byte, index int) (f *drawnFace, err error) {
	defer func() {
		if r := recover(); r != nil {
			f, err = nil, fmt.Errorf("labels: the font %s cannot be read: %v", name, r)
		}
	}()
	if len(data) > maxFontBytes {
		return nil, fmt.Errorf("labels: the font %s has %d MB, at most %d", name, len(data)>>20, maxFontBytes>>20)
	}
	loaders, err := opentype.NewLoaders(bytes.NewReader(data))
	if err != nil || index >= len(loaders) {
		return nil, fmt.Errorf("labels: the font %s cannot be read: %v", name, err)
	}
	parsed, err := font.NewFont(loaders[index])
	if err != nil {
		return nil, fmt.Errorf("labels: the font %s cannot be read: %w", name, err)
	}
	face := font.NewFace(parsed)
	return &drawnFace{name: name, font: harfbuzz.NewFont(face), upem: int(parsed.Upem()), outlines: map[font.GID]*outline{}}, nil
}

// has says whether the font has a glyph for a rune, or the rune needs none.
func (f *drawnFace) has(r rune) bool {
	if ignorable(r) {
		return true
	}
	gid, ok := f.font.Face().NominalGlyph(r)
	return ok && gid != 0
}

func (f *drawnFace) hasAll(runes []rune) bool {
	for _, r := range runes {
		if !f.has(r) {
			return false
		}
	}
	return true
}

// embedded are the fonts that every machine has because the program brings them: the Go fonts, then DejaVu
// for what those lack (Vietnamese, polytonic Greek, Armenian, Georgian and more).
var embedded = sync.OnceValue(func() [2][]*drawnFace {
	must := func(name string, data []byte) *drawnFace {
		f, err := parseFace(name, data, 0)
		if err != nil {
			panic(err) // a fault of the build: any test that draws finds it
		}
		return f
	}
	return [2][]*drawnFace{
		{must("goregular", regular().data), must("dejavusans", dejavusans.TTF)},
		{must("gobold", bold().data), must("dejavusansbold", dejavusansbold.TTF)},
	}
})

// drawer holds all that drawing letters needs and that is not safe for two at a time.
type drawer struct {
	sync.Mutex
	find  FontFinder
	files map[*FontFile]*drawnFace // nil where the file cannot be read
	kept  map[drawnKey]*drawn
}

var drawing = &drawer{}

// maxDrawn bounds the lines that are kept drawn.
const maxDrawn = 2000

// forget drops what was drawn with other fonts.
func (d *drawer) forget() {
	d.files, d.kept = map[*FontFile]*drawnFace{}, map[drawnKey]*drawn{}
}

// machineFace is the font of the machine for some runes, or nil.
func (d *drawer) machineFace(runes []rune, bold bool) *drawnFace {
	if d.find == nil {
		return nil
	}
	file := d.find(runes, bold)
	if file == nil {
		return nil
	}
	if f, known := d.files[file]; known {
		return f
	}
	data, err := file.Load()
	var f *drawnFace
	if err == nil {
		f, err = parseFace(file.Name, data, file.Index)
	}
	if err != nil {
		f = nil
	}
	d.files[file] = f
	return f
}

// faceFor is the font for runes of one script, or nil. Scripts that the embedded fonts are made for look the
// same on every machine; the others look best in a font of the machine made for them.
func (d *drawer) faceFor(runes []rune, s script, bold bool) *drawnFace {
	weight := 0
	if bold {
		weight = 1
	}
	own := func() *drawnFace {
		for _, f := range embedded()[weight] {
			if f.hasAll(runes) {
				return f
			}
		}
		return nil
	}
	machine := func() *drawnFace {
		if f := d.machineFace(runes, bold); f != nil && f.hasAll(runes) {
			return f
		}
		return nil
	}
	first, then := machine, own
	if s.embedded {
		first, then = own, machine
	}
	if f := first(); f != nil {
		return f
	}
	return then()
}

// NeedsNoGlyph says of a rune that a font prints it without a glyph of its own, for those who look for fonts.
func NeedsNoGlyph(r rune) bool { return ignorable(r) }
