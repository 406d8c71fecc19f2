package store

import (
	"bytes"
	"testing"

	"floorline/floor"
)

// An order that the shop changes gets its new address under a new key. The old address still opens for
// those who may read it, and no nonce serves twice under the same key.
func TestUpdatedOrderKeepsItsOlderData(t *testing.T) {
	w, dir := newWall(), t.TempDir()
	k := mustOpen(t, testOptions(dir, w))
	first := longOrders(1, 3)
	must(t, k, first)
	second := longOrders(1, 3)
	second.Orders[0].ShipTo.Name, second.Orders[0].Hash = "Ottoline Slowhand", [16]byte{1}
	must(t, k, second)
	for _, when := range []string{"at once", "after a restart"} {
		rs, err := k.Read(1, 100)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		nonces := map[string]bool{}
		for _, r := range rs {
			p, ok := r.Body.(floor.Personal)
			if !ok {
				continue
			}
			for _, private := range p.Privates() {
				if private.Person == nil {
					t.Fatalf("%s: record %d does not open", when, r.Seq)
				}
				names = append(names, private.Person.Name)
				nonces[string(private.Key[:12])], nonces[string(private.Box[:12])] = true, true
			}
		}
		if len(names) != 2 || names[0] != "Zebulon Quickfinger" || names[1] != "Ottoline Slowhand" || len(nonces) != 4 {
			t.Fatalf("%s: %v, %d nonces", when, names, len(nonces))
		}
		mustClose(t, k)
		k = mustOpen(t, testOptions(dir, w))
	}
	mustClose(t, k)
}

// The memory of opened keys is bounded, and what it forgot opens again.
func TestOpenedKeysAreBounded(t *testing.T) {
	v, err := openVault("", &chance{})
	must0(t, err)
	first := &floor.Private{Owner: "first", Bucket: "2026-11", Person: &floor.Person{Name: "A"}}
	must0(t, v.sealOne(first, 1))
	for range keysKept + 10 {
		must0(t, v.sealOne(&floor.Private{Owner: "other", Bucket: "2026-11", Person: &floor.Person{Name: "B"}}, 1))
		if len(v.keys) > keysKept {
			t.Fatalf("%d keys", len(v.keys))
		}
	}
	again := &floor.Private{Owner: "first", Bucket: "2026-11", Key: first.Key, Box: first.Box}
	v.openOne(again)
	if again.Person == nil || again.Person.Name != "A" {
		t.Fatal("what memory forgot no longer opens")
	}
	stolen := &floor.Private{Owner: "other", Bucket: "2026-11", Key: first.Key, Box: first.Box}
	delete(v.keys, string(first.Key))
	if v.openOne(stolen); stolen.Person != nil {
		t.Fatal("one order's data opened as another's")
	}
}

// Two runs of the same commands seal to the same bytes, row by row too.
func TestSealingIsDeterministic(t *testing.T) {
	seal := func() []byte {
		v, err := openVault("", &chance{})
		must0(t, err)
		p := &floor.Private{Owner: "O-1", Bucket: "2026-11", Person: &floor.Person{Name: "A"}}
		must0(t, v.sealOne(p, 7))
		return append(p.Key, p.Box...)
	}
	if !bytes.Equal(seal(), seal()) {
		t.Fatal("they differ")
	}
}
