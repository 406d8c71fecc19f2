package fonts

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/dejavu/dejavusansbold"
	"github.com/go-fonts/dejavu/dejavusansmono"
	"github.com/go-fonts/dejavu/dejavuserif"
)

// lay writes fonts under names into a new directory.
func lay(t *testing.T, files map[string][]byte) string {
	dir := t.TempDir()
	for name, data := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// The font that reads best on a label is found: plain and sans-serif, bold where that is asked for; what is
// damaged, missing or no font does no harm.
func TestFinderPicksByCoverageAndStyle(t *testing.T) {
	dir := lay(t, map[string][]byte{
		"serif.ttf": dejavuserif.TTF, "a/mono.TTF": dejavusansmono.TTF, "b/sans.ttf": dejavusans.TTF, "b/bold.ttf": dejavusansbold.TTF,
		"half.ttf": dejavusans.TTF[:40000], "empty.otf": nil, "noise.ttc": []byte(strings.Repeat("ttcf noise ", 400)), "read.me": []byte("x"),
	})
	link := filepath.Join(t.TempDir(), "fonts")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	find := Finder([]string{filepath.Join(dir, "nowhere"), link})
	for _, c := range []struct {
		text string
		bold bool
		want string
	}{
		{"Ѓорѓи", false, "b/sans.ttf"}, {"Ѓорѓи", true, "b/bold.ttf"}, {"محمد\u200c", false, "b/sans.ttf"}, {"東京", false, ""}, {"Ж東", true, ""},
	} {
		file := find([]rune(c.text), c.bold)
		if (file == nil) != (c.want == "") || file != nil && !strings.Contains(file.Name, c.want) {
			t.Errorf("%s, bold %v: %+v, want %q", c.text, c.bold, file, c.want)
			continue
		}
		if file != nil {
			if again := find([]rune(c.text), c.bold); again != file {
				t.Errorf("%s: another file the second time", c.text)
			}
			if data, err := file.Load(); err != nil || len(data) < 100000 {
				t.Errorf("%s: %d bytes, %v", file.Name, len(data), err)
			}
		}
	}
}

// The directories of the environment come before those of the machine.
func TestEnvironmentComesFirst(t *testing.T) {
	t.Setenv(Variable, "/one"+string(filepath.ListSeparator)+"/two")
	if dirs := Directories(); len(dirs) < 4 || dirs[0] != "/one" || dirs[1] != "/two" {
		t.Errorf("%v", dirs)
	}
}

// FuzzFontFile reads any bytes as a font file: they are a font or none, and nothing panics.
func FuzzFontFile(f *testing.F) {
	f.Add(dejavusansmono.TTF[:60000])
	f.Add([]byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x10"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "f.ttf")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, e := range read(path, 0) {
			e.hasAll([]rune("Aé東م"))
		}
	})
}
