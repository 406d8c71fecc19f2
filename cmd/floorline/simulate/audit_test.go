package simulate

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// dialogue is a short recorded day: one order of two units is picked, packed and driven away.
const dialogue = `
{"ctx":{"job":{"kind":"pick","id":"PL-1"},"step":"tote","show":{"order":"O-1"}},"frame":{"type":"scan","code":"T-1"},"verdict":{"code":"tote_taken","class":"accepted"}}
{"ctx":{"job":{"kind":"pick","id":"PL-1"},"step":"bin","show":{"order":"O-1","item":{"sku":"MUG"}}},"frame":{"type":"scan","code":"B-1"},"verdict":{"code":"bin_ok","class":"accepted"}}
{"ctx":{"job":{"kind":"pick","id":"PL-1"},"step":"item","show":{"order":"O-1","item":{"sku":"MUG"}}},"frame":{"type":"scan","code":"MUG-U"},"verdict":{"code":"picked","class":"accepted"}}
{"ctx":{"job":{"kind":"pick","id":"PL-1"},"step":"item","show":{"order":"O-1","item":{"sku":"MUG"}}},"frame":{"type":"scan","code":"MUG-U"},"verdict":{"code":"line_picked","class":"accepted"}}
{"ctx":{"job":{"kind":"pick","id":"PL-1"},"step":"stage"},"frame":{"type":"scan","code":"B-STAGE"},"verdict":{"code":"list_done","class":"accepted"}}
{"ctx":{"job":{"kind":"pack","id":"O-1"},"step":"item","show":{"item":{"sku":"MUG"},"qty":2}},"frame":{"type":"scan","code":"MUG-U"},"verdict":{"code":"verified","class":"accepted"}}
{"ctx":{"job":{"kind":"pack","id":"O-1"},"step":"item","show":{"item":{"sku":"MUG"},"qty":1}},"frame":{"type":"do","action":"qty","args":{"qty":1}},"verdict":{"code":"all_verified","class":"accepted"}}
{"ctx":{"job":{"kind":"pack","id":"O-1"},"step":"label"},"frame":{"type":"scan","code":"FL1"},"verdict":{"code":"order_packed","class":"accepted"}}
{"ctx":{"job":{"kind":"load","id":"M-1"},"step":"parcel"},"frame":{"type":"scan","code":"FL1"},"verdict":{"code":"all_loaded","class":"accepted"}}
{"ctx":{"job":{"kind":"load","id":"M-1"},"step":"close"},"frame":{"type":"do","action":"close"},"verdict":{"code":"departed","class":"accepted"}}
`

// movedUnits is what the journal of that day says each command moved.
var movedUnits = []int64{0, 0, 1, 1, 0, 1, 1, 0, 0, 2}

func replay(t *testing.T, lines string) (*book, *device) {
	t.Helper()
	b := newBook(newBoard(1))
	b.stock.articles = []article{{sku: "MUG", code: "MUG-U", pack: "MUG-X6"}}
	b.stock.index()
	b.newOrder("O-1", "swift", map[string]int64{"MUG": 2})
	b.board.trucks["swift"] = &truck{carrier: "swift", manifest: "M-1"}
	return b, replayOn(t, b, lines)
}

// replayOn gives a book the verdicts of a recorded day.
func replayOn(t *testing.T, b *book, lines string) *device {
	t.Helper()
	d := &device{ID: "D-1", label: "test", book: b, codes: map[string]string{}}
	for i, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		var said struct {
			Ctx     *next
			Frame   *frame
			Verdict *reply
		}
		if err := json.Unmarshal([]byte(line), &said); err != nil {
			t.Fatalf("line %d: %v", i, err)
		}
		f := said.Frame
		if n, ok := f.Args["qty"].(float64); ok {
			f.Args["qty"] = int64(n)
		}
		f.ID, f.N, f.ctx = fmt.Sprintf("id-%d", i+1), uint64(i+1), said.Ctx
		b.verdict(d, f, said.Verdict)
	}
	return d
}

// entry is a line of a journal as the server shows it.
func entry(seq int, device, command, kind, data string) string {
	return fmt.Sprintf(`{"seq":%d,"device":%q,"command":%q,"kind":%q,"data":%s}`, seq, device, command, kind, data)
}

// trueJournal is the journal of the recorded day.
func trueJournal(b *book) []string {
	var out []string
	for i, a := range b.acks {
		if n := movedUnits[i]; n > 0 {
			out = append(out, entry(len(out)+1, "D-1", a.id, "line_picked", fmt.Sprintf(`{"move":{"qty":%d}}`, n)))
		}
		out = append(out, entry(len(out)+1, "D-1", a.id, "answered", fmt.Sprintf(`{"id":%q,"n":%d,"code":%q}`, a.id, a.n, a.code)))
	}
	return out
}

