package main

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// module is the house's own import path.
const module = "floorline"

// room is what a folder may import, and why.
type room struct {
	path   string
	may    []string // prefixes of import paths besides the standard library
	not    []string // of the standard library
	reason string
}

// rooms are the walls of the house. A room that is not listed here may not exist.
var rooms = []room{
	{"floor", []string{module + "/floor/"}, []string{"net", "os", "log", "io/fs", "syscall", "math/rand", "crypto/rand"},
		"the floor is a deterministic state machine: no net, disk, log or chance, so that a journal replays to the byte"},
	{"floor/words", nil, []string{"net", "os", "log"}, "what is said to people: it knows no floor state"},
	{"floor/route", nil, []string{"net", "os", "log"}, "a planner is pure and knows no floor state"},
	{"floor/batch", []string{module + "/floor/route"}, []string{"net", "os", "log"}, "a planner is pure and knows no floor state"},
	{"floor/carton", nil, []string{"net", "os", "log"}, "a planner is pure and knows no floor state"},
	{"floor/fixture", nil, []string{"net", "log"}, "where the public test data lies; for tests alone"},
	{"floor/tracking", nil, []string{"net", "os", "log"}, "a recogniser of numbers is pure and knows no parcels"},
	{"floor/gs1", nil, []string{"net", "os", "log"}, "a parser is pure and knows no floor state"},
	{"floor/forecast", nil, []string{"net", "os", "log"}, "a planner is pure and knows no floor state"},
	{"floor/intake", []string{module + "/floor/gs1"}, []string{"net", "os", "log"}, "a parser is pure and knows no floor state"},
	{"floor/witness", nil, []string{"net", "os", "log"}, "what weights say is arithmetic and knows no floor state"},
	{"floor/rates", nil, []string{"net", "os", "log"}, "prices and rules are pure and know no floor state"},
	{"floor/numbers", []string{module + "/floor/tracking"}, []string{"net", "os", "log"}, "numbers and their check digits are pure and know no floor state"},
	{"labels", []string{"github.com/jung-kurt/gofpdf", "github.com/boombuler/barcode", "golang.org/x/image/font/", "golang.org/x/image/math/",
		"golang.org/x/image/vector", "golang.org/x/text/", "github.com/go-text/typesetting/", "github.com/go-fonts/dejavu/", module + "/labels/address"},
		[]string{"net", "os", "log", "math/rand"}, "labels turn data into bytes: no floor, no store, no clock, no disk"},
	{"labels/address", nil, []string{"net", "os", "log"}, "how each country writes an address: facts and nothing else"},
	{"store", []string{module + "/floor", "github.com/dgraph-io/badger/v4", "github.com/fxamacker/cbor/v2", "golang.org/x/sys/"}, nil,
		"the store keeps what the floor decides; it alone knows Badger"},
	{"devices", []string{module + "/floor", module + "/labels", module + "/store", module + "/static", "github.com/gofiber/fiber/v2",
		"github.com/valyala/fasthttp", "github.com/gorilla/websocket", "github.com/boombuler/barcode", "golang.org/x/crypto/", "github.com/OpenPrinting/goipp", "github.com/oklog/ulid/v2",
		"github.com/segmentio/encoding/json", "golang.org/x/image/draw"},
		nil, "devices speak with people and machines; rules live in the floor"},
	{"devices/fonts", []string{module + "/labels", "github.com/go-text/typesetting/font"}, []string{"net", "log"},
		"the fonts of the machine, found on its disk, because labels may not look there"},
	{"static", nil, nil, "the screens and the one file that embeds them"},
	{"cmd/floorline", []string{module, "golang.org/x/"}, nil, "wiring only"},
	{"cmd/floorline/simulate", []string{"github.com/gorilla/websocket", "github.com/oklog/ulid/v2"}, nil,
		"the simulator is a client: it knows the contract and nothing behind it"},
	{"cmd/floorline/whatif", []string{module + "/floor", "github.com/fxamacker/cbor/v2"}, []string{"net", "os", "log"},
		"a day played beforehand has the floor's own code and no warehouse but the one handed in"},
}

// TestRooms fails where a room reaches through a wall, and says which wall and why it stands.
func TestRooms(t *testing.T) {
	for _, p := range packages(t) {
		path := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		r := roomOf(path)
		if r == nil {
			t.Errorf("%s is a room that the house does not have: add it to the table with its reason, or move the code", path)
			continue
		}
		for _, imp := range p.Imports {
			if why := r.forbids(imp); why != "" {
				t.Errorf("%s imports %s: %s (%s)", path, imp, why, r.reason)
			}
		}
	}
}

// TestFloorReadsNoClock fails where the floor or the labels ask for the time: it comes in with the command.
func TestFloorReadsNoClock(t *testing.T) {
	out, _ := exec.Command("grep", "-rnE", `time\.(Now|Since|After|Tick|Sleep)\(|\bgo func`, "--include=*.go", "--exclude=*_test.go",
		filepath.Join("..", "..", "floor"), filepath.Join("..", "..", "labels")).Output()
	if len(out) > 0 {
		t.Errorf("time, chance and goroutines come in from outside, so that the same commands give the same events:\n%s", out)
	}
}

// TestTopLevel fails where the top of the repository holds more than was agreed.
func TestTopLevel(t *testing.T) {
	agreed := map[string]bool{"cmd": true, "floor": true, "labels": true, "devices": true, "store": true, "static": true,
		"go.mod": true, "go.sum": true, "Makefile": true, "README.md": true}
	out, err := exec.Command("git", "-C", filepath.Join("..", ".."), "ls-tree", "--name-only", "HEAD").Output()
	if err != nil {
		t.Skip("not a git checkout: the top level is not checked")
	}
	for _, name := range strings.Fields(string(out)) {
		if !agreed[name] && !strings.HasPrefix(name, ".") {
			t.Errorf("%s lies at the top level; the rooms are %v", name, keys(agreed))
		}
	}
}

func keys(m map[string]bool) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

func roomOf(path string) *room {
	for i := range rooms {
		if rooms[i].path == path {
			return &rooms[i]
		}
	}
	return nil
}

func (r *room) forbids(imp string) string {
	if first, _, _ := strings.Cut(imp, "/"); !strings.Contains(first, ".") && first != module {
		for _, no := range r.not {
			if imp == no || strings.HasPrefix(imp, no+"/") {
				return "not in this room"
			}
		}
		return ""
	}
	for _, ok := range r.may {
		if imp == ok || strings.HasPrefix(imp, strings.TrimSuffix(ok, "/")+"/") {
			return ""
		}
	}
	return "this room may only use the standard library and " + strings.Join(r.may, ", ")
}

type pkg struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) []pkg {
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = filepath.Join("..", "..")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var p pkg
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if len(all) < 5 {
		t.Fatalf("only %d packages were found", len(all))
	}
	return all
}
