package store

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dgraph-io/badger/v4"

	"floorline/floor"
)

// stopped is a stopped warehouse with something in it.
func stopped(t *testing.T) (string, *wall, Head) {
	w, dir := newWall(), t.TempDir()
	k := mustOpen(t, testOptions(dir, w))
	for _, v := range script(30) {
		must(t, k, v)
	}
	head := k.Head()
	mustClose(t, k)
	return dir, w, head
}

// behind changes the Badger of a stopped warehouse, as no program of ours does.
func behind(t *testing.T, dir string, fn func(txn *badger.Txn) error) {
	o := Options{Dir: dir}
	o.defaults()
	db, err := openBadger(o)
	must0(t, err)
	must0(t, db.Update(fn))
	must0(t, db.Close())
}

// What Badger was about to write when the power went: a table that is in no list yet, logs without a byte.
func TestUnfinishedFiles(t *testing.T) {
	for name, size := range map[string]int{"000099.sst": 1 << 20, "00099.mem": 0, "000099.vlog": 0} {
		dir, w, head := stopped(t)
		must0(t, os.WriteFile(filepath.Join(dir, "badger", name), make([]byte, size), 0o600))
		k := mustOpen(t, testOptions(dir, w))
		if k.Head() != head {
			t.Errorf("%s: head %+v, want %+v", name, k.Head(), head)
		}
		mustClose(t, k)
	}
}

// hurt is a way to damage a warehouse whose head is known.
type hurt func(t *testing.T, dir string, head Head)

func remove(names ...string) hurt {
	return func(t *testing.T, dir string, _ Head) {
		for _, name := range names {
			must0(t, os.RemoveAll(filepath.Join(dir, name)))
		}
	}
}

func set(key, value []byte) hurt {
	return func(t *testing.T, dir string, _ Head) {
		behind(t, dir, func(txn *badger.Txn) error { return txn.Set(key, value) })
	}
}

func noCut(t *testing.T, dir string, _ Head) {
	behind(t, dir, func(txn *badger.Txn) error { return txn.Delete([]byte{keyCut}) })
}

func lost1(seq func(Head) uint64) hurt {
	return func(t *testing.T, dir string, h Head) {
		behind(t, dir, func(txn *badger.Txn) error { return txn.Delete(recordKey(seq(h))) })
	}
}

func flipped(seq func(Head) uint64) hurt {
	return func(t *testing.T, dir string, h Head) {
		behind(t, dir, func(txn *badger.Txn) error {
			item, err := txn.Get(recordKey(seq(h)))
			if err != nil {
				return err
			}
			b, err := item.ValueCopy(nil)
			if err != nil {
				return err
			}
			b = bytes.Clone(b)
			b[len(b)/2] ^= 1
			return txn.Set(recordKey(seq(h)), b)
		})
	}
}

func all(hurts ...hurt) hurt {
	return func(t *testing.T, dir string, h Head) {
		for _, fn := range hurts {
			fn(t, dir, h)
		}
	}
}

// What start refuses, and what it says.
func TestStartRefuses(t *testing.T) {
	last := func(h Head) uint64 { return h.Seq }
	middle := func(h Head) uint64 { return h.Seq / 2 }
	newer, err := encMode.Marshal(namedCut{Format: cutFormat + 1})
	must0(t, err)
	row := func(table floor.Table) []byte { return rowKey(0, floor.RowKey{Table: table, ID: "x"}, 1) }
	for _, c := range []struct {
		name   string
		damage hurt
		says   string
	}{
		{"the badger directory is gone", remove("badger"), "is gone"},
		{"the last record is gone", lost1(last), "not in the journal"},
		{"the last record is altered", flipped(last), "altered"},
		{"the mark is gone, and the record of the checkpoint too", all(remove("mark"), lost1(last)), "not in the journal"},
		{"no checkpoint, and a record is gone from the middle", all(noCut, lost1(middle)), "is missing"},
		{"no checkpoint, and a record is altered in the middle", all(noCut, flipped(middle)), "checksum"},
		{"a newer directory", set([]byte{keyFormat}, []byte{dirFormat + 1}), "newer"},
		{"a newer checkpoint", set([]byte{keyCut}, newer), "newer"},
		{"a table of a newer version", set(row(200), []byte{0xa0}), "newer"},
		{"a damaged row", set(row(floor.TableItem), []byte{0xa1}), "damaged"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, w, head := stopped(t)
			c.damage(t, dir, head)
			k, err := Open(testOptions(dir, w))
			if err == nil {
				mustClose(t, k)
				t.Fatal("it started")
			}
			if !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "What to do") && !strings.Contains(err.Error(), "start the newer version") {
				t.Errorf("it says %q", err)
			}
			if r, err := Verify(dir); err == nil && r.Clean() {
				t.Error("and verify finds it clean")
			}
		})
	}
}

// A record damaged in the middle, behind the checkpoint, keeps no floor from starting, since the state is
// whole; verify and whoever reads that record are told.
func TestOldDamageIsSaidWhenRead(t *testing.T) {
	dir, w, head := stopped(t)
	lost1(func(h Head) uint64 { return h.Seq / 2 })(t, dir, head)
	k := mustOpen(t, testOptions(dir, w))
	defer mustClose(t, k)
	if _, err := k.Read(1, 1000); err == nil || !strings.Contains(err.Error(), "missing") {
		t.Errorf("reading over the gap says %v", err)
	}
	if r := k.Verify(); r.Clean() {
		t.Error("verify finds it clean")
	}
}

// Verify leaves no trace: not in a warehouse, not in a directory that is none.
func TestVerifyWritesNothing(t *testing.T) {
	dir, _, head := stopped(t)
	before := tree(t, dir)
	if r, err := Verify(dir); err != nil || !r.Clean() || r.Head != head {
		t.Fatalf("%+v %v", r, err)
	}
	if after := tree(t, dir); before != after {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	empty := t.TempDir()
	if _, err := Verify(empty); err == nil || !strings.Contains(err.Error(), "no warehouse") || tree(t, empty) != "" {
		t.Errorf("%v\n%s", err, tree(t, empty))
	}
}

// tree is every file with its time and what it holds.
func tree(t *testing.T, dir string) string {
	var out strings.Builder
	must0(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil || !info.Mode().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		fmt.Fprintf(&out, "%s %s %x\n", strings.TrimPrefix(path, dir), info.ModTime(), hashOf(b))
		return err
	}))
	return out.String()
}
