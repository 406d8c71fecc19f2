package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"floorline/floor"
)

// vault seals personal data. Each order has a key of its own; order keys travel wrapped under the key of a
// retention bucket (the month); bucket keys lie in one small file, kept twice. Badger never forgets bytes,
// so dropping a bucket key is how a month of persons is erased.
type vault struct {
	path   string // of the bucket file; "" keeps it in memory
	chance io.Reader

	closed atomic.Int64 // how often a person could not be opened
	shut   atomic.Int64 // how often a secret of the house could not be opened

	mu      sync.Mutex
	buckets map[string][]byte
	keys    map[string][]byte // order keys opened lately, by their wrapped form: an order gets a new one with new data
}

// keysKept is how many opened order keys memory holds.
const keysKept = 20_000

// bucketFormat is the format of the bucket file.
const bucketFormat = 1

// bucketFile is what lies in the bucket file.
type bucketFile struct {
	Format  int               `cbor:"1,keyasint"`
	Buckets map[string][]byte `cbor:"2,keyasint"`
	Sum     []byte            `cbor:"3,keyasint,omitempty"`
}

func openVault(dir string, chance io.Reader) (*vault, error) {
	v := &vault{chance: chance, buckets: map[string][]byte{}, keys: map[string][]byte{}}
	if dir == "" {
		return v, nil
	}
	v.path = filepath.Join(dir, "keys")
	var firstErr error
	for _, path := range []string{v.path, v.path + ".2"} {
		f, err := readBuckets(path)
		if err == nil {
			v.buckets = f.Buckets
			return v, v.repair()
		}
		if firstErr == nil && !errors.Is(err, os.ErrNotExist) {
			firstErr = err
		}
	}
	return v, firstErr
}

// repair writes both copies again where one cannot be read: one copy is no copy.
func (v *vault) repair() error {
	for _, path := range []string{v.path, v.path + ".2"} {
		if _, err := readBuckets(path); err != nil {
			return v.save()
		}
	}
	return nil
}

func readBuckets(path string) (*bucketFile, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	f := &bucketFile{}
	if err := decMode.Unmarshal(b, f); err != nil {
		return nil, fmt.Errorf("%s is damaged: %v", path, err)
	}
	if f.Format > bucketFormat {
		return nil, fmt.Errorf("%s was written by a newer Floorline (format %d): start the newer version", path, f.Format)
	}
	sum := f.Sum
	f.Sum = nil
	plain, err := encMode.Marshal(f)
	if err != nil {
		return nil, err
	}
	if want := sha256.Sum256(plain); !hmac.Equal(sum, want[:]) {
		return nil, fmt.Errorf("%s is damaged: its checksum is wrong", path)
	}
	return f, nil
}

