package devices

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"reflect"
	"strings"
	"unicode/utf8"

	"floorline/floor"
)

// DepthLimit is how deep JSON may nest.
const DepthLimit = 32

// decode reads a JSON body strictly: unknown, repeated or wrong-case keys, lone surrogates, numbers that
// are not what they should be and anything after the value are refused, each with its place.
func (c *call) decode(v any) *floor.Error {
	if err := c.isJSON(); err != nil {
		return err
	}
	return decodeJSON(c.Body(), v)
}

// isJSON refuses a body that does not say it is JSON.
func (c *call) isJSON() *floor.Error {
	kind, params, err := mime.ParseMediaType(c.Get("Content-Type"))
	if err != nil || kind != "application/json" && !strings.HasSuffix(kind, "+json") {
		return &floor.Error{Kind: "media", Code: "not_json", Say: "send Content-Type: application/json"}
	}
	if cs := params["charset"]; cs != "" && !strings.EqualFold(cs, "utf-8") {
		return &floor.Error{Kind: "media", Code: "not_utf8", Say: "JSON is UTF-8"}
	}
	return nil
}

func malformed(about ...floor.Fault) *floor.Error {
	code := "bad_json"
	if len(about) > 0 {
		code = about[0].Code
	}
	return &floor.Error{Kind: "malformed", Code: code, Say: "the JSON cannot be taken", About: about}
}

// DecodeStrict reads JSON as strictly as the API reads a body, for tools beside the server. Its error names every fault.
func DecodeStrict(b []byte, v any) error {
	if err := decodeJSON(b, v); err != nil {
		return err
	}
	return nil
}

// decodeJSON is decode for bytes.
func decodeJSON(b []byte, v any) *floor.Error {
	if !utf8.Valid(b) {
		return malformed(floor.Fault{Code: "not_utf8", Detail: "is not UTF-8"})
	}
	w := walker{dec: json.NewDecoder(bytes.NewReader(b))}
	w.dec.UseNumber()
	w.value("", reflect.TypeOf(v).Elem(), 0)
	if w.broken == nil {
		if _, err := w.dec.Token(); !errors.Is(err, io.EOF) {
			w.fault("", "trailing", "something follows the JSON value")
		}
	}
	if w.broken != nil {
		w.fault("", "bad_json", w.broken.Error())
	}
	if bytes.Contains(b, []byte(`\u`)) && loneSurrogate(b) {
		w.fault("", "not_utf8", "holds half of a surrogate pair")
	}
	if len(w.faults) > 0 {
		return malformed(w.faults...)
	}
	if err := json.Unmarshal(b, v); err != nil {
		return malformed(floor.Fault{Code: "bad_value", Detail: plain(err)})
	}
	return nil
}

func plain(err error) string {
	var te *json.UnmarshalTypeError
	if errors.As(err, &te) {
		return fmt.Sprintf("%s is %s; it should be %s", te.Field, te.Value, te.Type.Kind())
	}
	return err.Error()
}

// walker reads JSON beside the type it is for, and gathers every fault.
type walker struct {
	dec    *json.Decoder
	faults []floor.Fault
	broken error
}

// FaultLimit is how many faults of one body are named.
const FaultLimit = 100

func (w *walker) fault(pointer, code, detail string) {
	if len(w.faults) < FaultLimit {
		w.faults = append(w.faults, floor.Fault{Pointer: pointer, Code: code, Detail: detail})
	}
}

func (w *walker) token() json.Token {
	if w.broken != nil {
		return nil
	}
	t, err := w.dec.Token()
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = errors.New("ends too early")
		}
		w.broken = err
	}
	return t
}

func (w *walker) value(at string, t reflect.Type, depth int) {
	tok := w.token()
	if w.broken != nil {
		return
	}
	if depth > DepthLimit {
		w.broken = fmt.Errorf("nests deeper than %d", DepthLimit)
		return
	}
	for t != nil && t.Kind() == reflect.Pointer {
		if tok == nil {
			return
		}
		t = t.Elem()
	}
	switch tok := tok.(type) {
	case json.Delim:
		if tok == '{' {
			w.object(at, t, depth)
		} else {
			w.array(at, t, depth)
		}
	case json.Number:
		w.number(at, t, tok)
	case string:
		w.is(at, t, "a text", reflect.String)
	case bool:
		w.is(at, t, "true or false", reflect.Bool)
	case nil:
		if t != nil && t.Kind() != reflect.Slice && t.Kind() != reflect.Map && t.Kind() != reflect.Interface {
			w.fault(at, "null", "is null")
		}
	}
}

