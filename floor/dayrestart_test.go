package floor

import (
	"bytes"
	"encoding/json"
	"maps"
	"sync"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

// A simulated day after the power came back: the same from the journal, from rows and in memory.

// restart rebuilds the warehouse twice, from the journal and from rows, and compares both with memory. The journal is
// replayed in one pass over the whole day, restart by restart; work goes on from the rows.
func (d *day) restart(seed uint64) {
	for _, e := range d.all[d.replayed:] {
		body := NewBody(e.Body.Kind())
		mustCBOR(d.t, cbor.Unmarshal(encode(d.t, e.Body), body))
		unseal(e.Body, body)
		copied := *e
		copied.Body = body
		d.replica.Apply(&copied)
	}
	d.replayed = len(d.all)
	m, loaded := d.memory(), New()
	for i, k := range m.keys {
		row := NewRow(k.Table)
		mustCBOR(d.t, cbor.Unmarshal(m.rows[i], row))
		unseal(d.s.Row(k), row)
		loaded.PutRow(k, row)
	}
	loaded.Seq, loaded.Now = d.s.Seq, d.s.Now
	loaded.Rebuild()
	d.same(seed, "the journal", d.replica, m)
	d.same(seed, "rows", loaded, m)
	d.s = loaded
	d.ledger.agrees(d.shift)
}

// unseal gives a copy the persons of what it was copied from: the store opens them by their keys.
func unseal(from, to any) {
	if p, ok := from.(Personal); ok {
		for i, one := range p.Privates() {
			if one != nil {
				to.(Personal).Privates()[i].Person = one.Person
			}
		}
	}
}

// memory is what is in memory, as bytes: each record, and what each device is asked for.
type memory struct {
	keys []RowKey
	rows [][]byte
	next map[DeviceID][]byte

	leased map[string]Time
}

func (d *day) memory() *memory {
	m := &memory{keys: d.s.Keys(), next: map[DeviceID][]byte{}, leased: d.s.index.leased}
	for _, k := range m.keys {
		m.rows = append(m.rows, encode(d.t, d.s.Row(k)))
	}
	for id := range d.s.Devices {
		m.next[id], _ = json.Marshal(d.s.NextFor(id))
	}
	return m
}

func (d *day) same(seed uint64, from string, s *State, m *memory) {
	b := s.Keys()
	if len(m.keys) != len(b) {
		d.t.Fatalf("day %d: %d records in memory, %d from %s", seed, len(m.keys), len(b), from)
	}
	for i, k := range m.keys {
		if from == "rows" && !d.over && k == b[i] {
			continue // they were read from these bytes a moment ago; the last restart compares them too
		}
		if k != b[i] || !bytes.Equal(m.rows[i], encode(d.t, s.Row(k))) {
			d.t.Fatalf("day %d: %v differs from %s:\n%+v\n%+v", seed, k, from, d.s.Row(k), s.Row(k))
		}
	}
	if !maps.Equal(m.leased, s.index.leased) {
		d.t.Fatalf("day %d: leases run out otherwise from %s: %v, %v", seed, from, m.leased, s.index.leased)
	}
	for id, x := range m.next {
		if y, _ := json.Marshal(s.NextFor(id)); !bytes.Equal(x, y) {
			d.t.Fatalf("day %d: after a restart from %s, %s lands elsewhere:\n%s\n%s", seed, from, id, x, y)
		}
	}
}

// exact is made once: the days encode every record again and again.
var exact = sync.OnceValues(func() (cbor.EncMode, error) { return cbor.CoreDetEncOptions().EncMode() })

func encode(t testing.TB, v any) []byte {
	mode, err := exact()
	mustCBOR(t, err)
	b, err := mode.Marshal(v)
	mustCBOR(t, err)
	return b
}

func mustCBOR(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