func audited(t *testing.T, b *book, records []string) *Report {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var since int
		_, _ = fmt.Sscanf(r.URL.Query().Get("since"), "%d", &since)
		page := []string{}
		for _, line := range records {
			var head record
			_ = json.Unmarshal([]byte(line), &head)
			if int(head.Seq) >= since && len(page) < 3 { // inclusive, in small pages
				page = append(page, line)
			}
		}
		fmt.Fprintf(w, `{"items":[%s],"next":""}`, strings.Join(page, ","))
	}))
	defer server.Close()
	j, err := readJournal(t.Context(), newAPI(server.URL, "t"), 0, map[string]bool{"D-1": true})
	if err != nil {
		t.Fatal(err)
	}
	r := &Report{}
	b.unanswered = map[string]bool{}
	j.compare(b, r)
	r.Mismatched, r.Problems = b.wrongs, b.problems
	return r
}

// A true journal is clean; each lie in it is found, and called by its right name.
func TestLiesInTheJournal(t *testing.T) {
	for _, c := range []struct {
		name                      string
		lie                       func([]string) []string
		lost, doubled, mismatched int
	}{
		{"the truth", func(l []string) []string { return l }, 0, 0, 0},
		{"somebody else's records", func(l []string) []string { return append(l, entry(99, "D-9", "x", "answered", `{"id":"x","n":1}`)) }, 0, 0, 0},
		{"a verdict is gone", func(l []string) []string { return l[1:] }, 1, 0, 0},
		{"the end is gone", func(l []string) []string { return l[:len(l)-2] }, 1, 0, 0},
		{"a verdict stands twice", func(l []string) []string { return append(l, strings.Replace(l[0], `"seq":1`, `"seq":99`, 1)) }, 0, 1, 0},
		{"units were moved twice", func(l []string) []string {
			return append(l, entry(99, "D-1", "id-3", "line_picked", `{"move":{"qty":1}}`))
		}, 0, 1, 0},
		{"units came from nowhere", func(l []string) []string {
			return append(l, entry(99, "D-1", "id-1", "units_packed", `{"moves":[{"qty":1}]}`))
		}, 0, 1, 0},
		{"a movement is missing", func(l []string) []string { return append(l[:2:2], l[3:]...) }, 0, 0, 1},
		{"another verdict", func(l []string) []string { l[0] = strings.Replace(l[0], "tote_taken", "tote_in_use", 1); return l }, 0, 0, 1},
		{"another counter", func(l []string) []string { l[0] = strings.Replace(l[0], `"n":1,`, `"n":77,`, 1); return l }, 0, 0, 1},
		{"a counter under two ids", func(l []string) []string {
			return append(l, entry(99, "D-1", "ghost", "answered", `{"id":"ghost","n":1,"code":"picked"}`))
		}, 0, 1, 1},
		{"a command that nobody sent", func(l []string) []string {
			return append(l, entry(99, "D-1", "ghost", "answered", `{"id":"ghost","n":77,"code":"picked"}`))
		}, 0, 0, 1},
	} {
		b, _ := replay(t, dialogue)
		r := audited(t, b, c.lie(trueJournal(b)))
		if r.Lost != c.lost || r.Doubled != c.doubled || r.Mismatched != c.mismatched {
			t.Errorf("%s: lost %d, doubled %d, mismatched %d; want %d, %d, %d: %v", c.name, r.Lost, r.Doubled, r.Mismatched, c.lost, c.doubled, c.mismatched, r.Problems)
		}
	}
}

// An order that differs from what its verdicts add up to is found, whatever differs.
func TestLiesAboutAnOrder(t *testing.T) {
	const truth = `{"id":"O-1","status":"dispatched","lines":[{"sku":"MUG","ordered":2,"picked":2,"packed":2,"shipped":2}],"parcels":[{"tracking":"FL1","status":"dispatched"}]}`
	for _, c := range []struct {
		name, from, to, settled                        string
		dispatched, explained, unexplained, mismatched int
	}{
		{"the truth", "", "", "dispatched", 1, 0, 0, 0},
		{"picked more", `"picked":2`, `"picked":3`, "dispatched", 1, 0, 0, 1},
		{"packed less", `"packed":2`, `"packed":1`, "dispatched", 1, 0, 0, 2},
		{"shipped less", `"shipped":2`, `"shipped":1`, "dispatched", 1, 0, 0, 1},
		{"another parcel", `FL1`, `FL2`, "dispatched", 1, 0, 0, 1},
		{"held though it left", `dispatched","lines`, `held","lines`, "dispatched", 0, 1, 0, 1},
		{"left though nobody drove", "", "", "", 1, 0, 0, 1},
		{"cancelled in time", `dispatched","lines`, `cancelled","lines`, "cancelled", 0, 1, 0, 0},
		{"stuck", `dispatched","lines`, `packed","lines`, "", 0, 0, 1, 0},
	} {
		b, _ := replay(t, dialogue)
		b.of("O-1").settled = c.settled
		var v orderView
		if err := json.Unmarshal([]byte(strings.Replace(truth, c.from, c.to, 1)), &v); err != nil {
			t.Fatal(err)
		}
		r := &Report{}
		b.check(&v, r)
		if r.Dispatched != c.dispatched || r.Explained != c.explained || r.Unexplained != c.unexplained || b.wrongs != c.mismatched {
			t.Errorf("%s: dispatched %d, explained %d, neither %d, mismatched %d: %v", c.name, r.Dispatched, r.Explained, r.Unexplained, b.wrongs, b.problems)
		}
	}
}

