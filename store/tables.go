package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/pb"
	"github.com/dgraph-io/badger/v4/table"
	"github.com/dgraph-io/badger/v4/y"
)

// checkTables looks at the end of every Badger table before Badger does: on a damaged one Badger panics in
// a goroutine of its own, which nobody can catch and no worker could read. The layout is that of Badger's
// table builder: ... index, its length, a checksum over it, the checksum's length. A table that the
// manifest does not name was being written when the power went, and Badger removes it.
func checkTables(dir string) error {
	f, err := os.Open(filepath.Join(dir, "badger", badger.ManifestFilename))
	if errors.Is(err, os.ErrNotExist) {
		return nil // a new directory
	}
	if err != nil {
		return err
	}
	defer f.Close()
	named, _, err := badger.ReplayManifestFile(f, 0, badger.DefaultOptions(dir))
	if err != nil {
		return fmt.Errorf("%w: the list of tables: %v", ErrDamaged, err)
	}
	for _, id := range slices.Sorted(maps.Keys(named.Tables)) {
		path := table.NewFilename(id, filepath.Join(dir, "badger"))
		if err := checkTable(path); err != nil {
			return fmt.Errorf("%w: %s: %v", ErrDamaged, filepath.Base(path), err)
		}
	}
	return nil
}

// dropEmptyLogs removes logs that were being created when the power went: Badger does not open on one
// without a byte in it.
func dropEmptyLogs(dir string) error {
	for _, kind := range []string{"*.mem", "*.vlog"} {
		files, err := filepath.Glob(filepath.Join(dir, "badger", kind))
		if err != nil {
			return err
		}
		for _, path := range files {
			if st, err := os.Stat(path); err != nil || st.Size() > 0 {
				continue
			}
			if err := os.Remove(path); err != nil {
				return err
			}
		}
	}
	return nil
}

var errFooter = errors.New("its end is not that of a table")

func checkTable(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return err
	}
	end := st.Size()
	back := func(n int64) ([]byte, error) {
		if n <= 0 || n > end {
			return nil, errFooter
		}
		end -= n
		b := make([]byte, n)
		_, err := f.ReadAt(b, end)
		return b, err
	}
	sum, err := sized(back, 64)
	if err != nil {
		return err
	}
	index, err := sized(back, st.Size())
	if err != nil {
		return err
	}
	want := &pb.Checksum{}
	for len(sum) > 0 { // two varints: the algorithm and the sum
		tag, n := binary.Uvarint(sum)
		value, m := binary.Uvarint(sum[max(n, 0):])
		if n <= 0 || m <= 0 {
			return errFooter
		}
		switch tag {
		case 1 << 3:
			want.Algo = pb.Checksum_Algorithm(value)
		case 2 << 3:
			want.Sum = value
		default:
			return errFooter
		}
		sum = sum[n+m:]
	}
	if want.Algo != pb.Checksum_CRC32C && want.Algo != pb.Checksum_XXHash64 {
		return errFooter
	}
	return y.VerifyChecksum(index, want)
}

// sized reads backwards a length of four bytes and then as many bytes.
func sized(back func(int64) ([]byte, error), most int64) ([]byte, error) {
	b, err := back(4)
	if err != nil {
		return nil, err
	}
	n := int64(binary.BigEndian.Uint32(b))
	if n > most {
		return nil, errFooter
	}
	return back(n)
}
