package floor

import (
	"fmt"
	"github.com/fxamacker/cbor/v2"
	"math/rand/v2"
	"testing"
)

// A day at the returns bench, seed by seed: random returns, random scans, answers, undos, settlements, put-aways, repeats
// and power failures. After every command units are neither made nor lost, no more came back than was sent, and what may
// be sold is what could be sold before and what a verdict gave back, to the unit.
func TestSimulatedReturns(t *testing.T) {
	reached := map[string]int{}
	for seed := uint64(1); seed <= uint64(*daySeeds); seed++ {
		simulateReturns(t, seed, 120, reached)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	for _, what := range append([]string{ReturnClosed, ReturnCancelled, ReturnRefused, UnitMissing, MoneySent, MoneyRefused, OddSerial, FlagExtra, "undone", "put away", "replacement"}, Dispositions[:]...) {
		if what != Vendor && reached[what] == 0 && *daySeeds >= 200 { // in a few days not everything happens
			t.Errorf("in %d days nothing came to %s: %v", *daySeeds, what, reached)
		}
	}
}

type returnsDay struct {
	*day
	sold map[SKU]int64 // for sale at the start
}

func simulateReturns(t *testing.T, seed uint64, commands int, reached map[string]int) {
	d := &returnsDay{day: &day{shift: returnsHouse(t), r: rand.New(rand.NewPCG(seed, 11))}}
	d.must(SaveWorker{Worker: Worker{Name: "Leo", Roles: RoleLead | RoleInspector | RolePicker, PIN: "leo"}})
	if seed%3 == 0 {
		p := UsualReturns
		p.Bins, p.AutoCents = []DispositionBin{{Refurbish, "QUAR"}}, 2000
		d.must(SetReturnPolicy{p})
	}
	d.orders = []OrderID{d.shift.sent("a", "MUG", 3, "CAM", 2), d.shift.sent("b", "TEA", 2, "BOX", 1), d.shift.sent("c", "CAM", 1, "MUG", 1)}
	for _, n := range []int{1, 2, 3} {
		d.frame(d.s.Devices[d.device(n)], Act{Action: "signout"})
	}
	before := d.all
	d.all = nil
	d.sold = d.forSale()
	start := d.copyState()
	for i := range commands {
		d.step()
		d.allSound()
		d.check(seed, i)
		if d.r.IntN(40) == 0 {
			d.again(seed, start)
		}
	}
	d.again(seed, start)
	d.tell(reached)
	whole := *d.shift
	whole.all = append(before, d.all...)
	whole.tracesAgree()
}

// copyState is the state from its rows, to replay the journal on.
func (d *returnsDay) copyState() func() *State {
	rows := map[RowKey][]byte{}
	for _, k := range d.s.Keys() {
		rows[k] = encode(d.t, d.s.Row(k))
	}
	seq, now, people := d.s.Seq, d.s.Now, map[OrderID]*Person{}
	for id, o := range d.s.Orders {
		people[id] = o.ShipTo.Person
	}
	return func() *State {
		s := New()
		for k, b := range rows {
			row := NewRow(k.Table)
			mustCBOR(d.t, cbor.Unmarshal(b, row))
			if o, ok := row.(*Order); ok {
				o.ShipTo.Person = people[o.ID]
			}
			s.PutRow(k, row)
		}
		s.Seq, s.Now = seq, now
		s.Rebuild()
		return s
	}
}

// again rebuilds the state from the journal and compares it with memory.
func (d *returnsDay) again(seed uint64, start func() *State) {
	s := start()
	for _, e := range d.all {
		body := NewBody(e.Body.Kind())
		mustCBOR(d.t, cbor.Unmarshal(encode(d.t, e.Body), body))
		if o, ok := e.Body.(*OrderCreated); ok {
			body.(*OrderCreated).Order.ShipTo.Person = o.Order.ShipTo.Person
		}
		copied := *e
		copied.Body = body
		s.Apply(&copied)
	}
	d.same(seed, "the journal", s, d.memory())
	d.s = s
}

func (d *returnsDay) forSale() map[SKU]int64 {
	out := map[SKU]int64{}
	for k, row := range d.s.stock {
		if k.Place.Bin() != "" && k.Condition == "" {
			out[k.SKU] += row.OnHand
		}
	}
	return out
}

func (d *returnsDay) check(seed uint64, at int) {
	want := map[SKU]int64{}
	for sku, n := range d.sold {
		want[sku] = n
	}
	for _, r := range d.s.Returns {
		for _, u := range r.Units {
			if u.Status == UnitDisposed && u.Disposition == Restock {
				want[u.SKU]++
			}
		}
		if r.Money.AmountCents > 0 && r.Order != "" && r.Money.AmountCents > d.s.refundable(r) && r.Money.Status == MoneyApproved {
			d.t.Fatalf("seed %d: more is paid than was paid: %+v", seed, r.Money)
		}
	}
	have := d.forSale()
	for sku := range d.s.Items {
		if have[sku] != want[sku] {
			d.t.Fatalf("seed %d, command %d: %d of %s may be sold, and verdicts gave %d", seed, at, have[sku], sku, want[sku])
		}
	}
}

func (d *returnsDay) step() {
	switch n := d.r.IntN(100); {
	case n < 8:
		d.announce()
	case n < 12:
		d.settleSome()
	case n < 14 && len(d.s.Returns) > 0:
		d.do(&Command{Verb: EndReturn{ID: d.some(), Verb: []string{"cancel", "refuse"}[d.r.IntN(2)]}})
	case n < 15:
		d.now += Time(d.r.IntN(int(20 * MinuteMS)))
		d.do(&Command{Verb: Tick{}})
	case n < 17:
		d.do(&Command{Verb: HoldStock{SKU: "CAM", Condition: []string{Good, Held}[d.r.IntN(2)], Bin: "BACK", Serial: "none", Reason: "x"}})
		d.do(&Command{Verb: MoveStock{From: "BACK", To: "A0-00", Key: StockKey{SKU: "MUG", Condition: Returned}, Qty: 1, Reason: "x"}})
	case n < 20 && len(d.day.sent) > 0:
		d.repeat()
	default:
		d.bench()
	}
}

func (d *returnsDay) some() ReturnID {
	return ReturnID(withCheck(fmt.Sprintf("RT-%05d", 1+d.r.IntN(len(d.s.Returns)))))
}

func (d *returnsDay) announce() {
	n := NewReturn{Wanted: []string{WantRefund, WantRefund, WantReplacement}[d.r.IntN(3)]}
	if d.r.IntN(5) > 0 {
		n.Order = string(d.orders[d.r.IntN(3)])
	}
	for range 1 + d.r.IntN(2) {
		n.Lines = append(n.Lines, ReturnLine{SKU: []SKU{"MUG", "BOX", "TEA", "CAM"}[d.r.IntN(4)], Qty: int64(1 + d.r.IntN(2)), Reason: []string{"damaged", "other"}[d.r.IntN(2)]})
	}
	d.do(&Command{Verb: CreateReturn{n}})
}

func (d *returnsDay) settleSome() {
	if len(d.s.Returns) == 0 {
		return
	}
	v := SettleReturn{ID: d.some(), Verb: []string{"propose", "approve", "approve", "send", "send", "refuse"}[d.r.IntN(6)]}
	if d.r.IntN(4) == 0 {
		v.AmountCents = cents(int64(d.r.IntN(4000)))
	}
	d.do(&Command{Verb: v, Roles: []Roles{RoleInspector, RoleLead, RoleAdmin}[d.r.IntN(3)]})
}

// bench is somebody at the returns bench or with a handheld doing the next thing, or a wrong one.
func (d *returnsDay) bench() {
	n := []int{5, 5, 5, 1}[d.r.IntN(4)]
	dev := d.s.Devices[d.device(n)]
	if dev.Worker == "" {
		d.frame(dev, SignIn{d.worker(map[int]int{5: 4, 1: 5}[n])})
		return
	}
	next := d.s.NextFor(dev.ID)
	if d.r.IntN(5) == 0 {
		d.oddly(dev)
		return
	}
	switch {
	case next.Job == nil:
		kind := []string{"inspect", "putaway"}[d.r.IntN(2)]
		if n == 5 {
			kind = "inspect"
		}
		id := ""
		if d.r.IntN(8) == 0 && kind == "inspect" {
			id = blind
		}
		d.frame(dev, Act{Action: "start", Job: kind, ID: id})
	case next.Ask != nil:
		d.frame(dev, Act{Action: "answer", Ask: next.Ask.ID, Value: next.Ask.Options[d.r.IntN(len(next.Ask.Options))].ID})
	case len(next.Want) > 0 && d.r.IntN(8) > 0:
		d.frame(dev, Scan{Code: next.Want[d.r.IntN(len(next.Want))].Code})
	case len(next.Actions) > 0:
		d.frame(dev, Act{Action: next.Actions[d.r.IntN(len(next.Actions))]})
	}
}

func (d *returnsDay) oddly(dev *Device) {
	codes := []string{ean(1), ean(2), ean(3), ean(4), "MUG-PACK6", "CAM-a-1", "CAM-c-1", "SN-ODD", "BACK", "QUAR", "A0-01", "A2-02", "L-b", "2035-01-31", "junk",
		string(d.orders[0]), string(d.orders[1]), "C-UNDO", "C-FINISH"}
	switch d.r.IntN(3) {
	case 0:
		d.frame(dev, Act{Action: []string{"undo", "leave", "finish", "answer", "qty", "signout", "skip"}[d.r.IntN(7)], Ask: "verdict", Value: Restock, Qty: 2})
	default:
		d.frame(dev, Scan{Code: codes[d.r.IntN(len(codes))]})
	}
}

// tell counts what the day came to, so that nobody believes a day on which nothing happened.
func (d *day) tell(reached map[string]int) {
	for _, r := range d.s.Returns {
		reached[r.Status]++
		reached[r.Money.Status]++
		if r.Money.Replacement != "" {
			reached["replacement"]++
		}
		for _, u := range r.Units {
			reached[u.Status]++
			reached[u.Disposition]++
			for _, flag := range u.Flags {
				reached[flag]++
			}
		}
	}
	for _, e := range d.all {
		switch b := e.Body.(type) {
		case *ReturnStepUndone:
			reached["undone"]++
		case *PutawayPlaced:
			reached["put away"]++
		case *ReceiptOpened:
			if b.PurchaseOrder == "" {
				reached[blind]++
			}
		case *UnitsReceived:
			if b.Moves[0].As == Damaged {
				reached["damaged at the door"]++
			}
		}
	}
}
