package floor

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// path is one way through questions: what was answered, and where that leads.
type path struct {
	said    string // sealed no, works yes
	answers []string
	grade   string
}

// pathsOf are all ways through a tree, found by walking it.
func pathsOf(tree []Question) (out []path) {
	var from func(at string, p path)
	from = func(at string, p path) {
		i := slices.IndexFunc(tree, func(q Question) bool { return q.ID == at })
		if i < 0 {
			p.grade = at
			out = append(out, p)
			return
		}
		for _, to := range [][2]string{{"yes", tree[i].Yes}, {"no", tree[i].No}} {
			from(to[1], path{strings.TrimPrefix(p.said+", "+at+" "+to[0], ", "), append(slices.Clone(p.answers), to[0]), ""})
		}
	}
	from(tree[0].ID, path{})
	return out
}

// What each way through the usual questions comes to: its grade; what may become of the unit in a house that has a bin for
// everything, in one with a quarantine alone, and in one without; and what is refunded of 10.00 where the customer changed
// their mind (5.00 of it are the way back) and where it is said to be defective. A way that is not here fails the test.
var usualPaths = map[string]struct {
	grade             string
	full, plain, poor string
	mind, defective   int64
	mindFee           int64
	mindSays, defSays string
	claim             bool
	questions         int
}{
	"sealed yes":                                        {"A", "restock refurbish vendor quarantine scrap", "restock quarantine scrap", "restock quarantine scrap", 500, 1000, 500, OutcomeFull, OutcomeFull, true, 1},
	"sealed no, works no":                               {"D", "vendor quarantine scrap", "quarantine scrap", "quarantine scrap", 0, 1000, 0, OutcomeRefuse, OutcomeFull, false, 2},
	"sealed no, works yes, complete no":                 {"C", "refurbish quarantine vendor scrap", "quarantine scrap", "quarantine scrap", 0, 1000, 500, OutcomeRefuse, OutcomeFull, false, 3},
	"sealed no, works yes, complete yes, undamaged yes": {"B", "restock refurbish vendor quarantine scrap", "restock quarantine scrap", "restock quarantine scrap", 500, 1000, 500, OutcomeFull, OutcomeFull, true, 4},
	"sealed no, works yes, complete yes, undamaged no":  {"C", "refurbish quarantine vendor scrap", "quarantine scrap", "quarantine scrap", 0, 1000, 500, OutcomeRefuse, OutcomeFull, false, 4},
}

// where is where a verdict brings a unit, in each house.
var where = map[string]map[string]StockKey{
	"full": {Restock: {Place: InBin("BACK")}, Refurbish: {Place: InBin("FIX"), Condition: Damaged}, Vendor: {Place: InBin("VEND"), Condition: Held},
		Quarantine: {Place: InBin("QUAR"), Condition: Held}, ScrapIt: {Place: InBin("WASTE"), Condition: Held}},
	"plain": {Restock: {Place: InBin("BACK")}, Quarantine: {Place: InBin("QUAR"), Condition: Held}, ScrapIt: {Place: Scrap}},
	"poor":  {Restock: {Place: InBin("BACK")}, Quarantine: {Place: InBin("BACK"), Condition: Held}, ScrapIt: {Place: Scrap}},
}

func houseOf(t *testing.T, kind string) *shift {
	f := returnsHouse(t)
	switch p := UsualReturns; kind {
	case "full":
		for _, b := range []BinCode{"FIX", "VEND", "WASTE"} {
			f.must(SaveBin{Bin: Bin{Code: b, BinKind: "quarantine"}})
		}
		p.Bins = []DispositionBin{{Refurbish, "FIX"}, {Vendor, "VEND"}, {ScrapIt, "WASTE"}}
		f.must(SetReturnPolicy{p})
	case "poor":
		f.must(SaveBin{Bin: Bin{Code: "QUAR", BinKind: "pack"}})
	}
	f.watch = (*shift).allSound
	return f
}

