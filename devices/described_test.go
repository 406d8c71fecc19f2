package devices

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http/httptest"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// description is what the server says of itself. Every answer and every frame of every test of this room is
// held to it: no key that is not described, none missing that is promised, an empty list where nothing is.
type description struct {
	api, socket map[string]any
	patterns    map[string]*regexp.Regexp
}

var described = sync.OnceValue(func() *description {
	d := &description{selfSaid(openapi), selfSaid(asyncapi), map[string]*regexp.Regexp{}}
	param := regexp.MustCompile(`\\\{[a-z]+\\\}`)
	for path := range inside(d.api, "paths") {
		d.patterns[path] = regexp.MustCompile("^" + param.ReplaceAllString(regexp.QuoteMeta(path), "[^/]+") + "$")
	}
	return d
})

// selfSaid asks a description of a server that has nothing else.
func selfSaid(of func(*call) error) (v map[string]any) {
	app := fiber.New()
	app.Get("/", func(ctx *fiber.Ctx) error { return of(&call{Ctx: ctx, s: &Server{}}) })
	r, err := app.Test(httptest.NewRequest("GET", "/", nil), -1)
	if err != nil {
		panic(err)
	}
	defer r.Body.Close()
	if err := json.NewDecoder(r.Body).Decode(&v); err != nil {
		panic(err)
	}
	return v
}

func inside(v map[string]any, keys ...string) map[string]any {
	for _, k := range keys {
		v, _ = v[k].(map[string]any)
	}
	return v
}

// asDescribed checks an answer that was not a refusal.
func (f *front) asDescribed(method, path string, r reply) {
	f.t.Helper()
	d := described()
	path, _, _ = strings.Cut(path, "?")
	best := ""
	for template, p := range d.patterns {
		if len(template) > len(best) && p.MatchString(path) {
			best = template
		}
	}
	op := inside(d.api, "paths", best, strings.ToLower(method))
	if op == nil || r.status < 200 || r.status > 299 {
		return // a page, or a refusal
	}
	answer := inside(op, "responses", fmt.Sprint(r.status))
	if answer == nil {
		f.t.Errorf("%s %s answers %d, which is not described", method, path, r.status)
		return
	}
	if schema := inside(answer, "content", "application/json", "schema"); schema != nil {
		fits(f.t, d.api, method+" "+path, schema, r.body)
	} else if inside(answer, "content") == nil && len(r.body) > 0 {
		f.t.Errorf("%s %s answers %s, although nothing is described", method, path, r.body)
	}
}

// frameAsDescribed checks a frame that the floor sent.
func frameAsDescribed(t testing.TB, b []byte, kind string) {
	t.Helper()
	d := described()
	payload := inside(d.socket, "components", "messages", kind, "payload")
	if payload == nil {
		t.Errorf("the floor sends %s, which is not described", b)
		return
	}
	fits(t, d.socket, "frame "+kind, payload, b)
}

func fits(t testing.TB, root map[string]any, at string, schema map[string]any, body []byte) {
	t.Helper()
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Errorf("%s: %v: %s", at, err, body)
		return
	}
	if wrong := misfits(root, at, schema, v); len(wrong) > 0 {
		t.Errorf("not as described:\n%s\n%.600s", strings.Join(wrong[:min(len(wrong), 5)], "\n"), body)
	}
}

// misfits says where a value is not what a schema promises.
func misfits(root map[string]any, at string, schema map[string]any, v any) (wrong []string) {
	if ref, ok := schema["$ref"].(string); ok {
		return misfits(root, at, inside(root, strings.Split(ref, "/")[1:]...), v)
	}
	if either, ok := schema["anyOf"].([]any); ok {
		for _, one := range either {
			some := misfits(root, at, one.(map[string]any), v)
			if len(some) == 0 {
				return nil
			}
			wrong = append(wrong, some...)
		}
		return wrong
	}
	if all, ok := schema["allOf"].([]any); ok {
		return misfits(root, at, all[0].(map[string]any), v) // what comes after narrows a single key
	}
	if want := schema["type"]; want != nil && want != typeOf(v) && !(want == "number" && typeOf(v) == "integer") {
		return []string{fmt.Sprintf("%s is %s, described as %v", at, typeOf(v), want)}
	}
	switch v := v.(type) {
	case []any:
		for i, x := range v {
			wrong = append(wrong, misfits(root, fmt.Sprintf("%s/%d", at, i), inside(schema, "items"), x)...)
		}
	case map[string]any:
		wrong = keyMisfits(root, at, schema, v)
	}
	return wrong
}

