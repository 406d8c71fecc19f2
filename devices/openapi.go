package devices

import (
	"fmt"
	"html"
	"regexp"
	"strings"

	"floorline/floor"
)

var pathParam = regexp.MustCompile(`:([a-z]+)`)

// openapi describes the API, from the very table that serves it.
func openapi(c *call) error {
	paths := map[string]map[string]any{}
	for _, r := range c.s.routes() {
		p := pathParam.ReplaceAllString(r.path, "{$1}")
		if paths[p] == nil {
			paths[p] = map[string]any{}
		}
		op := map[string]any{"operationId": strings.ToLower(r.method) + strings.NewReplacer("/", "_", ":", "", ".", "_", "-", "_").Replace(r.path),
			"summary": summary(r), "responses": map[string]any{
				"2XX":     map[string]any{"description": "done"},
				"default": map[string]any{"description": "refused", "content": map[string]any{"application/problem+json": map[string]any{"schema": map[string]any{"$ref": "#/components/schemas/Problem"}}}}}}
		if !r.public {
			op["security"] = []any{map[string]any{"bearer": []any{}}}
		}
		if names := pathParam.FindAllStringSubmatch(r.path, -1); names != nil {
			var params []any
			for _, n := range names {
				params = append(params, map[string]any{"name": n[1], "in": "path", "required": true, "schema": map[string]any{"type": "string"}})
			}
			op["parameters"] = params
		}
		paths[p][strings.ToLower(r.method)] = op
	}
	return c.json(200, map[string]any{"openapi": "3.1.0", "info": map[string]any{"title": "Floorline", "version": "1"}, "paths": paths,
		"components": map[string]any{"securitySchemes": map[string]any{"bearer": map[string]any{"type": "http", "scheme": "bearer"}},
			"schemas": map[string]any{"Problem": map[string]any{"type": "object", "required": []string{"type", "title", "status", "code", "detail"},
				"properties": map[string]any{"type": text(), "title": text(), "status": map[string]any{"type": "integer"}, "code": text(), "detail": text(),
					"errors": map[string]any{"type": "array", "items": map[string]any{"type": "object", "properties": map[string]any{"pointer": text(), "code": text(), "detail": text()}}}}}}}})
}

func text() map[string]any { return map[string]any{"type": "string"} }

// summary says who may call a route.
func summary(r route) string {
	who := strings.Join(r.who.Names(), ", ")
	switch {
	case r.public:
		who = "anybody"
	case r.device && who == "":
		who = "a paired device"
	case r.device:
		who += ", a paired device"
	}
	return fmt.Sprintf("%s %s: %s", r.method, r.path, who)
}

// asyncapi describes the socket.
func asyncapi(c *call) error {
	message := func(name, about string, fields ...string) map[string]any {
		props := map[string]any{"type": map[string]any{"const": name}}
		for _, f := range fields {
			props[f] = map[string]any{}
		}
		return map[string]any{"name": name, "summary": about, "payload": map[string]any{"type": "object", "properties": props}}
	}
	messages := map[string]any{
		"hello":    message("hello", "the first frame, within 5 seconds", "token", "epoch", "seq", "topics"),
		"scan":     message("scan", "a code was read", "id", "n", "code", "origin", "at"),
		"do":       message("do", "an action", "id", "n", "action", "args", "at"),
		"welcome":  message("welcome", "who you are and what is next", "epoch", "seq", "hash", "recovered", "n", "device", "worker", "next", "heartbeat_s"),
		"verdict":  message("verdict", "the answer to one scan or action", "id", "code", "class", "say", "scanned", "wanted", "belongs", "next", "epoch", "seq", "hash", "replayed"),
		"event":    message("event", "something happened", "epoch", "seq", "prev", "topic", "kind", "at", "data"),
		"snapshot": message("snapshot", "the present state of a topic", "topic", "seq", "items", "last"),
		"resend":   message("resend", "frames are missing: send again from this counter", "from"),
		"next":     message("next", "something outside changed what this device is asked for", "next"),
		"drain":    message("drain", "the server is about to stop", "retry_s"),
		"error":    message("error", "the frame could not be understood", "code", "say"),
	}
	refs := map[string]any{}
	for name := range messages {
		refs[name] = map[string]any{"$ref": "#/components/messages/" + name}
	}
	return c.json(200, map[string]any{"asyncapi": "3.0.0", "info": map[string]any{"title": "Floorline socket", "version": "1"},
		"channels": map[string]any{"socket": map[string]any{"address": "/api/v1/socket", "messages": refs}},
		"operations": map[string]any{
			"send":    map[string]any{"action": "send", "channel": map[string]any{"$ref": "#/channels/socket"}},
			"receive": map[string]any{"action": "receive", "channel": map[string]any{"$ref": "#/channels/socket"}}},
		"components": map[string]any{"messages": messages}})
}

// docs is the API as a page to read.
func docs(c *call) error {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Floorline API</title><link rel="stylesheet" href="/api/docs.css"><main><h1>Floorline API</h1><p>JSON over HTTP with <code>Authorization: Bearer TOKEN</code>; live over the socket <code>/api/v1/socket</code>. Machine-readable: <a href="/api/openapi.json">OpenAPI</a>, <a href="/api/asyncapi.json">AsyncAPI</a>.</p><h2>Routes</h2><table><thead><tr><th>Method<th>Path<th>Who may call</thead><tbody>`)
	for _, r := range c.s.routes() {
		who := summary(r)
		fmt.Fprintf(&b, "<tr><td>%s<td><code>%s</code><td>%s\n", r.method, html.EscapeString(r.path), html.EscapeString(who[strings.Index(who, ": ")+2:]))
	}
	b.WriteString("</tbody></table><h2>Verdicts</h2><table><thead><tr><th>Code<th>Class<th>Sentence</thead><tbody>")
	for _, s := range floor.Sentences() {
		fmt.Fprintf(&b, `<tr id="%s"><td><code>%s</code><td>%s<td>%s`+"\n", s.Code, s.Code, s.Class, html.EscapeString(s.Say))
	}
	b.WriteString("</tbody></table></main>")
	c.Set("Content-Type", "text/html; charset=utf-8")
	return c.SendString(b.String())
}

func docsCSS(c *call) error {
	c.Set("Content-Type", "text/css; charset=utf-8")
	return c.SendString(`:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0}main{max-width:70rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .6rem;border-bottom:1px solid color-mix(in srgb,currentColor 20%,transparent);vertical-align:top}code{font-size:.95em}`)
}