// Every way through the usual tree, with everything that may become of the unit in three houses: the grade, what is
// offered, where the unit is then and in which condition, and the money that is proposed, by two reasons.
func TestEveryPathOfTheUsualTree(t *testing.T) {
	if len(UsualReturns.Trees) != 1 {
		t.Fatal("there is another usual tree: hold its ways to a table too")
	}
	paths := pathsOf(UsualReturns.Trees[0].Questions)
	for kind := range where {
		f, n := houseOf(t, kind), 0
		for _, p := range paths {
			want, known := usualPaths[p.said]
			if !known || want.questions != len(p.answers) {
				t.Fatalf("nobody said what %q comes to", p.said)
			}
			offered := strings.Fields(map[string]string{"full": want.full, "plain": want.plain, "poor": want.poor}[kind])
			for _, d := range offered {
				for _, reason := range []string{"changed_mind", "defective"} {
					n++
					t.Run(fmt.Sprint(kind, "/", p.said, "/", d, "/", reason), func(t *testing.T) {
						f.t = t
						rt := f.back(f.sent(fmt.Sprint(kind, n), "MUG", 1), ReturnLine{SKU: "MUG", Qty: 1, Reason: reason})
						f.onThisPath(rt, p, offered, d, where[kind][d])
						amount, fee, says := want.defective, int64(0), want.defSays
						if reason == "changed_mind" {
							amount, fee, says = want.mind, want.mindFee, want.mindSays
						}
						m := f.s.Returns[rt].Money
						if m.Status != MoneyProposed || m.Outcome != says || m.AmountCents != amount || m.FeeCents != fee || slices.Contains(m.Flags, FlagClaim) != (want.claim && reason == "defective") {
							t.Errorf("money: %+v", m)
						}
					})
				}
			}
		}
	}
	if len(paths) != len(usualPaths) {
		t.Errorf("the tree has %d ways, the table %d", len(paths), len(usualPaths))
	}
}

// onThisPath answers as the path says and takes one of what is offered.
func (f *shift) onThisPath(rt ReturnID, p path, offered []string, d string, to StockKey) {
	f.t.Helper()
	to.SKU = "MUG"
	before, free := onHand(f.s, to), f.free("MUG")
	ira := f.ira()
	ira.scan(string(rt), ean(1)).expect(CodeReturned)
	ira.judge(p.answers...)
	if u := f.s.Returns[rt].Units[0]; u.Grade != p.grade || p.grade != usualPaths[p.said].grade {
		f.t.Errorf("grade %s", u.Grade)
	}
	var options []string
	for _, o := range ira.next().Ask.Options {
		options = append(options, o.ID)
	}
	if !slices.Equal(options, offered) {
		f.t.Errorf("offered are %v, not %v", options, offered)
	}
	if f.free("MUG") != free {
		f.t.Error("it may be sold before its verdict")
	}
	ira.judge(d)
	ira.act(Act{Action: "finish"}).expect(CodeReturnDone)
	if got := onHand(f.s, to) - before; got != 1 {
		f.t.Errorf("%d came to %v", got, to)
	}
	sold := int64(0)
	if d == Restock {
		sold = 1
	}
	if got := f.free("MUG") - free; got != sold {
		f.t.Errorf("%d more may be sold", got)
	}
}

// free is how many units of an item nothing keeps from being sold.
func (f *shift) free(sku SKU) (n int64) {
	for _, row := range f.s.StockOf(sku) {
		if row.Key.Place.Bin() != "" {
			n += row.Free()
		}
	}
	return n
}

// Until when goods come back is counted by the house's own days: the last day is whole, where a clock is turned too.
func TestReturnWindow(t *testing.T) {
	for _, c := range []struct {
		name, zone, left string // when it left, as RFC 3339
		window           int64
		now              string
		late             bool
	}{
		{"the last second of the last day", "Europe/Amsterdam", "2026-01-10T10:00:00+01:00", 30, "2026-02-09T23:59:58+01:00", false},
		{"the first second after it", "Europe/Amsterdam", "2026-01-10T10:00:00+01:00", 30, "2026-02-10T00:00:00+01:00", true},
		{"it left a minute before midnight", "Europe/Amsterdam", "2026-01-10T23:59:00+01:00", 30, "2026-02-09T23:59:58+01:00", false},
		{"it left just after midnight, in UTC the day before", "Europe/Amsterdam", "2026-01-10T00:10:00+01:00", 30, "2026-02-09T23:00:00+01:00", false},
		{"and the day after that last day", "Europe/Amsterdam", "2026-01-10T00:10:00+01:00", 30, "2026-02-10T00:00:00+01:00", true},
		{"the clock goes forward in between", "Europe/Amsterdam", "2026-03-15T23:30:00+01:00", 14, "2026-03-29T23:59:58+02:00", false},
		{"and is late one second on", "Europe/Amsterdam", "2026-03-15T23:30:00+01:00", 14, "2026-03-30T00:00:00+02:00", true},
		{"the clock goes back in between", "Europe/Amsterdam", "2026-10-20T00:30:00+02:00", 7, "2026-10-27T23:59:58+01:00", false},
		{"and is late one second on", "Europe/Amsterdam", "2026-10-20T00:30:00+02:00", 7, "2026-10-28T00:00:00+01:00", true},
		{"west of Greenwich it is still the last day", "America/Los_Angeles", "2026-05-01T18:00:00-07:00", 10, "2026-05-12T06:59:58Z", false},
		{"a day of the leap year", "Asia/Kolkata", "2028-01-30T12:00:00+05:30", 30, "2028-02-29T23:59:58+05:30", false},
		{"the day after it", "Asia/Kolkata", "2028-01-30T12:00:00+05:30", 30, "2028-03-01T00:00:00+05:30", true},
		{"a window of one day", "UTC", "2026-05-01T12:00:00Z", 1, "2026-05-02T23:59:58Z", false},
		{"no window at all", "UTC", "2026-05-01T12:00:00Z", 0, "2036-05-02T23:59:58Z", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := returnsHouse(t)
			f.must(SaveSite{Site: Site{Name: "H", TimeZone: c.zone}})
			p := UsualReturns
			p.WindowDays = c.window
			f.must(SetReturnPolicy{p})
			id := f.sent("1", "MUG", 1)
			for i := range f.s.Orders[id].Timeline {
				f.s.Orders[id].Timeline[i].At = at(t, c.left)
			}
			f.now = at(t, c.now) - 250 // each command takes a quarter of a second
			offers, late := f.s.ReturnOffers(f.s.Orders[id], at(t, c.now))
			if late != c.late || len(offers) != 1 {
				t.Errorf("the customer's page says late: %v", late)
			}
			v := CreateReturn{NewReturn{Order: string(id), Lines: []ReturnLine{{SKU: "MUG", Qty: 1, Reason: "other"}}}}
			if c.late {
				f.refused(v, "out_of_window")
				v.Return.Anyway = true
			}
			if r := f.must(v).(*ReturnView); slices.Contains(r.Units[0].Flags, FlagLate) != c.late {
				t.Errorf("%+v", r.Units)
			}
		})
	}
}

