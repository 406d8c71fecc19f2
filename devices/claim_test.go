package devices

import (
	"strings"
	"sync"
	"testing"

	"floorline/floor"
)

// The code on the console makes one first admin, and a slip of the keyboard does not use it up.
func TestClaim(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	claim := func(status int, code, name, pin string) reply {
		t.Helper()
		return f.want(status, "POST", "/api/v1/claim", `{"code":"`+code+`","name":"`+name+`","pin":"`+pin+`"}`, "Authorization", "")
	}
	claim(403, "", "Eve", "86427531") // nobody has been shown a code yet
	code := f.s.ClaimCode()
	if again := f.s.ClaimCode(); again != code || len(code) < 16 {
		t.Fatalf("the code is %q, then %q", code, again)
	}
	claim(403, "guess", "Eve", "86427531")
	for _, wrong := range []struct{ name, pin, pointer string }{{"", "86427531", "/name"}, {"Ana", "", "/pin"}, {"Ana", "1234", "/pin"}} {
		if r := claim(422, code, wrong.name, wrong.pin); !strings.Contains(string(r.body), `"`+wrong.pointer+`"`) {
			t.Errorf("%v: %s", wrong, r.body)
		}
	}
	f.k.View(func(st *floor.State) {
		if st.Site.Claimed || len(st.Workers) != 0 {
			t.Error("a claim that was refused left something behind")
		}
	})
	r := claim(201, code, "Ana", "86427531")
	cookie, _, _ := strings.Cut(r.header.Get("Set-Cookie"), ";")
	f.want(201, "POST", "/api/v1/workers", `{"name":"Mia","roles":["picker"],"pin":""}`, "Authorization", "", "Cookie", cookie)
	f.k.View(func(st *floor.State) {
		if !st.Site.Claimed {
			t.Error("the house is not marked as claimed")
		}
	})
	claim(403, code, "Eve", "86427531")
}

// Of many who show the code at once, one is let in.
func TestClaimAtOnce(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	code := f.s.ClaimCode()
	statuses := make([]int, 8)
	var all sync.WaitGroup
	for i := range statuses {
		all.Go(func() {
			statuses[i] = f.call("POST", "/api/v1/claim", `{"code":"`+code+`","name":"Ana","pin":"86427531"}`, "Authorization", "").status
		})
	}
	all.Wait()
	in := 0
	for _, s := range statuses {
		switch s {
		case 201:
			in++
		case 403, 429:
		default:
			t.Errorf("%d", s)
		}
	}
	if in != 1 {
		t.Fatalf("%v", statuses)
	}
	f.k.View(func(st *floor.State) {
		if len(st.Workers) != 1 {
			t.Errorf("%d workers", len(st.Workers))
		}
	})
}
