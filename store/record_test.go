package store

import (
	"bytes"
	"fmt"
	"reflect"
	"testing"

	"floorline/floor"
)

// fill gives every exported field of a record some value of its own, so that a lost one shows.
func fill(v reflect.Value, n *int, deep int) {
	*n++
	switch v.Kind() {
	case reflect.Pointer:
		if deep < 6 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), n, deep+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), n, deep+1)
			}
		}
	case reflect.Slice:
		if deep < 6 {
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
			fill(v.Index(0), n, deep+1)
			fill(v.Index(1), n, deep+1)
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), n, deep+1)
		}
	case reflect.Map:
		if deep < 6 {
			v.Set(reflect.MakeMap(v.Type()))
			for range 3 {
				key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
				fill(key, n, deep+1)
				fill(value, n, deep+1)
				v.SetMapIndex(key, value)
			}
		}
	case reflect.String:
		v.SetString(fmt.Sprint("text", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(-int64(*n % 100))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(*n % 100))
	case reflect.Float32, reflect.Float64:
		v.SetFloat(float64(*n) / 3)
	}
}

// keepsAll says whether a record comes back from its bytes with nothing lost; persons are sealed apart.
func keepsAll(t *testing.T, name string, record, empty any) {
	t.Helper()
	n := 0
	fill(reflect.ValueOf(record).Elem(), &n, 0)
	b, err := encMode.Marshal(record)
	must0(t, err)
	if err := decMode.Unmarshal(b, empty); err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	again, err := encMode.Marshal(empty)
	must0(t, err)
	if !bytes.Equal(b, again) {
		t.Errorf("%s: what comes back is not what was written:\n%x\n%x", name, b, again)
	}
	for at, what := range lost(reflect.ValueOf(record).Elem(), reflect.ValueOf(empty).Elem(), name) {
		if at < 5 {
			t.Errorf("%s is not kept", what)
		}
	}
}

// lost names the exported fields that are set before and not after. Private.Person is never written.
func lost(a, b reflect.Value, path string) (out []string) {
	switch a.Kind() {
	case reflect.Pointer:
		if a.IsNil() {
			return nil
		}
		if b.IsNil() {
			return []string{path}
		}
		return lost(a.Elem(), b.Elem(), path)
	case reflect.Struct:
		for i := range a.NumField() {
			f := a.Type().Field(i)
			if f.IsExported() && f.Tag.Get("cbor") != "-" {
				out = append(out, lost(a.Field(i), b.Field(i), path+"."+f.Name)...)
			}
		}
		return out
	}
	if !a.IsZero() && b.IsZero() {
		return []string{path}
	}
	return nil
}

// Every kind of event comes back from the journal as it went in.
func TestEveryKindComesBack(t *testing.T) {
	kinds := 0
	for k := floor.Kind(1); k < 1000; k++ {
		if body := floor.NewBody(k); body != nil {
			kinds++
			keepsAll(t, k.String(), body, floor.NewBody(k))
		}
	}
	if kinds < 60 || floor.NewBody(floor.KindRecalled) == nil {
		t.Errorf("%d kinds: are they all here?", kinds)
	}
}

// Every kind of row comes back from a checkpoint as it went in, and so does an archived order.
func TestEveryRowComesBack(t *testing.T) {
	tables := 0
	for table := floor.Table(1); table < 255; table++ {
		if row := floor.NewRow(table); row != nil {
			tables++
			keepsAll(t, fmt.Sprintf("%T", row), row, floor.NewRow(table))
		}
	}
	if tables < 22 {
		t.Errorf("%d tables: are they all here?", tables)
	}
	keepsAll(t, "archived", new(floor.Archived), new(floor.Archived))
}

// FuzzOpenFrame: whatever bytes a damaged disk gives, opening them says so or gives a frame; it never panics.
func FuzzOpenFrame(f *testing.F) {
	b, err := (&frame{Seq: 1, Epoch: 1, Kind: uint16(floor.KindTicked), Body: []byte{0xa0}}).seal()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		if fr, err := openFrame(b); err == nil {
			again, err := fr.seal()
			if err != nil || len(again) > len(b)+64 {
				t.Fatalf("%v %x", err, again)
			}
		}
	})
}
