package floor

import (
	"floorline/floor/words"

	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

var (
	daySeeds = flag.Int("days", 200, "simulated days")
	daySeed  = flag.Uint64("day", 0, "replay one day by its seed")
)

// A day on the floor, seed by seed: random people do random things, sensible and not, repeat themselves,
// and the power fails. After every command the ledger is sound; after every restart the state from the
// journal, the state from rows and the state in memory are the same to the byte.
func TestSimulatedDays(t *testing.T) {
	if *daySeed != 0 {
		simulateDay(t, *daySeed, 600)
		return
	}
	for seed := uint64(1); seed <= uint64(*daySeeds); seed++ {
		simulateDay(t, seed, 300)
		if t.Failed() {
			t.Fatalf("replay with: go test ./floor -run SimulatedDays -day %d", seed)
		}
	}
}

type day struct {
	*shift
	r       *rand.Rand
	press   *rand.Rand // what printers do, so that the rest of a day is the same with and without them
	orders  []OrderID
	sent    []Command
	answers []*Answer
}

func simulateDay(t *testing.T, seed uint64, commands int) {
	d := &day{shift: newShift(t), r: rand.New(rand.NewPCG(seed, 7)), press: rand.New(rand.NewPCG(seed, 8))}
	d.measure()
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("day %d: %v", seed, p)
			panic(p)
		}
	}()
	for i := range 4 {
		d.stock(BinCode(fmt.Sprintf("A%d-00", i%3)), "MUG", int64(5+d.r.IntN(30)))
		d.stock(BinCode(fmt.Sprintf("A%d-03", i%3)), "BOX", int64(5+d.r.IntN(30)))
		d.must(AdjustStock{Bin: BinCode(fmt.Sprintf("A%d-02", i%3)), SKU: "TEA", Qty: int64(1 + d.r.IntN(9)), Lot: fmt.Sprint("L", i), Expiry: fmt.Sprintf("2030-0%d-01", i+1)})
		d.must(AdjustStock{Bin: "A1-01", SKU: "CAM", Qty: 2, Serials: []string{fmt.Sprint("S", i), fmt.Sprint("R", i)}})
	}
	d.must(SaveWall{Code: "W1", Slots: 3})
	d.grid()
	d.printers()
	d.must(SaveBin{Bin: Bin{Code: "QA", BinKind: "quarantine"}})
	asked := seed%2 == 0
	d.must(SaveSite{Site: Site{Name: "Test House"}, ZeroCheck: &asked})
	for i := range commands {
		d.something()
		d.printing()
		d.sound()
		if t.Failed() {
			t.Fatalf("day %d went wrong at command %d", seed, i)
		}
		if d.r.IntN(60) == 0 {
			d.restart(seed)
		}
	}
	d.restart(seed)
	d.finish(seed)
}

// finish lets plain workers end the day: whatever went wrong before, they find a way on from every step, and no list, no
// sorting, no packing and no put-back is left over.
func (d *day) finish(seed uint64) {
	d.t.Helper()
	d.must(MakeTotes{Count: 200})
	for a := range 3 {
		d.must(BlockAisle{Aisle: a, Open: true})
	}
	d.now += LeaseMS
	d.must(Tick{})
	for _, n := range []int{1, 2, 3, 4} {
		dev := d.s.Devices[d.device(n)]
		if dev.Worker != "" {
			d.frame(dev, Act{Action: "signout"})
		}
		d.frame(dev, SignIn{d.worker(3)})
	}
	for range 400 {
		idle := true
		for _, kind := range []string{"pick", "sort", "putback", "pack"} {
			n := 1 // the handheld
			if kind == "pack" {
				n = 2 // the bench
			}
			idle = !d.plainly(seed, n, kind) && idle
		}
		if idle {
			break
		}
	}
	if len(d.s.index.lists)+len(d.s.index.sortings)+len(d.s.index.picked)+len(d.s.index.packing)+len(d.s.PutBacks) > 0 {
		d.t.Fatalf("day %d ends with work left: lists %v, sortings %v, picked %v, packing %v, put-backs %v", seed, d.s.index.lists,
			d.s.index.sortings, d.s.index.picked, d.s.index.packing, d.s.PutBacks)
	}
	d.sound()
}

