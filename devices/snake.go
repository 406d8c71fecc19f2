package devices

import (
	"reflect"
	"strings"
	"sync"
	"unicode"

	"floorline/floor"
)

// snake turns a Go value into what JSON shows of it: fields that have a json name under that name, others
// in snake case. Bodies of events have CBOR keys alone; this is how the journal is read by people.
func snake(v any) any { return snakeValue(reflect.ValueOf(v)) }

func snakeValue(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return snakeValue(v.Elem())
	case reflect.Struct:
		return snakeStruct(v)
	case reflect.Slice, reflect.Array:
		return snakeList(v)
	case reflect.Map:
		out := map[string]any{}
		for _, k := range v.MapKeys() {
			out[k.String()] = snakeValue(v.MapIndex(k))
		}
		return out
	case reflect.String:
		return floor.InEnglish(v.String())
	}
	return v.Interface()
}

func snakeList(v reflect.Value) any {
	if v.Type().Elem().Kind() == reflect.Uint8 {
		return nil // digests and stored answers are nobody's business
	}
	out := make([]any, v.Len())
	for i := range out {
		out[i] = snakeValue(v.Index(i))
	}
	return out
}

func snakeStruct(v reflect.Value) any {
	out := map[string]any{}
	for _, f := range shownFields(v.Type()) {
		if fv := v.Field(f.index); !fv.IsZero() || f.always {
			out[f.name] = snakeValue(fv)
		}
	}
	return out
}

type shownField struct {
	index  int
	name   string
	always bool
}

var shown sync.Map // reflect.Type -> []shownField

// secretFields never leave the house: digests that somebody could try secrets against.
var secretFields = map[string]bool{"Badge": true, "PIN": true, "Digest": true, "Secret": true, "SecretReadable": true, "Hash": true}

func shownFields(t reflect.Type) []shownField {
	if known, ok := shown.Load(t); ok {
		return known.([]shownField)
	}
	var out []shownField
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || name == "-" && f.Tag.Get("cbor") == "" || secretFields[f.Name] || f.Type == reflect.TypeFor[*floor.Private]() { // people are for those with the right
			continue
		}
		if name == "" || name == "-" {
			name = snakeName(f.Name)
		}
		out = append(out, shownField{i, name, name == "code" || name == "id" || name == "status"})
	}
	shown.Store(t, out)
	return out
}

// snakeName turns WeightG into weight_g and ID into id.
func snakeName(s string) string {
	var b strings.Builder
	rs := []rune(s)
	for i, r := range rs {
		if unicode.IsUpper(r) {
			if i > 0 && (!unicode.IsUpper(rs[i-1]) || i+1 < len(rs) && unicode.IsLower(rs[i+1])) {
				b.WriteByte('_')
			}
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}
