package devices

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"floorline/floor"
)

// The description and the table say the same: no route without its shape, no shape without its route.
func TestEveryRouteHasItsShape(t *testing.T) {
	t.Parallel()
	known := shapes()
	for _, r := range (&Server{}).routes() {
		key := r.method + " " + r.path
		s, ok := known[key]
		if !ok || s.about == "" {
			t.Errorf("%s has no shape", key)
		}
		for _, q := range s.query {
			if asked[q] == nil {
				t.Errorf("%s asks for %s, which nothing explains", key, q)
			}
		}
		for _, n := range s.need {
			if !keysOf(reflect.TypeOf(s.in))[n] {
				t.Errorf("%s needs %s, which its body does not have", key, n)
			}
		}
		delete(known, key)
	}
	for key := range known {
		t.Errorf("%s has a shape but no route", key)
	}
}

func keysOf(t reflect.Type) map[string]bool {
	out := map[string]bool{}
	for name := range fieldsOf(t) {
		out[name] = true
	}
	return out
}

// Every list keeps to its limit, goes on with its cursor until everything was seen once, in order, and
// takes no cursor of another list.
func TestEveryListPages(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := openFrontAt(t, dir, func(o *Options) {
		if err := FillDemo(o.Keeper, dir); err != nil {
			t.Fatal(err)
		}
	})
	f.want(201, "POST", "/api/v1/waves", `{"filter":{},"method":"discrete"}`)
	var total int
	f.k.View(func(st *floor.State) {
		for sku := range st.Items {
			for _, r := range st.StockOf(sku) {
				if !strings.HasPrefix(string(r.Key.Place), "out:") {
					total++
				}
			}
		}
	})
	for path, want := range map[string]int{"/items": 200, "/bins": 126, "/totes": 60, "/cartons": 5, "/orders": 40, "/stock": total,
		"/picklists": 40, "/workers": 4, "/devices": 4, "/waves": 1, "/items?q=mug": 10, "/orders?status=released": 40, "/orders?status=held": 0} {
		seen, cursor := map[string]bool{}, ""
		for pages := 0; ; pages++ {
			glue := "?"
			if strings.Contains(path, "?") {
				glue = "&"
			}
			var page struct {
				Items []json.RawMessage
				Next  string
			}
			f.want(200, "GET", "/api/v1"+path+glue+"limit=7&cursor="+cursor, "").json(t, &page)
			if len(page.Items) > 7 || pages > 100 {
				t.Fatalf("%s: page %d has %d items", path, pages, len(page.Items))
			}
			for _, it := range page.Items {
				if seen[string(it)] {
					t.Fatalf("%s gives twice: %s", path, it)
				}
				seen[string(it)] = true
			}
			if cursor = page.Next; cursor == "" {
				break
			}
			other := "/api/v1/prints?cursor="
			f.want(400, "GET", other+cursor, "")
			f.want(400, "GET", "/api/v1"+path+glue+"cursor=A"+cursor, "")
		}
		if len(seen) != want {
			t.Errorf("%s gave %d in all, want %d", path, len(seen), want)
		}
	}
}

// A page of a long list is the same whichever way the map was walked, and holds the writer for a piece only.
func TestLongListInPieces(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	const n = 3*PieceSize + 17
	for at := 0; at < n; at += floor.RowLimit {
		v := floor.ImportItems{}
		for i := at; i < min(at+floor.RowLimit, n); i++ {
			v.Items, v.Rows = append(v.Items, floor.Item{SKU: floor.SKU(fmt.Sprintf("I%05d", i)), Name: "x"}), append(v.Rows, i)
		}
		f.do(v)
	}
	cursor, next := "", 0
	for {
		var page struct {
			Items []struct{ SKU string }
			Next  string
		}
		f.want(200, "GET", "/api/v1/items?limit=200&cursor="+cursor, "").json(t, &page)
		for _, it := range page.Items {
			if want := fmt.Sprintf("I%05d", next); it.SKU != want {
				t.Fatalf("%s came where %s was due", it.SKU, want)
			}
			next++
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	if next != n {
		t.Fatalf("%d of %d listed", next, n)
	}
}
