package devices

import (
	"encoding/json"
	"strings"
	"testing"

	"floorline/floor"
)

// Whatever a body holds, the strict reader answers without a panic, takes nothing that is no JSON, and what it
// takes reads the same again.
func FuzzDecodeJSON(f *testing.F) {
	for _, s := range []string{orderBodyOf("1"), `{}`, `null`, `{"lines":[{"sku":"a","qty":1.5}]}`, `{"channel":"\ud800"}`, `{"a":1,"a":2}`, strings.Repeat("[", 100), "\xff", `{"channel":"\u`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var v, again orderBody
		if err := decodeJSON(b, &v); err != nil {
			if err.Code == "" || len(err.About) == 0 || len(err.About) > FaultLimit {
				t.Fatalf("a refusal says what is wrong: %+v", err)
			}
			return
		}
		if !json.Valid(b) {
			t.Fatalf("taken though it is no JSON: %q", b)
		}
		out, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if e := decodeJSON(out, &again); e != nil {
			t.Fatalf("what was taken is not taken again: %s: %v", out, e)
		}
	})
}

// A frame of any bytes is checked without a panic; what passes has an id, a counter and whole numbers.
func FuzzDeviceFrame(f *testing.F) {
	f.Add([]byte(`{"type":"do","id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","n":1,"action":"qty","args":{"qty":3}}`))
	f.Add([]byte(`{"type":"scan","id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","n":18446744073709551615,"code":"\u001d"}`))
	f.Add([]byte(`{"args":{"value":[{}],"qty":1e400}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var x deviceFrame
		if json.Unmarshal(b, &x) != nil || x.check() != nil {
			return
		}
		if len(x.ID) != 26 || x.N == 0 || x.verb() == nil || x.hash(true) == x.hash(false) {
			t.Fatalf("%+v", x)
		}
	})
}

// A badge is found in what scanners make of it, and only a code with its own check character is one.
func FuzzBadge(f *testing.F) {
	f.Add("]C0U0123456789ABCDEF-0")
	f.Add(newBadge())
	f.Fuzz(func(t *testing.T, s string) {
		if b, ok := badgeOf(s); ok && (len(b) != 19 || b[18] != floor.CheckChar(b[:17])) {
			t.Fatalf("%q gives %q", s, b)
		}
	})
}
