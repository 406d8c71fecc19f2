package store

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"floorline/floor"
)

// Report is what a verification found.
type Report struct {
	Head    Head   `json:"head"`
	Records uint64 `json:"records"`
	Rows    int    `json:"rows"`

	Files FileCount `json:"files"`

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
func Verify(dir string) (r *Report, err error) {
	err = onCopy(dir, func(tmp string) error {
		r, err = verifyCopy(tmp, dir)
		return err
	})
	return r, err
}

// verifyCopy looks at a copy; the files beside the journal, which are never changed, are read where they lie.
func verifyCopy(dir, original string) (r *Report, err error) {
	o := Options{Dir: dir}
	o.defaults()
	k := &Keeper{o: o, files: newFiles(original)}
	if k.vault, err = openVault(dir, o.Chance); err != nil {
		return nil, err
	}
	found, err := readMark(dir)
	if err != nil {
		return nil, err
	}
	if err := missing(dir, found); err != nil {
		return nil, err
	}
	if k.db, err = openBadger(o); err != nil {
		return nil, advise(err, "restore a backup")
	}
	defer func() { err = errors.Join(err, k.db.Close()) }()
	k.journal = badgerJournal{k.db}
	if err := k.journal.checkFormat(); err != nil {
		return nil, err
	}
	if err := k.journal.takeBack(); err != nil {
		return nil, err
	}
	return k.verify(found), nil
}

// Verify is the same for a warehouse at work, up to the present head. Checkpoints wait meanwhile; scans do not.
func (k *Keeper) Verify() *Report {
	k.cutMu.Lock()
	defer k.cutMu.Unlock()
	h := k.Head()
	return k.verify(&h)
}

// replayed is what a verification has gathered so far.
type replayed struct {
	*Report
	k       *Keeper
	state   *floor.State
	head    Head
	cut     *namedCut
	archive map[string]Hash // what the archive must hold, by key, without its persons
	spoken  map[string]bool // files that events speak of, by their hash
}

func (k *Keeper) verify(found *Head) *Report {
	r := &replayed{Report: &Report{Problems: []string{}}, k: k, state: floor.New(), head: Head{Epoch: 1}, archive: map[string]Hash{}, spoken: map[string]bool{}}
	r.guard(func() {
		if err := k.db.VerifyChecksum(); err != nil && !k.o.InMemory {
			r.problem("the files hold damaged blocks: %v", err)
		}
	})
	r.guard(func() { r.follow(found) })
	r.compareFiles()
	if found != nil && r.head.Seq < found.Seq {
		r.problem("the journal ends at record %d, but record %d was acknowledged", r.head.Seq, found.Seq)
	}
	if r.cut != nil && r.cut.Head.Seq > r.head.Seq {
		r.problem("the checkpoint is of record %d, but the journal is whole only to record %d", r.cut.Head.Seq, r.head.Seq)
	}
	for sku := range r.state.Items {
		if n := r.state.Balance(sku); n != 0 {
			r.problem("item %s does not add up: %d units from nowhere", sku, n)
		}
	}
	r.Head = r.head
	return r.Report
}

// guard turns Badger's panics on damaged blocks into a problem.
func (r *replayed) guard(fn func()) {
	defer func() {
		if p := recover(); p != nil {
			r.problem("reading broke off after record %d: %v", r.head.Seq, p)
		}
	}()
	fn()
}

// follow replays the journal, and compares where the checkpoint was taken.
func (r *replayed) follow(found *Head) {
	var err error
	if r.cut, err = r.k.journal.lastCut(); err != nil {
		r.problem("%v", err)
	}
	online := r.k.queue != nil
	if online && found.Seq == 0 {
		return
	}
	err = r.k.journal.read(1, func(_ uint64, b []byte) (bool, error) {
		if err := r.apply(b, found); err != nil {
			return false, err
		}
		if online && r.head.Seq%1024 == 0 && r.k.stopping() {
			return false, errors.New("the server stopped before the end")
		}
		return !online || r.head.Seq < found.Seq, nil
	})
	if err != nil {
		r.problem("%v", err)
	}
}

// apply takes one more record.
func (r *replayed) apply(b []byte, found *Head) error {
	f, next, err := follow(r.head, b)
	if err != nil {
		return err
	}
	if found != nil && next.Seq == found.Seq && next.Hash != found.Hash {
		r.problem("record %d is not the one that was acknowledged", next.Seq)
	}
	e, err := r.k.vault.event(f)
	if err != nil {
		return err
	}
	r.state.Apply(e)
	r.speaksOf(e.Body)
	r.head, r.Records = next, r.Records+1
	for _, a := range r.state.Gone() {
		if plain, err := plainBytes(a); err == nil && r.cut != nil && r.head.Seq <= r.cut.Head.Seq {
			r.archive[a.ID()] = hashOf(plain)
		}
	}
	if r.cut != nil && r.head.Seq == r.cut.Head.Seq {
		if r.head.Hash != r.cut.Head.Hash {
			r.problem("the checkpoint at record %d belongs to another journal", r.head.Seq)
		}
		r.k.compareRows(r.Report, r.state, r.cut)
		r.compareArchive()
	}
	return nil
}

// compareArchive compares the archived orders with those that the journal let go.
func (r *replayed) compareArchive() {
	for _, id := range slices.Sorted(maps.Keys(r.archive)) {
		b, err := r.k.journal.get(archiveKey(id))
		if err != nil || b == nil {
			r.problem("order %s left memory and is not in the archive: %v", id, err)
			continue
		}
		a := &floor.Archived{}
		if err := decMode.Unmarshal(b, a); err != nil {
			r.problem("archived order %s: %v", id, err)
			continue
		}
		if plain, err := plainBytes(a); err != nil || hashOf(plain) != r.archive[id] {
			r.problem("archived order %s differs from what the journal gives", id)
		}
		r.Rows++
	}
}

// compareRows compares stored rows with the state that the journal gives, records re-encoded by this code.
func (k *Keeper) compareRows(r *Report, state *floor.State, name *namedCut) {
	stored := map[floor.RowKey]bool{}
	_, err := k.journal.rows(name, func(row storedRow) error {
		if len(row.data) == 0 {
			return nil // a mark
		}
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
	boxes := map[*floor.Secret][]byte{}
	if g, ok := record.(floor.Guarded); ok {
		for _, s := range g.Secrets() {
			boxes[s], s.Box = s.Box, nil
		}
	}
	b, err := encMode.Marshal(record)
	for _, k := range back {
		*k.p = k.was
	}
	for s, was := range boxes {
		s.Box = was
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
		case rel == filesDir:
			return filepath.SkipDir // large, and never changed
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
