package intake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"sort"
	"strconv"
)

// tree reads a JSON document whose keys keep their case and whose numbers keep their digits (a struct of
// encoding/json would take "ID" for "id", and a float would round an order's number).
func (c *clerk) tree(data []byte) (any, bool) {
	if c.tooLong(data) {
		return nil, false
	}
	s, ok := c.decode(data)
	if !ok {
		return nil, false
	}
	d := json.NewDecoder(bytes.NewReader([]byte(s)))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		c.fault(0, "", "bad_json", "", fmt.Sprintf("line %d: %s", lineAt(s, d.InputOffset()), err))
		return nil, false
	}
	if _, err := d.Token(); err != io.EOF {
		c.fault(0, "", "bad_json", "", fmt.Sprintf("line %d: something follows the end of the document", lineAt(s, d.InputOffset())))
		return nil, false
	}
	return v, true
}

func lineAt(s string, offset int64) int {
	return 1 + bytes.Count([]byte(s[:min(int(offset), len(s))]), []byte("\n"))
}

// branch is one object of a document, being read for one order. Reading never stops at a wrong value: it
// is listed with its path, and reads as nothing.
type branch struct {
	*taker
	path string
	m    map[string]any
}

// documents finds the orders of a file: under one of the keys, in a bare array, or as the one bare object.
func (c *clerk) documents(data []byte, keys ...string) []branch {
	v, ok := c.tree(data)
	if !ok {
		return nil
	}
	if m, ok := v.(map[string]any); ok {
		for _, k := range keys {
			if inner, ok := m[k]; ok {
				v = inner
				break
			}
		}
	}
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	if len(list) > c.maxRows() {
		c.fault(0, "", "too_many_rows", "", fmt.Sprintf("the file has %d orders; at most %d: split it", len(list), c.maxRows()))
		return nil
	}
	if len(list) == 0 {
		c.note(0, "", "no_rows", "", "the file holds no order")
	}
	var out []branch
	for i, v := range list {
		m, ok := v.(map[string]any)
		if !ok {
			c.fault(i+1, "", "bad_value", "", "an order is a JSON object")
			continue
		}
		out = append(out, branch{&taker{clerk: c, line: i + 1}, "", m})
	}
	return out
}

func (b branch) field(key string) string {
	if b.path == "" {
		return key
	}
	return b.path + "." + key
}

func (b branch) wrongType(key, want string) {
	b.bad(b.field(key), "bad_value", "is not "+want)
}

// raw gives a text or number as text; null and a missing key are empty.
func (b branch) raw(key string) string {
	switch v := b.m[key].(type) {
	case nil:
		return ""
	case string:
		return trim(v)
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	default:
		b.wrongType(key, "a text")
		return ""
	}
}

func (b branch) str(key string, most int) string { return b.text(b.field(key), b.raw(key), most) }

// note takes text that may be long: what does not fit is cut, for it is no reason to lose an order.
func (b branch) long(key string) string {
	s := []rune(b.raw(key))
	if len(s) > NoteLimit {
		s = s[:NoteLimit]
		b.say(b.field(key), "note_cut", fmt.Sprintf("only the first %d characters are kept", NoteLimit))
	}
	for i, r := range s {
		if unprintable(r) {
			s[i] = ' '
		}
	}
	return trim(string(s))
}

func (b branch) flag(key string) bool {
	switch v := b.m[key].(type) {
	case nil:
		return false
	case bool:
		return v
	default:
		return b.yes(b.field(key), b.raw(key))
	}
}

func (b branch) count(key string, least, most int64) int64 {
	return b.whole(b.field(key), b.raw(key), least, most, 0)
}

func (b branch) has(key string) bool { return b.m[key] != nil }

// sub gives an object within; missing, it is empty.
func (b branch) sub(key string) branch {
	m, ok := b.m[key].(map[string]any)
	if !ok && b.m[key] != nil {
		b.wrongType(key, "an object")
	}
	return branch{b.taker, b.field(key), m}
}

// each gives the objects of a list within; missing, there are none.
func (b branch) each(key string) []branch {
	list, ok := b.m[key].([]any)
	if !ok && b.m[key] != nil {
		b.wrongType(key, "a list")
	}
	var out []branch
	for i, v := range list {
		path := fmt.Sprintf("%s[%d]", b.field(key), i)
		m, ok := v.(map[string]any)
		if !ok {
			b.bad(path, "bad_value", "is not an object")
			continue
		}
		out = append(out, branch{b.taker, path, m})
	}
	return out
}

// first gives the first object of a list within, or an empty one.
func (b branch) first(key string) branch {
	if list := b.each(key); len(list) > 0 {
		return list[0]
	}
	return branch{b.taker, b.field(key), nil}
}

// either gives the first of some texts that is there.
func either(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// sortedKeys gives a map's keys in order, for no report may depend on the order of a map.
func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
