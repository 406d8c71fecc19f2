package floor

import (
	"floorline/floor/words"

	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

var (
	daySeeds = flag.Int("days", 200, "simulated days")
	daySeed  = flag.Uint64("day", 0, "replay one day by its seed")
)

// A day on the floor, seed by seed: goods come in, are put away, counted and brought to the pickers; orders are picked,
// packed and loaded; parcels come back and are judged, paid and put on the shelf again. Random people do random things,
// sensible and not, repeat themselves, and the power fails. After every command the ledger is sound; after every restart
// the state from the journal, the state from rows and the state in memory are the same to the byte.
func TestSimulatedDays(t *testing.T) {
	if *daySeed != 0 {
		simulateDay(t, *daySeed, DayCommands)
		return
	}
	sum := &dayTally{told: map[Code]int{}, happened: map[Kind]int{}, reached: map[string]int{}}
	t.Run("days", func(t *testing.T) {
		const abreast = 2
		for part := range abreast {
			t.Run(fmt.Sprint(part), func(t *testing.T) {
				t.Parallel()
				for seed := uint64(1 + part); seed <= uint64(*daySeeds); seed += abreast {
					sum.add(simulateDay(t, seed, DayCommands))
					if t.Failed() {
						t.Fatalf("replay with: go test ./floor -run SimulatedDays -day %d", seed)
					}
				}
			})
		}
	})
	sum.check(t)
}

// DayCommands are how many things happen on a day before it is brought to its end.
const DayCommands = 420

// dayTally counts what the days came to, so that nobody believes days on which nothing happened.
type dayTally struct {
	mu       sync.Mutex
	told     map[Code]int
	happened map[Kind]int
	reached  map[string]int
}

func (s *dayTally) add(d *day) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range d.answers {
		s.told[a.Verdict.Code]++
	}
	for _, e := range d.all {
		s.happened[e.Body.Kind()]++
	}
	d.tell(s.reached)
}

func (s *dayTally) check(t *testing.T) {
	if *daySeeds < 200 || t.Failed() {
		return
	}
	for _, code := range []Code{CodeParcelNew, CodeParcelNow, CodeMoved, CodeMerged, CodeNested, CodeReopened, CodeVoided, CodeAside, CodeEveryUnit, CodeHandedOver, CodeSingle,
		CodeReceived, CodeOverReceived, CodeNotBought, CodeLinkItem, CodeLinked, CodeAwaited, CodeAlreadyIn, CodeReceiptDone, CodePutAwayDone, CodeWhyHere, CodeCountAgain,
		CodeCountMoved, CodeCountTold, CodeCountDone, CodeReturned, CodeReturnExtra, CodeJudged, CodeReturnDone} {
		if s.told[code] == 0 {
			t.Errorf("in %d days nobody was told %s: the days no longer go that way", *daySeeds, code)
		}
	}
	for _, k := range []Kind{KindPalletFilled, KindPalletEmptied, KindPalletMoved, KindUnloadTurned, KindParcelUnloaded, KindPutDown,
		KindLeftBehind, KindVehicleNoted, KindManifestReopened, KindParcelRerouted, KindProofTaken, KindReplenishPlanned, KindReplenishRaised,
		KindReplenishPlaced, KindReplenishEnded, KindCountBooked, KindReceiptUndone, KindPutawayUndone, KindReturnStepUndone, KindStockHeld, KindStockMoved} {
		if s.happened[k] == 0 {
			t.Errorf("in %d days %s never happened", *daySeeds, k)
		}
	}
	for _, what := range append([]string{blind, "damaged at the door", ReturnClosed, ReturnCancelled, ReturnRefused, UnitMissing, MoneySent, MoneyRefused, OddSerial,
		FlagExtra, "replacement"}, Dispositions[:]...) {
		if what != Vendor && s.reached[what] == 0 {
			t.Errorf("in %d days nothing came to %s: %v", *daySeeds, what, s.reached)
		}
	}
	t.Logf("%d days: %d second parcels, %d merges, %d moves, %d inner packs, %d opened again, %d singles, %d hand-overs", *daySeeds, s.told[CodeParcelNew],
		s.told[CodeMerged], s.told[CodeMoved], s.told[CodeNested], s.told[CodeReopened], s.told[CodeSingle], s.told[CodeHandedOver])
	t.Logf("%d scans received, %d put away, %d brought to pick bins, %d counts booked, %d units judged, %d refunds sent", s.told[CodeReceived], s.happened[KindPutawayPlaced],
		s.happened[KindReplenishPlaced], s.happened[KindCountBooked], s.happened[KindReturnUnitDisposed], s.reached[MoneySent])
}

