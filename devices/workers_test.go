package devices

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"floorline/floor"
)

// A worker is changed by who has seen what is changed: nothing is undone by accident.
func TestWorkersChange(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.worker("Mia", "picker", "86427531")
	const mia = "/api/v1/workers/U-0001-"
	path := mia + string(floor.CheckChar("U0001"))
	tag := f.want(200, "GET", path, "").header.Get("ETag")
	f.want(404, "GET", "/api/v1/workers/U-0099-X", "")
	f.want(428, "PATCH", path, `{"language":"de"}`)
	f.want(412, "PATCH", path, `{"language":"de"}`, "If-Match", `"other"`)
	f.want(404, "PATCH", "/api/v1/workers/U-0099-X", `{"language":"de"}`, "If-Match", "*")
	r := f.want(200, "PATCH", path, `{"language":"de"}`, "If-Match", tag)
	if got := f.want(200, "GET", path, "").header.Get("ETag"); got == tag || got != r.header.Get("ETag") {
		t.Errorf("the tag was %s, is %s, and the change said %s", tag, got, r.header.Get("ETag"))
	}
	f.want(412, "PATCH", path, `{"disabled":true}`, "If-Match", tag)
	tag = r.header.Get("ETag")
	tag = f.want(200, "PATCH", path, `{"pin":"97531864"}`, "If-Match", tag).header.Get("ETag")
	f.want(201, "POST", "/api/v1/sessions", `{"name":"Mia","pin":"97531864"}`, "Authorization", "")
	f.want(422, "PATCH", path, `{"badge":"U0000"}`, "If-Match", tag)
	if bytes := f.want(200, "GET", path, "").body; strings.Contains(string(bytes), "argon2") {
		t.Errorf("%s", bytes)
	}
}

// A new badge is shown once, and the journal never holds it.
func TestNewBadgeOnce(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	old := f.worker("Mia", "picker", "")
	path := "/api/v1/workers/U-0001-" + string(floor.CheckChar("U0001"))
	var shown struct{ Badge string }
	f.want(200, "PATCH", path, `{"badge":"new"}`, "If-Match", "*", "Idempotency-Key", "badge-1").json(t, &shown)
	if _, ok := badgeOf(shown.Badge); !ok {
		t.Fatalf("%q is no badge", shown.Badge)
	}
	if r := f.want(409, "PATCH", path, `{"badge":"new"}`, "If-Match", "*", "Idempotency-Key", "badge-1"); r.code() != "secret_shown_once" {
		t.Errorf("%s", r.body)
	}
	if found := fileWith(f.dir, shown.Badge); found != "" {
		t.Errorf("%s holds the badge", found)
	}
	d := f.pair("handheld")
	d.hello("")
	d.expect(d.scan(old), "unknown_badge")
	d.expect(d.scan(shown.Badge), "signed_in")
}

// Changes made at once are all there after.
func TestWorkersChangeAtOnce(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.worker("Mia", "picker", "")
	path := "/api/v1/workers/U-0001-" + string(floor.CheckChar("U0001"))
	var all sync.WaitGroup
	for i := range 10 {
		for _, body := range []string{fmt.Sprintf(`{"name":"Mia %d"}`, i), `{"disabled":true}`, `{"roles":["picker","packer"]}`, `{"language":"nl"}`} {
			all.Go(func() {
				if r := f.call("PATCH", path, body, "If-Match", "*"); r.status != 200 {
					t.Errorf("%d %s", r.status, r.body)
				}
			})
		}
	}
	all.Wait()
	f.k.View(func(st *floor.State) {
		for _, w := range st.Workers {
			if !strings.HasPrefix(w.Name, "Mia ") || !w.Disabled || w.Roles != floor.RolePicker|floor.RolePacker || w.Language != "nl" {
				t.Errorf("%+v", *w)
			}
		}
	})
}

// Wrong tries wait, wait longer, and lock; a day later they are forgotten.
func TestTries(t *testing.T) {
	t.Parallel()
	k := newTries()
	left := func() time.Duration { l, _ := k.locked("here"); return l.Round(time.Second) }
	for i := range TriesLocked {
		want := time.Duration(0)
		switch n := i + 1; {
		case n >= TriesLocked:
			want = TryLock
		case n >= TriesFree:
			want = TryWait << (n - TriesFree)
		}
		if k.wrong("here"); left() != want {
			t.Errorf("after %d wrong tries one waits %v, want %v", i+1, left(), want)
		}
	}
	if _, locked := k.locked("there"); locked {
		t.Error("another place is locked too")
	}
	k.of["here"].last = time.Now().Add(-TryForgot - time.Minute)
	k.of["here"].until = time.Now().Add(-time.Minute)
	if k.wrong("here"); left() != 0 {
		t.Errorf("yesterday's tries still count: %v", left())
	}
	for i := range TriesKept + 10 {
		k.wrong(fmt.Sprint(i))
	}
	if len(k.of) > TriesKept {
		t.Errorf("%d places are remembered", len(k.of))
	}
}

// A device is renamed and unpaired by who has seen it as it is; its scans are no change of it.
func TestDeviceTags(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	d := f.pair("handheld")
	path := "/api/v1/devices/" + string(d.id)
	seen := f.want(200, "GET", path, "").header.Get("ETag")
	d.hello("")
	d.scan("nothing that anybody knows")
	if tag := f.want(200, "GET", path, "").header.Get("ETag"); tag != seen || tag == "" {
		t.Fatalf("a scan changed the tag from %s to %s", seen, tag)
	}
	now := f.want(200, "PUT", path, `{"name":"Handheld 7"}`, "If-Match", seen).header.Get("ETag")
	if now == seen || now != f.want(200, "GET", path, "").header.Get("ETag") {
		t.Fatalf("renamed, and the tag is %s after %s", now, seen)
	}
	for _, c := range []struct {
		status                int
		method, body, ifMatch string
	}{
		{412, "PUT", `{"name":"Handheld 8"}`, seen},
		{200, "PUT", `{"name":"Handheld 7"}`, ""},
		{428, "DELETE", "", ""},
		{412, "DELETE", "", seen},
		{412, "DELETE", "", `"nonsense"`},
		{204, "DELETE", "", now},
		{404, "DELETE", "", "*"},
		{404, "GET", "", ""},
	} {
		f.want(c.status, c.method, path, c.body, "If-Match", c.ifMatch)
	}
	var token struct{ ID string }
	f.want(201, "POST", "/api/v1/tokens", `{"name":"till","roles":["integration"]}`).json(t, &token)
	f.want(412, "DELETE", "/api/v1/tokens/"+token.ID, "", "If-Match", seen)
	f.want(204, "DELETE", "/api/v1/tokens/"+token.ID, "")
}