// plainly does one job of a kind as the plainest client would; a lead takes over what somebody left. It says whether
// there was one.
func (d *day) plainly(seed uint64, n int, kind string) bool {
	h := &hand{f: d.shift, device: d.device(n), worker: d.worker(3)}
	if h.next().Job == nil {
		start := Act{Action: "start", Job: kind, Reason: "the day ends"}
		for _, o := range h.next().Show.Jobs {
			if o.Job == kind {
				start.ID = o.ID
				break
			}
		}
		if h.act(start); h.next().Job == nil {
			return false
		}
	}
	for range 500 {
		next := h.next()
		if next.Job == nil {
			return true
		}
		if !h.plain(next) {
			d.t.Fatalf("day %d: no way on from %s of %v: %+v", seed, next.Step, next.Job, next)
		}
		if h.last.Code == CodeBadWeight { // somebody took a carton before that does not bear it
			h.scan(CartonLabel("S")).expect(CodeCartonOK)
			continue
		}
		if c := h.last.Class(); c == Refused || c == Stop {
			d.t.Fatalf("day %d: a plain client was refused: %s at %s of %v, wanted %v, show %+v", seed, h.last.Code, next.Step, next.Job, next.Want, next.Show)
		}
	}
	d.t.Fatalf("day %d: the job never ends: %+v", seed, h.next())
	return false
}

// something is one thing that may happen on a floor.
func (d *day) something() {
	switch n := d.r.IntN(100); {
	case n < 6:
		d.newOrder()
	case n < 10:
		d.release()
	case n < 11 && len(d.orders) > 0:
		d.do(&Command{Verb: CancelOrder{ID: d.orders[d.r.IntN(len(d.orders))]}})
	case n < 12 && len(d.orders) > 0:
		d.do(&Command{Verb: HoldOrder{ID: d.orders[d.r.IntN(len(d.orders))]}})
	case n < 13 && len(d.orders) > 0:
		d.do(&Command{Verb: UnholdOrder{ID: d.orders[d.r.IntN(len(d.orders))]}})
		d.do(&Command{Verb: SendPart{ID: d.orders[d.r.IntN(len(d.orders))]}})
	case n < 14 && len(d.orders) > 0:
		d.do(&Command{Verb: PutBack{Order: d.orders[d.r.IntN(len(d.orders))], Bin: "A0-00"}})
	case n < 15:
		d.now += Time(d.r.IntN(int(20 * MinuteMS)))
		d.do(&Command{Verb: Tick{}})
	case n < 16 && d.r.IntN(2) == 0:
		d.do(&Command{Verb: BlockAisle{Aisle: d.r.IntN(3), Open: d.r.IntN(2) == 0}})
	case n < 16:
		d.do(&Command{Verb: AdjustStock{Bin: "A0-00", SKU: "MUG", Qty: int64(d.r.IntN(9) - 4), Reason: "count"}})
	case n < 19 && len(d.sent) > 0:
		d.repeat()
	default:
		d.work()
	}
}

func (d *day) newOrder() {
	n := NewOrder{Channel: "web", ExternalID: fmt.Sprint(len(d.orders)), Priority: d.r.IntN(3), Ship: []string{"", "", ShipComplete, ShipPartial}[d.r.IntN(4)]}
	for range 1 + d.r.IntN(3) {
		sku := []SKU{"MUG", "BOX", "TEA", "CAM"}[d.r.IntN(4)]
		n.Lines = append(n.Lines, NewLine{SKU: sku, Qty: int64(1 + d.r.IntN(8))})
	}
	if a := d.do(&Command{Verb: CreateOrder{n}}); a.Err == nil {
		d.orders = append(d.orders, a.Result.(*OrderView).ID)
	}
}

func (d *day) release() {
	method := waveMethods[d.r.IntN(4)]
	d.do(&Command{Verb: ReleaseWave{Pass: d.r.IntN(2) == 0, Filter: &OrderFilter{Limit: 1 + d.r.IntN(4)}, Method: method, Partial: d.r.IntN(3) == 0}})
}

// repeat sends an old command once more: its answer must be the one given before, and nothing may change.
func (d *day) repeat() {
	i := max(0, len(d.sent)-1-d.r.IntN(50))
	c, before := d.sent[i], d.answers[i].Verdict
	if !d.s.HasAnswer(c.ID) {
		return // memory keeps answers of this process only; the store finds older ones on disk
	}
	a := d.do(&c)
	if !a.Replayed || len(a.Events) > 0 || a.Verdict.Code != before.Code {
		d.t.Fatalf("a repeat of %s got %s after %s", c.ID, a.Verdict.Code, before.Code)
	}
}

// work is a worker doing the next thing, or a wrong thing.
func (d *day) work() {
	n := 1 + d.r.IntN(4)
	dev := d.s.Devices[d.device(n)]
	if dev.Worker == "" {
		d.frame(dev, SignIn{d.worker([]int{1, 2, 3, 3}[n-1])})
		return
	}
	next := d.s.NextFor(dev.ID)
	if d.r.IntN(4) == 0 {
		d.wrong(dev, next)
		return
	}
	switch {
	case next.Job == nil:
		kind := map[string]string{"handheld": "pick", "bench": "pack", "dock": "load"}[dev.DeviceKind]
		if dev.DeviceKind != "dock" && d.r.IntN(3) == 0 {
			kind = "sort"
		}
		if dev.DeviceKind == "handheld" && d.r.IntN(3) == 0 {
			kind = "putback"
		}
		d.frame(dev, Act{Action: "start", Job: kind})
	case next.Ask != nil:
		d.frame(dev, Act{Action: "answer", Ask: next.Ask.ID, Value: next.Ask.Options[d.r.IntN(2)].ID})
	case next.Step == "weigh":
		d.frame(dev, Act{Action: "weigh", WeightG: next.Show.ExpectedWeight})
	case len(next.Want) > 0:
		d.frame(dev, Scan{Code: next.Want[d.r.IntN(len(next.Want))].Code})
	case len(next.Actions) > 0:
		d.frame(dev, Act{Action: next.Actions[0]})
	}
}