type day struct {
	*shift
	r        *rand.Rand
	press    *rand.Rand // what printers do, so that the rest of a day is the same with and without them
	orders   []OrderID
	sent     []Command
	answers  []*Answer
	ledger   *dayLedger
	replica  *State // from the journal alone, up to where it was replayed
	replayed int
	over     bool
	made     int // numbers given to purchases, codes and serials
}

func simulateDay(t testing.TB, seed uint64, commands int) *day {
	d := newDay(t, seed)
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("day %d: %v", seed, p)
			panic(p)
		}
	}()
	d.live(seed, commands)
	return d
}

// bareDay is a house in which nothing is set up, and what is compared at each restart.
func bareDay(t testing.TB, r *rand.Rand) *day {
	d := &day{shift: newShift(t), replica: New(), r: r}
	d.ledger = newDayLedger(d.shift)
	return d
}

// newDay is the house in the morning.
func newDay(t testing.TB, seed uint64) *day {
	d := bareDay(t, rand.New(rand.NewPCG(seed, 7)))
	d.press = rand.New(rand.NewPCG(seed, 8))
	d.measure()
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
	d.must(SaveBin{Bin: Bin{Code: "DOOR-1", BinKind: "dock"}})
	d.must(SaveService{Service{Code: "late", Carrier: "swift", Cutoff: "16:00"}})
	asked := seed%2 == 0
	d.must(SaveSite{Site: Site{Name: "Test House"}, ZeroCheck: &asked, AutoWeight: &asked, Verifying: &Verifying{Verify: VerifySample, SamplePercent: 50}})
	d.stockHouse(seed)
	return d
}

// live is the day from its first command to its end.
func (d *day) live(seed uint64, commands int) {
	for i := range commands {
		d.something()
		d.printing()
		d.allSound()
		if d.t.Failed() {
			d.t.Fatalf("day %d went wrong at command %d", seed, i)
		}
		if d.r.IntN(60) == 0 {
			d.restart(seed)
		}
	}
	d.restart(seed)
	d.finish(seed)
	d.tracesAgree()
	d.over = true
	d.restart(seed)
}

// finish lets plain workers end the day: whatever went wrong before, they find a way on from every step, and no list, no
// sorting, no packing and no put-back is left over.
func (d *day) finish(seed uint64) {
	d.t.Helper()
	d.must(MakeTotes{Count: 200})
	for a := range 3 {
		d.must(BlockAisle{Aisle: a, Open: true})
	}
	d.leadEverywhere()
	d.until(seed, "pick", "sort", "putback", "pack")
	d.dockHour(seed)
	d.leadEverywhere()
	d.until(seed, "pick", "sort", "putback", "pack", "load")
	d.returnsHour()
	d.leadEverywhere()
	d.stockEnd(seed)
	if len(d.s.index.lists)+len(d.s.index.sortings)+len(d.s.index.picked)+len(d.s.index.packing)+len(d.s.PutBacks) > 0 {
		d.t.Fatalf("day %d ends with work left: lists %v, sortings %v, picked %v, packing %v, put-backs %v", seed, d.s.index.lists,
			d.s.index.sortings, d.s.index.picked, d.s.index.packing, d.s.PutBacks)
	}
	for _, p := range d.s.Parcels {
		on := d.s.Pallets[p.Pallet]
		stays := on != nil && slices.ContainsFunc(on.Parcels, func(id ParcelID) bool {
			return d.s.Parcels[id].Status != ParcelPacked || d.s.index.stopped.has(d.s.Parcels[id].Order)
		})
		if p.Status == ParcelLoaded || p.Status == ParcelPacked && !d.s.index.stopped.has(p.Order) && !stays {
			d.t.Fatalf("day %d ends with parcel %s %s: %+v", seed, p.ID, p.Status, p)
		}
	}
	d.sound()
}

// leadEverywhere lets leases run out and signs a lead in on every device.
func (d *day) leadEverywhere() {
	d.now += LeaseMS
	d.must(Tick{})
	for _, n := range []int{1, 2, 3, 4, 5} {
		dev := d.s.Devices[d.device(n)]
		if dev.Worker != "" {
			d.frame(dev, Act{Action: "signout"})
		}
		d.frame(dev, SignIn{d.worker(3)})
	}
}

