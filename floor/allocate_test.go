package floor

import (
	"fmt"
	"math/rand/v2"
	"sort"
	"strings"
	"testing"
)

// larder is a shift whose bins were filled at random: three pick bins and two reserves, some of it expiring, some in
// doubt, some promised already.
func larder(t testing.TB, r *rand.Rand, a Allocation) *shift {
	f := newShift(t)
	f.watch = (*shift).sound
	f.grid()
	f.must(SaveItem{Item: Item{SKU: "JAM", Name: "Jam", Tracking: "lot", Allocation: a,
		Barcodes: []Barcode{{Code: "JAM1", Qty: 1}, {Code: "JAM4", Qty: 4}}}})
	for i, kind := range []string{"reserve", "reserve"} {
		f.must(SaveBin{Bin: Bin{Code: BinCode(fmt.Sprintf("R%d-00", i)), BinKind: kind, Aisle: i, Cell: 3, Zone: "R"}})
	}
	f.must(SaveChannel{Channel{Code: "web", StopDays: []int64{0, 10, 15}[r.IntN(3)]}})
	days := []string{"", f.now.plus(5 * DayMS).Day(), f.now.plus(15 * DayMS).Day(), f.now.plus(25 * DayMS).Day()}
	for range 3 + r.IntN(8) {
		bin := []BinCode{"A0-00", "A0-02", "A1-01", "A2-03", "R0-00", "R1-00", "STAGE"}[r.IntN(7)]
		f.must(AdjustStock{Bin: bin, SKU: "JAM", Qty: int64(1 + r.IntN(9)), Lot: fmt.Sprint("L", r.IntN(3)), Expiry: days[r.IntN(4)]})
	}
	f.order("before", "JAM", 1+r.IntN(4))
	f.must(ReleaseWave{Filter: &OrderFilter{}, Partial: true})
	for _, row := range f.s.StockOf("JAM") {
		if r.IntN(8) == 0 && row.Key.Place.Bin() != "" {
			f.now += 250
			f.s.Do(&Command{Now: f.now, Verb: doubting{row.Key}})
		}
	}
	return f
}

// doubting puts a row in doubt, as a picker would who found nothing there.
type doubting struct{ k StockKey }

func (v doubting) do(t *turn) (any, *Error) {
	t.emit(&StockDoubted{Key: v.k, On: true})
	return nil, nil
}

// shelf is what the reference knows of a row.
type shelf struct {
	key  StockKey
	free int64
	kind string
	at   Time
}

// shelves are the rows that may be taken from, worked out anew: where pickers go, not expired nor too near to it,
// not in doubt.
func (f *shift) shelves(it *Item) (out []*shelf) {
	stop := max(it.Allocation.StopDays, f.s.Channels["web"].StopDays)
	for _, r := range f.s.stock {
		kind := ""
		if b := f.s.Bins[r.Key.Place.Bin()]; b != nil {
			kind = b.BinKind
		}
		last := (f.now + 250 + Time(stop*DayMS)).Day()
		if r.Key.SKU == it.SKU && (kind == "pick" || kind == "reserve") && !r.Doubt && r.OnHand > r.Reserved && (r.Key.Expiry == "" || r.Key.Expiry > last) {
			out = append(out, &shelf{r.Key, r.OnHand - r.Reserved, kind, r.Since})
		}
	}
	return out
}

// One unit after the other, each from the best place there is just then: the plan gives exactly what that gives.
func TestAllocationAgainstUnitByUnit(t *testing.T) {
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 3))
		rule := Allocation{StopDays: int64(r.IntN(2) * 12), Prefer: []string{"", Oldest, Emptying}[r.IntN(3)]}
		f := larder(t, r, rule)
		wanted := f.someOrders(r)
		rows := f.shelves(f.s.Items["JAM"])
		want := map[OrderID]map[StockKey]int64{}
		for _, o := range wanted {
			want[o.ID] = unitByUnit(rows, o, rule)
		}
		f.must(ReleaseWave{Filter: &OrderFilter{}, Method: []string{Discrete, Cluster}[r.IntN(2)]})
		for _, o := range wanted {
			if got := f.promisedTo(o.ID); fmt.Sprint(got) != fmt.Sprint(want[o.ID]) {
				t.Fatalf("seed %d, %+v: order %s of %d (priority %d, %s) got\n%v, want\n%v of\n%s", seed, rule, o.ID, o.Lines[0].Ordered,
					o.Priority, o.Ship, got, want[o.ID], drawn(rows))
			}
		}
	}
}

