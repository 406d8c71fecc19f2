package devices

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"floorline/floor"
)

// Items 46 to 60 of the list of bad inputs: what comes off a scanner. A picker stands at a bin and wants two mugs. Each
// scan is answered by name, and nothing but what is said here changes.
func TestBadInputs46to60(t *testing.T) {
	t.Parallel()
	mug, pack, tea := demoEAN(1), "1"+demoEAN(1)[:12], demoEAN(2)
	pack += string(checkDigitOf(pack))
	tote, order := printed("T-0009"), printed("O-000001")
	type scans [][2]string // what is scanned, and the verdict
	for _, tt := range []struct {
		n     int
		what  string
		step  string
		taken int // units picked in the end
		scans scans
	}{
		{46, "a wrong check digit", "item", 0, scans{{mug[:12] + other(mug[12]), "misread"}, {"]E0" + mug[:12] + other(mug[12]), "misread"}, {"03600029145" + "3", "misread"},
			{"]C1010" + mug[:12] + other(mug[12]) + "10L", "misread"}, {"B-A-01-" + other(floor.BinLabel("A-01")[7]), "misread"}}},
		{47, "UPC-A is the EAN-13 with a nought before it", "item", 2, scans{{"036000291452", "picked"}, {"0036000291452", "line_picked"}}},
		{48, "a GTIN-14 is a pack and counts its units", "item", 2, scans{{pack, "line_picked"}}},
		{49, "GS1-128 with FNC1", "item", 1, scans{{"]C1010" + mug + "21X\x1d10L", "picked"}}},
		{49, "GS1-128 without FNC1 or symbology", "item", 1, scans{{"010" + mug + "3001", "picked"}}},
		{49, "GS1-128 typed with brackets", "item", 1, scans{{"(01)0" + mug + "(10)L", "picked"}}},
		{49, "a separator that was lost", "item", 0, scans{{"010" + mug + "10Q17300101", "lost_separator"}}},
		{50, "an element too short, a day that is none: it counts for nothing, the item is read", "item", 2, scans{{"]C1010" + mug + "17301332", "picked"}, {"]C1010" + mug + "1730", "line_picked"}}},
		{50, "day 00 is the month's last: expired", "lot", 0, scans{{"]C1010" + tea + "1724020010L1", "expired"}}},
		{51, "a code that nobody knows", "item", 0, scans{{"4006381333931", "unknown_code"}, {"QWERTZ", "unknown_code"}}},
		{52, "two codes glued together", "item", 0, scans{{mug + mug, "two_codes"}, {mug + floor.BinLabel("A-01"), "two_codes"}}},
		{53, "characters that no code holds", "item", 0, scans{{mug[:5] + "\t" + mug[5:], "unreadable"}, {mug + "\x1b[A", "unreadable"}, {mug[:3] + "\n" + mug[3:], "unreadable"}, {"\u202e" + mug, "unreadable"},
			{mug[:5] + "\u200d" + mug[5:], "unknown_code"}, {"\U0001f4a9", "unknown_code"}, {strings.Map(wide, mug), "unknown_code"}, {"\x00", "unreadable"}}},
		{54, "a bin, a tote, an order where an item is wanted", "item", 0, scans{{"STAGE", "wrong_kind"}, {floor.BinLabel("A-02"), "wrong_kind"}, {tote, "wrong_kind"}, {order, "wrong_kind"}, {"a badge", "signed_in"}}}, // a badge is one wherever it is scanned
		{54, "an item, a tote where a bin is wanted", "bin", 0, scans{{mug, "wrong_kind"}, {tote, "wrong_kind"}}},
		{55, "a code of ten thousand characters, a script, our own pairing link", "item", 0, scans{{strings.Repeat("A", 10_000), "unreadable"}, {"javascript:alert(1)", "unknown_code"},
			{"http://127.0.0.1/pair?code=ABCDEFGH", "unknown_code"}, {"https://127.0.0.1/#pair=ABCDEFGH", "unknown_code"}}},
		{56, "capitals and O for 0 in a serial: exactly, with a hint", "serial", 0, scans{{"SO1", "wrong_serial"}, {"s01", "wrong_serial"}}},
		{56, "capitals and O for 0 in a bin", "bin", 0, scans{{"a-01", "unknown_code"}, {"A-O1", "unknown_code"}}},
		{57, "an expired lot", "lot", 0, scans{{"]C1010" + tea + "1720010110L1", "expired"}}},
		{57, "a lot that lies in quarantine is not the one", "lot", 0, scans{{"]C1010" + tea + "10LQ", "wrong_lot"}}},
		{58, "the right item at the wrong bin, the wrong item at the right bin", "bin", 0, scans{{floor.BinLabel("A-02"), "wrong_bin"}}},
		{58, "the wrong item at the right bin", "item", 0, scans{{tea, "wrong_item"}}},
		{59, "one too many", "item", 0, scans{{"]C1010" + mug + "303", "qty_exceeded"}}},
		{60, "a scan after the order was cancelled", "item", 1, scans{{mug, "picked"}, {"cancel", ""}, {mug, "order_cancelled"}, {mug, "info"}}},
	} {
		t.Run(fmt.Sprintf("%d %s", tt.n, tt.what), func(t *testing.T) {
			f := openFront(t)
			d, order := f.atShelf(tt.step, pack)
			before := f.picked(order)
			for i, s := range tt.scans {
				if s[0] == "cancel" {
					f.want(200, "POST", "/api/v1/orders/"+string(order)+"/cancel", "{}")
					continue
				}
				if s[0] == "a badge" {
					s[0] = f.worker("Ben", "picker", "")
				}
				v := d.scan(s[0])
				d.expect(v, s[1])
				shown, _ := v["scanned"].(map[string]any)
				if c, _ := shown["code"].(string); len([]rune(c)) > floor.CodeLimit || strings.ContainsFunc(c, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
					t.Fatalf("scan %d is shown as it came: %q", i, c)
				}
				if v["class"] == "refused" && tt.taken == 0 && f.picked(order) != before {
					t.Fatalf("scan %d was refused and moved goods", i)
				}
				if tt.n == 56 {
					if b, _ := v["belongs"].(map[string]any); b == nil || b["kind"] != "hint" {
						t.Fatalf("scan %d has no hint: %v", i, v)
					}
				}
			}
			if got := f.picked(order) - before; got != tt.taken {
				t.Fatalf("%d units were taken, want %d", got, tt.taken)
			}
			if tt.n == 60 {
				f.cancelledIsPutBack(d, order)
			}
		})
	}
}

