package floor

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// walkAhead is the whole rule by which a device goes on without the floor: the scan is one of the codes that are
// wanted, to the character once the scanner's own mark is off, the step is safe, and the step after it is known.
// static/src/job/walk.ts is the same rule, and floor/testdata/ahead.json holds both to it.
func walkAhead(n *Next, code string) *Next {
	_, text := splitAIM(code)
	if !n.Offline || len(n.Ahead) == 0 || !slices.ContainsFunc(n.Want, func(w Want) bool { return w.Code == text }) {
		return nil
	}
	to := *n.Ahead[0]
	to.Show.Worker, to.Ahead = n.Show.Worker, n.Ahead[1:]
	return &to
}

// plainNext is what a device shows of a next, without the steps after it and without what others told it.
func plainNext(t testing.TB, n *Next) string {
	c := *n
	c.Ahead, c.Notices, c.Language = nil, nil, "" // the language is said of a whole answer, once
	b, err := json.MarshalIndent(&c, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// sent is a next as it reaches a device: nothing of it is the floor's own any more.
func sent(t testing.TB, n *Next) *Next {
	b, err := json.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	c := new(Next)
	if err := json.Unmarshal(b, c); err != nil {
		t.Fatal(err)
	}
	return c
}

// Whatever a device walks through on its own, the floor judges alike when it comes back: every scan is taken, and
// each leads to the very step that the device had shown. Seed by seed, over jobs of every kind.
func TestAheadAgreesWithTheFloor(t *testing.T) {
	walked := map[string]int{}
	for seed := uint64(1); seed <= 150; seed++ {
		aheadDay(t, seed, walked)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	for _, to := range []string{"bin", "item", "serial", "slot", "stage", "pass", "asked"} {
		if walked[to] < 10 {
			t.Errorf("only %d walks ahead came to %s: this shows nothing", walked[to], to)
		}
	}
	t.Logf("walked ahead and judged alike, by the step that was come to: %v", walked)
}

func aheadDay(t *testing.T, seed uint64, walked map[string]int) {
	d := aheadHouse(t, seed)
	h := &hand{f: d.shift, device: d.device(1), worker: d.worker(3)}
	h.send(SignIn{h.worker}).expect(CodeSignedIn)
	for range 12 {
		h.act(Act{Action: "start", Job: []string{"pick", "pick", "putback", "sort"}[d.r.IntN(4)]})
		for range 60 {
			n := h.next()
			if n.Job == nil || t.Failed() {
				break
			}
			if n.Offline && d.r.IntN(3) > 0 {
				h.outOfReach(d.r, walked)
				continue
			}
			if d.r.IntN(5) == 0 {
				d.wrong(d.s.Devices[h.device], n)
			} else if !h.plain(n) {
				break
			}
		}
	}
}

// aheadHouse is a day with stock of every kind and waves of every method.
func aheadHouse(t *testing.T, seed uint64) *day {
	d := &day{shift: newShift(t), r: rand.New(rand.NewPCG(seed, 31))}
	d.measure()
	for i := range 4 {
		d.stock(BinCode(fmt.Sprintf("A%d-00", i%3)), "MUG", int64(1+d.r.IntN(9)))
		d.stock(BinCode(fmt.Sprintf("A%d-03", i%3)), "BOX", int64(1+d.r.IntN(9)))
		d.must(AdjustStock{Bin: BinCode(fmt.Sprintf("A%d-02", i%3)), SKU: "TEA", Qty: int64(1 + d.r.IntN(9)), Lot: fmt.Sprint("L", i), Expiry: fmt.Sprintf("2030-0%d-01", i+1)})
		d.must(AdjustStock{Bin: "A1-01", SKU: "CAM", Qty: 2, Serials: []string{fmt.Sprint("S", i), fmt.Sprint("R", i)}})
	}
	d.must(SaveItem{Item: Item{SKU: "BOX", Name: "BOX item", WeightG: 400, Barcodes: []Barcode{{Code: ean(4), Qty: 1}, {Code: "BOX-TWO", Qty: 1}, {Code: "0036000291452", Qty: 1}, {Code: "BOX-12", Qty: 12}}}})
	d.must(MakeTotes{Count: 100})
	d.must(SaveWall{Code: "W1", Slots: 3})
	d.grid()
	for c := range 4 { // a list that is handed on ends a walk ahead
		d.must(SaveBin{Bin: Bin{Code: BinCode(fmt.Sprintf("A2-%02d", c)), BinKind: "pick", Aisle: 2, Cell: c, Zone: "B"}})
	}
	asked := seed%2 == 0
	d.must(SaveSite{Site: Site{Name: "Test House"}, ZeroCheck: &asked})
	for range 4 {
		d.newOrder()
		d.newOrder()
		d.release()
	}
	return d
}

// outOfReach is a device without the floor for some scans. It shows what it was handed; then its scans are judged.
func (h *hand) outOfReach(r *rand.Rand, walked map[string]int) {
	t := h.f.t
	shown := sent(t, h.next())
	var codes []string
	var steps []*Next
	for range 1 + r.IntN(12) {
		if !shown.Offline || len(shown.Ahead) == 0 {
			break
		}
		code := shown.Want[r.IntN(len(shown.Want))].Code
		if r.IntN(3) == 0 {
			code = []string{"]C1", "]E0", "]Q1", "]d1"}[r.IntN(4)] + code
		}
		shown = walkAhead(shown, code)
		codes, steps = append(codes, code), append(steps, shown)
	}
	for i, code := range codes {
		h.late(Scan{Code: code}, h.f.now)
		if c := h.last.Class(); c != Accepted && c != Note {
			t.Errorf("the device went on with %s, the floor says %s (%s)", code, h.last.Code, Say("en", h.last))
			return
		}
		if is, was := plainNext(t, sent(t, h.next())), plainNext(t, steps[i]); is != was {
			t.Errorf("after %s the floor is elsewhere than the device showed:\nfloor %s\ndevice %s", code, is, was)
			return
		}
		walked[steps[i].Step]++
		if steps[i].Ask != nil {
			walked["asked"]++
		}
	}
}

// A device goes on at any code that stands for one unit, and at none that stands for more.
func TestUnitWants(t *testing.T) {
	it := &Item{SKU: "BOX", Barcodes: []Barcode{{Code: "BOX-12", Qty: 12}, {Code: "0036000291452", Qty: 1}, {Code: "BOX-TWO", Qty: 1}, {Code: "C", Qty: 1}, {Code: "D", Qty: 1}}}
	want := []Want{{"item", "0036000291452"}, {"item", "036000291452"}, {"item", "BOX-TWO"}, {"item", "C"}}
	if got := it.unitWants(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := (&Item{SKU: "BARE"}).unitWants(); !slices.Equal(got, []Want{{"item", "BARE"}}) {
		t.Errorf("an item without a barcode is wanted by its SKU, not %v", got)
	}
}