// until has plain workers do jobs of some kinds until there are none.
func (d *day) until(seed uint64, kinds ...string) {
	for range 400 {
		idle := true
		for _, kind := range kinds {
			n := 1 // the handheld
			switch kind {
			case "pack":
				n = 2 // the bench
			case "load":
				n = 3 // the dock
			case "inspect":
				n = 5 // the returns bench
			}
			idle = !d.plainly(seed, n, kind) && idle
		}
		if idle {
			return
		}
	}
}

// dockHour is an hour in which a lead and a picker load, build pallets, take things off again, and the desk meddles.
func (d *day) dockHour(seed uint64) {
	for i := range 120 {
		if d.r.IntN(6) == 0 {
			d.atTheDesk()
		}
		dev := d.s.Devices[d.device(3+d.r.IntN(2))]
		next := d.s.NextFor(dev.ID)
		switch {
		case next.Job != nil && next.Job.Kind != "load":
			d.frame(dev, Act{Action: "leave"})
		case next.Job == nil:
			d.frame(dev, Act{Action: "start", Job: "load", Reason: "the hour ends"})
		case d.r.IntN(8) == 0:
			d.wrong(dev, next)
		default:
			d.atDock(dev, next)
		}
		d.allSound()
		if i == 60 {
			d.restart(seed)
		}
	}
}

// atDock is a sensible thing to do at a step of a load.
func (d *day) atDock(dev *Device, next *Next) {
	act := func(name string) { d.frame(dev, Act{Action: name, Plate: "B FL 1", Driver: "Jo"}) }
	switch {
	case next.Ask != nil:
		d.frame(dev, Act{Action: "answer", Ask: next.Ask.ID, Value: next.Ask.Options[d.r.IntN(2)].ID})
	case next.Step == "parcel" && d.r.IntN(3) == 0:
		act([]string{"pallet", "unload", "vehicle", "close", "undo"}[d.r.IntN(5)])
	case next.Step == "unload" && d.r.IntN(2) == 0, next.Step == "pallet" && d.r.IntN(4) == 0:
		d.frame(dev, Scan{Code: "DOOR-1"})
	case next.Step == "unload" && d.r.IntN(2) == 0:
		act("load")
	case next.Step == "pallet" && d.r.IntN(3) == 0:
		act([]string{"close", "unload", "load", "leave"}[d.r.IntN(4)])
	case next.Step == "close" && d.r.IntN(2) == 0:
		act("unload")
	case len(next.Want) > 0:
		d.frame(dev, Scan{Code: next.Want[d.r.IntN(len(next.Want))].Code})
	case len(next.Actions) > 0:
		act(next.Actions[0])
	}
}

