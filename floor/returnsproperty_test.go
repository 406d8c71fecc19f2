package floor

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Whatever is announced, scanned, answered, decided, sent back and undone: no more comes back of an order than was shipped
// with it; nothing may be sold that no verdict gave back; and goods and money are lives apart: a word about money moves no
// goods, and what happens at the bench moves no money but for the proposal when all of it is judged.
func TestReturnsProperty(t *testing.T) {
	base := returnsHouse(t)
	base.must(SaveBin{Bin: Bin{Code: "FIX", BinKind: "quarantine"}})
	p := UsualReturns
	p.Bins, p.SendBack, p.SendBackCents, p.WindowDays = []DispositionBin{{Refurbish, "FIX"}}, true, 300, 0
	base.must(SetReturnPolicy{p})
	orders := []OrderID{base.sent("a", "MUG", 3, "CAM", 2), base.sent("b", "TEA", 2, "MUG", 1)}
	journal := slices.Clone(base.all)
	seen := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		x := &returnsProperty{shift: &shift{t: &ofRapid{base.t, t}, s: New(), now: base.now}, orders: orders, seen: seen}
		for _, e := range journal {
			x.s.Apply(e)
		}
		for _, o := range x.s.Orders {
			for i := range o.Lines {
				o.Lines[i].PriceCents = 1000
			}
		}
		x.sold = x.forSale()
		t.Repeat(map[string]func(*rapid.T){"announce": x.announce, "bench": x.bench, "money": x.money, "floor": x.floor, "": func(*rapid.T) { x.check() }})
	})
	for _, what := range []string{"announced", "refused", "judged", "money", "send_back", "left again"} {
		if seen[what] == 0 {
			t.Errorf("nothing ever came to %s: %v", what, seen)
		}
	}
}

type returnsProperty struct {
	*shift
	orders []OrderID
	sold   map[SKU]int64
	seen   map[string]int
}

// ofRapid has a story of the floor fail as the property that it is drawn by.
type ofRapid struct {
	testing.TB
	r *rapid.T
}

func (d *ofRapid) Helper()                        { d.r.Helper() }
func (d *ofRapid) Fatalf(format string, v ...any) { d.r.Helper(); d.r.Fatalf(format, v...) }
func (d *ofRapid) Fatal(v ...any)                 { d.r.Helper(); d.r.Fatal(v...) }
func (d *ofRapid) Errorf(format string, v ...any) { d.r.Helper(); d.r.Errorf(format, v...) }
func (d *ofRapid) Error(v ...any)                 { d.r.Helper(); d.r.Error(v...) }

func (x *returnsProperty) forSale() map[SKU]int64 {
	out := map[SKU]int64{}
	for k, row := range x.s.stock {
		if k.Condition == "" && !k.Place.Outside() {
			out[k.SKU] += row.OnHand
		}
	}
	return out
}

func (x *returnsProperty) announce(t *rapid.T) {
	n := NewReturn{Order: string(rapid.SampledFrom(append([]OrderID{""}, x.orders...)).Draw(t, "order"))}
	for i := range rapid.IntRange(1, 2).Draw(t, "lines") {
		n.Lines = append(n.Lines, ReturnLine{SKU: rapid.SampledFrom([]SKU{"MUG", "CAM", "TEA"}).Draw(t, fmt.Sprint("sku", i)),
			Qty: int64(rapid.IntRange(1, 3).Draw(t, fmt.Sprint("qty", i))), Reason: rapid.SampledFrom([]string{"defective", "changed_mind"}).Draw(t, fmt.Sprint("why", i))})
	}
	if a := x.do(&Command{Verb: CreateReturn{n}}); a.Err == nil {
		x.seen["announced"]++
	} else {
		x.seen["refused"]++
	}
}

// bench is a while of Ira's work.
func (x *returnsProperty) bench(t *rapid.T) {
	for range rapid.IntRange(1, 25).Draw(t, "steps") {
		x.inspect(t)
		x.check()
	}
}

// inspect is Ira with what is wanted of her, or with something else.
func (x *returnsProperty) inspect(t *rapid.T) {
	money := x.purse()
	d := x.s.Devices[x.device(5)]
	if d.Worker == "" {
		x.do(&Command{Device: d.ID, ID: x.id(d), N: d.N + 1, Verb: SignIn{x.worker(4)}})
		return
	}
	n := x.s.NextFor(d.ID)
	var v Verb
	switch odd := rapid.IntRange(0, 15).Draw(t, "odd"); {
	case odd == 0:
		v = Scan{Code: rapid.SampledFrom([]string{ean(1), ean(2), ean(3), "CAM-a-1", "SN-ODD", "BACK", "QUAR", "junk"}).Draw(t, "code")}
	case odd == 1:
		v = Act{Action: rapid.SampledFrom([]string{"undo", "leave", "finish"}).Draw(t, "act")}
	case n.Job == nil:
		v = Act{Action: "start", Job: "inspect", ID: rapid.SampledFrom([]string{"", "", blind}).Draw(t, "job")}
	case n.Ask != nil:
		v = Act{Action: "answer", Ask: n.Ask.ID, Value: rapid.SampledFrom(n.Ask.Options).Draw(t, "answer").ID}
	case len(n.Want) > 0:
		v = Scan{Code: rapid.SampledFrom(n.Want).Draw(t, "want").Code}
	default:
		v = Act{Action: "finish"}
	}
	a := x.do(&Command{Device: d.ID, ID: x.id(d), N: d.N + 1, Verb: v})
	for _, e := range a.Events {
		switch b := e.Body.(type) {
		case *ReturnSettled:
			if b.Verb != "propose" {
				t.Fatalf("the bench moved money: %+v", b)
			}
			delete(money, b.Return)
		case *ReturnUnitDisposed:
			x.seen["judged"]++
		}
	}
	for id, was := range money {
		if r := x.s.Returns[id]; r != nil && fmt.Sprint(r.Money) != was {
			t.Fatalf("%s: the bench changed its money from %s to %v", id, was, r.Money)
		}
	}
}

