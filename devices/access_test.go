package devices

import (
	"bufio"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"floorline/floor"
)

var rewriteAccess = flag.Bool("rewrite-access", false, "write what is into testdata/access.txt, to be read line by line")

// asker is one column of the access table: somebody who asks, and how they show who they are.
type asker struct {
	name string
	show func(f *front) []string // headers
}

// askers are everybody there is: nobody, a token of each role, a device with nobody on it and with each of two
// people, and two people at browsers.
func askers(f *front) []asker {
	out := []asker{{"none", func(*front) []string { return []string{"Authorization", ""} }}}
	for _, role := range []string{"picker", "packer", "inspector", "lead", "admin", "integration"} {
		r, _ := floor.RolesOf([]string{role})
		f.token("t-"+role, r)
		out = append(out, asker{role, func(*front) []string { return []string{"Authorization", "Bearer t-" + role} }})
	}
	for _, on := range []string{"", "picker", "lead"} {
		d := f.pair("handheld")
		name := "device"
		if on != "" {
			name += "+" + on
			d.hello("")
			d.expect(d.scan(f.worker("On "+on, on, "")), "signed_in")
		}
		out = append(out, asker{name, func(*front) []string { return []string{"Authorization", "Bearer " + d.token} }})
	}
	for _, role := range []string{"picker", "lead", "admin"} {
		r, _ := floor.RolesOf([]string{role})
		id := f.do(floor.SaveWorker{Worker: floor.Worker{Name: "At " + role, Roles: r}}).(*floor.WorkerView).ID
		out = append(out, asker{"session:" + role, func(f *front) []string { // anew each time: signing out is a route too
			secret := newSecret(20)
			f.do(floor.MakeCredential{Credential: floor.Credential{Digest: digest(secret), What: "session", Worker: id}})
			return []string{"Authorization", "", "Cookie", SessionCookie + "=" + secret}
		}})
	}
	return out
}

// Every route with everybody: testdata/access.txt says by hand who is let in, and a route that is not in it fails.
func TestAccessTable(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.do(floor.SaveWorker{Worker: floor.Worker{Name: "Boss", Roles: floor.RoleAdmin}})
	all := askers(f)
	want := readAccess(t, all)
	var is []string
	for _, r := range f.s.routes() {
		route := r.method + " " + r.path
		var in []string
		for _, a := range all {
			if f.letIn(r, a) {
				in = append(in, a.name)
			}
		}
		who := strings.Join(in, " ")
		if len(in) == len(all) {
			who = "everybody"
		}
		is = append(is, route+" : "+who)
		may, known := want[route]
		if !known {
			t.Errorf("%s is not in testdata/access.txt: write there who may call it", route)
		} else if !slices.Equal(may, in) {
			t.Errorf("%s\n lets in %v\n and may %v", route, in, may)
		}
		delete(want, route)
	}
	for route := range want {
		t.Errorf("testdata/access.txt has %s, which is no route", route)
	}
	if *rewriteAccess {
		if err := os.WriteFile("testdata/access.txt", []byte(accessHead+strings.Join(is, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

const accessHead = `# Who is let in to what: one route a line, then everybody who may call it. Whoever is not named is turned away with
# 401 (nobody) or 403 (somebody without the role). A device counts as its worker too; "device" alone is one with nobody on it.
`

// letIn says whether somebody passes the door of a route; what comes behind it does not matter here.
func (f *front) letIn(r route, a asker) bool {
	f.t.Helper()
	got := f.ask(r.method, pathParam.ReplaceAllString(r.path, "x"), "", a.show(f)...)
	switch code := got.code(); {
	case got.status == 401 && code == "sign_in" && a.name == "none":
		return false
	case got.status == 403 && code == "not_allowed":
		return false
	case got.status == 401 && code == "sign_in":
		f.t.Errorf("%s is not known at %s %s", a.name, r.method, r.path)
	case code == "foreign_origin" || code == "too_fast":
		f.t.Errorf("%s %s: %s", r.method, r.path, code)
	}
	return true
}

func readAccess(t *testing.T, all []asker) map[string][]string {
	t.Helper()
	file, err := os.Open("testdata/access.txt")
	if err != nil {
		if *rewriteAccess {
			return map[string][]string{}
		}
		t.Fatal(err)
	}
	defer file.Close()
	out := map[string][]string{}
	for in := bufio.NewScanner(file); in.Scan(); {
		line := in.Text()
		if strings.HasPrefix(line, "#") || line == "" {
			continue
		}
		route, who, ok := strings.Cut(line, " : ")
		if !ok {
			route, ok = strings.CutSuffix(line, " :")
		}
		if _, twice := out[route]; !ok || twice {
			t.Fatalf("testdata/access.txt: %q", line)
		}
		names := strings.Fields(who)
		if who == "everybody" {
			names = nil
			for _, a := range all {
				names = append(names, a.name)
			}
		}
		for _, n := range names {
			if !slices.ContainsFunc(all, func(a asker) bool { return a.name == n }) {
				t.Fatalf("testdata/access.txt names %s, who is nobody", n)
			}
		}
		out[route] = names
	}
	return out
}

// A door that is shut is shut before anything is read: what stands in the body, in the address or in a header about
// where the request came from does not matter.
func TestDoorsBeforeBodies(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.token("picker", floor.RolePicker)
	for _, r := range f.s.routes() {
		if r.public || floor.RolePicker.Has(r.who) {
			continue
		}
		path := pathParam.ReplaceAllString(r.path, "x")
		for _, body := range []string{"", "{", `{"role":"admin","roles":["admin"]}`} {
			got := f.ask(r.method, path+"?token="+adminToken+"&role=admin", body, "Authorization", "Bearer picker",
				"X-Forwarded-For", "127.0.0.1", "X-Http-Method-Override", "GET", "X-Original-Url", "/healthz", "X-Role", "admin")
			if got.status != 403 || got.code() != "not_allowed" {
				t.Errorf("%s %s %q: %d %s", r.method, r.path, body, got.status, got.code())
			}
		}
	}
}
