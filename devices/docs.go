package devices

import (
	"fmt"
	"html"
	"strings"

	"floorline/floor"
)

// docs is the API as a page to read: no script, no style from elsewhere.
func docs(c *call) error {
	var b strings.Builder
	b.WriteString(docsHead)
	b.WriteString(`<h2>Routes</h2><div tabindex="0" role="region" aria-label="Routes"><table><thead><tr><th>Call<th>What it is<th>Takes<th>Who may call</thead><tbody>`)
	known := shapes()
	for _, r := range c.s.routes() {
		s := known[r.method+" "+r.path]
		fmt.Fprintf(&b, "<tr><td><code>%s %s</code><td>%s<td>%s<td>%s\n", r.method, html.EscapeString(r.path), html.EscapeString(s.about),
			html.EscapeString(takes(s)), html.EscapeString(whoMay(r)))
	}
	b.WriteString(`</tbody></table></div><h2>Socket frames</h2><div tabindex="0" role="region" aria-label="Socket frames"><table><thead><tr><th>Type<th>From<th>What it is</thead><tbody>`)
	for _, m := range messages() {
		from := "floor"
		if m.toFloor {
			from = "device"
		}
		fmt.Fprintf(&b, "<tr><td><code>%s</code><td>%s<td>%s\n", m.name, from, html.EscapeString(m.about))
	}
	b.WriteString(`</tbody></table></div><h2>Close codes</h2><div tabindex="0" role="region" aria-label="Close codes"><table><tbody>`)
	for _, x := range closeCodes {
		fmt.Fprintf(&b, "<tr><td><code>%d</code><td>%s\n", x.code, html.EscapeString(x.means))
	}
	b.WriteString(`</tbody></table></div><h2>Verdicts</h2><div tabindex="0" role="region" aria-label="Verdicts"><table><thead><tr><th>Code<th>Class<th>Sentence</thead><tbody>`)
	for _, s := range floor.Sentences() {
		fmt.Fprintf(&b, `<tr id="%s"><td><code>%s</code><td>%s<td>%s`+"\n", s.Code, s.Code, s.Class, html.EscapeString(s.Say))
	}
	b.WriteString("</tbody></table></div></main>")
	c.Set("Content-Type", "text/html; charset=utf-8")
	return c.SendString(b.String())
}

// takes says in a few words what a call is sent.
func takes(s shape) string {
	var parts []string
	switch {
	case s.file != "":
		parts = append(parts, "the file itself")
	case len(s.need) > 0:
		parts = append(parts, "JSON with "+strings.Join(s.need, ", "))
	case s.in != nil:
		parts = append(parts, "JSON")
	}
	if len(s.query) > 0 {
		parts = append(parts, "?"+strings.Join(s.query, "= &")+"=")
	}
	return strings.Join(parts, "; ")
}

const docsHead = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Floorline API</title><link rel="stylesheet" href="/api/docs.css"><main>
<h1>Floorline API</h1>
<p>JSON over HTTP with <code>Authorization: Bearer TOKEN</code>; live over the socket <code>/api/v1/socket</code>, subprotocol <code>floorline.v1</code>.
For machines: <a href="/api/openapi.json">OpenAPI</a>, <a href="/api/asyncapi.json">AsyncAPI</a>.</p>
<ul>
<li>JSON is read strictly: unknown, repeated or wrong-case keys are refused, with the place of every fault.</li>
<li>A refusal is <code>application/problem+json</code> with a stable <code>code</code>, and <code>errors</code> that list everything that is wrong.</li>
<li>With an <code>Idempotency-Key</code> a POST can be sent again: the answer is the same, with <code>Idempotency-Replayed: true</code>; another body is 422. An answer that shows a secret is shown once (409).</li>
<li>Lists answer <code>{"items":[...],"next":"..."}</code>; send <code>next</code> as <code>?cursor=</code> for the page after.</li>
<li>Items and bins carry an <code>ETag</code>; with <code>If-Match</code> only what you have seen is replaced (412). <code>PATCH</code> wants it (428); <code>*</code> stands for whatever is there now.</li>
<li>Times are RFC 3339 in UTC, lengths millimetres, weights grams, money the smallest coin.</li>
</ul>
`

func docsCSS(c *call) error {
	c.Set("Content-Type", "text/css; charset=utf-8")
	return c.SendString(`:root{color-scheme:light dark}body{background:Canvas;color:CanvasText;font:16px/1.5 system-ui,sans-serif;margin:0}main{max-width:80rem;margin:2rem auto;padding:0 1rem}div{overflow-x:auto}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .6rem;border-bottom:1px solid color-mix(in srgb,currentColor 20%,transparent);vertical-align:top}code{font-size:.95em}tr:target{outline:2px solid}`)
}
