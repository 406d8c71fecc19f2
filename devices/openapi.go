package devices

import (
	"cmp"
	"regexp"
	"strings"

	"floorline/floor"
)

var pathParam = regexp.MustCompile(`:([a-z]+)`)

// asked are the parameters of addresses, with what they mean.
var asked = map[string]object{
	"limit":        {"schema": object{"type": "integer", "minimum": 1, "maximum": PageLimit, "default": PageDefault}, "description": "how many at once"},
	"cursor":       {"schema": object{"type": "string"}, "description": "next of the page before"},
	"q":            {"schema": object{"type": "string"}, "description": "only what holds this text"},
	"status":       {"schema": object{"type": "string"}, "description": "only this status"},
	"weight":       {"schema": object{"type": "string", "enum": []string{"differs"}}, "description": "only what clean parcels found to weigh otherwise than the catalogue has it"},
	"sku":          {"schema": object{"type": "string"}, "description": "only this item"},
	"lot":          {"schema": object{"type": "string"}, "description": "only this lot of it"},
	"serial":       {"schema": object{"type": "string"}, "description": "only the unit of it with this serial"},
	"tote":         {"schema": object{"type": "string"}, "description": "only what this tote or slot of a wall holds"},
	"parcel":       {"schema": object{"type": "string"}, "description": "only this parcel, by its id or a number of it"},
	"receipt":      {"schema": object{"type": "string"}, "description": "only what came with this receipt"},
	"sscc":         {"schema": object{"type": "string"}, "description": "only what came on this announced pallet"},
	"return":       {"schema": object{"type": "string"}, "description": "only what came back with this return"},
	"sort":         {"schema": object{"type": "string", "enum": []string{"newest", "oldest"}}, "description": "which comes first; the newest where nothing is said"},
	"code":         {"schema": object{"type": "string", "maxLength": floor.ScanLimit}, "description": "as it was scanned or typed; {GS} stands for the separator of a GS1 code"},
	"bin":          {"schema": object{"type": "string"}, "description": "only this bin"},
	"channel":      {"schema": object{"type": "string"}, "description": "the shop"},
	"external_id":  {"schema": object{"type": "string"}, "description": "only the shop's own number"},
	"advice":       {"schema": object{"type": "string", "enum": []string{"order_now", "order_soon", "enough", "overstock", "dead", "no_demand", "runs_out"}}, "description": "only what needs this"},
	"abc":          {"schema": object{"type": "string", "enum": []string{"A", "B", "C"}}, "description": "only this class"},
	"since":        {"schema": object{"type": "integer", "minimum": 0, "default": 0}, "description": "only what comes after this seq"},
	"format":       {"schema": object{"type": "string", "default": "csv"}, "description": "csv, shopify, woocommerce, amazon, flipkart, magento"},
	"from":         {"schema": object{"type": "string", "format": "date"}, "description": "the first day, such as 2026-02-28; left out, the one that holds now"},
	"dry_run":      {"schema": object{"type": "boolean", "default": false}, "description": "only say what would happen"},
	"day":          {"schema": object{"type": "string", "format": "date"}, "description": "of demand: a day of the file that counts as another, and all its days with it"},
	"as":           {"schema": object{"type": "string", "default": "yesterday"}, "description": "of demand: the day that it counts as, or yesterday"},
	"create_items": {"schema": object{"type": "boolean", "default": false}, "description": "make items that the orders name and nobody knows"},
	"days":         {"schema": object{"type": "integer", "minimum": 1, "maximum": 400, "default": 90}, "description": "so many days back"},
	"unit":         {"schema": object{"type": "integer", "minimum": 1}, "description": "of the return, from 1"},
	"size":         {"schema": object{"type": "string"}, "description": "of the paper: 4x6, a6, a4, or 100x50 in millimetres"},
	"skip":         {"schema": object{"type": "integer", "minimum": 0}, "description": "how many labels of the first sheet are used already"},
	"bins":         {"schema": object{"type": "string"}, "description": "codes of bins, with commas between"},
	"expected":     {"schema": object{"type": "boolean", "default": false}, "description": "print what the books say, too"},
	"mark":         {"schema": object{"type": "string", "enum": []string{"battery", "limited_quantity", "excepted_quantity"}}, "description": "only this mark"},
	"air":          {"schema": object{"type": "boolean", "default": false}, "description": "for carriage by air"},
	"small":        {"schema": object{"type": "boolean", "default": false}, "description": "the package is too small for the full size"},
	"dpi":          {"schema": object{"type": "integer", "enum": []int{203, 300, 600}}, "description": "of the printer"},
	"language":     {"schema": object{"type": "string"}, "description": "in which the words are, such as de"},
}

