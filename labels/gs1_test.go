package labels

import (
	"strings"
	"testing"
)

// A day that no calendar has makes a code that scanners refuse: an item's label leaves it out of its square, a pallet's says
// which field is wrong.
func TestNoCodeHoldsADayThatIsNone(t *testing.T) {
	for date, want := range map[string]string{
		"2027-10-31": "271031", "2027-10": "271000", "2027-10-00": "271000", "2028-02-29": "280229", "2000-02-29": "000229",
		"2027-02-29": "", "2027-02-30": "", "2027-02-31": "", "2027-04-31": "", "2027-13-01": "", "2027-00-10": "", "2027-10-32": "",
		"1999-01-01": "", "2027-1-1": "", "2027/10/31": "", "x": "",
	} {
		square := Item{Lot: "L1", Expiry: date}.elements(eanBars, "9521234000037")
		if want == "" && strings.Contains(square, "17") || want != "" && square != "01095212340000371"+"7"+want+"10L1" {
			t.Errorf("%s on an item is %q", date, square)
		}
		p := &page{dpi: 203}
		if got := p.sixDigits("use_by", date); got != want || (len(p.faults) == 0) != (want != "") {
			t.Errorf("%s on a pallet is %q, %v", date, got, p.faults)
		}
	}
}