func (f *shift) someOrders(r *rand.Rand) (out []*Order) {
	for i := range 1 + r.IntN(5) {
		n := NewOrder{Channel: "web", ExternalID: fmt.Sprint("n", i), Priority: r.IntN(3), Ship: []string{"", ShipComplete, ShipPartial}[r.IntN(3)],
			ShipBy: Time(r.IntN(2)) * (f.now + Time(r.IntN(3))*DayMS), Lines: []NewLine{{SKU: "JAM", Qty: int64(1 + r.IntN(14))}}}
		id := f.must(CreateOrder{n}).(*OrderView).ID
		out = append(out, f.s.Orders[id])
	}
	due := func(o *Order) Time {
		if o.ShipBy == 0 {
			return 1 << 60
		}
		return o.ShipBy
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := out[i], out[j]
		if a.Priority != b.Priority {
			return a.Priority > b.Priority
		}
		if due(a) != due(b) {
			return due(a) < due(b)
		}
		return a.ID < b.ID
	})
	return out
}

// unitByUnit is the reference: it looks over all rows anew for every single unit.
func unitByUnit(rows []*shelf, o *Order, rule Allocation) map[StockKey]int64 {
	got, need := map[StockKey]int64{}, o.Lines[0].Ordered
	for ; need > 0; need-- {
		var best *shelf
		for _, s := range rows {
			if s.free > 0 && (best == nil || better(s, best, rule)) {
				best = s
			}
		}
		if best == nil {
			break
		}
		best.free--
		got[best.key]++
	}
	if need > 0 && o.Ship != ShipPartial {
		for _, s := range rows {
			s.free += got[s.key]
		}
		return map[StockKey]int64{}
	}
	return got
}

func better(a, b *shelf, rule Allocation) bool {
	day := func(s *shelf) string {
		if s.key.Expiry == "" {
			return "9999"
		}
		return s.key.Expiry
	}
	switch {
	case day(a) != day(b):
		return day(a) < day(b)
	case a.kind != b.kind:
		return a.kind == "pick"
	case rule.Prefer == Emptying && a.free != b.free:
		return a.free < b.free
	case a.at != b.at:
		return a.at < b.at
	}
	return a.key.String() < b.key.String()
}

func (f *shift) promisedTo(id OrderID) map[StockKey]int64 {
	out := map[StockKey]int64{}
	for _, l := range f.s.PickLists {
		for _, p := range l.Lines {
			if p.Order == id {
				out[p.From] += p.Qty
				if p.Why == "" {
					f.t.Fatalf("nobody says why %v", p.From)
				}
			}
		}
	}
	return out
}

func drawn(rows []*shelf) string {
	var b strings.Builder
	for _, s := range rows {
		fmt.Fprintf(&b, "  %v left %d (%s, since %d)\n", s.key, s.free, s.kind, s.at)
	}
	return b.String()
}

