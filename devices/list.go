package devices

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"iter"
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"

	"floorline/floor"
)

// Limits of one page of a list.
const (
	PageDefault = 50
	PageLimit   = 200
)

// query is what a list was asked for.
type query struct {
	limit  int
	after  string
	text   string
	status string
}

// matches says whether any of the texts holds what was searched for.
func (q query) matches(texts ...string) bool {
	if q.text == "" {
		return true
	}
	for _, t := range texts {
		if strings.Contains(strings.ToLower(t), q.text) {
			return true
		}
	}
	return false
}

// entry is one line of a list: the key that it is sorted by, and how to show it. Only the lines of the page
// are made, so that a long list costs the writer little.
type entry struct {
	key  string
	make func() any
}

// line is one made line.
type line struct {
	key  string
	view any
}

// query reads ?limit=&cursor=&q=&status= and refuses a cursor that this server did not make for this list.
func (c *call) query() (query, *floor.Error) {
	q := query{limit: PageDefault, text: strings.ToLower(c.Query("q")), status: c.Query("status")}
	if l := c.Query("limit"); l != "" {
		n, err := strconv.Atoi(l)
		if err != nil || n < 1 {
			return q, &floor.Error{Kind: floor.Invalid, Code: "bad_limit", Say: "limit is a number from 1 to 200"}
		}
		q.limit = min(n, PageLimit)
	}
	if cur := c.Query("cursor"); cur != "" {
		after, ok := c.openCursor(cur)
		if !ok {
			return q, &floor.Error{Kind: "malformed", Code: "bad_cursor", Say: "this cursor is not of this list; begin again without one"}
		}
		q.after = after
	}
	return q, nil
}

// cursorSum binds a cursor to the list it is of: its path and everything that was asked but the page itself.
func (c *call) cursorSum(after string) []byte {
	m := hmac.New(sha256.New, c.s.cursor[:])
	m.Write([]byte(c.Path()))
	for _, name := range []string{"q", "status", "sku", "bin", "channel", "external_id", "weight", "lot", "serial", "tote", "parcel", "receipt", "sscc", "return", "sort"} {
		m.Write([]byte("\x00" + c.Query(name)))
	}
	m.Write([]byte("\x00" + after))
	return m.Sum(nil)[:12]
}

func (c *call) makeCursor(after string) string {
	return base64.RawURLEncoding.EncodeToString(append(c.cursorSum(after), after...))
}

func (c *call) openCursor(cur string) (string, bool) {
	b, err := base64.RawURLEncoding.DecodeString(cur)
	if err != nil || len(b) < 12 || !hmac.Equal(b[:12], c.cursorSum(string(b[12:]))) {
		return "", false
	}
	return string(b[12:]), true
}

// list answers with a page of what fn gives, sorted by key.
func list(c *call, fn func(st *floor.State, q query) []entry) error {
	q, err := c.query()
	if err != nil {
		return c.problem(err)
	}
	var all []line
	c.view(func(st *floor.State) { all = page(fn(st, q), &q) })
	return c.page(all, q)
}

// PieceSize is how many records of a long list are looked at in one go; between two the writer may write.
const PieceSize = 1000

// chosen is one record that stands on the page, with the key that it is sorted by.
type chosen[V any] struct {
	key string
	it  V
}

// first goes through a map in pieces and gives the limit+1 records next after a key that fit, sorted. A map
// of a hundred thousand is never held for longer than one piece.
func first[K ~string, V any](c *call, limit int, after string, m map[K]V, fits func(st *floor.State, key K, v V) bool) []chosen[V] {
	next, stop := iter.Pull2(maps.All(m))
	defer stop()
	var out []chosen[V]
	last := "" // of a full page; what comes after it is not looked at
	for more := true; more; {
		c.view(func(st *floor.State) {
			for range PieceSize {
				var k K
				var v V
				if k, v, more = next(); !more {
					return
				}
				if key := string(k); key > after && (last == "" || key < last) && fits(st, k, v) {
					out = append(out, chosen[V]{key, v})
				}
				if len(out) >= 4*(limit+1) {
					out = least(out, limit+1)
					last = out[limit].key
				}
			}
		})
	}
	return least(out, limit+1)
}

func least[V any](all []chosen[V], n int) []chosen[V] {
	slices.SortFunc(all, func(a, b chosen[V]) int { return strings.Compare(a.key, b.key) })
	return all[:min(n, len(all))]
}

// listOf answers with a page of a map's records that fit the query.
func listOf[K ~string, V any](c *call, of func(st *floor.State) map[K]V, fits func(q query, key K, v V) bool, show func(st *floor.State, v V) any) error {
	q, err := c.query()
	if err != nil {
		return c.problem(err)
	}
	var m map[K]V
	c.view(func(st *floor.State) { m = of(st) })
	found := first(c, q.limit, q.after, m, func(_ *floor.State, key K, v V) bool { return fits(q, key, v) })
	lines := make([]line, len(found))
	c.view(func(st *floor.State) {
		for i, x := range found {
			lines[i] = line{x.key, show(st, x.it)}
		}
	})
	return c.page(lines, q)
}

// page sorts entries and keeps one more than fits, to know whether there are more.
func page(all []entry, q *query) []line {
	sort.Slice(all, func(i, j int) bool { return all[i].key < all[j].key })
	from := sort.Search(len(all), func(i int) bool { return all[i].key > q.after })
	if q.after == "" {
		from = 0
	}
	all = all[from:]
	var out []line
	for _, e := range all[:min(len(all), q.limit+1)] {
		out = append(out, line{e.key, e.make()})
	}
	return out
}

func (c *call) page(all []line, q query) error {
	next := ""
	if len(all) > q.limit {
		all = all[:q.limit]
		next = c.makeCursor(all[len(all)-1].key)
	}
	items := make([]any, len(all))
	for i, e := range all {
		items[i] = e.view
	}
	return c.json(200, struct {
		Items []any  `json:"items"`
		Next  string `json:"next"`
	}{items, next})
}
