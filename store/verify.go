package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"floorline/floor"
)

// Report is what a verification found.
type Report struct {
	Head     Head     `json:"head"`
	Records  uint64   `json:"records"`
	Rows     int      `json:"rows"`
	Problems []string `json:"problems"`
}

// Clean says that nothing was found.
func (r *Report) Clean() bool { return len(r.Problems) == 0 }

// ProblemLimit is how many problems a report names.
const ProblemLimit = 50

func (r *Report) problem(format string, a ...any) {
	if len(r.Problems) < ProblemLimit {
		r.Problems = append(r.Problems, fmt.Sprintf(format, a...))
	}
}

// Verify replays a stopped warehouse's journal from its first record and compares the result with the
// stored rows. It works on a copy of the files, so that it never writes to what it examines.
func Verify(dir string) (*Report, error) {
	lock, err := lockDir(dir)
	if err != nil {
		return nil, err
	}
	defer lock.Close()
	tmp, err := os.MkdirTemp("", "floorline-verify-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	if err := copyFiles(dir, tmp); err != nil {
		return nil, err
	}
	o := Options{Dir: tmp}
	o.defaults()
	k := &Keeper{o: o}
	if k.vault, err = openVault(tmp, o.Chance); err != nil {
		return nil, err
	}
	found, err := readMark(tmp)
	if err != nil {
		return nil, err
	}
	if err := missing(tmp, found); err != nil {
		return nil, err
	}
	if k.db, err = openBadger(o); err != nil {
		return nil, advise(err, "restore a backup")
	}
	defer k.db.Close()
	k.journal = badgerJournal{k.db}
	return k.verify(found), nil
}

// Verify is the same for a warehouse at work, up to the present head. Checkpoints wait meanwhile; scans do not.
func (k *Keeper) Verify() *Report {
	k.cutMu.Lock()
	defer k.cutMu.Unlock()
	h := k.Head()
	return k.verify(&h)
}

func (k *Keeper) verify(found *Head) *Report {
	r := &Report{}
	if err := k.db.VerifyChecksum(); err != nil && !k.o.InMemory {
		r.problem("the files hold damaged blocks: %v", err)
	}
	name, err := k.journal.lastCut()
	if err != nil {
		r.problem("%v", err)
	}
	state, head := floor.New(), Head{Epoch: 1}
	err = k.journal.read(1, func(seq uint64, b []byte) (bool, error) {
		f, next, err := follow(head, b)
		if err != nil {
			return false, err
		}
		if found != nil && next.Seq == found.Seq && next.Hash != found.Hash {
			r.problem("record %d is not the one that was acknowledged", next.Seq)
		}
		e, err := k.vault.event(f)
		if err != nil {
			return false, err
		}
		state.Apply(e)
		head, r.Records = next, r.Records+1
		if name != nil && head.Seq == name.Head.Seq {
			if head.Hash != name.Head.Hash {
				r.problem("the checkpoint at record %d belongs to another journal", head.Seq)
			}
			k.compareRows(r, state, name)
		}
		state.Gone()
		return found == nil || k.queue == nil || head.Seq < found.Seq, nil
	})
	if err != nil {
		r.problem("%v", err)
	}
	if found != nil && head.Seq < found.Seq {
		r.problem("the journal ends at record %d, but record %d was acknowledged", head.Seq, found.Seq)
	}
	for sku := range state.Items {
		if n := state.Balance(sku); n != 0 {
			r.problem("item %s does not add up: %d units from nowhere", sku, n)
		}
	}
	r.Head = head
	return r
}

// compareRows compares stored rows with the state that the journal gives, records re-encoded by this code.
func (k *Keeper) compareRows(r *Report, state *floor.State, name *namedCut) {
	stored := map[floor.RowKey]bool{}
	_, err := k.journal.rows(name.Head.Seq, func(row storedRow) error {
		stored[row.key] = true
		record := floor.NewRow(row.key.Table)
		if record == nil {
			return fmt.Errorf("table %d is unknown", row.key.Table)
		}
		if err := decMode.Unmarshal(row.data, record); err != nil {
			return fmt.Errorf("row %s: %v", row.key.ID, err)
		}
		want := state.Row(row.key)
		if want == nil {
			r.problem("%T %s is stored but the journal does not give it", record, row.key.ID)
			return nil
		}
		if !sameRecord(record, want) {
			r.problem("%T %s differs from what the journal gives", record, row.key.ID)
		}
		r.Rows++
		return nil
	})
	if err != nil {
		r.problem("%v", err)
	}
	for _, key := range state.Keys() {
		if !stored[key] && !(key.Table == floor.TableSite && name.Head.Seq > 0) {
			r.problem("table %d: %s is in the journal but not stored", key.Table, key.ID)
		}
	}
}

// sameRecord compares two records by their bytes, the sealed boxes aside: each sealing has its own nonce.
func sameRecord(a, b any) bool {
	x, errA := plainBytes(a)
	y, errB := plainBytes(b)
	return errA == nil && errB == nil && bytes.Equal(x, y)
}

func plainBytes(record any) ([]byte, error) {
	type kept struct {
		p   *floor.Private
		was floor.Private
	}
	var back []kept
	for _, p := range floor.RowPrivates(record) {
		if p != nil {
			back = append(back, kept{p, *p})
			*p = floor.Private{Owner: p.Owner}
		}
	}
	b, err := encMode.Marshal(record)
	for _, k := range back {
		*k.p = k.was
	}
	return b, err
}

func copyFiles(from, to string) error {
	return filepath.WalkDir(from, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		switch {
		case d.IsDir():
			return os.MkdirAll(filepath.Join(to, rel), 0o700)
		case !d.Type().IsRegular() || d.Name() == "ballast" || d.Name() == "LOCK" || d.Name() == "lock":
			return nil
		}
		return copySparse(path, filepath.Join(to, rel))
	})
}

// copySparse copies a file and leaves its holes holes: Badger's logs are mostly that.
func copySparse(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	st, err := in.Stat()
	if err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	buf := make([]byte, 256<<10)
	zero := make([]byte, len(buf))
	for at := int64(0); at < st.Size(); {
		n, err := in.ReadAt(buf, at)
		if n > 0 && !bytes.Equal(buf[:n], zero[:n]) {
			if _, err := out.WriteAt(buf[:n], at); err != nil {
				return errors.Join(err, out.Close())
			}
		}
		at += int64(n)
		if err != nil {
			break
		}
	}
	return errors.Join(out.Truncate(st.Size()), out.Close())
}
