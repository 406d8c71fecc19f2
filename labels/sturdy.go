package labels

// sturdyDots is how wide a module must be to outlive a head that prints a dot too pale or too dark on either
// side: of two dots nothing is left.
const sturdyDots = 3

// besideBars splits the room for a square off an area, at its right: where there is much room, for phones, and
// where bars alone would come out too fine to last, so that one of the two always reads. A code too long for
// any bars has the square alone: fits is false. Where there is room for neither, the bars say so themselves.
func (p *page) besideBars(kind symbology, data string, a area, most um) (square, rest area, fits bool) {
	bars, err := encode("", kind, data)
	if err != nil {
		return area{}, a, true // told when they are placed
	}
	dots, wide := int(a.w)*p.dpi/int(inch), bars.modules()+bars.quiet+bars.quietLast
	if dots/wide >= sturdyDots && a.w < squareFrom {
		return area{}, a, true
	}
	code, err := encode("", qrSquares, data)
	if err != nil {
		return area{}, a, true
	}
	least := p.length((code.modules() + 2*code.quiet) * sturdyDots)
	for module := sturdyDots; p.length(module) >= moduleFloor; module-- {
		if side := p.length(dots-module*wide) - p.length(1); side >= least && most >= least {
			square, rest = a.right(min(most, side))
			return square, rest, true
		}
		if module*wide <= dots {
			fits = true
		}
	}
	if fits || most < least {
		return area{}, a, true
	}
	square, rest = a.right(most)
	return square, rest, false
}
