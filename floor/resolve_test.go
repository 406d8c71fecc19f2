package floor

import "testing"

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