// plainly does one job of a kind as the plainest client would; a lead takes over what somebody left. It says whether
// there was one.
func (d *day) plainly(seed uint64, n int, kind string) bool {
	h := &hand{f: d.shift, device: d.device(n), worker: d.worker(3)}
	if h.next().Job == nil {
		start := Act{Action: "start", Job: kind, Reason: "the day ends"}
		for _, o := range h.next().Show.Jobs {
			if o.Job == kind && o.ID != blind {
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
			return kind != "load" || h.last.Code != CodeLeft // a truck with nothing to load is left
		}
		if kind == "receive" && next.Step == "item" && len(next.Want) == 0 { // nobody announced it: a person says when it is all
			h.act(Act{Action: "finish"})
			continue
		}
		if kind == "count" && next.Step == "serial" && len(next.Want) == 0 { // scanned, and not there: nobody holds its serial
			h.act(Act{Action: "undo"})
			continue
		}
		if d.byNumber(h, next) {
			continue
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
	case n < 17:
		d.atTheDesk()
	case n < 23:
		d.aboutStock()
	case n < 25 && len(d.sent) > 0:
		d.repeat()
	default:
		d.work()
	}
}

// atTheDesk is what a lead does with trucks and parcels.
func (d *day) atTheDesk() {
	parcels, manifests := slices.Sorted(maps.Keys(d.s.Parcels)), slices.Sorted(maps.Keys(d.s.Manifests))
	if len(parcels) == 0 || len(manifests) == 0 {
		return
	}
	parcel, m := string(parcels[d.r.IntN(len(parcels))]), manifests[d.r.IntN(len(manifests))]
	switch d.r.IntN(6) {
	case 0:
		d.do(&Command{Verb: ReopenManifest{ID: m, Reason: "by mistake"}})
	case 1:
		d.do(&Command{Verb: RerouteParcel{Parcel: parcel, Service: "late"}})
	case 2:
		d.do(&Command{Verb: PlanParcels{Manifest: m, Parcels: []string{parcel}}})
	case 3:
		d.do(&Command{Verb: CloseManifest{m}})
	case 4:
		d.do(&Command{Verb: ReopenPallet{withCheck("PA-0001")}})
	default:
		d.do(&Command{Verb: ProveLoad{Manifest: m, Signature: strings.Repeat("a", 64), Signer: "Jo"}})
	}
}

func (d *day) newOrder() {
	n := NewOrder{Channel: "web", ExternalID: fmt.Sprint(len(d.orders)), Priority: d.r.IntN(3), Ship: []string{"", "", ShipComplete, ShipPartial}[d.r.IntN(4)]}
	if d.r.IntN(3) == 0 {
		n.Lines = []NewLine{{SKU: []SKU{"MUG", "BOX", "TEA", "CAM"}[d.r.IntN(4)], Qty: 1, PriceCents: 1000}}
	}
	for range (1 + d.r.IntN(3)) * (1 - len(n.Lines)) {
		sku := []SKU{"MUG", "BOX", "TEA", "CAM"}[d.r.IntN(4)]
		n.Lines = append(n.Lines, NewLine{SKU: sku, Qty: int64(1 + d.r.IntN(8)), PriceCents: 1000})
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
	d.workAt(1 + d.r.IntN(5))
}

func (d *day) workAt(n int) {
	dev := d.s.Devices[d.device(n)]
	if dev.Worker == "" {
		d.frame(dev, SignIn{d.worker([]int{1, 2, 3, 3, 4}[n-1])})
		return
	}
	next := d.s.NextFor(dev.ID)
	if d.r.IntN(4) == 0 {
		d.wrong(dev, next)
		return
	}
	if next.Job != nil && next.Job.Kind == "pack" && next.Ask == nil && d.r.IntN(4) == 0 {
		d.split(dev, next)
		return
	}
	switch {
	case next.Job == nil:
		kind := map[string]string{"handheld": "pick", "bench": "pack", "dock": "load", "returns": "inspect"}[dev.DeviceKind]
		if oneOf(dev.DeviceKind, []string{"handheld", "bench"}) && d.r.IntN(3) == 0 {
			kind = "sort"
		}
		if dev.DeviceKind == "bench" && d.r.IntN(3) == 0 {
			kind = "singles"
		}
		if dev.DeviceKind == "handheld" && d.r.IntN(3) == 0 {
			kind = "putback"
		}
		d.frame(dev, d.startStock(dev, kind))
	case d.atStock(dev, next): // done
	case next.Ask != nil:
		d.frame(dev, Act{Action: "answer", Ask: next.Ask.ID, Value: next.Ask.Options[d.r.IntN(len(next.Ask.Options))].ID})
	case next.Step == "weigh":
		d.frame(dev, Act{Action: "weigh", WeightG: next.Show.ExpectedWeight})
	case len(next.Want) > 0:
		d.frame(dev, Scan{Code: next.Want[d.r.IntN(len(next.Want))].Code})
	case len(next.Actions) > 0:
		d.frame(dev, Act{Action: next.Actions[0]})
	}
}

// split is a packer who takes another parcel: one of the actions of several parcels, or the label of one opened again.
func (d *day) split(dev *Device, next *Next) {
	var acts []string
	for _, a := range next.Actions {
		if oneOf(a, []string{"new", "move", "merge", "nest", "reopen", "damaged", "undo"}) {
			acts = append(acts, a)
		}
	}
	for _, number := range slices.Sorted(maps.Keys(d.s.index.voids)) {
		if d.r.IntN(4) == 0 {
			d.frame(dev, Scan{Code: number})
			return
		}
	}
	if len(acts) > 0 {
		d.frame(dev, Act{Action: acts[d.r.IntN(len(acts))]})
	}
}

func (d *day) wrong(dev *Device, next *Next) {
	acts := []string{"undo", "skip", "leave", "short", "qty", "close", "finish", "weigh", "answer", "signout", "start", "reprint", "full", "damaged", "swap", "misplaced",
		"new", "parcel", "move", "merge", "nest", "reopen", "damaged", "pallet", "unload", "load", "vehicle", "seal"}
	switch d.r.IntN(3) {
	case 0:
		codes := []string{ean(1), ean(2), ean(3), ean(4), "MUG-PACK6", "A0-00", BinLabel("A1-01"), BinLabel("STAGE"), "S1", "R2",
			"T-0001-" + string(CheckChar("T-0001")), CartonLabel("S"), "]C1010" + ean(2) + "10L1", "]C1010" + ean(2) + "10L2", "C-UNDO", "C-NEW", "C-MERGE", "C-MOVE", "C-NEST", "C-PARCEL1", "C-PARCEL2",
			"C-SHORT", "C-DAMAGED", "C-YES", "C-NO", "C-ANSWER2", "C-DONE", "C-HELP", "N-0", "N-2", "junk", "", "S-0001-" + string(CheckChar("S-0001")), "P-000001-" + string(CheckChar("P-000001")), "DOOR-1", "BACK", "QA", BinLabel("R-01"), "NEW-1", "PA-0001-" + string(CheckChar("PA-0001")), trackingNumber(1)}
		d.frame(dev, Scan{Code: codes[d.r.IntN(len(codes))]})
	case 1:
		d.frame(dev, Act{Action: acts[d.r.IntN(len(acts))], Qty: int64(d.r.IntN(4)), WeightG: int64(d.r.IntN(900)), Reason: "missing", Plate: "B FL 1", Driver: "Jo"})
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

// restart rebuilds the warehouse twice, from the journal and from rows, and compares both with memory. The journal is
// replayed in one pass over the whole day, restart by restart; work goes on from the rows.
func (d *day) restart(seed uint64) {
	for _, e := range d.all[d.replayed:] {
		body := NewBody(e.Body.Kind())
		mustCBOR(d.t, cbor.Unmarshal(encode(d.t, e.Body), body))
		unseal(e.Body, body)
		copied := *e
		copied.Body = body
		d.replica.Apply(&copied)
	}
	d.replayed = len(d.all)
	m, loaded := d.memory(), New()
	for i, k := range m.keys {
		row := NewRow(k.Table)
		mustCBOR(d.t, cbor.Unmarshal(m.rows[i], row))
		unseal(d.s.Row(k), row)
		loaded.PutRow(k, row)
	}
	loaded.Seq, loaded.Now = d.s.Seq, d.s.Now
	loaded.Rebuild()
	d.same(seed, "the journal", d.replica, m)
	d.same(seed, "rows", loaded, m)
	d.s = loaded
	d.ledger.agrees(d.shift)
}

// unseal gives a copy the persons of what it was copied from: the store opens them by their keys.
func unseal(from, to any) {
	if p, ok := from.(Personal); ok {
		for i, one := range p.Privates() {
			if one != nil {
				to.(Personal).Privates()[i].Person = one.Person
			}
		}
	}
}

// memory is what is in memory, as bytes: each record, and what each device is asked for.
type memory struct {
	keys []RowKey
	rows [][]byte
	next map[DeviceID][]byte

	leased map[string]Time
}

func (d *day) memory() *memory {
	m := &memory{keys: d.s.Keys(), next: map[DeviceID][]byte{}, leased: d.s.index.leased}
	for _, k := range m.keys {
		m.rows = append(m.rows, encode(d.t, d.s.Row(k)))
	}
	for id := range d.s.Devices {
		m.next[id], _ = json.Marshal(d.s.NextFor(id))
	}
	return m
}

func (d *day) same(seed uint64, from string, s *State, m *memory) {
	b := s.Keys()
	if len(m.keys) != len(b) {
		d.t.Fatalf("day %d: %d records in memory, %d from %s", seed, len(m.keys), len(b), from)
	}
	for i, k := range m.keys {
		if from == "rows" && !d.over && k == b[i] {
			continue // they were read from these bytes a moment ago; the last restart compares them too
		}
		if k != b[i] || !bytes.Equal(m.rows[i], encode(d.t, s.Row(k))) {
			d.t.Fatalf("day %d: %v differs from %s:\n%+v\n%+v", seed, k, from, d.s.Row(k), s.Row(k))
		}
	}
	if !maps.Equal(m.leased, s.index.leased) {
		d.t.Fatalf("day %d: leases run out otherwise from %s: %v, %v", seed, from, m.leased, s.index.leased)
	}
	for id, x := range m.next {
		if y, _ := json.Marshal(s.NextFor(id)); !bytes.Equal(x, y) {
			d.t.Fatalf("day %d: after a restart from %s, %s lands elsewhere:\n%s\n%s", seed, from, id, x, y)
		}
	}
}

// exact is made once: the days encode every record again and again.
var exact = sync.OnceValues(func() (cbor.EncMode, error) { return cbor.CoreDetEncOptions().EncMode() })

func encode(t testing.TB, v any) []byte {
	mode, err := exact()
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