// Who pays the way back, by reason; a return with one thing in it that is our fault is paid by us. A usual reason that is
// not here fails the test.
func TestWhoPaysTheWayBack(t *testing.T) {
	pays := map[string]string{"changed_mind": PaidByCustomer, "wrong_size": PaidByCustomer, "other": PaidByCustomer,
		"not_as_described": PaidByUs, "defective": PaidByUs, "damaged": PaidByUs, "wrong_item": PaidByUs, "late": PaidByUs}
	for _, r := range UsualReturns.Reasons {
		if pays[r.Code] != r.Pays {
			t.Errorf("%s is paid by %s", r.Code, r.Pays)
		}
	}
	f := returnsHouse(t)
	f.watch = (*shift).allSound
	p := UsualReturns
	p.RestockingCents, p.Excluded = 150, []string{"BOX", "underwear"}
	f.must(SetReturnPolicy{p})
	f.must(SaveItem{Item: Item{SKU: "SOCK", Name: "Sock", Category: "underwear", Barcodes: []Barcode{{Code: ean(9), Qty: 1}}}})
	n := 0
	for _, c := range []struct {
		reasons []string
		pays    string
		amount  int64 // of 10.00 a unit, all found as new
		fee     int64
	}{
		{[]string{"changed_mind"}, PaidByCustomer, 350, 650},
		{[]string{"changed_mind", "wrong_size"}, PaidByCustomer, 1200, 800}, // one way back, two units to put on their shelf
		{[]string{"not_as_described"}, PaidByUs, 1000, 0},
		{[]string{"late"}, PaidByUs, 1000, 0},
		{[]string{"changed_mind", "wrong_item"}, PaidByUs, 1850, 150}, // the way back is ours, the changed mind is not
		{[]string{"a reason nobody wrote down"}, PaidByCustomer, 350, 650},
	} {
		n++
		id := f.sent(fmt.Sprint("w", n), "MUG", len(c.reasons))
		var lines []ReturnLine
		for _, reason := range c.reasons {
			lines = append(lines, ReturnLine{SKU: "MUG", Qty: 1, Reason: reason})
		}
		rt := f.back(id, lines...)
		f.ira().scan(string(rt)).follow()
		if r := f.s.Returns[rt]; r.Pays != c.pays || r.Money.AmountCents != c.amount || r.Money.FeeCents != c.fee || r.Money.Outcome != OutcomeFull {
			t.Errorf("%v: %s pays, %+v", c.reasons, r.Pays, r.Money)
		}
	}
	id := f.sent("x", "BOX", 1, "SOCK", 1)
	for _, sku := range []SKU{"BOX", "SOCK"} {
		v := CreateReturn{NewReturn{Order: string(id), Lines: []ReturnLine{{SKU: sku, Qty: 1}}}}
		f.refused(v, "not_returnable")
		v.Return.Anyway = true
		f.must(v)
	}
}