func (x *returnsProperty) id(d *Device) string { return fmt.Sprintf("%s-%d", d.ID, d.N+1) }

func (x *returnsProperty) purse() map[ReturnID]string {
	out := map[ReturnID]string{}
	for id, r := range x.s.Returns {
		out[id] = fmt.Sprint(r.Money)
	}
	return out
}

func (x *returnsProperty) money(t *rapid.T) {
	if len(x.s.Returns) == 0 {
		return
	}
	var ids, ready sorted[ReturnID]
	for id, r := range x.s.Returns {
		ids.add(id)
		ready.set(id, oneOf(r.Money.Status, []string{MoneyProposed, MoneyApproved}))
	}
	if len(ready) > 0 && rapid.IntRange(0, 4).Draw(t, "any") > 0 {
		ids = ready
	}
	v := SettleReturn{ID: rapid.SampledFrom(ids).Draw(t, "return"), Verb: rapid.SampledFrom([]string{"propose", "approve", "approve", "send", "refuse"}).Draw(t, "verb")}
	if oneOf(v.Verb, []string{"propose", "approve"}) {
		v.Outcome = rapid.SampledFrom(append([]string{"", OutcomeSendBack}, Outcomes...)).Draw(t, "outcome")
	}
	a := x.do(&Command{Verb: v})
	for _, e := range a.Events {
		if m, ok := e.Body.(Mover); ok && len(m.Movements()) > 0 {
			t.Fatalf("%T: a word about money moved goods", e.Body)
		}
		if b, ok := e.Body.(*ReturnSettled); ok {
			x.seen["money"]++
			if b.Money.Back != "" {
				x.seen[OutcomeSendBack]++
			}
		}
	}
}

// floor is who picks, packs, loads and puts back what the office asked for, as far as it goes by what is wanted.
func (x *returnsProperty) floor(t *rapid.T) {
	for _, who := range []struct {
		device, worker int
		job            string
	}{{1, 1, "pick"}, {2, 2, "pack"}, {3, 1, "load"}, {1, 1, "putaway"}} {
		h := x.as(who.worker, who.device)
		h.act(Act{Action: "start", Job: who.job})
		for range 60 {
			if n := h.next(); n.Job == nil || !h.plain(n) {
				break
			}
		}
		if h.next().Job != nil {
			h.act(Act{Action: "leave"})
		}
	}
	for _, o := range x.s.Orders {
		if o.Back != "" && o.Status == OrderDispatched {
			x.seen["left again"]++
		}
	}
}

// check holds what must be true after every command.
func (x *returnsProperty) check() {
	x.allSound()
	want := map[SKU]int64{}
	for sku, n := range x.sold {
		want[sku] = n
	}
	shipped := map[OrderID]map[SKU]int64{}
	for _, o := range x.s.Orders {
		shipped[o.ID] = map[SKU]int64{}
		for _, l := range o.Lines {
			shipped[o.ID][l.SKU] += l.Shipped
			if o.Back == "" && !slices.Contains(x.orders, o.ID) { // a replacement
				want[l.SKU] -= l.Shipped
			}
		}
	}
	back := map[OrderID]map[SKU]int64{}
	for _, r := range x.s.Returns {
		for _, u := range r.Units {
			if u.Status == UnitDisposed && u.Disposition == Restock {
				want[u.SKU]++
			}
			if r.Order != "" && r.counts() && u.Status != UnitMissing && !oneOf(FlagNotSent, u.Flags) {
				if back[r.Order] == nil {
					back[r.Order] = map[SKU]int64{}
				}
				if back[r.Order][u.SKU]++; back[r.Order][u.SKU] > shipped[r.Order][u.SKU] {
					x.t.Fatalf("%s: %d of %s come back, %d were shipped", r.Order, back[r.Order][u.SKU], u.SKU, shipped[r.Order][u.SKU])
				}
			}
		}
	}
	for sku, n := range x.forSale() {
		if n != want[sku] {
			x.t.Fatalf("%d of %s may be sold; verdicts gave %d", n, sku, want[sku])
		}
	}
}