// is faults a value of the wrong kind.
func (w *walker) is(at string, t reflect.Type, got string, kinds ...reflect.Kind) {
	if t == nil || t.Kind() == reflect.Interface {
		return
	}
	for _, k := range kinds {
		if t.Kind() == k {
			return
		}
	}
	w.fault(at, "wrong_type", "is "+got+"; it should be "+t.Kind().String())
}

func (w *walker) number(at string, t reflect.Type, n json.Number) {
	if t == nil {
		return
	}
	switch t.Kind() {
	case reflect.Int, reflect.Int64, reflect.Uint64:
		i, err := n.Int64()
		if err != nil || strings.ContainsAny(string(n), ".eE") {
			w.fault(at, "not_whole", string(clip(string(n)))+" is no whole number in range")
		} else if i > 1<<53 || i < -(1<<53) {
			w.fault(at, "out_of_range", "is too large a number")
		}
	case reflect.Float64, reflect.Interface:
		if _, err := n.Float64(); err != nil {
			w.fault(at, "out_of_range", "is too large a number")
		}
	default:
		w.is(at, t, "a number")
	}
}

func clip(s string) string {
	if len(s) > 40 {
		return s[:40] + "..."
	}
	return s
}

func (w *walker) object(at string, t reflect.Type, depth int) {
	var fields map[string]reflect.Type
	var elem reflect.Type
	if t != nil {
		switch t.Kind() {
		case reflect.Struct:
			fields = fieldsOf(t)
		case reflect.Map:
			elem = t.Elem()
		case reflect.Interface:
		default:
			w.is(at, t, "an object")
		}
	}
	seen := map[string]bool{}
	for w.broken == nil && w.dec.More() {
		key, _ := w.token().(string)
		here := at + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(clip(key))
		if seen[key] {
			w.fault(here, "repeated_key", "stands twice")
		}
		seen[key] = true
		ft := elem
		if fields != nil {
			var ok bool
			if ft, ok = fields[key]; !ok {
				w.fault(here, "unknown_key", "is not known here")
				ft = nil
			}
		}
		w.value(here, ft, depth+1)
	}
	w.token()
}

func (w *walker) array(at string, t reflect.Type, depth int) {
	var elem reflect.Type
	if t != nil {
		if t.Kind() == reflect.Slice || t.Kind() == reflect.Array {
			elem = t.Elem()
		} else {
			w.is(at, t, "a list")
		}
	}
	for i := 0; w.broken == nil && w.dec.More(); i++ {
		w.value(fmt.Sprintf("%s/%d", at, i), elem, depth+1)
	}
	w.token()
}

// fieldsOf gives the JSON keys of a struct with their types, embedded ones included.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	out := map[string]reflect.Type{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" {
			for k, v := range fieldsOf(f.Type) {
				out[k] = v
			}
			continue
		}
		if name != "" && name != "-" {
			out[name] = f.Type
		}
	}
	return out
}

// loneSurrogate finds a \ud800-style escape without its other half, which Go would turn into U+FFFD.
func loneSurrogate(b []byte) bool {
	s := string(b)
	for i := 0; i+6 <= len(s); i++ {
		if s[i] != '\\' {
			continue
		}
		if s[i+1] != 'u' {
			i++
			continue
		}
		var r rune
		if _, err := fmt.Sscanf(s[i+2:i+6], "%04x", &r); err != nil {
			return true
		}
		switch {
		case r >= 0xD800 && r < 0xDC00:
			var low rune
			if i+12 > len(s) || s[i+6:i+8] != `\u` {
				return true
			}
			if _, err := fmt.Sscanf(s[i+8:i+12], "%04x", &low); err != nil || low < 0xDC00 || low > 0xDFFF {
				return true
			}
			i += 11
		case r >= 0xDC00 && r <= 0xDFFF:
			return true
		default:
			i += 5
		}
	}
	return false
}
