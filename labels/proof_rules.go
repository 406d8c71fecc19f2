package labels

import (
	"fmt"
	"strings"
)

// rule is what a standard asks of a symbol on paper: the width of a module, the height of bars, and the clear
// space beside it in modules.
type rule struct {
	name                      string
	leastX, mostX             um
	least                     um  // height of bars; 0 for squares
	share                     int // height of bars in percent of the symbol's width, where that asks for more
	left, right, above, under int
	longest                   um  // with its quiet zones; 0 for no limit
	signs                     int // of data
}

// The rules of our symbols. Modules of two dots at 203 dpi (0.250 mm) are what GS1 allows for labels printed on
// demand, where 0.264 mm cannot be made of whole dots (GS1 General Specifications 5.12.3, notes to the tables).
var (
	ruleLogistic = rule{name: "GS1 General Specifications, symbol specification table 5 (logistic units)",
		leastX: 495, mostX: 1016, least: 31750, left: 10, right: 10, longest: longestGS1Bars, signs: mostGS1Signs}
	ruleGS1Bars = rule{name: "GS1 General Specifications 5.4 (GS1-128)",
		leastX: 249, mostX: 1016, least: 12700, left: 10, right: 10, longest: longestGS1Bars, signs: mostGS1Signs}
	// Bars cut lower than 22.85 mm at 0.330 mm are for a hand that aims; no checkout sees our labels first.
	ruleEAN = rule{name: "GS1 General Specifications 5.2 (EAN-13), cut in height for hand scanners",
		leastX: 249, mostX: 660, least: 5 * mm, share: 15, left: 11, right: 7}
	ruleCode128 = rule{name: "ISO/IEC 15417 (Code 128)", leastX: moduleFloor, mostX: 1016, least: barsFloor, left: 10, right: 10}
	ruleQR      = rule{name: "ISO/IEC 18004 (QR)", leastX: moduleSqFloor, mostX: 2 * mm, left: 4, right: 4, above: 4, under: 4}
	ruleMatrix  = rule{name: "GS1 General Specifications, symbol specification table 7 (GS1 DataMatrix)",
		leastX: 254, mostX: 990, left: 1, right: 1, above: 1, under: 1}
)

// The longest that a GS1-128 may be (GS1 General Specifications 5.4.4.3).
const (
	longestGS1Bars = 165100
	mostGS1Signs   = 48
)

func ruleOf(w wanted) rule {
	switch w.kind {
	case eanBars:
		return ruleEAN
	case qrSquares:
		return ruleQR
	case gs1Squares:
		return ruleMatrix
	case gs1Bars:
		if w.data == CalibrationCodes[1] { // it sets a scanner up, names no goods and never leaves the house
			return ruleCode128
		}
		if len(w.data) == 20 && strings.HasPrefix(w.data, "00") {
			return ruleLogistic
		}
		return ruleGS1Bars
	}
	return ruleCode128
}

// cleared is a symbol with its quiet zones, in dots.
func (r rule) cleared(s reading) stroke {
	return stroke{s.box.x - r.left*s.module, s.box.y - r.above*s.module,
		s.box.w + (r.left+r.right)*s.module, s.box.h + (r.above+r.under)*s.module}
}

// holds says that a symbol on paper is as large as its standard asks. A module counts with its half dot: the
// printer's dots are what they are.
func (r rule) holds(p *page, s reading) error {
	x := p.length(s.module)
	if x < r.leastX || x > r.mostX {
		return fmt.Errorf("a module is %d µm wide, from %d to %d by %s", x, r.leastX, r.mostX, r.name)
	}
	tall, wide := p.length(s.box.h), p.length(s.box.w)
	if least := max(r.least, wide*um(r.share)/100); r.least > 0 && tall+p.length(1)/2 < least {
		return fmt.Errorf("its bars are %d µm high, at least %d by %s", tall, least, r.name)
	}
	if r.longest > 0 && (wide+um(r.left+r.right)*x > r.longest || len(s.data) > r.signs) {
		return fmt.Errorf("it is longer than %d mm or %d characters, the most by %s", r.longest/mm, r.signs, r.name)
	}
	return nil
}
