package floor

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"
)

var rewriteAhead = flag.Bool("rewrite-ahead", false, "write floor/testdata/ahead.json anew")

// walkCase is one walk out of reach, as a device and the floor must both see it: what the device was handed, and
// after each scan how many steps ahead it stands.
type walkCase struct {
	Name  string     `json:"name"`
	Next  *Next      `json:"next"`
	Scans []walkScan `json:"scans"`
}

type walkScan struct {
	Code string `json:"code"`
	At   int    `json:"at"`
}

// The rule by which a device walks on is written twice, here and in static/src/job/walk.ts. One file of walks holds
// both to it, and the floor with its real rules comes to the same steps.
func TestAheadGolden(t *testing.T) {
	var cases []walkCase
	for _, c := range []struct {
		name, method string
		zero         bool
		lines        [][]any
	}{
		{"one order, three of one item and two of another", "discrete", false, [][]any{{"MUG", 3, "BOX", 2}}},
		{"a cart of two orders with lots", "cluster", false, [][]any{{"MUG", 2, "TEA", 1}, {"BOX", 1, "MUG", 1}}},
		{"a batch in one tote, asked whether bins are empty", "batch", true, [][]any{{"MUG", 2}, {"MUG", 4}, {"BOX", 1}}},
		{"two lots in one bin, of which the first is used up", "discrete", false, [][]any{{"TEA", 5, "MUG", 1}}},
		{"serials", "discrete", false, [][]any{{"CAM", 2, "MUG", 1}}},
	} {
		cases = append(cases, walkedAlike(t, c.name, c.method, c.zero, c.lines))
	}
	b, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	b = bytes.ReplaceAll(append(b, '\n'), []byte(`{"job":`), []byte("\n{\"job\":"))
	if *rewriteAhead {
		if err := os.WriteFile("testdata/ahead.json", b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile("testdata/ahead.json")
	if err != nil || !bytes.Equal(kept, b) {
		t.Fatalf("the walks ahead are others than testdata/ahead.json has them (%v); where that is meant: go test ./floor -run AheadGolden -rewrite-ahead, then npx vitest run in static", err)
	}
}

// walkedAlike walks a list ahead to its end. Before each right scan come some that must lead nowhere on a device.
func walkedAlike(t *testing.T, name, method string, zero bool, lines [][]any) walkCase {
	f := newShift(t)
	f.stock("A0-00", "MUG", 6)
	f.stock("A2-03", "BOX", 9)
	f.must(AdjustStock{Bin: "A1-02", SKU: "TEA", Qty: 4, Lot: "L1", Expiry: "2030-01-01"})
	if len(lines) == 1 && lines[0][0] == "TEA" {
		f.must(AdjustStock{Bin: "A1-02", SKU: "TEA", Qty: 3, Lot: "L2", Expiry: "2030-02-01"})
	}
	f.must(AdjustStock{Bin: "A1-01", SKU: "CAM", Qty: 2, Serials: []string{"S1", "S2"}})
	f.must(SaveSite{Site: Site{Name: "Test House"}, ZeroCheck: &zero})
	var orders []OrderID
	for i, l := range lines {
		orders = append(orders, f.order(itoa(int64(i)), l...))
	}
	w := f.wave(method, orders...)
	mia := f.as(1, 1).scan(string(w.PickLists[0]))
	for mia.next().Step == "tote" {
		mia.scan(mia.next().Want[0].Code).expect(CodeToteTaken)
	}
	c := walkCase{Name: name, Next: sent(t, mia.next())}
	shown, at := c.Next, 0
	for shown.Offline {
		want := shown.Want[0].Code
		for _, other := range []string{"", "junk", want + "1", want[1:], " " + want, "]C1", "]C" + want, "C-UNDO", "N-2"} {
			if walkAhead(shown, other) != nil {
				t.Fatalf("%s: %q led on where %q is wanted", name, other, want)
			}
			c.Scans = append(c.Scans, walkScan{other, at})
		}
		code := []string{"", "]C1", "]E0"}[at%3] + want
		shown, at = walkAhead(shown, code), at+1
		c.Scans = append(c.Scans, walkScan{code, at})
		mia.late(Scan{Code: code}, f.now)
		if is, was := plainNext(t, sent(t, mia.next())), plainNext(t, shown); is != was {
			t.Fatalf("%s: after %s the floor is elsewhere:\n%s\n%s", name, code, is, was)
		}
	}
	bare(c.Next)
	return c
}

// bare takes the texts off: they change with the language, and no rule hangs on them.
func bare(n *Next) {
	n.Title, n.Language, n.Notices, n.Show = "", "", nil, Show{Bin: n.Show.Bin, Qty: n.Show.Qty, Done: n.Show.Done, Slot: n.Show.Slot, Worker: n.Show.Worker}
	if n.Ask != nil {
		n.Ask = &Ask{ID: n.Ask.ID, Kind: n.Ask.Kind}
	}
	for _, a := range n.Ahead {
		bare(a)
	}
}