// openapi describes the API from the very table that serves it.
func openapi(c *call) error {
	all, schemas, known := object{}, newSchemas(), shapes()
	for _, r := range c.s.routes() {
		path := pathParam.ReplaceAllString(r.path, "{$1}")
		if all[path] == nil {
			all[path] = object{}
		}
		all[path].(object)[strings.ToLower(r.method)] = operation(r, known[r.method+" "+r.path], schemas)
	}
	schemas.all["Problem"] = object{"type": "object", "description": "RFC 9457; errors lists everything that is wrong",
		"required": []string{"type", "title", "status", "code", "detail"}, "properties": object{
			"type": textual(), "title": textual(), "status": object{"type": "integer"}, "code": textual(), "detail": textual(),
			"errors": object{"type": "array", "items": object{"type": "object", "required": []string{"code"}, "properties": object{
				"pointer": textual(), "code": textual(), "detail": textual()}}}}}
	return c.json(200, object{"openapi": "3.1.0",
		"info":       object{"title": "Floorline", "version": "1", "description": "One warehouse, from import to truck. Every scan has one verdict; nothing is answered before it is on disk."},
		"servers":    []any{object{"url": "/"}},
		"paths":      all,
		"components": object{"securitySchemes": object{"bearer": object{"type": "http", "scheme": "bearer"}, "cookie": object{"type": "apiKey", "in": "cookie", "name": SessionCookie}}, "schemas": schemas.all}})
}

func textual() object { return object{"type": "string"} }

func operation(r route, s shape, schemas *schemas) object {
	op := object{"operationId": strings.ToLower(r.method) + strings.NewReplacer("/", "_", ":", "", ".", "_", "-", "_").Replace(strings.TrimPrefix(r.path, "/api")),
		"summary": s.about, "description": "Who may call: " + whoMay(r) + ".", "responses": responses(s, schemas)}
	if !r.public {
		op["security"] = []any{object{"bearer": []any{}}, object{"cookie": []any{}}}
	}
	if p := parameters(r, s); len(p) > 0 {
		op["parameters"] = p
	}
	if s.file != "" {
		op["requestBody"] = object{"required": true, "content": object{s.file: object{"schema": object{}}}}
	} else if s.in != nil {
		schema := schemas.of(s.in)
		if len(s.need) > 0 {
			schema = object{"allOf": []any{schema, object{"required": s.need}}}
		}
		op["requestBody"] = object{"required": len(s.need) > 0, "content": object{"application/json": object{"schema": schema}}}
	}
	return op
}

func parameters(r route, s shape) []any {
	var out []any
	for _, n := range pathParam.FindAllStringSubmatch(r.path, -1) {
		out = append(out, object{"name": n[1], "in": "path", "required": true, "schema": textual()})
	}
	for _, name := range s.query {
		p := object{"name": name, "in": "query"}
		for k, v := range asked[name] {
			p[k] = v
		}
		out = append(out, p)
	}
	if r.method == "POST" && !r.public {
		out = append(out, object{"name": "Idempotency-Key", "in": "header", "schema": object{"type": "string", "maxLength": 255},
			"description": "the same key and body give the same answer, with Idempotency-Replayed: true; another body 422"})
	}
	switch {
	case s.tagged && r.method == "PUT":
		out = append(out, object{"name": "If-Match", "in": "header", "schema": textual(), "description": "the ETag you have seen; 412 when it changed since"})
	case s.tagged:
		out = append(out, object{"name": "If-Match", "in": "header", "required": true, "schema": textual(), "description": "the ETag you have seen, or *; 428 without, 412 when it changed since"})
	}
	return out
}

func responses(s shape, schemas *schemas) object {
	done := object{"description": "done"}
	switch {
	case s.bytes != "":
		done["content"] = object{s.bytes: object{"schema": object{}}}
	case s.list:
		done["content"] = asJSON(object{"type": "object", "required": []string{"items", "next"}, "properties": object{
			"items": object{"type": "array", "items": schemas.of(s.out)}, "next": object{"type": "string", "description": "cursor of the next page; empty at the end"}}})
	case s.out != nil:
		done["content"] = asJSON(schemas.of(s.out))
	}
	all := object{"default": object{"description": "refused", "content": object{
		"application/problem+json": object{"schema": object{"$ref": "#/components/schemas/Problem"}}}}}
	for _, status := range strings.Fields(cmp.Or(s.status, "200")) {
		all[status] = done
	}
	return all
}

func asJSON(schema any) object { return object{"application/json": object{"schema": schema}} }

// whoMay says who may call a route.
func whoMay(r route) string {
	who := strings.Join(r.who.Names(), ", ")
	switch {
	case r.public:
		return "anybody"
	case r.device && who == "":
		return "a paired device"
	case r.device:
		return who + ", a paired device"
	}
	return who
}
