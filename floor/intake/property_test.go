package intake

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var kinds = append([]string{"orders", "items", "bins", "stock", "rates"}, Formats()...)

// Whatever the bytes, reading ends, says the same twice, and says something: rows, faults or notes.
func TestAnyBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(kinds).Draw(t, "kind")
		data := rapid.SliceOf(rapid.Byte()).Draw(t, "data")
		sound(t, kind, data)
	})
}

// sound checks what must hold of every report, whatever was read.
func sound(t interface{ Fatalf(string, ...any) }, kind string, data []byte) {
	r := read(kind, data, Options{MaxRows: 1000})
	if !reflect.DeepEqual(r, read(kind, data, Options{MaxRows: 1000})) {
		t.Fatalf("%s: read again, the file gives another report", kind)
	}
	if len(r.Orders)+len(r.Items)+len(r.Bins)+len(r.Stock)+len(r.Rates)+len(r.Cancels)+len(r.Faults)+len(r.Notes) == 0 {
		t.Fatalf("%s: nothing was read and nothing was said of %q", kind, data)
	}
	seen := map[string]bool{}
	for _, o := range r.Orders {
		if key := o.Channel + "\x00" + o.ExternalID; seen[key] || o.ExternalID == "" || o.Channel == "" || len(o.Lines) == 0 || len(o.Lines) > LineLimit {
			t.Fatalf("%s: an order that cannot be: %+v", kind, o)
		} else {
			seen[key] = true
		}
		for _, l := range o.Lines {
			if l.SKU == "" || l.Qty < 1 || l.Qty > QtyLimit || l.PriceCents < 0 {
				t.Fatalf("%s: a line that cannot be: %+v", kind, l)
			}
		}
	}
	for _, it := range r.Items {
		if it.SKU == "" || it.Name == "" || it.Tracking == "" {
			t.Fatalf("%s: an item that cannot be: %+v", kind, it)
		}
	}
}

// Tables of plausible and damaged cells: every row is found again in an order, or in a fault or note of its
// own line or of its order, and no order has a fault and goes in too.
func TestEveryRowIsFound(t *testing.T) {
	cell := func(good ...string) *rapid.Generator[string] {
		return rapid.SampledFrom(append(good, good[0], good[0], good[0], "", "\"", "x\"y", "\"a\nb\"", "=1", "1.2E+11", "-1"))
	}
	id, sku, qty, price := cell("1", "2", "3", "4", "5"), cell("A", "B", "C"), cell("1", "2", "12.0"), cell("1.50", "0", "1.505")
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		b.WriteString("external_id,sku,qty,price\n")
		for range rapid.IntRange(1, 12).Draw(t, "rows") {
			fmt.Fprintf(&b, "%s,%s,%s,%s\n", id.Draw(t, "id"), sku.Draw(t, "sku"), qty.Draw(t, "qty"), price.Draw(t, "price"))
		}
		found(t, b.String())
	})
}

func found(t *rapid.T, file string) {
	c := &clerk{}
	tab, ok := c.open([]byte(file), true)
	if !ok || !tab.bind(&orderSheet) {
		t.Fatalf("%q: the header was refused", file)
	}
	r := Orders("csv", []byte(file), Options{})
	in, faulty, said := map[string]bool{}, map[string]bool{}, map[int]bool{}
	for _, o := range r.Orders {
		in[o.ExternalID] = true
	}
	for _, f := range r.Faults {
		faulty[f.Ref], said[f.Row] = true, true
		if f.Ref != "" && in[f.Ref] {
			t.Fatalf("%q: order %s has a fault and went in: %+v", file, f.Ref, f)
		}
	}
	units := map[string]int64{}
	tab.each(func(row *row) {
		id := unformula(row.cell("external_id"))
		if !said[row.line] && !in[id] && !faulty[id] {
			t.Fatalf("%q: nothing is said of line %d", file, row.line)
		}
		units[id] += (&taker{clerk: &clerk{}}).whole("", row.cell("qty"), 0, QtyLimit, 0)
	}, func(rec record) {
		if !said[rec.line] {
			t.Fatalf("%q: nothing is said of the torn line %d", file, rec.line)
		}
		lost := rec.cells[:1]
		if strings.Contains(rec.raw, `"`) {
			lost = rec.words(',')
		}
		for _, w := range lost {
			if in[trim(w)] {
				t.Fatalf("%q: order %s went in, though line %d may have been its own", file, w, rec.line)
			}
		}
	})
	for _, o := range r.Orders {
		var n int64
		for _, l := range o.Lines {
			n += l.Qty
		}
		if n != units[o.ExternalID] {
			t.Fatalf("%q: order %s has %d units, its rows %d", file, o.ExternalID, n, units[o.ExternalID])
		}
	}
}

// Money goes from text to cents and back without a loss.
func TestMoneyIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, MoneyLimit).Draw(t, "cents")
		currency := rapid.SampledFrom([]string{"EUR", "JPY", "KWD", ""}).Draw(t, "currency")
		text := fmt.Sprint(n)
		if p := decimalsOf(currency); p > 0 {
			scale := map[int]int64{2: 100, 3: 1000}[p]
			text = fmt.Sprintf("%d.%0*d", n/scale, p, n%scale)
		}
		tk := &taker{clerk: &clerk{}}
		if got := tk.money("price", text, currency); got != n || tk.wrong > 0 {
			t.Fatalf("%s %s reads as %d, want %d: %v", text, currency, got, n, tk.Faults)
		}
	})
}

// A number that is money, however long its tail, is never made into another number.
func TestMoneyRefuses(t *testing.T) {
	for _, s := range []string{"1,5", "1.2.3", "€5", "1e3", "0x10", ".5", "5.", "1 000", "--1", "+1", "NaN", "1.001", "99999999999999999999", "-0.01", "１"} {
		tk := &taker{clerk: &clerk{}}
		if n := tk.money("price", s, "EUR"); n != 0 || tk.wrong != 1 {
			t.Errorf("%q reads as %d with %d faults", s, n, tk.wrong)
		}
	}
}