func keyMisfits(root map[string]any, at string, schema, v map[string]any) (wrong []string) {
	props := inside(schema, "properties")
	more, open := schema["additionalProperties"].(map[string]any)
	for key, x := range v {
		if p, ok := props[key].(map[string]any); ok {
			wrong = append(wrong, misfits(root, at+"/"+key, p, x)...)
		} else if open {
			wrong = append(wrong, misfits(root, at+"/"+key, more, x)...)
		} else if props != nil {
			wrong = append(wrong, at+"/"+key+" is not described")
		}
	}
	need, _ := schema["required"].([]any)
	for _, key := range need {
		if _, ok := v[key.(string)]; !ok {
			wrong = append(wrong, at+" has no "+key.(string))
		}
	}
	return wrong
}

func typeOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case float64:
		if v == math.Trunc(v) {
			return "integer"
		}
		return "number"
	case []any:
		return "array"
	}
	return "object"
}

// Every list of a house at work, and the first thing of each that has an address of its own.
func TestAnswersAreAsDescribed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := openFrontAt(t, dir, func(o *Options) {
		if err := FillDemo(o.Keeper, dir); err != nil {
			t.Fatal(err)
		}
	})
	f.want(201, "POST", "/api/v1/waves", `{"filter":{},"method":"cluster","max_orders":4}`)
	f.want(201, "POST", "/api/v1/manifests", `{"carrier":"swift","dock":"1"}`)
	f.want(200, "GET", "/api/v1/floor", "")
	known, seen, single := shapes(), 0, 0
	for key, s := range known {
		path, ok := strings.CutPrefix(key, "GET ")
		if !ok || !s.list {
			continue
		}
		var page struct{ Items []map[string]any }
		f.want(200, "GET", path+"?sku=FL-001&limit=200", "").json(t, &page)
		seen += len(page.Items)
		for _, name := range []string{"id", "code", "sku"} {
			if _, ok := known[key+"/:"+name]; ok && len(page.Items) > 0 && page.Items[0][name] != nil {
				f.want(200, "GET", path+"/"+fmt.Sprint(page.Items[0][name]), "")
				single++
			}
		}
	}
	if seen < 400 || single < 6 {
		t.Errorf("only %d things of lists and %d of their own were looked at", seen, single)
	}
}

// The measure itself finds what it is there to find.
func TestMisfitsAreFound(t *testing.T) {
	t.Parallel()
	s := newSchemas()
	s.of(itemBody{})
	b, err := json.Marshal(object{"components": object{"schemas": s.all}})
	if err != nil {
		t.Fatal(err)
	}
	var root map[string]any
	if err := json.Unmarshal(b, &root); err != nil {
		t.Fatal(err)
	}
	schema := map[string]any{"$ref": s.base + "Item"}
	for text, want := range map[string][]string{
		`{"name":"x","barcodes":[{"code":"1","qty":1}],"size_mm":[1,2,3],"attributes":{"a":"b"}}`: nil,
		`{"barcodes":null}`:                       {"at/barcodes is null, described as array"},
		`{"barcodes":[{"code":"1"}]}`:             {"at/barcodes/0 has no qty"},
		`{"colour":"red"}`:                        {"at/colour is not described"},
		`{"attributes":{"a":1}}`:                  {"at/attributes/a is integer, described as string"},
		`{"size_mm":[1.5],"weight_g":1,"name":0}`: {"at/name is integer, described as string", "at/size_mm/0 is number, described as integer"},
	} {
		var v any
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			t.Fatal(err)
		}
		got := misfits(root, "at", schema, v)
		slices.Sort(got)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
