package devices

import (
	"encoding/json"
	"reflect"
	"strings"

	"floorline/floor"
)

// schemas gathers JSON Schemas of Go types, each named type once, so that the descriptions cannot differ
// from what is decoded and sent.
type schemas struct {
	all  map[string]any
	base string // where a named one is found, such as #/components/schemas/
}

func newSchemas() *schemas { return &schemas{map[string]any{}, "#/components/schemas/"} }

type object = map[string]any

var rawJSON = reflect.TypeFor[json.RawMessage]()

// listOfAny stands for a list whose entries are any of these.
type listOfAny []any

// of gives the schema of a value's type.
func (s *schemas) of(v any) any {
	if v == nil {
		return object{}
	}
	if some, ok := v.(listOfAny); ok {
		either := []any{}
		for _, x := range some {
			either = append(either, s.of(x))
		}
		return object{"type": "array", "items": object{"anyOf": either}}
	}
	return s.typed(reflect.TypeOf(v))
}

func (s *schemas) typed(t reflect.Type) any {
	switch t {
	case rawJSON:
		return object{}
	case reflect.TypeFor[json.Number]():
		return object{"type": "integer"}
	case reflect.TypeFor[floor.Time]():
		return object{"type": "integer", "description": "milliseconds since 1970, UTC"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return object{"anyOf": []any{s.typed(t.Elem()), object{"type": "null"}}}
	case reflect.String:
		return object{"type": "string"}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Float64:
		return object{"type": "number"}
	case reflect.Slice, reflect.Array:
		return object{"type": "array", "items": s.typed(t.Elem())} // with nothing in it, an empty one
	case reflect.Map:
		return object{"type": "object", "additionalProperties": s.typed(t.Elem())}
	case reflect.Interface:
		return object{}
	case reflect.Struct:
		return s.named(t)
	}
	return object{"type": "integer"}
}

// named gives a reference to a struct's schema and makes it at first sight. Types may hold themselves.
func (s *schemas) named(t reflect.Type) any {
	if t.Name() == "" {
		return s.object(t, false)
	}
	name := strings.TrimSuffix(strings.ToUpper(t.Name()[:1])+t.Name()[1:], "Body")
	if _, known := s.all[name]; !known {
		s.all[name] = nil // stands while its own fields are looked at
		s.all[name] = s.object(t, strings.HasSuffix(t.Name(), "Body"))
	}
	return object{"$ref": s.base + name}
}

// object is a struct's schema. What is sent to us has no required keys here: shapes name those.
func (s *schemas) object(t reflect.Type, sent bool) object {
	props, required := object{}, []string{}
	s.fields(t, props, &required)
	x := object{"type": "object", "properties": props}
	if len(required) > 0 && !sent && t != reflect.TypeFor[waveFilter]() && t != reflect.TypeFor[workerChange]() && t != reflect.TypeFor[frameArgs]() {
		x["required"] = required
	}
	return x
}

func (s *schemas) fields(t reflect.Type, props object, required *[]string) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, opts, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" {
			inner := f.Type
			if inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			s.fields(inner, props, required)
			continue
		}
		if name == "" || name == "-" || !f.IsExported() {
			continue
		}
		props[name] = withUnit(name, s.typed(f.Type))
		if !strings.Contains(opts, "omitempty") {
			*required = append(*required, name)
		}
	}
}

// units are the ends of names that say what a number counts.
var units = []struct{ end, says string }{{"_g", "grams"}, {"_mm", "millimetres"}, {"_cents", "the smallest coin of the currency"},
	{"_ms", "milliseconds"}, {"_s", "seconds"}, {"_bytes", "bytes"}}

func withUnit(name string, schema any) any {
	x, ok := schema.(object)
	if !ok || x["$ref"] != nil {
		return schema
	}
	for _, u := range units {
		if strings.HasSuffix(name, u.end) && x["type"] != "string" {
			x["description"] = u.says
			return x
		}
	}
	if x["type"] == "string" && (name == "at" || strings.HasSuffix(name, "_at") || name == "ship_by" || name == "lease_until") {
		x["description"] = "RFC 3339, UTC"
	}
	return x
}
