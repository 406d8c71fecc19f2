package floor

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
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
