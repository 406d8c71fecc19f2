package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dgraph-io/badger/v4"

	"floorline/floor"
)

const shopSecret = "hush-hush-hush-42"

// oldChannel is a shop as it was written before secrets were sealed.
type oldChannel struct {
	Code     string `cbor:"1,keyasint"`
	Platform string `cbor:"2,keyasint"`
	Secret   string `cbor:"3,keyasint"`
}

func secretOf(k *Keeper, code string) (plain string) {
	k.View(func(s *floor.State) {
		if c := s.Channels[code]; c != nil {
			plain = c.Secret.Plain
		}
	})
	return plain
}

// holding gives the files of a directory that hold a text.
func holding(t *testing.T, dir, text string) (found []string) {
	t.Helper()
	must0(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		if strings.Contains(string(b), text) {
			found = append(found, path)
		}
		return err
	}))
	return found
}

// A shop's secret opens after every restart, from the journal and from a row, and no byte on disk shows it. Without
// the house's key nothing opens, and the start says so.
func TestSecretOfAShopIsSealed(t *testing.T) {
	w, dir := newWall(), t.TempDir()
	k := mustOpen(t, testOptions(dir, w))
	for _, code := range []string{"shop", "twin"} { // two shops with one secret: sealed apart
		must(t, k, floor.SaveChannel{Channel: floor.Channel{Code: code, Platform: "shopify", Secret: floor.Secret{Plain: shopSecret}}})
	}
	must(t, k, floor.SaveSite{Site: floor.Site{Name: "seen by the search"}})
	for range 3 {
		mustClose(t, k) // a checkpoint: the next start reads rows
		k = mustOpen(t, testOptions(dir, w))
		if secretOf(k, "shop") != shopSecret || secretOf(k, "twin") != shopSecret {
			t.Fatalf("after a restart the secrets are %q and %q", secretOf(k, "shop"), secretOf(k, "twin"))
		}
		must(t, k, floor.SaveChannel{Channel: floor.Channel{Code: "other", Platform: "shopify"}})
	}
	mustClose(t, k)
	if holding(t, dir, "seen by the search") == nil {
		t.Fatal("the search finds nothing at all")
	}
	if found := holding(t, dir, shopSecret); found != nil {
		t.Errorf("the secret lies readable in %v", found)
	}
	if r, err := Verify(dir); err != nil || !r.Clean() {
		t.Errorf("verify: %v %+v", err, r)
	}
	must0(t, os.Remove(filepath.Join(dir, "keys")))
	must0(t, os.Remove(filepath.Join(dir, "keys.2")))
	k = mustOpen(t, testOptions(dir, w))
	defer mustClose(t, k)
	if got := secretOf(k, "shop"); got != "" || k.vault.shut.Load() != 2 {
		t.Errorf("without its key: %q, %d shut", got, k.vault.shut.Load())
	}
}

// A journal and a row from before secrets were sealed are read as ever, and the next row is sealed.
func TestReadableSecretOfAnOldJournal(t *testing.T) {
	dir, w, head := stopped(t)
	k := mustOpen(t, testOptions(dir, w))
	must(t, k, floor.SaveChannel{Channel: floor.Channel{Code: "row", Platform: "shopify", Secret: floor.Secret{Plain: "x"}}})
	mustClose(t, k)
	head = k.Head()
	row, err := encMode.Marshal(oldChannel{"row", "shopify", "of-a-row"})
	must0(t, err)
	body, err := encMode.Marshal(map[int]oldChannel{1: {"shop", "shopify", shopSecret}})
	must0(t, err)
	f := frame{Seq: head.Seq + 1, Epoch: head.Epoch, Prev: head.Hash, At: int64(k.state.Now), Kind: uint16(floor.KindChannelSaved), Body: body}
	record, err := f.seal()
	must0(t, err)
	behind(t, dir, func(txn *badger.Txn) error {
		if err := txn.Set(rowKey(k.rows, floor.RowKey{Table: floor.TableChannel, ID: "row"}, k.rowAt[floor.RowKey{Table: floor.TableChannel, ID: "row"}].seq), row); err != nil {
			return err
		}
		return txn.Set(recordKey(f.Seq), record)
	})
	for _, when := range []string{"as it was written", "once sealed"} {
		k = mustOpen(t, testOptions(dir, w))
		if a, b := secretOf(k, "shop"), secretOf(k, "row"); a != shopSecret || b != "of-a-row" {
			t.Fatalf("%s: %q %q", when, a, b)
		}
		mustClose(t, k)
		at := k.rowAt[floor.RowKey{Table: floor.TableChannel, ID: "shop"}]
		behind(t, dir, func(txn *badger.Txn) error {
			item, err := txn.Get(rowKey(k.rows, floor.RowKey{Table: floor.TableChannel, ID: "shop"}, at.seq))
			if err != nil {
				return err
			}
			b, err := item.ValueCopy(nil)
			if strings.Contains(string(b), shopSecret) {
				t.Errorf("%s: the new row holds the secret", when)
			}
			return err
		})
	}
	if r, err := Verify(dir); err != nil || !r.Clean() {
		t.Errorf("verify: %v %+v", err, r)
	}
}