// Where packs are kept whole, as few units as can be come out of an opened one: no split of the same expiries does
// with fewer.
func TestWholePacksAreTakenWhole(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 4))
		f := larder(t, r, Allocation{WholePacks: true})
		n := 1 + r.IntN(20)
		rows := f.shelves(f.s.Items["JAM"])
		id := f.must(CreateOrder{NewOrder{Channel: "web", ExternalID: "n", Ship: ShipPartial, Lines: []NewLine{{SKU: "JAM", Qty: int64(n)}}}}).(*OrderView).ID
		f.wave(Discrete, id)
		classes := map[string][]int64{}
		takes := map[string][]int64{}
		got := f.promisedTo(id)
		for _, s := range rows {
			classes[s.key.Expiry] = append(classes[s.key.Expiry], s.free)
			takes[s.key.Expiry] = append(takes[s.key.Expiry], got[s.key])
		}
		for day, take := range takes {
			if best := fewestLoose(classes[day], sum(take)); looseIn(take) != best {
				t.Fatalf("seed %d: of %v taken %v, with %d loose units; %d would do", seed, classes[day], take, looseIn(take), best)
			}
		}
	}
}

func sum(list []int64) (n int64) {
	for _, x := range list {
		n += x
	}
	return n
}

func looseIn(takes []int64) (n int64) {
	for _, x := range takes {
		n += x % 4
	}
	return n
}

// fewestLoose tries every way to take need units from rows.
func fewestLoose(rows []int64, need int64) int64 {
	if len(rows) == 0 {
		if need == 0 {
			return 0
		}
		return 1 << 40
	}
	best := int64(1 << 40)
	for n := int64(0); n <= min(rows[0], need); n++ {
		best = min(best, n%4+fewestLoose(rows[1:], need-n))
	}
	return best
}

// What lies near the walk is taken there: from one bin that holds all, the nearest, in a zone the walk goes to.
func TestNearestIsNearest(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.grid()
	f.must(SaveItem{Item: Item{SKU: "CUP", Name: "Cup", Allocation: Allocation{Prefer: Nearest}}})
	f.must(SaveBin{Bin: Bin{Code: "Z", BinKind: "pick", Aisle: 2, Cell: 2, Zone: "Z"}})
	f.stock("A0-00", "CUP", 9) // longest here
	f.stock("Z", "CUP", 9)     // beside the mug, but another zone
	f.stock("A2-03", "CUP", 1) // nearest, but not enough
	f.stock("A2-01", "CUP", 9)
	f.stock("A2-02", "MUG", 9)
	from := func(ext string, lines ...any) BinCode {
		list := f.s.PickLists[f.wave(Discrete, f.order(ext, lines...)).PickLists[0]]
		for _, l := range list.Lines {
			if l.SKU == "CUP" {
				if !strings.Contains(l.Why, "nearest to the walk") {
					t.Fatalf("why: %q", l.Why)
				}
				return l.From.Place.Bin()
			}
		}
		return ""
	}
	if b := from("1", "CUP", 3, "MUG", 1); b != "A2-01" {
		t.Fatalf("beside the mug: %s", b)
	}
	if b := from("2", "CUP", 1); b != "A0-00" {
		t.Fatalf("nearest to the depot: %s", b)
	}
}

// A lot that is passed over is named in the reason.
func TestStopPeriodIsExplained(t *testing.T) {
	f := newShift(t)
	it := *f.s.Items["TEA"]
	it.Allocation.StopDays = 30
	f.must(SaveItem{Item: it})
	soon, later := f.now.plus(20*DayMS).Day(), f.now.plus(60*DayMS).Day()
	f.must(AdjustStock{Bin: "A0-00", SKU: "TEA", Qty: 5, Lot: "OLD", Expiry: soon})
	f.must(AdjustStock{Bin: "A0-01", SKU: "TEA", Qty: 5, Lot: "NEW", Expiry: later})
	list := f.s.PickLists[f.wave(Discrete, f.order("1", "TEA", 2)).PickLists[0]]
	if l := list.Lines[0]; l.From.Lot != "NEW" || l.Why != "expires first: "+later+"; "+soon+" is too soon to be sent" {
		t.Fatalf("%+v", l)
	}
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code, "A0-01")
	gs1 := "]C101" + "0" + ean(2) + "17" + strings.ReplaceAll(soon, "-", "")[2:] + "10NEW"
	mia.scan(gs1).expect(CodeExpired)
}