// save rewrites the bucket file, both copies, each synced before it takes the old one's place.
func (v *vault) save() error {
	if v.path == "" {
		return nil
	}
	f := &bucketFile{Format: bucketFormat, Buckets: v.buckets}
	plain, err := encMode.Marshal(f)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(plain)
	f.Sum = sum[:]
	b, err := encMode.Marshal(f)
	if err != nil {
		return err
	}
	for _, path := range []string{v.path, v.path + ".2"} {
		if err := writeSynced(path, b, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// writeSynced replaces a file so that either the old or the new one is there after a power cut.
func writeSynced(path string, b []byte, mode os.FileMode) error {
	tmp := path + ".new"
	f, err := os.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Rename(tmp, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// seal closes the personal data in an event body or a row before it is written. mark makes the nonce: the
// event's seq, or the cut's with its top bit set, so that one key never seals two texts under one nonce.
func (v *vault) seal(what any, mark uint64) error {
	if err := v.sealSecrets(what, mark); err != nil {
		return err
	}
	p, ok := what.(floor.Personal)
	if !ok {
		return nil
	}
	for i, private := range p.Privates() {
		if private == nil || private.Person == nil {
			continue
		}
		if err := v.sealOne(private, mark<<4|uint64(i)); err != nil {
			return err
		}
	}
	return nil
}

func (v *vault) sealOne(p *floor.Private, mark uint64) error {
	key, err := v.keyOf(p)
	if errors.Is(err, errErased) {
		return nil // what was sealed before stays as it is; nobody can open it
	}
	if err != nil {
		return err
	}
	plain, err := encMode.Marshal(p.Person)
	if err != nil {
		return err
	}
	// The nonce is taken from the text too: even a mark used twice never seals two texts alike.
	p.Box = box(key, nonce(key, mark, plain), plain, []byte(p.Owner))
	return nil
}

// keyOf gives the order's key, making and wrapping a new one the first time.
func (v *vault) keyOf(p *floor.Private) ([]byte, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if p.Key != nil {
		return v.unwrap(p)
	}
	if p.Bucket == "" {
		p.Bucket = "2000-01"
	}
	bucket, err := v.bucket(p.Bucket)
	if err != nil {
		return nil, err
	}
	key := make([]byte, 32)
	if _, err := io.ReadFull(v.chance, key); err != nil {
		return nil, err
	}
	// The nonce is taken from the key too: an owner gets several keys, and no nonce may serve twice.
	p.Key = box(bucket, nonce(bucket, 0, append([]byte(p.Owner), key...)), key, []byte(p.Owner))
	v.keep(p.Key, key)
	return key, nil
}

func (v *vault) keep(wrapped, key []byte) {
	if len(v.keys) >= keysKept {
		clear(v.keys) // they are unwrapped again when asked for
	}
	v.keys[string(wrapped)] = key
}

// bucket gives a bucket's key; a new one is on disk before its first use.
func (v *vault) bucket(name string) ([]byte, error) {
	if key := v.buckets[name]; key != nil {
		return key, nil
	}
	key := make([]byte, 32)
	if _, err := io.ReadFull(v.chance, key); err != nil {
		return nil, err
	}
	v.buckets[name] = key
	return key, v.save()
}

var errErased = errors.New("erased")

func (v *vault) unwrap(p *floor.Private) ([]byte, error) {
	if key := v.keys[string(p.Key)]; key != nil {
		return key, nil
	}
	bucket := v.buckets[p.Bucket]
	if bucket == nil {
		return nil, errErased
	}
	key, err := unbox(bucket, p.Key, []byte(p.Owner))
	if err != nil {
		return nil, errErased
	}
	v.keep(p.Key, key)
	return key, nil
}

// open opens the personal data of a decoded body or row. Where the key is gone, the person is erased and
// stays nil.
func (v *vault) open(what any) {
	v.openSecrets(what)
	p, ok := what.(floor.Personal)
	if !ok {
		return
	}
	for _, private := range p.Privates() {
		if private != nil && private.Box != nil {
			v.openOne(private)
		}
	}
}

func (v *vault) openOne(p *floor.Private) {
	v.mu.Lock()
	key, err := v.unwrap(p)
	v.mu.Unlock()
	if err != nil {
		v.closed.Add(1)
		return
	}
	plain, err := unbox(key, p.Box, []byte(p.Owner))
	if err != nil {
		v.closed.Add(1)
		return
	}
	person := &floor.Person{}
	if decMode.Unmarshal(plain, person) == nil {
		p.Person = person
	}
}

// bucketOf names the retention bucket of a moment: its month.
func bucketOf(t floor.Time) string { return time.UnixMilli(int64(t)).UTC().Format("2006-01") }

func nonce(key []byte, mark uint64, text []byte) []byte {
	m := hmac.New(sha256.New, key)
	m.Write(binary.BigEndian.AppendUint64(nil, mark))
	m.Write(text)
	return m.Sum(nil)[:12]
}

// box is AES-256-GCM: the nonce, then the sealed text.
func box(key, nonce, plain, about []byte) []byte {
	return aead(key).Seal(append([]byte(nil), nonce...), nonce, plain, about)
}

func unbox(key, b, about []byte) ([]byte, error) {
	if len(b) < 12 {
		return nil, ErrDamaged
	}
	return aead(key).Open(nil, b[:12], b[12:], about)
}

func aead(key []byte) cipher.AEAD {
	c, err := aes.NewCipher(key)
	if err == nil {
		var g cipher.AEAD
		if g, err = cipher.NewGCM(c); err == nil {
			return g
		}
	}
	panic(err) // a key of ours is 32 bytes
}
