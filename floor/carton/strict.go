package carton

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// InputLimit is how many bytes a question may have.
const InputLimit = 8 << 20

// node is a JSON value with its keys in the order given, doubled ones too, which encoding/json would hide.
type node struct {
	value any // string, json.Number, bool, nil, or a delimiter
	keys  []string
	under []*node
}

func (n *node) key(name string) *node {
	if i := slices.Index(n.keys, name); i >= 0 {
		return n.under[i]
	}
	return nil
}

// depthLimit is more than any question needs and keeps hostile input from the stack.
const depthLimit = 16

func parse(in io.Reader) (*node, error) {
	limited := &io.LimitedReader{R: in, N: InputLimit + 1}
	d := json.NewDecoder(limited)
	d.UseNumber()
	n, err := value(d, 0)
	if err == nil {
		if _, end := d.Token(); end != io.EOF {
			err = errors.New("one JSON object and nothing after it")
		}
	}
	if limited.N <= 0 {
		return nil, fmt.Errorf("at most %d bytes", InputLimit)
	}
	if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, errors.New("the JSON ends too early")
	}
	return n, err
}

func value(d *json.Decoder, depth int) (*node, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	n := &node{value: token}
	open, nested := token.(json.Delim)
	if !nested {
		return n, nil
	}
	if depth == depthLimit {
		return nil, fmt.Errorf("nested deeper than %d", depthLimit)
	}
	for d.More() {
		if open == '{' {
			name, err := d.Token()
			if err != nil {
				return nil, err
			}
			n.keys = append(n.keys, name.(string))
		}
		v, err := value(d, depth+1)
		if err != nil {
			return nil, err
		}
		n.under = append(n.under, v)
	}
	_, err = d.Token() // the closing one
	return n, err
}

// reader takes values out of nodes and gathers what is wrong.
type reader struct{ faults Faults }

// also adds faults of what was read, unless its place is known to be wrong: a missing number is not also a zero.
func (r *reader) also(f Faults) {
	for _, x := range f {
		known := func(y Fault) bool { return x.Pointer == y.Pointer || strings.HasPrefix(x.Pointer, y.Pointer+"/") }
		if !slices.ContainsFunc(r.faults[max(0, len(r.faults)-30):], known) {
			r.faults = append(r.faults, x)
		}
	}
}

// object tells whether a node is an object and names keys that are missing, doubled or unknown.
func (r *reader) object(n *node, at string, must, may []string) bool {
	if n.value != json.Delim('{') {
		r.faults.add(at, "an object")
		return false
	}
	for i, k := range n.keys {
		switch {
		case slices.Index(n.keys, k) < i:
			r.faults.add(at+"/"+escape(k), "this key is there twice")
		case !slices.Contains(must, k) && !slices.Contains(may, k):
			r.unknown(at, k, append(slices.Clone(must), may...))
		}
	}
	for _, k := range must {
		if n.key(k) == nil {
			r.faults.add(at+"/"+k, "is missing")
		}
	}
	return true
}

func (r *reader) unknown(at, k string, known []string) {
	if i := slices.IndexFunc(known, func(n string) bool { return strings.EqualFold(n, k) }); i >= 0 {
		r.faults.add(at+"/"+escape(k), "this key is written %s", known[i])
		return
	}
	r.faults.add(at+"/"+escape(k), "no such key; there are %s", strings.Join(known, ", "))
}

func escape(k string) string { return strings.NewReplacer("~", "~0", "/", "~1").Replace(k) }

func (r *reader) each(n *node, at string, limit int, take func(n *node, at string)) {
	switch {
	case n == nil: // said already
	case n.value != json.Delim('['):
		r.faults.add(at, "a list")
	case len(n.under) > limit:
		r.faults.add(at, "at most %d, not %d", limit, len(n.under))
	default:
		for i, u := range n.under {
			take(u, fmt.Sprintf("%s/%d", at, i))
		}
	}
}

func (r *reader) text(n *node, at, k string) string {
	v := n.key(k)
	if v == nil {
		return ""
	}
	s, ok := v.value.(string)
	if !ok {
		r.faults.add(at+"/"+k, "a text in quotes")
	}
	return s
}

func (r *reader) yes(n *node, at, k string) bool {
	v := n.key(k)
	if v == nil {
		return false
	}
	b, ok := v.value.(bool)
	if !ok {
		r.faults.add(at+"/"+k, "true or false")
	}
	return b
}

func (r *reader) number(n *node, at, k string, without int64) int64 {
	if v := n.key(k); v != nil {
		return r.whole(v, at+"/"+k)
	}
	return without
}

// whole takes a whole number; 1.5, 1e3 and "1" are none.
func (r *reader) whole(n *node, at string) int64 {
	number, ok := n.value.(json.Number)
	if !ok {
		r.faults.add(at, "a whole number")
		return 0
	}
	i, err := strconv.ParseInt(number.String(), 10, 64)
	if errors.Is(err, strconv.ErrRange) {
		r.faults.add(at, "a whole number up to %d, not %s", int64(math.MaxInt64), number)
	} else if err != nil {
		r.faults.add(at, "a whole number, not %s", number)
	}
	return i
}

func (r *reader) sides(n *node, at, k string) (s Size) {
	v := n.key(k)
	if v == nil {
		return s
	}
	if v.value != json.Delim('[') || len(v.under) != 3 {
		r.faults.add(at+"/"+k, "three whole numbers: length, width, height in mm")
		return s
	}
	for i, u := range v.under {
		s[i] = r.whole(u, fmt.Sprintf("%s/%s/%d", at, k, i))
	}
	return s
}