// atShelf signs a picker in with a list, brings them to a step of it, and gives the order.
func (f *front) atShelf(step, pack string) (*dev, floor.OrderID) {
	f.t.Helper()
	f.stock()
	f.do(floor.SaveItem{Item: floor.Item{SKU: "MUG", Name: "Mug", WeightG: 300, Barcodes: []floor.Barcode{{Code: demoEAN(1), Qty: 1}, {Code: "036000291452", Qty: 1}, {Code: pack, Qty: 2}}}})
	f.do(floor.SaveItem{Item: floor.Item{SKU: "TEA", Name: "Tea", Tracking: "lot", Expiry: true, Barcodes: []floor.Barcode{{Code: demoEAN(2), Qty: 1}}}})
	f.do(floor.SaveItem{Item: floor.Item{SKU: "CAM", Name: "Camera", Tracking: "serial"}})
	for _, b := range []floor.Bin{{Code: "A-02", BinKind: "pick"}, {Code: "A-03", BinKind: "pick"}, {Code: "QA", BinKind: "quarantine"}} {
		f.do(floor.SaveBin{Bin: b})
	}
	f.do(floor.AdjustStock{Bin: "A-02", SKU: "TEA", Qty: 5, Lot: "L1", Expiry: "2040-01-01"})
	f.do(floor.AdjustStock{Bin: "QA", SKU: "TEA", Qty: 5, Lot: "LQ", Expiry: "2040-01-01"})
	f.do(floor.AdjustStock{Bin: "A-03", SKU: "CAM", Qty: 1, Serials: []string{"S01"}})
	sku := map[string]floor.SKU{"lot": "TEA", "serial": "CAM"}[step]
	if sku == "" {
		sku = "MUG"
	}
	qty := int64(2)
	if sku == "CAM" {
		qty = 1
	}
	o := f.do(floor.CreateOrder{Order: floor.NewOrder{Channel: "web", ExternalID: "1", Lines: []floor.NewLine{{SKU: sku, Qty: qty}}}}).(*floor.OrderView)
	f.do(floor.ReleaseWave{Orders: []floor.OrderID{o.ID}, Method: "discrete"})
	d := f.pair("handheld")
	d.hello("")
	d.expect(d.scan(f.worker("Mia", "picker", "")), "signed_in")
	to := map[string]string{"lot": "item"}[step]
	if to == "" {
		to = step
	}
	d.followTo(to, d.expect(d.doing("start", `"job":"pick"`), "started"))
	return d, o.ID
}

// picked is how many units of an order were taken.
func (f *front) picked(id floor.OrderID) (n int) {
	f.k.View(func(s *floor.State) {
		for _, l := range s.Orders[id].Lines {
			n += int(l.Picked)
		}
	})
	return n
}

// cancelledIsPutBack wants the goods in the hand to come back by a job of their own, and a lead to be told.
func (f *front) cancelledIsPutBack(d *dev, order floor.OrderID) {
	f.t.Helper()
	told := false
	f.k.View(func(s *floor.State) {
		for _, x := range s.Exceptions {
			told = told || x.What == "put_back" && x.About.Code == string(order)
		}
	})
	if !told {
		f.t.Fatal("nobody is told to put it back")
	}
	d.follow(d.expect(d.doing("start", `"job":"putback"`), "started"))
}

func printed(code string) string { return code + "-" + string(floor.CheckChar(code)) }

func other(c byte) string {
	if c == '0' {
		return "1"
	}
	return "0"
}

// wide writes digits as a Japanese keyboard may.
func wide(r rune) rune { return r - '0' + '\uff10' }

func checkDigitOf(digits string) byte {
	sum := 0
	for i := range digits {
		n := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 {
			n *= 3
		}
		sum += n
	}
	return byte('0' + (10-sum%10)%10)
}