// The verdicts of a list's picks reached their device only after another had finished the list.
func TestPickedAfterTheListWasDone(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(dialogue), "\n")
	done := lines[4]
	b, _ := replay(t, strings.Join(append([]string{done}, lines[:4]...), "\n"))
	if len(b.board.tasks) != 1 || b.board.tasks[0] != (task{kind: "pack", id: "O-1"}) {
		t.Errorf("%+v", b.board.tasks)
	}
}

// The verdict of the last load reached its device only after another had closed the door.
func TestLoadedAfterDeparture(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(dialogue), "\n")
	n := len(lines)
	lines[n-2], lines[n-1] = lines[n-1], lines[n-2]
	b, _ := replay(t, strings.Join(lines, "\n"))
	if o := b.orders["O-1"]; o.settled != "dispatched" || b.board.open != 0 || b.board.trucks["swift"].waiting != 0 {
		t.Errorf("%+v, %d open, %d waiting", o, b.board.open, b.board.trucks["swift"].waiting)
	}
	if units := b.acks[n-2].units; units != 2 {
		t.Errorf("the truck left with %d units", units)
	}
}

// The recorded day settles its order by its verdicts alone.
func TestTallyOfADay(t *testing.T) {
	b, _ := replay(t, dialogue)
	o := b.of("O-1")
	if o.settled != "dispatched" || o.picked["MUG"] != 2 || o.packed["MUG"] != 2 || o.parcels["FL1"].units != 2 || b.board.unsettled() != 0 {
		t.Errorf("after the day the tally is %+v", o)
	}
	for i, a := range b.acks {
		if a.units != movedUnits[i] {
			t.Errorf("frame %d (%s) is booked with %d units, want %d", i+1, a.code, a.units, movedUnits[i])
		}
	}
}

// What is taken back is taken off the tally again, step by step; a refusal changes nothing.
func TestTallyOfErrors(t *testing.T) {
	const ctx = `{"ctx":{"job":{"kind":"pick","id":"PL-1"},"step":"item","show":{"order":"O-1","item":{"sku":"MUG"},"done":1}},`
	const undo = ctx + `"frame":{"type":"do","action":"undo"},"verdict":{"code":"undone","class":"note"}}`
	b, d := replay(t, strings.Join([]string{
		ctx + `"frame":{"type":"scan","code":"MUG-X6"},"verdict":{"code":"qty_exceeded","class":"refused"}}`,
		ctx + `"frame":{"type":"scan","code":"MUG-U"},"verdict":{"code":"picked","class":"accepted"}}`,
		ctx + `"frame":{"type":"scan","code":"MUG-X6"},"verdict":{"code":"picked","class":"accepted"}}`,
		ctx + `"frame":{"type":"do","action":"skip"},"verdict":{"code":"skipped","class":"note"}}`,
		undo, undo,
	}, "\n"))
	if got := b.of("O-1").picked["MUG"]; got != 1 {
		t.Errorf("after 1 + 6 units, a skip and two undos %d units are booked, want 1", got)
	}
	if last, known := b.canUndo(d, jobRef{"pick", "PL-1"}); !known || last.units != 1 {
		t.Errorf("the step that could be taken back is %+v, %v", last, known)
	}
	if _, known := b.canUndo(d, jobRef{"pick", "PL-2"}); known {
		t.Error("steps of another job must not be taken back")
	}
	if got := []int64{b.acks[0].units, b.acks[2].units, b.acks[5].units}; got[0] != 0 || got[1] != 6 || got[2] != 6 {
		t.Errorf("units booked: %v, want 0, 6 and 6", got)
	}
}

// A unit whose lot had to be said is booked when it was said, as what was scanned and not as what the screen showed.
func TestTallyOfLots(t *testing.T) {
	const ctx = `{"ctx":{"job":{"kind":"pack","id":"O-1"},"step":"item","show":{"order":"O-1","item":{"sku":"TEA"},"qty":2}},`
	b, _ := replay(t, strings.Join([]string{
		ctx + `"frame":{"type":"scan","code":"MUG-X6"},"verdict":{"code":"ambiguous","class":"choose"}}`,
		ctx + `"frame":{"type":"do","action":"answer","args":{"ask":"lot","value":"L1|2035-06-30"}},"verdict":{"code":"verified","class":"accepted"}}`,
	}, "\n"))
	if o := b.of("O-1"); o.packed["MUG"] != 6 || o.packed["TEA"] != 0 || b.acks[1].units != 6 {
		t.Errorf("packed %v, booked %d units; six mugs were", o.packed, b.acks[1].units)
	}
}
