package store

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Damage is never silent: whatever byte of the journal, the marks or the files is wrong, or gone, start
// refuses or the data is whole.
func TestDamageIsNeverSilent(t *testing.T) {
	w, dir := newWall(), t.TempDir()
	k := mustOpen(t, testOptions(dir, w))
	for _, v := range script(60) {
		must(t, k, v)
	}
	head := k.Head()
	if err := k.mark.save(); err != nil {
		t.Fatal(err)
	}
	crashed := t.TempDir()
	if err := copyFiles(dir, crashed); err != nil {
		t.Fatal(err)
	}
	mustClose(t, k)
	for _, kind := range []struct{ name, dir string }{{"stopped", dir}, {"crashed", crashed}} {
		files, _ := filepath.Glob(filepath.Join(kind.dir, "badger", "*"))
		files = append(files, filepath.Join(kind.dir, "mark"))
		refused, whole := 0, 0
		for _, file := range files {
			for _, how := range damages(t, file) {
				broken := t.TempDir()
				if err := copyFiles(kind.dir, broken); err != nil {
					t.Fatal(err)
				}
				how.do(strings.Replace(file, kind.dir, broken, 1))
				if openedWhole(t, broken, w, head, file+": "+how.name) {
					whole++
				} else {
					refused++
				}
			}
		}
		t.Logf("%s: %d damages refused, %d harmless", kind.name, refused, whole)
		if refused == 0 {
			t.Error("no damage was noticed at all")
		}
	}
}

type damage struct {
	name string
	do   func(path string)
}

func damages(t *testing.T, file string) []damage {
	b, err := os.ReadFile(file)
	if err != nil || len(b) == 0 {
		return nil
	}
	used := len(bytes.TrimRight(b, "\x00"))
	out := []damage{{"deleted", func(p string) { _ = os.Remove(p) }}}
	places := 6
	if os.Getenv("FLOORLINE_SOAK") != "" {
		places = 200
	}
	for i := range places {
		at := used * i / places
		if at >= used {
			continue
		}
		out = append(out, damage{fmt.Sprintf("bit flipped at %d of %d", at, used), func(p string) {
			c := bytes.Clone(b)
			c[at] ^= 0x10
			_ = os.WriteFile(p, c, 0o600)
		}})
	}
	return append(out, damage{"cut in half", func(p string) { _ = os.Truncate(p, int64(used/2)) }})
}

// openedWhole is true when the damaged copy opened with everything in it, false when it was refused; it
// fails the test when something is gone or wrong and nobody said so.
func openedWhole(t *testing.T, dir string, w *wall, head Head, what string) (whole bool) {
	defer func() {
		if p := recover(); p != nil {
			whole = false // Badger itself would not have it
		}
	}()
	k, err := Open(testOptions(dir, w))
	if err != nil {
		if err.Error() == "" {
			t.Errorf("%s: refused without a word", what)
		}
		return false
	}
	defer k.Close()
	r := k.Verify()
	if k.Head() == head && r.Clean() {
		return true
	}
	if k.Head() == head { // opened, but verify says what is wrong
		return false
	}
	t.Errorf("%s: opened silently at record %d of %d: %v", what, k.Head().Seq, head.Seq, r.Problems)
	return true
}
