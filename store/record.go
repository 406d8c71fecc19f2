package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	"github.com/fxamacker/cbor/v2"

	"floorline/floor"
)

// Hash is the SHA-256 of a journal record; each record carries the hash of the one before it.
type Hash = [32]byte

// Head is the end of the journal.
type Head struct {
	Epoch uint64 `cbor:"1,keyasint" json:"epoch"`
	Seq   uint64 `cbor:"2,keyasint" json:"seq"`
	Hash  Hash   `cbor:"3,keyasint" json:"-"`
}

// Record is one event of the journal with its place in the chain.
type Record struct {
	*floor.Event
	Epoch uint64
	Hash  Hash
}

// frame is a record as it lies on disk. Keys are append-only.
type frame struct {
	Seq     uint64 `cbor:"1,keyasint"`
	Epoch   uint64 `cbor:"2,keyasint"`
	Prev    Hash   `cbor:"3,keyasint"`
	At      int64  `cbor:"4,keyasint"`
	Device  string `cbor:"5,keyasint,omitempty"`
	Worker  string `cbor:"6,keyasint,omitempty"`
	Command string `cbor:"7,keyasint,omitempty"`
	Kind    uint16 `cbor:"8,keyasint"`
	Body    []byte `cbor:"9,keyasint"`
	Origin  string `cbor:"10,keyasint,omitempty"`
	By      string `cbor:"11,keyasint,omitempty"`
}

// encMode writes one form only, so that equal events are equal bytes.
var encMode = func() cbor.EncMode {
	m, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		panic(err)
	}
	return m
}()

var decMode = func() cbor.DecMode {
	m, err := cbor.DecOptions{MaxArrayElements: 1 << 20, MaxMapPairs: 1 << 20}.DecMode()
	if err != nil {
		panic(err)
	}
	return m
}()

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// seal writes a frame: CBOR, then its CRC-32C. The CRC tells damage apart from a broken chain.
func (f *frame) seal() ([]byte, error) {
	b, err := encMode.Marshal(f)
	if err != nil {
		return nil, err
	}
	return binary.BigEndian.AppendUint32(b, crc32.Checksum(b, castagnoli)), nil
}

// ErrDamaged says that stored bytes are not what was written.
var ErrDamaged = errors.New("damaged")

func openFrame(b []byte) (*frame, error) {
	if len(b) < 5 {
		return nil, fmt.Errorf("%w: a record of %d bytes", ErrDamaged, len(b))
	}
	body, sum := b[:len(b)-4], binary.BigEndian.Uint32(b[len(b)-4:])
	if crc32.Checksum(body, castagnoli) != sum {
		return nil, fmt.Errorf("%w: the checksum is wrong", ErrDamaged)
	}
	f := &frame{}
	if err := decMode.Unmarshal(body, f); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	return f, nil
}

// body reads what a frame says, with its personal data still sealed.
func (f *frame) body() (floor.Body, error) {
	body := floor.NewBody(floor.Kind(f.Kind))
	if body == nil {
		return nil, fmt.Errorf("record %d is of kind %d, which this version does not know: start a newer version", f.Seq, f.Kind)
	}
	if err := decMode.Unmarshal(f.Body, body); err != nil {
		return nil, fmt.Errorf("%w: record %d: %v", ErrDamaged, f.Seq, err)
	}
	return body, nil
}

// record turns an event into a sealed frame; personal data goes in as ciphertext.
func (k *Keeper) record(e *floor.Event, prev Head) ([]byte, Head, error) {
	if err := k.vault.seal(e.Body, e.Seq); err != nil {
		return nil, Head{}, err
	}
	body, err := encMode.Marshal(e.Body)
	if err != nil {
		return nil, Head{}, fmt.Errorf("event %s: %w", e.Body.Kind(), err)
	}
	f := frame{Seq: e.Seq, Epoch: prev.Epoch, Prev: prev.Hash, At: int64(e.At), Device: string(e.Device),
		Worker: string(e.Worker), Command: e.Command, Kind: uint16(e.Body.Kind()), Body: body, Origin: e.Origin, By: string(e.AuthorisedBy)}
	b, err := f.seal()
	if err != nil {
		return nil, Head{}, err
	}
	return b, Head{prev.Epoch, e.Seq, sha256.Sum256(b)}, nil
}

// event turns a frame back into an event, its personal data opened where the key still exists.
func (v *vault) event(f *frame) (*floor.Event, error) {
	body, err := f.body()
	if err != nil {
		return nil, err
	}
	v.open(body)
	return &floor.Event{Seq: f.Seq, At: floor.Time(f.At), Device: floor.DeviceID(f.Device),
		Worker: floor.WorkerID(f.Worker), Command: f.Command, Origin: f.Origin, AuthorisedBy: floor.WorkerID(f.By), Body: body}, nil
}

// follow checks that a record's bytes come right after prev in the chain.
func follow(prev Head, b []byte) (*frame, Head, error) {
	f, err := openFrame(b)
	if err != nil {
		return nil, prev, fmt.Errorf("record %d is %w", prev.Seq+1, err)
	}
	if f.Seq != prev.Seq+1 {
		return nil, prev, fmt.Errorf("%w: record %d is missing", ErrDamaged, prev.Seq+1)
	}
	if !bytes.Equal(f.Prev[:], prev.Hash[:]) {
		return nil, prev, fmt.Errorf("%w: record %d does not follow from the one before it", ErrDamaged, f.Seq)
	}
	return f, Head{f.Epoch, f.Seq, sha256.Sum256(b)}, nil
}
