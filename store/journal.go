package store

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/dgraph-io/badger/v4"
)

// journal is the two calls a journal needs. Badger is the embedded one; another engine may follow.
type journal interface {
	// append writes sealed records at an expected head, all or none, and returns once they are durable.
	append(expect Head, records [][]byte, extra []pair) error
	// read calls fn with the bytes of each record from seq on, in order, until fn says stop.
	read(from uint64, fn func(seq uint64, b []byte) (more bool, err error)) error
}

// pair is an index entry that is written in the same transaction as the records.
type pair struct{ key, value []byte }

// The key spaces of Badger. One letter each; append only.
const (
	keyRecord  = 'j' // j + seq: a record
	keyAnswer  = 'v' // v + command id: the seq of its answer
	keyAbout   = 'h' // h + thing + 0 + seq: an event about a thing
	keyRow     = 'r' // r + generation + table + id + 0xff + seq: a checkpoint row
	keyCut     = 'c' // the last named cut
	keyArchive = 'a' // a + order id: an archived order
	keyName    = 'n' // n + name: the order id it is archived under
	keyFormat  = 'f' // the format of this directory
	keyNamed   = 'i' // the names that things have in histories, and from which record on they were written with it

	keyPart       = 'p' // p + key + number: a part of a long value
	keyUnfinished = 'u' // the seq before a group that is being written in several transactions
)

func recordKey(seq uint64) []byte { return binary.BigEndian.AppendUint64([]byte{keyRecord}, seq) }

func answerKey(id string) []byte { return append([]byte{keyAnswer}, id...) }

func aboutKey(thing string, seq uint64) []byte {
	k := append([]byte{keyAbout}, thing...)
	return binary.BigEndian.AppendUint64(append(k, 0), seq)
}

func nameKey(name string) []byte { return append([]byte{keyName}, name...) }

func archiveKey(id string) []byte { return append([]byte{keyArchive}, id...) }

type badgerJournal struct{ db *badger.DB }

var errHeadMoved = errors.New("the journal's head is not where this writer left it: another writer?")

func (j badgerJournal) append(expect Head, records [][]byte, extra []pair) error {
	list := make([]pair, 0, len(records)+len(extra))
	for i, b := range records {
		list = spread(list, pair{recordKey(expect.Seq + 1 + uint64(i)), b})
	}
	list = append(list, extra...)
	if takeTxn(list, txnBytes) < len(list) {
		return j.appendLong(expect, list)
	}
	return j.db.Update(func(txn *badger.Txn) error {
		if err := j.expects(txn, expect); err != nil {
			return err
		}
		return setAll(txn, list)
	})
}

// expects refuses to write where another writer has been.
func (j badgerJournal) expects(txn *badger.Txn, head Head) error {
	item, err := txn.Get(recordKey(head.Seq + 1))
	if errors.Is(err, badger.ErrKeyNotFound) || err == nil && item.ValueSize() == 0 {
		return nil
	}
	return errors.Join(errHeadMoved, err)
}

func (j badgerJournal) read(from uint64, fn func(uint64, []byte) (bool, error)) error {
	return j.db.View(func(txn *badger.Txn) error {
		opts := badger.DefaultIteratorOptions
		opts.Prefix, opts.PrefetchSize = []byte{keyRecord}, 256
		it := txn.NewIterator(opts)
		defer it.Close()
		for it.Seek(recordKey(from)); it.Valid(); it.Next() {
			item := it.Item()
			b, err := whole(txn, item)
			if err != nil {
				return fmt.Errorf("%w: %v", ErrDamaged, err)
			}
			if len(b) == 0 {
				continue // taken back
			}
			more, err := fn(binary.BigEndian.Uint64(item.Key()[1:]), b)
			if err != nil || !more {
				return err
			}
		}
		return nil
	})
}

func (j badgerJournal) get(key []byte) (b []byte, err error) {
	err = j.db.View(func(txn *badger.Txn) error {
		item, err := txn.Get(key)
		if err != nil {
			return err
		}
		b, err = whole(txn, item)
		return err
	})
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil, nil
	}
	return b, err
}
