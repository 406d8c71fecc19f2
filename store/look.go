package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"floorline/floor"
)

// Look gives a stopped warehouse as it stands, for those who only want to know. It works on a copy of the files, so that
// nothing is written to the directory. Persons whose keys are there are open.
func Look(dir string) (s *floor.State, err error) {
	err = onCopy(dir, func(tmp string) error {
		o := Options{Dir: tmp}
		o.defaults()
		k := &Keeper{o: o, rowAt: map[floor.RowKey]rowPlace{}, leaving: leaving{pairs: map[string][]byte{}}}
		if k.vault, err = openVault(tmp, o.Chance); err != nil {
			return err
		}
		found, err := readMark(tmp)
		if err != nil {
			return err
		}
		if k.db, err = openBadger(o); err != nil {
			return advise(err, "restore a backup")
		}
		k.journal = badgerJournal{k.db}
		if err = k.journal.checkFormat(); err == nil {
			_, err = k.load(found)
		}
		s = k.state
		return errors.Join(err, k.db.Close())
	})
	return s, err
}

// onCopy calls fn with a copy of a stopped warehouse's files, which is gone afterwards.
func onCopy(dir string, fn func(tmp string) error) error {
	if _, err := os.Stat(filepath.Join(dir, "badger")); err != nil {
		if found, err := readMark(dir); found != nil || err != nil {
			return errors.Join(err, missing(dir, found))
		}
		return fmt.Errorf("there is no warehouse in %s. What to do: name the directory that serve was given", dir)
	}
	unlock, err := lockToRead(dir)
	if err != nil {
		return err
	}
	defer unlock()
	tmp, err := os.MkdirTemp("", "floorline-copy-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	if err := copyFiles(dir, tmp); err != nil {
		return advise(err, "make room in the directory for temporary files, or name another in TMPDIR: this works on a copy")
	}
	return fn(tmp)
}