func (d *day) wrong(dev *Device, next *Next) {
	acts := []string{"undo", "skip", "leave", "short", "qty", "close", "finish", "weigh", "answer", "signout", "start", "reprint", "full", "damaged", "swap", "misplaced"}
	switch d.r.IntN(3) {
	case 0:
		codes := []string{ean(1), ean(2), ean(3), ean(4), "MUG-PACK6", "A0-00", BinLabel("A1-01"), BinLabel("STAGE"), "S1", "R2",
			"T-0001-" + string(CheckChar("T-0001")), CartonLabel("S"), "]C1010" + ean(2) + "10L1", "]C1010" + ean(2) + "10L2", "C-UNDO", "N-2", "junk", "", "S-0001-" + string(CheckChar("S-0001")), "P-000001-" + string(CheckChar("P-000001"))}
		d.frame(dev, Scan{Code: codes[d.r.IntN(len(codes))]})
	case 1:
		d.frame(dev, Act{Action: acts[d.r.IntN(len(acts))], Qty: int64(d.r.IntN(4)), WeightG: int64(d.r.IntN(900)), Reason: "missing"})
	default:
		d.frame(dev, Act{Action: "short", Found: next.Show.Done + int64(d.r.IntN(2)), Reason: "damaged"})
	}
}

func (d *day) frame(dev *Device, v Verb) {
	c := Command{ID: fmt.Sprintf("%s/%d", dev.ID, dev.N+1), N: dev.N + 1, Device: dev.ID, Worker: dev.Worker, Roles: dev.Roles, Verb: v}
	kept := c
	a := d.do(&c)
	if a.Verdict == nil || a.Verdict.Next == nil {
		d.t.Fatalf("%+v gave no verdict: %+v", v, a)
	}
	if _, listed := words.Of("en").Verdict[string(a.Verdict.Code)]; !listed {
		d.t.Fatalf("verdict %q has no sentence", a.Verdict.Code)
	}
	d.sent, d.answers = append(d.sent, kept), append(d.answers, a)
}

// restart rebuilds the warehouse twice, from the journal and from rows, and compares both with memory.
func (d *day) restart(seed uint64) {
	replayed := New()
	for _, e := range d.all {
		body := NewBody(e.Body.Kind())
		mustCBOR(d.t, cbor.Unmarshal(encode(d.t, e.Body), body))
		if o, ok := e.Body.(*OrderCreated); ok {
			body.(*OrderCreated).Order.ShipTo.Person = o.Order.ShipTo.Person // the store opens it by its key
		}
		copied := *e
		copied.Body = body
		replayed.Apply(&copied)
	}
	loaded := New()
	for _, k := range d.s.Keys() {
		row := NewRow(k.Table)
		mustCBOR(d.t, cbor.Unmarshal(encode(d.t, d.s.Row(k)), row))
		loaded.PutRow(k, row)
	}
	loaded.Seq, loaded.Now = d.s.Seq, d.s.Now
	loaded.Rebuild()
	for name, s := range map[string]*State{"the journal": replayed, "rows": loaded} {
		d.same(seed, name, s)
	}
	d.s = replayed
}

func (d *day) same(seed uint64, from string, s *State) {
	a, b := d.s.Keys(), s.Keys()
	if len(a) != len(b) {
		d.t.Fatalf("day %d: %d records in memory, %d from %s", seed, len(a), len(b), from)
	}
	for i, k := range a {
		if k != b[i] || !bytes.Equal(encode(d.t, d.s.Row(k)), encode(d.t, s.Row(k))) {
			d.t.Fatalf("day %d: %v differs from %s:\n%+v\n%+v", seed, k, from, d.s.Row(k), s.Row(k))
		}
	}
	for id := range d.s.Devices {
		x, _ := json.Marshal(d.s.NextFor(id))
		y, _ := json.Marshal(s.NextFor(id))
		if !bytes.Equal(x, y) {
			d.t.Fatalf("day %d: after a restart from %s, %s lands elsewhere:\n%s\n%s", seed, from, id, x, y)
		}
	}
}

func encode(t testing.TB, v any) []byte {
	mode, err := cbor.CoreDetEncOptions().EncMode()
	mustCBOR(t, err)
	b, err := mode.Marshal(v)
	mustCBOR(t, err)
	return b
}

func mustCBOR(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
