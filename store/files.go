package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"floorline/floor"
)

// Photos and signatures are files beside Badger: sealed under the house's key, since they show people, and named by the
// hash of what lies on the disk, so that a damaged one is seen without any key. A file is on disk before the event that
// speaks of it; if the power goes between the two, a file is left that nobody speaks of, and harms nothing.

// FileLimit is how many bytes one file has.
const FileLimit = 16 << 20

// ErrNoFile is returned for a hash that no file has.
var ErrNoFile = errors.New("there is no such file")

// files keeps them in a directory, or in memory where there is none.
type files struct {
	dir string

	mu     sync.Mutex
	memory map[string][]byte
}

func newFiles(dir string) *files {
	f := &files{memory: map[string][]byte{}}
	if dir != "" {
		f.dir = filepath.Join(dir, filesDir)
	}
	return f
}

const filesDir = "files"

// PutFile seals bytes and lays them down for good; the hash is what an event speaks of. The same bytes are one file.
func (k *Keeper) PutFile(plain []byte) (hash string, err error) {
	if len(plain) == 0 || len(plain) > FileLimit {
		return "", fmt.Errorf("a file has 1 to %d bytes, this one %d", FileLimit, len(plain))
	}
	if k.space.stopped.Load() {
		return "", errors.New("the disk is nearly full: nothing is kept until there is room")
	}
	k.vault.mu.Lock()
	key, err := k.vault.bucket(houseBucket)
	k.vault.mu.Unlock()
	if err != nil {
		return "", err
	}
	sealed := box(key, nonce(key, 0, plain), plain, []byte(filesDir))
	return k.files.put(sealed)
}

// File gives a file's bytes. One that is not what its name says is ErrDamaged, one that is not there ErrNoFile.
func (k *Keeper) File(hash string) ([]byte, error) {
	sealed, err := k.files.get(hash)
	if err != nil {
		return nil, err
	}
	k.vault.mu.Lock()
	key := k.vault.buckets[houseBucket]
	k.vault.mu.Unlock()
	if key == nil {
		return nil, fmt.Errorf("file %s: %w", hash, errErased)
	}
	return unbox(key, sealed, []byte(filesDir))
}

func hashName(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func isHash(name string) bool {
	b, err := hex.DecodeString(name)
	return err == nil && len(b) == sha256.Size && strings.ToLower(name) == name
}

func (f *files) path(hash string) string { return filepath.Join(f.dir, hash[:2], hash) }

func (f *files) put(b []byte) (string, error) {
	hash := hashName(b)
	if f.dir == "" {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.memory[hash] = b
		return hash, nil
	}
	f.mu.Lock() // two of the same at once write one file
	defer f.mu.Unlock()
	if have, err := f.get(hash); err == nil && len(have) > 0 {
		return hash, nil
	}
	folder := filepath.Dir(f.path(hash))
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	if err := writeSynced(f.path(hash), b, 0o600); err != nil {
		return "", err
	}
	return hash, errors.Join(syncDir(f.dir), syncDir(filepath.Dir(f.dir)))
}

func (f *files) get(hash string) ([]byte, error) {
	if !isHash(hash) {
		return nil, ErrNoFile
	}
	if f.dir == "" {
		f.mu.Lock()
		defer f.mu.Unlock()
		if b := f.memory[hash]; b != nil {
			return b, nil
		}
		return nil, ErrNoFile
	}
	b, err := os.ReadFile(f.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoFile
	}
	if err == nil && hashName(b) != hash {
		return nil, fmt.Errorf("%w: file %s is not what it was", ErrDamaged, hash)
	}
	return b, err
}

// FileCount is how many files there are and how many bytes they have on the disk.
type FileCount struct {
	Files   int   `json:"files"`
	Bytes   int64 `json:"bytes"`
	Orphans int   `json:"orphans,omitempty"` // that no event speaks of; only a verification knows
}

// each names every file there is, in order. What a power cut left half written has another name, and is no file.
func (f *files) each(fn func(hash string, size int64)) error {
	if f.dir == "" {
		f.mu.Lock()
		defer f.mu.Unlock()
		for _, hash := range slices.Sorted(maps.Keys(f.memory)) {
			fn(hash, int64(len(f.memory[hash])))
		}
		return nil
	}
	err := filepath.WalkDir(f.dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isHash(d.Name()) {
			return err
		}
		st, err := d.Info()
		if err == nil {
			fn(d.Name(), st.Size())
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func (f *files) count() (c FileCount) {
	_ = f.each(func(_ string, size int64) { c.Files, c.Bytes = c.Files+1, c.Bytes+size })
	return c
}

// speaksOf notes the files of an event, for a verification.
func (r *replayed) speaksOf(body any) {
	if b, ok := body.(floor.Filed); ok {
		for _, hash := range b.Files() {
			r.spoken[hash] = true
		}
	}
}

// compareFiles looks whether every file that an event speaks of is there and whole, and counts those that none does.
func (r *replayed) compareFiles() {
	for _, hash := range slices.Sorted(maps.Keys(r.spoken)) {
		if _, err := r.k.files.get(hash); err != nil {
			r.problem("file %s, which the journal speaks of: %v", hash, err)
		}
	}
	err := r.k.files.each(func(hash string, size int64) {
		r.Files.Files, r.Files.Bytes = r.Files.Files+1, r.Files.Bytes+size
		if !r.spoken[hash] {
			r.Files.Orphans++
		}
	})
	if err != nil {
		r.problem("the files beside the journal: %v", err)
	}
}
