// Package fonts finds the fonts of the machine for labels, which may not look at the disk: which file prints
// a name best. It looks once, when the first name needs it, and reads of each file only the list of its
// letters. Begin at Finder.
package fonts

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"floorline/labels"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// Variable names the environment variable with more directories to look in, before the usual ones.
const Variable = "FLOORLINE_FONTS"

// Limits on what is looked at: a machine with more has them in the wrong place.
const (
	maxFiles     = 5000
	maxFileBytes = 128 << 20
)

// Directories are where fonts lie: those of the environment, then the usual ones of Linux, macOS and Windows.
func Directories() []string {
	dirs := filepath.SplitList(os.Getenv(Variable))
	if home, err := os.UserHomeDir(); err == nil {
		dirs = append(dirs, filepath.Join(home, ".local/share/fonts"), filepath.Join(home, ".fonts"), filepath.Join(home, "Library/Fonts"))
	}
	dirs = append(dirs, "/usr/local/share/fonts", "/usr/share/fonts", "/Library/Fonts", "/System/Library/Fonts")
	if windows := os.Getenv("WINDIR"); windows != "" {
		dirs = append(dirs, filepath.Join(windows, "Fonts"))
	}
	return dirs
}

// Finder looks through directories when it is first asked.
func Finder(dirs []string) labels.FontFinder {
	all := sync.OnceValue(func() *library { return readLibrary(dirs) })
	return func(runes []rune, bold bool) *labels.FontFile { return all().find(runes, bold) }
}

// library is the fonts of the machine, the best first: for normal and for bold text.
type library struct {
	fonts            []*entry
	byNormal, byBold []*entry
}

// entry is a font: what it is called and which letters it has.
type entry struct {
	file   *labels.FontFile
	family string
	aspect font.Aspect
	order  int
	cmap   font.Cmap
}

func (l *library) find(runes []rune, bold bool) *labels.FontFile {
	list := l.byNormal
	if bold {
		list = l.byBold
	}
	for _, e := range list {
		if e.hasAll(runes) {
			return e.file
		}
	}
	return nil
}

func (e *entry) hasAll(runes []rune) bool {
	for _, r := range runes {
		if labels.NeedsNoGlyph(r) {
			continue
		}
		if gid, ok := e.cmap.Lookup(r); !ok || gid == 0 {
			return false
		}
	}
	return true
}

func readLibrary(dirs []string) *library {
	l := &library{}
	files := 0
	for order, dir := range dirs {
		if real, err := filepath.EvalSymlinks(dir); err == nil {
			dir = real
		}
		_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !isFont(path) {
				return nil // a directory that is not there or not ours to read has no fonts for us
			}
			if files++; files > maxFiles {
				return fs.SkipAll
			}
			l.fonts = append(l.fonts, read(path, order)...)
			return nil
		})
	}
	l.byNormal, l.byBold = ranked(l.fonts, font.WeightNormal), ranked(l.fonts, font.WeightBold)
	return l
}

func isFont(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".ttf", ".otf", ".ttc", ".otc":
		return true
	}
	return false
}

// read lists the fonts in a file; one that is damaged has none.
func read(path string, order int) (list []*entry) {
	defer func() {
		if recover() != nil {
			list = nil
		}
	}()
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() || info.Size() > maxFileBytes {
		return nil
	}
	loaders, err := opentype.NewLoaders(file)
	if err != nil {
		return nil
	}
	for i, ld := range loaders {
		if e := readEntry(path, i, ld); e != nil {
			e.order = order
			list = append(list, e)
		}
	}
	return list
}

// readEntry reads what the choice needs. Fonts of pictures and fonts that show every letter as a box are none.
func readEntry(path string, index int, ld *opentype.Loader) *entry {
	if !ld.HasTable(opentype.MustNewTag("glyf")) && !ld.HasTable(opentype.MustNewTag("CFF ")) {
		return nil
	}
	about, _ := font.Describe(ld, nil)
	if strings.Contains(about.Family, "emoji") || strings.Contains(about.Family, "lastresort") || strings.Contains(about.Family, "adobeblank") {
		return nil
	}
	raw, err := ld.RawTable(opentype.MustNewTag("cmap"))
	if err != nil {
		return nil
	}
	table, _, err := tables.ParseCmap(raw)
	if err != nil {
		return nil
	}
	cmap, _, err := font.ProcessCmap(table, tables.FPNone)
	if err != nil {
		return nil
	}
	about.Aspect.SetDefaults()
	return &entry{family: about.Family, aspect: about.Aspect, cmap: cmap, file: &labels.FontFile{
		Name: fmt.Sprintf("%s#%d", path, index), Index: index, Load: func() ([]byte, error) { return os.ReadFile(path) }}}
}

// ranked puts the fonts that read best on a label first: plain sans-serif faces of the weight that is wanted.
func ranked(all []*entry, weight font.Weight) []*entry {
	list := slices.Clone(all)
	slices.SortStableFunc(list, func(a, b *entry) int { return a.rank(weight) - b.rank(weight) })
	return list
}

// handicaps are parts of a family's name, without spaces, and how far they put a font back.
var handicaps = []struct {
	part string
	far  int
}{
	{"notosans", -60}, {"mono", 40}, {"serif", 30}, {"kufi", 50}, {"nastaliq", 90}, {"rashi", 90}, {"looped", 30}, {"display", 40}, {"unjoined", 60},
	{"symbols", 90}, {"music", 90}, {"math", 90}, {"condensed", 60}, {"unifont", 300}, {"fallback", 60}, {"zenhei", 20}, {"ui", 5},
}

func (e *entry) rank(weight font.Weight) int {
	rank := e.order + abs(int(e.aspect.Weight)-int(weight))/4
	if e.aspect.Style != font.StyleNormal {
		rank += 300
	}
	if e.aspect.Stretch != font.StretchNormal {
		rank += 60
	}
	name := strings.ReplaceAll(strings.ToLower(e.family), " ", "")
	for _, h := range handicaps {
		if strings.Contains(name, h.part) {
			rank += h.far
		}
	}
	return rank
}

func abs(n int) int { return max(n, -n) }
