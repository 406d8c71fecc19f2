package floor

import (
	"testing"
	"unicode/utf8"
)

// What a raw scan is taken for, however the code is written. A code that cannot be told is never guessed at.
func TestCodesAsScanned(t *testing.T) {
	f := newShift(t)
	tea := ean(2)
	f.must(AdjustStock{Bin: "A0-01", SKU: "TEA", Qty: 3, Lot: "L7", Expiry: "2030-01-01"})
	for _, tt := range []struct {
		name, raw   string
		sku         SKU
		lot, expiry string
		qty         int64
		bad         Code
	}{
		{"EAN-13", tea, "TEA", "", "", 1, ""},
		{"EAN-13 named", "]E0" + tea, "TEA", "", "", 1, ""},
		{"typed in groups", tea[:1] + " " + tea[1:7] + " " + tea[7:], "TEA", "", "", 1, ""},
		{"GS1-128", "]C1010" + tea + "1730010110L7", "TEA", "L7", "2030-01-01", 1, ""},
		{"without FNC1", "010" + tea + "1730010110L7", "TEA", "L7", "2030-01-01", 1, ""},
		{"in a plain Code 128", "]C0010" + tea + "1730010110L7", "TEA", "L7", "2030-01-01", 1, ""},
		{"in brackets", "(01)0" + tea + "(17)300101(10)L7", "TEA", "L7", "2030-01-01", 1, ""},
		{"Digital Link", "https://id.example.com/01/0" + tea + "/10/L7?17=300101", "TEA", "L7", "2030-01-01", 1, ""},
		{"a count", "]C1010" + tea + "303", "TEA", "", "", 3, ""},
		{"an identifier of their own", "]C1010" + tea + "10L7\x1d89X", "TEA", "L7", "", 1, ""},
		{"a lot that may hold a date", "010" + tea + "10Q17300101", "", "", "", 1, CodeSeparator},
		{"misread", tea[:12] + "9", "", "", "", 1, CodeMisread},
		{"misread within", "]C1010" + tea[:12] + "910L7", "", "", "", 1, CodeMisread},
		{"two at once", tea + ean(1), "", "", "", 1, CodeTwoCodes},
		{"nobody's", "QWERTZ", "", "", "", 1, CodeUnknown},
		{"a script", "javascript:alert(1)", "", "", "", 1, CodeUnknown},
		{"turned round", "\u202e" + tea, "", "", "", 0, CodeUnreadable},
	} {
		r := f.s.resolve(tt.raw)
		var sku SKU
		if r.item != nil {
			sku = r.item.SKU
		}
		if sku != tt.sku || r.lot != tt.lot || r.expiry != tt.expiry || r.qty != tt.qty || r.bad != tt.bad {
			t.Errorf("%s: %q lot %q expiry %q qty %d bad %q", tt.name, sku, r.lot, r.expiry, r.qty, r.bad)
		}
	}
}

// Whatever is scanned, it means something or is refused with a reason; what it means is asked about exactly where it is
// more than one thing; and nobody's hands are tied by it.
func FuzzResolve(f *testing.F) {
	s := newShift(f)
	s.must(AdjustStock{Bin: "A0-01", SKU: "TEA", Qty: 3, Lot: "L7", Expiry: "2030-01-01"})
	s.must(AdjustStock{Bin: "A0-02", SKU: "CAM", Qty: 1, Serials: []string{"S1"}})
	s.must(SaveItem{Item: Item{SKU: SKU(ean(1)), Name: "Misnamed"}})
	s.stock("A0-00", "MUG", 5)
	s.wave("discrete", s.order("1", "MUG", 1, "TEA", 1))
	for _, code := range []string{ean(1), "(01)0" + ean(2) + "(17)300101(10)L7", "]C1010" + ean(2) + "10L7\x1d3102000500", "https://a/01/0" + ean(1) + "/10/A",
		BinLabel("A0-01"), "A0-01", "C-UNDO", "N-5", "S1", "I-MUG-1", "a0-o1", ean(1) + ean(2), "4 000000 000015", "]", ""} {
		f.Add(code)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		r := s.s.resolve(raw)
		if means := r.means() > 0; means != (r.bad == "") {
			t.Fatalf("%q: bad %q, and means %v", raw, r.bad, means)
		}
		if r.qty < 0 || r.qty > QtyLimit || r.weightG < 0 || r.weightG > WeightLimitG || utf8.RuneCountInString(r.thing().Code) > CodeLimit {
			t.Fatalf("%q: %+v", raw, r)
		}
		if all := r.apart(); len(all) > 1 && s.s.choose(r, all, nil).Belongs.Text == "" {
			t.Fatalf("%q: a choice without choices", raw)
		}
		s.s.hint(r.text)
	})
}
